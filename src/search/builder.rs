//! Documents from many threads, in about ascending order → the files of the index. The same documents give the same bytes, whatever
//! the threads, the order and the memory.

use super::document::Document;
use super::echo::Echo;
use super::facet::Facet;
use super::fold::{Fold, fold};
use super::invert::{BATCH, Inversion, Waiting};
use super::lists::{Context, length_norm};
use super::merge::{Segment as Merging, Summary};
use super::order::Card;
use super::passage;
use super::reading::{sort_key, sound_terms};
use super::run::{Place, Stored};
use super::shard::{Out, Sink};
use super::stream::{Body, Stream, Symbol, take};
use super::unit::BODY;
use super::vocabulary::{Suggestion, suggestions, words_bytes, words_into};
use super::{deflate, echo, manifest, order, sound, traditional};
use crate::source::Scratch;
use std::collections::BTreeSet;
use std::io;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What an index is made with.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How many documents there will be; they are numbered from 0.
    pub documents: u32,
    /// Bytes that the file of a shard is to have, before the web server compresses it.
    pub shard_bytes: u32,
    /// Positions of text in one file, at least 128.
    pub stripe: u32,
    /// Bytes of runs that are kept in memory; the rest is spilled.
    pub memory: u64,
    /// Documents of a segment, at most 65,536.
    pub segment: u32,
    /// The languages of the site, in its order.
    pub languages: Vec<String>,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { documents: 0, shard_bytes: 16_000, stripe: 4096, memory: 256 << 20, segment: 65_536, languages: vec!["zh".into(), "en".into()] }
    }
}

impl Settings {
    /// Bytes inside of the base64 of a shard.
    fn payload_bytes(&self) -> u32 {
        (self.shard_bytes / 4 * 3).max(64)
    }
}

/// What is known when all documents are there.
#[derive(Clone, Debug, Default)]
pub struct Closing {
    /// The facets, in the order in which documents name their values.
    pub facets: Vec<Facet>,
    /// What is offered while a reader types.
    pub suggestions: Vec<Suggestion>,
}

/// Takes documents and becomes an index.
pub struct Indexer<'a> {
    settings: Settings,
    scratch: &'a dyn Scratch,
    out: Out<'a>,
    fold: Fold,
    segments: Vec<Segment>,
    held: AtomicU64,
    /// What inverts, as many as there are threads that do.
    tables: Mutex<Vec<Inversion>>,
    /// Latin words of titles.
    words: Mutex<BTreeSet<String>>,
    failure: Mutex<Option<io::Error>>,
}

struct Segment {
    documents: u32,
    batches: Vec<Mutex<Batch>>,
    lengths: Vec<AtomicU32>,
    /// Runs with the number of their first document's batch and their place in it.
    runs: Mutex<Vec<(u32, u32, Stored)>>,
    cards: Mutex<Vec<Card>>,
}

#[derive(Default)]
struct Batch {
    waiting: Vec<Option<Waiting>>,
    missing: u32,
}

/// A lock whose holder panicked is still good for what it guards: a page that failed is missing, nothing else.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Segment {
    fn new(documents: u32) -> Segment {
        let batches = (0..documents.div_ceil(BATCH)).map(|at| BATCH.min(documents - at * BATCH));
        Segment {
            documents,
            batches: batches.map(|missing| Mutex::new(Batch { waiting: (0..missing).map(|_| None).collect(), missing })).collect(),
            lengths: (0..documents).map(|_| AtomicU32::new(0)).collect(),
            runs: Mutex::new(Vec::new()),
            cards: Mutex::new(vec![Card::default(); documents as usize]),
        }
    }
}

impl<'a> Indexer<'a> {
    /// An index for as many documents as the settings say, written to `sink` as it grows.
    #[must_use]
    pub fn new(mut settings: Settings, scratch: &'a dyn Scratch, sink: Sink<'a>) -> Indexer<'a> {
        settings.segment = settings.segment.clamp(1, 65_536);
        settings.stripe = settings.stripe.max(BODY);
        let (size, total) = (settings.segment, settings.documents);
        let segments = (0..total.div_ceil(size)).map(|at| Segment::new(size.min(total - at * size))).collect();
        Indexer {
            settings,
            scratch,
            out: Out::new(sink),
            fold: Fold::new(),
            segments,
            held: AtomicU64::new(0),
            tables: Mutex::default(),
            words: Mutex::default(),
            failure: Mutex::new(None),
        }
    }

    /// Takes a document under its number; every number comes once. Documents in about ascending order cost the least memory.
    pub fn put(&self, number: u32, document: &Document<'_>) {
        let (segment_number, local) = (number / self.settings.segment, number % self.settings.segment);
        let Some(segment) = self.segments.get(segment_number as usize).filter(|segment| local < segment.documents) else { return };
        let (stream, body) = take(document, self.fold, self.settings.stripe);
        if let Some(length) = segment.lengths.get(local as usize) {
            length.store(stream.length, Ordering::Relaxed);
        }
        self.put_card(segment, local, document);
        self.put_text((segment_number, local), document, &body);
        let sounds = sound_terms(&title_characters(&stream));
        self.put_units(segment, segment_number, local, Waiting { stream, sounds });
    }

    fn put_card(&self, segment: &Segment, local: u32, document: &Document<'_>) {
        let language = self.settings.languages.iter().position(|lang| lang == document.lang).unwrap_or(self.settings.languages.len());
        let title = (language as u32, sort_key(&fold(document.title)));
        let card = Card { date: document.date_key, title, values: document.values.to_vec() };
        if let Some(slot) = lock(&segment.cards).get_mut(local as usize) {
            *slot = card;
        }
        words_into(&mut lock(&self.words), document.title);
    }

    fn put_text(&self, (segment, local): (u32, u32), document: &Document<'_>, body: &Body<'_>) {
        let (mut plain, mut packed) = (Vec::with_capacity(body.text.len() + 512), Vec::new());
        for (stripe, range) in body.stripes.iter().enumerate() {
            passage::stripe_into(&mut plain, document, body, stripe, range);
            deflate::deflate_into(&mut packed, &plain);
            self.out.bytes(&format!("{segment}/t-{local:04}-{stripe}"), &packed);
        }
    }

    fn put_units(&self, segment: &Segment, segment_number: u32, local: u32, waiting: Waiting) {
        let (number, at) = (local / BATCH, local % BATCH);
        let Some(batch) = segment.batches.get(number as usize) else { return };
        let documents: Vec<Waiting> = {
            let mut batch = lock(batch);
            if let Some(slot) = batch.waiting.get_mut(at as usize) {
                *slot = Some(waiting);
            }
            batch.missing = batch.missing.saturating_sub(1);
            if batch.missing > 0 {
                return;
            }
            std::mem::take(&mut batch.waiting).into_iter().flatten().collect()
        };
        let batches = segment.batches.len() as u32;
        let rich_at = self.split_at().div_ceil(2 * batches).max(1);
        let mut table = lock(&self.tables).pop().unwrap_or_else(Inversion::new);
        let inverted = table.invert(&documents, number * BATCH, rich_at);
        lock(&self.tables).push(table);
        for (part, inverted) in inverted.into_iter().enumerate() {
            let id = u64::from(segment_number) << 32 | u64::from(number) << 16 | part as u64;
            let place = self.keep(id, inverted.bytes);
            let stored = Stored { place, slices: inverted.slices, rich: inverted.rich };
            lock(&segment.runs).push((number, part as u32, stored));
        }
    }

    /// Places from which on a bigram is divided: about as many as its list has bytes when it needs a file of its own.
    fn split_at(&self) -> u32 {
        self.settings.payload_bytes() / 2 * 3
    }

    fn keep(&self, id: u64, bytes: Vec<u8>) -> Place {
        let size = bytes.len() as u64;
        if self.held.fetch_add(size, Ordering::Relaxed) + size <= self.settings.memory {
            return Place::Memory(bytes);
        }
        self.held.fetch_sub(size, Ordering::Relaxed);
        if let Err(error) = self.scratch.put(id, &bytes) {
            lock(&self.failure).get_or_insert(error);
        }
        Place::Spilled(id)
    }

    /// Merges what was put and writes the rest of the files, the manifest last.
    ///
    /// # Errors
    /// A run could not be spilled or read back.
    pub fn finish(self, closing: &Closing) -> io::Result<()> {
        if let Some(error) = lock(&self.failure).take() {
            return Err(error);
        }
        lock(&self.tables).clear();
        let mut shapes = Vec::new();
        let mut characters = BTreeSet::new();
        for (number, segment) in self.segments.iter().enumerate() {
            let number = number as u32;
            let mut summary = self.merge(number, segment)?;
            if number == 0 {
                summary.echoes.extend(closing.suggestions.iter().flat_map(|suggestion| name_echoes(&suggestion.zh)));
            }
            let sounds = echo::write(&self.out, number, summary.echoes, self.settings.payload_bytes());
            characters.extend(summary.characters);
            shapes.push(Shape { documents: segment.documents, shards: summary.shards, sounds });
        }
        self.write_columns(closing);
        self.write_tables(closing);
        manifest::write(&self.out, &self.settings, closing, &shapes, &characters);
        Ok(())
    }

    /// Facets and orders.
    fn write_columns(&self, closing: &Closing) {
        let cards: Vec<Card> = self.segments.iter().flat_map(|segment| std::mem::take(&mut *lock(&segment.cards))).collect();
        let segments = || cards.chunks(self.settings.segment as usize).enumerate();
        for (at, facet) in closing.facets.iter().enumerate() {
            let occurring = facet.occurring(cards.iter().map(|card| card.values.get(at).map_or(&[][..], Vec::as_slice)));
            for (number, cards) in segments() {
                let column = facet.column(&occurring, cards.iter().map(|card| card.values.get(at).map_or(&[][..], Vec::as_slice)));
                self.out.bytes(&format!("{number}/f-{}", facet.param), &deflate::deflate(&column));
            }
        }
        for (name, ranks) in [("date", order::by_date(&cards)), ("title", order::by_title(&cards))] {
            for (number, ranks) in ranks.chunks(self.settings.segment as usize).enumerate() {
                self.out.bytes(&format!("{number}/o-{name}"), &order::bytes(ranks));
            }
        }
    }

    /// What no document decides alone.
    fn write_tables(&self, closing: &Closing) {
        let mut words = std::mem::take(&mut *lock(&self.words));
        for suggestion in &closing.suggestions {
            words_into(&mut words, &suggestion.en);
        }
        let pairs = serde_json::Value::from(traditional::pairs()).to_string();
        for (name, text) in [("suggest", suggestions(&closing.suggestions)), ("t2s", pairs), ("sound", sound::table())] {
            self.out.bytes(name, &deflate::deflate(text.as_bytes()));
        }
        self.out.bytes("words", &deflate::deflate(&words_bytes(&words)));
    }

    fn merge(&self, number: u32, segment: &Segment) -> io::Result<Summary> {
        let mut runs = std::mem::take(&mut *lock(&segment.runs));
        runs.sort_unstable_by_key(|(batch, part, _)| (*batch, *part));
        let runs: Vec<Stored> = runs.into_iter().map(|(.., run)| run).collect();
        let lengths: Vec<u32> = segment.lengths.iter().map(|length| length.load(Ordering::Relaxed)).collect();
        let total: u64 = lengths.iter().map(|length| u64::from(*length)).sum();
        let average = u32::try_from(total / u64::from(segment.documents.max(1))).unwrap_or(u32::MAX);
        let norms: Vec<u32> = lengths.iter().map(|length| length_norm(*length, average)).collect();
        let merging = Merging {
            number,
            documents: segment.documents,
            runs: &runs,
            scratch: self.scratch,
            context: Context { norms: &norms, stripe: self.settings.stripe },
            shard_bytes: self.settings.payload_bytes(),
            split_at: self.split_at(),
        };
        merging.write(&self.out)
    }
}

/// What the manifest says of a segment.
pub(super) struct Shape {
    pub(super) documents: u32,
    /// Shards of layers A and P.
    pub(super) shards: (u32, u32),
    /// Shards of the layer of sounds.
    pub(super) sounds: u32,
}

/// The wide units of a title with their positions.
fn title_characters(stream: &Stream) -> Vec<(char, u32)> {
    let title = stream.iter().take_while(|placed| placed.position < BODY);
    title
        .filter_map(|placed| match placed.symbol {
            Symbol::Wide(code) => char::from_u32(code).map(|c| (c, placed.position)),
            Symbol::Word(_) => None,
        })
        .collect()
}

/// The bigrams of a name.
fn name_echoes(name: &str) -> Vec<Echo> {
    let characters: Vec<char> = fold(name).chars().collect();
    let pairs = characters.windows(2).map(|pair| pair.iter().collect::<String>());
    pairs.filter_map(|pair| echo::echo(pair.as_bytes(), 0, true)).collect()
}
