//! Files that a record hands out: which kinds, and what is said of each.

use crate::lang::{Lang, PerLang};
use crate::site::Access;
use std::sync::Arc;

/// A kind of file that may be handed out, by the suffix of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileKind {
    /// The suffix in lower case, as it stands in the address.
    pub suffix: &'static str,
    /// The media type (IANA) that a server tells.
    pub media_type: &'static str,
}

/// Every kind that is handed out: what offices write and readers open, nothing that a browser would run. Films and sound are
/// those whose hidden data can be taken out.
const KINDS: &[(&str, &str)] = &[
    ("csv", "text/csv; charset=utf-8"),
    ("doc", "application/msword"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("dps", "application/octet-stream"),
    ("epub", "application/epub+zip"),
    ("et", "application/octet-stream"),
    ("flac", "audio/flac"),
    ("json", "application/json"),
    ("m4a", "audio/mp4"),
    ("mov", "video/quicktime"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
    ("odp", "application/vnd.oasis.opendocument.presentation"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("ofd", "application/ofd"),
    ("ogg", "audio/ogg"),
    ("pdf", "application/pdf"),
    ("ppt", "application/vnd.ms-powerpoint"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("rtf", "application/rtf"),
    ("srt", "text/plain; charset=utf-8"),
    ("tif", "image/tiff"),
    ("tiff", "image/tiff"),
    ("tsv", "text/tab-separated-values; charset=utf-8"),
    ("txt", "text/plain; charset=utf-8"),
    ("vtt", "text/vtt; charset=utf-8"),
    ("wav", "audio/wav"),
    ("wps", "application/octet-stream"),
    ("xls", "application/vnd.ms-excel"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("zip", "application/zip"),
];

impl FileKind {
    /// The kind of a file by its name; none if it is not handed out.
    #[must_use]
    pub fn of(name: &str) -> Option<FileKind> {
        let (_, suffix) = name.rsplit_once('.')?;
        let (suffix, media_type) = KINDS.iter().find(|(known, _)| suffix.eq_ignore_ascii_case(known))?;
        Some(FileKind { suffix, media_type })
    }

    /// The suffixes of all kinds, for messages.
    #[must_use]
    pub fn all() -> String {
        KINDS.iter().map(|(suffix, _)| *suffix).collect::<Vec<_>>().join(" ")
    }
}

/// A file that a record hands out.
#[derive(Clone, Debug)]
pub struct RecordFile {
    /// Its path.
    pub file: Arc<str>,
    /// Who may have it, of those who see the record.
    pub access: Access,
    /// Whether a person has read it through.
    pub reviewed: bool,
    /// What it is called on the page.
    pub label: PerLang<Option<Box<str>>>,
    /// How many pages it has.
    pub pages: Option<u32>,
    /// The language that it is in.
    pub language: Option<Lang>,
}

impl RecordFile {
    /// The last part of its path.
    #[must_use]
    pub fn name(&self) -> &str {
        self.file.rsplit('/').next().unwrap_or(&self.file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_listed_kinds_are_handed_out() {
        assert_eq!(FileKind::of("表.2020.XLSX").map(|kind| kind.suffix), Some("xlsx"));
        for name in ["a.exe", "a.html", "a.svg", "a.js", "csv", "a.", "a.rar"] {
            assert_eq!(FileKind::of(name), None, "{name}");
        }
        assert!(KINDS.is_sorted_by_key(|(suffix, _)| *suffix) && KINDS.iter().all(|(suffix, _)| suffix.len() <= 4));
    }
}
