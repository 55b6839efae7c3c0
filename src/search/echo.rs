//! The layer of sounds: keys of two characters → the bigrams of the site that sound so, the most frequent first.

use super::hash::{shard_of, term_hash};
use super::shard::{Layer, Listed, Out};
use super::sound::{key, sound};

/// Bigrams that are kept of one sound.
const BIGRAMS: usize = 8;
/// Documents that a bigram of running text must stand in: what stands in fewer may be a slip itself.
const DOCUMENTS: u32 = 3;

/// A bigram that may be meant by another of its sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Echo {
    sounds: (u16, u16),
    df: u32,
    pair: (char, char),
}

/// The bigram as an echo, if it has a sound and is frequent or stands in a title or heading.
pub(super) fn echo(bigram: &[u8], df: u32, is_prominent: bool) -> Option<Echo> {
    if df < DOCUMENTS && !is_prominent {
        return None;
    }
    let mut characters = std::str::from_utf8(bigram).ok()?.chars();
    let (Some(first), Some(second), None) = (characters.next(), characters.next(), characters.next()) else { return None };
    Some(Echo { sounds: (sound(first)?, sound(second)?), df, pair: (first, second) })
}

/// Writes the layer of a segment; gives the number of its shards.
pub(super) fn write(out: &Out<'_>, segment: u32, mut echoes: Vec<Echo>, shard_bytes: u32) -> u32 {
    echoes.sort_unstable_by_key(|echo| (echo.sounds, std::cmp::Reverse(echo.df), echo.pair));
    echoes.dedup_by_key(|echo| echo.pair);
    let mut terms: Vec<(u32, String, String)> = Vec::new();
    for group in echoes.chunk_by(|a, b| a.sounds == b.sounds) {
        let Some(Echo { sounds: (first, second), .. }) = group.first() else { continue };
        let term = format!("y{}'{}", key(*first), key(*second));
        let bigrams = group.iter().take(BIGRAMS).flat_map(|echo| [echo.pair.0, echo.pair.1]).collect();
        terms.push((term_hash(term.as_bytes()), term, bigrams));
    }
    terms.sort_unstable();
    let total: u64 = terms.iter().map(|(_, term, bigrams)| (term.len() + bigrams.len()) as u64).sum();
    let shards = u32::try_from(total.div_ceil(u64::from(shard_bytes))).unwrap_or(1).max(1);
    let mut layer = Layer::new(out, format!("{segment}/y"), usize::MAX, 0);
    for (hash, term, bigrams) in &terms {
        let df = bigrams.chars().count() as u32 / 2;
        layer.add(shard_of(*hash, shards), Listed { term: term.as_bytes(), df, block: bigrams.as_bytes(), is_split: false });
    }
    layer.finish_until(shards);
    shards
}
