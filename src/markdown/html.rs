//! Raw HTML in a text: read as tags and text, kept by an allow-list, everything else dropped. What is kept is always
//! balanced and stands where HTML allows it.

use std::ops::Range;

/// What may happen to a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Policy {
    /// Kept inside of a paragraph, under this name.
    Phrase(&'static str),
    /// Kept, and has no content: `br`, `wbr`.
    Void(&'static str),
    /// A rule between paragraphs.
    Rule,
    /// A link, by the rules of links.
    Link,
    /// A picture, by the rules of pictures.
    Picture,
    /// A container that may hold Markdown: `details`.
    Details,
    /// The label of `details`.
    Summary,
    /// Ends a paragraph; the tag itself is dropped.
    Break,
    /// Part of a table, list or definition list: kept where its parents are.
    Structure(&'static str),
    /// The tag is dropped and its text kept.
    Drop,
    /// The tag is dropped with all it holds.
    Swallow,
}

const TABLE: &[(&str, Policy)] = &[
    ("a", Policy::Link),
    ("abbr", Policy::Phrase("abbr")),
    ("b", Policy::Phrase("b")),
    ("big", Policy::Drop),
    ("blockquote", Policy::Break),
    ("br", Policy::Void("br")),
    ("center", Policy::Break),
    ("cite", Policy::Phrase("cite")),
    ("code", Policy::Phrase("code")),
    ("dd", Policy::Break),
    ("del", Policy::Phrase("del")),
    ("details", Policy::Details),
    ("div", Policy::Break),
    ("dl", Policy::Break),
    ("dt", Policy::Break),
    ("em", Policy::Phrase("em")),
    ("figcaption", Policy::Break),
    ("figure", Policy::Break),
    ("h1", Policy::Break),
    ("h2", Policy::Break),
    ("h3", Policy::Break),
    ("h4", Policy::Break),
    ("h5", Policy::Break),
    ("h6", Policy::Break),
    ("hr", Policy::Rule),
    ("i", Policy::Phrase("em")),
    ("img", Policy::Picture),
    ("ins", Policy::Phrase("ins")),
    ("kbd", Policy::Phrase("kbd")),
    ("li", Policy::Structure("li")),
    ("mark", Policy::Phrase("mark")),
    ("ol", Policy::Structure("ol")),
    ("p", Policy::Break),
    ("pre", Policy::Break),
    ("q", Policy::Phrase("q")),
    ("rp", Policy::Phrase("rp")),
    ("rt", Policy::Phrase("rt")),
    ("ruby", Policy::Phrase("ruby")),
    ("s", Policy::Phrase("s")),
    ("samp", Policy::Phrase("samp")),
    ("section", Policy::Break),
    ("small", Policy::Phrase("small")),
    ("strike", Policy::Phrase("s")),
    ("strong", Policy::Phrase("strong")),
    ("sub", Policy::Phrase("sub")),
    ("summary", Policy::Summary),
    ("sup", Policy::Phrase("sup")),
    ("table", Policy::Structure("table")),
    ("tbody", Policy::Structure("tbody")),
    ("td", Policy::Structure("td")),
    ("tfoot", Policy::Structure("tbody")),
    ("th", Policy::Structure("th")),
    ("thead", Policy::Structure("tbody")),
    ("tr", Policy::Structure("tr")),
    ("tt", Policy::Phrase("code")),
    ("u", Policy::Phrase("u")),
    ("ul", Policy::Structure("ul")),
    ("var", Policy::Phrase("var")),
    ("wbr", Policy::Void("wbr")),
];

/// Elements that go with everything inside.
const SWALLOWED: &[&str] = &[
    "applet",
    "audio",
    "button",
    "canvas",
    "embed",
    "form",
    "frame",
    "frameset",
    "head",
    "iframe",
    "input",
    "link",
    "math",
    "meta",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "option",
    "param",
    "plaintext",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
    "video",
    "xmp",
];
/// Those of them that have no content to go with them.
const SWALLOWED_VOID: &[&str] = &["embed", "input", "link", "meta", "param"];

/// What happens to a tag by its name.
pub(super) fn policy(name: &str) -> Policy {
    if let Ok(at) = TABLE.binary_search_by(|(known, _)| (*known).cmp(name)) {
        return TABLE[at].1;
    }
    if SWALLOWED.contains(&name) { Policy::Swallow } else { Policy::Drop }
}

/// Whether a swallowed element ends where it begins.
pub(super) fn is_swallowed_void(name: &str) -> bool {
    SWALLOWED_VOID.contains(&name)
}

/// Whether a piece goes with an element that is dropped with all it holds; the element's own end is the last to go.
pub(super) fn is_swallowed(swallowing: &mut Option<String>, piece: &Piece) -> bool {
    let Some(name) = swallowing else { return false };
    if matches!(piece, Piece::Close { name: closing } if closing == name) {
        *swallowing = None;
    }
    true
}

/// A piece of raw HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    Text(&'t str),
    Open { name: String, attributes: Vec<(String, String)>, closed: bool },
    Close { name: String },
}

/// Reads raw HTML piece by piece; comments, declarations and processing instructions are passed over.
pub(super) fn pieces(html: &str) -> Vec<(Piece<'_>, Range<usize>)> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < html.len() {
        let Some(open) = html[at..].find('<').map(|open| at + open) else {
            out.push((Piece::Text(&html[at..]), at..html.len()));
            break;
        };
        if open > at {
            out.push((Piece::Text(&html[at..open]), at..open));
        }
        at = match tag(html, open) {
            Tag::Piece(piece, end) => {
                out.push((piece, open..end));
                end
            }
            Tag::Ignored(end) => end,
            Tag::None => {
                out.push((Piece::Text(&html[open..=open]), open..open + 1));
                open + 1
            }
        };
    }
    out
}

enum Tag<'t> {
    Piece(Piece<'t>, usize),
    Ignored(usize),
    None,
}

fn tag(html: &str, open: usize) -> Tag<'_> {
    let rest = &html[open + 1..];
    let until = |sign: &str, from: usize| rest[from.min(rest.len())..].find(sign).map_or(html.len(), |at| open + 1 + from + at + sign.len());
    if rest.starts_with("!--") {
        return Tag::Ignored(until("-->", 3));
    }
    if rest.starts_with("![CDATA[") {
        return Tag::Ignored(until("]]>", 8));
    }
    if rest.starts_with(['!', '?']) {
        return Tag::Ignored(until(">", 1));
    }
    let (closing, body) = rest.strip_prefix('/').map_or((false, rest), |body| (true, body));
    let name_end = body.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == ':')).unwrap_or(body.len());
    if name_end == 0 || !body.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return Tag::None;
    }
    let name = body[..name_end].to_ascii_lowercase();
    let body_at = open + 1 + usize::from(closing);
    let (attributes, end, closed) = attributes(html, body_at + name_end);
    if closing { Tag::Piece(Piece::Close { name }, end) } else { Tag::Piece(Piece::Open { name, attributes, closed }, end) }
}

/// The attributes from a place behind a tag's name, where the tag ends, and whether it ends in `/>`.
fn attributes(html: &str, from: usize) -> (Vec<(String, String)>, usize, bool) {
    let bytes = html.as_bytes();
    let mut list: Vec<(String, String)> = Vec::new();
    let mut at = from;
    let mut closed = false;
    while at < bytes.len() {
        match bytes[at] {
            b'>' => return (list, at + 1, closed),
            b'/' => {
                closed = true;
                at += 1;
            }
            byte if byte.is_ascii_whitespace() => at += 1,
            _ => {
                closed = false;
                let name_end = html[at..].find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/')).map_or(html.len(), |end| at + end);
                // A stray sign that is no name must not stop the reading.
                let name_end = if name_end == at { at + 1 } else { name_end };
                let name = html.get(at..name_end).unwrap_or_default().to_ascii_lowercase();
                let (value, end) = value(html, name_end);
                if !list.iter().any(|(known, _)| *known == name) {
                    list.push((name, value));
                }
                at = end;
            }
        }
    }
    (list, html.len(), closed)
}

fn value(html: &str, from: usize) -> (String, usize) {
    let rest = html[from..].trim_start();
    let at = html.len() - rest.len();
    let Some(after) = rest.strip_prefix('=') else { return (String::new(), from) };
    let quoted = after.trim_start();
    let at_value = at + 1 + (after.len() - quoted.len());
    for quote in ['"', '\''] {
        if let Some(inner) = quoted.strip_prefix(quote) {
            let end = inner.find(quote).unwrap_or(inner.len());
            return (unescape(&inner[..end]), (at_value + 1 + end + 1).min(html.len()));
        }
    }
    let end = quoted.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(quoted.len());
    (unescape(&quoted[..end]), at_value + end)
}

/// The character references that people write by hand.
const ENTITIES: &[(&str, &str)] = &[
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", "\u{A0}"),
    ("ensp", "\u{2002}"),
    ("emsp", "\u{2003}"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("mdash", "—"),
    ("ndash", "–"),
    ("hellip", "…"),
    ("middot", "·"),
    ("copy", "©"),
    ("reg", "®"),
    ("trade", "™"),
    ("times", "×"),
    ("deg", "°"),
    ("bull", "•"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("rarr", "→"),
    ("larr", "←"),
    ("yen", "¥"),
];

/// Undoes character references; an unknown one stays as it is written.
pub(super) fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let name_end = rest[at + 1..].find(';').filter(|end| *end <= 10);
        let known = name_end.and_then(|end| reference(&rest[at + 1..at + 1 + end]).map(|text| (text, at + 2 + end)));
        match known {
            Some((text, after)) => {
                out.push_str(&text);
                rest = &rest[after..];
            }
            None => {
                out.push('&');
                rest = &rest[at + 1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn reference(name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix('#') {
        let code = number.strip_prefix(['x', 'X']).map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok())?;
        return char::from_u32(code).filter(|c| !c.is_control() || *c == '\n').map(String::from);
    }
    ENTITIES.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_for_its_search() {
        assert!(TABLE.is_sorted_by(|a, b| a.0 < b.0));
    }

    #[test]
    fn tags_are_read_as_browsers_read_them() {
        let read = pieces("a<B CLASS=x title='1>2'>b</b ><!-- <i> --><br/>< 3");
        let names: Vec<String> = read.iter().map(|(piece, _)| format!("{piece:?}")).collect();
        assert_eq!(names.len(), 7, "{names:?}");
        assert_eq!(
            read[1].0,
            Piece::Open { name: "b".into(), attributes: vec![("class".into(), "x".into()), ("title".into(), "1>2".into())], closed: false }
        );
    }

    #[test]
    fn unfinished_tags_end_with_the_text() {
        for text in ["<a href=\"x", "<a href=", "<", "</", "<a", "<!--", "<a b='", "<a =>"] {
            let _ = pieces(text);
        }
    }
}
