//! Tags that office programs leave in pasted text: `<o:p>`, `<v:shape …>`, `<w:br/>`. A name with a colon is no tag to
//! CommonMark, which prints it; here it becomes the raw HTML that it was, to be dropped as any other.

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};
use std::collections::VecDeque;
use std::ops::Range;

/// The name spaces of office programs.
const PREFIXES: &[&str] = &["o", "v", "w", "m", "x", "st1", "st2", "u1", "w10", "w14", "wp"];

type Placed<'t> = (Event<'t>, Range<usize>);

/// The parser's events, in which such tags are events of their own.
pub(super) struct Split<'t, I: Iterator<Item = Placed<'t>>> {
    text: &'t str,
    events: I,
    /// Whether the text holds such a tag at all; nearly none does.
    is_needed: bool,
    in_code: bool,
    waiting: VecDeque<Placed<'t>>,
}

impl<'t, I: Iterator<Item = Placed<'t>>> Split<'t, I> {
    pub(super) fn new(text: &'t str, events: I) -> Split<'t, I> {
        Split { text, events, is_needed: next_tag(text.as_bytes(), 0).is_some(), in_code: false, waiting: VecDeque::new() }
    }

    /// Whether a text is just what stands in the source: where the parser changed it (`&lt;o:p>`, `\<o:p>`), it is no tag.
    fn is_as_written(&self, (event, range): &Placed<'t>) -> bool {
        matches!(event, Event::Text(text) if !self.in_code && self.text.get(range.clone()) == Some(text))
    }

    /// Queues a stretch of text, the tags in it apart.
    fn split(&mut self, range: &Range<usize>) {
        let piece = |range: Range<usize>| CowStr::Borrowed(self.text.get(range).unwrap_or_default());
        let mut at = range.start;
        let bytes = self.text.as_bytes().get(..range.end).unwrap_or_default();
        while let Some(tag) = next_tag(bytes, at) {
            if tag.start > at {
                self.waiting.push_back((Event::Text(piece(at..tag.start)), at..tag.start));
            }
            at = tag.end;
            self.waiting.push_back((Event::InlineHtml(piece(tag.clone())), tag));
        }
        if at < range.end {
            self.waiting.push_back((Event::Text(piece(at..range.end)), at..range.end));
        }
    }
}

impl<'t, I: Iterator<Item = Placed<'t>>> Iterator for Split<'t, I> {
    type Item = Placed<'t>;

    fn next(&mut self) -> Option<Placed<'t>> {
        if !self.is_needed {
            return self.events.next();
        }
        if let Some(event) = self.waiting.pop_front() {
            return Some(event);
        }
        let first = self.events.next()?;
        match &first.0 {
            Event::Start(Tag::CodeBlock(_)) => self.in_code = true,
            Event::End(TagEnd::CodeBlock) => self.in_code = false,
            _ => {}
        }
        if !self.is_as_written(&first) {
            return Some(first);
        }
        // The parser cuts a text at every `<`; a tag must be seen whole.
        let mut range = first.1;
        let mut behind = None;
        for next in self.events.by_ref() {
            if next.1.start == range.end && matches!(&next.0, Event::Text(text) if self.text.get(next.1.clone()) == Some(text)) {
                range.end = next.1.end;
            } else {
                behind = Some(next);
                break;
            }
        }
        self.split(&range);
        self.waiting.extend(behind);
        self.waiting.pop_front()
    }
}

/// The next tag of an office program from a place on.
fn next_tag(bytes: &[u8], from: usize) -> Option<Range<usize>> {
    let mut at = from;
    loop {
        let open = at + memchr::memchr(b'<', bytes.get(at..)?)?;
        at = open + 1;
        let is_escaped = open.checked_sub(1).and_then(|before| bytes.get(before)) == Some(&b'\\');
        if let Some(end) = tag_end(bytes, open).filter(|_| !is_escaped) {
            return Some(open..end);
        }
    }
}

/// Where the tag ends that begins here, if it is one.
fn tag_end(bytes: &[u8], open: usize) -> Option<usize> {
    let name = open + 1 + usize::from(bytes.get(open + 1) == Some(&b'/'));
    let word = |from: usize| bytes.get(from..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let colon = name + word(name).min(4);
    let prefix = std::str::from_utf8(bytes.get(name..colon)?).ok()?;
    if bytes.get(colon) != Some(&b':') || !PREFIXES.iter().any(|known| known.eq_ignore_ascii_case(prefix)) {
        return None;
    }
    let local = word(colon + 1);
    let behind = colon + 1 + local;
    let next = *bytes.get(behind)?;
    if local == 0 || !(next == b'>' || next == b'/' || next.is_ascii_whitespace()) {
        return None;
    }
    let close = memchr::memchr2(b'>', b'<', bytes.get(behind..)?).map(|at| behind + at)?;
    (bytes.get(close) == Some(&b'>')).then_some(close + 1)
}
