//! Text → units: a wide character is one, a run of letters and digits is one, everything between them is distance. What follows a
//! unit without anything between them stands one position behind it, anything else in its block two, the next block three.

use super::class::Class;
use super::fold::Fold;

/// The longest word, in code points; a longer run is cut into several.
pub const WORD_LENGTH: usize = 48;
/// Where the body begins: every position below belongs to the title.
pub const BODY: u32 = 128;
/// The last position that is indexed.
pub const POSITION_MAX: u32 = 1 << 20;

/// What takes the units of one block as they are found.
pub trait Visit {
    /// A wide unit: its folded code point, the byte where it begins, and whether it touches the unit before it.
    fn wide(&mut self, code: u32, at: usize, touches: bool);
    /// A word: its folded UTF-8, the byte where it begins, and whether it touches the unit before it.
    fn word(&mut self, word: &[u8], at: usize, touches: bool);
}

/// Finds the units of one block.
pub fn scan(text: &str, fold: Fold, word: &mut Vec<u8>, visit: &mut impl Visit) {
    let bytes = text.as_bytes();
    let (mut at, mut touches) = (0, false);
    while let Some(byte) = bytes.get(at) {
        if byte.is_ascii() {
            if byte.is_ascii_alphanumeric() {
                at = scan_word(text, at, fold, word, (visit, touches));
                touches = true;
            } else {
                at += 1;
                touches = false;
            }
            continue;
        }
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { return };
        let folded = fold.fold(c);
        match folded.class() {
            Class::Wide => {
                visit.wide(folded.code(), at, touches);
                touches = true;
                at += c.len_utf8();
            }
            Class::Word => {
                at = scan_word(text, at, fold, word, (visit, touches));
                touches = true;
            }
            Class::Separator => {
                touches = false;
                at += c.len_utf8();
            }
            Class::Transparent => at += c.len_utf8(),
        }
    }
}

/// Finds the word, or the pieces of an overlong one, that begins at a place; gives the place behind it.
fn scan_word(text: &str, start: usize, fold: Fold, word: &mut Vec<u8>, (visit, mut touches): (&mut impl Visit, bool)) -> usize {
    let bytes = text.as_bytes();
    let rest = bytes.get(start..).unwrap_or_default();
    word.clear();
    // Nearly all words are short and ASCII to their end.
    let length = rest.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len());
    let head = rest.get(..length).unwrap_or_default();
    if length <= WORD_LENGTH && rest.get(length).is_none_or(u8::is_ascii) {
        // Bit 5 is set in digits and makes letters small.
        word.extend(head.iter().map(|byte| byte | 0x20));
        visit.word(word, start, touches);
        return start + length;
    }
    let (mut piece, mut count) = (start, 0);
    for (offset, c) in text.get(start..).unwrap_or_default().char_indices() {
        let folded = fold.fold(c);
        match folded.class() {
            Class::Transparent => continue,
            Class::Word => {}
            Class::Wide | Class::Separator => {
                visit.word(word, piece, touches);
                return start + offset;
            }
        }
        if count == WORD_LENGTH {
            visit.word(word, piece, touches);
            word.clear();
            (piece, count, touches) = (start + offset, 0, true);
        }
        let c = char::from_u32(folded.code()).unwrap_or(c);
        word.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        count += 1;
    }
    visit.word(word, piece, touches);
    bytes.len()
}

/// Counts positions through the blocks of a document.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counter {
    last: Option<u32>,
    block_begins: bool,
    body_begins: bool,
}

impl Counter {
    /// The next unit is the first of a block.
    pub fn begin_block(&mut self) {
        self.block_begins = true;
    }

    /// The next unit is the first of the body.
    pub fn begin_body(&mut self) {
        self.body_begins = true;
    }

    /// The position of the next unit.
    #[inline]
    pub fn next(&mut self, touches: bool) -> u32 {
        let follows = match self.last {
            None => 0,
            Some(last) if self.block_begins => last.saturating_add(3),
            Some(last) => last.saturating_add(if touches { 1 } else { 2 }),
        };
        let position = if self.body_begins { follows.max(BODY) } else { follows };
        *self = Counter { last: Some(position), ..Counter::default() };
        position
    }

    /// The position of the unit before, if there was one.
    #[must_use]
    pub fn last(&self) -> Option<u32> {
        self.last
    }
}

/// A unit with its place, as tests and readers see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its position in the document.
    pub position: u32,
    /// Its folded text.
    pub text: String,
    /// Whether it is one wide character.
    pub is_wide: bool,
}

/// All units of a document: its title, then the blocks of its body.
#[must_use]
pub fn units<'a>(title: &str, blocks: impl IntoIterator<Item = &'a str>) -> Vec<Unit> {
    let mut list = List::default();
    let mut word = Vec::new();
    scan(title, Fold::new(), &mut word, &mut list);
    list.counter.begin_body();
    for block in blocks {
        list.counter.begin_block();
        scan(block, Fold::new(), &mut word, &mut list);
    }
    list.units
}

/// The units of one block by itself, as a query is read.
#[must_use]
pub fn block_units(text: &str) -> Vec<Unit> {
    units(text, [])
}

#[derive(Default)]
struct List {
    counter: Counter,
    units: Vec<Unit>,
}

impl Visit for List {
    fn wide(&mut self, code: u32, _: usize, touches: bool) {
        let text = char::from_u32(code).map(String::from).unwrap_or_default();
        self.units.push(Unit { position: self.counter.next(touches), text, is_wide: true });
    }

    fn word(&mut self, word: &[u8], _: usize, touches: bool) {
        let text = String::from_utf8_lossy(word).into_owned();
        self.units.push(Unit { position: self.counter.next(touches), text, is_wide: false });
    }
}
