//! The closed words of datasets, gathered for the needles: titles and notes of closed tables, texts of closed cells.
//!
//! Numbers and dates are no needles, as they are none in the fields of records: in a page full of figures nearly any of them
//! stands by chance. A text that the same column shows openly in another row, or that published sums are grouped by, is no
//! secret either.

use super::needle::{Closed, Needles};
use super::table::is_open;
use super::{Profile, Sight, aggregate, closed};
use crate::date::PartialDate;
use crate::lang::{Lang, PerLang};
use crate::markdown::Prose;
use crate::model::{Column, ColumnKind, Dataset, SourceRef};
use std::collections::BTreeSet;

/// Gathers the closed words of all datasets.
pub(super) fn gather(datasets: &[Dataset], profile: Profile, as_of: PartialDate, needles: &mut Needles) {
    for dataset in datasets {
        let sight = Sight::at(dataset.level_on(as_of), profile);
        let publishes = dataset.publishes_on(as_of) && !dataset.publications.is_empty();
        let mut values = Vec::new();
        if sight == Sight::None {
            values.extend(Lang::ALL.into_iter().map(|lang| closed::bare(dataset.title.get(lang), Prose::Line)));
            values.retain(|title| !stands_over_sums(dataset, title));
        }
        if sight != Sight::Whole {
            // Sums are told with the source of their table.
            values.extend(source_titles(dataset).into_iter().filter(|_| !publishes));
            needles.add(&dataset.file, Closed::Sentence, notes(&dataset.note).iter().map(String::as_str));
        }
        needles.add(&dataset.file, Closed::Value, values.iter().map(String::as_str));
        let printed = if publishes { aggregate::printed_keys(dataset) } else { BTreeSet::new() };
        for column in dataset.columns.iter().filter(|column| column.kind == ColumnKind::Text) {
            let mut texts = closed_texts(dataset, column, sight, profile);
            texts.retain(|text| !printed.contains(*text));
            let bare: Vec<String> = texts.into_iter().map(|text| closed::bare(text, Prose::Line)).collect();
            needles.add(&dataset.file, Closed::Value, bare.iter().map(String::as_str));
        }
    }
}

/// Whether the titles of published sums repeat the title of their table.
fn stands_over_sums(dataset: &Dataset, title: &str) -> bool {
    dataset.publications.iter().any(|sums| Lang::ALL.into_iter().any(|lang| sums.title.get(lang).contains(title)))
}

fn notes(note: &PerLang<Option<Box<str>>>) -> Vec<String> {
    let words = Lang::ALL.into_iter().filter_map(|lang| note.get(lang).as_deref());
    words.flat_map(|text| closed::sentences(&closed::bare(text, Prose::Line))).collect()
}

fn source_titles(dataset: &Dataset) -> Vec<String> {
    let Some(SourceRef::Inline(source)) = &dataset.source else { return Vec::new() };
    Lang::ALL.into_iter().filter_map(|lang| source.title.get(lang).as_deref()).map(|title| closed::bare(title, Prose::Line)).collect()
}

/// The texts of a column that stand in closed cells only.
fn closed_texts<'d>(dataset: &'d Dataset, column: &'d Column, sight: Sight, profile: Profile) -> BTreeSet<&'d str> {
    let is_shown = |row: usize| sight == Sight::Whole && is_open(column.access, profile) && is_open(dataset.rows[row], profile);
    let (mut open, mut closed) = (BTreeSet::new(), BTreeSet::new());
    for row in 0..dataset.rows.len() {
        let into = if is_shown(row) { &mut open } else { &mut closed };
        into.extend(Lang::ALL.map(|lang| column.words(row, lang)));
    }
    &closed - &open
}
