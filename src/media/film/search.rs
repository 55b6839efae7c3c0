//! What a film hides: every box that says something, tracks that nobody sees, bytes of no track, words in coded pictures.

use super::super::bytes::{be16, be32, be64, byte, find, from, head, index, name_text};
use super::super::picture::{icc, jpeg, tiff, xmp};
use super::super::report::{Block, Finder, Reason};
use super::super::words;
use super::boxes::{Boxed, boxes, child};
use super::frames::{self, Coding};
use super::tables::Tables;
use super::{entry, tables, track, userdata};

/// The identifier of an XMP packet (XMP part 3, §2.2).
const XMP: [u8; 16] = [0xBE, 0x7A, 0xCF, 0xCB, 0x97, 0xA9, 0x42, 0xE8, 0x9C, 0x71, 0x99, 0x94, 0x91, 0xE3, 0xAF, 0xAC];

/// Boxes of samples that are looked at between the samples.
const DATA_MAX: usize = 64;

/// Looks through a film.
pub(in super::super) fn look(finder: &mut Finder, bytes: &[u8]) {
    let (found, rest) = boxes(bytes);
    let mut taken = Vec::new();
    for one in &found {
        match &one.name {
            b"ftyp" | b"mdat" | b"styp" | b"sidx" | b"mfra" => {}
            b"moov" => taken.extend(movie(finder, bytes, one.content)),
            b"moof" => finder.unread(Block::Track, "moof", Reason::Unknown),
            _ => other(finder, one),
        }
        if !one.is_whole {
            finder.unread(Block::Unknown, &name_text(one.name), Reason::Damaged);
        }
    }
    finder.raw(Block::Gap, "", rest);
    taken.sort_unstable();
    for (n, data) in found.iter().filter(|one| one.name == *b"mdat").enumerate() {
        if n >= DATA_MAX {
            finder.unread(Block::Gap, "mdat", Reason::TooMuch);
            break;
        }
        gaps(finder, bytes, data, &taken);
    }
}

/// Bytes of a film's data that no track takes.
fn gaps(finder: &mut Finder, bytes: &[u8], data: &Boxed<'_>, taken: &[(usize, usize)]) {
    let (mut at, end) = (data.start, data.start + data.content.len());
    let here = taken.iter().filter(|(start, stop)| *stop > data.start && *start < end);
    for (start, stop) in here.chain([&(end, end)]) {
        if *start > at {
            finder.raw(Block::Gap, "mdat", bytes.get(at..*start).unwrap_or_default());
        }
        at = at.max(*stop);
    }
}

/// Looks through the header of a film and gives the ranges of the file that its tracks take.
pub(in super::super) fn movie(finder: &mut Finder, file: &[u8], content: &[u8]) -> Vec<(usize, usize)> {
    let (found, rest) = boxes(content);
    let mut taken = Vec::new();
    for one in &found {
        match &one.name {
            b"mvhd" => dates(finder, one.content),
            b"trak" => taken.extend(look_track(finder, file, one.content)),
            b"iods" | b"mvex" => {}
            b"gps " => {
                // Dashboard cameras list here where they wrote positions between the pictures.
                finder.report.location = true;
                finder.block(Block::Gps);
            }
            _ => other(finder, one),
        }
    }
    finder.raw(Block::Gap, "moov", rest);
    taken
}

/// A box that says something, or one of unknown make.
pub(in super::super) fn other(finder: &mut Finder, one: &Boxed<'_>) {
    match &one.name {
        b"udta" => finder.inside(Block::UserData, |finder| userdata::list(finder, one.content)),
        b"meta" => finder.inside(Block::UserData, |finder| userdata::meta(finder, one.content)),
        b"XMP_" => xmp::look(finder, one.content),
        b"uuid" if one.content.starts_with(&XMP) => xmp::look(finder, from(one.content, 16)),
        b"Exif" | b"exif" => tiff::look(finder, one.content.strip_prefix(b"Exif\0\0").unwrap_or(one.content), false),
        name => unknown(finder, &name_text(*name), one.content),
    }
}

/// Bytes of unknown make, in which makers like to keep a small JPEG.
pub(super) fn unknown(finder: &mut Finder, name: &str, content: &[u8]) {
    finder.raw(Block::Unknown, name, content);
    if let Some(start) = find(content, &[0xFF, 0xD8, 0xFF], 0)
        && let Some(length) = jpeg::end(from(content, start))
    {
        finder.thumbnail(head(from(content, start), length));
    }
}

/// The date of making in a header of film, track or media: seconds since 1904.
fn dates(finder: &mut Finder, header: &[u8]) {
    let wide = byte(header, 0) == Some(1);
    let (made, changed) = if wide { (be64(header, 4), be64(header, 12)) } else { (be32(header, 4).map(u64::from), be32(header, 8).map(u64::from)) };
    for (field, seconds) in [("creation_time", made), ("modification_time", changed)] {
        if let Some(seconds @ 1..) = seconds {
            finder.text(Block::Time, field, date(seconds));
        }
    }
}

/// A date of the Gregorian calendar from seconds since the beginning of 1904.
fn date(seconds: u64) -> String {
    let (days, second) = (seconds / 86400, seconds % 86400);
    // Days since 0000-03-01, so that leap days end a year.
    let days = days + 695_361;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (year, month) = (year + era * 400 + u64::from(month >= 10), if month < 10 { month + 3 } else { month - 9 });
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", second / 3600, second / 60 % 60, second % 60)
}

fn look_track(finder: &mut Finder, file: &[u8], trak: &[u8]) -> Vec<(usize, usize)> {
    for one in &boxes(trak).0 {
        match &one.name {
            b"tkhd" => dates(finder, one.content),
            b"mdia" => media(finder, one.content),
            b"edts" => others(finder, one.content, &[b"elst"]),
            b"tref" | b"tapt" | b"load" | b"trgr" => {}
            _ => other(finder, one),
        }
    }
    let stbl = child(trak, b"mdia").and_then(|media| child(media, b"minf")).and_then(|information| child(information, b"stbl")).unwrap_or_default();
    let mut read = match tables::read(stbl) {
        Ok(read) => read,
        Err(_) => {
            finder.unread(Block::Track, "", Reason::Damaged);
            return Vec::new();
        }
    };
    others(finder, stbl, TABLES);
    let entries = child(stbl, b"stsd").map(|list| boxes(from(list, 8)).0).unwrap_or_default();
    // QuickTime counts single bytes of uncompressed sound but means whole moments.
    if let (tables::Sizes::Alike(1, count), Some(first)) = (&read.sizes, entries.first())
        && let Some(bytes) = entry::sound(first.name, first.content, false).ok().and_then(|entry| entry.frame_bytes)
    {
        read.sizes = tables::Sizes::Alike(u32::try_from(bytes).unwrap_or(1), *count);
    }
    match track::kind(trak) {
        Some(kind) => coded(finder, file, &read, &entries, kind),
        None => unseen(finder, file, trak, &read, &entries),
    }
    read.chunks.iter().map(|chunk| (chunk.start, range_end(&read, chunk))).collect()
}

/// Tables of samples, all of numbers.
const TABLES: &[&[u8; 4]] = &[
    b"stsd", b"stts", b"ctts", b"stss", b"stsc", b"stsz", b"stz2", b"stco", b"co64", b"cslg", b"sdtp", b"stps", b"sgpd", b"sbgp", b"stsh", b"padb",
    b"subs", b"saiz", b"saio", b"senc",
];

/// Boxes of sample entries that configure the coding.
const CONFIGURATION: &[&[u8; 4]] = &[
    b"avcC", b"hvcC", b"av1C", b"vpcC", b"esds", b"dOps", b"dfLa", b"alac", b"dac3", b"dec3", b"damr", b"wave", b"chan", b"chnl", b"pcmC", b"srat",
    b"colr", b"pasp", b"clap", b"fiel", b"gama", b"mdcv", b"clli", b"SmDm", b"CoLL", b"dvcC", b"dvvC", b"btrt", b"lhvC", b"hvcE", b"vexu", b"hfov",
    b"sinf", b"SA3D",
];

/// All boxes but those that are known to hold numbers alone.
fn others(finder: &mut Finder, content: &[u8], known: &[&[u8; 4]]) {
    for one in boxes(content).0.iter().filter(|one| !known.contains(&&one.name)) {
        other(finder, one);
    }
}

/// Where a chunk ends, as its sizes say.
fn range_end(tables: &Tables, chunk: &tables::Chunk) -> usize {
    let bytes = match &tables.sizes {
        tables::Sizes::Alike(size, _) => index(*size).saturating_mul(chunk.count),
        tables::Sizes::Each(sizes) => sizes.iter().skip(chunk.first).take(chunk.count).map(|size| index(*size)).fold(0, usize::saturating_add),
    };
    chunk.start.saturating_add(bytes)
}

fn media(finder: &mut Finder, content: &[u8]) {
    for one in &boxes(content).0 {
        match &one.name {
            b"mdhd" => dates(finder, one.content),
            b"hdlr" => handler(finder, one.content),
            b"minf" => {
                for inner in &boxes(one.content).0 {
                    match &inner.name {
                        b"hdlr" => handler(finder, inner.content),
                        b"vmhd" | b"smhd" | b"nmhd" | b"gmhd" | b"sthd" | b"hmhd" | b"dinf" | b"stbl" => {}
                        _ => other(finder, inner),
                    }
                }
            }
            b"elng" | b"extm" => {}
            _ => other(finder, one),
        }
    }
}

/// The name of a handler, for which programs write their own.
fn handler(finder: &mut Finder, content: &[u8]) {
    let name = from(content, 24);
    // QuickTime writes the length before the name.
    let name = match name.split_first() {
        Some((length, rest)) if usize::from(*length) == rest.len() => rest,
        _ => name,
    };
    let name = words::guess(name);
    if !name.is_empty() {
        finder.text(Block::Handler, "hdlr", name);
    }
}

/// Words in a track of picture or sound: of its entries, and of its pictures.
fn coded(finder: &mut Finder, file: &[u8], tables: &Tables, entries: &[Boxed<'_>], kind: track::Kind) {
    for one in entries {
        let children = if kind == track::Kind::Picture {
            let name = from(head(one.content, 74), 42);
            let length = byte(name, 0).map_or(0, usize::from);
            if length > 0 {
                finder.guess(Block::Handler, "compressor", head(from(name, 1), length));
            }
            from(one.content, 78)
        } else {
            let fields = match be16(one.content, 8) {
                Some(1) => 44,
                Some(2) => 64,
                _ => 28,
            };
            from(one.content, fields)
        };
        others(finder, children, CONFIGURATION);
        if let Some(profile) = child(children, b"colr").filter(|colour| matches!(head(colour, 4), b"prof" | b"rICC")) {
            icc::look(finder, from(profile, 4));
        }
    }
    let codings: Vec<Coding> = match kind {
        track::Kind::Picture => entries.iter().map(|one| entry::picture(one.name, one.content).map_or(Coding::Plain, |entry| entry.coding)).collect(),
        track::Kind::Sound => {
            entries.iter().map(|one| entry::sound(one.name, one.content, false).map_or(Coding::Plain, |entry| entry.coding)).collect()
        }
    };
    for chunk in &tables.chunks {
        let coding = codings.get(index(chunk.entry).wrapping_sub(1)).copied().unwrap_or(Coding::Plain);
        if coding == Coding::Plain {
            continue;
        }
        let mut at = chunk.start;
        for sample in chunk.first..chunk.first.saturating_add(chunk.count) {
            let bytes = head(from(file, at), tables.sizes.of(sample));
            if bytes.is_empty() || !finder.spend(bytes.len()) {
                break;
            }
            at += bytes.len();
            said(finder, coding, bytes);
        }
    }
}

fn said(finder: &mut Finder, coding: Coding, sample: &[u8]) {
    let mut found = Vec::new();
    if frames::filter(coding, sample, &mut |message| found.push(words::runs(message))).is_err() {
        finder.unread(Block::Frame, "", Reason::Damaged);
    }
    for text in found {
        let is_new = finder.report.hidden.last().is_none_or(|last| last.text != text);
        finder.block(Block::Frame);
        if is_new {
            finder.text(Block::Frame, "", text);
        }
    }
}

/// A track that nobody sees: positions, times, captions, chapters.
fn unseen(finder: &mut Finder, file: &[u8], trak: &[u8], tables: &Tables, entries: &[Boxed<'_>]) {
    let kind = entries.first().map(|one| one.name).or_else(|| track::handler(trak)).map_or(String::new(), name_text);
    finder.block(Block::Track);
    let mut content = Vec::new();
    for one in entries {
        content.extend_from_slice(one.content);
    }
    for chunk in &tables.chunks {
        let samples = head(from(file, chunk.start), range_end(tables, chunk).saturating_sub(chunk.start));
        if !finder.spend(samples.len()) {
            break;
        }
        content.extend_from_slice(samples);
        content.push(0);
    }
    let lower = words::runs(&content).to_lowercase();
    finder.report.location |=
        matches!(kind.as_str(), "gpmd" | "camm") || ["gps", "location", "latitude", "iso6709"].iter().any(|word| lower.contains(word));
    finder.raw(Block::Track, &kind, &content);
}

#[cfg(test)]
mod tests {
    #[test]
    fn seconds_since_1904_become_dates() {
        assert_eq!(super::date(0), "1904-01-01T00:00:00Z");
        assert_eq!(super::date(2_082_844_800), "1970-01-01T00:00:00Z");
        assert_eq!(super::date(2_082_844_800 + 1_582_934_400 + 86399), "2020-02-29T23:59:59Z");
        assert_eq!(super::date(2_082_844_800 + 1_582_934_400 + 86400), "2020-03-01T00:00:00Z");
    }
}
