//! Bare web addresses in running text. They end where Chinese begins: `https://www.gov.cn，谢谢` is an address and a word of thanks.

use super::address::{Address, classify};
use std::ops::Range;

/// A bare address: its place in the text and the cleaned address.
pub(super) struct Bare {
    pub(super) range: Range<usize>,
    pub(super) href: String,
}

/// The bare addresses of a text, in order.
pub(super) fn find(text: &str) -> Vec<Bare> {
    let mut found = Vec::new();
    let may_hold = |word: &[u8], sign: u8| memchr::memchr(sign, text.as_bytes()).is_some() && memchr::memmem::find(text.as_bytes(), word).is_some();
    if !may_hold(b"://", b':') && !may_hold(b"www.", b'w') {
        return found;
    }
    let mut at = 0;
    while let Some(start) = next_start(text, at) {
        let end = end_of(text, start);
        at = end.max(start + 1);
        let written = &text[start..end];
        let full = if written.starts_with("www.") { format!("http://{written}") } else { written.to_owned() };
        let has_domain = full.split("://").nth(1).is_some_and(|rest| rest.split(['/', '?', '#']).next().is_some_and(|host| host.contains('.')));
        if let Address::Out(href) = classify(&full)
            && has_domain
        {
            found.push(Bare { range: start..end, href });
        }
    }
    found
}

/// Where an address may begin: `http://`, `https://` or `www.` that does not continue a word.
fn next_start(text: &str, from: usize) -> Option<usize> {
    let starts = ["http://", "https://", "www."].iter().filter_map(|prefix| text[from..].find(prefix).map(|at| from + at));
    let start = starts.min()?;
    let continues = text[..start].chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '@' | '-' | '_'));
    if continues { next_start(text, start + 4) } else { Some(start) }
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
        let shown = |text: &str| find(text).into_iter().map(|bare| text[bare.range].to_owned()).collect::<Vec<_>>();
        assert_eq!(shown("见https://www.gov.cn，谢谢"), ["https://www.gov.cn"]);
        assert_eq!(shown("(https://a.cn/b_(c)). www.b.cn!"), ["https://a.cn/b_(c)", "www.b.cn"]);
        assert!(shown("xhttp://a.cn http://x").is_empty());
    }
}
