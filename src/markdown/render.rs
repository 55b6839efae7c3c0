//! An opened text as HTML. Every event of the parser and every tag of raw HTML goes through the [`Builder`], so that what
//! comes out is right whatever was written. What needs the whole text (headings and links to them) is filled in at the end.

use super::address::{Address, classify};
use super::builder::{Builder, By, Kind, LATE, Level};
use super::closing::BLOCK_MARK;
use super::emphasis::unglue;
use super::line::{line_text, push_marked};
use super::outline::{self, RawHeading};
use super::parser::{DEPTH_MAX, Source};
use super::words::{Words, words};
use super::{World, directive, linkify};
use crate::lang::Lang;
use crate::model::body::{DirectiveKind, Heading, find_anchor};
use crate::text::{BAR, escape, escape_into, is_mark, is_wide};
use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};
use std::collections::BTreeMap;
use std::fmt::Write as _;
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
    renderer.builder.out().reserve(text.len() + text.len() / 4);
    for (event, range) in source.events() {
        renderer.take(event, &range);
    }
    renderer.finish()
}

/// What is known only at the end.
enum Late {
    HeadingOpen(usize),
    HeadingClose(usize),
    AnchorOpen(Box<str>),
    /// Closes the anchor of that number.
    AnchorClose(usize),
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
    /// The one picture of a paragraph that holds nothing else: its caption.
    lone_picture: Option<String>,
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
        }
    }

    fn take(&mut self, event: Event, range: &Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(end) => self.end(end),
            Event::Text(text) => self.text(&unglue(&text)),
            Event::Code(code) => self.code(&unglue(&code)),
            Event::Html(raw) | Event::InlineHtml(raw) => self.raw(&unglue(&raw)),
            Event::SoftBreak => self.soft_break(),
            Event::HardBreak => self.hard_break(),
            Event::Rule => {
                self.builder.block_place();
                self.builder.out().push_str("<hr>\n");
            }
            Event::TaskListMarker(done) => self.task(done),
            Event::FootnoteReference(label) => self.reference(&unglue(&label)),
            Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    // Blocks.

    fn start(&mut self, tag: Tag, range: &Range<usize>) {
        match tag {
            Tag::Paragraph => self.open_line("p", "<p>"),
            Tag::Heading { level, id, .. } => self.open_heading(level, id.map(|id| unglue(&id).into())),
            Tag::BlockQuote(kind) => self.open_quote(kind),
            Tag::CodeBlock(kind) => self.open_code(&kind),
            Tag::List(first) => self.open_list(first),
            Tag::Item => self.open_container("li", Kind::Item, "<li>"),
            Tag::FootnoteDefinition(label) => self.open_note(unglue(&label).into()),
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
            Tag::Link { dest_url, title, .. } => {
                let made = self.open_link(&unglue(&dest_url), &unglue(&title), By::Markdown);
                self.links.push(made);
            }
            Tag::Image { dest_url, title, .. } => {
                self.image = Some(Image { target: unglue(&dest_url).into_owned(), caption: unglue(&title).into_owned(), alt: String::new() });
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

    /// Forgets what belongs to the line before.
    pub(super) fn begin_line(&mut self) {
        self.builder.forget_break();
        self.last = None;
        self.at_line_start = true;
        self.swallowing = None;
    }

    fn open_line(&mut self, name: &'static str, tag: &str) {
        self.begin_line();
        self.lone_picture = None;
        self.builder.open_block(name, Kind::Line, By::Markdown, tag);
    }

    /// Ends whatever line is open; raw tags may have ended the paragraph that the parser meant already.
    fn end_block(&mut self) {
        self.begin_line();
        self.builder.end_line();
    }

    fn open_container(&mut self, name: &'static str, kind: Kind, tag: &str) {
        self.begin_line();
        if self.depth > DEPTH_MAX {
            self.containers.push(None);
            return;
        }
        let level = self.builder.open_block(name, kind, By::Markdown, tag);
        self.containers.push(Some(level));
    }

    fn close_container(&mut self) {
        self.begin_line();
        match self.containers.pop() {
            Some(Some(level)) => {
                self.builder.close_to(level);
                self.blocks.retain(|(_, open)| *open < level);
            }
            // Too deep to be opened: the next text stands in a line of its own.
            _ => self.builder.end_line(),
        }
    }

    fn close_paragraph(&mut self) {
        self.builder.end_phrases();
        if let Some(line) = self.sentinel.take() {
            self.builder.dissolve_line();
            self.directive_block(&line);
        } else if let Some(caption) = self.lone_picture.take() {
            self.close_figure(&caption);
        }
        self.end_block();
    }

    /// A picture alone in its paragraph is a figure.
    fn close_figure(&mut self, caption: &str) {
        if self.builder.line_start().is_none() {
            return;
        }
        let Some(picture) = self.builder.dissolve_line() else { return };
        let out = self.builder.out();
        out.push_str("<figure>");
        out.push_str(&picture);
        if !caption.trim().is_empty() {
            out.push_str("<figcaption>");
            push_marked(out, caption.trim(), self.lang);
            out.push_str("</figcaption>");
        }
        out.push_str("</figure>\n");
    }

    fn open_heading(&mut self, level: HeadingLevel, id: Option<Box<str>>) {
        let opening = self.late(Late::HeadingOpen(self.headings.len()));
        self.begin_line();
        self.builder.open_block("h", Kind::Line, By::Markdown, &opening);
        self.heading = Some((level as u8, id));
        self.heading_text.clear();
    }

    fn close_heading(&mut self) {
        let Some((level, id)) = self.heading.take() else { return };
        self.builder.end_phrases();
        let text = self.heading_text.trim().to_owned();
        if text.is_empty() {
            // A picture without words or nothing at all is no heading, but nothing is lost.
            if let Some(inner) = self.builder.dissolve_line().filter(|inner| !inner.trim().is_empty()) {
                let _ = writeln!(self.builder.out(), "<p>{inner}</p>");
            }
        } else {
            let closing = self.late(Late::HeadingClose(self.headings.len()));
            self.builder.close_with(closing + "\n");
            self.headings.push(RawHeading { level, id, text: text.into() });
        }
        self.end_block();
    }

    /// The marker of a piece that is known at the end.
    fn late(&mut self, piece: Late) -> String {
        self.late.push(piece);
        format!("{LATE}{}{LATE}", self.late.len() - 1)
    }

    fn open_quote(&mut self, kind: Option<BlockQuoteKind>) {
        self.depth += 1;
        let Some(kind) = kind else { return self.open_container("blockquote", Kind::Flow, "<blockquote>\n") };
        let (class, title) = match kind {
            BlockQuoteKind::Note => ("note", self.words.alert_note),
            BlockQuoteKind::Tip => ("tip", self.words.alert_tip),
            BlockQuoteKind::Important => ("important", self.words.alert_important),
            BlockQuoteKind::Warning => ("warning", self.words.alert_warning),
            BlockQuoteKind::Caution => ("caution", self.words.alert_caution),
        };
        self.open_container(
            "div",
            Kind::Flow,
            &format!("<div class=\"alert alert-{class}\" role=\"note\">\n<p class=\"alert__title\">{title}</p>\n"),
        );
    }

    fn open_code(&mut self, kind: &CodeBlockKind) {
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split([' ', ',', '{']).next().unwrap_or_default().to_owned(),
            CodeBlockKind::Indented => String::new(),
        };
        let plain =
            !language.is_empty() && language.len() <= 32 && language.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+#-_.".contains(&byte));
        let class = if plain { format!(" class=\"language-{language}\"") } else { String::new() };
        self.open_container("pre", Kind::Line, &format!("<pre><code{class}>"));
        if self.containers.last().is_some_and(Option::is_some) {
            self.builder.close_with("</code></pre>\n".to_owned());
        }
        self.in_code = true;
    }

    fn open_list(&mut self, first: Option<u64>) {
        self.depth += 1;
        match first {
            None => self.open_container("ul", Kind::List, "<ul>\n"),
            Some(1) => self.open_container("ol", Kind::List, "<ol>\n"),
            Some(number) => self.open_container("ol", Kind::List, &format!("<ol start=\"{number}\">\n")),
        }
    }

    fn task(&mut self, done: bool) {
        self.builder.text_place();
        let (checked, label) = if done { (" checked", self.words.done) } else { ("", self.words.open) };
        let _ = write!(self.builder.out(), "<input type=\"checkbox\" disabled{checked} aria-label=\"{label}\"> ");
    }

    // Tables.

    fn open_table(&mut self, alignments: Vec<Alignment>) {
        self.tables += 1;
        let number = if self.tables > 1 { format!(" {}", self.tables) } else { String::new() };
        let frame = format!("<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"{}{number}\">\n", self.words.table);
        self.open_container("div", Kind::Flow, &frame);
        self.open_container("table", Kind::Table, "<table>\n");
        self.alignments = alignments;
        self.column = 0;
    }

    fn open_cell(&mut self) {
        let width = self.alignments.len().max(1);
        let class = match self.alignments.get(self.column % width) {
            Some(Alignment::Right) => " class=\"right\"",
            Some(Alignment::Center) => " class=\"center\"",
            _ => "",
        };
        if self.in_head {
            self.open_container("th", Kind::Item, &format!("<th scope=\"col\"{class}>"));
        } else {
            self.open_container("td", Kind::Item, &format!("<td{class}>"));
        }
    }

    // Footnotes.

    fn open_note(&mut self, label: Box<str>) {
        self.begin_line();
        self.builder.block_place();
        self.containers.push(Some(self.builder.level()));
        self.builder.begin_apart();
        self.builder.open_block("note", Kind::Item, By::Markdown, "");
        self.builder.close_with(String::new());
        self.note_at.push(label);
    }

    fn close_note(&mut self) {
        self.close_container();
        let html = self.builder.end_apart();
        if let Some(label) = self.note_at.pop() {
            self.notes.entry(label).or_default().html.push_str(&html);
        }
    }

    fn reference(&mut self, label: &str) {
        self.flush_break('1');
        self.builder.text_place();
        let note = self.notes.entry(label.into()).or_default();
        let number = *note.number.get_or_insert_with(|| {
            self.note_order.push(label.into());
            self.note_order.len()
        });
        note.references += 1;
        let again = if note.references > 1 { format!("-{}", note.references) } else { String::new() };
        let word = self.words.note;
        let link = if self.builder.is_inside("a") {
            format!("<sup>{number}</sup>")
        } else {
            format!(
                "<sup id=\"fnref-{number}{again}\"><a href=\"#fn-{number}\" role=\"doc-noteref\" aria-label=\"{word} {number}\">{number}</a></sup>"
            )
        };
        self.builder.out().push_str(&link);
        self.last = Some('1');
        self.lone_picture = None;
    }

    /// The notes in the order of their first reference, then those that nobody refers to.
    fn notes_html(&mut self) -> String {
        let unused: Vec<Box<str>> =
            self.notes.iter().filter(|(_, note)| note.number.is_none() && !note.html.trim().is_empty()).map(|(label, _)| label.clone()).collect();
        self.note_order.extend(unused);
        if self.note_order.is_empty() {
            return String::new();
        }
        let mut out = format!("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"{}\">\n<ol>\n", self.words.notes);
        for (number, label) in (1..).zip(&self.note_order) {
            let Some(note) = self.notes.get(label) else { continue };
            let _ = write!(out, "<li id=\"fn-{number}\">{}", note.html.trim_end());
            for reference in 1..=note.references {
                let again = if reference > 1 { format!("-{reference}") } else { String::new() };
                let _ =
                    write!(out, " <a href=\"#fnref-{number}{again}\" role=\"doc-backlink\" aria-label=\"{} {number}{again}\">↩</a>", self.words.back);
            }
            out.push_str("</li>\n");
        }
        out + "</ol>\n</section>\n"
    }

    // Phrases.

    fn open_phrase(&mut self, name: &'static str, tag: &str) {
        if self.image.is_none() {
            self.builder.open_phrase(name, By::Markdown, tag);
        }
    }

    fn close_phrase(&mut self, name: &str) {
        if self.image.is_none() {
            self.builder.close_phrase(name, By::Markdown);
        }
    }

    fn open_strike(&mut self, range: &Range<usize>) {
        let double = self.source.is_double_tilde(range);
        self.strikes.push(double);
        if double { self.open_phrase("del", "<del>") } else { self.text("~") }
    }

    fn close_strike(&mut self) {
        if self.strikes.pop().unwrap_or(true) { self.close_phrase("del") } else { self.text("~") }
    }

    /// Opens the element of a link. False where it leads nowhere or would stand inside another: then its text stands bare.
    pub(super) fn open_link(&mut self, target: &str, title: &str, by: By) -> bool {
        if self.image.is_some() || self.builder.is_inside("a") || self.builder.is_inside("summary") {
            return false;
        }
        let title = if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escape(&line_text(title))) };
        let opening = match classify(target) {
            Address::Out(href) => format!("<a href=\"{}\" rel=\"noopener\"{title}>", escape(&href)),
            Address::Inside(target) => match self.world.link(target) {
                Some(href) => format!("<a href=\"{}\"{title}>", escape(&href)),
                None => return false,
            },
            Address::Anchor(anchor) => {
                self.open_anchor(anchor, by);
                return true;
            }
            Address::None => return false,
        };
        self.builder.open_phrase("a", by, &opening);
        true
    }

    /// A link to a heading of this text, which may come only later.
    fn open_anchor(&mut self, anchor: &str, by: By) {
        let opening = self.late(Late::AnchorOpen(anchor.into()));
        let number = self.late.len() - 1;
        self.builder.open_phrase("a", by, &opening);
        let closing = self.late(Late::AnchorClose(number));
        self.builder.close_with(closing);
    }

    // Text.

    pub(super) fn text(&mut self, text: &str) {
        if self.swallowing.is_some() {
            return;
        }
        if let Some(line) = &mut self.sentinel {
            line.push_str(text);
        } else if let Some(image) = &mut self.image {
            image.alt.push_str(text);
        } else if self.in_code {
            let out = self.builder.out();
            push_marked(out, text, self.lang);
        } else if self.at_line_start && text.starts_with(BLOCK_MARK) && self.builder.line_start().is_some() {
            self.sentinel = Some(text.to_owned());
        } else {
            self.prose(text);
        }
    }

    /// Running text: the full-width spaces of a first line go, directives and bare addresses are seen.
    fn prose(&mut self, text: &str) {
        let text = if self.at_line_start { text.trim_start_matches(['\u{3000}', '\u{A0}', '\u{2003}', ' ']) } else { text };
        let Some(first) = text.chars().next() else { return };
        self.flush_break(first);
        self.at_line_start = false;
        self.lone_picture = None;
        self.builder.text_place();
        let mut at = 0;
        for found in directive::find(text) {
            self.plain(&text[at..found.range.start]);
            self.directive(&found, &text[found.range.clone()]);
            at = found.range.end;
        }
        self.plain(&text[at..]);
        self.last = text.chars().next_back();
    }

    /// Text without directives.
    fn plain(&mut self, text: &str) {
        if self.heading.is_some() {
            self.heading_text.push_str(&line_text(text));
        }
        let mut at = 0;
        let bare = if self.builder.is_inside("a") || self.builder.is_inside("summary") { Vec::new() } else { linkify::find(text) };
        for found in bare {
            let out = self.builder.out();
            push_marked(out, &text[at..found.range.start], self.lang);
            let _ = write!(out, "<a href=\"{}\" rel=\"noopener\">{}</a>", escape(&found.href), escape(&text[found.range.clone()]));
            at = found.range.end;
        }
        push_marked(self.builder.out(), &text[at..], self.lang);
    }

    fn code(&mut self, code: &str) {
        if self.swallowing.is_some() {
            return;
        }
        if let Some(image) = &mut self.image {
            return image.alt.push_str(code);
        }
        if let Some(first) = code.chars().next() {
            self.flush_break(first);
        }
        if self.heading.is_some() {
            self.heading_text.push_str(&line_text(code));
        }
        self.builder.open_phrase("code", By::Markdown, "<code>");
        push_marked(self.builder.out(), code, self.lang);
        self.builder.close_phrase("code", By::Markdown);
        self.last = code.chars().next_back();
        self.at_line_start = false;
        self.lone_picture = None;
    }

    pub(super) fn soft_break(&mut self) {
        if let Some(image) = &mut self.image {
            image.alt.push(' ');
        } else if let Some(line) = &mut self.sentinel {
            line.push(' ');
        } else if self.swallowing.is_none() {
            self.builder.await_break();
            self.at_line_start = true;
        }
    }

    fn hard_break(&mut self) {
        if self.image.is_some() || self.swallowing.is_some() {
            return;
        }
        if self.heading.is_some() {
            self.heading_text.push(' ');
        }
        self.builder.forget_break();
        self.builder.text_place();
        self.builder.out().push_str("<br>\n");
        self.at_line_start = true;
        self.last = None;
    }

    /// Decides about a waiting line break: between Chinese it is nothing, else the space that it stands for.
    fn flush_break(&mut self, next: char) {
        let Some(at) = self.builder.take_break() else { return };
        let Some(last) = self.last else { return };
        if joins(last, next, self.lang) {
            return;
        }
        if self.heading.is_some() {
            self.heading_text.push(' ');
        }
        // Tags opened in between stay behind it.
        self.builder.put_break(at);
    }

    fn directive(&mut self, found: &directive::Directive, written: &str) {
        let out_text = match found.kind {
            DirectiveKind::Fact => self.fact(found.id),
            DirectiveKind::Term => self.term(found.id, found.shown),
            DirectiveKind::Person => {
                let name = self.world.person(found.id).unwrap_or_else(|| self.words.person.to_owned());
                let html = escape(&name);
                Some((name, html))
            }
        };
        match out_text {
            Some((text, html)) => {
                if self.heading.is_some() {
                    self.heading_text.push_str(&text);
                }
                self.builder.out().push_str(&html);
            }
            // An id that nobody knows is a finding; the page shows what was written.
            None => self.plain(written),
        }
    }

    /// A figure as plain text and as HTML.
    fn fact(&mut self, id: &str) -> Option<(String, String)> {
        let fact = self.world.fact(id)?;
        if !self.facts.iter().any(|known| **known == *id) {
            self.facts.push(id.into());
        }
        let html = format!("<data class=\"fact\" value=\"{}\" title=\"{}\">{}</data>", escape(&fact.value), escape(&fact.note), escape(&fact.text));
        Some((fact.text, html))
    }

    fn term(&mut self, id: &str, shown: Option<&str>) -> Option<(String, String)> {
        let term = self.world.term(id)?;
        let text = shown.map_or(term.name, line_text);
        let title = term.note.map_or_else(String::new, |note| format!(" title=\"{}\"", escape(&note)));
        let inside = self.builder.is_inside("a") || self.builder.is_inside("summary");
        let html = match term.href.filter(|_| !inside) {
            Some(href) => format!("<a class=\"term\" href=\"{}\"{title}>{}</a>", escape(&href), escape(&text)),
            None => format!("<span class=\"term\"{title}>{}</span>", escape(&text)),
        };
        Some((text, html))
    }

    // Pictures.

    fn picture(&mut self) {
        let Some(image) = self.image.take().filter(|_| self.swallowing.is_none()) else { return };
        self.put_picture(&image.target, &image.alt, &image.caption);
    }

    /// A picture, or what stands for it: a link to a remote one, the words of a missing one.
    pub(super) fn put_picture(&mut self, target: &str, alt: &str, caption: &str) {
        let spoken = self.spoken(alt);
        if self.heading.is_some() {
            self.heading_text.push_str(&spoken);
        }
        self.flush_break('a');
        let alone = self.builder.line_start().is_some_and(|(_, content)| content == self.builder.position());
        let made = match classify(target) {
            Address::Inside(target) => self.world.picture(target).map(|picture| {
                format!(
                    "<img src=\"{}\" alt=\"{}\" width=\"{}\" height=\"{}\" loading=\"lazy\" decoding=\"async\">",
                    escape(&picture.src),
                    escape(&spoken),
                    picture.width,
                    picture.height
                )
            }),
            Address::Out(href) if !self.builder.is_inside("a") && !self.builder.is_inside("summary") => {
                let mut text = String::new();
                push_marked(&mut text, if alt.trim().is_empty() { self.words.picture } else { alt.trim() }, self.lang);
                Some(format!("<a class=\"remote-picture\" href=\"{}\" rel=\"noopener\">{text}</a>", escape(&href)))
            }
            _ => None,
        };
        self.builder.text_place();
        match made {
            Some(html) => {
                self.lone_picture = (alone && html.starts_with("<img")).then(|| caption.to_owned());
                self.builder.out().push_str(&html);
            }
            None => {
                self.lone_picture = None;
                push_marked(self.builder.out(), alt.trim(), self.lang);
            }
        }
        self.at_line_start = false;
        self.last = Some('a');
    }

    /// A text as attributes carry it: a withheld run in words.
    fn spoken(&self, text: &str) -> String {
        let bar = format!("[{}]", self.words.withheld);
        text.trim().replace(BAR, &bar).chars().filter(|c| !is_mark(*c) && !c.is_control()).collect()
    }

    // Directive blocks.

    /// Opens or closes a block that was marked on the source text.
    fn directive_block(&mut self, line: &str) {
        let mut parts = line.split(BLOCK_MARK);
        let name = parts.nth(1).unwrap_or_default().trim();
        let title = parts.next().unwrap_or_default().trim().to_owned();
        if let Some(closing) = name.strip_prefix('/') {
            let container = self.containers.iter().rev().flatten().next();
            // A block that was opened outside of this quotation or list ends with what it was opened in.
            let open = self.blocks.iter().rposition(|(name, level)| name == closing && container.is_none_or(|container| level > container));
            if let Some(at) = open {
                let (_, level) = self.blocks[at];
                self.blocks.truncate(at);
                self.builder.close_to(level);
            }
            return;
        }
        let (element, opening, closing) = self.block_tags(name, &title);
        let level = self.builder.open_block(element, Kind::Flow, By::Markdown, &opening);
        self.builder.close_with(closing);
        self.blocks.push((name.to_owned(), level));
    }

    fn block_tags(&self, name: &str, title: &str) -> (&'static str, String, String) {
        let mut shown = String::new();
        push_marked(&mut shown, title, self.lang);
        match name {
            "internal" => ("div", format!("<div class=\"internal\" role=\"group\" aria-label=\"{}\">\n", self.words.internal), "</div>\n".to_owned()),
            "quote" => {
                let source = if shown.is_empty() { String::new() } else { format!("<footer><cite>{shown}</cite></footer>\n") };
                ("blockquote", "<blockquote class=\"quote\">\n".to_owned(), format!("{source}</blockquote>\n"))
            }
            _ => {
                let heading = if shown.is_empty() { String::new() } else { format!("<p class=\"note__title\">{shown}</p>\n") };
                ("div", format!("<div class=\"note\" role=\"note\">\n{heading}"), "</div>\n".to_owned())
            }
        }
    }

    // The end.

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

/// Whether two characters at a line break stand together: both Chinese, or one of them a sign that Chinese shares with Latin.
fn joins(last: char, next: char, lang: Lang) -> bool {
    let shared = |c: char| matches!(c, '“' | '”' | '‘' | '’' | '—' | '…' | '·');
    match (is_wide(last), is_wide(next)) {
        (true, true) => true,
        (true, false) => shared(next),
        (false, true) => shared(last),
        (false, false) => lang == Lang::Zh && shared(last) && shared(next),
    }
}

/// Puts headings and links to them in the places that were kept for them.
fn fill_late(html: &str, late: &[Late], outline: &[Heading]) -> String {
    let mut out = String::with_capacity(html.len() + late.len() * 24);
    let mut parts = html.split(LATE);
    out.push_str(parts.next().unwrap_or_default());
    while let (Some(number), Some(text)) = (parts.next(), parts.next()) {
        let piece = number.parse::<usize>().ok().and_then(|number| late.get(number));
        match piece {
            Some(Late::HeadingOpen(at)) => {
                if let Some(heading) = outline.get(*at) {
                    let _ = write!(out, "<h{} id=\"{}\">", heading.level, heading.id);
                }
            }
            Some(Late::HeadingClose(at)) => {
                if let Some(heading) = outline.get(*at) {
                    let _ = write!(out, "</h{}>", heading.level);
                }
            }
            Some(Late::AnchorOpen(anchor)) => {
                if let Some(heading) = find_anchor(outline, anchor) {
                    out.push_str("<a href=\"#");
                    escape_into(&mut out, &heading.id);
                    out.push_str("\">");
                }
            }
            Some(Late::AnchorClose(opened)) => {
                if let Some(Late::AnchorOpen(anchor)) = late.get(*opened)
                    && find_anchor(outline, anchor).is_some()
                {
                    out.push_str("</a>");
                }
            }
            None => {}
        }
        out.push_str(text);
    }
    out
}
