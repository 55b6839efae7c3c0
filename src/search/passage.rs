//! The text of a document, stripe by stripe: what excerpts are cut from. Each stripe is a file, so that a result costs no more than
//! its own text.

use super::document::Document;
use super::stream::{Anchor, Body};
use std::ops::Range;

/// Writes one stripe of a text with what a result shows of its document, a JSON array, into a cleared buffer.
pub(super) fn stripe_into(out: &mut Vec<u8>, document: &Document<'_>, body: &Body<'_>, stripe: usize, range: &Range<usize>) {
    let text = body.text.get(range.clone()).unwrap_or_default();
    let lead = if stripe == 0 { document.lead } else { "" };
    out.clear();
    for field in [document.lang, document.url, document.id, document.title, document.date, document.places, lead, text] {
        out.push(if out.is_empty() { b'[' } else { b',' });
        string_into(out, field);
    }
    out.extend_from_slice(b",[");
    let before = body.anchors.iter().rev().find(|anchor| anchor.at <= range.start).map(|anchor| Anchor { at: range.start, ..*anchor });
    let inside = body.anchors.iter().copied().filter(|anchor| anchor.at > range.start && anchor.at < range.end);
    for (at, anchor) in before.into_iter().chain(inside).enumerate() {
        let offset = text.get(..anchor.at - range.start).unwrap_or_default().encode_utf16().count();
        out.extend_from_slice(if at == 0 { b"[" } else { b",[" });
        out.extend_from_slice(offset.to_string().as_bytes());
        out.push(b',');
        string_into(out, anchor.id);
        out.push(b']');
    }
    out.extend_from_slice(b"]]");
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
