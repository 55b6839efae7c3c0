//! Closing marks: `:::internal` blocks and `{withheld:}` runs, found on the source text before anything is parsed.
//! Whatever looks like such a mark and is none makes the text doubtful: better a page too few than a name too many.

mod block;
mod run;

use crate::diagnostic::Mark;
use crate::text::{BAR, SHOWN_END, SHOWN_START};
use block::BlockMark;
pub(super) use block::{GALLERY, PAIR};
use std::borrow::Cow;
use std::ops::Range;

/// Opens or closes a block that the renderer wraps in an element: a paragraph that begins with this character is no prose.
pub(super) const BLOCK_MARK: char = '\u{FDD4}';

/// Whose eyes a text is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// Everything closed is gone.
    Public,
    /// Everything closed is shown and marked.
    Internal,
}

/// What kind of prose a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prose {
    /// A Markdown body with blocks.
    Body,
    /// A title, summary, caption: runs only.
    Line,
}

/// Where a text is closed, and what is doubtful about it.
#[derive(Debug, Default)]
pub struct Closing {
    /// The runs: the whole mark and the text inside.
    runs: Vec<(Range<usize>, Range<usize>)>,
    /// The lines that open or close blocks.
    blocks: Vec<BlockMark>,
    marks: Vec<Mark>,
    doubtful: bool,
}

impl Closing {
    /// Whether nothing at all was found: the text opened for any view is the text itself.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty() && self.blocks.is_empty() && self.marks.is_empty() && !self.doubtful
    }

    /// Whether nothing is closed.
    #[must_use]
    pub fn none_closed(&self) -> bool {
        self.runs.is_empty() && !self.blocks.iter().any(BlockMark::is_internal)
    }

    /// Whether something may be closed that could not be understood: then the whole text must stay closed.
    #[must_use]
    pub fn is_doubtful(&self) -> bool {
        self.doubtful
    }

    /// What is closed of a text: the words inside of runs, and the lines inside of blocks.
    pub fn closed<'t>(&'t self, text: &'t str) -> impl Iterator<Item = &'t str> {
        self.closed_ranges().filter_map(|range| text.get(range))
    }

    /// Where that is, runs first.
    pub fn closed_ranges(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        let runs = self.runs.iter().map(|(_, inner)| inner.clone());
        let inside = |mark: &BlockMark| mark.closed_until.filter(|_| mark.is_internal()).map(|end| mark.line.end..end);
        runs.chain(self.blocks.iter().filter_map(inside))
    }

    /// What was found.
    #[must_use]
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    fn doubt(&mut self, mark: Mark) {
        self.marks.push(mark);
        self.doubtful = true;
    }
}

/// A text opened for a view, and the way back to the places of the original.
#[derive(Debug)]
pub struct Opened<'t> {
    /// The text without what is closed.
    pub text: Cow<'t, str>,
    /// Where a stretch of the opened text begins, and where it stood in the original.
    stretches: Vec<(usize, usize)>,
}

impl<'t> Opened<'t> {
    /// A text of which nothing is closed.
    #[must_use]
    pub fn whole(text: &'t str) -> Opened<'t> {
        Opened { text: Cow::Borrowed(text), stretches: Vec::new() }
    }
}

impl Opened<'_> {
    /// The place in the original text of a place in the opened one.
    #[must_use]
    pub fn original(&self, span: crate::diagnostic::Span) -> crate::diagnostic::Span {
        let back = |at: u32| {
            let at = at as usize;
            let stretch = self.stretches.partition_point(|(start, _)| *start <= at);
            stretch.checked_sub(1).map_or(at, |before| {
                let (start, original) = self.stretches[before];
                original + (at - start)
            })
        };
        crate::diagnostic::Span::new(back(span.start), back(span.end))
    }
}

/// Finds everything that closes a part of a text.
#[must_use]
pub fn find_closing(text: &str, prose: Prose) -> Closing {
    let mut closing = Closing::default();
    run::find(text, &mut closing);
    if prose == Prose::Body {
        block::find(text, &mut closing);
    }
    closing
}

/// One replacement of a stretch of the original.
struct Cut {
    range: Range<usize>,
    with: String,
}

/// Opens a text for a view.
#[must_use]
pub fn open_text<'t>(text: &'t str, closing: &Closing, view: View) -> Opened<'t> {
    let cuts = cuts(text, closing, view);
    if cuts.is_empty() {
        return Opened::whole(text);
    }
    let mut out = String::with_capacity(text.len() + cuts.len() * 8);
    let mut stretches = Vec::with_capacity(cuts.len() * 2);
    let mut at = 0;
    for cut in cuts {
        // A cut inside one that was made already is gone with it.
        if cut.range.start < at {
            continue;
        }
        stretches.push((out.len(), at));
        out.push_str(&text[at..cut.range.start]);
        stretches.push((out.len(), cut.range.start));
        out.push_str(&cut.with);
        at = cut.range.end;
    }
    stretches.push((out.len(), at));
    out.push_str(&text[at..]);
    Opened { text: Cow::Owned(out), stretches }
}

/// The replacements of a view, in the order of the text; a block that is gone swallows what is inside.
fn cuts(text: &str, closing: &Closing, view: View) -> Vec<Cut> {
    let mut cuts = Vec::new();
    for (whole, inner) in &closing.runs {
        let with = match view {
            View::Public => BAR.to_string(),
            View::Internal => format!("{SHOWN_START}{}{SHOWN_END}", &text[inner.clone()]),
        };
        cuts.push(Cut { range: whole.clone(), with });
    }
    for mark in &closing.blocks {
        match view {
            View::Public if mark.is_internal() => cuts.extend(mark.closed_until.map(|end| Cut { range: mark.line.start..end, with: String::new() })),
            _ => cuts.push(Cut { range: mark.line.clone(), with: mark.sentinel(view) }),
        }
    }
    cuts.sort_by_key(|cut| (cut.range.start, std::cmp::Reverse(cut.range.end)));
    cuts
}
