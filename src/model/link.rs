//! Links inside the archive: a target as an editor writes it (a file beside the text, a path from `content/`, an id) → what it means.
//! It never says a language: the page that prints the link chooses its own.

use super::{TermId, Vocabularies};
use crate::path::file_name;
use crate::text::nearest;
use std::collections::HashMap;

/// What a link inside the archive leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Destination {
    /// A record, by its position.
    Record(u32),
    /// A term's page.
    Term(TermId),
    /// The first page of a collection, by its position.
    Collection(u16),
    /// All terms of a vocabulary, by its position.
    Vocabulary(u16),
    /// The home page.
    Home,
}

/// Every target that exists. Built once over the archive and once over each edition, which knows fewer.
#[derive(Debug, Default)]
pub struct LinkIndex {
    /// `collection/id`, former ids too.
    records: HashMap<Box<str>, u32>,
    /// A bare id, where only one collection has it.
    bare: HashMap<Box<str>, Option<u32>>,
    collections: HashMap<Box<str>, u16>,
}

impl LinkIndex {
    /// Adds a record under an id of its collection.
    pub fn add(&mut self, collection: &str, id: &str, record: u32) {
        self.records.entry(format!("{collection}/{id}").into()).or_insert(record);
        self.bare.entry(id.into()).and_modify(|only| *only = only.filter(|other| *other == record)).or_insert(Some(record));
    }

    /// Adds a collection.
    pub fn add_collection(&mut self, id: &str, at: u16) {
        self.collections.insert(id.into(), at);
    }

    /// What a target means that is written in a text of `folder` (`content/cases` or `content/cases/x`).
    #[must_use]
    pub fn resolve(&self, target: &str, folder: &str, vocabularies: &Vocabularies) -> Option<Destination> {
        let target = clean(target)?;
        if let Some(found) = self.cited(&target, vocabularies) {
            return Some(found);
        }
        let base = if target.starts_with('/') { "content" } else { folder };
        let path = join(base, &target)?;
        let inside = path.strip_prefix("content/").unwrap_or(&path);
        self.cited(inside, vocabularies).or_else(|| self.cited(without_suffix(inside), vocabularies))
    }

    /// Whether a bare id belongs to records of several collections.
    #[must_use]
    pub fn is_ambiguous(&self, target: &str) -> bool {
        clean(target).is_some_and(|target| self.bare.get(without_suffix(&target)).is_some_and(Option::is_none))
    }

    /// A target that is an id or `collection/id` or `vocabulary/id`.
    fn cited(&self, target: &str, vocabularies: &Vocabularies) -> Option<Destination> {
        let is_home = matches!(target, "index" | "index.html");
        let target = without_suffix(target);
        if let Some(record) = self.records.get(target) {
            return Some(Destination::Record(*record));
        }
        match target.split_once('/') {
            None => {
                let record = self.bare.get(target).copied().flatten().map(Destination::Record);
                let collection = || self.collections.get(target).map(|at| Destination::Collection(*at));
                let vocabulary = || vocabularies.named(target).map(|(at, _)| Destination::Vocabulary(at));
                record.or_else(collection).or_else(vocabulary).or_else(|| is_home.then_some(Destination::Home))
            }
            Some((vocabulary, _)) if vocabularies.named(vocabulary).is_some() => vocabularies.find(target).map(Destination::Term),
            Some(_) => None,
        }
    }

    /// The record whose id is nearest to a target that leads nowhere.
    #[must_use]
    pub fn nearest(&self, target: &str) -> Option<&str> {
        let cleaned = clean(target)?;
        let id = without_suffix(&cleaned);
        let id = file_name(id);
        // Thousands of ids against thousands of broken links would take longer than the build.
        let mut near: Vec<&str> = self.bare.keys().map(|key| &**key).filter(|key| starts_alike(key, id)).take(20_000).collect();
        near.sort_unstable();
        nearest(id, near)
    }
}

fn starts_alike(a: &str, b: &str) -> bool {
    let first = |text: &str| text.chars().next().map(|c| c.to_ascii_lowercase());
    first(a) == first(b)
}

/// Splits `target#anchor`.
#[must_use]
pub fn split_anchor(target: &str) -> (&str, Option<&str>) {
    target.split_once('#').map_or((target, None), |(target, anchor)| (target, Some(anchor)))
}

/// The target without query and anchor, `\` turned, `%20` and its like undone, a leading `./` dropped.
fn clean(target: &str) -> Option<String> {
    let (target, _) = split_anchor(target);
    let target = target.split_once('?').map_or(target, |(path, _)| path);
    let decoded = percent_decode(target)?.replace('\\', "/");
    let trimmed = decoded.trim().trim_start_matches("./").trim_end_matches('/');
    (!trimmed.is_empty()).then(|| trimmed.to_owned())
}

fn percent_decode(text: &str) -> Option<String> {
    if !text.contains('%') {
        return Some(text.to_owned());
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = bytes.get(at + 1..at + 3).and_then(|hex| std::str::from_utf8(hex).ok()).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (bytes[at], hex) {
            (b'%', Some(byte)) => {
                out.push(byte);
                at += 3;
            }
            (byte, _) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).ok()
}

/// Joins a folder and a relative target; none where it leaves the root.
fn join(folder: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/').filter(|part| !part.is_empty() && *part != ".") {
        if part == ".." {
            parts.pop()?;
        } else {
            parts.push(part);
        }
    }
    Some(parts.join("/"))
}

/// `x/index.zh.md`, `x.zh.md`, `x.md`, `x.html` → `x`.
fn without_suffix(path: &str) -> &str {
    let path = path.strip_suffix(".html").unwrap_or(path);
    let stem = match path.strip_suffix(".md") {
        None => path,
        Some(stem) => stem.rsplit_once('.').filter(|(_, lang)| crate::lang::Lang::parse(lang).is_some()).map_or(stem, |(stem, _)| stem),
    };
    stem.strip_suffix("/index").unwrap_or(stem)
}

/// The path of a file that a text in `folder` names, from the root; none where it leaves the root.
#[must_use]
pub fn file_beside(target: &str, folder: &str) -> Option<String> {
    let target = clean(target)?;
    if target.starts_with('/') { join("content", &target) } else { join(folder, &target) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index() -> LinkIndex {
        let mut index = LinkIndex::default();
        index.add("cases", "camellia", 0);
        index.add("cases", "tea", 1);
        index.add("stories", "tea", 2);
        index.add_collection("cases", 0);
        index
    }

    #[test]
    fn a_record_is_found_however_it_is_named() {
        let vocabularies = Vocabularies::default();
        let index = index();
        for target in [
            "cases/camellia",
            "camellia",
            "camellia.zh.md",
            "./camellia.en.md",
            "../cases/camellia.zh.md#s1",
            "../cases/camellia/index.zh.md",
            "/cases/camellia.zh.md",
            r"..\cases\camellia.zh.md",
            "../cases/camellia.html",
        ] {
            assert_eq!(index.resolve(target, "content/cases", &vocabularies), Some(Destination::Record(0)), "{target}");
        }
        assert_eq!(index.resolve("../camellia/index.en.md", "content/cases/tea", &vocabularies), Some(Destination::Record(0)));
    }

    #[test]
    fn an_id_of_two_collections_needs_its_collection() {
        let vocabularies = Vocabularies::default();
        assert_eq!(index().resolve("tea", "content/documents", &vocabularies), None);
        assert_eq!(index().resolve("stories/tea", "content/cases", &vocabularies), Some(Destination::Record(2)));
        assert_eq!(index().resolve("tea.zh.md", "content/cases", &vocabularies), Some(Destination::Record(1)));
    }

    #[test]
    fn nothing_outside_is_reached() {
        assert_eq!(index().resolve("../../../etc/passwd", "content/cases", &Vocabularies::default()), None);
        assert_eq!(index().nearest("cases/camelia"), Some("camellia"));
    }
}
