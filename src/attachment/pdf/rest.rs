//! The streams of a PDF that no page uses: metadata, attached files, appearances of annotations, leftovers of earlier versions.

use super::content::{Content, Fonts};
use super::file::{File, Found};
use super::object::{Dict, Object};
use super::{filter, kind, page, string};
use crate::attachment::harvest::Harvest;
use crate::attachment::mark::Mark;
use crate::attachment::{Place, Reason, encoding, flow, format, runs};
use std::collections::{BTreeMap, BTreeSet};

/// Reads every stream that is not among those read already.
pub(super) fn read(file: &File, known: &BTreeSet<u32>, place: &Place, fonts: &mut Fonts, harvest: &mut Harvest) {
    let names = names(file);
    let quiet = quiet(file);
    let resources = resources(file);
    let shapes = shapes(file);
    let mut read = known.clone();
    for found in &file.found {
        let (Some(dict), Some(raw)) = (found.dict(), found.raw.as_deref()) else { continue };
        if !found.is_superseded && read.contains(&found.number) {
            continue;
        }
        let base = if found.is_superseded { place.with(Mark::EarlierVersion) } else { place.clone() };
        let here = base.named(Mark::Stream, &found.number.to_string());
        let (bytes, reason) = filter::decode(dict, raw, &mut harvest.budget);
        if kind(file, dict, "Subtype") == "Image" || reason == Some(Reason::Picture) {
            harvest.unread(here.clone(), Reason::Picture);
            if format::is_known(&bytes) {
                harvest.picture(here, &bytes);
            }
            continue;
        }
        if let Some(reason) = reason {
            harvest.unread(here.clone(), reason);
        }
        match kind(file, dict, "Type") {
            "ObjStm" => {}
            "XRef" => runs::read(&bytes, &here, harvest),
            _ if quiet.contains(&found.number) => read_quiet(&bytes, &here, harvest),
            "Metadata" => read_metadata(&bytes, &base.with(Mark::Metadata), harvest),
            _ if names.contains_key(&found.number) || kind(file, dict, "Type") == "EmbeddedFile" => {
                let name = names.get(&found.number).map_or("", String::as_str);
                format::read(name, &bytes, &base.named(Mark::Attached, name), harvest);
            }
            _ if shapes.contains(&found.number) || is_content(file, dict, &bytes) => {
                let own = file.value(dict, "Resources").dict().unwrap_or(&resources);
                let mut content = Content::new(file);
                content.show(&bytes, own, fonts, harvest);
                read.append(&mut content.read);
                if shapes.contains(&found.number) {
                    content.forget_drawing();
                }
                page::hand_out(content, &here, harvest);
            }
            _ => read_other(found, &bytes, &here, harvest),
        }
    }
}

/// Programs that show text do without these; a font is drawn, anything else in its place is read.
fn read_quiet(bytes: &[u8], here: &Place, harvest: &mut Harvest) {
    if !is_font(bytes) {
        runs::read(bytes, here, harvest);
    }
}

fn read_metadata(bytes: &[u8], here: &Place, harvest: &mut Harvest) {
    if let Some(decoded) = encoding::decode_xml(bytes) {
        flow::read(&decoded.text, here, here, harvest);
    } else {
        runs::read(bytes, here, harvest);
        harvest.unread(here.clone(), Reason::UnknownBinary);
    }
}

/// TrueType, OpenType, CFF and Type 1 by their beginnings.
fn is_font(bytes: &[u8]) -> bool {
    const HEADS: &[&[u8]] = &[b"\0\x01\0\0", b"OTTO", b"true", b"%!PS-AdobeFont", b"%!FontType1", b"\x01\0\x04", b"\x80\x01"];
    HEADS.iter().any(|head| bytes.starts_with(head))
}

fn read_other(found: &Found, bytes: &[u8], here: &Place, harvest: &mut Harvest) {
    let is_map = bytes.starts_with(b"/CIDInit") || bytes.starts_with(b"%!PS-Adobe-3.0 Resource-CMap");
    let is_profile = bytes.get(36..40) == Some(b"acsp");
    let is_function = found.dict().is_some_and(|dict| dict.contains_key("FunctionType") || dict.contains_key("ShadingType"));
    if is_map || is_profile || is_function {
        runs::read(bytes, here, harvest);
        return;
    }
    if bytes.is_empty() || is_font(bytes) {
        return;
    }
    match encoding::decode(bytes) {
        Some(decoded) if decoded.text.trim_start().starts_with('<') => flow::read(&decoded.text, here, here, harvest),
        Some(decoded) => harvest.piece(here.with(Mark::Script), true, &decoded.text),
        None => {
            runs::read(bytes, here, harvest);
            harvest.unread(here.clone(), Reason::UnknownBinary);
        }
    }
}

/// Whether a stream is one that draws.
fn is_content(file: &File, dict: &Dict, bytes: &[u8]) -> bool {
    let is_form = kind(file, dict, "Subtype") == "Form" || dict.contains_key("PatternType");
    let has = |word: &[u8]| format::find(bytes, word).is_some();
    is_form || has(b"BT") && has(b"ET") && (has(b"Tj") || has(b"TJ"))
}

/// The names of attached files by the number of the stream that holds each.
fn names(file: &File) -> BTreeMap<u32, String> {
    let mut out = BTreeMap::new();
    let mut stack: Vec<&Object> = file.found.iter().map(|found| &found.object).collect();
    while let Some(object) = stack.pop() {
        match object {
            Object::List(list) => stack.extend(list),
            Object::Dict(dict) => {
                stack.extend(dict.values());
                let Some(files) = file.value(dict, "EF").dict() else { continue };
                let name =
                    ["UF", "F"].iter().find_map(|key| if let Object::Text(text) = file.value(dict, key) { Some(string::decode(text)) } else { None });
                for stream in files.values() {
                    if let Object::Ref(number) = stream {
                        out.insert(*number, name.clone().unwrap_or_default());
                    }
                }
            }
            _ => {}
        }
    }
    out
}

/// Streams that other objects name as fonts, character maps, colour profiles: no text of a person.
fn quiet(file: &File) -> BTreeSet<u32> {
    let mut out = BTreeSet::new();
    for dict in file.found.iter().filter_map(Found::dict) {
        let is_font = kind(file, dict, "Type") == "FontDescriptor";
        for (key, value) in dict {
            let is_quiet = is_font && matches!(key.as_str(), "FontFile" | "FontFile2" | "FontFile3" | "CIDSet")
                || matches!(key.as_str(), "ToUnicode" | "CIDToGIDMap") && kind(file, dict, "Type") == "Font";
            if let (true, Object::Ref(number)) = (is_quiet, value) {
                out.insert(*number);
            }
        }
    }
    out
}

/// Streams that draw the characters of fonts of type 3.
fn shapes(file: &File) -> BTreeSet<u32> {
    let drawn = file.found.iter().filter_map(Found::dict).filter_map(|dict| file.value(dict, "CharProcs").dict());
    drawn.flat_map(|dict| dict.values()).filter_map(|object| if let Object::Ref(number) = object { Some(*number) } else { None }).collect()
}

/// All fonts of the file under their names, for streams that have no resources of their own.
fn resources(file: &File) -> Dict {
    let mut fonts = Dict::new();
    for dict in file.found.iter().filter_map(Found::dict) {
        let named = file.value(dict, "Font").dict().or_else(|| file.value(dict, "Resources").dict().and_then(|dict| file.value(dict, "Font").dict()));
        for (name, font) in named.into_iter().flatten() {
            fonts.entry(name.clone()).or_insert_with(|| font.clone());
        }
    }
    Dict::from([("Font".to_owned(), Object::Dict(fonts))])
}
