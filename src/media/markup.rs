//! The words of an XML text: of its elements, attributes, comments and instructions. Entities are not expanded.

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

/// One text of an XML document.
pub(super) struct Leaf<'a> {
    /// The innermost element that is none of RDF's containers.
    pub(super) element: &'a str,
    /// The attribute that says it, if one does.
    pub(super) attribute: Option<&'a str>,
    /// What it says.
    pub(super) text: &'a str,
}

/// Elements of RDF that only order others.
fn is_container(name: &str) -> bool {
    matches!(name, "rdf:li" | "rdf:Seq" | "rdf:Bag" | "rdf:Alt" | "rdf:Description" | "rdf:RDF" | "rdf:value" | "x:xmpmeta")
}

/// Gives every text of a document away; false where it is no well-formed XML to its end.
pub(super) fn leaves(document: &str, mut each: impl FnMut(Leaf<'_>)) -> bool {
    let mut reader = Reader::from_str(document);
    reader.config_mut().allow_dangling_amp = true;
    let mut open: Vec<String> = Vec::new();
    let mut text = String::new();
    loop {
        let event = match reader.read_event() {
            Ok(Event::Eof) => return open.is_empty(),
            Ok(event) => event,
            Err(_) => return false,
        };
        match event {
            Event::Text(part) => text.push_str(&part),
            Event::CData(part) => text.push_str(&part),
            Event::GeneralRef(name) => match name.resolve_char_ref() {
                Ok(Some(c)) => text.push(c),
                _ => text.push_str(&unescape(&format!("&{};", &*name)).unwrap_or_default()),
            },
            other => {
                say(&mut each, &open, &mut text);
                match other {
                    Event::Start(start) => {
                        attributes(&mut each, &start);
                        open.push(start.name().as_ref().to_owned());
                    }
                    Event::Empty(start) => attributes(&mut each, &start),
                    Event::End(_) => drop(open.pop()),
                    Event::Comment(comment) => each(Leaf { element: "<!--", attribute: None, text: &comment }),
                    Event::DocType(kind) => each(Leaf { element: "<!DOCTYPE", attribute: None, text: &kind }),
                    Event::PI(instruction) if instruction.target() != "xpacket" => each(Leaf { element: "<?", attribute: None, text: &instruction }),
                    _ => {}
                }
            }
        }
    }
}

fn say(each: &mut impl FnMut(Leaf<'_>), open: &[String], text: &mut String) {
    if !text.trim().is_empty() {
        let element = open.iter().rev().find(|name| !is_container(name)).map_or("", String::as_str);
        each(Leaf { element, attribute: None, text: text.trim() });
    }
    text.clear();
}

fn attributes(each: &mut impl FnMut(Leaf<'_>), start: &BytesStart<'_>) {
    let name = start.name();
    for attribute in start.attributes().with_checks(false).flatten() {
        let value = unescape(&attribute.value).unwrap_or_else(|_| attribute.value.clone());
        each(Leaf { element: name.as_ref(), attribute: Some(attribute.key.as_ref()), text: &value });
    }
}
