//! What can be said of a table only on a day: persons that a public table would show, and sums that are not made.

use super::super::private;
use crate::date::PartialDate;
use crate::diagnostic::{Code, Findings, Mark, Span};
use crate::model::Dataset;
use crate::site::Access;

/// Checks one table.
pub(in crate::load) fn run(dataset: &Dataset, as_of: PartialDate, findings: &mut Findings) {
    let level = dataset.level_on(as_of);
    // Of a table that is only described, the public sees the title.
    let in_title = |span: Span| dataset.title_at.start <= span.start && span.start < dataset.title_at.end;
    let is_shown = |span: Span| level == Access::Public || level == Access::MetadataOnly && in_title(span);
    findings.add_all(&dataset.file, dataset.private.iter().filter(|found| is_shown(found.span)).map(private::mark));
    let idle = match level {
        Access::Public => Code::PublishOpen,
        Access::Sealed => Code::PublishSealed,
        Access::MetadataOnly | Access::Internal => return,
    };
    for sums in &dataset.publications {
        findings.add(&dataset.file, Mark::new(idle, sums.span).with(&*sums.id));
    }
}
