//! `pictures:` and `cover:` of a record: who may see each picture, and what is said of it. As a list it holds facts (and the words
//! of its own language, or of both as `{zh, en}`), as a map the words of one language by file. The six elements of an archive
//! photograph are among them: event, date, place, people, background, photographer.

use super::closing::{CLOSING_KEYS, shown};
use super::layout::Layout;
use super::record::find_term;
use super::text::take_line;
use crate::diagnostic::{Code, Mark};
use crate::lang::Lang;
use crate::model::{Person, PictureWords, RecordPicture, Vocabularies};
use crate::path::{file_name, is_id};
use crate::site::Access;
use crate::text::nearest;
use crate::yaml::{Fields, Key, Node, Placed, Value, text_of, unknown_key, words_of};
use std::sync::Arc;

/// What is said of a picture in words, which each language has for itself, in the order of [`PictureWords::each_mut`].
const WORDS: &[&str] = &["alt", "caption", "event", "place", "people", "background", "photographer", "credit", "rights"];
/// Of these a word without a language is a name, and good for both.
const NAMES: &[&str] = &["photographer", "credit", "rights"];
/// What is said of it once.
const FACTS: &[&str] = &["file", "date"];
/// What may be said and is printed nowhere yet.
const KEPT: &[&str] = &["source", "map_approval_no", "reviewed"];

/// What the values are checked against.
pub(super) struct Known<'a> {
    pub(super) vocabularies: &'a Vocabularies,
    pub(super) people: &'a [Person],
}

/// The pictures of a folder with the level that the front matter gives each; `declared` is the list, if there is one.
pub(super) fn levels(folder: &str, declared: Option<&Node>, layout: &Layout) -> Vec<RecordPicture> {
    let Some(files) = layout.pictures_of.get(folder) else { return Vec::new() };
    let items = match declared.map(|node| &node.value) {
        Some(Value::List(items)) => items.as_slice(),
        _ => &[],
    };
    let word = |node: &Node, key: &str| node.get(key).map(shown);
    let is_named = |item: &Node, file: &str| word(item, "file").is_some_and(|written| bare(&written) == file_name(file));
    // An unknown word closes.
    let level_of = |written: String| Access::CHOICES.iter().find(|(name, _)| *name == written).map_or(Access::Internal, |(_, level)| *level);
    // A level for a file that is not there may be meant for any that no entry names.
    let lost = items.iter().filter(|item| !files.iter().any(|file| is_named(item, file))).filter_map(|item| word(item, "access").map(level_of)).max();
    let level = |file: &str| {
        let mut own = items.iter().filter(|item| is_named(item, file)).peekable();
        let fallback = if own.peek().is_some() { None } else { lost };
        own.filter_map(|item| word(item, "access").map(level_of)).max().or(fallback).unwrap_or(Access::Public)
    };
    let access = |file: &Arc<str>| if layout.closed.contains(file) { level(file).max(Access::Internal) } else { level(file) };
    files.iter().map(|file| RecordPicture { access: access(file), file: Arc::clone(file), words: None }).collect()
}

/// Checks the keys of `pictures:`, of which a slip may be one that was to close.
pub(super) fn check(node: &Node, marks: &mut Vec<Mark>) {
    let Value::List(items) = &node.value else { return strayed_keys(node, marks) };
    for item in items {
        let Some(mut fields) = Fields::of(item, "pictures", marks) else { continue };
        if fields.any("file").is_none() {
            let span = fields.span();
            fields.mark(Mark::new(Code::FieldMissing, span).with("file"));
            // A level of nothing may be meant for the record.
            strayed_keys(item, fields.marks());
        }
        let known: Vec<&str> = [FACTS, WORDS, KEPT].into_iter().flatten().copied().chain(["access"]).collect();
        for key in &known {
            let _ = fields.any(key);
        }
        fields.refuse_empty("access");
        let _ = fields.choice("access", Access::CHOICES);
        let unknown: Vec<Key> = fields.rest().map(|(key, _)| key.clone()).collect();
        unknown.iter().for_each(|key| fields.mark(unknown_key(key, &known)));
    }
}

/// Keys that decide who may see a record, where they decide nothing.
pub(super) fn strayed_keys(node: &Node, marks: &mut Vec<Mark>) {
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| strayed_keys(item, marks)),
        Value::Map(entries) => {
            for (key, inner) in entries {
                if CLOSING_KEYS.contains(&&*key.text) {
                    marks.push(unknown_key(key, &[]));
                }
                strayed_keys(inner, marks);
            }
        }
        Value::Null | Value::Scalar(_) => {}
    }
}

/// Reads what a language's file says of the pictures. True where something in it may be meant to close and does not.
pub(super) fn read(node: &Node, lang: Lang, known: &Known, pictures: &mut [RecordPicture], marks: &mut Vec<Mark>) -> bool {
    let mut held = false;
    match &node.value {
        Value::List(items) => {
            for item in items {
                let Some(name) = item.get("file").and_then(|name| text_of(name, "file", marks)) else { continue };
                let Some(picture) = find(&name, pictures, marks) else { continue };
                let words = picture.words.get_or_insert_default();
                read_facts(item, words, marks);
                read_words(item, lang, known, words, (&mut held, marks));
            }
        }
        Value::Map(entries) => {
            for (key, inner) in entries {
                let Some(picture) = find(&Placed { value: &*key.text, span: key.span }, pictures, marks) else { continue };
                let Some(mut fields) = Fields::of(inner, "pictures", marks) else { continue };
                for word in WORDS {
                    let _ = fields.any(word);
                }
                let unknown: Vec<Key> = fields.rest().map(|(key, _)| key.clone()).collect();
                unknown.iter().for_each(|key| fields.mark(unknown_key(key, WORDS)));
                read_words(inner, lang, known, picture.words.get_or_insert_default(), (&mut held, marks));
            }
        }
        Value::Null => {}
        Value::Scalar(_) => marks.push(Mark::new(Code::ValueNotList, node.span).with("pictures")),
    }
    held
}

/// Reads the name of the picture that stands for the record.
pub(super) fn read_cover(node: &Node, pictures: &mut [RecordPicture], marks: &mut Vec<Mark>) -> Option<Arc<str>> {
    let name = text_of(node, "cover", marks)?;
    find(&name, pictures, marks).map(|picture| Arc::clone(&picture.file))
}

fn find<'p>(name: &Placed<&str>, pictures: &'p mut [RecordPicture], marks: &mut Vec<Mark>) -> Option<&'p mut RecordPicture> {
    let written = bare(name.value);
    let Some(at) = pictures.iter().position(|picture| file_name(&picture.file) == written) else {
        let near = nearest(written, pictures.iter().map(|picture| file_name(&picture.file))).unwrap_or_default();
        marks.push(Mark::new(Code::PictureNotThere, name.span).with(written).with(near));
        return None;
    };
    pictures.get_mut(at)
}

/// The name of a file as it is written, without the way to its own folder.
pub(super) fn bare(written: &str) -> &str {
    written.trim_start_matches("./")
}

fn read_facts(item: &Node, words: &mut PictureWords, marks: &mut Vec<Mark>) {
    if let Some(node) = item.get("date") {
        words.date = crate::yaml::period_of(node, "date", marks).map(|date| date.value);
    }
}

/// A place is one of the archive's, by its id, or a spot in words.
fn read_place(item: &Node, known: &Known, words: &mut PictureWords, marks: &mut Vec<Mark>) {
    let Some(node) = item.get("place").filter(|node| is_of_terms("place", node)) else { return };
    let found = text_of(node, "place", marks).map(|id| find_term("places", &id, known.vocabularies));
    match found {
        Some(Ok(place)) => words.place = Some(place),
        Some(Err(mark)) => marks.push(*mark),
        None => {}
    }
}

fn read_words(item: &Node, lang: Lang, known: &Known, words: &mut PictureWords, (held, marks): (&mut bool, &mut Vec<Mark>)) {
    read_place(item, known, words, marks);
    for (key, target) in WORDS.iter().zip(words.each_mut()) {
        let Some(node) = item.get(key).filter(|node| !is_of_terms(key, node)) else { continue };
        let is_of_both = matches!(node.value, Value::Map(_)) || NAMES.contains(key);
        let Some(written) = words_of(node, key, marks) else { continue };
        for of in Lang::ALL.into_iter().filter(|of| is_of_both || *of == lang) {
            // What a language's own file says is not overruled by the other's.
            if let Some(text) = written.get(of).as_ref().filter(|_| of == lang || target.get(of).is_none()) {
                *target.get_mut(of) = Some(take_line(text, held, marks));
            }
        }
    }
    if let Some(Value::List(items)) = item.get("people").map(|node| &node.value) {
        words.persons = items.iter().filter_map(|item| person(item, known, marks)).collect();
    }
}

/// Whether a value names something of the archive: `people` as a list does, and `place` as an id.
fn is_of_terms(key: &str, node: &Node) -> bool {
    match (key, &node.value) {
        ("people", Value::List(_)) => true,
        ("place", Value::Scalar(scalar)) => is_id(&scalar.text),
        _ => false,
    }
}

fn person(node: &Node, known: &Known, marks: &mut Vec<Mark>) -> Option<Box<str>> {
    let id = text_of(node, "people", marks)?;
    if known.people.iter().any(|person| &*person.id == id.value) {
        return Some(id.value.into());
    }
    let near = nearest(id.value, known.people.iter().map(|person| &*person.id)).unwrap_or_default();
    marks.push(Mark::new(Code::PersonUnknown, id.span).with(id.value).with(near));
    None
}
