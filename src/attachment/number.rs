//! Numbers as programs store them → the digits that a reader sees.

/// More zeros than any number of a person has.
const EXPONENT_MAX: i32 = 40;

/// Writes a number with an exponent out in digits, exactly: `4.11523199E+17` → `411523199000000000`. None if the text is
/// no such number or is already written out.
pub(super) fn expand(text: &str) -> Option<String> {
    let (mantissa, exponent) = text.trim().split_once(['E', 'e'])?;
    let exponent: i32 = exponent.strip_prefix('+').unwrap_or(exponent).parse().ok()?;
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |rest| ("-", rest));
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let is_number = !whole.is_empty() && whole.bytes().chain(part.bytes()).all(|byte| byte.is_ascii_digit());
    if !is_number || exponent.abs() > EXPONENT_MAX || whole.len() + part.len() > 400 {
        return None;
    }
    let mut digits = format!("{whole}{part}");
    let mut point = i32::try_from(whole.len()).ok()? + exponent;
    while point <= 0 {
        digits.insert(0, '0');
        point += 1;
    }
    let point = usize::try_from(point).ok()?;
    while digits.len() < point {
        digits.push('0');
    }
    let (whole, part) = digits.split_at_checked(point)?;
    let (whole, part) = (whole.trim_start_matches('0'), part.trim_end_matches('0'));
    let whole = if whole.is_empty() { "0" } else { whole };
    Some(if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") })
}

/// A text with every number that stands alone in it and has an exponent written out.
pub(super) fn plain(text: &str) -> String {
    expand(text).unwrap_or_else(|| text.to_owned())
}

/// A number of floating point as digits.
pub(super) fn digits(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e38 { format!("{number:.0}") } else { plain(&format!("{number}")) }
}

#[cfg(test)]
mod tests {
    use super::{digits, expand};

    #[test]
    fn exponents_are_written_out_exactly() {
        let cases = [
            ("4.11523E+17", Some("411523000000000000")),
            ("4.11523199001010014E17", Some("411523199001010014")),
            ("1.3800138E10", Some("13800138000")),
            ("-1.5e-3", Some("-0.0015")),
            ("1E0", Some("1")),
            ("13800138000", None),
            ("E5", None),
            ("1E", None),
            ("1E999999999", None),
            ("DEADBEEF", None),
        ];
        for (written, wanted) in cases {
            assert_eq!(expand(written).as_deref(), wanted, "{written}");
        }
        assert_eq!(digits(411_523_199_001_010_048.0), "411523199001010048");
        assert_eq!(digits(0.5), "0.5");
    }
}
