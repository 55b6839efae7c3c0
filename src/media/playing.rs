//! How long a film or sound plays and how large its picture is, as its container says: nothing is decoded.

use super::format::{Format, format_of};
use super::{film, sound};

/// What a player needs to know before it has loaded anything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Playing {
    /// How long it lasts, in milliseconds; none where the container does not say.
    pub length_ms: Option<u64>,
    /// Width and height of the picture in pixels, the right way up; none for sound.
    pub size: Option<(u32, u32)>,
}

/// What a film or sound tells of itself; none for other files. Never fails; time is bounded by the length of the file.
#[must_use]
pub fn playing(bytes: &[u8]) -> Option<Playing> {
    let of_sound = |length_ms| Some(Playing { length_ms, size: None });
    match format_of(bytes)? {
        Format::Mp4 | Format::M4a | Format::Mov => Some(film::playing(bytes)),
        Format::Mp3 => of_sound(sound::mp3::length_ms(bytes)),
        Format::Wav => of_sound(sound::wav::length_ms(bytes)),
        Format::Ogg => of_sound(sound::ogg::length_ms(bytes)),
        Format::Flac => of_sound(sound::flac::length_ms(bytes)),
        _ => None,
    }
}

/// Units of which there are so many in a second, in milliseconds.
pub(super) fn in_ms(units: u64, a_second: u64) -> Option<u64> {
    let ms = (u128::from(units) * 1000).checked_div(u128::from(a_second))?;
    u64::try_from(ms).ok()
}
