//! Secondary suppression: which further cells must be left out so that no sum that is too small can be computed from those
//! that are shown.
//!
//! The unknowns are the finest groups; a shown cell is the sum of some of them. What can be computed is the linear span of the
//! shown cells, so a cell is safe where it does not lie in that span, and so must be every union of groups that together
//! have fewer rows than a sum may be made of. Each such thing that does lie in the span is an addition and subtraction of
//! shown cells; the smallest of those is left out, and all is looked through again. The order is fixed, so the choice is too.

use super::span::{Equation, Span, Spent};
use std::collections::{BTreeMap, BTreeSet};

/// The cells of one column with what may be seen of them.
pub(super) struct Problem {
    /// How many rows each finest group has.
    pub(super) weights: Vec<u64>,
    /// The groups of each cell; no two cells have the same unless they are empty.
    pub(super) cells: Vec<Vec<u32>>,
    /// What is hidden to begin with.
    pub(super) hidden: Vec<bool>,
    /// What must not be computed, besides every union of groups with fewer than `smallest` rows.
    pub(super) sensitive: Vec<bool>,
    /// What stands in any table at all.
    pub(super) shown: Vec<bool>,
    /// The rows that a sum must have.
    pub(super) smallest: u64,
}

/// Says which cells are hidden in the end; none where that takes more than `budget` steps to find out.
pub(super) fn protect(mut problem: Problem, budget: u64) -> Option<Vec<bool>> {
    let mut spent = Spent::of(budget);
    let weight = |problem: &Problem, cell: usize| problem.cells[cell].iter().map(|group| problem.weights[*group as usize]).sum::<u64>();
    loop {
        let classes = Classes::of(&problem);
        let equations = problem.visible().map(|cell| Equation::of(cell, classes.cover(&problem.cells[cell]).unwrap_or_default()));
        let span = Span::of(equations.collect(), &mut spent)?;
        let computed = computed(&problem, &classes, &span, &mut spent)?;
        let mut left_out: BTreeSet<usize> = BTreeSet::new();
        for sum in computed {
            let terms = span.terms(&sum);
            if terms.is_empty() || terms.iter().any(|cell| left_out.contains(cell)) {
                continue;
            }
            left_out.extend(terms.into_iter().min_by_key(|cell| (weight(&problem, *cell), *cell)));
        }
        if left_out.is_empty() {
            return Some(problem.hidden);
        }
        left_out.into_iter().for_each(|cell| problem.hidden[cell] = true);
    }
}

impl Problem {
    /// The cells that readers see.
    fn visible(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.cells.len()).filter(|cell| self.shown[*cell] && !self.hidden[*cell] && !self.cells[*cell].is_empty())
    }
}

/// Groups that stand in the same visible cells cannot be told apart: each class of them is one unknown.
struct Classes {
    of_group: Vec<Option<u32>>,
    sizes: Vec<usize>,
    weights: Vec<u64>,
}

impl Classes {
    fn of(problem: &Problem) -> Classes {
        let mut stands_in: Vec<Vec<u32>> = vec![Vec::new(); problem.weights.len()];
        for (number, cell) in (0u32..).zip(problem.visible()) {
            problem.cells[cell].iter().for_each(|group| stands_in[*group as usize].push(number));
        }
        let mut known: BTreeMap<&[u32], u32> = BTreeMap::new();
        let mut classes = Classes { of_group: Vec::new(), sizes: Vec::new(), weights: Vec::new() };
        for (cells, weight) in stands_in.iter().zip(&problem.weights) {
            if cells.is_empty() {
                classes.of_group.push(None);
                continue;
            }
            let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
            let class = *known.entry(cells).or_insert(next);
            if class == next {
                classes.sizes.push(0);
                classes.weights.push(0);
            }
            classes.sizes[class as usize] += 1;
            classes.weights[class as usize] += weight;
            classes.of_group.push(Some(class));
        }
        classes
    }

    /// The classes that a set of groups is made of; none where it holds a part of one, or a group of which nothing is seen:
    /// such a set cannot be computed.
    fn cover(&self, groups: &[u32]) -> Option<Vec<u32>> {
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        for group in groups {
            *counts.entry(self.of_group[*group as usize]?).or_default() += 1;
        }
        let is_whole = counts.iter().all(|(class, count)| self.sizes[*class as usize] == *count);
        is_whole.then(|| counts.into_keys().collect())
    }
}

/// What can be computed and must not be: sets of classes. None where the search is too long.
fn computed(problem: &Problem, classes: &Classes, span: &Span, spent: &mut Spent) -> Option<Vec<Vec<u32>>> {
    let hidden = (0..problem.cells.len()).filter(|cell| problem.sensitive[*cell] && !problem.cells[*cell].is_empty());
    let mut sums: Vec<Vec<u32>> = hidden.filter_map(|cell| classes.cover(&problem.cells[cell])).filter(|sum| span.holds(sum)).collect();
    sums.extend(span.small_sums(&classes.weights, problem.smallest, spent)?);
    Some(sums)
}
