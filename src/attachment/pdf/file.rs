//! A PDF file → all its objects, whatever its tables say: those of earlier versions too, since they are still in the file.

use super::filter;
use super::object::{Dict, Object, Parser, is_space};
use crate::attachment::harvest::Harvest;
use crate::attachment::mark::Mark;
use crate::attachment::{Place, Reason};
use std::collections::BTreeMap;

/// An object of the file.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) number: u32,
    pub(super) object: Object,
    /// The packed bytes of its stream.
    pub(super) raw: Option<Vec<u8>>,
    /// Whether a later object has the same number.
    pub(super) is_superseded: bool,
}

impl Found {
    pub(super) fn dict(&self) -> Option<&Dict> {
        self.object.dict()
    }
}

/// All objects of a file.
#[derive(Debug, Default)]
pub(super) struct File {
    pub(super) found: Vec<Found>,
    current: BTreeMap<u32, usize>,
    pub(super) trailers: Vec<Dict>,
}

impl File {
    /// Finds all objects; what is none is told.
    pub(super) fn read(bytes: &[u8], place: &Place, harvest: &mut Harvest) -> File {
        let mut file = File::default();
        let mut scan = Scan { lengths: lengths(bytes), parser: Parser::new(bytes, 0), bytes, in_table: false, stray: Vec::new() };
        while let Some(step) = scan.next() {
            match step {
                Step::Object(found) => file.add(found, place, harvest),
                Step::Trailer(dict) => file.trailers.push(dict),
            }
        }
        let comments = String::from_utf8_lossy(&scan.parser.comments).into_owned();
        let remarks: Vec<&str> = comments
            .lines()
            .filter(|line| line.chars().any(char::is_alphanumeric) && !line.starts_with("%PDF-") && !line.starts_with("%%EOF"))
            .collect();
        harvest.piece(place.with(Mark::Markup), true, &remarks.join("\n"));
        if !scan.stray.is_empty() {
            harvest.piece(place.with(Mark::Outside), true, &String::from_utf8_lossy(&scan.stray));
            harvest.unread(place.with(Mark::Outside), Reason::Unaccounted);
        }
        for (index, found) in file.found.iter().enumerate() {
            file.current.insert(found.number, index);
        }
        for (index, found) in file.found.iter_mut().enumerate() {
            found.is_superseded = file.current.get(&found.number) != Some(&index);
        }
        file
    }

    fn add(&mut self, found: Found, place: &Place, harvest: &mut Harvest) {
        let is_of_type = |wanted| found.dict().and_then(|dict| dict.get("Type")).and_then(Object::name) == Some(wanted);
        if let (Some(dict), true) = (found.dict(), is_of_type("XRef")) {
            self.trailers.push(dict.clone());
        }
        let packed = if is_of_type("ObjStm") { found.dict().zip(found.raw.as_deref()).map(|(dict, raw)| (dict.clone(), raw.to_vec())) } else { None };
        let number = found.number;
        self.found.push(found);
        let Some((dict, raw)) = packed else { return };
        let (bytes, reason) = filter::decode(&dict, &raw, &mut harvest.budget);
        if let Some(reason) = reason {
            harvest.unread(place.named(Mark::Stream, &number.to_string()), reason);
        }
        self.unpack(&dict, &bytes);
    }

    /// Adds the objects of an object stream (§7.5.7).
    fn unpack(&mut self, dict: &Dict, bytes: &[u8]) {
        let get = |key| dict.get(key).and_then(Object::count).unwrap_or(0);
        let (count, first) = (get("N").min(bytes.len()), get("First"));
        let mut head = Parser::new(bytes, 0);
        for _ in 0..count {
            let (Some(number), Some(offset)) = (head.object(), head.object()) else { break };
            let Some((number, offset)) = number.count().zip(offset.count()) else { continue };
            let Some(object) = Parser::new(bytes, first.saturating_add(offset)).object() else { continue };
            self.found.push(Found { number: u32::try_from(number).unwrap_or(0), object, raw: None, is_superseded: false });
        }
    }

    /// The current object of a number.
    pub(super) fn get(&self, number: u32) -> Option<&Found> {
        self.current.get(&number).and_then(|index| self.found.get(*index))
    }

    /// What an object is once references are followed, a few steps at most.
    pub(super) fn resolve<'a>(&'a self, object: &'a Object) -> &'a Object {
        let mut object = object;
        for _ in 0..8 {
            match object {
                Object::Ref(number) => match self.get(*number) {
                    Some(found) => object = &found.object,
                    None => return &Object::Null,
                },
                other => return other,
            }
        }
        &Object::Null
    }

    /// The value of a key, references followed.
    pub(super) fn value<'a>(&'a self, dict: &'a Dict, key: &str) -> &'a Object {
        dict.get(key).map_or(&Object::Null, |object| self.resolve(object))
    }
}

enum Step {
    Object(Found),
    Trailer(Dict),
}

struct Scan<'a> {
    bytes: &'a [u8],
    parser: Parser<'a>,
    /// Whole numbers that are objects of their own: lengths of streams.
    lengths: BTreeMap<u32, usize>,
    /// Whether the numbers that follow are those of a table of objects.
    in_table: bool,
    stray: Vec<u8>,
}

impl Scan<'_> {
    fn next(&mut self) -> Option<Step> {
        loop {
            self.parser.skip();
            let at = self.parser.at;
            self.parser.peek()?;
            if let Some(number) = header(&mut self.parser) {
                self.in_table = false;
                return Some(Step::Object(self.found(number)));
            }
            self.parser.at = at;
            match self.parser.object() {
                Some(Object::Word(word)) if word == "trailer" => {
                    self.in_table = false;
                    if let Some(Object::Dict(dict)) = self.parser.object() {
                        return Some(Step::Trailer(dict));
                    }
                }
                Some(Object::Word(word)) if matches!(word.as_str(), "xref" | "startxref") => self.in_table = true,
                Some(Object::Word(word)) if word == "endobj" || self.in_table && matches!(word.as_str(), "n" | "f") => {}
                Some(Object::Number(_)) if self.in_table && self.parser.at - at <= 10 => {}
                Some(_) => self.stray.extend(self.bytes.get(at..self.parser.at).unwrap_or_default()),
                None => {
                    self.stray.extend(self.bytes.get(at..=at).unwrap_or_default());
                    self.parser.at = at + 1;
                }
            }
        }
    }

    fn found(&mut self, number: u32) -> Found {
        let object = self.parser.object().unwrap_or(Object::Null);
        let at = self.parser.at;
        self.parser.skip();
        let mut raw = None;
        if let (Object::Dict(dict), Some(after)) = (&object, self.parser.rest().strip_prefix(b"stream")) {
            let after = after.strip_prefix(b"\r\n").or_else(|| after.strip_prefix(b"\n")).or_else(|| after.strip_prefix(b"\r")).unwrap_or(after);
            let length = self.stream_length(dict, after);
            raw = after.get(..length).map(<[u8]>::to_vec);
            self.parser.at = self.bytes.len() - after.len() + length;
            self.parser.skip();
            if self.parser.rest().starts_with(b"endstream") {
                self.parser.at += b"endstream".len();
            }
        } else {
            self.parser.at = at;
        }
        Found { number, object, raw, is_superseded: false }
    }

    /// How long a stream is: as it says if that ends where it should, else up to the word that ends it.
    fn stream_length(&self, dict: &Dict, after: &[u8]) -> usize {
        let said = match dict.get("Length") {
            Some(Object::Ref(number)) => self.lengths.get(number).copied(),
            Some(object) => object.count(),
            None => None,
        };
        let ends = |length: &usize| {
            let tail = after.get(*length..).unwrap_or_default();
            let spaces = tail.iter().take(4).take_while(|byte| is_space(**byte)).count();
            tail.get(spaces..).is_some_and(|tail| tail.starts_with(b"endstream"))
        };
        said.filter(ends).unwrap_or_else(|| crate::attachment::format::find(after, b"endstream").unwrap_or(after.len()))
    }
}

/// Reads `12 0 obj`.
fn header(parser: &mut Parser) -> Option<u32> {
    let first = parser.peek().filter(u8::is_ascii_digit).and_then(|_| parser.object())?;
    let second = parser.object()?;
    parser.skip();
    let is_header = parser.rest().starts_with(b"obj");
    if is_header {
        parser.at += b"obj".len();
    }
    first.count().zip(second.count()).filter(|_| is_header).and_then(|(number, _)| u32::try_from(number).ok())
}

/// All objects that are a whole number.
fn lengths(bytes: &[u8]) -> BTreeMap<u32, usize> {
    let mut out = BTreeMap::new();
    let mut at = 0;
    while let Some(found) = crate::attachment::format::find(bytes.get(at..).unwrap_or_default(), b" obj") {
        let end = at + found;
        at = end + 4;
        let line_start = bytes.get(end.saturating_sub(24)..end).unwrap_or_default();
        let words: Vec<&[u8]> = line_start.split(|byte| is_space(*byte)).filter(|word| !word.is_empty()).collect();
        let number = words
            .len()
            .checked_sub(2)
            .and_then(|index| words.get(index))
            .and_then(|word| std::str::from_utf8(word).ok())
            .and_then(|word| word.parse().ok());
        let mut parser = Parser::new(bytes.get(at..bytes.len().min(at + 40)).unwrap_or_default(), 0);
        if let (Some(number), Some(length)) = (number, parser.object().as_ref().and_then(Object::count)) {
            out.insert(number, length);
        }
    }
    out
}
