//! Bytes → base64 with padding (RFC 4648 §4), twelve bits a step.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const PAIRS: [[u8; 2]; 4096] = {
    let mut pairs = [[0u8; 2]; 4096];
    let mut at = 0;
    while at < 4096 {
        pairs[at] = [ALPHABET[at >> 6], ALPHABET[at & 63]];
        at += 1;
    }
    pairs
};

/// Appends the base64 of bytes.
pub fn encode_into(out: &mut Vec<u8>, bytes: &[u8]) {
    let (triples, rest) = bytes.as_chunks::<3>();
    out.reserve(triples.len() * 4 + 4);
    for [a, b, c] in triples {
        let bits = usize::from(*a) << 16 | usize::from(*b) << 8 | usize::from(*c);
        let ([a, b], [c, d]) = (PAIRS[bits >> 12], PAIRS[bits & 4095]);
        out.extend_from_slice(&[a, b, c, d]);
    }
    match rest {
        [a] => out.extend_from_slice(&[sign(*a >> 2), sign((*a & 3) << 4), b'=', b'=']),
        [a, b] => out.extend_from_slice(&[sign(*a >> 2), sign((*a & 3) << 4 | *b >> 4), sign((*b & 15) << 2), b'=']),
        _ => {}
    }
}

fn sign(six: u8) -> u8 {
    ALPHABET[usize::from(six & 63)]
}

/// The bytes of a base64 text; none if it is no such text.
#[must_use]
pub fn decode(text: &[u8]) -> Option<Vec<u8>> {
    let text = text.strip_suffix(b"=").unwrap_or(text);
    let text = text.strip_suffix(b"=").unwrap_or(text);
    let mut out = Vec::with_capacity(text.len() / 4 * 3 + 3);
    let (mut bits, mut count) = (0u32, 0);
    for byte in text {
        let six = ALPHABET.iter().position(|sign| sign == byte)?;
        bits = bits << 6 | u32::try_from(six).ok()?;
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push(u8::try_from(bits >> count & 255).ok()?);
        }
    }
    Some(out)
}
