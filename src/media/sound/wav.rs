//! RIFF/WAVE: how the sound is coded and the sound itself; all other chunks say something about it.

use super::super::bytes::{from, head, index, le16, le32, name_text, piece};
use super::super::markup;
use super::super::picture::{webp, xmp};
use super::super::playing::in_ms;
use super::super::refused::Refused;
use super::super::report::{Block, Finder, Reason};
use super::super::words;
use super::id3;

/// Codings whose samples hold no words: PCM, Microsoft's and IMA's ADPCM, fractions, A-law, µ-law, and the extensible form.
const CODINGS: &[u16] = &[1, 2, 3, 6, 7, 0x11, 0xFFFE];

/// The longest description of a coding: Microsoft's ADPCM with its table.
const FORMAT_MAX: usize = 64;

/// What a file of sound hides.
pub(in super::super) fn look(finder: &mut Finder, bytes: &[u8]) {
    let end = 8usize.saturating_add(le32(bytes, 4).map_or(0, index));
    let end = if end < 12 || end > bytes.len() { bytes.len() } else { end };
    let inside = head(bytes, end);
    let mut at = 12;
    while let Some((kind, content, next)) = webp::chunk(inside, at) {
        match &kind {
            b"fmt " if content.len() <= FORMAT_MAX => {}
            b"data" | b"fact" | b"ds64" | b"PEAK" | b"cue " | b"smpl" | b"inst" => {}
            b"LIST" => list(finder, content),
            b"id3 " | b"ID3 " => id3::look(finder, content),
            b"_PMX" => xmp::look(finder, content),
            b"iXML" | b"axml" => document(finder, &name_text(kind), content),
            b"bext" => broadcast(finder, content),
            _ => finder.raw(Block::Riff, &name_text(kind), content),
        }
        at = next;
    }
    finder.raw(Block::Riff, "", from(inside, at));
    finder.raw(Block::Trailing, "", from(bytes, end));
}

/// Texts of an `INFO` list, and of an `adtl` list of named places.
fn list(finder: &mut Finder, content: &[u8]) {
    finder.block(Block::Riff);
    let mut at = 4;
    while let Some((kind, text, next)) = webp::chunk(content, at) {
        match &kind {
            b"labl" | b"note" => finder.guess(Block::Riff, &name_text(kind), from(text, 4)),
            b"ltxt" => finder.guess(Block::Riff, "ltxt", from(text, 20)),
            _ => finder.guess(Block::Riff, &name_text(kind), text),
        }
        at = next;
    }
    finder.raw(Block::Riff, "LIST", from(content, at));
}

fn document(finder: &mut Finder, field: &str, content: &[u8]) {
    let mut found = Vec::new();
    if !finder.spend(content.len()) {
        return;
    }
    let whole = markup::leaves(words::guess(content).trim_start_matches('\u{FEFF}'), |leaf| {
        found.push(format!("{}: {}", leaf.attribute.unwrap_or(leaf.element), leaf.text))
    });
    finder.text(Block::Riff, field, found.join("\n"));
    if !whole {
        finder.unread(Block::Riff, field, Reason::Damaged);
        finder.raw(Block::Riff, field, content);
    }
}

/// The broadcast extension (EBU Tech 3285): fields of fixed length, then the history of the coding.
fn broadcast(finder: &mut Finder, content: &[u8]) {
    for (field, start, length) in [("Description", 0, 256), ("Originator", 256, 32), ("OriginatorReference", 288, 32), ("DateCreated", 320, 18)] {
        finder.guess(Block::Riff, field, head(from(content, start), length));
    }
    finder.raw(Block::Riff, "bext", head(from(content, 346), 256));
    finder.guess(Block::Riff, "CodingHistory", from(content, 602));
}

/// The same sound without any other chunk.
pub(in super::super) fn strip(bytes: &[u8]) -> Result<Vec<u8>, Refused> {
    if !bytes.starts_with(b"RIFF") {
        return Err(Refused::Codec(*b"RF64"));
    }
    let (mut at, mut format, mut fact, mut data) = (12, None, None, None);
    while let Some((kind, content, next)) = webp::chunk(bytes, at) {
        let place = match &kind {
            b"fmt " => &mut format,
            b"fact" => &mut fact,
            b"data" => &mut data,
            _ => &mut None,
        };
        if place.replace((content, next)).is_some() {
            return Err(Refused::Damaged("RIFF"));
        }
        at = next;
    }
    let (Some((format, _)), Some((data, _))) = (format, data) else { return Err(Refused::Damaged("RIFF")) };
    let announced = bytes_announced(bytes).ok_or(Refused::Damaged("data"))?;
    // Recordings that were broken off announce more than they hold, and tags might lie in what is taken for sound.
    if announced != data.len() {
        return Err(Refused::Damaged("data"));
    }
    let format = written(format)?;
    let mut inside = b"WAVE".to_vec();
    put(&mut inside, b"fmt ", &format);
    if let (Some((fact, _)), false) = (fact, format.starts_with(&[1, 0])) {
        put(&mut inside, b"fact", piece(fact, 0, 4).ok_or(Refused::Damaged("fact"))?);
    }
    put(&mut inside, b"data", data);
    let mut out = b"RIFF".to_vec();
    out.extend(u32::try_from(inside.len()).map_err(|_| Refused::Damaged("RIFF"))?.to_le_bytes());
    out.extend(inside);
    Ok(out)
}

/// How long the sound plays, by the bytes of a second that its coding announces.
pub(in super::super) fn length_ms(bytes: &[u8]) -> Option<u64> {
    let (mut at, mut a_second) = (12, None);
    while let Some((kind, content, next)) = webp::chunk(bytes, at) {
        match &kind {
            b"fmt " => a_second = le32(content, 8),
            b"data" => return in_ms(content.len() as u64, u64::from(a_second?)),
            _ => {}
        }
        at = next;
    }
    None
}

/// The length that the header of the sound announces.
fn bytes_announced(bytes: &[u8]) -> Option<usize> {
    let mut at = 12;
    while let Some((kind, _, next)) = webp::chunk(bytes, at) {
        if &kind == b"data" {
            return le32(bytes, at + 4).map(index);
        }
        at = next;
    }
    None
}

/// The description of the coding as long as its coding needs.
fn written(format: &[u8]) -> Result<Vec<u8>, Refused> {
    let damaged = Refused::Damaged("fmt");
    let coding = le16(format, 0).ok_or(damaged)?;
    if !CODINGS.contains(&coding) {
        let [low, high] = coding.to_le_bytes();
        return Err(Refused::Codec([b'0', b'x', high, low].map(|byte| if byte.is_ascii_graphic() { byte } else { b'?' })));
    }
    let mut kept = piece(format, 0, 16).ok_or(damaged)?.to_vec();
    let extension = match coding {
        1 => return Ok(kept),
        3 | 6 | 7 => 0,
        0x11 => 2,
        0xFFFE => 22,
        _ => usize::from(le16(format, 16).ok_or(damaged)?).min(32),
    };
    kept.extend(u16::try_from(extension).unwrap_or(0).to_le_bytes());
    kept.extend(piece(format, 18, extension).ok_or(damaged)?);
    Ok(kept)
}

fn put(out: &mut Vec<u8>, kind: &[u8; 4], content: &[u8]) {
    out.extend(kind);
    out.extend(u32::try_from(content.len()).unwrap_or(u32::MAX).to_le_bytes());
    out.extend(content);
    if content.len() % 2 == 1 {
        out.push(0);
    }
}
