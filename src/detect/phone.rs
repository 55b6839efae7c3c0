//! Telephone numbers of mainland China.

use super::Kind;
use super::character::gap;
use super::judge::{Found, Run};
use super::nearby::{after, has_word, is_paper};
use super::run::X;

/// Length of a mobile number.
const MOBILE: usize = 11;
/// What an amount is counted in: a number with one behind it is no telephone number. Longer ones first.
const UNITS: &[&str] = &[
    "元", "万", "亿", "人", "户", "吨", "亩", "%", "‰", "美元", "欧元", "日元", "字节", "公里", "千米", "平方", "立方", "千克", "公斤", "千瓦",
    "度电", "次", "股", "斤", "头", "株", "棵", "美金", "rmb", "usd", "cny", "byte", "kb", "mb", "gb", "bit", "yuan", "倍", "票", "比特", "毫秒",
    "微秒", "纳秒", "hz", "赫兹",
];
/// Words behind which even a number with 人 behind it is a telephone number.
const WORDS: &[&str] =
    &["电话", "手机", "联系", "热线", "手机号", "号码", "致电", "拨打", "微信", "传真", "tel", "phone", "mobile", "call", "cell", "fax", "whatsapp"];
/// How far such a word may stand off, in characters.
const NEAR: usize = 12;

/// A mobile number, with or without the prefix of the country.
pub(super) fn mobile(run: Run, at: usize, matched: bool) -> Option<Found> {
    let prefix = country(run, at);
    if run.digits.len() - at < MOBILE {
        return None;
    }
    [prefix, 0].into_iter().find_map(|prefix| mobile_behind(run, at, prefix, matched))
}

fn mobile_behind(run: Run, at: usize, prefix: usize, matched: bool) -> Option<Found> {
    let from = at + prefix;
    let end = from + MOBILE;
    let values = run.values(from, MOBILE)?;
    if !matches!(*values, [1, 3..=9, ..]) || values.iter().any(|value| *value >= X) || !is_free(run, at, end, matched) {
        return None;
    }
    let groups = run.groups(from..end);
    let is_alone = at == 0 && end == run.digits.len();
    if !is_alone && groups.len() > 3 {
        return None;
    }
    let label = run.label(at);
    let is_labelled = WORDS.iter().any(|word| label.contains(word));
    let is_laid_out = match *groups {
        [11] => true,
        [3, 4, 4] | [3, 8] | [7, 4] | [4, 3, 4] | [3, 3, 5] | [4, 4, 3] => matched && has_plain_end(run, end, is_labelled),
        _ => (is_labelled && is_alone && groups.len() <= MOBILE) || is_alone && groups.iter().all(|length| *length == 1),
    };
    // Points stand between the groups of a number in one layout only; elsewhere they make decimal numbers and versions.
    let has_points = run.gaps(from..end) & gap::POINT != 0;
    let is_pointed = !has_points || *groups == [3, 4, 4] && is_alone;
    let is_amount = !is_labelled && is_thousands(run, from, end) || is_amount(run, at, end, is_labelled);
    let is_number = is_laid_out && is_pointed && !is_amount && (is_labelled || !is_paper(&label)) && !is_power(values);
    is_number.then_some(Found { kind: Kind::Mobile, end, prefix })
}

/// The length of the country's prefix at a digit: 86, with or without + or 00, something behind it or not.
fn country(run: Run, at: usize) -> usize {
    match run.values(at, 4) {
        Some([0, 0, 8, 6]) => 4,
        Some([8, 6, ..]) => 2,
        _ => 0,
    }
}

/// Whether nothing that touches a number makes it a part of something longer.
fn is_free(run: Run, at: usize, end: usize, matched: bool) -> bool {
    if !run.is_open_before(at) || !run.is_open_after(end) {
        return false;
    }
    let text = run.view.text;
    let is_joined_before = match run.gap(at) {
        _ if at == 0 => {
            let before = text.get(..run.start(0)).unwrap_or_default();
            let mut signs = before.chars().rev();
            is_hyphen(signs.next()) && signs.next().is_none_or(|c| c.is_ascii_alphanumeric()) && !ends_with_word(before)
        }
        Some(bits) => bits & gap::HYPHEN != 0 && !matched,
        None => false,
    };
    let is_joined_after = match run.gap(end) {
        Some(bits) => bits & gap::HYPHEN != 0 && !starts_mobile(run, end),
        None => {
            let mut signs = text.get(run.end(end)..).unwrap_or_default().chars();
            is_hyphen(signs.next()) && signs.next().is_some_and(|c| c.is_ascii_alphanumeric())
        }
    };
    !is_joined_before && !is_joined_after
}

fn is_hyphen(c: Option<char>) -> bool {
    matches!(c, Some('-' | '－' | '‐' | '‑'))
}

/// Whether a word that names a telephone stands before the hyphen at the end of a text.
fn ends_with_word(before: &str) -> bool {
    let tail: String = before.chars().rev().skip(1).take(8).collect::<Vec<_>>().into_iter().rev().collect::<String>().to_lowercase();
    WORDS.iter().any(|word| tail.ends_with(word))
}

fn starts_mobile(run: Run, at: usize) -> bool {
    run.values(at, MOBILE).is_some_and(|values| matches!(*values, [1, 3..=9, ..]))
}

/// Whether a number written in groups ends there: no further group that might belong to it, unless that begins the next one.
fn has_plain_end(run: Run, end: usize, is_labelled: bool) -> bool {
    is_labelled || run.gap(end).is_none_or(|bits| bits & (gap::BRACKET) != 0) || starts_mobile(run, end)
}

/// Whether the groups are those of thousands: 13 800 138 000.
fn is_thousands(run: Run, from: usize, end: usize) -> bool {
    let mut groups = Vec::new();
    for (index, digit) in run.digits.get(from..end).unwrap_or_default().iter().enumerate() {
        match groups.last_mut() {
            Some(length) if index > 0 && digit.gap & (gap::SEEN | gap::FIXED) == 0 => *length += 1,
            _ => groups.push(1),
        }
    }
    groups == [2, 3, 3, 3]
}

/// Whether a number counts something: a currency before it or a unit behind it.
fn is_amount(run: Run, at: usize, end: usize, is_labelled: bool) -> bool {
    let behind = after(run.view, run.end(end), 5);
    let behind = behind.trim_start();
    let unit = UNITS.iter().find(|unit| behind.starts_with(**unit));
    let is_unit = unit.is_some_and(|unit| !(is_labelled && matches!(*unit, "人" | "户" | "次" | "头" | "万" | "度")));
    let before = super::nearby::before(run.view, run.start(at), 3);
    is_unit || before.trim_end().ends_with(['¥', '￥', '$', '€', '£', '≈', '<', '约'])
}

/// Powers of two and round numbers that programs print and nobody is called by.
fn is_power(values: &[u8]) -> bool {
    let number = values.iter().fold(0u64, |number, digit| number * 10 + u64::from(*digit));
    number.is_power_of_two() || (number + 1).is_power_of_two()
}

/// A telephone number with an area code.
pub(super) fn landline(run: Run, at: usize, matched: bool) -> Option<Found> {
    let prefix = country(run, at);
    if prefix == 0 && run.values(at, 10).is_none_or(|values| !values.starts_with(&[0])) {
        return None;
    }
    [prefix, 0].into_iter().find_map(|prefix| {
        let from = at + prefix;
        [3, 4].into_iter().find_map(|area| [8, 7].into_iter().find_map(|local| landline_of(run, at, from, (area, local), matched)))
    })
}

fn landline_of(run: Run, at: usize, from: usize, (area, local): (usize, usize), matched: bool) -> Option<Found> {
    let end = from + area + local;
    let values = run.values(from, area + local)?;
    let is_area = match *values {
        [0, 1, 0, ..] => area == 3,
        [0, 2, second, ..] => area == 3 && second != 6,
        [0, 3..=9, ..] => area == 4,
        _ => false,
    };
    // Local numbers begin with 2 to 8; 1, 9 and 0 lead to services.
    let is_local = values.get(area).is_some_and(|first| (2..=8).contains(first)) && values.iter().all(|value| *value < X);
    let groups = run.groups(from..end);
    let is_laid_out = *groups == [area + local] || *groups == [area, local] || *groups == [area, local - 4, 4];
    let has_points = run.gaps(from..end) & gap::POINT != 0;
    // Capital cities' numbers have eight digits; where area and number are written apart, shorter ones are believed too.
    let is_length = area == 4 || local == 8 || groups.len() > 1;
    if !(is_area && is_local && is_laid_out && !has_points && is_length) || is_paper(&run.label(at)) || is_amount(run, at, end, false) {
        return None;
    }
    let is_open = run.is_open_before(at) && run.is_open_after(end) && !is_joined(run, at, matched);
    let is_sure = *groups != [area + local]
        || !is_hyphen(run.view.text.get(run.end(end)..)?.chars().next())
        || has_word(run.view, run.start(at), run.end(end), NEAR, WORDS);
    (is_open && is_sure).then_some(Found { kind: Kind::Landline, end, prefix: from - at })
}

/// Whether a hyphen joins a landline number to something before it.
fn is_joined(run: Run, at: usize, matched: bool) -> bool {
    match run.gap(at) {
        _ if at == 0 => {
            let mut signs = run.view.text.get(..run.start(0)).unwrap_or_default().chars().rev();
            is_hyphen(signs.next()) && signs.next().is_some_and(|c| c.is_ascii_alphanumeric())
        }
        Some(bits) => bits & gap::HYPHEN != 0 && !matched,
        None => false,
    }
}
