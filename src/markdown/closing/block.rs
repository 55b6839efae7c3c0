//! `:::name` … `:::` at the beginnings of lines, in quotations and lists too. Only listed names exist.

use super::{BLOCK_MARK, Closing, Prose, View, find_closing, open_text};
use crate::diagnostic::{Code, Mark, Span};
use crate::text::{edit_distance, shorten};
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};
use std::ops::Range;

/// The blocks that exist.
const NAMES: &[&str] = &["before-after", "gallery", "internal", "note", "quote"];
/// The block of two pictures of one thing.
pub(in crate::markdown) const PAIR: &str = "before-after";
/// The block of any number of pictures.
pub(in crate::markdown) const GALLERY: &str = "gallery";
const INTERNAL: &str = "internal";
/// What an editor may write for `internal`.
const OTHER_WORDS: &[&str] =
    &["内部", "不公开", "内部资料", "保密", "秘密", "隐去", "内部内容", "仅内部", "private", "closed", "sealed", "封存", "withheld", "非公开"];

/// A line that opens or closes a block.
#[derive(Debug)]
pub(super) struct BlockMark {
    /// The whole line with its line end.
    pub(super) line: Range<usize>,
    /// For an opening `internal`: where the block's last line ends.
    pub(super) closed_until: Option<usize>,
    /// The signs of quotation and indentation before the mark.
    prefix: String,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Open { name: &'static str, title: String },
    Close { name: &'static str },
}

impl BlockMark {
    pub(super) fn is_internal(&self) -> bool {
        matches!(self.kind, Kind::Open { name, .. } | Kind::Close { name } if name == INTERNAL)
    }

    /// What the renderer reads in place of the line: a paragraph of its own that begins with [`BLOCK_MARK`].
    pub(super) fn sentinel(&self, view: View) -> String {
        let bare = self.prefix.trim_end();
        let text = match &self.kind {
            Kind::Open { name, title } => {
                // A withheld run in a title is withheld like any other.
                let title = open_text(title, &find_closing(title, Prose::Line), view).text;
                format!("{BLOCK_MARK}{name}{BLOCK_MARK}{title}")
            }
            Kind::Close { name } => format!("{BLOCK_MARK}/{name}"),
        };
        format!("{bare}\n{}{text}\n{bare}\n", self.prefix)
    }
}

/// A block that is open while the lines are read.
struct OpenBlock {
    name: &'static str,
    at: usize,
    place: Span,
}

pub(super) fn find(text: &str, closing: &mut Closing) {
    let mut fenced: Option<Vec<Range<usize>>> = None;
    let mut open: Vec<OpenBlock> = Vec::new();
    let mut end = 0;
    let has_runs = has_colon_runs(text);
    while end < text.len() {
        let start = end;
        end = memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |end| start + end + 1);
        let range = start..end;
        if !has_runs && !may_be_mark(&text[range.clone()]) {
            continue;
        }
        let Some(seen) = examine(&text[range.clone()]) else { continue };
        // Only fenced code shows such lines as they are; a fence is asked for exactly, not guessed.
        let in_fence = fenced.get_or_insert_with(|| fences(text)).iter().any(|fence| fence.start < range.start && range.start < fence.end);
        if in_fence {
            continue;
        }
        take(text, seen, range, &mut open, closing);
    }
    unclosed_fence(text, fenced.as_deref().unwrap_or_default(), closing);
    semicolons(text, closing);
    bracketed(text, closing);
    for left in open.into_iter().filter(|block| block.at != usize::MAX) {
        closing.doubt(Mark::new(Code::BlockUnclosed, left.place).with(left.name));
    }
}

/// A fence that nobody closed shows everything behind it as code, closing marks too: perhaps they were meant.
fn unclosed_fence(text: &str, fences: &[Range<usize>], closing: &mut Closing) {
    let Some(last) = fences.last().filter(|fence| fence.end >= text.trim_end().len()) else { return };
    let code = &text[last.clone()];
    let end = code.trim_end().rsplit('\n').next().unwrap_or_default();
    let is_closed = code.trim_end().contains('\n') && ["```", "~~~"].iter().any(|sign| end[prefix_length(end)..].starts_with(sign));
    if !is_closed {
        let at = last.start;
        closing.doubt(Mark::new(Code::BlockNearMiss, Span::new(at, at + 3)).with(code.get(..3).unwrap_or("```")));
    }
}

/// `；；；internal`: the key beside the colon.
fn semicolons(text: &str, closing: &mut Closing) {
    for sign in [";;;", "；；；"] {
        for at in memchr::memmem::find_iter(text.as_bytes(), sign) {
            let start = memchr::memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |end| end + 1);
            let word: String = text[at + sign.len()..].trim_start().chars().take_while(|c| c.is_alphanumeric()).take(16).collect();
            if start + prefix_length(&text[start..]) == at && means_internal(&word) {
                closing.doubt(Mark::new(Code::BlockNearMiss, Span::new(at, at + sign.len())).with(sign));
            }
        }
    }
}

/// `<internal>`, `{internal}`, and `[internal]` or `{% internal %}` alone in a line: marks of other programs.
fn bracketed(text: &str, closing: &mut Closing) {
    let is_sign = |c: char| matches!(c, '[' | ']' | '{' | '}' | '<' | '>' | '%' | '/' | ' ' | '\t' | '\r');
    for at in memchr::memmem::find_iter(text.as_bytes(), INTERNAL) {
        let start = text[..at].trim_end_matches(['/', ' ']);
        let after = text[at + INTERNAL.len()..].trim_start_matches(' ');
        let is_tag = start.ends_with('<') && after.starts_with('>') || start.ends_with('{') && after.starts_with('}');
        let line_start = memchr::memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |end| end + 1);
        let line = text[line_start..].split('\n').next().unwrap_or_default();
        let is_alone = start.ends_with(['[', '%']) && after.starts_with([']', '%']) && line.trim_matches(is_sign) == INTERNAL;
        if is_tag || is_alone {
            closing.doubt(Mark::new(Code::BlockNearMiss, Span::new(at, at + INTERNAL.len())).with(INTERNAL));
        }
    }
}

/// The next colon of any kind: a line without one marks nothing.
fn next_colon(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        at += bytes[at..].iter().position(|byte| matches!(byte, b':' | 0xE2 | 0xEA | 0xEF))?;
        // ： ﹕ ︰ ∶ ꞉ on bytes: full-width punctuation stands in every line of Chinese.
        let is_one = match bytes[at] {
            b':' => true,
            0xE2 => matches!(bytes.get(at + 1..at + 3), Some([0x88, 0xB6])),
            0xEA => matches!(bytes.get(at + 1..at + 3), Some([0x9E, 0x89])),
            _ => matches!(bytes.get(at + 1..at + 3), Some([0xBC, 0x9A] | [0xB9, 0x95] | [0xB8, 0xB0])),
        };
        if is_one {
            return Some(at);
        }
        at += 1;
    }
}

/// Whether three colons of any kind stand side by side somewhere: only then can a mark stand behind other text of its line.
/// Asked once for a text, since most have none and then only the beginnings of their lines need to be read.
fn has_colon_runs(text: &str) -> bool {
    let bytes = text.as_bytes();
    let holds = |sign: &str| memchr::memmem::find(bytes, sign.as_bytes()).is_some();
    let beside_another = |at: usize| text[..at].ends_with(is_colon) || text[at + '：'.len_utf8()..].starts_with(is_colon);
    holds(":::") || memchr::memmem::find_iter(bytes, "：").any(beside_another) || ["﹕", "︰", "∶", "꞉"].into_iter().any(holds)
}

/// Whether a line without a run of colons may be a mark or a slipped key: only if a colon or the key is the first thing in it.
fn may_be_mark(line: &str) -> bool {
    // Han, and most letters, stand before no mark and are none.
    let may_begin = |byte: u8| !matches!(byte, b'A'..=b'Z' | b'b' | b'd'..=b's' | b'u'..=b'z' | b'!' | b'[' | 0xE4..=0xE9);
    let first = |line: &str| line.as_bytes().first().copied();
    if !first(line).is_some_and(may_begin) {
        return false;
    }
    matches!(first(&line[prefix_length(line)..]), Some(b':' | b'a' | b't' | b'c' | 0..=b' ' | 0x80..))
}

fn take(text: &str, seen: Seen, line: Range<usize>, open: &mut Vec<OpenBlock>, closing: &mut Closing) {
    let bare = text[line.clone()].trim_end().len();
    let place = Span::new(line.start, line.start + bare);
    match seen {
        Seen::NearMiss { opens } => {
            closing.doubt(Mark::new(Code::BlockNearMiss, place).with(shown(&text[line])));
            if opens {
                open.push(OpenBlock { name: "", at: usize::MAX, place });
            }
        }
        Seen::SlippedKey => closing.doubt(Mark::new(Code::KeySlipped, place).with(shown(&text[line]))),
        Seen::Unknown(name) => {
            closing.doubt(Mark::new(Code::BlockUnknown, place).with(shorten(&name, 16)).with(NAMES.join(" ")));
            open.push(OpenBlock { name: "", at: usize::MAX, place });
        }
        Seen::Open { name, title, prefix } => {
            open.push(OpenBlock { name, at: closing.blocks.len(), place });
            closing.blocks.push(BlockMark { line, closed_until: None, prefix, kind: Kind::Open { name, title } });
        }
        Seen::Close { prefix } => match open.pop() {
            None => closing.doubt(Mark::new(Code::BlockStray, place)),
            // The end of a block whose beginning was found fault with already.
            Some(block) if block.at == usize::MAX => {}
            Some(block) => {
                closing.blocks[block.at].closed_until = Some(line.end);
                closing.blocks.push(BlockMark { line, closed_until: None, prefix, kind: Kind::Close { name: block.name } });
            }
        },
    }
}

/// As much of a mark as may be shown: never what stands behind it, which may be what was to be closed.
fn shown(line: &str) -> String {
    let body = &line[prefix_length(line)..];
    let colons = &body[..body.find(|c| !is_colon(c)).unwrap_or(body.len())];
    let after = body[colons.len()..].trim_start();
    let lower = after.to_lowercase();
    let known = OTHER_WORDS.iter().copied().chain([INTERNAL]).filter(|word| lower.starts_with(word)).max_by_key(|word| word.len());
    let ascii = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(after.len()).min(16);
    let word = known.map_or(&after[..ascii], |word| after.get(..word.len()).unwrap_or_default());
    let shown = format!("{colons}{word}");
    // The mark stands behind other words of the line.
    if shown.is_empty() { format!(":::{INTERNAL}") } else { shown }
}

/// Where fenced code stands.
fn fences(text: &str) -> Vec<Range<usize>> {
    let parser = Parser::new_ext(text, crate::markdown::parser::options()).into_offset_iter();
    parser.filter_map(|(event, range)| matches!(event, Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_)))).then_some(range)).collect()
}

/// What a line turns out to be.
enum Seen {
    Open {
        name: &'static str,
        title: String,
        prefix: String,
    },
    Close {
        prefix: String,
    },
    Unknown(String),
    /// Something that may be meant; whether a closing line is to be expected for it.
    NearMiss {
        opens: bool,
    },
    /// A line of front matter in the body.
    SlippedKey,
}

/// `access: internal` as a line of the body: front matter that slipped.
fn is_slipped_key(body: &str) -> bool {
    const LEVELS: &[&str] = &["internal", "sealed", "metadata-only", "内部", "封存", "仅目录", "不公开"];
    const SECRETS: &[&str] = &["内部", "秘密", "机密", "绝密"];
    let Some(colon) = body.find(is_colon) else { return false };
    let value = body[colon..].trim_start_matches(is_colon).trim().trim_matches(['"', '\'']);
    match body[..colon].trim() {
        "access" | "text_access" => LEVELS.contains(&value),
        "classification" => SECRETS.contains(&value),
        _ => false,
    }
}

fn is_colon(c: char) -> bool {
    matches!(c, ':' | '：' | '﹕' | '∶' | '︰' | '꞉')
}

fn examine(line: &str) -> Option<Seen> {
    let body_start = prefix_length(line);
    let (prefix, body) = line.trim_end_matches('\n').split_at(body_start);
    let colons = &body[..body.find(|c| !is_colon(c)).unwrap_or(body.len())];
    if colons.is_empty() {
        let slipped = is_slipped_key(body).then_some(Seen::SlippedKey);
        return slipped.or_else(|| mark_inside(body).then_some(Seen::NearMiss { opens: false }));
    }
    let after = &body[colons.len()..];
    let count = colons.chars().count();
    let ascii = colons.is_ascii();
    let name: String = after
        .trim_start_matches([' ', '\u{3000}', '\u{A0}', '\t'])
        .chars()
        .take_while(|c| !c.is_whitespace() && *c != '{' && *c != '\u{3000}')
        .collect();
    if ascii && count >= 3 {
        return named(&name, after, prefix);
    }
    let meant = means_internal(&name) || count >= 2 && after.trim().is_empty();
    // A run of full-width colons at the beginning of a line is nothing but a block that was typed with the wrong keyboard.
    let is_wrong_keyboard = !ascii && count >= 2;
    let is_short = count < 3 && means_internal(&name) && (count == 2 || !after.starts_with(' '));
    let opens = !name.is_empty();
    // `: : :internal`
    let lead = body.find(|c: char| !is_colon(c) && !c.is_whitespace()).unwrap_or(body.len());
    let spread = body[..lead].chars().filter(|c| is_colon(*c)).count();
    let word = body[lead..].split(char::is_whitespace).next().unwrap_or_default();
    if spread > count && means_internal(word) {
        return Some(Seen::NearMiss { opens: true });
    }
    (is_wrong_keyboard || is_short || !ascii && count == 1 && meant).then_some(Seen::NearMiss { opens })
}

fn named(name: &str, after: &str, prefix: &str) -> Option<Seen> {
    if name.is_empty() {
        // Only the bare sign closes: `:::{.internal}` opens something in other programs.
        let is_bare = after.trim().is_empty();
        return Some(if is_bare { Seen::Close { prefix: prefix.to_owned() } } else { Seen::NearMiss { opens: true } });
    }
    if let Some(known) = NAMES.iter().find(|known| **known == name) {
        let title = after.trim().strip_prefix(name).unwrap_or_default().trim();
        return Some(Seen::Open { name: known, title: title_of(known, title), prefix: prefix.to_owned() });
    }
    if means_internal(name) {
        return Some(Seen::NearMiss { opens: true });
    }
    Some(Seen::Unknown(name.to_owned()))
}

/// What stands behind a block's name: the source of a quotation, the title of anything else; without a key the bare words.
fn title_of(name: &str, attributes: &str) -> String {
    let (first, second) = if name == "quote" { ("source", "title") } else { ("title", "source") };
    let value = attribute(attributes, first).or_else(|| attribute(attributes, second));
    value.unwrap_or(attributes).trim().trim_matches(['"', '“', '”']).to_owned()
}

/// The value of `key=value`, in quotes or up to the next blank.
fn attribute<'a>(attributes: &'a str, key: &str) -> Option<&'a str> {
    let (_, rest) = attributes.split_once(key).and_then(|(before, rest)| rest.strip_prefix('=').map(|rest| (before, rest)))?;
    for (open, close) in [('"', '"'), ('“', '”')] {
        if let Some(inner) = rest.strip_prefix(open) {
            return Some(inner.split(close).next().unwrap_or(inner));
        }
    }
    // The last value may hold blanks without quotes.
    let end = rest.find(" title=").or_else(|| rest.find(" source=")).unwrap_or(rest.len());
    Some(&rest[..end])
}

/// Whether a word is `internal`, misspelt or in Chinese.
fn means_internal(name: &str) -> bool {
    let plain: String = name.trim_matches(|c: char| is_colon(c) || c.is_ascii_punctuation()).to_lowercase();
    let half: String =
        plain.chars().map(|c| if ('ａ'..='ｚ').contains(&c) { char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c) } else { c }).collect();
    !half.is_empty() && (edit_distance(&half, INTERNAL, 2) <= 2 || half.starts_with(INTERNAL) || OTHER_WORDS.contains(&half.as_str()))
}

/// Whether a line holds `:::internal` somewhere behind other text, where it opens nothing.
fn mark_inside(body: &str) -> bool {
    let mut rest = body;
    while let Some(at) = next_colon(rest, 0) {
        let run: usize = rest[at..].chars().take_while(|c| is_colon(*c)).map(char::len_utf8).sum();
        let after = &rest[at + run..];
        if rest[at..at + run].chars().count() >= 3 {
            let word: String = after.trim_start().chars().take_while(|c| c.is_alphanumeric()).collect();
            if means_internal(&word) {
                return true;
            }
        }
        rest = after;
    }
    false
}

/// How many bytes of indentation, quotation and list signs stand before a line's own text.
fn prefix_length(line: &str) -> usize {
    let mut at = 0;
    loop {
        let rest = &line[at..];
        let Some(c) = rest.chars().next() else { return at };
        let next = rest[c.len_utf8()..].chars().next();
        match c {
            ' ' | '\t' | '>' | '\u{3000}' | '\u{A0}' | '\u{200B}' | '\u{FEFF}' | '\\' => at += c.len_utf8(),
            '-' | '*' | '+' if next == Some(' ') => at += 1,
            '0'..='9' => {
                let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
                let sign = rest[digits..].starts_with(['.', ')']) && rest[digits + 1..].starts_with(' ');
                if !sign {
                    return at;
                }
                at += digits + 1;
            }
            _ => return at,
        }
    }
}
