//! The words of an ICC profile (ICC.1:2022): who made it, and for a monitor which one.

use super::super::bytes::{be32, from, head, index, name, name_text, piece};
use super::super::report::{Block, Finder, Reason};
use super::super::words;

/// Tags in a profile; real ones have up to thirty.
const TAGS_MAX: u32 = 256;

/// Reads the text tags of a profile.
pub(in super::super) fn look(finder: &mut Finder, bytes: &[u8]) {
    finder.block(Block::Profile);
    let Some(count) = be32(bytes, 128) else {
        finder.unread(Block::Profile, "", Reason::Damaged);
        return;
    };
    for n in 0..index(count.min(TAGS_MAX)) {
        let at = 132 + n * 12;
        let (Some(tag), Some(start), Some(length)) = (name(bytes, at), be32(bytes, at + 4), be32(bytes, at + 8)) else { return };
        let Some(content) = piece(bytes, index(start), index(length)) else {
            finder.unread(Block::Profile, &name_text(tag), Reason::Damaged);
            continue;
        };
        let field = name_text(tag);
        match head(content, 4) {
            b"text" => finder.guess(Block::Profile, &field, from(content, 8)),
            b"desc" => {
                let letters = be32(content, 8).map_or(0, index);
                finder.guess(Block::Profile, &field, head(from(content, 12), letters));
            }
            b"mluc" => names(finder, &field, content),
            // Curves, matrices, tables and the other types that are numbers throughout.
            b"curv" | b"para" | b"XYZ " | b"mft1" | b"mft2" | b"mAB " | b"mBA " | b"sf32" | b"chrm" | b"view" | b"meas" | b"sig " | b"cicp" => {}
            _ if finder.spend(content.len()) => finder.text(Block::Profile, &field, words::runs(content)),
            _ => return,
        }
    }
}

/// One name in many languages, UTF-16 big-endian.
fn names(finder: &mut Finder, field: &str, content: &[u8]) {
    let count = be32(content, 8).unwrap_or(0).min(TAGS_MAX);
    for n in 0..index(count) {
        let at = 16 + n * 12;
        let (Some(length), Some(start)) = (be32(content, at + 4), be32(content, at + 8)) else { return };
        let Some(text) = piece(content, index(start), index(length)) else { return };
        if !finder.spend(text.len()) {
            return;
        }
        finder.text(Block::Profile, field, words::utf16(text, true));
    }
}
