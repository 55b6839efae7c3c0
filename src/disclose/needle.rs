//! Needles: the closed values of an archive, for the search in finished bytes. They can be matched and told by place, never
//! printed. What is kept of each is a hash of its folded text, so that an archive of many closed records costs little memory.

use super::fold::Folded;
use crate::digest::fold64;
use crate::path::OutPath;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

/// A closed value shorter than this is found everywhere: Han characters.
const HAN_MIN: usize = 4;
/// Letters and digits of a value without so many Han.
const ALPHANUMERIC_MIN: usize = 6;
/// A sentence of a closed text must have more: headings and phrases recur.
const SENTENCE_MIN: usize = 10;
/// Longer values are cut into stretches of so many characters, so that a part of one is found too.
const STRETCH: usize = 16;
/// A number of fewer digits must stand alone to be taken for the value: the figures of a table, read without its signs, are one long number.
const NUMBER_SAFE: usize = 12;
/// The number of bits of the filter that most places of a page are turned away by.
const FILTER_BITS: u64 = 1 << 20;

/// What a needle is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Closed {
    /// A value that somebody marked or entered as a whole: a withheld run, a title, a name.
    Value,
    /// A sentence of a closed text.
    Sentence,
}

/// Where a closed value stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Origin {
    /// The file.
    pub(super) file: Arc<str>,
    /// What it is.
    pub(super) closed: Closed,
}

#[derive(Debug)]
struct Needle {
    length: u16,
    hash: u64,
    origin: u32,
}

/// All closed values of a profile's edition.
#[derive(Debug, Default)]
pub(super) struct Needles {
    /// By the hash of their first four characters.
    by_start: HashMap<u64, Vec<Needle>>,
    filter: Vec<u64>,
    origins: Vec<Origin>,
    count: usize,
}

/// A closed value that was found.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Hit<'n> {
    /// Where in the text that was searched.
    pub(super) span: Range<usize>,
    /// Where the closed value stands.
    pub(super) origin: &'n Origin,
    key: (u64, u64),
}

impl Needles {
    /// Whether there is nothing to look for.
    #[must_use]
    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// How many there are.
    #[must_use]
    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// Takes the values of one file in.
    pub(super) fn add<'t>(&mut self, file: &Arc<str>, closed: Closed, values: impl IntoIterator<Item = &'t str>) {
        let origin = u32::try_from(self.origins.len()).unwrap_or(u32::MAX);
        self.origins.push(Origin { file: Arc::clone(file), closed });
        for value in values {
            let folded = Folded::of_text(value);
            if !is_telling(&folded, closed) {
                continue;
            }
            for stretch in stretches(folded.characters()) {
                self.insert(stretch, origin);
            }
        }
    }

    fn insert(&mut self, characters: &[char], origin: u32) {
        let Some(start) = characters.first_chunk() else { return };
        let start = hash_start(start);
        let needle = Needle { length: u16::try_from(characters.len()).unwrap_or(u16::MAX), hash: hash_all(characters), origin };
        let list = self.by_start.entry(start).or_default();
        if list.iter().any(|known| known.length == needle.length && known.hash == needle.hash) {
            return;
        }
        if self.filter.is_empty() {
            self.filter = vec![0; (FILTER_BITS / 64) as usize];
        }
        let bit = start % FILTER_BITS;
        self.filter[(bit / 64) as usize] |= 1 << (bit % 64);
        list.push(needle);
        self.count += 1;
    }

    /// The closed values in a text, each at its first place only.
    #[must_use]
    pub(super) fn find(&self, text: &Folded) -> Vec<Hit<'_>> {
        let characters = text.characters();
        let mut hits = Vec::new();
        let mut seen = BTreeSet::new();
        for (at, start) in characters.windows(4).enumerate() {
            let Some(start) = start.first_chunk().map(hash_start) else { break };
            let bit = start % FILTER_BITS;
            if self.filter.get((bit / 64) as usize).is_none_or(|word| word & (1 << (bit % 64)) == 0) {
                continue;
            }
            for needle in self.by_start.get(&start).into_iter().flatten() {
                let Some(found) = characters.get(at..at + usize::from(needle.length)) else { continue };
                let run = at..at + usize::from(needle.length);
                if hash_all(found) == needle.hash && (!is_short_number(found) || stands_alone(text, run.clone())) && seen.insert((start, needle.hash))
                {
                    let span = text.place(run);
                    hits.push(Hit { span, origin: &self.origins[needle.origin as usize], key: (start, needle.hash) });
                }
            }
        }
        hits
    }

    /// The closed values in a finished file and in its address, by where they come from.
    #[must_use]
    pub(super) fn inspect(&self, path: &OutPath, bytes: &[u8]) -> Vec<&Origin> {
        // What is no text, pictures above all, is made anew from what was cleared.
        let text = if self.is_empty() { None } else { std::str::from_utf8(bytes).ok() };
        let Some(text) = text else { return Vec::new() };
        // In a text of tags, the name of an attribute is no word before its value.
        let is_tagged = [".html", ".xml"].iter().any(|suffix| path.as_str().ends_with(suffix));
        let mut streams = if is_tagged { Folded::of_page(text) } else { vec![Folded::of_text(text)] };
        streams.push(Folded::of_text(path.as_str()));
        let mut origins: Vec<&Origin> = streams.iter().flat_map(|stream| self.find(stream)).map(|hit| hit.origin).collect();
        origins.sort_by(|a, b| (&a.file, a.closed).cmp(&(&b.file, b.closed)));
        origins.dedup();
        origins
    }

    /// Takes out what also stands openly: it is no secret, and every page that shows it would be found fault with.
    pub(super) fn forget(&mut self, keys: &BTreeSet<(u64, u64)>) {
        for (start, hash) in keys {
            if let Some(list) = self.by_start.get_mut(start) {
                let before = list.len();
                list.retain(|needle| needle.hash != *hash);
                self.count -= before - list.len();
            }
        }
    }
}

impl Hit<'_> {
    /// What [`Needles::forget`] knows it by.
    pub(super) fn key(&self) -> (u64, u64) {
        self.key
    }
}

/// Whether a value is a number so short that it stands by chance among the figures of a table read in one go.
fn is_short_number(characters: &[char]) -> bool {
    characters.len() < NUMBER_SAFE && characters.iter().all(char::is_ascii_digit)
}

/// Whether a run of digits is a number of its own: no digit touches it, and no more than one sign stands inside (`100,023`).
fn stands_alone(text: &Folded, run: Range<usize>) -> bool {
    let gap = |before: usize| text.place(before + 1..before + 2).start.saturating_sub(text.place(before..before + 1).end);
    let is_digit = |at: usize| text.characters().get(at).is_some_and(char::is_ascii_digit);
    let touches_before = run.start.checked_sub(1).is_some_and(|before| is_digit(before) && gap(before) == 0);
    let touches_behind = is_digit(run.end) && gap(run.end - 1) == 0;
    !touches_before && !touches_behind && (run.start..run.end - 1).all(|at| gap(at) <= 1)
}

/// Whether a value says enough to be looked for.
fn is_telling(folded: &Folded, closed: Closed) -> bool {
    let characters = folded.characters();
    let han = characters.iter().filter(|c| crate::text::is_han(**c)).count();
    match closed {
        Closed::Value => han >= HAN_MIN || characters.len() >= ALPHANUMERIC_MIN,
        Closed::Sentence => characters.len() >= SENTENCE_MIN,
    }
}

/// A value whole, or, if it is long, in stretches that cover all of it.
fn stretches(characters: &[char]) -> Vec<&[char]> {
    if characters.len() <= STRETCH {
        return vec![characters];
    }
    let mut list: Vec<&[char]> = characters.chunks_exact(STRETCH).collect();
    list.extend(characters.last_chunk::<STRETCH>().map(|last| last.as_slice()));
    list
}

fn hash_start(start: &[char; 4]) -> u64 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let [a, b, c, d] = start.map(u64::from);
    let mixed = ((a << 42) ^ (b << 21) ^ c).wrapping_mul(FACTOR) ^ d.wrapping_mul(0xC2B2_AE3D_27D4_EB4F);
    mixed ^ (mixed >> 29)
}

fn hash_all(characters: &[char]) -> u64 {
    let mut bytes = Vec::with_capacity(characters.len() * 4);
    characters.iter().for_each(|c| bytes.extend_from_slice(&u32::from(*c).to_le_bytes()));
    fold64(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needles(values: &[(&str, Closed)]) -> Needles {
        let mut needles = Needles::default();
        for (value, closed) in values {
            needles.add(&Arc::from("content/cases/a.zh.md"), *closed, [*value]);
        }
        needles
    }

    #[test]
    fn a_closed_value_is_found_however_it_is_written() {
        let needles = needles(&[("黑山沟村民组", Closed::Value), ("AB-2020-77", Closed::Value)]);
        for text in ["在黑山沟村民组。", "黑 山 沟\n村民组", "黑山**沟村**民组", "ａｂ２０２０７７", "ab 2020 77"] {
            assert_eq!(needles.find(&Folded::of_text(text)).len(), 1, "{text}");
        }
        for page in ["<p>黑山<em>沟村</em>民组</p>", "<img alt=\"黑山沟村民组\">", "<td>AB</td><td>2020&amp;77</td>"] {
            let found: usize = Folded::of_page(page).iter().map(|folded| needles.find(folded).len()).sum();
            assert_eq!(found, 1, "{page}");
        }
        assert!(needles.find(&Folded::of_text("黑山沟村")).is_empty());
    }

    #[test]
    fn a_short_number_is_found_where_it_stands_alone() {
        let needles = needles(&[("989920", Closed::Value), ("411522198001", Closed::Value)]);
        for text in ["户号989920。", "989,920", "No. 989920", "411522 198001", "x411522198001x"] {
            assert_eq!(needles.find(&Folded::of_text(text)).len(), 1, "{text}");
        }
        for text in ["1989920", "9899201", "98, 9920"] {
            assert!(needles.find(&Folded::of_text(text)).is_empty(), "{text}");
        }
        let cells = Folded::of_page("<td>2012</td><td>9899</td><td>20</td><td>13</td>");
        assert!(cells.iter().all(|text| needles.find(text).is_empty()));
    }

    #[test]
    fn short_values_and_phrases_are_no_needles() {
        assert!(needles(&[("张三", Closed::Value), ("12345", Closed::Value), ("基本情况介绍", Closed::Sentence)]).is_empty());
    }

    #[test]
    fn a_part_of_a_long_sentence_is_found() {
        let sentence = "二〇一八年他家的老屋在一场大雨里塌了半边墙村里连夜把一家五口接到小学的教室里住下";
        let needles = needles(&[(sentence, Closed::Sentence)]);
        assert!(needles.len() > 1);
        let part: String = sentence.chars().skip(14).take(20).collect();
        assert!(!needles.find(&Folded::of_text(&part)).is_empty());
    }

    #[test]
    fn what_is_forgotten_is_not_found_any_more() {
        let mut needles = needles(&[("黑山沟村民组", Closed::Value)]);
        let text = Folded::of_text("黑山沟村民组");
        let keys = needles.find(&text).iter().map(Hit::key).collect();
        needles.forget(&keys);
        assert!(needles.find(&text).is_empty() && needles.is_empty());
    }
}
