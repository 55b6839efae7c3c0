//! What can only be seen when everything is loaded: links, directives, reference codes, missing translations.

use crate::date::PartialDate;
use crate::detect::Allowed;
use crate::diagnostic::{Code, Findings, Mark, Span};
use crate::lang::Lang;
use crate::model::body::{DirectiveKind, LinkUse, Survey, find_anchor};
use crate::model::{Archive, Choice, Destination, LinkIndex, Record, RecordText, Status, file_beside, split_anchor};
use crate::path::file_name;
use crate::site::Access;
use crate::text::{nearest, shorten};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Runs every check over the whole archive.
pub(super) fn run(archive: &Archive, as_of: PartialDate) -> Findings {
    let known = Known { archive, index: index(archive), as_of, allowed: Allowed::new(&archive.site.office) };
    let found: Vec<Findings> = archive.records.par_iter().map(|record| check_record(&known, record)).collect();
    let mut findings = Findings::default();
    for each in found {
        findings.absorb(each);
    }
    archive.datasets.iter().for_each(|dataset| super::dataset::check::run(dataset, as_of, &mut findings));
    check_lead(&known, &mut findings);
    if let Some(plan) = &archive.work_plan {
        super::work_plan::check(plan, archive, &known.index, as_of, &mut findings);
    }
    reference_codes(archive, &mut findings);
    embargoes(archive, as_of, &mut findings);
    findings
}

/// How many of the embargoes that end next are told.
const EMBARGOES_TOLD: usize = 10;

/// The embargoes that have ended, and those that end next.
fn embargoes(archive: &Archive, as_of: PartialDate, findings: &mut Findings) {
    let mut due = Vec::new();
    let first_file =
        |record: &Record| record.texts.present().next().and_then(|lang| record.texts.get(lang).as_ref()).map(|text| Arc::clone(&text.file));
    let of_records = archive.records.iter().filter_map(|record| record.open_after.zip(first_file(record)));
    let of_datasets = archive.datasets.iter().filter_map(|dataset| Some((dataset.closure.open_after?, Arc::clone(&dataset.file))));
    for (until, file) in of_records.chain(of_datasets) {
        if until.last_day() <= as_of.first_day() {
            findings.add(&file, Mark::new(Code::EmbargoLifted, Span::default()).with(until.to_string()));
        } else {
            due.push((until.last_day(), until, file));
        }
    }
    due.sort_by(|a, b| (a.0, &a.2).cmp(&(b.0, &b.2)));
    for (_, until, file) in due.into_iter().take(EMBARGOES_TOLD) {
        findings.add(&file, Mark::new(Code::EmbargoDue, Span::default()).with(until.to_string()));
    }
}

/// What a record is checked against.
struct Known<'a> {
    archive: &'a Archive,
    index: LinkIndex,
    /// The day on which the site is made.
    as_of: PartialDate,
    /// The numbers of offices.
    allowed: Allowed,
}

/// Every target of the whole archive, closed records too: a link to one of those is a finding of its own.
pub(super) fn index(archive: &Archive) -> LinkIndex {
    let mut index = LinkIndex::default();
    for (record, at) in archive.records.iter().zip(0u32..) {
        let collection = &archive.collections[usize::from(record.collection)].id;
        index.add(collection, &record.id, at);
        for former in &record.former_ids {
            index.add(collection, former, at);
        }
    }
    for (collection, at) in archive.collections.iter().zip(0u16..) {
        index.add_collection(&collection.id, at);
    }
    index
}

fn check_record(known: &Known, record: &Record) -> Findings {
    let mut findings = Findings::default();
    for lang in Lang::ALL {
        match record.texts.get(lang) {
            Some(text) => check_text(known, record, (lang, text), &mut findings),
            None if known.archive.site.has(lang) => missing_translation(record, lang, &mut findings),
            None => {}
        }
    }
    if record.is_public_on(known.as_of) && record.level_on(known.as_of) == Access::Public {
        check_picture_names(known, record, &mut findings);
    }
    check_members(known, record, &mut findings);
    findings
}

/// What identifies a person in the names of the pictures that the public would get.
fn check_picture_names(known: &Known, record: &Record, findings: &mut Findings) {
    for picture in record.pictures.iter().filter(|picture| picture.access == Access::Public) {
        let name = file_name(&picture.file);
        findings.add_all(&picture.file, super::private::uses(name, &known.allowed, &[], |_| Span::default()).iter().map(super::private::mark));
    }
}

/// Figures and records that the home page should lead with and cannot.
fn check_lead(known: &Known, findings: &mut Findings) {
    let file: Arc<str> = Arc::from("content/site.yaml");
    let lead = &known.archive.site.lead;
    for fact in &lead.facts {
        findings.add_all(&file, unknown_fact(known.archive, &fact.value, fact.span, Code::HomeFactUnknown));
    }
    for record in &lead.featured {
        findings.add_all(&file, check_member(known, &record.value, "content", record.span, true));
    }
}

/// Members that are no records, and those that the public edition will not list.
fn check_members(known: &Known, record: &Record, findings: &mut Findings) {
    for member in &record.members {
        let (lang, span) = member.place;
        let (Choice::Record(id), Some(text)) = (&member.choice, record.texts.get(lang)) else { continue };
        findings.add_all(&text.file, check_member(known, id, &record.folder, span, record.is_public_on(known.as_of)));
    }
}

/// What is wrong with a record that a page gathers; `is_public` is whether the page is.
fn check_member(known: &Known, id: &str, folder: &str, span: Span, is_public: bool) -> Option<Mark> {
    match known.index.resolve(id, folder, &known.archive.vocabularies) {
        Some(Destination::Record(at)) => {
            let is_closed = is_public && !known.archive.records[at as usize].is_public_on(known.as_of);
            is_closed.then(|| Mark::new(Code::MemberClosed, span).with(id))
        }
        _ => Some(Mark::new(Code::MemberUnknown, span).with(id).with(known.index.nearest(id).unwrap_or_default())),
    }
}

fn missing_translation(record: &Record, lang: Lang, findings: &mut Findings) {
    let Some(text) = record.texts.get(lang.other()) else { return };
    let old = format!(".{}.md", lang.other().code());
    let wanted = text.file.replace(&old, &format!(".{}.md", lang.code()));
    findings.add(&text.file, Mark::new(Code::TranslationMissing, Span::default()).with(lang.code()).with(wanted));
}

fn check_text(known: &Known, record: &Record, (lang, text): (Lang, &RecordText), findings: &mut Findings) {
    let archive = known.archive;
    if text.held {
        let collection = &archive.collections[usize::from(record.collection)].id;
        let mark = Mark::new(Code::TextHeldBack, Span::default()).with(format!("{collection}/{}", record.id)).with(lang.code());
        findings.add(&text.file, mark);
    }
    // The fuller view has every link that the open one has.
    let survey = text.full.as_deref().unwrap_or(&text.open);
    // Of what the public does not see, nothing is printed otherwise for it.
    let is_public = record.level_on(known.as_of) == Access::Public && record.status == Status::Approved && text.is_public();
    // Of a record that is only described, the public sees the front matter's words.
    let is_described = record.is_public_on(known.as_of) && text.is_public();
    let shown = text.open.private.iter().filter(|found| is_public || is_described && (found.span.end as usize) < text.body);
    findings.add_all(&text.file, shown.map(super::private::mark));
    for link in &survey.links {
        let mark =
            if link.picture { check_picture(archive, record, link) } else { check_link(known, record, lang, link, is_public.then_some(&text.open)) };
        findings.add_all(&text.file, mark);
        findings.add_all(&text.file, unspoken(record, lang, link));
    }
    findings.add_all(&text.file, unspoken_cover(record, lang, survey));
    check_directives(archive, survey, &text.file, findings);
    check_translation(record, lang, text, findings);
}

/// What is wrong with a link; `public` is what everybody sees of the text that it stands in, if anything.
fn check_link(known: &Known, record: &Record, lang: Lang, link: &LinkUse, public: Option<&Survey>) -> Option<Mark> {
    let Known { archive, index, as_of, .. } = known;
    let (target, anchor) = split_anchor(&link.target);
    let Some(destination) = index.resolve(target, &record.folder, &archive.vocabularies) else {
        if index.is_ambiguous(target) {
            return Some(Mark::new(Code::LinkAmbiguous, link.span).with(target));
        }
        let near = index.nearest(target).unwrap_or_default();
        return Some(Mark::new(Code::LinkBroken, link.span).with(&*link.target).with(near));
    };
    let Destination::Record(at) = destination else { return None };
    let other = &archive.records[at as usize];
    if !other.is_public_on(*as_of) && public.is_some_and(|survey| survey.links.contains(link)) {
        return Some(Mark::new(Code::LinkClosed, link.span).with(&*link.target));
    }
    let outline = other.texts.prefer(lang).map(|(_, text)| &text.open.outline)?;
    let lost = anchor.filter(|anchor| !anchor.is_empty() && find_anchor(outline, anchor).is_none())?;
    Some(Mark::new(Code::LinkAnchor, link.span).with(lost))
}

fn check_picture(archive: &Archive, record: &Record, link: &LinkUse) -> Option<Mark> {
    let path = file_beside(&link.target, &record.folder)?;
    let is_own = path.starts_with("content/assets/") || record.pictures.iter().any(|picture| *picture.file == *path);
    if is_own && archive.pictures.contains_key(&*path) {
        return None;
    }
    let names: Vec<&str> = record.pictures.iter().map(|picture| file_name(&picture.file)).collect();
    let near = nearest(file_name(&path), names).unwrap_or_default();
    Some(Mark::new(Code::PictureMissing, link.span).with(&*link.target).with(near))
}

/// A picture that says nothing to readers who cannot see it, neither in its brackets nor in the front matter.
fn unspoken(record: &Record, lang: Lang, link: &LinkUse) -> Option<Mark> {
    let path = || file_beside(&link.target, &record.folder);
    let is_silent = link.unspoken && !path().is_some_and(|path| has_alt(record, lang, &path));
    is_silent.then(|| Mark::new(Code::PictureWithoutAlt, link.span).with(shorten(&link.target, 80)))
}

/// The same of a cover that stands above the text; where the text itself shows the picture, its own words count.
fn unspoken_cover(record: &Record, lang: Lang, survey: &Survey) -> Option<Mark> {
    let cover = record.cover.as_ref()?;
    let is_in_text = survey.links.iter().any(|link| link.picture && file_beside(&link.target, &record.folder).as_deref() == Some(&**cover));
    let is_silent = !is_in_text && !has_alt(record, lang, cover);
    is_silent.then(|| Mark::new(Code::PictureWithoutAlt, Span::default()).with(file_name(cover)))
}

fn has_alt(record: &Record, lang: Lang, path: &str) -> bool {
    let words = record.pictures.iter().find(|picture| *picture.file == *path).and_then(|picture| picture.words.as_ref());
    words.and_then(|words| words.alt.get(lang).as_ref()).is_some_and(|alt| !alt.trim().is_empty())
}

fn unknown_fact(archive: &Archive, id: &str, at: Span, code: Code) -> Option<Mark> {
    let near = || nearest(id, archive.facts.keys().map(|id| &**id)).unwrap_or_default();
    (!archive.facts.contains_key(id)).then(|| Mark::new(code, at).with(id).with(near()))
}

pub(super) fn check_directives(archive: &Archive, survey: &Survey, file: &Arc<str>, findings: &mut Findings) {
    for directive in &survey.directives {
        let id = &*directive.id;
        match directive.kind {
            DirectiveKind::Fact => findings.add_all(file, unknown_fact(archive, id, directive.span, Code::FactUnknown)),
            DirectiveKind::Term if archive.vocabularies.find(id).is_none() => {
                let ids = archive.vocabularies.iter().flat_map(|(_, vocabulary)| vocabulary.ids());
                let near = nearest(id, ids).unwrap_or_default();
                findings.add(file, Mark::new(Code::TermUnknownInText, directive.span).with(id).with(near));
            }
            DirectiveKind::Term => findings.add_all(file, ambiguous_term(archive, id).map(|mark| Mark { span: directive.span, ..mark })),
            DirectiveKind::Person if !archive.people.iter().any(|person| &*person.id == id) => {
                let near = nearest(id, archive.people.iter().map(|person| &*person.id)).unwrap_or_default();
                findings.add(file, Mark::new(Code::PersonUnknown, directive.span).with(id).with(near));
            }
            DirectiveKind::Person => {}
        }
    }
}

/// A bare id that several vocabularies have; the glossary is asked first and makes it clear.
fn ambiguous_term(archive: &Archive, id: &str) -> Option<Mark> {
    let owners: Vec<&str> = archive.vocabularies.iter().filter(|(_, list)| list.position(id).is_some()).map(|(_, list)| &*list.id).collect();
    let first = owners.first().filter(|_| owners.len() > 1 && !owners.contains(&"glossary"))?;
    Some(Mark::new(Code::TermAmbiguous, Span::default()).with(id).with(owners.join(", ")).with(format!("{{term:{first}/{id}}}")))
}

/// Counts the paragraphs of the original that are not among those that were translated.
fn check_translation(record: &Record, lang: Lang, text: &RecordText, findings: &mut Findings) {
    let (Some(translation), Some(original)) = (&text.translation, record.texts.get(lang.other())) else { return };
    if translation.of.is_empty() {
        return;
    }
    let changed = original.open.paragraphs.iter().filter(|hash| !translation.of.contains(hash)).count();
    if changed > 0 {
        findings.add(&text.file, Mark::new(Code::TranslationStamp, translation.span).with(changed.to_string()));
    }
}

fn reference_codes(archive: &Archive, findings: &mut Findings) {
    let mut owners: BTreeMap<String, &Record> = BTreeMap::new();
    for record in &archive.records {
        let Some(code) = &record.reference else { continue };
        let Some(first) = owners.insert(code.to_string(), record) else { continue };
        let other = first.reference_at.as_ref().map_or("", |(file, _)| file);
        if let Some((file, span)) = &record.reference_at {
            findings.add(file, Mark::new(Code::ReferenceCodeTwice, *span).with(code.to_string()).with(other));
        }
    }
}
