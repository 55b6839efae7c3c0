//! What a ZIP is: a document of an office program, or an archive with files of its own.

use super::harvest::Harvest;
use super::mark::Mark;
use super::package::{self, Entry};
use super::{Format, Place, Remark, format, ofd, parts};

/// Reads a ZIP with everything in it.
pub(super) fn read(bytes: &[u8], place: &Place, harvest: &mut Harvest) -> Format {
    let entries = package::unpack(bytes, place, harvest);
    let format = tell(&entries);
    for entry in &entries {
        if is_unsafe(&entry.name) {
            let place = place.named(Mark::Entry, &entry.name);
            harvest.remark(Remark::UnsafePath { place, name: entry.name.clone() });
        }
    }
    match format {
        Format::Zip => read_files(&entries, place, harvest),
        Format::Ofd => ofd::read(entries, place, harvest),
        _ => parts::read(entries, format, place, harvest),
    }
    format
}

fn tell(entries: &[Entry]) -> Format {
    let has = |wanted: &str| entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(wanted));
    let has_folder = |wanted: &str| entries.iter().any(|entry| entry.name.get(..wanted.len()).is_some_and(|head| head.eq_ignore_ascii_case(wanted)));
    if has("[Content_Types].xml") {
        for (folder, format) in [("word/", Format::Docx), ("xl/", Format::Xlsx), ("ppt/", Format::Pptx)] {
            if has_folder(folder) {
                return format;
            }
        }
    }
    if has("OFD.xml") {
        return Format::Ofd;
    }
    let mimetype = entries.iter().find(|entry| entry.name == "mimetype").map(|entry| entry.bytes.as_slice());
    match mimetype {
        Some(b"application/epub+zip") => Format::Epub,
        Some(mimetype) if mimetype.starts_with(b"application/vnd.oasis.opendocument") => Format::Odf,
        _ => Format::Zip,
    }
}

fn read_files(entries: &[Entry], place: &Place, harvest: &mut Harvest) {
    for entry in entries {
        let here = place.named(Mark::Entry, &entry.name);
        harvest.piece(here.with(Mark::EntryName), false, &entry.name);
        format::read(&entry.name, &entry.bytes, &here, harvest);
    }
}

/// Whether a name would lead an unpacking program out of its folder.
fn is_unsafe(name: &str) -> bool {
    let has_drive = name.as_bytes().get(1) == Some(&b':');
    name.starts_with(['/', '\\']) || has_drive || name.contains('\0') || name.split(['/', '\\']).any(|step| step == "..")
}
