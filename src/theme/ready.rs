//! Long pieces of finished HTML do not travel through the template engine, which would copy each several times: a view holds
//! one sign for the piece, and the piece is put in when the page is done. To a template it looks like any other text.

use crate::text::{find_unprintable, is_mark};
use serde::{Serialize, Serializer};

/// The sign of [`Ready::Header`]; the others follow. No text of an author holds such characters.
const FIRST: u32 = 0xFDD8;

/// The place of a finished piece in a view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ready {
    /// What stands inside the page's header.
    Header,
    /// What stands inside its footer.
    Footer,
    /// The text of a record.
    Body,
    /// What the page's head tells machines.
    Head,
}

impl Serialize for Ready {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_char(char::from_u32(FIRST + *self as u32).unwrap_or_default())
    }
}

/// The finished pieces of one page.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReadyHtml<'a> {
    /// For [`Ready::Header`].
    pub header: &'a str,
    /// For [`Ready::Footer`].
    pub footer: &'a str,
    /// For [`Ready::Body`].
    pub body: &'a str,
    /// For [`Ready::Head`].
    pub head: &'a str,
}

impl ReadyHtml<'_> {
    fn piece(&self, sign: char) -> &str {
        match u32::from(sign).checked_sub(FIRST) {
            Some(0) => self.header,
            Some(1) => self.footer,
            Some(2) => self.body,
            Some(3) => self.head,
            _ => "",
        }
    }

    /// Puts the pieces in. Signs for which there is none vanish.
    pub(super) fn fill(&self, page: String) -> String {
        let Some(first) = find_unprintable(&page, 0) else { return page };
        let mut out = String::with_capacity(page.len() + self.header.len() + self.footer.len() + self.body.len() + self.head.len());
        let (mut at, mut next) = (0, Some(first));
        while let Some((place, sign)) = next {
            out.push_str(&page[at..place]);
            at = place + sign.len_utf8();
            if is_mark(sign) {
                out.push_str(self.piece(sign));
            } else {
                out.push(sign);
            }
            next = find_unprintable(&page, at);
        }
        out.push_str(&page[at..]);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_go_in_where_their_signs_stand_and_signs_without_a_piece_vanish() {
        let ready = ReadyHtml { header: "<h>", footer: "", body: "正文", head: "" };
        assert_eq!(ready.fill("a\u{FDD8}b\u{FDD9}c\u{FDDA}\u{FDDF}\r".into()), "a<h>bc正文\r");
        assert_eq!(ready.fill("平文".into()), "平文");
    }
}
