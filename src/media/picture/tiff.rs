//! Directories of TIFF 6.0 and `BigTIFF`, which are those of Exif too: every entry of every directory that a pointer leads to.

use super::super::bytes::{byte, from, head, piece};
use super::super::report::{Block, Finder, Reason};
use super::exif;

/// Directories that are followed; real files have up to ten, scanned books one for each page.
const DIRECTORIES_MAX: usize = 4096;

/// A TIFF file or block with its byte order.
#[derive(Clone, Copy)]
pub(super) struct Tiff<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) is_big_endian: bool,
    is_long: bool,
}

/// One entry of a directory.
pub(super) struct Entry<'a> {
    pub(super) tag: u16,
    pub(super) kind: u16,
    pub(super) value: &'a [u8],
}

/// Which directory, since the same tag means something else in each.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Directory {
    /// The picture itself, or a page of it.
    Main,
    /// A further one in the chain: in Exif the thumbnail.
    Further,
    Exif,
    Gps,
    Interoperability,
    Sub,
}

impl<'a> Tiff<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Option<(Self, u64)> {
        let is_big_endian = match (byte(bytes, 0)?, byte(bytes, 1)?) {
            (b'I', b'I') => false,
            (b'M', b'M') => true,
            _ => return None,
        };
        let mut tiff = Tiff { bytes, is_big_endian, is_long: false };
        match tiff.u16(2)? {
            43 => tiff.is_long = true,
            // 42, and the private numbers of raw formats (ORF, RW2) that are built alike.
            _ => return Some((tiff, u64::from(tiff.u32(4)?))),
        }
        Some((tiff, tiff.u64(8)?))
    }

    fn number(&self, at: usize, length: usize) -> Option<u64> {
        let bytes = piece(self.bytes, at, length)?;
        let join = |number: u64, byte: &u8| (number << 8) | u64::from(*byte);
        Some(if self.is_big_endian { bytes.iter().fold(0, join) } else { bytes.iter().rev().fold(0, join) })
    }

    fn u16(&self, at: usize) -> Option<u16> {
        self.number(at, 2).and_then(|number| u16::try_from(number).ok())
    }

    fn u32(&self, at: usize) -> Option<u32> {
        self.number(at, 4).and_then(|number| u32::try_from(number).ok())
    }

    fn u64(&self, at: usize) -> Option<u64> {
        self.number(at, 8)
    }

    /// The numbers of an entry of whole numbers, at most so many.
    pub(super) fn numbers(&self, entry: &Entry<'_>, most: usize) -> Vec<u64> {
        let size = size_of_kind(entry.kind).unwrap_or(1);
        let value = Tiff { bytes: entry.value, ..*self };
        (0..most).map_while(|n| value.number(n * size, size)).collect()
    }

    /// The fractions of an entry of `RATIONAL`s.
    pub(super) fn fractions(&self, entry: &Entry<'_>) -> Vec<f64> {
        let value = Tiff { bytes: entry.value, ..*self };
        let fraction = |n: usize| Some((value.u32(n * 8)?, value.u32(n * 8 + 4)?));
        (0..3).map_while(fraction).map(|(a, b)| if b == 0 { 0.0 } else { f64::from(a) / f64::from(b) }).collect()
    }

    /// The entries of the directory at a place, the place of the next directory, and whether all of it is there.
    fn directory(&self, at: usize) -> (Vec<Entry<'a>>, u64, bool) {
        let mut entries = Vec::new();
        let (wide, header) = if self.is_long { (20, 8) } else { (12, 2) };
        let Some(count) = self.number(at, header) else { return (entries, 0, false) };
        let mut whole = true;
        let mut place = at.saturating_add(header);
        for _ in 0..count {
            if piece(self.bytes, place, wide).is_none() {
                return (entries, 0, false);
            }
            match self.entry(place) {
                Some(entry) => entries.push(entry),
                None => whole = false,
            }
            place = place.saturating_add(wide);
        }
        (entries, self.number(place, if self.is_long { 8 } else { 4 }).unwrap_or(0), whole)
    }

    fn entry(&self, at: usize) -> Option<Entry<'a>> {
        let (tag, kind) = (self.u16(at)?, self.u16(at + 2)?);
        let inline = if self.is_long { 8 } else { 4 };
        let count = usize::try_from(self.number(at + 4, inline)?).ok()?;
        let length = size_of_kind(kind)?.checked_mul(count)?;
        let value_at = at + 4 + inline;
        let start = if length <= inline { value_at } else { usize::try_from(self.number(value_at, inline)?).ok()? };
        Some(Entry { tag, kind, value: piece(self.bytes, start, length)? })
    }
}

/// Bytes of one value of a type; 129 is UTF-8 (Exif 3.0), 13 an offset, 16 to 18 those of `BigTIFF`.
fn size_of_kind(kind: u16) -> Option<usize> {
    match kind {
        1 | 2 | 6 | 7 | 129 => Some(1),
        3 | 8 => Some(2),
        4 | 9 | 11 | 13 => Some(4),
        5 | 10 | 12 | 16 | 17 | 18 => Some(8),
        _ => None,
    }
}

/// Looks through a TIFF file (`is_file`) or an Exif block.
pub(in super::super) fn look(finder: &mut Finder, bytes: &[u8], is_file: bool) {
    if !is_file {
        finder.block(Block::Exif);
    }
    let Some((tiff, first)) = Tiff::open(bytes) else {
        finder.raw(Block::Exif, "", bytes);
        finder.unread(Block::Exif, "", Reason::Damaged);
        return;
    };
    let mut waiting = vec![(first, Directory::Main)];
    let mut seen = Vec::new();
    while let Some((at, directory)) = waiting.pop() {
        if at == 0 || seen.contains(&at) {
            continue;
        }
        if seen.len() >= DIRECTORIES_MAX {
            finder.unread(Block::Exif, "", Reason::TooMuch);
            return;
        }
        seen.push(at);
        let (entries, next, whole) = tiff.directory(usize::try_from(at).unwrap_or(usize::MAX));
        if !whole {
            finder.unread(Block::Exif, "", Reason::Damaged);
        }
        // Directories may lie over each other, so that each reads the same entries again.
        if !finder.spend(entries.len() * 12) {
            return;
        }
        if next != 0 {
            waiting.push((next, Directory::Further));
        }
        for entry in &entries {
            if let (Some(pointed), true) = (pointed(entry.tag, directory), waiting.len() < DIRECTORIES_MAX) {
                waiting.extend(tiff.numbers(entry, 64).into_iter().map(|place| (place, pointed)));
            }
        }
        exif::read(finder, &tiff, directory, &entries);
        if directory == Directory::Further || directory == Directory::Sub {
            small_picture(finder, &tiff, &entries, is_file);
        }
    }
}

/// Where a pointer leads to, if the tag is one.
fn pointed(tag: u16, from: Directory) -> Option<Directory> {
    match (tag, from) {
        (0x8769, _) => Some(Directory::Exif),
        (0x8825, _) => Some(Directory::Gps),
        (0xA005, Directory::Exif) => Some(Directory::Interoperability),
        (0x014A, _) => Some(Directory::Sub),
        _ => None,
    }
}

/// The thumbnail that a directory describes: a JPEG, or uncompressed strips.
fn small_picture(finder: &mut Finder, tiff: &Tiff<'_>, entries: &[Entry<'_>], is_file: bool) {
    let number = |tag: u16| entries.iter().find(|entry| entry.tag == tag).and_then(|entry| tiff.numbers(entry, 1).first().copied());
    // NewSubfileType: bit 0 is a reduced version of another page; the pages of a scanned book are none.
    let is_reduced = !is_file || number(0x00FE).is_some_and(|kind| kind & 1 == 1);
    let start = number(0x0201).and_then(|at| usize::try_from(at).ok());
    if let Some(start) = start {
        let length = number(0x0202).and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
        finder.thumbnail(head(from(tiff.bytes, start), length));
    } else if is_reduced && (number(0x0111).is_some() || number(0x0144).is_some()) {
        finder.block(Block::Thumbnail);
        finder.report.thumbnails += 1;
    }
}
