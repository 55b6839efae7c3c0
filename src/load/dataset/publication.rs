//! `publish:` of a table: the sums that are public though the table is not.

use super::super::layout::is_reserved;
use super::{OWN_NAMES, Reading, named};
use crate::diagnostic::{Code, Mark};
use crate::model::{Column, ColumnKind, Dataset, Publication};
use crate::path::is_device;
use crate::site::Access;
use crate::text::nearest;
use crate::yaml::{Fields, Node, Placed};

/// How many columns rows may be put together by.
const BY_MAX: usize = 3;
/// The largest number of rows below which sums may be kept back.
const SMALLEST_MAX: f64 = 1e6;

/// Reads one set of sums.
pub(super) fn read(node: &Node, dataset: &Dataset, reading: &mut Reading) -> Option<Publication> {
    let mut marks = Vec::new();
    let mut fields = Fields::of(node, "publish", &mut marks)?;
    let id = fields.id("id");
    let (title, note) = (fields.words("title"), fields.words("note"));
    let totals = fields.truth("totals").unwrap_or(true);
    let (by, sum) = (fields.texts("by"), fields.texts("sum"));
    let smallest = fields.node("smallest").map(|node| (node, crate::yaml::number_of(node, "smallest", fields.marks())));
    for (key, is_there) in [("id", fields.node("id").is_some()), ("title", title.is_some()), ("by", !by.is_empty())] {
        let span = fields.span();
        if !is_there {
            fields.mark(Mark::new(Code::FieldMissing, span).with(key));
        }
    }
    fields.finish();
    reading.marks.append(&mut marks);
    let least = reading.context.site.smallest_cell;
    let smallest = match smallest {
        Some((node, Some(read))) if read < f64::from(least) || read.fract() != 0.0 || read > SMALLEST_MAX => {
            reading.marks.push(Mark::new(Code::PublishSmallest, node.span).with(least.to_string()));
            least
        }
        Some((_, Some(read))) => (read as u32).max(least),
        _ => least,
    };
    let by = positions(&by, dataset, |column| column.kind.is_key(), Code::PublishBy, reading);
    let sum = positions(&sum, dataset, |column| column.kind.is_summable(), Code::PublishSum, reading);
    let (title, note) = (reading.words(title.as_ref()), reading.words(note.as_ref()));
    let id = id?;
    if is_reserved(id.value) || is_device(id.value) || OWN_NAMES.contains(&id.value) {
        reading.marks.push(Mark::new(Code::NameReserved, id.span).with(id.value));
        return None;
    }
    if by.is_empty() {
        return None;
    }
    Some(Publication { id: id.value.into(), span: id.span, title: named(&title, id.value), note, by, sum, totals, smallest })
}

/// The columns that are named, each once; what cannot stand there is a finding and left out.
fn positions(named: &[Placed<&str>], dataset: &Dataset, fits: impl Fn(&Column) -> bool, code: Code, reading: &mut Reading) -> Vec<usize> {
    let mut positions = Vec::new();
    for text in named {
        let Some(at) = dataset.columns.iter().position(|column| *column.id == *text.value) else {
            let near = nearest(text.value, dataset.columns.iter().map(|column| &*column.id)).unwrap_or_default();
            reading.marks.push(Mark::new(Code::ColumnUnknown, text.span).with(text.value).with(near));
            continue;
        };
        let column = &dataset.columns[at];
        let is_crowded = code == Code::PublishBy && positions.len() == BY_MAX;
        if !fits(column) || column.access == Access::Sealed || column.kind == ColumnKind::Count || is_crowded {
            reading.marks.push(Mark::new(code, text.span).with(text.value));
        } else if positions.contains(&at) {
            reading.marks.push(Mark::new(Code::ColumnTwice, text.span).with(text.value));
        } else {
            positions.push(at);
        }
    }
    positions
}
