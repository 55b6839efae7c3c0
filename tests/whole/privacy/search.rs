//! The search for tokens in bytes, whatever way they are written in: raw, in another case, broken up by markup, as entities,
//! percent signs, escapes, Base64, UTF-16 or GB18030. A part of a token is one too.

use super::tokens::{CONSONANTS, Token, is_rare};
use std::collections::{BTreeSet, HashMap};

/// How much of a token is enough.
const HAN: usize = 3;
const LATIN: usize = 8;
const CODE: usize = 6;

/// Tokens by their parts.
pub(super) struct Search {
    parts: HashMap<Vec<char>, usize>,
    encoded: Vec<(Vec<u8>, usize)>,
}

impl Search {
    pub(super) fn of(tokens: &[Token]) -> Search {
        let mut search = Search { parts: HashMap::new(), encoded: Vec::new() };
        for (at, token) in tokens.iter().enumerate() {
            let characters: Vec<char> = fold(&token.text);
            let length = if is_rare(characters[0]) { HAN } else { LATIN.min(characters.len()) };
            for part in characters.windows(length) {
                search.parts.entry(part.to_vec()).or_insert(at);
            }
            let utf16: Vec<u16> = token.text.encode_utf16().collect();
            search.encoded.push((utf16.iter().flat_map(|unit| unit.to_be_bytes()).collect(), at));
            search.encoded.push((utf16.iter().flat_map(|unit| unit.to_le_bytes()).collect(), at));
            if let (bytes, _, false) = encoding_rs::GB18030.encode(&token.text) {
                search.encoded.push((bytes.into_owned(), at));
            }
        }
        search
    }

    /// The tokens in some bytes, by their positions.
    pub(super) fn find(&self, bytes: &[u8]) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        let text = String::from_utf8_lossy(bytes);
        for view in views(&text) {
            self.find_parts(&fold(&view), &mut found);
        }
        let without_tags: String = text.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
        self.find_parts(&fold(&without_tags), &mut found);
        if std::str::from_utf8(bytes).is_err() {
            let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
            found.extend(self.encoded.iter().filter(|(needle, _)| holds(needle)).map(|(_, at)| *at));
        }
        found
    }

    fn find_parts(&self, characters: &[char], found: &mut BTreeSet<usize>) {
        let mut run = 0;
        for at in 0..characters.len() {
            let c = characters[at];
            if is_rare(c) {
                found.extend(characters.get(at..at + HAN).and_then(|part| self.parts.get(part)));
            }
            run = if c.is_ascii() && CONSONANTS.contains(&(c as u8)) { run + 1 } else { 0 };
            for length in [CODE, LATIN] {
                if run >= length {
                    found.extend(self.parts.get(&characters[at + 1 - length..=at]));
                }
            }
        }
    }
}

/// Letters and digits. What stands between the entries of a packed list stays too: in the dictionary of search, which is sorted, three
/// neighbours of one character each may by chance be a part of a token.
fn fold(text: &str) -> Vec<char> {
    let is_packed = |c: char| c.is_control() && !c.is_whitespace() || c == char::REPLACEMENT_CHARACTER;
    text.chars().filter(|c| c.is_alphanumeric() || is_packed(*c)).flat_map(char::to_lowercase).collect()
}

/// A text, and what it says where it is written in another way.
fn views(text: &str) -> Vec<String> {
    let mut views = vec![text.to_owned()];
    for (sign, digits, radix, end) in [("&#x", 6, 16, ";"), ("&#", 7, 10, ";"), ("\\u", 4, 16, ""), ("\\", 6, 16, " ")] {
        if text.contains(sign) {
            views.push(unescape(text, sign, (digits, radix), end));
        }
    }
    if text.contains('%') {
        views.push(percent(text));
    }
    let is_base64 = |c: char| c.is_ascii_alphanumeric() || "+/-_".contains(c);
    for run in text.split(|c| !is_base64(c)).filter(|run| run.len() >= 12) {
        views.extend((0..4).filter_map(|skip| base64(run.get(skip..)?)));
    }
    views
}

fn unescape(text: &str, sign: &str, (digits, radix): (usize, u32), end: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(sign) {
        out.push_str(&rest[..at]);
        rest = &rest[at + sign.len()..];
        let length = rest.chars().take(digits).take_while(|c| c.is_digit(radix)).count();
        if let Some(c) = u32::from_str_radix(&rest[..length], radix).ok().and_then(char::from_u32) {
            out.push(c);
            rest = rest[length..].strip_prefix(end).unwrap_or(&rest[length..]);
        }
    }
    out + rest
}

fn percent(text: &str) -> String {
    let mut out = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((byte, tail)) = rest.split_first() {
        let digits = (*byte == b'%').then(|| tail.get(..2)).flatten().and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(decoded) => {
                out.push(decoded);
                rest = &tail[2..];
            }
            None => {
                out.push(*byte);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Base64 of either alphabet, as far as it is text.
fn base64(run: &str) -> Option<String> {
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => u32::from(byte - b'A'),
        b'a'..=b'z' => u32::from(byte - b'a') + 26,
        b'0'..=b'9' => u32::from(byte - b'0') + 52,
        b'+' | b'-' => 62,
        _ => 63,
    };
    let bytes: Vec<u8> = run
        .as_bytes()
        .chunks_exact(4)
        .flat_map(|four| {
            let all = four.iter().fold(0, |all, byte| (all << 6) | value(*byte));
            all.to_be_bytes().into_iter().skip(1)
        })
        .collect();
    let text = String::from_utf8_lossy(&bytes);
    text.chars().any(is_rare).then(|| text.into_owned())
}

#[test]
fn a_token_is_found_however_it_is_written() {
    use super::tokens::Fate;
    let token = |text: &str| Token { text: text.to_owned(), fate: Fate::Shown, place: String::new(), is_name: false };
    let search = Search::of(&[token("龘靐齉爩鱻麤龗"), token("Qxvzkjwpbzr"), token("ZXCVBN")]);
    let utf16: Vec<u8> = "龘靐齉爩鱻麤龗".encode_utf16().flat_map(u16::to_le_bytes).chain([0xD8, 0xFF]).collect();
    assert_eq!(search.find(&utf16).into_iter().collect::<Vec<_>>(), [0]);
    for (text, at) in [
        ("有龘靐齉里", 0),
        ("爩<em>鱻</em>麤", 0),
        ("%E9%BE%98%E9%9D%90%E9%BD%89%E7%88%A9", 0),
        ("&#40856;&#38736;&#40777;", 0),
        ("&#x9F98;&#x9750;&#x9F49;", 0),
        ("{\"a\": \"\\u9f98\\u9750\\u9f49\"}", 0),
        ("data:,6b6Y6Z2Q6b2J54ip6bG7", 0),
        ("/QXVZKJWP.html", 1),
        ("qxvz-kjwp-bzr", 1),
        ("J001-zxcvbn-7", 2),
    ] {
        assert!(search.find(text.as_bytes()).contains(&at), "{text}");
    }
    assert!(search.find("龘靐。<p>qxvzk</p>".as_bytes()).is_empty());
    assert!(search.find("龘\u{1}\u{10}靐\u{1}齉".as_bytes()).is_empty());
}
