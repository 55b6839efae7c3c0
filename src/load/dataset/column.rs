//! `columns:` of a table.

use super::super::data::read_unit;
use super::{Reading, named};
use crate::diagnostic::{Code, Mark};
use crate::model::{Cells, Column, ColumnKind, Unit};
use crate::site::Access;
use crate::yaml::{Fields, Node};

/// The words of `type:`, each with the kind of column that it makes.
fn kind_of(word: &str) -> Option<ColumnKind> {
    Some(match word {
        "text" => ColumnKind::Text,
        "number" => ColumnKind::Number,
        "integer" => ColumnKind::Integer,
        "percent" => ColumnKind::Percent,
        "year" => ColumnKind::Year,
        "date" => ColumnKind::Date,
        "place" => ColumnKind::Term("places".into()),
        "programme" => ColumnKind::Term("programmes".into()),
        "unit" => ColumnKind::Term("units".into()),
        "flag" => ColumnKind::Flag,
        _ => return None,
    })
}

const KINDS: &str = "text number integer percent year date place programme unit flag";
/// More decimals than this nobody reads.
const PRECISION_MAX: u8 = 9;

/// Reads the columns; one with a fault is left out.
pub(super) fn read(items: &[Node], household: bool, reading: &mut Reading) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for item in items {
        let Some(column) = read_column(item, household, reading) else { continue };
        if columns.iter().any(|other| other.id == column.id) {
            reading.marks.push(Mark::new(Code::ColumnTwice, item.span).with(&*column.id));
            continue;
        }
        if column.access > Access::Public {
            reading.closed.push(item.extent());
        }
        columns.push(column);
    }
    columns
}

fn read_column(node: &Node, household: bool, reading: &mut Reading) -> Option<Column> {
    let mut marks = Vec::new();
    let mut fields = Fields::of(node, "columns", &mut marks)?;
    let id = fields.text("id");
    let label = fields.words("label");
    let kind = fields.text("type");
    let unit = fields.node("unit").and_then(|node| read_unit(node, fields.marks()));
    let precision = read_precision(&mut fields);
    fields.refuse_empty("access");
    let stated = fields.node("access").is_some();
    let access = fields.choice("access", Access::CHOICES).map(|access| access.value);
    let span = fields.span();
    if id.is_none() {
        fields.mark(Mark::new(Code::FieldMissing, span).with("id"));
    }
    let kind = match &kind {
        None => Some(ColumnKind::Text),
        Some(word) => {
            let known = kind_of(word.value);
            if known.is_none() {
                fields.mark(Mark::new(Code::ValueChoice, word.span).with("type").with(word.value).with(KINDS));
            }
            known
        }
    };
    fields.finish();
    reading.marks.append(&mut marks);
    let label = reading.words(label.as_ref());
    let (id, kind) = (id?, kind?);
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_' || byte == b'-';
    if id.value.len() > 48 || !id.value.bytes().all(is_plain) {
        reading.marks.push(Mark::new(Code::ValueNotId, id.span).with(id.value));
        return None;
    }
    if id.value == "access" {
        // A row's own level.
        reading.marks.push(Mark::new(Code::NameReserved, id.span).with(id.value));
        return None;
    }
    // Words about a household name it more surely than its numbers do.
    let default = if household && kind == ColumnKind::Text { Access::Internal } else { Access::Public };
    let access = access.unwrap_or(if stated { Access::Internal } else { default });
    let unit = unit.or_else(|| Unit::known("%").filter(|_| kind == ColumnKind::Percent));
    let label = named(&label, id.value);
    Some(Column { id: id.value.into(), label, kind, unit, precision, access, cells: Cells::default(), english: None })
}

fn read_precision(fields: &mut Fields) -> Option<u8> {
    let node = fields.node("precision")?;
    let read = crate::yaml::number_of(node, "precision", fields.marks())?;
    let known = (0..=PRECISION_MAX).find(|places| f64::from(*places).total_cmp(&read).is_eq());
    if known.is_none() {
        fields.mark(Mark::new(Code::ValueChoice, node.span).with("precision").with(read.to_string()).with("0 1 2 … 9"));
    }
    known
}
