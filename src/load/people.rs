//! `vocabulary/people.yaml`: persons with their consent and the way in which each is named. Kept apart from the other
//! vocabularies, so that no list, page or search of terms ever has a real name.

use super::read_yaml;
use crate::diagnostic::{Code, Findings, Mark};
use crate::lang::{Lang, PerLang};
use crate::model::{Consent, ConsentStatus, Naming, PEOPLE_FILE, Person};
use crate::source::Read;
use crate::yaml::{Fields, Node, Placed, Value, items_of, texts_of};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Loads the persons. An entry with a fault is kept as far as its name, so that the name stays closed.
pub(super) fn load(source: &dyn Read, files: &[Arc<str>], findings: &mut Findings) -> Vec<Person> {
    let Some(file) = files.iter().find(|file| &***file == PEOPLE_FILE) else { return Vec::new() };
    let Some(node) = read_yaml(source, file, findings) else { return Vec::new() };
    let mut marks = Vec::new();
    let items = items_of(&node, "people", &mut marks);
    let mut known = BTreeSet::new();
    let mut people = Vec::new();
    for item in items {
        let Some(person) = read(item, &mut marks) else { continue };
        if !known.insert(person.id.clone()) {
            marks.push(Mark::new(Code::TermTwice, item.span).with(&*person.id).with((people.len() + 1).to_string()));
        }
        people.push(person);
    }
    findings.add_all(file, marks);
    people
}

fn read(node: &Node, marks: &mut Vec<Mark>) -> Option<Person> {
    let before = marks.len();
    let mut fields = Fields::of(node, "people", marks)?;
    let id = fields.id("id").map_or("", |id| id.value);
    let names = PerLang { zh: fields.text("zh"), en: fields.text("en") };
    let consent = fields.node("consent").map(|node| read_consent(node, fields.marks())).unwrap_or_default();
    fields.refuse_empty("naming");
    let naming = fields.choice("naming", Naming::CHOICES).map(|naming| naming.value).unwrap_or_default();
    let pseudonym = owned(fields.words("pseudonym"));
    let role = owned(fields.words("role"));
    let aliases = fields.node("aliases").map(|node| read_aliases(node, fields.marks())).unwrap_or_default();
    let _ = fields.node("note");
    for (key, is_there) in [("id", !id.is_empty()), ("zh", names.prefer(Lang::Zh).is_some())] {
        if !is_there && fields.node(key).is_none() {
            let span = fields.span();
            fields.mark(Mark::new(Code::FieldMissing, span).with(key));
        }
    }
    fields.finish();
    names.prefer(Lang::Zh)?;
    let name = PerLang::build(|lang| names.prefer(lang).map_or("", |(_, text)| text.value).into());
    let mut person = Person { id: id.into(), name, aliases, consent, naming, pseudonym, role };
    // What is doubtful in the entry is doubtful in the consent.
    if marks.len() > before {
        person.consent = Consent::default();
    }
    let lacks = match person.naming {
        Naming::Real => (!person.is_named_openly()).then_some("consent: {status: given, date: …, reference: …}"),
        Naming::Pseudonym => person.pseudonym.present().next().is_none().then_some("pseudonym"),
        Naming::Role => person.role.present().next().is_none().then_some("role"),
        Naming::Surname => None,
    };
    marks.extend(lacks.map(|lacks| Mark::new(Code::PersonUnnamed, node.span).with(id).with(lacks)));
    Some(person)
}

fn read_consent(node: &Node, marks: &mut Vec<Mark>) -> Consent {
    let Some(mut fields) = Fields::of(node, "consent", marks) else { return Consent::default() };
    fields.refuse_empty("status");
    let status = fields.choice("status", ConsentStatus::CHOICES).map(|status| status.value).unwrap_or_default();
    let date = fields.date("date").map(|date| date.value);
    let reference = fields.code("reference").map(|reference| reference.value.into());
    fields.finish();
    Consent { status, date, reference }
}

/// What else a person is called: `{zh: […], en: […]}`, or one list for both languages.
fn read_aliases(node: &Node, marks: &mut Vec<Mark>) -> Vec<Box<str>> {
    let listed = |texts: Vec<Placed<&str>>| texts.into_iter().map(|text| text.value.trim().into()).collect::<Vec<Box<str>>>();
    let Value::Map(_) = node.value else { return listed(texts_of(node, "aliases", marks)) };
    let Some(mut fields) = Fields::of(node, "aliases", marks) else { return Vec::new() };
    let mut aliases = listed(fields.texts("zh"));
    aliases.extend(listed(fields.texts("en")));
    fields.finish();
    aliases
}

fn owned(words: Option<PerLang<Option<Placed<&str>>>>) -> PerLang<Option<Box<str>>> {
    let words = words.unwrap_or_default();
    PerLang::build(|lang| words.get(lang).as_ref().map(|text| text.value.into()))
}
