//! What editors type wrong in YAML, recognised line by line, since the parser's own message points at the wrong place
//! and speaks of scanners (the list was collected from real files).

use super::{Node, ScalarKind, Value};
use crate::diagnostic::{Code, Mark, Span};
use std::collections::BTreeMap;

/// Says why a text could not be parsed.
pub(super) fn explain(text: &str, error: &serde_yaml::Error) -> Vec<Mark> {
    let is_budget = matches!(error.without_snippet(), serde_yaml::Error::Budget { .. });
    // A second document is a slip and no excess.
    let is_second = is_budget && error.to_string().contains("Documents");
    if !is_second && (is_budget || is_excess(&error.to_string())) {
        let at = position(text, error);
        return vec![Mark::new(Code::YamlExcess, Span::at(at)).with(first_line(&error.to_string()))];
    }
    let found = in_lines(text);
    if !found.is_empty() {
        return found;
    }
    vec![Mark::new(Code::YamlSyntax, Span::at(position(text, error))).with(first_line(&error.to_string()))]
}

fn is_excess(message: &str) -> bool {
    ["limit", "budget", "recursion", "replay"].iter().any(|word| message.contains(word))
}

/// Where the parser stopped: by its byte where it knows it, else by line and column.
fn position(text: &str, error: &serde_yaml::Error) -> usize {
    let Some(location) = error.location() else { return 0 };
    if let Some(offset) = location.span().byte_offset() {
        return usize::try_from(offset).unwrap_or(0).min(text.len());
    }
    let number = |n: u64| usize::try_from(n).unwrap_or(1).max(1) - 1;
    let start: usize = text.split_inclusive('\n').take(number(location.line())).map(str::len).sum();
    let line = &text[start..];
    start + line.char_indices().nth(number(location.column())).map_or(line.trim_end().len(), |(at, _)| at)
}

/// The parser's reason without the place, which it counts from the beginning of its own text.
fn first_line(message: &str) -> &str {
    let line = message.lines().next().unwrap_or(message);
    let end = [" at line ", ", line ", " (line "].iter().filter_map(|sign| line.find(sign)).min().unwrap_or(line.len());
    line[..end].trim_end_matches([':', ' '])
}

/// Finds mistakes in a text that YAML accepts, though not as it was meant.
pub(super) fn in_tree(text: &str, root: &Node) -> Vec<Mark> {
    let mut marks = Vec::new();
    if let Value::Scalar(_) = root.value {
        marks = in_lines(text);
    }
    walk(text, root, text.len(), &mut marks);
    marks
}

/// Looks at a node and what is in it; `limit` is where what follows it begins.
fn walk(text: &str, node: &Node, limit: usize, marks: &mut Vec<Mark>) {
    match &node.value {
        Value::List(items) => {
            for (at, item) in items.iter().enumerate() {
                walk(text, item, items.get(at + 1).map_or(limit, |next| next.span.start as usize), marks);
            }
        }
        Value::Map(entries) => {
            let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
            for (at, (key, value)) in entries.iter().enumerate() {
                let limit = entries.get(at + 1).map_or(limit, |(next, _)| next.span.start as usize);
                if let Some(first) = seen.insert(&key.text, key.span) {
                    marks.push(Mark::new(Code::YamlDuplicateKey, key.span).with(&*key.text).with(line_of(text, first).to_string()));
                }
                if let Some((at, c)) = key.text.char_indices().find(|(_, c)| is_false_space(*c)) {
                    marks.push(false_space(key.span.start as usize + at, c));
                }
                if swallowed_line(text, key.span, value) {
                    marks.extend(in_lines_between(text, value.span));
                }
                marks.extend(lost_to_a_sign(text, key, value));
                marks.extend(indented_key(text, value, limit));
                walk(text, value, limit, marks);
            }
        }
        Value::Null | Value::Scalar(_) => {}
    }
}

/// Whether a value stands on a line of its own and looks like an entry whose colon is wrong.
fn swallowed_line(text: &str, key: Span, value: &Node) -> bool {
    let Value::Scalar(scalar) = &value.value else { return false };
    scalar.kind == ScalarKind::Text
        && !scalar.text.starts_with(['"', '\''])
        && (scalar.text.contains('：') || scalar.text.contains(':'))
        && text.get(key.end as usize..value.span.start as usize).is_some_and(|between| between.contains('\n') && !between.contains(['|', '>']))
}

/// The keys that decide who may see a record.
const CLOSING_KEYS: &[&str] = &["access", "text_access", "open_after", "classification", "status", "household"];

/// A line inside a longer value that was to be an entry of its own and would have closed something.
fn indented_key(text: &str, value: &Node, limit: usize) -> Option<Mark> {
    let Value::Scalar(_) = value.value else { return None };
    let start = value.span.start as usize;
    let whole = text.get(start..limit.max(start))?;
    let mut at = start;
    for line in whole.split_inclusive('\n') {
        let place = at;
        at += line.len();
        let bare = line.trim_start();
        let Some(name_end) = bare.find([':', '：', ' ', '\u{3000}']) else { continue };
        let name = &bare[..name_end];
        let is_entry = bare[name_end..].trim_start().starts_with([':', '：']);
        if place > start && is_entry && CLOSING_KEYS.contains(&name) {
            let from = place + (line.len() - bare.len());
            return Some(Mark::new(Code::YamlIndentedKey, Span::new(from, from + name.len())).with(name));
        }
    }
    None
}

/// `title: 光山 #扶贫日` and `title: &重要`: YAML takes the rest for a comment or a name and says nothing.
fn lost_to_a_sign(text: &str, key: &super::Key, value: &Node) -> Option<Mark> {
    let colon = key.span.end as usize;
    let line = text.get(colon..)?.split('\n').next()?;
    let after = line.trim_start_matches(['"', '\'']).strip_prefix(':')?;
    let start = colon + (line.len() - after.len());
    let bare = after.trim_start();
    let from = start + (after.len() - bare.len());
    let first = bare.chars().next()?;
    let is_word = |rest: &str| rest.chars().next().is_some_and(|c| !c.is_whitespace() && c != '#' && c != '!' && c != '-');
    match &value.value {
        Value::Null if first == '&' => Some(Mark::new(Code::YamlUnquotedStart, Span::at(from)).with(&*key.text).with("&")),
        Value::Null if first == '#' && is_word(&bare[1..]) => Some(Mark::new(Code::YamlComment, Span::at(from)).with(&*key.text)),
        Value::Scalar(scalar) if scalar.kind == ScalarKind::Text && !matches!(first, '"' | '\'' | '|' | '>' | '&' | '[' | '{') => {
            let at = bare.find(" #").filter(|at| is_word(&bare[at + 2..]))?;
            Some(Mark::new(Code::YamlComment, Span::new(from + at + 1, from + bare.len())).with(&*key.text))
        }
        _ => None,
    }
}

fn in_lines_between(text: &str, span: Span) -> Vec<Mark> {
    let start = text[..span.start as usize].rfind('\n').map_or(0, |at| at + 1);
    let end = text.get(start..span.end as usize).map_or(text.len(), |_| span.end as usize);
    in_lines(&text[start..end]).into_iter().map(|mark| mark.shifted(start)).collect()
}

fn line_of(text: &str, span: Span) -> usize {
    text.as_bytes()[..(span.start as usize).min(text.len())].iter().filter(|byte| **byte == b'\n').count() + 1
}

/// Examines each line of a text that is known to be wrong.
fn in_lines(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut start = 0;
    let mut block_indent: Option<usize> = None;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end_matches('\n');
        let indent = bare.len() - bare.trim_start_matches(' ').len();
        let in_block = block_indent.is_some_and(|outer| bare.trim().is_empty() || indent > outer);
        if !in_block {
            block_indent = bare.trim_end().ends_with(['|', '>']).then_some(indent);
            if !bare.trim_start().starts_with('#') {
                marks.extend(in_line(bare).map(|mark| mark.shifted(start)));
            }
        }
        start += line.len();
    }
    marks
}

fn in_line(line: &str) -> Option<Mark> {
    let indent_end = line.find(|c: char| !c.is_whitespace() && !is_false_space(c)).unwrap_or(line.len());
    if let Some(at) = line[..indent_end].find('\t') {
        return Some(Mark::new(Code::YamlTab, Span::new(at, at + 1)));
    }
    if let Some((at, c)) = line[..indent_end].char_indices().find(|(_, c)| is_false_space(*c)) {
        return Some(false_space(at, c));
    }
    let body_start = indent_end + if line[indent_end..].starts_with("- ") { 2 } else { 0 };
    let body = &line[body_start..];
    let name_end = body.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-')).unwrap_or(body.len());
    let (name, after) = body.split_at(name_end);
    if name.is_empty() {
        return None;
    }
    in_entry(name, after).map(|mark| mark.shifted(body_start))
}

/// Examines `name` and what follows it on its line.
fn in_entry(name: &str, after: &str) -> Option<Mark> {
    let colon = name.len();
    // A Chinese word and a full-width colon may be the beginning of a sentence; a key of ours is ASCII.
    if after.starts_with('：') && name.is_ascii() {
        return Some(Mark::new(Code::YamlFullWidthColon, Span::new(colon, colon + '：'.len_utf8())).with(name));
    }
    let value = after.strip_prefix(':')?;
    if let Some(c) = value.chars().next().filter(|c| is_false_space(*c)) {
        return Some(false_space(colon + 1, c));
    }
    if !value.is_empty() && !value.starts_with([' ', '\t']) && !value.starts_with("//") && !name.bytes().all(|c| c.is_ascii_digit()) {
        return Some(Mark::new(Code::YamlNoSpace, Span::new(colon, colon + 1)).with(name));
    }
    let trimmed = value.trim();
    let value_start = colon + 1 + (value.len() - value.trim_start().len());
    let span = Span::new(value_start, value_start + trimmed.len());
    if needs_quotes(trimmed) {
        let first = trimmed.chars().next().map(String::from).unwrap_or_default();
        return Some(Mark::new(Code::YamlUnquotedStart, span).with(name).with(first));
    }
    let plain = !trimmed.starts_with(['"', '\'', '[', '{', '|', '>', '&', '*']);
    if plain && trimmed.contains(": ") {
        return Some(Mark::new(Code::YamlUnquotedColon, span).with(name));
    }
    None
}

/// Whether a value begins with a sign that YAML claims for itself and does not end as YAML wants.
fn needs_quotes(value: &str) -> bool {
    let closed_by = |close: char| value.len() > 1 && value.trim_end().ends_with(close);
    match value.chars().next() {
        Some('"') => !closed_by('"') || value[1..value.len() - 1].replace("\\\"", "").contains('"'),
        Some('\'') => !closed_by('\'') || value[1..value.len() - 1].replace("''", "").contains('\''),
        Some('[') => !closed_by(']'),
        Some('{') => !closed_by('}'),
        Some('@' | '`' | '%' | '*' | '!') => true,
        Some('&') => !value.contains(' '),
        _ => false,
    }
}

fn is_false_space(c: char) -> bool {
    matches!(c, '\u{3000}' | '\u{A0}' | '\u{2000}'..='\u{200B}' | '\u{202F}' | '\u{FEFF}')
}

fn false_space(at: usize, c: char) -> Mark {
    Mark::new(Code::YamlWideSpace, Span::new(at, at + c.len_utf8())).with(format!("U+{:04X}", u32::from(c)))
}
