//! Vorbis comments and the pictures of FLAC, which all formats of Xiph share.

use super::super::base64;
use super::super::bytes::{be32, from, head, index, le32, piece};
use super::super::report::{Block, Finder, Reason};
use super::super::words;

/// Reads a list of comments: who made the stream, how many, then `KEY=text` each; lengths before all.
pub(super) fn look(finder: &mut Finder, bytes: &[u8]) {
    finder.block(Block::Vorbis);
    let mut at = 0;
    let Some(vendor) = string(bytes, &mut at) else {
        finder.raw(Block::Vorbis, "", bytes);
        finder.unread(Block::Vorbis, "", Reason::Damaged);
        return;
    };
    if !vendor.is_empty() {
        finder.guess(Block::Vorbis, "ENCODER", vendor);
    }
    let count = le32(bytes, at).unwrap_or(0);
    at += 4;
    for _ in 0..count {
        let Some(comment) = string(bytes, &mut at) else {
            finder.unread(Block::Vorbis, "", Reason::Damaged);
            break;
        };
        say(finder, comment);
    }
    // A last bit that says that all is there.
    if from(bytes, at) != [1] {
        finder.raw(Block::Vorbis, "", from(bytes, at));
    }
}

fn string<'a>(bytes: &'a [u8], at: &mut usize) -> Option<&'a [u8]> {
    let text = piece(bytes, *at + 4, index(le32(bytes, *at)?))?;
    *at += 4 + text.len();
    Some(text)
}

fn say(finder: &mut Finder, comment: &[u8]) {
    if !finder.spend(comment.len()) {
        return;
    }
    let comment = words::guess(comment);
    let (key, text) = comment.split_once('=').unwrap_or(("", &comment));
    let key = key.to_ascii_uppercase();
    match key.as_str() {
        "METADATA_BLOCK_PICTURE" => picture(finder, &base64::decode(text)),
        "COVERART" => finder.thumbnail(&base64::decode(text)),
        _ => {
            finder.report.location |= key.starts_with("LOCATION") || key.contains("GPS") || key.contains("GEO");
            finder.text(Block::Vorbis, &key, text);
        }
    }
}

/// A picture of FLAC (RFC 9639 §8.8): kind, media type, description, four numbers, the picture.
pub(super) fn picture(finder: &mut Finder, bytes: &[u8]) {
    let media = be32(bytes, 4).map_or(0, index);
    let at = 8usize.saturating_add(media);
    let described = be32(bytes, at).map_or(0, index);
    finder.guess(Block::Vorbis, "PICTURE", head(from(bytes, 8), media));
    finder.guess(Block::Vorbis, "PICTURE", head(from(bytes, at.saturating_add(4)), described));
    finder.thumbnail(from(bytes, at.saturating_add(described).saturating_add(24)));
}
