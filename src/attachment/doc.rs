//! DOC: the text by its piece table ([MS-DOC] §2.4.1), so that what was edited reads in its order.

use super::harvest::Harvest;
use super::mark::Mark;
use super::ole::{u16_at, u32_at};
use super::{Place, Reason, Refused};
use encoding_rs::{UTF_16LE, WINDOWS_1252};

/// Places in the file information block ([MS-DOC] §2.5.1, §2.5.6).
const FLAGS: usize = 0x0A;
const IS_ENCRYPTED: u16 = 0x0100;
const IS_TABLE_1: u16 = 0x0200;
const CLX: usize = 0x01A2;
const CLX_LENGTH: usize = 0x01A6;
/// Set in the offset of a piece whose characters have one byte.
const IS_NARROW: u32 = 0x4000_0000;

/// Hands out the paragraphs of a document; nothing if its tables are not where they should be.
pub(super) fn read<'a>(document: &[u8], table: impl Fn(&str) -> Option<&'a [u8]>, place: &Place, harvest: &mut Harvest) {
    let flags = u16_at(document, FLAGS).unwrap_or(0);
    if flags & IS_ENCRYPTED != 0 {
        harvest.unread(place.clone(), Reason::Refused(Refused::Encrypted));
        return;
    }
    let table = table(if flags & IS_TABLE_1 != 0 { "1Table" } else { "0Table" }).unwrap_or_default();
    let Some(text) = pieces(document, table) else {
        harvest.unread(place.clone(), Reason::Damaged);
        return;
    };
    for (number, paragraph) in (1..).zip(text.split(['\r', '\u{7}', '\u{C}'])) {
        let text: String = paragraph.chars().filter_map(shown).collect();
        harvest.piece(place.counted(Mark::Paragraph, number), false, &text);
    }
}

/// The characters that Word keeps for itself ([MS-DOC] §2.4.1).
fn shown(c: char) -> Option<char> {
    match c {
        '\u{1E}' => Some('-'),
        '\u{B}' => Some('\n'),
        // Where the code of a field begins and ends.
        '\u{13}'..='\u{15}' => Some(' '),
        '\t' => Some(c),
        c if c.is_control() => None,
        c => Some(c),
    }
}

fn pieces(document: &[u8], table: &[u8]) -> Option<String> {
    let at = usize::try_from(u32_at(document, CLX)?).ok()?;
    let length = usize::try_from(u32_at(document, CLX_LENGTH)?).ok()?;
    let mut clx = table.get(at..at.checked_add(length)?)?;
    // Formatting of fast-saved pieces comes first.
    while let [1, low, high, ..] = clx {
        clx = clx.get(3 + usize::from(u16::from_le_bytes([*low, *high]))..)?;
    }
    let plc = clx.strip_prefix(&[2])?.get(4..)?;
    let count = plc.len().checked_sub(4)? / 12;
    let mut text = String::new();
    for index in 0..count {
        let (from, to) = (u32_at(plc, index * 4)?, u32_at(plc, index * 4 + 4)?);
        let offset = u32_at(plc, (count + 1) * 4 + index * 8 + 2)?;
        let characters = usize::try_from(to.checked_sub(from)?).ok()?;
        if offset & IS_NARROW != 0 {
            let at = usize::try_from((offset & !IS_NARROW) / 2).ok()?;
            text.push_str(&WINDOWS_1252.decode_without_bom_handling(document.get(at..at.checked_add(characters)?)?).0);
        } else {
            let at = usize::try_from(offset).ok()?;
            text.push_str(&UTF_16LE.decode_without_bom_handling(document.get(at..at.checked_add(characters.checked_mul(2)?)?)?).0);
        }
        // Pieces that overlap again and again are no document.
        if text.len() > document.len().saturating_mul(3) {
            return None;
        }
    }
    Some(text)
}
