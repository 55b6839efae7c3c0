//! Compound files ([MS-CFB]): DOC, XLS, PPT, WPS from before 2007, objects embedded in newer files, macro projects.

use super::harvest::Harvest;
use super::mark::Mark;
use super::{Format, Place, Reason, Refused, doc, format, ole, runs, xls};
use cfb::CompoundFile;
use std::io::{Cursor, Read};

/// A stream of a compound file.
#[derive(Debug)]
pub(super) struct Stream {
    pub(super) path: String,
    pub(super) bytes: Vec<u8>,
}

impl Stream {
    pub(super) fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }
}

/// Reads a compound file with everything in it.
pub(super) fn read(bytes: &[u8], place: &Place, harvest: &mut Harvest) -> Format {
    // Sectors that no stream uses any more keep what was in them.
    runs::read(bytes, &place.with(Mark::Outside), harvest);
    let Some(streams) = streams(bytes, place, harvest) else {
        harvest.unread(place.clone(), Reason::Damaged);
        return Format::Compound;
    };
    let has = |wanted: &str| streams.iter().any(|stream| stream.name().eq_ignore_ascii_case(wanted));
    let format = match () {
        () if has("WordDocument") => Format::Doc,
        () if has("Workbook") || has("Book") => Format::Xls,
        () if has("PowerPoint Document") => Format::Ppt,
        () => Format::Compound,
    };
    if has("EncryptedPackage") || has("EncryptionInfo") || has("EncryptedSummary") {
        harvest.unread(place.clone(), Reason::Refused(Refused::Encrypted));
    }
    if has("_VBA_PROJECT") || has("VBA") || has("Macros") {
        harvest.unread(place.clone(), Reason::Program);
    }
    if format != Format::Compound {
        harvest.unread(place.clone(), Reason::OldBinary);
    }
    for stream in &streams {
        read_stream(stream, format, &streams, place, harvest);
    }
    format
}

/// All streams within the limits.
fn streams(bytes: &[u8], place: &Place, harvest: &mut Harvest) -> Option<Vec<Stream>> {
    let mut file = CompoundFile::open(Cursor::new(bytes)).ok()?;
    let paths: Vec<_> = file.walk().filter(cfb::Entry::is_stream).map(|entry| entry.path().to_owned()).take(100_000).collect();
    let mut out = Vec::new();
    for path in paths {
        if !harvest.budget.entry() {
            harvest.unread(place.clone(), Reason::Refused(Refused::Bomb));
            break;
        }
        let name = path.to_string_lossy().into_owned();
        let room = harvest.budget.room(bytes.len() as u64).min(bytes.len() as u64);
        let mut content = Vec::new();
        let result = file.open_stream(&path).and_then(|stream| stream.take(room).read_to_end(&mut content));
        harvest.budget.unpack(content.len());
        if content.len() as u64 >= room {
            harvest.unread(place.clone(), Reason::Refused(Refused::Bomb));
        }
        if result.is_err() {
            harvest.unread(place.named(Mark::Stream, &printable(&name)), Reason::Damaged);
        }
        out.push(Stream { path: name, bytes: content });
    }
    Some(out)
}

/// A path without the control characters that names of streams begin with.
fn printable(path: &str) -> String {
    path.chars().filter(|c| !c.is_control()).collect()
}

/// Streams of embedded objects whose bytes say nothing but which program made them.
const HOUSEKEEPING: &[&str] = &["\u{1}CompObj", "\u{1}Ole", "\u{3}ObjInfo", "\u{3}LinkInfo", "\u{3}EPRINT"];

fn read_stream(stream: &Stream, format: Format, streams: &[Stream], place: &Place, harvest: &mut Harvest) {
    let here = place.named(Mark::Stream, &printable(&stream.path));
    match stream.name() {
        "\u{5}SummaryInformation" | "\u{5}DocumentSummaryInformation" => {
            ole::properties(stream.name(), &stream.bytes, place, harvest);
            runs::read(&stream.bytes, &here, harvest);
        }
        "\u{1}Ole10Native" => match ole::native(&stream.bytes) {
            Some(native) => {
                harvest.piece(here.clone(), true, &native.names);
                format::read(&native.label, native.bytes, &place.named(Mark::Embedded, &native.label), harvest);
            }
            None => {
                runs::read(&stream.bytes, &here, harvest);
                harvest.unread(here, Reason::UnknownBinary);
            }
        },
        "WordDocument" => {
            let table = |name: &str| streams.iter().find(|stream| stream.name() == name).map(|stream| stream.bytes.as_slice());
            doc::read(&stream.bytes, table, place, harvest);
            runs::read(&stream.bytes, &here, harvest);
        }
        "Workbook" | "Book" => {
            xls::read(&stream.bytes, place, harvest);
            runs::read(&stream.bytes, &here, harvest);
        }
        _ if format::is_known(&stream.bytes) => {
            format::read("", &stream.bytes, &here, harvest);
        }
        name => {
            runs::read(&stream.bytes, &here, harvest);
            if format == Format::Compound && !HOUSEKEEPING.contains(&name) && !stream.bytes.is_empty() {
                harvest.unread(here, Reason::UnknownBinary);
            }
        }
    }
}
