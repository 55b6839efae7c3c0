//! Bytes → text: UTF-8 first and strictly, then what old editors on Windows save. A guess is believed only when it makes sense.

use crate::diagnostic::{Code, Mark, Span};
use crate::text::{find_unprintable, gb2312_level, is_han, is_mark, shorten};
use encoding_rs::{Encoding, GB18030, UTF_16BE, UTF_16LE};

/// A decoded file.
#[derive(Debug)]
pub struct Decoded {
    /// The text with LF line ends and without a byte-order mark; damaged where it is not trusted.
    pub text: String,
    /// Whether the text is what its author wrote.
    pub trusted: bool,
    /// What had to be done.
    pub marks: Vec<Mark>,
}

/// Decodes a file.
#[must_use]
pub fn decode(bytes: Vec<u8>) -> Decoded {
    if let Some(found) = utf16(&bytes) {
        return from_encoding(&bytes, found, Code::EncodingUtf16);
    }
    match into_utf8(bytes) {
        Ok(text) => finish(text, Vec::new()),
        Err((at, bytes)) => {
            if is_gb18030(&bytes) {
                return from_encoding(&bytes, GB18030, Code::EncodingGb18030);
            }
            let text = String::from_utf8_lossy(&bytes).into_owned();
            // Bytes side by side are what is left of one character, and one place.
            let places = bytes.utf8_chunks().enumerate().filter(|(at, chunk)| !chunk.invalid().is_empty() && (*at == 0 || !chunk.valid().is_empty()));
            let again = places.count().saturating_sub(1);
            let mark = Mark::new(Code::EncodingBroken, Span::new(at, at + '\u{FFFD}'.len_utf8())).with(format!("{:02X}", bytes[at]));
            let mark = mark.with(again.to_string());
            Decoded { text, trusted: false, marks: vec![mark] }
        }
    }
}

/// The bytes as text, or the place up to which they are.
fn into_utf8(bytes: Vec<u8>) -> Result<String, (usize, Vec<u8>)> {
    match simdutf8::compat::from_utf8(&bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => Err((error.valid_up_to(), bytes)),
    }
}

/// UTF-16 by its byte-order mark, or by every second byte of its beginning being zero as in Latin text.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xFF, 0xFE, ..] => return Some(UTF_16LE),
        [0xFE, 0xFF, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let head = &bytes[..bytes.len().min(64) & !1];
    let zeros = |offset: usize| head.len() >= 8 && head.chunks_exact(2).take(4).all(|pair| pair[offset] == 0 && pair[1 - offset] != 0);
    if zeros(1) {
        Some(UTF_16LE)
    } else if zeros(0) {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn from_encoding(bytes: &[u8], encoding: &'static Encoding, code: Code) -> Decoded {
    let (text, _, damaged) = encoding.decode(bytes);
    let first = text.lines().find(|line| line.chars().any(char::is_alphanumeric)).unwrap_or_default();
    let mark = Mark::new(code, Span::at(0)).with(shorten(first.trim(), 60));
    let mut decoded = finish(text.into_owned(), vec![mark]);
    if damaged {
        let at = decoded.text.find('\u{FFFD}').unwrap_or(0);
        let again = decoded.text.matches('\u{FFFD}').count().saturating_sub(1).to_string();
        decoded.marks.push(Mark::new(Code::EncodingBroken, Span::new(at, at + '\u{FFFD}'.len_utf8())).with(encoding.name()).with(again));
        decoded.trusted = false;
    }
    decoded
}

/// Whether bytes that are not UTF-8 make sense as GB18030: no damage, nearly all Han from GB2312, and not a UTF-8 text
/// with a bad byte in it.
fn is_gb18030(bytes: &[u8]) -> bool {
    let (text, _, damaged) = GB18030.decode(bytes);
    if damaged || text.contains('\u{FFFD}') || mostly_utf8(bytes) {
        return false;
    }
    let han = text.chars().filter(|c| is_han(*c)).count();
    let common = text.chars().filter(|c| is_han(*c) && gb2312_level(*c).is_some()).count();
    han > 0 && common * 100 >= han * 95
}

/// Whether most of what is beyond ASCII is well-formed UTF-8: then the rest is damage, not another encoding.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| is_han(*c) || crate::text::is_wide(*c)).count();
        bad += chunk.invalid().len();
    }
    good > bad
}

/// Takes off the byte-order mark and unifies the line ends.
fn finish(mut text: String, mut marks: Vec<Mark>) -> Decoded {
    if text.starts_with('\u{FEFF}') {
        text.drain(..'\u{FEFF}'.len_utf8());
        marks.push(Mark::new(Code::EncodingBom, Span::at(0)));
    }
    if text.contains('\r') {
        text = text.replace("\r\n", "\n").replace('\r', "\n");
        marks.push(Mark::new(Code::EncodingLineEnds, Span::at(0)));
    }
    let (control, has_marks) = odd_characters(&text);
    marks.extend(control.map(|(at, c, again)| {
        let mark = Mark::new(Code::CharacterControl, Span::new(at, at + c.len_utf8())).with(format!("U+{:04X}", u32::from(c)));
        mark.with(again.to_string())
    }));
    if has_marks {
        // The program marks withheld runs with these; what an author pasted must not pass for one. Both have three bytes.
        text = text.replace(is_mark, "\u{FFFD}");
    }
    Decoded { text, trusted: true, marks }
}

/// The first control character of a text with the number of those behind it, and whether the text holds characters that
/// the program itself uses as marks.
fn odd_characters(text: &str) -> (Option<(usize, char, usize)>, bool) {
    let (mut control, mut has_marks, mut at) = (None, false, 0);
    while let Some((found, c)) = find_unprintable(text, at) {
        at = found + c.len_utf8();
        has_marks |= is_mark(c);
        if !is_mark(c) {
            control = Some(control.map_or((found, c, 0), |(first, c, again)| (first, c, again + 1)));
        }
    }
    (control, has_marks)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROSE: &str = "title: 光山油茶\n全县油茶种植面积达到二十二万亩，带动群众增收。\n";

    fn codes(decoded: &Decoded) -> Vec<Code> {
        decoded.marks.iter().map(|mark| mark.code).collect()
    }

    #[test]
    fn old_encodings_of_chinese_are_read() {
        let (bytes, ..) = GB18030.encode(PROSE);
        let decoded = decode(bytes.into_owned());
        assert_eq!((decoded.text.as_str(), decoded.trusted), (PROSE, true));
        assert_eq!(codes(&decoded), [Code::EncodingGb18030]);
        let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(PROSE.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let decoded = decode(utf16);
        assert_eq!(decoded.text, PROSE);
        assert_eq!(codes(&decoded), [Code::EncodingUtf16]);
    }

    #[test]
    fn one_bad_byte_in_utf8_is_no_other_encoding() {
        let mut bytes = PROSE.as_bytes().to_vec();
        let at = PROSE.find('茶').unwrap();
        bytes[at + 1] = b'x';
        let decoded = decode(bytes);
        assert!(!decoded.trusted);
        assert_eq!(codes(&decoded), [Code::EncodingBroken]);
        assert_eq!(decoded.marks[0].span.start as usize, at);
    }

    #[test]
    fn random_bytes_are_not_believed() {
        let decoded = decode(vec![0x41, 0xFF, 0x80, 0x42, 0x81]);
        assert!(!decoded.trusted);
    }

    #[test]
    fn marks_and_line_ends_of_windows_are_taken_off() {
        let decoded = decode("\u{FEFF}a\r\nb\r\n".as_bytes().to_vec());
        assert_eq!(decoded.text, "a\nb\n");
        assert_eq!(codes(&decoded), [Code::EncodingBom, Code::EncodingLineEnds]);
    }
}
