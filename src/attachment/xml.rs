//! XML → balanced events with local names and resolved references. Lenient, since a damaged part still holds its text; no
//! entity is ever expanded.

use super::Reason;
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// No editor nests elements so deep.
const DEPTH_MAX: usize = 2_000;
/// How far up an end tag looks for its start.
const REACH: usize = 64;

/// An attribute of an element.
#[derive(Debug)]
pub(super) struct Attribute {
    /// The name with its prefix.
    pub(super) full: String,
    pub(super) value: String,
}

impl Attribute {
    /// The name without its prefix.
    pub(super) fn name(&self) -> &str {
        local(&self.full)
    }
}

/// The value of an attribute by its local name.
pub(super) fn get<'a>(attributes: &'a [Attribute], name: &str) -> Option<&'a str> {
    attributes.iter().find(|attribute| attribute.name() == name).map(|attribute| attribute.value.as_str())
}

/// What looks at an XML part as it is read. Every start has its end.
pub(super) trait Visit {
    /// An element begins; names are local.
    fn start(&mut self, name: &str, attributes: &[Attribute]);
    /// Characters, references resolved.
    fn text(&mut self, text: &str);
    /// An element ends.
    fn end(&mut self, name: &str);
    /// Comments, processing instructions, document types, and the raw rest behind damage.
    fn aside(&mut self, text: &str);
    /// Something that cannot be read.
    fn fault(&mut self, reason: Reason);
}

/// The name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or_default()
}

/// The local name of the root element; empty if there is none.
pub(super) fn root(text: &str) -> &str {
    let starts = text.split('<').skip(1).find(|part| part.starts_with(|c: char| c.is_alphabetic() || c == '_'));
    let name = starts.unwrap_or_default().split(|c: char| c.is_whitespace() || c == '>' || c == '/').next();
    local(name.unwrap_or_default())
}

/// Walks an XML text.
pub(super) fn walk(text: &str, visit: &mut impl Visit) {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    let mut open: Vec<String> = Vec::new();
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(text.len());
        let event = match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(event) if open.len() < DEPTH_MAX => event,
            other => {
                visit.fault(if other.is_ok() { Reason::TooDeep } else { Reason::Damaged });
                visit.aside(&strip(text.get(at..).unwrap_or_default()));
                break;
            }
        };
        match event {
            Event::Start(start) => {
                let name = start.name().as_ref().to_owned();
                let attributes = attributes(&start, visit);
                visit.start(local(&name), &attributes);
                open.push(name);
            }
            Event::Empty(start) => {
                let name = start.name().as_ref().to_owned();
                let attributes = attributes(&start, visit);
                visit.start(local(&name), &attributes);
                visit.end(local(&name));
            }
            Event::End(end) => close(end.name().as_ref(), &mut open, visit),
            Event::Text(text) => visit.text(&text.into_inner()),
            Event::CData(text) => visit.text(&text.into_inner()),
            Event::GeneralRef(reference) => refer(&reference, visit),
            Event::Comment(text) | Event::DocType(text) => visit.aside(&text.into_inner()),
            Event::PI(instruction) => visit.aside(&instruction.into_inner()),
            Event::Decl(_) | Event::Eof => {}
        }
    }
    if !open.is_empty() {
        visit.fault(Reason::Damaged);
    }
    while let Some(name) = open.pop() {
        visit.end(local(&name));
    }
}

/// Ends the nearest open element of a name with everything in it; an end without a start is nothing.
fn close(name: &str, open: &mut Vec<String>, visit: &mut impl Visit) {
    let Some(inner) = open.iter().rev().take(REACH).position(|known| known == name) else { return };
    for _ in 0..=inner {
        if let Some(name) = open.pop() {
            visit.end(local(&name));
        }
    }
}

fn attributes(start: &BytesStart, visit: &mut impl Visit) -> Vec<Attribute> {
    let mut out = Vec::new();
    for attribute in start.html_attributes().with_checks(false) {
        let Ok(attribute) = attribute else {
            // What cannot be taken apart is kept whole.
            out.push(Attribute { full: String::new(), value: start.attributes_raw().to_owned() });
            break;
        };
        let value = match quick_xml::escape::unescape(&attribute.value) {
            Ok(value) => value.into_owned(),
            Err(_) => {
                visit.fault(Reason::Entity);
                attribute.value.clone().into_owned()
            }
        };
        out.push(Attribute { full: attribute.key.as_ref().to_owned(), value });
    }
    out
}

fn refer(reference: &BytesRef, visit: &mut impl Visit) {
    let mut buffer = [0; 4];
    let text = match (reference.resolve_char_ref(), &**reference) {
        (Ok(Some(c)), _) => &*c.encode_utf8(&mut buffer),
        (_, "lt") => "<",
        (_, "gt") => ">",
        (_, "amp") => "&",
        (_, "quot") => "\"",
        (_, "apos") => "'",
        (_, "nbsp") => "\u{A0}",
        (_, name) => {
            visit.fault(Reason::Entity);
            visit.aside(name);
            return;
        }
    };
    visit.text(text);
}

/// A raw text without its tags.
fn strip(text: &str) -> String {
    text.split('<').map(|part| part.split_once('>').map_or(part, |(_, after)| after)).collect::<Vec<_>>().join("\n") + "\n" + text
}
