//! Blocks: paragraphs, headings, lists, quotations, code, tables, and the blocks of directives.

use super::Renderer;
use super::late::Late;
use super::picture::{Lone, push_caption};
use crate::markdown::builder::{By, Kind, LATE};
use crate::markdown::closing::{BLOCK_MARK, GALLERY, PAIR};
use crate::markdown::line::push_marked;
use crate::markdown::outline::RawHeading;
use crate::markdown::parser::DEPTH_MAX;
use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, HeadingLevel};
use std::fmt::Write as _;

impl Renderer<'_> {
    /// Forgets what belongs to the line before.
    pub(super) fn begin_line(&mut self) {
        self.builder.forget_break();
        self.last = None;
        self.at_line_start = true;
        self.swallowing = None;
    }

    pub(super) fn open_line(&mut self, name: &'static str, tag: &str) {
        self.begin_line();
        self.lone_picture = None;
        self.builder.open_block(name, Kind::Line, By::Markdown, tag);
    }

    /// Ends whatever line is open; raw tags may have ended the paragraph that the parser meant already.
    pub(super) fn end_block(&mut self) {
        self.begin_line();
        self.builder.end_line();
    }

    pub(super) fn open_container(&mut self, name: &'static str, kind: Kind, tag: &str) {
        self.begin_line();
        if self.depth > DEPTH_MAX {
            // Its element is not made, but what it holds begins a line of its own.
            self.builder.end_line();
            self.containers.push(None);
            return;
        }
        let level = self.builder.open_block(name, kind, By::Markdown, tag);
        self.containers.push(Some(level));
    }

    pub(super) fn close_container(&mut self) {
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

    pub(super) fn close_paragraph(&mut self) {
        self.builder.end_phrases();
        if let Some(line) = self.sentinel.take() {
            self.builder.dissolve_line();
            self.directive_block(&line);
        } else if let Some(lone) = self.lone_picture.take() {
            self.close_figure(&lone);
        }
        self.end_block();
    }

    /// A picture alone in its paragraph is a figure.
    fn close_figure(&mut self, lone: &Lone) {
        if self.builder.line_start().is_none() {
            return;
        }
        let Some(picture) = self.builder.dissolve_line() else { return };
        let out = self.builder.out();
        out.push_str("<figure>");
        out.push_str(&picture);
        push_caption(out, None, &lone.caption, &lone.said, self.lang);
        out.push_str("</figure>\n");
    }

    pub(super) fn open_heading(&mut self, level: HeadingLevel, id: Option<Box<str>>) {
        let opening = self.late(Late::HeadingOpen(self.headings.len()));
        self.begin_line();
        self.builder.open_block("h", Kind::Line, By::Markdown, &opening);
        self.heading = Some((level as u8, id));
        self.heading_text.clear();
    }

    pub(super) fn close_heading(&mut self) {
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
    pub(super) fn late(&mut self, piece: Late) -> String {
        self.late.push(piece);
        format!("{LATE}{}{LATE}", self.late.len() - 1)
    }

    pub(super) fn open_quote(&mut self, kind: Option<BlockQuoteKind>) {
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

    pub(super) fn open_code(&mut self, kind: &CodeBlockKind) {
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

    pub(super) fn open_list(&mut self, first: Option<u64>) {
        self.depth += 1;
        match first {
            None => self.open_container("ul", Kind::List, "<ul>\n"),
            Some(1) => self.open_container("ol", Kind::List, "<ol>\n"),
            Some(number) => self.open_container("ol", Kind::List, &format!("<ol start=\"{number}\">\n")),
        }
    }

    pub(super) fn task(&mut self, done: bool) {
        self.builder.text_place();
        let (checked, label) = if done { (" checked", self.words.done) } else { ("", self.words.open) };
        let _ = write!(self.builder.out(), "<input type=\"checkbox\" disabled{checked} aria-label=\"{label}\"> ");
    }

    pub(super) fn open_table(&mut self, alignments: Vec<Alignment>) {
        self.tables += 1;
        let number = if self.tables > 1 { format!(" {}", self.tables) } else { String::new() };
        let frame = format!("<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"{}{number}\">\n", self.words.table);
        self.open_container("div", Kind::Flow, &frame);
        self.open_container("table", Kind::Table, "<table>\n");
        self.alignments = alignments;
        self.column = 0;
    }

    pub(super) fn open_cell(&mut self) {
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

    // Blocks of directives.

    /// Opens or closes a block that was marked on the source text.
    pub(super) fn directive_block(&mut self, line: &str) {
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
        self.in_pair = 0;
        self.blocks.push((name.to_owned(), level));
    }

    pub(super) fn block_tags(&self, name: &str, title: &str) -> (&'static str, String, String) {
        if [GALLERY, PAIR].contains(&name) {
            return self.gallery_tags(name, title);
        }
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
}
