//! Emphasis beside Chinese punctuation. CommonMark takes `。` for what `.` is and leaves `**脱贫攻坚战。**这是` with its
//! asterisks. Until the parser's own option for it is released, a noncharacter on the inner side of such a run tells the
//! parser that it may open or close there; it is taken out of every event again.

use super::blank::{self, BLANK};
use crate::text::is_wide;
use std::borrow::Cow;

/// Stands on the inner side of a run; neither punctuation nor space to the parser.
pub(super) const GLUE: char = '\u{FDD0}';

/// A text with glue, and where it was put in.
pub(super) struct Glued<'t> {
    pub(super) text: Cow<'t, str>,
    /// The places in the glued text, ascending.
    places: Vec<usize>,
    /// Where a blank of an address was exchanged for [`BLANK`], in the glued text, ascending.
    blanks: Vec<usize>,
}

impl Glued<'_> {
    /// The place in the text without glue of a place in the one with it.
    pub(super) fn original(&self, at: usize) -> usize {
        let blanks = self.blanks.partition_point(|place| *place < at);
        at - self.places.partition_point(|place| *place < at) * GLUE.len_utf8() - blanks * (BLANK.len_utf8() - 1)
    }

    /// Whether nothing was put in.
    pub(super) fn is_plain(&self) -> bool {
        self.places.is_empty() && self.blanks.is_empty()
    }

    /// A piece that the parser gave, without glue and with its blanks as they were.
    pub(super) fn unglue<'p>(&self, piece: &'p str) -> Cow<'p, str> {
        let plain = if piece.contains(GLUE) { Cow::Owned(piece.replace(GLUE, "")) } else { Cow::Borrowed(piece) };
        if self.has_blank(&plain) { Cow::Owned(plain.replace(BLANK, " ")) } else { plain }
    }

    /// Whether a piece holds a blank that was exchanged; nearly no text has one.
    pub(super) fn has_blank(&self, piece: &str) -> bool {
        !self.blanks.is_empty() && piece.contains(BLANK)
    }
}

/// Puts glue beside every run of `*` or `~~` of which exactly one side is punctuation and either side Chinese, and behind
/// a `}` at a line's end that closes anything but `{#id}`: behind a heading the parser would take it for attributes.
pub(super) fn glue(text: &str) -> Glued<'_> {
    let mut at = 0;
    let mut wanted: Vec<usize> = Vec::new();
    while let Some(found) = memchr::memchr2(b'*', b'~', &text.as_bytes()[at..]) {
        let start = at + found;
        let sign = text.as_bytes()[start];
        let length = text.as_bytes()[start..].iter().take_while(|byte| **byte == sign).count();
        at = start + length;
        wanted.extend(inner_side(text, start, at).map(|side| if side == Side::Before { start } else { at }));
    }
    wanted.extend(memchr::memchr_iter(b'}', text.as_bytes()).map(|brace| brace + 1).filter(|end| is_no_heading_id(text, *end)));
    wanted.sort_unstable();
    wanted.dedup();
    let blanks = blank::find(text);
    if wanted.is_empty() && blanks.is_empty() {
        return Glued { text: Cow::Borrowed(text), places: Vec::new(), blanks };
    }
    put_in(text, wanted, blanks)
}

/// Puts glue in at the places `wanted`, and [`BLANK`] for the blanks at the others. Both ascend.
fn put_in(text: &str, wanted: Vec<usize>, exchanged: Vec<usize>) -> Glued<'static> {
    let mut out = String::with_capacity(text.len() + (wanted.len() + exchanged.len()) * GLUE.len_utf8());
    let (mut places, mut blanks) = (Vec::with_capacity(wanted.len()), Vec::with_capacity(exchanged.len()));
    let (mut wanted, mut exchanged) = (wanted.into_iter().peekable(), exchanged.into_iter().peekable());
    let mut copied = 0;
    loop {
        let next_glue = wanted.peek().copied();
        let next_blank = exchanged.peek().copied();
        let is_glue = next_glue.is_some_and(|glue| next_blank.is_none_or(|blank| glue <= blank));
        let Some(place) = (if is_glue { wanted.next() } else { exchanged.next() }) else { break };
        out.push_str(&text[copied..place]);
        if is_glue {
            places.push(out.len());
            out.push(GLUE);
            copied = place;
        } else {
            blanks.push(out.len());
            out.push(BLANK);
            copied = place + 1;
        }
    }
    out.push_str(&text[copied..]);
    Glued { text: Cow::Owned(out), places, blanks }
}

/// Whether a line ends behind this brace and what it closes is no `{#id}`.
fn is_no_heading_id(text: &str, end: usize) -> bool {
    let rest = text[end..].split('\n').next().unwrap_or_default();
    let line = &text[text[..end].rfind('\n').map_or(0, |at| at + 1)..end];
    rest.trim().is_empty() && line.rfind('{').is_some_and(|open| !line[open..].starts_with("{#"))
}

#[derive(PartialEq, Eq)]
enum Side {
    Before,
    After,
}

/// The side of a run on which it needs help, if it does.
fn inner_side(text: &str, start: usize, end: usize) -> Option<Side> {
    let before = text[..start].chars().next_back()?;
    let after = text[end..].chars().next()?;
    if before.is_whitespace() || after.is_whitespace() || before == '\\' || !(is_east_asian(before) || is_east_asian(after)) {
        return None;
    }
    match (is_punctuation(before), is_punctuation(after)) {
        (true, false) => Some(Side::Before),
        (false, true) => Some(Side::After),
        _ => None,
    }
}

/// Whether a character belongs to Chinese text; quotes, dash and ellipsis are shared with Latin and count beside Han only.
fn is_east_asian(c: char) -> bool {
    is_wide(c)
}

/// Punctuation and symbols, as the parser counts them.
fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(c,
            '\u{A1}'..='\u{BF}' | '×' | '÷' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}' | '\u{20A0}'..='\u{20CF}' | '\u{2100}'..='\u{2BFF}'
            | '\u{3001}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{3030}' | '\u{FE30}'..='\u{FE6B}'
            | '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}' | '\u{FF3B}'..='\u{FF40}' | '\u{FF5B}'..='\u{FF65}' | '\u{FFE0}'..='\u{FFE6}')
}
