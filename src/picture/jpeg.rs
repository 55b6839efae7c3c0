//! How many colours a JPEG has, told by its markers: those of four are made for printing presses.

/// The colours of a frame and whether Adobe's segment stands before it.
struct Frame {
    colours: u8,
    adobe: bool,
}

/// Whether the picture has the four colours of a printing press.
pub(super) fn is_cmyk(bytes: &[u8]) -> bool {
    frame(bytes).is_some_and(|frame| frame.colours == 4)
}

/// Whether it has them without Adobe's segment. Those who write it store the inks inverted, all others do not say how; read
/// the wrong way, the picture would come out as a negative.
pub(super) fn is_bare_cmyk(bytes: &[u8]) -> bool {
    frame(bytes).is_some_and(|frame| frame.colours == 4 && !frame.adobe)
}

/// Reads the segments up to the first frame (ISO/IEC 10918-1, B.1.1.4 and B.2.2).
fn frame(bytes: &[u8]) -> Option<Frame> {
    let mut at = 2;
    let mut adobe = false;
    loop {
        while bytes.get(at)? != &0xFF {
            at += 1;
        }
        while bytes.get(at)? == &0xFF {
            at += 1;
        }
        let marker = *bytes.get(at)?;
        at += 1;
        if matches!(marker, 0 | 0x01 | 0xD0..=0xD8) {
            continue;
        }
        let length = usize::from(u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]));
        let content = bytes.get(at + 2..at + length.max(2))?;
        match marker {
            // Every start of a frame; C4, C8 and CC are something else.
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => return Some(Frame { colours: *content.get(5)?, adobe }),
            0xEE => adobe |= content.starts_with(b"Adobe"),
            0xD9 | 0xDA => return None,
            _ => {}
        }
        at += length.max(2);
    }
}
