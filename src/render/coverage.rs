//! The coverage table: places × programmes with the number of records in each cell, the empty ones shown as empty.

use super::chrome::About;
use super::view::Link;
use super::{Page, PageFault, Press};
use crate::date::Period;
use crate::lang::Lang;
use crate::model::{Destination, TermId};
use crate::path::OutPath;
use crate::plan::{BrowsePage, Coverage};
use serde::Serialize;

/// `layout/coverage.html`
#[derive(Debug, Serialize)]
struct CoverageView {
    /// How many records are counted.
    total: usize,
    /// From when to when they are.
    dates: Option<String>,
    /// How many stand in no cell.
    outside: u32,
    cells: usize,
    empty: usize,
    /// The groups of programmes; empty where none has one.
    groups: Vec<Group>,
    columns: Vec<Link>,
    rows: Vec<CoverageRow>,
    /// How many records each programme has.
    totals: Vec<usize>,
}

/// Programmes side by side that stand in one group.
#[derive(Debug, Serialize)]
struct Group {
    label: Option<String>,
    width: usize,
}

/// A place.
#[derive(Debug, Serialize)]
struct CoverageRow {
    label: String,
    href: Option<String>,
    /// 0 to 3.
    depth: u8,
    cells: Vec<Cell>,
    total: usize,
}

/// The records of a place under a programme.
#[derive(Debug, Serialize)]
struct Cell {
    count: usize,
    href: Option<String>,
}

/// Renders the table.
pub(super) fn coverage(press: &Press, path: &OutPath, lang: Lang) -> Page {
    let Some(coverage) = &press.plan.browse().coverage else { return Err(PageFault::Source(path.to_string())) };
    let lists = press.plan.lists();
    let about = About {
        title: press.word(lang, "coverage").to_owned(),
        description: Some(press.word(lang, "coverage_lead").to_owned()),
        above: vec![press.home_crumb(path, lang)],
        other: press.other(lang).and_then(|other| press.browse_path(BrowsePage::Coverage, other)),
        real: None,
    };
    let frame = press.frame(path, lang, about);
    let cells = coverage.rows().len() * coverage.columns().len();
    let view = CoverageView {
        total: lists.newest().len(),
        dates: dates(press).map(|dates| dates.spell(lang)),
        outside: coverage.outside(),
        cells,
        empty: cells - coverage.filled().count(),
        groups: groups(press, coverage, lang),
        columns: coverage.columns().iter().map(|column| term_link(press, path, column.term, lang)).collect(),
        rows: (0u16..).zip(coverage.rows()).map(|(at, row)| row_of(press, path, (coverage, at), (row.term, row.depth), lang)).collect(),
        totals: coverage.columns().iter().map(|column| lists.term(column.term).len()).collect(),
    };
    press.print("coverage", lang, &frame, &view, "")
}

/// From the first to the last date of all records.
fn dates(press: &Press) -> Option<Period> {
    let dates = || press.plan.lists().newest().iter().filter_map(|at| press.edition.entry(*at).date);
    let from = dates().filter_map(|date| date.from.or(date.to)).min_by_key(|date| date.first_day())?;
    let to = dates().filter_map(|date| date.to.or(date.from)).max_by_key(|date| date.last_day())?;
    Some(Period { from: Some(from), to: Some(to) })
}

fn term_link(press: &Press, path: &OutPath, term: TermId, lang: Lang) -> Link {
    Link { label: press.name_of(term, lang), href: press.href(path, Destination::Term(term), lang) }
}

fn groups(press: &Press, coverage: &Coverage, lang: Lang) -> Vec<Group> {
    let runs = coverage.columns().chunk_by(|a, b| a.group == b.group);
    let group = |run: &[crate::plan::Column]| {
        let term = run.first().and_then(|column| column.group);
        Group { label: term.map(|term| press.name_of(term, lang)), width: run.len() }
    };
    let groups: Vec<Group> = runs.map(group).collect();
    if groups.iter().all(|group| group.label.is_none()) { Vec::new() } else { groups }
}

fn row_of(press: &Press, path: &OutPath, (coverage, row): (&Coverage, u16), (term, depth): (TermId, u8), lang: Lang) -> CoverageRow {
    let cell = |(column, _): (u16, &crate::plan::Column)| {
        let count = coverage.cell(row, column).len();
        let href = (count > 0).then(|| press.browse_href(path, BrowsePage::Cell(row, column, 1), lang)).flatten();
        Cell { count, href }
    };
    let Link { label, href } = term_link(press, path, term, lang);
    let cells = (0u16..).zip(coverage.columns()).map(cell).collect();
    CoverageRow { label, href, depth: depth.min(3), cells, total: press.plan.lists().term(term).len() }
}
