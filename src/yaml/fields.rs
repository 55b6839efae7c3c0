//! Typed reading of a tree: what is asked for is taken with its place, what is wrong becomes a mark, what nobody asked for is an unknown key.

use super::{Key, Node, ScalarKind, Value};
use crate::date::{DateFault, PartialDate, Period, Written};
use crate::diagnostic::{Code, Mark, Span};
use crate::lang::{Lang, PerLang};
use crate::path::is_id;
use crate::text::nearest;

/// A value with the place where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Its place in the file.
    pub span: Span,
}

/// The entries of one map while they are read.
pub struct Fields<'n, 'm> {
    entries: Vec<(&'n Key, &'n Node)>,
    taken: Vec<bool>,
    asked: Vec<&'static str>,
    marks: &'m mut Vec<Mark>,
    span: Span,
}

impl<'n, 'm> Fields<'n, 'm> {
    /// Begins to read a map; anything else is a mark that names `what` was expected to be one.
    pub fn of(node: &'n Node, what: &str, marks: &'m mut Vec<Mark>) -> Option<Fields<'n, 'm>> {
        match &node.value {
            Value::Map(entries) => Some(Fields::from_entries(entries.iter().map(|(key, node)| (key, node)), node.span, marks)),
            Value::Null => Some(Fields::from_entries([], node.span, marks)),
            Value::Scalar(_) | Value::List(_) => {
                marks.push(Mark::new(Code::ValueNotMap, node.span).with(what));
                None
            }
        }
    }

    /// Begins to read entries that were gathered elsewhere.
    pub fn from_entries(entries: impl IntoIterator<Item = (&'n Key, &'n Node)>, span: Span, marks: &'m mut Vec<Mark>) -> Fields<'n, 'm> {
        let entries: Vec<_> = entries.into_iter().collect();
        let taken = vec![false; entries.len()];
        Fields { entries, taken, asked: Vec::new(), marks, span }
    }

    /// Where the whole map stands.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// Adds a mark.
    pub fn mark(&mut self, mark: Mark) {
        self.marks.push(mark);
    }

    /// The marks so far, for readers of parts.
    pub fn marks(&mut self) -> &mut Vec<Mark> {
        self.marks
    }

    /// The raw value of a key; an empty one counts as absent.
    pub fn node(&mut self, key: &'static str) -> Option<&'n Node> {
        self.asked.push(key);
        self.any(key)
    }

    /// The raw value of a key that is known only at run time.
    pub fn any(&mut self, key: &str) -> Option<&'n Node> {
        let at = self.entries.iter().position(|(name, _)| &*name.text == key)?;
        self.taken[at] = true;
        let node = self.entries[at].1;
        (node.value != Value::Null).then_some(node)
    }

    /// A key that decides who may see something must not be left empty: nobody may guess what was meant.
    pub fn refuse_empty(&mut self, key: &'static str) {
        let found = self.entries.iter().find(|(name, _)| &*name.text == key);
        let is_empty = |node: &Node| match &node.value {
            Value::Null => true,
            Value::Scalar(scalar) => scalar.text.trim().is_empty(),
            Value::List(_) | Value::Map(_) => false,
        };
        if let Some((name, _)) = found.filter(|(_, node)| is_empty(node)) {
            self.marks.push(Mark::new(Code::ValueMissing, name.span).with(key));
        }
    }

    /// A text in one line; numbers and truth values count as text if `loose`.
    pub fn text(&mut self, key: &'static str) -> Option<Placed<&'n str>> {
        let node = self.node(key)?;
        text_of(node, key, self.marks)
    }

    /// A web address.
    pub fn web(&mut self, key: &'static str) -> Option<Placed<&'n str>> {
        let node = self.node(key)?;
        web_of(node, key, self.marks)
    }

    /// A code: text that must not be taken for a number, such as `1.10`.
    pub fn code(&mut self, key: &'static str) -> Option<Placed<&'n str>> {
        let node = self.node(key)?;
        if let Value::Scalar(scalar) = &node.value
            && scalar.kind == ScalarKind::Number
            && !scalar.text.bytes().all(|byte| byte.is_ascii_digit())
        {
            self.marks.push(Mark::new(Code::YamlNumberAsText, node.span).with(key).with(&*scalar.text));
            return None;
        }
        text_of(node, key, self.marks)
    }

    /// A text for each language: `key: text` for the same in both, or `key: {zh: …, en: …}`.
    pub fn words(&mut self, key: &'static str) -> Option<PerLang<Option<Placed<&'n str>>>> {
        let node = self.node(key)?;
        words_of(node, key, self.marks)
    }

    /// A list of texts; a single text counts as a list of one.
    pub fn texts(&mut self, key: &'static str) -> Vec<Placed<&'n str>> {
        self.node(key).map_or_else(Vec::new, |node| texts_of(node, key, self.marks))
    }

    /// The items of a list.
    pub fn list(&mut self, key: &'static str) -> &'n [Node] {
        self.node(key).map_or(&[], |node| items_of(node, key, self.marks))
    }

    /// `true` or `false`.
    pub fn truth(&mut self, key: &'static str) -> Option<bool> {
        let node = self.node(key)?;
        truth_of(node, key, self.marks)
    }

    /// A number.
    pub fn number(&mut self, key: &'static str) -> Option<f64> {
        let node = self.node(key)?;
        number_of(node, key, self.marks)
    }

    /// A date or a range of dates.
    pub fn period(&mut self, key: &'static str) -> Option<Placed<Period>> {
        let node = self.node(key)?;
        period_of(node, key, self.marks)
    }

    /// A date that may be partial.
    pub fn date(&mut self, key: &'static str) -> Option<Placed<PartialDate>> {
        let node = self.node(key)?;
        date_of(node, key, self.marks)
    }

    /// An id.
    pub fn id(&mut self, key: &'static str) -> Option<Placed<&'n str>> {
        let text = self.text(key)?;
        if is_id(text.value) {
            return Some(text);
        }
        self.marks.push(Mark::new(Code::ValueNotId, text.span).with(text.value));
        None
    }

    /// One of a list of values.
    pub fn choice<T: Copy>(&mut self, key: &'static str, choices: &[(&str, T)]) -> Option<Placed<T>> {
        let text = self.text(key)?;
        if let Some((_, value)) = choices.iter().find(|(name, _)| *name == text.value) {
            return Some(Placed { value: *value, span: text.span });
        }
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        self.marks.push(Mark::new(Code::ValueChoice, text.span).with(key).with(text.value).with(names.join(" ")));
        None
    }

    /// The entries that nobody asked for.
    pub fn rest(&self) -> impl Iterator<Item = (&'n Key, &'n Node)> + '_ {
        self.entries.iter().zip(&self.taken).filter(|(_, taken)| !**taken).map(|(entry, _)| *entry)
    }

    /// Ends the reading: every key that nobody asked for is unknown.
    pub fn finish(self) {
        for (at, (key, _)) in self.entries.iter().enumerate() {
            if !self.taken[at] {
                self.marks.push(unknown_key(key, &self.asked));
            }
        }
    }
}

/// The finding for a key that does not exist, with what was probably meant.
#[must_use]
pub fn unknown_key(key: &Key, known: &[&str]) -> Mark {
    match nearest(&key.text, known.iter().copied()) {
        Some(meant) => Mark::new(Code::KeyMisspelt, key.span).with(&*key.text).with(meant),
        None => Mark::new(Code::KeyUnknown, key.span).with(&*key.text).with(known.join(" ")),
    }
}

/// Takes a node for a text.
pub fn text_of<'n>(node: &'n Node, key: &str, marks: &mut Vec<Mark>) -> Option<Placed<&'n str>> {
    let Value::Scalar(scalar) = &node.value else {
        marks.push(Mark::new(Code::ValueNotText, node.span).with(key));
        return None;
    };
    let text = scalar.text.trim();
    if text.is_empty() {
        marks.push(Mark::new(Code::ValueEmpty, node.span).with(key));
        return None;
    }
    if is_wrapped_in_curly_quotes(text) {
        marks.push(Mark::new(Code::ValueCurlyQuotes, node.span).with(key));
    }
    Some(Placed { value: text, span: node.span })
}

/// Takes a node for a web address: `http` or `https` and nothing that HTML or an address bar could read otherwise. Anything
/// else, `javascript:` above all, becomes a mark and no link.
pub fn web_of<'n>(node: &'n Node, key: &str, marks: &mut Vec<Mark>) -> Option<Placed<&'n str>> {
    let text = text_of(node, key, marks)?;
    let is_web = (text.value.starts_with("https://") || text.value.starts_with("http://"))
        && text.value.chars().all(|c| c.is_ascii_graphic() && !"<>\"`{}|\\^".contains(c));
    if !is_web {
        marks.push(Mark::new(Code::LinkUnparsed, text.span).with(text.value));
    }
    is_web.then_some(text)
}

fn is_wrapped_in_curly_quotes(text: &str) -> bool {
    text.strip_prefix('“').and_then(|rest| rest.strip_suffix('”')).is_some_and(|inner| !inner.contains(['“', '”']))
}

/// Takes a node for a text of each language.
pub fn words_of<'n>(node: &'n Node, key: &str, marks: &mut Vec<Mark>) -> Option<PerLang<Option<Placed<&'n str>>>> {
    if let Value::Map(_) = node.value {
        let mut fields = Fields::of(node, key, marks)?;
        let words = PerLang { zh: fields.text("zh"), en: fields.text("en") };
        // `{en: Capacity, not output}`: what stands behind the comma is an entry without a value.
        for at in 0..fields.entries.len() {
            let (name, node) = fields.entries[at];
            if !fields.taken[at] && node.value == Value::Null {
                fields.taken[at] = true;
                fields.marks.push(Mark::new(Code::YamlFlowComma, name.span).with(&*name.text));
            }
        }
        fields.finish();
        return Some(words);
    }
    let text = text_of(node, key, marks)?;
    Some(PerLang::build(|_: Lang| Some(text.clone())))
}

/// Takes a node for a list; nothing at all counts as an empty one.
pub fn items_of<'n>(node: &'n Node, key: &str, marks: &mut Vec<Mark>) -> &'n [Node] {
    match &node.value {
        Value::List(items) => items,
        Value::Null => &[],
        Value::Scalar(_) | Value::Map(_) => {
            marks.push(Mark::new(Code::ValueNotList, node.span).with(key));
            &[]
        }
    }
}

/// Takes a node for a list of texts.
pub fn texts_of<'n>(node: &'n Node, key: &str, marks: &mut Vec<Mark>) -> Vec<Placed<&'n str>> {
    match &node.value {
        Value::List(items) => items.iter().filter_map(|item| text_of(item, key, marks)).collect(),
        Value::Scalar(_) => text_of(node, key, marks).into_iter().collect(),
        Value::Null => Vec::new(),
        Value::Map(_) => {
            marks.push(Mark::new(Code::ValueNotList, node.span).with(key));
            Vec::new()
        }
    }
}

/// Takes a node for yes or no.
pub fn truth_of(node: &Node, key: &str, marks: &mut Vec<Mark>) -> Option<bool> {
    match &node.value {
        Value::Scalar(scalar) if scalar.kind == ScalarKind::Truth => Some(&*scalar.text == "true"),
        _ => {
            marks.push(Mark::new(Code::ValueNotTruth, node.span).with(key));
            None
        }
    }
}

/// Takes a node for a date or a range of dates.
pub fn period_of(node: &Node, key: &str, marks: &mut Vec<Mark>) -> Option<Placed<Period>> {
    let text = text_of(node, key, marks)?;
    take_date(Period::parse(text.value), &text, marks)
}

/// Takes a node for a date that may be partial.
pub fn date_of(node: &Node, key: &str, marks: &mut Vec<Mark>) -> Option<Placed<PartialDate>> {
    let text = text_of(node, key, marks)?;
    take_date(PartialDate::parse(text.value), &text, marks)
}

/// Takes a node for a number.
pub fn number_of(node: &Node, key: &str, marks: &mut Vec<Mark>) -> Option<f64> {
    let number = match &node.value {
        Value::Scalar(scalar) if scalar.kind == ScalarKind::Number => {
            scalar.text.replace('_', "").parse::<f64>().ok().filter(|number| number.is_finite())
        }
        _ => None,
    };
    if number.is_none() {
        marks.push(Mark::new(Code::ValueNotNumber, node.span).with(key));
    }
    number
}

fn take_date<T: Copy + std::fmt::Display>(read: Result<Written<T>, DateFault>, text: &Placed<&str>, marks: &mut Vec<Mark>) -> Option<Placed<T>> {
    let mark = |code| Mark::new(code, text.span).with(text.value);
    match read {
        Ok(Written { value, canonical }) => {
            if !canonical {
                marks.push(mark(Code::ValueDateSpelling).with(value.to_string()));
            }
            Some(Placed { value, span: text.span })
        }
        Err(fault) => {
            marks.push(mark(match fault {
                DateFault::Shape => Code::ValueDate,
                DateFault::Calendar => Code::ValueDateCalendar,
                DateFault::Order => Code::ValueDateOrder,
            }));
            None
        }
    }
}
