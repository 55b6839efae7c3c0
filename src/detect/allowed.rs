//! Numbers and addresses that may stand in public: those of offices.

use super::character::fold;

/// Hotlines that every page may show: poverty-alleviation supervision, government services, and their like.
const ALWAYS: &[&str] = &["12317", "12345", "12316", "12333", "12348", "12355", "12388"];

/// The allow-list, built once from the settings of a site.
#[derive(Debug, Clone, Default)]
pub struct Allowed {
    /// Digits only.
    numbers: Vec<String>,
    /// Half width, lower case.
    words: Vec<String>,
}

impl Allowed {
    /// Builds the list from telephone numbers (in any notation), e-mail addresses and account names. 12317 and 12345 are
    /// always in it.
    #[must_use]
    pub fn new(entries: &[String]) -> Self {
        let always = ALWAYS.iter().map(|entry| (*entry).to_owned());
        let mut numbers: Vec<String> = always.chain(entries.iter().map(|entry| digits(entry)).filter(|entry| !entry.is_empty())).collect();
        let mut words: Vec<String> = entries.iter().map(|entry| word(entry)).collect();
        numbers.sort();
        words.sort();
        Allowed { numbers, words }
    }

    /// Whether a number, given as its digits without the country's, may stand.
    pub(super) fn has_number(&self, digits: &str) -> bool {
        self.numbers.binary_search_by(|entry| entry.as_str().cmp(digits)).is_ok()
    }

    /// Whether an address or account name may stand.
    pub(super) fn has_word(&self, text: &str) -> bool {
        self.words.binary_search(&word(text)).is_ok()
    }
}

/// The digits of a number, without the 86 of a country prefix.
fn digits(entry: &str) -> String {
    let folded = word(entry);
    let digits: String = folded.chars().filter(char::is_ascii_digit).collect();
    let prefix = if folded.starts_with("+86") {
        "86"
    } else if folded.starts_with("0086") {
        "0086"
    } else {
        ""
    };
    digits.strip_prefix(prefix).unwrap_or(&digits).to_owned()
}

fn word(text: &str) -> String {
    text.trim().chars().map(fold).flat_map(char::to_lowercase).collect()
}
