//! Passports and travel permits, found from the word that says so: one letter and eight digits are too little by themselves.

use super::character::fold;
use super::markup::{ceil, floor};
use super::{Hit, Kind};
use std::ops::Range;

/// How far the number may stand from the word, in characters.
const NEAR: usize = 12;
/// The longest number, in characters: the window reaches so far beyond.
const LENGTH: usize = 11;

/// The numbers near the word at a range.
pub(super) fn near(text: &str, word: Range<usize>, hits: &mut Vec<Hit>) {
    let start = floor(text, word.start.saturating_sub((NEAR + LENGTH) * 3));
    let end = ceil(text, word.end + (NEAR + LENGTH) * 3);
    let characters: Vec<(usize, char)> = text.get(start..end).unwrap_or_default().char_indices().map(|(at, c)| (start + at, fold(c))).collect();
    let groups = characters.chunk_by(|left, right| left.1.is_ascii_alphanumeric() && right.1.is_ascii_alphanumeric());
    for group in groups {
        let (Some((from, _)), Some((last, _))) = (group.first(), group.last()) else { continue };
        let until = ceil(text, last + 1);
        let is_cut = *from == start && start > 0 || until == end && end < text.len();
        let distance = if *from >= word.end { text.get(word.end..*from) } else { text.get(until..word.start) };
        let is_near = distance.is_some_and(|between| between.chars().count() <= NEAR && !between.contains(['\n', '。']));
        if is_near && !is_cut && is_number(group) {
            hits.push(Hit { span: *from..until, kind: Kind::Passport });
        }
    }
}

/// E, G, D, S or P and eight digits; E, a second letter and seven; H or M and eight or ten, of the permits.
fn is_number(group: &[(usize, char)]) -> bool {
    let letters = group.iter().take_while(|(_, c)| c.is_ascii_alphabetic()).count();
    let digits = group.iter().skip(letters).filter(|(_, c)| c.is_ascii_digit()).count();
    let first = group.first().map(|(_, c)| c.to_ascii_uppercase());
    let is_whole = letters + digits == group.len();
    let is_kind =
        matches!((first, letters, digits), (Some('E' | 'G' | 'D' | 'S' | 'P' | 'H' | 'M'), 1, 8) | (Some('E'), 2, 7) | (Some('H' | 'M'), 1, 10));
    is_whole && is_kind
}
