//! What is known only when the whole text was read: the levels and anchors of headings, and links to them.

use crate::markdown::builder::LATE;
use crate::model::body::{Heading, find_anchor};
use crate::text::escape_into;
use std::fmt::Write as _;

/// What is known only at the end.
pub(super) enum Late {
    HeadingOpen(usize),
    HeadingClose(usize),
    AnchorOpen(Box<str>),
    /// Closes the anchor of that number.
    AnchorClose(usize),
}

/// Puts headings and links to them in the places that were kept for them.
pub(super) fn fill_late(html: &str, late: &[Late], outline: &[Heading]) -> String {
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
