//! One code point → one code point: width, case, marks on Latin letters, compatibility forms, traditional characters. What is
//! searched and what is asked for go through the same table, so that a match is an equality.

use super::class::{Class, class};
use super::traditional;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// How many code points the ready table covers: the basic plane.
const PLANE: usize = 0x1_0000;
/// Where the class stands beside a code point in a [`Folded`].
const CLASS_SHIFT: u32 = 24;
const CODE_MASK: u32 = (1 << CLASS_SHIFT) - 1;

/// A folded code point with the class that it has after folding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Folded(u32);

impl Folded {
    fn of(code: u32) -> Folded {
        let folded = if class(code) == Class::Transparent { code } else { steps(code) };
        Folded(folded | (class(folded) as u32) << CLASS_SHIFT)
    }

    /// The folded code point.
    #[must_use]
    #[inline]
    pub fn code(self) -> u32 {
        self.0 & CODE_MASK
    }

    /// Its class.
    #[must_use]
    #[inline]
    pub fn class(self) -> Class {
        match self.0 >> CLASS_SHIFT {
            1 => Class::Word,
            2 => Class::Wide,
            3 => Class::Transparent,
            _ => Class::Separator,
        }
    }
}

static PLANE_TABLE: LazyLock<Box<[Folded; PLANE]>> = LazyLock::new(|| {
    let table: Vec<Folded> = (0..0x1_0000).map(Folded::of).collect();
    table.try_into().unwrap_or_else(|_| Box::new([Folded(0); PLANE]))
});

/// The fold as a table, to be asked for every character of an archive.
#[derive(Clone, Copy, Debug)]
pub struct Fold(&'static [Folded; PLANE]);

impl Fold {
    /// The one table there is.
    #[must_use]
    pub fn new() -> Fold {
        Fold(&PLANE_TABLE)
    }

    /// Folds one character.
    #[must_use]
    #[inline]
    pub fn fold(self, c: char) -> Folded {
        let code = u32::from(c);
        match self.0.get(code as usize) {
            Some(folded) => *folded,
            None => Folded::of(code),
        }
    }
}

impl Default for Fold {
    fn default() -> Fold {
        Fold::new()
    }
}

/// A folded text: transparent characters gone, every other one replaced by one.
#[must_use]
pub fn fold(text: &str) -> String {
    let fold = Fold::new();
    text.chars()
        .map(|c| fold.fold(c))
        .filter(|folded| folded.class() != Class::Transparent)
        .filter_map(|folded| char::from_u32(folded.code()))
        .collect()
}

/// All steps for one code point, in their order.
fn steps(code: u32) -> u32 {
    let code = match code {
        0xFF01..=0xFF5E => code - 0xFEE0,
        0x3000 | 0x00A0 | 0x1680 | 0x2000..=0x200A | 0x202F | 0x205F => 0x20,
        _ => code,
    };
    let code = match code {
        0xF900..=0xFAFF | 0x2_F800..=0x2_FA1D => decomposed(code).filter(|(_, single)| *single).map_or(code, |(first, _)| first),
        0x00C0..=0x024F | 0x1E00..=0x1EFF | 0x2126 | 0x212A | 0x212B => decomposed(code).map_or(code, |(first, _)| first),
        _ => code,
    };
    traditional::simplified(lower(code))
}

/// The first code point of the canonical decomposition, and whether it is the only one.
fn decomposed(code: u32) -> Option<(u32, bool)> {
    let mut parts = std::iter::once(char::from_u32(code)?).nfd();
    let first = parts.next()?;
    Some((u32::from(first), parts.next().is_none()))
}

/// Simple lower case of the scripts whose pairs have not changed since Unicode 7, so that every browser knows the same ones.
fn lower(code: u32) -> u32 {
    if !matches!(code, 0..=0x058F | 0x1E00..=0x1FFF | 0x2126 | 0x212A | 0x212B | 0x2160..=0x216F) {
        return code;
    }
    let Some(c) = char::from_u32(code) else { return code };
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(single), None) => u32::from(single),
        _ => code,
    }
}
