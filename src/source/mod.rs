//! The raw tree behind traits: what is read and what is written, without saying where. `disk` implements them; tests use memory.

mod decode;
pub mod memory;

pub use decode::{Decoded, decode};

use crate::diagnostic::{Code, Findings, Mark, Span};
use crate::digest::Sha;
use crate::path::OutPath;
use std::fmt;
use std::io;
use std::ops::Range;
use std::sync::Arc;

/// The largest text that is read.
pub const TEXT_MAX: u64 = 16 << 20;

/// A file of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Its path from the site's root, with `/`, in NFC: `content/cases/x.zh.md`.
    pub path: Arc<str>,
    /// Whether it comes from the second root, which holds closed material only.
    pub closed: bool,
}

/// The files under a folder.
#[derive(Debug, Default)]
pub struct Listing {
    /// Sorted by path.
    pub files: Vec<SourceFile>,
    /// What was not followed or could not be read.
    pub findings: Findings,
}

/// Why a file cannot be read.
#[derive(Debug)]
pub enum ReadFault {
    /// It is larger than its kind may be; the size in bytes.
    TooLarge(u64),
    /// It leads out of the root.
    Outside,
    /// The system says no.
    Io(io::Error),
}

impl fmt::Display for ReadFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadFault::TooLarge(size) => write!(f, "{} MB", size >> 20),
            ReadFault::Outside => f.write_str(".."),
            ReadFault::Io(error) => write!(f, "{error}"),
        }
    }
}

/// The bytes of a file that is too large to be held in memory.
pub trait Content: io::Read + io::Seek + Send {}

impl<T: io::Read + io::Seek + Send> Content for T {}

/// A tree that can be listed and read from many threads.
pub trait Read: Sync {
    /// All files under a folder of the root; none if the folder is not there.
    fn list(&self, folder: &str) -> Listing;

    /// The bytes of a file.
    ///
    /// # Errors
    /// It is not there, cannot be read, or is larger than `limit` bytes; a file that is too large is not read at all.
    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadFault>;

    /// Opens a file to be read piece by piece, and tells how many bytes it has.
    ///
    /// # Errors
    /// It is not there or cannot be read.
    fn open(&self, path: &str) -> Result<(Box<dyn Content>, u64), ReadFault>;
}

/// A place that finished files are put into from many threads.
pub trait Sink: Sync {
    /// Puts one file.
    ///
    /// # Errors
    /// The place cannot take it.
    fn put(&self, path: &OutPath, bytes: &[u8]) -> io::Result<()>;

    /// Puts one file piece by piece, of which size in bytes and hash are known.
    ///
    /// # Errors
    /// The place cannot take it, `from` cannot be read, or (`InvalidData`) its bytes are not those that were told.
    fn copy(&self, path: &OutPath, from: &mut dyn io::Read, told: (u64, Sha)) -> io::Result<()>;
}

/// A place for what does not fit into memory while something is made; it is gone afterwards.
pub trait Scratch: Sync {
    /// Keeps bytes under a number.
    ///
    /// # Errors
    /// The place cannot take them.
    fn put(&self, number: u64, bytes: &[u8]) -> io::Result<()>;

    /// A part of what was kept.
    ///
    /// # Errors
    /// It is not to be had any more.
    fn get(&self, number: u64, range: Range<u64>) -> io::Result<Vec<u8>>;
}

/// A place for what was made of a source and would come out the same again. It may forget at any time, and it gives back either
/// what was put under a name or nothing: an entry that was damaged is none.
pub trait Cache: Sync {
    /// What was put under a name of ASCII letters, digits, `-`, `.` and `/`.
    fn get(&self, name: &str) -> Option<Vec<u8>>;

    /// Puts bytes under a name. A place that cannot take them goes without.
    fn put(&self, name: &str, bytes: &[u8]);

    /// Whether it keeps what is put for later runs, so that it is worth being made before anybody asks for it.
    fn is_writable(&self) -> bool;
}

/// No cache: everything is made anew.
#[derive(Clone, Copy, Debug)]
pub struct NoCache;

impl Cache for NoCache {
    fn get(&self, _: &str) -> Option<Vec<u8>> {
        None
    }

    fn put(&self, _: &str, _: &[u8]) {}

    fn is_writable(&self) -> bool {
        false
    }
}

/// The text of a file as findings show it: decoded as far as it goes, believed or not.
pub fn read_shown(source: &dyn Read, path: &str, limit: u64) -> Option<String> {
    source.read(path, limit).ok().map(|bytes| decode(bytes).text)
}

/// Reads a text file and decodes it. No text if it cannot be read or believed; the marks say why.
pub fn read_text(source: &dyn Read, path: &Arc<str>, limit: u64) -> (Option<String>, Vec<Mark>) {
    match source.read(path, limit) {
        Ok(bytes) => {
            let decoded = decode(bytes);
            (decoded.trusted.then_some(decoded.text), decoded.marks)
        }
        Err(ReadFault::TooLarge(size)) => {
            let mark = Mark::new(Code::FileTooLarge, Span::default()).with((size >> 20).to_string());
            (None, vec![mark.with((limit >> 20).to_string())])
        }
        Err(fault) => (None, vec![Mark::new(Code::FileUnreadable, Span::default()).with(fault.to_string())]),
    }
}
