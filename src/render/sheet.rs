//! What the templates of datasets see.

use super::view::{CitationView, Link, Pager, SourceView};
use serde::Serialize;

/// `layout/datasets.html`: the list of datasets.
#[derive(Debug, Serialize)]
pub(crate) struct DatasetsView {
    /// The heading.
    pub title: String,
    /// How many datasets in all pages.
    pub total: usize,
    /// The datasets of this page.
    pub cards: Vec<DatasetCard>,
    /// The other pages.
    pub pager: Pager,
}

/// A dataset in the list.
#[derive(Debug, Serialize)]
pub(crate) struct DatasetCard {
    /// The title.
    pub title: String,
    /// The language tag of the title where it is not that of the list.
    pub tag: Option<&'static str>,
    /// Its page.
    pub href: String,
    /// Of when it is.
    pub as_of: Option<String>,
    /// How many rows it has; none where only its title is open.
    pub rows: Option<usize>,
    /// The beginning of what has to be said about it.
    pub note: Option<String>,
}

/// `layout/dataset.html`: a page of a dataset.
#[derive(Debug, Serialize)]
pub(crate) struct DatasetView {
    /// The title.
    pub title: String,
    /// The language tag of the title where it is not the page's.
    pub tag: Option<&'static str>,
    /// What has to be said about it.
    pub note: Option<String>,
    /// The language tag of the note where it is not the page's.
    pub note_tag: Option<&'static str>,
    /// The level that the internal edition marks, as a word.
    pub access_mark: Option<String>,
    /// Why there is no table, where only the title is open.
    pub stub: Option<String>,
    /// Of when it is.
    pub as_of: Option<String>,
    /// Where it comes from.
    pub source: Option<SourceView>,
    /// The columns; none where only the title is open.
    pub columns: Vec<ColumnView>,
    /// The rows of this page.
    pub rows: Vec<RowView>,
    /// The number of the first row of this page.
    pub first_row: usize,
    /// The number of the last.
    pub last_row: usize,
    /// How many rows in all pages.
    pub total: usize,
    /// Whether it holds the sums of a closed table.
    pub sums: bool,
    /// The least number of rows that a sum is shown of, where any is not shown.
    pub hidden: Option<u32>,
    /// The same where rare keys were put together.
    pub merged: Option<u32>,
    /// Under which licence it stands.
    pub licence: Option<super::view::FactValue>,
    /// How it is cited.
    pub citation: CitationView,
    /// The files to be downloaded.
    pub downloads: Vec<Link>,
    /// The other pages.
    pub pager: Pager,
}

/// The head of a column.
#[derive(Debug, Serialize)]
pub(crate) struct ColumnView {
    /// Its name.
    pub label: String,
    /// The language tag of the name where it is not the page's.
    pub tag: Option<&'static str>,
    /// What its numbers count.
    pub unit: Option<String>,
    /// Whether it stands right-aligned.
    pub numeric: bool,
    /// The level that the internal edition marks, as a word.
    pub mark: Option<String>,
}

/// A row of a table.
#[derive(Debug, Serialize)]
pub(crate) struct RowView {
    /// Its cells.
    pub cells: Vec<CellView>,
    /// Whether it adds others up.
    pub total: bool,
    /// The level that the internal edition marks, as a word.
    pub mark: Option<String>,
}

/// A cell.
#[derive(Debug, Default, Serialize)]
pub(crate) struct CellView {
    /// What it says.
    pub text: String,
    /// Where it leads.
    pub href: Option<String>,
    /// The language tag of the text where it is not the page's.
    pub tag: Option<&'static str>,
    /// Whether it stands right-aligned.
    pub numeric: bool,
    /// Whether it is a sum that is not shown.
    pub hidden: bool,
}
