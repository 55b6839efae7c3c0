//! A track of picture or sound as it will be written: its header, its edits, its sample entries, its tables.

use super::super::bytes::{be16, be32, be64, byte, from, index, name, piece};
use super::super::refused::Refused;
use super::boxes::{boxes, child};
use super::entry::{self, Entry};
use super::tables::{self, Sizes, Tables};

/// What a track is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Picture,
    Sound,
}

/// An edit: how long it lasts in units of the film, where it begins in units of the track (−1 for nothing), at which rate.
pub(super) struct Edit {
    pub(super) length: u64,
    pub(super) start: i64,
    pub(super) rate: u32,
}

/// A track.
pub(super) struct Track {
    pub(super) kind: Kind,
    /// Bits 0 to 3 of the header's flags: whether it is shown.
    pub(super) flags: u32,
    /// In units of the film.
    pub(super) shown: u64,
    /// Layer, group of alternatives, volume, matrix, width, height: 52 bytes of the header with nothing else in them.
    pub(super) layout: Vec<u8>,
    pub(super) edits: Vec<Edit>,
    /// Units in a second.
    pub(super) scale: u32,
    /// In units of the track.
    pub(super) length: u64,
    pub(super) language: u16,
    pub(super) is_iso: bool,
    pub(super) entries: Vec<Entry>,
    pub(super) tables: Tables,
}

const DAMAGED: Refused = Refused::Damaged("trak");

/// The kind of a track by its handler; others are neither picture nor sound.
pub(super) fn kind(trak: &[u8]) -> Option<Kind> {
    match &handler(trak)? {
        b"vide" => Some(Kind::Picture),
        b"soun" => Some(Kind::Sound),
        _ => None,
    }
}

/// The four letters of a track's handler.
pub(super) fn handler(trak: &[u8]) -> Option<[u8; 4]> {
    name(child(child(trak, b"mdia")?, b"hdlr")?, 8)
}

/// The group of alternatives that a track belongs to; zero for none.
pub(super) fn group(trak: &[u8]) -> u16 {
    let header = child(trak, b"tkhd").unwrap_or_default();
    be16(header, if byte(header, 0) == Some(1) { 46 } else { 34 }).unwrap_or(0)
}

impl Track {
    /// The group of alternatives that the track belongs to.
    pub(super) fn group(&self) -> u16 {
        be16(&self.layout, 2).unwrap_or(0)
    }
}

/// Reads a track.
pub(super) fn read(trak: &[u8], kind: Kind) -> Result<Track, Refused> {
    let header = child(trak, b"tkhd").ok_or(DAMAGED)?;
    let wide = usize::from(byte(header, 0) == Some(1));
    let shown = length(header, 20 + wide * 8, wide == 1).ok_or(DAMAGED)?;
    let flags = be32(header, 0).ok_or(DAMAGED)? & 15;
    let mut layout = piece(header, 32 + wide * 12, 52).ok_or(DAMAGED)?.to_vec();
    // Two bytes behind the volume are reserved.
    for byte in layout.iter_mut().skip(6).take(2) {
        *byte = 0;
    }
    let media = child(trak, b"mdia").ok_or(DAMAGED)?;
    let media_header = child(media, b"mdhd").ok_or(DAMAGED)?;
    let wide_media = usize::from(byte(media_header, 0) == Some(1));
    let information = child(media, b"minf").ok_or(DAMAGED)?;
    let stbl = child(information, b"stbl").ok_or(DAMAGED)?;
    let (entries, is_iso) = entries(stbl, kind, information)?;
    let mut tables = tables::read(stbl)?;
    if tables.chunks.iter().any(|chunk| chunk.entry == 0 || index(chunk.entry) > entries.len()) {
        return Err(DAMAGED);
    }
    // QuickTime counts single bytes of uncompressed sound but means whole moments.
    if let (Sizes::Alike(1, count), Some(bytes)) = (&tables.sizes, entries.first().and_then(|entry| entry.frame_bytes)) {
        tables.sizes = Sizes::Alike(u32::try_from(bytes).map_err(|_| DAMAGED)?, *count);
    }
    Ok(Track {
        kind,
        flags,
        shown,
        layout,
        edits: edits(trak)?,
        scale: be32(media_header, 12 + wide_media * 8).ok_or(DAMAGED)?,
        length: length(media_header, 16 + wide_media * 8, wide_media == 1).ok_or(DAMAGED)?,
        language: be16(media_header, 20 + wide_media * 12).ok_or(DAMAGED)?,
        is_iso,
        entries,
        tables,
    })
}

/// A length of 32 or 64 bits; all ones say that it is not known.
pub(super) fn length(bytes: &[u8], at: usize, is_wide: bool) -> Option<u64> {
    if is_wide {
        return be64(bytes, at);
    }
    be32(bytes, at).map(|length| if length == u32::MAX { u64::MAX } else { u64::from(length) })
}

fn edits(trak: &[u8]) -> Result<Vec<Edit>, Refused> {
    let Some(list) = child(trak, b"edts").and_then(|edts| child(edts, b"elst")) else { return Ok(Vec::new()) };
    let is_wide = byte(list, 0) == Some(1);
    let size = if is_wide { 20 } else { 12 };
    let count = be32(list, 4).map(index).ok_or(DAMAGED)?;
    if count > from(list, 8).len() / size {
        return Err(DAMAGED);
    }
    let edit = |n: usize| {
        let at = 8 + n * size;
        Some(if is_wide {
            Edit { length: be64(list, at)?, start: be64(list, at + 8)?.cast_signed(), rate: be32(list, at + 16)? }
        } else {
            Edit { length: length(list, at, false)?, start: i64::from(be32(list, at + 4)?.cast_signed()), rate: be32(list, at + 8)? }
        })
    };
    Ok((0..count).map_while(edit).collect())
}

fn entries(stbl: &[u8], kind: Kind, information: &[u8]) -> Result<(Vec<Entry>, bool), Refused> {
    let list = child(stbl, b"stsd").ok_or(DAMAGED)?;
    let is_iso = byte(list, 0) == Some(1);
    let references = child(information, b"dinf").and_then(|dinf| child(dinf, b"dref")).unwrap_or_default();
    let mut entries = Vec::new();
    for one in boxes(from(list, 8)).0 {
        let reference = be16(one.content, 6).map(usize::from).ok_or(DAMAGED)?;
        // Bit 0 of a reference's flags: the samples are in this file.
        let is_here = boxes(from(references, 8)).0.get(reference.wrapping_sub(1)).is_none_or(|found| be32(found.content, 0).unwrap_or(0) & 1 == 1);
        if !is_here {
            return Err(Refused::External);
        }
        entries.push(match kind {
            Kind::Picture => entry::picture(one.name, one.content)?,
            Kind::Sound => entry::sound(one.name, one.content, is_iso)?,
        });
    }
    if entries.is_empty() { Err(DAMAGED) } else { Ok((entries, is_iso)) }
}
