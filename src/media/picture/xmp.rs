//! XMP packets (ISO 16684-1): every property with its text, thumbnails in Base64, and whether one of them says where.

use super::super::base64;
use super::super::markup;
use super::super::report::{Block, Finder, Reason};
use super::super::words;

/// Names of properties that say where, by a part of them.
const PLACES: &[&str] = &["GPS", "Location", "City", "Sublocation", "Country", "State", "Latitude", "Longitude", "geo:"];

/// Reads a packet in UTF-8, -16 or -32.
pub(in super::super) fn look(finder: &mut Finder, bytes: &[u8]) {
    finder.block(Block::Xmp);
    if !finder.spend(bytes.len().saturating_mul(2)) {
        return;
    }
    let text = decode(bytes);
    let (mut found, mut pictures, mut location) = (Vec::new(), Vec::new(), false);
    let whole = markup::leaves(&text, |leaf| {
        let name = leaf.attribute.unwrap_or(leaf.element);
        if name.starts_with("xmlns") || matches!(name, "rdf:about" | "rdf:parseType" | "xml:lang" | "x:xmptk") && leaf.text.len() < 16 {
            return;
        }
        if matches!(name, "xmpGImg:image" | "xapGImg:image" | "GImage:Data" | "GDepth:Data" | "GAudio:Data") {
            pictures.push(base64::decode(leaf.text));
            return;
        }
        location |= PLACES.iter().any(|place| name.contains(place));
        found.push((name.to_owned(), leaf.text.to_owned()));
    });
    finder.report.location |= location;
    for (name, text) in found {
        finder.text(Block::Xmp, &name, text);
    }
    for picture in pictures {
        finder.thumbnail(&picture);
    }
    if !whole {
        finder.unread(Block::Xmp, "", Reason::Damaged);
        finder.text(Block::Xmp, "", words::runs(bytes));
    }
}

fn decode(bytes: &[u8]) -> String {
    let text = match bytes {
        [0, 0, 0, b'<', ..] => narrow(bytes, 3),
        [b'<', 0, 0, 0, ..] => narrow(bytes, 0),
        [0, b'<', ..] => words::utf16(bytes, true),
        [b'<', 0, ..] => words::utf16(bytes, false),
        _ => words::guess(bytes),
    };
    text.trim_start_matches('\u{FEFF}').to_owned()
}

/// UTF-32 with its lowest byte at this offset of each unit.
fn narrow(bytes: &[u8], lowest: usize) -> String {
    let unit = |unit: &[u8]| unit.try_into().ok().map(if lowest == 0 { u32::from_le_bytes } else { u32::from_be_bytes }).and_then(char::from_u32);
    bytes.chunks(4).map(|chunk| unit(chunk).unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}
