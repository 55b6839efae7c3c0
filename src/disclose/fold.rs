//! Text as the search for closed values reads it: letters, digits and Han alone, in one width and one case. Markup, spaces
//! and punctuation are left out, so that no way of writing a value hides it.

use std::ops::Range;

/// The folded characters of a text, each with its place.
#[derive(Debug, Default)]
pub(super) struct Folded {
    characters: Vec<char>,
    /// Where each begins and ends, as it was written.
    places: Vec<(u32, u32)>,
}

impl Folded {
    /// Folds running text or Markdown.
    #[must_use]
    pub(super) fn of_text(text: &str) -> Folded {
        let mut folded = Folded::with_room(text.len());
        folded.push(text, 0);
        folded
    }

    /// Folds a page of HTML, or a file of XML: its running text as one, and every attribute and comment for itself.
    #[must_use]
    pub(super) fn of_page(html: &str) -> Vec<Folded> {
        let mut text = Folded::with_room(html.len());
        let mut attributes = Vec::new();
        let mut at = 0;
        while let Some(open) = memchr::memchr(b'<', &html.as_bytes()[at..]).map(|open| at + open) {
            text.push_html(&html[at..open], at);
            at = take_tag(html, open, &mut attributes);
        }
        text.push_html(&html[at..], at);
        attributes.push(text);
        attributes
    }

    fn with_room(bytes: usize) -> Folded {
        Folded { characters: Vec::with_capacity(bytes / 2), places: Vec::with_capacity(bytes / 2) }
    }

    /// The characters.
    #[must_use]
    pub(super) fn characters(&self) -> &[char] {
        &self.characters
    }

    /// Where a run of characters stands in the text.
    #[must_use]
    pub(super) fn place(&self, run: Range<usize>) -> Range<usize> {
        let start = self.places.get(run.start).map_or(0, |place| place.0 as usize);
        let end = run.end.checked_sub(1).and_then(|last| self.places.get(last)).map_or(start, |place| place.1 as usize);
        start..end.max(start)
    }

    /// Text with the escapes of JSON read, which would stand as letters between those of a value.
    fn push(&mut self, text: &str, offset: usize) {
        let mut at = 0;
        while let Some(start) = memchr::memchr(b'\\', &text.as_bytes()[at..]).map(|start| at + start) {
            self.push_plain(&text[at..start], offset + at);
            let (escaped, length) = escaped(&text[start..]);
            if let Some(c) = escaped {
                self.push_plain(c.encode_utf8(&mut [0; 4]), offset + start);
            }
            at = start + length;
        }
        self.push_plain(&text[at..], offset + at);
    }

    fn push_plain(&mut self, text: &str, offset: usize) {
        for (at, written) in text.char_indices() {
            if let Some(c) = fold(written) {
                let place = |at: usize| u32::try_from(offset + at).unwrap_or(u32::MAX);
                self.characters.push(c);
                self.places.push((place(at), place(at + written.len_utf8())));
            }
        }
    }

    /// Text of a page: a numeric entity is the character that it names, any other stands for a sign, which is left out.
    fn push_html(&mut self, text: &str, offset: usize) {
        let mut at = 0;
        while let Some(start) = memchr::memchr(b'&', &text.as_bytes()[at..]).map(|start| at + start) {
            self.push(&text[at..start], offset + at);
            let end = memchr::memchr(b';', &text.as_bytes()[start..]).filter(|length| *length <= 8);
            if let Some(c) = end.and_then(|length| numbered(text.get(start + 1..start + length)?)) {
                self.push(c.encode_utf8(&mut [0; 4]), offset + start);
            }
            at = end.map_or(start + 1, |length| start + length + 1);
        }
        self.push(&text[at..], offset + at);
    }
}

/// The character of an escape of JSON at the beginning of a text, and how many bytes it takes; none for a blank or a sign.
fn escaped(text: &str) -> (Option<char>, usize) {
    if let Some(digits) = text.strip_prefix("\\u").and_then(|rest| rest.get(..4)) {
        return u32::from_str_radix(digits, 16).map_or((None, 1), |number| (char::from_u32(number), 6));
    }
    let is_blank = text[1..].starts_with(['n', 'r', 't', 'b', 'f']);
    (None, if is_blank { 2 } else { 1 })
}

/// The character of `#38736` or `#x9750`.
fn numbered(entity: &str) -> Option<char> {
    let number = entity.strip_prefix('#')?;
    let hexadecimal = number.strip_prefix(['x', 'X']).map(|digits| u32::from_str_radix(digits, 16));
    hexadecimal.unwrap_or_else(|| number.parse()).ok().and_then(char::from_u32)
}

/// Reads the tag or comment that begins at a place: folds the values of its attributes, whatever quotes they stand in, or
/// the comment, and tells where it ends.
fn take_tag(html: &str, open: usize, values: &mut Vec<Folded>) -> usize {
    let bytes = html.as_bytes();
    if html[open..].starts_with("<!--") {
        let end = memchr::memmem::find(&bytes[open + 4..], b"-->").map_or(html.len(), |end| open + 4 + end);
        take_value(html, open + 4..end, values);
        return (end + 3).min(html.len());
    }
    let mut at = open + 1;
    while let Some(found) = memchr::memchr2(b'=', b'>', &bytes[at..]).map(|found| at + found) {
        if bytes[found] == b'>' {
            return found + 1;
        }
        let start = bytes[found + 1..].iter().position(|byte| *byte != b' ').map_or(html.len(), |blanks| found + 1 + blanks);
        let (range, next) = match bytes.get(start) {
            Some(quote @ (b'"' | b'\'')) => {
                let end = memchr::memchr(*quote, &bytes[start + 1..]).map_or(html.len(), |end| start + 1 + end);
                (start + 1..end, end + 1)
            }
            _ => {
                let end = memchr::memchr3(b' ', b'\n', b'>', &bytes[start..]).map_or(html.len(), |end| start + end);
                (start..end, end)
            }
        };
        take_value(html, range, values);
        at = next.min(html.len());
    }
    html.len()
}

fn take_value(html: &str, range: Range<usize>, values: &mut Vec<Folded>) {
    let Some(value) = html.get(range.clone()) else { return };
    let mut folded = Folded::default();
    folded.push_html(value, range.start);
    if folded.characters.len() >= 4 {
        values.push(folded);
    }
    if let Some(decoded) = percent_decoded(value) {
        values.push(Folded::of_text(&decoded));
    }
}

/// An address with its percent signs read; none where it has none.
fn percent_decoded(text: &str) -> Option<String> {
    memchr::memchr(b'%', text.as_bytes())?;
    let mut bytes = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(byte) = text.as_bytes().get(at) {
        let digits = text.get(at + 1..at + 3).filter(|_| *byte == b'%');
        let decoded = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(decoded.unwrap_or(*byte));
        at += if decoded.is_some() { 3 } else { 1 };
    }
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// One character folded; none for what is neither letter nor digit.
fn fold(c: char) -> Option<char> {
    match c {
        'a'..='z' | '0'..='9' | '\u{4E00}'..='\u{9FFF}' => Some(c),
        'A'..='Z' => Some(c.to_ascii_lowercase()),
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).and_then(fold),
        _ if c.is_ascii() => None,
        _ if c.is_alphanumeric() => c.to_lowercase().next(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_escapes_of_json_are_read() {
        for text in [r"张\u003c三\n丰", r"张\u4e09\\丰", "张<三\n丰", r"张三\u00e", r"张三\"] {
            let folded: String = Folded::of_text(text).characters().iter().collect();
            assert!(folded == "张三丰" || folded.starts_with("张三") && text.ends_with(['e', '\\']), "{text}: {folded}");
        }
    }

    #[test]
    fn places_are_those_of_the_characters_as_written() {
        let text = "（ＡＢ）甲";
        let folded = Folded::of_text(text);
        assert_eq!(folded.characters(), ['a', 'b', '甲']);
        assert_eq!(&text[folded.place(0..2)], "ＡＢ");
        assert_eq!(&text[folded.place(1..3)], "Ｂ）甲");
    }
}
