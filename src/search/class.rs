//! What a code point is to the index: a unit of its own, part of a word, nothing at all, or what stands between. One table from
//! Unicode 16.0, shared with the script that searches, so that no browser's own tables decide.

use std::sync::LazyLock;

/// The table as text: one range a line.
const TABLE: &str = include_str!("data/class.txt");

/// What a code point is to the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Class {
    /// Stands between units.
    Separator = 0,
    /// Part of a word: letters and digits that are not wide.
    Word = 1,
    /// A unit of its own: Han, kana, hangul.
    Wide = 2,
    /// Neither a unit nor a separator: combining marks, soft hyphen, zero-width characters.
    Transparent = 3,
}

static RANGES: LazyLock<Vec<(u32, u32, Class)>> = LazyLock::new(|| TABLE.lines().filter_map(range).collect());

fn range(line: &str) -> Option<(u32, u32, Class)> {
    let mut parts = line.split(' ');
    let first = u32::from_str_radix(parts.next()?, 16).ok()?;
    let last = u32::from_str_radix(parts.next()?, 16).ok()?;
    let class = match parts.next()? {
        "1" => Class::Word,
        "2" => Class::Wide,
        "3" => Class::Transparent,
        _ => return None,
    };
    Some((first, last, class))
}

/// All ranges that are not separators: first and last code point, class; ascending.
#[must_use]
pub fn ranges() -> &'static [(u32, u32, Class)] {
    &RANGES
}

/// The class of a code point.
#[must_use]
pub fn class(code: u32) -> Class {
    let at = RANGES.partition_point(|(_, last, _)| *last < code);
    RANGES.get(at).filter(|(first, ..)| *first <= code).map_or(Class::Separator, |(.., class)| *class)
}
