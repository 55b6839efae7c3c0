//! JPEG: the segments of its head, comments, and what stands behind its end.

use super::super::bytes::{be16, be32, byte, from, head};
use super::super::report::{Block, Finder, Reason};
use super::{icc, iptc, tiff, trailing, xmp};
use std::collections::BTreeMap;

const START: u8 = 0xD8;
const END: u8 = 0xD9;
const SCAN: u8 = 0xDA;

/// A marker with its content.
pub(in super::super) struct Segment<'a> {
    /// The byte behind 0xFF.
    pub(in super::super) marker: u8,
    /// What follows its length; empty for markers without one.
    pub(in super::super) content: &'a [u8],
    /// Where the next one begins.
    pub(in super::super) next: usize,
    /// Whether fill bytes or others stood before it.
    pub(in super::super) strays: &'a [u8],
}

/// The segment at a place, with the coded pixels behind a scan passed over.
pub(in super::super) fn segment(bytes: &[u8], at: usize) -> Option<Segment<'_>> {
    let mut start = at;
    // What is no marker is stray; a marker may be filled up with 0xFF before it.
    while byte(bytes, start)? != 0xFF || matches!(byte(bytes, start + 1)?, 0 | 0xFF) {
        start += 1;
    }
    let marker = byte(bytes, start + 1)?;
    let strays = head(from(bytes, at), start - at);
    if matches!(marker, START | END | 0x01 | 0xD0..=0xD7) {
        return Some(Segment { marker, content: &[], next: start + 2, strays });
    }
    let length = usize::from(be16(bytes, start + 2)?);
    let content = bytes.get(start + 4..start + 2 + length)?;
    let mut next = start + 2 + length;
    if marker == SCAN {
        next = behind_scan(bytes, next);
    }
    Some(Segment { marker, content, next, strays })
}

/// Where the coded pixels end: at the first marker that is neither a stuffed zero nor a restart.
fn behind_scan(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    while let Some(found) = from(bytes, at).iter().position(|byte| *byte == 0xFF) {
        at += found;
        match byte(bytes, at + 1) {
            Some(0 | 0xD0..=0xD7) => at += 2,
            Some(0xFF) => at += 1,
            _ => return at,
        }
    }
    bytes.len()
}

/// Where the picture ends that begins with the bytes; none if it does not end.
pub(in super::super) fn end(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        let found = segment(bytes, at)?;
        at = found.next;
        if found.marker == END {
            return Some(at);
        }
    }
}

/// Parts of metadata that are too long for one segment.
#[derive(Default)]
struct Joined {
    profile: Vec<u8>,
    photoshop: Vec<u8>,
    exif: Vec<u8>,
    extended: BTreeMap<(Vec<u8>, u32), Vec<u8>>,
}

/// Looks through a JPEG file.
pub(in super::super) fn look(finder: &mut Finder, bytes: &[u8]) {
    let (mut at, mut joined) = (0, Joined::default());
    let end = loop {
        let Some(found) = segment(bytes, at) else {
            finder.raw(Block::Unknown, "", from(bytes, at));
            finder.unread(Block::Unknown, "", Reason::Damaged);
            break bytes.len();
        };
        if found.strays.iter().any(|byte| *byte != 0xFF) {
            finder.raw(Block::Unknown, "", found.strays);
        }
        at = found.next;
        match found.marker {
            END => break at,
            // Tables, frames and scans.
            START | SCAN | 0x01 | 0xC0..=0xCF | 0xD0..=0xD7 | 0xDB..=0xDF => {}
            0xE0..=0xEF => application(finder, found.marker - 0xE0, found.content, &mut joined),
            0xFE => finder.guess(Block::Comment, "", found.content),
            marker => finder.raw(Block::Unknown, &format!("0xFF{marker:02X}"), found.content),
        }
    };
    finish(finder, &joined);
    trailing::look(finder, from(bytes, end));
}

fn application(finder: &mut Finder, number: u8, content: &[u8], joined: &mut Joined) {
    let behind = |mark: &[u8]| content.strip_prefix(mark);
    match number {
        0 if content.starts_with(b"JFIF\0") => jfif(finder, content),
        0 if content.starts_with(b"JFXX\0") => {
            // A JPEG, or pixels with and without a palette.
            finder.thumbnail(from(content, 6));
        }
        1 if content.starts_with(b"Exif\0") => joined.exif.extend_from_slice(from(content, 6)),
        1 if content.starts_with(b"http://ns.adobe.com/xap/1.0/\0") => xmp::look(finder, from(content, 29)),
        1 if content.starts_with(b"http://ns.adobe.com/xmp/extension/\0") => {
            // 32 letters that name the packet, its whole length, and where this part begins (XMP part 3, §1.1.3.1).
            let part = from(content, 35);
            let (name, place) = (head(part, 32).to_vec(), be32(part, 36).unwrap_or(0));
            joined.extended.insert((name, place), from(part, 40).to_vec());
        }
        2 => match (behind(b"ICC_PROFILE\0"), behind(b"MPF\0")) {
            (Some(profile), _) => joined.profile.extend_from_slice(from(profile, 2)),
            (_, Some(_)) => finder.block(Block::SecondPicture),
            _ => finder.raw(Block::Unknown, "APP2", content),
        },
        13 if content.starts_with(b"Photoshop 3.0\0") => joined.photoshop.extend_from_slice(from(content, 14)),
        14 if content.starts_with(b"Adobe") && content.len() == 12 => {}
        _ => finder.raw(Block::Unknown, &format!("APP{number}"), content),
    }
}

/// The header of JFIF, with a small picture of three bytes for each pixel.
fn jfif(finder: &mut Finder, content: &[u8]) {
    let (width, height) = (byte(content, 12).unwrap_or(0), byte(content, 13).unwrap_or(0));
    let pixels = usize::from(width) * usize::from(height) * 3;
    if pixels > 0 {
        finder.block(Block::Thumbnail);
        finder.report.thumbnails += 1;
    }
    finder.raw(Block::Unknown, "APP0", from(content, 14 + pixels));
}

fn finish(finder: &mut Finder, joined: &Joined) {
    if !joined.exif.is_empty() {
        tiff::look(finder, &joined.exif, false);
    }
    if !joined.profile.is_empty() {
        icc::look(finder, &joined.profile);
    }
    if !joined.photoshop.is_empty() {
        iptc::resources(finder, &joined.photoshop);
    }
    let mut packets: BTreeMap<&[u8], Vec<u8>> = BTreeMap::new();
    for ((name, _), part) in &joined.extended {
        packets.entry(name.as_slice()).or_default().extend_from_slice(part);
    }
    for packet in packets.values() {
        xmp::look(finder, packet);
    }
}
