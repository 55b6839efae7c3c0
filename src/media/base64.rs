//! Base64 as metadata carries pictures in it: spaces and line ends between, sometimes without its padding.

/// The bytes; signs that are none of the alphabet are passed over.
pub(super) fn decode(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0u32);
    for sign in text.bytes() {
        let value = match sign {
            b'A'..=b'Z' => sign - b'A',
            b'a'..=b'z' => sign - b'a' + 26,
            b'0'..=b'9' => sign - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => continue,
        };
        bits = (bits << 6) | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.extend(u8::try_from((bits >> count) & 0xFF));
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    #[test]
    fn padding_and_line_ends_do_not_matter() {
        for text in ["dHVvcGlu", "dHVv\r\ncGlu", "dHVvcGlu=="] {
            assert_eq!(super::decode(text), b"tuopin");
        }
    }
}
