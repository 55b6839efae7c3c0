//! Content hashes: SHA-256 for what is proven to others, a 64-bit one for what is only compared among ourselves.

use sha2::{Digest as _, Sha256};
use std::fmt;
use std::io;

/// The SHA-256 of some bytes.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sha(pub [u8; 32]);

impl Sha {
    /// Hashes `bytes`.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Sha {
        Sha(Sha256::digest(bytes).into())
    }

    /// Hashes all that can be read, handing it on piece by piece; tells how many bytes there were.
    ///
    /// # Errors
    /// It cannot be read, or `take` refuses a piece.
    pub fn of_stream(from: &mut dyn io::Read, mut take: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<(u64, Sha)> {
        let mut hasher = Sha256::new();
        let mut buffer = vec![0; 256 << 10];
        let mut size = 0;
        loop {
            let length = match from.read(&mut buffer) {
                Ok(0) => return Ok((size, Sha(hasher.finalize().into()))),
                Ok(length) => length,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let piece = buffer.get(..length).unwrap_or_default();
            hasher.update(piece);
            take(piece)?;
            size += length as u64;
        }
    }

    /// Hashes several parts, each with its length before it.
    #[must_use]
    pub fn of_parts<'b>(parts: impl IntoIterator<Item = &'b [u8]>) -> Sha {
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        Sha(hasher.finalize().into())
    }

    /// Reads 64 hexadecimal digits.
    #[must_use]
    pub fn parse(hex: &str) -> Option<Sha> {
        let hex = hex.as_bytes();
        if hex.len() != 64 {
            return None;
        }
        let mut out = [0u8; 32];
        for (byte, pair) in out.iter_mut().zip(hex.chunks_exact(2)) {
            let high = char::from(pair[0]).to_digit(16)?;
            let low = char::from(pair[1]).to_digit(16)?;
            *byte = u8::try_from(high * 16 + low).ok()?;
        }
        Some(Sha(out))
    }

    /// The first ten hexadecimal digits: enough for a file name that changes with its content.
    #[must_use]
    pub fn short(&self) -> String {
        let mut hex = self.to_string();
        hex.truncate(10);
        hex
    }
}

impl fmt::Display for Sha {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        let mut out = [0u8; 64];
        for (pair, byte) in out.chunks_exact_mut(2).zip(self.0) {
            pair[0] = HEX[usize::from(byte >> 4)];
            pair[1] = HEX[usize::from(byte & 15)];
        }
        f.write_str(std::str::from_utf8(&out).unwrap_or_default())
    }
}

impl fmt::Debug for Sha {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sha({self})")
    }
}

/// FNV-1a over bytes, 64 bits: the same on every machine and in every version, for names of folders.
#[must_use]
pub fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// 64 bits of some bytes, eight at a time: many times faster than FNV or SHA, the same on every machine, and fixed for good,
/// since translations carry such stamps. It tells changes from accidents, not from attacks.
#[must_use]
pub fn fold64(bytes: &[u8]) -> u64 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let mix = |hash: u64, word: u64| {
        let product = u128::from(hash ^ word) * u128::from(FACTOR);
        (product as u64) ^ (product >> 64) as u64
    };
    let (words, rest) = bytes.as_chunks::<8>();
    let hash = words.iter().fold(bytes.len() as u64 ^ FACTOR, |hash, word| mix(hash, u64::from_le_bytes(*word)));
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    mix(mix(hash, u64::from_le_bytes(last)), FACTOR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sha_prints_and_reads_back() {
        let sha = Sha::of(b"abc");
        assert_eq!(sha.to_string(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(Sha::parse(&sha.to_string()), Some(sha));
        assert_eq!(Sha::parse("zz"), None);
    }

    #[test]
    fn fold64_is_fixed_for_good() {
        assert_eq!(fold64(b""), 15_074_728_693_083_421_371);
        assert_eq!(fold64("光山县油茶".as_bytes()), 17_600_678_539_166_184_966);
        assert!((0..64).map(|length| fold64(&vec![0; length])).collect::<std::collections::BTreeSet<_>>().len() == 64);
    }

    #[test]
    fn fnv_is_the_published_one() {
        assert_eq!(fnv1a(b""), 0xcbf29ce484222325);
        assert_eq!(fnv1a(b"foobar"), 0x85944171f73967e8);
    }
}
