//! What a search can be narrowed by: for each facet a column with the number of every document's set of values; there are few sets.

use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

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

    /// The column of a segment: JSON, the values that occur anywhere and the sets of them that documents here have; a zero byte; the
    /// number of each document's set, one byte each, or two where there are more than 256 sets.
    pub(super) fn column<'a>(&self, occurring: &[u32], column: impl Iterator<Item = &'a [u32]>) -> Vec<u8> {
        let number = |value: &u32| occurring.binary_search(value).ok();
        let values: Vec<Value> =
            occurring.iter().filter_map(|value| self.values.get(*value as usize)).map(|value| value_json(value, number)).collect();
        let mut sets: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
        let mut chosen: Vec<usize> = Vec::new();
        for values in column {
            let mut numbers: Vec<usize> = values.iter().filter_map(number).collect();
            numbers.sort_unstable();
            numbers.dedup();
            let next = sets.len();
            // Two bytes can tell 65,536 sets, and a segment has no more documents.
            chosen.push(*sets.entry(numbers).or_insert(next));
        }
        let mut listed: Vec<(&Vec<usize>, usize)> = sets.iter().map(|(set, number)| (set, *number)).collect();
        listed.sort_unstable_by_key(|(_, number)| *number);
        let listed: Vec<&Vec<usize>> = listed.into_iter().map(|(set, _)| set).collect();
        let is_wide = listed.len() > 256;
        let mut out = json!({"values": values, "sets": listed}).to_string().into_bytes();
        out.push(0);
        for number in chosen {
            let [low, high, ..] = number.to_le_bytes();
            out.push(low);
            if is_wide {
                out.push(high);
            }
        }
        out
    }
}

fn value_json(value: &FacetValue, number: impl Fn(&u32) -> Option<usize>) -> Value {
    let mut out = json!({"id": value.id, "zh": value.zh, "en": value.en});
    if let (Some(parent), Some(fields)) = (value.parent.as_ref().and_then(number), out.as_object_mut()) {
        fields.insert("parent".to_owned(), parent.into());
    }
    out
}
