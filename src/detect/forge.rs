//! Numbers for the tests, made and not collected: a seeded generator, check characters computed, counties that do not exist.

use super::card::is_luhn;
use super::identity::check_character;

/// A generator of random numbers (xorshift64*), the same on every machine.
pub(crate) struct Forge(u64);

impl Forge {
    pub(crate) fn new(seed: u64) -> Self {
        Forge(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16) % bound
    }

    pub(crate) fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[usize::try_from(self.below(list.len() as u64)).unwrap()]
    }

    pub(crate) fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + self.below(10) as u8)).collect()
    }

    /// A birth date of nobody alive.
    pub(crate) fn date(&mut self) -> String {
        format!("{:04}{:02}{:02}", 1890 + self.below(10), 1 + self.below(12), 1 + self.below(28))
    }

    /// A county code with a real province and a county that none has.
    pub(crate) fn county(&mut self) -> String {
        format!(
            "{}9{}",
            self.pick(&["11", "13", "23", "31", "34", "37", "41", "42", "46", "50", "54", "61", "65"]),
            self.pick(&["990", "980", "995"])
        )
    }

    /// The first 17 digits of a resident identity number.
    pub(crate) fn body(&mut self) -> String {
        format!("{}{}{}", self.county(), self.date(), self.digits(3))
    }

    pub(crate) fn resident_id(&mut self) -> String {
        with_check(&self.body())
    }

    pub(crate) fn resident_id_old(&mut self) -> String {
        format!("{}{:02}{:02}{:02}{}", self.county(), self.below(100), 1 + self.below(12), 1 + self.below(28), self.digits(3))
    }

    pub(crate) fn mobile(&mut self) -> String {
        format!("1{}{}", 3 + self.below(7), self.digits(9))
    }

    /// A landline of the area 0376 or 010, with 000 in it as no exchange has.
    pub(crate) fn landline(&mut self) -> (String, String) {
        let area = self.pick(&["0376", "010", "0371", "021"]);
        let count = if area.len() == 3 { 7 } else { 6 };
        (area.to_owned(), format!("{}{}", 2 + self.below(7), self.digits(count)))
    }

    /// A card number of `length` digits that begins with `prefix`.
    pub(crate) fn card(&mut self, prefix: &str, length: usize) -> String {
        let body = format!("{prefix}{}", self.digits(length - prefix.len() - 1));
        (0..10).map(|check| format!("{body}{check}")).find(|number| is_luhn(&values(number))).unwrap()
    }
}

/// A body of 17 digits with its check character.
pub(crate) fn with_check(body: &str) -> String {
    match check_character(&values(body)) {
        10 => format!("{body}X"),
        value => format!("{body}{value}"),
    }
}

pub(crate) fn values(number: &str) -> Vec<u8> {
    number.bytes().map(|byte| if byte.is_ascii_digit() { byte - b'0' } else { 10 }).collect()
}

/// A number in full-width digits.
pub(crate) fn wide(number: &str) -> String {
    number.chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap()).collect()
}

/// A number in Han digits.
pub(crate) fn han(number: &str) -> String {
    number
        .chars()
        .map(|c| c.to_digit(10).map_or('Ｘ', |value| ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'][value as usize]))
        .collect()
}

/// A number in circled digits.
pub(crate) fn circled(number: &str) -> String {
    number.chars().map(|c| c.to_digit(10).map_or('X', |value| ['⓪', '①', '②', '③', '④', '⑤', '⑥', '⑦', '⑧', '⑨'][value as usize])).collect()
}

/// A number in groups of the given lengths, the rest in the last.
pub(crate) fn grouped(number: &str, lengths: &[usize], separator: &str) -> String {
    let mut rest = number;
    let mut groups = Vec::new();
    for length in lengths {
        let (group, behind) = rest.split_at(*length);
        groups.push(group);
        rest = behind;
    }
    groups.push(rest);
    groups.retain(|group| !group.is_empty());
    groups.join(separator)
}
