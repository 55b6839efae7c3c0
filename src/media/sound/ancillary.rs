//! Bits of MP3 frames that no sound lies in (ISO/IEC 11172-3 §2.4.1.8): encoders write their names there and recorders what they
//! like. They become zero; the frames stay as long as they are.

use super::super::bytes::{byte, from, head};
use super::mp3::{self, Frame};

/// Where the sound of a frame lies: how far before the frame's own room it begins, and how many bits it has.
struct Used {
    before: usize,
    bits: usize,
}

/// Clears the unused bits of frames that follow each other.
pub(super) fn cleared(frames: &[&[u8]]) -> Vec<u8> {
    // The rooms of all frames in a row; sound may begin in the room of an earlier one.
    let room: Vec<u8> = frames.iter().flat_map(|frame| room(frame)).copied().collect();
    let mut kept = vec![0u8; room.len()];
    let mut start = 0;
    for frame in frames {
        if let Some(used) = used(frame) {
            keep(&room, &mut kept, start, &used);
        }
        start += self::room(frame).len();
    }
    let mut out = Vec::with_capacity(frames.iter().map(|frame| frame.len()).sum());
    let mut at = 0;
    for frame in frames {
        let length = self::room(frame).len();
        out.extend_from_slice(head(frame, frame.len() - length));
        out.extend_from_slice(kept.get(at..at + length).unwrap_or_default());
        at += length;
    }
    out
}

fn keep(room: &[u8], kept: &mut [u8], start: usize, used: &Used) {
    // Sound that begins before the first frame was cut off there; what is left of it is kept.
    let missing = used.before.saturating_sub(start);
    let bits = used.bits.saturating_sub(missing * 8);
    let begin = start.saturating_sub(used.before);
    let whole = bits / 8;
    for (to, byte) in kept.iter_mut().zip(room).skip(begin).take(whole) {
        *to = *byte;
    }
    if !bits.is_multiple_of(8)
        && let (Some(to), Some(byte)) = (kept.get_mut(begin + whole), room.get(begin + whole))
    {
        *to |= byte & !(0xFF >> (bits % 8));
    }
}

/// The bytes of a frame behind its header, checksum and side information.
fn room(frame: &[u8]) -> &[u8] {
    let Some(header) = mp3::frame(frame) else { return &[] };
    from(frame, side_start(frame) + header.side)
}

fn side_start(frame: &[u8]) -> usize {
    // The lowest bit of the second byte: no checksum.
    if byte(frame, 1).unwrap_or(1) & 1 == 1 { 4 } else { 6 }
}

fn used(frame: &[u8]) -> Option<Used> {
    let header: Frame = mp3::frame(frame)?;
    let side = from(frame, side_start(frame));
    let number = |at: usize, count: usize| {
        (at..at + count).try_fold(0usize, |number, at| Some(number << 1 | usize::from(byte(side, at / 8)? >> (7 - at % 8) & 1)))
    };
    let (is_first, is_mono) = (header.is_first(), header.is_mono());
    let channels = if is_mono { 1 } else { 2 };
    // The first version has two granules, and shared scale factors of four bits for each channel.
    let (wide, private, shared, granules, each) = match (is_first, is_mono) {
        (true, true) => (9, 5, 4, 2, 59),
        (true, false) => (9, 3, 8, 2, 59),
        (false, true) => (8, 1, 0, 1, 63),
        (false, false) => (8, 2, 0, 1, 63),
    };
    let lengths = (0..granules * channels).map(|n| number(wide + private + shared + n * each, 12));
    Some(Used { before: number(0, wide)?, bits: lengths.sum::<Option<usize>>()? })
}
