//! A package of parts (OOXML, ODF, EPUB): which reader each part goes to, and whose part it is.

use super::flow::{self, Flow};
use super::harvest::Harvest;
use super::mark::Mark;
use super::package::Entry;
use super::relation::Relations;
use super::workbook::Workbook;
use super::xml::{self, Attribute};
use super::{Format, Place, Reason, Refused, Remark, encoding, format, html, runs, sheet};
use std::collections::BTreeMap;

/// A part of a package.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) path: String,
    pub(super) bytes: Vec<u8>,
    /// Its text, if it is XML.
    pub(super) text: Option<String>,
}

impl Part {
    /// The local name of its root element.
    pub(super) fn root(&self) -> &str {
        xml::root(self.text.as_deref().unwrap_or_default())
    }
}

/// Reads all parts of a package.
pub(super) fn read(entries: Vec<Entry>, format: Format, place: &Place, harvest: &mut Harvest) {
    let mut relations = Relations::default();
    let parts: Vec<Part> = entries.into_iter().map(|entry| part(entry, place, harvest)).collect();
    for part in &parts {
        if let (Some(text), "Relationships") = (&part.text, part.root()) {
            relations.add(&part.path, text);
        }
    }
    // ODF says in its manifest which entries are locked (ODF 1.3 part 2, §4.8).
    if parts.iter().any(|part| part.root() == "manifest" && part.text.as_deref().is_some_and(|text| text.contains("encryption-data"))) {
        harvest.unread(place.clone(), Reason::Refused(Refused::Encrypted));
    }
    for part in &parts {
        for relation in relations.of(&part.path).iter().filter(|relation| relation.is_external) {
            let place = place.named(Mark::Part, &part.path);
            harvest.piece(place.with(Mark::Link), true, &relation.target);
            harvest.remark(Remark::ExternalLink { place, target: relation.target.clone() });
        }
    }
    let mut book = Workbook::read(&parts, &relations, place, harvest);
    let owners = owners(&parts, &relations, &book, place);
    for part in &parts {
        let owner = owners.get(&part.path.to_lowercase());
        read_part(part, format, owner, &mut book, place, harvest);
    }
    book.finish(place, harvest);
}

fn part(entry: Entry, place: &Place, harvest: &mut Harvest) -> Part {
    let is_named = [".xml", ".rels", ".vml", ".xhtml", ".opf", ".ncx", ".rdf"].iter().any(|suffix| entry.name.to_ascii_lowercase().ends_with(suffix));
    let decoded = encoding::decode_xml(&entry.bytes).filter(|decoded| is_named || decoded.text.trim_start().starts_with('<'));
    if decoded.as_ref().is_some_and(|decoded| decoded.is_damaged) {
        harvest.unread(place.named(Mark::Part, &entry.name), Reason::UnknownEncoding);
    }
    Part { path: entry.name, bytes: entry.bytes, text: decoded.map(|decoded| decoded.text) }
}

/// Where the parts that belong to a sheet or slide stand, by path: its comments, drawings, charts, notes.
fn owners(parts: &[Part], relations: &Relations, book: &Workbook, place: &Place) -> BTreeMap<String, Place> {
    let mut owners: BTreeMap<String, Place> = BTreeMap::new();
    let mut queue: Vec<(String, Place)> = Vec::new();
    for part in parts {
        if let Some(sheet) = book.sheet(&part.path) {
            queue.push((part.path.to_lowercase(), place.named(Mark::Sheet, &sheet.name)));
        }
    }
    for part in parts.iter().filter(|part| part.root() == "presentation") {
        for (number, id) in (1..).zip(slides(part.text.as_deref().unwrap_or_default())) {
            if let Some(target) = relations.target(&part.path, &id) {
                queue.push((target.to_owned(), place.counted(Mark::Slide, number)));
            }
        }
    }
    while let Some((path, owner)) = queue.pop() {
        // What all slides share belongs to none of them.
        let is_shared = ["layout", "master", "theme", "presentation.xml", "workbook.xml"].iter().any(|word| path.contains(word));
        if is_shared || owners.contains_key(&path) {
            continue;
        }
        for relation in relations.of(&path).iter().filter(|relation| !relation.is_external) {
            queue.push((relation.target.clone(), owner.clone()));
        }
        owners.insert(path, owner);
    }
    owners
}

/// The relationship ids of the slides of a presentation in their order.
fn slides(text: &str) -> Vec<String> {
    let mut ids = Ids(Vec::new());
    xml::walk(text, &mut ids);
    ids.0
}

struct Ids(Vec<String>);

impl xml::Visit for Ids {
    fn start(&mut self, name: &str, attributes: &[Attribute]) {
        if name == "sldId" {
            self.0.extend(attributes.iter().find(|attribute| attribute.full.ends_with(":id")).map(|attribute| attribute.value.clone()));
        }
    }
    fn text(&mut self, _: &str) {}
    fn end(&mut self, _: &str) {}
    fn aside(&mut self, _: &str) {}
    fn fault(&mut self, _: Reason) {}
}

fn read_part(part: &Part, format: Format, owner: Option<&Place>, book: &mut Workbook, place: &Place, harvest: &mut Harvest) {
    let path = part.path.to_lowercase();
    let here = place.named(Mark::Part, &part.path);
    if let Some(name) = odd_name(&path) {
        harvest.piece(here.with(Mark::EntryName), true, name);
    }
    let Some(text) = &part.text else {
        read_binary(part, &path, owner.unwrap_or(place), place, harvest);
        return;
    };
    let owned = owner.unwrap_or(&here);
    match part.root() {
        "worksheet" | "macrosheet" | "xlmacrosheet" | "dialogsheet" | "chartsheet" if format == Format::Xlsx => {
            let is_hidden = book.sheet(&part.path).is_some_and(|sheet| sheet.is_hidden);
            sheet::read(text, owned, &here, is_hidden, book, harvest);
        }
        "sst" => {}
        "coreProperties" | "Properties" | "document-meta" => flow::read_properties(text, place, &here, harvest),
        "document" | "document-content" | "workbook" => flow::read(text, place, &here, harvest),
        "sld" | "notes" => {
            let owned = if part.root() == "notes" { owned.with(Mark::Notes) } else { owned.clone() };
            let mut flow = Flow::new(&owned, &here, harvest);
            flow.is_hidden = is_unshown(text);
            xml::walk(text, &mut flow);
            flow.finish();
        }
        "sldLayout" | "sldMaster" | "notesMaster" | "handoutMaster" => flow::read(text, &here.with(Mark::Template), &here, harvest),
        "externalLink" => flow::read(text, &here, &place.with(Mark::ExternalLink), harvest),
        "pivotCacheRecords" | "pivotCacheDefinition" => flow::read(text, place, &place.with(Mark::PivotCache), harvest),
        "html" => html::read(text, &here, harvest),
        _ => flow::read(text, owned, &here, harvest),
    }
}

/// Whether a slide is one that is left out when the others are shown.
fn is_unshown(text: &str) -> bool {
    let root = text.split('<').find(|part| part.split_once(|c: char| c.is_whitespace()).is_some_and(|(name, _)| name.ends_with("sld")));
    root.unwrap_or_default()
        .split('>')
        .next()
        .is_some_and(|tag| tag.contains("show=\"0\"") || tag.contains("show='0'") || tag.contains("show=\"false\""))
}

/// The name of a part, if it is not one that a program makes up: someone's file name.
fn odd_name(path: &str) -> Option<&str> {
    let name = path.rsplit('/').next().unwrap_or_default();
    let digits = name.bytes().filter(u8::is_ascii_digit).count();
    (!name.is_ascii() || digits >= 7 || path.contains("embeddings/")).then_some(name)
}

/// Bigger settings of a printer than this are something else.
const PRINTER_MAX: usize = 64 << 10;

fn read_binary(part: &Part, path: &str, owner: &Place, place: &Place, harvest: &mut Harvest) {
    let here = place.named(Mark::Part, &part.path);
    let is_font = [".odttf", ".fntdata", ".ttf", ".otf"].iter().any(|suffix| path.ends_with(suffix));
    let is_printer = path.contains("printersettings") && part.bytes.len() <= PRINTER_MAX && !format::is_known(&part.bytes);
    if is_font || is_printer || part.bytes.is_empty() {
        runs::read(&part.bytes, &here, harvest);
    } else if path == "mimetype" {
        harvest.piece(here, true, &String::from_utf8_lossy(&part.bytes));
    } else {
        format::read(&part.path, &part.bytes, &owner.named(Mark::Embedded, &part.path), harvest);
    }
}
