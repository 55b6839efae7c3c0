//! Findings that a person has judged: what stands there may stand.

use crate::diagnostic::{Code, Finding, Findings, Mark, Span};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Where judgements are kept.
pub const REVIEWS_FILE: &str = "content/reviews.yaml";

/// One judgement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// The code of the finding.
    pub code: Box<str>,
    /// The file that it is of.
    pub file: Box<str>,
    /// What stands at its place, as a number.
    pub stamp: u64,
    /// Where the review stands in `reviews.yaml`.
    pub span: Span,
}

/// All judgements, applied to what was found.
#[derive(Debug, Default)]
pub struct Reviews {
    list: Vec<Review>,
    used: BTreeSet<usize>,
}

impl Reviews {
    /// Takes the reviews of an archive.
    #[must_use]
    pub fn new(list: Vec<Review>) -> Reviews {
        Reviews { list, used: BTreeSet::new() }
    }

    /// How many findings were judged away.
    #[must_use]
    pub fn used(&self) -> usize {
        self.used.len()
    }

    /// The findings without those that were judged; a review of nothing is a finding itself.
    pub fn settle(&mut self, findings: Findings) -> Findings {
        if self.list.is_empty() {
            return findings;
        }
        let mut left = Findings::default();
        for finding in findings.sorted() {
            match self.of(&finding) {
                Some(at) => drop(self.used.insert(at)),
                None => left.push(finding),
            }
        }
        let file: Arc<str> = Arc::from(REVIEWS_FILE);
        for (_, review) in self.list.iter().enumerate().filter(|(at, _)| !self.used.contains(at)) {
            left.add(&file, Mark::new(Code::ReviewUnused, review.span));
        }
        left
    }

    /// The review of a finding. Only codes whose second detail is a stamp can be reviewed.
    fn of(&self, finding: &Finding) -> Option<usize> {
        if !finding.mark.code.is_private() {
            return None;
        }
        let stamp = finding.mark.detail.get(1).and_then(|hash| u64::from_str_radix(hash, 16).ok())?;
        self.list.iter().position(|review| review.stamp == stamp && *review.file == *finding.file && *review.code == *finding.mark.code.name())
    }
}
