//! Which records stand in which list, newest first.

use crate::disclose::{Edition, Entry};
use crate::model::TermId;
use std::collections::BTreeMap;

/// How many records a page of a list shows.
pub const PER_PAGE: usize = 20;

/// How many rows of a dataset a page shows.
pub const ROWS_PER_PAGE: usize = 500;

/// The lists of an edition. A term's list holds the records of the terms under it too.
#[derive(Debug, Default)]
pub struct Lists {
    newest: Vec<u32>,
    collections: Vec<Vec<u32>>,
    /// Where each record stands in its collection's list; `u32::MAX` for those that stand in none.
    places: Vec<u32>,
    terms: BTreeMap<TermId, Vec<u32>>,
    years: BTreeMap<i16, Vec<u32>>,
}

impl Lists {
    pub(super) fn of(edition: &Edition) -> Lists {
        let entries = edition.entries();
        let mut newest: Vec<u32> = (0u32..).zip(entries).filter(|(_, entry)| entry.withdrawn.is_none()).map(|(at, _)| at).collect();
        let key = |at: &u32| {
            let entry = &entries[*at as usize];
            (std::cmp::Reverse(entry.date.map(|date| date.sort_key())), entry.collection, &entry.id)
        };
        newest.sort_by(|a, b| key(a).cmp(&key(b)));
        let mut lists =
            Lists { collections: vec![Vec::new(); edition.collections().len()], places: vec![u32::MAX; entries.len()], ..Lists::default() };
        for at in &newest {
            lists.file(edition, *at, &entries[*at as usize]);
        }
        lists.newest = newest;
        lists
    }

    fn file(&mut self, edition: &Edition, at: u32, entry: &Entry) {
        let list = &mut self.collections[usize::from(entry.collection)];
        self.places[at as usize] = u32::try_from(list.len()).unwrap_or(u32::MAX);
        list.push(at);
        let mut terms: Vec<TermId> = Vec::new();
        for term in entry.terms.iter().flat_map(|refs| &refs.terms) {
            let lineage = edition.vocabularies().get(term.vocabulary).lineage(term.term);
            terms.extend(lineage.map(|above| TermId { vocabulary: term.vocabulary, term: above }));
        }
        terms.sort_unstable();
        terms.dedup();
        for term in terms {
            self.terms.entry(term).or_default().push(at);
        }
        // A range belongs to each of its years; a span of centuries is no list of years.
        for year in entry.date.into_iter().flat_map(|date| date.years().take(100)) {
            self.years.entry(year).or_default().push(at);
        }
    }

    /// All records.
    #[must_use]
    pub fn newest(&self) -> &[u32] {
        &self.newest
    }

    /// The records of a collection.
    #[must_use]
    pub fn collection(&self, at: u16) -> &[u32] {
        &self.collections[usize::from(at)]
    }

    /// Where a record stands in its collection's list.
    #[must_use]
    pub fn place_in_collection(&self, at: u32) -> Option<usize> {
        self.places.get(at as usize).filter(|place| **place != u32::MAX).map(|place| *place as usize)
    }

    /// The records of a term and those under it.
    #[must_use]
    pub fn term(&self, id: TermId) -> &[u32] {
        self.terms.get(&id).map_or(&[], |list| list)
    }

    /// The years with their records.
    pub fn years(&self) -> impl DoubleEndedIterator<Item = (i16, &[u32])> {
        self.years.iter().map(|(year, list)| (*year, list.as_slice()))
    }

    /// The records of a year.
    #[must_use]
    pub fn year(&self, year: i16) -> &[u32] {
        self.years.get(&year).map_or(&[], |list| list)
    }
}

/// The numbers of the pages that a list needs; an empty list has one.
pub(super) fn pages(records: usize) -> std::ops::RangeInclusive<u32> {
    pages_of(records, PER_PAGE)
}

/// The numbers of the pages that so many things need, so many a page.
pub(super) fn pages_of(things: usize, a_page: usize) -> std::ops::RangeInclusive<u32> {
    1..=u32::try_from(things.div_ceil(a_page).max(1)).unwrap_or(u32::MAX)
}

/// The part of a list that stands on a page.
#[must_use]
pub fn slice(list: &[u32], page: u32) -> &[u32] {
    &list[range(list.len(), page, PER_PAGE)]
}

/// The positions of the things that stand on a page, of so many in all and so many a page.
#[must_use]
pub fn range(things: usize, page: u32, a_page: usize) -> std::ops::Range<usize> {
    let start = (page as usize).saturating_sub(1).saturating_mul(a_page).min(things);
    start..(start + a_page).min(things)
}
