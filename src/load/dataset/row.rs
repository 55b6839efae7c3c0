//! `rows:` of a table: each a map from columns to cells, with a level of its own.

use super::Reading;
use super::cell::{self, Cell};
use crate::diagnostic::{Code, Mark};
use crate::model::{Cells, Dataset};
use crate::site::Access;
use crate::yaml::{Fields, Node, Value, unknown_key};
use std::collections::BTreeMap;

/// Reads the rows into the columns of the table.
pub(super) fn read(items: &[Node], dataset: &mut Dataset, reading: &mut Reading) {
    let columns = &mut dataset.columns;
    let at: BTreeMap<Box<str>, usize> = columns.iter().enumerate().map(|(at, column)| (column.id.clone(), at)).collect();
    let mut english: Vec<Option<Cells>> = vec![None; columns.len()];
    for (number, item) in items.iter().enumerate() {
        let Value::Map(entries) = &item.value else {
            reading.marks.push(Mark::new(Code::ValueNotMap, item.span).with("rows"));
            continue;
        };
        let level = level_of(item, reading);
        if level > Access::Public {
            reading.closed.push(item.extent());
        }
        let mut cells: Vec<Cell> = columns.iter().map(|_| Cell::default()).collect();
        for (key, node) in entries.iter().filter(|(key, _)| &*key.text != "access") {
            let Some((column, cell)) = at.get(&key.text).and_then(|at| Some((columns.get(*at)?, cells.get_mut(*at)?))) else {
                let known: Vec<&str> = columns.iter().map(|column| &*column.id).chain(["access"]).collect();
                reading.marks.push(unknown_key(key, &known));
                continue;
            };
            if column.access > Access::Public && level == Access::Public {
                reading.closed.push(node.extent());
            }
            if node.value != Value::Null {
                *cell = cell::read(node, column, reading).unwrap_or_default();
            }
        }
        let row = dataset.rows.len();
        debug_assert!(row <= number);
        for ((column, english), cell) in columns.iter_mut().zip(&mut english).zip(&cells) {
            push(&mut column.cells, english, cell);
        }
        dataset.rows.push(level);
    }
    for (column, english) in columns.iter_mut().zip(english) {
        column.english = english;
    }
}

/// The English words are kept apart from the first cell on in which they differ.
fn push(cells: &mut Cells, english: &mut Option<Cells>, cell: &Cell) {
    if let Some(words) = &cell.english {
        english.get_or_insert_with(|| cells.clone()).push(words);
    } else if let Some(english) = english {
        english.push(&cell.value);
    }
    cells.push(&cell.value);
}

fn level_of(row: &Node, reading: &mut Reading) -> Access {
    if row.get("access").is_none() {
        return Access::Public;
    }
    let mut marks = Vec::new();
    let Some(mut fields) = Fields::of(row, "rows", &mut marks) else { return Access::Internal };
    fields.refuse_empty("access");
    let level = fields.choice("access", Access::CHOICES).map_or(Access::Internal, |access| access.value);
    reading.marks.append(&mut marks);
    level
}
