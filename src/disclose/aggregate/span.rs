//! The linear span of sums, by elimination modulo the prime 2^61 − 1. A signature of each unknown, its part in one random
//! vector at right angles to all equations, tells whether a set of unknowns lies in the span: then, and but for one chance
//! in 2^61 only then, its signatures add up to zero.

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

/// An equation after elimination: the factors of unknowns, its first being 1, and of the sums that it was made of.
struct Row {
    factors: Vec<(u32, u64)>,
    made_of: Vec<(usize, u64)>,
}

/// The span of some sums.
pub(super) struct Span {
    /// By their first unknown.
    rows: BTreeMap<u32, Row>,
    signatures: BTreeMap<u32, u64>,
}

/// A combination of unknowns and of sums under way.
type Working = (BTreeMap<u32, u64>, BTreeMap<usize, u64>);

impl Span {
    /// Eliminates; none when more than `budget` steps have been spent.
    pub(super) fn of(mut equations: Vec<Equation>, budget: u64, spent: &mut u64) -> Option<Span> {
        // Short ones first: what they settle makes the long ones short.
        equations.sort_by_key(|equation| (equation.unknowns.len(), equation.cell));
        let mut span = Span { rows: BTreeMap::new(), signatures: BTreeMap::new() };
        for Equation { cell, unknowns } in equations {
            let mut working: Working = (unknowns.iter().map(|unknown| (*unknown, 1)).collect(), BTreeMap::from([(cell, 1)]));
            span.reduce(&mut working, spent);
            if *spent > budget {
                return None;
            }
            let Some((first, factor)) = working.0.first_key_value().map(|(unknown, factor)| (*unknown, *factor)) else { continue };
            let scale = inverse(factor);
            let scaled = |factor: u64| multiply(factor, scale);
            let row = Row {
                factors: working.0.into_iter().map(|(unknown, factor)| (unknown, scaled(factor))).collect(),
                made_of: working.1.into_iter().map(|(cell, factor)| (cell, scaled(factor))).collect(),
            };
            span.rows.insert(first, row);
        }
        span.sign();
        Some(span)
    }

    /// Takes every known first unknown out of a combination, until its own first one is new or nothing is left.
    fn reduce(&self, (unknowns, sums): &mut Working, spent: &mut u64) {
        let mut from = 0;
        while let Some((at, factor)) = unknowns.range(from..).next().map(|(at, factor)| (*at, *factor)) {
            from = at + 1;
            let Some(row) = self.rows.get(&at) else { continue };
            *spent += (row.factors.len() + row.made_of.len()) as u64;
            for (unknown, known) in &row.factors {
                subtract(unknowns, *unknown, multiply(factor, *known));
            }
            for (cell, known) in &row.made_of {
                subtract(sums, *cell, multiply(factor, *known));
            }
        }
    }

    /// Gives every unknown its signature, from the last row to the first.
    fn sign(&mut self) {
        let mut state = 0x2545_F491_4F6C_DD1D_u64;
        let unknowns: BTreeSet<u32> = self.rows.values().flat_map(|row| row.factors.iter().map(|(unknown, _)| *unknown)).collect();
        for unknown in unknowns.into_iter().rev() {
            let signature = match self.rows.get(&unknown) {
                Some(row) => {
                    let parts = row.factors.iter().filter(|(other, _)| *other != unknown);
                    let sum = parts.fold(0, |sum, (other, factor)| self.add(sum, multiply(*factor, self.signature(*other))));
                    self.negative(sum)
                }
                None => random(&mut state),
            };
            self.signatures.insert(unknown, signature);
        }
    }

    /// The signature of an unknown.
    pub(super) fn signature(&self, unknown: u32) -> u64 {
        self.signatures.get(&unknown).copied().unwrap_or(0)
    }

    /// Adds two signatures.
    pub(super) fn add(&self, a: u64, b: u64) -> u64 {
        (a + b) % PRIME
    }

    /// What cancels a signature.
    pub(super) fn negative(&self, a: u64) -> u64 {
        (PRIME - a) % PRIME
    }

    /// Whether a sum of unknowns can be computed.
    pub(super) fn holds(&self, unknowns: &[u32]) -> bool {
        unknowns.iter().fold(0, |sum, unknown| self.add(sum, self.signature(*unknown))) == 0
    }

    /// The visible sums of which a sum of unknowns is computed; empty where it cannot be.
    pub(super) fn terms(&self, unknowns: &[u32]) -> Vec<usize> {
        let mut working: Working = (unknowns.iter().map(|unknown| (*unknown, 1)).collect(), BTreeMap::new());
        self.reduce(&mut working, &mut 0);
        if working.0.is_empty() { working.1.into_keys().collect() } else { Vec::new() }
    }

    /// The unknowns in parts that no equation joins.
    pub(super) fn parts(&self) -> Vec<Vec<u32>> {
        let mut leader: BTreeMap<u32, u32> = self.signatures.keys().map(|unknown| (*unknown, *unknown)).collect();
        for row in self.rows.values() {
            let mut unknowns = row.factors.iter().map(|(unknown, _)| *unknown);
            let Some(first) = unknowns.next() else { continue };
            for other in unknowns {
                let (a, b) = (lead(&mut leader, first), lead(&mut leader, other));
                leader.insert(a.max(b), a.min(b));
            }
        }
        let mut parts: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        let unknowns: Vec<u32> = leader.keys().copied().collect();
        for unknown in unknowns {
            parts.entry(lead(&mut leader, unknown)).or_default().push(unknown);
        }
        parts.into_values().collect()
    }
}

/// The first of the part that an unknown belongs to.
fn lead(leader: &mut BTreeMap<u32, u32>, unknown: u32) -> u32 {
    let mut at = unknown;
    while let Some(next) = leader.get(&at).copied().filter(|next| *next != at) {
        at = next;
    }
    leader.insert(unknown, at);
    at
}

fn subtract<K: Ord>(from: &mut BTreeMap<K, u64>, key: K, factor: u64) {
    let entry = from.entry(key);
    match entry {
        std::collections::btree_map::Entry::Vacant(vacant) => drop(vacant.insert((PRIME - factor) % PRIME)),
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

/// The same numbers in every run.
fn random(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (mixed ^ (mixed >> 31)) % (PRIME - 1) + 1
}
