//! WebP: its Exif and XMP chunks, those of unknown make, and what stands behind its end.

use super::super::bytes::{from, head, index, le32, name, name_text, piece};
use super::super::report::{Block, Finder, Reason};
use super::{icc, tiff, trailing, xmp};

/// Name, content and place of the next chunk of a RIFF list; a chunk that is cut off is given as far as it goes.
pub(in super::super) fn chunk(bytes: &[u8], at: usize) -> Option<([u8; 4], &[u8], usize)> {
    let length = index(le32(bytes, at.checked_add(4)?)?);
    let content = head(from(bytes, at + 8), length);
    Some((name(bytes, at)?, content, at.checked_add(8)?.checked_add(length)?.checked_add(length % 2)?))
}

/// Looks through a WebP file.
pub(in super::super) fn look(finder: &mut Finder, bytes: &[u8]) {
    let end = 8usize.saturating_add(le32(bytes, 4).map_or(0, index));
    if end > bytes.len() {
        finder.unread(Block::Unknown, "RIFF", Reason::Damaged);
    }
    chunks(finder, head(bytes, end), 12);
    trailing::look(finder, from(bytes, end.saturating_add(end % 2)));
}

fn chunks(finder: &mut Finder, bytes: &[u8], start: usize) {
    let mut at = start;
    while let Some((kind, content, next)) = chunk(bytes, at) {
        match &kind {
            b"VP8 " | b"VP8L" | b"ALPH" => {}
            b"VP8X" | b"ANIM" if content.len() <= 10 => {}
            // A frame: sixteen bytes, then chunks of its own, which hold no frames.
            b"ANMF" => frame(finder, from(content, 16)),
            b"ICCP" => icc::look(finder, content),
            b"EXIF" => tiff::look(finder, content.strip_prefix(b"Exif\0\0").unwrap_or(content), false),
            b"XMP " | b"XMP\0" => xmp::look(finder, content),
            _ => finder.raw(Block::Unknown, &name_text(kind), content),
        }
        at = next;
    }
    finder.raw(Block::Unknown, "", from(bytes, at));
}

fn frame(finder: &mut Finder, bytes: &[u8]) {
    let mut at = 0;
    while let Some((kind, content, next)) = chunk(bytes, at) {
        if !matches!(&kind, b"VP8 " | b"VP8L" | b"ALPH") {
            finder.raw(Block::Unknown, &name_text(kind), content);
        }
        at = next;
    }
    if piece(bytes, at, 1).is_some() {
        finder.raw(Block::Unknown, "ANMF", from(bytes, at));
    }
}
