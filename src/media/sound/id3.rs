//! `ID3v2` tags of versions 2, 3 and 4: every frame with its text, pictures and objects.

use super::super::bytes::{be24, be32, byte, from, head, index, name, piece};
use super::super::report::{Block, Finder, Reason};
use super::super::words;
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;

/// The longest frame that is unpacked.
const FRAME_MAX: usize = 16 << 20;

/// Length of the tag that begins with the bytes, with header and footer.
pub(in super::super) fn length(bytes: &[u8]) -> Option<usize> {
    if !bytes.starts_with(b"ID3") || byte(bytes, 3)? == 0xFF {
        return None;
    }
    let footer = if byte(bytes, 5)? & 0x10 == 0 { 0 } else { 10 };
    Some(synchsafe(be32(bytes, 6)?) + 10 + footer)
}

/// Seven bits of each byte.
fn synchsafe(number: u32) -> usize {
    index(number & 0x7F | (number >> 1) & 0x3F80 | (number >> 2) & 0x1F_C000 | (number >> 3) & 0x0FE0_0000)
}

/// Reads a tag whole.
pub(in super::super) fn look(finder: &mut Finder, tag: &[u8]) {
    finder.block(Block::Id3);
    let (version, flags) = (byte(tag, 3).unwrap_or(0), byte(tag, 5).unwrap_or(0));
    let size = be32(tag, 6).map_or(0, synchsafe);
    let body = head(from(tag, 10), size);
    if body.len() < size {
        finder.unread(Block::Id3, "", Reason::Damaged);
    }
    if !finder.spend(body.len()) {
        return;
    }
    let body = if flags & 0x80 == 0 || version == 4 { body.to_vec() } else { synchronised(body) };
    let start = match (flags & 0x40, version) {
        (0x40, 3) => be32(&body, 0).map_or(0, index).saturating_add(4),
        (0x40, 4) => be32(&body, 0).map_or(0, synchsafe),
        _ => 0,
    };
    frames(finder, version, from(&body, start));
}

/// Takes out the zeros that keep a tag from looking like sound.
fn synchronised(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(bytes.len());
    let mut last = 0;
    for byte in bytes {
        if !(last == 0xFF && *byte == 0) {
            plain.push(*byte);
        }
        last = *byte;
    }
    plain
}

fn frames(finder: &mut Finder, version: u8, bytes: &[u8]) {
    let mut at = 0;
    while let Some((field, content, next)) = frame(finder, version, bytes, at) {
        match content {
            Some(content) => say(finder, version, &field, &content),
            None => finder.unread(Block::Id3, &field, Reason::Packed),
        }
        at = next;
    }
    finder.raw(Block::Id3, "", from(bytes, at));
}

/// Name and content of a frame, and where the next one begins.
fn frame(finder: &mut Finder, version: u8, bytes: &[u8], at: usize) -> Option<(String, Option<Vec<u8>>, usize)> {
    if version < 3 {
        let field = piece(bytes, at, 3).filter(|name| name.iter().all(u8::is_ascii_alphanumeric))?;
        let content = piece(bytes, at + 6, index(be24(bytes, at + 3)?))?;
        finder.spend(content.len()).then_some(())?;
        return Some((words::latin1(field), Some(content.to_vec()), at + 6 + content.len()));
    }
    let field = name(bytes, at).filter(|name| name.iter().all(u8::is_ascii_alphanumeric))?;
    let size = be32(bytes, at + 4)?;
    let length = if version == 4 { synchsafe(size) } else { index(size) };
    let content = piece(bytes, at + 10, length)?;
    let flags = byte(bytes, at + 9)?;
    finder.spend(content.len()).then_some(())?;
    Some((words::latin1(&field), unpacked(finder, version, flags, content), at + 10 + length))
}

/// The content without what its flags announce; none where it is encrypted or does not unpack.
fn unpacked(finder: &mut Finder, version: u8, flags: u8, content: &[u8]) -> Option<Vec<u8>> {
    let is_four = version == 4;
    let (packed, encrypted, grouped) = if is_four { (flags & 8, flags & 4, flags & 0x40) } else { (flags & 0x80, flags & 0x40, flags & 0x20) };
    if encrypted != 0 {
        return None;
    }
    // Version 3 writes the length before all else when packed, version 4 where a flag says so.
    let has_length = if is_four { flags & 1 != 0 } else { packed != 0 };
    let skip = usize::from(grouped != 0) + if has_length { 4 } else { 0 };
    let content = from(content, skip);
    let content = if is_four && flags & 2 != 0 { synchronised(content) } else { content.to_vec() };
    if packed == 0 {
        return Some(content);
    }
    let most = finder.left().min(FRAME_MAX);
    decompress_to_vec_zlib_with_limit(&content, most).ok().filter(|content| finder.spend(content.len()))
}

fn say(finder: &mut Finder, version: u8, field: &str, content: &[u8]) {
    match field {
        _ if field.starts_with("TXX") || field.starts_with("WXX") => {
            let text = text(content);
            finder.report.location |= text.to_lowercase().contains("gps") || text.to_lowercase().contains("location");
            finder.text(Block::Id3, field, text);
        }
        "COMM" | "COM" | "USLT" | "ULT" => {
            let (encoding, rest) = content.split_at(content.len().min(1));
            finder.text(Block::Id3, field, text(&[encoding, from(rest, 3)].concat()));
        }
        "APIC" | "PIC" => picture(finder, field, content),
        // Chapters hold frames themselves, behind a name and four numbers.
        "CHAP" | "CTOC" => {
            let end = content.iter().position(|byte| *byte == 0).map_or(content.len(), |zero| zero + 1);
            finder.guess(Block::Id3, field, head(content, end));
            let start = if field == "CHAP" { end + 16 } else { end + 2 };
            finder.inside(Block::Id3, |finder| frames(finder, version, from(content, start)));
        }
        _ if field.starts_with('T') => finder.text(Block::Id3, field, text(content)),
        _ if field.starts_with('W') => finder.guess(Block::Id3, field, content),
        _ => finder.raw(Block::Id3, field, content),
    }
}

/// An encoding byte, then text: Latin-1 (in China mostly GBK), UTF-16 with and without mark, UTF-8.
fn text(content: &[u8]) -> String {
    let Some((encoding, text)) = content.split_first() else { return String::new() };
    match encoding {
        1 => {
            let is_big_endian = text.starts_with(&[0xFE, 0xFF]);
            words::utf16(text, is_big_endian).replace(['\u{FEFF}', '\u{FFFE}'], "").trim().to_owned()
        }
        2 => words::utf16(text, true),
        _ => words::guess(text),
    }
}

/// A cover: its description, and the picture itself from the first mark of one on.
fn picture(finder: &mut Finder, field: &str, content: &[u8]) {
    let marks: [&[u8]; 4] = [&[0xFF, 0xD8, 0xFF], &[0x89, b'P', b'N', b'G'], b"GIF8", b"RIFF"];
    let start = marks.iter().filter_map(|mark| super::super::bytes::find(content, mark, 0)).min().unwrap_or(content.len());
    finder.text(Block::Id3, field, description(head(content, start)));
    finder.thumbnail(from(content, start));
}

/// Encoding, media type in Latin-1 up to a zero, kind of picture, then the text.
fn description(before: &[u8]) -> String {
    let rest = from(before, 1);
    let end = rest.iter().position(|byte| *byte == 0).unwrap_or(rest.len());
    let said = text(&[head(before, 1), from(rest, end + 2)].concat());
    format!("{}\n{said}", words::latin1(head(rest, end)))
}
