//! Closed values and closed names that stand openly somewhere: a finding at the place, since it may be the very slip that the value was
//! closed for. Such a value is no needle any more, for every page that shows the open place would be found fault with.

use super::names;
use super::needle::{Closed, Needles};
use super::words::{self, Shared, TableWords};
use super::{Edition, Entry, EntryText, Folded, Profile, Table};
use crate::diagnostic::{Code, Findings, Mark, Span};
use crate::lang::{Lang, PerLang};
use crate::model::{ClosedNames, PEOPLE_FILE};
use crate::source::Read;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What is looked for: closed values, and the names of those who may not be named.
struct Sought<'a> {
    needles: &'a Needles,
    names: &'a ClosedNames,
}

type Keys = BTreeSet<(u64, u64)>;

/// Looks for the needles in everything that is open, says where they stand, and takes them out of the needles.
pub(super) fn settle(edition: &mut Edition, needles: &mut Needles, names: &ClosedNames, source: &dyn Read) -> Findings {
    let mut findings = Findings::default();
    if needles.is_empty() && names.is_empty() {
        return findings;
    }
    let closed = Sought { needles, names };
    let mut keys = in_words(edition, &closed, &mut findings);
    let profile = edition.profile;
    let found: Vec<(Keys, Findings)> = edition.entries.par_iter().map(|entry| in_entry(entry, &closed, profile, source)).collect();
    for (more, said) in found {
        keys.extend(more);
        findings.absorb(said);
    }
    needles.forget(&keys);
    findings
}

fn in_words(edition: &mut Edition, closed: &Sought, findings: &mut Findings) -> Keys {
    let mut keys = Keys::new();
    let mut look = |file: &dyn Fn() -> Arc<str>, text: &mut Box<str>| {
        note_in(closed, text, &mut keys, |mark| findings.add(&file(), mark), |_| Span::default());
    };
    let Edition { site, collections, vocabularies, facts, sources, work_plan, entries, tables, calendar, .. } = edition;
    words::each_shared(Shared { site, collections, vocabularies, facts, sources, calendar, work_plan: work_plan.as_mut() }, &mut look);
    for table in tables.iter_mut().filter(|table| table.sums.is_none()) {
        let file = Arc::clone(&table.file);
        let Table { title, note, source, columns, .. } = table;
        words::of_table(TableWords { title, note, source: source.as_mut(), columns }, &|| Arc::clone(&file), &mut look);
    }
    for entry in entries {
        let folder = Arc::clone(&entry.folder);
        words::each_of(&mut entry.sources, &mut entry.fields, entry.withdrawn.as_mut(), &|| Arc::clone(&folder), &mut look);
        entry.pictures.values_mut().flatten().for_each(|said| words::of_picture(said, &|| Arc::clone(&folder), &mut look));
        words::editorial(&mut entry.corrections, &mut entry.members, &|| Arc::clone(&folder), &mut look);
    }
    keys.extend(in_sums(edition, closed, findings));
    keys
}

/// A sum that happens to be a closed value is no slip of anybody's, and it is published: only the search must not stop there.
/// Its title and note are an author's words like any others.
fn in_sums(edition: &mut Edition, closed: &Sought, findings: &mut Findings) -> Keys {
    let mut keys = Keys::new();
    for table in edition.tables.iter_mut().filter(|table| table.sums.is_some()) {
        let file = Arc::clone(&table.file);
        let Table { title, note, columns, .. } = table;
        let mut quiet = |_: &dyn Fn() -> Arc<str>, text: &mut Box<str>| note_in(closed, text, &mut keys, |_| {}, |_| Span::default());
        let mut nothing = (PerLang::default(), PerLang::default());
        words::of_table(TableWords { title: &mut nothing.0, note: &mut nothing.1, source: None, columns }, &|| Arc::clone(&file), &mut quiet);
        let mut look = |file: &dyn Fn() -> Arc<str>, text: &mut Box<str>| {
            note_in(closed, text, &mut keys, |mark| findings.add(&file(), mark), |_| Span::default());
        };
        words::of_table(TableWords { title, note, source: None, columns: &mut [] }, &|| Arc::clone(&file), &mut look);
    }
    keys
}

fn in_entry(entry: &Entry, closed: &Sought, profile: Profile, source: &dyn Read) -> (Keys, Findings) {
    let (mut keys, mut findings) = (Keys::new(), Findings::default());
    for text in Lang::ALL.into_iter().filter_map(|lang| entry.texts.get(lang).as_ref()) {
        let EntryText { title, summary, body, file, .. } = text;
        let mut say = |mark| findings.add(file, mark);
        for line in [Some(title), summary.as_ref()].into_iter().flatten() {
            note_in(closed, line, &mut keys, &mut say, |_| Span::default());
        }
        let Some(body) = body else { continue };
        // A body that cannot be read any more is a fault of its page.
        let _ = body.with_open(source, profile, |opened, start| {
            note_in(closed, &opened.text, &mut keys, &mut say, |span| opened.original(span).shifted(start));
        });
    }
    (keys, findings)
}

/// Notes the needles that a text holds; marked values are said, sentences that recur are not.
fn note_in(closed: &Sought, text: &str, keys: &mut Keys, mut say: impl FnMut(Mark), place: impl Fn(Span) -> Span) {
    for found in closed.names.find(text) {
        let mark = names::mark(&found);
        say(Mark { span: place(found.span), ..mark });
    }
    for hit in closed.needles.find(&Folded::of_text(text)) {
        // A name is told as a name; and it stays a needle, for it may stand nowhere.
        if &*hit.origin.file == PEOPLE_FILE {
            continue;
        }
        keys.insert(hit.key());
        if hit.origin.closed == Closed::Value {
            let span = place(Span::new(hit.span.start, hit.span.end));
            say(Mark::new(Code::ClosedValueOpen, span).with(&*hit.origin.file));
        }
    }
}
