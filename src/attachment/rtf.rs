//! RTF 1.9: text with its groups, code pages and Unicode escapes. What is packed in hexadecimal is not read, so an RTF file
//! is always unread to a part.

use super::harvest::Harvest;
use super::mark::Mark;
use super::{Place, Reason};
use encoding_rs::{GBK, WINDOWS_1252};

/// Deeper groups than these are made to break readers.
const DEPTH_MAX: usize = 1_000;

/// Reads a file.
pub(super) fn read(bytes: &[u8], place: &Place, harvest: &mut Harvest) {
    harvest.unread(place.clone(), Reason::RichText);
    let mut reader = Rtf {
        place,
        harvest,
        groups: vec![Group { fallback: 1, ..Group::default() }],
        bytes: Vec::new(),
        text: String::new(),
        hidden: String::new(),
        count: 0,
        skip: 0,
    };
    let mut rest = bytes;
    while let Some((first, after)) = rest.split_first() {
        rest = match first {
            b'{' => reader.open(after),
            b'}' => reader.close(after),
            b'\\' => reader.control(after),
            b'\r' | b'\n' => after,
            byte => {
                reader.byte(*byte);
                after
            }
        };
    }
    reader.paragraph();
    let hidden = std::mem::take(&mut reader.hidden);
    harvest.piece(place.with(Mark::HiddenPart), true, &hidden);
}

#[derive(Clone, Copy, Default)]
struct Group {
    /// Not part of the text that is shown: tables of fonts and styles, properties, unknown destinations.
    is_aside: bool,
    /// Formatted as hidden.
    is_hidden: bool,
    /// Bytes in hexadecimal.
    is_packed: bool,
    /// Characters that stand behind a `\u` for readers without Unicode.
    fallback: usize,
}

struct Rtf<'a> {
    place: &'a Place,
    harvest: &'a mut Harvest,
    groups: Vec<Group>,
    /// Bytes that are not decoded yet, since a character may have two.
    bytes: Vec<u8>,
    text: String,
    hidden: String,
    count: u32,
    skip: usize,
}

impl Rtf<'_> {
    fn group(&mut self) -> Group {
        self.groups.last().copied().unwrap_or_default()
    }

    fn set(&mut self, set: impl FnOnce(&mut Group)) {
        self.decode();
        if let Some(group) = self.groups.last_mut() {
            set(group);
        }
    }

    fn open<'t>(&mut self, rest: &'t [u8]) -> &'t [u8] {
        self.decode();
        let group = self.group();
        if self.groups.len() < DEPTH_MAX {
            self.groups.push(group);
        }
        self.skip = 0;
        rest
    }

    fn close<'t>(&mut self, rest: &'t [u8]) -> &'t [u8] {
        self.decode();
        if self.groups.len() > 1 {
            let closed = self.groups.pop().unwrap_or_default();
            if closed.is_aside && !self.group().is_aside {
                self.hidden.push('\n');
            }
        }
        self.skip = 0;
        rest
    }

    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else if !self.group().is_packed {
            self.bytes.push(byte);
        }
    }

    fn push(&mut self, text: &str) {
        self.decode();
        self.put(text);
    }

    fn put(&mut self, text: &str) {
        let group = self.group();
        if group.is_aside || group.is_hidden {
            self.hidden.push_str(text);
        }
        if !group.is_aside {
            self.text.push_str(text);
        }
    }

    /// Decodes what bytes there are: as GBK if they make sense so, else as Latin.
    fn decode(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let (text, _, is_damaged) = GBK.decode(&bytes);
        let text = if is_damaged { WINDOWS_1252.decode(&bytes).0 } else { text };
        self.put(&text);
    }

    fn paragraph(&mut self) {
        self.decode();
        if self.group().is_aside {
            self.hidden.push('\n');
            return;
        }
        self.count += 1;
        let text = std::mem::take(&mut self.text);
        self.harvest.piece(self.place.counted(Mark::Paragraph, self.count), false, &text);
    }

    /// Reads what follows a backslash.
    fn control<'t>(&mut self, rest: &'t [u8]) -> &'t [u8] {
        let Some((first, after)) = rest.split_first() else { return rest };
        match first {
            b'\'' => {
                let hex = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok()).and_then(|hex| u8::from_str_radix(hex, 16).ok());
                self.byte(hex.unwrap_or(b'?'));
                after.get(2..).unwrap_or_default()
            }
            b'\\' | b'{' | b'}' => {
                self.byte(*first);
                after
            }
            b'*' => {
                self.set(|group| group.is_aside = true);
                after
            }
            b'~' => {
                self.push(" ");
                after
            }
            b'_' => {
                self.push("-");
                after
            }
            letter if letter.is_ascii_alphabetic() => self.word(rest),
            _ => after,
        }
    }

    fn word<'t>(&mut self, text: &'t [u8]) -> &'t [u8] {
        let letters = text.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let (word, rest) = text.split_at(letters);
        let digits = rest.iter().enumerate().take_while(|(at, byte)| byte.is_ascii_digit() || *at == 0 && **byte == b'-').count();
        let (number, rest) = rest.split_at(digits);
        let number = std::str::from_utf8(number).ok().and_then(|number| number.parse::<i64>().ok());
        let rest = rest.strip_prefix(b" ").unwrap_or(rest);
        match word {
            b"par" | b"cell" | b"row" | b"sect" | b"page" => self.paragraph(),
            b"line" => self.push("\n"),
            b"tab" => self.push("\t"),
            b"v" => self.set(|group| group.is_hidden = number != Some(0)),
            b"plain" => self.set(|group| group.is_hidden = false),
            b"uc" => self.set(|group| group.fallback = usize::try_from(number.unwrap_or(1)).unwrap_or(0)),
            b"u" => self.unicode(number.unwrap_or(0)),
            b"fonttbl" | b"colortbl" | b"stylesheet" | b"info" | b"listtable" | b"header" | b"footer" | b"headerl" | b"headerr" | b"footnote" => {
                self.set(|group| group.is_aside = true);
            }
            b"pict" | b"objdata" | b"themedata" | b"datastore" => self.set(|group| group.is_packed = true),
            b"bin" => return rest.get(usize::try_from(number.unwrap_or(0)).unwrap_or(0)..).unwrap_or_default(),
            _ => {}
        }
        rest
    }

    fn unicode(&mut self, number: i64) {
        // Units of UTF-16 as signed numbers; halves of a pair are rare in names and are left out.
        let unit = if number < 0 { number + 65_536 } else { number };
        let c = u32::try_from(unit).ok().and_then(char::from_u32).unwrap_or('\u{FFFD}');
        self.push(c.encode_utf8(&mut [0; 4]));
        self.skip = self.group().fallback;
    }
}
