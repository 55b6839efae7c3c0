//! A title, summary or caption: one line of prose in which only withheld runs are marked.

use super::words::words;
use crate::lang::Lang;
use crate::text::{BAR, SHOWN_END, SHOWN_START, escape_into, find_unprintable};

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_withheld_run_is_the_same_whatever_was_there() {
        let text = format!("张{BAR}家");
        assert_eq!(line_html(&text, Lang::Zh), "张<span class=\"withheld\" role=\"img\" aria-label=\"此处隐去\"></span>家");
        assert_eq!(line_text(&text), "张█████家");
    }

    #[test]
    fn shown_runs_are_always_closed() {
        assert_eq!(line_html(&format!("{SHOWN_START}a<"), Lang::En), "<mark class=\"withheld-shown\">a&lt;</mark>");
        assert_eq!(line_html(&format!("a{SHOWN_END}\u{7}"), Lang::En), "a");
    }
}
