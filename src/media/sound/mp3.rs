//! MPEG audio of layer III: frames as they are, tags left out, the information frame (Xing, Info, LAME) written anew.

use super::super::bytes::{be32, from, head, index, name, piece};
use super::super::playing::in_ms;
use super::super::refused::Refused;
use super::super::report::{Block, Finder, Reason};
use super::super::words;
use super::{ancillary, tags};

/// The header of a frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    /// In bytes, with the header.
    pub(super) length: usize,
    /// Version, layer and sampling rate, which hold for a whole file.
    kind: u32,
    /// Samples in a second.
    rate: usize,
    /// Bytes between the header and the data, without the checksum.
    pub(super) side: usize,
    is_mono: bool,
}

impl Frame {
    /// Whether it is of the first version of MPEG audio.
    pub(super) fn is_first(&self) -> bool {
        self.kind >> 19 & 3 == 3
    }

    pub(super) fn is_mono(&self) -> bool {
        self.is_mono
    }
}

const BITRATES_1: [usize; 15] = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const BITRATES_2: [usize; 15] = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const RATES: [usize; 3] = [44100, 48000, 32000];

/// The frame that begins with the bytes (ISO/IEC 11172-3 §2.4.1.3).
pub(super) fn frame(bytes: &[u8]) -> Option<Frame> {
    let header = be32(bytes, 0)?;
    let (version, layer) = (header >> 19 & 3, header >> 17 & 3);
    // Eleven bits of synchronisation, no reserved version, layer III.
    if header >> 21 != 0x7FF || version == 1 || layer != 1 {
        return None;
    }
    let is_first = version == 3;
    let bitrate = *(if is_first { &BITRATES_1 } else { &BITRATES_2 }).get(index(header >> 12 & 15))?;
    let rate = RATES.get(index(header >> 10 & 3))?
        >> (match version {
            3 => 0,
            2 => 1,
            _ => 2,
        });
    let is_mono = header >> 6 & 3 == 3;
    let side = match (is_first, is_mono) {
        (true, false) => 32,
        (true, true) | (false, false) => 17,
        (false, true) => 9,
    };
    let length = (if is_first { 144_000 } else { 72_000 }) * bitrate / rate + index(header >> 9 & 1);
    // A frame of bit rate zero is as long as it likes.
    (bitrate > 0).then_some(Frame { length, kind: header & 0xFFFE_0C00, rate, side, is_mono })
}

/// Whether behind a frame comes the end, or another of its kind.
pub(super) fn follows(bytes: &[u8], first: &Frame) -> bool {
    from(bytes, first.length).len() < 4 || frame(from(bytes, first.length)).is_some_and(|next| next.kind == first.kind)
}

/// How long the frames play: each holds 1152 samples, of the later versions 576; what the encoder added at both ends is not
/// counted.
pub(in super::super) fn length_ms(bytes: &[u8]) -> Option<u64> {
    let (found, _) = frames(inner(bytes, |_, _| {}));
    let first = found.first()?;
    let header = frame(first)?;
    let known = information(first);
    let gaps = known
        .as_ref()
        .and_then(|known| known.gaps)
        .map_or(0, |[a, b, c]| (u32::from(a) << 4 | u32::from(b) >> 4) + (u32::from(b & 15) << 8 | u32::from(c)));
    let count = found.len() - usize::from(known.is_some());
    let samples = (count * if header.is_first() { 1152 } else { 576 }).saturating_sub(index(gaps));
    in_ms(samples as u64, header.rate as u64)
}

/// The bytes between the tags before and behind.
fn inner<'a>(bytes: &'a [u8], mut each: impl FnMut(tags::Tag, &'a [u8])) -> &'a [u8] {
    let mut rest = bytes;
    while let Some((tag, length)) = tags::first(rest) {
        each(tag, head(rest, length));
        rest = from(rest, length);
    }
    // Zeros may still be the end of the last frame.
    peel(rest, |tag| tag != tags::Tag::Padding, &mut each)
}

/// What is left when the tags at the end are taken away.
fn peel<'a>(bytes: &'a [u8], is_wanted: impl Fn(tags::Tag) -> bool, each: &mut impl FnMut(tags::Tag, &'a [u8])) -> &'a [u8] {
    let mut rest = bytes;
    while let Some((tag, length)) = tags::last(rest).filter(|(tag, _)| is_wanted(*tag)) {
        let at = rest.len().saturating_sub(length);
        each(tag, from(rest, at));
        rest = head(rest, at);
    }
    rest
}

/// The frames one after the other, and what stands behind them.
fn frames(bytes: &[u8]) -> (Vec<&[u8]>, &[u8]) {
    let (mut at, mut found, mut kind) = (0, Vec::new(), None);
    while let Some(next) = frame(from(bytes, at)) {
        let Some(content) = piece(bytes, at, next.length).filter(|_| *kind.get_or_insert(next.kind) == next.kind) else { break };
        found.push(content);
        at += next.length;
    }
    (found, from(bytes, at))
}

/// What a file of sound hides.
pub(in super::super) fn look(finder: &mut Finder, bytes: &[u8]) {
    let rest = inner(bytes, |tag, content| tags::look(finder, tag, content));
    let (found, stray) = frames(rest);
    let stray = peel(stray, |_| true, &mut |tag, content| tags::look(finder, tag, content));
    if let Some(first) = found.first()
        && information(first).is_some()
    {
        let name = first.windows(4).position(|name| matches!(name, b"LAME" | b"Lavf" | b"Lavc")).unwrap_or(first.len());
        finder.text(Block::Handler, "Xing", words::latin1(head(from(first, name), 9)));
    }
    if !is_cut(stray) {
        finder.raw(Block::Gap, "", stray);
    }
    if found.is_empty() {
        finder.unread(Block::Unknown, "", Reason::Damaged);
    }
}

/// Whether the rest is a last frame that was cut off.
fn is_cut(rest: &[u8]) -> bool {
    rest.len() < 4 && rest.first().is_none_or(|byte| *byte == 0xFF) || frame(rest).is_some_and(|frame| frame.length > rest.len())
}

/// The same frames without tags. A last frame that is cut off is left out.
pub(in super::super) fn strip(bytes: &[u8]) -> Result<Vec<u8>, Refused> {
    let rest = inner(bytes, |_, _| {});
    let (found, stray) = frames(rest);
    if !is_cut(peel(stray, |_| true, &mut |_, _| {})) {
        return Err(Refused::Stray);
    }
    let Some((first, sound)) = found.split_first() else { return Err(Refused::Damaged("MPEG")) };
    match information(first) {
        Some(known) if !sound.is_empty() => Ok([rewritten(first, &known, sound), ancillary::cleared(sound)].concat()),
        Some(_) => Err(Refused::NoTrack),
        None => Ok(ancillary::cleared(&found)),
    }
}

/// What the first frame says about all others.
struct Information {
    /// `Xing` or `Info`.
    name: [u8; 4],
    flags: u32,
    quality: u32,
    /// Samples to leave out at the beginning and the end, where an encoder told.
    gaps: Option<[u8; 3]>,
}

fn information(first: &[u8]) -> Option<Information> {
    let header = frame(first)?;
    let start = 4 + header.side;
    // Some write it where the checksum would end.
    let at = [start, start + 2].into_iter().find(|at| matches!(piece(first, *at, 4), Some(b"Xing" | b"Info")))?;
    let flags = be32(first, at + 4)? & 15;
    let length_of = |bit: u32, length: usize| if flags & bit == 0 { 0 } else { length };
    let quality_at = at + 8 + length_of(1, 4) + length_of(2, 4) + length_of(4, 100);
    let quality = if flags & 8 == 0 { 0 } else { be32(first, quality_at)?.min(100) };
    let lame = quality_at + length_of(8, 4);
    let is_lame = piece(first, lame, 4).is_some_and(|name| matches!(name, b"LAME" | b"Lavf" | b"Lavc" | b"L3.9" | b"GOGO"));
    let gaps = if is_lame { piece(first, lame + 21, 3).and_then(|gaps| gaps.try_into().ok()) } else { None };
    Some(Information { name: name(first, at)?, flags, quality, gaps })
}

/// The information frame with its counts and its table made from the frames themselves, and no name in it.
fn rewritten(first: &[u8], known: &Information, sound: &[&[u8]]) -> Vec<u8> {
    let total: usize = first.len() + sound.iter().map(|frame| frame.len()).sum::<usize>();
    let mut out = head(first, 4).to_vec();
    // Without a checksum, which would not hold any more.
    if let Some(byte) = out.get_mut(1) {
        *byte |= 1;
    }
    out.resize(4 + frame(first).map_or(0, |frame| frame.side), 0);
    out.extend(known.name);
    out.extend(known.flags.to_be_bytes());
    if known.flags & 1 != 0 {
        out.extend(u32::try_from(sound.len()).unwrap_or(u32::MAX).to_be_bytes());
    }
    if known.flags & 2 != 0 {
        out.extend(u32::try_from(total).unwrap_or(u32::MAX).to_be_bytes());
    }
    if known.flags & 4 != 0 {
        out.extend(table(first.len(), sound, total));
    }
    if known.flags & 8 != 0 {
        out.extend(known.quality.to_be_bytes());
    }
    if let Some(gaps) = known.gaps {
        out.extend(b"LAME");
        out.extend([0; 17]);
        out.extend(gaps);
        out.extend([0; 10]);
        let checksum = crc16(&out);
        out.extend(checksum.to_be_bytes());
    }
    out.resize(first.len(), 0);
    out
}

/// For each hundredth of the time where it lies, in 256ths of the length.
fn table(before: usize, sound: &[&[u8]], total: usize) -> Vec<u8> {
    let (mut table, mut at, mut n) = (Vec::with_capacity(100), before, 0);
    for part in 0..100 {
        while n < sound.len() * part / 100 {
            at += sound.get(n).map_or(0, |frame| frame.len());
            n += 1;
        }
        table.push(u8::try_from(at.saturating_mul(256) / total.max(1)).unwrap_or(255));
    }
    table
}

/// The checksum of the LAME tag: polynomial 0x8005, reflected.
fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, byte| (0..8).fold(crc ^ u16::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xA001 } else { crc >> 1 }))
}
