//! Folders that nobody declared. Each is a collection with the generic fields; but where its name is a slip of the pen for
//! a known one (`case` for `cases`) that is said, and what was meant for a closed collection stays closed.

use crate::diagnostic::{Code, Mark, Span};
use crate::site::{self, Access, CollectionSchema};
use crate::text::edit_distance;

/// The schema of an undeclared folder, and what there is to say of it.
pub(super) fn take(folder: &str, known: &[CollectionSchema]) -> (CollectionSchema, Mark) {
    let mut schema = site::generic(folder);
    let mark = |code| Mark::new(code, Span::default()).with(folder);
    // Of several that could be meant, the most closed one decides.
    let near = known.iter().filter_map(|other| slip(folder, other).map(|slips| (std::cmp::Reverse(other.access), slips, other)));
    let Some((.., meant)) = near.min_by_key(|(access, slips, _)| (*access, *slips)) else { return (schema, mark(Code::CollectionUndeclared)) };
    schema.access = meant.access;
    let code = if meant.access > Access::Public { Code::CollectionNearClosed } else { Code::CollectionNearMiss };
    (schema, mark(code).with(&*meant.id))
}

/// How many slips make a folder's name of a collection's id; none where they have nothing to do with each other.
fn slip(folder: &str, other: &CollectionSchema) -> Option<usize> {
    let shorter = folder.len().min(other.id.len());
    // Two slips in a short word make any word of any other; where something may leak, rather one folder too many.
    let limit = if shorter < 4 || shorter < 5 && other.access == Access::Public { 1 } else { 2 };
    let slips = edit_distance(folder, &other.id, limit);
    (slips <= limit || is_plural(folder, &other.id) || is_plural(&other.id, folder)).then_some(slips)
}

/// `cases` of `case`, `classes` of `class`, `stories` of `story`.
fn is_plural(many: &str, one: &str) -> bool {
    let y = one.strip_suffix('y').and_then(|stem| many.strip_prefix(stem)).is_some_and(|end| end == "ies");
    y || many.strip_prefix(one).is_some_and(|end| matches!(end, "s" | "es"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(folder: &str, access: Access) -> (Code, Access) {
        let mut known = site::builtin();
        known.push(CollectionSchema { access, ..site::generic("households") });
        let (schema, mark) = take(folder, &known);
        (mark.code, schema.access)
    }

    #[test]
    fn slips_of_known_names_are_said_and_closed_ones_stay_closed() {
        for folder in ["case", "casses", "story", "activity", "docment", "topic"] {
            assert_eq!(said(folder, Access::Internal), (Code::CollectionNearMiss, Access::Public), "{folder}");
        }
        for folder in ["household", "housholds", "houeholds", "hoseholde"] {
            assert_eq!(said(folder, Access::Internal), (Code::CollectionNearClosed, Access::Internal), "{folder}");
            assert_eq!(said(folder, Access::Public), (Code::CollectionNearMiss, Access::Public), "{folder}");
        }
        for folder in ["villages", "tea", "news", "archive"] {
            assert_eq!(said(folder, Access::Internal), (Code::CollectionUndeclared, Access::Public), "{folder}");
        }
    }
}
