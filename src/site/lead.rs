//! `home:` in `site.yaml`: the figures and records that the home page leads with.

use crate::diagnostic::{Mark, Span};
use crate::yaml::{Fields, Node, Placed};

/// What the home page leads with, in the editor's order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lead {
    /// Facts by id.
    pub facts: Vec<Named>,
    /// Records, as a link names them.
    pub featured: Vec<Named>,
}

/// An id and where it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The id as written.
    pub id: Box<str>,
    /// Its place in `site.yaml`.
    pub at: Span,
}

pub(super) fn read_lead(node: &Node, marks: &mut Vec<Mark>) -> Lead {
    let Some(mut fields) = Fields::of(node, "home", marks) else { return Lead::default() };
    let lead = Lead { facts: named(&fields.texts("facts")), featured: named(&fields.texts("featured")) };
    fields.finish();
    lead
}

fn named(texts: &[Placed<&str>]) -> Vec<Named> {
    texts.iter().map(|text| Named { id: text.value.into(), at: text.span }).collect()
}
