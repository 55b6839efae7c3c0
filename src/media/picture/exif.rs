//! What the entries of TIFF and Exif directories say: texts in four encodings, positions, and blocks of other standards inside.

use super::super::bytes::{from, head};
use super::super::report::{Block, Finder};
use super::super::words;
use super::tiff::{Directory, Entry, Tiff};
use super::{icc, iptc, tag, xmp};

/// Arrays of numbers longer than this are searched for words.
const NUMBERS_MAX_BYTES: usize = 32;

/// Reads all entries of one directory.
pub(super) fn read(finder: &mut Finder, tiff: &Tiff<'_>, directory: Directory, entries: &[Entry<'_>]) {
    if directory == Directory::Gps {
        gps(finder, tiff, entries);
        return;
    }
    for entry in entries {
        let (name, value) = (tag::name(entry.tag), entry.value);
        match entry.tag {
            0x02BC => xmp::look(finder, value),
            0x83BB => iptc::datasets(finder, value),
            0x8649 => iptc::resources(finder, value),
            0x8773 => icc::look(finder, value),
            0x927C | 0xC634 => finder.raw(Block::MakerNote, &name, value),
            0x9286 => comment(finder, tiff, Block::Exif, &name, value),
            0x9C9B..=0x9C9F => finder.text(Block::Exif, &name, words::utf16(value, false)),
            // Tables for decoding, and where the pixels lie.
            0x0111 | 0x0117 | 0x0144 | 0x0145 | 0x0140 | 0x012D | 0x015B | 0x0207..=0x0209 | 0x0214 | 0x5090 | 0x5091 | 0xEA1C if entry.kind != 2 => {
                table(finder, entry, &name);
            }
            _ if matches!(entry.kind, 2 | 129) => finder.guess(Block::Exif, &name, value),
            _ if matches!(entry.kind, 1 | 6 | 7) && value.len() > 8 || value.len() > NUMBERS_MAX_BYTES => finder.raw(Block::Exif, &name, value),
            _ => {}
        }
    }
}

/// A table of numbers says nothing unless words stand in it.
fn table(finder: &mut Finder, entry: &Entry<'_>, name: &str) {
    if matches!(entry.kind, 1 | 6 | 7) && finder.spend(entry.value.len()) {
        finder.text(Block::Exif, name, words::runs(entry.value));
    }
}

/// Eight bytes that name the encoding, then the text (Exif 2.32 §4.6.5).
fn comment(finder: &mut Finder, tiff: &Tiff<'_>, block: Block, name: &str, value: &[u8]) {
    let (code, text) = (head(value, 8), from(value, 8));
    match code {
        b"UNICODE\0" if finder.spend(text.len()) => {
            let is_big_endian = match text {
                [0xFF, 0xFE, ..] => false,
                [0xFE, 0xFF, ..] => true,
                // Programs disagree whether the file's order holds here; Latin letters and digits show it.
                [0, second, ..] if *second != 0 => true,
                [first, 0, ..] if *first != 0 => false,
                _ => tiff.is_big_endian,
            };
            finder.text(block, name, words::utf16(text, is_big_endian).trim_start_matches('\u{FEFF}'));
        }
        b"ASCII\0\0\0" | b"JIS\0\0\0\0\0" | [0, 0, 0, 0, 0, 0, 0, 0] => finder.guess(block, name, text),
        _ => finder.guess(block, name, value),
    }
}

fn gps(finder: &mut Finder, tiff: &Tiff<'_>, entries: &[Entry<'_>]) {
    finder.block(Block::Gps);
    let mut position = Vec::new();
    for (reference, value, sign) in [(1, 2, b'S'), (3, 4, b'W'), (19, 20, b'S'), (21, 22, b'W')] {
        let of = |tag: u16| entries.iter().find(|entry| entry.tag == tag);
        let Some(found) = of(value) else { continue };
        finder.report.location = true;
        let parts = tiff.fractions(found);
        let degrees = parts.iter().zip([1.0, 60.0, 3600.0]).map(|(part, unit)| part / unit).sum::<f64>();
        let is_negative = of(reference).and_then(|entry| entry.value.first()).is_some_and(|letter| *letter == sign);
        position.push(format!("{:.6}", if is_negative { -degrees } else { degrees }));
    }
    finder.text(Block::Gps, "GPSPosition", position.join(", "));
    for entry in entries {
        match entry.tag {
            27 | 28 => {
                finder.report.location = true;
                comment(finder, tiff, Block::Gps, &tag::gps_name(entry.tag), entry.value);
            }
            _ if entry.kind == 2 && entry.value.len() > 2 => finder.guess(Block::Gps, &tag::gps_name(entry.tag), entry.value),
            _ if entry.value.len() > NUMBERS_MAX_BYTES => finder.raw(Block::Gps, &tag::gps_name(entry.tag), entry.value),
            _ => {}
        }
    }
}
