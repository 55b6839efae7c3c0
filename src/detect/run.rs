//! A run: digits with so little between them that they may be one number. Judged as a whole, since where a number begins and
//! ends is told by what stands beside it.

use super::View;
use super::character::{Family, digit, gap, gap_of, is_check_x, mask_of};
use super::markup::{char_at, char_before, floor, inline_tag, inline_tag_before};

/// The value of the check character X.
pub(super) const X: u8 = 10;
/// The value of a sign that hides a digit.
pub(super) const MASK: u8 = 11;
/// More signs than this that a reader sees between two digits: these are two numbers.
const SEEN_MAX: usize = 3;
/// More bytes than this between two digits, markup included: these are two numbers.
const BETWEEN_MAX: usize = 600;
/// So many digits must come before an X, for it to be the check character and no letter.
const BEFORE_X: usize = 17;

/// One sign of a number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Digit {
    /// 0–9, [`X`] or [`MASK`].
    pub(super) value: u8,
    /// First byte.
    pub(super) start: usize,
    /// Byte behind the last.
    pub(super) end: usize,
    /// What stands before it, as bits of [`gap`].
    pub(super) gap: u8,
}

/// The digit at a byte, with the length of its notation.
pub(super) fn digit_at(view: View, at: usize) -> Option<(Family, u8, usize)> {
    let byte = *view.text.as_bytes().get(at)?;
    if byte.is_ascii_digit() {
        return Some((Family::Plain, byte - b'0', 1));
    }
    if byte.is_ascii() && !matches!(byte, b'&' | b'\\') {
        return None;
    }
    let (c, length) = char_at(view, at)?;
    digit(c).map(|(family, value)| (family, value, length))
}

/// What stands at a byte that is no digit of the run.
enum Step {
    /// Something between digits: its bit and its length.
    Gap(u8, usize),
    /// So many signs that hide digits, each of the given length.
    Mask(usize, usize),
    End,
}

fn step(view: View, at: usize) -> Step {
    let Some(byte) = view.text.as_bytes().get(at) else { return Step::End };
    match byte {
        b'<' => return inline_tag(view.text, at).map_or(Step::End, |length| Step::Gap(gap::UNSEEN, length)),
        b'\\' if view.text.as_bytes().get(at + 1).is_some_and(|next| matches!(next, b'*' | b'-' | b'.' | b'(' | b')')) => {
            let masked = masks(view, at);
            return if masked.0 >= 2 { Step::Mask(masked.0, masked.1) } else { Step::Gap(gap::UNSEEN, 1) };
        }
        byte if byte.is_ascii_alphabetic() && !matches!(byte, b'x' | b'X') => return Step::End,
        _ => {}
    }
    let Some((c, length)) = char_at(view, at) else { return Step::End };
    if let Some(needed) = mask_of(c) {
        let (count, each) = masks(view, at);
        if count == 2 && c == '*' {
            return Step::Gap(gap::STARS, 2 * each);
        }
        if count >= needed {
            return Step::Mask(count, each);
        }
    }
    gap_of(c).map_or(Step::End, |bit| Step::Gap(bit, length))
}

/// How many equal masks stand in a row, and the length of each.
fn masks(view: View, at: usize) -> (usize, usize) {
    let escaped = usize::from(view.text.as_bytes().get(at) == Some(&b'\\'));
    let Some((first, length)) = char_at(view, at + escaped) else { return (0, 1) };
    let each = length + escaped;
    let mut count = 0;
    let mut next = at;
    while mask_of(first).is_some()
        && char_at(view, next + escaped).is_some_and(|(c, _)| c == first)
        && (escaped == 0 || view.text.as_bytes().get(next) == Some(&b'\\'))
    {
        count += 1;
        next += each;
    }
    (count, each)
}

/// Reads the run that begins with the digit at `start`; returns the byte behind its last digit.
pub(super) fn lex(view: View, start: usize, family: Family, digits: &mut Vec<Digit>) -> usize {
    digits.clear();
    let (mut at, mut end) = (start, start);
    let (mut between, mut seen) = (0u8, 0usize);
    while at - end <= BETWEEN_MAX {
        if let Some((found, value, length)) = digit_at(view, at)
            && found == family
        {
            digits.push(Digit { value, start: at, end: at + length, gap: between });
            (at, between, seen) = (at + length, 0, 0);
            end = at;
            continue;
        }
        if let Some(length) = check_x(view, at, digits) {
            digits.push(Digit { value: X, start: at, end: at + length, gap: between });
            (at, between, seen) = (at + length, 0, 0);
            end = at;
            continue;
        }
        match step(view, at) {
            Step::Gap(bit, length) => {
                seen += usize::from(bit & gap::SEEN != 0);
                if seen > SEEN_MAX {
                    break;
                }
                between |= bit;
                at += length;
            }
            Step::Mask(count, each) => {
                for index in 0..count.min(20) {
                    let start = at + index * each;
                    digits.push(Digit { value: MASK, start, end: start + each, gap: between });
                    between = 0;
                }
                (at, between, seen) = (at + count * each, 0, 0);
                end = at;
            }
            Step::End => break,
        }
    }
    end
}

/// The length of a check character X at a byte.
fn check_x(view: View, at: usize, digits: &[Digit]) -> Option<usize> {
    let (_, length) = char_at(view, at).filter(|(c, _)| is_check_x(*c))?;
    let before = digits.iter().rev().take(BEFORE_X).filter(|digit| digit.value != X).count();
    let next = char_at(view, at + length);
    let is_alone = next.is_none_or(|(c, _)| !c.is_ascii_alphabetic());
    let is_behind_mask = || digits.first().and_then(|digit| char_before(view, digit.start)).is_some_and(|(c, _)| mask_of(c).is_some());
    let has_masks = is_behind_mask() || digits.iter().rev().take(BEFORE_X).any(|digit| digit.value == MASK || digit.gap & gap::STARS != 0);
    (is_alone && (before == BEFORE_X || has_masks)).then_some(length)
}

/// The first byte of the run that a digit at `at` belongs to, not before `floor_at`.
pub(super) fn start_of(view: View, at: usize, family: Family, floor_at: usize) -> usize {
    let (mut first, mut here) = (at, at);
    let mut seen = 0;
    while here > floor_at && first - here <= BETWEEN_MAX {
        if view.text.as_bytes().get(here - 1) == Some(&b'>') {
            match inline_tag_before(view.text, here) {
                Some(start) => here = start,
                None => break,
            }
            continue;
        }
        let Some((c, length)) = char_before(view, here) else { break };
        if digit(c).is_some_and(|(found, _)| found == family) {
            here -= length;
            (first, seen) = (here, 0);
        } else if let Some(bit) = gap_of(c) {
            seen += usize::from(bit & gap::SEEN != 0);
            if seen > SEEN_MAX {
                break;
            }
            here -= length;
        } else if c == '*' && seen < SEEN_MAX {
            seen += 1;
            here -= length;
        } else {
            break;
        }
    }
    floor(view.text, first.max(floor_at))
}
