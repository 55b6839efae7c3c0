//! Source → (archive, findings). Every text is walked once and only a digest of it kept; nothing here knows how pages look
//! or what a profile may see. One file per rule: a new check is a new file and one line in [`check`].

mod calendar;
mod check;
mod closing;
mod curation;
mod data;
mod dataset;
mod files;
mod folder;
mod layout;
mod people;
mod photograph;
mod pictures;
pub(crate) mod private;
mod record;
mod reference;
mod review;
mod scans;
mod text;
mod twin;
mod vocabulary;
mod work_plan;

use crate::date::PartialDate;
use crate::detect::Allowed;
use crate::diagnostic::{Code, Findings, Mark, Span};
use crate::lang::Lang;
use crate::markdown::{self, Prose, View};
use crate::model::body::PrivateUse;
use crate::model::{Archive, Record};
use crate::site::{self, CollectionSchema, Site};
use crate::source::{Cache, Read, read_text};
use crate::yaml::{self, Node, Size, Value};
use layout::Layout;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use text::LoadedText;

/// The folder that everything is loaded from.
pub const CONTENT: &str = "content";
const YAML_MAX: u64 = 64 << 20;

/// A record by its collection and id.
type RecordKey = (Arc<str>, Box<str>);

/// Loads everything under `content/` and validates it piece by piece. The archive holds what could be understood, the findings what could not.
/// What takes long to read is taken from the cache and put there.
pub fn load(source: &dyn Read, cache: &dyn Cache) -> (Archive, Findings) {
    let listing = source.list(CONTENT);
    let mut findings = listing.findings;
    let layout = Layout::of(&listing.files, &mut findings);
    let site = load_site(source, &layout, &mut findings);
    let allowed = Allowed::new(&site.office);
    let reviews = review::load(source, layout.has_reviews, &mut findings);
    let schemas = load_collections(source, &layout, &mut findings);
    let data = data::load(source, &layout, &allowed, &mut findings);
    let vocabularies = vocabulary::load(source, &layout, (&data.sources, &allowed), &mut findings);

    let calendar = calendar::load(source, layout.has_calendar, (&data.sources, &allowed), &mut findings);
    let context = dataset::Context { site: &site, vocabularies: &vocabularies, sources: &data.sources };
    let datasets = dataset::load(data.tables, &context, &mut findings);
    let people = people::load(source, &layout.vocabularies, &mut findings);
    let texts: Vec<LoadedText> = layout.texts.par_iter().map(|file| text::load(source, file, &allowed)).collect();
    let grouped = group(texts, &mut findings);
    let context =
        record::Context { site: &site, schemas: &schemas, vocabularies: &vocabularies, sources: &data.sources, layout: &layout, people: &people };
    let read: Vec<(Record, Findings)> = grouped.into_par_iter().map(|(key, texts)| record::assemble(&key, texts, &context)).collect();
    let mut records = Vec::with_capacity(read.len());
    for (record, found) in read {
        findings.absorb(found);
        records.push(record);
    }
    let unlisted = unlisted_files(&layout, &records);
    unlisted.iter().for_each(|file| findings.add(file, Mark::new(Code::FileUnlisted, Span::default())));
    twin::hold_back(&mut records, &site, &schemas, &mut findings);
    let context = pictures::Context { source, cache, layout: &layout, allowed: &allowed };
    let pictures = pictures::load(&context, &records, &mut findings);
    let (collections, mut records) = used_collections(schemas, records, &mut findings);
    records.sort_by(|a, b| (a.collection, &a.id).cmp(&(b.collection, &b.id)));
    let (facts, sources) = (data.facts, data.sources);
    let mut archive =
        Archive { site, collections, vocabularies, records, datasets, facts, sources, pictures, calendar, people, reviews, work_plan: None };
    archive.work_plan = work_plan::load(source, layout.has_plan, (&archive, &allowed), &mut findings);
    (archive, findings)
}

/// Checks what can only be seen when everything is loaded. `as_of` is today, or the day that was asked for: what is closed
/// until a later day is closed to links too.
#[must_use]
pub fn check(archive: &Archive, as_of: PartialDate) -> Findings {
    check::run(archive, as_of)
}

/// The files of records' folders that no record hands out.
fn unlisted_files(layout: &Layout, records: &[Record]) -> Vec<Arc<str>> {
    let listed: BTreeSet<&Arc<str>> = records
        .iter()
        .flat_map(|record| &record.files)
        .flat_map(|file| Lang::ALL.into_iter().filter_map(|lang| file.captions.get(lang).as_ref().map(|(file, _)| file)).chain([&file.file]))
        .chain(&layout.pictures)
        .collect();
    layout.files_of.values().flatten().filter(|file| !listed.contains(file)).map(Arc::clone).collect()
}

/// Reads one YAML file whole; what is wrong with its bytes or shape is found and nothing returned.
fn read_yaml(source: &dyn Read, path: &Arc<str>, findings: &mut Findings) -> Option<Node> {
    let (text, marks) = read_text(source, path, YAML_MAX);
    findings.add_all(path, marks);
    parse_yaml(&text?, path, findings)
}

/// The same for a file whose words are printed, in which persons are looked for as well.
fn read_public_yaml(source: &dyn Read, path: &Arc<str>, allowed: &Allowed, findings: &mut Findings) -> Option<Node> {
    let (node, private) = read_yaml_of_persons(source, path, allowed, findings);
    findings.add_all(path, private.iter().map(private::mark));
    node
}

/// The same for a file of which only a part may be printed: what identifies a person is handed over and not told yet.
fn read_yaml_of_persons(source: &dyn Read, path: &Arc<str>, allowed: &Allowed, findings: &mut Findings) -> (Option<Node>, Vec<PrivateUse>) {
    let (text, marks) = read_text(source, path, YAML_MAX);
    findings.add_all(path, marks);
    let Some(text) = text else { return (None, Vec::new()) };
    let closing = markdown::find_closing(&text, Prose::Line);
    let opened = markdown::open_text(&text, &closing, View::Public);
    let found = private::uses(&opened.text, allowed, &[], |span| opened.original(span));
    (parse_yaml(&text, path, findings), found)
}

fn parse_yaml(text: &str, path: &Arc<str>, findings: &mut Findings) -> Option<Node> {
    match yaml::parse(text, Size::File) {
        Ok(node) => Some(node),
        Err(marks) => {
            findings.add_all(path, marks);
            None
        }
    }
}

fn load_site(source: &dyn Read, layout: &Layout, findings: &mut Findings) -> Site {
    let path: Arc<str> = Arc::from("content/site.yaml");
    if !layout.has_site {
        findings.add(&path, Mark::new(Code::SiteMissing, Span::default()));
        return Site::default();
    }
    let Some(node) = read_yaml(source, &path, findings) else { return Site::default() };
    let mut marks = Vec::new();
    let site = site::read_site(&node, &mut marks);
    findings.add_all(&path, marks);
    site
}

/// The declared collections, then the built-in ones, then folders that nobody declared.
fn load_collections(source: &dyn Read, layout: &Layout, findings: &mut Findings) -> Vec<CollectionSchema> {
    let path: Arc<str> = Arc::from("content/collections.yaml");
    let node = if layout.has_collections { read_yaml(source, &path, findings) } else { None };
    let mut marks = Vec::new();
    let is_unreadable = layout.has_collections && node.is_none();
    let mut schemas = site::read_collections(&node.unwrap_or(Node { span: Span::default(), value: Value::Null }), &mut marks);
    findings.add_all(&path, marks);
    let undeclared = layout.folders.iter().filter(|folder| !schemas.iter().any(|schema| schema.id == **folder));
    let (undeclared, found): (Vec<_>, Vec<_>) = undeclared.map(|folder| folder::take(folder, &schemas)).unzip();
    for (schema, mark) in undeclared.iter().zip(found) {
        findings.add(&Arc::from(format!("content/{}", schema.id)), mark);
    }
    schemas.extend(undeclared);
    if is_unreadable {
        // Which of them it closes nobody can tell.
        schemas.iter_mut().for_each(|schema| schema.access = site::Access::Internal);
    }
    schemas
}

/// Puts the texts of one record together; a second text of the same language is a finding and left out.
fn group(texts: Vec<LoadedText>, findings: &mut Findings) -> Vec<(RecordKey, Vec<LoadedText>)> {
    let mut groups: BTreeMap<RecordKey, Vec<LoadedText>> = BTreeMap::new();
    for mut text in texts {
        findings.add_all(&text.place.file, std::mem::take(&mut text.marks));
        let group = groups.entry((Arc::clone(&text.place.collection), text.place.id.clone())).or_default();
        if let Some(other) = group.iter().find(|other| other.place.lang == text.place.lang) {
            let mark = Mark::new(Code::RecordTwice, Span::default()).with(&*text.place.id).with(text.place.lang.code());
            findings.add(&text.place.file, mark.with(&*other.place.file));
            continue;
        }
        group.push(text);
    }
    groups.into_iter().collect()
}

/// Drops collections without records and numbers the others anew.
fn used_collections(schemas: Vec<CollectionSchema>, mut records: Vec<Record>, findings: &mut Findings) -> (Vec<CollectionSchema>, Vec<Record>) {
    const CROWDED: usize = 10_000;
    let mut counts = vec![0usize; schemas.len()];
    for record in &records {
        counts[usize::from(record.collection)] += 1;
    }
    let mut renumbered = vec![0u16; schemas.len()];
    let mut used = Vec::new();
    for (at, schema) in schemas.into_iter().enumerate() {
        if counts[at] > CROWDED && schema.folders == site::Folders::Flat {
            let mark = Mark::new(Code::CollectionCrowded, Span::default()).with(&*schema.id).with(counts[at].to_string());
            findings.add(&Arc::from("content/collections.yaml"), mark);
        }
        if counts[at] > 0 {
            renumbered[at] = u16::try_from(used.len()).unwrap_or(u16::MAX);
            used.push(schema);
        }
    }
    for record in &mut records {
        record.collection = renumbered[usize::from(record.collection)];
    }
    (used, records)
}
