//! XLS: the numbers of cells ([MS-XLS] §2.4), which no search for text would find; the strings come as runs of text.

use super::harvest::Harvest;
use super::mark::Mark;
use super::ole::{u16_at, u32_at};
use super::{Place, Reason, Refused, number};

const FORMULA: u16 = 0x0006;
const FILEPASS: u16 = 0x002F;
const MULRK: u16 = 0x00BD;
const NUMBER: u16 = 0x0203;
const RK: u16 = 0x027E;
const BOF: u16 = 0x0809;

/// Hands out the numbers of all sheets.
pub(super) fn read(bytes: &[u8], place: &Place, harvest: &mut Harvest) {
    let mut rest = bytes;
    let mut sheets: u32 = 0;
    while let (Some(kind), Some(length)) = (u16_at(rest, 0), u16_at(rest, 2)) {
        let end = 4 + usize::from(length);
        let record = rest.get(4..end).unwrap_or_default();
        let sheet = || place.named(Mark::Sheet, &sheets.saturating_sub(1).to_string());
        match kind {
            // The first one begins the workbook, the others its sheets.
            BOF => sheets += 1,
            FILEPASS => {
                harvest.unread(place.clone(), Reason::Refused(Refused::Encrypted));
                return;
            }
            NUMBER | FORMULA => {
                let number = record.get(6..14).and_then(|bytes| bytes.try_into().ok()).map(f64::from_le_bytes);
                cell(record, 2, 0, number.filter(|number| number.is_finite()), &sheet(), harvest);
            }
            RK => cell(record, 2, 0, u32_at(record, 6).map(rk), &sheet(), harvest),
            MULRK => {
                let place = sheet();
                for index in 0..record.len().saturating_sub(6) / 6 {
                    cell(record, 2, u32::try_from(index).unwrap_or(0), u32_at(record, 6 + index * 6).map(rk), &place, harvest);
                }
            }
            _ => {}
        }
        rest = rest.get(end..).unwrap_or_default();
    }
}

fn cell(record: &[u8], column_at: usize, further: u32, number: Option<f64>, place: &Place, harvest: &mut Harvest) {
    if let (Some(row), Some(column), Some(number)) = (u16_at(record, 0), u16_at(record, column_at), number) {
        harvest.piece(place.cell(u32::from(column) + further + 1, u32::from(row) + 1), false, &number::digits(number));
    }
}

/// A number in four bytes ([MS-XLS] §2.5.122): a whole one or the upper half of a double, either of them maybe in hundredths.
fn rk(bits: u32) -> f64 {
    let number = if bits & 2 != 0 { f64::from(bits.cast_signed() >> 2) } else { f64::from_bits(u64::from(bits & !3) << 32) };
    if bits & 1 != 0 { number / 100.0 } else { number }
}
