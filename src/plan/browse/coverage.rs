//! Places × programmes: how many records each cell has, and which. What is empty shows as plainly as what is full.

use super::super::list::Lists;
use crate::disclose::Edition;
use crate::model::{TermId, Vocabulary};

/// How many places a page can show: of more, only the upper levels stand in it.
const ROWS_MAX: usize = 200;
/// The same for programmes.
const COLUMNS_MAX: usize = 40;
const NONE: u16 = u16::MAX;

/// The matrix of an edition.
#[derive(Debug)]
pub struct Coverage {
    rows: Vec<Row>,
    columns: Vec<Column>,
    /// Row by row, newest first in each.
    cells: Vec<Vec<u32>>,
    outside: u32,
}

/// A place.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The place.
    pub term: TermId,
    /// How many stand above it.
    pub depth: u8,
}

/// A programme.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// The programme.
    pub term: TermId,
    /// The group that it stands in, if any.
    pub group: Option<TermId>,
}

impl Coverage {
    pub(super) fn of(edition: &Edition, lists: &Lists) -> Option<Coverage> {
        let (places_at, places) = edition.vocabularies().named("places")?;
        let (programmes_at, programmes) = edition.vocabularies().named("programmes")?;
        let id = |vocabulary: u16| move |term: u32| TermId { vocabulary, term };
        let rows: Vec<Row> = upper_levels(places, ROWS_MAX)?.into_iter().map(|(term, depth)| Row { term: id(places_at)(term), depth }).collect();
        let mut carried = vec![false; programmes.terms.len()];
        let entries = || lists.newest().iter().map(|at| edition.entry(*at));
        for term in entries().flat_map(|entry| entry.terms_of("programmes")).filter(|term| term.vocabulary == programmes_at) {
            carried[term.term as usize] = true;
        }
        let shown = upper_levels(programmes, COLUMNS_MAX * 2)?;
        let deepest = shown.iter().map(|(_, depth)| *depth).max().unwrap_or(0);
        // A group is a column of its own only where records name no more than the group.
        let is_parent = |term: u32, depth: u8| depth < deepest && programmes.children(Some(term)).next().is_some();
        let columns: Vec<Column> = shown
            .iter()
            .filter(|(term, depth)| carried[*term as usize] || !is_parent(*term, *depth))
            .map(|(term, _)| Column {
                term: id(programmes_at)(*term),
                group: programmes.terms.get(*term as usize).and_then(|own| own.parent).map(id(programmes_at)),
            })
            .collect();
        if rows.is_empty() || columns.is_empty() || columns.len() > COLUMNS_MAX {
            return None;
        }
        let mut coverage = Coverage { cells: vec![Vec::new(); rows.len() * columns.len()], rows, columns, outside: 0 };
        coverage.fill(edition, lists, (places, programmes));
        Some(coverage)
    }

    fn fill(&mut self, edition: &Edition, lists: &Lists, (places, programmes): (&Vocabulary, &Vocabulary)) {
        let row_of = positions(places, self.rows.iter().map(|row| row.term.term));
        let column_of = positions(programmes, self.columns.iter().map(|column| column.term.term));
        let (mut rows, mut columns) = (Vec::new(), Vec::new());
        for at in lists.newest() {
            let entry = edition.entry(*at);
            above(places, entry.terms_of("places"), &row_of, &mut rows);
            above(programmes, entry.terms_of("programmes"), &column_of, &mut columns);
            self.outside += u32::from(rows.is_empty() || columns.is_empty());
            for row in &rows {
                for column in &columns {
                    self.cells[usize::from(*row) * self.columns.len() + usize::from(*column)].push(*at);
                }
            }
        }
    }

    /// The places, each behind the one above it.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The programmes, those of a group side by side.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The records of a cell, newest first.
    #[must_use]
    pub fn cell(&self, row: u16, column: u16) -> &[u32] {
        let (row, column) = (usize::from(row), usize::from(column));
        if column >= self.columns.len() {
            return &[];
        }
        self.cells.get(row * self.columns.len() + column).map_or(&[], Vec::as_slice)
    }

    /// How many records name no place or no programme and stand in no cell.
    #[must_use]
    pub fn outside(&self) -> u32 {
        self.outside
    }

    /// The cells that have records.
    pub fn filled(&self) -> impl Iterator<Item = (u16, u16, &[u32])> {
        let width = self.columns.len();
        let cells = self.cells.iter().enumerate().filter(|(_, records)| !records.is_empty());
        let number = |at: usize| u16::try_from(at).unwrap_or(NONE);
        cells.map(move |(at, records)| (number(at / width), number(at % width), records.as_slice()))
    }

    /// The row of a place, or the column of a programme, if the matrix has it.
    #[must_use]
    pub fn position(&self, term: TermId) -> (Option<u16>, Option<u16>) {
        let number = |at: usize| u16::try_from(at).ok();
        let row = self.rows.iter().position(|row| row.term == term).and_then(number);
        (row, self.columns.iter().position(|column| column.term == term).and_then(number))
    }

    /// The ids of a cell's place and programme.
    pub(super) fn ids<'e>(&self, edition: &'e Edition, row: u16, column: u16) -> (&'e str, &'e str) {
        let id = |term: Option<TermId>| term.map_or("", |term| &*edition.vocabularies().term(term).id);
        (id(self.rows.get(usize::from(row)).map(|row| row.term)), id(self.columns.get(usize::from(column)).map(|column| column.term)))
    }
}

/// The terms of as many levels as are no more than so many terms, each behind the one above it. None where even the first level is
/// too long.
fn upper_levels(vocabulary: &Vocabulary, most: usize) -> Option<Vec<(u32, u8)>> {
    let depth = |term: u32| u8::try_from(vocabulary.lineage(term).skip(1).take(usize::from(u8::MAX)).count()).unwrap_or(u8::MAX);
    let depths: Vec<u8> = (0u32..).zip(&vocabulary.terms).map(|(term, _)| depth(term)).collect();
    let deepest = depths.iter().copied().max()?;
    let limit = (0..=deepest).rev().find(|limit| depths.iter().filter(|depth| *depth <= limit).count() <= most)?;
    let mut children: Vec<Vec<u32>> = vec![Vec::new(); vocabulary.terms.len()];
    let mut open: Vec<u32> = Vec::new();
    for at in (0..u32::try_from(vocabulary.terms.len()).unwrap_or(0)).rev() {
        match vocabulary.terms[at as usize].parent {
            Some(parent) => children[parent as usize].push(at),
            None => open.push(at),
        }
    }
    let mut ordered = Vec::new();
    while let Some(term) = open.pop() {
        ordered.push((term, depths[term as usize]));
        if depths[term as usize] < limit {
            open.append(&mut children[term as usize]);
        }
    }
    Some(ordered)
}

/// The place of each term among those that are shown.
fn positions(vocabulary: &Vocabulary, shown: impl Iterator<Item = u32>) -> Vec<u16> {
    let mut positions = vec![NONE; vocabulary.terms.len()];
    for (at, term) in (0u16..).zip(shown) {
        positions[term as usize] = at;
    }
    positions
}

/// The positions of terms and of all above them, each once.
fn above(vocabulary: &Vocabulary, terms: &[TermId], positions: &[u16], found: &mut Vec<u16>) {
    found.clear();
    for term in terms {
        found.extend(vocabulary.lineage(term.term).map(|term| positions[term as usize]).filter(|at| *at != NONE));
    }
    found.sort_unstable();
    found.dedup();
}
