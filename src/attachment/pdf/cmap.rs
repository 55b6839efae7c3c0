//! Character maps (ISO 32000-1 §9.10.3): codes of a font → characters.

use super::object::{Object, Parser};
use encoding_rs::UTF_16BE;

/// A map from codes to characters.
#[derive(Debug, Default)]
pub(super) struct CMap {
    /// First and last code, and the characters of the first; the last of them counts up with the code.
    ranges: Vec<(u32, u32, Vec<u8>)>,
    /// Whether all codes have one byte.
    pub(super) is_narrow: bool,
}

impl CMap {
    pub(super) fn parse(bytes: &[u8]) -> CMap {
        let mut map = CMap::default();
        let mut parser = Parser::new(bytes, 0);
        let mut stack: Vec<Object> = Vec::new();
        let mut widths: Vec<usize> = Vec::new();
        loop {
            match parser.object() {
                Some(Object::Word(word)) => {
                    match word.as_str() {
                        "endbfchar" => map.characters(&stack),
                        "endbfrange" => map.ranges(&stack),
                        "endcodespacerange" => widths.extend(stack.iter().filter_map(|object| text(object).map(<[u8]>::len))),
                        _ => {}
                    }
                    stack.clear();
                }
                Some(object) => stack.push(object),
                None if parser.peek().is_some() => parser.at += 1,
                None => break,
            }
        }
        map.is_narrow = !widths.is_empty() && widths.iter().all(|width| *width == 1);
        map.ranges.sort_by_key(|(first, ..)| *first);
        map
    }

    fn characters(&mut self, stack: &[Object]) {
        for pair in stack.chunks_exact(2) {
            if let [Object::Text(from), Object::Text(to)] = pair {
                self.ranges.push((code(from), code(from), to.clone()));
            }
        }
    }

    fn ranges(&mut self, stack: &[Object]) {
        for triple in stack.chunks_exact(3) {
            match triple {
                [Object::Text(first), Object::Text(last), Object::Text(to)] => self.ranges.push((code(first), code(last), to.clone())),
                [Object::Text(first), Object::Text(_), Object::List(list)] => {
                    for (code, to) in (code(first)..).zip(list.iter().filter_map(text)) {
                        self.ranges.push((code, code, to.to_vec()));
                    }
                }
                _ => {}
            }
        }
    }

    /// The characters of a code.
    pub(super) fn get(&self, code: u32) -> Option<String> {
        let index = self.ranges.partition_point(|(first, ..)| *first <= code).checked_sub(1)?;
        let (first, _, to) = self.ranges.get(index).filter(|(_, last, _)| code <= *last)?;
        let mut to = to.clone();
        let mut carry = code - first;
        for byte in to.iter_mut().rev().take(2) {
            carry += u32::from(*byte);
            *byte = u8::try_from(carry & 0xFF).unwrap_or(0);
            carry >>= 8;
        }
        let text = if to.len() == 1 {
            char::from(to.first().copied().unwrap_or(0)).to_string()
        } else {
            UTF_16BE.decode_without_bom_handling(&to).0.into_owned()
        };
        (!text.is_empty() && !text.contains(['\0', '\u{FFFD}'])).then_some(text)
    }
}

fn text(object: &Object) -> Option<&[u8]> {
    if let Object::Text(text) = object { Some(text) } else { None }
}

fn code(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |code, byte| code << 8 | u32::from(*byte))
}
