//! PNG of few colours: each pixel is a number in a palette, in as few bits as the numbers take. A drawing weighs a third of what it
//! does with its colours written out.

use super::PictureFault;
use image::ColorType;
use png::{BitDepth, Encoder, EncodingError, Filter, Info};
use std::collections::{BTreeMap, BTreeSet};

/// What a palette holds at most.
const COLOURS_MAX: usize = 256;

/// The bytes of a picture in a palette; none where it has more colours than fit in, or none at all: shades of grey are one byte each
/// anyway, and a profile of grey fits no palette.
pub(super) fn write(size: (u32, u32), pixels: &[u8], color: ColorType, profile: Option<&[u8]>) -> Option<Result<Vec<u8>, PictureFault>> {
    let pixels = || pixels.chunks_exact(usize::from(color.bytes_per_pixel()));
    let colours = color.has_color().then(|| colours(pixels())).flatten()?;
    let (bits, depth) = match colours.len() {
        0..=2 => (1, BitDepth::One),
        3..=4 => (2, BitDepth::Two),
        5..=16 => (4, BitDepth::Four),
        _ => (8, BitDepth::Eight),
    };
    let numbers: BTreeMap<&[u8], u8> = colours.iter().copied().zip(0..=u8::MAX).collect();
    let numbers: Vec<u8> = pixels().map(|pixel| numbers.get(pixel).copied().unwrap_or(0)).collect();
    let mut info = Info::with_size(size.0, size.1);
    info.color_type = png::ColorType::Indexed;
    info.bit_depth = depth;
    info.palette = Some(colours.iter().flat_map(|colour| colour.iter().take(3)).copied().collect());
    let veils: Vec<u8> = colours.iter().filter_map(|colour| colour.get(3)).copied().filter(|alpha| *alpha < u8::MAX).collect();
    info.trns = (!veils.is_empty()).then_some(veils.into());
    info.icc_profile = profile.map(Into::into);
    let width = usize::try_from(size.0).ok()?;
    Some(encode(info, &packed(&numbers, width, bits)).map_err(PictureFault::broken))
}

/// All colours, the transparent ones first, since only theirs need a second table.
fn colours<'a>(pixels: impl Iterator<Item = &'a [u8]>) -> Option<Vec<&'a [u8]>> {
    let mut seen = BTreeSet::new();
    let mut last: &[u8] = &[];
    for pixel in pixels {
        if pixel != last && seen.insert((pixel.get(3) == Some(&u8::MAX), pixel)) && seen.len() > COLOURS_MAX {
            return None;
        }
        last = pixel;
    }
    Some(seen.into_iter().map(|(_, pixel)| pixel).collect())
}

/// Several numbers a byte, the first in its high bits; each row begins a new byte.
fn packed(numbers: &[u8], width: usize, bits: usize) -> Vec<u8> {
    let byte = |part: &[u8]| part.iter().enumerate().fold(0, |byte, (at, number)| byte | number << (8 - bits * (at + 1)));
    numbers.chunks(width).flat_map(|row| row.chunks(8 / bits).map(byte)).collect()
}

fn encode(info: Info, rows: &[u8]) -> Result<Vec<u8>, EncodingError> {
    let mut out = Vec::new();
    let mut encoder = Encoder::with_info(&mut out, info)?;
    // Numbers of neighbours say nothing of each other.
    encoder.set_filter(Filter::NoFilter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(rows)?;
    writer.finish()?;
    Ok(out)
}
