//! The one walk over a text when the archive is loaded: outline, links, directives, beginning, counts, and what is wrong
//! with it. Builds no HTML.

use super::address::{Address, classify};
use super::closing::{BLOCK_MARK, PAIR};
use super::html::{self, Piece, Policy};
use super::outline::{self, RawHeading};
use super::parser::{DEPTH_MAX, Source};
use super::slip;
use super::{directive, line, note};
use crate::diagnostic::{Code, Mark, Span};
use crate::digest::fold64;
use crate::lang::Lang;
use crate::model::body::{DirectiveUse, LinkUse, Survey, find_anchor};
use crate::text::{han_count, is_mark, shorten};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Tag, TagEnd};
use std::collections::BTreeSet;
use std::ops::Range;

/// How much of the beginning is kept for lists, in columns.
const LEAD_COLUMNS: usize = 200;

/// What a survey of a text gives. All places are places in it.
#[derive(Debug)]
pub struct Surveyed {
    /// The digest.
    pub survey: Survey,
    /// What is wrong.
    pub marks: Vec<Mark>,
    /// Where code stands, blocks and runs, in order.
    pub code: Vec<Range<usize>>,
}

/// Surveys an opened text.
#[must_use]
pub fn survey(text: &str, lang: Lang) -> Surveyed {
    let source = Source::new(text);
    let mut surveyor = Surveyor::new(&source, lang);
    for (event, range) in source.events() {
        surveyor.take(event, range);
    }
    surveyor.whole_text(text);
    surveyor.finish()
}

struct Surveyor<'s> {
    source: &'s Source<'s>,
    lang: Lang,
    survey: Survey,
    marks: Vec<Mark>,
    headings: Vec<RawHeading>,
    /// The headings' places and the ids that they were given.
    given: Vec<(Span, Option<Box<str>>)>,
    heading: Option<(u8, Option<Box<str>>, Span)>,
    /// The text of the block at hand.
    block: String,
    /// The code block at hand stands four spaces in and has no fence.
    indented: bool,
    depth: usize,
    in_code: bool,
    in_link: usize,
    image: Option<(String, String, Span)>,
    anchors: Vec<(Box<str>, Span)>,
    dropped: BTreeSet<String>,
    swallowing: Option<String>,
    deep_found: bool,
    /// Where code blocks stand, in the text of the parser.
    code: Vec<Range<usize>>,
    /// Where runs of code stand inside of lines.
    code_runs: Vec<Range<usize>>,
    /// The block of two pictures that is open: where it began and how many it holds.
    pair: Option<(Span, usize)>,
}

impl<'s> Surveyor<'s> {
    fn new(source: &'s Source<'s>, lang: Lang) -> Surveyor<'s> {
        Surveyor {
            source,
            lang,
            survey: Survey::default(),
            marks: Vec::new(),
            headings: Vec::new(),
            given: Vec::new(),
            heading: None,
            block: String::new(),
            indented: false,
            depth: 0,
            in_code: false,
            in_link: 0,
            image: None,
            anchors: Vec::new(),
            dropped: BTreeSet::new(),
            swallowing: None,
            deep_found: false,
            code: Vec::new(),
            code_runs: Vec::new(),
            pair: None,
        }
    }

    fn mark(&mut self, code: Code, range: &Range<usize>) -> Mark {
        Mark::new(code, self.source.place(range))
    }

    fn take(&mut self, event: Event, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, &range),
            Event::End(end) => self.end(end),
            Event::Text(text) => self.text(&self.source.unglue(&text), &range),
            Event::Code(text) => {
                self.plain(&self.source.unglue(&text), &range);
                self.code_runs.push(range);
            }
            Event::SoftBreak | Event::HardBreak => self.plain("\n", &range),
            Event::Html(raw) | Event::InlineHtml(raw) => self.raw(&self.source.unglue(&raw), &range),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag, range: &Range<usize>) {
        match tag {
            Tag::Heading { level, id, .. } => {
                self.block.clear();
                self.heading = Some((depth_of(level), id.map(|id| self.source.unglue(&id).into()), self.source.place(range)));
            }
            Tag::Paragraph | Tag::TableCell | Tag::DefinitionListTitle => self.block.clear(),
            Tag::CodeBlock(kind) => {
                self.code.push(range.clone());
                self.in_code = true;
                self.block.clear();
                self.indented = matches!(kind, CodeBlockKind::Indented);
            }
            Tag::BlockQuote(_) | Tag::List(_) => {
                self.depth += 1;
                if self.depth > DEPTH_MAX && !self.deep_found {
                    self.deep_found = true;
                    let mark = self.mark(Code::NestingDeep, range).with(DEPTH_MAX.to_string());
                    self.marks.push(mark);
                }
            }
            Tag::Link { link_type: LinkType::Email, .. } => self.in_link += 1,
            Tag::Link { dest_url, .. } => {
                self.in_link += 1;
                self.blank(&dest_url, range);
                self.link(&self.source.unglue(&dest_url), range);
            }
            Tag::Image { dest_url, .. } => {
                self.blank(&dest_url, range);
                self.image = Some((self.source.unglue(&dest_url).into_owned(), String::new(), self.source.place(range)));
            }
            _ => {}
        }
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Heading(_) => {
                if let Some((level, id, place)) = self.heading.take() {
                    let text = line::line_text(self.block.trim());
                    // What holds no words is no heading on the page either.
                    if !text.is_empty() {
                        self.given.push((place, id.clone()));
                        self.headings.push(RawHeading { level, id, text: text.into() });
                    }
                }
                self.close_block();
            }
            TagEnd::Paragraph => {
                self.lead();
                self.close_block();
            }
            TagEnd::CodeBlock => {
                self.in_code = false;
                let start = self.code.last().map_or(0, |range| self.source.place(range).start as usize);
                if self.indented && is_prose(&self.block) {
                    self.marks.push(Mark::new(Code::CodeOfHan, Span::at(start)));
                }
                self.block.clear();
            }
            TagEnd::TableCell | TagEnd::DefinitionListTitle | TagEnd::Item | TagEnd::HtmlBlock => self.close_block(),
            TagEnd::BlockQuote(_) | TagEnd::List(_) => self.depth = self.depth.saturating_sub(1),
            TagEnd::Link => self.in_link = self.in_link.saturating_sub(1),
            TagEnd::Image => self.picture(),
            _ => {}
        }
    }

    /// Hashes the block that ends. What is dropped with its tag reaches no further.
    fn close_block(&mut self) {
        self.swallowing = None;
        let text = self.block.trim();
        if !text.is_empty() && !text.starts_with(BLOCK_MARK) {
            self.survey.paragraphs.push(fold64(text.as_bytes()));
        }
        self.block.clear();
    }

    fn lead(&mut self) {
        let text = self.block.trim();
        if self.survey.lead.is_empty() && !text.is_empty() && !text.starts_with(BLOCK_MARK) && self.depth == 0 {
            let joined = join_lines(text);
            // A figure's id is no prose; what it prints is known only on the page.
            if directive::find(&joined).is_empty() {
                self.survey.lead = shorten(joined.trim_matches(['\u{3000}', '\u{A0}', ' ']), LEAD_COLUMNS).into();
            }
        }
    }

    fn plain(&mut self, text: &str, _: &Range<usize>) {
        if let Some((_, alt, _)) = &mut self.image {
            alt.push_str(text);
        } else if self.swallowing.is_none() {
            self.block.push_str(text);
        }
    }

    fn text(&mut self, text: &str, range: &Range<usize>) {
        self.plain(text, range);
        if self.in_code || self.image.is_some() {
            return;
        }
        if let Some(line) = text.strip_prefix(BLOCK_MARK) {
            self.pair(line, range);
        }
        if memchr::memchr(b'[', text.as_bytes()).is_some() {
            let marks = note::undefined(text, self.source, range);
            self.marks.extend(marks);
        }
        if !directive::may_hold(text) {
            return;
        }
        for found in directive::find(text) {
            let place = self.source.place(range);
            let span = inside(place, &found.range, text.len());
            self.survey.directives.push(DirectiveUse { kind: found.kind, id: found.id.into(), span });
        }
        let mut near = Vec::new();
        directive::near_misses(text, &mut near);
        for (at, mark) in near {
            let span = inside(self.source.place(range), &at, text.len());
            self.marks.push(Mark { span, ..mark });
        }
    }

    /// A blank in an address that was read as it was meant.
    fn blank(&mut self, target: &str, range: &Range<usize>) {
        if self.source.has_blank(target) {
            let mark = self.mark(Code::LinkBlank, range).with(shorten(&self.source.unglue(target), 80));
            self.marks.push(mark);
        }
    }

    fn link(&mut self, target: &str, range: &Range<usize>) {
        let place = self.source.place(range);
        match classify(target) {
            Address::Out(_) => {}
            Address::Inside(target) => self.survey.links.push(LinkUse { target: target.into(), span: place, picture: false, unspoken: false }),
            Address::Anchor(anchor) => self.anchors.push((anchor.into(), place)),
            Address::None => self.marks.push(Mark::new(Code::LinkUnparsed, place).with(shorten(target, 80))),
        }
    }

    fn picture(&mut self) {
        let Some((target, alt, place)) = self.image.take() else { return };
        match classify(&target) {
            Address::Out(address) => self.marks.push(Mark::new(Code::PictureRemote, place).with(shorten(&address.to_string(), 80))),
            Address::Inside(target) => {
                let unspoken = alt.trim().is_empty();
                self.survey.links.push(LinkUse { target: target.into(), span: place, picture: true, unspoken });
                if let Some((_, count)) = &mut self.pair {
                    *count += 1;
                }
            }
            Address::Anchor(_) | Address::None => self.marks.push(Mark::new(Code::LinkUnparsed, place).with(shorten(&target, 80))),
        }
        self.block.push_str(&alt);
    }

    /// Begins or ends a block of two pictures, and counts them.
    fn pair(&mut self, line: &str, range: &Range<usize>) {
        let name = line.split(BLOCK_MARK).next().unwrap_or_default();
        if name == PAIR {
            self.pair = Some((self.source.place(range), 0));
        } else if name.strip_prefix('/') == Some(PAIR)
            && let Some((place, count)) = self.pair.take().filter(|(_, count)| *count != 2)
        {
            self.marks.push(Mark::new(Code::BlockPictures, place).with(count.to_string()));
        }
    }

    fn raw(&mut self, raw: &str, range: &Range<usize>) {
        if raw.contains("<!--") && !raw.contains("-->") {
            // A comment that nobody closed takes the rest of the text with it.
            self.dropped(Code::HtmlScript, "!--", range);
        }
        for (piece, _) in html::pieces(raw) {
            if html::is_swallowed(&mut self.swallowing, &piece) {
                continue;
            }
            match piece {
                Piece::Text(text) => self.block.push_str(text),
                Piece::Open { name, attributes, closed } => self.raw_open(&name, &attributes, closed, range),
                Piece::Close { .. } => {}
            }
        }
    }

    fn raw_open(&mut self, name: &str, attributes: &[(String, String)], closed: bool, range: &Range<usize>) {
        let attribute = |key: &str| attributes.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str());
        match html::policy(name) {
            Policy::Link => {
                if let Some(target) = attribute("href") {
                    self.link(target, range);
                }
            }
            Policy::Picture => {
                let (target, alt) = (attribute("src").unwrap_or_default().to_owned(), attribute("alt").unwrap_or_default().to_owned());
                self.image = Some((target, alt, self.source.place(range)));
                self.picture();
            }
            Policy::Drop => self.dropped(Code::HtmlDropped, name, range),
            Policy::Swallow => {
                self.dropped(Code::HtmlScript, name, range);
                if !closed && !html::is_swallowed_void(name) {
                    self.swallowing = Some(name.to_owned());
                }
            }
            _ => {}
        }
    }

    /// One finding per tag name and text: old pages are full of them.
    fn dropped(&mut self, code: Code, name: &str, range: &Range<usize>) {
        if self.dropped.insert(name.to_owned()) {
            let mark = self.mark(code, range).with(name);
            self.marks.push(mark);
        }
    }

    /// What is seen on lines and characters, whatever the parser made of them.
    fn whole_text(&mut self, text: &str) {
        for damaged in ["\u{FFFD}", "锟斤拷", "烫烫烫"] {
            let mut places = memchr::memmem::find_iter(text.as_bytes(), damaged.as_bytes());
            if let Some(at) = places.next() {
                let mark = Mark::new(Code::CharacterReplacement, Span::new(at, at + damaged.len())).with(damaged);
                self.marks.push(mark.with(places.count().to_string()));
            }
        }
        if self.lang == Lang::Zh || slip::has_full_width(text) {
            let code: Vec<Range<usize>> =
                self.code.iter().map(|range| self.source.place(range)).map(|place| place.start as usize..place.end as usize).collect();
            // Code blocks stand one behind the other.
            let in_code = |at: usize| code.partition_point(|code| code.start <= at).checked_sub(1).is_some_and(|before| at < code[before].end);
            self.marks.extend(slip::find(text, in_code));
        }
    }

    fn finish(mut self) -> Surveyed {
        self.survey.outline = outline::settle(self.headings);
        for ((place, given), heading) in self.given.into_iter().zip(&self.survey.outline) {
            // What cannot stand in an address, is the page's own or stands twice is numbered instead.
            if let Some(given) = given.filter(|given| *given != heading.id) {
                self.marks.push(Mark::new(Code::HeadingAnchor, place).with(shorten(&given, 40)).with(&*heading.id));
            }
        }
        for (anchor, place) in self.anchors {
            if find_anchor(&self.survey.outline, &anchor).is_none() {
                self.marks.push(Mark::new(Code::LinkAnchor, place).with(&*anchor));
            }
        }
        let mut code: Vec<Range<usize>> = self
            .code
            .iter()
            .chain(&self.code_runs)
            .map(|range| self.source.place(range))
            .map(|place| place.start as usize..place.end as usize)
            .collect();
        code.sort_unstable_by_key(|range| range.start);
        Surveyed { survey: self.survey, marks: self.marks, code }
    }
}

/// The place of a part of an event's text. Where the parser changed the text, the event's own place is as near as can be.
fn inside(place: Span, part: &Range<usize>, length: usize) -> Span {
    if (place.end - place.start) as usize == length { Span::new(place.start as usize + part.start, place.start as usize + part.end) } else { place }
}

fn depth_of(level: HeadingLevel) -> u8 {
    level as u8
}

/// Whether a code block is Chinese prose that only stood four spaces in.
fn is_prose(code: &str) -> bool {
    let han = han_count(code);
    han >= 8 && han * 2 > code.chars().filter(|c| !c.is_whitespace()).count() && code.contains(['。', '，', '；'])
}

/// Lines joined as the page joins them: no space between Han.
fn join_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for part in text.split('\n') {
        let needs_space =
            out.chars().next_back().zip(part.chars().next()).is_some_and(|(a, b)| !(crate::text::is_wide(a) && crate::text::is_wide(b)));
        if needs_space {
            out.push(' ');
        }
        out.push_str(part);
    }
    out.retain(|c| !is_mark(c) || matches!(c, crate::text::BAR | crate::text::SHOWN_START | crate::text::SHOWN_END));
    out
}
