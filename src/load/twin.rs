//! A text that stands alone, without facts, beside another id that differs by a slip of the pen: perhaps its access level
//! stands in that other file. Such a text stays closed until somebody says what it is.

use crate::diagnostic::{Code, Findings, Mark, Span};
use crate::lang::Lang;
use crate::model::Record;
use crate::site::{Access, CollectionSchema, Site};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Closes every lone text of a site of two languages that may belong to another record.
pub(super) fn hold_back(records: &mut [Record], site: &Site, schemas: &[CollectionSchema], findings: &mut Findings) {
    if site.languages.len() < 2 {
        return;
    }
    let orphans: Vec<usize> = (0..records.len()).filter(|at| is_orphan(&records[*at])).collect();
    if orphans.is_empty() {
        return;
    }
    let twins: Vec<Option<Box<str>>> = {
        let near = near_ids(records);
        orphans.iter().map(|at| twin_of(&records[*at], &near)).collect()
    };
    for (at, twin) in orphans.into_iter().zip(twins) {
        let record = &records[at];
        let lone = Lang::ALL.into_iter().find(|lang| record.texts.get(*lang).is_some());
        let Some(lang) = lone else { continue };
        let translated = record.texts.get(lang).as_ref().is_some_and(|text| text.translation.is_some());
        if twin.is_none() && !translated {
            continue;
        }
        let collection = &schemas[usize::from(record.collection)].id;
        let own = format!("{collection}/{}", record.id);
        let mark = match twin {
            Some(other) => Mark::new(Code::TwinNearMiss, Span::default()).with(own).with(other),
            None => Mark::new(Code::TranslationAlone, Span::default()).with(own).with(format!("{}.{}.md", record.id, lang.other().code())),
        };
        if let Some(text) = records[at].texts.get_mut(lang) {
            text.held = true;
            // Not for a slip of its own: what it says may be closed by the other file.
            text.access = text.access.max(Access::Internal);
            findings.add(&Arc::clone(&text.file), mark);
        }
    }
}

/// Another id of the collection that differs by a slip of the pen.
fn twin_of(record: &Record, near: &BTreeMap<(u16, Box<str>), BTreeSet<&str>>) -> Option<Box<str>> {
    shortened(&record.id).find_map(|short| {
        let ids = near.get(&(record.collection, short))?;
        ids.iter().find(|id| ***id != *record.id && !differ_in_number(id, &record.id)).map(|id| Box::from(*id))
    })
}

/// `rice-1` and `rice-2` are two of a series and no slip of the pen.
fn differ_in_number(a: &str, b: &str) -> bool {
    let letters = |id: &str| id.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    letters(a) == letters(b)
}

/// Whether a record has one text only and not a single fact of its own, its access level included.
fn is_orphan(record: &Record) -> bool {
    record.texts.present().count() == 1 && !record.has_facts
}

/// Ids by what is left of them without any one character: two ids that share such a rest differ by one slip.
fn near_ids(records: &[Record]) -> BTreeMap<(u16, Box<str>), BTreeSet<&str>> {
    let mut near: BTreeMap<(u16, Box<str>), BTreeSet<&str>> = BTreeMap::new();
    for record in records {
        for short in shortened(&record.id) {
            near.entry((record.collection, short)).or_default().insert(&record.id);
        }
    }
    near
}

/// The id itself and the id without each of its characters.
fn shortened(id: &str) -> impl Iterator<Item = Box<str>> + '_ {
    let without = move |at: usize| format!("{}{}", &id[..at], &id[at + 1..]).into();
    std::iter::once(id.into()).chain((0..id.len()).map(without))
}
