//! Neighbouring documents → one sorted run. Every token becomes a number and a place; one counting sort brings the places of a
//! number together, still in the order of the text.

use super::hash::{shard_key, term_hash};
use super::intern::{Keys, Words};
use super::run::Writing;
use super::stem::stem;
use super::stream::{Placed, Stream, Symbol};
use super::unit::BODY;
use super::varint;

/// Documents that are inverted together.
pub(super) const BATCH: u32 = 1024;
/// Tokens after which a run ends early, so that a batch of books does not need memory for all of them.
const TOKENS_MAX: usize = 6_000_000;

/// A token's place: 10 bits document of the batch, 21 position, 1 in a heading.
const DOCUMENT_SHIFT: u32 = 22;
const POSITION_MASK: u32 = (1 << 21) - 1;

/// How the upper half of a key tells what it is: a unit (then the lower half is the unit behind it: a bigram) or one of these.
const WORD_UNIT: u32 = 1 << 31;
const FOLLOWED: u32 = 0x4000_0000;
const PRECEDED: u32 = 0x6000_0000;
const NUMBER_MASK: u32 = 0x1FFF_FFFF;
const TAG_WORD: u32 = 0x2000_0000;
const TAG_SOUND: u32 = 0x2000_0001;
/// No unit: what stands behind or before a bigram that touches nothing there.
const NOTHING: u32 = 0;

fn key(upper: u32, lower: u32) -> u64 {
    u64::from(upper) << 32 | u64::from(lower)
}

fn halves(key: u64) -> (u32, u32) {
    ((key >> 32) as u32, key as u32)
}

/// A document that waits to be inverted.
#[derive(Debug)]
pub(super) struct Waiting {
    pub(super) stream: Stream,
    /// Sound terms of the title with their positions.
    pub(super) sounds: Vec<(String, u32)>,
}

/// A finished run with the bigrams whose neighbours it lists.
#[derive(Debug)]
pub(super) struct Inverted {
    pub(super) bytes: Vec<u8>,
    pub(super) slices: Vec<u64>,
    pub(super) rich: Vec<(Vec<u8>, u32)>,
}

/// Inverts documents whose first has this number in its segment. A bigram with `rich_at` places or more gets the lists of its
/// neighbours too.
pub(super) fn invert(documents: &[Waiting], first: u32, rich_at: u32) -> Vec<Inverted> {
    let mut runs = Vec::new();
    let mut table = Inversion::new(first);
    for (at, document) in documents.iter().enumerate() {
        if table.places.len() > TOKENS_MAX {
            let full = std::mem::replace(&mut table, Inversion::new(first));
            runs.push(full.finish(rich_at));
        }
        table.add(document, at as u32);
    }
    runs.push(table.finish(rich_at));
    runs
}

/// What is known of a wide character in the document at hand, and its list so far.
#[derive(Clone, Debug, Default)]
struct Single {
    /// The document at hand + 1.
    document: u32,
    last: u32,
    weight: u32,
    position: u32,
    lists: Vec<u8>,
}

struct Inversion {
    first: u32,
    words: Words,
    sounds: Words,
    keys: Keys,
    numbers: Vec<u32>,
    places: Vec<u32>,
    /// For each wide character its place in `singles`, + 1.
    single_of: Vec<u32>,
    singles: Vec<(u32, Single)>,
    touched: Vec<u32>,
}

impl Inversion {
    fn new(first: u32) -> Inversion {
        Inversion {
            first,
            words: Words::new(14),
            sounds: Words::new(10),
            keys: Keys::new(18),
            numbers: Vec::new(),
            places: Vec::new(),
            single_of: vec![0; 0x1_0000],
            singles: Vec::new(),
            touched: Vec::new(),
        }
    }

    fn push(&mut self, key: u64, place: u32) {
        let number = self.keys.number(key);
        self.numbers.push(number);
        self.places.push(place);
    }

    fn add(&mut self, waiting: &Waiting, document: u32) {
        let mut before = None;
        for placed in waiting.stream.iter() {
            let place = document << DOCUMENT_SHIFT | placed.position << 1 | u32::from(placed.in_heading);
            let code = match placed.symbol {
                Symbol::Wide(code) => {
                    self.single(code, document, &placed);
                    code
                }
                Symbol::Word(word) => {
                    let number = self.words.number(word);
                    self.push(key(TAG_WORD, number), place);
                    WORD_UNIT | number
                }
            };
            if placed.touches
                && let Some((code_before, place_before)) = before
                && (code_before & code & WORD_UNIT == 0)
            {
                self.push(key(code_before, code), place_before);
            }
            before = Some((code, place));
        }
        for (term, position) in &waiting.sounds {
            let number = self.sounds.number(term.as_bytes());
            self.push(key(TAG_SOUND, number), document << DOCUMENT_SHIFT | position << 1);
        }
        self.close(self.first + document);
    }

    #[inline]
    fn single(&mut self, code: u32, document: u32, placed: &Placed<'_>) {
        if self.single_of.len() <= code as usize {
            self.single_of.resize(code as usize + 1, 0);
        }
        let Some(slot) = self.single_of.get_mut(code as usize) else { return };
        if *slot == 0 {
            self.singles.push((code, Single::default()));
            *slot = self.singles.len() as u32;
        }
        let number = *slot - 1;
        let Some((_, single)) = self.singles.get_mut(number as usize) else { return };
        if single.document != document + 1 {
            (single.document, single.weight, single.position) = (document + 1, 0, placed.position);
            self.touched.push(number);
        }
        single.weight += weight(placed.position, placed.in_heading);
    }

    /// Ends a document: its characters get their entry.
    fn close(&mut self, document: u32) {
        for number in self.touched.drain(..) {
            let Some((_, single)) = self.singles.get_mut(number as usize) else { continue };
            varint::put(&mut single.lists, document - single.last);
            varint::put(&mut single.lists, single.weight);
            varint::put(&mut single.lists, single.position);
            single.last = document;
        }
    }

    /// Adds, for bigrams that are very frequent, a term for each unit behind them and before them.
    fn add_neighbours(&mut self, rich: &[bool]) {
        let is_rich = |number: u32| rich.get(number as usize).copied().unwrap_or(false);
        for at in 0..self.numbers.len() {
            let (Some(number), Some(place)) = (self.numbers.get(at).copied(), self.places.get(at).copied()) else { return };
            if !is_rich(number) {
                continue;
            }
            let next = self.bigram_at(at + 1, place + 2).or_else(|| self.bigram_at(at + 2, place + 2));
            self.push(key(FOLLOWED | number, next.map_or(NOTHING, |next| halves(next).1)), place);
            let before = place.wrapping_sub(2);
            let last = self.bigram_at(at.wrapping_sub(1), before).or_else(|| self.bigram_at(at.wrapping_sub(2), before));
            self.push(key(PRECEDED | number, last.map_or(NOTHING, |last| halves(last).0)), place);
        }
    }

    /// The bigram of a token, if it is one and stands at that place (whatever it says of headings, which do not change inside of a block).
    fn bigram_at(&self, at: usize, place: u32) -> Option<u64> {
        let number = self.numbers.get(at).filter(|_| self.places.get(at) == Some(&place))?;
        let key = *self.keys.keys.get(*number as usize)?;
        let (upper, _) = halves(key);
        (upper & WORD_UNIT != 0 || upper < TAG_WORD).then_some(key)
    }

    fn finish(mut self, rich_at: u32) -> Inverted {
        let mut counts = count(&self.numbers, self.keys.keys.len());
        let is_bigram = |number: usize| self.keys.keys.get(number).is_some_and(|key| halves(*key).0 < TAG_WORD || halves(*key).0 & WORD_UNIT != 0);
        let rich: Vec<bool> = counts.iter().enumerate().map(|(number, count)| *count >= rich_at && is_bigram(number)).collect();
        let mut rich_terms = Vec::new();
        if rich.contains(&true) {
            for (number, count) in counts.iter().enumerate().filter(|(number, _)| rich.get(*number) == Some(&true)) {
                let mut term = Vec::new();
                self.term_into(&mut term, self.keys.keys.get(number).copied().unwrap_or(0));
                rich_terms.push((term, *count));
            }
            self.add_neighbours(&rich);
            counts = count(&self.numbers, self.keys.keys.len());
        }
        rich_terms.sort_unstable();
        let (bytes, slices) = self.write(&counts);
        Inverted { bytes, slices, rich: rich_terms }
    }

    fn write(mut self, counts: &[u32]) -> (Vec<u8>, Vec<u64>) {
        let (sorted, starts) = scatter(&self.numbers, &self.places, counts);
        self.numbers = Vec::new();
        self.places = Vec::new();
        let terms = self.terms();
        let mut run = Writing::default();
        let mut lists = Vec::new();
        for term in &terms.order {
            let bytes = terms.bytes.get(term.from as usize..(term.from + term.length) as usize).unwrap_or_default();
            if let Some((_, single)) = term.number.checked_sub(self.keys.keys.len() as u32).and_then(|at| self.singles.get(at as usize)) {
                run.entry(term.hash, bytes, &single.lists);
                continue;
            }
            let start = starts.get(term.number as usize).map_or(0, |start| *start as usize);
            let length = counts.get(term.number as usize).map_or(0, |count| *count as usize);
            lists.clear();
            lists_into(&mut lists, sorted.get(start..start + length).unwrap_or_default(), self.first);
            run.entry(term.hash, bytes, &lists);
        }
        run.finish()
    }

    /// All terms in the order of the run: those with tokens, then the single characters.
    fn terms(&self) -> Terms {
        let mut terms = Terms { bytes: Vec::with_capacity(self.keys.keys.len() * 10), order: Vec::with_capacity(self.keys.keys.len()) };
        for (number, key) in self.keys.keys.iter().enumerate() {
            let from = terms.bytes.len() as u32;
            self.term_into(&mut terms.bytes, *key);
            terms.add(from, number as u32);
        }
        for (at, (code, _)) in self.singles.iter().enumerate() {
            let from = terms.bytes.len() as u32;
            terms.bytes.push(b'u');
            self.unit_into(&mut terms.bytes, *code);
            terms.add(from, (self.keys.keys.len() + at) as u32);
        }
        let bytes = &terms.bytes;
        let text = |term: &Term| bytes.get(term.from as usize..(term.from + term.length) as usize);
        terms.order.sort_unstable_by(|a, b| a.hash.cmp(&b.hash).then_with(|| text(a).cmp(&text(b))));
        terms
    }

    /// Writes a term as it stands in the index.
    fn term_into(&self, out: &mut Vec<u8>, key: u64) {
        let (upper, lower) = halves(key);
        if upper < TAG_WORD || upper & WORD_UNIT != 0 {
            out.push(b'b');
            self.unit_into(out, upper);
            return self.unit_into(out, lower);
        }
        match upper {
            TAG_WORD => word_into(out, self.words.get(lower)),
            TAG_SOUND => out.extend_from_slice(self.sounds.get(lower)),
            _ => {
                let bigram = self.keys.keys.get((upper & NUMBER_MASK) as usize).copied().unwrap_or(0);
                let (first, second) = halves(bigram);
                let units = if upper & PRECEDED == PRECEDED { [lower, first, second] } else { [first, second, lower] };
                out.push(if upper & PRECEDED == PRECEDED { b'g' } else { b'f' });
                for unit in units {
                    self.unit_into(out, unit);
                }
            }
        }
    }

    fn unit_into(&self, out: &mut Vec<u8>, code: u32) {
        if code & WORD_UNIT != 0 {
            out.extend_from_slice(self.words.get(code & !WORD_UNIT));
        } else if let Some(c) = char::from_u32(code).filter(|_| code != NOTHING) {
            out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }
}

struct Term {
    hash: u32,
    from: u32,
    length: u32,
    number: u32,
}

struct Terms {
    bytes: Vec<u8>,
    order: Vec<Term>,
}

impl Terms {
    fn add(&mut self, from: u32, number: u32) {
        let hash = term_hash(shard_key(self.bytes.get(from as usize..).unwrap_or_default()));
        self.order.push(Term { hash, from, length: self.bytes.len() as u32 - from, number });
    }
}

/// The term of a word: its stem, and the word itself where it is another.
fn word_into(out: &mut Vec<u8>, word: &[u8]) {
    out.push(b'w');
    let stem = std::str::from_utf8(word).map(stem).unwrap_or_default();
    out.extend_from_slice(stem.as_bytes());
    if stem.as_bytes() != word {
        out.push(1);
        out.extend_from_slice(word);
    }
}

/// What an occurrence counts: 5 in the title, 3 in a heading, 1 elsewhere.
#[inline]
pub(super) fn weight(position: u32, in_heading: bool) -> u32 {
    if position < BODY {
        5
    } else if in_heading {
        3
    } else {
        1
    }
}

fn count(numbers: &[u32], distinct: usize) -> Vec<u32> {
    let mut counts = vec![0u32; distinct];
    for number in numbers {
        if let Some(count) = counts.get_mut(*number as usize) {
            *count += 1;
        }
    }
    counts
}

/// Sorts places by their number, equal ones in the order they have; gives where each number begins.
fn scatter(numbers: &[u32], places: &[u32], counts: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let mut sum = 0;
    let start = |count: &u32| {
        sum += count;
        sum - count
    };
    let starts: Vec<u32> = counts.iter().map(start).collect();
    let mut next = starts.clone();
    let mut sorted = vec![0u32; places.len()];
    for (number, place) in numbers.iter().zip(places) {
        if let Some(at) = next.get_mut(*number as usize)
            && let Some(slot) = sorted.get_mut(*at as usize)
        {
            *slot = *place;
            *at += 1;
        }
    }
    (sorted, starts)
}

/// Writes the list of a term from its places.
fn lists_into(out: &mut Vec<u8>, places: &[u32], first: u32) {
    // Before the first document stands number 0: its distance is its number.
    let mut last = 0;
    for group in places.chunk_by(|a, b| a >> DOCUMENT_SHIFT == b >> DOCUMENT_SHIFT) {
        let document = first + group.first().map_or(0, |place| place >> DOCUMENT_SHIFT);
        varint::put(out, document - last);
        let headings: u32 = group.iter().map(|place| place & 1).sum();
        varint::put(out, (group.len() as u32) << 1 | u32::from(headings > 0));
        if headings > 0 {
            varint::put(out, headings);
        }
        let mut before = 0;
        for place in group {
            let position = place >> 1 & POSITION_MASK;
            varint::put(out, position - before);
            before = position;
        }
        last = document;
    }
}
