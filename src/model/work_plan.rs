//! A plan of work as a structured document, and the map of its terms: what the archive has for each thing that the plan names.

use super::TermId;
use crate::date::PartialDate;
use crate::diagnostic::Span;
use crate::lang::PerLang;
use std::collections::BTreeMap;

/// The file of a plan of work.
pub const WORK_PLAN_FILE: &str = "content/plan.yaml";

/// A plan of work: its parts and items in the order of the document, and its terms.
#[derive(Debug, Default)]
pub struct WorkPlan {
    /// Its title.
    pub title: PerLang<Box<str>>,
    /// What navigation calls it, where the title is too long for that.
    pub label: PerLang<Option<Box<str>>>,
    /// What has to be said about it.
    pub note: PerLang<Option<Box<str>>>,
    /// Of when it is.
    pub date: Option<PartialDate>,
    /// The id of its source.
    pub source: Option<Box<str>>,
    /// Parts, items and sub-items, each behind the one that it belongs to.
    pub items: Vec<PlanItem>,
    /// The map.
    pub terms: Vec<PlanTerm>,
    /// Which items name a term of a vocabulary.
    pub(crate) named: BTreeMap<TermId, Vec<u32>>,
}

/// A part, an item or a sub-item.
#[derive(Debug)]
pub struct PlanItem {
    /// Its anchor.
    pub id: Box<str>,
    /// 1 for a part, 2 for an item, 3 for a sub-item.
    pub level: u8,
    /// The position of what it belongs to.
    pub parent: Option<u32>,
    /// Its number as the document writes it (一, （一）), without what it belongs to.
    pub number: PerLang<Option<Box<str>>>,
    /// Its heading.
    pub heading: PerLang<Box<str>>,
    /// What it says, as one line of Markdown; marks of withheld runs inside.
    pub summary: PerLang<Option<Box<str>>>,
    /// Where `plan.yaml` has it.
    pub summary_at: PerLang<Span>,
    /// Until when what has to be done.
    pub deadlines: Vec<Deadline>,
    /// Who answers for it.
    pub units: Vec<TermId>,
    /// The programmes that it is about.
    pub programmes: Vec<TermId>,
    /// The places that it names.
    pub places: Vec<TermId>,
    /// The ids of the figures that it sets, beside those in its summary.
    pub figures: Vec<Box<str>>,
}

/// A term that the plan sets.
#[derive(Debug)]
pub struct Deadline {
    /// The last day; of a month or year its end.
    pub by: PartialDate,
    /// What has to be done until then.
    pub what: PerLang<Box<str>>,
}

/// A thing that the plan names, with what the archive has for it.
#[derive(Debug)]
pub struct PlanTerm {
    /// Its name in the plan.
    pub name: PerLang<Box<str>>,
    /// The positions of the items that name it.
    pub items: Vec<u32>,
    /// Where the archive has it.
    pub homes: Vec<PlanHome>,
    /// Why it is not published, or not all of it.
    pub reason: PerLang<Option<Box<str>>>,
}

/// A place of the archive that a term of the plan leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanHome {
    /// What it is.
    pub kind: HomeKind,
    /// Where `plan.yaml` names it.
    pub span: Span,
}

/// The kinds of places. Ids are kept as they were written: what they mean each edition decides for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HomeKind {
    /// A term of a vocabulary, the glossary among them.
    Term(TermId),
    /// A dataset, by its id.
    Dataset(Box<str>),
    /// A record, as `collection/id`.
    Record(Box<str>),
    /// A page of lists: a collection, a vocabulary, or one of the program's own.
    Page(Box<str>),
    /// An item of the plan, by its position.
    Item(u32),
}

impl WorkPlan {
    /// Finds out which items name which terms. Called once, when all items are there.
    pub fn index(&mut self) {
        self.named.clear();
        for (at, item) in (0u32..).zip(&self.items) {
            for term in item.units.iter().chain(&item.programmes).chain(&item.places) {
                let list = self.named.entry(*term).or_default();
                if list.last() != Some(&at) {
                    list.push(at);
                }
            }
        }
    }

    /// The positions of the items that name a term, in the order of the document.
    #[must_use]
    pub fn naming(&self, term: TermId) -> &[u32] {
        self.named.get(&term).map_or(&[], |list| list)
    }

    /// An item and all that it belongs to, the item first.
    pub fn lineage(&self, at: u32) -> impl Iterator<Item = &PlanItem> {
        let item = |at: u32| self.items.get(at as usize);
        std::iter::successors(item(at), move |inner| inner.parent.and_then(item))
    }
}
