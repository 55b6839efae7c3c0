//! Running text: emphasis, links, figures, terms, line breaks.

use super::Renderer;
use super::late::Late;
use crate::lang::Lang;
use crate::markdown::address::{Address, Out, classify};
use crate::markdown::builder::By;
use crate::markdown::closing::BLOCK_MARK;
use crate::markdown::line::{line_text, push_marked};
use crate::markdown::{directive, linkify};
use crate::model::body::DirectiveKind;
use crate::text::{escape, escape_into, is_wide};
use std::fmt::Write as _;
use std::ops::Range;

impl Renderer<'_> {
    // Phrases.

    pub(super) fn open_phrase(&mut self, name: &'static str, tag: &str) {
        if self.image.is_none() {
            self.builder.open_phrase(name, By::Markdown, tag);
        }
    }

    pub(super) fn close_phrase(&mut self, name: &str) {
        if self.image.is_none() {
            self.builder.close_phrase(name, By::Markdown);
        }
    }

    pub(super) fn open_strike(&mut self, range: &Range<usize>) {
        let double = self.source.is_double_tilde(range);
        self.strikes.push(double);
        if double { self.open_phrase("del", "<del>") } else { self.text("~") }
    }

    pub(super) fn close_strike(&mut self) {
        if self.strikes.pop().unwrap_or(true) { self.close_phrase("del") } else { self.text("~") }
    }

    /// Opens the element of a link. False where it leads nowhere or would stand inside another: then its text stands bare.
    pub(super) fn open_link(&mut self, target: &str, title: &str, by: By) -> bool {
        if self.image.is_some() || self.builder.is_in_link() {
            return false;
        }
        let mut opening = String::from("<a href=\"");
        match classify(target) {
            Address::Out(address) if !self.world.may_lead_out(&address.to_string()) => return false,
            Address::Out(address) => {
                push_href(&mut opening, &address);
                opening.push_str("\" rel=\"noopener\"");
            }
            Address::Inside(target) => match self.world.link(target) {
                Some(href) => {
                    escape_into(&mut opening, &href);
                    opening.push('"');
                }
                None => return false,
            },
            Address::Anchor(anchor) => {
                self.open_anchor(anchor, by);
                return true;
            }
            Address::None => return false,
        }
        if !title.is_empty() {
            opening.push_str(" title=\"");
            escape_into(&mut opening, &line_text(title));
            opening.push('"');
        }
        opening.push('>');
        self.builder.open_phrase("a", by, &opening);
        true
    }

    /// A link to a heading of this text, which may come only later.
    pub(super) fn open_anchor(&mut self, anchor: &str, by: By) {
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
    pub(super) fn prose(&mut self, text: &str) {
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
    pub(super) fn plain(&mut self, text: &str) {
        if self.heading.is_some() {
            self.heading_text.push_str(&line_text(text));
        }
        let links = !self.builder.is_in_link();
        let out = self.builder.out();
        let mut at = 0;
        while let Some(found) = linkify::next(text, at).filter(|_| links) {
            if !self.world.may_lead_out(&found.href) {
                push_marked(out, &text[at..found.range.end], self.lang);
                at = found.range.end;
                continue;
            }
            push_marked(out, &text[at..found.range.start], self.lang);
            let _ = write!(out, "<a href=\"{}\" rel=\"noopener\">{}</a>", escape(&found.href), escape(&text[found.range.clone()]));
            at = found.range.end;
        }
        push_marked(out, &text[at..], self.lang);
    }

    pub(super) fn code(&mut self, code: &str) {
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

    pub(super) fn hard_break(&mut self) {
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
    pub(super) fn flush_break(&mut self, next: char) {
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

    pub(super) fn directive(&mut self, found: &directive::Directive, written: &str) {
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
    pub(super) fn fact(&mut self, id: &str) -> Option<(String, String)> {
        let fact = self.world.fact(id)?;
        if !self.facts.iter().any(|known| **known == *id) {
            self.facts.push(id.into());
        }
        let html = format!("<data class=\"fact\" value=\"{}\" title=\"{}\">{}</data>", escape(&fact.value), escape(&fact.note), escape(&fact.text));
        Some((fact.text, html))
    }

    pub(super) fn term(&mut self, id: &str, shown: Option<&str>) -> Option<(String, String)> {
        let term = self.world.term(id)?;
        let text = shown.map_or(term.name, line_text);
        let title = term.note.map_or_else(String::new, |note| format!(" title=\"{}\"", escape(&note)));
        let inside = self.builder.is_in_link();
        let html = match term.href.filter(|_| !inside) {
            Some(href) => format!("<a class=\"term\" href=\"{}\"{title}>{}</a>", escape(&href), escape(&text)),
            None => format!("<span class=\"term\"{title}>{}</span>", escape(&text)),
        };
        Some((text, html))
    }
}

/// An address that leads out, for an attribute in double quotes; cleaned, the only sign in it that HTML escapes is `&`.
fn push_href(out: &mut String, address: &Out) {
    let mut cleaned = String::new();
    address.push_to(&mut cleaned);
    escape_into(out, &cleaned);
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
