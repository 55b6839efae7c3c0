//! What a search can be narrowed by: a column of value numbers for each facet, as runs, since neighbours mostly agree.

use serde_json::{Value, json};
use std::collections::BTreeSet;

/// How a facet is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FacetKind {
    /// A list of values.
    Choice,
    /// Values in values: a parent finds all that its children do.
    Tree,
    /// Years.
    Year,
}

impl FacetKind {
    fn name(self) -> &'static str {
        match self {
            FacetKind::Choice => "choice",
            FacetKind::Tree => "tree",
            FacetKind::Year => "year",
        }
    }
}

/// A value of a facet.
#[derive(Clone, Debug, Default)]
pub struct FacetValue {
    /// Its id, as it stands in an address.
    pub id: String,
    /// Its names, Chinese and English.
    pub zh: String,
    /// See `zh`.
    pub en: String,
    /// Of a tree: the number of the value that holds it.
    pub parent: Option<u32>,
}

/// A facet with all the values that documents may have.
#[derive(Clone, Debug)]
pub struct Facet {
    /// Its name in addresses.
    pub param: String,
    /// How it is shown.
    pub kind: FacetKind,
    /// Its labels, Chinese and English.
    pub zh: String,
    /// See `zh`.
    pub en: String,
    /// All values, in the order in which they are shown; documents name them by their place here.
    pub values: Vec<FacetValue>,
}

impl Facet {
    /// Its line in the manifest.
    pub(super) fn head(&self) -> Value {
        json!({"param": self.param, "kind": self.kind.name(), "label": {"zh": self.zh, "en": self.en}})
    }

    /// The values that occur, with those that hold them.
    pub(super) fn occurring<'a>(&self, columns: impl Iterator<Item = &'a [u32]>) -> Vec<u32> {
        let mut seen = BTreeSet::new();
        for value in columns.flatten() {
            let mut next = Some(*value);
            // A value that was seen has brought its parents along; so a circle of parents ends too.
            while let Some(known) = next.and_then(|number| self.values.get(number as usize)) {
                if !next.is_some_and(|number| seen.insert(number)) {
                    break;
                }
                next = known.parent;
            }
        }
        seen.into_iter().collect()
    }

    /// The column of a segment as JSON: the values that occur anywhere, and runs of documents that have the same.
    pub(super) fn column<'a>(&self, occurring: &[u32], column: impl Iterator<Item = &'a [u32]>) -> String {
        let number = |value: &u32| occurring.binary_search(value).ok();
        let values: Vec<Value> =
            occurring.iter().filter_map(|value| self.values.get(*value as usize)).map(|value| value_json(value, number)).collect();
        let mut runs: Vec<Value> = Vec::new();
        let mut open: Option<(u32, Vec<usize>)> = None;
        for values in column {
            let mut numbers: Vec<usize> = values.iter().filter_map(number).collect();
            numbers.sort_unstable();
            numbers.dedup();
            match &mut open {
                Some((count, same)) if *same == numbers => *count += 1,
                _ => {
                    runs.extend(open.replace((1, numbers)).into_iter().flat_map(|(count, values)| [json!(count), json!(values)]));
                }
            }
        }
        runs.extend(open.into_iter().flat_map(|(count, values)| [json!(count), json!(values)]));
        json!({"values": values, "columns": runs}).to_string()
    }
}

fn value_json(value: &FacetValue, number: impl Fn(&u32) -> Option<usize>) -> Value {
    let mut out = json!({"id": value.id, "zh": value.zh, "en": value.en});
    if let (Some(parent), Some(fields)) = (value.parent.as_ref().and_then(number), out.as_object_mut()) {
        fields.insert("parent".to_owned(), parent.into());
    }
    out
}
