//! Samples written as text: parts behind `=== path`, and what must be found in them behind `=== expect`.

use crate::attachment::{Contents, Limits, Reason, open};
use std::io::{Cursor, Write};
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

/// The samples that are packages, by name.
pub(super) const PACKAGES: &[(&str, &str)] = &[
    ("xlsx", include_str!("../sample/xlsx.txt")),
    ("docx", include_str!("../sample/docx.txt")),
    ("docx-inner", include_str!("../sample/docx-inner.txt")),
    ("pptx", include_str!("../sample/pptx.txt")),
    ("ofd", include_str!("../sample/ofd.txt")),
    ("odt", include_str!("../sample/odt.txt")),
    ("zip", include_str!("../sample/zip.txt")),
];

/// The text of a sample.
pub(super) fn text(name: &str) -> &'static str {
    PACKAGES.iter().find(|(known, _)| *known == name).unwrap().1
}

/// Packs entries.
pub(super) fn pack<'a>(entries: impl IntoIterator<Item = (&'a str, Vec<u8>)>) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(name, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)).unwrap();
        writer.write_all(&bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The parts of a sample without what is expected.
fn parts(text: &str) -> Vec<(&str, Vec<u8>)> {
    let sections = text.split("=== ").skip(1).filter(|section| !section.starts_with("expect"));
    sections
        .map(|section| {
            let (head, body) = section.split_once('\n').unwrap();
            let (path, source) = head.split_once([' ']).unwrap_or((head, ""));
            let bytes = match source.split_at_checked(1) {
                Some(("@", name)) => build(name),
                Some(("#", hex)) => (0..hex.len() / 2).map(|at| u8::from_str_radix(&hex[at * 2..at * 2 + 2], 16).unwrap()).collect(),
                _ => body.trim_end_matches('\n').as_bytes().to_vec(),
            };
            (path, bytes)
        })
        .collect()
}

/// The bytes of a sample.
pub(super) fn build(name: &str) -> Vec<u8> {
    pack(parts(text(name)))
}

/// Reads bytes within the usual limits.
pub(super) fn read(name: &str, bytes: &[u8]) -> Contents {
    open(name, bytes, &Limits::default())
}

/// Whether a text is at a place, hidden or not.
pub(super) fn has(contents: &Contents, token: &str, hidden: bool, zh: &str) -> bool {
    contents.pieces.iter().any(|piece| piece.hidden == hidden && piece.text.contains(token) && piece.place.zh() == zh)
}

/// Everything that a list of expectations wants and a file does not have.
pub(super) fn missing(contents: &Contents, expectations: &str) -> Vec<String> {
    expectations.lines().filter(|line| !line.is_empty() && !is_met(contents, line)).map(str::to_owned).collect()
}

fn is_met(contents: &Contents, line: &str) -> bool {
    if let Some(place) = line.strip_prefix("picture ") {
        return contents.pictures.iter().any(|picture| picture.place.zh() == place);
    }
    if let Some((reason, place)) = line.strip_prefix("unread ").map(|rest| rest.split_once(' ').unwrap_or((rest, ""))) {
        return contents.unread.iter().any(|unread| format!("{:?}", unread.reason) == reason && unread.place.zh() == place);
    }
    let (token, hidden, place) = match (line.split_once(" + "), line.split_once(" - ")) {
        (Some((token, place)), _) => (token, false, place),
        (None, Some((token, place))) => (token, true, place),
        (None, None) => panic!("not an expectation: {line}"),
    };
    has(contents, token, hidden, place)
}

/// All reasons for which a file was not read whole.
pub(super) fn reasons(contents: &Contents) -> Vec<Reason> {
    contents.unread.iter().map(|unread| unread.reason).collect()
}
