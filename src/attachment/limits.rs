//! How much a file may unfold into: limits against bombs, and what is left of them while one file is read.

/// What one file, with everything packed inside of it, may come to.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes after unpacking, all entries and streams together.
    pub unpacked_bytes: u64,
    /// Bytes of text that are handed out; shared strings can multiply what was unpacked.
    pub text_bytes: u64,
    /// Entries and streams, all levels together.
    pub entries: usize,
    /// Files in files in files.
    pub depth: usize,
    /// How many times its packed size a single entry larger than 1 MiB may unpack to.
    pub ratio: u64,
}

impl Default for Limits {
    /// Far beyond what an office makes (256 MiB, 20,000 entries, 5 levels), and still safe on a small machine.
    fn default() -> Limits {
        Limits { unpacked_bytes: 256 << 20, text_bytes: 256 << 20, entries: 20_000, depth: 5, ratio: 400 }
    }
}

/// Below this an entry may have any ratio: drawings of empty space are packed a thousandfold.
const RATIO_FREE: u64 = 1 << 20;

/// What is left of the limits.
#[derive(Debug)]
pub(super) struct Budget {
    limits: Limits,
    unpacked: u64,
    text: u64,
    entries: usize,
    pub(super) depth: usize,
}

impl Budget {
    pub(super) fn new(limits: &Limits) -> Budget {
        Budget { limits: *limits, unpacked: limits.unpacked_bytes, text: limits.text_bytes, entries: limits.entries, depth: 0 }
    }

    /// How many bytes an entry of this packed size may unpack to.
    pub(super) fn room(&self, packed: u64) -> u64 {
        self.unpacked.min(packed.saturating_mul(self.limits.ratio).max(RATIO_FREE))
    }

    /// Counts unpacked bytes.
    pub(super) fn unpack(&mut self, bytes: usize) {
        self.unpacked = self.unpacked.saturating_sub(bytes as u64);
    }

    /// Counts an entry; false if there are too many.
    pub(super) fn entry(&mut self) -> bool {
        let is_left = self.entries > 0;
        self.entries = self.entries.saturating_sub(1);
        is_left
    }

    /// Counts bytes of text; false if there are too many.
    pub(super) fn text(&mut self, bytes: usize) -> bool {
        let left = self.text.checked_sub(bytes as u64);
        self.text = left.unwrap_or(0);
        left.is_some()
    }

    /// Whether one level more is too deep.
    pub(super) fn is_too_deep(&self) -> bool {
        self.depth >= self.limits.depth
    }
}
