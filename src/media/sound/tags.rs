//! Tags behind the frames of MP3: ID3v1 with its extension, `APEv2`, Lyrics3. They are peeled off from the end.

use super::super::bytes::{find, from, head, index, le32, piece};
use super::super::report::{Block, Finder};
use super::super::words;
use super::id3;

/// What a tag is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    Id3v1,
    Id3v1Extension,
    Ape,
    Lyrics,
    Id3v2,
    /// Zeros.
    Padding,
}

/// The tag that ends with the bytes and its length.
pub(super) fn last(bytes: &[u8]) -> Option<(Tag, usize)> {
    let ending = |length: usize| bytes.len().checked_sub(length).map(|at| from(bytes, at));
    if ending(128).is_some_and(|tag| tag.starts_with(b"TAG")) {
        return Some((Tag::Id3v1, 128));
    }
    if ending(227).is_some_and(|tag| tag.starts_with(b"TAG+")) {
        return Some((Tag::Id3v1Extension, 227));
    }
    if let Some(footer) = ending(32).filter(|footer| footer.starts_with(b"APETAGEX")) {
        let size = index(le32(footer, 12)?);
        // The size counts the footer but not the header, which the highest flag announces.
        let whole = size.checked_add(if le32(footer, 20)? & 0x8000_0000 == 0 { 0 } else { 32 })?;
        return (size >= 32 && whole <= bytes.len()).then_some((Tag::Ape, whole));
    }
    if let Some(end) = ending(15).filter(|end| end.ends_with(b"LYRICS200")) {
        let size: usize = std::str::from_utf8(head(end, 6)).ok()?.parse().ok()?;
        return (size + 15 <= bytes.len()).then_some((Tag::Lyrics, size + 15));
    }
    if bytes.ends_with(b"LYRICSEND") {
        // The first version says no length; it holds at most 5100 bytes.
        let start = bytes.len().saturating_sub(5100 + 20);
        let found = find(bytes, b"LYRICSBEGIN", start)?;
        return Some((Tag::Lyrics, bytes.len() - found));
    }
    if let Some(footer) = ending(10).filter(|footer| footer.starts_with(b"3DI")) {
        let as_header = [b"ID3", from(footer, 3)].concat();
        return id3::length(&as_header).filter(|length| *length <= bytes.len()).map(|length| (Tag::Id3v2, length));
    }
    let zeros = bytes.iter().rev().take_while(|byte| **byte == 0).count();
    (zeros > 0).then_some((Tag::Padding, zeros))
}

/// The tag that begins with the bytes and its length.
pub(super) fn first(bytes: &[u8]) -> Option<(Tag, usize)> {
    if let Some(length) = id3::length(bytes) {
        return Some((Tag::Id3v2, length));
    }
    if bytes.starts_with(b"APETAGEX") {
        return Some((Tag::Ape, index(le32(bytes, 12)?).saturating_add(32)));
    }
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    (zeros > 0).then_some((Tag::Padding, zeros))
}

/// Reads a tag.
pub(super) fn look(finder: &mut Finder, tag: Tag, bytes: &[u8]) {
    match tag {
        Tag::Id3v1 => {
            for (field, start, length) in [("TIT2", 3, 30), ("TPE1", 33, 30), ("TALB", 63, 30), ("TYER", 93, 4), ("COMM", 97, 30)] {
                finder.guess(Block::Id3, field, piece(bytes, start, length).unwrap_or_default());
            }
        }
        Tag::Id3v1Extension => finder.raw(Block::Id3, "TAG+", from(bytes, 4)),
        Tag::Ape => ape(finder, bytes),
        Tag::Lyrics => finder.guess(Block::Lyrics, "", bytes),
        Tag::Id3v2 => id3::look(finder, bytes),
        Tag::Padding => {}
    }
}

/// Items of an `APEv2` tag: length, flags, key, a zero, value.
fn ape(finder: &mut Finder, bytes: &[u8]) {
    finder.block(Block::Ape);
    let mut at = if bytes.starts_with(b"APETAGEX") { 32 } else { 0 };
    while let (Some(length), Some(flags)) = (le32(bytes, at), le32(bytes, at + 4)) {
        if from(bytes, at).starts_with(b"APETAGEX") {
            return;
        }
        let Some(end) = find(head(bytes, at.saturating_add(8 + 256)), &[0], at + 8) else { break };
        let key = words::latin1(bytes.get(at + 8..end).unwrap_or_default());
        let value = head(from(bytes, end + 1), index(length));
        // Flags 1 and 2 hold the kind: 1 is binary, in practice a cover behind its file name.
        if flags >> 1 & 3 == 1 {
            let start = value.iter().position(|byte| *byte == 0).map_or(0, |zero| zero + 1);
            finder.guess(Block::Ape, &key, head(value, start));
            finder.thumbnail(from(value, start));
        } else {
            finder.guess(Block::Ape, &key, value);
        }
        at = end.saturating_add(1).saturating_add(index(length));
    }
    finder.raw(Block::Ape, "", from(bytes, at));
}
