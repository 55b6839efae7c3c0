//! The one file that is read first: what there is, and how it is cut.

use super::base64;
use super::builder::{Closing, Settings, Shape};
use super::facet::Facet;
use super::shard::Out;
use crate::digest::fold64;
use serde_json::json;
use std::collections::BTreeSet;

/// First and last code point of the bitmap of characters.
const CHARACTERS: std::ops::RangeInclusive<u32> = 0x4E00..=0x9FFF;

/// Writes `manifest.js`.
pub(super) fn write(out: &Out<'_>, settings: &Settings, closing: &Closing, shapes: &[Shape], characters: &BTreeSet<char>) {
    let mut bitmap = vec![0u8; CHARACTERS.count().div_ceil(8)];
    for c in characters {
        let Some(bit) = u32::from(*c).checked_sub(*CHARACTERS.start()) else { continue };
        if let Some(byte) = bitmap.get_mut(bit as usize >> 3) {
            *byte |= 1 << (bit & 7);
        }
    }
    let mut charset = Vec::new();
    base64::encode_into(&mut charset, &bitmap);
    let segment = |shape: &Shape| {
        let (a, p) = shape.shards;
        json!({"documents": shape.documents, "a": a, "p": p, "y": shape.sounds, "stripe": settings.stripe, "titled": 1})
    };
    let head = json!({
        "languages": settings.languages,
        "documents": settings.documents,
        "segments": shapes.iter().map(segment).collect::<Vec<_>>(),
        "facets": closing.facets.iter().map(Facet::head).collect::<Vec<_>>(),
        "charset": String::from_utf8(charset).unwrap_or_default(),
    });
    let version = out.version() ^ fold64(head.to_string().as_bytes());
    let mut manifest = json!({"format": 1, "version": format!("{version:016x}")});
    if let (Some(manifest), serde_json::Value::Object(head)) = (manifest.as_object_mut(), head) {
        manifest.extend(head);
    }
    out.literal("manifest", &manifest.to_string());
}
