//! Plain text by lines, tables by fields.

use super::Place;
use super::harvest::Harvest;
use super::mark::Mark;
use super::number;

/// Adds a text line by line.
pub(super) fn read_lines(text: &str, place: &Place, harvest: &mut Harvest) {
    for (number, line) in (1..).zip(text.split(['\n', '\r'])) {
        harvest.piece(place.counted(Mark::Line, number), false, line);
    }
}

/// Adds a table field by field, in the separator that its first line has most of.
pub(super) fn read_table(text: &str, place: &Place, harvest: &mut Harvest) {
    let first = text.lines().next().unwrap_or_default();
    let separator = [b',', b'\t', b';', b'|'].into_iter().max_by_key(|separator| {
        let count = first.bytes().filter(|byte| byte == separator).count();
        // The first of equals wins, so a table of one column is one with commas.
        (count, *separator == b',')
    });
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator.unwrap_or(b',')).from_reader(text.as_bytes());
    for (row, record) in (1..).zip(reader.records()) {
        // The text is UTF-8 and rows may be of any length: nothing is left that can fail.
        let Ok(record) = record else { continue };
        for (column, field) in (1..).zip(record.iter()) {
            let place = place.cell(column, row);
            harvest.piece(place.clone(), false, field);
            if let Some(digits) = number::expand(field) {
                harvest.piece(place, false, &digits);
            }
        }
    }
}
