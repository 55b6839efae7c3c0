//! The texts of neighbours, stripe by stripe: what excerpts are cut from.

use super::document::Document;
use super::stream::{Anchor, Body};
use std::ops::Range;

/// Writes the entry of one document for each stripe of its text: a JSON array.
pub(super) fn entries(document: &Document<'_>, body: &Body<'_>, index: u32) -> Vec<Vec<u8>> {
    body.stripes.iter().enumerate().map(|(stripe, range)| entry(document, body, (index, stripe), range)).collect()
}

fn entry(document: &Document<'_>, body: &Body<'_>, (index, stripe): (u32, usize), range: &Range<usize>) -> Vec<u8> {
    let text = body.text.get(range.clone()).unwrap_or_default();
    let mut out = Vec::with_capacity(text.len() + 256);
    out.push(b'[');
    out.extend_from_slice(index.to_string().as_bytes());
    let lead = if stripe == 0 { document.lead } else { "" };
    for field in [document.lang, document.url, document.id, document.title, document.date, document.places, lead, text] {
        out.push(b',');
        string_into(&mut out, field);
    }
    out.extend_from_slice(b",[");
    let before = body.anchors.iter().rev().find(|anchor| anchor.at <= range.start).map(|anchor| Anchor { at: range.start, ..*anchor });
    let inside = body.anchors.iter().copied().filter(|anchor| anchor.at > range.start && anchor.at < range.end);
    for (at, anchor) in before.into_iter().chain(inside).enumerate() {
        let offset = text.get(..anchor.at - range.start).unwrap_or_default().encode_utf16().count();
        out.extend_from_slice(if at == 0 { b"[" } else { b",[" });
        out.extend_from_slice(offset.to_string().as_bytes());
        out.push(b',');
        string_into(&mut out, anchor.id);
        out.push(b']');
    }
    out.extend_from_slice(b"]]");
    out
}

/// A JSON string (RFC 8259 §7).
pub(super) fn string_into(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    let bytes = text.as_bytes();
    let mut from = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let escape: &[u8] = match byte {
            b'"' => b"\\\"",
            b'\\' => b"\\\\",
            b'\n' => b"\\n",
            0..=0x1F => b"\\u00",
            _ => continue,
        };
        out.extend_from_slice(bytes.get(from..at).unwrap_or_default());
        out.extend_from_slice(escape);
        if escape == b"\\u00" {
            out.extend(format!("{byte:02x}").bytes());
        }
        from = at + 1;
    }
    out.extend_from_slice(bytes.get(from..).unwrap_or_default());
    out.push(b'"');
}

/// One stripe of a pack: the array of the entries of the documents that reach into it; nothing where none does.
pub(super) fn stripe(documents: &[Vec<Vec<u8>>], stripe: usize) -> Vec<u8> {
    let mut out = Vec::new();
    for entry in documents.iter().filter_map(|entries| entries.get(stripe)) {
        out.push(if out.is_empty() { b'[' } else { b',' });
        out.extend_from_slice(entry);
    }
    if !out.is_empty() {
        out.push(b']');
    }
    out
}
