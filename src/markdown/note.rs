//! References to footnotes that nobody wrote: `[^1]` without a `[^1]: …` stays text, and its author does not see it.

use super::parser::Source;
use crate::diagnostic::{Code, Mark, Span};
use crate::text::shorten;
use std::ops::Range;

/// The references in a text of the parser that lead to no note. Where the parser changed the text, nobody can tell one from
/// what was written to be seen (`\[^1]`).
pub(super) fn undefined(text: &str, source: &Source, range: &Range<usize>) -> Vec<Mark> {
    let place = source.place(range);
    let mut found = Vec::new();
    if source.is_escaped(range.start) || (place.end - place.start) as usize != text.len() {
        return found;
    }
    for (at, _) in text.match_indices("[^") {
        let label = &text[at + 2..];
        let Some(end) = label.find([']', '[', ' ', '\n']).filter(|end| (1..=60).contains(end) && label[*end..].starts_with(']')) else { continue };
        let start = place.start as usize + at;
        let written = &text[at..at + 2 + end + 1];
        found.push(Mark::new(Code::NoteMissing, Span::new(start, start + written.len())).with(shorten(written, 40)));
    }
    found
}
