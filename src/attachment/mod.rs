//! What is inside a file that is handed out: every text in it, wherever it hides, and everything that could not be read.
//!
//! Before an attachment goes to the public its whole content is looked through for personal numbers and withheld values.
//! So the rule of this module is to fail closed: a part that is not known by name is read for its text all the same, and
//! what cannot be read whole is told as [`Unread`], which only a person's review can make good. Bytes in, values out; no
//! files, no clock. It judges nothing: what a text means is the caller's affair.

mod archive;
mod chain;
mod column;
mod compound;
mod date;
mod doc;
mod encoding;
mod escape;
mod flow;
mod format;
mod harvest;
mod html;
mod limits;
mod mark;
mod number;
mod ofd;
mod ole;
mod package;
mod parts;
mod pdf;
mod place;
mod plain;
mod property;
mod radical;
mod reason;
mod relation;
mod role;
mod rtf;
mod runs;
mod sheet;
mod span;
mod workbook;
mod xls;
mod xml;

#[cfg(test)]
mod tests;

pub use format::Format;
pub use limits::Limits;
pub use place::Place;
pub use reason::{Reason, Refused};

use harvest::Harvest;

/// All that a file holds, as far as it could be read.
#[derive(Debug)]
pub struct Contents {
    /// What the file is by its bytes.
    pub format: Format,
    /// Every text in it, joined over the runs of one paragraph, cell or line.
    pub pieces: Vec<Piece>,
    /// Pictures inside, as they are stored; their metadata is not looked at here.
    pub pictures: Vec<Embedded>,
    /// What could not be read. Empty means: read whole (the pixels of [`Contents::pictures`] aside).
    pub unread: Vec<Unread>,
    /// What a person should know though nothing is unread.
    pub remarks: Vec<Remark>,
}

impl Contents {
    /// Whether every byte that may carry text was read and no picture is inside: then no review is needed.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.unread.is_empty() && self.pictures.is_empty()
    }

    /// Why the file may not be handed out at all, reviewed or not; none if a review can make it good.
    #[must_use]
    pub fn refusal(&self) -> Option<(&Place, Refused)> {
        self.unread.iter().find_map(|unread| match unread.reason {
            Reason::Refused(refused) => Some((&unread.place, refused)),
            _ => None,
        })
    }
}

/// A text of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where it stands.
    pub place: Place,
    /// Whether a reader who just opens the file does not see it.
    pub hidden: bool,
    /// The text, not normalised. Numbers are written out in digits, `4.11523E+17` as `411523000000000000`. A piece of
    /// attributes, of elements without a known meaning or of a binary part holds one text a line: lines are to be looked
    /// through one by one.
    pub text: String,
}

/// A picture inside a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Embedded {
    /// Where it stands.
    pub place: Place,
    /// Its bytes as stored.
    pub bytes: Vec<u8>,
}

/// A part of a file that could not be read whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Which part.
    pub place: Place,
    /// Why.
    pub reason: Reason,
}

/// Something odd about a file that is no text and hides none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// The name of the file or entry says another format than its bytes.
    NameDisagrees {
        /// The file or entry.
        place: Place,
        /// The name as given.
        name: String,
        /// What the bytes are.
        format: Format,
    },
    /// An entry of an archive would be unpacked outside its folder (`../`, `/etc`, `C:\`).
    UnsafePath {
        /// The entry.
        place: Place,
        /// Its name as stored.
        name: String,
    },
    /// The file fetches something from elsewhere or links to it.
    ExternalLink {
        /// The part with the link.
        place: Place,
        /// The address.
        target: String,
    },
}

/// Reads a file whole, with everything that is packed inside of it.
///
/// The name is compared with the bytes and decides only between kinds of plain text (`.csv`). Never fails and never
/// panics: a damaged, encrypted or hostile file has [`Contents::unread`].
#[must_use]
pub fn open(name: &str, bytes: &[u8], limits: &Limits) -> Contents {
    let mut harvest = Harvest::new(limits);
    let format = format::read(name, bytes, &Place::default(), &mut harvest);
    harvest.finish(format)
}
