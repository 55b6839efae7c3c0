//! Image resources of Photoshop and the IPTC datasets in them (IIM 4.2).

use super::super::bytes::{be16, be32, byte, from, head, index, piece};
use super::super::report::{Block, Finder, Reason};
use super::{icc, tiff, xmp};

/// All resources of a block that begins with `8BIM`.
pub(super) fn resources(finder: &mut Finder, bytes: &[u8]) {
    finder.block(Block::Photoshop);
    let mut at = 0;
    while at < bytes.len() {
        let Some((id, title, start, length)) = header(bytes, at) else {
            finder.raw(Block::Photoshop, "", from(bytes, at));
            return;
        };
        finder.guess(Block::Photoshop, &format!("0x{id:04X}"), title);
        let content = head(from(bytes, start), length);
        if content.len() < length {
            finder.unread(Block::Photoshop, "", Reason::Damaged);
        }
        resource(finder, id, content);
        at = start.saturating_add(length).saturating_add(length % 2);
    }
}

/// Number and name of a resource, start and length of its content.
fn header(bytes: &[u8], at: usize) -> Option<(u16, &[u8], usize, usize)> {
    if !matches!(piece(bytes, at, 4)?, b"8BIM" | b"MeSa" | b"AgHg" | b"PHUT" | b"DCSR") {
        return None;
    }
    let id = be16(bytes, at + 4)?;
    let letters = usize::from(byte(bytes, at + 6)?);
    let title = piece(bytes, at + 7, letters)?;
    // The name with its length byte is padded to even.
    let behind = at + 6 + (letters + 2) / 2 * 2;
    Some((id, title, behind + 4, index(be32(bytes, behind)?)))
}

fn resource(finder: &mut Finder, id: u16, content: &[u8]) {
    match id {
        0x0404 => datasets(finder, content),
        // A header of 28 bytes, then a JPEG.
        0x0409 | 0x040C => finder.thumbnail(from(content, 28)),
        0x040F => icc::look(finder, content),
        0x0422 | 0x0423 => tiff::look(finder, content, false),
        0x0424 => xmp::look(finder, content),
        // Resolution, print flags, halftones, grids, angles, counters, version, checksum of the IPTC block.
        0x03ED | 0x03F3 | 0x03F5 | 0x03F8 | 0x0408 | 0x040D | 0x0414 | 0x0419 | 0x0421 | 0x0425 | 0x2710 if content.len() <= 128 => {}
        _ if content.len() > 8 => finder.raw(Block::Photoshop, &format!("0x{id:04X}"), content),
        _ => {}
    }
}

/// The datasets of an IPTC block; UTF-8 or unsaid, which is guessed.
pub(super) fn datasets(finder: &mut Finder, bytes: &[u8]) {
    finder.block(Block::Iptc);
    let mut at = 0;
    while byte(bytes, at) == Some(0x1C) {
        let (Some(record), Some(set), Some(length)) = (byte(bytes, at + 1), byte(bytes, at + 2), be16(bytes, at + 3)) else { break };
        let (start, length) = if length & 0x8000 == 0 {
            (at + 5, usize::from(length))
        } else {
            // An extended dataset: so many bytes of length follow.
            let count = usize::from(length & 0x7FFF).min(8);
            let number = head(from(bytes, at + 5), count).iter().fold(0usize, |number, byte| number << 8 | usize::from(*byte));
            (at + 5 + count, number)
        };
        let content = head(from(bytes, start), length);
        if content.len() < length {
            finder.unread(Block::Iptc, "", Reason::Damaged);
        }
        let name = set_name(record, set);
        match (record, set) {
            // Versions and the mark of the encoding are no words.
            (1 | 2, 0) | (1, 90) => {}
            (7 | 8, _) | (2, 202) => finder.raw(Block::Iptc, &name, content),
            _ => {
                finder.report.location |= record == 2 && matches!(set, 90 | 92 | 95 | 101);
                finder.guess(Block::Iptc, &name, content);
            }
        }
        at = start.saturating_add(length);
    }
    finder.raw(Block::Iptc, "", from(bytes, at));
}

fn set_name(record: u8, set: u8) -> String {
    let name = match (record, set) {
        (2, 5) => "ObjectName",
        (2, 25) => "Keywords",
        (2, 26) => "ContentLocationCode",
        (2, 27) => "ContentLocationName",
        (2, 55) => "DateCreated",
        (2, 60) => "TimeCreated",
        (2, 80) => "By-line",
        (2, 85) => "By-lineTitle",
        (2, 90) => "City",
        (2, 92) => "Sub-location",
        (2, 95) => "Province-State",
        (2, 101) => "Country",
        (2, 105) => "Headline",
        (2, 110) => "Credit",
        (2, 115) => "Source",
        (2, 116) => "CopyrightNotice",
        (2, 118) => "Contact",
        (2, 120) => "Caption-Abstract",
        (2, 122) => "Writer-Editor",
        _ => return format!("{record}:{set}"),
    };
    name.to_owned()
}
