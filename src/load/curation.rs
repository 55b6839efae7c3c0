//! `corrections:` and `members:` of a record: what was corrected in it, and what it gathers where it is a curated page.

use super::closing::CLOSING_KEYS;
use super::data::words;
use super::record::find_term;
use crate::diagnostic::{Code, Mark};
use crate::lang::Lang;
use crate::model::{Choice, Correction, Member, Vocabularies};
use crate::yaml::{Fields, Node, Value, items_of, text_of};

/// How many records a query gathers where it does not say.
const MOST: u16 = 50;
/// How many it may gather, so that a page stays one that can be read.
const MOST_EVER: u16 = 200;

/// Reads the list of corrections.
pub(super) fn corrections(node: &Node, marks: &mut Vec<Mark>) -> Vec<Correction> {
    items(node, "corrections", marks).iter().filter_map(|item| correction(item, marks)).collect()
}

fn correction(node: &Node, marks: &mut Vec<Mark>) -> Option<Correction> {
    let mut fields = Fields::of(node, "corrections", marks)?;
    let date = fields.date("date").map(|date| date.value);
    let text = words(fields.words("text"));
    for (key, is_there) in [("date", date.is_some()), ("text", text.prefer(Lang::Zh).is_some())] {
        if !is_there && fields.any(key).is_none() {
            let span = fields.span();
            fields.mark(Mark::new(Code::FieldMissing, span).with(key));
        }
    }
    fields.finish();
    text.prefer(Lang::Zh)?;
    Some(Correction { date: date?, text })
}

/// Reads the members of a curated page: records by id, or a query.
pub(super) fn members(node: &Node, lang: Lang, vocabularies: &Vocabularies, marks: &mut Vec<Mark>) -> Vec<Member> {
    items(node, "members", marks).iter().filter_map(|item| member(item, lang, vocabularies, marks)).collect()
}

fn member(node: &Node, lang: Lang, vocabularies: &Vocabularies, marks: &mut Vec<Mark>) -> Option<Member> {
    let Value::Map(_) = node.value else {
        let id = text_of(node, "members", marks)?;
        return Some(Member { choice: Choice::Record(id.value.into()), note: words(None), place: (lang, id.span) });
    };
    let mut fields = Fields::of(node, "members", marks)?;
    let note = words(fields.words("note"));
    if let Some(id) = fields.text("record") {
        fields.finish();
        return Some(Member { choice: Choice::Record(id.value.into()), note, place: (lang, id.span) });
    }
    let collections: Vec<Box<str>> = fields.texts("collections").iter().map(|text| text.value.into()).collect();
    let mut terms = Vec::new();
    for field in ["places", "programmes", "units"] {
        for text in fields.texts(field) {
            match find_term(field, &text, vocabularies) {
                Ok(term) => terms.push(term),
                Err(mark) => fields.mark(*mark),
            }
        }
    }
    let most = fields.number("most").map_or(MOST, |most| whole_within(most, MOST_EVER));
    let asks_nothing = collections.is_empty() && terms.is_empty();
    if asks_nothing && ["places", "programmes", "units"].iter().all(|field| fields.any(field).is_none()) {
        let span = fields.span();
        fields.mark(Mark::new(Code::FieldMissing, span).with("record"));
    }
    fields.finish();
    (!asks_nothing).then_some(Member { choice: Choice::Query { collections, terms, most }, note, place: (lang, node.span) })
}

/// A number as a count of at least one and at most so many.
fn whole_within(number: f64, most: u16) -> u16 {
    (1..=most).rev().find(|count| f64::from(*count) <= number).unwrap_or(1)
}

fn items<'n>(node: &'n Node, key: &str, marks: &mut Vec<Mark>) -> &'n [Node] {
    let items = items_of(node, key, marks);
    // The record's own key was indented too far.
    if let Value::Map(entries) = &node.value {
        let strayed = entries.iter().filter(|(key, _)| CLOSING_KEYS.contains(&&*key.text));
        marks.extend(strayed.map(|(key, _)| crate::yaml::unknown_key(key, &[])));
    }
    items
}
