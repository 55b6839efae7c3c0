//! From the stretches that hold digits to hits: reads the runs and asks each kind of number, the surest first.

use super::character::{Family, gap, mask_of};
use super::run::{Digit, MASK, X, digit_at, lex, start_of};
use super::{Allowed, Hit, Kind, View, block, card, identity, link, markup, phone};
use std::ops::Range;

/// A run with what the judges ask of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run<'a> {
    pub(super) view: View<'a>,
    pub(super) digits: &'a [Digit],
    /// The values of the digits.
    values: &'a [u8],
    /// Whether a sign that hides digits stands in or behind the run.
    pub(super) has_mask: bool,
}

/// What a judge found: the digits from the asked one up to `end`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) kind: Kind,
    /// Index of the digit behind the last.
    pub(super) end: usize,
    /// How many digits at the beginning are the prefix of the country.
    pub(super) prefix: usize,
}

impl Found {
    pub(super) fn new(kind: Kind, end: usize) -> Self {
        Found { kind, end, prefix: 0 }
    }
}

impl<'a> Run<'a> {
    /// The values of `count` digits from `from` on, if there are so many.
    pub(super) fn values(&self, from: usize, count: usize) -> Option<&'a [u8]> {
        self.values.get(from..from + count)
    }

    /// The lengths of the groups that a reader sees in a range of digits.
    pub(super) fn groups(&self, range: Range<usize>) -> Vec<usize> {
        let mut groups = Vec::new();
        for (index, digit) in self.digits.get(range).unwrap_or_default().iter().enumerate() {
            match groups.last_mut() {
                Some(length) if index > 0 && digit.gap & gap::SEEN == 0 => *length += 1,
                _ => groups.push(1),
            }
        }
        groups
    }

    /// All gaps inside a range of digits, as bits.
    pub(super) fn gaps(&self, range: Range<usize>) -> u8 {
        self.digits.get(range).unwrap_or_default().iter().skip(1).fold(0, |bits, digit| bits | digit.gap)
    }

    /// The gap before a digit; none at the end of the run.
    pub(super) fn gap(&self, at: usize) -> Option<u8> {
        self.digits.get(at).map(|digit| digit.gap)
    }

    /// First byte of a digit.
    pub(super) fn start(&self, at: usize) -> usize {
        self.digits.get(at).map_or(0, |digit| digit.start)
    }

    /// Byte behind the digit before index `end`.
    pub(super) fn end(&self, end: usize) -> usize {
        end.checked_sub(1).and_then(|last| self.digits.get(last)).map_or(0, |digit| digit.end)
    }

    /// The label before a digit.
    pub(super) fn label(&self, at: usize) -> String {
        super::nearby::label(self.view, self.start(at))
    }

    /// Whether a number may begin at a digit: no letter or digit touches it, and no point of a decimal number.
    pub(super) fn is_open_before(&self, at: usize) -> bool {
        match self.gap(at) {
            _ if at == 0 => {
                let text = self.view.text;
                let Some((before, length)) = markup::char_before(self.view, self.start(0)) else { return true };
                let further = || text.get(..self.start(0) - length).and_then(|text| text.chars().next_back());
                let is_decimal = matches!(before, '.' | '．') && further().is_some_and(|c| c.is_ascii_digit());
                !is_letter(before) && !is_decimal
            }
            Some(bits) => bits & gap::SEEN != 0 && bits & gap::POINT == 0,
            None => false,
        }
    }

    /// Whether a number may end before index `end`.
    pub(super) fn is_open_after(&self, end: usize) -> bool {
        match self.gap(end) {
            // Stars up to the run's end are an emphasis that closes here.
            Some(0) => self.values.get(end..).is_some_and(|rest| rest.iter().all(|value| *value == MASK)),
            Some(bits) => bits & gap::SEEN != 0 && bits & gap::POINT == 0,
            None => {
                let at = self.end(end);
                let Some((c, length)) = markup::char_at(self.view, at) else { return true };
                let is_decimal = matches!(c, '.' | '．') && markup::char_at(self.view, at + length).is_some_and(|(c, _)| c.is_ascii_digit());
                !is_letter(c) && !is_decimal
            }
        }
    }
}

fn is_letter(c: char) -> bool {
    super::character::fold(c).is_ascii_alphanumeric()
}

/// Finds all numbers of a text.
pub(super) fn numbers(view: View, allowed: &Allowed, hits: &mut Vec<Hit>) {
    let mut reader = Reader { view, allowed, hits, done: 0, digits: Vec::new(), values: Vec::new() };
    block::stretches(view.text.as_bytes(), |stretch, is_han| reader.read(stretch, is_han));
}

/// Reads stretch after stretch.
struct Reader<'a> {
    view: View<'a>,
    allowed: &'a Allowed,
    hits: &'a mut Vec<Hit>,
    /// What is before this byte has been judged.
    done: usize,
    digits: Vec<Digit>,
    values: Vec<u8>,
}

impl Reader<'_> {
    /// Reads the runs that begin in a stretch. Kept out of the loop over the blocks, which stays small that way.
    #[inline(never)]
    fn read(&mut self, stretch: Range<usize>, is_han: bool) {
        let bytes = self.view.text.as_bytes();
        let mut at = markup::ceil(self.view.text, stretch.start.max(self.done));
        // Only the first run may begin before the stretch.
        let mut is_first = at > self.done;
        while let Some((family, first)) = next_digit(self.view, at..stretch.end, is_han) {
            if let Some(end) = short(bytes, first).filter(|_| !is_first || family == Family::Plain && ends_before(bytes, first)) {
                at = end;
            } else {
                at = self.run(family, first, is_first);
            }
            is_first = false;
            self.done = at;
        }
    }

    /// Judges the run around a digit; returns the byte behind it.
    fn run(&mut self, family: Family, first: usize, is_first: bool) -> usize {
        let view = self.view;
        let start = if is_first { start_of(view, first, family, self.done) } else { first };
        let mut end = lex(view, start, family, &mut self.digits);
        if end <= first {
            // What stands between was less than it seemed from behind.
            end = lex(view, first, family, &mut self.digits);
        }
        if self.digits.len() >= usize::from(block::DIGITS_MIN) {
            self.values.clear();
            self.values.extend(self.digits.iter().map(|digit| digit.value));
            let has_mask = self.digits.iter().any(|digit| digit.value == MASK || digit.gap & gap::STARS != 0)
                || view.text.as_bytes().get(end) == Some(&b'*')
                || is_behind_mask(view, self.digits.first());
            judge(Run { view, digits: &self.digits, values: &self.values, has_mask }, family, self.allowed, self.hits);
        }
        end.max(first + 1)
    }
}

/// Whether the byte before a digit ends a number.
fn ends_before(bytes: &[u8], at: usize) -> bool {
    at.checked_sub(1)
        .and_then(|before| bytes.get(before))
        .is_none_or(|byte| byte.is_ascii() && matches!(CLASSES[usize::from(*byte)], Class::End) && *byte != b'>' && *byte != b';')
}

/// Whether a sign that hides digits stands directly before a digit.
fn is_behind_mask(view: View, digit: Option<&Digit>) -> bool {
    digit.and_then(|digit| markup::char_before(view, digit.start)).is_some_and(|(c, _)| mask_of(c).is_some())
}

/// The end of a run that has surely too few digits to matter; most have. None if only a proper reading can tell.
fn short(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let (mut digits, mut seen, mut length) = (0, 0, 0);
    for (at, byte) in rest.iter().enumerate() {
        match CLASSES[usize::from(*byte)] {
            Class::Digit => {
                (digits, seen, length) = (digits + 1, 0, at + 1);
                if digits >= block::DIGITS_MIN {
                    return None;
                }
            }
            Class::Gap => {
                seen += 1;
                if seen > 3 {
                    break;
                }
            }
            Class::End => break,
            Class::Maybe => match rest.get(at..at + 3)? {
                // ，：；！？ and 、。《》 end a number, the spaces and digits of their blocks do not.
                [0xEF, 0xBC, 0x81 | 0x8C | 0x9A | 0x9B | 0x9F] | [0xE3, 0x80, 0x81 | 0x82 | 0x88..=0x91] => break,
                // Quotation marks and the ellipsis.
                [0xE2, 0x80, 0x98..=0x9F | 0xA6] => break,
                _ => return None,
            },
        }
    }
    (length > 0).then_some(from + length)
}

/// What a byte tells of the number before it.
#[derive(Clone, Copy)]
enum Class {
    Digit,
    /// May stand inside.
    Gap,
    /// Ends it.
    End,
    /// The first byte of something that may or may not.
    Maybe,
}

const CLASSES: [Class; 256] = {
    let mut table = [Class::Maybe; 256];
    let mut at = 0;
    while at < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "below 256")]
        let byte = at as u8;
        table[at] = match byte {
            b'0'..=b'9' => Class::Digit,
            b' ' | b'-' | b'.' | b'(' | b')' => Class::Gap,
            b'*' | b'&' | b'\\' | b'<' => Class::Maybe,
            0..0x80 => Class::End,
            // Most Han characters; U+3000–3FFF hold spaces and a zero.
            0xE4..=0xED => Class::End,
            _ => Class::Maybe,
        };
        at += 1;
    }
    table
};

/// The next digit in a range; Han digits only where they are asked for.
fn next_digit(view: View, range: Range<usize>, is_han: bool) -> Option<(Family, usize)> {
    let table = if is_han { &HAN_FIRST } else { &FIRST };
    let mut at = range.start;
    loop {
        let rest = view.text.as_bytes().get(at..range.end)?;
        let offset = rest.iter().position(|byte| table[usize::from(*byte)])?;
        if is_digit_like(rest, offset)
            && let Some((family, ..)) = digit_at(view, at + offset)
        {
            return Some((family, at + offset));
        }
        at += offset + 1;
    }
}

/// Whether the bytes behind the first one leave it open that a digit begins there: most full-width forms are punctuation.
fn is_digit_like(rest: &[u8], at: usize) -> bool {
    match (rest.get(at), rest.get(at + 1), rest.get(at + 2)) {
        (Some(0xEF), Some(second), third) => *second == 0xBC && third.is_none_or(|third| matches!(third, 0x90..=0x99)),
        (Some(0xE2), Some(second), _) => matches!(second, 0x91..=0x93 | 0x97),
        _ => true,
    }
}

/// The bytes that the notation of a digit may begin with, Han digits apart: ASCII, E2 ①, EF １, F0 𝟏, entities, escapes.
const FIRST: [bool; 256] = {
    let mut table = [false; 256];
    let mut at = b'0';
    while at <= b'9' {
        table[at as usize] = true;
        at += 1;
    }
    table[b'&' as usize] = true;
    table[b'\\' as usize] = true;
    table[0xE2] = true;
    table[0xEF] = true;
    table[0xF0] = true;
    table
};

/// The same with those of Han digits.
const HAN_FIRST: [bool; 256] = {
    let mut table = FIRST;
    let mut at = 0xE3;
    while at <= 0xE9 {
        table[at] = true;
        at += 1;
    }
    table
};

/// Judges one run: at the beginning of every group that a reader sees.
fn judge(run: Run, family: Family, allowed: &Allowed, hits: &mut Vec<Hit>) {
    let count = run.digits.len();
    if family != Family::Plain && count < 11 {
        return;
    }
    let (mut at, mut matched) = (0, true);
    while at < count {
        match at_group(run, at, matched) {
            Some(found) => {
                push(run, at, found, allowed, hits);
                (at, matched) = (found.end.max(at + 1), true);
            }
            None => {
                at += 1;
                while at < count && run.gap(at).is_some_and(|bits| bits & gap::SEEN == 0) {
                    at += 1;
                }
                matched = false;
            }
        }
    }
}

/// Asks all judges about the number that begins at a digit; `matched` says that nothing but another number stands before it.
fn at_group(run: Run, at: usize, matched: bool) -> Option<Found> {
    identity::find(run, at)
        .or_else(|| card::bank(run, at))
        .or_else(|| identity::unsure(run, at))
        .or_else(|| phone::mobile(run, at, matched))
        .or_else(|| phone::landline(run, at, matched))
}

/// Writes a hit down, unless its number may stand.
fn push(run: Run, at: usize, found: Found, allowed: &Allowed, hits: &mut Vec<Hit>) {
    let digits = run.digits.get(at + found.prefix..found.end).unwrap_or_default();
    let number: String = digits.iter().filter(|digit| digit.value < X).map(|digit| char::from(b'0' + digit.value)).collect();
    let may_stand = matches!(found.kind, Kind::Mobile | Kind::Landline | Kind::BankCard | Kind::MessengerAccount) && allowed.has_number(&number);
    let span = run.start(at)..run.end(found.end);
    if !may_stand && !link::is_in_url(run.view.text, &span) {
        hits.push(Hit { span, kind: found.kind });
    }
}
