//! Hashes that file names and the version hang on: the same in every release and in the script.

/// The hash by which a term finds its shard: FNV-1a of 32 bits, then the finaliser of murmur3, since the shard is taken from
/// the upper bits and FNV alone spreads short strings badly there.
#[must_use]
pub fn term_hash(bytes: &[u8]) -> u32 {
    let mut hash = bytes.iter().fold(0x811C_9DC5u32, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
    hash ^= hash >> 16;
    hash = hash.wrapping_mul(0x85EB_CA6B);
    hash ^= hash >> 13;
    hash = hash.wrapping_mul(0xC2B2_AE35);
    hash ^ hash >> 16
}

/// The part of a term that decides its shard: all of it, but of a word with its surface the stem only.
#[must_use]
pub fn shard_key(term: &[u8]) -> &[u8] {
    match term.first() {
        Some(b'w') => term.split(|byte| *byte == 1).next().unwrap_or(term),
        _ => term,
    }
}

/// The shard of a term.
#[must_use]
pub fn shard_of(hash: u32, shards: u32) -> u32 {
    u32::try_from((u64::from(hash) * u64::from(shards)) >> 32).unwrap_or(0)
}

const MIX: u64 = 0x9E37_79B9_7F4A_7C15;

/// A quick hash of 64 bits over the content of a file, for the version.
#[must_use]
pub fn content_hash(bytes: &[u8]) -> u64 {
    let mut hash = MIX ^ bytes.len() as u64;
    let (chunks, rest) = bytes.as_chunks::<8>();
    for chunk in chunks {
        hash = mix(hash, u64::from_le_bytes(*chunk));
    }
    let mut last = [0u8; 8];
    for (slot, byte) in last.iter_mut().zip(rest) {
        *slot = *byte;
    }
    hash = mix(hash, u64::from_le_bytes(last));
    hash ^ hash >> 29
}

fn mix(hash: u64, word: u64) -> u64 {
    (hash ^ word).wrapping_mul(MIX).rotate_left(27)
}
