//! What a text may ask for while it is rendered: links, pictures, figures and terms of its edition, as seen from its page.

use super::Press;
use super::card::either;
use crate::disclose::Entry;
use crate::lang::Lang;
use crate::markdown::{FactText, PictureLink, TermText, World};
use crate::model::body::find_anchor;
use crate::model::{Destination, file_beside, split_anchor};
use crate::path::OutPath;
use std::cell::Cell;

/// The edition as one page's text sees it.
pub(super) struct PageWorld<'p> {
    pub(super) press: &'p Press<'p>,
    pub(super) from: &'p OutPath,
    /// The record whose text it is; other texts show no pictures.
    pub(super) entry: Option<&'p Entry>,
    pub(super) lang: Lang,
    /// The language of the text, which is the other one where the page is a fallback.
    pub(super) text_lang: Lang,
    /// Whether the page has shown a picture.
    pub(super) has_picture: Cell<bool>,
}

impl World for PageWorld<'_> {
    fn link(&self, target: &str) -> Option<String> {
        let edition = self.press.edition;
        let (path, anchor) = split_anchor(target);
        let folder = self.entry.map_or("content", |entry| &entry.folder);
        let destination = edition.index().resolve(path, folder, edition.vocabularies())?;
        let href = self.press.href(self.from, destination, self.lang)?;
        let Some(anchor) = anchor.filter(|anchor| !anchor.is_empty()) else { return Some(href) };
        let Destination::Record(at) = destination else { return Some(href) };
        let (_, text) = edition.entry(at).texts.prefer(self.lang)?;
        // A link to a place that is not there would be a dead one.
        let heading = find_anchor(&text.survey.outline, anchor)?;
        Some(format!("{href}#{}", heading.id))
    }

    fn picture(&self, target: &str) -> Option<PictureLink> {
        let entry = self.entry?;
        let path = file_beside(target, &entry.folder)?;
        let mut link = super::picture::link(self.press, self.from, entry, &path, self.text_lang)?;
        // The first picture of a page stands where it is seen at once; all others wait until they are.
        link.eager = !self.has_picture.replace(true);
        Some(link)
    }

    fn fact(&self, id: &str) -> Option<FactText> {
        let fact = self.press.edition.fact(id)?;
        let mut note = vec![fact.label.get(self.lang).to_string()];
        note.extend(fact.as_of.map(|date| date.spell(self.lang)));
        note.extend(self.press.cited(fact.source.as_deref(), self.lang).and_then(|source| source.publisher));
        let separator = if self.lang == Lang::Zh { "，" } else { ", " };
        Some(FactText { text: fact.spell(self.lang), value: fact.machine_value(), note: note.join(separator) })
    }

    fn term(&self, id: &str) -> Option<TermText> {
        let vocabularies = self.press.edition.vocabularies();
        let found = vocabularies.find(id)?;
        let term = vocabularies.term(found);
        Some(TermText {
            name: term.name.get(self.lang).to_string(),
            href: self.press.href(self.from, Destination::Term(found), self.lang),
            note: either(&term.note.text, self.lang),
        })
    }

    fn person(&self, id: &str) -> Option<String> {
        self.press.edition.person(id, self.lang).map(str::to_owned)
    }
}
