//! The plan of work as a profile may see it: what its terms lead to is what the edition has. That there is more, nothing says:
//! a term whose homes are all closed stands there like one that has none.

use super::Edition;
use crate::model::{Destination, HomeKind, WorkPlan};
use crate::site::RESERVED_SECTIONS;

/// Takes out the homes that an edition does not have.
pub(super) fn open(mut plan: WorkPlan, edition: &Edition) -> WorkPlan {
    for term in &mut plan.terms {
        term.homes.retain(|home| is_open(&home.kind, edition));
    }
    plan
}

fn is_open(home: &HomeKind, edition: &Edition) -> bool {
    let resolved = |target: &str| edition.index.resolve(target, "content", &edition.vocabularies);
    match home {
        HomeKind::Term(_) | HomeKind::Item(_) => true,
        HomeKind::Dataset(id) => edition.tables.iter().any(|table| table.id == *id),
        HomeKind::Record(id) => matches!(resolved(id), Some(Destination::Record(_))),
        HomeKind::Page(id) => {
            RESERVED_SECTIONS.contains(&&**id) || matches!(resolved(id), Some(Destination::Collection(_) | Destination::Vocabulary(_)))
        }
    }
}
