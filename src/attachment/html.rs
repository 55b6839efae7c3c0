//! HTML, as pages and as what some programs save under `.xls` and `.doc`: blocks of text, attributes, comments, scripts.

use super::harvest::Harvest;
use super::mark::Mark;
use super::{Place, Reason, number, role};
use std::collections::BTreeSet;

/// Elements within a line; every other one ends the text before it.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q", "s", "samp", "small", "span",
    "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr", "img", "o:p", "nobr",
];
/// Longer tags end at their first `>`, inside of quotes or not: what is behind is read as text then.
const TAG_MAX: usize = 1 << 10;
/// Elements whose content is no markup.
const RAW: &[&str] = &["script", "style", "textarea", "title", "xmp", "noscript"];

/// Reads a page.
pub(super) fn read(text: &str, place: &Place, harvest: &mut Harvest) {
    let mut page = Page { place, harvest, block: String::new(), count: 0, attributes: BTreeSet::new() };
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        page.block.push_str(&unescape(before));
        rest = page.tag(tag);
    }
    page.block.push_str(&unescape(rest));
    page.flush();
    let attributes: Vec<&str> = page.attributes.iter().map(String::as_str).collect();
    harvest.piece(place.with(Mark::Attributes), true, &attributes.join("\n"));
}

struct Page<'a> {
    place: &'a Place,
    harvest: &'a mut Harvest,
    block: String,
    count: u32,
    attributes: BTreeSet<String>,
}

impl Page<'_> {
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.block);
        if text.trim().is_empty() {
            return;
        }
        self.count += 1;
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.harvest.piece(self.place.counted(Mark::Paragraph, self.count), false, &number::plain(&text));
    }

    /// Reads what begins with `<` and gives what follows it.
    fn tag<'t>(&mut self, text: &'t str) -> &'t str {
        if let Some(comment) = text.strip_prefix("<!--") {
            let (inside, rest) = comment.split_once("-->").unwrap_or((comment, ""));
            self.harvest.piece(self.place.with(Mark::Markup), true, inside);
            return rest;
        }
        let inside = &text[1..];
        if !inside.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
            self.block.push('<');
            return inside;
        }
        let Some(end) = tag_end(inside) else {
            self.block.push_str(&unescape(text));
            return "";
        };
        let (tag, rest) = (inside.get(..end).unwrap_or(inside), inside.get(end + 1..).unwrap_or_default());
        let name: String =
            tag.trim_start_matches('/').chars().take_while(|c| !c.is_whitespace() && *c != '/').collect::<String>().to_ascii_lowercase();
        if name == "br" {
            self.block.push(' ');
        } else if !INLINE.contains(&name.as_str()) {
            self.flush();
        }
        self.keep_attributes(tag);
        if RAW.contains(&name.as_str()) && !tag.starts_with('/') {
            return self.raw(&name, rest);
        }
        rest
    }

    fn raw<'t>(&mut self, name: &str, text: &'t str) -> &'t str {
        let close = format!("</{name}");
        let end = text.as_bytes().windows(close.len()).position(|window| window.eq_ignore_ascii_case(close.as_bytes())).unwrap_or(text.len());
        let (inside, rest) = text.split_at_checked(end).unwrap_or((text, ""));
        let is_shown = matches!(name, "title" | "textarea" | "xmp");
        let mark = if is_shown { Mark::HiddenPart } else { Mark::Script };
        self.harvest.piece(self.place.with(mark), true, &unescape(inside));
        rest
    }

    fn keep_attributes(&mut self, tag: &str) {
        let mut rest = tag;
        while let Some(at) = rest.find('=') {
            rest = rest[at + 1..].trim_start();
            let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
            let value = match quote {
                Some(quote) => rest[1..].split(quote).next().unwrap_or_default(),
                None => rest.split(|c: char| c.is_whitespace()).next().unwrap_or_default(),
            };
            rest = &rest[value.len() + usize::from(quote.is_some())..];
            if value.trim_start().starts_with("data:") {
                self.harvest.unread(self.place.clone(), Reason::Packed);
            }
            let value = unescape(value);
            if !role::is_harmless(&value) {
                self.attributes.insert(number::plain(&value));
            }
        }
    }
}

/// Where a tag ends: at `>` outside of quotes, or at the first one if the quotes never close; none if no tag ends any more.
fn tag_end(text: &str) -> Option<usize> {
    let first = text.find('>')?;
    if !text.get(..first).unwrap_or_default().contains(['"', '\'']) {
        return Some(first);
    }
    let mut quote = None;
    // A quote that never closes must not swallow the page.
    for (at, c) in text.char_indices().take(TAG_MAX) {
        match (quote, c) {
            (None, '>') => return Some(at),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    Some(first)
}

/// A text with the references resolved that matter for reading.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let length = rest.bytes().take(10).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
        let name = &rest[..length];
        let c = match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "nbsp" => Some('\u{A0}'),
            _ => code(name).and_then(char::from_u32),
        };
        match c {
            Some(c) => {
                out.push(c);
                rest = rest[length..].strip_prefix(';').unwrap_or(&rest[length..]);
            }
            None => out.push('&'),
        }
    }
    out.push_str(rest);
    out
}

fn code(name: &str) -> Option<u32> {
    let number = name.strip_prefix('#')?;
    match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => number.parse().ok(),
    }
}
