//! Any XML part → its texts: runs joined by paragraph, everything else on lines of its own, attributes and comments as well.

use super::chain::{Chain, Ink};
use super::harvest::Harvest;
use super::mark::Mark;
use super::role::{self, Role};
use super::xml::{self, Attribute, Visit};
use super::{Place, Reason, column, number, property};
use std::collections::BTreeSet;

/// From this length on a text without a space that could be Base64 is taken for it.
const PACKED_MIN: usize = 400;

/// Reads a part. `base` is where its paragraphs stand, `part` where everything stands that has no better place.
pub(super) fn read(text: &str, base: &Place, part: &Place, harvest: &mut Harvest) {
    let mut flow = Flow::new(base, part, harvest);
    xml::walk(text, &mut flow);
    flow.finish();
}

/// Reads a part in which every element with text is a document property.
pub(super) fn read_properties(text: &str, base: &Place, part: &Place, harvest: &mut Harvest) {
    let mut flow = Flow::new(base, part, harvest);
    flow.is_properties = true;
    xml::walk(text, &mut flow);
    flow.finish();
}

#[derive(Debug)]
struct Frame {
    name: String,
    role: Role,
    text: String,
    /// The name that the element gives its text: of a defined name or a property.
    label: Option<String>,
}

#[derive(Debug)]
struct Block {
    place: Place,
    is_beside: bool,
    chain: Chain,
    field: String,
}

/// A part while it is read.
#[derive(Debug)]
pub(super) struct Flow<'h> {
    pub(super) harvest: &'h mut Harvest,
    base: Place,
    part: Place,
    /// Whether the whole part is hidden from a reader.
    pub(super) is_hidden: bool,
    is_properties: bool,
    /// Collects the shared strings instead of handing them out.
    pub(super) strings: Option<Vec<String>>,
    frames: Vec<Frame>,
    blocks: Vec<Block>,
    contexts: Vec<Place>,
    paragraphs: u32,
    deleted: usize,
    inserted: usize,
    is_vanished: bool,
    lines: String,
    attributes: BTreeSet<(Option<Mark>, String)>,
}

impl<'h> Flow<'h> {
    pub(super) fn new(base: &Place, part: &Place, harvest: &'h mut Harvest) -> Flow<'h> {
        Flow {
            harvest,
            base: base.clone(),
            part: part.clone(),
            is_hidden: false,
            is_properties: false,
            strings: None,
            frames: Vec::new(),
            blocks: Vec::new(),
            contexts: Vec::new(),
            paragraphs: 0,
            deleted: 0,
            inserted: 0,
            is_vanished: false,
            lines: String::new(),
            attributes: BTreeSet::new(),
        }
    }

    /// Lets everything that follows stand at a place, until [`Flow::leave`].
    pub(super) fn enter(&mut self, place: Place) {
        self.contexts.push(place);
    }

    pub(super) fn leave(&mut self) {
        self.contexts.pop();
    }

    /// Hands out what has no place of its own, at the end of the part.
    pub(super) fn finish(self) {
        self.harvest.piece(self.part.clone(), true, &self.lines);
        let mut rest = String::new();
        for (mark, value) in self.attributes {
            match mark {
                Some(mark) => self.harvest.piece(self.base.with(mark), true, &value),
                None => rest.extend([value.as_str(), "\n"]),
            }
        }
        self.harvest.piece(self.part.with(Mark::Attributes), true, &rest);
    }

    fn here(&self) -> &Place {
        self.contexts.last().unwrap_or(&self.base)
    }

    /// Keeps the value of an attribute, each once.
    pub(super) fn attribute(&mut self, element: &str, attribute: &Attribute) {
        let name = attribute.name();
        if attribute.full.starts_with("xmlns") || role::is_harmless(&attribute.value) {
            return;
        }
        self.attributes.insert((role::of_attribute(element, name), number::plain(&attribute.value)));
    }

    fn open_block(&mut self, is_beside: bool) {
        let beside = self.blocks.last().filter(|_| is_beside).map(|block| block.place.with(Mark::Phonetic));
        let place = match (beside, self.contexts.last()) {
            (Some(place), _) => place,
            (None, Some(context)) => context.clone(),
            (None, None) => {
                self.paragraphs += 1;
                self.base.counted(Mark::Paragraph, self.paragraphs)
            }
        };
        self.blocks.push(Block { place, is_beside, chain: Chain::default(), field: String::new() });
    }

    fn close_block(&mut self) {
        let Some(block) = self.blocks.pop() else { return };
        let hidden = self.is_hidden || block.is_beside;
        if let (Some(strings), false, true) = (&mut self.strings, block.is_beside, self.blocks.is_empty()) {
            strings.push(block.chain.seen());
            return;
        }
        self.harvest.piece(block.place.clone(), hidden, &block.chain.seen());
        if let Some(text) = block.chain.unhidden() {
            self.harvest.piece(block.place.with(Mark::HiddenPart), true, &text);
        }
        if let Some(text) = block.chain.original() {
            self.harvest.piece(block.place.with(Mark::Revision), true, &text);
        }
        self.harvest.piece(block.place.with(Mark::Field), true, &block.field);
    }

    fn open_context(&mut self, mark: Mark, attributes: &[Attribute]) {
        let cell = xml::get(attributes, "ref").and_then(column::parse);
        let here = cell.map_or_else(|| self.here().clone(), |(column, row)| self.here().cell(column, row));
        self.contexts.push(here.with(mark));
    }

    fn ink(&self, is_deleted: bool) -> Ink {
        match () {
            () if is_deleted || self.deleted > 0 => Ink::Deleted,
            () if self.is_vanished => Ink::Hidden,
            () if self.inserted > 0 => Ink::Inserted,
            () => Ink::Plain,
        }
    }

    fn push(&mut self, text: &str, is_deleted: bool) {
        let ink = self.ink(is_deleted);
        if let Some(block) = self.blocks.last_mut() {
            block.chain.push(ink, text);
        }
    }

    /// Hands out the text of an element that is no part of a paragraph.
    fn leaf(&mut self, frame: &Frame) {
        let text = frame.text.trim();
        if text.len() >= PACKED_MIN && is_packed(text) {
            self.harvest.unread(self.part.clone(), Reason::Packed);
        }
        let text = number::plain(text);
        if self.is_properties {
            // A property of its own name; what is named by its type alone goes by the element below the root.
            let named = frame.label.as_deref().or_else(|| self.frames.iter().rev().find_map(|outer| outer.label.as_deref()));
            let is_typed = matches!(frame.name.as_str(), "lpstr" | "lpwstr" | "bstr" | "i4" | "r8" | "bool" | "filetime");
            let outer = self.frames.get(1).filter(|_| is_typed).map_or(&frame.name, |outer| &outer.name);
            let label = named.unwrap_or(outer);
            let place = match property::term(label) {
                Some(term) => self.base.term(Mark::Property, term),
                None => self.base.named(Mark::Property, label),
            };
            self.harvest.piece(place, true, &text);
        } else if let Role::Leaf(mark) = frame.role {
            let is_hidden = self.is_hidden || !matches!(mark, Mark::Header | Mark::Footer);
            self.harvest.piece(self.here().with(mark), is_hidden, &text);
        } else if let ("definedName", Some(label)) = (frame.name.as_str(), &frame.label) {
            self.harvest.piece(self.base.named(Mark::DefinedName, label), true, &text);
        } else {
            self.lines.extend([text.as_str(), "\n"]);
        }
    }
}

impl Visit for Flow<'_> {
    fn start(&mut self, name: &str, attributes: &[Attribute]) {
        let role = role::of(name);
        match role {
            Role::Block => self.open_block(false),
            Role::Beside => self.open_block(true),
            Role::Context(mark) => self.open_context(mark, attributes),
            Role::Break(c) => self.push(c.encode_utf8(&mut [0; 4]), false),
            Role::Symbol => self.push(&symbol(attributes), false),
            Role::Run => self.is_vanished = false,
            Role::Vanish => self.is_vanished |= !matches!(xml::get(attributes, "val"), Some("0" | "false" | "off")),
            Role::Inserted => self.inserted += 1,
            Role::Deleted => self.deleted += 1,
            _ => {}
        }
        for attribute in attributes {
            self.attribute(name, attribute);
        }
        let label = matches!(name, "definedName" | "property" | "user-defined").then(|| xml::get(attributes, "name").unwrap_or_default().to_owned());
        self.frames.push(Frame { name: name.to_owned(), role, text: String::new(), label });
    }

    fn text(&mut self, text: &str) {
        let in_block = !self.blocks.is_empty();
        let Some(frame) = self.frames.last_mut() else {
            self.lines.push_str(text);
            return;
        };
        match frame.role {
            Role::Text if in_block => self.push(text, false),
            Role::DeletedText if in_block => self.push(text, true),
            // Between the elements of a paragraph there is nothing but the line breaks of whoever printed the XML.
            Role::Block | Role::Beside if text.trim().is_empty() && text.contains('\n') => {}
            Role::Block | Role::Beside => self.push(text, false),
            Role::Instruction if in_block => {
                if let Some(block) = self.blocks.last_mut() {
                    block.field.push_str(text);
                }
            }
            _ => frame.text.push_str(text),
        }
    }

    fn end(&mut self, _: &str) {
        let Some(frame) = self.frames.pop() else { return };
        if !frame.text.trim().is_empty() {
            self.leaf(&frame);
        }
        match frame.role {
            Role::Block | Role::Beside => self.close_block(),
            Role::Context(_) => self.leave(),
            Role::Inserted => self.inserted = self.inserted.saturating_sub(1),
            Role::Deleted => self.deleted = self.deleted.saturating_sub(1),
            Role::Run => self.is_vanished = false,
            _ => {}
        }
    }

    fn aside(&mut self, text: &str) {
        self.harvest.piece(self.part.with(Mark::Markup), true, text);
    }

    fn fault(&mut self, reason: Reason) {
        self.harvest.unread(self.part.clone(), reason);
    }
}

/// The character of a symbol by its number; symbol fonts keep ASCII at U+F000.
fn symbol(attributes: &[Attribute]) -> String {
    let code = xml::get(attributes, "char").and_then(|code| u32::from_str_radix(code, 16).ok()).unwrap_or(0);
    let code = if (0xF020..=0xF07E).contains(&code) { code - 0xF000 } else { code };
    char::from_u32(code).map(String::from).unwrap_or_default()
}

/// Whether a text is bytes in Base64.
fn is_packed(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'\n' | b'\r' | b' '))
        && text.split_ascii_whitespace().all(|word| word.len() >= 40 || text.ends_with(word))
}
