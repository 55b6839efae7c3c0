//! The objects of PDF (ISO 32000-1 §7.2, §7.3) and the one parser for files, content streams and character maps.

use std::collections::BTreeMap;

/// A dictionary.
pub(super) type Dict = BTreeMap<String, Object>;

/// An object.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Object {
    Null,
    Bool(bool),
    Number(f64),
    Text(Vec<u8>),
    Name(String),
    List(Vec<Object>),
    Dict(Dict),
    Ref(u32),
    /// A bare word: an operator, or a keyword of the file's structure.
    Word(String),
}

impl Object {
    pub(super) fn number(&self) -> Option<f64> {
        if let Object::Number(number) = self { Some(*number) } else { None }
    }

    /// A whole number that is not negative.
    pub(super) fn count(&self) -> Option<usize> {
        self.number().filter(|number| (0.0..4e9).contains(number)).and_then(|number| format!("{number:.0}").parse().ok())
    }

    pub(super) fn name(&self) -> Option<&str> {
        if let Object::Name(name) = self { Some(name) } else { None }
    }

    pub(super) fn list(&self) -> Option<&[Object]> {
        if let Object::List(list) = self { Some(list) } else { None }
    }

    pub(super) fn dict(&self) -> Option<&Dict> {
        if let Object::Dict(dict) = self { Some(dict) } else { None }
    }
}

/// Deeper lists than these are made to break readers.
const DEPTH_MAX: usize = 64;

/// Reads objects one after the other.
#[derive(Debug)]
pub(super) struct Parser<'a> {
    bytes: &'a [u8],
    pub(super) at: usize,
    depth: usize,
    /// Comments on the way: text that nothing shows.
    pub(super) comments: Vec<u8>,
}

pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0C | b'\r' | b' ')
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !is_delimiter(byte)
}

impl<'a> Parser<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Parser<'a> {
        Parser { bytes, at, depth: 0, comments: Vec::new() }
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    pub(super) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// Goes over white space and comments.
    pub(super) fn skip(&mut self) {
        while let Some(byte) = self.peek() {
            if is_space(byte) {
                self.at += 1;
            } else if byte == b'%' {
                let length = self.rest().iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(self.rest().len());
                self.comments.extend_from_slice(self.rest().get(..length).unwrap_or_default());
                self.comments.push(b'\n');
                self.at += length;
            } else {
                break;
            }
        }
    }

    /// Reads an object; none at the end or at something that begins none. It always gets further or says none.
    pub(super) fn object(&mut self) -> Option<Object> {
        self.skip();
        let first = self.peek()?;
        match first {
            b'/' => Some(Object::Name(self.name())),
            b'(' => Some(Object::Text(self.literal())),
            b'<' if self.rest().starts_with(b"<<") => self.nested(|parser| parser.dict()),
            b'<' => Some(Object::Text(self.hex())),
            b'[' => self.nested(|parser| parser.list()),
            b'+' | b'-' | b'.' | b'0'..=b'9' => Some(self.number_or_ref()),
            byte if is_regular(byte) => Some(self.word()),
            _ => None,
        }
    }

    fn nested(&mut self, read: impl FnOnce(&mut Self) -> Object) -> Option<Object> {
        if self.depth >= DEPTH_MAX {
            return None;
        }
        self.depth += 1;
        let object = read(self);
        self.depth -= 1;
        Some(object)
    }

    fn regular(&mut self) -> &'a [u8] {
        let rest = self.rest();
        let length = rest.iter().take_while(|byte| is_regular(**byte)).count();
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    fn word(&mut self) -> Object {
        match self.regular() {
            b"true" => Object::Bool(true),
            b"false" => Object::Bool(false),
            b"null" => Object::Null,
            word => Object::Word(String::from_utf8_lossy(word).into_owned()),
        }
    }

    fn name(&mut self) -> String {
        self.at += 1;
        let raw = self.regular();
        let mut out = Vec::with_capacity(raw.len());
        let mut rest = raw;
        while let Some((byte, after)) = rest.split_first() {
            let escaped = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok()).and_then(|hex| u8::from_str_radix(hex, 16).ok());
            match (byte, escaped) {
                (b'#', Some(code)) => {
                    out.push(code);
                    rest = after.get(2..).unwrap_or_default();
                }
                _ => {
                    out.push(*byte);
                    rest = after;
                }
            }
        }
        crate::attachment::encoding::decode_name(&out)
    }

    fn number_or_ref(&mut self) -> Object {
        let raw = self.regular();
        let text = std::str::from_utf8(raw).unwrap_or_default();
        let Ok(number) = text.parse::<f64>() else {
            // `--5` and `1.2.3` are written by some programs; zero keeps the operands in step.
            return if raw.iter().all(|byte| byte.is_ascii_digit() || b"+-.".contains(byte)) {
                Object::Number(0.0)
            } else {
                Object::Word(String::from_utf8_lossy(raw).into_owned())
            };
        };
        if let Ok(target) = text.parse::<u32>() {
            // `12 0 R`
            let rest = self.rest();
            let mut tail =
                rest.iter().take(24).copied().enumerate().skip_while(|(_, byte)| is_space(*byte)).skip_while(|(_, byte)| byte.is_ascii_digit());
            let has_space = tail.next().is_some_and(|(at, byte)| is_space(byte) && at > 1);
            let end = tail.find(|(_, byte)| !is_space(*byte));
            let is_apart = has_space && rest.first().copied().is_some_and(is_space);
            let is_whole = |at: usize| !rest.get(at + 1).copied().is_some_and(is_regular);
            if let Some((at, b'R')) = end.filter(|(at, _)| is_apart && is_whole(*at)) {
                self.at += at + 1;
                return Object::Ref(target);
            }
        }
        Object::Number(if number.is_finite() { number } else { 0.0 })
    }

    fn list(&mut self) -> Object {
        self.at += 1;
        let mut out = Vec::new();
        loop {
            self.skip();
            match self.peek() {
                Some(b']') => {
                    self.at += 1;
                    break;
                }
                Some(_) => match self.object() {
                    Some(object) => out.push(object),
                    None => break,
                },
                None => break,
            }
        }
        Object::List(out)
    }

    fn dict(&mut self) -> Object {
        self.at += 2;
        let mut out = Dict::new();
        loop {
            self.skip();
            if self.rest().starts_with(b">>") {
                self.at += 2;
                break;
            }
            let Some(Object::Name(key)) = self.object() else { break };
            self.skip();
            if self.rest().starts_with(b">>") {
                continue;
            }
            let Some(value) = self.object() else { break };
            // A key that is there twice: the text of both is kept, the last one counts.
            if let Some(before) = out.insert(key.clone(), value) {
                out.insert(format!("{key}#before{}", out.len()), before);
            }
        }
        Object::Dict(out)
    }

    fn literal(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut out = Vec::new();
        let mut depth = 0usize;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'\\' => self.escape(&mut out),
                b'(' => {
                    depth += 1;
                    out.push(byte);
                }
                b')' if depth == 0 => break,
                b')' => {
                    depth -= 1;
                    out.push(byte);
                }
                _ => out.push(byte),
            }
        }
        out
    }

    fn escape(&mut self, out: &mut Vec<u8>) {
        let Some(byte) = self.peek() else { return };
        self.at += 1;
        match byte {
            b'n' => out.push(b'\n'),
            b'r' => out.push(b'\r'),
            b't' => out.push(b'\t'),
            b'b' => out.push(8),
            b'f' => out.push(0x0C),
            b'\r' => self.at += usize::from(self.peek() == Some(b'\n')),
            b'\n' => {}
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit) = self.peek().filter(|byte| (b'0'..=b'7').contains(byte)) else { break };
                    code = code * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                out.push(u8::try_from(code & 0xFF).unwrap_or(0));
            }
            other => out.push(other),
        }
    }

    fn hex(&mut self) -> Vec<u8> {
        self.at += 1;
        let rest = self.rest();
        let length = rest.iter().position(|byte| *byte == b'>').unwrap_or(rest.len());
        self.at += (length + 1).min(rest.len());
        unhex(rest.get(..length).unwrap_or_default())
    }
}

/// Bytes in hexadecimal, everything else left out; a last single digit counts as if a zero followed.
pub(super) fn unhex(text: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = text.iter().filter_map(|byte| char::from(*byte).to_digit(16)).filter_map(|digit| u8::try_from(digit).ok()).collect();
    digits.chunks(2).map(|pair| pair.first().copied().unwrap_or(0) << 4 | pair.get(1).copied().unwrap_or(0)).collect()
}
