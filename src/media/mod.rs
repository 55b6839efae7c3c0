//! What pictures, films and sound say about people without showing it: [`inspect`] names it, [`strip_film`] takes it out of
//! films and sound that are handed out as they are. [`playing`] tells how long they play.
//!
//! Pictures need no stripping: they are written anew from their pixels, and [`is_clean`] holds that to account.
//!
//! Two files that differ only in what is taken out come out as the same bytes. That is why [`strip_film`] builds a file from
//! what it knows to be needed for playing, and leaves nothing out by name: what is not known does not go through.

mod base64;
mod bytes;
mod clean;
mod film;
mod format;
mod markup;
mod names;
mod picture;
mod playing;
mod refused;
mod report;
mod sound;
mod svg;
#[cfg(test)]
mod tests;
mod words;

pub use format::{Format, format_of};
pub use playing::{Playing, playing};
pub use refused::Refused;
pub use report::{Block, Hidden, Place, Reason, Report, Unread};
pub use svg::{Active, SvgFinding, svg_findings};

use report::Finder;

/// Everything that a file says without showing it. What is of no known format is searched for words and told as unread.
/// Never fails; memory and time are bounded by the length of the file.
#[must_use]
pub fn inspect(bytes: &[u8]) -> Report {
    let mut finder = Finder::new(bytes.len());
    look(&mut finder, bytes);
    finder.report
}

/// Looks into a file or into a file inside of another.
fn look(finder: &mut Finder, bytes: &[u8]) {
    match format_of(bytes) {
        Some(Format::Jpeg) => picture::jpeg::look(finder, bytes),
        Some(Format::Png) => picture::png::look(finder, bytes),
        Some(Format::WebP) => picture::webp::look(finder, bytes),
        Some(Format::Gif) => picture::gif::look(finder, bytes),
        Some(Format::Tiff) => picture::tiff::look(finder, bytes, true),
        Some(Format::Bmp) => picture::bmp::look(finder, bytes),
        Some(Format::Heic | Format::Avif) => picture::heif::look(finder, bytes),
        Some(Format::Mp4 | Format::M4a | Format::Mov) => film::look(finder, bytes),
        Some(Format::Mp3) => sound::mp3::look(finder, bytes),
        Some(Format::Wav) => sound::wav::look(finder, bytes),
        Some(Format::Ogg) => sound::ogg::look(finder, bytes),
        Some(Format::Flac) => sound::flac::look(finder, bytes),
        Some(Format::Svg) => svg::look(finder, bytes),
        None => finder.raw(Block::Unknown, "", bytes),
    }
}

/// The same film or sound without anything but what plays: no places, dates, names, covers, comments, captions and chapters,
/// no tracks but picture and sound. Nothing is coded anew, and the same input always gives the same bytes.
///
/// # Errors
/// [`Refused`] says why a file cannot be handed out: it is none of the formats, it is damaged, or it holds what is not known.
pub fn strip_film(bytes: &[u8]) -> Result<Vec<u8>, Refused> {
    match format_of(bytes) {
        Some(format @ (Format::Mp4 | Format::M4a | Format::Mov)) => film::strip(bytes, format),
        Some(Format::Mp3) => sound::mp3::strip(bytes),
        Some(Format::Wav) => sound::wav::strip(bytes),
        Some(Format::Ogg) => sound::ogg::strip(bytes),
        Some(Format::Flac) => sound::flac::strip(bytes),
        _ => Err(Refused::NoFilm),
    }
}

/// Whether a file says nothing beside what it shows: a JPEG, PNG or WebP of pixels and a colour profile alone, as our own
/// encoder writes it, or a film or sound that [`strip_film`] leaves as it is. Everything else is not clean.
#[must_use]
pub fn is_clean(bytes: &[u8]) -> bool {
    match format_of(bytes) {
        Some(Format::Jpeg) => clean::jpeg(bytes),
        Some(Format::Png) => clean::png(bytes),
        Some(Format::WebP) => clean::webp(bytes),
        Some(format) if format.is_film() => strip_film(bytes).is_ok_and(|stripped| stripped == bytes),
        _ => false,
    }
}
