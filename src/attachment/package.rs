//! ZIP → entries, within the limits, with every byte of the file accounted for.

use super::harvest::Harvest;
use super::mark::Mark;
use super::{Place, Reason, Refused, encoding, runs};
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// An entry of a package.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// A local file header without its variable parts (APPNOTE.TXT 4.3.7), a central one (4.3.12), the end record (4.3.16),
/// and the ZIP64 records before it (4.3.14, 4.3.15).
const LOCAL: usize = 30;
const CENTRAL: u64 = 46;
const END: usize = 22;
const ZIP64_ENDS: u64 = 56 + 20;
/// The longest data descriptor behind an entry (4.3.9).
const DESCRIPTOR: u64 = 24;

/// Unpacks all entries; what cannot be unpacked is told.
pub(super) fn unpack(bytes: &[u8], place: &Place, harvest: &mut Harvest) -> Vec<Entry> {
    let mut archive = match ZipArchive::new(Cursor::new(bytes)) {
        Ok(archive) => archive,
        Err(error) => {
            runs::read(bytes, place, harvest);
            harvest.unread(place.clone(), reason(&error));
            return Vec::new();
        }
    };
    harvest.piece(place.with(Mark::ArchiveComment), true, &encoding::decode_name(archive.comment()));
    let mut out = Vec::new();
    let mut spans = Vec::new();
    let mut central = 0;
    for index in 0..archive.len() {
        if !harvest.budget.entry() {
            harvest.unread(place.clone(), Reason::Refused(Refused::Bomb));
            return out;
        }
        match look(&mut archive, index, bytes, place, harvest) {
            Some(head) => {
                spans.push(head.span);
                central += head.central;
                out.extend(unpack_one(&mut archive, index, head.name, place, harvest));
            }
            None => harvest.unread(place.clone(), Reason::Damaged),
        }
    }
    let start = archive.central_directory_start();
    if archive.has_duplicate_names() || archive.offset() > 0 || has_gap(&mut spans, start) || has_tail(bytes, start + central) {
        runs::read(bytes, place, harvest);
        harvest.unread(place.clone(), Reason::Unaccounted);
    }
    out
}

struct Head {
    name: String,
    /// From its local header to the end of its data.
    span: (u64, u64),
    /// Bytes that it takes in the central directory.
    central: u64,
}

/// Reads the headers of an entry and the texts in them.
fn look(archive: &mut ZipArchive<Cursor<&[u8]>>, index: usize, bytes: &[u8], place: &Place, harvest: &mut Harvest) -> Option<Head> {
    let file = archive.by_index_raw(index).ok()?;
    let raw = file.name_raw().to_vec();
    let name = encoding::decode_name(&raw);
    let here = place.named(Mark::Entry, &name);
    harvest.piece(here.with(Mark::EntryComment), true, &encoding::decode_name(file.comment_raw()));
    let extra = file.extra_data().unwrap_or_default();
    let (start, data) = (file.header_start(), file.data_start()?);
    let span = (start, data.checked_add(file.compressed_size())?);
    let central = CENTRAL + raw.len() as u64 + extra.len() as u64 + file.comment_raw().len() as u64;
    // The local header repeats the name; a reader that goes through the file from its start believes this one.
    let local = bytes.get(usize::try_from(start).ok()?.checked_add(LOCAL)?..usize::try_from(data).ok()?)?;
    let (local_name, local_extra) = local.split_at_checked(raw.len()).unwrap_or((local, &[]));
    if local_name != raw {
        harvest.piece(here.with(Mark::EntryName), true, &encoding::decode_name(local_name));
        harvest.unread(here.clone(), Reason::Unaccounted);
    }
    runs::read(&extra, &here.with(Mark::EntryComment), harvest);
    runs::read(local_extra, &here.with(Mark::EntryComment), harvest);
    Some(Head { name, span, central })
}

fn unpack_one(archive: &mut ZipArchive<Cursor<&[u8]>>, index: usize, name: String, place: &Place, harvest: &mut Harvest) -> Option<Entry> {
    let here = || place.named(Mark::Entry, &name);
    let mut file = match archive.by_index(index) {
        Ok(file) => file,
        Err(error) => {
            harvest.piece(here().with(Mark::EntryName), false, &name);
            harvest.unread(here(), reason(&error));
            return None;
        }
    };
    if file.is_dir() && file.size() == 0 {
        harvest.piece(here().with(Mark::EntryName), false, &name);
        return None;
    }
    let room = harvest.budget.room(file.compressed_size());
    let mut bytes = Vec::new();
    let result = file.by_ref().take(room.saturating_add(1)).read_to_end(&mut bytes);
    harvest.budget.unpack(bytes.len());
    if bytes.len() as u64 > room {
        harvest.unread(here(), Reason::Refused(Refused::Bomb));
        bytes.clear();
    } else if result.is_err() {
        harvest.unread(here(), Reason::Damaged);
    }
    Some(Entry { name, bytes })
}

fn reason(error: &ZipError) -> Reason {
    match error {
        ZipError::UnsupportedArchive(text) if *text == ZipError::PASSWORD_REQUIRED => Reason::Refused(Refused::Encrypted),
        ZipError::InvalidPassword => Reason::Refused(Refused::Encrypted),
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => Reason::Compression,
        _ => Reason::Damaged,
    }
}

/// Whether there are bytes between the entries that belong to none, before the central directory.
fn has_gap(spans: &mut [(u64, u64)], end: u64) -> bool {
    spans.sort_unstable();
    let starts = spans.iter().map(|(start, _)| *start).skip(1).chain([end]);
    let is_first_late = spans.first().map_or(end > 0, |(start, _)| *start > 0);
    is_first_late || spans.iter().zip(starts).any(|((_, end), next)| next < *end || next - end > DESCRIPTOR)
}

/// Whether bytes stand between the central directory and the end record, or behind that.
fn has_tail(bytes: &[u8], central_end: u64) -> bool {
    let Some(end) = bytes.windows(4).rposition(|window| window == b"PK\x05\x06") else { return true };
    let comment = match bytes.get(end + END - 2..end + END) {
        Some([low, high]) => usize::from(u16::from_le_bytes([*low, *high])),
        _ => 0,
    };
    let between = (end as u64).saturating_sub(central_end);
    end + END + comment != bytes.len() || between > ZIP64_ENDS
}
