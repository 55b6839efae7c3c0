//! `{fact:id}`, `{term:id}`, `{term:id|text}`, `{person:id}` inside running text.

use crate::diagnostic::{Code, Mark, Span};
use crate::model::body::DirectiveKind;
use crate::path::is_id;
use crate::text::{edit_distance, shorten};
use std::ops::Range;

const NAMES: &[(&str, DirectiveKind)] = &[("fact", DirectiveKind::Fact), ("term", DirectiveKind::Term), ("person", DirectiveKind::Person)];

/// A directive in a text.
pub(super) struct Directive<'t> {
    pub(super) kind: DirectiveKind,
    pub(super) id: &'t str,
    /// What is shown in place of the term's name.
    pub(super) shown: Option<&'t str>,
    /// Where it stands in the text.
    pub(super) range: Range<usize>,
}

/// The directives of a text, in order.
pub(super) fn find(text: &str) -> Vec<Directive<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = memchr::memchr(b'{', &text.as_bytes()[at..]) {
        let start = at + open;
        at = start + 1;
        if let Some(directive) = read(text, start) {
            at = directive.range.end;
            found.push(directive);
        }
    }
    found
}

fn read(text: &str, start: usize) -> Option<Directive<'_>> {
    let inner_end = start + 1 + text[start + 1..].find(['}', '{', '\n'])?;
    if text.as_bytes()[inner_end] != b'}' {
        return None;
    }
    let inner = &text[start + 1..inner_end];
    let (name, rest) = inner.split_once(':')?;
    let kind = NAMES.iter().find(|(known, _)| *known == name)?.1;
    let (id, shown) = rest.split_once('|').map_or((rest, None), |(id, shown)| (id, Some(shown.trim())));
    let plain = is_id(id) || id.split_once('/').is_some_and(|(vocabulary, id)| is_id(vocabulary) && is_id(id));
    plain.then_some(Directive { kind, id, shown: shown.filter(|shown| !shown.is_empty()), range: start..inner_end + 1 })
}

/// Whether a text has any brace at all that a directive or a near miss of one could begin with.
pub(super) fn may_hold(text: &str) -> bool {
    memchr::memchr(b'{', text.as_bytes()).is_some() || memchr::memmem::find(text.as_bytes(), "｛".as_bytes()).is_some()
}

/// What looks like a directive and is none.
pub(super) fn near_misses(text: &str, marks: &mut Vec<(Range<usize>, Mark)>) {
    let mut at = 0;
    while let Some(open) = text[at..].find(['{', '｛']) {
        let start = at + open;
        let width = if text.as_bytes()[start] == b'{' { 1 } else { '｛'.len_utf8() };
        at = start + width;
        if width == 1 && read(text, start).is_some() {
            continue;
        }
        let Some(end) = text[at..].find(['}', '｝', '{', '\n']).map(|end| at + end) else { continue };
        let inner = &text[at..end];
        let Some(colon) = inner.find([':', '：']) else { continue };
        let name = inner[..colon].trim().to_lowercase();
        let known = NAMES.iter().find(|(known, _)| edit_distance(&name, known, 2) <= 2 && !name.is_empty());
        let Some((known, _)) = known.filter(|_| end - start < 80) else { continue };
        let rest = inner[colon..].trim_start_matches([':', '：']).trim();
        let end = end + text[end..].chars().next().map_or(0, char::len_utf8);
        let mark = Mark::new(Code::InlineNearMiss, Span::default()).with(shorten(&text[start..end], 40)).with(format!("{{{known}:{rest}}}"));
        marks.push((start..end, mark));
    }
}
