//! Where in a file something stands, in words for both languages.

use super::mark::Mark;
use super::property;
use std::sync::Arc;

/// Where in a file something stands: a chain from the file inwards. The empty chain is the file itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place(Option<Arc<Step>>);

#[derive(Debug, PartialEq, Eq)]
struct Step {
    outer: Place,
    mark: Mark,
    value: Value,
}

/// What a step is about.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Value {
    Nothing,
    Text(Box<str>),
    Number(u32),
    /// Column and row, both from 1.
    Cell(u32, u32),
    /// A name that exists in both languages, Chinese first.
    Term([&'static str; 2]),
}

impl Place {
    /// A line of a text, from 1.
    #[must_use]
    pub fn line(number: u32) -> Place {
        Place::default().counted(Mark::Line, number)
    }

    /// One step inwards.
    pub(super) fn with(&self, mark: Mark) -> Place {
        self.step(mark, Value::Nothing)
    }

    /// One step inwards, to something that has a name.
    pub(super) fn named(&self, mark: Mark, name: &str) -> Place {
        self.step(mark, Value::Text(name.into()))
    }

    /// One step inwards, to something that has a name in both languages.
    pub(super) fn term(&self, mark: Mark, term: [&'static str; 2]) -> Place {
        self.step(mark, Value::Term(term))
    }

    /// One step inwards, to the n-th of its kind, from 1.
    pub(super) fn counted(&self, mark: Mark, number: u32) -> Place {
        self.step(mark, Value::Number(number))
    }

    /// One step inwards, to a cell; column and row from 1.
    pub(super) fn cell(&self, column: u32, row: u32) -> Place {
        self.step(Mark::Cell, Value::Cell(column, row))
    }

    fn step(&self, mark: Mark, value: Value) -> Place {
        Place(Some(Arc::new(Step { outer: self.clone(), mark, value })))
    }

    /// The column and row (from 1) of the cell that this place is in, if it is in a table. Cells of one row follow each
    /// other in [`super::Contents::pieces`].
    #[must_use]
    pub fn in_cell(&self) -> Option<(u32, u32)> {
        let step = self.0.as_ref()?;
        match step.value {
            Value::Cell(column, row) => Some((column, row)),
            _ => step.outer.in_cell(),
        }
    }

    /// Whether a program writes the name of a person here by itself: an author, who changed it last, who commented.
    #[must_use]
    pub fn names_a_person(&self) -> bool {
        self.any(|step| match &step.value {
            Value::Term(term) => step.mark == Mark::Property && property::is_of_person(term),
            _ => step.mark == Mark::Author,
        })
    }

    /// Whether what stands here is no part of the finished text: a comment, text before a revision, an earlier version.
    #[must_use]
    pub fn is_left_over(&self) -> bool {
        self.any(|step| matches!(step.mark, Mark::Comment | Mark::Revision | Mark::EarlierVersion | Mark::HiddenPart | Mark::Notes))
    }

    fn any(&self, is_meant: impl Fn(&Step) -> bool) -> bool {
        std::iter::successors(self.0.as_deref(), |step| step.outer.0.as_deref()).any(is_meant)
    }

    /// In Chinese: `工作表“名单”B12`, `压缩包内 a/b.xlsx › 文档属性“作者”`. The file itself is an empty text.
    #[must_use]
    pub fn zh(&self) -> String {
        self.print(0)
    }

    /// In English: `sheet “名单” B12`.
    #[must_use]
    pub fn en(&self) -> String {
        self.print(1)
    }

    fn print(&self, lang: usize) -> String {
        let Some(step) = &self.0 else { return String::new() };
        let mut out = step.outer.print(lang);
        let is_sheet = step.outer.0.as_ref().is_some_and(|outer| outer.mark == Mark::Sheet);
        if matches!(step.value, Value::Cell(..)) && is_sheet {
            // In both languages a cell is said together with its sheet.
            out.push_str(["", " "][lang]);
        } else if !out.is_empty() {
            out.push_str(" › ");
        }
        let [zh, en] = step.mark.words();
        let words = if lang == 0 { zh } else { en };
        let value = match &step.value {
            Value::Nothing => String::new(),
            Value::Text(text) => text.to_string(),
            Value::Number(number) => number.to_string(),
            Value::Cell(column, row) => format!("{}{row}", super::column::letters(*column)),
            Value::Term(terms) => terms[lang].to_owned(),
        };
        out.push_str(&words.replace("{}", &value));
        out
    }
}
