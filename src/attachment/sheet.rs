//! A sheet: cells with what they show, their formulas, and whether their row or column is hidden; all else by [`flow`].
//!
//! [`flow`]: super::flow

use super::flow::Flow;
use super::harvest::Harvest;
use super::mark::Mark;
use super::workbook::Workbook;
use super::xml::{self, Attribute, Visit};
use super::{Place, Reason, column, number};

/// Reads the part of a sheet. `base` is the sheet's place, `part` its part's.
pub(super) fn read(text: &str, base: &Place, part: &Place, is_hidden: bool, book: &mut Workbook, harvest: &mut Harvest) {
    let flow = Flow::new(base, part, harvest);
    let mut sheet = Sheet { base: base.clone(), is_hidden, book, flow, columns: Vec::new(), row: 0, column: 0, is_row_hidden: false, cell: None };
    sheet.flow.is_hidden = is_hidden;
    xml::walk(text, &mut sheet);
    sheet.flow.finish();
}

/// More ranges of columns than this are made to keep a reader busy; columns beyond are read and only not told as hidden.
const COLUMNS_MAX: usize = 1_000;

struct Sheet<'a, 'h> {
    base: Place,
    is_hidden: bool,
    book: &'a mut Workbook,
    flow: Flow<'h>,
    /// Hidden columns, first and last.
    columns: Vec<(u32, u32)>,
    row: u32,
    column: u32,
    is_row_hidden: bool,
    cell: Option<Cell>,
}

/// A cell while it is read.
struct Cell {
    place: Place,
    is_hidden: bool,
    kind: String,
    format: usize,
    value: String,
    formula: String,
    /// The part of it that is open.
    inside: Inside,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Nothing,
    Value,
    Formula,
    /// An inline string or something unknown: the flow's affair.
    Other,
}

impl Sheet<'_, '_> {
    fn open_cell(&mut self, attributes: &[Attribute]) {
        let (column, row) = xml::get(attributes, "r").and_then(column::parse).unwrap_or((self.column.saturating_add(1), self.row.max(1)));
        (self.column, self.row) = (column, row);
        let place = self.base.cell(column, row);
        let in_hidden = self.columns.iter().any(|(first, last)| (*first..=*last).contains(&column));
        let kind = xml::get(attributes, "t").unwrap_or_default().to_owned();
        let format = xml::get(attributes, "s").and_then(|format| format.parse().ok()).unwrap_or(0);
        let is_hidden = self.is_hidden || self.is_row_hidden || in_hidden;
        self.flow.enter(place.clone());
        self.flow.is_hidden = is_hidden;
        let (value, formula, inside) = (String::new(), String::new(), Inside::Nothing);
        self.cell = Some(Cell { place, is_hidden, kind, format, value, formula, inside });
    }

    fn close_cell(&mut self) {
        self.flow.leave();
        self.flow.is_hidden = self.is_hidden;
        let Some(cell) = self.cell.take() else { return };
        let harvest = &mut *self.flow.harvest;
        harvest.piece(cell.place.with(Mark::Formula), true, &cell.formula);
        let value = cell.value.trim();
        match cell.kind.as_str() {
            "s" => match value.parse().ok().and_then(|index| self.book.string(index)) {
                Some(text) => harvest.piece(cell.place, cell.is_hidden, text),
                None => harvest.piece(cell.place, cell.is_hidden, value),
            },
            "b" | "e" | "str" | "inlineStr" | "d" => harvest.piece(cell.place, cell.is_hidden, &cell.value),
            _ => {
                if let Some(date) = self.book.date(cell.format, value) {
                    harvest.piece(cell.place.clone(), cell.is_hidden, &date);
                }
                harvest.piece(cell.place, cell.is_hidden, &number::plain(value));
            }
        }
    }

    fn row(&mut self, attributes: &[Attribute]) {
        self.row = xml::get(attributes, "r").and_then(|row| row.parse().ok()).unwrap_or(self.row.saturating_add(1));
        self.column = 0;
        self.is_row_hidden = is_set(attributes, "hidden");
    }

    /// Attributes of rows and cells that say nothing but their place and look.
    fn rest(&mut self, name: &str, attributes: &[Attribute]) {
        for attribute in attributes.iter().filter(|attribute| !matches!(attribute.name(), "r" | "s" | "t" | "spans" | "ht")) {
            self.flow.attribute(name, attribute);
        }
    }
}

fn is_set(attributes: &[Attribute], name: &str) -> bool {
    matches!(xml::get(attributes, name), Some("1" | "true"))
}

impl Visit for Sheet<'_, '_> {
    fn start(&mut self, name: &str, attributes: &[Attribute]) {
        match (&mut self.cell, name) {
            (None, "c") => {
                self.open_cell(attributes);
                self.rest(name, attributes);
            }
            (None, "row") => {
                self.row(attributes);
                self.rest(name, attributes);
            }
            (Some(cell), "v" | "f") if cell.inside == Inside::Nothing => {
                cell.inside = if name == "v" { Inside::Value } else { Inside::Formula };
                self.rest(name, attributes);
            }
            (Some(cell), _) => {
                cell.inside = Inside::Other;
                self.flow.start(name, attributes);
            }
            (None, _) => {
                if name == "col" && is_set(attributes, "hidden") && self.columns.len() < COLUMNS_MAX {
                    let bound = |name| xml::get(attributes, name).and_then(|column| column.parse().ok());
                    self.columns.extend(bound("min").zip(bound("max")));
                }
                self.flow.start(name, attributes);
            }
        }
    }

    fn text(&mut self, text: &str) {
        match &mut self.cell {
            Some(cell) if cell.inside == Inside::Value => cell.value.push_str(text),
            Some(cell) if cell.inside == Inside::Formula => cell.formula.push_str(text),
            _ => self.flow.text(text),
        }
    }

    fn end(&mut self, name: &str) {
        match (&mut self.cell, name) {
            (Some(_), "c") => self.close_cell(),
            (Some(cell), "v" | "f") if matches!(cell.inside, Inside::Value | Inside::Formula) => cell.inside = Inside::Nothing,
            (None, "row") => self.is_row_hidden = false,
            (Some(cell), _) => {
                if matches!(name, "is" | "extLst") {
                    cell.inside = Inside::Nothing;
                }
                self.flow.end(name);
            }
            (None, _) => self.flow.end(name),
        }
    }

    fn aside(&mut self, text: &str) {
        self.flow.aside(text);
    }

    fn fault(&mut self, reason: Reason) {
        self.flow.fault(reason);
    }
}
