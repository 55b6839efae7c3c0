//! Findings: what is wrong with the content, where, why and how to mend it. They are collected and never thrown;
//! in memory a finding is a code, a file and a span, and its line is read again only when it is printed.

mod code;
mod gloss;
mod print;
#[cfg(test)]
mod tests;
mod told;

pub use code::{Code, Level, wording};
pub use print::{Format, Palette, Printer, hidden};

use std::sync::Arc;

/// A byte range in a source file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from byte positions; files of 4 GiB and more are refused long before.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Span {
        let clamp = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span { start: clamp(start), end: clamp(end) }
    }

    /// A place between two characters.
    #[must_use]
    pub fn at(position: usize) -> Span {
        Span::new(position, position)
    }

    /// The span moved towards the end of the file.
    #[must_use]
    pub fn shifted(self, by: usize) -> Span {
        Span::new(self.start as usize + by, self.end as usize + by)
    }
}

/// A finding whose file is not said yet: what a parser of one text returns.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// Where in the text.
    pub span: Span,
    /// What is wrong.
    pub code: Code,
    /// The names and values that the wording speaks of, in its order.
    pub detail: Vec<Box<str>>,
}

impl Mark {
    /// A mark without details.
    #[must_use]
    pub fn new(code: Code, span: Span) -> Mark {
        Mark { span, code, detail: Vec::new() }
    }

    /// Adds the next detail of the wording.
    #[must_use]
    pub fn with(mut self, detail: impl Into<Box<str>>) -> Mark {
        self.detail.push(detail.into());
        self
    }

    /// Adds a detail that each language says in its own words: `{0:both}` in the wording.
    #[must_use]
    pub fn with_both(self, zh: &str, en: &str) -> Mark {
        self.with(format!("{zh}\n{en}"))
    }

    /// Says in which file the mark stands.
    #[must_use]
    pub fn in_file(self, file: &Arc<str>) -> Finding {
        Finding { file: Arc::clone(file), mark: self }
    }

    /// The mark moved towards the end of the file, for a text that is a part of it.
    #[must_use]
    pub fn shifted(mut self, by: usize) -> Mark {
        self.span = self.span.shifted(by);
        self
    }
}

/// A mark in a file. Sorts by file, place and code, the order in which findings are printed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file, from the root of the site: `content/cases/x.zh.md`.
    pub file: Arc<str>,
    /// What and where.
    pub mark: Mark,
}

impl Finding {
    /// How grave it is; one table fixes this for each code.
    #[must_use]
    pub fn level(&self) -> Level {
        self.mark.code.level()
    }
}

/// All findings of a run.
#[derive(Clone, Debug, Default)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// Adds one.
    pub fn push(&mut self, finding: Finding) {
        self.0.push(finding);
    }

    /// Adds a mark of a file.
    pub fn add(&mut self, file: &Arc<str>, mark: Mark) {
        self.0.push(mark.in_file(file));
    }

    /// Adds many marks of one file.
    pub fn add_all(&mut self, file: &Arc<str>, marks: impl IntoIterator<Item = Mark>) {
        self.0.extend(marks.into_iter().map(|mark| mark.in_file(file)));
    }

    /// Takes over the findings of another stage.
    pub fn absorb(&mut self, other: Findings) {
        self.0.extend(other.0);
    }

    /// The findings in their printing order, each once.
    #[must_use]
    pub fn sorted(mut self) -> Vec<Finding> {
        self.0.sort();
        self.0.dedup();
        self.0
    }

    /// Whether anything was found at this level or above.
    #[must_use]
    pub fn any(&self, level: Level) -> bool {
        self.0.iter().any(|finding| finding.level() >= level)
    }

    /// The findings as they came.
    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.0.iter()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<Finding> for Findings {
    fn from_iter<I: IntoIterator<Item = Finding>>(iter: I) -> Self {
        Findings(iter.into_iter().collect())
    }
}
