//! URLs that stand in a text as such: their digits number files and posts, not persons.

use std::ops::Range;

/// Longest stretch before a hit that is looked through for the beginning of a URL, in bytes.
const BEFORE_MAX: usize = 2048;

/// Whether a range lies in a URL.
pub(super) fn is_in_url(text: &str, span: &Range<usize>) -> bool {
    let bytes = text.as_bytes();
    // In a table of values the comma ends the address; inside of an address it does not.
    let ends_field = bytes.get(span.end).is_none_or(|byte| byte.is_ascii_whitespace() || matches!(byte, b',' | b';' | b'|' | b'"'));
    let window = span.start.saturating_sub(BEFORE_MAX);
    let before = bytes.get(window..span.start).unwrap_or_default();
    let is_end =
        |byte: &u8| !byte.is_ascii_graphic() || matches!(byte, b'<' | b'>' | b'"' | b'`' | b'|' | b'\'') || ends_field && matches!(byte, b',' | b';');
    let start = before.iter().rposition(is_end).map_or(0, |found| found + 1);
    let token = before.get(start..).unwrap_or_default();
    if memchr::memmem::find(token, b"://").is_some()
        || memchr::memmem::find(token, b"www.").is_some()
        || memchr::memmem::find(token, b"data:").is_some()
    {
        return true;
    }
    // A link target in brackets of Markdown begins behind its bracket.
    let token = token.rsplit(|byte| matches!(byte, b'(' | b'[' | b'{' | b'=')).next().unwrap_or_default();
    token.iter().position(|byte| *byte == b'/').and_then(|end| token.get(..end)).is_some_and(is_host)
}

/// Whether a word is the name of a host: labels with points between, a country or generic domain at the end.
fn is_host(word: &[u8]) -> bool {
    const DOMAINS: &[&str] =
        &["com", "cn", "net", "org", "io", "gov", "edu", "me", "cc", "co", "info", "tv", "top", "dev", "im", "ly", "de", "uk", "jp"];
    let Some(point) = word.iter().rposition(|byte| *byte == b'.') else { return false };
    let last = word.get(point + 1..).unwrap_or_default();
    DOMAINS.iter().any(|domain| last.eq_ignore_ascii_case(domain.as_bytes()))
        && word.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':'))
}
