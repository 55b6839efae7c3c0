//! The hash that file names hang on: the same in every release and in the script.

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
