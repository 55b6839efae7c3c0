//! Footnotes: numbered by their first reference, printed at the end of the text.

use super::Renderer;
use crate::markdown::builder::{By, Kind};
use std::fmt::Write as _;

impl Renderer<'_> {
    pub(super) fn open_note(&mut self, label: Box<str>) {
        self.begin_line();
        self.builder.block_place();
        self.containers.push(Some(self.builder.level()));
        self.builder.begin_apart();
        self.builder.open_block("note", Kind::Item, By::Markdown, "");
        self.builder.close_with(String::new());
        self.note_at.push(label);
    }

    pub(super) fn close_note(&mut self) {
        self.close_container();
        let html = self.builder.end_apart();
        if let Some(label) = self.note_at.pop() {
            self.notes.entry(label).or_default().html.push_str(&html);
        }
    }

    pub(super) fn reference(&mut self, label: &str) {
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
        let link = if self.builder.is_in_link() {
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
    pub(super) fn notes_html(&mut self) -> String {
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
}
