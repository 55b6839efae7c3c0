//! Resident identity numbers (GB 11643-1999) and the disability certificate that is made of one.

use super::Kind;
use super::character::{gap, mask_of};
use super::judge::{Found, Run};
use super::nearby::{has_word, is_paper, is_surely_paper};
use super::run::{MASK, X};

/// Length of a resident identity number.
const LENGTH: usize = 18;
/// Length of the one before 1999.
const LENGTH_OLD: usize = 15;
/// Length of a disability certificate: category and grade stand behind the resident identity number.
const LENGTH_CERTIFICATE: usize = 20;
/// Nobody in an archive was born before; the second sample number of GB 11643-1999 itself is of this year.
const YEAR_FIRST: u32 = 1880;
/// Nor after: a constant, so that no result depends on the day. The programmes ended in 2020.
const YEAR_LAST: u32 = 2035;
/// The first year in which papers of the programmes were numbered by county and day.
const PAPERS_SINCE: u32 = 2010;
/// The label of a unified social credit code, by its end.
const CREDIT_CODE: &str = "信用代码";
/// So many separators may stand inside: more are a row of numbers, unless every digit stands alone.
const SEPARATORS_MAX: usize = 5;
/// How far a word may stand off, in characters.
const NEAR: usize = 12;
/// Words that say that a number identifies a resident.
const WORDS: &[&str] =
    &["身份证", "身份証", "身份號", "身份号", "居民身份", "证件号", "公民身份", "id card", "id number", "id no", "identity", "resident id"];

/// A number that is surely one, with or without the tail of a disability certificate; or one masked too little.
pub(super) fn find(run: Run, at: usize) -> Option<Found> {
    if run.has_mask
        && let Some(found) = masked(run, at)
    {
        return Some(found);
    }
    let values = run.values(at, LENGTH)?;
    let range = at..at + LENGTH;
    if !is_resident_id(values) || !run.is_open_before(at) || run.gaps(range.clone()) & gap::BRACKET != 0 || !has_few_gaps(&run.groups(range)) {
        return None;
    }
    let end = at + LENGTH;
    if is_number_of_paper(run, at, values) && !has_word(run.view, run.start(at), run.end(end), NEAR, WORDS) {
        return None;
    }
    let tail = run.values(end, LENGTH_CERTIFICATE - LENGTH).filter(|tail| tail.iter().all(|value| *value < X));
    if tail.is_some() && run.gaps(end..at + LENGTH_CERTIFICATE) & gap::SEEN == 0 && run.is_open_after(at + LENGTH_CERTIFICATE) {
        return Some(Found::new(Kind::DisabilityCertificate, at + LENGTH_CERTIFICATE));
    }
    run.is_open_after(end).then(|| Found::new(Kind::ResidentId, end))
}

/// Whether a number that would be a person's by its digits is that of a paper, as the label before it says. The label alone
/// does not silence it: one who signs a contract is often entered under its number. Systems that number papers by county and
/// day are not older than [`PAPERS_SINCE`], and who was born since signs none; a credit code proves itself by its own check
/// character.
fn is_number_of_paper(run: Run, at: usize, values: &[u8]) -> bool {
    let label = run.label(at);
    if !is_surely_paper(&label) {
        return false;
    }
    let year = values.iter().skip(6).take(4).fold(0u32, |year, digit| year * 10 + u32::from(*digit));
    year >= PAPERS_SINCE || label.ends_with(CREDIT_CODE) && is_credit_code(values)
}

/// Whether 18 values are a unified social credit code (GB 32100-2015): the registrar and the kind of body first; the weights
/// are the powers of three modulo 31, and of its letters only X can stand here.
fn is_credit_code(values: &[u8]) -> bool {
    const X_IN_CODE: u32 = 29;
    let value = |digit: u8| if digit == X { X_IN_CODE } else { u32::from(digit) };
    let Some((check, body)) = values.split_last() else { return false };
    let sum = body.iter().fold((0, 1), |(sum, weight), digit| ((sum + value(*digit) * weight) % 31, weight * 3 % 31)).0;
    let is_registered = matches!(values, [1 | 5, 1..=3 | 9, ..] | [9, 1..=3, ..]);
    is_registered && value(*check) == (31 - sum) % 31
}

/// A number whose check character fails, or one of 15 digits: shape and words decide.
pub(super) fn unsure(run: Run, at: usize) -> Option<Found> {
    if run.digits.len() - at < LENGTH_OLD || !run.is_open_before(at) {
        return None;
    }
    altered(run, at).or_else(|| old(run, at))
}

fn altered(run: Run, at: usize) -> Option<Found> {
    let end = at + LENGTH;
    let values = run.values(at, LENGTH)?;
    let is_number = values.iter().enumerate().all(|(index, value)| *value < X || *value == X && index == LENGTH - 1);
    let layout = run.groups(at..end);
    let is_laid_out = matches!(*layout, [18] | [6, 8, 4] | [6, 4, 4, 4] | [6, 12] | [14, 4] | [3, 3, 4, 4, 4] | [17, 1])
        || layout.iter().all(|length| *length == 1);
    if !is_number || !is_laid_out || !run.is_open_after(end) || is_resident_id(values) {
        return None;
    }
    let has_shape = has_province(values) && has_date(values.get(6..14)?);
    let is_meant = has_shape && !is_paper(&run.label(at)) || has_word(run.view, run.start(at), run.end(end), NEAR, WORDS);
    is_meant.then(|| Found::new(Kind::ResidentIdAltered, end))
}

fn old(run: Run, at: usize) -> Option<Found> {
    let end = at + LENGTH_OLD;
    let values = run.values(at, LENGTH_OLD)?;
    let mut birth = vec![1, 9];
    birth.extend(values.get(6..12)?);
    let fits = values.iter().all(|value| *value < X) && has_province(values) && has_date(&birth) && has_few_gaps(&run.groups(at..end));
    (fits && run.is_open_after(end) && has_word(run.view, run.start(at), run.end(end), NEAR, WORDS)).then(|| Found::new(Kind::ResidentIdOld, end))
}

/// Whether the digits are broken up as a person would write one number.
fn has_few_gaps(groups: &[usize]) -> bool {
    groups.len() <= SEPARATORS_MAX + 1 || groups.iter().all(|length| *length == 1)
}

/// Whether 18 values are a resident identity number: province, date, check character.
pub(super) fn is_resident_id(values: &[u8]) -> bool {
    let Some((check, body)) = values.split_last() else { return false };
    values.len() == LENGTH
        && body.iter().all(|value| *value < X)
        && has_province(body)
        && body.get(6..14).is_some_and(has_date)
        && check_character(body) == *check
}

/// The check character of 17 digits: ISO 7064 MOD 11-2, 10 standing for X.
pub(super) fn check_character(body: &[u8]) -> u8 {
    // The weights of GB 11643 are the powers of two modulo 11; this is the same sum by Horner's rule.
    let sum = body.iter().fold(0u32, |sum, digit| (sum + u32::from(*digit)) * 2 % 11);
    u8::try_from((12 - sum) % 11).unwrap_or(X)
}

/// Whether the first two digits are those of a province (GB/T 2260; 83 is Taiwan's for residents' permits).
fn has_province(values: &[u8]) -> bool {
    let [tens, ones, ..] = values else { return false };
    matches!(tens * 10 + ones, 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83)
}

/// Whether eight digits are a date on which a person of an archive may have been born.
fn has_date(values: &[u8]) -> bool {
    if values.iter().any(|value| *value >= X) {
        return false;
    }
    let number = values.iter().fold(0u32, |number, digit| number * 10 + u32::from(*digit));
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    let is_leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    let days = match month {
        2 => 28 + u32::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    values.len() == 8 && (YEAR_FIRST..=YEAR_LAST).contains(&year) && (1..=days).contains(&day)
}

/// More digits than this showing beside a mask: the birth date shows, or all but it.
const SHOWN_MAX: usize = 10;

/// A number with a mask in it that shows too much.
fn masked(run: Run, at: usize) -> Option<Found> {
    let rest = run.digits.get(at..)?;
    let length = rest.iter().enumerate().take_while(|(index, digit)| *index == 0 || digit.gap & gap::SEEN == 0).count();
    let values = run.values(at, length)?;
    let before = if at == 0 { masks_before(run) } else { 0 };
    let stars = usize::from(run.gap(at + length).is_none() && is_starred(run, at + length)) * 2;
    let first = values.iter().position(|value| *value == MASK);
    let pair = rest.get(..length)?.iter().position(|digit| digit.gap & gap::STARS != 0).filter(|index| *index > 0);
    let (head, hidden) = match (first, pair) {
        (Some(first), _) => (first, values.iter().filter(|value| **value == MASK).count()),
        (None, Some(pair)) => (pair, 2),
        (None, None) if before > 2 => (0, 0),
        (None, None) if stars == 2 => (length, 2),
        _ => return None,
    };
    let shown = values.len() - values.iter().filter(|value| **value == MASK).count();
    let total = shown + hidden + before;
    // Two stars may be an emphasis: only where they make the length right are they a mask.
    let is_length = if first.is_some() || before > 2 { (LENGTH_OLD..=LENGTH_CERTIFICATE).contains(&total) } else { total == LENGTH };
    let visible = values.get(..head)?;
    let is_prefix = head < 2 || has_province(visible);
    let year = visible.get(6..10).map(|digits| digits.iter().fold(0u32, |year, digit| year * 10 + u32::from(*digit)));
    let is_birth = match (year, visible.get(6..14)) {
        (_, Some(date)) => has_date(date),
        (Some(year), None) => (YEAR_FIRST..=YEAR_LAST).contains(&year),
        (None, None) => head >= 6 || values.get(values.len().saturating_sub(12)..values.len().saturating_sub(4)).is_some_and(has_date),
    };
    let fits = shown > SHOWN_MAX && is_length && is_prefix && is_birth && run.is_open_before(at);
    fits.then(|| Found::new(Kind::ResidentIdMasked, at + length))
}

/// How many signs that hide digits stand directly before the run.
fn masks_before(run: Run) -> usize {
    let before = run.view.text.get(..run.start(0)).unwrap_or_default();
    before.chars().rev().take(LENGTH).take_while(|c| mask_of(*c).is_some()).count()
}

/// Whether two stars stand behind the last digit, and none before the first.
fn is_starred(run: Run, end: usize) -> bool {
    let view = run.view;
    let behind = view.text.get(run.end(end)..).is_some_and(|rest| rest.starts_with("**") && !rest.starts_with("***"));
    behind && !view.text.get(..run.start(0)).is_some_and(|before| before.ends_with('*'))
}
