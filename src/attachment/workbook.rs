//! What the sheets of a workbook share: their names, the strings, the formats of numbers.

use super::flow::Flow;
use super::harvest::Harvest;
use super::mark::Mark;
use super::parts::Part;
use super::relation::Relations;
use super::xml::{self, Attribute, Visit};
use super::{Place, Reason, date};
use std::collections::BTreeMap;

/// A sheet by what the workbook says about it.
#[derive(Debug)]
pub(super) struct SheetName {
    pub(super) name: String,
    /// Hidden or very hidden.
    pub(super) is_hidden: bool,
}

/// What the sheets of a workbook share.
#[derive(Debug, Default)]
pub(super) struct Workbook {
    sheets: BTreeMap<String, SheetName>,
    strings: Vec<String>,
    is_used: Vec<bool>,
    /// Whether the cells of each format show a date.
    dates: Vec<bool>,
    is_1904: bool,
}

impl Workbook {
    /// Reads the parts that all sheets share, and hands out what is in the part of the strings besides them.
    pub(super) fn read(parts: &[Part], relations: &Relations, place: &Place, harvest: &mut Harvest) -> Workbook {
        let mut book = Workbook::default();
        for part in parts {
            let Some(text) = &part.text else { continue };
            match part.root() {
                "workbook" => {
                    let mut names = Names { part: &part.path, relations, book: &mut book };
                    xml::walk(text, &mut names);
                }
                "sst" => {
                    let here = place.named(Mark::Part, &part.path);
                    let mut flow = Flow::new(&here, &here, harvest);
                    flow.strings = Some(Vec::new());
                    xml::walk(text, &mut flow);
                    book.strings.append(&mut flow.strings.take().unwrap_or_default());
                    flow.finish();
                }
                "styleSheet" => {
                    let mut styles = Styles::default();
                    xml::walk(text, &mut styles);
                    book.dates = styles.dates;
                }
                _ => {}
            }
        }
        book.is_used = vec![false; book.strings.len()];
        book
    }

    /// The sheet that a part is.
    pub(super) fn sheet(&self, path: &str) -> Option<&SheetName> {
        self.sheets.get(&path.to_lowercase())
    }

    /// A shared string, which is used from now on.
    pub(super) fn string(&mut self, index: usize) -> Option<&str> {
        *self.is_used.get_mut(index)? = true;
        self.strings.get(index).map(String::as_str)
    }

    /// The date that a cell with this number and format shows.
    pub(super) fn date(&self, format: usize, number: &str) -> Option<String> {
        let is_date = self.dates.get(format).copied().unwrap_or(false);
        is_date.then(|| number.parse().ok().and_then(|serial| date::date(serial, self.is_1904))).flatten()
    }

    /// Hands out the strings that no cell uses: what stood in cells before.
    pub(super) fn finish(&self, place: &Place, harvest: &mut Harvest) {
        for (text, _) in self.strings.iter().zip(&self.is_used).filter(|(_, is_used)| !**is_used) {
            harvest.piece(place.with(Mark::UnusedString), true, text);
        }
    }
}

struct Names<'a> {
    part: &'a str,
    relations: &'a Relations,
    book: &'a mut Workbook,
}

impl Visit for Names<'_> {
    fn start(&mut self, name: &str, attributes: &[Attribute]) {
        match name {
            "sheet" => {
                let id = attributes.iter().find(|attribute| attribute.full.ends_with(":id")).map(|attribute| attribute.value.as_str());
                let Some(path) = id.and_then(|id| self.relations.target(self.part, id)) else { return };
                let is_hidden = xml::get(attributes, "state").is_some_and(|state| state != "visible");
                let name = xml::get(attributes, "name").unwrap_or_default().to_owned();
                self.book.sheets.insert(path.to_owned(), SheetName { name, is_hidden });
            }
            "workbookPr" => self.book.is_1904 = matches!(xml::get(attributes, "date1904"), Some("1" | "true")),
            _ => {}
        }
    }
    fn text(&mut self, _: &str) {}
    fn end(&mut self, _: &str) {}
    fn aside(&mut self, _: &str) {}
    fn fault(&mut self, _: Reason) {}
}

#[derive(Default)]
struct Styles {
    codes: BTreeMap<u32, bool>,
    in_cells: bool,
    dates: Vec<bool>,
}

impl Visit for Styles {
    fn start(&mut self, name: &str, attributes: &[Attribute]) {
        let format = xml::get(attributes, "numFmtId").and_then(|id| id.parse::<u32>().ok());
        match (name, format) {
            ("cellXfs", _) => self.in_cells = true,
            ("numFmt", Some(id)) => {
                self.codes.insert(id, date::is_date_code(xml::get(attributes, "formatCode").unwrap_or_default()));
            }
            ("xf", format) if self.in_cells => {
                let format = format.unwrap_or(0);
                self.dates.push(self.codes.get(&format).copied().unwrap_or_else(|| date::is_date_number(format)));
            }
            _ => {}
        }
    }
    fn end(&mut self, name: &str) {
        self.in_cells &= name != "cellXfs";
    }
    fn text(&mut self, _: &str) {}
    fn aside(&mut self, _: &str) {}
    fn fault(&mut self, _: Reason) {}
}
