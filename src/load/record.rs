//! One record: the facts of its two files joined, checked against the schema and typed.

use super::RecordKey;
use super::closing::{self, CLOSING_KEYS, closes, shown};
use super::layout::Layout;
use super::photograph;
use super::text::{LoadedFact, LoadedText, WORDS};
use crate::date::Period;
use crate::diagnostic::{Code, Findings, Mark, Span};
use crate::lang::{Lang, PerLang};
use crate::model::{Classification, FieldContent, Person, Record, RecordText, Source, SourceRef, Status, TermId, TermRefs, Vocabularies, Withdrawal};
use crate::path::{is_device, is_id};
use crate::site::{Access, CollectionSchema, Field, FieldKind, Folders, GENERIC_KEYS, Site};
use crate::text::nearest;
use crate::yaml::{Fields, Key, Node, Placed, Value, period_of, text_of, texts_of, truth_of, web_of, words_of};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a record is checked against.
pub(super) struct Context<'a> {
    pub(super) site: &'a Site,
    pub(super) schemas: &'a [CollectionSchema],
    pub(super) vocabularies: &'a Vocabularies,
    pub(super) sources: &'a BTreeMap<Box<str>, Source>,
    pub(super) layout: &'a Layout,
    pub(super) people: &'a [Person],
}

/// The fields that every collection has and whose values are terms: field and vocabulary have one name.
const TERM_FIELDS: &[&str] = &["places", "programmes", "units"];

/// Joins the texts of one record.
pub(super) fn assemble(key: &RecordKey, texts: Vec<LoadedText>, context: &Context) -> (Record, Findings) {
    let (collection, id) = key;
    let mut findings = Findings::default();
    let at = context.schemas.iter().position(|schema| *schema.id == **collection).unwrap_or(0);
    let schema = &context.schemas[at];
    let (joined, differ) = join_facts(&texts, &mut findings);
    // Which of two levels is meant nobody can tell: neither is published.
    let mut held = texts.iter().any(|text| text.front_held) || differ;
    let mut record = Record {
        collection: u16::try_from(at).unwrap_or(0),
        id: id.clone(),
        access: schema.access,
        open_after: None,
        classification: Classification::Open,
        status: Status::Approved,
        date: None,
        terms: Vec::new(),
        reference: None,
        reference_at: None,
        sources: Vec::new(),
        fields: Vec::new(),
        former_ids: Vec::new(),
        withdrawn: None,
        corrections: Vec::new(),
        members: Vec::new(),
        licence: None,
        texts: PerLang::default(),
        has_facts: !joined.is_empty(),
        folder: texts.first().map_or_else(|| Arc::from("content"), |text| Arc::clone(&text.place.folder)),
        pictures: Vec::new(),
        cover: None,
        files: Vec::new(),
        scans: Vec::new(),
    };
    // Each language's facts are read with marks of its own, so that a finding names the file in which the fact stands.
    for text in &texts {
        let lang = text.place.lang;
        let own = joined.iter().filter(|fact| fact.lang == lang).map(|fact| (fact.key, fact.node));
        let mut marks = Vec::new();
        read_facts(own, (lang, text.front), schema, context, &mut record, &mut marks);
        held |= marks.iter().any(closes);
        findings.add_all(&text.place.file, marks);
        let written = joined.iter().find(|fact| fact.lang == lang && &*fact.key.text == "archive");
        record.reference_at = record.reference_at.take().or_else(|| written.map(|fact| (Arc::clone(&text.place.file), fact.key.span)));
    }
    for fact in joined.iter().filter(|fact| &*fact.key.text == "files" && are_words(fact.key, fact.node)) {
        let mut marks = Vec::new();
        super::files::read_words(fact.node, fact.lang, (&mut record.files, &mut record.scans), &mut marks);
        held |= marks.iter().any(closes);
        findings.add_all(texts.iter().find(|text| text.place.lang == fact.lang).map_or(&record.folder, |text| &text.place.file), marks);
    }
    held |= read_pictures(&mut record, &joined, &texts, context, &mut findings);
    super::scans::settle(&mut record, context.layout);
    if texts.iter().any(|text| text.place.closed) {
        // Whatever it says of itself: on the machine without that root it does not exist.
        record.access = record.access.max(Access::Internal);
        record.open_after = None;
        if let Some(open) = texts.iter().find(|text| !text.place.closed) {
            findings.add(&open.place.file, Mark::new(Code::ClosedRecordSplit, Span::default()).with(&**id));
        }
    }
    require(schema, &record, &texts, &mut findings);
    for text in texts {
        let lang = text.place.lang;
        *record.texts.get_mut(lang) = take_text(text, held, context.site, &mut findings);
    }
    (record, findings)
}

/// Reads the record's pictures: their levels, what each file says of them, and which of them is the cover. True where something
/// in that may be meant to close and does not.
fn read_pictures(record: &mut Record, joined: &[JoinedFact], texts: &[LoadedText], context: &Context, findings: &mut Findings) -> bool {
    let declared = joined.iter().find(|fact| &*fact.key.text == "pictures" && matches!(fact.node.value, Value::List(_)));
    record.pictures = photograph::levels(&record.folder, declared.map(|fact| fact.node), context.layout);
    let known = photograph::Known { vocabularies: context.vocabularies, people: context.people };
    let mut held = false;
    for fact in joined {
        let mut marks = Vec::new();
        match &*fact.key.text {
            "pictures" => held |= photograph::read(fact.node, fact.lang, &known, &mut record.pictures, &mut marks),
            "cover" => record.cover = photograph::read_cover(fact.node, &mut record.pictures, &mut marks),
            _ => continue,
        }
        findings.add_all(texts.iter().find(|text| text.place.lang == fact.lang).map_or(&record.folder, |text| &text.place.file), marks);
    }
    held
}

/// A fact and the language file that it was written in.
struct JoinedFact<'t> {
    key: &'t Key,
    node: &'t Node,
    line: usize,
    lang: Lang,
}

/// Facts of both files, each once; a fact that differs between them is an error that shows both places.
/// Says as well whether a key that decides who may see the record differs.
fn join_facts<'t>(texts: &'t [LoadedText], findings: &mut Findings) -> (Vec<JoinedFact<'t>>, bool) {
    let mut joined: Vec<JoinedFact> = Vec::new();
    let mut closing_differs = false;
    for text in texts {
        for LoadedFact { key, node, line } in &text.facts {
            // Words of pictures and files are per language; the same key as a list holds facts.
            let words = are_words(key, node);
            let earlier = joined.iter().find(|fact| fact.key.text == key.text && !words && !are_words(fact.key, fact.node));
            match earlier {
                None => joined.push(JoinedFact { key, node, line: *line, lang: text.place.lang }),
                Some(fact) if same_value(fact.node, node) => {}
                Some(fact) => {
                    closing_differs |= CLOSING_KEYS.contains(&&*key.text);
                    let other = texts.iter().find(|other| other.place.lang == fact.lang);
                    let file = other.map_or("", |other| &*other.place.file);
                    let mark = Mark::new(Code::FactsDiffer, node.span).with(&*key.text).with(file);
                    findings.add(&text.place.file, mark.with(fact.line.to_string()).with(shown(fact.node)));
                }
            }
        }
    }
    (joined, closing_differs)
}

fn are_words(key: &Key, node: &Node) -> bool {
    matches!(&*key.text, "pictures" | "files") && matches!(node.value, Value::Map(_))
}

fn same_value(a: &Node, b: &Node) -> bool {
    match (&a.value, &b.value) {
        (Value::Null, Value::Null) => true,
        (Value::Scalar(a), Value::Scalar(b)) => a.text == b.text || same_date(&a.text, &b.text),
        (Value::List(a), Value::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_value(a, b)),
        (Value::Map(a), Value::Map(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.iter().any(|(other, b)| other.text == key.text && same_value(a, b)))
        }
        // A single value and a list of that one value say the same.
        (Value::List(items), Value::Scalar(_)) => items.len() == 1 && same_value(&items[0], b),
        (Value::Scalar(_), Value::List(items)) => items.len() == 1 && same_value(a, &items[0]),
        _ => false,
    }
}

/// `2020年3月1日` and `2020-03-01` are one day.
fn same_date(a: &str, b: &str) -> bool {
    match (Period::parse(a), Period::parse(b)) {
        (Ok(a), Ok(b)) => a.value == b.value,
        _ => false,
    }
}

fn read_facts<'n>(
    own: impl Iterator<Item = (&'n Key, &'n Node)>,
    (lang, front): (Lang, Span),
    schema: &CollectionSchema,
    context: &Context,
    record: &mut Record,
    marks: &mut Vec<Mark>,
) {
    let mut fields = Fields::from_entries(own, front, marks);
    let closure = closing::read(&mut fields, record.closure());
    (record.access, record.open_after, record.classification) = (closure.access, closure.open_after, closure.classification);
    if let Some(status) = fields.choice("status", Status::CHOICES) {
        record.status = status.value;
    }
    record.date = fields.period("date").map(|date| date.value).or(record.date);
    for field in TERM_FIELDS {
        if let Some(node) = fields.node(field) {
            push_terms(field, field, node, context.vocabularies, record, fields.marks());
        }
    }
    if let Some(node) = fields.node("archive") {
        record.reference = super::reference::read(node, context.site, fields.marks());
    }
    if let Some(node) = fields.node("sources") {
        record.sources = read_sources(node, context.sources, fields.marks());
    }
    for id in fields.texts("former_ids") {
        read_former_id(&id, record, fields.marks());
    }
    if let Some(node) = fields.node("withdrawn") {
        record.withdrawn = read_withdrawn(node, fields.marks());
    }
    if let Some(node) = fields.node("corrections") {
        record.corrections = super::curation::corrections(node, fields.marks());
    }
    if let Some(node) = fields.node("members") {
        record.members = super::curation::members(node, lang, context.vocabularies, fields.marks());
    }
    if let Some(node) = fields.node("licence") {
        record.licence = crate::site::read_licence(node, fields.marks()).map(Box::new);
    }
    for field in &schema.fields {
        if let Some(node) = fields.any(&field.key) {
            read_field(field, node, context.vocabularies, record, fields.marks());
        }
    }
    if let Some(node) = fields.node("pictures") {
        photograph::check(node, fields.marks());
    }
    if let Some(node) = fields.node("files").filter(|node| !matches!(node.value, Value::Map(_))) {
        (record.files, record.scans) = super::files::read(node, lang, &record.folder, context.layout, fields.marks());
    }
    // Read by the stages that print pictures and credits; known here so that they are not taken for slips.
    for key in ["cover", "credits"] {
        if let Some(node) = fields.node(key) {
            // The record's own key was indented too far.
            photograph::strayed_keys(node, fields.marks());
        }
    }
    report_unknown(fields, schema);
}

/// Keys that nobody asked for; the collection's own and the keys of words are among what could have been meant.
fn report_unknown(mut fields: Fields, schema: &CollectionSchema) {
    let unknown: Vec<Key> = fields.rest().map(|(key, _)| key.clone()).collect();
    debug_assert!(WORDS.iter().all(|key| GENERIC_KEYS.contains(key)));
    let known: Vec<&str> = GENERIC_KEYS.iter().copied().chain(schema.fields.iter().map(|field| &*field.key)).collect();
    for key in unknown {
        fields.mark(crate::yaml::unknown_key(&key, &known));
    }
}

fn read_former_id(id: &Placed<&str>, record: &mut Record, marks: &mut Vec<Mark>) {
    if !is_id(id.value) || is_device(id.value) {
        marks.push(Mark::new(Code::ValueNotId, id.span).with(id.value));
    } else if super::layout::is_reserved(id.value) || *id.value == *record.id {
        marks.push(Mark::new(Code::NameReserved, id.span).with(id.value));
    } else if !record.former_ids.iter().any(|known| **known == *id.value) {
        record.former_ids.push(id.value.into());
    }
}

fn push_terms(field: &str, vocabulary: &str, node: &Node, vocabularies: &Vocabularies, record: &mut Record, marks: &mut Vec<Mark>) {
    let mut terms = Vec::new();
    for text in texts_of(node, field, marks) {
        match find_term(vocabulary, &text, vocabularies) {
            Ok(term) if terms.contains(&term) => {}
            Ok(term) => terms.push(term),
            Err(mark) => marks.push(*mark),
        }
    }
    record.terms.push(TermRefs { field: field.into(), terms });
}

pub(super) fn find_term(vocabulary: &str, text: &Placed<&str>, vocabularies: &Vocabularies) -> Result<TermId, Box<Mark>> {
    let found = vocabularies.named(vocabulary);
    if let Some((at, list)) = found
        && let Some(term) = list.position(text.value)
    {
        return Ok(TermId { vocabulary: at, term });
    }
    let near = found.and_then(|(_, list)| nearest_term(text.value, list)).unwrap_or_default();
    let file = format!("vocabulary/{vocabulary}.yaml");
    Err(Box::new(Mark::new(Code::TermUnknown, text.span).with(text.value).with(file).with(near)))
}

/// The id that a misspelt one or a written name means.
fn nearest_term(written: &str, list: &crate::model::Vocabulary) -> Option<String> {
    let named = list.terms.iter().find(|term| *term.name.zh == *written || term.name.en.eq_ignore_ascii_case(written));
    named.map(|term| term.id.to_string()).or_else(|| nearest(written, list.ids()).map(str::to_owned))
}

fn read_field(field: &Field, node: &Node, vocabularies: &Vocabularies, record: &mut Record, marks: &mut Vec<Mark>) {
    let key = &*field.key;
    let content = match &field.kind {
        FieldKind::Term(vocabulary) => return push_terms(key, vocabulary, node, vocabularies, record, marks),
        FieldKind::Text => words_of(node, key, marks).map(|words| {
            let text = |lang| words.get(lang).as_ref().map(|text: &Placed<&str>| text.value.into());
            FieldContent::Text(PerLang::build(text))
        }),
        FieldKind::Number => crate::yaml::number_of(node, key, marks).map(|_| FieldContent::Number(shown(node).into())),
        FieldKind::Date => period_of(node, key, marks).map(|date| FieldContent::Date(date.value)),
        FieldKind::Truth => truth_of(node, key, marks).map(FieldContent::Truth),
        FieldKind::Choice(options) => Some(FieldContent::Choice(read_options(key, options, node, marks))),
        FieldKind::Url => web_of(node, key, marks).map(|text| FieldContent::Url(text.value.into())),
    };
    record.fields.extend(content.map(|content| (field.key.clone(), content)));
}

fn read_options(key: &str, options: &[Box<str>], node: &Node, marks: &mut Vec<Mark>) -> Vec<Box<str>> {
    let mut chosen = Vec::new();
    for text in texts_of(node, key, marks) {
        if options.iter().any(|option| **option == *text.value) {
            chosen.push(text.value.into());
        } else {
            let known = options.join(" ");
            marks.push(Mark::new(Code::ValueChoice, text.span).with(key).with(text.value).with(known));
        }
    }
    chosen
}

fn read_sources(node: &Node, known: &BTreeMap<Box<str>, Source>, marks: &mut Vec<Mark>) -> Vec<SourceRef> {
    let items = match &node.value {
        Value::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    let mut sources = Vec::new();
    for item in items {
        if let Value::Map(_) = item.value {
            sources.extend(super::data::read_source(item, marks).map(SourceRef::Inline));
        } else if let Some(text) = text_of(item, "sources", marks) {
            if known.contains_key(text.value) {
                sources.push(SourceRef::Cited(text.value.into()));
            } else {
                let near = nearest(text.value, known.keys().map(|id| &**id)).unwrap_or_default();
                marks.push(Mark::new(Code::SourceUnknown, text.span).with(text.value).with(near));
            }
        }
    }
    sources
}

fn read_withdrawn(node: &Node, marks: &mut Vec<Mark>) -> Option<Withdrawal> {
    let mut fields = Fields::of(node, "withdrawn", marks)?;
    let date = fields.date("date").map(|date| date.value);
    let reason = fields.words("reason").unwrap_or_default();
    fields.finish();
    Some(Withdrawal { date, reason: PerLang::build(|lang| reason.get(lang).as_ref().map(|text: &Placed<&str>| text.value.into())) })
}

/// What a record must have: a title in each text, and what its collection requires.
fn require(schema: &CollectionSchema, record: &Record, texts: &[LoadedText], findings: &mut Findings) {
    for text in texts {
        if text.title.is_none() && !text.front_held {
            findings.add(&text.place.file, Mark::new(Code::TitleMissing, Span::at(0)));
        }
        if text.summary.is_none() && !text.front_held {
            findings.add(&text.place.file, Mark::new(Code::SummaryMissing, Span::at(0)));
        }
    }
    let undated = schema.folders == Folders::Year && record.date.is_none();
    if let Some(text) = texts.first().filter(|_| undated) {
        // Its address is made of its year.
        findings.add(&text.place.file, Mark::new(Code::FieldMissing, Span::at(0)).with("date"));
    }
    let has = |key: &str| {
        let term = record.terms.iter().any(|refs| &*refs.field == key && !refs.terms.is_empty());
        term || record.fields.iter().any(|(name, _)| &**name == key)
    };
    for field in schema.fields.iter().filter(|field| field.required && !has(&field.key)) {
        if let Some(text) = texts.first() {
            findings.add(&text.place.file, Mark::new(Code::FieldMissing, Span::at(0)).with(&*field.key));
        }
    }
}

fn take_text(text: LoadedText, held: bool, site: &Site, findings: &mut Findings) -> Option<RecordText> {
    let lang = text.place.lang;
    // A site of one language is one half of an archive that may have both.
    if !site.has(lang) {
        return None;
    }
    let unreviewed = text.translation.as_ref().is_some_and(|translation| translation.machine && !translation.reviewed);
    if unreviewed {
        let span = text.translation.as_ref().map(|translation| translation.span).unwrap_or_default();
        findings.add(&text.place.file, Mark::new(Code::TranslationUnreviewed, span.shifted(text.front.start as usize)));
    }
    Some(RecordText {
        title: text.title.unwrap_or_else(|| format!("[{}]", text.place.id).into()),
        summary: text.summary,
        access: text.access,
        held: held || text.held || text.front_held || unreviewed,
        file: text.place.file,
        body: text.body,
        stamp: text.stamp,
        translation: text.translation,
        plain: text.plain,
        open: text.open,
        full: text.full,
    })
}
