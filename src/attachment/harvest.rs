//! What is gathered while a file is read: the one place where pieces, pictures and gaps are added, and limits are kept.

use super::limits::{Budget, Limits};
use super::{Contents, Embedded, Format, Piece, Place, Reason, Refused, Remark, Unread, escape};

#[derive(Debug)]
pub(super) struct Harvest {
    pub(super) budget: Budget,
    pieces: Vec<Piece>,
    pictures: Vec<Embedded>,
    unread: Vec<Unread>,
    remarks: Vec<Remark>,
}

impl Harvest {
    pub(super) fn new(limits: &Limits) -> Harvest {
        Harvest { budget: Budget::new(limits), pieces: Vec::new(), pictures: Vec::new(), unread: Vec::new(), remarks: Vec::new() }
    }

    /// Adds a text; blank ones are left out.
    pub(super) fn piece(&mut self, place: Place, hidden: bool, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        if !self.budget.text(text.len()) {
            self.unread(Place::default(), Reason::Refused(Refused::Bomb));
            return;
        }
        if let Some(unescaped) = escape::unescape(text) {
            self.pieces.push(Piece { place: place.clone(), hidden, text: unescaped });
        }
        self.pieces.push(Piece { place, hidden, text: text.to_owned() });
    }

    pub(super) fn picture(&mut self, place: Place, bytes: &[u8]) {
        if self.budget.text(bytes.len()) {
            self.pictures.push(Embedded { place, bytes: bytes.to_vec() });
        } else {
            self.unread(Place::default(), Reason::Refused(Refused::Bomb));
        }
    }

    /// Adds a gap, each once.
    pub(super) fn unread(&mut self, place: Place, reason: Reason) {
        let unread = Unread { place, reason };
        // A hostile file can have as many gaps as bytes; the last few are enough to keep a repeated one out.
        if !self.unread.iter().rev().take(8).any(|known| *known == unread) {
            self.unread.push(unread);
        }
    }

    pub(super) fn remark(&mut self, remark: Remark) {
        if !self.remarks.iter().rev().take(8).any(|known| *known == remark) {
            self.remarks.push(remark);
        }
    }

    pub(super) fn finish(self, format: Format) -> Contents {
        Contents { format, pieces: self.pieces, pictures: self.pictures, unread: self.unread, remarks: self.remarks }
    }
}
