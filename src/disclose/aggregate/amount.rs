//! What a group adds up to in a column: exact decimals, since a sum that is off by a rounding would not add up with its total.

use std::iter::Sum;

/// The largest number of decimals that are kept apart.
const DECIMALS_MAX: usize = 12;

/// A sum with what the rules of suppression ask of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Amount {
    /// The sum, in units of the last of twelve decimals; none where it is too large to be exact.
    total: Option<i128>,
    /// With how many decimals it is printed: as many as the most exact of its numbers.
    decimals: usize,
    /// How many rows have a number.
    pub(super) contributors: u64,
    /// The largest of them, without its sign.
    largest: u128,
    /// All of them, without their signs.
    absolute: u128,
    started: bool,
}

impl Amount {
    /// The amount of one row; nothing where the cell is empty.
    pub(super) fn of(printed: &str) -> Amount {
        if printed.is_empty() {
            return Amount { total: Some(0), started: true, ..Amount::default() };
        }
        let decimals = printed.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        let total = scaled(printed);
        let size = total.map_or(u128::MAX, i128::unsigned_abs);
        Amount { total, decimals, contributors: 1, largest: size, absolute: size, started: true }
    }

    /// Whether one row makes up more than four fifths of it.
    pub(super) fn is_dominated(&self) -> bool {
        self.largest.checked_mul(5).zip(self.absolute.checked_mul(4)).is_some_and(|(largest, limit)| largest > limit)
    }

    /// Whether it could be added up without loss.
    pub(super) fn is_exact(&self) -> bool {
        !self.started || self.total.is_some()
    }

    /// The sum as it is printed; empty where no row has a number.
    pub(super) fn printed(&self) -> String {
        let Some(total) = self.total.filter(|_| self.contributors > 0) else { return String::new() };
        let digits = format!("{:0>width$}", total.unsigned_abs(), width = DECIMALS_MAX + 1);
        let (whole, fraction) = digits.split_at(digits.len() - DECIMALS_MAX);
        let sign = if total < 0 { "-" } else { "" };
        let fraction = fraction.get(..self.decimals.min(DECIMALS_MAX)).unwrap_or_default();
        if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
    }

    fn add(self, other: &Amount) -> Amount {
        if !self.started {
            return *other;
        }
        Amount {
            total: self.total.zip(other.total).and_then(|(a, b)| a.checked_add(b)),
            decimals: self.decimals.max(other.decimals),
            contributors: self.contributors + other.contributors,
            largest: self.largest.max(other.largest),
            absolute: self.absolute.saturating_add(other.absolute),
            started: true,
        }
    }
}

impl<'a> Sum<&'a Amount> for Amount {
    fn sum<I: Iterator<Item = &'a Amount>>(amounts: I) -> Amount {
        amounts.fold(Amount::default(), Amount::add)
    }
}

/// A printed number in units of the last decimal.
fn scaled(printed: &str) -> Option<i128> {
    let (whole, fraction) = printed.split_once('.').unwrap_or((printed, ""));
    if fraction.len() > DECIMALS_MAX {
        return None;
    }
    let digits = format!("{whole}{fraction:0<DECIMALS_MAX$}");
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(numbers: &[&str]) -> Amount {
        numbers.iter().map(|number| Amount::of(number)).collect::<Vec<_>>().iter().sum()
    }

    #[test]
    fn decimals_add_up_exactly() {
        assert_eq!(sum(&["0.1", "0.2", "", "-1.25"]).printed(), "-0.95");
        assert_eq!(sum(&["3", "4"]).printed(), "7");
        assert_eq!(sum(&["", ""]).printed(), "");
        assert_eq!(sum(&[]).printed(), "");
        assert_eq!(sum(&["1.5", "1.5"]).printed(), "3.0");
    }

    #[test]
    fn one_row_of_more_than_four_fifths_dominates() {
        assert!(!sum(&["80", "20"]).is_dominated());
        assert!(sum(&["81", "19"]).is_dominated());
        assert!(sum(&["-81", "19"]).is_dominated());
        assert!(!sum(&["0", "0"]).is_dominated());
    }

    #[test]
    fn what_cannot_be_added_exactly_is_none() {
        assert!(!sum(&["170141183460469231731687303715884105727", "1"]).is_exact());
        assert!(!sum(&["0.1234567890123", "1"]).is_exact());
        assert!(sum(&["123456789012345678", "1"]).is_exact());
    }
}
