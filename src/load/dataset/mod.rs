//! A table of `data/*.yaml`: title, source, date, columns, rows, and the sums that may be published of it. Whatever is
//! doubtful in the keys that close, in a mark or in a key that nobody knows closes the whole table.

mod cell;
pub(super) mod check;
mod column;
mod publication;
mod row;

use super::closing::{self, closes};
use super::data::{TableFile, known_source, read_source};
use super::layout::{check_id, is_reserved};
use super::text::take_line;
use crate::diagnostic::{Code, Findings, Mark, Span};
use crate::lang::{Lang, PerLang};
use crate::model::body::PrivateUse;
use crate::model::{Closure, Dataset, Source, SourceRef, Vocabularies};
use crate::path::{file_name, is_device};
use crate::site::{Access, Site};
use crate::yaml::{Fields, Node, Placed, Value, text_of, words_of};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a table is checked against.
pub(super) struct Context<'a> {
    pub(super) site: &'a Site,
    pub(super) vocabularies: &'a Vocabularies,
    pub(super) sources: &'a BTreeMap<Box<str>, Source>,
}

/// The archive's own list of records takes this name among the downloads.
const OWN_NAMES: &[&str] = &["records"];

/// Whether a data file is meant to hold a table: one of its keys is enough, so that a slip in another makes no open file of it.
pub(super) fn is_dataset(node: &Node) -> bool {
    ["columns", "rows", "publish", "household", "access"].iter().any(|key| node.get(key).is_some())
}

/// Reads the tables. Ids of tables and of their sums are unique together: what comes second is left out.
pub(super) fn load(files: Vec<TableFile>, context: &Context, findings: &mut Findings) -> Vec<Dataset> {
    let mut owners: BTreeMap<Box<str>, Arc<str>> = BTreeMap::new();
    let mut datasets: Vec<Dataset> = Vec::new();
    for table in files {
        let file = Arc::clone(&table.file);
        let mut marks = Vec::new();
        let mut is_first = |id: &str, span: Span, marks: &mut Vec<Mark>| {
            let other = owners.get(id);
            marks.extend(other.map(|other| Mark::new(Code::DatasetTwice, span).with(id).with(&**other)));
            let is_first = other.is_none();
            owners.entry(id.into()).or_insert_with(|| Arc::clone(&file));
            is_first
        };
        if let Some(mut dataset) = read(table, context, &mut marks) {
            let is_taken = !is_first(&dataset.id, Span::default(), &mut marks);
            dataset.publications.retain(|sums| is_first(&sums.id, sums.span, &mut marks));
            datasets.extend(Some(dataset).filter(|_| !is_taken));
        }
        findings.add_all(&file, marks);
    }
    datasets.sort_by(|a, b| a.id.cmp(&b.id));
    datasets
}

/// What is gathered while the parts of a table are read.
struct Reading<'a> {
    context: &'a Context<'a>,
    marks: &'a mut Vec<Mark>,
    /// A mark in a word could not be understood.
    held: bool,
    /// The parts of the file that the public never sees.
    closed: Vec<Span>,
}

impl Reading<'_> {
    /// A word of each language, cleaned.
    fn words(&mut self, words: Option<&PerLang<Option<Placed<&str>>>>) -> PerLang<Option<Box<str>>> {
        PerLang::build(|lang| words.and_then(|words| words.get(lang).as_ref()).map(|text| take_line(text, &mut self.held, self.marks)))
    }
}

fn read(table: TableFile, context: &Context, marks: &mut Vec<Mark>) -> Option<Dataset> {
    let TableFile { file, node, private, closed } = table;
    let name = file_name(&file);
    let id = name.strip_suffix(".yaml").unwrap_or(name);
    if let Err(mark) = check_table_id(id) {
        // It has no address; nothing is written while the name stands.
        marks.push(*mark);
        return None;
    }
    let before = marks.len();
    let mut reading = Reading { context, marks, held: false, closed: Vec::new() };
    let mut dataset = Dataset {
        id: id.into(),
        file: Arc::clone(&file),
        title: PerLang::build(|_| format!("[{id}]").into()),
        title_at: Span::default(),
        note: PerLang::default(),
        source: None,
        as_of: None,
        licence: None,
        closure: Closure::default(),
        columns: Vec::new(),
        rows: Vec::new(),
        publications: Vec::new(),
        private: Vec::new(),
    };
    read_parts(&node, &mut dataset, &mut reading, closed);
    let Reading { held, closed: inside, .. } = reading;
    if held || marks[before..].iter().any(|mark| closes(mark) || mark.detail.first().is_some_and(|key| &**key == "household")) {
        dataset.closure.access = dataset.closure.access.max(Access::Internal);
        dataset.closure.open_after = None;
        // What was to be sealed may be among what would be added up.
        dataset.publications.clear();
    }
    if closed {
        // Whatever it says of itself: on the machine without that root it does not exist.
        dataset.closure.access = dataset.closure.access.max(Access::Internal);
        dataset.closure.open_after = None;
    }
    let (always, own) = sort_private(&node, private, &inside);
    marks.extend(always.iter().filter(|_| !closed).map(super::private::mark));
    dataset.private = own;
    Some(dataset)
}

fn check_table_id(id: &str) -> Result<(), Box<Mark>> {
    check_id(id)?;
    if is_device(id) || is_reserved(id) || OWN_NAMES.contains(&id) {
        return Err(Box::new(Mark::new(Code::NameReserved, Span::default()).with(id)));
    }
    Ok(())
}

fn read_parts(node: &Node, dataset: &mut Dataset, reading: &mut Reading, closed: bool) {
    let mut marks = Vec::new();
    let Some(mut fields) = Fields::of(node, "data", &mut marks) else { return reading.marks.append(&mut marks) };
    for key in ["facts", "sources"] {
        if let Some(inner) = fields.node(key).filter(|_| closed) {
            fields.mark(Mark::new(Code::ClosedDataOpen, inner.span).with(key));
        }
    }
    fields.refuse_empty("household");
    let household = fields.truth("household").unwrap_or(false);
    let default = Closure { access: if household { Access::Internal } else { Access::Public }, ..Closure::default() };
    dataset.closure = closing::read(&mut fields, default);
    let title = fields.node("title");
    let note = fields.words("note");
    dataset.as_of = fields.date("as_of").map(|date| date.value);
    if let Some(node) = fields.node("licence") {
        dataset.licence = crate::site::read_licence(node, fields.marks());
    }
    let source = fields.node("source");
    for (key, is_there) in [("title", title.is_some()), ("source", source.is_some()), ("as_of", fields.node("as_of").is_some())] {
        if !is_there {
            let span = Span::at(fields.span().start as usize);
            fields.mark(Mark::new(Code::FieldMissing, span).with(key));
        }
    }
    let (columns, rows, publish) = (fields.list("columns"), fields.list("rows"), fields.list("publish"));
    if fields.node("columns").is_none() {
        let span = Span::at(fields.span().start as usize);
        fields.mark(Mark::new(Code::FieldMissing, span).with("columns"));
    }
    fields.finish();
    reading.marks.append(&mut marks);
    if let Some(node) = title {
        dataset.title_at = node.extent();
        let words = words_of(node, "title", reading.marks);
        let words = reading.words(words.as_ref());
        dataset.title = PerLang::build(|lang| words.prefer(lang).map_or_else(|| dataset.title.get(lang).clone(), |(_, title)| title.clone()));
    }
    dataset.note = reading.words(note.as_ref());
    dataset.source = source.and_then(|node| read_source_ref(node, reading));
    dataset.columns = column::read(columns, household, reading);
    row::read(rows, dataset, reading);
    dataset.publications = publish.iter().filter_map(|node| publication::read(node, dataset, reading)).collect();
}

fn read_source_ref(node: &Node, reading: &mut Reading) -> Option<SourceRef> {
    if let Value::Map(_) = node.value {
        return read_source(node, reading.marks).map(SourceRef::Inline);
    }
    let text = text_of(node, "source", reading.marks)?;
    known_source(text, reading.context.sources, reading.marks).map(SourceRef::Cited)
}

/// What identifies a person: where it is printed whatever the level of the table, and where only a public table prints it.
/// What stands in a closed part is printed nowhere.
fn sort_private(node: &Node, private: Vec<PrivateUse>, closed: &[Span]) -> (Vec<PrivateUse>, Vec<PrivateUse>) {
    let inside = |found: &PrivateUse, span: &Span| span.start <= found.span.start && found.span.start < span.end.max(span.start + 1);
    let open: Vec<Span> = ["facts", "sources", "publish"].iter().filter_map(|key| node.get(key)).map(Node::extent).collect();
    let mut starts: Vec<Span> = closed.to_vec();
    starts.sort_unstable();
    let is_closed = |found: &PrivateUse| {
        // Closed rows may hold closed cells: the nearest few parts before the place are enough.
        let behind = starts.partition_point(|span| span.start <= found.span.start);
        starts[..behind].iter().rev().take(64).any(|span| inside(found, span))
    };
    let shown = private.into_iter().filter(|found| !is_closed(found));
    shown.partition(|found| open.iter().any(|span| inside(found, span)))
}

/// The words in both languages, the id where there are none.
fn named(words: &PerLang<Option<Box<str>>>, id: &str) -> PerLang<Box<str>> {
    PerLang::build(|lang: Lang| words.prefer(lang).map_or_else(|| id.into(), |(_, text)| text.clone()))
}
