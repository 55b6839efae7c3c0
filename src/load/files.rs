//! `files:` of a record: what is handed out beside its text. As a list it holds facts, as a map the words of one language by
//! file; an entry with `scans:` holds pages instead of a file. Which of the files go out, and what they hold, is the affair of the privacy gate.

use super::layout::Layout;
use super::photograph::bare;
use crate::diagnostic::{Code, Mark};
use crate::lang::{Lang, PerLang};
use crate::model::{RecordFile, RecordScans};
use crate::path::file_name;
use crate::site::Access;
use crate::text::nearest;
use crate::yaml::{Fields, Key, Node, Placed, Value, items_of, unknown_key, words_of};
use std::sync::Arc;

/// What an entry says of a file.
const ENTRY_KEYS: &[&str] = &["file", "access", "reviewed", "label", "pages", "language", "scans", "poster", "captions"];
/// What may be said of a file and is printed nowhere yet.
const KEYS: &[&str] = &["date", "rights", "source", "note"];

/// Reads the list. A file that is not there, or an entry that says nothing sure of its access, is found and stays closed.
pub(super) fn read(node: &Node, lang: Lang, folder: &str, layout: &Layout, marks: &mut Vec<Mark>) -> (Vec<RecordFile>, Vec<RecordScans>) {
    let items = items_of(node, "files", marks);
    let (mut files, mut scans) = (Vec::new(), Vec::new());
    for item in items {
        match read_one(item, lang, folder, layout, marks) {
            Some(Handed::File(file)) => files.push(*file),
            Some(Handed::Scans(pages)) => scans.push(pages),
            None => {}
        }
    }
    (files, scans)
}

/// What an entry of the list is.
enum Handed {
    File(Box<RecordFile>),
    Scans(RecordScans),
}

fn read_one(node: &Node, lang: Lang, folder: &str, layout: &Layout, marks: &mut Vec<Mark>) -> Option<Handed> {
    let mut fields = Fields::of(node, "files", marks)?;
    let name = fields.text("file");
    let scans = fields.node("scans");
    let poster = fields.text("poster");
    let captions = fields.node("captions");
    fields.refuse_empty("access");
    let asked = fields.node("access").is_some();
    let access = fields.choice("access", Access::CHOICES).map(|access| access.value);
    let reviewed = fields.node("reviewed").is_some_and(|node| is_review(node, fields.marks()));
    let label = fields.node("label").map(|node| read_label(node, lang, fields.marks())).unwrap_or_default();
    let pages = read_pages(&mut fields);
    let language = fields.choice("language", &[("zh", Lang::Zh), ("en", Lang::En)]).map(|language| language.value);
    for key in KEYS {
        let _ = fields.node(key);
    }
    let unknown: Vec<Key> = fields.rest().map(|(key, _)| key.clone()).collect();
    let known: Vec<&str> = KEYS.iter().copied().chain(ENTRY_KEYS.iter().copied()).collect();
    unknown.iter().for_each(|key| fields.mark(unknown_key(key, &known)));
    // A bad word closes; so does the second root.
    let level = access.unwrap_or(if asked { Access::Internal } else { Access::Public });
    if let Some(node) = scans {
        let (name, pages) = super::scans::read(node, folder, layout, fields.marks())?;
        return Some(Handed::Scans(RecordScans { name, pages: pages.into_iter().map(|page| (page, level)).collect(), reviewed, label }));
    }
    let Some(name) = name else {
        fields.mark(Mark::new(Code::FieldMissing, node.span).with("file"));
        return None;
    };
    let written = bare(name.value);
    let file = layout.files_of.get(folder).and_then(|files| files.iter().find(|file| file_name(file) == written));
    // A picture may be handed out as it is too.
    let Some(file) = file.or_else(|| super::scans::picture(written, folder, layout)) else {
        fields.mark(missing(&name, folder, layout));
        return None;
    };
    let poster = poster.and_then(|poster| {
        let found = super::scans::picture(poster.value, folder, layout).map(|found| (Arc::clone(found), level));
        if found.is_none() {
            fields.mark(super::scans::missing(&poster, folder, layout));
        }
        found
    });
    let captions = captions.map(|node| read_captions(node, (lang, level), folder, layout, fields.marks())).unwrap_or_default();
    let level = if layout.closed.contains(file) { level.max(Access::Internal) } else { level };
    Some(Handed::File(Box::new(RecordFile { file: Arc::clone(file), access: level, reviewed, label, pages, language, poster, captions })))
}

/// That a file is not there, with the one that was probably meant.
fn missing(name: &Placed<&str>, folder: &str, layout: &Layout) -> Mark {
    let written = bare(name.value);
    let there = [&layout.files_of, &layout.pictures_of].into_iter().filter_map(|of| of.get(folder)).flatten();
    let near = nearest(written, there.map(|file| file_name(file))).unwrap_or_default();
    Mark::new(Code::FileMissing, name.span).with(written).with(near)
}

/// `captions: {zh: talk.zh.vtt, en: talk.en.vtt}`; a single name is of the language of the text it stands in.
fn read_captions(
    node: &Node,
    (lang, level): (Lang, Access),
    folder: &str,
    layout: &Layout,
    marks: &mut Vec<Mark>,
) -> PerLang<Option<(Arc<str>, Access)>> {
    let is_of_both = matches!(node.value, Value::Map(_));
    let names = words_of(node, "captions", marks).unwrap_or_default();
    PerLang::build(|of| {
        let name = names.get(of).as_ref().filter(|_| is_of_both || of == lang)?;
        let written = bare(name.value);
        let Some(file) = layout.files_of.get(folder).and_then(|files| files.iter().find(|file| file_name(file) == written)) else {
            marks.push(missing(name, folder, layout));
            return None;
        };
        Some((Arc::clone(file), if layout.closed.contains(file) { level.max(Access::Internal) } else { level }))
    })
}

/// A label of one language, that of the text it stands in, or of both: `{zh, en}`.
fn read_label(node: &Node, lang: Lang, marks: &mut Vec<Mark>) -> PerLang<Option<Box<str>>> {
    let is_of_both = matches!(node.value, Value::Map(_));
    let words = words_of(node, "label", marks).unwrap_or_default();
    PerLang::build(|of| words.get(of).as_ref().filter(|_| is_of_both || of == lang).map(|text: &Placed<&str>| text.value.into()))
}

fn read_pages(fields: &mut Fields) -> Option<u32> {
    let number = fields.number("pages")?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be a small whole number")]
    (number.fract() == 0.0 && (1.0..100_000.0).contains(&number)).then_some(number as u32)
}

/// Reads the words of one language, by the names of the files.
pub(super) fn read_words(node: &Node, lang: Lang, (files, scans): (&mut [RecordFile], &mut [RecordScans]), marks: &mut Vec<Mark>) {
    let Value::Map(entries) = &node.value else { return };
    for (key, inner) in entries {
        let Some(mut fields) = Fields::of(inner, "files", marks) else { continue };
        let label = fields.text("label").map(|text| text.value.into());
        fields.finish();
        let file = files.iter_mut().find(|file| file.name() == &*key.text).map(|file| &mut file.label);
        match file.or_else(|| super::scans::named(scans, &key.text).map(|scans| &mut scans.label)) {
            Some(labels) if label.is_some() => *labels.get_mut(lang) = label,
            Some(_) => {}
            None => {
                let near = nearest(&key.text, files.iter().map(RecordFile::name)).unwrap_or_default();
                marks.push(Mark::new(Code::FileMissing, key.span).with(&*key.text).with(near));
            }
        }
    }
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
