//! Terms with their lists → files of a layer: terms that share a shard front-coded together, a list that is longer than its shard
//! may be in a file of its own.

use super::base64;
use super::varint;
use crate::digest::fold64;
use std::sync::atomic::{AtomicU64, Ordering};

/// Where files go: path inside of `search/`, content.
pub type Sink<'a> = &'a (dyn Fn(&str, &[u8]) + Sync);

/// Writes files, each a call of the loader, and sums up what they hold.
pub(super) struct Out<'a> {
    sink: Sink<'a>,
    version: AtomicU64,
}

impl<'a> Out<'a> {
    pub(super) fn new(sink: Sink<'a>) -> Out<'a> {
        Out { sink, version: AtomicU64::new(0) }
    }

    /// Writes bytes under a key such as `0/a-0017`.
    pub(super) fn bytes(&self, key: &str, bytes: &[u8]) {
        let mut out = Vec::with_capacity(bytes.len() * 4 / 3 + key.len() + 32);
        out.extend_from_slice(b"tuopinSearch(\"");
        out.extend_from_slice(key.as_bytes());
        out.extend_from_slice(b"\",\"");
        base64::encode_into(&mut out, bytes);
        out.extend_from_slice(b"\");");
        // A sum, so that the order in which threads finish does not matter.
        self.version.fetch_add(fold64(key.as_bytes()).rotate_left(17) ^ fold64(bytes), Ordering::Relaxed);
        (self.sink)(&format!("{key}.js"), &out);
    }

    /// Writes an object literal under a key; it is no part of the version.
    pub(super) fn literal(&self, key: &str, literal: &str) {
        (self.sink)(&format!("{key}.js"), format!("tuopinSearch(\"{key}\",{literal});").as_bytes());
    }

    /// A hash of all content written so far.
    pub(super) fn version(&self) -> u64 {
        self.version.load(Ordering::Relaxed)
    }
}

/// A term's list that goes into a shard.
#[derive(Clone, Copy, Debug)]
pub(super) struct Listed<'a> {
    pub(super) term: &'a [u8],
    pub(super) df: u32,
    pub(super) block: &'a [u8],
    pub(super) is_split: bool,
}

struct Piece {
    term: (u32, u32),
    block: (u32, u32),
    df: u32,
    is_split: bool,
}

/// Collects the shards of a layer, one after the other.
pub(super) struct Layer<'a> {
    out: &'a Out<'a>,
    /// Segment and letter, `0/a`.
    name: String,
    external_at: usize,
    shard: u32,
    arena: Vec<u8>,
    pieces: Vec<Piece>,
}

impl<'a> Layer<'a> {
    /// A layer from a shard on; a list of more than `external_at` bytes gets a file of its own.
    pub(super) fn new(out: &'a Out<'a>, name: String, external_at: usize, shard: u32) -> Layer<'a> {
        Layer { out, name, external_at, shard, arena: Vec::new(), pieces: Vec::new() }
    }

    /// Adds a list to a shard; shards come ascending, those before are finished.
    pub(super) fn add(&mut self, shard: u32, listed: Listed<'_>) {
        self.finish_until(shard);
        let term = self.keep(listed.term);
        let block = self.keep(listed.block);
        self.pieces.push(Piece { term, block, df: listed.df, is_split: listed.is_split });
    }

    fn keep(&mut self, bytes: &[u8]) -> (u32, u32) {
        let from = self.arena.len() as u32;
        self.arena.extend_from_slice(bytes);
        (from, self.arena.len() as u32)
    }

    /// Writes all shards before this one.
    pub(super) fn finish_until(&mut self, shard: u32) {
        while self.shard < shard {
            self.write();
            self.shard += 1;
        }
    }

    fn write(&mut self) {
        let mut pieces = std::mem::take(&mut self.pieces);
        let arena = std::mem::take(&mut self.arena);
        let slice = |(from, to): (u32, u32)| arena.get(from as usize..to as usize).unwrap_or_default();
        pieces.sort_unstable_by(|a, b| slice(a.term).cmp(slice(b.term)));
        let key = format!("{}-{:04}", self.name, self.shard);
        let mut head = Vec::with_capacity(pieces.len() * 8);
        let mut blocks = Vec::new();
        varint::put(&mut head, pieces.len() as u32);
        let mut before: &[u8] = &[];
        for (at, piece) in pieces.iter().enumerate() {
            let (term, block) = (slice(piece.term), slice(piece.block));
            let shared = before.iter().zip(term).take_while(|(a, b)| a == b).count();
            let is_external = block.len() > self.external_at;
            varint::put(&mut head, shared as u32);
            varint::put(&mut head, (term.len() - shared) as u32);
            head.extend_from_slice(term.get(shared..).unwrap_or_default());
            varint::put(&mut head, piece.df);
            varint::put(&mut head, (block.len() as u32) << 2 | u32::from(is_external) << 1 | u32::from(piece.is_split));
            if is_external {
                self.out.bytes(&format!("{key}x{at}"), block);
            } else {
                blocks.extend_from_slice(block);
            }
            before = term;
        }
        head.extend_from_slice(&blocks);
        self.out.bytes(&key, &head);
        (self.arena, self.pieces) = (arena, pieces);
        self.arena.clear();
        self.pieces.clear();
    }
}
