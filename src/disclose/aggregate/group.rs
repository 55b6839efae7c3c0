//! The rows of a table put together by their keys, as fine as all its sums together ask for.

use super::amount::Amount;
use crate::lang::Lang;
use crate::model::{Column, ColumnKind, Dataset, Vocabularies};
use crate::site::Access;
use std::collections::{BTreeMap, BTreeSet};

/// What a key of a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeyKind {
    /// What the rows say.
    Stated,
    /// The rows say nothing.
    Blank,
    /// The rows say texts that so few others say that they may name a person.
    Merged,
}

/// A value by which rows are put together.
#[derive(Clone, Debug)]
pub(super) struct Key {
    pub(super) zh: Box<str>,
    pub(super) en: Box<str>,
    pub(super) kind: KeyKind,
}

/// The finest groups.
pub(super) struct Groups {
    /// The columns by which rows are put together.
    by: Vec<usize>,
    /// The values of each of them in their order.
    values: Vec<Vec<Key>>,
    /// The keys of each group: positions in `values`.
    pub(super) keys: Vec<Vec<u32>>,
    /// How many rows each has.
    pub(super) counts: Vec<u64>,
    /// The rows of each.
    rows: Vec<Vec<usize>>,
}

impl Groups {
    pub(super) fn of(dataset: &Dataset, vocabularies: &Vocabularies, smallest: u64) -> Groups {
        let by: Vec<usize> = dataset.publications.iter().flat_map(|sums| sums.by.iter().copied()).collect::<BTreeSet<_>>().into_iter().collect();
        let counted: Vec<usize> = (0..dataset.rows.len()).filter(|row| counts(dataset, *row)).collect();
        let mut values = Vec::new();
        let mut of_rows: Vec<Vec<u32>> = vec![Vec::new(); counted.len()];
        for column in &by {
            let (own, keys) = keys_of(dataset, *column, &counted, vocabularies, smallest);
            values.push(own);
            of_rows.iter_mut().zip(keys).for_each(|(row, key)| row.push(key));
        }
        let mut groups: BTreeMap<Vec<u32>, Vec<usize>> = BTreeMap::new();
        for (keys, row) in of_rows.into_iter().zip(counted) {
            groups.entry(keys).or_default().push(row);
        }
        let (keys, rows): (Vec<_>, Vec<Vec<usize>>) = groups.into_iter().unzip();
        let counts = rows.iter().map(|rows| rows.len() as u64).collect();
        Groups { by, values, keys, counts, rows }
    }

    /// The key of a group in one of the columns.
    pub(super) fn key(&self, keys: &[u32], column: usize) -> Option<u32> {
        self.by.iter().position(|by| *by == column).and_then(|at| keys.get(at)).copied()
    }

    /// What a key says.
    pub(super) fn value(&self, column: usize, key: u32) -> Option<&Key> {
        self.by.iter().position(|by| *by == column).and_then(|at| self.values.get(at)?.get(key as usize))
    }

    /// What each group adds up to in a column.
    pub(super) fn amounts(&self, dataset: &Dataset, column: usize) -> Vec<Amount> {
        let cells = &dataset.columns[column].cells;
        let amount = |rows: &Vec<usize>| rows.iter().map(|row| Amount::of(cells.get(*row))).collect::<Vec<_>>().iter().sum();
        self.rows.iter().map(amount).collect()
    }
}

/// Sealed rows never count.
fn counts(dataset: &Dataset, row: usize) -> bool {
    dataset.rows.get(row).is_some_and(|level| *level < Access::Sealed)
}

/// The texts of a column that enough rows share to be printed, in both languages; empty where it is no column of texts.
pub(super) fn frequent_texts(dataset: &Dataset, column: usize, smallest: u64) -> Vec<String> {
    let own = &dataset.columns[column];
    let counted: Vec<usize> = (0..dataset.rows.len()).filter(|row| counts(dataset, *row)).collect();
    let frequent = frequencies(own, &counted).into_iter().filter(|(_, count)| own.kind == ColumnKind::Text && *count >= smallest);
    frequent.flat_map(|((zh, en), _)| [zh.to_owned(), en.to_owned()]).collect()
}

fn frequencies<'d>(column: &'d Column, rows: &[usize]) -> BTreeMap<(&'d str, &'d str), u64> {
    let mut frequency = BTreeMap::new();
    for row in rows {
        *frequency.entry((column.words(*row, Lang::Zh), column.words(*row, Lang::En))).or_default() += 1;
    }
    frequency
}

/// The values of a column in their order, and the key of each counted row: terms as their vocabulary has them, all else by
/// its own order, then what is not stated, then what was merged.
fn keys_of(dataset: &Dataset, column: usize, counted: &[usize], vocabularies: &Vocabularies, smallest: u64) -> (Vec<Key>, Vec<u32>) {
    let own = &dataset.columns[column];
    let frequency = frequencies(own, counted);
    let is_merged = |count: u64| own.kind == ColumnKind::Text && count < smallest;
    let place = |(zh, _): &(&str, &str)| match &own.kind {
        ColumnKind::Term(vocabulary) => vocabularies.named(vocabulary).and_then(|(_, list)| list.position(zh)).unwrap_or(u32::MAX),
        _ => 0,
    };
    let mut stated: Vec<(&str, &str)> =
        frequency.iter().filter(|(words, count)| !words.0.is_empty() && !is_merged(**count)).map(|(words, _)| *words).collect();
    stated.sort_by_key(|words| (place(words), *words));
    let mut values: Vec<Key> = stated.iter().map(|(zh, en)| Key { zh: (*zh).into(), en: (*en).into(), kind: KeyKind::Stated }).collect();
    let at: BTreeMap<(&str, &str), u32> = stated.into_iter().zip(0u32..).collect();
    let blank = u32::try_from(values.len()).unwrap_or(u32::MAX);
    for kind in [KeyKind::Blank, KeyKind::Merged] {
        values.push(Key { zh: "".into(), en: "".into(), kind });
    }
    let key = |row: &usize| {
        let words = (own.words(*row, Lang::Zh), own.words(*row, Lang::En));
        at.get(&words).copied().unwrap_or(if words.0.is_empty() { blank } else { blank + 1 })
    };
    (values, counted.iter().map(key).collect())
}
