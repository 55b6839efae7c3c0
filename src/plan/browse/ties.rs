//! What points at what: the texts that link to a record, the curated pages that gather it, the tables that name a term, and the
//! corrections of all records by their dates.

use super::super::list::Lists;
use crate::disclose::{Edition, Entry};
use crate::lang::Lang;
use crate::model::body::find_anchor;
use crate::model::{Choice, ColumnKind, Destination, Member, TermId, split_anchor};
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// What points at what in an edition.
#[derive(Debug, Default)]
pub struct Ties {
    /// The record that is linked to, and the one whose text does it.
    links: Vec<(u32, u32)>,
    gathered: BTreeMap<u32, Vec<Gathered>>,
    /// A record and the curated page that gathers it.
    pages: Vec<(u32, u32)>,
    corrections: Vec<(u32, u16)>,
    tables: BTreeMap<TermId, Vec<u32>>,
}

/// A record on a curated page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gathered {
    /// The record.
    pub record: u32,
    /// Which of the page's members named it.
    pub member: u16,
}

impl Ties {
    pub(super) fn of(edition: &Edition, lists: &Lists) -> Ties {
        let mut links: Vec<(u32, u32)> = lists.newest().par_iter().flat_map_iter(|at| links_from(edition, *at)).collect();
        links.par_sort_unstable();
        links.dedup();
        let mut ties = Ties { links, tables: tables(edition), ..Ties::default() };
        for at in lists.newest() {
            let entry = edition.entry(*at);
            let numbered = (0u16..).zip(&entry.corrections);
            ties.corrections.extend(numbered.map(|(number, _)| (*at, number)));
            if !entry.members.is_empty() {
                let gathered = gather(edition, lists, *at, entry);
                ties.pages.extend(gathered.iter().map(|member| (member.record, *at)));
                ties.gathered.insert(*at, gathered);
            }
        }
        ties.pages.sort_unstable();
        let date = |(at, number): &(u32, u16)| edition.entry(*at).corrections.get(usize::from(*number)).map(|correction| correction.date);
        ties.corrections.sort_by_cached_key(|correction| (Reverse(date(correction).map(|date| date.last_day())), *correction));
        ties
    }

    /// The records whose texts link to one.
    pub fn links_to(&self, at: u32) -> impl ExactSizeIterator<Item = u32> {
        pointing(&self.links, at).iter().map(|(_, from)| *from)
    }

    /// The records of a curated page, in its order.
    #[must_use]
    pub fn gathered(&self, at: u32) -> &[Gathered] {
        self.gathered.get(&at).map_or(&[], Vec::as_slice)
    }

    /// The curated pages that gather a record.
    pub fn pages_of(&self, at: u32) -> impl ExactSizeIterator<Item = u32> {
        pointing(&self.pages, at).iter().map(|(_, page)| *page)
    }

    /// All corrections, newest first: the record and which of its corrections.
    #[must_use]
    pub fn corrections(&self) -> &[(u32, u16)] {
        &self.corrections
    }

    /// The tables that name a term or one under it.
    #[must_use]
    pub fn tables_of(&self, term: TermId) -> &[u32] {
        self.tables.get(&term).map_or(&[], Vec::as_slice)
    }
}

fn pointing(pairs: &[(u32, u32)], at: u32) -> &[(u32, u32)] {
    let start = pairs.partition_point(|(to, _)| *to < at);
    let rest = pairs.get(start..).unwrap_or_default();
    rest.get(..rest.partition_point(|(to, _)| *to == at)).unwrap_or_default()
}

/// The records that the open texts of one link to. A link to a place that is not there is printed as words and is none.
fn links_from(edition: &Edition, at: u32) -> Vec<(u32, u32)> {
    let entry = edition.entry(at);
    let mut links = Vec::new();
    for lang in Lang::ALL {
        let Some(text) = entry.texts.get(lang) else { continue };
        for link in text.survey.links.iter().filter(|link| !link.picture) {
            let (target, anchor) = split_anchor(&link.target);
            let Some(Destination::Record(to)) = edition.index().resolve(target, &entry.folder, edition.vocabularies()) else { continue };
            let is_there = |anchor: &str| {
                let outline = edition.entry(to).texts.prefer(lang).map(|(_, text)| text.survey.outline.as_slice());
                anchor.is_empty() || outline.is_some_and(|outline| find_anchor(outline, anchor).is_some())
            };
            if to != at && anchor.is_none_or(is_there) {
                links.push((to, at));
            }
        }
    }
    links
}

/// The members of a curated page, each once, in the curator's order.
fn gather(edition: &Edition, lists: &Lists, at: u32, entry: &Entry) -> Vec<Gathered> {
    let mut known = BTreeSet::from([at]);
    let mut gathered = Vec::new();
    for (number, member) in (0u16..).zip(&entry.members) {
        for record in records_of(edition, lists, entry, member) {
            if known.insert(record) {
                gathered.push(Gathered { record, member: number });
            }
        }
    }
    gathered
}

fn records_of(edition: &Edition, lists: &Lists, entry: &Entry, member: &Member) -> Vec<u32> {
    match &member.choice {
        Choice::Record(id) => {
            let found = edition.index().resolve(id, &entry.folder, edition.vocabularies());
            let record = found.and_then(|found| if let Destination::Record(record) = found { Some(record) } else { None });
            record.filter(|record| edition.entry(*record).withdrawn.is_none()).into_iter().collect()
        }
        Choice::Query { collections, terms, most } => {
            let shortest = terms.iter().map(|term| lists.term(*term)).min_by_key(|list| list.len()).unwrap_or(lists.newest());
            let is_wanted = |at: &&u32| {
                let entry = edition.entry(**at);
                let is_in = collections.is_empty() || collections.contains(&edition.collection_of(entry).id);
                is_in && terms.iter().all(|term| carries(edition, entry, *term))
            };
            shortest.iter().filter(is_wanted).take(usize::from(*most)).copied().collect()
        }
    }
}

/// Whether a record carries a term or one under it.
fn carries(edition: &Edition, entry: &Entry, wanted: TermId) -> bool {
    let mut own = entry.terms.iter().flat_map(|refs| &refs.terms).filter(|term| term.vocabulary == wanted.vocabulary);
    own.any(|term| edition.vocabularies().get(term.vocabulary).lineage(term.term).any(|above| above == wanted.term))
}

/// The tables by the terms of their cells.
fn tables(edition: &Edition) -> BTreeMap<TermId, Vec<u32>> {
    let mut tables: BTreeMap<TermId, Vec<u32>> = BTreeMap::new();
    for (at, table) in (0u32..).zip(edition.tables()).filter(|(_, table)| !table.stub) {
        let mut named = BTreeSet::new();
        for column in &table.columns {
            let ColumnKind::Term(vocabulary) = &column.kind else { continue };
            let Some((number, vocabulary)) = edition.vocabularies().named(vocabulary) else { continue };
            for term in column.cells.iter().filter(|cell| !cell.is_empty()).filter_map(|cell| vocabulary.position(cell)) {
                named.extend(vocabulary.lineage(term).map(|term| TermId { vocabulary: number, term }));
            }
        }
        named.into_iter().for_each(|term| tables.entry(term).or_default().push(at));
    }
    tables
}
