//! Numbers and pieces out of bytes that may end anywhere: what is not there is `None`.

/// A piece of known length.
pub(super) fn piece(bytes: &[u8], start: usize, length: usize) -> Option<&[u8]> {
    bytes.get(start..start.checked_add(length)?)
}

/// All from a place on; nothing where the bytes end before it.
pub(super) fn from(bytes: &[u8], start: usize) -> &[u8] {
    bytes.get(start..).unwrap_or_default()
}

/// At most so many bytes from the beginning.
pub(super) fn head(bytes: &[u8], length: usize) -> &[u8] {
    bytes.get(..length).unwrap_or(bytes)
}

fn fixed<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    piece(bytes, at, N)?.try_into().ok()
}

/// One byte.
pub(super) fn byte(bytes: &[u8], at: usize) -> Option<u8> {
    bytes.get(at).copied()
}

/// A big-endian 16-bit number.
pub(super) fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    fixed(bytes, at).map(u16::from_be_bytes)
}

/// A big-endian 24-bit number.
pub(super) fn be24(bytes: &[u8], at: usize) -> Option<u32> {
    fixed(bytes, at).map(|[a, b, c]: [u8; 3]| u32::from_be_bytes([0, a, b, c]))
}

/// A big-endian 32-bit number.
pub(super) fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    fixed(bytes, at).map(u32::from_be_bytes)
}

/// A big-endian 64-bit number.
pub(super) fn be64(bytes: &[u8], at: usize) -> Option<u64> {
    fixed(bytes, at).map(u64::from_be_bytes)
}

/// A little-endian 16-bit number.
pub(super) fn le16(bytes: &[u8], at: usize) -> Option<u16> {
    fixed(bytes, at).map(u16::from_le_bytes)
}

/// A little-endian 32-bit number.
pub(super) fn le32(bytes: &[u8], at: usize) -> Option<u32> {
    fixed(bytes, at).map(u32::from_le_bytes)
}

/// Four letters that name a box or a chunk.
pub(super) fn name(bytes: &[u8], at: usize) -> Option<[u8; 4]> {
    fixed(bytes, at)
}

/// Four letters as people read them; © and other bytes of Mac OS Roman as Latin-1.
pub(super) fn name_text(name: [u8; 4]) -> String {
    name.iter().map(|byte| if byte.is_ascii_control() { '?' } else { char::from(*byte) }).collect()
}

/// A 32-bit number as an index: all machines that this runs on have at least 32 bits.
pub(super) fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// Where a needle begins first, from a place on.
pub(super) fn find(bytes: &[u8], needle: &[u8], start: usize) -> Option<usize> {
    let first = *needle.first()?;
    let mut at = start;
    while let Some(found) = from(bytes, at).iter().position(|byte| *byte == first) {
        at += found;
        if from(bytes, at).starts_with(needle) {
            return Some(at);
        }
        at += 1;
    }
    None
}
