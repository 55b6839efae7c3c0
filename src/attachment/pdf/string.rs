//! Strings in the objects of a PDF: properties, annotations, forms, bookmarks, scripts, and those of no known use.

use super::file::File;
use super::object::{Dict, Object};
use crate::attachment::harvest::Harvest;
use crate::attachment::mark::Mark;
use crate::attachment::{Place, Remark, encoding, property, runs};
use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::collections::BTreeSet;

/// Objects within objects.
const DEPTH_MAX: usize = 64;

/// Hands out every string of every object, those of earlier versions as well.
pub(super) fn read(file: &File, place: &Place, harvest: &mut Harvest) {
    let mut strings = Strings { harvest, names: BTreeSet::new() };
    for found in &file.found {
        let base = if found.is_superseded { place.with(Mark::EarlierVersion) } else { place.clone() };
        strings.walk(&found.object, "", false, &base, 0);
    }
    for trailer in &file.trailers {
        strings.walk(&Object::Dict(trailer.clone()), "", false, place, 0);
    }
    let names: Vec<String> = strings.names.into_iter().collect();
    harvest.piece(place.with(Mark::Attributes), true, &names.join("\n"));
}

struct Strings<'a> {
    harvest: &'a mut Harvest,
    /// Names that look as if a person wrote them.
    names: BTreeSet<String>,
}

impl Strings<'_> {
    fn walk(&mut self, object: &Object, key: &str, in_annotation: bool, place: &Place, depth: usize) {
        match object {
            Object::Text(text) => self.string(text, key, in_annotation, place),
            Object::Name(name) => self.name(name),
            Object::List(list) if depth < DEPTH_MAX => list.iter().for_each(|object| self.walk(object, key, in_annotation, place, depth + 1)),
            Object::Dict(dict) if depth < DEPTH_MAX => {
                let in_annotation = dict.contains_key("Rect");
                for (key, object) in dict.iter().filter(|(key, _)| !is_binary(dict, key)) {
                    self.name(key);
                    self.walk(object, key, in_annotation, place, depth + 1);
                }
            }
            _ => {}
        }
    }

    fn name(&mut self, name: &str) {
        if !name.is_ascii() || name.bytes().filter(u8::is_ascii_digit).count() >= 7 {
            self.names.insert(name.to_owned());
        }
    }

    fn string(&mut self, text: &[u8], key: &str, in_annotation: bool, place: &Place) {
        let key = key.split("#before").next().unwrap_or_default();
        let here = match key {
            "Contents" | "RC" | "T" | "Subj" if in_annotation => place.with(Mark::Annotation),
            "V" | "DV" | "TU" | "TM" | "Opt" => place.with(Mark::FormField),
            "URI" => place.with(Mark::Link),
            "JS" => place.with(Mark::Script),
            "Alt" | "ActualText" | "E" => place.with(Mark::AltText),
            "UF" | "F" | "Desc" => place.with(Mark::EntryName),
            key => match property::term(key) {
                Some(term) => place.term(Mark::Property, term),
                None => place.named(Mark::StringOf, key),
            },
        };
        let decoded = decode(text);
        if decoded.chars().any(|c| c.is_control() && !c.is_whitespace()) {
            runs::read(text, &here, self.harvest);
        }
        if key == "URI" {
            self.harvest.remark(Remark::ExternalLink { place: place.clone(), target: decoded.clone() });
        }
        self.harvest.piece(here, true, &decoded);
    }
}

/// Strings that are bytes: identifiers of the file, signatures, palettes of colours.
fn is_binary(dict: &Dict, key: &str) -> bool {
    match key {
        "ID" => dict.contains_key("Root") || dict.contains_key("Size"),
        "Contents" => dict.contains_key("ByteRange"),
        "CheckSum" | "Panose" => true,
        "ColorSpace" | "CS" => true,
        _ => false,
    }
}

/// A text string (ISO 32000-2 §7.9.2.2); what is no Unicode is read as GB18030 if it makes sense so, as Chinese programs
/// write it, else as Latin.
pub(super) fn decode(text: &[u8]) -> String {
    match text {
        [0xFE, 0xFF, rest @ ..] => UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xFF, 0xFE, rest @ ..] => UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => {
            let decoded = encoding::decode_name(text);
            if decoded.contains('\u{FFFD}') { WINDOWS_1252.decode_without_bom_handling(text).0.into_owned() } else { decoded }
        }
    }
}
