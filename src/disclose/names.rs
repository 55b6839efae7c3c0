//! Real names of persons who have not agreed to be named: what is long enough becomes a needle too.

use super::needle::{Closed, Needles};
use crate::diagnostic::{Code, Mark};
use crate::model::{ClosedNames, NameUse, PEOPLE_FILE, Review, name_stamp};
use std::sync::Arc;

/// Makes needles of closed names. A name that a person has judged to be somebody else's somewhere is looked for in sources only.
pub(super) fn sharpen(names: &ClosedNames, reviews: &[Review], needles: &mut Needles) {
    let file: Arc<str> = Arc::from(PEOPLE_FILE);
    let judged = |name: &str| reviews.iter().any(|review| review.stamp == name_stamp(name));
    needles.add(&file, Closed::Value, names.iter().filter(|name| !judged(name)));
}

/// The finding of a name that prose writes out.
pub(super) fn mark(found: &NameUse) -> Mark {
    Mark::new(Code::PrivatePersonName, found.span).with(found.masked()).with(found.stamp()).with(found.id)
}
