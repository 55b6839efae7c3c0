//! Words in coded pictures: SEI messages of H.264 (ITU-T H.264 annex D) and H.265, metadata of AV1, user data of MPEG-4 Visual.
//! Only messages of fixed meaning stay. Of sound, AAC has a place for words.

use super::super::bytes::{byte, find, from, head, piece};
use super::super::refused::Refused;
use super::super::sound::aac;

/// How the samples of a track are to be looked through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    /// No words in samples, or none that can be told apart from the rest.
    Plain,
    /// H.264 with lengths of so many bytes.
    Avc(usize),
    /// H.265 with lengths of so many bytes, and whether Dolby's units are announced.
    Hevc(usize, bool),
    /// AV1.
    Av1,
    /// MPEG-4 Visual.
    Visual,
    /// AAC of a kind that is written in elements.
    Aac,
}

/// What a unit of a coded picture is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Keep,
    /// Messages behind a header of so many bytes.
    Messages(usize),
    Drop,
}

const DAMAGED: Refused = Refused::Damaged("mdat");

/// The longest message that stays; those of fixed meaning are shorter.
const MESSAGE_MAX: usize = 64;

/// A sample without words, as new bytes; words go to `say`.
pub(super) fn filter(coding: Coding, sample: &[u8], say: &mut impl FnMut(&[u8])) -> Result<Vec<u8>, Refused> {
    match coding {
        Coding::Plain => Ok(sample.to_vec()),
        Coding::Avc(width) => units(sample, width, avc, say),
        Coding::Hevc(width, dolby) => units(sample, width, |unit| hevc(unit, dolby), say),
        Coding::Av1 => open_units(sample, say),
        Coding::Aac => {
            let mut kept = sample.to_vec();
            aac::clear(&mut kept, say);
            Ok(kept)
        }
        Coding::Visual => Ok(without_user_data_saying(sample, say)),
    }
}

fn avc(unit: &[u8]) -> Unit {
    match unit.first().map_or(0, |first| first & 31) {
        6 => Unit::Messages(1),
        1..=5 | 7..=11 | 13 | 14 | 15 | 19 | 20 | 21 => Unit::Keep,
        // Filler, and what the standard leaves open.
        _ => Unit::Drop,
    }
}

fn hevc(unit: &[u8], dolby: bool) -> Unit {
    match unit.first().map_or(63, |first| first >> 1 & 63) {
        39 | 40 => Unit::Messages(2),
        0..=9 | 16..=21 | 32..=37 => Unit::Keep,
        62 | 63 if dolby => Unit::Keep,
        _ => Unit::Drop,
    }
}

fn units(sample: &[u8], width: usize, kind: impl Fn(&[u8]) -> Unit, say: &mut impl FnMut(&[u8])) -> Result<Vec<u8>, Refused> {
    let (mut at, mut kept) = (0, Vec::with_capacity(sample.len()));
    while at < sample.len() {
        let length = piece(sample, at, width).ok_or(DAMAGED)?.iter().fold(0usize, |length, byte| length << 8 | usize::from(*byte));
        let unit = piece(sample, at + width, length).ok_or(DAMAGED)?;
        at += width + length;
        match kind(unit) {
            Unit::Keep => put(&mut kept, width, unit),
            Unit::Messages(header) => {
                if let Some(unit) = messages(unit, header, say) {
                    put(&mut kept, width, &unit);
                }
            }
            Unit::Drop => say(unit),
        }
    }
    Ok(kept)
}

fn put(kept: &mut Vec<u8>, width: usize, unit: &[u8]) {
    // A unit never grows: escapes are set where they stood.
    let length = u32::try_from(unit.len()).unwrap_or(u32::MAX).to_be_bytes();
    kept.extend(from(&length, 4 - width));
    kept.extend(unit);
}

/// An SEI unit with its harmless messages alone; none if none is left. H.265 has a header of two bytes.
pub(super) fn messages(unit: &[u8], header: usize, say: &mut impl FnMut(&[u8])) -> Option<Vec<u8>> {
    let raw = unescape(from(unit, header));
    let (mut at, mut kept) = (0, Vec::new());
    // A last byte 0x80 ends the unit.
    while raw.len().saturating_sub(at) > 1 {
        let start = at;
        let kind = number(&raw, &mut at)?;
        let length = number(&raw, &mut at)?;
        let content = head(from(&raw, at), length);
        at = at.saturating_add(length);
        if content.len() == length && length <= MESSAGE_MAX && is_harmless(kind, header == 2) {
            kept.extend_from_slice(raw.get(start..at)?);
        } else {
            say(content);
        }
    }
    if kept.is_empty() {
        return None;
    }
    kept.push(0x80);
    let mut whole = head(unit, header).to_vec();
    whole.extend(escape(&kept));
    (whole.len() <= unit.len()).then_some(whole)
}

/// Messages that say how pictures are shown: buffering, recovery, packing, turning, active sets, mastering display, light level,
/// transfer. Picture timing is kept in H.265 alone, where it holds no time of day.
fn is_harmless(kind: usize, is_hevc: bool) -> bool {
    matches!(kind, 0 | 6 | 45 | 47 | 129 | 137 | 144 | 147) || (kind == 1 && is_hevc)
}

/// A number as SEI writes it: 255 for each full step.
fn number(raw: &[u8], at: &mut usize) -> Option<usize> {
    let mut number = 0usize;
    loop {
        let part = byte(raw, *at)?;
        *at += 1;
        number = number.saturating_add(usize::from(part));
        if part != 255 {
            return Some(number);
        }
    }
}

/// Takes the 3 out of `00 00 03`.
fn unescape(bytes: &[u8]) -> Vec<u8> {
    let (mut raw, mut zeros) = (Vec::with_capacity(bytes.len()), 0);
    for byte in bytes {
        if zeros >= 2 && *byte == 3 {
            zeros = 0;
            continue;
        }
        zeros = if *byte == 0 { zeros + 1 } else { 0 };
        raw.push(*byte);
    }
    raw
}

fn escape(raw: &[u8]) -> Vec<u8> {
    let (mut bytes, mut zeros) = (Vec::with_capacity(raw.len()), 0);
    for byte in raw {
        if zeros >= 2 && *byte <= 3 {
            bytes.push(3);
            zeros = 0;
        }
        zeros = if *byte == 0 { zeros + 1 } else { 0 };
        bytes.push(*byte);
    }
    bytes
}

/// The open bitstream units of an AV1 sample (AV1 §5.3): sequences, frames and tiles; of metadata only light level and mastering
/// display, which are of fixed length.
pub(super) fn open_units(sample: &[u8], say: &mut impl FnMut(&[u8])) -> Result<Vec<u8>, Refused> {
    let (mut at, mut kept) = (0, Vec::with_capacity(sample.len()));
    while let Some(first) = byte(sample, at) {
        let header = 1 + usize::from(first >> 2 & 1);
        let (length, behind) = if first & 2 == 0 {
            // The last unit may go without a length.
            (sample.len().saturating_sub(at + header), at + header)
        } else {
            leb128(sample, at + header).ok_or(DAMAGED)?
        };
        let content = piece(sample, behind, length).ok_or(DAMAGED)?;
        let is_kept = match first >> 3 & 15 {
            1 | 3 | 4 | 6 | 7 | 8 => true,
            5 => matches!((content.first(), content.len()), (Some(1), ..=8) | (Some(2), ..=32)),
            _ => false,
        };
        if is_kept {
            kept.extend_from_slice(sample.get(at..behind + length).ok_or(DAMAGED)?);
        } else {
            say(content);
        }
        at = behind + length;
    }
    Ok(kept)
}

/// A number in groups of seven bits, the lowest first, and where it ends.
fn leb128(bytes: &[u8], start: usize) -> Option<(usize, usize)> {
    let mut number = 0usize;
    for n in 0..8 {
        let part = byte(bytes, start + n)?;
        number |= usize::from(part & 0x7F).checked_shl(u32::try_from(n * 7).ok()?)?;
        if part & 0x80 == 0 {
            return (u32::try_from(number).is_ok()).then_some((number, start + n + 1));
        }
    }
    None
}

/// MPEG-4 Visual without what stands between the start code B2 and the next one.
pub(super) fn without_user_data(sample: &[u8]) -> Vec<u8> {
    without_user_data_saying(sample, &mut |_| {})
}

fn without_user_data_saying(sample: &[u8], say: &mut impl FnMut(&[u8])) -> Vec<u8> {
    let (mut at, mut kept) = (0, Vec::with_capacity(sample.len()));
    while let Some(start) = find(sample, &[0, 0, 1, 0xB2], at) {
        kept.extend_from_slice(sample.get(at..start).unwrap_or_default());
        at = find(sample, &[0, 0, 1], start + 4).unwrap_or(sample.len());
        say(sample.get(start + 4..at).unwrap_or_default());
    }
    kept.extend_from_slice(from(sample, at));
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filtered(coding: Coding, sample: &[u8]) -> (Vec<u8>, Vec<Vec<u8>>) {
        let mut said = Vec::new();
        let kept = filter(coding, sample, &mut |words| said.push(words.to_vec())).unwrap();
        (kept, said)
    }

    #[test]
    fn user_data_leaves_h264_and_what_shows_pictures_stays() {
        // A recovery point and user data in one unit, then a picture; the token holds an escape.
        let token = [1, 0, 0, 3, 1, b'x'];
        let mut unit = vec![6, 6, 1, 0xC4, 5, 5];
        unit.extend(token);
        unit.push(0x80);
        let mut sample = u32::try_from(unit.len()).unwrap().to_be_bytes().to_vec();
        sample.extend(unit);
        sample.extend([0, 0, 0, 2, 0x65, 7]);
        let (kept, said) = filtered(Coding::Avc(4), &sample);
        assert_eq!(kept, [0, 0, 0, 5, 6, 6, 1, 0xC4, 0x80, 0, 0, 0, 2, 0x65, 7]);
        assert_eq!(said, [[1, 0, 0, 1, b'x']]);
    }

    #[test]
    fn user_data_leaves_h265_and_mpeg4_visual_and_av1() {
        let (kept, said) = filtered(Coding::Hevc(2, false), &[0, 6, 39 << 1, 1, 5, 1, b'x', 0x80, 0, 3, 2, 1, 9]);
        assert_eq!((kept, said), (vec![0, 3, 2, 1, 9], vec![b"x".to_vec()]));
        let (kept, said) = filtered(Coding::Visual, &[0, 0, 1, 0xB2, b'x', 0, 0, 1, 0xB6, 4]);
        assert_eq!((kept, said), (vec![0, 0, 1, 0xB6, 4], vec![b"x".to_vec()]));
        let (kept, said) = filtered(Coding::Av1, &[5 << 3 | 2, 2, 4, b'x', 6 << 3 | 2, 1, 8]);
        assert_eq!((kept, said), (vec![6 << 3 | 2, 1, 8], vec![vec![4, b'x']]));
    }
}
