//! Bytes → pixels of eight bits, the right way up, with the colour profile that fits them. Nothing is believed before its size
//! is known, and a decoder that stops short takes nobody with it.

use super::{Damage, PictureFault, Remarks, heic, jpeg, profile};
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::{ColorType, DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// More pixels than are shown of any photograph: a header that claims more is not believed.
const PIXELS_MAX: u64 = 120_000_000;
/// Pictures of more pixels are read one at a time: each takes some hundred megabytes.
const PIXELS_SHARED: u64 = 30_000_000;

/// More than a header with its profile takes.
const HEADER_ALLOC: u64 = 32 << 20;

/// Held while a large picture is in memory.
static ALONE: Mutex<()> = Mutex::new(());

/// The pixels of a picture: grey, red-green-blue, or the latter with transparency, eight bits each.
pub(super) struct Upright {
    pub(super) image: DynamicImage,
    /// The colour profile, which is of the colours that the pixels have.
    pub(super) profile: Option<Vec<u8>>,
    /// Whether the source was made for photographs.
    pub(super) is_photograph: bool,
    pub(super) remarks: Remarks,
    _alone: Option<MutexGuard<'static, ()>>,
}

/// How pictures begin that only special programs show.
const UNREAD: &[(&[u8], &str)] = &[
    (b"II+\0", "BigTIFF"),
    (b"MM\0+", "BigTIFF"),
    (b"8BPS", "PSD"),
    (b"\0\0\x01\0", "ICO"),
    (b"\xFF\x0A", "JPEG XL"),
    (b"\0\0\0\x0CJXL ", "JPEG XL"),
    (b"\0\0\0\x0CjP  ", "JPEG 2000"),
];

/// A kind of picture that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Heic,
    Plain(ImageFormat),
}

impl Kind {
    fn of(bytes: &[u8]) -> Result<Kind, PictureFault> {
        if let Some(kind) = heic::kind(bytes) {
            return if kind == "HEIC" { Ok(Kind::Heic) } else { Err(PictureFault::Unsupported(kind.to_owned())) };
        }
        if let Some((_, name)) = UNREAD.iter().find(|(sign, _)| bytes.starts_with(sign)) {
            return Err(PictureFault::Unsupported((*name).to_owned()));
        }
        let damage = if bytes.is_empty() { Damage::Empty } else { Damage::NotAPicture };
        image::guess_format(bytes).map(Kind::Plain).map_err(|_| PictureFault::Damaged(damage))
    }
}

/// Reads all pixels of a picture.
pub(super) fn upright(bytes: &[u8]) -> Result<Upright, PictureFault> {
    // A decoder that fails on a broken file fails for that file only.
    catch_unwind(AssertUnwindSafe(|| read(bytes))).unwrap_or_else(|_| Err(PictureFault::broken("!")))
}

fn read(bytes: &[u8]) -> Result<Upright, PictureFault> {
    let kind = Kind::of(bytes)?;
    if let Some(name) = Some(bytes).filter(|_| kind == Kind::Plain(ImageFormat::Jpeg)).and_then(jpeg::unread) {
        return Err(PictureFault::Unsupported(name.to_owned()));
    }
    let (width, height) = match kind {
        Kind::Heic => heic::size(bytes)?,
        Kind::Plain(format) => with_limits(bytes, format, small()).into_dimensions().map_err(PictureFault::of)?,
    };
    let pixels = u64::from(width) * u64::from(height);
    if pixels == 0 {
        return Err(PictureFault::broken("0 × 0"));
    }
    if pixels > PIXELS_MAX {
        return Err(PictureFault::TooLarge(width, height));
    }
    let alone = (pixels > PIXELS_SHARED).then(|| ALONE.lock().unwrap_or_else(PoisonError::into_inner));
    let (image, profile) = match kind {
        Kind::Heic => heic::decode(bytes, PIXELS_MAX)?,
        Kind::Plain(format) => decode(bytes, format)?,
    };
    let image = eight_bits(image);
    let given = profile.filter(|profile| profile::is_of(profile, image.color()));
    let profile = given.as_deref().and_then(profile::rebuilt);
    let mut remarks = remarks(bytes, kind);
    // A HEIC has been turned into the colours of a screen.
    remarks.lost_profile = given.is_some() && profile.is_none() && kind != Kind::Heic;
    let is_photograph = matches!(kind, Kind::Heic | Kind::Plain(ImageFormat::Jpeg));
    Ok(Upright { image, profile, is_photograph, remarks, _alone: alone })
}

fn with_limits(bytes: &[u8], format: ImageFormat, limits: Limits) -> ImageReader<Cursor<&[u8]>> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    reader
}

/// What a header may take: a compressed profile of half a gigabyte is not believed.
fn small() -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(HEADER_ALLOC);
    limits
}

/// Sixteen bits of four colours is the most that a pixel takes before it becomes one of eight bits.
fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_alloc = Some(PIXELS_MAX * 8);
    limits
}

fn decode(bytes: &[u8], format: ImageFormat) -> Result<(DynamicImage, Option<Vec<u8>>), PictureFault> {
    if format == ImageFormat::Jpeg && jpeg::is_cut(bytes) {
        return Err(PictureFault::Damaged(Damage::CutOff));
    }
    if format == ImageFormat::Png {
        // The rows come one by one; only what is compressed beside them could be larger.
        return pixels(PngDecoder::with_limits(Cursor::new(bytes), small()).map_err(PictureFault::of)?);
    }
    pixels(with_limits(bytes, format, limits()).into_decoder().map_err(PictureFault::of)?)
}

fn pixels(mut decoder: impl ImageDecoder) -> Result<(DynamicImage, Option<Vec<u8>>), PictureFault> {
    let orientation = decoder.orientation().map_err(PictureFault::of)?;
    let profile = decoder.icc_profile().ok().flatten();
    let mut image = DynamicImage::from_decoder(decoder).map_err(PictureFault::of)?;
    image.apply_orientation(orientation);
    Ok((image, profile))
}

/// The same picture in eight bits a colour, without a transparency that hides nothing.
fn eight_bits(image: DynamicImage) -> DynamicImage {
    match image.color() {
        ColorType::L8 | ColorType::Rgb8 => image,
        ColorType::L16 => DynamicImage::ImageLuma8(image.into_luma8()),
        color if color.has_alpha() => {
            let whole = image.into_rgba8();
            if whole.pixels().all(|pixel| pixel.0[3] == u8::MAX) {
                let opaque = DynamicImage::ImageRgba8(whole);
                if color.has_color() { DynamicImage::ImageRgb8(opaque.into_rgb8()) } else { DynamicImage::ImageLuma8(opaque.into_luma8()) }
            } else {
                DynamicImage::ImageRgba8(whole)
            }
        }
        _ => DynamicImage::ImageRgb8(image.into_rgb8()),
    }
}

fn remarks(bytes: &[u8], kind: Kind) -> Remarks {
    let cursor = || Cursor::new(bytes);
    let moves = match kind {
        Kind::Plain(ImageFormat::Gif) => gif_moves(bytes),
        Kind::Plain(ImageFormat::WebP) => WebPDecoder::new(cursor()).is_ok_and(|decoder| decoder.has_animation()),
        Kind::Plain(ImageFormat::Png) => PngDecoder::with_limits(cursor(), small()).is_ok_and(|decoder| decoder.is_apng().unwrap_or(false)),
        _ => false,
    };
    let has_pages = kind == Kind::Plain(ImageFormat::Tiff) && has_second_page(bytes);
    Remarks { moves, has_pages, lost_profile: false, is_cmyk: kind == Kind::Plain(ImageFormat::Jpeg) && jpeg::is_cmyk(bytes) }
}

/// Whether a GIF has a second picture, told by its blocks alone (GIF89a, sections 15 to 27): its canvas may be large.
fn gif_moves(bytes: &[u8]) -> bool {
    let table = |flags: &u8| if flags & 0x80 == 0 { 0 } else { 6 << (flags & 7) };
    let second = || {
        let mut at = 13 + table(bytes.get(10)?);
        let mut pictures = 0;
        loop {
            match bytes.get(at)? {
                0x2C => {
                    pictures += 1;
                    at += 11 + table(bytes.get(at + 9)?);
                }
                0x21 => at += 2,
                _ => return None,
            }
            if pictures == 2 {
                return Some(());
            }
            while let length @ 1.. = *bytes.get(at)? {
                at += 1 + usize::from(length);
            }
            at += 1;
        }
    };
    second().is_some()
}

/// Whether the first directory of a TIFF names a second (TIFF 6.0, section 2).
fn has_second_page(bytes: &[u8]) -> bool {
    let little = bytes.starts_with(b"II");
    let take = |at: usize, length: usize| -> Option<u64> {
        let part = bytes.get(at..at.checked_add(length)?)?;
        let fold = |value: u64, byte: &u8| value << 8 | u64::from(*byte);
        Some(if little { part.iter().rev().fold(0, fold) } else { part.iter().fold(0, fold) })
    };
    let next = || {
        let first = usize::try_from(take(4, 4)?).ok()?;
        let entries = usize::try_from(take(first, 2)?).ok()?;
        take(first.checked_add(2 + entries * 12)?, 4)
    };
    next().is_some_and(|next| next != 0)
}
