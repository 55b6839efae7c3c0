//! The same film without anything but what plays: read into tracks, written from them. Nothing goes through that has no place here.

use super::super::bytes::{be32, byte, piece};
use super::super::format::Format;
use super::super::refused::Refused;
use super::boxes::{Boxed, boxes, child};
use super::track::{self, Kind, Track};
use super::{samples, write};

/// A film as it will be written.
pub(super) struct Film {
    /// Units in a second.
    pub(super) scale: u32,
    /// Rate and volume.
    pub(super) playing: Vec<u8>,
    /// How its pictures are turned.
    pub(super) matrix: Vec<u8>,
    pub(super) tracks: Vec<Track>,
}

const DAMAGED: Refused = Refused::Damaged("moov");

/// Strips a film. Offsets of samples are written for the new file: what was taken out leaves no gap.
///
/// # Errors
/// The film is damaged or in fragments, or a track is coded in a way whose words cannot be told apart.
pub(in super::super) fn strip(bytes: &[u8], format: Format) -> Result<Vec<u8>, Refused> {
    let (found, _) = boxes(bytes);
    if found.iter().any(|one| one.name == *b"moof" || one.name == *b"styp") {
        return Err(Refused::Fragmented);
    }
    let mut movies = found.iter().filter(|one| one.name == *b"moov");
    let movie = movies.next().filter(|movie| movie.is_whole).ok_or(DAMAGED)?;
    if movies.next().is_some() {
        return Err(DAMAGED);
    }
    let mut film = read(movie.content)?;
    let body = samples::gather(bytes, &mut film)?;
    Ok(write::file(&film, &body, format))
}

fn read(movie: &[u8]) -> Result<Film, Refused> {
    let (found, _) = boxes(movie);
    if found.iter().any(|one| one.name == *b"mvex") {
        return Err(Refused::Fragmented);
    }
    if found.iter().any(|one| one.name == *b"cmov") {
        return Err(Refused::Codec(*b"cmov"));
    }
    let header = child(movie, b"mvhd").ok_or(DAMAGED)?;
    let wide = usize::from(byte(header, 0) == Some(1));
    let mut tracks = tracks(&found)?;
    // A track without samples plays nothing.
    tracks.retain(|track| !track.tables.chunks.is_empty());
    if tracks.is_empty() {
        return Err(Refused::NoTrack);
    }
    Ok(Film {
        scale: be32(header, 12 + wide * 8).ok_or(DAMAGED)?,
        playing: piece(header, 20 + wide * 12, 6).ok_or(DAMAGED)?.to_vec(),
        matrix: piece(header, 36 + wide * 12, 36).ok_or(DAMAGED)?.to_vec(),
        tracks,
    })
}

/// The tracks of picture and sound. One of unknown coding is left out where another stands for it: telephones write spatial
/// sound beside plain sound and mark the two as alternatives.
fn tracks(found: &[Boxed<'_>]) -> Result<Vec<Track>, Refused> {
    let (mut tracks, mut refused) = (Vec::new(), Vec::new());
    for one in found.iter().filter(|one| one.name == *b"trak") {
        let Some(kind) = track::kind(one.content) else { continue };
        match track::read(one.content, kind) {
            Ok(track) => tracks.push(track),
            Err(Refused::Codec(name)) => refused.push((kind, track::group(one.content), name)),
            Err(reason) => return Err(reason),
        }
    }
    let stands_for = |kind, group| group != 0 && tracks.iter().any(|track: &Track| track.kind == kind && track.group() == group);
    match refused.into_iter().find(|(kind, group, _)| !stands_for(*kind, *group)) {
        Some((.., name)) => Err(Refused::Codec(name)),
        None => Ok(tracks),
    }
}

impl Film {
    /// Whether any track shows pictures.
    pub(super) fn has_pictures(&self) -> bool {
        self.tracks.iter().any(|track| track.kind == Kind::Picture)
    }
}
