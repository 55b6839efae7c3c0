//! What sounds alike to many: bigrams by a key that forgets z/zh, c/ch, s/sh, n/l, h/f, n/ng. Asked when a query finds nothing.

use super::reading::reading;
use crate::text::gb2312_level;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The characters of GB 2312-80 are all that sounds are known for.
fn in_gb2312(c: char) -> bool {
    gb2312_level(c).is_some()
}

/// First and last code point that may be one of them.
const RANGE: std::ops::RangeInclusive<char> = '\u{4E00}'..='\u{9FFF}';

/// Keys, and for each character of the range the number of its key + 1.
struct Sounds {
    keys: Vec<String>,
    of: Vec<u16>,
}

static SOUNDS: LazyLock<Sounds> = LazyLock::new(|| {
    let keys: BTreeMap<String, u16> = RANGE.filter(|c| in_gb2312(*c)).filter_map(reading).map(|syllable| (fuzzy(&syllable), 0)).collect();
    let numbers: BTreeMap<String, u16> = keys.into_keys().zip(1..).collect();
    let number = |c: char| reading(c).filter(|_| in_gb2312(c)).and_then(|syllable| numbers.get(&fuzzy(&syllable)).copied());
    let of = RANGE.map(|c| number(c).unwrap_or(0)).collect();
    Sounds { keys: numbers.into_keys().collect(), of }
});

/// The number of a character's sound, if it has one.
#[must_use]
pub fn sound(c: char) -> Option<u16> {
    let at = u32::from(c).checked_sub(u32::from(*RANGE.start()))?;
    SOUNDS.of.get(at as usize).copied().filter(|number| *number > 0).map(|number| number - 1)
}

/// The key of a sound.
#[must_use]
pub fn key(sound: u16) -> &'static str {
    SOUNDS.keys.get(usize::from(sound)).map_or("", String::as_str)
}

/// A syllable as the key forgets it: zh→z, ch→c, sh→s; at the beginning l→n, h→f; at the end ng→n.
#[must_use]
pub fn fuzzy(syllable: &str) -> String {
    let (initial, rest) = match syllable.as_bytes() {
        [first @ (b'z' | b'c' | b's'), b'h', ..] => (*first as char, syllable.get(2..)),
        [b'l', ..] => ('n', syllable.get(1..)),
        [b'h', ..] => ('f', syllable.get(1..)),
        [first, ..] => (*first as char, syllable.get(1..)),
        [] => return String::new(),
    };
    let rest = rest.unwrap_or_default();
    let rest = if rest.ends_with("ng") { rest.get(..rest.len() - 1).unwrap_or_default() } else { rest };
    format!("{initial}{rest}")
}

/// The table for the script: each syllable with the characters that are commonly read so, as JSON.
#[must_use]
pub fn table() -> String {
    let mut syllables: BTreeMap<String, String> = BTreeMap::new();
    for c in RANGE.filter(|c| in_gb2312(*c)) {
        if let Some(syllable) = reading(c) {
            syllables.entry(syllable).or_default().push(c);
        }
    }
    let map: Map<String, Value> = syllables.into_iter().map(|(syllable, characters)| (syllable, characters.into())).collect();
    Value::Object(map).to_string()
}
