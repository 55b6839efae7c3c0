//! Pictures: looked at by their header first, written anew from their pixels alone, so that no metadata of the original is left.

use crate::digest::Sha;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use std::fmt;
use std::io::Cursor;

/// The longest side of a picture on a page.
const SIDE_MAX: u32 = 1600;
/// More pixels than any camera makes: a header that claims more is not believed.
const PIXELS_MAX: u64 = 120_000_000;
const JPEG_QUALITY: u8 = 82;

/// Why a picture cannot be used.
#[derive(Debug)]
pub enum PictureFault {
    /// The bytes are no picture of a known kind, or are damaged.
    Damaged(String),
    /// The header claims more pixels than are believed.
    TooLarge(u32, u32),
}

impl fmt::Display for PictureFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PictureFault::Damaged(reason) => f.write_str(reason),
            PictureFault::TooLarge(width, height) => write!(f, "{width} × {height}"),
        }
    }
}

/// A picture ready for a page.
#[derive(Debug)]
pub struct Made {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The suffix of its file: `jpg` or `png`.
    pub suffix: &'static str,
}

/// Width and height as shown, the right way up, scaled to at most 1600 on the longer side.
///
/// # Errors
/// The bytes are no picture, or claim to be a monstrous one.
pub fn size(bytes: &[u8]) -> Result<(u32, u32), PictureFault> {
    let mut decoder = reader(bytes)?.into_decoder().map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS_MAX || width == 0 || height == 0 {
        return Err(PictureFault::TooLarge(width, height));
    }
    let turned = decoder.orientation().is_ok_and(is_turned);
    Ok(fit(if turned { (height, width) } else { (width, height) }))
}

/// Reads all pixels of a picture, since a header may be whole where the rest is not, and gives a hash of what is seen of it:
/// two files that differ in their hidden data only are one picture, and its address tells nothing of that data.
///
/// # Errors
/// The bytes are damaged somewhere.
pub fn appearance(bytes: &[u8]) -> Result<Sha, PictureFault> {
    let mut decoder = reader(bytes)?.into_decoder().map_err(damaged)?;
    let orientation = decoder.orientation().map_err(damaged)?;
    let profile = decoder.icc_profile().ok().flatten().unwrap_or_default();
    let image = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    let frame = format!("{}x{} {:?} {} {}", image.width(), image.height(), image.color(), orientation.to_exif(), suffix(bytes));
    Ok(Sha::of_parts([frame.as_bytes(), &profile, image.as_bytes()]))
}

/// The suffix that a picture's derivative gets: photographs stay JPEG, all else becomes PNG.
#[must_use]
pub fn suffix(bytes: &[u8]) -> &'static str {
    match image::guess_format(bytes) {
        Ok(ImageFormat::Jpeg) => "jpg",
        _ => "png",
    }
}

/// Decodes a picture, turns it upright, scales it down where it is larger than a page needs, and writes its pixels anew.
///
/// # Errors
/// The bytes are no picture, or claim to be a monstrous one.
pub fn make(bytes: &[u8]) -> Result<Made, PictureFault> {
    let (width, height) = size(bytes)?;
    let mut decoder = reader(bytes)?.into_decoder().map_err(damaged)?;
    let orientation = decoder.orientation().map_err(damaged)?;
    let profile = decoder.icc_profile().ok().flatten();
    let mut image = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    image.apply_orientation(orientation);
    if image.width() > width || image.height() > height {
        image = image.resize_exact(width, height, image::imageops::FilterType::CatmullRom);
    }
    let suffix = suffix(bytes);
    let bytes = encode(&image, suffix, profile).map_err(damaged)?;
    Ok(Made { bytes, suffix })
}

fn encode(image: &DynamicImage, suffix: &str, profile: Option<Vec<u8>>) -> image::ImageResult<Vec<u8>> {
    use image::ImageEncoder;
    let mut out = Vec::new();
    if suffix == "jpg" {
        let mut encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut out, JPEG_QUALITY);
        set_profile(&mut encoder, profile);
        let rgb = image.to_rgb8();
        encoder.write_image(rgb.as_raw(), rgb.width(), rgb.height(), image::ExtendedColorType::Rgb8)?;
    } else {
        let mut encoder = image::codecs::png::PngEncoder::new(&mut out);
        set_profile(&mut encoder, profile);
        let rgba = image.to_rgba8();
        encoder.write_image(rgba.as_raw(), rgba.width(), rgba.height(), image::ExtendedColorType::Rgba8)?;
    }
    Ok(out)
}

/// Keeps the colour profile where the format can carry it; without it wide-gamut photographs turn dull.
fn set_profile(encoder: &mut impl image::ImageEncoder, profile: Option<Vec<u8>>) {
    if let Some(profile) = profile {
        // A format that cannot carry a profile shows its colours a little differently, which is no fault of the picture.
        let _ = encoder.set_icc_profile(profile);
    }
}

fn reader(bytes: &[u8]) -> Result<ImageReader<Cursor<&[u8]>>, PictureFault> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|error| PictureFault::Damaged(error.to_string()))?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(PIXELS_MAX * 4);
    reader.limits(limits);
    Ok(reader)
}

fn is_turned(orientation: image::metadata::Orientation) -> bool {
    use image::metadata::Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
}

fn fit((width, height): (u32, u32)) -> (u32, u32) {
    let longest = width.max(height);
    if longest <= SIDE_MAX {
        return (width, height);
    }
    let scale = |side: u32| u32::try_from((u64::from(side) * u64::from(SIDE_MAX) + u64::from(longest) / 2) / u64::from(longest)).unwrap_or(1).max(1);
    (scale(width), scale(height))
}

fn damaged(error: image::ImageError) -> PictureFault {
    PictureFault::Damaged(error.to_string())
}
