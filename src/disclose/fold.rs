//! Text as the search for closed values reads it: letters, digits and Han alone, in one width and one case. Markup, spaces
//! and punctuation are left out, so that no way of writing a value hides it.

use std::ops::Range;

/// The folded characters of a text, each with its place.
#[derive(Debug, Default)]
pub(super) struct Folded {
    characters: Vec<char>,
    places: Vec<u32>,
}

impl Folded {
    /// Folds running text or Markdown.
    #[must_use]
    pub(super) fn of_text(text: &str) -> Folded {
        let mut folded = Folded::with_room(text.len());
        folded.push(text, 0);
        folded
    }

    /// Folds a page of HTML: its running text as one, and every attribute for itself.
    #[must_use]
    pub(super) fn of_page(html: &str) -> Vec<Folded> {
        let mut text = Folded::with_room(html.len());
        let mut attributes = Vec::new();
        let mut at = 0;
        while let Some(open) = memchr::memchr(b'<', &html.as_bytes()[at..]).map(|open| at + open) {
            text.push_html(&html[at..open], at);
            at = take_tag(html, open, &mut attributes);
        }
        text.push_html(&html[at..], at);
        attributes.push(text);
        attributes
    }

    fn with_room(bytes: usize) -> Folded {
        Folded { characters: Vec::with_capacity(bytes / 2), places: Vec::with_capacity(bytes / 2) }
    }

    /// The characters.
    #[must_use]
    pub(super) fn characters(&self) -> &[char] {
        &self.characters
    }

    /// Where a run of characters stands in the text.
    #[must_use]
    pub(super) fn place(&self, run: Range<usize>) -> Range<usize> {
        let start = self.places.get(run.start).map_or(0, |at| *at as usize);
        let last = run.end.checked_sub(1).and_then(|last| Some((self.places.get(last)?, self.characters.get(last)?)));
        start..last.map_or(start, |(at, c)| *at as usize + c.len_utf8())
    }

    fn push(&mut self, text: &str, offset: usize) {
        for (at, c) in text.char_indices() {
            if let Some(c) = fold(c) {
                self.characters.push(c);
                self.places.push(u32::try_from(offset + at).unwrap_or(u32::MAX));
            }
        }
    }

    /// Text of a page: an entity stands for a sign, which is left out like any other.
    fn push_html(&mut self, text: &str, offset: usize) {
        let mut at = 0;
        while let Some(start) = memchr::memchr(b'&', &text.as_bytes()[at..]).map(|start| at + start) {
            self.push(&text[at..start], offset + at);
            let end = memchr::memchr(b';', &text.as_bytes()[start..]).filter(|length| *length <= 8);
            at = end.map_or(start + 1, |length| start + length + 1);
        }
        self.push(&text[at..], offset + at);
    }
}

/// Reads the tag that begins at a place: folds the values of its attributes and tells where it ends.
fn take_tag(html: &str, open: usize, attributes: &mut Vec<Folded>) -> usize {
    let bytes = html.as_bytes();
    let mut at = open + 1;
    while let Some(found) = memchr::memchr2(b'"', b'>', &bytes[at..]).map(|found| at + found) {
        if bytes[found] == b'>' {
            return found + 1;
        }
        let value = found + 1;
        let end = memchr::memchr(b'"', &bytes[value..]).map_or(html.len(), |end| value + end);
        let mut folded = Folded::default();
        folded.push_html(&html[value..end], value);
        if folded.characters.len() >= 4 {
            attributes.push(folded);
        }
        at = (end + 1).min(html.len());
    }
    html.len()
}

/// One character folded; none for what is neither letter nor digit.
fn fold(c: char) -> Option<char> {
    match c {
        'a'..='z' | '0'..='9' | '\u{4E00}'..='\u{9FFF}' => Some(c),
        'A'..='Z' => Some(c.to_ascii_lowercase()),
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).and_then(fold),
        _ if c.is_ascii() => None,
        _ if c.is_alphanumeric() => c.to_lowercase().next(),
        _ => None,
    }
}
