//! Pictures of four colours, in every format and from every camera that is kept under `tests/picture/`: red and green above, blue
//! and white below.

use super::{Facts, PictureFault, Seen, examine, make};
use image::{DynamicImage, GenericImageView, ImageFormat};

macro_rules! kept {
    ($($name:literal),*) => { &[$(($name, include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/picture/", $name)))),*] };
}

const KEPT: &[(&str, &[u8])] = kept!(
    "bare-cmyk.jpg",
    "bitmap.bmp",
    "cmyk.jpg",
    "moving.gif",
    "pages.tif",
    "still.gif",
    "transparent.webp",
    "turned.heic",
    "turned.jpg",
    "ycck.jpg"
);

fn kept(name: &str) -> &'static [u8] {
    KEPT.iter().find(|(known, _)| *known == name).map_or(&[], |(_, bytes)| bytes)
}

/// The facts of a picture and its widest derivative as pixels.
fn made(name: &str) -> (Facts, DynamicImage, Vec<u8>) {
    let seen: Seen = examine(kept(name)).unwrap_or_else(|fault| panic!("{name}: {fault}"));
    let bytes = make(kept(name), seen.facts().width.min(1600)).unwrap();
    (seen.facts().clone(), image::load_from_memory(&bytes).unwrap(), bytes)
}

fn is_near(pixel: [u8; 4], wanted: [u8; 3], by: u8) -> bool {
    pixel.iter().zip(wanted).all(|(is, wanted)| is.abs_diff(wanted) <= by)
}

#[test]
fn every_format_comes_out_right_way_up_in_its_colours() {
    for (name, suffix, by) in [
        ("bitmap.bmp", "png", 0),
        ("cmyk.jpg", "jpg", 12),
        ("moving.gif", "png", 0),
        ("pages.tif", "png", 0),
        ("still.gif", "jpg", 45),
        ("turned.heic", "jpg", 12),
        ("turned.jpg", "jpg", 12),
    ] {
        let (facts, image, _) = made(name);
        assert_eq!((facts.width, facts.height, facts.suffix), (64, 48, suffix), "{name}");
        assert_eq!(image.dimensions(), (64, 48), "{name}");
        let corners = [((5, 5), [220, 30, 30]), ((58, 5), [30, 180, 30]), ((5, 42), [30, 30, 220]), ((58, 42), [240, 240, 240])];
        for ((x, y), wanted) in corners {
            let pixel = image.get_pixel(x, y).0;
            assert!(is_near(pixel, wanted, by), "{name} at {x},{y}: {pixel:?}, not {wanted:?}");
        }
    }
}

/// A press picture of Adobe's must come out neither as a negative nor in strange colours.
#[test]
fn four_colours_of_either_kind_come_out_positive() {
    let (facts, image, _) = made("ycck.jpg");
    assert!(facts.remarks.is_cmyk);
    for ((x, y), wanted) in [((5, 5), [200, 30, 30]), ((58, 5), [30, 180, 30]), ((58, 42), [200, 200, 200])] {
        let pixel = image.get_pixel(x, y).0;
        assert!(is_near(pixel, wanted, 14), "at {x},{y}: {pixel:?}, not {wanted:?}");
    }
    assert!(matches!(examine(kept("bare-cmyk.jpg")), Err(PictureFault::Unsupported(_))));
}

#[test]
fn the_colour_profile_stays_and_nothing_else_does() {
    for name in ["turned.heic", "turned.jpg"] {
        let (_, _, bytes) = made(name);
        let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
        let wide = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
        assert!(holds(b"ICC_PROFILE\0") && holds(b"rXYZ") && holds(b"bTRC"), "{name}");
        // What a profile says in words may be anything: the name of the phone's owner.
        assert!(!holds(&wide("Display P3")) && kept(name).windows(20).any(|window| window == wide("Display P3")), "{name}");
        assert!(!holds(b"Exif") && !holds(b"GPS") && !holds(b"Maker"), "{name}");
        assert!(kept(name).windows(5).any(|window| window == b"Maker"), "{name} had it before");
    }
    // The profile of a printing press on the colours of a screen would be wrong.
    let (_, _, bytes) = made("cmyk.jpg");
    assert!(!bytes.windows(11).any(|window| window == b"ICC_PROFILE"));
}

#[test]
fn what_is_shown_otherwise_than_it_is_says_so() {
    let of = |name: &str| examine(kept(name)).map(|seen| seen.facts().remarks).unwrap();
    assert!(of("moving.gif").moves && !of("still.gif").moves && !of("bitmap.bmp").moves);
    assert!(of("pages.tif").has_pages && !of("turned.jpg").has_pages);
    assert!(of("cmyk.jpg").is_cmyk && !of("turned.jpg").is_cmyk);
}

#[test]
fn transparency_stays_and_makes_a_png() {
    let (facts, image, _) = made("transparent.webp");
    assert_eq!(facts.suffix, "png");
    assert!(image.color().has_alpha() && image.get_pixel(5, 2).0[3] < 60 && image.get_pixel(5, 45).0[3] > 200);
}

/// A drawing of 2000 × 1000 pixels and a photograph of the same size.
fn large(is_photograph: bool) -> Vec<u8> {
    let noise = |x: u32, y: u32| (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)).to_le_bytes();
    let image = image::RgbImage::from_fn(2000, 1000, |x, y| {
        let [a, b, c, _] = noise(x, y);
        image::Rgb(if is_photograph { [a, b, c] } else { [0, 90, if x > y { 200 } else { 0 }] })
    });
    png(image)
}

fn png(image: image::RgbImage) -> Vec<u8> {
    let mut out = std::io::Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(image).write_to(&mut out, ImageFormat::Png).unwrap();
    out.into_inner()
}

#[test]
fn three_widths_are_made_of_a_large_picture_and_none_is_enlarged() {
    for (is_photograph, suffix) in [(true, "jpg"), (false, "png")] {
        let bytes = large(is_photograph);
        let seen = examine(&bytes).unwrap();
        assert_eq!(seen.facts().suffix, suffix);
        let made = seen.derivatives().unwrap();
        let sizes: Vec<(u32, u32)> = made.iter().map(|(_, bytes)| image::load_from_memory(bytes).unwrap().dimensions()).collect();
        assert_eq!(sizes, [(1600, 800), (960, 480), (480, 240)]);
    }
    assert_eq!(examine(kept("bitmap.bmp")).unwrap().derivatives().unwrap().len(), 1);
}

#[test]
fn what_is_too_long_for_a_jpeg_becomes_a_png() {
    let noise = |x: u32, y: u32| (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)).to_le_bytes();
    let long = |height| png(image::RgbImage::from_fn(3, height, |x, y| image::Rgb([noise(x, y)[0], noise(x, y)[1], noise(y, x)[0]])));
    assert_eq!(examine(&long(65_535)).unwrap().facts().suffix, "jpg");
    let seen = examine(&long(65_536)).unwrap();
    assert_eq!(seen.facts().suffix, "png");
    assert!(seen.derivatives().is_ok());
}

/// Sky and grass of a photograph, squeezed into sixty colours, beside a drawing of as many.
#[test]
fn a_photograph_in_a_palette_becomes_a_jpeg() {
    let colour = |place: u32| image::Rgb([u8::try_from(place % 60 * 4).unwrap(), 90, 30]);
    for (is_photograph, suffix) in [(true, "jpg"), (false, "png")] {
        let noise = |x: u32, y: u32| (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)) >> 7;
        let image = image::RgbImage::from_fn(600, 60, |x, y| colour(if is_photograph { noise(x, y) } else { x / 10 }));
        assert_eq!(examine(&png(image)).unwrap().facts().suffix, suffix);
    }
}

/// A drawing weighs a third of what it would with its colours written out; a transparent one too.
#[test]
fn few_colours_go_into_a_palette() {
    for veil in [255, 100] {
        let image =
            image::RgbaImage::from_fn(300, 20, |x, _| image::Rgba([u8::try_from(x / 20 * 10).unwrap(), 9, 30, if x < 100 { veil } else { 255 }]));
        let mut bytes = std::io::Cursor::new(Vec::new());
        image.write_to(&mut bytes, ImageFormat::Png).unwrap();
        let made = make(bytes.get_ref(), 300).unwrap();
        assert_eq!(&made[24..26], [4, 3], "four bits, in a palette");
        assert_eq!(image::load_from_memory(&made).unwrap().into_rgba8(), image);
    }
}

/// Two files that look alike are one picture, whatever they hold beside their pixels.
#[test]
fn the_name_tells_nothing_of_hidden_data() {
    let plain = kept("turned.jpg");
    let mut hidden = plain.to_vec();
    let comment = b"\xFF\xFE\0\x09secret!";
    hidden.splice(2..2, comment.iter().copied());
    let sha = |bytes: &[u8]| examine(bytes).unwrap().facts().sha;
    assert_eq!(sha(plain), sha(&hidden));
    assert_ne!(sha(plain), sha(kept("turned.heic")));
}

#[test]
fn a_header_that_claims_too_much_is_not_believed() {
    let mut png = large(false);
    // The header's width and height, with its checksum.
    png.splice(16..24, [0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60]);
    let sum = crc32(&png[12..29]).to_be_bytes();
    png.splice(29..33, sum);
    assert_eq!(examine(&png).err(), Some(PictureFault::TooLarge(60_000, 60_000)));
    let mut jpeg = kept("turned.jpg").to_vec();
    let frame = jpeg.windows(2).position(|window| window == [0xFF, 0xC0]).unwrap();
    jpeg.splice(frame + 5..frame + 9, [0xEA, 0x60, 0xEA, 0x60]);
    assert_eq!(examine(&jpeg).err(), Some(PictureFault::TooLarge(60_000, 60_000)));
    let mut heic = kept("turned.heic").to_vec();
    for at in (0..heic.len() - 16).filter(|at| kept("turned.heic")[*at..].starts_with(b"ispe")) {
        heic.splice(at + 8..at + 16, [0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60]);
    }
    assert_eq!(examine(&heic).err(), Some(PictureFault::TooLarge(60_000, 60_000)));
}

/// Two pictures of one HEIC, each derived from the other, and no profile that would end the search for one.
#[test]
fn pictures_that_are_derived_from_each_other_are_refused() {
    let mut heic = kept("turned.heic").to_vec();
    for (old, new) in [(&b"colrprof"[..], &b"freeprof"[..]), (b"cdsc\0\x03\0\x01\0\x02", b"dimg\0\x01\0\x01\0\x02")] {
        let at = heic.windows(old.len()).position(|window| window == old).unwrap();
        heic[at..at + new.len()].copy_from_slice(new);
    }
    assert!(matches!(examine(&heic), Err(PictureFault::Damaged(_))));
}

/// A decoder of JPEG fills up what is missing, in grey, and says nothing.
#[test]
fn a_jpeg_that_was_cut_off_is_refused_and_what_stands_behind_its_end_does_not_count() {
    let whole = kept("turned.jpg");
    for length in [whole.len() - 2, whole.len() - 40] {
        assert!(matches!(examine(&whole[..length]), Err(PictureFault::Damaged(_))), "{length}");
    }
    let mut longer = whole.to_vec();
    longer.extend(&whole[..whole.len() / 2]);
    assert!(examine(&longer).is_ok());
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 }))
}

/// Cut off anywhere, or with any byte changed, a file is read or refused; nothing stops.
#[test]
fn broken_files_are_read_or_refused() {
    let mut state = 0x9E37_79B9_u32;
    let mut chance = |below: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % below.max(1)
    };
    let mut refused = 0;
    for (_, whole) in KEPT {
        for _ in 0..60 {
            let mut bytes = whole.to_vec();
            if chance(3) == 0 {
                bytes.truncate(chance(whole.len()));
            }
            for _ in 0..=chance(4) {
                let at = chance(bytes.len());
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = u8::try_from(chance(256)).unwrap();
                }
            }
            match examine(&bytes) {
                Ok(seen) => assert!(seen.derivatives().is_ok_and(|made| !made.is_empty())),
                Err(_) => refused += 1,
            }
        }
    }
    assert!(refused > 50, "{refused}");
}
