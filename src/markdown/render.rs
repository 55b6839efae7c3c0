//! An opened text as HTML. Every event of the parser and every tag of raw HTML goes through the [`Builder`], so that what
//! comes out is right whatever was written. What needs the whole text (headings and links to them) is filled in at the end.

mod block;
mod inline;
mod late;
mod note;
mod picture;
mod raw;

use super::World;
use super::builder::{Builder, By, Kind, Level};
use super::outline::{self, RawHeading};
use super::parser::{DEPTH_MAX, Source};
use super::words::{Words, words};
use crate::lang::Lang;
use crate::model::body::Heading;
use late::{Late, fill_late};
use picture::Lone;
pub use picture::figure_html;
use pulldown_cmark::{Alignment, Event, LinkType, Tag, TagEnd};
use std::collections::BTreeMap;
use std::ops::Range;

/// A rendered text.
#[derive(Clone, Debug, Default)]
pub struct Rendered {
    /// The HTML of the body, valid inside any block.
    pub html: String,
    /// Its headings.
    pub outline: Vec<Heading>,
    /// The ids of the figures that it prints, each once, in order.
    pub facts: Vec<Box<str>>,
}

/// Renders a text that was opened for a view.
#[must_use]
pub fn render(text: &str, lang: Lang, world: &dyn World) -> Rendered {
    let source = Source::new(text);
    let mut renderer = Renderer::new(&source, lang, world);
    // Tags and addresses come to the text; a buffer that never grows is never moved.
    renderer.builder = Builder::with_room(text.len() + text.len() / 4);
    renderer.builder.out().reserve(text.len() + text.len() / 4);
    for (event, range) in source.events() {
        renderer.take(event, &range);
    }
    renderer.finish()
}

/// A picture that is being read, with its alternative text so far.
struct Image {
    target: String,
    caption: String,
    alt: String,
}

/// A footnote by its label.
#[derive(Default)]
struct Note {
    number: Option<usize>,
    references: usize,
    html: String,
}

/// What the end of a Markdown container goes back to; none where the container was too deep to be opened.
type Container = Option<Level>;

pub(super) struct Renderer<'w> {
    source: &'w Source<'w>,
    lang: Lang,
    world: &'w dyn World,
    pub(super) words: &'static Words,
    pub(super) builder: Builder,
    late: Vec<Late>,
    headings: Vec<RawHeading>,
    pub(super) heading: Option<(u8, Option<Box<str>>)>,
    /// The plain text of the heading at hand.
    heading_text: String,
    containers: Vec<Container>,
    depth: usize,
    /// The opening line of a directive block, while it is read.
    sentinel: Option<String>,
    /// The directive blocks that are open: name and where they began.
    blocks: Vec<(String, Level)>,
    in_code: bool,
    image: Option<Image>,
    /// For each open link of Markdown: whether an element was made for it.
    links: Vec<bool>,
    strikes: Vec<bool>,
    /// The last character of text in the present line.
    last: Option<char>,
    at_line_start: bool,
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    tables: usize,
    notes: BTreeMap<Box<str>, Note>,
    note_order: Vec<Box<str>>,
    note_at: Vec<Box<str>>,
    facts: Vec<Box<str>>,
    /// The element of raw HTML that is dropped with all it holds, until its block ends.
    pub(super) swallowing: Option<String>,
    /// The one picture of a paragraph that holds nothing else.
    lone_picture: Option<Lone>,
    /// How many pictures the block of them holds so far.
    in_pair: usize,
}

impl<'w> Renderer<'w> {
    fn new(source: &'w Source<'w>, lang: Lang, world: &'w dyn World) -> Renderer<'w> {
        Renderer {
            source,
            lang,
            world,
            words: words(lang),
            builder: Builder::default(),
            late: Vec::new(),
            headings: Vec::new(),
            heading: None,
            heading_text: String::new(),
            containers: Vec::new(),
            depth: 0,
            sentinel: None,
            blocks: Vec::new(),
            in_code: false,
            image: None,
            links: Vec::new(),
            strikes: Vec::new(),
            last: None,
            at_line_start: true,
            alignments: Vec::new(),
            column: 0,
            in_head: false,
            tables: 0,
            notes: BTreeMap::new(),
            note_order: Vec::new(),
            note_at: Vec::new(),
            facts: Vec::new(),
            swallowing: None,
            lone_picture: None,
            in_pair: 0,
        }
    }

    fn take(&mut self, event: Event, range: &Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(end) => self.end(end),
            Event::Text(text) => self.text(&self.source.unglue(&text)),
            Event::Code(code) => self.code(&self.source.unglue(&code)),
            Event::Html(raw) | Event::InlineHtml(raw) => self.raw(&self.source.unglue(&raw)),
            Event::SoftBreak => self.soft_break(),
            Event::HardBreak => self.hard_break(),
            Event::Rule => {
                self.builder.block_place();
                self.builder.out().push_str("<hr>\n");
            }
            Event::TaskListMarker(done) => self.task(done),
            Event::FootnoteReference(label) => self.reference(&self.source.unglue(&label)),
            Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    // Blocks.

    fn start(&mut self, tag: Tag, range: &Range<usize>) {
        match tag {
            Tag::Paragraph => self.open_line("p", "<p>"),
            Tag::Heading { level, id, .. } => self.open_heading(level, id.map(|id| self.source.unglue(&id).into())),
            Tag::BlockQuote(kind) => self.open_quote(kind),
            Tag::CodeBlock(kind) => self.open_code(&kind),
            Tag::List(first) => self.open_list(first),
            Tag::Item => self.open_container("li", Kind::Item, "<li>"),
            Tag::FootnoteDefinition(label) => self.open_note(self.source.unglue(&label).into()),
            Tag::DefinitionList => self.open_container("dl", Kind::Terms, "<dl>\n"),
            Tag::DefinitionListTitle if self.depth > DEPTH_MAX => self.open_line("p", "<p>"),
            Tag::DefinitionListTitle => self.open_line("dt", "<dt>"),
            Tag::DefinitionListDefinition => self.open_container("dd", Kind::Item, "<dd>"),
            Tag::Table(alignments) => self.open_table(alignments),
            Tag::TableHead => {
                self.in_head = true;
                self.open_container("thead", Kind::Table, "<thead>\n");
                self.open_container("tr", Kind::Row, "<tr>");
            }
            Tag::TableRow => self.open_container("tr", Kind::Row, "<tr>"),
            Tag::TableCell => self.open_cell(),
            Tag::Emphasis => self.open_phrase("em", "<em>"),
            Tag::Strong => self.open_phrase("strong", "<strong>"),
            Tag::Strikethrough => self.open_strike(range),
            Tag::Link { link_type: LinkType::Email, dest_url, .. } => {
                let made = self.open_link(&format!("mailto:{}", self.source.unglue(&dest_url)), "", By::Markdown);
                self.links.push(made);
            }
            Tag::Link { dest_url, title, .. } => {
                let made = self.open_link(&self.source.unglue(&dest_url), &self.source.unglue(&title), By::Markdown);
                self.links.push(made);
            }
            Tag::Image { dest_url, title, .. } => {
                self.image = Some(Image {
                    target: self.source.unglue(&dest_url).into_owned(),
                    caption: self.source.unglue(&title).into_owned(),
                    alt: String::new(),
                });
            }
            _ => {}
        }
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Paragraph => self.close_paragraph(),
            TagEnd::Heading(_) => self.close_heading(),
            TagEnd::CodeBlock => {
                self.in_code = false;
                self.close_container();
            }
            TagEnd::BlockQuote(_) | TagEnd::List(_) => {
                self.depth = self.depth.saturating_sub(1);
                self.close_container();
            }
            TagEnd::Item | TagEnd::DefinitionList | TagEnd::DefinitionListDefinition | TagEnd::TableRow => self.close_container(),
            TagEnd::TableHead => {
                self.close_container();
                self.close_container();
                self.in_head = false;
                self.open_container("tbody", Kind::Table, "<tbody>\n");
            }
            TagEnd::Table => {
                self.close_container();
                self.close_container();
                self.close_container();
            }
            TagEnd::TableCell => {
                self.close_container();
                self.column += 1;
            }
            TagEnd::FootnoteDefinition => self.close_note(),
            TagEnd::DefinitionListTitle | TagEnd::HtmlBlock => self.end_block(),
            TagEnd::Emphasis => self.close_phrase("em"),
            TagEnd::Strong => self.close_phrase("strong"),
            TagEnd::Strikethrough => self.close_strike(),
            TagEnd::Link if self.links.pop().unwrap_or(false) => self.close_phrase("a"),
            TagEnd::Image => self.picture(),
            _ => {}
        }
    }

    fn finish(mut self) -> Rendered {
        self.builder.end_line();
        let notes = self.notes_html();
        let mut html = self.builder.finish();
        html.push_str(&notes);
        let outline = outline::settle(self.headings);
        if !self.late.is_empty() {
            html = fill_late(&html, &self.late, &outline);
        }
        Rendered { html, outline, facts: self.facts }
    }
}
