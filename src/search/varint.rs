//! LEB128: seven bits a byte, the lowest first, the upper bit set on all but the last.

/// Appends a number.
#[inline]
pub fn put(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push((value & 0x7F) as u8 | 0x80);
        value >>= 7;
    }
    out.push((value & 0x7F) as u8);
}

/// Takes a number off the front; 0 where the bytes end too early.
#[inline]
pub fn take(bytes: &mut &[u8]) -> u32 {
    let (mut value, mut shift) = (0u32, 0u32);
    while let Some((byte, rest)) = bytes.split_first() {
        *bytes = rest;
        value |= u32::from(byte & 0x7F).checked_shl(shift).unwrap_or(0);
        if byte & 0x80 == 0 {
            break;
        }
        shift += 7;
    }
    value
}

/// A signed number as an unsigned one, small ones staying small.
#[must_use]
pub fn zigzag(value: i64) -> u32 {
    u32::try_from((value << 1 ^ value >> 63) & 0xFFFF_FFFF).unwrap_or(0)
}
