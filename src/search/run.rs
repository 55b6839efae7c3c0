//! A sorted run: the lists of some neighbouring documents, terms in the order of their hash, then of their bytes. Runs are what the
//! index keeps, or spills, until all documents are there.
//!
//! An entry: hash (4 bytes, little-endian), varints length of the term, length of the lists; the term; the lists. A list: for each
//! document the varint of its distance to the one before (the first: its number in the segment), then either, for a single
//! character, weight and first stripe, or occurrences × 2 (+ 1 and the number of those in headings), first position, gaps.

use super::varint;
use crate::source::Scratch;
use std::io;
use std::ops::Range;

/// How many equal parts of the hash space a run can be read in.
pub(super) const SLICES: usize = 64;

/// A run while it is written.
#[derive(Debug, Default)]
pub(super) struct Writing {
    pub(super) bytes: Vec<u8>,
    slices: Vec<u64>,
}

impl Writing {
    /// Adds an entry; hashes come ascending.
    pub(super) fn entry(&mut self, hash: u32, term: &[u8], lists: &[u8]) {
        self.close(slice_of(hash));
        self.bytes.extend_from_slice(&hash.to_le_bytes());
        varint::put(&mut self.bytes, term.len() as u32);
        varint::put(&mut self.bytes, lists.len() as u32);
        self.bytes.extend_from_slice(term);
        self.bytes.extend_from_slice(lists);
    }

    fn close(&mut self, slice: usize) {
        while self.slices.len() <= slice {
            self.slices.push(self.bytes.len() as u64);
        }
    }

    /// The bytes, and where each slice begins and the last ends; what was written is forgotten, the room stays.
    pub(super) fn take(&mut self) -> (Vec<u8>, Vec<u64>) {
        self.close(SLICES);
        let bytes = self.bytes.clone();
        self.bytes.clear();
        (bytes, std::mem::take(&mut self.slices))
    }
}

fn slice_of(hash: u32) -> usize {
    (hash >> 26) as usize
}

/// A run that is kept.
#[derive(Debug)]
pub(super) struct Stored {
    /// Its bytes, or the number under which it was spilled.
    pub(super) place: Place,
    pub(super) slices: Vec<u64>,
    /// Bigrams whose neighbours are listed too, with the number of their occurrences.
    pub(super) rich: Vec<(Vec<u8>, u32)>,
}

#[derive(Debug)]
pub(super) enum Place {
    Memory(Vec<u8>),
    Spilled(u64),
}

impl Stored {
    /// The bytes of some neighbouring slices.
    pub(super) fn part(&self, slices: Range<usize>, scratch: &dyn Scratch) -> io::Result<std::borrow::Cow<'_, [u8]>> {
        let offset = |slice: usize| self.slices.get(slice).copied().unwrap_or(0);
        let range = offset(slices.start)..offset(slices.end);
        Ok(match &self.place {
            Place::Memory(bytes) => bytes.get(range.start as usize..range.end as usize).unwrap_or_default().into(),
            Place::Spilled(run) => scratch.get(*run, range)?.into(),
        })
    }

    pub(super) fn bytes(&self) -> u64 {
        self.slices.last().copied().unwrap_or(0)
    }
}

/// One entry as it is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry<'a> {
    pub(super) hash: u32,
    pub(super) term: &'a [u8],
    pub(super) lists: &'a [u8],
}

/// Takes the next entry off the front.
#[inline]
pub(super) fn next<'a>(bytes: &mut &'a [u8]) -> Option<Entry<'a>> {
    let (hash, rest) = bytes.split_first_chunk::<4>()?;
    let mut rest = rest;
    let (term, lists) = (varint::take(&mut rest), varint::take(&mut rest));
    let (term, rest) = rest.split_at_checked(term as usize)?;
    let (lists, rest) = rest.split_at_checked(lists as usize)?;
    *bytes = rest;
    Some(Entry { hash: u32::from_le_bytes(*hash), term, lists })
}
