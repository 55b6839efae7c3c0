//! Length and size of a film, from the headers of film and tracks.

use super::super::bytes::{be32, byte, piece};
use super::super::playing::{Playing, in_ms};
use super::boxes::{Boxed, boxes, child};
use super::track::{self, Kind, length};

/// Pixels above this are a damaged header and no film.
const SIDE_MAX: u32 = 32_768;

/// What a film tells of itself; what is damaged tells nothing.
pub(in super::super) fn playing(bytes: &[u8]) -> Playing {
    let (found, _) = boxes(bytes);
    let Some(movie) = found.iter().find(|one| one.name == *b"moov") else { return Playing::default() };
    let (parts, _) = boxes(movie.content);
    let tracks = || parts.iter().filter(|one| one.name == *b"trak");
    let size = tracks().filter(|one| track::kind(one.content) == Some(Kind::Picture)).find_map(|one| size(one.content));
    Playing { length_ms: length_ms(movie.content, tracks()), size }
}

/// The longest track of picture or sound, in units of the film.
fn length_ms<'f>(movie: &[u8], tracks: impl Iterator<Item = &'f Boxed<'f>>) -> Option<u64> {
    let header = child(movie, b"mvhd")?;
    let wide = usize::from(byte(header, 0) == Some(1));
    let scale = be32(header, 12 + wide * 8)?;
    let shown = |one: &Boxed| {
        let header = child(one.content, b"tkhd")?;
        let wide = byte(header, 0) == Some(1);
        length(header, 20 + usize::from(wide) * 8, wide).filter(|shown| *shown != u64::MAX)
    };
    let longest = tracks.filter(|one| track::kind(one.content).is_some()).filter_map(shown).max()?;
    in_ms(longest, u64::from(scale)).filter(|ms| *ms > 0)
}

/// Width and height as they are shown: the header has them before the picture is turned.
fn size(trak: &[u8]) -> Option<(u32, u32)> {
    let header = child(trak, b"tkhd")?;
    let start = 40 + usize::from(byte(header, 0) == Some(1)) * 12;
    // Numbers of 16.16 bits.
    let side = |at: usize| Some(be32(header, start + at)? >> 16).filter(|side| (1..=SIDE_MAX).contains(side));
    let (width, height) = (side(36)?, side(40)?);
    let is_turned = piece(header, start, 4)? == [0; 4] && piece(header, start + 16, 4)? == [0; 4];
    Some(if is_turned { (height, width) } else { (width, height) })
}
