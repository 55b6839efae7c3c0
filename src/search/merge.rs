//! The runs of a segment → its layers. Terms come from all runs in the order of their hash, so every shard is whole when the next
//! begins, and parts of the hash space are merged side by side.

use super::echo::{Echo, echo};
use super::hash::shard_of;
use super::lists::{Context, Lists};
use super::run::{Entry, SLICES, Stored, next};
use super::shard::{Layer, Listed, Out};
use crate::source::Scratch;
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io;
use std::ops::Range;

/// A merged term.
pub(super) struct Merged<'a> {
    hash: u32,
    term: &'a [u8],
    /// Documents with impact, if the term stands in layer A.
    documents: Option<(u32, &'a [u8])>,
    /// Documents with positions, if it stands in layer P; whether they are only the rest of a divided list.
    positions: Option<(u32, &'a [u8], bool)>,
    /// Whether it stands in some title or heading.
    is_prominent: bool,
}

/// A segment whose documents are all inverted.
pub(super) struct Segment<'a> {
    /// Its number.
    pub(super) number: u32,
    pub(super) documents: u32,
    pub(super) runs: &'a [Stored],
    pub(super) scratch: &'a dyn Scratch,
    pub(super) context: Context<'a>,
    /// Payload bytes that a shard is to have.
    pub(super) shard_bytes: u32,
    /// Places from which on a bigram is divided by its neighbours.
    pub(super) split_at: u32,
}

/// What merging tells.
#[derive(Debug, Default)]
pub(super) struct Summary {
    /// Shards of layer A and layer P.
    pub(super) shards: (u32, u32),
    /// Wide characters.
    pub(super) characters: Vec<char>,
    pub(super) echoes: Vec<Echo>,
}

impl Segment<'_> {
    /// Writes layers A and P.
    ///
    /// # Errors
    /// A spilled run cannot be read back.
    pub(super) fn write(&self, out: &Out<'_>) -> io::Result<Summary> {
        let split = self.split();
        let (shards, tasks) = self.shards(&split)?;
        let parts: Vec<io::Result<Summary>> = (0..tasks).into_par_iter().map(|task| self.write_part(out, &split, shards, (task, tasks))).collect();
        let mut summary = Summary { shards, ..Summary::default() };
        for part in parts {
            let part = part?;
            summary.characters.extend(part.characters);
            summary.echoes.extend(part.echoes);
        }
        Ok(summary)
    }

    fn external_at(&self) -> usize {
        self.shard_bytes as usize * 3 / 2
    }

    /// The bigrams that are divided. Runs list neighbours of what is frequent in them; what adds up to half of the bound there has
    /// less than the other half in all other runs, since a run without them has less than its share of that half.
    fn split(&self) -> BTreeSet<Vec<u8>> {
        let mut all: Vec<&(Vec<u8>, u32)> = self.runs.iter().flat_map(|run| &run.rich).collect();
        all.sort_unstable();
        let sums = all
            .chunk_by(|a, b| a.0 == b.0)
            .filter(|group| group.iter().map(|(_, count)| u64::from(*count)).sum::<u64>() >= u64::from(self.split_at / 2));
        sums.filter_map(|group| group.first().map(|(term, _)| term.clone())).collect()
    }

    /// The number of shards of both layers, and of the tasks that divide them evenly. Large segments are judged by a sample.
    fn shards(&self, split: &BTreeSet<Vec<u8>>) -> io::Result<((u32, u32), u32)> {
        let total: u64 = self.runs.iter().map(Stored::bytes).sum();
        let is_small = total < 4 << 20;
        let sample: Vec<Range<usize>> = if is_small { std::iter::once(0..SLICES).collect() } else { [5, 21, 37, 53].map(|at| at..at + 1).to_vec() };
        let scale = if is_small { 1 } else { SLICES / sample.len() } as u64;
        let external_at = self.external_at();
        let sizes: io::Result<Vec<(u64, u64)>> = sample
            .into_par_iter()
            .map(|slices| {
                let mut sum = (0, 0);
                self.merge(slices, split, |merged| {
                    let size = |block: &[u8]| (merged.term.len() + 3 + if block.len() > external_at { 0 } else { block.len() }) as u64;
                    sum.0 += merged.documents.map_or(0, |(_, block)| size(block));
                    sum.1 += merged.positions.map_or(0, |(_, block, _)| size(block));
                })?;
                Ok(sum)
            })
            .collect();
        let (a, p) = sizes?.into_iter().fold((0, 0), |sum, size| (sum.0 + size.0 * scale, sum.1 + size.1 * scale));
        let count = |bytes: u64| u32::try_from(bytes.div_ceil(u64::from(self.shard_bytes.max(1)))).unwrap_or(u32::MAX / 2).max(1);
        let tasks = match count(a) {
            512.. => 64,
            64.. => 8,
            _ => 1,
        };
        Ok(((count(a).next_multiple_of(tasks), count(p).next_multiple_of(tasks)), tasks))
    }

    fn write_part(&self, out: &Out<'_>, split: &BTreeSet<Vec<u8>>, (a, p): (u32, u32), (task, tasks): (u32, u32)) -> io::Result<Summary> {
        let layer = |letter: char, shards: u32| Layer::new(out, format!("{}/{letter}", self.number), self.external_at(), shards / tasks * task);
        let (mut documents, mut positions) = (layer('a', a), layer('p', p));
        let mut summary = Summary::default();
        let width = SLICES / tasks as usize;
        self.merge(width * task as usize..width * (task as usize + 1), split, |merged| {
            if let Some((df, block)) = merged.documents {
                documents.add(shard_of(merged.hash, a), Listed { term: merged.term, df, block, is_split: false });
                note(&merged, df, &mut summary);
            }
            if let Some((df, block, is_split)) = merged.positions {
                positions.add(shard_of(merged.hash, p), Listed { term: merged.term, df, block, is_split });
            }
        })?;
        documents.finish_until(a / tasks * (task + 1));
        positions.finish_until(p / tasks * (task + 1));
        Ok(summary)
    }

    /// Goes through the terms of some slices of all runs.
    fn merge(&self, slices: Range<usize>, split: &BTreeSet<Vec<u8>>, mut take: impl FnMut(Merged<'_>)) -> io::Result<()> {
        let parts: io::Result<Vec<Cow<'_, [u8]>>> = self.runs.iter().map(|run| run.part(slices.clone(), self.scratch)).collect();
        let parts = parts?;
        let mut rests: Vec<&[u8]> = parts.iter().map(AsRef::as_ref).collect();
        let mut heads: Vec<Option<Entry<'_>>> = rests.iter_mut().map(next).collect();
        // Past every hash when a run is at its end.
        let mut hashes: Vec<u64> = heads.iter().map(order).collect();
        let (mut work, mut group) = (Work::default(), Vec::new());
        while let Some(least) = hashes.iter().copied().min().filter(|hash| *hash < u64::MAX) {
            group.clear();
            group.extend(hashes.iter().enumerate().filter(|(_, hash)| **hash == least).map(|(run, _)| run));
            let term_of = |run: &usize| heads.get(*run).and_then(Option::as_ref).map(|entry| entry.term);
            let Some(term) = group.iter().filter_map(term_of).min() else { break };
            group.retain(|run| term_of(run) == Some(term));
            let entries = group.iter().filter_map(|run| Some((*run, heads.get(*run)?.as_ref()?.lists)));
            if let Some(merged) = self.term((least as u32, term), entries, split, &mut work) {
                take(merged);
            }
            for run in &group {
                let (Some(head), Some(rest), Some(hash)) = (heads.get_mut(*run), rests.get_mut(*run), hashes.get_mut(*run)) else { continue };
                *head = next(rest);
                *hash = order(head);
            }
        }
        Ok(())
    }

    /// Makes the blocks of one term from its lists, each with the number of its run; none if it has no place in the index.
    fn term<'a>(
        &self,
        (hash, term): (u32, &'a [u8]),
        entries: impl Iterator<Item = (usize, &'a [u8])>,
        split: &BTreeSet<Vec<u8>>,
        work: &'a mut Work,
    ) -> Option<Merged<'a>> {
        work.clear();
        let kind = *term.first()?;
        if matches!(kind, b'f' | b'g') && !divides(term, split) {
            return None;
        }
        let is_split = kind == b'b' && split.contains(term);
        for (run, lists) in entries {
            if kind == b'u' {
                work.all.add_single(lists, self.context);
            } else {
                work.all.add(lists, self.context);
                if is_split && !self.is_rich(run, term) {
                    work.rest.add(lists, self.context);
                }
            }
        }
        let df = work.all.df();
        if kind == b'u' {
            let is_common = self.documents >= 200 && u64::from(df) * 5 > u64::from(self.documents);
            if !is_common {
                work.all.documents_into(&mut work.documents);
            }
            return Some(Merged { hash, term, documents: Some((df, &work.documents)), positions: None, is_prominent: false });
        }
        let in_documents = matches!(kind, b'b' | b'w');
        if in_documents {
            work.all.documents_into(&mut work.documents);
        }
        let listed = if is_split { &work.rest } else { &work.all };
        if listed.df() > 0 {
            listed.positions_into(&mut work.positions);
        }
        let documents = in_documents.then_some((df, work.documents.as_slice()));
        Some(Merged { hash, term, documents, positions: Some((listed.df(), &work.positions, is_split)), is_prominent: work.all.is_prominent })
    }

    /// Whether a run lists the neighbours of a bigram.
    fn is_rich(&self, run: usize, term: &[u8]) -> bool {
        self.runs.get(run).is_some_and(|run| run.rich.binary_search_by(|(rich, _)| rich.as_slice().cmp(term)).is_ok())
    }
}

/// Whether a term of a bigram with a neighbour belongs to a bigram that is divided.
fn divides(term: &[u8], split: &BTreeSet<Vec<u8>>) -> bool {
    let Some((kind, rest)) = std::str::from_utf8(term).ok().and_then(|term| term.split_at_checked(1)) else { return false };
    let mut bigram = Vec::new();
    rest.char_indices().any(|(at, c)| {
        let part = if kind == "f" { rest.get(..at + c.len_utf8()) } else { rest.get(at..) };
        bigram.clear();
        bigram.push(b'b');
        bigram.extend_from_slice(part.unwrap_or_default().as_bytes());
        split.contains(&bigram)
    })
}

/// What merging a term works with, kept from term to term.
#[derive(Default)]
struct Work {
    all: Lists,
    rest: Lists,
    documents: Vec<u8>,
    positions: Vec<u8>,
}

impl Work {
    fn clear(&mut self) {
        self.all.clear();
        self.rest.clear();
        self.documents.clear();
        self.positions.clear();
    }
}

/// Takes down what other files need of a term.
fn note(merged: &Merged<'_>, df: u32, summary: &mut Summary) {
    match merged.term.split_first() {
        Some((b'u', rest)) => summary.characters.extend(std::str::from_utf8(rest).ok().and_then(|text| text.chars().next())),
        Some((b'b', rest)) => summary.echoes.extend(echo(rest, df, merged.is_prominent)),
        _ => {}
    }
}

fn order(head: &Option<Entry<'_>>) -> u64 {
    head.as_ref().map_or(u64::MAX, |entry| u64::from(entry.hash))
}
