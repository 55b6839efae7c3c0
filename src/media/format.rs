//! Which format a file has, told by its bytes alone: names lie.

use super::bytes::{from, head, name};

/// A format of pictures, films or sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// JPEG, ISO/IEC 10918-1.
    Jpeg,
    /// PNG, also animated.
    Png,
    /// WebP in its RIFF container.
    WebP,
    /// GIF 87a and 89a.
    Gif,
    /// TIFF 6.0 of either byte order; `BigTIFF` too.
    Tiff,
    /// Windows bitmap.
    Bmp,
    /// HEIF with HEVC or of unknown coding.
    Heic,
    /// HEIF with AV1.
    Avif,
    /// MPEG-4 film, ISO/IEC 14496-12, 3GP too.
    Mp4,
    /// MPEG-4 sound.
    M4a,
    /// `QuickTime` film.
    Mov,
    /// MPEG audio, layer III.
    Mp3,
    /// RIFF/WAVE.
    Wav,
    /// Ogg of any content.
    Ogg,
    /// Native FLAC.
    Flac,
    /// SVG.
    Svg,
}

impl Format {
    /// Whether it is a film or sound, which [`super::strip_film`] takes.
    #[must_use]
    pub fn is_film(self) -> bool {
        !self.suffixes().is_empty()
    }

    /// The suffixes that files of films and sound have; none of any other format. A film of one brand plays under the suffix of
    /// its sisters.
    #[must_use]
    pub fn suffixes(self) -> &'static [&'static str] {
        match self {
            Format::Mp4 => &["mp4", "m4v", "mov", "m4a", "3gp"],
            Format::M4a => &["m4a", "mp4", "m4b"],
            Format::Mov => &["mov", "mp4", "qt"],
            Format::Mp3 => &["mp3"],
            Format::Wav => &["wav"],
            Format::Ogg => &["ogg", "oga", "ogv", "opus"],
            Format::Flac => &["flac"],
            _ => &[],
        }
    }
}

/// How far into a text the `<svg` element may begin.
const SVG_HEAD: usize = 64 << 10;

/// The format of a file; none for what is no picture, film or sound of the list.
#[must_use]
pub fn format_of(bytes: &[u8]) -> Option<Format> {
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => Some(Format::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(Format::Png),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Format::Gif),
        [b'I', b'I', 42 | 43, 0, ..] | [b'M', b'M', 0, 42 | 43, ..] => Some(Format::Tiff),
        [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => Some(Format::Bmp),
        [b'R', b'I', b'F', b'F' | b'X', ..] | [b'R', b'F', b'6', b'4', ..] => riff(bytes),
        [b'O', b'g', b'g', b'S', ..] => Some(Format::Ogg),
        [b'f', b'L', b'a', b'C', ..] => Some(Format::Flac),
        _ => boxed(bytes).or_else(|| sound(bytes)).or_else(|| svg(bytes)),
    }
}

fn riff(bytes: &[u8]) -> Option<Format> {
    match &name(bytes, 8)? {
        b"WEBP" => Some(Format::WebP),
        b"WAVE" => Some(Format::Wav),
        _ => None,
    }
}

/// ISO base media files by their brand, `QuickTime` files by their first box.
fn boxed(bytes: &[u8]) -> Option<Format> {
    match &name(bytes, 4)? {
        b"ftyp" => {}
        b"moov" | b"mdat" | b"wide" | b"free" | b"skip" | b"pnot" => return Some(Format::Mov),
        _ => return None,
    }
    Some(match &name(bytes, 8)? {
        b"qt  " => Format::Mov,
        b"M4A " | b"M4B " | b"M4P " => Format::M4a,
        b"avif" | b"avis" => Format::Avif,
        b"mif1" | b"msf1" | b"mif2" | b"mif3" => {
            let size = super::bytes::be32(bytes, 0).map_or(0, super::bytes::index);
            let brands = from(head(bytes, size), 16);
            if brands.chunks_exact(4).any(|brand| brand == b"avif" || brand == b"avis") { Format::Avif } else { Format::Heic }
        }
        b"heic" | b"heix" | b"hevc" | b"hevx" | b"heim" | b"heis" | b"hevm" | b"hevs" => Format::Heic,
        _ => Format::Mp4,
    })
}

/// Sound that begins with a tag or right with a frame.
fn sound(bytes: &[u8]) -> Option<Format> {
    if let Some(behind) = super::sound::behind_id3(bytes) {
        return Some(if from(bytes, behind).starts_with(b"fLaC") { Format::Flac } else { Format::Mp3 });
    }
    if bytes.starts_with(b"APETAGEX") || super::sound::is_frame(bytes) { Some(Format::Mp3) } else { None }
}

fn svg(bytes: &[u8]) -> Option<Format> {
    super::svg::has_root(&super::words::guess(head(bytes, SVG_HEAD))).then_some(Format::Svg)
}
