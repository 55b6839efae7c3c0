//! Dates of spreadsheets: a serial number and a number format → a calendar date (ECMA-376 part 1, §18.17.4).

/// Days from 1970-01-01 to the day that has the serial number 0 in each of the two systems.
const EPOCH_1900: i64 = -25_569;
const EPOCH_1904: i64 = -24_107;
/// 9999-12-31.
const SERIAL_MAX: f64 = 2_958_466.0;

/// The date of a serial number as `1990-05-08`.
pub(super) fn date(serial: f64, is_1904: bool) -> Option<String> {
    if !(1.0..SERIAL_MAX).contains(&serial) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "just compared with the bounds")]
    let mut day = serial.floor() as i64;
    // Lotus 1-2-3 took 1900 for a leap year, and everyone after it did too.
    if !is_1904 && day < 60 {
        day += 1;
    }
    let (year, month, day) = civil(day + if is_1904 { EPOCH_1904 } else { EPOCH_1900 });
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

/// Days since 1970-01-01 → year, month, day, by eras of 400 years that begin in March.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day_of_year - (153 * shifted + 2) / 5 + 1)
}

/// Whether a number format that programs know by number shows a date (§18.8.30, with the Chinese ones).
pub(super) fn is_date_number(format: u32) -> bool {
    matches!(format, 14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58)
}

/// Whether a number format that is written out shows a date: it has a year or a day outside of quotes and brackets.
pub(super) fn is_date_code(code: &str) -> bool {
    let (mut quoted, mut bracketed, mut escaped) = (false, false, false);
    for c in code.chars() {
        if std::mem::take(&mut escaped) {
            continue;
        }
        match c {
            '\\' | '_' | '*' => escaped = true,
            '"' => quoted = !quoted,
            '[' if !quoted => bracketed = true,
            ']' => bracketed = false,
            'y' | 'Y' | 'd' | 'D' | 'e' if !quoted && !bracketed => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{date, is_date_code};

    #[test]
    fn serial_numbers_are_dates() {
        assert_eq!(date(33_001.5, false).as_deref(), Some("1990-05-08"));
        assert_eq!(date(1.0, false).as_deref(), Some("1900-01-01"));
        assert_eq!(date(61.0, false).as_deref(), Some("1900-03-01"));
        assert_eq!(date(31_539.0, true).as_deref(), Some("1990-05-08"));
        assert_eq!(date(f64::NAN, false), None);
    }

    #[test]
    fn formats_with_years_or_days_are_dates() {
        assert!(is_date_code("yyyy\"年\"m\"月\""));
        assert!(is_date_code("[$-804]d"));
        assert!(!is_date_code("0\"day\""));
        assert!(!is_date_code("[Red]0.00\\d"));
    }
}
