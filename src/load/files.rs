//! `files:` of a record: what is handed out beside its text. As a list it holds facts, as a map the words of one language by
//! file. Which of the files go out, and what they hold, is the affair of the privacy gate.

use super::layout::Layout;
use crate::diagnostic::{Code, Mark};
use crate::lang::{Lang, PerLang};
use crate::model::RecordFile;
use crate::site::Access;
use crate::text::nearest;
use crate::yaml::{Fields, Key, Node, Placed, Value, unknown_key, words_of};
use std::sync::Arc;

/// What may be said of a file and is printed nowhere yet.
const KEYS: &[&str] = &["date", "rights", "source", "note"];

/// Reads the list. A file that is not there, or an entry that says nothing sure of its access, is found and stays closed.
pub(super) fn read(node: &Node, lang: Lang, folder: &str, layout: &Layout, marks: &mut Vec<Mark>) -> Vec<RecordFile> {
    let items: &[Node] = match &node.value {
        Value::List(items) => items,
        Value::Null => &[],
        Value::Scalar(_) | Value::Map(_) => {
            marks.push(Mark::new(Code::ValueNotList, node.span).with("files"));
            &[]
        }
    };
    items.iter().filter_map(|item| read_one(item, lang, folder, layout, marks)).collect()
}

fn read_one(node: &Node, lang: Lang, folder: &str, layout: &Layout, marks: &mut Vec<Mark>) -> Option<RecordFile> {
    let mut fields = Fields::of(node, "files", marks)?;
    let name = fields.text("file");
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
    let known: Vec<&str> = KEYS.iter().copied().chain(["file", "access", "reviewed", "label", "pages", "language"]).collect();
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
    Some(RecordFile { file: Arc::clone(file), access: level, reviewed, label, pages, language })
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
pub(super) fn read_words(node: &Node, lang: Lang, files: &mut [RecordFile], marks: &mut Vec<Mark>) {
    let Value::Map(entries) = &node.value else { return };
    for (key, inner) in entries {
        let Some(mut fields) = Fields::of(inner, "files", marks) else { continue };
        let label = fields.text("label").map(|text| text.value.into());
        fields.finish();
        match files.iter_mut().find(|file| file.name() == &*key.text) {
            Some(file) if label.is_some() => *file.label.get_mut(lang) = label,
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
