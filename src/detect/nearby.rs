//! The words beside a place: what a number is labelled as.

use super::View;
use super::character::fold;
use super::markup::{char_at, char_before};

/// Longest tag that is looked through on the way to a label, in bytes.
const TAG_MAX: usize = 400;

/// The characters before a byte, at most `count` of them, in half width and lower case, without tags.
pub(super) fn before(view: View, at: usize, count: usize) -> String {
    let mut found = Vec::with_capacity(count);
    let mut here = at;
    while found.len() < count {
        let Some((c, length)) = char_before(view, here) else { break };
        here -= length;
        if c == '>' {
            let window = here.saturating_sub(TAG_MAX);
            if let Some(start) = view.text.as_bytes().get(window..here).and_then(|bytes| memchr::memrchr(b'<', bytes)) {
                here = window + start;
                continue;
            }
        }
        found.push(fold(c));
    }
    found.iter().rev().flat_map(|c| c.to_lowercase()).collect()
}

/// The characters behind a byte, at most `count` of them, in half width and lower case, without tags.
pub(super) fn after(view: View, at: usize, count: usize) -> String {
    let mut found = String::new();
    let mut here = at;
    for _ in 0..count {
        let Some((c, length)) = char_at(view, here) else { break };
        here += length;
        if c == '<' {
            let window = view.text.as_bytes().get(here..(here + TAG_MAX).min(view.text.len()));
            if let Some(end) = window.and_then(|bytes| memchr::memchr(b'>', bytes)) {
                here += end + 1;
                continue;
            }
        }
        found.extend(fold(c).to_lowercase());
    }
    found
}

/// Whether one of the words stands within `count` characters on either side.
pub(super) fn has_word(view: View, start: usize, end: usize, count: usize, words: &[&str]) -> bool {
    let (left, right) = (before(view, start, count), after(view, end, count));
    words.iter().any(|word| left.contains(word) || right.contains(word))
}

/// The label directly before a byte: the text of at most 16 characters, with colons, brackets and spaces at its end taken off.
pub(super) fn label(view: View, at: usize) -> String {
    let mut text = before(view, at, 16);
    let length = text.trim_end_matches(is_between).trim_end_matches(['是', '为']).trim_end_matches(is_between).len();
    text.truncate(length);
    text
}

fn is_between(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, ':' | '=' | '|' | '"' | '\'' | '`' | '(' | '[' | '【' | '「' | '“' | '#' | '№' | ',' | '*' | '_' | '>' | '→' | '\u{200B}')
}

/// Labels of documents, goods and projects: what follows is their number and nobody's.
const PAPERS: &[&str] = &[
    "编号",
    "编码",
    "代码",
    "项目号",
    "工程号",
    "合同号",
    "订单号",
    "订单",
    "发票号",
    "发票号码",
    "发票",
    "流水号",
    "档号",
    "文号",
    "索引号",
    "标识码",
    "单号",
    "备案号",
    "案号",
    "批号",
    "序列号",
    "序号",
    "许可证号",
    "条形码",
    "条码",
    "货号",
    "网安备",
    "备案",
    "版本号",
    "isbn",
    "issn",
    "doi",
    "sn",
    "s/n",
    "no.",
    "项目编号",
    "统一社会信用代码",
    "时间戳",
    "timestamp",
    "大小",
    "字节数",
    "金额",
    "总额",
    "size",
    "order",
    "invoice",
    "serial",
];

/// Labels that end like one of a paper, but name a person's.
const PERSONS: &[&str] = &["证", "户", "人", "身份", "客户", "证件", "学籍", "手机", "电话"];

/// Whether what follows a label is the number of a paper.
pub(super) fn is_paper(label: &str) -> bool {
    PAPERS.iter().filter_map(|word| label.strip_suffix(word)).any(|rest| !PERSONS.iter().any(|word| rest.ends_with(word)))
}

/// Labels of numbers that may pass for a resident identity number with its check character right.
const SURE_PAPERS: &[&str] =
    &["信用代码", "项目编号", "项目代码", "工程编号", "发票号码", "发票代码", "发票号", "合同编号", "合同号", "订单号", "流水号", "档号", "索引号"];

/// Whether a label is that of a paper whose numbers may pass for a resident identity number.
pub(super) fn is_surely_paper(label: &str) -> bool {
    SURE_PAPERS.iter().any(|word| label.ends_with(word))
}
