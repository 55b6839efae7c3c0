//! What stands between the characters of a text: entities, the `\u` escapes of JSON, tags. Read only where a number may be.

use super::{Form, View};

/// Longest tag or comment that is looked through, in bytes.
const TAG_MAX: usize = 512;
/// Longest opening tag whose attributes are looked at, in bytes.
const OPENING_MAX: usize = 8192;
/// Longest entity, in bytes.
const ENTITY_MAX: usize = 10;

/// Elements inside of a line: a number goes on behind their tags. At all others (cells, items, paragraphs, `br`) it ends.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label", "mark", "nobr", "q", "rb",
    "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];

/// Attributes whose value no reader sees as text: addresses, hashes, names for the machine, geometry.
const SKIPPED: &[&str] = &[
    "href",
    "src",
    "srcset",
    "imagesrcset",
    "poster",
    "action",
    "formaction",
    "cite",
    "integrity",
    "nonce",
    "id",
    "for",
    "class",
    "style",
    "d",
    "points",
    "transform",
    "viewbox",
    "width",
    "height",
    "sizes",
    "media",
    "xmlns",
    "headers",
    "usemap",
    "manifest",
    "background",
    "xlink:href",
    "data-src",
    "data-href",
    "data-hash",
    "datetime",
    "value",
];

/// The character at a byte with the length of its notation: itself, an entity, or an escape of JSON.
pub(super) fn char_at(view: View, at: usize) -> Option<(char, usize)> {
    let rest = view.text.get(at..)?;
    match rest.as_bytes().first()? {
        b'&' => entity(rest).or(Some(('&', 1))),
        b'\\' if view.form == Form::Output => escape(rest).or(Some(('\\', 1))),
        _ => rest.chars().next().map(|c| (c, c.len_utf8())),
    }
}

/// The character before a byte with the length of its notation.
pub(super) fn char_before(view: View, at: usize) -> Option<(char, usize)> {
    let before = view.text.get(..at)?;
    let last = before.chars().next_back()?;
    let plain = Some((last, last.len_utf8()));
    if last == ';' {
        let window = floor(view.text, at.saturating_sub(ENTITY_MAX));
        let start = before.get(window..).and_then(|tail| tail.rfind('&')).map(|offset| window + offset);
        let found = start.and_then(|start| entity(before.get(start..)?).filter(|(_, length)| start + length == at));
        return found.or(plain);
    }
    if view.form == Form::Output && last.is_ascii_hexdigit() && at >= 6 {
        return before.get(at - 6..).and_then(escape).filter(|(_, length)| *length == 6).or(plain);
    }
    plain
}

/// The length of the tag or comment that begins at a byte, if a number may go on behind it.
pub(super) fn inline_tag(text: &str, at: usize) -> Option<usize> {
    let window = text.as_bytes().get(at..)?;
    let window = window.get(..window.len().min(TAG_MAX))?;
    if window.starts_with(b"<!--") {
        return memchr::memmem::find(window, b"-->").map(|end| end + 3);
    }
    let (name, _) = tag_name(window)?;
    let end = memchr::memchr(b'>', window)?;
    is_one_of(name, INLINE).then_some(end + 1)
}

/// The beginning of the inline tag or comment that ends before a byte.
pub(super) fn inline_tag_before(text: &str, at: usize) -> Option<usize> {
    let window = at.saturating_sub(TAG_MAX);
    let before = text.as_bytes().get(window..at)?;
    let start = window + if before.ends_with(b"-->") { memchr::memmem::rfind(before, b"<!--") } else { memchr::memrchr(b'<', before) }?;
    inline_tag(text, start).filter(|length| start + length == at).map(|_| start)
}

/// Whether a byte lies in the value of an attribute that is not text.
pub(super) fn is_in_skipped_attribute(text: &str, at: usize) -> bool {
    let window = at.saturating_sub(OPENING_MAX);
    let Some(before) = text.as_bytes().get(window..at) else { return false };
    let Some(start) = memchr::memrchr(b'<', before) else { return false };
    let Some(tag) = before.get(start..) else { return false };
    let Some((_, name_end)) = tag_name(tag) else { return false };
    let Some((name, value)) = open_value(tag, name_end) else { return false };
    let is_dialled = ["tel:", "sms:", "callto:"].iter().any(|scheme| value.starts_with(scheme.as_bytes()));
    is_one_of(name, SKIPPED) && !is_dialled
}

/// The name of the attribute whose value is still open at the end of `tag`, and so much of the value as there is.
fn open_value(tag: &[u8], from: usize) -> Option<(&[u8], &[u8])> {
    let mut rest = tag.get(from..)?;
    loop {
        let start = rest.iter().position(|byte| !byte.is_ascii_whitespace() && *byte != b'/')?;
        rest = rest.get(start..)?;
        let end = rest.iter().position(|byte| matches!(byte, b'=' | b'>') || byte.is_ascii_whitespace())?;
        let (name, behind) = rest.split_at(end);
        let sign = behind.iter().position(|byte| !byte.is_ascii_whitespace())?;
        match behind.get(sign) {
            Some(b'>') => return None,
            Some(b'=') => {}
            // An attribute without a value: what follows is the next one's name.
            _ => {
                rest = behind;
                continue;
            }
        }
        let value = behind.get(sign + 1..)?.trim_ascii_start();
        let value = value.strip_prefix(b"\\").unwrap_or(value);
        let (inner, length) = match value.first() {
            Some(quote @ (b'"' | b'\'')) => (value.get(1..)?, memchr::memchr(*quote, value.get(1..)?).map(|end| end + 1)),
            _ => (value, value.iter().position(|byte| byte.is_ascii_whitespace() || *byte == b'>')),
        };
        match length {
            None => return Some((name, inner)),
            Some(length) => rest = inner.get(length.min(inner.len())..)?,
        }
    }
}

fn tag_name(tag: &[u8]) -> Option<(&[u8], usize)> {
    let start = if tag.get(1) == Some(&b'/') { 2 } else { 1 };
    let rest = tag.get(start..)?;
    let length = rest.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len());
    let name = rest.get(..length).filter(|name| name.first().is_some_and(u8::is_ascii_alphabetic))?;
    Some((name, start + length))
}

fn is_one_of(name: &[u8], list: &[&str]) -> bool {
    list.iter().any(|entry| name.eq_ignore_ascii_case(entry.as_bytes()))
}

fn entity(rest: &str) -> Option<(char, usize)> {
    let end = rest.bytes().take(ENTITY_MAX).position(|byte| byte == b';')?;
    let name = rest.get(1..end)?;
    let c = if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        char::from_u32(code)?
    } else {
        match name {
            "nbsp" => '\u{A0}',
            "ensp" | "emsp" | "thinsp" | "Tab" => ' ',
            "shy" => '\u{AD}',
            "zwnj" => '\u{200C}',
            "zwj" => '\u{200D}',
            "middot" | "centerdot" => '·',
            "bull" => '•',
            "ndash" | "mdash" | "minus" | "hyphen" | "dash" => '-',
            "ast" => '*',
            "plus" => '+',
            "period" => '.',
            "lpar" => '(',
            "rpar" => ')',
            "times" => '×',
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "yen" => '¥',
            "commat" => '@',
            _ => return None,
        }
    };
    Some((c, end + 1))
}

/// `\u00a0`, and the short escapes of JSON.
fn escape(rest: &str) -> Option<(char, usize)> {
    match rest.as_bytes() {
        [b'\\', b'u', ..] => {
            let code = u32::from_str_radix(rest.get(2..6)?, 16).ok()?;
            char::from_u32(code).map(|c| (c, 6))
        }
        [b'\\', b'n' | b'r', ..] => Some(('\n', 2)),
        [b'\\', b't', ..] => Some(('\t', 2)),
        [b'\\', b'/', ..] => Some(('/', 2)),
        [b'\\', b'"', ..] => Some(('"', 2)),
        _ => None,
    }
}

/// The nearest boundary of a character at or before a byte.
pub(super) fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The nearest boundary of a character at or behind a byte.
pub(super) fn ceil(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}
