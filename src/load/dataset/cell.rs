//! One cell: its value by the type of its column.

use super::super::data::read_number;
use super::super::record::find_term;
use super::super::text::take_line;
use super::Reading;
use crate::diagnostic::{Code, Mark};
use crate::lang::Lang;
use crate::model::{Column, ColumnKind};
use crate::yaml::{Node, date_of, text_of, truth_of, words_of};

/// What a cell holds: the value, and its English words where they differ.
#[derive(Default)]
pub(super) struct Cell {
    pub(super) value: Box<str>,
    pub(super) english: Option<Box<str>>,
}

/// Reads a cell; none where it holds something else than its column says.
pub(super) fn read(node: &Node, column: &Column, reading: &mut Reading) -> Option<Cell> {
    let key = &*column.id;
    let value: Box<str> = match &column.kind {
        ColumnKind::Text => return read_words(node, key, reading),
        ColumnKind::Number | ColumnKind::Percent => read_number(node, key, reading.marks)?.1,
        ColumnKind::Integer | ColumnKind::Count => {
            let (_, printed) = read_number(node, key, reading.marks)?;
            if printed.contains('.') {
                reading.marks.push(Mark::new(Code::ValueNotInteger, node.span).with(key));
            }
            printed
        }
        ColumnKind::Year => {
            let date = date_of(node, key, reading.marks)?;
            let year = date.value.to_string();
            if year.len() > 4 {
                reading.marks.push(Mark::new(Code::ValueDate, node.span).with(year));
                return None;
            }
            year.into()
        }
        ColumnKind::Date => date_of(node, key, reading.marks)?.value.to_string().into(),
        ColumnKind::Flag => if truth_of(node, key, reading.marks)? { "true" } else { "false" }.into(),
        ColumnKind::Term(vocabulary) => {
            let text = text_of(node, key, reading.marks)?;
            match find_term(vocabulary, &text, reading.context.vocabularies) {
                Ok(_) => text.value.into(),
                Err(mark) => {
                    reading.marks.push(*mark);
                    return None;
                }
            }
        }
    };
    Some(Cell { value, english: None })
}

fn read_words(node: &Node, key: &str, reading: &mut Reading) -> Option<Cell> {
    let words = words_of(node, key, reading.marks)?;
    let (zh, en) = (words.prefer(Lang::Zh)?.1, words.prefer(Lang::En)?.1);
    let value = take_line(zh, &mut reading.held, reading.marks);
    let english = if zh.value == en.value { None } else { Some(take_line(en, &mut reading.held, reading.marks)) };
    Some(Cell { value, english })
}
