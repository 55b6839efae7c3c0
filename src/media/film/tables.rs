//! The tables of a track: which bytes of the file are its samples, how long each is shown, and which stand alone.

use super::super::bytes::{be32, be64, byte, from, index};
use super::super::refused::Refused;
use super::boxes::child;

/// How long the samples of a track are, in bytes.
#[derive(Clone, Debug)]
pub(super) enum Sizes {
    /// All alike: size and count.
    Alike(u32, usize),
    /// One by one.
    Each(Vec<u32>),
}

impl Sizes {
    pub(super) fn count(&self) -> usize {
        match self {
            Sizes::Alike(_, count) => *count,
            Sizes::Each(sizes) => sizes.len(),
        }
    }

    /// The size of one sample.
    pub(super) fn of(&self, sample: usize) -> usize {
        match self {
            Sizes::Alike(size, _) => index(*size),
            Sizes::Each(sizes) => sizes.get(sample).map_or(0, |size| index(*size)),
        }
    }
}

/// Samples that follow each other in the file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chunk {
    /// Where it begins.
    pub(super) start: usize,
    /// Its first sample, from zero.
    pub(super) first: usize,
    /// How many samples it holds.
    pub(super) count: usize,
    /// Which sample entry they are coded by, from one.
    pub(super) entry: u32,
}

/// The tables of a track.
pub(super) struct Tables {
    pub(super) sizes: Sizes,
    pub(super) chunks: Vec<Chunk>,
    /// `stts`: so many samples last so long.
    pub(super) times: Vec<(u32, u32)>,
    /// `ctts` with its version: so many samples are shown so much later.
    pub(super) shifts: Option<(u8, Vec<(u32, u32)>)>,
    /// `stss`: samples that stand alone, from one.
    pub(super) keys: Option<Vec<u32>>,
    /// `cslg` with its version.
    pub(super) shift_range: Option<Vec<u8>>,
}

const DAMAGED: Refused = Refused::Damaged("stbl");

/// Reads the tables out of an `stbl` box.
pub(super) fn read(stbl: &[u8]) -> Result<Tables, Refused> {
    let sizes = sizes(stbl)?;
    let chunks = chunks(stbl, sizes.count())?;
    let count = chunks.last().map_or(0, |chunk| chunk.first + chunk.count);
    // Samples that no chunk holds are not there.
    let sizes = match sizes {
        Sizes::Alike(size, _) => Sizes::Alike(size, count),
        Sizes::Each(mut each) => {
            each.truncate(count);
            Sizes::Each(each)
        }
    };
    let times = clip(runs(child(stbl, b"stts").ok_or(DAMAGED)?)?, count);
    let shifts = child(stbl, b"ctts").map(|content| Ok((byte(content, 0).unwrap_or(0).min(1), clip(runs(content)?, count)))).transpose()?;
    let keys = child(stbl, b"stss").map(numbers).transpose()?;
    if keys.as_ref().is_some_and(|keys| keys.iter().any(|key| *key == 0 || index(*key) > count) || !keys.is_sorted_by(|a, b| a < b)) {
        return Err(DAMAGED);
    }
    let shift_range = child(stbl, b"cslg").and_then(|content| {
        let length = if byte(content, 0)? == 0 { 24 } else { 44 };
        content.get(..length).map(<[u8]>::to_vec)
    });
    Ok(Tables { sizes, chunks, times, shifts, keys, shift_range })
}

/// A list of 32-bit numbers behind version, flags and count.
fn numbers(content: &[u8]) -> Result<Vec<u32>, Refused> {
    let count = be32(content, 4).map(index).ok_or(DAMAGED)?;
    let list = from(content, 8);
    if count > list.len() / 4 {
        return Err(DAMAGED);
    }
    Ok((0..count).map_while(|n| be32(list, n * 4)).collect())
}

/// A list of pairs.
fn runs(content: &[u8]) -> Result<Vec<(u32, u32)>, Refused> {
    let count = be32(content, 4).map(index).ok_or(DAMAGED)?;
    let list = from(content, 8);
    if count > list.len() / 8 {
        return Err(DAMAGED);
    }
    Ok((0..count).map_while(|n| Some((be32(list, n * 8)?, be32(list, n * 8 + 4)?))).collect())
}

/// Runs of no more than so many samples, equal ones joined: what goes beyond says nothing about the film.
fn clip(runs: Vec<(u32, u32)>, samples: usize) -> Vec<(u32, u32)> {
    let mut left = u32::try_from(samples).unwrap_or(u32::MAX);
    let mut clipped: Vec<(u32, u32)> = Vec::new();
    for (count, value) in runs {
        let count = count.min(left);
        left -= count;
        match clipped.last_mut() {
            _ if count == 0 => {}
            Some(last) if last.1 == value => last.0 += count,
            _ => clipped.push((count, value)),
        }
    }
    clipped
}

fn sizes(stbl: &[u8]) -> Result<Sizes, Refused> {
    let Some(content) = child(stbl, b"stsz") else { return compact_sizes(stbl) };
    let (size, count) = (be32(content, 4).ok_or(DAMAGED)?, be32(content, 8).map(index).ok_or(DAMAGED)?);
    if size != 0 {
        return Ok(Sizes::Alike(size, count));
    }
    let list = from(content, 12);
    if count > list.len() / 4 {
        return Err(DAMAGED);
    }
    Ok(Sizes::Each((0..count).map_while(|n| be32(list, n * 4)).collect()))
}

/// `stz2`: sizes of four, eight or sixteen bits.
fn compact_sizes(stbl: &[u8]) -> Result<Sizes, Refused> {
    let content = child(stbl, b"stz2").ok_or(DAMAGED)?;
    let (bits, count) = (byte(content, 7).map(usize::from).ok_or(DAMAGED)?, be32(content, 8).map(index).ok_or(DAMAGED)?);
    let list = from(content, 12);
    if !matches!(bits, 4 | 8 | 16) || count > list.len().saturating_mul(8) / bits {
        return Err(DAMAGED);
    }
    let size = |n: usize| match bits {
        4 => byte(list, n / 2).map(|pair| u32::from(if n.is_multiple_of(2) { pair >> 4 } else { pair & 15 })),
        8 => byte(list, n).map(u32::from),
        _ => super::super::bytes::be16(list, n * 2).map(u32::from),
    };
    Ok(Sizes::Each((0..count).map_while(size).collect()))
}

fn chunks(stbl: &[u8], samples: usize) -> Result<Vec<Chunk>, Refused> {
    let starts: Vec<usize> = match child(stbl, b"stco") {
        Some(content) => numbers(content)?.into_iter().map(index).collect(),
        None => long_numbers(child(stbl, b"co64").ok_or(DAMAGED)?)?,
    };
    let list = child(stbl, b"stsc").ok_or(DAMAGED)?;
    let count = be32(list, 4).map(index).ok_or(DAMAGED)?;
    let run = |n: usize| Some((be32(list, 8 + n * 12).map(index)?, be32(list, 12 + n * 12).map(index)?, be32(list, 16 + n * 12)?));
    if count > from(list, 8).len() / 12 {
        return Err(DAMAGED);
    }
    let (mut chunks, mut at, mut first) = (Vec::with_capacity(starts.len()), 0, 0usize);
    for (n, start) in starts.iter().enumerate() {
        while at + 1 < count && run(at + 1).is_some_and(|(from_chunk, ..)| from_chunk <= n + 1) {
            at += 1;
        }
        let (_, per_chunk, entry) = run(at).filter(|(from_chunk, ..)| *from_chunk <= n + 1).ok_or(DAMAGED)?;
        let held = per_chunk.min(samples - first);
        if held > 0 {
            chunks.push(Chunk { start: *start, first, count: held, entry });
        }
        first += held;
    }
    Ok(chunks)
}

fn long_numbers(content: &[u8]) -> Result<Vec<usize>, Refused> {
    let count = be32(content, 4).map(index).ok_or(DAMAGED)?;
    let list = from(content, 8);
    if count > list.len() / 8 {
        return Err(DAMAGED);
    }
    (0..count).map(|n| be64(list, n * 8).and_then(|start| usize::try_from(start).ok()).ok_or(DAMAGED)).collect()
}
