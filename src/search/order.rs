//! Orders other than by relevance: the rank of every document by date and by title, over all segments.

use super::varint;

/// What a document is sorted and narrowed by.
#[derive(Clone, Debug, Default)]
pub(super) struct Card {
    /// Larger is newer, 0 without a date.
    pub(super) date: u32,
    /// Place of the language in the site's order, then the reading of the title, then the title.
    pub(super) title: (u32, String),
    /// For each facet the numbers of values.
    pub(super) values: Vec<Vec<u32>>,
}

/// Ranks by date, the newest first, equal dates alike, those without one last.
pub(super) fn by_date(cards: &[Card]) -> Vec<u32> {
    let mut dates: Vec<u32> = cards.iter().map(|card| card.date).collect();
    dates.sort_unstable();
    dates.dedup();
    // 0 sorts lowest, which from the newest on is last.
    let rank = |card: &Card| dates.len() - 1 - dates.binary_search(&card.date).unwrap_or(0);
    cards.iter().map(|card| rank(card) as u32).collect()
}

/// Ranks by title, all different.
pub(super) fn by_title(cards: &[Card]) -> Vec<u32> {
    let mut order: Vec<(&Card, usize)> = cards.iter().zip(0..).collect();
    order.sort_unstable_by(|a, b| (&a.0.title, a.1).cmp(&(&b.0.title, b.1)));
    let mut ranks = vec![0; cards.len()];
    for (rank, (_, number)) in order.into_iter().enumerate() {
        if let Some(slot) = ranks.get_mut(number) {
            *slot = rank as u32;
        }
    }
    ranks
}

/// The ranks of a segment: the zigzag varint of each one's distance to the one before.
pub(super) fn bytes(ranks: &[u32]) -> Vec<u8> {
    let mut out = Vec::with_capacity(ranks.len() * 2);
    let mut before = 0;
    for rank in ranks {
        varint::put(&mut out, varint::zigzag(i64::from(*rank) - before));
        before = i64::from(*rank);
    }
    out
}
