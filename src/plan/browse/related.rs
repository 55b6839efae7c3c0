//! Records that have much in common: they share terms, and a shared term says the more the fewer records carry it. A term that many
//! carry says nothing by itself, but two of them together may (one county's work in one field), and else it breaks ties.
//!
//! Each record looks only at those that stand near it in the lists of its rare terms and pairs, which are in the order of time: the
//! work grows with the records, not with their square.

use super::super::list::Lists;
use crate::disclose::Edition;
use rayon::prelude::*;
use std::cmp::Reverse;

/// How many records a page shows.
const RELATED: usize = 6;
/// How far a record looks in each direction of a list.
const NEAR: usize = 24;
/// How many candidates are weighed exactly.
const WEIGHED: usize = 16;
/// A term is common that more than one in so many records carry.
const COMMON_SHARE: usize = 20;
/// In a small archive no term is common that so few carry.
const COMMON_LEAST: usize = 12;
/// Of so many common terms of a record the pairs are looked at.
const PAIRED: usize = 4;
const NONE: u32 = u32::MAX;

/// The related records of each record.
#[derive(Debug, Default)]
pub struct Related {
    found: Vec<[u32; RELATED]>,
}

impl Related {
    pub(super) fn of(edition: &Edition, lists: &Lists) -> Related {
        let carried = Carried::of(edition, lists);
        let order = lists.newest();
        let ranked: Vec<[u32; RELATED]> = (0..order.len())
            .into_par_iter()
            .map_init(Vec::new, |votes, rank| carried.nearest(rank, votes).map(|near| order.get(near as usize).copied().unwrap_or(NONE)))
            .collect();
        let mut found = vec![[NONE; RELATED]; edition.entries().len()];
        for (at, near) in order.iter().zip(ranked) {
            found[*at as usize] = near;
        }
        Related { found }
    }

    /// The records that have most in common with one, the nearest first.
    pub fn to(&self, at: u32) -> impl Iterator<Item = u32> {
        self.found.get(at as usize).into_iter().flatten().copied().filter(|near| *near != NONE)
    }
}

/// Lists of lists in one piece.
#[derive(Default)]
struct Grouped {
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Grouped {
    fn get(&self, at: usize) -> &[u32] {
        let bounds = self.starts.get(at).zip(self.starts.get(at + 1));
        bounds.and_then(|(start, end)| self.items.get(*start as usize..*end as usize)).unwrap_or_default()
    }
}

/// Which terms each record carries and which records carry each term; records by their rank in the order of time.
struct Carried {
    of_rank: Grouped,
    of_term: Grouped,
    /// Two common terms and the rank of a record that carries both, sorted.
    pairs: Vec<((u32, u32), u32)>,
    common: usize,
    total: usize,
}

impl Carried {
    fn of(edition: &Edition, lists: &Lists) -> Carried {
        let mut first = vec![0u32];
        for (_, vocabulary) in edition.vocabularies().iter() {
            let next = first.last().copied().unwrap_or(0) + u32::try_from(vocabulary.terms.len()).unwrap_or(0);
            first.push(next);
        }
        let terms = first.last().copied().unwrap_or(0) as usize;
        let total = lists.newest().len();
        let mut of_rank = Grouped { starts: vec![0], items: Vec::new() };
        let mut counts = vec![0u32; terms + 1];
        for at in lists.newest() {
            let start = of_rank.items.len();
            let carried = edition.entry(*at).terms.iter().flat_map(|refs| &refs.terms);
            of_rank.items.extend(carried.map(|id| first[usize::from(id.vocabulary)] + id.term));
            // A field of the collection's own may name the same term again.
            let mut end = start;
            for next in start..of_rank.items.len() {
                let term = of_rank.items[next];
                if !of_rank.items[start..end].contains(&term) {
                    of_rank.items[end] = term;
                    counts[term as usize] += 1;
                    end += 1;
                }
            }
            of_rank.items.truncate(end);
            of_rank.starts.push(u32::try_from(of_rank.items.len()).unwrap_or(NONE));
        }
        let of_term = invert(&of_rank, &counts);
        let common = (total / COMMON_SHARE).max(COMMON_LEAST);
        let mut made = Carried { of_rank, of_term, pairs: Vec::new(), common, total };
        made.pairs = (0u32..).zip(0..total).flat_map(|(rank, at)| made.common_pairs(at).map(move |pair| (pair, rank))).collect();
        made.pairs.par_sort_unstable();
        made
    }

    fn is_common(&self, term: u32) -> bool {
        self.of_term.get(term as usize).len() > self.common
    }

    /// Each two of the common terms of a record.
    fn common_pairs(&self, rank: usize) -> impl Iterator<Item = (u32, u32)> + use<> {
        let mut common = [NONE; PAIRED];
        for (place, term) in common.iter_mut().zip(self.of_rank.get(rank).iter().filter(|term| self.is_common(**term))) {
            *place = *term;
        }
        let pairs = (0..PAIRED).flat_map(move |a| (a + 1..PAIRED).map(move |b| (common[a].min(common[b]), common[a].max(common[b]))));
        pairs.filter(|(_, b)| *b != NONE)
    }

    /// The records that carry two common terms.
    fn of_pair(&self, pair: (u32, u32)) -> &[((u32, u32), u32)] {
        let start = self.pairs.partition_point(|(of, _)| *of < pair);
        let rest = self.pairs.get(start..).unwrap_or_default();
        rest.get(..rest.partition_point(|(of, _)| *of == pair)).unwrap_or_default()
    }

    /// The ranks of the records that have most in common with one.
    fn nearest(&self, rank: usize, votes: &mut Vec<(u32, u32)>) -> [u32; RELATED] {
        votes.clear();
        let own = self.of_rank.get(rank);
        let here = u32::try_from(rank).unwrap_or(NONE);
        for term in own.iter().filter(|term| !self.is_common(**term)) {
            let list = self.of_term.get(*term as usize);
            let weight = weight(self.total, list.len());
            votes.extend(around(list, list.partition_point(|other| *other < here)).iter().map(|other| (*other, weight)));
        }
        let mut pairs = [((NONE, NONE), 0); PAIRED * PAIRED];
        for (slot, pair) in pairs.iter_mut().zip(self.common_pairs(rank)) {
            let list = self.of_pair(pair);
            if list.len() <= self.common {
                *slot = (pair, weight(self.total, list.len()));
                votes.extend(around(list, list.partition_point(|(_, other)| *other < here)).iter().map(|(_, other)| (*other, slot.1)));
            }
        }
        votes.retain(|(other, _)| *other != here);
        votes.sort_unstable();
        votes.dedup_by(|next, kept| {
            next.0 == kept.0 && {
                kept.1 += next.1;
                true
            }
        });
        votes.sort_unstable_by_key(|(other, sum)| (Reverse(*sum), other.abs_diff(here), *other));
        votes.truncate(WEIGHED);
        for (other, sum) in votes.iter_mut() {
            *sum = self.exactly(own, &pairs, self.of_rank.get(*other as usize));
        }
        votes.sort_unstable_by_key(|(other, sum)| (Reverse(*sum), other.abs_diff(here), *other));
        let mut near = [NONE; RELATED];
        near.iter_mut().zip(votes.iter()).for_each(|(place, (other, _))| *place = *other);
        near
    }

    /// What two records have in common: rare terms and rare pairs, and behind the point the common terms.
    fn exactly(&self, own: &[u32], pairs: &[((u32, u32), u32)], other: &[u32]) -> u32 {
        let (mut rare, mut ties) = (0, 0);
        for term in own.iter().filter(|term| other.contains(term)) {
            let weight = weight(self.total, self.of_term.get(*term as usize).len());
            *(if self.is_common(*term) { &mut ties } else { &mut rare }) += weight;
        }
        rare += pairs
            .iter()
            .filter(|((a, b), weight)| *weight > 0 && other.contains(a) && other.contains(b))
            .map(|(_, weight)| weight)
            .max()
            .unwrap_or(&0);
        rare * 256 + ties.min(255)
    }
}

/// The ranks of each term's records, in their order.
fn invert(of_rank: &Grouped, counts: &[u32]) -> Grouped {
    let mut starts = Vec::with_capacity(counts.len() + 1);
    let mut sum = 0u32;
    for count in counts {
        starts.push(sum);
        sum += count;
    }
    starts.push(sum);
    let mut next = starts.clone();
    let mut items = vec![0u32; sum as usize];
    for (rank, at) in (0u32..).zip(0..of_rank.starts.len().saturating_sub(1)) {
        for term in of_rank.get(at) {
            let place = &mut next[*term as usize];
            items[*place as usize] = rank;
            *place += 1;
        }
    }
    Grouped { starts, items }
}

/// The part of a list around a place.
fn around<T>(list: &[T], place: usize) -> &[T] {
    list.get(place.saturating_sub(NEAR)..(place + NEAR + 1).min(list.len())).unwrap_or_default()
}

/// How much a term says that so many of all records carry: sixteenths of a binary logarithm, in whole numbers so that every machine
/// finds the same.
fn weight(total: usize, holders: usize) -> u32 {
    let ratio = (total.max(1) as u64 * 256 / holders.max(1) as u64).max(256);
    let whole = ratio.ilog2();
    let part = u32::try_from((ratio << 4 >> whole) & 15).unwrap_or(0);
    (whole - 8) * 16 + part
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_terms_say_more() {
        assert_eq!(weight(1000, 1000), 0);
        assert!(weight(1000, 10) > weight(1000, 100));
        assert_eq!(weight(1 << 20, 1), 20 * 16);
        assert_eq!(weight(0, 0), 0);
    }

    fn carried(records: &[&[u32]], terms: usize) -> Carried {
        let mut of_rank = Grouped { starts: vec![0], items: Vec::new() };
        let mut counts = vec![0; terms + 1];
        for record in records {
            record.iter().for_each(|term| counts[*term as usize] += 1);
            of_rank.items.extend(*record);
            of_rank.starts.push(u32::try_from(of_rank.items.len()).unwrap());
        }
        let of_term = invert(&of_rank, &counts);
        let mut made = Carried { of_rank, of_term, pairs: Vec::new(), common: 2, total: records.len() };
        made.pairs = (0u32..).zip(0..records.len()).flat_map(|(rank, at)| made.common_pairs(at).map(move |pair| (pair, rank))).collect();
        made.pairs.sort_unstable();
        made
    }

    #[test]
    fn common_terms_alone_relate_nothing_and_two_together_do() {
        // 0 and 1 are common, 2 is rare.
        let made = carried(&[&[0, 2], &[0], &[0, 1], &[1, 2], &[1], &[0, 1]], 3);
        let near = |rank: usize| made.nearest(rank, &mut Vec::new()).into_iter().filter(|near| *near != NONE).collect::<Vec<_>>();
        assert_eq!(near(0), [3]);
        assert_eq!(near(1), [0u32; 0]);
        assert_eq!(near(2), [5]);
        assert_eq!(near(3), [0]);
    }

    #[test]
    fn of_two_that_share_as_much_the_nearer_in_time_stands_first() {
        let made = carried(&[&[0], &[1], &[1], &[0, 3], &[0], &[2]], 4);
        let made = Carried { common: 5, ..made };
        assert_eq!(made.nearest(3, &mut Vec::new()), [4, 0, NONE, NONE, NONE, NONE]);
    }
}
