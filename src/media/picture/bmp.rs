//! Windows bitmaps: gaps between header and pixels, a colour profile that may name a file, and what stands behind the pixels.

use super::super::bytes::{from, head, index, le16, le32, piece};
use super::super::report::{Block, Finder, Reason};
use super::{icc, trailing};

/// Looks through a bitmap.
pub(in super::super) fn look(finder: &mut Finder, bytes: &[u8]) {
    let number = |at: usize| le32(bytes, at).map_or(0, index);
    let (pixels, header) = (number(10), number(14));
    let bits = usize::from(le16(bytes, 28).unwrap_or(0));
    let (width, height) = (number(18), le32(bytes, 22).map_or(0, |height| index(height.cast_signed().unsigned_abs())));
    let colours = if bits <= 8 && number(46) == 0 { 1 << bits } else { number(46) };
    let masks = if header == 40 && matches!(number(30), 3 | 6) { 16 } else { 0 };
    let behind_table = 14usize.saturating_add(header).saturating_add(masks).saturating_add(colours.saturating_mul(4));
    if pixels > behind_table {
        finder.raw(Block::Unknown, "", head(from(bytes, behind_table), pixels - behind_table));
    }
    // Packed pixels say how long they are, others follow from the size; rows are filled up to four bytes.
    let length = match number(30) {
        1 | 2 | 4 | 5 => number(34),
        _ => width.saturating_mul(bits).div_ceil(32).saturating_mul(4).saturating_mul(height),
    };
    let mut end = pixels.saturating_add(length);
    if header >= 124 {
        end = end.max(profile(finder, bytes));
    }
    if end > bytes.len() || header < 12 {
        finder.unread(Block::Unknown, "", Reason::Damaged);
    }
    trailing::look(finder, from(bytes, end));
}

/// The profile of a fifth version's header, and where it ends: inside, or as the path of a file.
fn profile(finder: &mut Finder, bytes: &[u8]) -> usize {
    let number = |at: usize| le32(bytes, at).map_or(0, index);
    let (start, length) = (14usize.saturating_add(number(14 + 112)), number(14 + 116));
    match (piece(bytes, 14 + 56, 4), piece(bytes, start, length)) {
        (Some(b"DEBM"), Some(profile)) => icc::look(finder, profile),
        (Some(b"KNIL"), Some(path)) => finder.guess(Block::Profile, "LINK", path),
        _ => return 0,
    }
    start.saturating_add(length)
}
