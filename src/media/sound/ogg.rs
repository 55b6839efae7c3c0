//! Ogg (RFC 3533) with Vorbis, Opus, FLAC or Theora: the pages as they are, comments emptied, streams numbered anew.

use super::super::bytes::{be24, byte, from, head, index, le16, le32, piece};
use super::super::playing::in_ms;
use super::super::refused::Refused;
use super::super::report::{Block, Finder, Reason};
use super::{comment, flac};
use std::collections::BTreeMap;

/// A page.
struct Page<'a> {
    flags: u8,
    /// Where in time its last packet ends; eight bytes.
    position: &'a [u8],
    serial: u32,
    lacing: &'a [u8],
    body: &'a [u8],
}

const CONTINUED: u8 = 1;
const FIRST: u8 = 2;
const LAST: u8 = 4;

fn page(bytes: &[u8], at: usize) -> Option<(Page<'_>, usize)> {
    if piece(bytes, at, 5)? != b"OggS\0" {
        return None;
    }
    let lacing = piece(bytes, at + 27, usize::from(byte(bytes, at + 26)?))?;
    let length = lacing.iter().map(|part| usize::from(*part)).sum();
    let body = piece(bytes, at + 27 + lacing.len(), length)?;
    let page = Page { flags: byte(bytes, at + 5)? & 7, position: piece(bytes, at + 6, 8)?, serial: le32(bytes, at + 14)?, lacing, body };
    Some((page, at + 27 + lacing.len() + length))
}

/// What a stream is coded in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Coding {
    Vorbis,
    Opus,
    Theora,
    Flac,
    Other,
}

/// What stands before the comments in the packet that holds them.
const MARKS: &[(Coding, &[u8])] = &[(Coding::Vorbis, b"\x03vorbis"), (Coding::Opus, b"OpusTags"), (Coding::Theora, b"\x81theora")];

/// The coding of a stream by its first packet.
fn coding(first: &[u8]) -> Coding {
    match first {
        _ if first.starts_with(b"\x01vorbis") => Coding::Vorbis,
        _ if first.starts_with(b"OpusHead") => Coding::Opus,
        _ if first.starts_with(b"\x80theora") => Coding::Theora,
        _ if first.starts_with(b"\x7FFLAC\x01") => Coding::Flac,
        _ => Coding::Other,
    }
}

/// The packets before the sound.
struct Stream {
    coding: Coding,
    headers: Vec<Vec<u8>>,
    /// A packet that the last page did not end.
    open: Vec<u8>,
    is_ready: bool,
}

impl Stream {
    /// Takes the packets of a page. False where sound begins on a page that still holds a header.
    fn take(&mut self, page: &Page<'_>) -> bool {
        let mut at = 0;
        for part in page.lacing {
            let length = usize::from(*part);
            if self.is_ready {
                return false;
            }
            self.open.extend_from_slice(head(from(page.body, at), length));
            at += length;
            if length < 255 {
                self.headers.push(std::mem::take(&mut self.open));
                self.is_ready = self.has_all();
            }
        }
        true
    }

    fn has_all(&self) -> bool {
        match self.coding {
            Coding::Vorbis | Coding::Theora => self.headers.len() == 3,
            Coding::Opus => self.headers.len() == 2,
            // The last block of metadata says so.
            Coding::Flac => self.headers.len() > 1 && self.headers.last().and_then(|block| block.first()).is_some_and(|first| first & 0x80 != 0),
            Coding::Other => false,
        }
    }

    /// The same headers without comments.
    fn emptied(&self) -> Option<Vec<Vec<u8>>> {
        let first = self.headers.first()?;
        let nothing = [0u8; 8];
        Some(match self.coding {
            Coding::Vorbis => vec![piece(first, 0, 30)?.to_vec(), [b"\x03vorbis", &nothing[..], &[1]].concat(), self.headers.get(2)?.clone()],
            Coding::Opus => vec![opus(first)?, [b"OpusTags", &nothing[..]].concat()],
            Coding::Theora => vec![piece(first, 0, 42)?.to_vec(), [b"\x81theora", &nothing[..]].concat(), self.headers.get(2)?.clone()],
            // One header follows: an empty list of comments, which the mapping wants to be there.
            Coding::Flac => vec![[b"\x7FFLAC\x01\0\0\x01fLaC\0\0\0\x22", piece(first, 17, 34)?].concat(), [&[0x84, 0, 0, 8], &nothing[..]].concat()],
            Coding::Other => return None,
        })
    }
}

fn opus(first: &[u8]) -> Option<Vec<u8>> {
    let table = if byte(first, 18)? == 0 { 0 } else { 2 + usize::from(byte(first, 9)?) };
    piece(first, 0, 19 + table).map(<[u8]>::to_vec)
}

/// What a file hides.
pub(in super::super) fn look(finder: &mut Finder, bytes: &[u8]) {
    let mut streams: BTreeMap<u32, Stream> = BTreeMap::new();
    let mut at = 0;
    while let Some((page, next)) = page(bytes, at) {
        at = next;
        let stream = streams.entry(page.serial).or_insert_with(|| Stream {
            coding: coding(page.body),
            headers: Vec::new(),
            open: Vec::new(),
            is_ready: false,
        });
        if stream.coding == Coding::Other {
            finder.raw(Block::Track, "", page.body);
        } else if !stream.is_ready {
            stream.take(&page);
        }
    }
    for stream in streams.values() {
        for packet in stream.headers.iter().skip(1) {
            header(finder, stream.coding, packet);
        }
        if !stream.open.is_empty() {
            finder.raw(Block::Vorbis, "", &stream.open);
        }
    }
    finder.raw(Block::Gap, "", from(bytes, at));
    if at == 0 {
        finder.unread(Block::Unknown, "", Reason::Damaged);
    }
}

/// How long the first stream of sound plays: its last page tells how many samples end there.
pub(in super::super) fn length_ms(bytes: &[u8]) -> Option<u64> {
    let (mut at, mut sound, mut last) = (0, None, None);
    while let Some((page, next)) = page(bytes, at) {
        at = next;
        sound = sound.or_else(|| rate(page.body).map(|(rate, skipped)| (page.serial, rate, skipped)));
        if sound.is_some_and(|(serial, ..)| serial == page.serial) {
            let position = page.position.try_into().map(u64::from_le_bytes).ok();
            // Where no packet ends the position is minus one.
            last = position.filter(|position| *position != u64::MAX).or(last);
        }
    }
    let (_, rate, skipped) = sound?;
    in_ms(last?.saturating_sub(skipped), rate)
}

/// Samples in a second of a stream of sound by its first packet, and how many at its beginning are not heard.
fn rate(first: &[u8]) -> Option<(u64, u64)> {
    match coding(first) {
        Coding::Vorbis => Some((u64::from(le32(first, 12)?), 0)),
        // Positions count at 48 kHz whatever the recording had (RFC 7845 §4).
        Coding::Opus => Some((48_000, u64::from(le16(first, 10)?))),
        Coding::Flac => flac::rate_and_samples(from(first, 17)).map(|(rate, _)| (rate, 0)),
        Coding::Theora | Coding::Other => None,
    }
}

fn header(finder: &mut Finder, of: Coding, packet: &[u8]) {
    if of == Coding::Flac {
        let content = head(from(packet, 4), be24(packet, 1).map_or(0, index));
        match byte(packet, 0).map(|first| first & 0x7F) {
            Some(4) => comment::look(finder, content),
            Some(6) => comment::picture(finder, content),
            Some(3) => {}
            _ => finder.raw(Block::Vorbis, "", content),
        }
        return;
    }
    let mark = MARKS.iter().find(|(coding, _)| *coding == of);
    if let Some(comments) = mark.and_then(|(_, mark)| packet.strip_prefix(*mark)) {
        comment::look(finder, comments);
    }
}

/// A stream on its way out.
struct Outgoing {
    stream: Stream,
    serial: u32,
    sequence: u32,
}

/// The same pages with empty comments. Streams of captions and of unknown coding are left out.
pub(in super::super) fn strip(bytes: &[u8]) -> Result<Vec<u8>, Refused> {
    let pages = pages(bytes)?;
    let mut streams: BTreeMap<u32, Outgoing> = BTreeMap::new();
    let (mut heads, mut bodies, mut closing) = (Vec::new(), Vec::new(), Vec::new());
    for page in &pages {
        if page.flags & FIRST != 0 {
            let of = coding(page.body);
            // Streams one behind the other with their own comments are not read.
            if !bodies.is_empty() || streams.contains_key(&page.serial) {
                return Err(Refused::Codec(*b"Oggs"));
            }
            if of != Coding::Other {
                let stream = Stream { coding: of, headers: Vec::new(), open: Vec::new(), is_ready: false };
                streams.insert(page.serial, Outgoing { stream, serial: u32::try_from(streams.len() + 1).unwrap_or(0), sequence: 0 });
            }
        }
        let Some(out) = streams.get_mut(&page.serial) else { continue };
        if out.stream.is_ready {
            bodies.extend(sound(out, page));
            continue;
        }
        if !out.stream.take(page) {
            return Err(Refused::Damaged("Ogg"));
        }
        if out.stream.is_ready {
            let packets = out.stream.emptied().ok_or(Refused::Damaged("Ogg"))?;
            let (first, rest) = packets.split_first().ok_or(Refused::Damaged("Ogg"))?;
            heads.push((out.serial, write(out, FIRST, &[0; 8], &laced(first), first)));
            closing.extend(header_pages(out, rest));
        }
    }
    if streams.is_empty() {
        return Err(Refused::NoTrack);
    }
    if streams.values().any(|out| !out.stream.is_ready) {
        return Err(Refused::Damaged("Ogg"));
    }
    // All streams begin before any goes on.
    heads.sort();
    Ok([heads.into_iter().flat_map(|(_, page)| page).collect(), closing, bodies].concat())
}

fn pages(bytes: &[u8]) -> Result<Vec<Page<'_>>, Refused> {
    let (mut at, mut found) = (0, Vec::new());
    while let Some((page, next)) = page(bytes, at) {
        found.push(page);
        at = next;
    }
    // A page that was cut off at the end is left out; anything else does not belong here.
    let rest = from(bytes, at);
    if rest.is_empty() || rest.starts_with(b"OggS") || b"OggS".starts_with(rest) { Ok(found) } else { Err(Refused::Stray) }
}

/// A page of sound, numbered anew.
fn sound(out: &mut Outgoing, page: &Page<'_>) -> Vec<u8> {
    let ends = page.lacing.iter().any(|part| *part < 255);
    // Where no packet ends the position is minus one.
    let position = if ends || page.lacing.is_empty() { page.position } else { &[0xFF; 8][..] };
    write(out, page.flags & (CONTINUED | LAST), position, page.lacing, page.body)
}

fn laced(packet: &[u8]) -> Vec<u8> {
    let mut lacing = vec![255; packet.len() / 255];
    lacing.push(u8::try_from(packet.len() % 255).unwrap_or(0));
    lacing
}

/// The headers behind the first one: full pages, the last one as long as it comes.
fn header_pages(out: &mut Outgoing, packets: &[Vec<u8>]) -> Vec<u8> {
    let lacing: Vec<u8> = packets.iter().flat_map(|packet| laced(packet)).collect();
    let body = packets.concat();
    let (mut at, mut written, mut is_open) = (0, Vec::new(), false);
    for part in lacing.chunks(255) {
        let length = part.iter().map(|part| usize::from(*part)).sum();
        let ends = part.iter().any(|part| *part < 255);
        let position = if ends { [0; 8] } else { [0xFF; 8] };
        written.extend(write(out, if is_open { CONTINUED } else { 0 }, &position, part, head(from(&body, at), length)));
        at += length;
        is_open = part.last() == Some(&255);
    }
    written
}

fn write(out: &mut Outgoing, flags: u8, position: &[u8], lacing: &[u8], body: &[u8]) -> Vec<u8> {
    let mut page = b"OggS\0".to_vec();
    page.push(flags);
    page.extend(position);
    page.extend(out.serial.to_le_bytes());
    page.extend(out.sequence.to_le_bytes());
    page.extend([0; 4]);
    page.push(u8::try_from(lacing.len()).unwrap_or(255));
    page.extend(lacing);
    page.extend(body);
    let sum = checksum(&page).to_le_bytes();
    for (place, byte) in page.iter_mut().skip(22).zip(sum) {
        *place = byte;
    }
    out.sequence = out.sequence.wrapping_add(1);
    page
}

/// All values of one byte of the checksum, polynomial 0x04C11DB7.
const TABLE: [u32; 256] = {
    let mut table = [0u32; 256];
    let mut n = 0;
    while n < 256 {
        let mut crc = (n as u32) << 24;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 0x8000_0000 == 0 { crc << 1 } else { crc << 1 ^ 0x04C1_1DB7 };
            bit += 1;
        }
        table[n] = crc;
        n += 1;
    }
    table
};

fn checksum(page: &[u8]) -> u32 {
    page.iter().fold(0, |crc, byte| {
        let [high, ..] = crc.to_be_bytes();
        crc << 8 ^ TABLE.get(usize::from(high ^ byte)).copied().unwrap_or(0)
    })
}
