//! The linear span of sums, by elimination modulo the prime 2^61 − 1.
//!
//! Every row of the reduced form begins with an unknown that stands in no other row. So a set of unknowns is a sum of rows
//! exactly where, for every other unknown, being in the set is the same as what those rows add up to there; each such
//! unknown is a condition, and few unknowns take part in one. That makes the small sums of a large span quick to find: as long
//! as a condition fails, one of the few that take part in it must be added.

use std::collections::{BTreeMap, BTreeSet};

const PRIME: u64 = (1 << 61) - 1;

/// A visible sum: which unknowns it adds up.
pub(super) struct Equation {
    /// What it is known by outside.
    cell: usize,
    unknowns: Vec<u32>,
}

impl Equation {
    pub(super) fn of(cell: usize, unknowns: Vec<u32>) -> Equation {
        Equation { cell, unknowns }
    }
}

/// How many steps have been taken, of so many.
pub(super) struct Spent {
    left: u64,
}

impl Spent {
    pub(super) fn of(budget: u64) -> Spent {
        Spent { left: budget }
    }

    fn take(&mut self, steps: usize) -> Option<()> {
        self.left = self.left.checked_sub(steps as u64)?;
        Some(())
    }
}

/// An equation after elimination: the factors of unknowns, its first being 1, and of the sums that it was made of.
struct Row {
    factors: Vec<(u32, u64)>,
    made_of: Vec<(usize, u64)>,
}

/// The span of some sums.
pub(super) struct Span {
    /// In echelon form, by their first unknown.
    rows: BTreeMap<u32, Row>,
    /// The same rows reduced: the factors behind the first unknown, none of them another row's first.
    reduced: BTreeMap<u32, Vec<(u32, u64)>>,
    /// The rows that each other unknown stands in, by their first unknown.
    columns: BTreeMap<u32, Vec<u32>>,
}

/// A combination of unknowns and of sums under way.
type Working = (BTreeMap<u32, u64>, BTreeMap<usize, u64>);

impl Span {
    /// Eliminates; none where that takes too many steps.
    pub(super) fn of(mut equations: Vec<Equation>, spent: &mut Spent) -> Option<Span> {
        // Short ones first: what they settle makes the long ones short.
        equations.sort_by_key(|equation| (equation.unknowns.len(), equation.cell));
        let mut span = Span { rows: BTreeMap::new(), reduced: BTreeMap::new(), columns: BTreeMap::new() };
        for Equation { cell, unknowns } in equations {
            let mut working: Working = (unknowns.iter().map(|unknown| (*unknown, 1)).collect(), BTreeMap::from([(cell, 1)]));
            span.eliminate(&mut working, spent)?;
            let Some((first, factor)) = working.0.first_key_value().map(|(unknown, factor)| (*unknown, *factor)) else { continue };
            let scale = inverse(factor);
            let scaled = |factor: u64| multiply(factor, scale);
            let row = Row {
                factors: working.0.into_iter().map(|(unknown, factor)| (unknown, scaled(factor))).collect(),
                made_of: working.1.into_iter().map(|(cell, factor)| (cell, scaled(factor))).collect(),
            };
            span.rows.insert(first, row);
        }
        span.reduce(spent)?;
        Some(span)
    }

    /// Takes every known first unknown out of a combination.
    fn eliminate(&self, (unknowns, sums): &mut Working, spent: &mut Spent) -> Option<()> {
        let mut from = 0;
        while let Some((at, factor)) = unknowns.range(from..).next().map(|(at, factor)| (*at, *factor)) {
            from = at + 1;
            let Some(row) = self.rows.get(&at) else { continue };
            spent.take(row.factors.len() + row.made_of.len())?;
            for (unknown, known) in &row.factors {
                subtract(unknowns, *unknown, multiply(factor, *known));
            }
            for (cell, known) in &row.made_of {
                subtract(sums, *cell, multiply(factor, *known));
            }
        }
        Some(())
    }

    /// Takes the first unknowns of later rows out of earlier ones, from the last row on.
    fn reduce(&mut self, spent: &mut Spent) -> Option<()> {
        for (first, row) in self.rows.iter().rev() {
            let mut factors: BTreeMap<u32, u64> = row.factors.iter().skip(1).copied().collect();
            let later: Vec<(u32, u64)> = row.factors.iter().skip(1).filter(|(unknown, _)| self.reduced.contains_key(unknown)).copied().collect();
            for (unknown, factor) in later {
                factors.remove(&unknown);
                let known = self.reduced.get(&unknown).map_or(&[][..], |known| known);
                spent.take(known.len())?;
                known.iter().for_each(|(other, known)| subtract(&mut factors, *other, multiply(factor, *known)));
            }
            factors.keys().for_each(|unknown| self.columns.entry(*unknown).or_default().push(*first));
            self.reduced.insert(*first, factors.into_iter().collect());
        }
        Some(())
    }

    /// What rows of the reduced form add up to at an unknown that is none of their first ones.
    fn value(&self, set: &[u32], unknown: u32) -> u64 {
        let factor = |first: &u32| {
            let row = self.reduced.get(first)?;
            row.binary_search_by_key(&unknown, |(unknown, _)| *unknown).ok().and_then(|at| row.get(at)).map(|(_, factor)| *factor)
        };
        set.iter().filter_map(factor).fold(0, |sum, factor| (sum + factor) % PRIME)
    }

    /// The first condition that fails for a set of unknowns; the unknown that it belongs to.
    fn failing(&self, set: &[u32], spent: &mut Spent) -> Option<Option<u32>> {
        for unknown in set {
            let Some(row) = self.reduced.get(unknown) else {
                spent.take(set.len())?;
                if self.value(set, *unknown) != 1 {
                    return Some(Some(*unknown));
                }
                continue;
            };
            for (other, _) in row {
                spent.take(set.len())?;
                if self.value(set, *other) != u64::from(set.contains(other)) {
                    return Some(Some(*other));
                }
            }
        }
        Some(None)
    }

    /// Whether a sum of unknowns can be computed.
    pub(super) fn holds(&self, unknowns: &[u32]) -> bool {
        let firsts: Vec<u32> = unknowns.iter().filter(|unknown| self.reduced.contains_key(*unknown)).copied().collect();
        let mut sum: BTreeMap<u32, u64> = BTreeMap::new();
        for (other, factor) in firsts.iter().filter_map(|first| self.reduced.get(first)).flatten() {
            let total = sum.entry(*other).or_default();
            *total = (*total + factor) % PRIME;
        }
        sum.retain(|_, total| *total != 0);
        let others: BTreeSet<u32> = unknowns.iter().filter(|unknown| !self.reduced.contains_key(*unknown)).copied().collect();
        sum.values().all(|total| *total == 1) && sum.keys().eq(others.iter())
    }

    /// The sums of unknowns of together less than `limit` weight that can be computed. None where that takes too many steps.
    pub(super) fn small_sums(&self, weights: &[u64], limit: u64, spent: &mut Spent) -> Option<Vec<Vec<u32>>> {
        let weight = |unknown: u32| weights.get(unknown as usize).copied().unwrap_or(u64::MAX);
        let mut sums = Vec::new();
        let unknowns: BTreeSet<u32> = self.reduced.keys().chain(self.columns.keys()).copied().collect();
        for first in unknowns.into_iter().filter(|unknown| weight(*unknown) < limit) {
            let mut seen: BTreeSet<Vec<u32>> = BTreeSet::new();
            let mut open = vec![(vec![first], weight(first))];
            while let Some((set, total)) = open.pop() {
                let Some(failing) = self.failing(&set, spent)? else {
                    sums.push(set);
                    continue;
                };
                let rows = self.columns.get(&failing).into_iter().flatten().copied();
                for more in rows.chain([failing]) {
                    let total = total.saturating_add(weight(more));
                    // Each set is built from its least unknown.
                    if more <= first || set.contains(&more) || total >= limit {
                        continue;
                    }
                    let mut set = set.clone();
                    set.push(more);
                    set.sort_unstable();
                    spent.take(set.len())?;
                    if seen.insert(set.clone()) {
                        open.push((set, total));
                    }
                }
            }
        }
        Some(sums)
    }

    /// The visible sums of which a sum of unknowns is computed; empty where it cannot be.
    pub(super) fn terms(&self, unknowns: &[u32]) -> Vec<usize> {
        let mut working: Working = (unknowns.iter().map(|unknown| (*unknown, 1)).collect(), BTreeMap::new());
        let done = self.eliminate(&mut working, &mut Spent::of(u64::MAX));
        if done.is_some() && working.0.is_empty() { working.1.into_keys().collect() } else { Vec::new() }
    }
}

fn subtract<K: Ord>(from: &mut BTreeMap<K, u64>, key: K, factor: u64) {
    match from.entry(key) {
        std::collections::btree_map::Entry::Vacant(vacant) => {
            if factor != 0 {
                vacant.insert(PRIME - factor);
            }
        }
        std::collections::btree_map::Entry::Occupied(mut occupied) => {
            let left = (*occupied.get() + PRIME - factor) % PRIME;
            if left == 0 {
                occupied.remove();
            } else {
                occupied.insert(left);
            }
        }
    }
}

fn multiply(a: u64, b: u64) -> u64 {
    (u128::from(a) * u128::from(b) % u128::from(PRIME)) as u64
}

/// Fermat: a to the power of PRIME − 2.
fn inverse(a: u64) -> u64 {
    let (mut out, mut base, mut power) = (1, a, PRIME - 2);
    while power > 0 {
        if power & 1 == 1 {
            out = multiply(out, base);
        }
        base = multiply(base, base);
        power >>= 1;
    }
    out
}
