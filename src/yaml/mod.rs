//! The one adapter over the YAML crate: text → a tree in which every key and value knows its place, or marks that say
//! in an editor's words why it is no YAML. Types are decided by who asks, never guessed here.

mod fields;
mod pitfall;

pub use fields::{Fields, Placed, date_of, items_of, number_of, period_of, text_of, texts_of, truth_of, unknown_key, web_of, words_of};

use crate::diagnostic::{Code, Mark, Span};
use crate::text::find_unprintable;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{DuplicateKeyPolicy, Options, Spanned};
use std::fmt;

/// A value with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Where it stands in the text that was parsed.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing, `null` or `~`.
    Null,
    /// A single value, as text.
    Scalar(Scalar),
    /// `- a` or `[a, b]`.
    List(Vec<Node>),
    /// `key: value`, in the order of the file.
    Map(Vec<(Key, Node)>),
}

/// A single value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scalar {
    /// The text as written, without quotes: `0012` stays `0012`, `1.10` stays `1.10`.
    pub text: Box<str>,
    /// What YAML takes it for.
    pub kind: ScalarKind,
}

/// What YAML takes an unquoted value for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScalarKind {
    /// A text, quoted or not.
    Text,
    /// A whole number or a decimal fraction.
    Number,
    /// `true` or `false`.
    Truth,
}

/// The key of an entry with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// Where it stands.
    pub span: Span,
    /// The key.
    pub text: Box<str>,
}

impl Node {
    /// The value of a key, if this is a map that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        match &self.value {
            Value::Map(entries) => entries.iter().find(|(name, _)| &*name.text == key).map(|(_, node)| node),
            _ => None,
        }
    }

    /// From the first to the last byte of what stands in it: the span of a list or map itself may be only its beginning.
    #[must_use]
    pub fn extent(&self) -> Span {
        let join = |a: Span, b: Span| Span { start: a.start.min(b.start), end: a.end.max(b.end) };
        match &self.value {
            Value::Null | Value::Scalar(_) => self.span,
            Value::List(items) => items.iter().map(Node::extent).fold(self.span, join),
            Value::Map(entries) => entries.iter().map(|(key, node)| join(key.span, node.extent())).fold(self.span, join),
        }
    }

    /// The same node as part of a longer file.
    pub fn shift(&mut self, by: usize) {
        self.span = self.span.shifted(by);
        match &mut self.value {
            Value::List(items) => items.iter_mut().for_each(|item| item.shift(by)),
            Value::Map(entries) => entries.iter_mut().for_each(|(key, node)| {
                key.span = key.span.shifted(by);
                node.shift(by);
            }),
            Value::Null | Value::Scalar(_) => {}
        }
    }
}

/// How much one YAML file may hold: a record's front matter is small, a dataset is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// The front matter of a text.
    FrontMatter,
    /// A file of its own.
    File,
}

/// Deeper than any file of ours needs, shallow enough for every stack.
const DEPTH_MAX: usize = 32;

fn options(size: Size) -> Options {
    let nodes = match size {
        Size::FrontMatter => 20_000,
        Size::File => 5_000_000,
    };
    let budget = serde_yaml::budget! {
        max_events: nodes * 2,
        max_nodes: nodes,
        max_depth: DEPTH_MAX,
        flow_nesting_limit: DEPTH_MAX,
        max_aliases: 100,
        max_anchors: 100,
        max_documents: 1,
        max_recorded_anchor_events: 10_000,
    };
    let mut options = serde_yaml::options! {
        budget: budget,
        // Both entries reach the tree, so that a finding can show both places.
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        with_snippet: false,
    };
    // A list of lists of lists of aliases: nobody writes one, and each level multiplies.
    options.alias_limits.max_total_replayed_events = 2_000;
    options.alias_limits.max_replay_stack_depth = 4;
    options
}

/// Parses a YAML text. An empty one is [`Value::Null`].
///
/// # Errors
/// At least one mark that says what is wrong and where.
pub fn parse(text: &str, size: Size) -> Result<Node, Vec<Mark>> {
    if text.bytes().filter(|byte| matches!(byte, b'[' | b'{')).count() > 200_000 {
        return Err(vec![Mark::new(Code::YamlExcess, Span::at(0)).with("[ {")]);
    }
    let parsed = serde_yaml::from_str_with_options::<Raw>(text, options(size));
    match parsed {
        Ok(raw) => {
            let node = raw.settle(text);
            let odd = pitfall::in_tree(text, &node);
            if odd.is_empty() { Ok(node) } else { Err(odd) }
        }
        Err(_) if text.trim().is_empty() => Ok(Node { span: Span::at(0), value: Value::Null }),
        Err(error) => Err(pitfall::explain(text, &error)),
    }
}

/// What serde hands over before the written text of a scalar is looked up.
struct Raw {
    span: Span,
    value: RawValue,
}

enum RawValue {
    Null,
    Text(String),
    Number(String),
    Truth(bool),
    List(Vec<Raw>),
    Map(Vec<(Spanned<String>, Raw)>),
}

fn span_of(location: &serde_yaml::Location) -> Span {
    let span = location.span();
    let start = span.byte_offset().unwrap_or(0) as usize;
    Span::new(start, start + span.byte_len().unwrap_or(0) as usize)
}

impl Raw {
    fn settle(self, text: &str) -> Node {
        let span = self.span;
        let scalar = |text: &str, kind| Value::Scalar(Scalar { text: text.into(), kind });
        let value = match self.value {
            RawValue::Null => Value::Null,
            RawValue::Text(value) => scalar(&value, ScalarKind::Text),
            RawValue::Number(value) => {
                let written = text.get(span.start as usize..span.end as usize).map(str::trim).filter(|written| !written.is_empty());
                scalar(written.unwrap_or(&value), ScalarKind::Number)
            }
            RawValue::Truth(value) => scalar(if value { "true" } else { "false" }, ScalarKind::Truth),
            RawValue::List(items) => Value::List(items.into_iter().map(|item| item.settle(text)).collect()),
            RawValue::Map(entries) => {
                let key = |key: Spanned<String>| Key { span: span_of(&key.referenced), text: key.value.into() };
                Value::Map(entries.into_iter().map(|(name, raw)| (key(name), raw.settle(text))).collect())
            }
        };
        Node { span, value }
    }
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<RawValue>::deserialize(deserializer)?;
        Ok(Raw { span: span_of(&spanned.referenced), value: spanned.value })
    }
}

impl<'de> Deserialize<'de> for RawValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

/// A text without control characters and noncharacters: `"\uFDD1"` can write what no file may hold, our own marks among them.
fn printable(mut text: String) -> String {
    if find_unprintable(&text, 0).is_some() {
        text.retain(|c| find_unprintable(c.encode_utf8(&mut [0; 4]), 0).is_none());
    }
    text
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = RawValue;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<RawValue, E> {
        Ok(RawValue::Null)
    }

    fn visit_none<E>(self) -> Result<RawValue, E> {
        Ok(RawValue::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<RawValue, D::Error> {
        RawValue::deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<RawValue, E> {
        Ok(RawValue::Truth(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<RawValue, E> {
        Ok(RawValue::Number(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<RawValue, E> {
        Ok(RawValue::Number(value.to_string()))
    }

    fn visit_i128<E>(self, value: i128) -> Result<RawValue, E> {
        Ok(RawValue::Number(value.to_string()))
    }

    fn visit_u128<E>(self, value: u128) -> Result<RawValue, E> {
        Ok(RawValue::Number(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<RawValue, E> {
        Ok(RawValue::Number(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<RawValue, E> {
        Ok(RawValue::Text(printable(value.to_owned())))
    }

    fn visit_string<E>(self, value: String) -> Result<RawValue, E> {
        Ok(RawValue::Text(printable(value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<RawValue, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(RawValue::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<RawValue, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = access.next_key()? {
            entries.push((key, access.next_value()?));
        }
        Ok(RawValue::Map(entries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scalar<'a>(node: &'a Node, key: &str) -> (&'a str, ScalarKind, Span) {
        let node = node.get(key).unwrap();
        match &node.value {
            Value::Scalar(scalar) => (&scalar.text, scalar.kind, node.span),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_was_written_is_kept() {
        let text = "code: 0012\nversion: 1.10\ntime: 12:30\nno: no\nyear: 2020\ntitle: \"多彩\"\nok: true\nempty:\n";
        let node = parse(text, Size::FrontMatter).unwrap();
        assert_eq!(scalar(&node, "code").0, "0012");
        assert_eq!((scalar(&node, "version").0, scalar(&node, "version").1), ("1.10", ScalarKind::Number));
        assert_eq!((scalar(&node, "time").0, scalar(&node, "time").1), ("12:30", ScalarKind::Text));
        assert_eq!((scalar(&node, "no").0, scalar(&node, "no").1), ("no", ScalarKind::Text));
        assert_eq!((scalar(&node, "year").0, scalar(&node, "year").1), ("2020", ScalarKind::Number));
        assert_eq!(scalar(&node, "ok").1, ScalarKind::Truth);
        assert_eq!(node.get("empty").unwrap().value, Value::Null);
        let title = scalar(&node, "title").2;
        assert!(text[title.start as usize..title.end as usize].contains("多彩"), "{title:?}");
    }

    #[test]
    fn places_are_bytes_of_the_text() {
        let text = "标题: 值\nplaces: [光山, xinxian]\n";
        let node = parse(text, Size::FrontMatter).unwrap();
        let Value::List(items) = &node.get("places").unwrap().value else { panic!() };
        assert_eq!(&text[items[1].span.start as usize..items[1].span.end as usize], "xinxian");
    }

    #[test]
    fn escapes_bring_in_no_marks() {
        let node = parse(r#"a: "张\uFDD1三\u0007\n\uFDD8""#, Size::FrontMatter).unwrap();
        assert_eq!(scalar(&node, "a").0, "张三\n");
    }

    #[test]
    fn bombs_and_depth_are_findings() {
        let deep = "[".repeat(100_000);
        assert_eq!(parse(&deep, Size::File).unwrap_err()[0].code, Code::YamlExcess);
        let bomb = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d,*d,*d]\n";
        let found = parse(bomb, Size::File).err().map(|marks| marks[0].code);
        assert_eq!(found, Some(Code::YamlExcess));
    }
}
