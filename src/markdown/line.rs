//! A title, summary or caption: one line of prose in which only withheld runs are marked.

use super::words::words;
use crate::lang::Lang;
use crate::text::{BAR, SHOWN_END, SHOWN_START, escape_into};

/// What a withheld run is in plain text: always five squares, whatever was there.
const BAR_TEXT: &str = "█████";

/// The line as HTML.
#[must_use]
pub fn line_html(text: &str, lang: Lang) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    push_marked(&mut out, text, lang);
    out
}

/// The line as plain text: for titles, attributes and outlines.
#[must_use]
pub fn line_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some((found, c)) = find_unprintable(text, at) {
        out.push_str(&text[at..found]);
        if c == BAR {
            out.push_str(BAR_TEXT);
        }
        at = found + c.len_utf8();
    }
    out.push_str(&text[at..]);
    out
}

/// Pushes text with everything escaped and the marks of withheld runs turned into elements; control characters go.
pub(super) fn push_marked(out: &mut String, text: &str, lang: Lang) {
    let mut shown = 0usize;
    let mut at = 0;
    while let Some((found, c)) = find_unprintable(text, at) {
        escape_into(out, &text[at..found]);
        match c {
            BAR => {
                out.push_str("<span class=\"withheld\" role=\"img\" aria-label=\"");
                out.push_str(words(lang).withheld);
                out.push_str("\"></span>");
            }
            SHOWN_START => {
                shown += 1;
                out.push_str("<mark class=\"withheld-shown\">");
            }
            SHOWN_END if shown > 0 => {
                shown -= 1;
                out.push_str("</mark>");
            }
            _ => {}
        }
        at = found + c.len_utf8();
    }
    escape_into(out, &text[at..]);
    out.push_str(&"</mark>".repeat(shown));
}

/// The next character that no page may hold: controls, noncharacters, our own marks among them. Looks at bytes, since it
/// is asked for every piece of text and nearly always finds nothing.
pub(super) fn find_unprintable(text: &str, from: usize) -> Option<(usize, char)> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        at += bytes[at..].iter().position(|byte| matches!(byte, 0..=0x1F | 0x7F | 0xC2 | 0xEF..=0xF4))?;
        let is_one = match bytes[at] {
            b'\t' | b'\n' => false,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::is_mark;

    #[test]
    fn a_withheld_run_is_the_same_whatever_was_there() {
        let text = format!("张{BAR}家");
        assert_eq!(line_html(&text, Lang::Zh), "张<span class=\"withheld\" role=\"img\" aria-label=\"此处隐去\"></span>家");
        assert_eq!(line_text(&text), "张█████家");
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
    fn shown_runs_are_always_closed() {
        assert_eq!(line_html(&format!("{SHOWN_START}a<"), Lang::En), "<mark class=\"withheld-shown\">a&lt;</mark>");
        assert_eq!(line_html(&format!("a{SHOWN_END}\u{7}"), Lang::En), "a");
    }
}
