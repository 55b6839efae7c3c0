//! What the inside of a file gives away: numbers and names of persons, comments and tracked changes, what could not be read.
//! Here the texts of a file are judged; which file it is and who may have it, the neighbour knows.

use crate::attachment::{Contents, Format, Piece, Place, Reason, Remark};
use crate::detect::Allowed;
use crate::diagnostic::{Code, Mark, Span};
use crate::load::private;
use crate::media;
use crate::model::{ClosedNames, masked_name};
use crate::text::han_count;

/// Names that programs enter for nobody in particular.
const NOBODY: &[&str] = &[
    "administrator",
    "admin",
    "user",
    "windows user",
    "windows 用户",
    "microsoft office user",
    "microsoft office 用户",
    "微软用户",
    "用户",
    "pc",
    "lenovo",
    "dell",
    "hp",
    "unknown",
    "anonymous",
    "匿名",
    "openpyxl",
    "python-docx",
    "apache poi",
    "wps office",
    "wps_office",
];
/// A name of more Han than these is that of an office.
const NAME_HAN_MAX: usize = 4;
/// Texts are searched in stretches of so many bytes.
const STRETCH: usize = 256 << 10;
/// What two neighbouring stretches share: more than any needle takes, punctuation with it.
const SHARED: usize = 512;

/// All that the public should not get with a file.
pub(super) fn findings(contents: &Contents, reviewed: bool, allowed: &Allowed, names: &ClosedNames) -> Vec<Mark> {
    let mut marks = persons(contents, allowed, names);
    marks.extend(left_over(contents, reviewed));
    marks.extend(author(contents));
    marks.extend(unreadable(contents, reviewed));
    for picture in &contents.pictures {
        let report = media::inspect(&picture.bytes);
        if report.location && contents.format == Format::Picture {
            marks.push(Mark::new(Code::FileLocation, Span::default()));
        } else if report.location {
            marks.push(Mark::new(Code::FilePictureLocation, Span::default()).with_both(&picture.place.zh(), &picture.place.en()));
        }
        for hidden in &report.hidden {
            let number = private::uses(&hidden.text, allowed, &[], |_| Span::default()).first().map(|found| found.masked.to_string());
            let name = || names.find(&hidden.text).first().map(crate::model::NameUse::masked);
            let mark = |shown: String| Mark::new(Code::FileHidden, Span::default()).with_both(&hidden.place.zh(), &hidden.place.en()).with(shown);
            marks.extend(number.or_else(name).map(mark));
        }
    }
    marks
}

/// What the name of a file says of persons.
pub(super) fn of_name(name: &str, allowed: &Allowed, names: &ClosedNames) -> Vec<Mark> {
    let mut marks: Vec<Mark> = private::uses(name, allowed, &[], |_| Span::default()).iter().map(private::mark).collect();
    marks.extend(names.find(name).iter().map(|found| Mark { span: Span::default(), ..super::names::mark(found) }));
    marks
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

/// Comments, tracked changes, hidden rows and sheets: the first of them, unless a person has read the file through.
fn left_over(contents: &Contents, reviewed: bool) -> Option<Mark> {
    let is_meant = |piece: &&Piece| piece.place.is_left_over() || piece.hidden && piece.place.in_cell().is_some();
    let has_words = |piece: &&Piece| piece.text.chars().any(char::is_alphanumeric) && !piece.place.names_a_person();
    let first = contents.pieces.iter().filter(is_meant).find(has_words).filter(|_| !reviewed)?;
    Some(Mark::new(Code::FileLeftOver, Span::default()).with_both(&first.place.zh(), &first.place.en()))
}

/// The first person whom the properties of a file, or its changes and comments, name.
fn author(contents: &Contents) -> Option<Mark> {
    let is_nobody = |name: &str| NOBODY.contains(&name.to_lowercase().as_str()) || han_count(name) > NAME_HAN_MAX;
    let name_of = |piece: &Piece| {
        let name = piece.text.lines().map(str::trim).find(|name| name.chars().any(char::is_alphabetic) && !is_nobody(name))?;
        Some(Mark::new(Code::FileNamesPerson, Span::default()).with(masked_name(name)).with_both(&piece.place.zh(), &piece.place.en()))
    };
    contents.pieces.iter().filter(|piece| piece.place.names_a_person()).find_map(name_of)
}

/// What could not be read, and what a person should know.
fn unreadable(contents: &Contents, reviewed: bool) -> Vec<Mark> {
    let mut marks = Vec::new();
    // A film that the stripping does not know: nothing can take its hidden data out.
    let film = contents.unread.iter().find(|unread| unread.reason == Reason::Media && contents.format == Format::Media);
    if let Some((place, refused)) = contents.refusal() {
        let reason = Reason::Refused(refused);
        marks.push(mark_of(Code::FileRefused, [place.zh(), place.en()], [reason.zh(), reason.en()]));
    } else if let Some(film) = film {
        marks.push(mark_of(Code::FileRefused, [film.place.zh(), film.place.en()], [film.reason.zh(), film.reason.en()]));
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

/// A film whose hidden data cannot be taken out.
pub(super) fn refused_film(refused: &media::Refused) -> Mark {
    mark_of(Code::FileRefused, [String::new(), String::new()], [refused.zh(), refused.en()])
}

/// A file without a byte: a copy that failed.
pub(super) fn empty() -> Mark {
    Mark::new(Code::FileRefused, Span::default()).with_both("空文件", "it is empty")
}

/// A film or sound under the suffix of something else.
pub(super) fn misnamed(name: &str) -> Mark {
    Mark::new(Code::FileNameDisagrees, Span::default()).with(name)
}

/// A file that is too large to be looked into and was not reviewed.
pub(super) fn too_large() -> Mark {
    Mark::new(Code::FileUnreviewed, Span::default()).with_both("文件过大", "it is too large")
}

/// A finding with its reason at a place of the file, in both languages.
fn mark_of(code: Code, place: [String; 2], reason: [impl AsRef<str>; 2]) -> Mark {
    let [place_zh, place_en] = place;
    let [zh, en] = reason;
    let said = |place: String, reason: &str| format!("{place} {reason}").trim().to_owned();
    Mark::new(code, Span::default()).with_both(&said(place_zh, zh.as_ref()), &said(place_en, en.as_ref()))
}

/// Whether the bytes of a file are text that anybody can read as such.
pub(super) fn is_text(format: Format) -> bool {
    matches!(format, Format::Csv | Format::Text | Format::Html | Format::Xml | Format::Svg | Format::Rtf)
}

/// Hands over all texts one behind another, in stretches that overlap, with the way from a place in a stretch to the file's.
pub(super) fn each_stretch(pieces: &[Piece], mut take: impl FnMut(&str, &dyn Fn(usize) -> Place)) {
    let mut text = String::new();
    // Where each piece begins in the stretch, by its number.
    let mut starts: Vec<(usize, usize)> = Vec::new();
    let mut flush = |text: &str, starts: &[(usize, usize)]| {
        let place = |at: usize| {
            let last = starts.partition_point(|(start, _)| *start <= at).checked_sub(1);
            let piece = last.and_then(|last| starts.get(last)).and_then(|(_, piece)| pieces.get(*piece));
            piece.map(|piece| piece.place.clone()).unwrap_or_default()
        };
        take(text, &place);
    };
    for (at, piece) in pieces.iter().enumerate() {
        starts.push((text.len(), at));
        text.push_str(&piece.text);
        text.push('\n');
        if text.len() > STRETCH {
            flush(&text, &starts);
            let cut = (0..=text.len().saturating_sub(SHARED)).rev().find(|cut| text.is_char_boundary(*cut)).unwrap_or(0);
            text.drain(..cut);
            starts = vec![(0, at)];
        }
    }
    flush(&text, &starts);
}
