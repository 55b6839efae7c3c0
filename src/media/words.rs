//! Bytes → words: tags say seldom in which encoding they are written, and blocks of unknown make may hold words anywhere.

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

/// The shortest run of bytes in a block of unknown make that is taken for words: two Han characters, six Latin ones.
const RUN_MIN_BYTES: usize = 6;
/// The shortest run of UTF-16 units that is taken for words; noise makes shorter ones everywhere.
const RUN_MIN_UNITS: usize = 6;

/// A text whose encoding nobody told: UTF-16 by its mark, UTF-8 if it is that, else GB18030, else Latin-1. Ends of zeros are
/// cut. Bytes that are good UTF-8 and good GBK are given in both readings, one in a line.
pub(super) fn guess(bytes: &[u8]) -> String {
    match bytes {
        [0xFF, 0xFE, rest @ ..] => return utf16(rest, false),
        [0xFE, 0xFF, rest @ ..] => return utf16(rest, true),
        _ => {}
    }
    let bytes = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        let other = GB18030.decode_without_bom_handling_and_without_replacement(bytes);
        return match other {
            Some(other) if is_twofold(text) => clean(&format!("{text}\0{other}")),
            _ => clean(text),
        };
    }
    match GB18030.decode_without_bom_handling(bytes) {
        (text, false) => clean(&text),
        _ => latin1(bytes),
    }
}

/// Whether UTF-8 may be GBK as well: letters of two bytes and no longer ones. 某某 in GBK is ĳĳ in UTF-8, and only a reader can
/// tell; both readings are given then.
fn is_twofold(text: &str) -> bool {
    !text.is_ascii() && text.chars().all(|c| c.len_utf8() <= 2)
}

/// UTF-16 without a mark.
pub(super) fn utf16(bytes: &[u8], is_big_endian: bool) -> String {
    let encoding = if is_big_endian { UTF_16BE } else { UTF_16LE };
    clean(&encoding.decode_without_bom_handling(bytes).0)
}

/// One character for each byte.
pub(super) fn latin1(bytes: &[u8]) -> String {
    clean(&bytes.iter().map(|byte| char::from(*byte)).collect::<String>())
}

/// Zeros part the strings of one tag.
fn clean(text: &str) -> String {
    text.split('\0').map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The words in a block of unknown make, one run in a line: UTF-8 first, then UTF-16 of both orders.
pub(super) fn runs(bytes: &[u8]) -> String {
    let mut found = Vec::new();
    for chunk in bytes.utf8_chunks() {
        let parts = chunk.valid().split(|c: char| c.is_control() && c != '\t').map(str::trim);
        found.extend(parts.filter(|part| part.len() >= RUN_MIN_BYTES).map(str::to_owned));
    }
    for (offset, is_big_endian) in [(0, false), (0, true), (1, false), (1, true)] {
        wide_runs(bytes.get(offset..).unwrap_or_default(), is_big_endian, &mut found);
    }
    found.join("\n")
}

fn wide_runs(bytes: &[u8], is_big_endian: bool, found: &mut Vec<String>) {
    let mut run = Run::default();
    for pair in bytes.chunks(2) {
        let unit = match pair {
            [a, b] if is_big_endian => u16::from_be_bytes([*a, *b]),
            [a, b] => u16::from_le_bytes([*a, *b]),
            _ => 0,
        };
        // Han, their punctuation, and printable Latin: a wider choice would take noise for words.
        if matches!(unit, 0x20..=0x7E | 0x3000..=0x301F | 0x4E00..=0x9FFF | 0xFF01..=0xFF5E) {
            run.text.extend(char::from_u32(u32::from(unit)));
            run.units += 1;
            run.doubtful += usize::from(pair.iter().all(|byte| matches!(byte, 0x20..=0x7E)));
        } else {
            run.end(found);
        }
    }
    run.end(found);
}

/// A run of UTF-16 units.
#[derive(Default)]
struct Run {
    text: String,
    units: usize,
    /// Units that are two Latin letters to who reads bytes; of Chinese text a quarter, of Latin text read wrongly nearly all.
    doubtful: usize,
}

impl Run {
    fn end(&mut self, found: &mut Vec<String>) {
        if self.units >= RUN_MIN_UNITS && self.doubtful * 2 <= self.units {
            found.push(self.text.trim().to_owned());
        }
        *self = Run::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_of_a_tag_is_found_by_its_bytes() {
        let (gbk, ..) = GB18030.encode("光山县");
        for bytes in
            ["光山县\0".as_bytes(), &gbk, &[0xFE, 0xFF, 0x51, 0x49, 0x5C, 0x71, 0x53, 0xBF], &[0xFF, 0xFE, 0x49, 0x51, 0x71, 0x5C, 0xBF, 0x53]]
        {
            assert_eq!(guess(bytes), "光山县", "{bytes:?}");
        }
        assert_eq!(guess(&[b'a', 0xE9, 0xFF]), "aéÿ");
        assert_eq!(guess(&GB18030.encode("某某").0), "ĳĳ\n某某");
    }

    #[test]
    fn words_are_found_among_other_bytes() {
        let mut bytes = vec![0, 1, 0xFF];
        bytes.extend_from_slice("老王\u{1}short\u{2}long enough".as_bytes());
        bytes.extend([0xFF, 0xFF, 0xFF]);
        bytes.extend("wide words".encode_utf16().flat_map(u16::to_be_bytes));
        let found = runs(&bytes);
        assert!(found.starts_with("老王\nlong enough\nwide words"), "{found}");
        let chinese: Vec<u8> = [1].into_iter().chain("光山县凉亭乡某村".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert!(runs(&chinese).contains("光山县凉亭乡某村"));
        assert_eq!(runs(b"\x03only latin letters and no others"), "only latin letters and no others");
    }
}
