//! What was found in a file and where. Texts come from the file as they stand: whoever prints them decides whether they may be seen.

use super::names;
use super::words;
use std::collections::BTreeSet;

/// The kind of block in which something hides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Block {
    /// Exif 2.32, and the tags of TIFF 6.0.
    Exif,
    /// The GPS directory of Exif, and every other place that says where.
    Gps,
    /// The camera maker's own block; partly words, partly a secret.
    MakerNote,
    /// XMP, ISO 16684-1, its extended part too.
    Xmp,
    /// IPTC IIM 4.2.
    Iptc,
    /// Image resources of Photoshop.
    Photoshop,
    /// A comment: JPEG COM, GIF, XML.
    Comment,
    /// PNG text chunks.
    PngText,
    /// A small picture of the whole, often from before it was cut or blackened.
    Thumbnail,
    /// The words of an ICC profile, which may name a monitor.
    Profile,
    /// Bytes after the end of the picture.
    Trailing,
    /// A second picture in the same file.
    SecondPicture,
    /// A film in a picture's file: a motion photo.
    MotionFilm,
    /// Names and descriptions of HEIF items.
    Item,
    /// When it was made.
    Time,
    /// User data of a film: `udta`, `meta`, `ilst`, `keys`.
    UserData,
    /// A track of a film that is neither picture nor sound: places, time codes, captions.
    Track,
    /// Names of a film's maker and its programs: `hdlr`, compressor names.
    Handler,
    /// Words in the coded pictures themselves (SEI).
    Frame,
    /// Bytes of a film that belong to no track.
    Gap,
    /// ID3v1, ID3v2.
    Id3,
    /// `APEv2`.
    Ape,
    /// Lyrics3.
    Lyrics,
    /// RIFF chunks beside the sound: LIST INFO, bext, `iXML`, cart.
    Riff,
    /// Vorbis comments, also of Opus, Theora and FLAC.
    Vorbis,
    /// Metadata of an SVG and names of the program that drew it.
    Svg,
    /// A block of unknown make.
    Unknown,
}

/// Where something hides. `within` leads from the file to a picture or film inside of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The pictures and films inside which it lies, outermost first.
    pub within: Vec<Block>,
    /// The block.
    pub block: Block,
    /// The field of the block as its standard names it: `Artist`, `dc:creator`, `©xyz`; empty for the whole block.
    pub field: String,
}

impl Place {
    /// The place in Chinese: `EXIF 作者`, `图后附的影片 › 影片附注 地点`.
    #[must_use]
    pub fn zh(&self) -> String {
        self.print(|block| names::block(block).0, |names| names.0)
    }

    /// The place in English: `EXIF artist`, `film in the picture › user data location`.
    #[must_use]
    pub fn en(&self) -> String {
        self.print(|block| names::block(block).1, |names| names.1)
    }

    fn print(&self, of_block: fn(Block) -> &'static str, of_field: fn((&'static str, &'static str)) -> &'static str) -> String {
        let mut text = String::new();
        for block in &self.within {
            text.push_str(of_block(*block));
            text.push_str(" › ");
        }
        text.push_str(of_block(self.block));
        if !self.field.is_empty() {
            text.push(' ');
            text.push_str(names::field(&self.field).map_or(self.field.as_str(), of_field));
        }
        text
    }
}

/// A text that the picture does not show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hidden {
    /// Where it lies.
    pub place: Place,
    /// What it says; several words of one block stand in lines.
    pub text: String,
}

/// Why a part could not be read whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Nobody published how it is written; its words were searched for all the same.
    Unknown,
    /// It contradicts itself or ends too early.
    Damaged,
    /// It is packed in a way that is not read, or does not unpack.
    Packed,
    /// More than the file's length allows was to be read, or it lies too deep.
    TooMuch,
}

impl Reason {
    /// The reason in Chinese.
    #[must_use]
    pub fn zh(self) -> &'static str {
        match self {
            Reason::Unknown => "内容格式不公开，只查了其中的文字",
            Reason::Damaged => "已损坏",
            Reason::Packed => "无法解压",
            Reason::TooMuch => "过大或嵌套过深",
        }
    }

    /// The reason in English.
    #[must_use]
    pub fn en(self) -> &'static str {
        match self {
            Reason::Unknown => "of unknown make, searched for words only",
            Reason::Damaged => "damaged",
            Reason::Packed => "cannot be unpacked",
            Reason::TooMuch => "too large or too deep",
        }
    }
}

/// A part that could not be read whole: a person must look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Which part.
    pub place: Place,
    /// Why.
    pub reason: Reason,
}

/// All that a file says without showing it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Whether it says where it was taken.
    pub location: bool,
    /// Its texts in the order of the file.
    pub hidden: Vec<Hidden>,
    /// Small pictures of the whole, covers and second pictures, wherever they lie.
    pub thumbnails: usize,
    /// Bytes after the end of the picture.
    pub trailing: u64,
    /// What was not read whole.
    pub unread: Vec<Unread>,
    /// Every kind of block that is there, also where it holds no text.
    pub blocks: BTreeSet<Block>,
}

/// Pictures in pictures are followed so deep.
const DEPTH_MAX: usize = 4;
/// Blocks in blocks are followed so deep.
const BLOCK_DEPTH_MAX: usize = 16;
/// For every byte of a file so many bytes of text are read, since blocks may point at the same bytes again and again.
const READ_FACTOR: usize = 8;
const READ_MIN: usize = 1 << 20;

/// Gathers a report. Work and memory are bounded by the length of the file.
pub(super) struct Finder {
    pub(super) report: Report,
    within: Vec<Block>,
    depth: usize,
    budget: usize,
}

impl Finder {
    pub(super) fn new(length: usize) -> Self {
        let budget = length.saturating_mul(READ_FACTOR).saturating_add(READ_MIN);
        Finder { report: Report::default(), within: Vec::new(), depth: 0, budget }
    }

    fn place(&self, block: Block, field: &str) -> Place {
        Place { within: self.within.clone(), block, field: field.to_owned() }
    }

    /// Takes so many bytes from the budget; false where it is used up.
    pub(super) fn spend(&mut self, bytes: usize) -> bool {
        match self.budget.checked_sub(bytes.saturating_add(16)) {
            Some(rest) => {
                self.budget = rest;
                true
            }
            None => {
                if self.budget > 0 {
                    self.budget = 0;
                    self.unread(Block::Unknown, "", Reason::TooMuch);
                }
                false
            }
        }
    }

    /// How many bytes may still be read.
    pub(super) fn left(&self) -> usize {
        self.budget
    }

    /// A block is there.
    pub(super) fn block(&mut self, block: Block) {
        self.report.blocks.insert(block);
    }

    /// A text was found.
    pub(super) fn text(&mut self, block: Block, field: &str, text: impl Into<String>) {
        let text: String = text.into();
        self.block(block);
        if !text.trim().is_empty() && self.spend(text.len()) {
            let place = self.place(block, field);
            self.report.hidden.push(Hidden { place, text });
        }
    }

    /// Bytes that are one text in an encoding that nobody told.
    pub(super) fn guess(&mut self, block: Block, field: &str, bytes: &[u8]) {
        self.block(block);
        if self.spend(bytes.len()) {
            self.text(block, field, words::guess(bytes));
        }
    }

    /// Bytes of unknown make: their words, and a note that they were not read whole. Zeros say nothing.
    pub(super) fn raw(&mut self, block: Block, field: &str, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        self.block(block);
        if bytes.iter().any(|byte| *byte != 0) && self.spend(bytes.len()) {
            self.text(block, field, words::runs(bytes));
            self.unread(block, field, Reason::Unknown);
        }
    }

    /// A part was not read whole.
    pub(super) fn unread(&mut self, block: Block, field: &str, reason: Reason) {
        self.block(block);
        let unread = Unread { place: self.place(block, field), reason };
        if self.report.unread.last() != Some(&unread) {
            self.report.unread.push(unread);
        }
    }

    /// Looks into a block of a kind that may hold itself.
    pub(super) fn inside(&mut self, block: Block, look: impl FnOnce(&mut Finder)) {
        if self.depth >= BLOCK_DEPTH_MAX {
            self.unread(block, "", Reason::TooMuch);
            return;
        }
        self.depth += 1;
        look(self);
        self.depth -= 1;
    }

    /// Looks into a picture or film that lies inside of this one.
    pub(super) fn nested(&mut self, block: Block, bytes: &[u8], look: impl FnOnce(&mut Finder, &[u8])) {
        self.block(block);
        if self.within.len() >= DEPTH_MAX || !self.spend(bytes.len()) {
            self.unread(block, "", Reason::TooMuch);
            return;
        }
        self.within.push(block);
        let trailing = self.report.trailing;
        look(self, bytes);
        // What follows an inner picture lies inside of the outer one.
        self.report.trailing = trailing;
        self.within.pop();
    }

    /// A small picture, which may itself hold more.
    pub(super) fn thumbnail(&mut self, bytes: &[u8]) {
        self.report.thumbnails += 1;
        self.nested(Block::Thumbnail, bytes, super::look);
    }
}
