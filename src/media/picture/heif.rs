//! HEIF (ISO/IEC 23008-12) and AVIF: items that are Exif or XMP, names of items, descriptions, small pictures, and boxes behind.

use super::super::bytes::{be16, be32, be64, byte, find, from, head, index, name, name_text, piece};
use super::super::film::boxes::{Boxed, boxes};
use super::super::report::{Block, Finder, Reason};
use super::super::{film, words};
use super::{icc, tiff, xmp};
use std::collections::BTreeMap;

/// An item: its kind, the media type of a `mime` item, and where its bytes lie.
struct Item {
    id: u32,
    kind: [u8; 4],
    media: String,
}

/// Where an item's bytes lie: in the file (0) or in the `idat` box (1), and its extents.
struct Location {
    method: u16,
    extents: Vec<(usize, usize)>,
}

/// Looks through a HEIF file.
pub(in super::super) fn look(finder: &mut Finder, bytes: &[u8]) {
    let (found, rest) = boxes(bytes);
    for one in &found {
        match &one.name {
            b"ftyp" | b"mdat" => {}
            b"meta" => meta(finder, bytes, from(one.content, 4)),
            // A moving picture, or the film of a motion photo.
            b"moov" => drop(film::movie(finder, bytes, one.content)),
            b"mpvd" => finder.nested(Block::MotionFilm, one.content, super::super::look),
            _ => film::other(finder, one),
        }
        if !one.is_whole {
            finder.unread(Block::Unknown, &name_text(one.name), Reason::Damaged);
        }
    }
    super::trailing::look(finder, rest);
}

fn meta(finder: &mut Finder, file: &[u8], content: &[u8]) {
    let (found, rest) = boxes(content);
    let of = |name: &[u8; 4]| found.iter().find(|one| one.name == *name).map_or(&[][..], |one| one.content);
    let items = items(finder, of(b"iinf"));
    let locations = locations(of(b"iloc")).unwrap_or_default();
    for item in &items {
        let Some(location) = locations.get(&item.id) else { continue };
        let source = if location.method == 1 { of(b"idat") } else { file };
        read_item(finder, item, location, source);
    }
    for one in &found {
        match &one.name {
            b"iinf" | b"iloc" | b"idat" | b"pitm" => {}
            b"hdlr" => finder.guess(Block::Item, "hdlr", from(one.content, 24)),
            b"iref" => references(finder, from(one.content, 4)),
            b"iprp" => properties(finder, one),
            b"dinf" | b"grpl" => finder.text(Block::Item, &name_text(one.name), words::runs(one.content)),
            _ => film::other(finder, one),
        }
    }
    finder.raw(Block::Item, "meta", rest);
}

fn items(finder: &mut Finder, content: &[u8]) -> Vec<Item> {
    let start = if byte(content, 0) == Some(0) { 6 } else { 8 };
    let mut items = Vec::new();
    for entry in boxes(from(content, start)).0 {
        let version = byte(entry.content, 0).unwrap_or(0);
        // Versions 0 and 1 name no kind but a media type.
        let (id, at) = if version == 3 { (be32(entry.content, 4), 8) } else { (be16(entry.content, 4).map(u32::from), 6) };
        let (kind, names) = if version >= 2 { (name(entry.content, at + 2), at + 6) } else { (Some(*b"mime"), at + 2) };
        let mut strings = from(entry.content, names).split(|byte| *byte == 0);
        let title = strings.next().unwrap_or_default();
        let media = strings.next().map(words::latin1).unwrap_or_default();
        if !title.is_empty() {
            finder.guess(Block::Item, "name", title);
        }
        if let (Some(id), Some(kind)) = (id, kind) {
            items.push(Item { id, kind, media });
        }
    }
    items
}

/// Reads the `iloc` box (ISO/IEC 14496-12 §8.11.3).
fn locations(content: &[u8]) -> Option<BTreeMap<u32, Location>> {
    let version = byte(content, 0)?;
    let (sizes, more) = (byte(content, 4)?, byte(content, 5)?);
    let [offset, length, base] = [sizes >> 4, sizes & 15, more >> 4].map(usize::from);
    let extent_index = if version == 0 { 0 } else { usize::from(more & 15) };
    let number = |at: usize, size: usize| {
        let bytes = piece(content, at, size)?;
        Some(bytes.iter().fold(0usize, |number, byte| number << 8 | usize::from(*byte)))
    };
    let wide = if version == 2 { 4 } else { 2 };
    let count = number(6, wide)?;
    let (mut at, mut found) = (6 + wide, BTreeMap::new());
    for _ in 0..count {
        let id = u32::try_from(number(at, wide)?).ok()?;
        at += wide;
        let method = if version == 0 { 0 } else { be16(content, at)? };
        at += if version == 0 { 2 } else { 4 };
        let start = number(at, base)?;
        let extents_count = number(at + base, 2)?;
        at += base + 2;
        let mut extents = Vec::new();
        for _ in 0..extents_count {
            at += extent_index;
            let extent = (start.checked_add(number(at, offset)?)?, number(at + offset, length)?);
            // Extents of no size take no room in the box: without a limit they would take it in memory.
            if offset + length == 0 {
                return None;
            }
            extents.push(extent);
            at += offset + length;
        }
        found.insert(id, Location { method, extents });
    }
    Some(found)
}

fn read_item(finder: &mut Finder, item: &Item, location: &Location, source: &[u8]) {
    if matches!(&item.kind, b"hvc1" | b"av01" | b"grid" | b"iden" | b"iovl" | b"tmap" | b"avc1" | b"lhv1" | b"a1op") {
        return;
    }
    let mut content = Vec::new();
    for (start, length) in &location.extents {
        let part = head(from(source, *start), if *length == 0 { usize::MAX } else { *length });
        if !finder.spend(part.len()) {
            return;
        }
        content.extend_from_slice(part);
    }
    match &item.kind {
        // How many bytes stand before the TIFF header, then those, then the header.
        b"Exif" => {
            let start = be32(&content, 0).map_or(0, index).saturating_add(4);
            tiff::look(finder, from(&content, start), false);
        }
        b"mime" if item.media.contains("xml") || find(&content, b"<x:xmpmeta", 0).is_some() => xmp::look(finder, &content),
        b"jpeg" => finder.thumbnail(&content),
        kind => finder.raw(Block::Item, &name_text(*kind), &content),
    }
}

fn references(finder: &mut Finder, content: &[u8]) {
    for reference in boxes(content).0 {
        if reference.name == *b"thmb" {
            finder.block(Block::Thumbnail);
            finder.report.thumbnails += 1;
        }
    }
}

fn properties(finder: &mut Finder, iprp: &Boxed<'_>) {
    let container = boxes(iprp.content).0;
    let shared = container.iter().filter(|one| one.name == *b"ipco").flat_map(|one| boxes(one.content).0);
    for one in shared {
        match &one.name {
            b"hvcC" | b"av1C" | b"avcC" | b"lhvC" | b"ispe" | b"pixi" | b"pasp" | b"irot" | b"imir" | b"clap" | b"rloc" | b"lsel" | b"a1op"
            | b"a1lx" | b"clli" | b"mdcv" | b"amve" | b"cclv" | b"auxC" => {}
            b"colr" => match name(one.content, 0) {
                Some(kind) if &kind == b"prof" || &kind == b"rICC" => icc::look(finder, from(one.content, 4)),
                _ => {}
            },
            // Language, name, description, tags; and the text for those who do not see.
            b"udes" | b"altt" => finder.guess(Block::Item, &name_text(one.name), from(one.content, 4)),
            // When it was made and changed: microseconds since 1904.
            b"crtt" | b"mdft" => finder.text(Block::Time, &name_text(one.name), be64(one.content, 4).unwrap_or(0).to_string()),
            _ => film::other(finder, &one),
        }
    }
}
