//! GIF 89a: comments, applications' blocks, plain texts, and what stands behind its end.

use super::super::bytes::{byte, from, head};
use super::super::report::{Block, Finder, Reason};
use super::super::words;
use super::{icc, trailing, xmp};

/// Looks through a GIF file.
pub(in super::super) fn look(finder: &mut Finder, bytes: &[u8]) {
    let mut at = 13 + table(byte(bytes, 10).unwrap_or(0));
    loop {
        match byte(bytes, at) {
            Some(0x3B) => {
                trailing::look(finder, from(bytes, at + 1));
                return;
            }
            // A picture: where it lies, its colours, the width of its codes, its pixels.
            Some(0x2C) => at = behind(bytes, at + 11 + table(byte(bytes, at + 9).unwrap_or(0))),
            Some(0x21) => at = extension(finder, bytes, at),
            // Zeros between blocks are known of old programs.
            Some(0) => at += 1,
            _ => {
                finder.raw(Block::Unknown, "", from(bytes, at));
                finder.unread(Block::Unknown, "", Reason::Damaged);
                return;
            }
        }
    }
}

/// Bytes of the colour table that the flags announce.
fn table(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Behind a chain of sub-blocks.
fn behind(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    while let Some(length @ 1..) = byte(bytes, at) {
        at += 1 + usize::from(length);
    }
    at + 1
}

/// The content of a chain of sub-blocks.
fn joined(bytes: &[u8], start: usize) -> Vec<u8> {
    let (mut at, mut content) = (start, Vec::new());
    while let Some(length @ 1..) = byte(bytes, at) {
        content.extend_from_slice(head(from(bytes, at + 1), usize::from(length)));
        at += 1 + usize::from(length);
    }
    content
}

fn extension(finder: &mut Finder, bytes: &[u8], at: usize) -> usize {
    let end = behind(bytes, at + 2);
    match byte(bytes, at + 1) {
        // When and how long the next picture is shown.
        Some(0xF9) => {}
        Some(0xFE) => finder.guess(Block::Comment, "", &joined(bytes, at + 2)),
        Some(0x01) => {
            let length = usize::from(byte(bytes, at + 2).unwrap_or(0));
            finder.guess(Block::Comment, "plain text", &joined(bytes, at + 3 + length));
        }
        Some(0xFF) => application(finder, bytes, at),
        Some(label) => finder.raw(Block::Unknown, &format!("0x{label:02X}"), &joined(bytes, at + 2)),
        None => {}
    }
    end
}

/// Eight letters of name and three of version, then content.
fn application(finder: &mut Finder, bytes: &[u8], at: usize) {
    let length = usize::from(byte(bytes, at + 2).unwrap_or(0));
    let title = head(from(bytes, at + 3), length);
    let start = at + 3 + length;
    match title {
        // How often the film is shown: three or five bytes.
        b"NETSCAPE2.0" | b"ANIMEXTS1.0" if joined(bytes, start).len() <= 5 => {}
        // XMP stands here as it is, with a ramp of 257 bytes behind it that looks like sub-blocks (XMP part 3, §1.1.2).
        b"XMP DataXMP" => {
            let packet = head(from(bytes, start), behind(bytes, start).saturating_sub(start).saturating_sub(258));
            xmp::look(finder, packet);
        }
        b"ICCRGBG1012" => icc::look(finder, &joined(bytes, start)),
        _ => finder.raw(Block::Unknown, &words::latin1(title), &joined(bytes, start)),
    }
}
