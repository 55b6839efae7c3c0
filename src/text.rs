//! Chinese and Latin text as characters: what is Han, what is wide, how long, how to cut. Pure, knows no file and no page.

use std::ops::Range;

/// Stands in disclosed text where a withheld run was. A noncharacter: no author can have typed it (sources are cleaned of them).
pub const BAR: char = '\u{FDD1}';
/// Opens a withheld run that an internal edition shows.
pub const SHOWN_START: char = '\u{FDD2}';
/// Closes a withheld run that an internal edition shows.
pub const SHOWN_END: char = '\u{FDD3}';

/// The characters that the program itself uses as marks inside texts.
#[must_use]
pub fn is_mark(c: char) -> bool {
    ('\u{FDD0}'..='\u{FDEF}').contains(&c)
}

/// Whether a character is a Han character (unified ideographs with extensions and compatibility forms, 〇 and 々).
#[must_use]
pub fn is_han(c: char) -> bool {
    matches!(c,
        '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{20000}'..='\u{323AF}' | '\u{F900}'..='\u{FAFF}' | '〇' | '々')
}

/// Whether a character is set as a full East-Asian square: Han, kana, full-width forms and the punctuation of Chinese.
/// Curly quotes, the dash and the ellipsis are counted in, since beside Han they are Chinese ones.
#[must_use]
pub fn is_wide(c: char) -> bool {
    is_han(c)
        || matches!(c, '\u{2E80}'..='\u{303E}' | '\u{3041}'..='\u{33FF}' | '\u{AC00}'..='\u{D7A3}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF01}'..='\u{FF60}' | '\u{FFE0}'..='\u{FFE6}')
}

/// Text as one line: a run of blanks, tabs and line ends becomes one space, and nothing where a line ends between wide characters,
/// which Chinese sets without spaces. Our own marks and other controls are left out.
#[must_use]
pub fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // A blank waits until something stands behind it; it remembers whether a line ended in it.
    let mut blank: Option<bool> = None;
    for c in text.chars() {
        match c {
            ' ' => blank = blank.or(Some(false)),
            '\t' | '\n' | '\r' => blank = Some(true),
            c if is_mark(c) || c.is_control() => {}
            c => {
                if let Some(is_break) = blank.take()
                    && out.chars().next_back().is_some_and(|last| !(is_break && is_wide(last) && is_wide(c)))
                {
                    out.push(' ');
                }
                out.push(c);
            }
        }
    }
    out
}

/// The number of Han characters.
#[must_use]
pub fn han_count(text: &str) -> usize {
    text.chars().filter(|c| is_han(*c)).count()
}

/// Cuts a text after `columns` columns (a wide character counts two), at a word's end in Latin text, with an ellipsis.
#[must_use]
pub fn shorten(text: &str, columns: usize) -> String {
    let mut used = 0;
    let mut word_end = 0;
    for (at, c) in text.char_indices() {
        used += if is_wide(c) { 2 } else { 1 };
        if used > columns {
            let cut = if is_wide(c) || word_end == 0 || text[..at].ends_with(is_wide) { at } else { word_end };
            return format!("{}…", text[..cut].trim_end_matches([' ', '，', '、', ',', '；', ';', '：']));
        }
        if c == ' ' || is_wide(c) {
            word_end = at + c.len_utf8();
        }
    }
    text.to_owned()
}

/// The number of single-character edits (insert, delete, replace, swap of neighbours) from one text to the other, at most `limit` + 1.
#[must_use]
pub fn edit_distance(a: &str, b: &str, limit: usize) -> usize {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    if a.len().abs_diff(b.len()) > limit {
        return limit + 1;
    }
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replace = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = replace.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(before_last[j - 2] + 1);
            }
            row.push(best);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()].min(limit + 1)
}

/// The known name nearest to a misspelt one, if it is near enough to be meant: above all one that differs in case only.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = if written.chars().count() < 5 { 1 } else { 2 };
    let distance = |name: &str| if name.eq_ignore_ascii_case(written) { 0 } else { edit_distance(written, name, limit) };
    known.into_iter().map(|name| (distance(name), name)).filter(|(distance, _)| *distance <= limit).min().map(|(_, name)| name)
}

/// How many bytes [`next_block`] looks at in one step.
const BLOCK: usize = 32;
/// A block with the bytes behind it that a character which begins in it may need.
pub type Window = [u8; BLOCK + 2];

/// The next block from a place on in which `is_sought` is true at some offset of the window; it sees the byte and, if it
/// asks, the two behind it. What is sought is rare in all that calls this: the compiler turns a block into a few wide
/// comparisons, where a search byte by byte would be most of the work of reading an archive.
#[must_use]
#[inline]
pub fn next_block(bytes: &[u8], from: usize, is_sought: impl Fn(&Window, usize) -> bool) -> Option<Range<usize>> {
    let holds = |window: &Window| (0..BLOCK).fold(false, |any, offset| any | is_sought(window, offset));
    let mut at = from;
    while let Some(window) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        if holds(window) {
            return Some(at..at + BLOCK);
        }
        at += BLOCK;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    let mut window = [b' '; BLOCK + 2];
    window[..rest.len()].copy_from_slice(rest);
    (holds(&window) || rest.len() > BLOCK).then_some(at..bytes.len())
}

/// The next character that no page may hold: controls, noncharacters, our own marks among them. Looks at bytes, since it
/// is asked for every piece of text and nearly always finds nothing.
#[must_use]
pub fn find_unprintable(text: &str, from: usize) -> Option<(usize, char)> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        let mut block = next_block(bytes, at, |window, offset| {
            let (byte, next) = (window[offset], window[offset + 1]);
            (byte < 0x20) & (byte != b'\t') & (byte != b'\n')
                | (byte == 0x7F)
                | (byte == 0xC2) & (next < 0xA0)
                | (byte == 0xEF) & ((next == 0xB7) | (next == 0xBF))
                | (byte > 0xEF) & (next & 0x0F == 0x0F)
        })?;
        at = block.end;
        if let Some(found) = block.find(|at| is_unprintable(&bytes[*at..])) {
            return text[found..].chars().next().map(|c| (found, c));
        }
    }
}

/// Whether a control character or noncharacter begins here; tab and line end are none.
fn is_unprintable(bytes: &[u8]) -> bool {
    match bytes[0] {
        b'\t' | b'\n' => false,
        0..=0x1F | 0x7F => true,
        0xC2 => bytes.get(1).is_some_and(|byte| *byte < 0xA0),
        // U+FDD0 to U+FDEF, U+FFFE, U+FFFF, and the last two of every plane.
        0xEF => matches!(bytes.get(1..3), Some([0xB7, 0x90..=0xAF] | [0xBF, 0xBE | 0xBF])),
        0xF0..=0xF4 => matches!(bytes.get(1..4), Some([second, 0xBF, 0xBE | 0xBF]) if second & 0x0F == 0x0F),
        _ => false,
    }
}

/// Escapes text for HTML content and for attributes in double quotes.
pub fn escape_into(out: &mut String, text: &str) {
    let bytes = text.as_bytes();
    let (mut copied, mut at) = (0, 0);
    let has_entity = |window: &Window, offset: usize| {
        let byte = window[offset];
        (byte == b'&') | (byte == b'<') | (byte == b'>') | (byte == b'"')
    };
    while let Some(block) = next_block(bytes, at, has_entity) {
        at = block.end;
        for place in block {
            if let Some(entity) = entity(bytes[place]) {
                out.push_str(&text[copied..place]);
                out.push_str(entity);
                copied = place + 1;
            }
        }
    }
    out.push_str(&text[copied..]);
}

fn entity(byte: u8) -> Option<&'static str> {
    match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        _ => None,
    }
}

/// Where a Han character stands in GB 2312-80, the 6,763 that Chinese is mostly written with: 1 among the 3,755 of everyday
/// writing, 2 among the rarer ones, none outside.
#[must_use]
pub fn gb2312_level(c: char) -> Option<u8> {
    let mut buffer = [0; 4];
    let (bytes, _, is_unmappable) = encoding_rs::GBK.encode(c.encode_utf8(&mut buffer));
    match *bytes {
        _ if is_unmappable => None,
        [0xB0..=0xD7, 0xA1..=0xFE] => Some(1),
        [0xD8..=0xF7, 0xA1..=0xFE] => Some(2),
        _ => None,
    }
}

/// [`escape_into`] as a value.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    escape_into(&mut out, text);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortening_counts_wide_characters_twice_and_keeps_words() {
        assert_eq!(shorten("荒岗种出一园油", 8), "荒岗种出…");
        assert_eq!(shorten("oil from bare hills", 12), "oil from…");
        assert_eq!(shorten("短", 8), "短");
    }

    #[test]
    fn a_text_of_several_lines_becomes_one() {
        assert_eq!(one_line("First line ends here\nsecond line\tgoes  on.\n"), "First line ends here second line goes on.");
        assert_eq!(one_line("第一行\r\n第二行，\n见 GB/T\n7714 三"), "第一行第二行，见 GB/T 7714 三");
        assert_eq!(one_line(" 甲 乙\u{FDD1}\u{8}丙 "), "甲 乙丙");
    }

    #[test]
    fn near_names_are_found() {
        assert_eq!(nearest("tilte", ["title", "date"]), Some("title"));
        assert_eq!(nearest("acces", ["access", "places"]), Some("access"));
        assert_eq!(nearest("xyz", ["title"]), None);
        assert_eq!(nearest("COVER.JPG", ["covet.jpg", "cover.jpg"]), Some("cover.jpg"));
    }

    #[test]
    fn every_control_and_noncharacter_is_found_and_nothing_else() {
        for code in 0..=0x10_FFFF {
            let Some(c) = char::from_u32(code) else { continue };
            let expected = c.is_control() && c != '\t' && c != '\n' || is_mark(c) || code & 0xFFFE == 0xFFFE;
            assert_eq!(find_unprintable(&format!("a{c}"), 0).is_some(), expected, "U+{code:04X}");
            let far = format!("{}{c}{}", "油".repeat(10 + code as usize % 23), "茶".repeat(30));
            assert_eq!(find_unprintable(&far, 0), expected.then_some(((10 + code as usize % 23) * 3, c)), "U+{code:04X}");
        }
    }

    #[test]
    fn escaping_leaves_no_markup() {
        assert_eq!(escape(r#"<a href="x">&"#), "&lt;a href=&quot;x&quot;&gt;&amp;");
        for before in 0..70 {
            let plain = "x".repeat(before);
            assert_eq!(escape(&format!("{plain}<{plain}&")), format!("{plain}&lt;{plain}&amp;"));
        }
    }
}
