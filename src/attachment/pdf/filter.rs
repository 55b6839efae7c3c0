//! Streams of PDF unpacked (ISO 32000-1 §7.4): Flate with predictors, the two ASCII forms, run lengths.

use super::object::{Dict, Object, unhex};
use crate::attachment::limits::Budget;
use crate::attachment::{Reason, Refused};
use flate2::read::{DeflateDecoder, ZlibDecoder};
use std::io::Read;

/// Unpacks a stream; what comes out is as much as could be read. Filters of pictures say [`Reason::Picture`].
pub(super) fn decode(dict: &Dict, raw: &[u8], budget: &mut Budget) -> (Vec<u8>, Option<Reason>) {
    let filters = names(dict.get("Filter"));
    let parameters = dict.get("DecodeParms");
    let mut bytes = raw.to_vec();
    for (index, filter) in filters.iter().enumerate() {
        let parameters = match parameters {
            Some(Object::List(list)) => list.get(index).and_then(Object::dict),
            Some(Object::Dict(dict)) => Some(dict),
            _ => None,
        };
        let room = budget.room(raw.len() as u64);
        let (next, reason) = match filter.as_str() {
            "FlateDecode" | "Fl" => inflate(&bytes, room),
            "ASCIIHexDecode" | "AHx" => (unhex(bytes.split(|byte| *byte == b'>').next().unwrap_or_default()), None),
            "ASCII85Decode" | "A85" => (base85(&bytes), None),
            "RunLengthDecode" | "RL" => run_lengths(&bytes, room),
            "DCTDecode" | "DCT" | "JPXDecode" | "CCITTFaxDecode" | "CCF" | "JBIG2Decode" => return (bytes, Some(Reason::Picture)),
            _ => return (Vec::new(), Some(Reason::Compression)),
        };
        budget.unpack(next.len());
        bytes = parameters.map_or_else(|| Some(next.clone()), |parameters| unpredict(&next, parameters)).unwrap_or(next);
        if reason.is_some() {
            return (bytes, reason);
        }
    }
    if filters.is_empty() {
        budget.unpack(bytes.len());
    }
    (bytes, None)
}

fn names(filter: Option<&Object>) -> Vec<String> {
    match filter {
        Some(Object::Name(name)) => vec![name.clone()],
        Some(Object::List(list)) => list.iter().map(|name| name.name().unwrap_or("?").to_owned()).collect(),
        // A filter that stands in an object of its own is written by nobody.
        Some(Object::Ref(_)) => vec!["?".to_owned()],
        _ => Vec::new(),
    }
}

fn inflate(bytes: &[u8], room: u64) -> (Vec<u8>, Option<Reason>) {
    let mut out = Vec::new();
    let mut result = ZlibDecoder::new(bytes).take(room.saturating_add(1)).read_to_end(&mut out);
    if out.is_empty() && result.is_err() {
        // Some writers leave out the two bytes of the head, or damage them.
        result = DeflateDecoder::new(bytes.get(2..).unwrap_or_default()).take(room.saturating_add(1)).read_to_end(&mut out);
    }
    if out.len() as u64 > room {
        return (Vec::new(), Some(Reason::Refused(Refused::Bomb)));
    }
    (out, result.is_err().then_some(Reason::Damaged))
}

fn base85(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut group: Vec<u8> = Vec::with_capacity(5);
    for byte in bytes {
        match byte {
            b'~' => break,
            b'z' if group.is_empty() => out.extend([0; 4]),
            b'!'..=b'u' => group.push(byte - b'!'),
            _ => {}
        }
        if group.len() == 5 {
            out.extend(four(&group));
            group.clear();
        }
    }
    if group.len() > 1 {
        let wanted = group.len() - 1;
        group.resize(5, 84);
        out.extend(four(&group).into_iter().take(wanted));
    }
    out
}

fn four(group: &[u8]) -> [u8; 4] {
    group.iter().fold(0u32, |sum, digit| sum.wrapping_mul(85).wrapping_add(u32::from(*digit))).to_be_bytes()
}

fn run_lengths(bytes: &[u8], room: u64) -> (Vec<u8>, Option<Reason>) {
    let mut out = Vec::new();
    let mut rest = bytes;
    while let Some((length, after)) = rest.split_first() {
        match length {
            0..=127 => {
                let end = (usize::from(*length) + 1).min(after.len());
                out.extend_from_slice(after.get(..end).unwrap_or_default());
                rest = after.get(end..).unwrap_or_default();
            }
            128 => break,
            129..=255 => {
                out.extend(std::iter::repeat_n(after.first().copied().unwrap_or(0), 257 - usize::from(*length)));
                rest = after.get(1..).unwrap_or_default();
            }
        }
        if out.len() as u64 > room {
            return (Vec::new(), Some(Reason::Refused(Refused::Bomb)));
        }
    }
    (out, None)
}

/// Takes the prediction of PNG out again (§7.4.4.4); none if there is none.
fn unpredict(bytes: &[u8], parameters: &Dict) -> Option<Vec<u8>> {
    let get = |key, default| parameters.get(key).and_then(Object::count).unwrap_or(default);
    if get("Predictor", 1) < 10 {
        return None;
    }
    let bits = get("Colors", 1).min(64) * get("BitsPerComponent", 8).min(32);
    let step = bits.div_ceil(8).max(1);
    let width = get("Columns", 1).min(1 << 24).checked_mul(bits)?.div_ceil(8).max(1);
    let mut out: Vec<u8> = Vec::with_capacity(bytes.len());
    let mut above = vec![0u8; width];
    for row in bytes.chunks(width + 1) {
        let (kind, row) = row.split_first()?;
        let mut line: Vec<u8> = Vec::with_capacity(width);
        for (at, byte) in row.iter().enumerate() {
            let left = at.checked_sub(step).and_then(|at| line.get(at)).copied().unwrap_or(0);
            let up = above.get(at).copied().unwrap_or(0);
            let corner = at.checked_sub(step).and_then(|at| above.get(at)).copied().unwrap_or(0);
            let predicted = match kind {
                1 => left,
                2 => up,
                3 => left.midpoint(up),
                4 => paeth(left, up, corner),
                _ => 0,
            };
            line.push(byte.wrapping_add(predicted));
        }
        out.extend_from_slice(&line);
        line.resize(width, 0);
        above = line;
    }
    Some(out)
}

fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let guess = i16::from(left) + i16::from(up) - i16::from(corner);
    [left, up, corner].into_iter().min_by_key(|byte| (guess - i16::from(*byte)).abs()).unwrap_or(0)
}
