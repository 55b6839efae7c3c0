//! The elementary-stream descriptor (ISO/IEC 14496-1 §7.2.6): kept are the coding, its buffer and its own configuration.

use super::super::bytes::{byte, from, head, piece};
use super::super::refused::Refused;
use super::frames;

/// The longest configuration of a sound coding; a film's holds pictures' headers.
const SOUND_MAX: usize = 64;

/// What a stream is coded in: 13 bytes of fixed fields, and its own configuration.
struct Parts<'a> {
    fixed: &'a [u8],
    own: Option<&'a [u8]>,
}

fn parts(content: &[u8]) -> Option<Parts<'_>> {
    let (_, stream, _) = descriptor(from(content, 4)).filter(|(tag, ..)| *tag == 3)?;
    let flags = byte(stream, 2)?;
    let mut at = 3;
    at += if flags & 0x80 == 0 { 0 } else { 2 };
    at += if flags & 0x40 == 0 { 0 } else { 1 + usize::from(byte(stream, at)?) };
    at += if flags & 0x20 == 0 { 0 } else { 2 };
    let (_, configuration, _) = descriptor(from(stream, at)).filter(|(tag, ..)| *tag == 4)?;
    let own = descriptor(from(configuration, 13)).filter(|(tag, ..)| *tag == 5).map(|(_, own, _)| own);
    Some(Parts { fixed: piece(configuration, 0, 13)?, own })
}

/// Whether it is AAC whose frames are written in elements: object types 1 to 5 and 29 (§1.5.1); later ones are not.
pub(super) fn is_elements(content: &[u8]) -> bool {
    let Some(Parts { fixed, own }) = parts(content) else { return false };
    match fixed.first() {
        Some(0x40) => own.and_then(|own| own.first()).is_some_and(|first| matches!(first >> 3, 1..=5 | 29)),
        Some(0x66..=0x68) => true,
        _ => false,
    }
}

/// Writes the content of an `esds` box anew.
pub(super) fn rebuild(content: &[u8]) -> Result<Vec<u8>, Refused> {
    let Parts { fixed, own } = parts(content).ok_or(Refused::Damaged("esds"))?;
    let object = byte(fixed, 0).unwrap_or(0);
    let own = match (object, own) {
        // MPEG-4 Visual; its head may hold texts as its pictures may.
        (0x20, Some(own)) => Some(frames::without_user_data(own)),
        // AAC, MP3, AC-3.
        (0x40 | 0x66..=0x69 | 0x6B | 0xA5 | 0xA6, own) if own.is_none_or(|own| own.len() <= SOUND_MAX) => own.map(<[u8]>::to_vec),
        _ => return Err(Refused::Codec([b'o', b't', hex(object >> 4), hex(object & 15)])),
    };
    let mut decoder = fixed.to_vec();
    if let Some(own) = own {
        decoder.extend(write(5, &own));
    }
    let mut stream = vec![0, 0, 0];
    stream.extend(write(4, &decoder));
    stream.extend(write(6, &[2]));
    let mut whole = vec![0; 4];
    whole.extend(write(3, &stream));
    Ok(whole)
}

fn hex(digit: u8) -> u8 {
    if digit < 10 { b'0' + digit } else { b'A' + digit - 10 }
}

/// Tag, content and what follows; the length is written in groups of seven bits.
fn descriptor(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let tag = byte(bytes, 0)?;
    let (mut length, mut at) = (0usize, 1);
    loop {
        let part = byte(bytes, at)?;
        length = length << 7 | usize::from(part & 0x7F);
        at += 1;
        if part & 0x80 == 0 {
            break;
        }
        if at > 4 {
            return None;
        }
    }
    Some((tag, head(from(bytes, at), length), from(bytes, at + length)))
}

fn write(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let group = |shift: usize| u8::try_from(length >> shift & 0x7F).unwrap_or(0x7F);
    let mut bytes = vec![tag, group(21) | 0x80, group(14) | 0x80, group(7) | 0x80, group(0)];
    bytes.extend(content);
    bytes
}
