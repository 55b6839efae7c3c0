//! A document as the stream of its units, four bytes each and the words beside it, and as the stripes of its text. Made on the
//! thread that brings the document; the text itself is not kept.

use super::document::{Block, Document, Kind};
use super::fold::Fold;
use super::unit::{Counter, POSITION_MAX, Visit, scan};
use std::ops::Range;

/// Positions of text that a stripe repeats before its first and behind its last.
const LEAD_IN: u32 = 24;
const LEAD_OUT: u32 = 48;

const WORD: u32 = 1 << 31;
const HEADING: u32 = 1 << 30;
const STEP_SHIFT: u32 = 24;
const VALUE_MASK: u32 = (1 << 21) - 1;
/// A step that is too far for its bits: the position follows as a number of its own.
const FAR: u32 = 0;

/// One unit of a stream.
#[derive(Clone, Copy, Debug)]
pub(super) enum Symbol<'a> {
    /// A wide unit.
    Wide(u32),
    /// A word.
    Word(&'a [u8]),
}

/// The units of a document with their positions.
#[derive(Debug, Default)]
pub(super) struct Stream {
    codes: Vec<u32>,
    words: Vec<u8>,
    /// The number of units.
    pub(super) length: u32,
}

/// A unit with its place in the document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed<'a> {
    pub(super) symbol: Symbol<'a>,
    pub(super) position: u32,
    /// Whether it follows the unit before at once.
    pub(super) touches: bool,
    pub(super) in_heading: bool,
}

impl Stream {
    fn push(&mut self, value: u32, position: u32, last: u32) {
        let step = position - last;
        self.length += 1;
        if step > 3 || step == 0 {
            self.codes.extend([value | FAR << STEP_SHIFT, position]);
        } else {
            self.codes.push(value | step << STEP_SHIFT);
        }
    }

    /// All units in their order.
    pub(super) fn iter(&self) -> impl Iterator<Item = Placed<'_>> {
        let (mut codes, mut words, mut position) = (self.codes.iter(), self.words.as_slice(), 0u32);
        std::iter::from_fn(move || {
            let code = *codes.next()?;
            let step = code >> STEP_SHIFT & 3;
            position = if step == FAR { *codes.next()? } else { position + step };
            let value = code & VALUE_MASK;
            let symbol = if code & WORD == 0 {
                Symbol::Wide(value)
            } else {
                let (word, rest) = words.split_at_checked(value as usize)?;
                words = rest;
                Symbol::Word(word)
            };
            Some(Placed { symbol, position, touches: step == 1, in_heading: code & HEADING != 0 })
        })
    }
}

/// A heading: the byte of the body where it stands, and its anchor.
#[derive(Clone, Copy, Debug)]
pub(super) struct Anchor<'a> {
    pub(super) at: usize,
    pub(super) id: &'a str,
}

/// The body as one text, cut into stripes that overlap.
#[derive(Debug, Default)]
pub(super) struct Body<'a> {
    pub(super) text: String,
    pub(super) anchors: Vec<Anchor<'a>>,
    /// Bytes of the text, one range a stripe, at least one.
    pub(super) stripes: Vec<Range<usize>>,
}

struct Walk {
    stream: Stream,
    counter: Counter,
    flags: u32,
    /// Where the block begins in the body; none in the title.
    base: Option<usize>,
    /// Positions of one stripe.
    stripe: u32,
    starts: Vec<usize>,
    ends: Vec<usize>,
}

impl Walk {
    /// Notes where stripes begin and end; gives the position and the one before.
    #[inline]
    fn step(&mut self, at: usize, touches: bool) -> (u32, u32) {
        let last = self.counter.last().unwrap_or(0);
        let position = self.counter.next(touches);
        if let Some(base) = self.base {
            while position + LEAD_IN >= self.stripe.saturating_mul(self.starts.len() as u32) {
                self.starts.push(if self.starts.is_empty() { 0 } else { base + at });
            }
            while position >= self.stripe.saturating_mul(self.ends.len() as u32 + 1).saturating_add(LEAD_OUT) {
                self.ends.push(base + at);
            }
        }
        (position, last)
    }
}

impl Visit for Walk {
    #[inline]
    fn wide(&mut self, code: u32, at: usize, touches: bool) {
        let (position, last) = self.step(at, touches);
        if position <= POSITION_MAX {
            self.stream.push(code | self.flags, position, last);
        }
    }

    #[inline]
    fn word(&mut self, word: &[u8], at: usize, touches: bool) {
        let (position, last) = self.step(at, touches);
        if position <= POSITION_MAX {
            self.stream.words.extend_from_slice(word);
            self.stream.push(WORD | word.len() as u32 | self.flags, position, last);
        }
    }
}

/// Takes a document apart.
pub(super) fn take<'a>(document: &Document<'a>, fold: Fold, stripe: u32) -> (Stream, Body<'a>) {
    let text_bytes = document.blocks.iter().map(|block| block.text.len() + 1).sum();
    let mut body = Body { text: String::with_capacity(text_bytes), ..Body::default() };
    let stream = Stream { codes: Vec::with_capacity(text_bytes / 4 + 8), ..Stream::default() };
    let mut walk = Walk { stream, counter: Counter::default(), flags: 0, base: None, stripe, starts: Vec::new(), ends: Vec::new() };
    let mut word = Vec::new();
    scan(document.title, fold, &mut word, &mut walk);
    walk.counter.begin_body();
    for block in document.blocks {
        walk.begin(block, &mut body);
        scan(block.text, fold, &mut word, &mut walk);
    }
    let last = walk.counter.last().unwrap_or(0);
    let count = if walk.starts.is_empty() { 1 } else { (last / stripe) as usize + 1 };
    let end = body.text.len();
    let ends = walk.ends.iter().copied().chain(std::iter::repeat(end));
    let starts = walk.starts.iter().copied().chain(std::iter::repeat(0)).take(count);
    body.stripes = starts.zip(ends).map(|(start, end)| start..end).collect();
    (walk.stream, body)
}

impl Walk {
    fn begin<'a>(&mut self, block: &Block<'a>, body: &mut Body<'a>) {
        if !body.text.is_empty() {
            body.text.push('\n');
        }
        self.base = Some(body.text.len());
        self.counter.begin_block();
        self.flags = 0;
        if let Kind::Heading { id } = block.kind {
            self.flags = HEADING;
            if !id.is_empty() {
                body.anchors.push(Anchor { at: body.text.len(), id });
            }
        }
        body.text.push_str(block.text);
    }
}
