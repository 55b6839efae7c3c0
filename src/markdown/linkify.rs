//! Bare web addresses in running text. They end where Chinese begins: `https://www.gov.cn，谢谢` is an address and a word of thanks.

use super::address::{Address, classify};
use std::borrow::Cow;
use std::ops::Range;

/// A bare address: its place in the text and the cleaned address.
pub(super) struct Bare {
    pub(super) range: Range<usize>,
    pub(super) href: String,
}

/// The next bare address from a place on.
pub(super) fn next(text: &str, from: usize) -> Option<Bare> {
    let mut at = from;
    loop {
        let start = next_start(text, at)?;
        let end = end_of(text, start);
        at = end.max(start + 1);
        let written = &text[start..end];
        let full = if written.starts_with("www.") { Cow::Owned(format!("http://{written}")) } else { Cow::Borrowed(written) };
        let has_domain = full.split("://").nth(1).is_some_and(|rest| rest.split(['/', '?', '#']).next().is_some_and(|host| host.contains('.')));
        if let Address::Out(address) = classify(&full)
            && has_domain
        {
            return Some(Bare { range: start..end, href: address.to_string() });
        }
    }
}

/// Where an address may begin: `http://`, `https://` or `www.` that does not continue a word. Looks for the rare signs of
/// the three first, since this is asked for every piece of text.
fn next_start(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    for at in memchr::memchr2_iter(b':', b'w', &bytes[from..]).map(|at| from + at) {
        let start = if bytes[at] == b'w' {
            bytes[at..].starts_with(b"www.").then_some(at)
        } else if bytes[at..].starts_with(b"://") {
            ["https", "http"].iter().find(|scheme| bytes[from..at].ends_with(scheme.as_bytes())).map(|scheme| at - scheme.len())
        } else {
            None
        };
        let continues = |start: &usize| {
            let before = bytes[..*start].last();
            before.is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'.' | b'@' | b'-' | b'_'))
        };
        if let Some(start) = start.filter(|start| !continues(start)) {
            return Some(start);
        }
    }
    None
}

fn end_of(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    let length =
        rest.find(|c: char| !c.is_ascii_graphic() || matches!(c, '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`')).unwrap_or(rest.len());
    let mut end = length;
    while let Some(last) = rest[..end].bytes().next_back() {
        let unbalanced = last == b')' && rest[..end].matches(')').count() > rest[..end].matches('(').count();
        if !unbalanced && !matches!(last, b'.' | b',' | b';' | b':' | b'!' | b'?' | b'\'' | b'*' | b'_' | b'~' | b'[' | b']') {
            break;
        }
        end -= 1;
    }
    start + end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_at_chinese_and_at_sentence_signs() {
        let shown = |text: &str| {
            let all = std::iter::successors(next(text, 0), |last| next(text, last.range.end));
            all.map(|bare| text[bare.range].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(shown("见https://www.gov.cn，谢谢"), ["https://www.gov.cn"]);
        assert_eq!(shown("(https://a.cn/b_(c)). www.b.cn!"), ["https://a.cn/b_(c)", "www.b.cn"]);
        assert!(shown("xhttp://a.cn http://x").is_empty());
    }
}
