//! Places in pictures.

use super::super::{Block, Format, format_of, inspect, is_clean};
use super::build::{ascii, boxed, chunk, jpeg, png_chunk, riff, segment, tiff, xmp};
use super::{Case, TOKEN, check_found};

fn exif(bytes: &[u8]) -> Vec<u8> {
    jpeg(&segment(0xE1, &[b"Exif\0\0", bytes].concat()))
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect()
}

fn png(chunks: &[u8]) -> Vec<u8> {
    let header = png_chunk(b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
    [b"\x89PNG\r\n\x1A\n", &header[..], chunks, &png_chunk(b"IDAT", &[1, 2, 3]), &png_chunk(b"IEND", &[])].concat()
}

fn webp(chunks: &[Vec<u8>]) -> Vec<u8> {
    riff(b"WEBP", &[vec![chunk(b"VP8L", &[0x2F, 0, 0, 0, 0])], chunks.to_vec()].concat())
}

fn gif(blocks: &[u8]) -> Vec<u8> {
    [b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF", blocks, b"\x2C\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0\x3B"].concat()
}

fn sub_blocks(content: &[u8]) -> Vec<u8> {
    let mut bytes: Vec<u8> = content.chunks(255).flat_map(|part| [&[u8::try_from(part.len()).unwrap()], part].concat()).collect();
    bytes.push(0);
    bytes
}

fn photoshop(id: u16, content: &[u8]) -> Vec<u8> {
    let mut bytes =
        [b"Photoshop 3.0\x008BIM", &id.to_be_bytes()[..], &[0, 0], &u32::try_from(content.len()).unwrap().to_be_bytes(), content].concat();
    bytes.resize(bytes.len().next_multiple_of(2), 0);
    jpeg(&segment(0xED, &bytes))
}

fn packed(text: &str) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec_zlib(text.as_bytes(), 6)
}

/// A HEIF file with one item: its kind, its media type and its content in the data box, and properties.
fn heif(brand: &[u8; 4], kind: &[u8; 4], media: &str, content: &[u8], properties: &[u8]) -> Vec<u8> {
    let head = boxed(b"ftyp", &[&brand[..], &[0; 4], b"mif1"].concat());
    let entry = boxed(b"infe", &[&[2, 0, 0, 0, 0, 1, 0, 0][..], kind, b"\0", media.as_bytes(), b"\0"].concat());
    let infos = boxed(b"iinf", &[&[0, 0, 0, 0, 0, 1][..], &entry].concat());
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    let make = |start: u32| {
        let location = boxed(b"iloc", &[&[0, 0, 0, 0, 0x44, 0, 0, 1, 0, 1, 0, 0, 0, 1][..], &start.to_be_bytes(), &length].concat());
        let shared = boxed(b"iprp", &boxed(b"ipco", properties));
        boxed(b"meta", &[&[0; 4][..], &infos, &location, &shared].concat())
    };
    let start = head.len() + make(0).len() + 8;
    [head, make(u32::try_from(start).unwrap()), boxed(b"mdat", content)].concat()
}

/// Places in JPEG.
fn jpegs() -> Vec<Case> {
    let mut cases = Vec::new();
    for (name, tag) in [("artist", 0x013B), ("copyright", 0x8298), ("maker", 0x010F), ("document", 0x010D), ("a private tag", 0xFDE8)] {
        cases.push(Case::new(name, Block::Exif, move |token| exif(&tiff(None, ascii(tag, token)))));
    }
    for (name, tag) in [("owner", 0xA430), ("body serial", 0xA431), ("lens serial", 0xA435), ("image id", 0xA420), ("date", 0x9003)] {
        cases.push(Case::new(name, Block::Exif, move |token| exif(&tiff(Some(0x8769), ascii(tag, token)))));
    }
    for (name, tag) in [("XPTitle", 0x9C9B), ("XPComment", 0x9C9C), ("XPAuthor", 0x9C9D), ("XPKeywords", 0x9C9E), ("XPSubject", 0x9C9F)] {
        cases.push(Case::new(name, Block::Exif, move |token| exif(&tiff(None, (tag, 1, wide(token))))));
    }
    cases.extend([
        Case::new("comment of Unicode", Block::Exif, |token| exif(&tiff(Some(0x8769), (0x9286, 7, [b"UNICODE\0", &wide(token)[..]].concat())))),
        Case::new("comment of ASCII", Block::Exif, |token| exif(&tiff(Some(0x8769), (0x9286, 7, [b"ASCII\0\0\0", token.as_bytes()].concat())))),
        Case::new("maker's note", Block::MakerNote, |token| exif(&tiff(Some(0x8769), (0x927C, 7, [&[1, 2], token.as_bytes()].concat())))),
        Case::new("GPS area", Block::Gps, |token| exif(&tiff(Some(0x8825), (28, 7, [b"ASCII\0\0\0", token.as_bytes()].concat())))),
        Case::new("GPS method", Block::Gps, |token| exif(&tiff(Some(0x8825), (27, 7, [b"ASCII\0\0\0", token.as_bytes()].concat())))),
        Case::new("XMP in TIFF", Block::Xmp, |token| exif(&tiff(None, (0x02BC, 1, xmp("dc:creator", token))))),
        Case::new("XMP", Block::Xmp, |token| jpeg(&segment(0xE1, &[b"http://ns.adobe.com/xap/1.0/\0", &xmp("dc:creator", token)[..]].concat()))),
        Case::new("extended XMP in two parts", Block::Xmp, |token| {
            let packet = xmp("dc:creator", token);
            let (first, second) = packet.split_at(240);
            let part = |place: usize, part: &[u8]| {
                let head = [&b"http://ns.adobe.com/xmp/extension/\0"[..], &[b'A'; 32]].concat();
                segment(0xE1, &[&head[..], &[0, 0, 2, 0], &u32::try_from(place).unwrap().to_be_bytes(), part].concat())
            };
            jpeg(&[part(240, second), part(0, first)].concat())
        }),
        Case::new("IPTC by-line", Block::Iptc, |token| {
            photoshop(0x0404, &[&[0x1C, 2, 80, 0, u8::try_from(token.len()).unwrap()], token.as_bytes()].concat())
        }),
        Case::new("Photoshop resource", Block::Photoshop, |token| photoshop(0x040B, token.as_bytes())),
        Case::new("Exif in Photoshop", Block::Exif, |token| photoshop(0x0422, &tiff(None, ascii(0x013B, token)))),
        Case::new("XMP in Photoshop", Block::Xmp, |token| photoshop(0x0424, &xmp("dc:creator", token))),
        Case::new("comment", Block::Comment, |token| jpeg(&segment(0xFE, token.as_bytes()))),
        Case::new("unknown application", Block::Unknown, |token| jpeg(&segment(0xEB, token.as_bytes()))),
        Case::new("behind the end", Block::Trailing, |token| [&jpeg(&[])[..], token.as_bytes()].concat()),
        Case::new("comment of a second picture", Block::Comment, |token| [jpeg(&[]), jpeg(&segment(0xFE, token.as_bytes()))].concat()),
        Case::new("behind a second picture", Block::Trailing, |token| [&jpeg(&[])[..], &jpeg(&[]), token.as_bytes()].concat()),
        Case::new("motion photo", Block::Unknown, |token| {
            [jpeg(&[]), boxed(b"ftyp", b"mp42\0\0\0\0mp42"), boxed(b"free", token.as_bytes())].concat()
        }),
        Case::new("comment of a thumbnail", Block::Comment, |token| {
            let mut bytes = b"II*\0\0\0\0\0".to_vec();
            let small = jpeg(&segment(0xFE, token.as_bytes()));
            let start = u32::try_from(bytes.len()).unwrap().to_le_bytes();
            bytes.extend(&small);
            let length = u32::try_from(small.len()).unwrap().to_le_bytes();
            let second = super::build::directory(&mut bytes, &[(0x0201, 4, start.to_vec()), (0x0202, 4, length.to_vec())], 0);
            let main = super::build::directory(&mut bytes, &[ascii(0x0110, "x")], second);
            bytes[4..8].copy_from_slice(&u32::try_from(main).unwrap().to_le_bytes());
            exif(&bytes)
        }),
        Case::new("thumbnail of Photoshop", Block::Comment, |token| {
            photoshop(0x040C, &[&[0; 28][..], &jpeg(&segment(0xFE, token.as_bytes()))].concat())
        }),
    ]);
    cases
}

/// Places in the other formats.
fn others() -> Vec<Case> {
    let item = |kind: &'static [u8; 4], media: &'static str| move |content: &[u8]| heif(b"heic", kind, media, content, &[]);
    let (exif_item, xmp_item) = (item(b"Exif", ""), item(b"mime", "application/rdf+xml"));
    vec![
        Case::new("tEXt", Block::PngText, |token| png(&png_chunk(b"tEXt", &[b"Author\0", token.as_bytes()].concat()))),
        Case::new("keyword", Block::PngText, |token| png(&png_chunk(b"tEXt", &[token.as_bytes(), b"\0x"].concat()))),
        Case::new("zTXt", Block::PngText, |token| png(&png_chunk(b"zTXt", &[&b"Author\0\0"[..], &packed(token)].concat()))),
        Case::new("iTXt", Block::PngText, |token| png(&png_chunk(b"iTXt", &[b"Author\0\0\0zh\0\0", token.as_bytes()].concat()))),
        Case::new("iTXt packed", Block::PngText, |token| png(&png_chunk(b"iTXt", &[&b"Author\0\x01\0zh\0\0"[..], &packed(token)].concat()))),
        Case::new("XMP in iTXt", Block::Xmp, |token| {
            png(&png_chunk(b"iTXt", &[&b"XML:com.adobe.xmp\0\0\0\0\0"[..], &xmp("dc:creator", token)].concat()))
        }),
        Case::new("eXIf", Block::Exif, |token| png(&png_chunk(b"eXIf", &tiff(None, ascii(0x013B, token))))),
        Case::new("raw profile", Block::Exif, |token| {
            let hex: String = tiff(None, ascii(0x013B, token)).iter().map(|byte| format!("{byte:02x}")).collect();
            png(&png_chunk(b"zTXt", &[&b"Raw profile type exif\0\0"[..], &packed(&format!("\nexif\n{:8}\n{hex}\n", hex.len() / 2))].concat()))
        }),
        Case::new("name of the profile", Block::Profile, |token| png(&png_chunk(b"iCCP", &[token.as_bytes(), b"\0\0", &packed("x")].concat()))),
        Case::new("unknown chunk", Block::Unknown, |token| png(&png_chunk(b"prVt", token.as_bytes()))),
        Case::new("behind a PNG", Block::Trailing, |token| [&png(&[])[..], token.as_bytes()].concat()),
        Case::new("Exif in WebP", Block::Exif, |token| webp(&[chunk(b"EXIF", &tiff(None, ascii(0x013B, token)))])),
        Case::new("XMP in WebP", Block::Xmp, |token| webp(&[chunk(b"XMP ", &xmp("dc:creator", token))])),
        Case::new("unknown chunk of WebP", Block::Unknown, |token| webp(&[chunk(b"NOTE", token.as_bytes())])),
        Case::new("behind a WebP", Block::Trailing, |token| [&webp(&[])[..], token.as_bytes()].concat()),
        Case::new("comment of GIF", Block::Comment, |token| gif(&[b"\x21\xFE", &sub_blocks(token.as_bytes())[..]].concat())),
        Case::new("plain text of GIF", Block::Comment, |token| gif(&[&b"\x21\x01\x0C"[..], &[0; 12], &sub_blocks(token.as_bytes())].concat())),
        Case::new("application of GIF", Block::Unknown, |token| gif(&[&b"\x21\xFF\x0BSOMEPROGRAM"[..], &sub_blocks(token.as_bytes())].concat())),
        Case::new("XMP in GIF", Block::Xmp, |token| {
            let ramp: Vec<u8> = [1].into_iter().chain((0..=255).rev()).chain([0]).collect();
            gif(&[&b"\x21\xFF\x0BXMP DataXMP"[..], &xmp("dc:creator", token), &ramp].concat())
        }),
        Case::new("behind a GIF", Block::Trailing, |token| [&gif(&[])[..], token.as_bytes()].concat()),
        Case::new("TIFF", Block::Exif, |token| tiff(None, ascii(0x013C, token))),
        Case::new("behind a bitmap", Block::Trailing, |token| {
            let mut bytes = b"BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x01\0\0\0\x01\0\0\0\x01\0\x18\0".to_vec();
            bytes.resize(58, 0);
            [&bytes[..], token.as_bytes()].concat()
        }),
        Case::new("Exif in HEIC", Block::Exif, move |token| exif_item(&[&[0; 4][..], &tiff(None, ascii(0x013B, token))].concat())),
        Case::new("XMP in HEIC", Block::Xmp, move |token| xmp_item(&xmp("dc:creator", token))),
        Case::new("description in AVIF", Block::Item, |token| {
            heif(b"avif", b"av01", "", &[1], &boxed(b"udes", &[&[0; 4][..], b"zh\0", token.as_bytes()].concat()))
        }),
        Case::new("uuid in HEIC", Block::Unknown, |token| {
            [heif(b"heic", b"hvc1", "", &[1], &[]), boxed(b"uuid", &[&[7; 16][..], token.as_bytes()].concat())].concat()
        }),
        Case::new("film in HEIC", Block::Unknown, |token| {
            let film = [boxed(b"ftyp", b"mp42\0\0\0\0mp42"), boxed(b"free", token.as_bytes())].concat();
            [heif(b"heic", b"hvc1", "", &[1], &[]), boxed(b"mpvd", &film)].concat()
        }),
        Case::new("comment of SVG", Block::Comment, |token| format!("<svg xmlns='http://www.w3.org/2000/svg'><!--{token}--></svg>").into_bytes()),
        Case::new("drawing program in SVG", Block::Svg, |token| format!("<svg sodipodi:docname='{token}'><g/></svg>").into_bytes()),
        Case::new("metadata of SVG", Block::Svg, |token| {
            format!("<svg><metadata><a>{token}</a><cc:Agent>{token}</cc:Agent></metadata></svg>").into_bytes()
        }),
    ]
}

/// All samples of pictures, for the fuzzer too.
pub(super) fn samples() -> Vec<Case> {
    jpegs().into_iter().chain(others()).collect()
}

#[test]
fn every_place_of_a_picture_is_found() {
    for case in samples() {
        check_found(&case);
    }
}

/// A name of two characters is too short to be found among bytes of unknown make.
#[test]
fn short_names_are_read_where_their_encoding_is_known() {
    let name = "某某";
    let comment = [b"UNICODE\0", &wide(name)[..]].concat();
    let mut files: Vec<Vec<u8>> = (0x9C9B..=0x9C9F).map(|tag| exif(&tiff(None, (tag, 1, wide(name))))).collect();
    files.push(exif(&tiff(Some(0x8769), (0x9286, 7, comment.clone()))));
    files.push(exif(&tiff(Some(0x8825), (28, 7, comment))));
    files.push(exif(&tiff(None, (0x013B, 2, encoding_rs::GBK.encode(name).0.into_owned()))));
    for file in files {
        assert!(inspect(&file).hidden.iter().any(|hidden| hidden.text.lines().any(|line| line == name)), "{:?}", inspect(&file));
    }
}

#[test]
fn plain_pictures_say_nothing() {
    for (file, format) in [(jpeg(&[]), Format::Jpeg), (png(&[]), Format::Png), (webp(&[]), Format::WebP)] {
        assert_eq!(format_of(&file), Some(format));
        let report = inspect(&file);
        assert_eq!(
            (report.blocks.len(), report.hidden.len(), report.unread.len(), report.thumbnails, report.location),
            (0, 0, 0, 0, false),
            "{format:?}"
        );
        assert!(is_clean(&file), "{format:?}");
    }
    assert_eq!(inspect(&gif(&[])), super::super::Report::default());
}

#[test]
fn positions_become_degrees() {
    let thirds =
        |degrees: u32, minutes: u32, seconds: u32| [degrees, 1, minutes, 1, seconds, 100].into_iter().flat_map(u32::to_le_bytes).collect::<Vec<u8>>();
    let mut bytes = b"II*\0\0\0\0\0".to_vec();
    let entries = [ascii(1, "S"), (2, 5, thirds(31, 30, 1800)), ascii(3, "E"), (4, 5, thirds(115, 15, 0))];
    let gps = u32::try_from(super::build::directory(&mut bytes, &entries, 0)).unwrap();
    let main = super::build::directory(&mut bytes, &[(0x8825, 4, gps.to_le_bytes().to_vec())], 0);
    bytes[4..8].copy_from_slice(&u32::try_from(main).unwrap().to_le_bytes());
    let report = inspect(&exif(&bytes));
    assert!(report.location);
    assert_eq!(report.hidden[0].text, "-31.505000, 115.250000");
    assert_eq!(report.hidden[0].place.zh(), "GPS 坐标");
}

#[test]
fn small_pictures_and_appended_bytes_are_counted() {
    let two = [jpeg(&[]), jpeg(&[]), TOKEN.as_bytes().to_vec()].concat();
    let report = inspect(&two);
    assert_eq!((report.thumbnails, report.trailing), (1, u64::try_from(two.len() - jpeg(&[]).len()).unwrap()));
    let header = [&b"JFIF\0\x01\x01\0\0\x01\0\x01\x02\x01"[..], &[0; 6]].concat();
    assert_eq!(inspect(&jpeg(&segment(0xE0, &header))).thumbnails, 1);
    let base64 = "/9j/2Q==";
    let packet = xmp("xmpGImg:image", base64);
    assert_eq!(inspect(&jpeg(&segment(0xE1, &[b"http://ns.adobe.com/xap/1.0/\0", &packet[..]].concat()))).thumbnails, 1);
}

#[test]
fn a_profile_is_clean_and_its_words_are_told() {
    let mut profile = vec![0; 128];
    profile.extend([0, 0, 0, 1]);
    profile.extend([b"dmdd", &144u32.to_be_bytes()[..], &(8 + u32::try_from(TOKEN.len()).unwrap()).to_be_bytes()].concat());
    profile.extend([b"text\0\0\0\0", TOKEN.as_bytes()].concat());
    let file = jpeg(&segment(0xE2, &[&b"ICC_PROFILE\0\x01\x01"[..], &profile].concat()));
    assert!(is_clean(&file));
    let report = inspect(&file);
    assert_eq!((report.hidden[0].place.block, report.hidden[0].text.as_str()), (Block::Profile, TOKEN));
}
