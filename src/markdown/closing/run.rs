//! `{withheld:text}`, recognised before every other inline rule and everywhere, code included.

use super::Closing;
use crate::diagnostic::{Code, Mark, Span};
use crate::text::{edit_distance, next_block};
use std::ops::Range;

const OPENING: &str = "{withheld:";
const WORD: &str = "withheld";
/// What an editor may write for the word.
const OTHER_WORDS: &[&str] = &["隐去", "隐藏", "保密", "不公开", "脱敏", "秘密", "内部", "隐名"];
/// Words that inside of braces can mean nothing else, at once behind the brace.
const BRACE_WORDS: &[&str] = &["隐去", "隐藏", "保密", "不公开", "脱敏", "隐名"];
/// Words that braces of program code hold too (`{internal: 5678}`): a mark only where Chinese follows.
const CODE_WORDS: &[&str] = &["internal", "sealed", "private", "hidden", "redact", "redacted", "closed"];
/// Brackets in which the word alone, without a colon, is already a slip.
const BRACES: &[char] = &['{', '｛'];

/// Whether one of the brackets that an editor may take for a brace begins here: { [ ( < and « 〈《「『【〔 （＜［｛.
/// On bytes, since nearly every byte of a text is none of these, and reading a large archive costs what this line costs.
fn is_bracket(bytes: &[u8]) -> bool {
    match bytes[0] {
        b'{' | b'[' | b'(' | b'<' => true,
        0xC2 => bytes.get(1) == Some(&0xAB),
        0xE3 => matches!(bytes.get(1..3), Some([0x80, 0x88 | 0x8A | 0x8C | 0x8E | 0x90 | 0x94])),
        0xEF => matches!(bytes.get(1..3), Some([0xBC, 0x88 | 0x9C | 0xBB] | [0xBD, 0x9B])),
        _ => false,
    }
}

/// All brackets that [`is_bracket`] knows.
const BRACKETS_ALL: &str = "{[(<«〈《「『【〔（＜［｛\\";

/// The next bracket from a place on.
fn next_bracket(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let mut block = next_block(bytes, at, |window, offset| {
            let (first, second, third) = (window[offset], window[offset + 1], window[offset + 2]);
            (first == b'{')
                | (first == b'[')
                | (first == b'(')
                | (first == b'<')
                | (first == 0xC2) & (second == 0xAB)
                // Every second sign from 〈 to 〔.
                | (first == 0xE3) & (second == 0x80) & (third & 1 == 0) & (0x88..=0x94).contains(&third)
                | (first == 0xEF) & ((second == 0xBC) & ((third == 0x88) | (third == 0x9C) | (third == 0xBB)) | (second == 0xBD) & (third == 0x9B))
        })?;
        at = block.end;
        if let Some(found) = block.find(|at| is_bracket(&bytes[*at..])) {
            return Some(found);
        }
    }
}

pub(super) fn find(text: &str, closing: &mut Closing) {
    // `withheld:x}`: the brace before it was forgotten.
    for at in memchr::memmem::find_iter(text.as_bytes(), "withheld:") {
        let before = text[..at].trim_end_matches(|c: char| c.is_whitespace() || c == '\\').chars().next_back();
        let line = text[at..].split('\n').next().unwrap_or_default();
        let is_bare = before.is_none_or(|c| !BRACKETS_ALL.contains(c) && !c.is_ascii_alphanumeric());
        if is_bare && line.contains(['}', '｝']) {
            closing.doubt(Mark::new(Code::WithheldNearMiss, Span::new(at, at + WORD.len())).with(WORD));
        }
    }
    let mut at = 0;
    while let Some(start) = next_bracket(text.as_bytes(), at) {
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

/// How far behind a bracket the word may reach, in characters.
const REACH: usize = 24;

/// Whether what follows a bracket is the word, misspelt or in Chinese.
fn looks_meant(after: &str, bracket: char) -> bool {
    let in_braces = BRACES.contains(&bracket);
    // `{withheld text}`: the colon was forgotten.
    if in_braces && (has_prefix_near(after) || BRACE_WORDS.iter().any(|word| after.starts_with(word)) || is_code_word(after)) {
        return true;
    }
    let mut letters = 0;
    let mut has_colon = false;
    let mut length = 0;
    for c in after.chars().take(REACH) {
        match c {
            '}' | '｝' | '】' | '〕' | ']' | '］' | ')' | '）' | '\n' | '{' => break,
            ':' | '：' | '∶' | '﹕' => {
                has_colon = true;
                break;
            }
            // Behind any other bracket these are punctuation: `(withheld, as the report says)`.
            '=' | '｜' | '|' | '；' | ';' | '.' | '，' | ',' if in_braces => {
                has_colon = true;
                break;
            }
            '=' | '｜' | '|' | '；' | ';' | '.' | '，' | ',' => return false,
            c => letters += usize::from(!is_filler(c)),
        }
        // Two letters more than the word has are no slip of the pen any more.
        if letters > WORD.len() + 2 {
            return false;
        }
        length += c.len_utf8();
    }
    // `(http:` and its like stand everywhere: no English word of the lists is that short, no Chinese one longer than three.
    let is_ascii = after.trim_start().starts_with(|c: char| c.is_ascii());
    if letters == 0 || !(has_colon || in_braces) || is_ascii && letters < WORD.len() - 2 {
        return false;
    }
    let word: String = after[..length].chars().filter(|c| !is_filler(*c)).flat_map(narrow).collect();
    OTHER_WORDS.contains(&word.as_str()) || letters + 2 >= WORD.len() && edit_distance(&word, WORD, 2) <= 2
}

/// What may stand inside a word without changing it.
fn is_filler(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}' | '\\' | '*' | '_' | '`' | '-')
}

/// `{internal：张三}`: a word of program code with a colon and Chinese behind it.
fn is_code_word(after: &str) -> bool {
    let rest = CODE_WORDS.iter().find_map(|word| after.strip_prefix(word).filter(|rest| rest.starts_with([':', '：'])));
    rest.is_some_and(|rest| rest.trim_start_matches([':', '：', ' ']).starts_with(crate::text::is_han))
}

fn has_prefix_near(after: &str) -> bool {
    let first: String = after.trim_start().chars().take(REACH).take_while(|c| c.is_alphanumeric()).flat_map(narrow).collect();
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
    let bracket = text[start..].chars().next().map_or(0, char::len_utf8);
    let after = &text[start + bracket..];
    let bare = after.trim_start();
    let known = OTHER_WORDS.iter().copied().filter(|word| bare.starts_with(word)).max_by_key(|word| word.len());
    let letters = bare.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(bare.len()).min(WORD.len() + 2);
    let word = known.map_or(&bare[..letters], |word| word);
    let end = start + bracket + (after.len() - bare.len()) + word.len();
    Mark::new(Code::WithheldNearMiss, Span::new(start, start + bracket)).with(&text[start..end])
}
