//! Chinese and Latin text as characters: what is Han, what is wide, how long, how to cut. Pure, knows no file and no page.

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

/// The known name nearest to a misspelt one, if it is near enough to be meant.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = if written.chars().count() < 5 { 1 } else { 2 };
    known.into_iter().map(|name| (edit_distance(written, name, limit), name)).filter(|(distance, _)| *distance <= limit).min().map(|(_, name)| name)
}

/// The bytes that a control character or noncharacter may begin with; tab and line end are none.
const MAY_BE_UNPRINTABLE: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = matches!(byte, 0..=8 | 0x0B..=0x1F | 0x7F | 0xC2 | 0xEF..=0xF4);
        byte += 1;
    }
    table
};

/// The next character that no page may hold: controls, noncharacters, our own marks among them. Looks at bytes, since it
/// is asked for every piece of text and nearly always finds nothing.
#[must_use]
pub fn find_unprintable(text: &str, from: usize) -> Option<(usize, char)> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        at += bytes[at..].iter().position(|byte| MAY_BE_UNPRINTABLE[usize::from(*byte)])?;
        let is_one = match bytes[at] {
            0..=0x1F | 0x7F => true,
            0xC2 => bytes.get(at + 1).is_some_and(|byte| *byte < 0xA0),
            // U+FDD0 to U+FDEF, U+FFFE, U+FFFF, and the last two of every plane.
            0xEF => matches!(bytes.get(at + 1..at + 3), Some([0xB7, 0x90..=0xAF] | [0xBF, 0xBE | 0xBF])),
            _ => matches!(bytes.get(at + 1..at + 4), Some([second, 0xBF, 0xBE | 0xBF]) if second & 0x0F == 0x0F),
        };
        if is_one {
            return text[at..].chars().next().map(|c| (at, c));
        }
        at += 1;
    }
}

/// Escapes text for HTML content and for attributes in double quotes.
pub fn escape_into(out: &mut String, text: &str) {
    let mut copied = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => continue,
        };
        out.push_str(&text[copied..at]);
        out.push_str(entity);
        copied = at + 1;
    }
    out.push_str(&text[copied..]);
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
    fn near_names_are_found() {
        assert_eq!(nearest("tilte", ["title", "date"]), Some("title"));
        assert_eq!(nearest("acces", ["access", "places"]), Some("access"));
        assert_eq!(nearest("xyz", ["title"]), None);
    }

    #[test]
    fn every_control_and_noncharacter_is_found_and_nothing_else() {
        for code in 0..=0x10_FFFF {
            let Some(c) = char::from_u32(code) else { continue };
            let expected = c.is_control() && c != '\t' && c != '\n' || is_mark(c) || code & 0xFFFE == 0xFFFE;
            assert_eq!(find_unprintable(&format!("a{c}"), 0).is_some(), expected, "U+{code:04X}");
        }
    }

    #[test]
    fn escaping_leaves_no_markup() {
        assert_eq!(escape(r#"<a href="x">&"#), "&lt;a href=&quot;x&quot;&gt;&amp;");
    }
}
