//! An index read back: what every term lists, and plain answers to plain questions. For tests and for checking what was written; the
//! pages have their own reader.

use super::base64;
use super::bits::Reader;
use super::hash::{shard_key, shard_of, term_hash};
use super::stem::stem;
use super::unit::{Unit, block_units};
use super::varint;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The files of an index by their path inside of `search/`.
#[derive(Debug, Default)]
pub struct Index {
    files: BTreeMap<String, Vec<u8>>,
    manifest: Value,
}

/// A document in a list of layer A.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    /// Its number over all segments.
    pub document: u32,
    /// 0 to 7.
    pub impact: u32,
    /// Whether it stands in the title.
    pub in_title: bool,
    /// The stripe of the first occurrence; 0 in the title.
    pub stripe: u32,
}

/// A term as it stands in a shard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The term.
    pub term: Vec<u8>,
    /// Documents in its list.
    pub df: u32,
    /// Its list.
    pub block: Vec<u8>,
    /// Whether the list is only the rest of one that is divided.
    pub is_split: bool,
}

/// Positions by document.
pub type Positions = BTreeMap<u32, BTreeSet<u32>>;

impl Index {
    /// An index from its files; none if there is no manifest or a file is no call of the loader.
    #[must_use]
    pub fn new(files: &BTreeMap<String, Vec<u8>>) -> Option<Index> {
        let manifest = std::str::from_utf8(files.get("manifest.js")?).ok()?;
        let manifest = serde_json::from_str(manifest.strip_prefix("tuopinSearch(\"manifest\",")?.strip_suffix(");")?).ok()?;
        let payloads = files.iter().filter(|(path, _)| *path != "manifest.js").map(|(path, bytes)| Some((path.clone(), payload(path, bytes)?)));
        Some(Index { files: payloads.collect::<Option<_>>()?, manifest })
    }

    /// The manifest.
    #[must_use]
    pub fn manifest(&self) -> &Value {
        &self.manifest
    }

    /// What a file holds; the path has its suffix.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Vec::as_slice)
    }

    fn segments(&self) -> impl Iterator<Item = (usize, u32, &Value)> {
        let mut first = 0u32;
        self.manifest.get("segments").and_then(Value::as_array).into_iter().flatten().enumerate().map(move |(number, segment)| {
            let start = first;
            first = start.saturating_add(count(segment, "documents"));
            (number, start, segment)
        })
    }

    /// All terms of a layer's shard, externals read from their files.
    #[must_use]
    pub fn shard(&self, segment: usize, layer: &str, shard: u32) -> Vec<Found> {
        let name = format!("{segment}/{layer}-{shard:04}");
        let mut rest = self.file(&format!("{name}.js")).unwrap_or_default();
        let mut terms: Vec<(Found, u32)> = Vec::new();
        for _ in 0..varint::take(&mut rest) {
            if rest.is_empty() {
                break;
            }
            let (shared, length) = (varint::take(&mut rest), varint::take(&mut rest));
            let mut term = terms.last().map_or(&[][..], |(last, _)| &last.term).iter().take(shared as usize).copied().collect::<Vec<u8>>();
            let Some((tail, after)) = rest.split_at_checked(length as usize) else { break };
            term.extend_from_slice(tail);
            rest = after;
            let (df, size) = (varint::take(&mut rest), varint::take(&mut rest));
            terms.push((Found { term, df, block: Vec::new(), is_split: size & 1 == 1 }, size >> 1));
        }
        for (at, (found, size)) in terms.iter_mut().enumerate() {
            if *size & 1 == 1 {
                found.block = self.file(&format!("{name}x{at}.js")).unwrap_or_default().to_vec();
            } else if let Some((block, after)) = rest.split_at_checked(*size as usize >> 1) {
                found.block = block.to_vec();
                rest = after;
            }
        }
        terms.into_iter().map(|(found, _)| found).collect()
    }

    /// The entries of a term, or of all surfaces of a stem, in one segment.
    fn find(&self, (number, segment): (usize, &Value), layer: &str, term: &str, is_stem: bool) -> Vec<Found> {
        let shard = shard_of(term_hash(shard_key(term.as_bytes())), count(segment, layer));
        let surfaces = format!("{term}\u{1}");
        let is_it = |found: &Found| found.term == term.as_bytes() || is_stem && found.term.starts_with(surfaces.as_bytes());
        self.shard(number, layer, shard).into_iter().filter(is_it).collect()
    }

    /// The documents of a term; none where it is too common to have a list in some segment.
    #[must_use]
    pub fn documents(&self, term: &str, is_stem: bool) -> Option<Vec<Posting>> {
        let mut all = Vec::new();
        for (number, first, segment) in self.segments() {
            for found in self.find((number, segment), "a", term, is_stem) {
                if found.block.is_empty() {
                    return None;
                }
                all.extend(documents(&found).into_iter().map(|posting| Posting { document: first.saturating_add(posting.document), ..posting }));
            }
        }
        all.sort_unstable_by_key(|posting| posting.document);
        all.dedup_by_key(|posting| posting.document);
        Some(all)
    }

    /// The positions of a term.
    #[must_use]
    pub fn positions(&self, term: &str, is_stem: bool) -> Positions {
        let mut all = Positions::new();
        for (number, first, segment) in self.segments() {
            for found in self.find((number, segment), "p", term, is_stem) {
                for (document, positions) in positions(&found) {
                    all.entry(first.saturating_add(document)).or_default().extend(positions);
                }
            }
        }
        all
    }

    /// The positions of a bigram that stands in a phrase, from the lists of its neighbours where it is divided.
    fn bigram(&self, units: &[Unit], at: usize) -> Positions {
        let text = |from: usize, to: usize| units.get(from..to).unwrap_or_default().iter().map(|unit| unit.text.as_str()).collect::<String>();
        let mut all = self.positions(&format!("b{}", text(at, at + 2)), false);
        let term = if touches(units, at + 1) {
            format!("f{}", text(at, at + 3))
        } else if at > 0 && touches(units, at - 1) {
            format!("g{}", text(at - 1, at + 2))
        } else {
            format!("{}{}", if at + 2 < units.len() { 'f' } else { 'g' }, text(at, at + 2))
        };
        let other = self.positions(&term, false);
        for (document, positions) in other {
            all.entry(document).or_default().extend(positions);
        }
        all
    }

    /// The documents in which units stand one after the other as they do in a text: a phrase, exactly as it is written. None where
    /// a single character is too common.
    #[must_use]
    pub fn phrase(&self, text: &str) -> Option<BTreeSet<u32>> {
        let units = block_units(text);
        let as_set = |postings: Vec<Posting>| postings.into_iter().map(|posting| posting.document).collect();
        match units.as_slice() {
            [] => return Some(BTreeSet::new()),
            [one] if one.is_wide => return self.documents(&format!("u{}", one.text), false).map(as_set),
            [one] => return self.documents(&word_term(&one.text), false).map(as_set),
            [a, b] if touches(&units, 0) => return self.documents(&format!("b{}{}", a.text, b.text), false).map(as_set),
            _ => {}
        }
        let mut starts: Option<BTreeSet<(u32, u32)>> = None;
        for (at, term) in cover(&units) {
            let list = if term.is_empty() { self.bigram(&units, at) } else { self.positions(&term, false) };
            let offset = units.get(at).map_or(0, |unit| unit.position);
            let here = list.into_iter().flat_map(|(document, positions)| positions.into_iter().map(move |position| (document, position)));
            let here: BTreeSet<(u32, u32)> = here.filter_map(|(document, position)| Some((document, position.checked_sub(offset)?))).collect();
            starts = Some(starts.map_or_else(|| here.clone(), |known| known.intersection(&here).copied().collect()));
        }
        Some(starts.unwrap_or_default().into_iter().map(|(document, _)| document).collect())
    }
}

/// The fewest bigrams and words that hold all units of a phrase: where each begins, and the term of a word (empty for a bigram).
fn cover(units: &[Unit]) -> Vec<(usize, String)> {
    let (mut parts, mut at) = (Vec::new(), 0);
    while let Some(unit) = units.get(at) {
        if touches(units, at) {
            parts.push((at, String::new()));
            at += 2;
        } else if at > 0 && touches(units, at - 1) {
            parts.push((at - 1, String::new()));
            at += 1;
        } else {
            parts.push((at, word_term(&unit.text)));
            at += 1;
        }
    }
    parts
}

/// Whether a unit and the next make a bigram.
fn touches(units: &[Unit], at: usize) -> bool {
    matches!(units.get(at..at + 2), Some([a, b]) if b.position == a.position + 1 && (a.is_wide || b.is_wide))
}

fn word_term(word: &str) -> String {
    let stem = stem(word);
    if stem == word { format!("w{word}") } else { format!("w{stem}\u{1}{word}") }
}

fn count(segment: &Value, field: &str) -> u32 {
    segment.get(field).and_then(Value::as_u64).and_then(|count| u32::try_from(count).ok()).unwrap_or(0)
}

fn payload(path: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    let key = path.strip_suffix(".js")?;
    base64::decode(bytes.strip_prefix(format!("tuopinSearch(\"{key}\",\"").as_bytes())?.strip_suffix(b"\");")?)
}

/// A list of layer A; it ends early where its bytes do.
#[must_use]
pub fn documents(found: &Found) -> Vec<Posting> {
    let mut bits = Reader::new(&found.block);
    let k = bits.take(4);
    let (mut next, mut list) = (0u32, Vec::new());
    for _ in 0..found.df {
        if bits.is_done() {
            break;
        }
        let document = next.wrapping_add(bits.rice(k));
        next = document.wrapping_add(1);
        let impact = bits.take(3);
        let in_title = bits.take(1) == 1;
        let stripe = if in_title { 0 } else { bits.gamma().saturating_sub(1) };
        list.push(Posting { document, impact, in_title, stripe });
    }
    list
}

/// A list of layer P; it ends early where its bytes do.
#[must_use]
pub fn positions(found: &Found) -> Vec<(u32, Vec<u32>)> {
    let mut bits = Reader::new(&found.block);
    let (k, m) = (bits.take(4), bits.take(5));
    let (mut next, mut list) = (0u32, Vec::new());
    for _ in 0..found.df {
        if bits.is_done() {
            break;
        }
        let document = next.wrapping_add(bits.rice(k));
        next = document.wrapping_add(1);
        bits.take(3);
        let (mut position, mut positions) = (0u32, Vec::new());
        for at in 0..bits.gamma() {
            if bits.is_done() {
                break;
            }
            position = position.wrapping_add(bits.rice(m)).wrapping_add(u32::from(at > 0));
            positions.push(position);
        }
        list.push((document, positions));
    }
    list
}
