//! Bits, the most significant first, with the two codes of the lists: Rice for gaps, Elias gamma for small counts.

/// Writes bits to the end of bytes.
#[derive(Debug)]
pub struct Writer<'a> {
    out: &'a mut Vec<u8>,
    held: u64,
    count: u32,
}

impl<'a> Writer<'a> {
    /// A writer that begins on the next whole byte.
    pub fn new(out: &'a mut Vec<u8>) -> Writer<'a> {
        Writer { out, held: 0, count: 0 }
    }

    /// Writes the lower `bits` bits of a value, at most 32; the value has no higher ones.
    #[inline]
    pub fn put(&mut self, value: u32, bits: u32) {
        self.held = self.held << bits | u64::from(value);
        self.count += bits;
        if self.count >= 32 {
            self.count -= 32;
            let word = (self.held >> self.count) as u32;
            self.out.extend_from_slice(&word.to_be_bytes());
        }
    }

    /// Rice code: the quotient by 2^k as that many ones and a zero, then the k lower bits.
    #[inline]
    pub fn rice(&mut self, k: u32, value: u32) {
        let mut quotient = value >> k;
        let rest = value & ((1 << k) - 1);
        if quotient + 1 + k <= 32 {
            let ones = (1u64 << (quotient + 1)) - 2;
            self.put((ones << k) as u32 | rest, quotient + 1 + k);
            return;
        }
        while quotient >= 31 {
            self.put(0x7FFF_FFFF, 31);
            quotient -= 31;
        }
        self.put((1 << (quotient + 1)) - 2, quotient + 1);
        self.put(rest, k);
    }

    /// Elias gamma code of a value from 1 on: as many zeros as it has bits after the first, then its bits.
    #[inline]
    pub fn gamma(&mut self, value: u32) {
        let bits = value.ilog2();
        self.put(0, bits);
        self.put(value, bits + 1);
    }

    /// Fills the last byte with zeros.
    pub fn finish(self) {
        let left = self.count;
        let word = (self.held << (32 - left)) as u32;
        let bytes = word.to_be_bytes();
        self.out.extend(bytes.iter().take(left.div_ceil(8) as usize));
    }
}

/// The Rice parameter, at most `max`, that makes values shortest, and how many bits they then take; the smaller of two equal ones.
#[must_use]
pub fn best_rice(values: &[u32], max: u32) -> u32 {
    let sum: u64 = values.iter().map(|value| u64::from(*value)).sum();
    let mean = sum / (values.len() as u64).max(1);
    let guess = if mean == 0 { 0 } else { mean.ilog2() }.min(max);
    let cost = |k: u32| values.iter().map(|value| u64::from(*value >> k)).sum::<u64>() + u64::from(k + 1) * values.len() as u64;
    let candidates = guess.saturating_sub(1)..=(guess + 1).min(max);
    candidates.min_by_key(|k| cost(*k)).unwrap_or(0)
}

/// Reads bits; beyond the end there are zeros.
#[derive(Debug)]
pub struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    /// A reader from the first bit on.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Reader<'a> {
        Reader { bytes, at: 0 }
    }

    fn bit(&mut self) -> u32 {
        let byte = self.bytes.get(self.at >> 3).copied().unwrap_or(0);
        let bit = byte >> (7 - (self.at & 7)) & 1;
        self.at += 1;
        u32::from(bit)
    }

    /// Whether all bits are read.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.at >= self.bytes.len() * 8
    }

    /// The next `bits` bits as a number.
    pub fn take(&mut self, bits: u32) -> u32 {
        (0..bits).fold(0, |value, _| value << 1 | self.bit())
    }

    /// The next number in Rice code.
    pub fn rice(&mut self, k: u32) -> u32 {
        let mut quotient = 0;
        while self.bit() == 1 {
            quotient += 1;
        }
        quotient << k | self.take(k)
    }

    /// The next number in gamma code; 0 where the bits end.
    pub fn gamma(&mut self) -> u32 {
        let mut zeros = 0;
        while zeros < 32 && !self.is_done() {
            if self.bit() == 1 {
                return 1 << zeros | self.take(zeros);
            }
            zeros += 1;
        }
        0
    }
}
