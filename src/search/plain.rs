//! The searchable text of a finished page: all text inside `<main>` except in `nav`, `script` and `style`, parted where blocks
//! end. Read off the finished bytes, as the leak gate reads them, in one pass over their tags: so what can be found is what
//! stands on the page, whatever templates a theme puts in place of ours.

use memchr::{memchr, memchr2};

/// What a reader sees of a page's own content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlainText {
    /// The text of the first main heading.
    pub title: String,
    /// All other blocks one after the other, each ended by `\n`, none empty. Inside a block stands no `\n`.
    pub text: String,
    /// Where headings begin in the text, in bytes, with the id of each.
    pub headings: Vec<(usize, Box<str>)>,
}

/// Elements that part no words; every other one begins and ends a block, a line break too.
fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "i"
            | "img"
            | "input"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "q"
            | "ruby"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "u"
            | "var"
            | "wbr"
    )
}

/// A reading stands above its character and would tear every phrase apart.
fn is_reading(name: &str) -> bool {
    matches!(name, "rp" | "rt")
}

/// Elements whose text is not searched.
fn is_skipped(name: &str) -> bool {
    matches!(name, "nav" | "script" | "style")
}

/// The searchable text of a page; none where it has no `<main>`.
#[must_use]
pub fn plain(html: &str) -> Option<PlainText> {
    let start = memchr::memmem::find(html.as_bytes(), b"<main")?;
    let mut rest = &html[start..];
    let mut words = Writer::default();
    // Most of a page is its text; markup goes.
    words.plain.text.reserve(rest.len() / 4 * 3);
    while let Some(at) = memchr2(b'<', b'&', rest.as_bytes()) {
        words.push(&rest[..at]);
        rest = &rest[at..];
        if rest.starts_with("</main") {
            break;
        }
        let taken = if rest.starts_with('<') { words.tag(rest) } else { words.entity(rest) };
        rest = &rest[taken..];
    }
    words.end_block();
    Some(words.plain)
}

#[derive(Default)]
struct Writer {
    plain: PlainText,
    /// Where the block at hand begins.
    start: usize,
    /// The block at hand is the main heading.
    in_title: bool,
}

impl Writer {
    /// Text between tags; line ends in it are blanks.
    fn push(&mut self, text: &str) {
        let out = &mut self.plain.text;
        let mut rest = text;
        while let Some(at) = memchr(b'\n', rest.as_bytes()) {
            out.push_str(&rest[..at]);
            out.push(' ');
            rest = &rest[at + 1..];
        }
        out.push_str(rest);
    }

    fn end_block(&mut self) {
        let out = &mut self.plain.text;
        let kept = self.start + out[self.start..].trim_end().len();
        out.truncate(kept);
        let blanks = out[self.start..].len() - out[self.start..].trim_start().len();
        out.drain(self.start..self.start + blanks);
        if std::mem::take(&mut self.in_title) {
            self.plain.title = out.split_off(self.start);
        } else if out.len() > self.start {
            out.push('\n');
        }
        self.start = out.len();
    }

    /// Reads the tag at the beginning of `rest`, with all that is inside of an element that is skipped; returns the length.
    fn tag(&mut self, rest: &str) -> usize {
        if rest.starts_with("<!--") {
            return rest.find("-->").map_or(rest.len(), |end| end + 3);
        }
        let length = tag_length(rest);
        let inner = rest[..length].trim_start_matches(['<', '/']).trim_end_matches('>');
        let end = inner.bytes().position(|byte| matches!(byte, b' ' | b'/' | b'\n')).unwrap_or(inner.len());
        let name = &inner[..end];
        if is_inline(name) {
            return length;
        }
        if is_reading(name) {
            return if rest.starts_with("</") { length } else { skipped(rest, name) };
        }
        self.end_block();
        if rest.starts_with("</") {
            return length;
        }
        if is_skipped(name) {
            return skipped(rest, name);
        }
        if name == "h1" && self.plain.title.is_empty() {
            self.in_title = true;
        } else if is_heading(name)
            && let Some(id) = inner.split_once(" id=\"").and_then(|(_, id)| id.split('"').next())
        {
            self.plain.headings.push((self.start, id.into()));
        } else if let Some(id) = inner.split_once(" id=\"").filter(|_| name == "div").and_then(|(_, id)| id.split('"').next()) {
            // An entry of a glossary is a place that a result can lead to as well.
            self.plain.headings.push((self.start, id.into()));
        }
        length
    }

    /// Reads the character reference at the beginning of `rest`; returns its length. What is none stands for itself.
    fn entity(&mut self, rest: &str) -> usize {
        const NAMES: &[(&str, char)] = &[("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\''), ("nbsp", '\u{A0}')];
        let name = rest[1..].split(|c: char| !c.is_ascii_alphanumeric() && c != '#').next().unwrap_or_default();
        let number = name
            .strip_prefix("#x")
            .map_or_else(|| name.strip_prefix('#').and_then(|digits| digits.parse().ok()), |digits| u32::from_str_radix(digits, 16).ok());
        let named = NAMES.iter().find(|(known, _)| *known == name).map(|(_, c)| *c);
        let found = named.or_else(|| number.and_then(char::from_u32)).filter(|_| rest[1 + name.len()..].starts_with(';'));
        self.plain.text.push(found.unwrap_or('&'));
        if found.is_some() { name.len() + 2 } else { 1 }
    }
}

fn is_heading(name: &str) -> bool {
    matches!(name.as_bytes(), [b'h', b'2'..=b'6'])
}

/// The length of a tag; a `>` inside of quotation marks does not end it.
fn tag_length(rest: &str) -> usize {
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    rest.len()
}

/// The length of an element with all it holds, elements of the same name inside of it too.
fn skipped(rest: &str, name: &str) -> usize {
    let mut depth = 0usize;
    let mut at = 0;
    while let Some(found) = memchr(b'<', &rest.as_bytes()[at..]) {
        at += found;
        let tag = &rest[at..];
        let is_end = tag.starts_with("</");
        let is_same = tag[1 + usize::from(is_end)..].strip_prefix(name).is_some_and(|after| after.starts_with(['>', ' ', '\n', '/']));
        at += tag_length(tag);
        if is_same {
            depth = if is_end { depth.saturating_sub(1) } else { depth + 1 };
            if depth == 0 {
                return at;
            }
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(main: &str) -> String {
        plain(&format!("<body><p>外</p><main class=\"x\">{main}</main><p>外</p></body>")).unwrap().text
    }

    #[test]
    fn a_reading_above_a_character_tears_no_phrase_apart() {
        assert_eq!(text("<p><ruby>潢<rp>(</rp><rt>huáng</rt><rp>)</rp></ruby>川县</p>"), "潢川县\n");
    }

    #[test]
    fn blocks_part_words_and_phrases_do_not() {
        let html = "<p>光山<strong>油</strong>茶\n4G<br>\n网络</p>\n<h2 id=\"s1\">一 &amp; 二</h2>\n<table><tr><td>甲</td><td>乙</td></tr></table>\n";
        assert_eq!(text(html), "光山油茶 4G\n网络\n一 & 二\n甲\n乙\n");
    }

    #[test]
    fn the_main_heading_is_the_title_and_other_headings_have_their_places() {
        let plain = plain("<main><h1>题<b>名</b></h1><p>甲</p><h2 id=\"s1\">乙</h2></main>").unwrap();
        assert_eq!((plain.title.as_str(), plain.text.as_str()), ("题名", "甲\n乙\n"));
        assert_eq!(plain.headings, [(plain.text.find('乙').unwrap(), "s1".into())]);
    }

    #[test]
    fn attributes_navigation_and_comments_are_no_words() {
        let html = "<p>见<a href=\"a&amp;b\" title=\"甲>乙\">丙</a><!-- 丁 --><span></span></p><nav>戊<nav>己</nav>庚</nav><style>p{}</style>辛";
        assert_eq!(text(html), "见丙\n辛\n");
        assert_eq!(plain("<p>甲</p>"), None);
    }

    #[test]
    fn references_are_read_and_what_is_none_stays() {
        assert_eq!(text("<p>&lt;&#39;&#x4E00;&nbsp;&copy; & &amp</p>"), "<'一\u{A0}&copy; & &amp\n");
    }
}
