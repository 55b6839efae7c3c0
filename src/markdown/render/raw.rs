//! Tags of raw HTML on their way to the builder: kept by the allow-list, dropped otherwise.

use super::Renderer;
use crate::markdown::builder::{By, Kind};
use crate::markdown::grid::Cell;
use crate::markdown::html::{self, Piece, Policy};
use crate::markdown::line::line_text;

impl Renderer<'_> {
    /// Takes a block of HTML or a single tag.
    pub(super) fn raw(&mut self, raw: &str) {
        for (piece, _) in html::pieces(raw) {
            if html::is_swallowed(&mut self.swallowing, &piece) {
                continue;
            }
            match piece {
                Piece::Text(text) => self.raw_text(text),
                Piece::Open { name, attributes, closed } => self.raw_open(&name, &attributes, closed),
                Piece::Close { name } => self.raw_close(&name),
            }
        }
    }

    /// Text between tags: its lines are joined as those of a paragraph are.
    fn raw_text(&mut self, text: &str) {
        let text = html::unescape(text);
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                self.soft_break();
            }
            // Space between blocks means nothing, inside of a line it parts words.
            if !line.trim().is_empty() || !line.is_empty() && self.builder.is_in_line() {
                self.text(line);
            }
        }
    }

    fn raw_open(&mut self, name: &str, attributes: &[(String, String)], closed: bool) {
        let attribute = |key: &str| attributes.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str());
        let span = |key: &str| attribute(key).and_then(|value| value.trim().parse::<usize>().ok()).unwrap_or(1);
        let policy = self.policy(name);
        match policy {
            Policy::Phrase(tag) => self.raw_phrase(tag, attribute("title")),
            Policy::Void(tag) => {
                self.builder.text_place();
                self.builder.out().push_str(&format!("<{tag}>"));
            }
            Policy::Rule => {
                self.builder.block_place();
                self.builder.out().push_str("<hr>\n");
            }
            // Without an address it is a place to link to and no link.
            Policy::Link => {
                self.open_link(attribute("href").unwrap_or_default(), "", By::Raw);
            }
            Policy::Picture => {
                let (target, alt) = (attribute("src").unwrap_or_default(), attribute("alt").unwrap_or_default());
                self.put_picture(target, alt, "");
            }
            Policy::Details => self.open_details(),
            Policy::Summary => self.open_summary(),
            Policy::Break => self.builder.end_line(),
            Policy::Structure("table") => self.builder.open_grid(),
            Policy::Structure("tbody") => self.builder.open_section(),
            Policy::Structure("tr") => self.builder.open_row(),
            Policy::Structure(tag @ ("td" | "th")) => {
                let cell = Cell { columns: span("colspan"), rows: span("rowspan"), ..Cell::default() };
                self.builder.open_cell(tag, cell);
            }
            Policy::Structure("li") => self.builder.open_item(),
            Policy::Structure(list) => self.builder.open_list(list),
            Policy::Drop => {}
            Policy::Swallow => {
                if !closed && !html::is_swallowed_void(name) {
                    self.swallowing = Some(name.to_owned());
                }
            }
        }
    }

    fn raw_phrase(&mut self, tag: &'static str, title: Option<&str>) {
        // Ruby does not nest, and its parts stand only in it.
        let misplaced = match tag {
            "ruby" => self.builder.is_inside("ruby"),
            "rt" | "rp" => !self.builder.is_inside("ruby"),
            _ => false,
        };
        if misplaced {
            return;
        }
        let opening = match title.filter(|title| tag == "abbr" && !title.trim().is_empty()) {
            Some(title) => format!("<{tag} title=\"{}\">", crate::text::escape(&line_text(title))),
            None => format!("<{tag}>"),
        };
        self.builder.open_phrase(tag, By::Raw, &opening);
    }

    /// What happens to a tag here: a heading stays one line, and a block ends the line before it.
    fn policy(&mut self, name: &str) -> Policy {
        let policy = html::policy(name);
        let inline = matches!(policy, Policy::Phrase(_) | Policy::Void(_) | Policy::Link | Policy::Picture | Policy::Drop | Policy::Swallow);
        if inline {
            return policy;
        }
        if self.heading.is_some() {
            return Policy::Drop;
        }
        self.begin_line();
        policy
    }

    fn raw_close(&mut self, name: &str) {
        match self.policy(name) {
            Policy::Phrase(tag) => {
                self.builder.close_phrase(tag, By::Raw);
            }
            Policy::Link => {
                self.builder.close_phrase("a", By::Raw);
            }
            Policy::Details => self.builder.close_raw(&["details"]),
            Policy::Summary => self.builder.close_raw(&["summary"]),
            Policy::Break => self.builder.end_line(),
            Policy::Structure("table") => self.builder.close_raw(&["grid"]),
            Policy::Structure("tr") => self.builder.close_raw(&["row"]),
            Policy::Structure("td" | "th") => self.builder.close_raw(&["cell"]),
            Policy::Structure("li") => self.builder.close_raw(&["li"]),
            Policy::Structure("ul") => self.builder.close_raw(&["ul"]),
            Policy::Structure("ol") => self.builder.close_raw(&["ol"]),
            Policy::Structure(_) | Policy::Void(_) | Policy::Rule | Policy::Picture | Policy::Drop | Policy::Swallow => {}
        }
    }

    /// `details` must begin with its label; where the author gives none, the first thing inside brings a plain one.
    fn open_details(&mut self) {
        self.builder.open_block("details", Kind::Flow, By::Raw, "<details>\n");
        self.builder.await_summary(self.words.details);
    }

    fn open_summary(&mut self) {
        if self.builder.takes_summary() {
            self.builder.open_block("summary", Kind::Line, By::Raw, "<summary>");
        } else {
            self.builder.end_line();
        }
    }
}
