//! `files:` of a record: what is handed out beside its text. Each file is looked into before it may be: numbers and names of
//! persons, hidden sheets, comments, tracked changes; what cannot be read whole needs a person's review.

use super::layout::Layout;
use super::private;
use crate::attachment::{self, Contents, Limits, Reason, Remark};
use crate::detect::Allowed;
use crate::diagnostic::{Code, Mark, Span};
use crate::media;
use crate::model::{ClosedNames, RecordFile};
use crate::site::Access;
use crate::source::Read;
use crate::text::nearest;
use crate::yaml::{Fields, Key, Node, Value, unknown_key};
use std::sync::Arc;

const FILE_MAX: u64 = 4 << 30;
/// What is said of a file beside its access and review.
const KEYS: &[&str] = &["pages", "language", "label", "date", "rights", "source", "note"];

/// Reads `files:`. A file that is not there, or an entry that says nothing sure of its access, is found and stays closed.
pub(super) fn read(node: &Node, folder: &str, layout: &Layout, marks: &mut Vec<Mark>) -> Vec<RecordFile> {
    let items: &[Node] = match &node.value {
        Value::List(items) => items,
        Value::Null => &[],
        Value::Scalar(_) | Value::Map(_) => {
            marks.push(Mark::new(Code::ValueNotList, node.span).with("files"));
            &[]
        }
    };
    items.iter().filter_map(|item| read_one(item, folder, layout, marks)).collect()
}

fn read_one(node: &Node, folder: &str, layout: &Layout, marks: &mut Vec<Mark>) -> Option<RecordFile> {
    let mut fields = Fields::of(node, "files", marks)?;
    let name = fields.text("file");
    fields.refuse_empty("access");
    let asked = fields.node("access").is_some();
    let access = fields.choice("access", Access::CHOICES).map(|access| access.value);
    let reviewed = fields.node("reviewed").is_some_and(|node| is_review(node, fields.marks()));
    for key in KEYS {
        let _ = fields.node(key);
    }
    let unknown: Vec<Key> = fields.rest().map(|(key, _)| key.clone()).collect();
    let known: Vec<&str> = KEYS.iter().copied().chain(["file", "access", "reviewed"]).collect();
    unknown.iter().for_each(|key| fields.mark(unknown_key(key, &known)));
    let Some(name) = name else {
        fields.mark(Mark::new(Code::FieldMissing, node.span).with("file"));
        return None;
    };
    let written = name.value.trim_start_matches("./");
    let there = layout.files_of.get(folder).map_or(&[][..], Vec::as_slice);
    let name_of = |file: &Arc<str>| file.rsplit('/').next().unwrap_or_default().to_owned();
    let Some(file) = there.iter().find(|file| name_of(file) == written) else {
        let names: Vec<String> = there.iter().map(name_of).collect();
        let near = nearest(written, names.iter().map(String::as_str)).unwrap_or_default();
        fields.mark(Mark::new(Code::FileMissing, name.span).with(written).with(near));
        return None;
    };
    // A bad word closes; so does the second root.
    let level = access.unwrap_or(if asked { Access::Internal } else { Access::Public });
    let level = if layout.closed.contains(file) { level.max(Access::Internal) } else { level };
    Some(RecordFile { file: Arc::clone(file), access: level, reviewed, marks: Vec::new() })
}

/// `reviewed: {by, date}`: both, or it is none.
fn is_review(node: &Node, marks: &mut Vec<Mark>) -> bool {
    let Some(mut fields) = Fields::of(node, "reviewed", marks) else { return false };
    let by = fields.text("by").is_some_and(|by| !by.value.trim().is_empty());
    let date = fields.date("date").is_some();
    if !(by && date) {
        let span = fields.span();
        fields.mark(Mark::new(Code::FieldMissing, span).with(if by { "date" } else { "by" }));
    }
    fields.finish();
    by && date
}

/// Looks into a file that may be handed out and keeps what was found with it.
pub(super) fn look(source: &dyn Read, file: &mut RecordFile, allowed: &Allowed, names: &ClosedNames) {
    let bytes = match source.read(&file.file, FILE_MAX) {
        Ok(bytes) => bytes,
        Err(fault) => return file.marks.push(Mark::new(Code::FileUnreadable, Span::default()).with(fault.to_string())),
    };
    let name = file.file.rsplit('/').next().unwrap_or(&file.file);
    file.marks.extend(private::uses(name, allowed, &[], |_| Span::default()).iter().map(private::mark));
    if media::format_of(&bytes).is_some_and(media::Format::is_film) {
        if let Err(refused) = media::strip_film(&bytes) {
            file.marks.push(mark_of(Code::FileRefused, [String::new(), String::new()], [refused.zh(), refused.en()]));
        }
        return;
    }
    let contents = attachment::open(name, &bytes, &Limits::default());
    file.marks.extend(persons(&contents, allowed, names));
    file.marks.extend(unreadable(&contents, file.reviewed));
    for picture in &contents.pictures {
        if media::inspect(&picture.bytes).location {
            file.marks.push(Mark::new(Code::FilePictureLocation, Span::default()).with_both(&picture.place.zh(), &picture.place.en()));
        }
    }
}

/// What identifies a person, each place once.
fn persons(contents: &Contents, allowed: &Allowed, names: &ClosedNames) -> Vec<Mark> {
    let mut marks = Vec::new();
    for piece in &contents.pieces {
        let place = |mark: Mark| mark.with_both(&piece.place.zh(), &piece.place.en());
        for line in piece.text.lines() {
            for found in private::uses(line, allowed, &[], |span| span) {
                let code = if found.kind.is_certain() { Code::PrivateInFile } else { Code::PrivateInFileDoubt };
                marks.push(place(Mark::new(code, Span::default()).with(&*found.masked).with(format!("{:016x}", found.stamp))));
            }
        }
        for found in names.find(&piece.text) {
            marks.push(place(Mark::new(Code::PrivateInFile, Span::default()).with(found.masked()).with(found.stamp())));
        }
    }
    marks
}

/// What could not be read, and what a person should know.
fn unreadable(contents: &Contents, reviewed: bool) -> Vec<Mark> {
    let mut marks = Vec::new();
    if let Some((place, refused)) = contents.refusal() {
        let reason = Reason::Refused(refused);
        marks.push(mark_of(Code::FileRefused, [place.zh(), place.en()], [reason.zh(), reason.en()]));
    } else if !contents.is_whole() && !reviewed {
        let first = contents.unread.first();
        let place = first.map(|unread| &unread.place).or(contents.pictures.first().map(|picture| &picture.place));
        let place = place.map_or_else(Default::default, |place| [place.zh(), place.en()]);
        let reason = first.map_or(Reason::Picture, |unread| unread.reason);
        marks.push(mark_of(Code::FileUnreviewed, place, [reason.zh(), reason.en()]));
    }
    for remark in &contents.remarks {
        if let Remark::NameDisagrees { name, .. } = remark {
            marks.push(Mark::new(Code::FileNameDisagrees, Span::default()).with(name.as_str()));
        }
    }
    marks
}

/// A finding with its reason at a place of the file, in both languages.
fn mark_of(code: Code, place: [String; 2], reason: [impl AsRef<str>; 2]) -> Mark {
    let said = |at: usize| format!("{} {}", place[at], reason[at].as_ref()).trim().to_owned();
    Mark::new(code, Span::default()).with_both(&said(0), &said(1))
}
