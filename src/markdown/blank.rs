//! Blanks in the addresses of pictures and links: `![茶园](照片 一.png)` is no picture to CommonMark, which ends an address at
//! its first blank. While the parser reads, another character stands for such a blank; it is exchanged back in every event.

use std::ops::Range;

/// Stands for a blank inside an address; neither space nor punctuation to the parser.
pub(super) const BLANK: char = '\u{FDD6}';

/// No address and no alternative text is looked at further than this, in bytes: a hostile text must not be read again and again.
const REACH: usize = 1024;

/// An address holds no more brackets inside of each other.
const BRACKETS_MAX: usize = 8;

/// The places of blanks inside addresses, ascending. Whether a link is made of them is the parser's decision.
pub(super) fn find(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    for opening in memchr::memmem::find_iter(text.as_bytes(), "](") {
        let is_sign = |byte: &u8| matches!(byte, b' ' | b'(' | b')' | b'\n');
        // Nearly every address ends without a blank or another bracket in it.
        if text.as_bytes()[opening + 2..].iter().find(|byte| is_sign(byte)).is_none_or(|sign| matches!(sign, b')' | b'\n')) {
            continue;
        }
        let ahead = &text[opening..text.floor_char_boundary(opening + REACH)];
        let line = ahead.split('\n').next().unwrap_or_default();
        let Some(inside) = address(line).filter(|inside| is_picture(text, opening) || is_file(&line[inside.clone()])) else { continue };
        found.extend(memchr::memchr_iter(b' ', &line.as_bytes()[inside.clone()]).map(|at| opening + inside.start + at));
    }
    found
}

/// Whether the alternative text of a picture ends here.
fn is_picture(text: &str, end: usize) -> bool {
    let before = &text.as_bytes()[end.saturating_sub(REACH)..end];
    memchr::memrchr2(b'[', b'\n', before).is_some_and(|at| before[..at].ends_with(b"!"))
}

/// Where the address stands in a line that begins with `](`; none where it needs no help.
fn address(line: &str) -> Option<Range<usize>> {
    let rest = &line[2..];
    let mut depth = 0usize;
    let mut end = None;
    for at in memchr::memchr2_iter(b'(', b')', rest.as_bytes()) {
        match rest.as_bytes()[at] {
            b'(' if depth == BRACKETS_MAX => return None,
            b'(' => depth += 1,
            _ if depth > 0 => depth -= 1,
            _ => {
                end = Some(at);
                break;
            }
        }
    }
    let end = end?;
    let inside = without_title(&rest[..end]).trim_end();
    let bare = inside.trim_start();
    let start = 2 + (inside.len() - bare.len());
    // In angle brackets a blank is allowed; behind a backslash it means something else.
    (bare.contains(' ') && !bare.starts_with('<') && !bare.contains('\\')).then(|| start..start + bare.len())
}

/// The address without its title: `a.png "题"`, `a.png '题'`.
fn without_title(inside: &str) -> &str {
    let trimmed = inside.trim_end();
    for quote in ['"', '\''] {
        let title = trimmed.strip_suffix(quote).and_then(|rest| rest.find(quote).map(|at| &trimmed[..at]));
        if let Some(before) = title.filter(|before| before.ends_with(' ')) {
            return before;
        }
    }
    inside
}

/// Whether what stands between the brackets is a file or a web address, and no remark: `[注](参见 第三页)` stays as it is.
fn is_file(address: &str) -> bool {
    let path = address.split(['#', '?']).next().unwrap_or_default();
    let has_suffix = path.rsplit_once('.').is_some_and(|(stem, suffix)| {
        !stem.is_empty()
            && (2..=5).contains(&suffix.len())
            && suffix.starts_with(|c: char| c.is_ascii_alphabetic())
            && suffix.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    has_suffix || ["http://", "https://", "./", "../", "/"].iter().any(|start| address.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(text: &str) -> String {
        let found = find(text);
        text.char_indices().map(|(at, c)| if found.contains(&at) { '_' } else { c }).collect()
    }

    #[test]
    fn blanks_inside_addresses_are_found_and_no_others() {
        assert_eq!(addresses("![茶 园](照片 一.png) 后"), "![茶 园](照片_一.png) 后");
        assert_eq!(addresses("[x]( 报告 (终稿) 2020.pdf )"), "[x]( 报告_(终稿)_2020.pdf )");
        assert_eq!(addresses("![x](图 一 \"题 名\")"), "![x](图_一 \"题 名\")");
        assert_eq!(addresses("[![甲](图 一.png)](页 一.zh.md#s1)"), "[![甲](图_一.png)](页_一.zh.md#s1)");
        for plain in ["[注](参见 第三页)", "[x](<a b.png>)", "[x](a.png \"b c\")", "![x](a.png 'b c')", "[a](b\nc.png)", "[x](", "[x](a b"] {
            assert_eq!(addresses(plain), plain);
        }
    }
}
