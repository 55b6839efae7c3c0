//! The list of one term over all runs, and its two forms in the index: documents with impact (layer A), and with positions (layer P).

use super::bits::{Writer, best_rice};
use super::invert::weight;
use super::unit::BODY;
use super::varint;

/// Impact parameters of BM25: k1 1.2, b 0.6. `K` of a document, times 256: 256 · 1.2 · (0.4 + 0.6 · length / average length).
#[must_use]
pub fn length_norm(length: u32, average: u32) -> u32 {
    let average = u64::from(average.max(1));
    let norm = 3072 * (4 * average + 6 * u64::from(length)) / (100 * average);
    u32::try_from(norm).unwrap_or(u32::MAX >> 1).min(u32::MAX >> 1)
}

/// The impact, 0 to 7, of a term with a weight of occurrences in a document: 8 · tfw / (tfw + K), rounded down.
#[must_use]
#[inline]
pub fn impact(weight: u32, norm: u32) -> u32 {
    let weight = weight.min(0xFFFF);
    (2048 * weight / (256 * weight).saturating_add(norm).max(1)).min(7)
}

/// A list in work.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// Distance − 1 to the document before, the first to −1.
    gaps: Vec<u32>,
    impacts: Vec<u8>,
    /// Stripe of the first occurrence + 1; 0 where that is in the title.
    stripes: Vec<u32>,
    counts: Vec<u32>,
    /// First positions and gaps − 1, all documents in a row.
    steps: Vec<u32>,
    /// The last document + 1.
    next: u32,
    /// Whether some occurrence is in a title or heading.
    pub(super) is_prominent: bool,
}

/// What the documents of a segment bring to every list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context<'a> {
    /// [`length_norm`] of each document.
    pub(super) norms: &'a [u32],
    /// Positions of a stripe.
    pub(super) stripe: u32,
}

impl Lists {
    pub(super) fn clear(&mut self) {
        self.gaps.clear();
        self.impacts.clear();
        self.stripes.clear();
        self.counts.clear();
        self.steps.clear();
        self.next = 0;
        self.is_prominent = false;
    }

    /// The number of documents.
    pub(super) fn df(&self) -> u32 {
        self.gaps.len() as u32
    }

    fn document(&mut self, document: u32, weight: u32, position: u32, context: Context<'_>) {
        self.gaps.push(document - self.next);
        self.next = document + 1;
        let norm = context.norms.get(document as usize).copied().unwrap_or(0);
        self.impacts.push(impact(weight, norm) as u8);
        self.stripes.push(if position < BODY { 0 } else { position / context.stripe + 1 });
    }

    /// Adds the list of a single character from a run.
    pub(super) fn add_single(&mut self, mut bytes: &[u8], context: Context<'_>) {
        let mut document = 0;
        while !bytes.is_empty() {
            document += varint::take(&mut bytes);
            let (weight, position) = (varint::take(&mut bytes), varint::take(&mut bytes));
            self.document(document, weight, position, context);
        }
    }

    /// Adds the list of any other term from a run.
    pub(super) fn add(&mut self, mut bytes: &[u8], context: Context<'_>) {
        let mut document = 0;
        while !bytes.is_empty() {
            document += varint::take(&mut bytes);
            let count = varint::take(&mut bytes);
            let headings = if count & 1 == 1 { varint::take(&mut bytes) } else { 0 };
            let count = count >> 1;
            let first = varint::take(&mut bytes);
            self.steps.push(first);
            let (mut position, mut titles) = (first, u32::from(weight(first, false) == 5));
            for _ in 1..count {
                let gap = varint::take(&mut bytes);
                position += gap;
                titles += u32::from(weight(position, false) == 5);
                self.steps.push(gap.saturating_sub(1));
            }
            self.counts.push(count);
            self.is_prominent |= titles + headings > 0;
            let rest = count.saturating_sub(titles + headings);
            self.document(document, titles * 5 + headings * 3 + rest, first, context);
        }
    }

    /// Appends the block of layer A.
    pub(super) fn documents_into(&self, out: &mut Vec<u8>) {
        let k = best_rice(&self.gaps, 15);
        let mut bits = Writer::new(out);
        bits.put(k, 4);
        for ((gap, impact), stripe) in self.gaps.iter().zip(&self.impacts).zip(&self.stripes) {
            bits.rice(k, *gap);
            bits.put(u32::from(*impact) << 1 | u32::from(*stripe == 0), 4);
            if *stripe > 0 {
                bits.gamma(*stripe);
            }
        }
        bits.finish();
    }

    /// Appends the block of layer P.
    pub(super) fn positions_into(&self, out: &mut Vec<u8>) {
        let k = best_rice(&self.gaps, 15);
        let m = best_rice(&self.steps, 31);
        let mut bits = Writer::new(out);
        bits.put(k, 4);
        bits.put(m, 5);
        let mut steps = self.steps.iter();
        for ((gap, impact), count) in self.gaps.iter().zip(&self.impacts).zip(&self.counts) {
            bits.rice(k, *gap);
            bits.put(u32::from(*impact), 3);
            bits.gamma(*count);
            for step in steps.by_ref().take(*count as usize) {
                bits.rice(m, *step);
            }
        }
        bits.finish();
    }
}
