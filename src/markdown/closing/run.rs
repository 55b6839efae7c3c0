//! `{withheld:text}`, recognised before every other inline rule and everywhere, code included.

use super::Closing;
use crate::diagnostic::{Code, Mark, Span};
use crate::text::{edit_distance, shorten};
use std::ops::Range;

const OPENING: &str = "{withheld:";
const WORD: &str = "withheld";
/// What an editor may write for the word.
const OTHER_WORDS: &[&str] = &["隐去", "隐藏", "保密", "不公开", "脱敏", "withhold", "redact", "redacted", "hidden", "秘密", "内部", "隐名"];
/// The brackets that an editor may take for braces.
const BRACKETS: &[char] = &['{', '｛', '【', '〔', '[', '［', '(', '（', '<', '＜', '「', '『', '«', '〈', '《'];
/// Brackets in which the word alone, without a colon, is already a slip.
const BRACES: &[char] = &['{', '｛'];

pub(super) fn find(text: &str, closing: &mut Closing) {
    let mut at = 0;
    while let Some(found) = text[at..].find(BRACKETS) {
        let start = at + found;
        let Some(bracket) = text[start..].chars().next() else { break };
        at = start + bracket.len_utf8();
        if text[start..].starts_with(OPENING) {
            if is_escaped(text, start) {
                continue;
            }
            match inside(text, start + OPENING.len()) {
                Some(inner) => {
                    at = inner.end + 1;
                    closing.runs.push((start..at, inner));
                }
                None => closing.doubt(near_miss(text, start)),
            }
        } else if looks_meant(&text[at..], bracket) && !(bracket == '{' && is_escaped(text, start)) {
            closing.doubt(near_miss(text, start));
        }
    }
}

fn is_escaped(text: &str, at: usize) -> bool {
    text[..at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}

/// The text of a run up to its closing brace, braces inside balanced; none if its paragraph ends first.
fn inside(text: &str, start: usize) -> Option<Range<usize>> {
    let end = paragraph_end(text, start);
    let mut depth = 0usize;
    for (offset, byte) in text.as_bytes()[start..end].iter().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 0 => return Some(start..start + offset),
            b'}' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Where the paragraph around a place ends: at an empty line, or where the text does.
fn paragraph_end(text: &str, start: usize) -> usize {
    let mut at = start;
    while let Some(found) = text[at..].find('\n') {
        at += found + 1;
        let next = text[at..].split('\n').next().unwrap_or_default();
        if next.trim().trim_start_matches('>').trim().is_empty() {
            return at - 1;
        }
    }
    text.len()
}

/// Whether what follows a bracket is the word, misspelt or in Chinese.
fn looks_meant(after: &str, bracket: char) -> bool {
    let head: String = after.chars().take(24).take_while(|c| !matches!(c, '}' | '｝' | '】' | '〕' | ']' | '］' | ')' | '）' | '\n' | '{')).collect();
    let (word, has_colon) = match head.find([':', '：', '=', '｜', '|', '；', ';', '∶', '﹕', '.', '，', ',']) {
        Some(end) => (&head[..end], true),
        None => (head.as_str(), false),
    };
    let word: String =
        word.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{200B}' | '\\' | '*' | '_' | '`' | '-')).flat_map(narrow).collect();
    if word.is_empty() {
        return false;
    }
    let in_braces = BRACES.contains(&bracket);
    // `{withheld text}`: the colon was forgotten.
    let begins_with_it = in_braces && has_prefix_near(&head);
    let is_it = edit_distance(&word, WORD, 2) <= 2 || OTHER_WORDS.contains(&word.as_str());
    begins_with_it || is_it && (has_colon || in_braces)
}

fn has_prefix_near(head: &str) -> bool {
    let first: String = head.trim_start().chars().take_while(|c| c.is_alphanumeric()).flat_map(narrow).collect();
    !first.is_empty() && (edit_distance(&first, WORD, 2) <= 2 || first.starts_with(WORD))
}

/// The character in half width and lower case.
fn narrow(c: char) -> impl Iterator<Item = char> {
    let half = match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        other => other,
    };
    half.to_lowercase()
}

/// The place and the beginning of what looks like a mark; never its content, which may be what was to be closed.
fn near_miss(text: &str, start: usize) -> Mark {
    let end = text[start..].find([':', '：', '}', '\n']).map_or(text.len(), |end| start + end);
    let shown = shorten(&text[start..end.min(text.len())], 20);
    let end = text[start..].char_indices().nth(1).map_or(text.len(), |(at, _)| start + at);
    Mark::new(Code::WithheldNearMiss, Span::new(start, end)).with(shown)
}
