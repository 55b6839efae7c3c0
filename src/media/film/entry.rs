//! Sample entries: how a track is coded. Written anew from the fields that decoding needs; names of compressors, makers and all
//! boxes that are not listed stay behind.

use super::super::bytes::{be16, be32, byte, from, head, index, piece};
use super::super::refused::Refused;
use super::boxes::{boxes, child, write, write_full};
use super::esds;
use super::frames::{self, Coding};

/// A sample entry, written anew.
pub(super) struct Entry {
    pub(super) bytes: Vec<u8>,
    pub(super) coding: Coding,
    /// Bytes of one sample where the sample table says 1 for uncompressed sound.
    pub(super) frame_bytes: Option<usize>,
}

/// Codings of pictures whose words can be taken out, with the box that configures them.
const PICTURES: &[(&[u8; 4], &[u8; 4])] = &[
    (b"avc1", b"avcC"),
    (b"avc3", b"avcC"),
    (b"hvc1", b"hvcC"),
    (b"hev1", b"hvcC"),
    (b"dvh1", b"hvcC"),
    (b"dvhe", b"hvcC"),
    (b"av01", b"av1C"),
    (b"vp08", b"vpcC"),
    (b"vp09", b"vpcC"),
    (b"mp4v", b"esds"),
];

/// Codings of sound whose samples hold no words, with the box that configures them.
const SOUNDS: &[(&[u8; 4], Option<&[u8; 4]>)] = &[
    (b"mp4a", Some(b"esds")),
    (b"alac", Some(b"alac")),
    (b"Opus", Some(b"dOps")),
    (b"fLaC", Some(b"dfLa")),
    (b"ac-3", Some(b"dac3")),
    (b"ec-3", Some(b"dec3")),
    (b".mp3", None),
    (b"samr", None),
    (b"sawb", None),
    (b"ulaw", None),
    (b"alaw", None),
];

/// Uncompressed sound.
const UNCOMPRESSED: &[&[u8; 4]] = &[b"sowt", b"twos", b"raw ", b"in24", b"in32", b"fl32", b"fl64", b"lpcm", b"ipcm", b"fpcm"];

/// Boxes of fixed meaning and their lengths.
const FIXED: &[(&[u8; 4], usize, usize)] = &[
    (b"pasp", 8, 8),
    (b"clap", 32, 32),
    (b"fiel", 2, 2),
    (b"gama", 4, 4),
    (b"mdcv", 24, 24),
    (b"clli", 4, 4),
    (b"SmDm", 28, 28),
    (b"CoLL", 8, 8),
    (b"dvcC", 24, 24),
    (b"dvvC", 24, 24),
    (b"dac3", 3, 3),
    (b"dec3", 3, 32),
    (b"enda", 2, 2),
    (b"frma", 4, 4),
    (b"pcmC", 6, 6),
    (b"srat", 8, 8),
];

const DAMAGED: Refused = Refused::Damaged("stsd");

/// A sample entry of a picture track.
pub(super) fn picture(name: [u8; 4], content: &[u8]) -> Result<Entry, Refused> {
    let (_, needed) = PICTURES.iter().find(|(known, _)| **known == name).ok_or(Refused::Codec(name))?;
    let children = from(content, 78);
    let configuration = child(children, needed).ok_or(DAMAGED)?;
    let width = |at: usize| byte(configuration, at).map(|byte| usize::from(byte & 3) + 1).filter(|width| *width != 3).ok_or(DAMAGED);
    let coding = match *needed {
        b"avcC" => Coding::Avc(width(4)?),
        b"hvcC" => Coding::Hevc(width(21)?, child(children, b"dvcC").is_some() || child(children, b"dvvC").is_some()),
        b"av1C" => Coding::Av1,
        b"esds" => Coding::Visual,
        _ => Coding::Plain,
    };
    let mut bytes = vec![0, 0, 0, 0, 0, 0, 0, 1];
    bytes.extend([0; 16]);
    // Width, height and both resolutions.
    bytes.extend(piece(content, 24, 12).ok_or(DAMAGED)?);
    bytes.extend([0, 0, 0, 0, 0, 1]);
    bytes.extend([0; 32]);
    bytes.extend(piece(content, 74, 2).ok_or(DAMAGED)?);
    bytes.extend([0xFF, 0xFF]);
    bytes.extend(kept_boxes(children, false)?);
    Ok(Entry { bytes: write(&name, &bytes), coding, frame_bytes: None })
}

/// A sample entry of a sound track; `is_iso` where the box of entries is of version 1, so that versions mean something else.
pub(super) fn sound(name: [u8; 4], content: &[u8], is_iso: bool) -> Result<Entry, Refused> {
    let is_uncompressed = UNCOMPRESSED.iter().any(|known| **known == name);
    let needed = match SOUNDS.iter().find(|(known, _)| **known == name) {
        Some((_, needed)) => *needed,
        None if is_uncompressed => None,
        None => return Err(Refused::Codec(name)),
    };
    let version = be16(content, 8).ok_or(DAMAGED)?;
    let length = match version {
        _ if is_iso => 28,
        0 => 28,
        1 => 44,
        2 => 64,
        _ => return Err(DAMAGED),
    };
    let mut fields = piece(content, 0, length).ok_or(DAMAGED)?.to_vec();
    for (at, byte) in fields.iter_mut().enumerate() {
        *byte = match at {
            7 => 1,
            0..7 | 10..16 => 0,
            _ => *byte,
        };
    }
    let wave = child(from(content, length), b"wave").unwrap_or_default();
    if needed.is_some_and(|needed| child(from(content, length), needed).or_else(|| child(wave, needed)).is_none()) {
        return Err(DAMAGED);
    }
    let frame_bytes = if is_uncompressed { frame_bytes(content, version, is_iso) } else { None };
    let description = child(from(content, length), b"esds").or_else(|| child(wave, b"esds"));
    let coding = if description.is_some_and(esds::is_elements) { Coding::Aac } else { Coding::Plain };
    fields.extend(kept_boxes(from(content, length), false)?);
    Ok(Entry { bytes: write(&name, &fields), coding, frame_bytes })
}

/// Bytes of one moment of uncompressed sound on all channels.
fn frame_bytes(content: &[u8], version: u16, is_iso: bool) -> Option<usize> {
    match version {
        1 if !is_iso => be32(content, 36).map(index),
        2 if !is_iso => be32(content, 56).map(index),
        _ => Some(usize::from(be16(content, 16)?) * usize::from(be16(content, 18)?) / 8),
    }
}

fn kept_boxes(bytes: &[u8], in_wave: bool) -> Result<Vec<u8>, Refused> {
    let mut kept = Vec::new();
    for one in boxes(bytes).0 {
        let content = match &one.name {
            b"wave" if !in_wave => Some(kept_boxes(one.content, true)?),
            b"esds" => Some(esds::rebuild(one.content)?),
            b"avcC" => Some(avc_configuration(one.content).ok_or(DAMAGED)?),
            b"hvcC" => Some(hevc_configuration(one.content).ok_or(DAMAGED)?),
            b"av1C" => Some(av1_configuration(one.content)?),
            // Version, flags and six bytes; a configuration of its own is for codings before VP9.
            b"vpcC" => Some([piece(one.content, 0, 10).ok_or(DAMAGED)?, &[0, 0]].concat()),
            b"dOps" => Some(opus(one.content).ok_or(DAMAGED)?),
            // The stream's own block alone; comments may follow it.
            b"dfLa" => Some([&[0, 0, 0, 0, 0x80, 0, 0, 34], piece(one.content, 8, 34).ok_or(DAMAGED)?].concat()),
            b"alac" => Some(piece(one.content, 0, 28).ok_or(DAMAGED)?.to_vec()),
            b"damr" => Some([&[0; 4], piece(one.content, 4, 5).ok_or(DAMAGED)?].concat()),
            b"chan" => layout(one.content),
            b"colr" => colour(one.content),
            name => FIXED
                .iter()
                .find(|(known, ..)| *known == name)
                .filter(|(_, least, most)| (*least..=*most).contains(&one.content.len()))
                .map(|_| one.content.to_vec()),
        };
        if let Some(content) = content {
            kept.extend(write(&one.name, &content));
        }
    }
    if in_wave {
        kept.extend([0, 0, 0, 8, 0, 0, 0, 0]);
    }
    Ok(kept)
}

/// Colours as numbers; a profile may name a monitor and is left out.
fn colour(content: &[u8]) -> Option<Vec<u8>> {
    let length = match head(content, 4) {
        b"nclx" => 11,
        b"nclc" => 10,
        _ => return None,
    };
    piece(content, 0, length).map(<[u8]>::to_vec)
}

/// Which loudspeaker is which: as many descriptions of twenty bytes as it says.
fn layout(content: &[u8]) -> Option<Vec<u8>> {
    let count = index(be32(content, 12)?).min(64);
    piece(content, 0, 16 + count * 20).map(<[u8]>::to_vec)
}

fn opus(content: &[u8]) -> Option<Vec<u8>> {
    let table = if byte(content, 10)? == 0 { 0 } else { 2 + usize::from(byte(content, 1)?) };
    piece(content, 0, 11 + table).map(<[u8]>::to_vec)
}

/// Parameter sets of H.264 (ISO/IEC 14496-15 §5.3.3.1).
fn avc_configuration(content: &[u8]) -> Option<Vec<u8>> {
    let mut kept = piece(content, 0, 5)?.to_vec();
    let mut at = 5;
    for mask in [31, 255] {
        let count = byte(content, at)? & mask;
        kept.push(count | (mask ^ 255));
        at += 1;
        for _ in 0..count {
            let whole = 2 + usize::from(be16(content, at)?);
            kept.extend(piece(content, at, whole)?);
            at += whole;
        }
    }
    // Sampling and depth of high profiles, and no extensions.
    if matches!(byte(content, 1)?, 100 | 110 | 122 | 144 | 244)
        && let Some(more) = piece(content, at, 3)
    {
        kept.extend(more);
        kept.push(0);
    }
    Some(kept)
}

/// Parameter sets of H.265 (§8.3.3.1); messages among them are looked through.
fn hevc_configuration(content: &[u8]) -> Option<Vec<u8>> {
    let mut kept = piece(content, 0, 22)?.to_vec();
    let (mut at, mut arrays, mut written) = (23, 0, Vec::new());
    for _ in 0..byte(content, 22)? {
        let kind = byte(content, at)?;
        let (mut units, mut array) = (0u16, Vec::new());
        let count = be16(content, at + 1)?;
        at += 3;
        for _ in 0..count {
            let unit = piece(content, at + 2, usize::from(be16(content, at)?))?;
            at += 2 + unit.len();
            let unit = match kind & 63 {
                32..=34 => Some(unit.to_vec()),
                39 | 40 => frames::messages(unit, 2, &mut |_| {}),
                _ => None,
            };
            if let Some(unit) = unit {
                units += 1;
                array.extend(u16::try_from(unit.len()).ok()?.to_be_bytes());
                array.extend(unit);
            }
        }
        if units > 0 {
            arrays += 1;
            written.push(kind & 0xBF);
            written.extend(units.to_be_bytes());
            written.extend(array);
        }
    }
    kept.push(arrays);
    kept.extend(written);
    Some(kept)
}

fn av1_configuration(content: &[u8]) -> Result<Vec<u8>, Refused> {
    let mut kept = piece(content, 0, 4).ok_or(DAMAGED)?.to_vec();
    kept.extend(frames::open_units(from(content, 4), &mut |_| {})?);
    Ok(kept)
}

/// The box of sample entries.
pub(super) fn write_all(entries: &[Entry], is_iso: bool) -> Vec<u8> {
    let mut content = u32::try_from(entries.len()).unwrap_or(u32::MAX).to_be_bytes().to_vec();
    for entry in entries {
        content.extend(&entry.bytes);
    }
    write_full(b"stsd", u8::from(is_iso), 0, &content)
}
