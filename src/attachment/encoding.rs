//! Bytes → text: UTF-8 strictly, then UTF-16, then GB18030; bytes that are none of these are no text.

use crate::text::gb2312_level;
use encoding_rs::{Encoding, GB18030, UTF_16BE, UTF_16LE};

/// A decoded text.
#[derive(Debug)]
pub(super) struct Decoded {
    pub(super) text: String,
    /// Whether some bytes made no sense.
    pub(super) is_damaged: bool,
}

/// Decodes a file that should be text; none if it is none.
pub(super) fn decode(bytes: &[u8]) -> Option<Decoded> {
    if let Some(encoding) = utf16(bytes) {
        return Some(with(bytes, encoding));
    }
    if is_binary(bytes) {
        return None;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(Decoded { text: text.trim_start_matches('\u{FEFF}').to_owned(), is_damaged: false });
    }
    let decoded = with(bytes, GB18030);
    let strange = decoded.text.chars().filter(|c| *c == '\u{FFFD}').count();
    if strange * 10 > decoded.text.chars().count() {
        return None;
    }
    if !decoded.is_damaged {
        let is_damaged = !is_likely(&decoded.text);
        return Some(Decoded { is_damaged, ..decoded });
    }
    // Both readings, since either may be the true one.
    let text = format!("{}\n{}", decoded.text, String::from_utf8_lossy(bytes));
    Some(Decoded { text, is_damaged: true })
}

/// Whether the characters are those that people write: nearly all of the Han ones stand in GB2312. Big5 and damaged bytes
/// decode as GB18030 too, to characters that nobody knows.
fn is_likely(text: &str) -> bool {
    let (mut han, mut common) = (0usize, 0usize);
    for c in text.chars().filter(|c| matches!(c, '\u{3400}'..='\u{9FFF}')) {
        han += 1;
        common += usize::from(gb2312_level(c).is_some());
    }
    han > 0 && common * 100 >= han * 95
}

fn with(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let (text, _, is_damaged) = encoding.decode(bytes);
    Decoded { text: text.into_owned(), is_damaged }
}

/// UTF-16 by its byte-order mark, or by zeros on one side of `<?` or of Latin letters.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xFF, 0xFE, ..] => return Some(UTF_16LE),
        [0xFE, 0xFF, ..] => return Some(UTF_16BE),
        _ => {}
    }
    match bytes.get(..8)? {
        [a, 0, b, 0, c, 0, d, 0] if [a, b, c, d].iter().all(|byte| is_typed(**byte)) => Some(UTF_16LE),
        [0, a, 0, b, 0, c, 0, d] if [a, b, c, d].iter().all(|byte| is_typed(**byte)) => Some(UTF_16BE),
        _ => None,
    }
}

fn is_typed(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\r' | 0x20..=0x7E)
}

/// Control characters that no text holds.
fn is_binary(bytes: &[u8]) -> bool {
    bytes.iter().any(|byte| matches!(byte, 0..=6 | 0x0E..=0x1A | 0x1C..=0x1F))
}

/// Decodes an XML part: by its byte-order mark, by the encoding that it declares, else as UTF-8.
pub(super) fn decode_xml(bytes: &[u8]) -> Option<Decoded> {
    if let Some(encoding) = utf16(bytes) {
        return Some(with(bytes, encoding));
    }
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(200)).unwrap_or_default());
    let declared = head.split_once("encoding=").map(|(_, after)| after.trim_start_matches(['"', '\'']));
    let label: String = declared.unwrap_or_default().chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect();
    match Encoding::for_label(label.as_bytes()) {
        Some(encoding) if encoding != encoding_rs::UTF_8 && encoding != UTF_16LE && encoding != UTF_16BE => Some(with(bytes, encoding)),
        _ => decode(bytes),
    }
}

/// Decodes a name or remark of an archive: UTF-8 if it is some, else GB18030 as archives on Chinese Windows have it.
pub(super) fn decode_name(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => with(bytes, GB18030).text,
    }
}
