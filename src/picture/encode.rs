//! Pixels → the files of a page: scaled, never enlarged, and written with their colour profile and nothing else.

use super::decode::Upright;
use super::{PictureFault, palette, sizes};
use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{self, PngEncoder};
use image::{ColorType, ImageEncoder};
use std::collections::BTreeSet;

const JPEG_QUALITY: u8 = 82;
/// The format has no larger numbers for its sides.
const JPEG_SIDE_MAX: u32 = 65_535;
/// A drawing, a chart, a screen: not more colours than these, or shades of grey.
const COLOURS_FEW: usize = 512;
const SHADES_FEW: usize = 32;
/// One of so many neighbours that differs makes a photograph.
const CHANGES_MANY: usize = 4;
/// Of a large picture so many pixels are looked at.
const PIXELS_LOOKED_AT: usize = 1 << 20;

/// The suffix that a picture's derivatives get: what is transparent, drawn in few colours or too long for a
/// JPEG becomes PNG, all else JPEG.
pub(super) fn suffix(upright: &Upright) -> &'static str {
    let is_drawn = || !upright.is_photograph && has_few_colours(upright) && !is_restless(upright);
    let is_long = || sizes(upright.image.width(), upright.image.height()).iter().any(|(width, height)| width.max(height) > &JPEG_SIDE_MAX);
    if upright.image.color().has_alpha() || is_drawn() || is_long() { "png" } else { "jpg" }
}

fn pixels(upright: &Upright) -> std::slice::ChunksExact<'_, u8> {
    upright.image.as_bytes().chunks_exact(usize::from(upright.image.color().bytes_per_pixel()))
}

fn has_few_colours(upright: &Upright) -> bool {
    let limit = if upright.image.color().has_color() { COLOURS_FEW } else { SHADES_FEW };
    let pixels = pixels(upright);
    let step = (pixels.len() / PIXELS_LOOKED_AT).max(1);
    let mut seen = BTreeSet::new();
    let mut last: &[u8] = &[];
    for pixel in pixels.step_by(step) {
        if pixel != last && seen.insert(pixel) && seen.len() > limit {
            return false;
        }
        last = pixel;
    }
    true
}

/// Whether a pixel often differs from the one beside it: a photograph, squeezed into the palette of a GIF. Of a drawing most
/// neighbours are alike. Whole rows are looked at.
fn is_restless(upright: &Upright) -> bool {
    let size = usize::from(upright.image.color().bytes_per_pixel());
    let row = usize::try_from(upright.image.width()).unwrap_or(1) * size;
    let rows = upright.image.as_bytes().chunks_exact(row);
    let step = (upright.image.as_bytes().len() / size / PIXELS_LOOKED_AT).max(1);
    let (mut changes, mut neighbours) = (0, 0);
    for row in rows.step_by(step) {
        let next = row.get(size..).unwrap_or_default().chunks_exact(size);
        neighbours += next.len();
        changes += row.chunks_exact(size).zip(next).filter(|(one, next)| one != next).count();
    }
    changes > neighbours / CHANGES_MANY
}

/// Pixels of one size.
struct Scaled {
    width: u32,
    height: u32,
    pixels: Vec<u8>,
}

/// Every width that is wanted as the bytes of a file, the widest first; each is made of the next wider one, wanted or not.
pub(super) fn all(upright: &Upright, suffix: &str, is_wanted: impl Fn(u32) -> bool) -> Result<Vec<(u32, Vec<u8>)>, PictureFault> {
    let image = &upright.image;
    let mut made = Vec::new();
    let mut last: Option<Scaled> = None;
    for (width, height) in sizes(image.width(), image.height()) {
        let source = last.as_ref().map_or((image.width(), image.height(), image.as_bytes()), |last| (last.width, last.height, &last.pixels));
        let is_whole = (source.0, source.1) == (width, height);
        let scaled = if is_whole { None } else { Some(scale(source, (width, height), image.color())?) };
        let pixels = scaled.as_ref().map_or(source.2, |scaled| &scaled.pixels);
        if is_wanted(width) {
            made.push((width, write((width, height, pixels), image.color(), suffix, upright.profile.as_deref())?));
        }
        last = scaled.or(last);
    }
    Ok(made)
}

fn scale((width, height, pixels): (u32, u32, &[u8]), to: (u32, u32), color: ColorType) -> Result<Scaled, PictureFault> {
    let kind = match color {
        ColorType::L8 => PixelType::U8,
        ColorType::Rgba8 => PixelType::U8x4,
        _ => PixelType::U8x3,
    };
    let source = ImageRef::new(width, height, pixels, kind).map_err(PictureFault::broken)?;
    let mut target = Image::new(to.0, to.1, kind);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom));
    Resizer::new().resize(&source, &mut target, &options).map_err(PictureFault::broken)?;
    Ok(Scaled { width: to.0, height: to.1, pixels: target.into_vec() })
}

fn write((width, height, pixels): (u32, u32, &[u8]), color: ColorType, suffix: &str, profile: Option<&[u8]>) -> Result<Vec<u8>, PictureFault> {
    if suffix == "png"
        && let Some(written) = palette::write((width, height), pixels, color, profile)
    {
        return written;
    }
    let mut out = Vec::new();
    let written = if suffix == "jpg" {
        let mut encoder = JpegEncoder::new_with_quality(&mut out, JPEG_QUALITY);
        set_profile(&mut encoder, profile);
        encoder.write_image(pixels, width, height, color.into())
    } else {
        let mut encoder = PngEncoder::new_with_quality(&mut out, png::CompressionType::Default, png::FilterType::Adaptive);
        set_profile(&mut encoder, profile);
        encoder.write_image(pixels, width, height, color.into())
    };
    written.map_err(PictureFault::of)?;
    Ok(out)
}

/// Keeps the colour profile; without it wide-gamut photographs turn dull.
fn set_profile(encoder: &mut impl ImageEncoder, profile: Option<&[u8]>) {
    if let Some(profile) = profile {
        // Both formats can carry one.
        let _ = encoder.set_icc_profile(profile.to_vec());
    }
}
