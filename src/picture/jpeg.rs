//! What the markers of a JPEG tell: how many colours it has (those of four are made for printing presses), and whether it is whole.

/// The coding of a frame, its colours, and whether Adobe's segment stands before it.
struct Frame {
    marker: u8,
    bits: u8,
    colours: u8,
    adobe: bool,
}

/// Whether the picture has the four colours of a printing press.
pub(super) fn is_cmyk(bytes: &[u8]) -> bool {
    frame(bytes).is_some_and(|frame| frame.colours == 4)
}

/// The name of a coding that is not read (table B.1): all but the baseline, extended and progressive ones of eight bits.
pub(super) fn unread(bytes: &[u8]) -> Option<&'static str> {
    let Frame { marker, bits, colours, adobe } = frame(bytes)?;
    match (marker, bits) {
        (0xC3 | 0xC7 | 0xCB | 0xCF, _) => Some("lossless JPEG"),
        (0xC9 | 0xCA | 0xCD | 0xCE, _) => Some("arithmetic JPEG"),
        (_, 12) => Some("12-bit JPEG"),
        // Those who write Adobe's segment store the inks inverted, all others do not say how; read the wrong way, the picture
        // would come out as a negative.
        _ if colours == 4 && !adobe => Some("CMYK JPEG"),
        _ => None,
    }
}

/// Whether the file ends before the picture does. The decoder fills what is missing with grey and says nothing. What stands
/// behind the end (a second picture, a film) does not count.
pub(super) fn is_cut(bytes: &[u8]) -> bool {
    let mut at = 2;
    loop {
        match segment(bytes, at) {
            Some((0xD9, ..)) => return false,
            // The bytes of a scan follow; FF 00 in them is a byte in disguise, and a restart goes on with them.
            Some((_, _, end)) => at = end,
            None => return true,
        }
    }
}

/// The next segment from a place on: its marker, what it holds, and where it ends (ISO/IEC 10918-1, B.1.1.4).
fn segment(bytes: &[u8], from: usize) -> Option<(u8, &[u8], usize)> {
    let mut at = from + memchr::memchr(0xFF, bytes.get(from..)?)?;
    while bytes.get(at)? == &0xFF {
        at += 1;
    }
    let marker = *bytes.get(at)?;
    at += 1;
    if matches!(marker, 0 | 0x01 | 0xD0..=0xD9) {
        return Some((marker, &[], at));
    }
    let length = usize::from(u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?])).max(2);
    Some((marker, bytes.get(at + 2..at + length)?, at + length))
}

/// Reads the segments up to the first frame (B.2.2).
fn frame(bytes: &[u8]) -> Option<Frame> {
    let mut at = 2;
    let mut adobe = false;
    loop {
        let (marker, content, end) = segment(bytes, at)?;
        match marker {
            // Every start of a frame; C4, C8 and CC are something else.
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => {
                return Some(Frame { marker, bits: *content.first()?, colours: *content.get(5)?, adobe });
            }
            0xEE => adobe |= content.starts_with(b"Adobe"),
            0xD9 | 0xDA => return None,
            _ => {}
        }
        at = end;
    }
}
