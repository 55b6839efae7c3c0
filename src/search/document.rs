//! What the index takes of a page.

/// What a block of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind<'a> {
    /// Running text, a cell, a caption.
    Body,
    /// A heading with its anchor on the page, empty without one.
    Heading {
        /// The anchor.
        id: &'a str,
    },
}

/// A block of text: nothing that is searched for goes beyond it.
#[derive(Clone, Copy, Debug)]
pub struct Block<'a> {
    /// Its text.
    pub text: &'a str,
    /// What it is.
    pub kind: Kind<'a>,
}

/// A page as the index sees it.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    /// Path from the site's root.
    pub url: &'a str,
    /// Collection and id, `cases/guangshan-camellia`.
    pub id: &'a str,
    /// `zh` or `en`.
    pub lang: &'a str,
    /// The title.
    pub title: &'a str,
    /// The date as results show it; empty without one.
    pub date: &'a str,
    /// What the order by date goes by, larger is newer; 0 without a date.
    pub date_key: u32,
    /// The places as results show them; empty without one.
    pub places: &'a str,
    /// The summary that an excerpt falls back to.
    pub lead: &'a str,
    /// The text, in the page's order.
    pub blocks: &'a [Block<'a>],
    /// For each facet, in the order that [`super::facet::Facet`]s are given at the end: the numbers of the document's values.
    pub values: &'a [Vec<u32>],
}
