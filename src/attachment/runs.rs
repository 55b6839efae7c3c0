//! Runs of text in bytes of an unknown kind: UTF-16 little-endian on both alignments, and one-byte runs of ASCII with
//! UTF-8 or GBK in between. Guesses, good for finding a number; never a proof that there is none.

use super::harvest::Harvest;
use super::{Place, encoding};

/// Shorter runs than these are chance: characters of UTF-16, bytes of one-byte text.
const WIDE_MIN: usize = 4;
const NARROW_MIN: usize = 5;

/// Adds all runs of text as hidden pieces, at most one for each way of reading.
pub(super) fn read(bytes: &[u8], place: &Place, harvest: &mut Harvest) {
    for text in [wide(bytes), wide(bytes.get(1..).unwrap_or_default()), narrow(bytes)] {
        harvest.piece(place.clone(), true, &text);
    }
}

/// Runs of UTF-16, one a line.
fn wide(bytes: &[u8]) -> String {
    let (mut out, mut run, mut length) = (String::new(), String::new(), 0);
    let mut end = |run: &mut String, length: &mut usize| {
        if *length >= WIDE_MIN {
            out.push_str(run.trim());
            out.push('\n');
        }
        run.clear();
        *length = 0;
    };
    for pair in bytes.chunks_exact(2) {
        let unit = match pair {
            [low, high] => u16::from_le_bytes([*low, *high]),
            _ => 0,
        };
        match char::from_u32(u32::from(unit)).filter(|c| is_written(*c)) {
            Some(c) => {
                run.push(c);
                length += 1;
            }
            None => end(&mut run, &mut length),
        }
    }
    end(&mut run, &mut length);
    out
}

/// What names and numbers are written with: ASCII, Latin letters, Han, Chinese punctuation, full-width forms.
fn is_written(c: char) -> bool {
    matches!(c, '\t' | ' '..='~' | '\u{A0}'..='\u{17F}' | '\u{2010}'..='\u{201F}' | '\u{2026}' | '\u{3000}'..='\u{301F}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF5E}')
}

/// Runs of one-byte text, one a line.
fn narrow(bytes: &[u8]) -> String {
    let mut out = String::new();
    for run in bytes.split(|byte| !matches!(byte, b'\t' | 0x20..=0x7E | 0x80..=0xFE)) {
        if run.len() < NARROW_MIN {
            continue;
        }
        // Two-byte characters read differently from their second byte on, and a stray byte before them shifts them all.
        let is_wide = run.first().is_some_and(|byte| *byte >= 0x80);
        let readings = [Some(run), run.get(1..).filter(|_| is_wide)].into_iter().flatten().map(encoding::decode_name).filter(|text| is_text(text));
        let before = out.len();
        out.extend(readings.map(|text| format!("{}\n", text.trim())));
        if out.len() == before {
            out.extend(ascii(run).map(|text| format!("{text}\n")));
        }
    }
    out
}

/// Whether characters are such as people write; compressed bytes decode to characters from everywhere.
fn is_text(text: &str) -> bool {
    text.chars().filter(|c| is_written(*c)).count() * 10 >= text.chars().count() * 9
}

/// The parts of a run that are plain ASCII.
fn ascii(run: &[u8]) -> impl Iterator<Item = String> {
    let parts = run.split(|byte| !matches!(byte, b'\t' | 0x20..=0x7E)).filter(|part| part.len() >= NARROW_MIN);
    parts.map(|part| String::from_utf8_lossy(part).into_owned())
}
