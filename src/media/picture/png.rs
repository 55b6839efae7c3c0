//! PNG (third edition, 2025): its text, time and Exif chunks, those of unknown make, and what stands behind its end.

use super::super::bytes::{be16, be32, byte, find, from, head, index, name, name_text, piece};
use super::super::report::{Block, Finder, Reason};
use super::super::words;
use super::{icc, iptc, tiff, trailing, xmp};
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;

/// The longest text that is unpacked.
const TEXT_MAX: usize = 16 << 20;

/// Looks through a PNG file.
pub(in super::super) fn look(finder: &mut Finder, bytes: &[u8]) {
    let mut at = 8;
    while let Some((kind, content)) = chunk(bytes, at) {
        at += 12 + content.len();
        match &kind {
            b"IEND" => {
                finder.raw(Block::Unknown, "IEND", content);
                trailing::look(finder, from(bytes, at));
                return;
            }
            // Pixels and how they are shown; each of a length that leaves no room for words.
            b"IHDR" | b"PLTE" | b"IDAT" | b"tRNS" | b"gAMA" | b"cHRM" | b"sRGB" | b"sBIT" | b"bKGD" | b"pHYs" | b"hIST" | b"cICP" | b"mDCV"
            | b"cLLI" | b"acTL" | b"fcTL" | b"fdAT" => {}
            b"tEXt" => text(finder, content),
            b"zTXt" => packed_text(finder, content),
            b"iTXt" => international(finder, content),
            b"iCCP" => profile(finder, content),
            b"eXIf" => tiff::look(finder, content, false),
            b"tIME" => time(finder, content),
            _ => finder.raw(Block::Unknown, &name_text(kind), content),
        }
    }
    finder.raw(Block::Unknown, "", from(bytes, at));
    finder.unread(Block::Unknown, "", Reason::Damaged);
}

/// Name and content of the chunk at a place.
pub(in super::super) fn chunk(bytes: &[u8], at: usize) -> Option<([u8; 4], &[u8])> {
    let content = piece(bytes, at.checked_add(8)?, index(be32(bytes, at)?))?;
    // Its checksum must be there; whether it is right does not matter to what it says.
    piece(bytes, at + 8 + content.len(), 4)?;
    Some((name(bytes, at + 4)?, content))
}

/// What stands before and behind the first zero.
fn split(content: &[u8]) -> (&[u8], &[u8]) {
    let zero = find(content, &[0], 0).unwrap_or(content.len());
    (head(content, zero), from(content, zero + 1))
}

fn unpack(finder: &mut Finder, packed: &[u8]) -> Option<Vec<u8>> {
    let most = finder.left().min(TEXT_MAX);
    let text = decompress_to_vec_zlib_with_limit(packed, most).ok();
    if text.is_none() {
        finder.unread(Block::PngText, "", Reason::Packed);
    }
    text.filter(|text| finder.spend(text.len()))
}

fn text(finder: &mut Finder, content: &[u8]) {
    let (key, text) = split(content);
    say(finder, key, text);
}

fn packed_text(finder: &mut Finder, content: &[u8]) {
    let (key, rest) = split(content);
    match unpack(finder, from(rest, 1)) {
        Some(text) => say(finder, key, &text),
        None => finder.guess(Block::PngText, "", key),
    }
}

/// Keyword, whether it is packed and how, language, keyword in that language, text (§11.3.3.4).
fn international(finder: &mut Finder, content: &[u8]) {
    let (key, rest) = split(content);
    let is_packed = byte(rest, 0) == Some(1);
    let (language, rest) = split(from(rest, 2));
    let (translated, text) = split(rest);
    for word in [language, translated] {
        finder.guess(Block::PngText, &words::latin1(key), word);
    }
    if !is_packed {
        say(finder, key, text);
    } else if let Some(text) = unpack(finder, text) {
        say(finder, key, &text);
    }
}

fn say(finder: &mut Finder, key: &[u8], text: &[u8]) {
    finder.block(Block::PngText);
    let key = words::latin1(key);
    match key.strip_prefix("Raw profile type ") {
        _ if key == "XML:com.adobe.xmp" => xmp::look(finder, text),
        Some(kind) => raw_profile(finder, kind, text),
        None => {
            // A keyword of up to 79 letters may be a word itself.
            if !KEYWORDS.contains(&key.as_str()) {
                finder.text(Block::PngText, "", key.clone());
            }
            finder.guess(Block::PngText, &key, text);
        }
    }
}

const KEYWORDS: &[&str] = &["Title", "Author", "Description", "Copyright", "Creation Time", "Software", "Disclaimer", "Warning", "Source", "Comment"];

/// What `ImageMagick` writes: a name, a length, then hexadecimal digits.
fn raw_profile(finder: &mut Finder, kind: &str, text: &[u8]) {
    let digits = text.split(|byte| *byte == b'\n').skip(3).flatten().filter_map(|digit| char::from(*digit).to_digit(16)).collect::<Vec<_>>();
    let bytes = digits.chunks_exact(2).filter_map(|pair| u8::try_from(pair.iter().fold(0, |byte, digit| byte << 4 | digit)).ok()).collect::<Vec<_>>();
    match kind {
        "exif" | "APP1" | "app1" => match bytes.strip_prefix(b"Exif\0\0") {
            Some(exif) => tiff::look(finder, exif, false),
            None if bytes.starts_with(b"http://ns.adobe.com/xap/1.0/\0") => xmp::look(finder, from(&bytes, 29)),
            None => tiff::look(finder, &bytes, false),
        },
        "iptc" | "8bim" if bytes.starts_with(b"8BIM") => iptc::resources(finder, &bytes),
        "iptc" => iptc::datasets(finder, &bytes),
        "xmp" => xmp::look(finder, &bytes),
        "icc" | "icm" => icc::look(finder, &bytes),
        _ => finder.raw(Block::PngText, kind, &bytes),
    }
    finder.guess(Block::PngText, kind, text.split(|byte| *byte == b'\n').nth(1).unwrap_or_default());
}

fn profile(finder: &mut Finder, content: &[u8]) {
    let (title, rest) = split(content);
    finder.guess(Block::Profile, "name", title);
    match unpack(finder, from(rest, 1)) {
        Some(profile) => icc::look(finder, &profile),
        None => finder.block(Block::Profile),
    }
}

fn time(finder: &mut Finder, content: &[u8]) {
    let number = |at: usize| byte(content, at).unwrap_or(0);
    let year = be16(content, 0).unwrap_or(0);
    finder.text(Block::Time, "tIME", format!("{year:04}-{:02}-{:02} {:02}:{:02}:{:02}", number(2), number(3), number(4), number(5), number(6)));
    finder.raw(Block::Time, "tIME", from(content, 7));
}
