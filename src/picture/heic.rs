//! HEIC, as phones save photographs. Its size is read from its boxes before anything is decoded; the turns that the file asks
//! for are made by the decoder, and what its Exif says of them does not count (ISO/IEC 23008-12 §6.5.10).

use super::{Damage, PictureFault, profile};
use heifer::heifer_isobmff::{self, HeifFile};
use heifer::{Error, Options};
use image::{DynamicImage, RgbaImage};

/// A picture that was cropped, turned and put together of tiles takes three or four.
const STEPS_MAX: usize = 8;

/// The name of the format of a file of boxes that holds pictures: HEIC is read, AVIF is not. None for any other file.
pub(super) fn kind(bytes: &[u8]) -> Option<&'static str> {
    let brand = bytes.get(8..12).filter(|_| bytes.get(4..8) == Some(b"ftyp"))?;
    let size = u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
    let brands = bytes.get(16..usize::try_from(size).ok()?.min(bytes.len())).unwrap_or_default();
    let is_avif = |brand: &[u8]| matches!(brand, b"avif" | b"avis");
    if is_avif(brand) || brands.chunks_exact(4).any(is_avif) {
        return Some("AVIF");
    }
    matches!(brand, b"heic" | b"heix" | b"hevc" | b"hevx" | b"heim" | b"heis" | b"hevm" | b"hevs" | b"mif1" | b"mif2" | b"msf1").then_some("HEIC")
}

/// Width and height that the file claims, as it is coded.
pub(super) fn size(bytes: &[u8]) -> Result<(u32, u32), PictureFault> {
    let file = HeifFile::parse(bytes).map_err(container)?;
    if !is_shallow(&file) {
        return Err(PictureFault::broken("HEIC: dimg"));
    }
    let size = file.image_size(file.primary_id).map_err(container)?;
    size.ok_or_else(|| PictureFault::broken("HEIC: ispe"))
}

/// Whether the picture is derived from another in few steps. The search for its profile follows them without counting, and in a
/// file whose pictures are derived from each other it would never end.
fn is_shallow(file: &HeifFile) -> bool {
    let first_of = |item| file.referenced_items(item, b"dimg").first().copied();
    std::iter::successors(Some(file.primary_id), |item| first_of(*item)).take(STEPS_MAX + 1).count() <= STEPS_MAX
}

/// The pixels, and the colour profile that they are of. Where the file names its colours in another way, they become those of
/// every screen, since a derivative could not say which they were.
pub(super) fn decode(bytes: &[u8], pixels_max: u64) -> Result<(DynamicImage, Option<Vec<u8>>), PictureFault> {
    // Pictures are read on all cores already, each by itself.
    let options = Options { max_threads: 1, max_pixels: pixels_max };
    let profile = heifer::read_metadata(bytes).map_err(fault)?.icc_profile;
    let decoded = match profile.as_deref().map(profile::rebuilt) {
        Some(Some(_)) => heifer::decode_rgba8(bytes, &options),
        // A profile that cannot go along is used here, unless it is broken.
        Some(None) => heifer::decode_srgb_rgba8(bytes, &options).or_else(|_| heifer::decode_rgba8(bytes, &options)),
        None => heifer::decode_srgb_rgba8(bytes, &options),
    };
    let decoded = decoded.map_err(fault)?;
    let image = RgbaImage::from_raw(decoded.width, decoded.height, decoded.data);
    let image = image.ok_or_else(|| PictureFault::broken("HEIC"))?;
    Ok((DynamicImage::ImageRgba8(image), profile))
}

fn fault(error: Error) -> PictureFault {
    match error {
        Error::Unsupported(_) => PictureFault::Unsupported("HEIC".to_owned()),
        Error::Container(error) => container(error),
        other => PictureFault::broken(other),
    }
}

fn container(error: heifer_isobmff::Error) -> PictureFault {
    match error {
        heifer_isobmff::Error::UnexpectedEof => PictureFault::Damaged(Damage::CutOff),
        other => PictureFault::broken(other),
    }
}
