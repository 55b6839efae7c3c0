//! Sound: tags before, behind and between the frames, and the same frames without them.

pub(super) mod aac;
mod ancillary;
pub(super) mod comment;
pub(super) mod flac;
pub(super) mod id3;
pub(super) mod mp3;
pub(super) mod ogg;
pub(super) mod tags;
pub(super) mod wav;

/// Where an `ID3v2` tag at the beginning ends; none if there is none.
pub(super) fn behind_id3(bytes: &[u8]) -> Option<usize> {
    id3::length(bytes)
}

/// Whether an MPEG audio frame of layer III begins here.
pub(super) fn is_frame(bytes: &[u8]) -> bool {
    mp3::frame(bytes).is_some_and(|frame| mp3::follows(bytes, &frame))
}
