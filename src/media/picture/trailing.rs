//! What follows the end of a picture: a second one, the film of a motion photo, a phone maker's own blocks, or anything else.

use super::super::bytes::{find, from, head};
use super::super::format::{Format, format_of};
use super::super::report::{Block, Finder};
use super::jpeg;

/// How often a further picture or film is looked for.
const PARTS_MAX: usize = 32;

/// Looks through the bytes after the end.
pub(super) fn look(finder: &mut Finder, bytes: &[u8]) {
    if bytes.is_empty() {
        return;
    }
    finder.report.trailing += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    finder.block(Block::Trailing);
    if !finder.spend(bytes.len()) {
        return;
    }
    let (mut rest, mut parts) = (bytes, 0);
    while let (Some((start, kind)), true) = (next(rest), parts < PARTS_MAX) {
        finder.raw(Block::Trailing, "", head(rest, start));
        let part = from(rest, start);
        parts += 1;
        match kind {
            Block::SecondPicture => {
                let length = jpeg::end(part).unwrap_or(part.len());
                finder.report.thumbnails += 1;
                finder.nested(kind, head(part, length), super::super::look);
                rest = from(part, length);
            }
            // A film's boxes reach to its end, and the makers' blocks behind it are told as its stray bytes.
            _ => {
                finder.nested(kind, part, super::super::look);
                rest = &[];
            }
        }
    }
    finder.raw(Block::Trailing, "", rest);
}

/// Where the next picture or film begins.
fn next(bytes: &[u8]) -> Option<(usize, Block)> {
    let picture = find(bytes, &[0xFF, 0xD8, 0xFF], 0).filter(|at| jpeg::end(from(bytes, *at)).is_some());
    let film =
        find(bytes, b"ftyp", 4).map(|at| at - 4).filter(|at| matches!(format_of(from(bytes, *at)), Some(Format::Mp4 | Format::Mov | Format::M4a)));
    match (picture, film) {
        (Some(picture), film) if film.is_none_or(|film| picture < film) => Some((picture, Block::SecondPicture)),
        (_, Some(film)) => Some((film, Block::MotionFilm)),
        _ => None,
    }
}
