//! A dataset: a table with typed columns, a source and a date, and the sums that may be published of it.
//!
//! Its cells are kept, one text a column: the pages of a long table, the sums and the search for closed values all need every
//! row, and parsing the file again for each page would cost the square of its length. A cell costs its own characters and
//! four bytes.

use super::body::PrivateUse;
use super::{Closure, SourceRef, Unit};
use crate::date::PartialDate;
use crate::diagnostic::Span;
use crate::lang::{Lang, PerLang};
use crate::site::{Access, Licence};
use std::sync::Arc;

/// A table of the content folder.
#[derive(Debug)]
pub struct Dataset {
    /// Its id, which is its file's name.
    pub id: Box<str>,
    /// Its file.
    pub file: Arc<str>,
    /// Its title.
    pub title: PerLang<Box<str>>,
    /// Where the title stands.
    pub title_at: Span,
    /// What has to be said about it.
    pub note: PerLang<Option<Box<str>>>,
    /// Where it comes from.
    pub source: Option<SourceRef>,
    /// Of when it is.
    pub as_of: Option<PartialDate>,
    /// Its own licence, where it is not the site's.
    pub licence: Option<Licence>,
    /// Who may see it.
    pub closure: Closure,
    /// Its columns with their cells, all of one length.
    pub columns: Vec<Column>,
    /// The level of each row.
    pub rows: Vec<Access>,
    /// The sums that are public though the table is not.
    pub publications: Vec<Publication>,
    /// Places that identify a person, outside of what is closed in the table; told only where the table is public.
    pub private: Vec<PrivateUse>,
}

/// A column with its cells.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its id, the key of its cells.
    pub id: Box<str>,
    /// Its name for readers.
    pub label: PerLang<Box<str>>,
    /// What its cells are.
    pub kind: ColumnKind,
    /// What its numbers count.
    pub unit: Option<Unit>,
    /// With how many decimals its numbers are printed; as they are written where it is not said.
    pub precision: Option<u8>,
    /// Who may see it, of those who see the table.
    pub access: Access,
    /// The cells: a text, a number as it is written, a date, `true` or `false`, the id of a term. Empty where nothing is said.
    pub cells: Cells,
    /// The English words of a text column, where they differ in any cell.
    pub english: Option<Cells>,
}

/// The types of columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// A text; `{zh, en}` where it differs by language.
    Text,
    /// A number.
    Number,
    /// A whole number.
    Integer,
    /// A number of per cent.
    Percent,
    /// A year.
    Year,
    /// A date that may be partial.
    Date,
    /// An id of this vocabulary.
    Term(Box<str>),
    /// Yes or no.
    Flag,
    /// How many rows a line of sums is made of.
    Count,
}

/// The cells of a column, one behind the other in one text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cells {
    text: String,
    ends: Vec<u32>,
}

/// Sums of a table that are published as a table of their own.
#[derive(Clone, Debug)]
pub struct Publication {
    /// The id of the table that they make.
    pub id: Box<str>,
    /// Where they are asked for.
    pub span: Span,
    /// The title.
    pub title: PerLang<Box<str>>,
    /// What has to be said about it.
    pub note: PerLang<Option<Box<str>>>,
    /// The columns by which rows are put together: 1 to 3 positions.
    pub by: Vec<usize>,
    /// The columns that are added up.
    pub sum: Vec<usize>,
    /// Whether there are lines of totals.
    pub totals: bool,
    /// A sum of fewer rows is not shown.
    pub smallest: u32,
}

impl ColumnKind {
    /// Whether its cells are numbers, which stand right-aligned.
    #[must_use]
    pub fn is_numeric(&self) -> bool {
        matches!(self, ColumnKind::Number | ColumnKind::Integer | ColumnKind::Percent | ColumnKind::Count)
    }

    /// Whether its cells can be added up.
    #[must_use]
    pub fn is_summable(&self) -> bool {
        matches!(self, ColumnKind::Number | ColumnKind::Integer)
    }

    /// Whether rows may be put together by its cells and the cells printed: what tells a person from others, such as an
    /// amount or a day of birth, may not.
    #[must_use]
    pub fn is_key(&self) -> bool {
        matches!(self, ColumnKind::Text | ColumnKind::Year | ColumnKind::Term(_) | ColumnKind::Flag)
    }

    /// The word in `type:` and in the downloads.
    #[must_use]
    pub fn word(&self) -> &str {
        match self {
            ColumnKind::Text => "text",
            ColumnKind::Number => "number",
            ColumnKind::Integer | ColumnKind::Count => "integer",
            ColumnKind::Percent => "percent",
            ColumnKind::Year => "year",
            ColumnKind::Date => "date",
            ColumnKind::Flag => "flag",
            ColumnKind::Term(vocabulary) => match &**vocabulary {
                "places" => "place",
                "programmes" => "programme",
                _ => "unit",
            },
        }
    }
}

impl Column {
    /// The words of a cell in a language; empty where nothing is said.
    #[must_use]
    pub fn words(&self, row: usize, lang: Lang) -> &str {
        match (&self.english, lang) {
            (Some(english), Lang::En) => english.get(row),
            _ => self.cells.get(row),
        }
    }

    /// The column with some of its rows only.
    #[must_use]
    pub fn with_rows(&self, rows: &[usize]) -> Column {
        let only = |cells: &Cells| rows.iter().map(|row| cells.get(*row)).collect::<Cells>();
        let cells = only(&self.cells);
        // Whether the languages differ is told by the rows that are left.
        let english = self.english.as_ref().map(only).filter(|english| *english != cells);
        Column { cells, english, label: self.label.clone(), unit: self.unit.clone(), kind: self.kind.clone(), id: self.id.clone(), ..*self }
    }
}

impl Cells {
    /// Adds a cell.
    pub fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
    }

    /// A cell; empty where there is none.
    #[must_use]
    pub fn get(&self, row: usize) -> &str {
        let end = self.ends.get(row).map_or(0, |end| *end as usize);
        let start = row.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| *end as usize);
        self.text.get(start..end).unwrap_or_default()
    }

    /// The cells in their order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map(|row| self.get(row))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

impl<S: AsRef<str>> FromIterator<S> for Cells {
    fn from_iter<I: IntoIterator<Item = S>>(iter: I) -> Cells {
        let mut cells = Cells::default();
        iter.into_iter().for_each(|cell| cells.push(cell.as_ref()));
        cells
    }
}

impl Dataset {
    /// The level that holds on a day.
    #[must_use]
    pub fn level_on(&self, as_of: PartialDate) -> Access {
        self.closure.level_on(as_of)
    }

    /// Whether its sums may be published on a day. Of a public table they would only help to subtract its open rows; of a
    /// sealed one nothing may be told.
    #[must_use]
    pub fn publishes_on(&self, as_of: PartialDate) -> bool {
        matches!(self.level_on(as_of), Access::MetadataOnly | Access::Internal)
    }
}
