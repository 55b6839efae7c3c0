//! What editors say of records beside their texts: what was corrected, and what a curated page gathers.

use super::TermId;
use crate::date::PartialDate;
use crate::diagnostic::Span;
use crate::lang::{Lang, PerLang};

/// Something that was corrected in a record after it was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// When.
    pub date: PartialDate,
    /// What changed, in words for readers.
    pub text: PerLang<Option<Box<str>>>,
}

/// One entry of a curated page's `members:`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Which records.
    pub choice: Choice,
    /// What the curator says of them.
    pub note: PerLang<Option<Box<str>>>,
    /// The language file in which it is written, and where.
    pub place: (Lang, Span),
}

/// How a curated page names its members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// One record, as a link would name it.
    Record(Box<str>),
    /// The newest records that carry all of these.
    Query {
        /// Ids of collections of which a record has to be in one; empty for all.
        collections: Vec<Box<str>>,
        /// Terms that a record, or a term under it, has to carry, all of them.
        terms: Vec<TermId>,
        /// How many at most.
        most: u16,
    },
}
