//! Fonts of PDF (ISO 32000-1 §9): the bytes of a shown string → characters and widths.

use super::cmap::CMap;
use super::file::File;
use super::filter;
use super::object::{Dict, Object};
use crate::attachment::limits::Budget;
use encoding_rs::{Encoding, GB18030, MACINTOSH, UTF_16BE, WINDOWS_1252};
use std::collections::BTreeMap;

/// How the codes of a string are cut and read.
#[derive(Debug)]
enum Codes {
    /// One byte each, a character each where it is known.
    Narrow(Vec<Option<String>>),
    /// Two bytes each, read by the character map of the font alone.
    Wide,
    /// Text in a code page.
    Encoded(&'static Encoding),
}

/// A font as far as its text is concerned.
#[derive(Debug)]
pub(super) struct Font {
    codes: Codes,
    map: Option<CMap>,
    widths: BTreeMap<u32, f64>,
    width: f64,
}

/// A character of a shown string.
#[derive(Debug)]
pub(super) struct Glyph {
    /// None if the font does not say what it is.
    pub(super) text: Option<String>,
    /// In parts of the font's size.
    pub(super) width: f64,
    pub(super) is_space: bool,
}

/// Wider runs of widths than this no font has.
const WIDTHS_MAX: usize = 65_536;

impl Font {
    pub(super) fn read(file: &File, dict: &Dict, budget: &mut Budget) -> Font {
        let map = match dict.get("ToUnicode") {
            Some(Object::Ref(number)) => file.get(*number).and_then(|found| {
                let raw = found.raw.as_deref()?;
                Some(CMap::parse(&filter::decode(found.dict()?, raw, budget).0))
            }),
            _ => None,
        };
        if file.value(dict, "Subtype").name() == Some("Type0") {
            let descendant = file.value(dict, "DescendantFonts").list().and_then(<[Object]>::first).map(|object| file.resolve(object));
            let descendant = descendant.and_then(Object::dict).cloned().unwrap_or_default();
            let codes = match (file.value(dict, "Encoding").name(), &map) {
                (Some(name), None) if name.starts_with("GB") => Codes::Encoded(GB18030),
                (Some(name), None) if name.starts_with("UniGB") => Codes::Encoded(UTF_16BE),
                (_, Some(map)) if map.is_narrow => Codes::Narrow(vec![None; 256]),
                _ => Codes::Wide,
            };
            let width = file.value(&descendant, "DW").number().unwrap_or(1000.0) / 1000.0;
            return Font { codes, map, widths: wide_widths(file, &descendant), width };
        }
        let codes = Codes::Narrow(encoding(file, dict));
        let first = u32::try_from(file.value(dict, "FirstChar").count().unwrap_or(0)).unwrap_or(0);
        let list = file.value(dict, "Widths").list().unwrap_or_default();
        // Fonts of type 3 measure in a space of their own, which is nearly always this one.
        let widths = (first..).zip(list).take(WIDTHS_MAX).filter_map(|(code, width)| Some((code, file.resolve(width).number()? / 1000.0))).collect();
        Font { codes, map, widths, width: 0.55 }
    }

    /// Whether the font does not say how wide its characters are.
    pub(super) fn is_guess(&self) -> bool {
        self.widths.is_empty() && matches!(self.codes, Codes::Narrow(_))
    }

    /// The characters of a shown string.
    pub(super) fn glyphs(&self, bytes: &[u8]) -> Vec<Glyph> {
        let glyph = |code: u32, text: Option<String>| {
            let text = self.map.as_ref().and_then(|map| map.get(code)).or(text);
            let width = self.widths.get(&code).copied().unwrap_or(self.width);
            Glyph { is_space: code == 32, text, width }
        };
        match &self.codes {
            Codes::Narrow(table) => bytes.iter().map(|byte| glyph(u32::from(*byte), table.get(usize::from(*byte)).cloned().flatten())).collect(),
            Codes::Wide => bytes.chunks(2).map(|pair| glyph(pair.iter().fold(0, |code, byte| code << 8 | u32::from(*byte)), None)).collect(),
            Codes::Encoded(encoding) => {
                let text = encoding.decode_without_bom_handling(bytes).0;
                let width = |c: char| if c.is_ascii() { 0.5 } else { 1.0 };
                text.chars().map(|c| Glyph { text: (c != '\u{FFFD}').then(|| c.to_string()), width: width(c), is_space: c == ' ' }).collect()
            }
        }
    }
}

/// The widths of a composite font (§9.7.4.3): `code [w w w]` or `first last w`.
fn wide_widths(file: &File, dict: &Dict) -> BTreeMap<u32, f64> {
    let mut out = BTreeMap::new();
    let list = file.value(dict, "W").list().unwrap_or_default();
    let mut at = 0;
    while let Some(first) = list.get(at).and_then(|object| file.resolve(object).count()).and_then(|first| u32::try_from(first).ok()) {
        match list.get(at + 1).map(|object| file.resolve(object)) {
            Some(Object::List(widths)) => {
                out.extend((first..).zip(widths).filter_map(|(code, width)| Some((code, width.number()? / 1000.0))));
                at += 2;
            }
            Some(last) => {
                let last = last.count().and_then(|last| u32::try_from(last).ok()).unwrap_or(first);
                let width = list.get(at + 2).and_then(|object| file.resolve(object).number()).unwrap_or(1000.0) / 1000.0;
                out.extend((first..=last).take(WIDTHS_MAX).map(|code| (code, width)));
                at += 3;
            }
            None => break,
        }
        if out.len() > WIDTHS_MAX {
            break;
        }
    }
    out
}

/// The characters of a simple font's codes (§9.6.6); none for those that only the shapes in the font know.
fn encoding(file: &File, dict: &Dict) -> Vec<Option<String>> {
    let encoding = file.value(dict, "Encoding");
    let descriptor = file.value(dict, "FontDescriptor").dict();
    let is_embedded = descriptor.is_some_and(|descriptor| descriptor.keys().any(|key| key.starts_with("FontFile")));
    let is_symbolic = descriptor.and_then(|descriptor| file.value(descriptor, "Flags").count()).is_some_and(|flags| flags & 4 != 0);
    let is_drawn = file.value(dict, "Subtype").name() == Some("Type3");
    let base = encoding.name().or_else(|| encoding.dict().and_then(|dict| file.value(dict, "BaseEncoding").name()));
    let table = match base {
        Some("MacRomanEncoding") => Some(MACINTOSH),
        Some(_) => Some(WINDOWS_1252),
        None if is_drawn || is_embedded && is_symbolic => None,
        None => Some(WINDOWS_1252),
    };
    let mut out: Vec<Option<String>> = (0..=255u8)
        .map(|byte| table.map(|table| table.decode_without_bom_handling(&[byte]).0.into_owned()).filter(|text| !text.contains('\u{FFFD}')))
        .collect();
    let differences = encoding.dict().map(|dict| file.value(dict, "Differences")).and_then(Object::list).unwrap_or_default();
    let mut code = 0;
    for object in differences {
        match object {
            Object::Number(_) => code = object.count().unwrap_or(0),
            Object::Name(name) => {
                if let Some(slot) = out.get_mut(code) {
                    *slot = character(name);
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    out
}

/// Names of characters that numbers and addresses are made of (Adobe Glyph List).
const NAMES: &[(&str, char)] = &[
    ("zero", '0'),
    ("one", '1'),
    ("two", '2'),
    ("three", '3'),
    ("four", '4'),
    ("five", '5'),
    ("six", '6'),
    ("seven", '7'),
    ("eight", '8'),
    ("nine", '9'),
    ("space", ' '),
    ("period", '.'),
    ("comma", ','),
    ("hyphen", '-'),
    ("minus", '-'),
    ("endash", '–'),
    ("colon", ':'),
    ("semicolon", ';'),
    ("slash", '/'),
    ("at", '@'),
    ("underscore", '_'),
    ("plus", '+'),
    ("equal", '='),
    ("parenleft", '('),
    ("parenright", ')'),
    ("numbersign", '#'),
    ("percent", '%'),
    ("ampersand", '&'),
    ("asterisk", '*'),
    ("quotesingle", '\''),
    ("quoteright", '’'),
    ("quoteleft", '‘'),
    ("quotedblleft", '“'),
    ("quotedblright", '”'),
    ("periodcentered", '·'),
    ("bullet", '•'),
    ("exclam", '!'),
    ("question", '?'),
    ("less", '<'),
    ("greater", '>'),
    ("bracketleft", '['),
    ("bracketright", ']'),
    ("dollar", '$'),
    ("nbspace", '\u{A0}'),
    ("emdash", '—'),
    ("ellipsis", '…'),
    ("quotedbl", '"'),
    ("bar", '|'),
    ("tilde", '~'),
    ("asciitilde", '~'),
    ("braceleft", '{'),
    ("braceright", '}'),
    ("backslash", '\\'),
    ("asciicircum", '^'),
    ("circumflex", 'ˆ'),
    ("grave", '`'),
    ("copyright", '©'),
    ("section", '§'),
    ("registered", '®'),
    ("dagger", '†'),
    ("degree", '°'),
    ("multiply", '×'),
    ("acute", '´'),
    ("dieresis", '¨'),
    ("yen", '¥'),
    ("guillemotleft", '«'),
    ("guillemotright", '»'),
    ("quotesinglbase", '‚'),
    ("quotedblbase", '„'),
    ("trademark", '™'),
    ("dotlessi", 'ı'),
];

fn character(name: &str) -> Option<String> {
    let mut chars = name.chars();
    if let (Some(c), None) = (chars.next().filter(char::is_ascii_alphabetic), chars.next()) {
        return Some(c.to_string());
    }
    if let Some((_, c)) = NAMES.iter().find(|(known, _)| *known == name) {
        return Some(c.to_string());
    }
    let ligature = match name {
        "fi" => Some("fi"),
        "fl" => Some("fl"),
        "ff" => Some("ff"),
        "ffi" => Some("ffi"),
        "ffl" => Some("ffl"),
        ".notdef" => Some(""),
        _ => None,
    };
    let hex = name.strip_prefix("uni").or_else(|| name.strip_prefix('u')).filter(|hex| hex.len() >= 4);
    ligature.map(str::to_owned).or_else(|| hex.and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32).map(String::from))
}
