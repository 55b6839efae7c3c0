//! Native FLAC (RFC 9639): the stream's own block and the frames; frames are told from what follows them by their checksums.

use super::super::bytes::{be16, be24, be64, byte, from, head, index, piece};
use super::super::playing::in_ms;
use super::super::refused::Refused;
use super::super::report::{Block, Finder, Reason};
use super::{comment, id3, tags};

/// Kind and content of a block of metadata, whether it is the last, and where the next one begins.
fn block(bytes: &[u8], at: usize) -> Option<(u8, &[u8], bool, usize)> {
    let first = byte(bytes, at)?;
    let content = piece(bytes, at + 4, index(be24(bytes, at + 1)?))?;
    Some((first & 0x7F, content, first & 0x80 != 0, at + 4 + content.len()))
}

/// The bytes from `fLaC` on.
fn stream(bytes: &[u8]) -> &[u8] {
    from(bytes, id3::length(bytes).unwrap_or(0))
}

/// What a file of sound hides.
pub(in super::super) fn look(finder: &mut Finder, bytes: &[u8]) {
    if let Some(length) = id3::length(bytes) {
        id3::look(finder, head(bytes, length));
    }
    let stream = stream(bytes);
    let mut at = 4;
    while let Some((kind, content, is_last, next)) = block(stream, at) {
        match kind {
            0 => finder.raw(Block::Vorbis, "STREAMINFO", from(content, 34)),
            // Padding says nothing as long as it is empty.
            1 => finder.raw(Block::Vorbis, "PADDING", content),
            3 => {}
            4 => comment::look(finder, content),
            6 => comment::picture(finder, content),
            _ => finder.raw(Block::Vorbis, &format!("block {kind}"), content),
        }
        at = next;
        if is_last {
            break;
        }
    }
    let mut rest = from(stream, at);
    while let Some((tag, length)) = tags::last(rest).filter(|(tag, _)| *tag != tags::Tag::Padding) {
        let end = rest.len().saturating_sub(length);
        tags::look(finder, tag, from(rest, end));
        rest = head(rest, end);
    }
    if !is_frames(rest) {
        finder.raw(Block::Gap, "", rest);
        finder.unread(Block::Gap, "", Reason::Damaged);
    }
}

/// How long the sound plays; none where its encoder did not know.
pub(in super::super) fn length_ms(bytes: &[u8]) -> Option<u64> {
    let (kind, own, ..) = block(stream(bytes), 4)?;
    let (rate, samples) = rate_and_samples(own).filter(|_| kind == 0)?;
    in_ms(samples, rate).filter(|_| samples > 0)
}

/// Samples in a second and in all (§8.2): 20 bits, 8 bits of other things, 36 bits.
pub(super) fn rate_and_samples(own: &[u8]) -> Option<(u64, u64)> {
    let bits = be64(own, 10)?;
    Some((bits >> 44, bits & 0xF_FFFF_FFFF))
}

/// The same sound with the stream's own block alone. Seek tables go too: players find their way by the frames.
pub(in super::super) fn strip(bytes: &[u8]) -> Result<Vec<u8>, Refused> {
    let stream = stream(bytes);
    let damaged = Refused::Damaged("fLaC");
    let (kind, own, mut is_last, mut at) = block(stream, 4).ok_or(damaged)?;
    let own = piece(own, 0, 34).filter(|_| kind == 0).ok_or(damaged)?;
    while !is_last {
        (_, _, is_last, at) = block(stream, at).ok_or(damaged)?;
    }
    let mut rest = from(stream, at);
    while let Some((_, length)) = tags::last(rest).filter(|(tag, _)| *tag != tags::Tag::Padding) {
        rest = head(rest, rest.len().saturating_sub(length));
    }
    if !is_frames(rest) {
        return Err(Refused::Stray);
    }
    Ok([b"fLaC\x80\0\0\x22", own, rest].concat())
}

/// Whether the bytes are frames and nothing else. Each frame ends in the checksum of its bytes, so that its own is zero, and
/// that of all frames together too; what lies between them or behind would show. Zeros alone would not.
fn is_frames(bytes: &[u8]) -> bool {
    is_header(bytes) && !bytes.ends_with(&[0; 3]) && bytes.iter().fold(0, |crc, byte| crc16(crc, *byte)) == 0
}

/// Whether a frame's header begins here (§9.1): fifteen bits of synchronisation, a number of up to seven bytes, a checksum.
fn is_header(bytes: &[u8]) -> bool {
    if be16(bytes, 0).is_none_or(|sync| sync & 0xFFFE != 0xFFF8) {
        return false;
    }
    let Some((sizes, number)) = byte(bytes, 2).zip(byte(bytes, 4)) else { return false };
    let coded = match number.leading_ones() {
        0 => 1,
        ones @ 2..=7 => usize::try_from(ones).unwrap_or(7),
        _ => return false,
    };
    let block = match sizes >> 4 {
        6 => 1,
        7 => 2,
        _ => 0,
    };
    let rate = match sizes & 15 {
        12 => 1,
        13 | 14 => 2,
        15 => return false,
        _ => 0,
    };
    piece(bytes, 0, 4 + coded + block + rate + 1).is_some_and(|header| header.iter().fold(0, |crc, byte| crc8(crc, *byte)) == 0)
}

fn crc8(crc: u8, byte: u8) -> u8 {
    (0..8).fold(crc ^ byte, |crc, _| if crc & 0x80 == 0 { crc << 1 } else { crc << 1 ^ 7 })
}

/// All values of one byte, since every byte of the sound goes through.
const TABLE: [u16; 256] = {
    let mut table = [0u16; 256];
    let mut n = 0;
    while n < 256 {
        let mut crc = (n as u16) << 8;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 0x8000 == 0 { crc << 1 } else { crc << 1 ^ 0x8005 };
            bit += 1;
        }
        table[n] = crc;
        n += 1;
    }
    table
};

fn crc16(crc: u16, byte: u8) -> u16 {
    let [high, low] = crc.to_be_bytes();
    let next = TABLE.get(usize::from(high ^ byte)).copied().unwrap_or(0);
    u16::from_be_bytes([low, 0]) ^ next
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_told_from_what_follows_them() {
        // A frame of 16 samples of silence: constant subframe, one channel, 44.1 kHz.
        let mut frame = vec![0xFF, 0xF8, 0x69, 0x08, 0, 15];
        frame.push(frame.iter().fold(0, |crc, byte| crc8(crc, *byte)));
        frame.extend([0, 0, 0]);
        let crc = frame.iter().fold(0, |crc, byte| crc16(crc, *byte));
        frame.extend(crc.to_be_bytes());
        assert!(is_frames(&frame));
        assert!(is_frames(&[frame.clone(), frame.clone()].concat()));
        assert!(!is_frames(&[&frame[..], b"token"].concat()));
        assert!(!is_frames(&[&frame[..], b"token", &frame].concat()));
        assert!(!is_frames(&[&frame[..], &[0; 40]].concat()));
    }
}
