//! A dataset as a profile may see it: only the columns and rows that are open to it, and the sums that are published of
//! what is not. A closed column has no header, a closed row no line.

use super::aggregate::{self, KeyKind};
use super::{KeptBack, Profile, Sight};
use crate::date::PartialDate;
use crate::diagnostic::Findings;
use crate::lang::PerLang;
use crate::model::{Column, Dataset, SourceRef, Vocabularies};
use crate::site::{Access, Licence};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A table of the edition.
#[derive(Debug)]
pub struct Table {
    /// Its id.
    pub id: Box<str>,
    /// Its title.
    pub title: PerLang<Box<str>>,
    /// What has to be said about it.
    pub note: PerLang<Option<Box<str>>>,
    /// Where it comes from.
    pub source: Option<SourceRef>,
    /// Of when it is.
    pub as_of: Option<PartialDate>,
    /// Its own licence, where it is not the site's.
    pub licence: Option<Licence>,
    /// Its level, for the mark in internal editions.
    pub level: Access,
    /// Whether only its title and date are open.
    pub stub: bool,
    /// The columns with their cells, all of one length.
    pub columns: Vec<Column>,
    /// The level of each row, for the marks in internal editions.
    pub rows: Vec<Access>,
    /// What its lines are, where they are sums of a closed table.
    pub sums: Option<Sums>,
    /// The file that it comes from, for findings.
    pub(super) file: Arc<str>,
}

/// What the lines of published sums are.
#[derive(Debug)]
pub struct Sums {
    /// How many columns, from the first on, are the keys of its lines.
    pub by: usize,
    /// How many of them each line has: a total has fewer than all.
    pub kept: Vec<u8>,
    /// The cells that are not shown, by row and column: empty in `columns`.
    pub hidden: BTreeSet<(usize, usize)>,
    /// The keys that are not words of the table, by row and column: empty in `columns`.
    pub keys: BTreeMap<(usize, usize), KeyKind>,
    /// The least number of rows that a sum is shown of.
    pub smallest: u32,
}

impl Table {
    /// The file that it comes from.
    #[must_use]
    pub fn file(&self) -> &Arc<str> {
        &self.file
    }
}

/// The least level that a profile may not see.
fn first_closed(profile: Profile) -> Access {
    match profile {
        Profile::Public => Access::MetadataOnly,
        Profile::Internal => Access::Sealed,
    }
}

/// Whether a profile may see a column or row of a table that it may see.
pub(super) fn is_open(level: Access, profile: Profile) -> bool {
    level < first_closed(profile)
}

/// Makes the tables of an edition, sorted by id.
pub(super) fn open_all(
    datasets: Vec<Dataset>,
    vocabularies: &Vocabularies,
    (profile, as_of): (Profile, PartialDate),
    kept: &mut KeptBack,
    findings: &mut Findings,
) -> Vec<Table> {
    let mut tables = Vec::new();
    for dataset in datasets {
        if dataset.publishes_on(as_of) {
            tables.extend(aggregate::publish(&dataset, vocabularies, findings));
        }
        tables.extend(open(dataset, profile, as_of, kept));
    }
    tables.sort_by(|a, b| a.id.cmp(&b.id));
    tables
}

fn open(dataset: Dataset, profile: Profile, as_of: PartialDate, kept: &mut KeptBack) -> Option<Table> {
    let level = dataset.level_on(as_of);
    let sight = Sight::at(level, profile);
    if sight == Sight::None {
        kept.closed_tables += 1;
        return None;
    }
    let stub = sight == Sight::Stub;
    let rows: Vec<usize> = (0..dataset.rows.len()).filter(|row| !stub && is_open(dataset.rows[*row], profile)).collect();
    if !stub {
        kept.closed_rows += dataset.rows.len() - rows.len();
    }
    let shown = dataset.columns.iter().filter(|column| !stub && is_open(column.access, profile));
    let columns: Vec<Column> = shown.map(|column| column.with_rows(&rows)).collect();
    if columns.is_empty() && !stub {
        return None;
    }
    Some(Table {
        id: dataset.id,
        file: dataset.file,
        title: dataset.title,
        note: if stub { PerLang::default() } else { dataset.note },
        source: dataset.source.filter(|_| !stub),
        as_of: dataset.as_of,
        licence: dataset.licence.filter(|_| !stub),
        level,
        stub,
        columns,
        rows: rows.iter().map(|row| dataset.rows[*row]).collect(),
        sums: None,
    })
}
