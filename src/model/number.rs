//! Printed numbers in either language: digits are kept as a source gives them, and only moved.

use super::{EnglishUnit, Unit};
use crate::lang::Lang;

/// Prints a number without its unit, as it stands in a column under the unit's heading.
#[must_use]
pub fn spell_number(printed: &str, unit: Option<&Unit>, lang: Lang) -> String {
    match (lang, unit) {
        (Lang::Zh, _) | (_, Some(Unit { en: EnglishUnit::Year, .. })) => printed.to_owned(),
        (Lang::En, Some(unit)) if (unit.scale - 1.0).abs() > f64::EPSILON => english_number(printed.parse().unwrap_or(0.0), printed, unit.scale),
        // Nothing is moved, so every digit stays, zeros at the end too.
        (Lang::En, _) => match printed.strip_prefix('-') {
            Some(number) => format!("-{}", with_commas(number)),
            None => with_commas(printed),
        },
    }
}

/// A printed number with so many decimals: zeros are added, what is too exact is rounded half up.
#[must_use]
pub fn with_precision(printed: &str, places: u8) -> String {
    let places = usize::from(places);
    let (sign, number) = printed.strip_prefix('-').map_or(("", printed), |number| ("-", number));
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let kept = fraction.get(..places.min(fraction.len())).unwrap_or_default();
    let mut digits: Vec<u8> = format!("0{whole}{kept:0<places$}").into_bytes();
    if fraction.as_bytes().get(places).is_some_and(|next| *next >= b'5') {
        for digit in digits.iter_mut().rev() {
            if *digit < b'9' {
                *digit += 1;
                break;
            }
            *digit = b'0';
        }
    }
    let digits = String::from_utf8(digits).unwrap_or_default();
    let (whole, fraction) = digits.split_at(digits.len() - places);
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let number = if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") };
    if number.bytes().all(|byte| matches!(byte, b'0' | b'.')) { number } else { format!("{sign}{number}") }
}

/// A number as English prints it: thousands commas, from one million on in words, with the digits that the source gives and no more.
pub(super) fn english_number(value: f64, printed: &str, scale: f64) -> String {
    if let Some(printed) = printed.strip_prefix('-') {
        return format!("-{}", english_number(-value, printed, scale));
    }
    let decimals = printed.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let exponent = scale.log10().round() as i32;
    let digits = digits_of(printed);
    let scaled = value * scale;
    for (power, word) in [(12, "trillion"), (9, "billion"), (6, "million")] {
        if scaled.abs() >= 10f64.powi(power) && exponent > 0 {
            let text = place_point(&digits, decimals as i32 + power - exponent);
            // 120万 is 1.2 million: only zeros that stand behind a printed point say how exact it is.
            let text = if decimals == 0 && text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text };
            return format!("{} {word}", with_commas(&text));
        }
    }
    with_commas(&place_point(&digits, decimals as i32 - exponent))
}

/// The significant digits of a printed number, without point and sign.
fn digits_of(printed: &str) -> String {
    printed.chars().filter(char::is_ascii_digit).collect()
}

/// Puts the decimal point `decimals` places from the right; a negative number appends zeros. Zeros that the shift alone made are cut.
fn place_point(digits: &str, decimals: i32) -> String {
    let number = if decimals <= 0 {
        format!("{digits}{}", "0".repeat(decimals.unsigned_abs() as usize))
    } else {
        let decimals = decimals as usize;
        let padded = format!("{digits:0>width$}", width = decimals + 1);
        let (whole, fraction) = padded.split_at(padded.len() - decimals);
        format!("{whole}.{fraction}")
    };
    let number = match number.split_once('.') {
        Some((whole, fraction)) if fraction.chars().all(|c| c == '0') => whole.to_owned(),
        _ => number,
    };
    let trimmed = number.trim_start_matches('0');
    if trimmed.is_empty() || trimmed.starts_with('.') { format!("0{trimmed}") } else { trimmed.to_owned() }
}

fn with_commas(number: &str) -> String {
    let (whole, fraction) = number.split_once('.').map_or((number, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// A printed number in the bare unit, as machines read it.
pub(super) fn plain_number(printed: &str, unit: &Unit) -> String {
    let decimals = printed.split_once('.').map_or(0, |(_, fraction)| fraction.len()) as i32;
    let number = place_point(&digits_of(printed), decimals - unit.scale.log10().round() as i32);
    if printed.starts_with('-') { format!("-{number}") } else { number }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_prints_numbers_without_their_unit() {
        let people = Unit::known("万人").unwrap();
        assert_eq!(spell_number("9899", Some(&people), Lang::Zh), "9899");
        assert_eq!(spell_number("9899", Some(&people), Lang::En), "98.99 million");
        assert_eq!(spell_number("551", Some(&people), Lang::En), "5.51 million");
        assert_eq!(spell_number("0", Some(&people), Lang::En), "0");
        assert_eq!(spell_number("12345.5", None, Lang::En), "12,345.5");
        assert_eq!(spell_number("-1234567.0", None, Lang::En), "-1,234,567.0");
        assert_eq!((people.heading(Lang::Zh), people.heading(Lang::En), &*people.english_multiple()), ("万人", "people", "10,000 people"));
    }

    #[test]
    fn a_precision_adds_zeros_and_rounds_half_up() {
        let cases = [
            ("3", 1, "3.0"),
            ("3.14", 1, "3.1"),
            ("3.15", 1, "3.2"),
            ("9.99", 1, "10.0"),
            ("999.5", 0, "1000"),
            ("-0.04", 1, "0.0"),
            ("-2.5", 0, "-3"),
            (".5", 2, "0.50"),
        ];
        for (printed, places, expected) in cases {
            assert_eq!(with_precision(printed, places), expected, "{printed}");
        }
    }
}
