//! `home:` in `site.yaml`: the figures and records that the home page leads with.

use crate::diagnostic::Mark;
use crate::yaml::{Fields, Node, Placed};

/// What the home page leads with, in the editor's order, each where `site.yaml` names it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lead {
    /// Facts by id.
    pub facts: Vec<Placed<Box<str>>>,
    /// Records, as a link names them.
    pub featured: Vec<Placed<Box<str>>>,
}

pub(super) fn read_lead(node: &Node, marks: &mut Vec<Mark>) -> Lead {
    let Some(mut fields) = Fields::of(node, "home", marks) else { return Lead::default() };
    let lead = Lead { facts: kept(&fields.texts("facts")), featured: kept(&fields.texts("featured")) };
    fields.finish();
    lead
}

fn kept(texts: &[Placed<&str>]) -> Vec<Placed<Box<str>>> {
    texts.iter().map(|text| Placed { value: text.value.into(), span: text.span }).collect()
}
