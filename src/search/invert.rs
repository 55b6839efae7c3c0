//! Neighbouring documents → one sorted run. Every token becomes a number and a place; one counting sort brings the places of a
//! number together, still in the order of the text.

use super::hash::{shard_key, term_hash};
use super::intern::{Keys, Pairs, Words};
use super::run::Writing;
use super::stem::stem;
use super::stream::{Placed, Stream, Symbol};
use super::unit::BODY;
use super::varint;

/// Documents that are inverted together.
pub(super) const BATCH: u32 = 1024;
/// Tokens and words after which a run ends early, so that a batch of books needs no memory for all of them, and that with one more
/// document, the longest there may be, no number outgrows its bits.
const TOKENS_MAX: usize = 2_000_000;
const WORDS_MAX: usize = 400_000;

/// A token's place: 10 bits document of the batch, 21 position, 1 in a heading.
const DOCUMENT_SHIFT: u32 = 22;
const POSITION_MASK: u32 = (1 << 21) - 1;
/// From a place to that of the next position.
const STEP: u32 = 2;

/// A unit by its number in the run: a character, or with this bit a word.
const WORD_UNIT: u32 = 1 << 20;
const UNIT_BITS: u32 = 21;
/// No unit: what stands behind or before a bigram that touches nothing there.
const NOTHING: u32 = (1 << UNIT_BITS) - 1;
/// In the key of a neighbour: it stands before the bigram.
const BEFORE: u64 = 1 << 63;

fn pair(first: u32, second: u32) -> u64 {
    u64::from(first) << UNIT_BITS | u64::from(second)
}

fn units_of(pair: u64) -> (u32, u32) {
    ((pair >> UNIT_BITS) as u32 & NOTHING, pair as u32 & NOTHING)
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

impl Inversion {
    /// Inverts documents whose first has this number in its segment. A bigram with `rich_at` places or more gets the lists of its
    /// neighbours too.
    pub(super) fn invert(&mut self, documents: &[Waiting], first: u32, rich_at: u32) -> Vec<Inverted> {
        let mut runs = Vec::new();
        self.begin(first);
        for (at, document) in documents.iter().enumerate() {
            if self.bigrams.places.len() + self.singulars.places.len() > TOKENS_MAX || self.words.count() > WORDS_MAX {
                runs.push(self.finish(rich_at));
                self.begin(first);
            }
            self.add(document, at as u32);
        }
        runs.push(self.finish(rich_at));
        runs
    }
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

/// Tokens of one kind: the number of the term, and the place, in the order of the text; then the places by number.
#[derive(Debug, Default)]
struct Column {
    numbers: Vec<u32>,
    places: Vec<u32>,
    sorted: Vec<u32>,
    starts: Vec<u32>,
}

impl Column {
    fn clear(&mut self) {
        self.numbers.clear();
        self.places.clear();
    }

    #[inline]
    fn push(&mut self, number: u32, place: u32) {
        self.numbers.push(number);
        self.places.push(place);
    }

    fn counts(&self, distinct: usize) -> Vec<u32> {
        let mut counts = vec![0u32; distinct];
        for number in &self.numbers {
            if let Some(count) = counts.get_mut(*number as usize) {
                *count += 1;
            }
        }
        counts
    }

    /// Brings the places of a number together, still in the order of the text.
    fn sort(&mut self, distinct: usize) {
        let mut next = self.counts(distinct);
        let mut sum = 0;
        for start in &mut next {
            sum += std::mem::replace(start, sum);
        }
        self.starts.clear();
        self.starts.extend_from_slice(&next);
        self.starts.push(sum);
        self.sorted.resize(self.places.len(), 0);
        for (number, place) in self.numbers.iter().zip(&self.places) {
            if let Some(at) = next.get_mut(*number as usize)
                && let Some(slot) = self.sorted.get_mut(*at as usize)
            {
                *slot = *place;
                *at += 1;
            }
        }
    }

    /// The places of a number, once they are sorted.
    fn of(&self, number: u32) -> &[u32] {
        let start = |at: usize| self.starts.get(at).map_or(0, |start| *start as usize);
        self.sorted.get(start(number as usize)..start(number as usize + 1)).unwrap_or_default()
    }
}

/// What a term is, with its number among its kind.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Bigram(u32),
    Word(u32),
    Sound(u32),
    Neighbour(u32),
    Single(u32),
}

/// The tables that inverting needs. They are large and used for one batch after the other, so that the room is asked for once.
#[derive(Debug)]
pub(super) struct Inversion {
    first: u32,
    words: Words,
    sounds: Words,
    pairs: Pairs,
    neighbours: Keys,
    bigrams: Column,
    /// Words by themselves.
    singulars: Column,
    sounding: Column,
    neighbouring: Column,
    /// For each wide character its place in `singles`, + 1.
    single_of: Vec<u32>,
    singles: Vec<(u32, Single)>,
    touched: Vec<u32>,
    terms: Terms,
    run: Writing,
}

impl Inversion {
    pub(super) fn new() -> Inversion {
        Inversion {
            first: 0,
            words: Words::new(14),
            sounds: Words::new(10),
            pairs: Pairs::new(18),
            neighbours: Keys::new(8),
            bigrams: Column::default(),
            singulars: Column::default(),
            sounding: Column::default(),
            neighbouring: Column::default(),
            single_of: vec![0; 0x1_0000],
            singles: Vec::new(),
            touched: Vec::new(),
            terms: Terms::default(),
            run: Writing::default(),
        }
    }

    /// Forgets the run before.
    fn begin(&mut self, first: u32) {
        self.first = first;
        self.words.clear();
        self.sounds.clear();
        self.pairs.clear();
        self.neighbours.clear();
        for column in [&mut self.bigrams, &mut self.singulars, &mut self.sounding, &mut self.neighbouring] {
            column.clear();
        }
        self.single_of.fill(0);
        self.singles.clear();
        self.touched.clear();
    }

    fn add(&mut self, waiting: &Waiting, document: u32) {
        let mut before = None;
        for placed in waiting.stream.iter() {
            let place = document << DOCUMENT_SHIFT | placed.position << 1 | u32::from(placed.in_heading);
            let unit = match placed.symbol {
                Symbol::Wide(code) => self.single(code, document, &placed),
                Symbol::Word(word) => {
                    let number = self.words.number(word);
                    self.singulars.push(number, place);
                    WORD_UNIT | number
                }
            };
            if placed.touches
                && let Some((unit_before, place_before)) = before
                && (unit_before & unit & WORD_UNIT == 0)
            {
                let number = self.pairs.number(pair(unit_before, unit));
                self.bigrams.push(number, place_before);
            }
            before = Some((unit, place));
        }
        for (term, position) in &waiting.sounds {
            let number = self.sounds.number(term.as_bytes());
            self.sounding.push(number, document << DOCUMENT_SHIFT | position << 1);
        }
        self.close(self.first + document);
    }

    /// Counts a wide character in; gives its number.
    #[inline]
    fn single(&mut self, code: u32, document: u32, placed: &Placed<'_>) -> u32 {
        if self.single_of.len() <= code as usize {
            self.single_of.resize(code as usize + 1, 0);
        }
        let Some(slot) = self.single_of.get_mut(code as usize) else { return 0 };
        if *slot == 0 {
            self.singles.push((code, Single::default()));
            *slot = self.singles.len() as u32;
        }
        let number = *slot - 1;
        let Some((_, single)) = self.singles.get_mut(number as usize) else { return 0 };
        if single.document != document + 1 {
            (single.document, single.weight, single.position) = (document + 1, 0, placed.position);
            self.touched.push(number);
        }
        single.weight += weight(placed.position, placed.in_heading);
        number
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
        let unit = |at: usize, place: u32, take: fn((u32, u32)) -> u32| {
            let number = self.bigrams.numbers.get(at).filter(|_| self.bigrams.places.get(at) == Some(&place))?;
            self.pairs.keys.get(*number as usize).map(|pair| take(units_of(*pair)))
        };
        for (at, (number, place)) in self.bigrams.numbers.iter().zip(&self.bigrams.places).enumerate() {
            if rich.get(*number as usize) != Some(&true) {
                continue;
            }
            let behind = unit(at + 1, place + STEP, |(_, second)| second).unwrap_or(NOTHING);
            let before = unit(at.wrapping_sub(1), place.wrapping_sub(STEP), |(first, _)| first).unwrap_or(NOTHING);
            let bigram = u64::from(*number) << UNIT_BITS;
            self.neighbouring.push(self.neighbours.number(bigram | u64::from(behind)), *place);
            self.neighbouring.push(self.neighbours.number(BEFORE | bigram | u64::from(before)), *place);
        }
    }

    fn finish(&mut self, rich_at: u32) -> Inverted {
        let counts = self.bigrams.counts(self.pairs.keys.len());
        let is_rich: Vec<bool> = counts.iter().map(|count| *count >= rich_at).collect();
        let mut rich = Vec::new();
        for (number, count) in (0..).zip(&counts).filter(|(_, count)| **count >= rich_at) {
            let mut term = Vec::new();
            self.term_into(&mut term, Kind::Bigram(number));
            rich.push((term, *count));
        }
        rich.sort_unstable();
        if !rich.is_empty() {
            self.add_neighbours(&is_rich);
        }
        self.bigrams.sort(self.pairs.keys.len());
        self.singulars.sort(self.words.count());
        self.sounding.sort(self.sounds.count());
        self.neighbouring.sort(self.neighbours.keys.len());
        let (terms, mut run) = (std::mem::take(&mut self.terms), std::mem::take(&mut self.run));
        let terms = self.terms(terms);
        self.write(&terms, &mut run);
        let (bytes, slices) = run.take();
        (self.terms, self.run) = (terms, run);
        Inverted { bytes, slices, rich }
    }

    fn write(&self, terms: &Terms, run: &mut Writing) {
        let mut lists = Vec::new();
        for term in &terms.order {
            let bytes = terms.bytes.get(term.from as usize..(term.from + term.length) as usize).unwrap_or_default();
            let places = match term.kind {
                Kind::Bigram(number) => self.bigrams.of(number),
                Kind::Word(number) => self.singulars.of(number),
                Kind::Sound(number) => self.sounding.of(number),
                Kind::Neighbour(number) => self.neighbouring.of(number),
                Kind::Single(number) => {
                    let list = self.singles.get(number as usize).map_or(&[][..], |(_, single)| &single.lists);
                    run.entry(term.hash, bytes, list);
                    continue;
                }
            };
            lists.clear();
            lists_into(&mut lists, places, self.first);
            run.entry(term.hash, bytes, &lists);
        }
    }

    /// All terms in the order of the run, in the room of another list.
    fn terms(&self, mut terms: Terms) -> Terms {
        let numbers = |count: usize| 0..count as u32;
        let bigrams = numbers(self.pairs.keys.len()).map(Kind::Bigram);
        let words = numbers(self.words.count()).map(Kind::Word);
        let sounds = numbers(self.sounds.count()).map(Kind::Sound);
        let neighbours = numbers(self.neighbours.keys.len()).map(Kind::Neighbour);
        let singles = numbers(self.singles.len()).map(Kind::Single);
        terms.bytes.clear();
        terms.order.clear();
        for kind in bigrams.chain(words).chain(sounds).chain(neighbours).chain(singles) {
            let from = terms.bytes.len() as u32;
            self.term_into(&mut terms.bytes, kind);
            terms.add(from, kind);
        }
        let bytes = &terms.bytes;
        let text = |term: &Term| bytes.get(term.from as usize..(term.from + term.length) as usize);
        terms.order.sort_unstable_by(|a, b| a.hash.cmp(&b.hash).then_with(|| text(a).cmp(&text(b))));
        terms
    }

    /// Writes a term as it stands in the index.
    fn term_into(&self, out: &mut Vec<u8>, kind: Kind) {
        let bigram = |number: u32| self.pairs.keys.get(number as usize).map_or((NOTHING, NOTHING), |pair| units_of(*pair));
        let (letter, units) = match kind {
            Kind::Word(number) => return word_into(out, self.words.get(number)),
            Kind::Sound(number) => return out.extend_from_slice(self.sounds.get(number)),
            Kind::Bigram(number) => {
                let (first, second) = bigram(number);
                (b'b', [first, second, NOTHING])
            }
            Kind::Neighbour(number) => {
                let key = self.neighbours.keys.get(number as usize).copied().unwrap_or(0);
                let (number, unit) = (((key & !BEFORE) >> UNIT_BITS) as u32, key as u32 & NOTHING);
                let (first, second) = bigram(number);
                if key & BEFORE == 0 { (b'f', [first, second, unit]) } else { (b'g', [unit, first, second]) }
            }
            Kind::Single(number) => (b'u', [number, NOTHING, NOTHING]),
        };
        out.push(letter);
        for unit in units.into_iter().filter(|unit| *unit != NOTHING) {
            self.unit_into(out, unit);
        }
    }

    fn unit_into(&self, out: &mut Vec<u8>, unit: u32) {
        if unit & WORD_UNIT != 0 {
            out.extend_from_slice(self.words.get(unit & !WORD_UNIT));
        } else if let Some(c) = self.singles.get(unit as usize).and_then(|(code, _)| char::from_u32(*code)) {
            out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }
}

#[derive(Debug)]
struct Term {
    hash: u32,
    from: u32,
    length: u32,
    kind: Kind,
}

#[derive(Debug, Default)]
struct Terms {
    bytes: Vec<u8>,
    order: Vec<Term>,
}

impl Terms {
    fn add(&mut self, from: u32, kind: Kind) {
        let hash = term_hash(shard_key(self.bytes.get(from as usize..).unwrap_or_default()));
        self.order.push(Term { hash, from, length: self.bytes.len() as u32 - from, kind });
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
