//! Sums of a closed table for everybody, as statistical disclosure control makes them (Hundepool et al., *Statistical Disclosure
//! Control*, Wiley 2012, chapter 4; Statistics Netherlands, *τ-ARGUS User's Manual*).
//!
//! - **Primary suppression, frequency rule**: a sum of fewer than `smallest` rows is not shown, nor is one to which fewer rows
//!   contribute a value.
//! - **Primary suppression, dominance rule** (1 contributor, 80 %): a sum of which one row makes up more than four fifths is
//!   not shown in that column.
//! - **Secondary suppression**: further cells are left out until nothing that is shown can be added and subtracted to
//!   what is not, over all sums of one table together; see [`protect`].
//! - **Global recoding**: a text by which rows are put together, and which is that of fewer than `smallest` rows, may name a
//!   person; all such texts become one key.
//!
//! Sealed rows never count, closed ones do. A group without rows is absent. The strictest `smallest` of a table holds for all
//! its sums, since each could be subtracted from the others.

mod amount;
mod group;
mod protect;
mod span;
#[cfg(test)]
mod tests;

pub use group::KeyKind;

use super::table::{Sums, Table};
use crate::diagnostic::{Code, Findings, Mark};
use crate::lang::PerLang;
use crate::model::{Cells, Column, ColumnKind, Dataset, Publication, Vocabularies};
use crate::site::Access;
use amount::Amount;
use group::Groups;
use protect::{Problem, protect};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// About how many steps may be taken for one column of one table; a second or so.
const BUDGET: u64 = 60_000_000;

/// A line of published sums: its keys, from the first column on, and the cell that it shows.
struct Line {
    keys: Vec<u32>,
    cell: usize,
}

/// All that is published of one table.
struct Lattice {
    /// The members of each cell: positions of finest groups, sorted. Two lines over the same groups are one cell.
    cells: Vec<Vec<u32>>,
    /// The lines of each publication.
    lines: Vec<Vec<Line>>,
}

/// Makes the tables of all sums of a dataset.
pub(super) fn publish(dataset: &Dataset, vocabularies: &Vocabularies, findings: &mut Findings) -> Vec<Table> {
    let Some(smallest) = dataset.publications.iter().map(|sums| sums.smallest).max() else { return Vec::new() };
    let groups = Groups::of(dataset, vocabularies, u64::from(smallest));
    let lattice = Lattice::of(dataset, &groups);
    let mut is_coarse = false;
    let counts = protect_or_coarsen(counts_problem(&lattice, &groups, u64::from(smallest)), BUDGET, &mut is_coarse);
    let summed: BTreeSet<usize> = dataset.publications.iter().flat_map(|sums| sums.sum.iter().copied()).collect();
    let mut columns: BTreeMap<usize, (Vec<Amount>, Vec<bool>)> = BTreeMap::new();
    for column in summed {
        let finest = groups.amounts(dataset, column);
        let amounts: Vec<Amount> = lattice.cells.iter().map(|members| members.iter().filter_map(|group| finest.get(*group as usize)).sum()).collect();
        let shown_in = |sums: &Publication| sums.sum.contains(&column);
        let problem = column_problem(&lattice, (&finest, &amounts), &counts, &lattice.shown_by(dataset, shown_in), u64::from(smallest));
        columns.insert(column, (amounts, protect_or_coarsen(problem, BUDGET, &mut is_coarse)));
    }
    if is_coarse {
        for sums in &dataset.publications {
            findings.add(&dataset.file, Mark::new(Code::PublishCoarse, sums.span).with(&*sums.id));
        }
    }
    let made = Made { dataset, groups: &groups, lattice: &lattice, counts: &counts, columns: &columns, smallest };
    (0..dataset.publications.len()).map(|at| made.table(at)).collect()
}

/// The texts by which a table's sums are put together and which they print.
pub(super) fn printed_keys(dataset: &Dataset) -> BTreeSet<String> {
    let Some(smallest) = dataset.publications.iter().map(|sums| sums.smallest).max() else { return BTreeSet::new() };
    let by: BTreeSet<usize> = dataset.publications.iter().flat_map(|sums| sums.by.iter().copied()).collect();
    by.into_iter().flat_map(|column| group::frequent_texts(dataset, column, u64::from(smallest))).collect()
}

fn counts_problem(lattice: &Lattice, groups: &Groups, smallest: u64) -> Problem {
    let count = |members: &[u32]| members.iter().map(|group| groups.counts[*group as usize]).sum::<u64>();
    let sensitive: Vec<bool> = lattice.cells.iter().map(|members| count(members) < smallest).collect();
    let shown = vec![true; lattice.cells.len()];
    Problem { weights: groups.counts.clone(), cells: lattice.cells.clone(), hidden: sensitive.clone(), sensitive, shown, smallest }
}

fn column_problem(lattice: &Lattice, (finest, amounts): (&[Amount], &[Amount]), counts: &[bool], shown: &[bool], smallest: u64) -> Problem {
    let gives = |group: &u32| finest.get(*group as usize).is_some_and(|amount| amount.contributors > 0);
    let cells = lattice.cells.iter().map(|members| members.iter().copied().filter(gives).collect()).collect();
    let sensitive: Vec<bool> =
        amounts.iter().map(|amount| amount.contributors > 0 && amount.contributors < smallest || amount.is_dominated()).collect();
    let hidden = sensitive.iter().zip(counts).zip(amounts).map(|((own, base), amount)| *own || *base || !amount.is_exact()).collect();
    let weights = finest.iter().map(|amount| amount.contributors).collect();
    Problem { weights, cells, hidden, sensitive, shown: shown.to_vec(), smallest }
}

/// Which cells are hidden. Where the search would take too long, all but the sum of everything is.
fn protect_or_coarsen(problem: Problem, budget: u64, is_coarse: &mut bool) -> Vec<bool> {
    let whole = problem.cells.iter().map(Vec::len).max().unwrap_or(0);
    let only_total: Vec<bool> = problem.cells.iter().zip(&problem.hidden).map(|(cell, hidden)| *hidden || cell.len() < whole).collect();
    let covers_all = whole == problem.weights.iter().filter(|weight| **weight > 0).count();
    let all = problem.hidden.len();
    protect(problem, budget).unwrap_or_else(|| {
        *is_coarse = true;
        if covers_all { only_total } else { vec![true; all] }
    })
}

impl Lattice {
    fn of(dataset: &Dataset, groups: &Groups) -> Lattice {
        let mut known: BTreeMap<Vec<u32>, usize> = BTreeMap::new();
        let mut cells = Vec::new();
        let mut lines = Vec::new();
        for sums in &dataset.publications {
            let mut members: BTreeMap<Vec<u32>, Vec<u32>> = BTreeMap::new();
            for (group, keys) in (0u32..).zip(&groups.keys) {
                let own: Vec<u32> = sums.by.iter().filter_map(|column| groups.key(keys, *column)).collect();
                for kept in levels(sums) {
                    members.entry(padded(&own, kept)).or_default().push(group);
                }
            }
            let mut own_lines = Vec::new();
            for (keys, members) in members {
                let cell = *known.entry(members.clone()).or_insert_with(|| {
                    cells.push(members);
                    cells.len() - 1
                });
                own_lines.push(Line { keys: keys.into_iter().filter(|key| *key != u32::MAX).collect(), cell });
            }
            lines.push(own_lines);
        }
        Lattice { cells, lines }
    }

    /// Which cells stand in one of some publications.
    fn shown_by(&self, dataset: &Dataset, is_meant: impl Fn(&Publication) -> bool) -> Vec<bool> {
        let mut shown = vec![false; self.cells.len()];
        for (sums, lines) in dataset.publications.iter().zip(&self.lines) {
            if is_meant(sums) {
                lines.iter().for_each(|line| shown[line.cell] = true);
            }
        }
        shown
    }
}

/// How many keys the lines of a publication keep: all; with totals also the first, and none.
fn levels(sums: &Publication) -> Vec<usize> {
    let all = sums.by.len();
    match (sums.totals, all) {
        (false, _) => vec![all],
        (true, 1) => vec![1, 0],
        (true, _) => vec![all, 1, 0],
    }
}

/// The first keys; what is added up over sorts behind every key, so that totals follow their parts.
fn padded(keys: &[u32], kept: usize) -> Vec<u32> {
    keys.iter().enumerate().map(|(at, key)| if at < kept { *key } else { u32::MAX }).collect()
}

/// What a publication's table is made of.
struct Made<'a> {
    dataset: &'a Dataset,
    groups: &'a Groups,
    lattice: &'a Lattice,
    counts: &'a [bool],
    columns: &'a BTreeMap<usize, (Vec<Amount>, Vec<bool>)>,
    smallest: u32,
}

impl Made<'_> {
    fn table(&self, at: usize) -> Table {
        let dataset = self.dataset;
        let sums = &dataset.publications[at];
        let lines = &self.lattice.lines[at];
        let mut marks = Sums { by: sums.by.len(), kept: Vec::new(), hidden: BTreeSet::new(), keys: BTreeMap::new(), smallest: self.smallest };
        marks.kept = lines.iter().map(|line| u8::try_from(line.keys.len()).unwrap_or(u8::MAX)).collect();
        let mut columns: Vec<Column> = sums.by.iter().enumerate().map(|(place, column)| self.key_column(place, *column, lines, &mut marks)).collect();
        columns.push(self.count_column(lines, &mut marks, sums.by.len()));
        for (place, column) in sums.sum.iter().enumerate() {
            columns.push(self.sum_column(*column, sums.by.len() + 1 + place, lines, &mut marks));
        }
        Table {
            id: sums.id.clone(),
            file: Arc::clone(&dataset.file),
            title: sums.title.clone(),
            note: sums.note.clone(),
            source: dataset.source.clone(),
            as_of: dataset.as_of,
            licence: dataset.licence.clone(),
            level: Access::Public,
            stub: false,
            columns,
            rows: vec![Access::Public; lines.len()],
            sums: Some(marks),
        }
    }

    fn key_column(&self, place: usize, column: usize, lines: &[Line], marks: &mut Sums) -> Column {
        let own = &self.dataset.columns[column];
        let (mut cells, mut english) = (Cells::default(), Cells::default());
        for (row, line) in lines.iter().enumerate() {
            let key = line.keys.get(place).and_then(|key| self.groups.value(column, *key));
            cells.push(key.map_or("", |key| &key.zh));
            english.push(key.map_or("", |key| &key.en));
            if let Some(key) = key.filter(|key| key.kind != KeyKind::Stated) {
                marks.keys.insert((row, place), key.kind);
            }
        }
        let english = Some(english).filter(|english| *english != cells);
        Column { cells, english, access: Access::Public, ..empty_of(own) }
    }

    fn count_column(&self, lines: &[Line], marks: &mut Sums, place: usize) -> Column {
        let mut cells = Cells::default();
        for (row, line) in lines.iter().enumerate() {
            let count: u64 = self.lattice.cells[line.cell].iter().map(|group| self.groups.counts[*group as usize]).sum();
            if self.counts[line.cell] {
                marks.hidden.insert((row, place));
                cells.push("");
            } else {
                cells.push(&count.to_string());
            }
        }
        let label = PerLang::build(|_| Box::from(""));
        let id = unused_id(&self.dataset.columns);
        Column { id, label, kind: ColumnKind::Count, unit: None, precision: None, access: Access::Public, cells, english: None }
    }

    fn sum_column(&self, column: usize, place: usize, lines: &[Line], marks: &mut Sums) -> Column {
        let mut cells = Cells::default();
        let known = self.columns.get(&column);
        for (row, line) in lines.iter().enumerate() {
            let hidden = known.is_none_or(|(_, hidden)| hidden[line.cell]);
            let amount = known.and_then(|(amounts, _)| amounts.get(line.cell)).filter(|_| !hidden);
            cells.push(&amount.map(Amount::printed).unwrap_or_default());
            if hidden {
                marks.hidden.insert((row, place));
            }
        }
        Column { cells, english: None, access: Access::Public, ..empty_of(&self.dataset.columns[column]) }
    }
}

/// The head of a column.
fn empty_of(column: &Column) -> Column {
    column.with_rows(&[])
}

/// The id of the column of counts: `rows`, or the next that no column of the table has.
fn unused_id(columns: &[Column]) -> Box<str> {
    let names = std::iter::once("rows".to_owned()).chain((2..).map(|number| format!("rows_{number}")));
    names.into_iter().find(|name| columns.iter().all(|column| *column.id != **name)).unwrap_or_default().into()
}
