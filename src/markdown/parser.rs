//! The one set-up of the Markdown parser: events with their places in the text as it was given.

use super::emphasis::{self, Glued};
use super::office;
use pulldown_cmark::{CowStr, Event, Options, Parser};
use std::borrow::Cow;
use std::ops::Range;

/// What Markdown means here. No smart punctuation: Chinese quotes are typed as they should stand.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
}

/// A text ready to be parsed.
pub(super) struct Source<'t> {
    glued: Glued<'t>,
}

impl<'t> Source<'t> {
    pub(super) fn new(text: &'t str) -> Source<'t> {
        Source { glued: emphasis::glue(text) }
    }

    /// The events with places in the glued text; neighbouring texts are one, and so are the lines of a block of HTML.
    pub(super) fn events(&self) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
        let text = &*self.glued.text;
        let events = office::Split::new(text, Parser::new_ext(text, options()).into_offset_iter());
        Joined { text, events, held: None }
    }

    /// A piece of an event as its author wrote it.
    pub(super) fn unglue<'p>(&self, piece: &'p str) -> Cow<'p, str> {
        if self.glued.is_plain() { Cow::Borrowed(piece) } else { self.glued.unglue(piece) }
    }

    /// Whether a blank in this address was read as part of it.
    pub(super) fn has_blank(&self, address: &str) -> bool {
        self.glued.has_blank(address)
    }

    /// The place in the given text.
    pub(super) fn place(&self, range: &Range<usize>) -> crate::diagnostic::Span {
        if self.glued.is_plain() {
            return crate::diagnostic::Span::new(range.start, range.end);
        }
        crate::diagnostic::Span::new(self.glued.original(range.start), self.glued.original(range.end))
    }

    /// Whether a backslash stands before this place of the glued text.
    pub(super) fn is_escaped(&self, at: usize) -> bool {
        self.glued.text[..at].ends_with('\\')
    }

    /// Whether a strikethrough was written with two tildes; one means "to" in Chinese (3~5亩).
    pub(super) fn is_double_tilde(&self, range: &Range<usize>) -> bool {
        self.glued.text[range.start..].starts_with("~~")
    }
}

/// The parser splits a text wherever a sign might have meant something; an address or a directive must be seen whole.
struct Joined<'t, I: Iterator<Item = (Event<'t>, Range<usize>)>> {
    text: &'t str,
    events: I,
    held: Option<(Event<'t>, Range<usize>)>,
}

impl<'t, I: Iterator<Item = (Event<'t>, Range<usize>)>> Iterator for Joined<'t, I> {
    type Item = (Event<'t>, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        let (mut event, mut range) = self.held.take().or_else(|| self.events.next())?;
        if !matches!(event, Event::Text(_) | Event::Html(_)) {
            return Some((event, range));
        }
        while let Some((next, next_range)) = self.events.next() {
            let whole = range.start..next_range.end;
            let is_whole = range.end == next_range.start;
            event = match (event, &next) {
                (Event::Text(text), Event::Text(more)) => Event::Text(self.join(text, more, is_whole.then_some(whole))),
                (Event::Html(text), Event::Html(more)) => Event::Html(self.join(text, more, is_whole.then_some(whole))),
                (event, _) => {
                    self.held = Some((next, next_range));
                    return Some((event, range));
                }
            };
            range.end = next_range.end;
        }
        Some((event, range))
    }
}

impl<'t, I: Iterator<Item = (Event<'t>, Range<usize>)>> Joined<'t, I> {
    /// Two texts as one; where both stand unchanged side by side in the source, as a piece of it.
    fn join(&self, text: CowStr<'t>, more: &CowStr<'t>, whole: Option<Range<usize>>) -> CowStr<'t> {
        if let (CowStr::Borrowed(_), CowStr::Borrowed(_), Some(whole)) = (&text, more, whole)
            && whole.len() == text.len() + more.len()
        {
            return CowStr::Borrowed(&self.text[whole]);
        }
        let mut joined = text.into_string();
        joined.push_str(more);
        joined.into()
    }
}

/// Deeper lists and quotations are printed as text: nobody can read them and no stack should follow them.
pub(super) const DEPTH_MAX: usize = 32;
