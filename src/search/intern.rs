//! Keys → small numbers, by open addressing: the busiest loop of the index, and the reason why no token is a string.

/// Keys of 64 bits, numbered from 0 in the order of their first sight.
#[derive(Debug)]
pub(super) struct Keys {
    slots: Vec<(u64, u32)>,
    shift: u32,
    /// The keys by their number.
    pub(super) keys: Vec<u64>,
}

/// Marks a free slot.
const FREE: u32 = u32::MAX;
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

impl Keys {
    pub(super) fn new(bits: u32) -> Keys {
        Keys { slots: vec![(0, FREE); 1 << bits], shift: 64 - bits, keys: Vec::new() }
    }

    /// Forgets all keys, keeps the room.
    pub(super) fn clear(&mut self) {
        self.slots.fill((0, FREE));
        self.keys.clear();
    }

    /// The number of a key.
    #[inline]
    pub(super) fn number(&mut self, key: u64) -> u32 {
        let mask = self.slots.len() - 1;
        let mut at = (spread(key) >> self.shift) as usize;
        while let Some(slot) = self.slots.get_mut(at) {
            if slot.1 == FREE {
                let number = self.keys.len() as u32;
                *slot = (key, number);
                self.keys.push(key);
                if self.keys.len() * 2 > mask {
                    self.grow();
                }
                return number;
            }
            if slot.0 == key {
                return slot.1;
            }
            at = (at + 1) & mask;
        }
        0
    }

    fn grow(&mut self) {
        let mut larger = Keys::new(64 - self.shift + 1);
        let mask = larger.slots.len() - 1;
        for (number, key) in self.keys.iter().enumerate() {
            let mut at = (spread(*key) >> larger.shift) as usize;
            while larger.slots.get(at).is_some_and(|slot| slot.1 != FREE) {
                at = (at + 1) & mask;
            }
            if let Some(slot) = larger.slots.get_mut(at) {
                *slot = (*key, number as u32);
            }
        }
        self.slots = larger.slots;
        self.shift = larger.shift;
    }
}

/// Keys of 42 bits, each in one slot together with its number, so that a look-up touches one line of memory.
#[derive(Debug)]
pub(super) struct Pairs {
    slots: Vec<u64>,
    shift: u32,
    /// The keys by their number.
    pub(super) keys: Vec<u64>,
}

/// Bits of a number in a slot of [`Pairs`]; there are fewer distinct pairs than tokens in a run.
const NUMBER_BITS: u32 = 22;
/// A slot without a pair: no pair has all bits set.
const EMPTY: u64 = u64::MAX;

impl Pairs {
    pub(super) fn new(bits: u32) -> Pairs {
        Pairs { slots: vec![EMPTY; 1 << bits], shift: 64 - bits, keys: Vec::new() }
    }

    /// Forgets all keys, keeps the room.
    pub(super) fn clear(&mut self) {
        self.slots.fill(EMPTY);
        self.keys.clear();
    }

    /// The number of a key.
    #[inline]
    pub(super) fn number(&mut self, key: u64) -> u32 {
        let mask = self.slots.len() - 1;
        let mut at = (spread(key) >> self.shift) as usize;
        while let Some(slot) = self.slots.get_mut(at) {
            if *slot >> NUMBER_BITS == key {
                return (*slot & ((1 << NUMBER_BITS) - 1)) as u32;
            }
            if *slot == EMPTY {
                let number = self.keys.len() as u32;
                *slot = key << NUMBER_BITS | u64::from(number);
                self.keys.push(key);
                if self.keys.len() * 3 > mask * 2 {
                    self.grow();
                }
                return number;
            }
            at = (at + 1) & mask;
        }
        0
    }

    fn grow(&mut self) {
        let mut larger = Pairs::new(64 - self.shift + 1);
        let mask = larger.slots.len() - 1;
        for slot in self.slots.iter().filter(|slot| **slot != EMPTY) {
            let mut at = (spread(*slot >> NUMBER_BITS) >> larger.shift) as usize;
            while larger.slots.get(at).is_some_and(|slot| *slot != EMPTY) {
                at = (at + 1) & mask;
            }
            if let Some(free) = larger.slots.get_mut(at) {
                *free = *slot;
            }
        }
        self.slots = larger.slots;
        self.shift = larger.shift;
    }
}

fn spread(key: u64) -> u64 {
    let key = key.wrapping_mul(SPREAD);
    (key ^ key >> 32).wrapping_mul(SPREAD)
}

/// Words, numbered from 0 in the order of their first sight.
#[derive(Debug)]
pub(super) struct Words {
    slots: Vec<(u64, u32)>,
    shift: u32,
    bytes: Vec<u8>,
    ends: Vec<u32>,
}

/// The longest word that its key holds whole.
const WHOLE: usize = 7;

impl Words {
    pub(super) fn new(bits: u32) -> Words {
        Words { slots: vec![(0, FREE); 1 << bits], shift: 64 - bits, bytes: Vec::new(), ends: vec![0] }
    }

    /// Forgets all words, keeps the room.
    pub(super) fn clear(&mut self) {
        self.slots.fill((0, FREE));
        self.bytes.clear();
        self.ends.truncate(1);
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.ends.len() - 1
    }

    /// The word of a number.
    pub(super) fn get(&self, number: u32) -> &[u8] {
        let end = |at: u32| self.ends.get(at as usize).map_or(0, |end| *end as usize);
        self.bytes.get(end(number)..end(number.saturating_add(1))).unwrap_or_default()
    }

    /// The number of a word.
    #[inline]
    pub(super) fn number(&mut self, word: &[u8]) -> u32 {
        let key = word_key(word);
        let mask = self.slots.len() - 1;
        let mut at = (spread(key) >> self.shift) as usize;
        loop {
            let Some((seen, number)) = self.slots.get(at).copied() else { return 0 };
            if number == FREE {
                return self.add(at, key, word);
            }
            if seen == key && (word.len() <= WHOLE || self.get(number) == word) {
                return number;
            }
            at = (at + 1) & mask;
        }
    }

    fn add(&mut self, at: usize, key: u64, word: &[u8]) -> u32 {
        let number = (self.ends.len() - 1) as u32;
        self.bytes.extend_from_slice(word);
        self.ends.push(self.bytes.len() as u32);
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = (key, number);
        }
        if self.ends.len() * 2 > self.slots.len() {
            self.grow();
        }
        number
    }

    fn grow(&mut self) {
        let shift = self.shift - 1;
        let mut slots = vec![(0, FREE); self.slots.len() * 2];
        let mask = slots.len() - 1;
        for (key, number) in self.slots.iter().filter(|(_, number)| *number != FREE) {
            let mut at = (spread(*key) >> shift) as usize;
            while slots.get(at).is_some_and(|slot: &(u64, u32)| slot.1 != FREE) {
                at = (at + 1) & mask;
            }
            if let Some(slot) = slots.get_mut(at) {
                *slot = (*key, *number);
            }
        }
        self.slots = slots;
        self.shift = shift;
    }
}

/// A short word with its length, one to one; of a longer one the length as well, and a hash.
#[inline]
fn word_key(word: &[u8]) -> u64 {
    let little_endian = |bytes: &[u8]| bytes.iter().rev().fold(0u64, |key, byte| key << 8 | u64::from(*byte));
    if word.len() <= WHOLE {
        return little_endian(word) << 8 | word.len() as u64;
    }
    let mut hash = 0;
    let mut rest = word;
    while let Some((chunk, after)) = rest.split_first_chunk::<8>() {
        hash = spread(hash ^ u64::from_le_bytes(*chunk));
        rest = after;
    }
    spread(hash ^ little_endian(rest)) << 8 | word.len() as u64
}
