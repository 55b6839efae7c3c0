//! Han characters → syllables of pinyin without tones (ü is v): readings of titles, keys of the order by title, and the terms by
//! which a title is found when its sound is typed.

use pinyin::{ToPinyin, ToPinyinMulti};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Names whose characters are read otherwise than usual.
const NAMES: &str = include_str!("data/place_reading.txt");
/// Combinations of readings that are indexed for two neighbours.
const COMBINATIONS: usize = 4;

struct Name {
    characters: Vec<char>,
    syllables: Vec<&'static str>,
}

/// By first character.
static NAMES_BY_FIRST: LazyLock<HashMap<char, Vec<Name>>> = LazyLock::new(|| {
    let mut names: HashMap<char, Vec<Name>> = HashMap::new();
    for line in NAMES.lines().filter(|line| !line.starts_with('#')) {
        let mut parts = line.split(' ');
        let characters: Vec<char> = parts.next().unwrap_or_default().chars().collect();
        if let Some(first) = characters.first() {
            names.entry(*first).or_default().push(Name { syllables: parts.collect(), characters });
        }
    }
    names
});

fn plain(syllable: &str) -> String {
    syllable.replace('ü', "v")
}

/// The commonest reading of a character.
#[must_use]
pub fn reading(c: char) -> Option<String> {
    c.to_pinyin().map(|reading| plain(reading.plain()))
}

/// A character's reading with its tone; where a syllable is given, the reading that is spelt so.
#[must_use]
pub fn toned(c: char, syllable: Option<&str>) -> Option<String> {
    let wanted = syllable.map(|syllable| syllable.to_lowercase().replace('ü', "v"));
    let mut all = c.to_pinyin_multi().into_iter().flatten();
    let meant = wanted.as_ref().and_then(|wanted| all.find(|reading| plain(reading.plain()) == *wanted));
    // What a person wrote and the tables do not know is printed as it was written.
    let written = || syllable.map(str::to_owned);
    let usual = || c.to_pinyin().map(|reading| reading.with_tone().to_owned());
    meant.map(|reading| reading.with_tone().to_owned()).or_else(written).or_else(usual)
}

/// All readings of each character of a text, that of a known name first; none for what is no Han.
fn readings(text: &[char]) -> Vec<Vec<String>> {
    let mut all: Vec<Vec<String>> = text.iter().map(|c| own_readings(*c)).collect();
    for start in 0..text.len() {
        let rest = text.get(start..).unwrap_or_default();
        let names = rest.first().and_then(|first| NAMES_BY_FIRST.get(first)).map(Vec::as_slice).unwrap_or_default();
        for name in names.iter().rev().filter(|name| rest.starts_with(&name.characters)) {
            for (readings, syllable) in all.iter_mut().skip(start).zip(&name.syllables) {
                readings.retain(|reading| reading != syllable);
                readings.insert(0, (*syllable).to_owned());
            }
        }
    }
    all
}

fn own_readings(c: char) -> Vec<String> {
    let mut readings = Vec::new();
    for reading in c.to_pinyin_multi().into_iter().flatten() {
        let syllable = plain(reading.plain());
        if !readings.contains(&syllable) {
            readings.push(syllable);
        }
    }
    readings
}

/// The reading of a text, syllables with a blank between, other characters left out: `xin xian`.
#[must_use]
pub fn spell(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let syllables: Vec<String> = readings(&characters).into_iter().filter_map(|readings| readings.into_iter().next()).collect();
    syllables.join(" ")
}

/// The initials of a reading: `xx`.
#[must_use]
pub fn initials(spelt: &str) -> String {
    spelt.split(' ').filter_map(|syllable| syllable.chars().next()).collect()
}

/// The terms of two neighbours: `p` with two syllables, `i` with two initials; characters are folded, and each has its position.
#[must_use]
pub fn sound_terms(characters: &[(char, u32)]) -> Vec<(String, u32)> {
    let text: Vec<char> = characters.iter().map(|(c, _)| *c).collect();
    let readings = readings(&text);
    let mut terms: Vec<(String, u32)> = Vec::new();
    for (pair, places) in readings.windows(2).zip(characters.windows(2)) {
        let ([first, second], [(_, position), (_, next)]) = (pair, places) else { continue };
        if *next != position + 1 {
            continue;
        }
        for (a, b) in combinations(first, second) {
            let initials = [a, b].into_iter().filter_map(|syllable| syllable.chars().next());
            terms.push((std::iter::once('i').chain(initials).collect(), *position));
            terms.push((format!("p{a}'{b}"), *position));
        }
    }
    terms.sort_unstable_by(|a, b| (a.1, &a.0).cmp(&(b.1, &b.0)));
    terms.dedup();
    terms
}

/// The likeliest combinations of two lists: those whose places in them add up to the least.
fn combinations<'a>(first: &'a [String], second: &'a [String]) -> impl Iterator<Item = (&'a str, &'a str)> {
    let sums = 0..first.len() + second.len();
    let pairs = sums.flat_map(move |sum| (0..=sum).filter_map(move |at| Some((first.get(at)?.as_str(), second.get(sum - at)?.as_str()))));
    pairs.take(COMBINATIONS)
}

/// What a title is sorted by: syllable after syllable, other characters folded.
#[must_use]
pub fn sort_key(folded: &str) -> String {
    let characters: Vec<char> = folded.chars().collect();
    let mut key = String::with_capacity(folded.len() * 2);
    for (c, readings) in characters.iter().zip(readings(&characters)) {
        match readings.first() {
            Some(syllable) => {
                key.push_str(syllable);
                // Lower than any letter, so that xi'an stands before xian.
                key.push('\u{1}');
            }
            None => key.push(*c),
        }
    }
    key
}
