//! Lines that were meant as something in Markdown and are nothing to it: `#标题`, `｜甲｜乙｜`, `** 加粗**`, and the ways in which
//! Chinese editors number things (`1、`, `1．`, `一、`, `（一）`, `-甲`). They print as they stand, which for official numbering is
//! right; the author is told once for each kind.

use crate::diagnostic::{Code, Mark, Span};
use crate::text::{is_han, shorten};
use std::collections::BTreeMap;

/// One finding for each kind of slip: where it stood first, and how often it came again.
#[derive(Default)]
struct Tally(BTreeMap<(Code, char), (Mark, usize)>);

impl Tally {
    /// Counts a mark under its code and the sign that makes its kind.
    fn take(&mut self, sign: char, mark: impl FnOnce() -> Mark, code: Code) {
        self.0.entry((code, sign)).and_modify(|(_, again)| *again += 1).or_insert_with(|| (mark(), 0));
    }

    /// The marks, each with the number of further places as its last detail.
    fn into_marks(self) -> impl Iterator<Item = Mark> {
        self.0.into_values().map(|(mark, again)| mark.with(again.to_string()))
    }
}

/// Whether a text holds signs that only a Chinese keyboard makes and that begin a heading or a table.
pub(super) fn has_full_width(text: &str) -> bool {
    ["＃", "｜"].iter().any(|sign| memchr::memmem::find(text.as_bytes(), sign.as_bytes()).is_some())
}

/// The slips of a text, outside of code.
pub(super) fn find(text: &str, is_code: impl Fn(usize) -> bool) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut tally = Tally::default();
    let ends = memchr::memchr_iter(b'\n', text.as_bytes()).chain(std::iter::once(text.len()));
    let mut start = 0;
    let mut in_table = false;
    for end in ends {
        let line = &text[start..end];
        let is_row = is_row(line);
        // Once for a table, not once for a row.
        if is_row && !in_table && !is_code(start) {
            marks.push(Mark::new(Code::TableFullWidth, Span::new(start, start + line.trim_end().len())));
        }
        in_table = is_row;
        if matches!(line.as_bytes().first(), Some(b'#' | 0xEF)) && !is_code(start) {
            take_heading(line.trim_end(), start, &mut tally);
        }
        take_number(line, start, &is_code, &mut tally);
        start = end + 1;
    }
    take_spaced_emphasis(text, &is_code, &mut marks);
    marks.extend(tally.into_marks());
    marks
}

fn is_row(line: &str) -> bool {
    line.starts_with('｜') && line.matches('｜').count() >= 3
}

fn take_heading(bare: &str, at: usize, tally: &mut Tally) {
    let Some((cure, sign)) = heading_like(bare).zip(bare.chars().next()) else { return };
    let mark = || Mark::new(Code::HeadingLike, Span::new(at, at + bare.len())).with(shorten(bare, 40)).with(shorten(&cure, 40));
    tally.take(sign, mark, Code::HeadingLike);
}

fn take_number(line: &str, start: usize, is_code: impl Fn(usize) -> bool, tally: &mut Tally) {
    let bare = line.trim_start_matches([' ', '\u{3000}']);
    let at = start + (line.len() - bare.len());
    let Some(slip) = slip(bare).filter(|_| !is_code(at)) else { return };
    let bare = bare.trim_end();
    let mark = || {
        let meant = shorten(slip.rest.trim(), 24);
        let cure = match slip.code {
            Code::HeadingNumbered => format!("## {}{meant}", slip.number),
            _ if slip.number.is_empty() => format!("- {meant}"),
            _ => format!("{}. {meant}", slip.number),
        };
        Mark::new(slip.code, Span::new(at, at + bare.len())).with(shorten(bare, 30)).with(cure)
    };
    tally.take(slip.sign, mark, slip.code);
}

fn take_spaced_emphasis(text: &str, is_code: impl Fn(usize) -> bool, marks: &mut Vec<Mark>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(found) = memchr::memmem::find(&bytes[at..], b"**") {
        let start = at + found;
        at = memchr::memchr(b'\n', &bytes[start..]).map_or(text.len(), |end| start + end);
        if let Some(slip) = spaced_emphasis(&text[start..at]).filter(|slip| !is_code(start + slip)) {
            let shown = shorten(&text[start + slip..at], 30);
            marks.push(Mark::new(Code::EmphasisSpaced, Span::new(start + slip, start + slip + 2)).with(shown));
        }
    }
}

/// What `#标题` and `＃ 标题` should have been.
fn heading_like(line: &str) -> Option<String> {
    let rest = line.trim_start_matches(['#', '＃']);
    let signs = &line[..line.len() - rest.len()];
    let hashes = signs.chars().count();
    // `#话题#` is a topic.
    let is_meant = (rest.starts_with(is_han) || !signs.is_ascii() && !rest.is_empty()) && !rest.contains(['#', '＃']);
    ((1..=6).contains(&hashes) && is_meant).then(|| format!("{} {}", "#".repeat(hashes), rest.trim()))
}

/// Where `** 加粗**` or `**加粗 **` begins: a run with a space on one of its inner sides and Chinese in it.
fn spaced_emphasis(line: &str) -> Option<usize> {
    let at = line.find("**")?;
    let rest = &line[at + 2..];
    let inner = &rest[..rest.find("**")?];
    let bare = inner.trim_matches([' ', '\u{3000}']);
    // A space on both sides is two signs that stand alone, as in a sum.
    let one_side = inner.starts_with([' ', '\u{3000}']) != inner.ends_with([' ', '\u{3000}']);
    (one_side && bare.starts_with(is_han)).then_some(at)
}

/// A line that begins like an item or a numbered heading.
struct Slip<'t> {
    code: Code,
    /// What makes its kind: the sign behind the number, or the dash.
    sign: char,
    /// The number as the cure repeats it.
    number: &'t str,
    rest: &'t str,
}

fn slip(line: &str) -> Option<Slip<'_>> {
    match line.as_bytes().first()? {
        b'0'..=b'9' => item(line),
        b'-' => {
            let rest = &line[1..];
            rest.starts_with(is_begun).then_some(Slip { code: Code::ListLike, sign: '-', number: "", rest })
        }
        // Han numerals and full-width brackets begin with one of these.
        b'(' | 0xE4..=0xE9 | 0xEF => heading(line),
        _ => None,
    }
}

/// `1、甲`, `1．甲`, `1.甲`; not `1.5万`, `12、13日` or `2020、2021年`.
fn item(line: &str) -> Option<Slip<'_>> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let (number, after) = line.split_at(digits);
    let sign = after.chars().next().filter(|sign| matches!(sign, '、' | '．' | '.'))?;
    let rest = &after[sign.len_utf8()..];
    let is_item = digits <= 3
        && match sign {
            '.' => rest.starts_with(is_begun) || rest.starts_with(|c: char| c.is_ascii_uppercase()),
            _ => !rest.trim().is_empty() && !rest.starts_with(|c: char| c.is_numeric()),
        };
    is_item.then_some(Slip { code: Code::ListLike, sign, number, rest })
}

/// `一、总体要求`, `（一）目标`.
fn heading(line: &str) -> Option<Slip<'_>> {
    let inner = line.strip_prefix(['（', '(']);
    let numerals = inner.unwrap_or(line);
    let length = numerals.find(|c: char| !"一二三四五六七八九十百".contains(c)).filter(|length| (1..=9).contains(length))?;
    let after = &numerals[length..];
    let rest = if inner.is_some() { after.strip_prefix(['）', ')'])? } else { after.strip_prefix('、')? };
    let number = &line[..line.len() - rest.len()];
    let sign = if inner.is_some() { '（' } else { '、' };
    // `一、二、三等奖` counts and numbers nothing.
    let counts = inner.is_none()
        && rest.starts_with(|c: char| "一二三四五六七八九十".contains(c))
        && rest.chars().nth(1).is_some_and(|c| matches!(c, '、' | '等' | '两'));
    (!rest.trim().is_empty() && !counts).then_some(Slip { code: Code::HeadingNumbered, sign, number, rest })
}

/// Whether Chinese prose begins here.
fn is_begun(c: char) -> bool {
    is_han(c) || matches!(c, '“' | '《' | '【' | '「')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_counts_or_measures_is_no_item() {
        for plain in [
            "1.5万亩",
            "12、13日",
            "2020、2021年",
            "一、二、三等奖",
            "一九七八年",
            "-5℃",
            "1. 甲",
            "- 甲",
            "——甲",
            "（见附件）",
            "1.",
            "一、",
            "-",
            "",
        ] {
            assert!(slip(plain).is_none(), "{plain}");
        }
        for item in ["1、甲", "1．甲", "1.甲", "-甲", "一、甲", "（十二）甲", "(一)甲"] {
            assert!(slip(item).is_some(), "{item}");
        }
    }
}
