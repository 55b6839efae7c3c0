//! `data/*.yaml`: sourced figures (`facts:`) and the sources that records and figures cite by id (`sources:`).

use super::layout::Layout;
use super::read_yaml_of_persons;
use crate::detect::Allowed;
use crate::diagnostic::{Code, Findings, Mark, Span};
use crate::lang::{Lang, PerLang};
use crate::model::body::PrivateUse;
use crate::model::{EnglishUnit, Fact, FactValue, Qualifier, Rival, Source, Unit};
use crate::path::is_id;
use crate::source::Read;
use crate::text::nearest;
use crate::yaml::{Fields, Node, Placed, ScalarKind, Value, text_of};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What the data files hold.
#[derive(Debug, Default)]
pub(super) struct Data {
    pub(super) facts: BTreeMap<Box<str>, Fact>,
    pub(super) sources: BTreeMap<Box<str>, Source>,
    /// The files that are datasets too; their tables are read when the vocabularies are known.
    pub(super) tables: Vec<TableFile>,
}

/// A file that holds a table.
#[derive(Debug)]
pub(super) struct TableFile {
    pub(super) file: Arc<str>,
    pub(super) node: Node,
    /// What identifies a person in it.
    pub(super) private: Vec<PrivateUse>,
    /// Whether it lies under the root for closed material.
    pub(super) closed: bool,
}

/// Loads every data file: first all sources, then the facts, which cite them.
pub(super) fn load(source: &dyn Read, layout: &Layout, allowed: &Allowed, findings: &mut Findings) -> Data {
    let mut data = Data::default();
    let mut parsed: Vec<(&Arc<str>, Node)> = Vec::new();
    for file in &layout.data {
        let (node, private) = read_yaml_of_persons(source, file, allowed, findings);
        let closed = layout.closed.contains(file);
        match node {
            Some(node) if super::dataset::is_dataset(&node) => data.tables.push(TableFile { file: Arc::clone(file), node, private, closed }),
            node => {
                findings.add_all(file, private.iter().filter(|_| !closed).map(super::private::mark));
                if closed {
                    findings.add(file, *super::layout::misplaced());
                }
                parsed.extend(node.filter(|_| !closed).map(|node| (file, node)));
            }
        }
    }
    let open_tables = data.tables.iter().filter(|table| !table.closed).map(|table| (&table.file, &table.node));
    let all: Vec<(&Arc<str>, &Node)> = parsed.iter().map(|(file, node)| (*file, node)).chain(open_tables).collect();
    let (mut sources, mut facts) = (BTreeMap::new(), BTreeMap::new());
    let mut owners = BTreeMap::new();
    for (file, node) in &all {
        let mut marks = Vec::new();
        read_sources(node, file, &mut sources, &mut owners, &mut marks);
        findings.add_all(file, marks);
    }
    let mut owners = BTreeMap::new();
    for (file, node) in &all {
        let mut marks = Vec::new();
        read_facts(node, file, (&mut facts, &sources), &mut owners, &mut marks);
        findings.add_all(file, marks);
    }
    (data.sources, data.facts) = (sources, facts);
    data
}

type Sources = BTreeMap<Box<str>, Source>;
type Owners<'n> = BTreeMap<&'n str, &'n Arc<str>>;

fn read_sources<'n>(node: &'n Node, file: &'n Arc<str>, sources: &mut BTreeMap<Box<str>, Source>, owners: &mut Owners<'n>, marks: &mut Vec<Mark>) {
    let Some(Node { value: Value::Map(entries), .. }) = node.get("sources") else { return };
    for (key, node) in entries {
        let Some(source) = read_source(node, marks) else { continue };
        match sources.get(&key.text) {
            Some(other) if *other == source => {}
            Some(_) => marks.push(twice(key.span, &key.text, owners)),
            None => {
                owners.insert(&key.text, file);
                sources.insert(key.text.clone(), source);
            }
        }
    }
}

fn twice(span: Span, id: &str, owners: &Owners) -> Mark {
    Mark::new(Code::FactTwice, span).with(id).with(owners.get(id).map_or("", |file| &***file))
}

/// Reads one source written as `{title, publisher, date, url}`.
pub(super) fn read_source(node: &Node, marks: &mut Vec<Mark>) -> Option<Source> {
    let mut fields = Fields::of(node, "sources", marks)?;
    let title = words(fields.words("title"));
    let publisher = words(fields.words("publisher"));
    let date = fields.date("date").map(|date| date.value);
    let url = fields.web("url");
    if title.prefer(Lang::Zh).is_none() {
        let span = fields.span();
        fields.mark(Mark::new(Code::FieldMissing, span).with("title"));
    }
    fields.finish();
    title.prefer(Lang::Zh)?;
    Some(Source { title, publisher, date, url: url.map(|url| url.value.into()) })
}

/// The words that were read, without their places.
pub(super) fn words(read: Option<PerLang<Option<Placed<&str>>>>) -> PerLang<Option<Box<str>>> {
    let read = read.unwrap_or_default();
    PerLang::build(|lang| read.get(lang).as_ref().map(|text| text.value.into()))
}

fn read_facts<'n>(
    node: &'n Node,
    file: &'n Arc<str>,
    (facts, sources): (&mut BTreeMap<Box<str>, Fact>, &Sources),
    owners: &mut Owners<'n>,
    marks: &mut Vec<Mark>,
) {
    let Some(mut fields) = Fields::of(node, "data", marks) else { return };
    let _ = fields.node("sources");
    let items = fields.list("facts");
    for item in items {
        let Some((id, fact)) = read_fact(item, sources, fields.marks()) else { continue };
        if facts.contains_key(id.value) {
            fields.mark(twice(id.span, id.value, owners));
            continue;
        }
        owners.insert(id.value, file);
        facts.insert(id.value.into(), fact);
    }
    // The other keys of a dataset are its own reader's.
    if !super::dataset::is_dataset(node) {
        fields.finish();
    }
}

fn read_fact<'n>(node: &'n Node, sources: &BTreeMap<Box<str>, Source>, marks: &mut Vec<Mark>) -> Option<(Placed<&'n str>, Fact)> {
    let mut fields = Fields::of(node, "facts", marks)?;
    let id = fields.id("id").filter(|id| is_id(id.value));
    let label = fields.words("label").unwrap_or_default();
    let as_of = fields.date("as_of").map(|date| date.value);
    let rivals = fields.list("conflicts");
    let rivals = rivals.iter().filter_map(|node| read_rival(node, sources, fields.marks())).collect();
    let note = words(fields.words("note"));
    let (value, unit, qualifier) = read_amount(&mut fields);
    let source = read_source_id(&mut fields, sources);
    fields.finish();
    let id = id?;
    let label = PerLang::build(|lang| label.prefer(lang).map_or(id.value, |(_, text)| text.value).into());
    Some((id, Fact { label, value: value?, unit: unit?, qualifier, as_of, source, conflicts: rivals, note }))
}

fn read_rival(node: &Node, sources: &BTreeMap<Box<str>, Source>, marks: &mut Vec<Mark>) -> Option<Rival> {
    let mut fields = Fields::of(node, "conflicts", marks)?;
    let as_of = fields.date("as_of").map(|date| date.value);
    let (value, unit, qualifier) = read_amount(&mut fields);
    let source = read_source_id(&mut fields, sources);
    fields.finish();
    Some(Rival { value: value?, unit: unit?, qualifier, as_of, source })
}

fn read_amount(fields: &mut Fields) -> (Option<FactValue>, Option<Unit>, Option<Qualifier>) {
    let value = fields.node("value").and_then(|node| read_value(node, fields.marks()));
    let unit = fields.node("unit").and_then(|node| read_unit(node, fields.marks()));
    for (missing, key) in [(value.is_none(), "value"), (unit.is_none(), "unit")] {
        let span = fields.span();
        if missing && fields.any(key).is_none() {
            fields.mark(Mark::new(Code::FieldMissing, span).with(key));
        }
    }
    (value, unit, fields.choice("qualifier", Qualifier::CHOICES).map(|qualifier| qualifier.value))
}

fn read_value(node: &Node, marks: &mut Vec<Mark>) -> Option<FactValue> {
    match &node.value {
        Value::List(items) if items.len() == 2 => {
            Some(FactValue::Range(read_number(&items[0], "value", marks)?, read_number(&items[1], "value", marks)?))
        }
        _ => read_number(node, "value", marks).map(|(value, printed)| FactValue::One(value, printed)),
    }
}

/// A number with its digits as printed.
pub(super) fn read_number(node: &Node, key: &str, marks: &mut Vec<Mark>) -> Option<(f64, Box<str>)> {
    let value = crate::yaml::number_of(node, key, marks)?;
    match &node.value {
        Value::Scalar(scalar) if scalar.kind == ScalarKind::Number => {
            let printed = scalar.text.replace('_', "");
            let is_plain = printed.trim_start_matches('-').bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
            if !is_plain {
                // `1e3` prints no digits that a reader knows.
                marks.push(Mark::new(Code::ValueNotNumber, node.span).with(key));
            }
            is_plain.then(|| (value, printed.into()))
        }
        _ => None,
    }
}

/// A known unit by its Chinese name, or `{zh, en, scale}`.
pub(super) fn read_unit(node: &Node, marks: &mut Vec<Mark>) -> Option<Unit> {
    if let Value::Map(_) = node.value {
        let mut fields = Fields::of(node, "unit", marks)?;
        let (zh, en, scale) = (fields.text("zh"), fields.texts("en"), fields.number("scale"));
        fields.finish();
        let zh = zh?.value;
        let own_scale =
            [("万亿", 1e12), ("亿", 1e8), ("万", 1e4)].into_iter().find(|(prefix, _)| zh.starts_with(prefix)).map_or(1.0, |(_, scale)| scale);
        let many = en.last().map_or("", |text| text.value);
        let one = en.first().map_or("", |text| text.value);
        return Some(Unit { zh: zh.into(), scale: scale.unwrap_or(own_scale), en: EnglishUnit::Noun { one: one.into(), many: many.into() } });
    }
    let text = text_of(node, "unit", marks)?;
    let unit = Unit::known(text.value);
    if unit.is_none() {
        marks.push(Mark::new(Code::UnitUnknown, text.span).with(text.value));
    }
    unit
}

fn read_source_id(fields: &mut Fields, sources: &BTreeMap<Box<str>, Source>) -> Option<Box<str>> {
    let text = fields.text("source")?;
    known_source(text, sources, fields.marks())
}

pub(super) fn known_source(text: Placed<&str>, sources: &BTreeMap<Box<str>, Source>, marks: &mut Vec<Mark>) -> Option<Box<str>> {
    if sources.contains_key(text.value) {
        return Some(text.value.into());
    }
    let near = nearest(text.value, sources.keys().map(|id| &**id)).unwrap_or_default();
    marks.push(Mark::new(Code::SourceUnknown, text.span).with(text.value).with(near));
    None
}

/// The ids under `sources:` or `source:` of a term.
pub(super) fn source_ids(fields: &mut Fields, sources: &BTreeMap<Box<str>, Source>) -> Vec<Box<str>> {
    let mut cited = fields.texts("sources");
    cited.extend(fields.text("source"));
    cited.into_iter().filter_map(|text| known_source(text, sources, fields.marks())).collect()
}
