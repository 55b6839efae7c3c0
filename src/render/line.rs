//! Records as one line each: in the lists that are for finding rather than for reading.

use super::Press;
use crate::lang::{Lang, PerLang};
use crate::markdown;
use crate::model::Destination;
use crate::path::OutPath;
use serde::Serialize;

/// A record in one line.
#[derive(Debug, Serialize)]
pub(super) struct Line {
    /// The title.
    pub(super) title_html: String,
    /// Its page.
    pub(super) href: String,
    /// The language tag of the title, where it is not the page's.
    pub(super) tag: Option<&'static str>,
    /// The kind of record.
    pub(super) kind: String,
    /// When.
    pub(super) date: Option<String>,
}

/// A text that may stand in the other language.
#[derive(Debug, Serialize)]
pub(super) struct Said {
    /// The text.
    pub(super) text: String,
    /// Its language tag, where it is not the page's.
    pub(super) tag: Option<&'static str>,
}

impl Said {
    /// The words of a language, else those of the other one.
    pub(super) fn of(words: &PerLang<Option<Box<str>>>, lang: Lang) -> Option<Said> {
        words.prefer(lang).map(|(of, text)| Said { text: text.to_string(), tag: (of != lang).then(|| of.tag()) })
    }
}

impl Press<'_> {
    /// A record in one line.
    pub(super) fn line(&self, from: &OutPath, lang: Lang, at: u32) -> Option<Line> {
        let entry = self.edition.entry(at);
        let (of, text) = self.text_of(entry, lang)?;
        Some(Line {
            title_html: markdown::line_html(&text.title, of),
            href: self.href(from, Destination::Record(at), lang)?,
            tag: (of != lang).then(|| of.tag()),
            kind: self.edition.collection_of(entry).label.get(lang).to_string(),
            date: entry.date.map(|date| date.spell(lang)),
        })
    }
}
