//! User data of films: `QuickTime` texts, 3GPP assets, iTunes and `keys` metadata.

use super::super::bytes::{be16, be32, byte, from, head, index, name, name_text, piece};
use super::super::picture::xmp;
use super::super::report::{Block, Finder};
use super::super::words;
use super::boxes::{Boxed, boxes};
use super::search;

/// The boxes of a `udta` box.
pub(super) fn list(finder: &mut Finder, content: &[u8]) {
    finder.block(Block::UserData);
    let (found, rest) = boxes(content);
    for one in &found {
        let field = name_text(one.name);
        match &one.name {
            b"XMP_" => xmp::look(finder, one.content),
            b"loci" => place(finder, one.content),
            // Version, flags, language, text (3GPP TS 26.244 §8).
            b"titl" | b"auth" | b"dscp" | b"cprt" | b"perf" | b"gnre" | b"albm" => finder.guess(Block::UserData, &field, from(one.content, 6)),
            b"name" | b"manu" | b"modl" => finder.guess(Block::UserData, &field, one.content),
            [0xA9, ..] => {
                finder.report.location |= one.name == *b"\xA9xyz";
                text(finder, &field, one.content);
            }
            _ => {
                finder.block(Block::UserData);
                search::other(finder, one);
            }
        }
    }
    finder.raw(Block::UserData, "", rest);
}

/// Length, language, text, as often as there are languages; or an iTunes value.
fn text(finder: &mut Finder, field: &str, content: &[u8]) {
    if piece(content, 4, 4) == Some(b"data") {
        values(finder, field, content);
        return;
    }
    let mut at = 0;
    while let Some(length) = be16(content, at).map(usize::from).filter(|length| *length > 0) {
        let Some(text) = piece(content, at + 4, length) else { break };
        finder.guess(Block::UserData, field, text);
        at += 4 + length;
    }
    if at < content.len() && from(content, at).iter().any(|byte| *byte != 0) {
        finder.guess(Block::UserData, field, from(content, at));
    }
}

/// Language, name of the place, its role, longitude and latitude as 16.16, altitude, body, notes (3GPP TS 26.244 §8.2).
fn place(finder: &mut Finder, content: &[u8]) {
    finder.report.location = true;
    let rest = from(content, 6);
    let end = if rest.starts_with(&[0xFE, 0xFF]) {
        rest.chunks(2).position(|pair| pair == [0, 0]).map_or(rest.len(), |n| n * 2 + 2)
    } else {
        rest.iter().position(|byte| *byte == 0).map_or(rest.len(), |n| n + 1)
    };
    finder.guess(Block::UserData, "loci", head(rest, end));
    let degree = |at: usize| be32(rest, at).map(|number| f64::from(number.cast_signed()) / 65536.0);
    if let (Some(longitude), Some(latitude)) = (degree(end + 1), degree(end + 5)) {
        finder.text(Block::UserData, "loci", format!("{latitude:.6}, {longitude:.6}"));
    }
    let notes = from(rest, end + 13);
    if !notes.is_empty() {
        finder.guess(Block::UserData, "loci", notes);
    }
}

/// A `meta` box of ISO, with version and flags, or of `QuickTime`, without.
pub(super) fn meta(finder: &mut Finder, content: &[u8]) {
    finder.block(Block::UserData);
    let content = if name(content, 4) == Some(*b"hdlr") { content } else { from(content, 4) };
    let (found, rest) = boxes(content);
    let keys = found.iter().find(|one| one.name == *b"keys").map(|one| keys(one.content)).unwrap_or_default();
    for one in &found {
        match &one.name {
            b"hdlr" => finder.guess(Block::UserData, "hdlr", from(one.content, 24)),
            b"keys" => finder.text(Block::UserData, "keys", keys.join("\n")),
            b"ilst" => {
                for item in &boxes(one.content).0 {
                    item_of_list(finder, item, &keys);
                }
            }
            b"xml " => xmp::look(finder, from(one.content, 4)),
            b"free" => finder.raw(Block::UserData, "free", one.content),
            _ => search::other(finder, one),
        }
    }
    finder.raw(Block::UserData, "meta", rest);
}

/// Names of keys in their order; an item's four letters are then its number, from one.
fn keys(content: &[u8]) -> Vec<String> {
    boxes(from(content, 8)).0.iter().map(|key| words::guess(key.content)).collect()
}

fn item_of_list(finder: &mut Finder, item: &Boxed<'_>, keys: &[String]) {
    let number = index(u32::from_be_bytes(item.name));
    let field = keys.get(number.wrapping_sub(1)).cloned().unwrap_or_else(|| name_text(item.name));
    if item.name != *b"----" {
        values(finder, &field, item.content);
        return;
    }
    // A name of any length: who invented it, the name, the value.
    let parts = boxes(item.content).0;
    let title = parts.iter().find(|part| part.name == *b"name").map_or(String::new(), |part| words::guess(from(part.content, 4)));
    for part in parts.iter().filter(|part| part.name == *b"mean" || part.name == *b"name") {
        finder.guess(Block::UserData, "----", from(part.content, 4));
    }
    values(finder, &title, item.content);
}

/// The values of an item: kind, language, content.
fn values(finder: &mut Finder, field: &str, content: &[u8]) {
    finder.report.location |= field.contains("location") || field.ends_with("xyz");
    let (found, rest) = boxes(content);
    for one in &found {
        let value = from(one.content, 8);
        match (&one.name, be32(one.content, 0)) {
            (b"mean" | b"name", _) => {}
            (b"data", Some(13 | 14 | 27)) => finder.thumbnail(value),
            (b"data", Some(2)) => finder.text(Block::UserData, field, words::utf16(value, true)),
            // Numbers: 21 and 22 with and without sign, 23 and 24 fractions.
            (b"data", Some(21..=24)) if value.len() <= 8 => {
                let number = value.iter().fold(0u64, |number, byte| number << 8 | u64::from(*byte));
                finder.text(Block::UserData, field, number.to_string());
            }
            (b"data", Some(0)) if byte(value, 0).is_some_and(|byte| byte < 9) => finder.raw(Block::UserData, field, value),
            (b"data", _) => finder.guess(Block::UserData, field, value),
            _ => search::other(finder, one),
        }
    }
    finder.raw(Block::UserData, field, rest);
}
