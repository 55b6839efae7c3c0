//! Writes a film: brand, header, samples, in this order, so that it plays while it is still loading.

use super::super::format::Format;
use super::boxes::{write, write_full};
use super::entry;
use super::strip::Film;
use super::tables::{Chunk, Sizes, Tables};
use super::track::{Edit, Kind, Track};

/// Writes the file. All dates are zero, all names empty.
pub(super) fn file(film: &Film, body: &[u8], format: Format) -> Vec<u8> {
    let brand = match format {
        Format::Mov => write(b"ftyp", b"qt  \0\0\0\0qt  "),
        Format::M4a if !film.has_pictures() => write(b"ftyp", b"M4A \0\0\0\0M4A isomiso2"),
        _ => write(b"ftyp", b"isom\0\0\x02\0isomiso2mp41"),
    };
    let is_mov = format == Format::Mov;
    // Where the samples begin decides how offsets are written, and those how long the header is.
    let short = movie(film, is_mov, 0, false).len() + brand.len() + 16;
    let is_long = u32::try_from(short.saturating_add(body.len())).is_err();
    let header_length = brand.len() + movie(film, is_mov, 0, is_long).len();
    let mut data = Vec::new();
    if is_long {
        data.extend(1u32.to_be_bytes());
        data.extend(b"mdat");
        data.extend((as_u64(body.len()) + 16).to_be_bytes());
    } else {
        data.extend(as_u32(body.len() + 8).to_be_bytes());
        data.extend(b"mdat");
    }
    let start = header_length + data.len();
    let mut file = Vec::with_capacity(start + body.len());
    file.extend(brand);
    file.extend(movie(film, is_mov, start, is_long));
    file.extend(data);
    file.extend(body);
    file
}

fn as_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn as_u64(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

/// The boxes one after the other.
fn join(parts: &[Vec<u8>]) -> Vec<u8> {
    parts.concat()
}

/// A length in 32 bits where it fits, with the version that says so.
fn length(length: u64) -> (u8, Vec<u8>) {
    match u32::try_from(length) {
        _ if length == u64::MAX => (0, vec![0xFF; 4]),
        Ok(short) if short != u32::MAX => (0, short.to_be_bytes().to_vec()),
        _ => (1, length.to_be_bytes().to_vec()),
    }
}

/// Dates of zero in the width of a version.
fn no_dates(version: u8) -> Vec<u8> {
    vec![0; if version == 1 { 16 } else { 8 }]
}

fn movie(film: &Film, is_mov: bool, start: usize, is_long: bool) -> Vec<u8> {
    let longest = film.tracks.iter().map(|track| track.shown).max().unwrap_or(0);
    let (version, written) = length(longest);
    let next = as_u32(film.tracks.len() + 1);
    let header = join(&[
        no_dates(version),
        film.scale.to_be_bytes().to_vec(),
        written,
        film.playing.clone(),
        vec![0; 10],
        film.matrix.clone(),
        vec![0; 24],
        next.to_be_bytes().to_vec(),
    ]);
    let mut content = write_full(b"mvhd", version, 0, &header);
    for (n, track) in film.tracks.iter().enumerate() {
        content.extend(write_track(track, as_u32(n + 1), is_mov, start, is_long));
    }
    write(b"moov", &content)
}

fn write_track(track: &Track, number: u32, is_mov: bool, start: usize, is_long: bool) -> Vec<u8> {
    let (version, shown) = length(track.shown);
    let header = join(&[no_dates(version), number.to_be_bytes().to_vec(), vec![0; 4], shown, vec![0; 8], track.layout.clone()]);
    let mut content = write_full(b"tkhd", version, track.flags, &header);
    if !track.edits.is_empty() {
        content.extend(write(b"edts", &edits(&track.edits)));
    }
    let (version, lasts) = length(track.length);
    let header = join(&[no_dates(version), track.scale.to_be_bytes().to_vec(), lasts, track.language.to_be_bytes().to_vec(), vec![0; 2]]);
    let (kind, pointer): (&[u8; 4], Vec<u8>) = match track.kind {
        Kind::Picture => (b"vide", write_full(b"vmhd", 0, 1, &[0; 8])),
        Kind::Sound => (b"soun", write_full(b"smhd", 0, 0, &[0; 4])),
    };
    let information = join(&[
        pointer,
        if is_mov { handler(b"dhlr", b"url ") } else { Vec::new() },
        write(b"dinf", &write_full(b"dref", 0, 0, &join(&[1u32.to_be_bytes().to_vec(), write_full(b"url ", 0, 1, &[])]))),
        write(b"stbl", &sample_table(track, start, is_long)),
    ]);
    let media =
        join(&[write_full(b"mdhd", version, 0, &header), handler(if is_mov { b"mhlr" } else { &[0; 4] }, kind), write(b"minf", &information)]);
    content.extend(write(b"mdia", &media));
    write(b"trak", &content)
}

/// A handler without a name.
fn handler(component: &[u8; 4], kind: &[u8; 4]) -> Vec<u8> {
    write_full(b"hdlr", 0, 0, &[&component[..], &kind[..], &[0; 13]].concat())
}

fn edits(edits: &[Edit]) -> Vec<u8> {
    let fits = |edit: &Edit| (edit.length == u64::MAX || edit.length < u64::from(u32::MAX)) && i32::try_from(edit.start).is_ok();
    let is_wide = !edits.iter().all(fits);
    let mut content = as_u32(edits.len()).to_be_bytes().to_vec();
    for edit in edits {
        if is_wide {
            content.extend(edit.length.to_be_bytes());
            content.extend(edit.start.to_be_bytes());
        } else {
            content.extend(length(edit.length).1);
            content.extend(i32::try_from(edit.start).unwrap_or(0).to_be_bytes());
        }
        content.extend(edit.rate.to_be_bytes());
    }
    write_full(b"elst", u8::from(is_wide), 0, &content)
}

fn sample_table(track: &Track, start: usize, is_long: bool) -> Vec<u8> {
    let tables = &track.tables;
    let mut content = entry::write_all(&track.entries, track.is_iso);
    content.extend(write_full(b"stts", 0, 0, &pairs(&tables.times)));
    if let Some((version, shifts)) = &tables.shifts {
        content.extend(write_full(b"ctts", *version, 0, &pairs(shifts)));
    }
    if let Some(range) = &tables.shift_range {
        content.extend(write(b"cslg", range));
    }
    if let Some(keys) = &tables.keys {
        let mut list = as_u32(keys.len()).to_be_bytes().to_vec();
        list.extend(keys.iter().flat_map(|key| key.to_be_bytes()));
        content.extend(write_full(b"stss", 0, 0, &list));
    }
    content.extend(write_full(b"stsc", 0, 0, &chunk_runs(&tables.chunks)));
    content.extend(write_full(b"stsz", 0, 0, &sizes(tables)));
    content.extend(offsets(&tables.chunks, start, is_long));
    content
}

fn pairs(pairs: &[(u32, u32)]) -> Vec<u8> {
    let mut list = as_u32(pairs.len()).to_be_bytes().to_vec();
    for (count, value) in pairs {
        list.extend(count.to_be_bytes());
        list.extend(value.to_be_bytes());
    }
    list
}

fn chunk_runs(chunks: &[Chunk]) -> Vec<u8> {
    let (mut runs, mut list, mut last) = (0usize, Vec::new(), None);
    for (n, chunk) in chunks.iter().enumerate() {
        let run = (chunk.count, chunk.entry);
        if last == Some(run) {
            continue;
        }
        last = Some(run);
        runs += 1;
        list.extend(as_u32(n + 1).to_be_bytes());
        list.extend(as_u32(chunk.count).to_be_bytes());
        list.extend(chunk.entry.to_be_bytes());
    }
    [as_u32(runs).to_be_bytes().to_vec(), list].concat()
}

fn sizes(tables: &Tables) -> Vec<u8> {
    match &tables.sizes {
        Sizes::Alike(size, count) => [size.to_be_bytes(), as_u32(*count).to_be_bytes()].concat(),
        Sizes::Each(each) => {
            let mut list = [0; 4].to_vec();
            list.extend(as_u32(each.len()).to_be_bytes());
            list.extend(each.iter().flat_map(|size| size.to_be_bytes()));
            list
        }
    }
}

fn offsets(chunks: &[Chunk], start: usize, is_long: bool) -> Vec<u8> {
    let mut list = as_u32(chunks.len()).to_be_bytes().to_vec();
    for chunk in chunks {
        let offset = start + chunk.start;
        if is_long {
            list.extend(as_u64(offset).to_be_bytes());
        } else {
            list.extend(as_u32(offset).to_be_bytes());
        }
    }
    write_full(if is_long { b"co64" } else { b"stco" }, 0, 0, &list)
}
