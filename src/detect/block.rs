//! The fast pass: which stretches of a text hold enough digits to be looked at. Counts by blocks of fixed size, so that the
//! compiler makes vectors of it; what it flags is little and is read properly afterwards.

use std::ops::Range;

/// Bytes in a block. Two blocks are looked at together, so that a number may be spread over a block's length at least.
const BLOCK: usize = 32;
/// So many digits in two neighbouring blocks are worth a look: no number is shorter.
pub(super) const DIGITS_MIN: u8 = 8;

/// Calls back with every stretch that may hold a number, in order and without overlap. Its ends need be no boundaries of
/// characters. The flag says that the digits are Han ones.
pub(super) fn stretches(bytes: &[u8], mut each: impl FnMut(Range<usize>, bool)) {
    let mut before = 0;
    let mut open: Option<Range<usize>> = None;
    let mut at = 0;
    while at < bytes.len() {
        let end = (at + BLOCK).min(bytes.len());
        // One byte more than the block: a character's second byte tells what it is.
        let digits = match bytes.get(at..).and_then(|rest| rest.first_chunk::<{ BLOCK + 1 }>()) {
            Some(block) => count(block),
            None => count(&padded(bytes.get(at..).unwrap_or_default())),
        };
        if digits + before >= DIGITS_MIN {
            match &mut open {
                Some(range) if range.end + BLOCK >= at => range.end = end,
                other => {
                    if let Some(range) = other.replace(at.saturating_sub(BLOCK)..end) {
                        each(range, false);
                    }
                }
            }
        }
        before = digits;
        if is_in_han_number(bytes, at) {
            if let Some(range) = open.take() {
                each(range, false);
            }
            each(at.saturating_sub(3)..(at + 3).min(bytes.len()), true);
        }
        at = end;
    }
    if let Some(range) = open {
        each(range, false);
    }
}

/// The number of bytes at which a digit stands: ASCII, full width (EF BC 90…), circled (E2 91…) or mathematical (F0 9D…).
/// Some other characters are counted too; that costs time and no correctness.
#[inline]
fn count(block: &[u8; BLOCK + 1]) -> u8 {
    let [bytes @ .., _] = block;
    let [_, nexts @ ..] = block;
    // Flags first and their sum afterwards, without a branch: so the compiler makes vectors of both.
    let mut flags = [0u8; BLOCK];
    for ((flag, byte), next) in flags.iter_mut().zip(bytes).zip(nexts) {
        let is_ascii = byte.wrapping_sub(b'0') < 10;
        let is_wide = (*byte == 0xBC) & (next.wrapping_sub(0x90) < 10);
        let is_circled = (*byte == 0xE2) & (next.wrapping_sub(0x91) < 3);
        let is_mathematical = (*byte == 0xF0) & (*next == 0x9D);
        *flag = u8::from(is_ascii | is_wide | is_circled | is_mathematical);
    }
    flags.iter().fold(0, |sum, flag| sum.wrapping_add(*flag))
}

fn padded(rest: &[u8]) -> [u8; BLOCK + 1] {
    let mut block = [0; BLOCK + 1];
    for (to, from) in block.iter_mut().zip(rest) {
        *to = *from;
    }
    block
}

/// Whether a Han digit stands at a byte or ends right before it, with another one beside it. A number of 11 Han digits is 33
/// bytes long at least, so that one look a block cannot miss it.
fn is_in_han_number(bytes: &[u8], at: usize) -> bool {
    let window = match bytes.get(at.saturating_sub(3)..).and_then(|rest| rest.first_chunk::<6>()) {
        Some(window) if at >= 3 => *window,
        _ => std::array::from_fn(|offset| (at + offset).checked_sub(3).and_then(|index| bytes.get(index)).copied().unwrap_or_default()),
    };
    let [a, b, c, d, e, f] = window;
    // Without branches: where a character begins in a block cannot be foretold.
    let is_digit = is_han(a, b, c) | is_han(b, c, d) | is_han(c, d, e) | is_han(d, e, f);
    is_digit
        && (at.saturating_sub(3)..=at)
            .any(|start| is_han_at(bytes, start) && (is_han_at(bytes, start + 3) || start >= 3 && is_han_at(bytes, start - 3)))
}

/// Whether three bytes are a Han digit: the last of them tells which one it could be.
fn is_han(first: u8, second: u8, third: u8) -> bool {
    HAN[usize::from(third & 0x3F)] == u16::from_be_bytes([first, second])
}

fn is_han_at(bytes: &[u8], at: usize) -> bool {
    bytes.get(at..).and_then(|rest| rest.first_chunk::<3>()).is_some_and(|[first, second, third]| is_han(*first, *second, *third))
}

/// The first two bytes of the Han digit that ends with a byte, by its lower six bits; no two of them end alike.
const HAN: [u16; 64] = {
    let mut table = [0; 64];
    let bytes = "零〇○一幺二三四五六七八九".as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        table[(bytes[at + 2] & 0x3F) as usize] = u16::from_be_bytes([bytes[at], bytes[at + 1]]);
        at += 3;
    }
    table
};
