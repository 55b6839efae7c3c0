//! Inside compound files: property sets ([MS-OLEPS]) and the packer of embedded files (Ole10Native, [MS-OLEDS] §2.3.6).

use super::harvest::Harvest;
use super::mark::Mark;
use super::{Place, encoding};
use encoding_rs::UTF_16LE;

/// Bytes of a little-endian number at a place.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_le_bytes)
}

/// Bytes of a little-endian number at a place.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}

fn size_at(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32_at(bytes, at)?).ok()
}

/// Types of a property: text in a code page, text in UTF-16 ([MS-OLEPS] §2.2).
const TEXT: u32 = 0x1E;
const WIDE_TEXT: u32 = 0x1F;
/// No property set has more.
const PROPERTIES_MAX: usize = 1_000;

/// Hands out the text properties of a set.
pub(super) fn properties(stream: &str, bytes: &[u8], place: &Place, harvest: &mut Harvest) {
    let is_summary = stream == "\u{5}SummaryInformation";
    let Some(section) = size_at(bytes, 44).and_then(|at| bytes.get(at..)) else { return };
    let count = size_at(section, 4).unwrap_or(0).min(PROPERTIES_MAX);
    for index in 0..count {
        let Some((id, at)) = u32_at(section, 8 + index * 8).zip(size_at(section, 12 + index * 8)) else { return };
        let Some(text) = text_at(section, at) else { continue };
        let place = match name(is_summary, id) {
            Some(term) => place.term(Mark::Property, term),
            None => place.named(Mark::Property, &id.to_string()),
        };
        harvest.piece(place, true, text.trim_end_matches('\0'));
    }
}

fn text_at(section: &[u8], at: usize) -> Option<String> {
    let length = size_at(section, at.checked_add(4)?)?;
    let from = at.checked_add(8)?;
    match u32_at(section, at)? {
        TEXT => Some(encoding::decode_name(section.get(from..from.checked_add(length)?)?)),
        WIDE_TEXT => Some(UTF_16LE.decode(section.get(from..from.checked_add(length.checked_mul(2)?)?)?).0.into_owned()),
        _ => None,
    }
}

/// Names of the properties by number ([MS-OLEPS] §3.1.2, [MS-OSHARED] §2.3.3.2.2).
fn name(is_summary: bool, id: u32) -> Option<[&'static str; 2]> {
    let name = match (is_summary, id) {
        (true, 2) => "title",
        (true, 3) => "subject",
        (true, 4) => "creator",
        (true, 5) => "keywords",
        (true, 6) => "description",
        (true, 7) => "Template",
        (true, 8) => "lastModifiedBy",
        (false, 2) => "category",
        (false, 14) => "Manager",
        (false, 15) => "Company",
        _ => return None,
    };
    super::property::term(name)
}

/// A file packed by the packer of Windows.
#[derive(Debug)]
pub(super) struct Native<'a> {
    /// Its name.
    pub(super) label: String,
    /// Its name and the paths that it had, one a line: these often hold the name of a user.
    pub(super) names: String,
    pub(super) bytes: &'a [u8],
}

/// Unpacks an embedded file.
pub(super) fn native(bytes: &[u8]) -> Option<Native<'_>> {
    let rest = bytes.get(6..)?;
    let (label, rest) = cut(rest)?;
    let (path, rest) = cut(rest)?;
    // Four bytes of flags, then the path of a temporary file with its length.
    let length = size_at(rest, 4)?;
    let temporary = rest.get(8..8usize.checked_add(length)?)?;
    let rest = rest.get(8 + length..)?;
    let size = size_at(rest, 0)?;
    let content = rest.get(4..4usize.checked_add(size)?)?;
    let tail = rest.get(4 + size..).unwrap_or_default();
    let wide = UTF_16LE.decode(tail).0.replace('\0', "\n");
    let names = format!("{label}\n{path}\n{}\n{wide}", encoding::decode_name(temporary).trim_end_matches('\0'));
    Some(Native { label, names, bytes: content })
}

fn cut(bytes: &[u8]) -> Option<(String, &[u8])> {
    let end = bytes.iter().position(|byte| *byte == 0)?;
    Some((encoding::decode_name(bytes.get(..end)?), bytes.get(end + 1..)?))
}
