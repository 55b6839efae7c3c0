//! Boxes of ISO/IEC 14496-12, the atoms of `QuickTime`: read without trust, written with the shortest header.

use super::super::bytes::{be32, be64, from, head, index, name};

/// A box.
#[derive(Clone, Copy)]
pub(in super::super) struct Boxed<'a> {
    pub(in super::super) name: [u8; 4],
    pub(in super::super) content: &'a [u8],
    /// Where its content begins in what was read.
    pub(in super::super) start: usize,
    /// Whether it ends where it says.
    pub(in super::super) is_whole: bool,
}

/// The boxes that follow each other, and what behind them is no box.
pub(in super::super) fn boxes(bytes: &[u8]) -> (Vec<Boxed<'_>>, &[u8]) {
    let (mut at, mut found) = (0, Vec::new());
    while let Some(one) = box_at(bytes, at) {
        at = one.start + one.content.len();
        found.push(one);
    }
    (found, from(bytes, at))
}

fn box_at(bytes: &[u8], at: usize) -> Option<Boxed<'_>> {
    let name = name(bytes, at + 4)?;
    let (header, length) = match be32(bytes, at)? {
        // To the end of the file, which only samples do; elsewhere four zeros end a list of QuickTime.
        0 if &name == b"mdat" => (8, bytes.len() - at),
        0 => return None,
        1 => (16, usize::try_from(be64(bytes, at + 8)?).unwrap_or(usize::MAX)),
        length => (8, index(length)),
    };
    let length = length.checked_sub(header)?;
    let content = head(from(bytes, at + header), length);
    Some(Boxed { name, content, start: at + header, is_whole: content.len() == length })
}

/// The content of the first box of a name.
pub(super) fn child<'a>(bytes: &'a [u8], name: &[u8; 4]) -> Option<&'a [u8]> {
    boxes(bytes).0.into_iter().find(|one| one.name == *name).map(|one| one.content)
}

/// Writes a box.
pub(super) fn write(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let length = content.len() + 8;
    let mut bytes = Vec::with_capacity(length);
    bytes.extend(u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes());
    bytes.extend(name);
    bytes.extend(content);
    bytes
}

/// Writes a box with its version and flags.
pub(super) fn write_full(name: &[u8; 4], version: u8, flags: u32, content: &[u8]) -> Vec<u8> {
    let mut whole = (flags & 0x00FF_FFFF | u32::from(version) << 24).to_be_bytes().to_vec();
    whole.extend(content);
    write(name, &whole)
}
