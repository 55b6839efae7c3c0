//! `vocabulary/*.yaml`: each file a list of terms.

use super::data::{source_ids, words};
use super::layout::Layout;
use super::read_public_yaml;
use crate::detect::Allowed;
use crate::diagnostic::{Code, Findings, Mark, Span};
use crate::lang::{Lang, PerLang};
use crate::model::{Name, Note, Source, Term, Vocabularies, Vocabulary};
use crate::path::{is_device, is_id};
use crate::site::RESERVED_SECTIONS;
use crate::source::Read;
use crate::text::nearest;
use crate::yaml::{Fields, Node, Placed, Value, items_of};
use std::collections::BTreeMap;

/// Loads all vocabularies.
pub(super) fn load(
    source: &dyn Read,
    layout: &Layout,
    (sources, allowed): (&BTreeMap<Box<str>, Source>, &Allowed),
    findings: &mut Findings,
) -> Vocabularies {
    let (files, collections) = (&layout.vocabularies, &layout.folders);
    let mut list = Vec::new();
    for file in files.iter().filter(|file| &***file != crate::model::PEOPLE_FILE) {
        let id = file.rsplit('/').next().and_then(|name| name.strip_suffix(".yaml")).unwrap_or(file);
        if !is_id(id) {
            findings.add(file, Mark::new(Code::NameId, Span::default()).with(id).with("places"));
            continue;
        }
        if RESERVED_SECTIONS.contains(&id) && id != "glossary" || collections.contains(id) {
            findings.add(file, Mark::new(Code::NameReserved, Span::default()).with(id));
            continue;
        }
        let Some(node) = read_public_yaml(source, file, allowed, findings) else { continue };
        let mut marks = Vec::new();
        list.push(Vocabulary::new(id.into(), read_terms(&node, sources, file.strip_prefix("content/").unwrap_or(file), &mut marks)));
        findings.add_all(file, marks);
    }
    Vocabularies::new(list)
}

/// A term with what it says of others, which is looked up when all are read.
struct ReadTerm<'n> {
    term: Term,
    id: Placed<&'n str>,
    parent: Option<Placed<&'n str>>,
    successor: Option<Placed<&'n str>>,
}

fn read_terms(node: &Node, sources: &BTreeMap<Box<str>, Source>, file: &str, marks: &mut Vec<Mark>) -> Vec<Term> {
    let items = items_of(node, "vocabulary", marks);
    let mut read: Vec<ReadTerm> = Vec::new();
    let mut at_id: BTreeMap<&str, u32> = BTreeMap::new();
    for (number, item) in items.iter().enumerate() {
        let Some(term) = read_term(item, sources, marks) else { continue };
        if is_device(term.id.value) || super::layout::is_reserved(term.id.value) {
            marks.push(Mark::new(Code::NameReserved, term.id.span).with(term.id.value));
            continue;
        }
        if let Some(first) = at_id.get(term.id.value) {
            marks.push(Mark::new(Code::TermTwice, term.id.span).with(term.id.value).with((first + 1).to_string()));
            continue;
        }
        at_id.insert(term.id.value, u32::try_from(number).unwrap_or(u32::MAX));
        read.push(term);
    }
    link_terms(read, file, marks)
}

/// Parent and successor of a term.
type Links = (Option<u32>, Option<u32>);

/// Turns ids of parents and successors into positions; circles are cut and found.
fn link_terms(read: Vec<ReadTerm>, file: &str, marks: &mut Vec<Mark>) -> Vec<Term> {
    let positions: BTreeMap<&str, u32> = read.iter().zip(0u32..).map(|(term, at)| (term.id.value, at)).collect();
    let mut position = |cited: &Option<Placed<&str>>| {
        let cited = cited.as_ref()?;
        let found = positions.get(cited.value).copied();
        if found.is_none() {
            let near = nearest(cited.value, positions.keys().copied()).unwrap_or_default();
            marks.push(Mark::new(Code::TermUnknown, cited.span).with(cited.value).with(file).with(near));
        }
        found
    };
    let links: Vec<Links> = read.iter().map(|term| (position(&term.parent), position(&term.successor))).collect();
    let mut terms: Vec<Term> = Vec::with_capacity(read.len());
    for (at, term) in (0u32..).zip(&read) {
        let mut made = term.term.clone();
        let circles = |of: fn(&Links) -> Option<u32>| {
            let steps = std::iter::successors(of(&links[at as usize]), |here| of(&links[*here as usize]));
            steps.take(links.len() + 1).any(|here| here == at)
        };
        let (parent, successor) = (circles(|link| link.0), circles(|link| link.1));
        if parent || successor {
            marks.push(Mark::new(Code::TermCircle, term.id.span).with(term.id.value));
        }
        made.parent = links[at as usize].0.filter(|_| !parent);
        made.successor = links[at as usize].1.filter(|_| !successor);
        terms.push(made);
    }
    terms
}

fn read_term<'n>(node: &'n Node, sources: &BTreeMap<Box<str>, Source>, marks: &mut Vec<Mark>) -> Option<ReadTerm<'n>> {
    let mut fields = Fields::of(node, "vocabulary", marks)?;
    let id = fields.id("id");
    let names = PerLang { zh: fields.text("zh"), en: fields.text("en") };
    let parent = fields.text("parent");
    let successor = fields.text("successor");
    let code = fields.code("code").map(|text| text.value.into());
    let valid = fields.period("valid").map(|period| period.value);
    let former = fields.list("former_names");
    let former_names = former.iter().filter_map(|node| read_name(node, fields.marks())).collect();
    let aliases = fields.node("aliases").map(|node| read_aliases(node, fields.marks())).unwrap_or_default();
    let pinyin = fields.text("pinyin").map(|text| text.value.into());
    let sort_key = fields.text("sort_key").map(|text| text.value.into());
    let note = Note { text: words(fields.words("note")), local: words(fields.words("local")), sources: source_ids(&mut fields, sources) };
    let proposed = fields.truth("proposed").unwrap_or(false);
    if id.is_none() && fields.node("id").is_none() {
        let span = fields.span();
        fields.mark(Mark::new(Code::FieldMissing, span).with("id"));
    }
    if names.prefer(Lang::Zh).is_none() {
        let span = fields.span();
        fields.mark(Mark::new(Code::FieldMissing, span).with("zh"));
    }
    fields.finish();
    let id = id?;
    let name = PerLang::build(|lang| names.prefer(lang).map_or(id.value, |(_, text)| text.value).into());
    let term =
        Term { id: id.value.into(), name, code, parent: None, successor: None, valid, former_names, aliases, pinyin, sort_key, note, proposed };
    Some(ReadTerm { term, id, parent, successor })
}

/// A former name: a text, or `{zh, en, valid}`.
fn read_name(node: &Node, marks: &mut Vec<Mark>) -> Option<Name> {
    if let Value::Scalar(scalar) = &node.value {
        return Some(Name { name: PerLang::build(|_| scalar.text.clone()), valid: None });
    }
    let mut fields = Fields::of(node, "former_names", marks)?;
    let names = PerLang { zh: fields.text("zh"), en: fields.text("en") };
    let valid = fields.period("valid").map(|period| period.value);
    fields.finish();
    names.prefer(Lang::Zh)?;
    Some(Name { name: PerLang::build(|lang| names.prefer(lang).map_or("", |(_, text)| text.value).into()), valid })
}

/// Other names: `{zh: […], en: […]}`, or one list whose items are told apart by their script.
fn read_aliases(node: &Node, marks: &mut Vec<Mark>) -> PerLang<Vec<Box<str>>> {
    if let Value::Map(_) = node.value {
        let Some(mut fields) = Fields::of(node, "aliases", marks) else { return PerLang::default() };
        let both = PerLang { zh: fields.texts("zh"), en: fields.texts("en") };
        fields.finish();
        return PerLang::build(|lang| both.get(lang).iter().map(|text| text.value.into()).collect());
    }
    let all = crate::yaml::texts_of(node, "aliases", marks);
    PerLang::build(|lang| {
        let own = all.iter().filter(|text| (crate::text::han_count(text.value) > 0) == (lang == Lang::Zh));
        own.map(|text| text.value.into()).collect()
    })
}
