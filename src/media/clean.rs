//! Pictures as our own encoder writes them: a short list of what may stand in them, read apart from the search for what must not.

use super::bytes::{byte, from, head, index, le32, name, piece};
use super::picture::jpeg::segment;
use super::picture::png::chunk;
use super::picture::webp;

/// A JPEG of tables, one frame and its scans, the bare header of JFIF and a colour profile, that ends with its end.
pub(super) fn jpeg(bytes: &[u8]) -> bool {
    let mut at = 0;
    while let Some(found) = segment(bytes, at) {
        let content = found.content;
        let is_allowed = match found.marker {
            0xD8 => at == 0,
            0xD9 => return found.next == bytes.len() && found.strays.is_empty(),
            0xE0 => content.len() == 14 && content.starts_with(b"JFIF\0") && content.ends_with(&[0, 0]),
            0xE2 => content.starts_with(b"ICC_PROFILE\0"),
            0xEE => content.len() == 12 && content.starts_with(b"Adobe"),
            0xC0..=0xC2 | 0xC4 | 0xDA | 0xDB | 0xDD => true,
            _ => false,
        };
        if !is_allowed || !found.strays.is_empty() {
            return false;
        }
        at = found.next;
    }
    false
}

/// A PNG of header, palette, transparency, pixels and a colour profile without a name, that ends with its end.
pub(super) fn png(bytes: &[u8]) -> bool {
    let mut at = 8;
    while let Some((kind, content)) = chunk(bytes, at) {
        at += 12 + content.len();
        let is_allowed = match &kind {
            b"IEND" => return content.is_empty() && at == bytes.len(),
            b"IHDR" => content.len() == 13,
            b"PLTE" | b"tRNS" => content.len() <= 768,
            b"IDAT" => true,
            // The encoder calls every profile by one sign.
            b"iCCP" => byte(content, 1) == Some(0),
            b"sRGB" => content.len() == 1,
            b"gAMA" => content.len() == 4,
            b"cHRM" => content.len() == 32,
            b"cICP" => content.len() == 4,
            _ => false,
        };
        if !is_allowed {
            return false;
        }
    }
    false
}

/// A WebP of one picture, with a colour profile, that ends where its header says.
pub(super) fn webp(bytes: &[u8]) -> bool {
    let end = 8usize.saturating_add(le32(bytes, 4).map_or(0, index));
    if end != bytes.len() {
        return false;
    }
    let mut at = 12;
    while at < bytes.len() {
        let Some((_, content, next)) = webp::chunk(bytes, at) else { return false };
        let is_allowed = match name(bytes, at) {
            // Its flags announce neither Exif nor XMP.
            Some(kind) if &kind == b"VP8X" => content.len() == 10 && head(content, 1).iter().all(|flags| flags & 0x0C == 0),
            Some(kind) => matches!(&kind, b"VP8 " | b"VP8L" | b"ALPH" | b"ICCP"),
            None => false,
        };
        // The byte that fills a chunk up to an even length is zero.
        let padding = from(head(bytes, next), at + 8 + content.len());
        if !is_allowed || next > bytes.len() || piece(padding, 0, 1).is_some_and(|byte| byte != [0]) {
            return false;
        }
        at = next;
    }
    true
}
