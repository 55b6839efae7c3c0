//! The pages of a PDF in their order, and the lines on them.

use super::content::{Content, Fonts};
use super::file::File;
use super::object::{Dict, Object};
use super::{filter, kind, string};
use crate::attachment::harvest::Harvest;
use crate::attachment::mark::Mark;
use crate::attachment::{Place, Reason, span};
use std::collections::BTreeSet;

/// What the pages were.
#[derive(Debug, Default)]
pub(super) struct Pages {
    pub(super) count: u32,
    /// The objects whose streams were read.
    pub(super) read: BTreeSet<u32>,
}

/// Trees of pages are not deeper.
const DEPTH_MAX: usize = 32;

/// Reads all pages.
pub(super) fn read(file: &File, place: &Place, fonts: &mut Fonts, harvest: &mut Harvest) -> Pages {
    let mut pages = Pages::default();
    let order = order(file);
    for number in &order {
        let Some(dict) = file.get(*number).and_then(|found| found.dict()) else { continue };
        pages.count += 1;
        let here = place.counted(Mark::Page, pages.count);
        let mut content = Content::new(file);
        let bytes = contents(file, dict, &here, &mut pages.read, harvest);
        content.show(&bytes, resources(file, dict), fonts, harvest);
        pages.read.append(&mut content.read);
        hand_out(content, &here, harvest);
    }
    pages
}

/// Hands out what a page or another content stream shows.
pub(super) fn hand_out(mut content: Content, place: &Place, harvest: &mut Harvest) {
    for reason in content.gaps() {
        harvest.unread(place.clone(), reason);
    }
    for line in span::lines(std::mem::take(&mut content.spans)) {
        harvest.piece(place.clone(), false, &line);
    }
    for line in span::lines(std::mem::take(&mut content.unseen)) {
        harvest.piece(place.with(Mark::HiddenPart), true, &line);
    }
    for text in &content.strings {
        harvest.piece(place.with(Mark::AltText), true, &string::decode(text));
    }
}

/// The numbers of the pages: those of the tree first, then those that no tree leads to.
fn order(file: &File) -> Vec<u32> {
    let mut out = Vec::new();
    let mut seen = BTreeSet::new();
    let catalogs =
        file.found.iter().filter(|found| !found.is_superseded).filter_map(|found| found.dict()).filter(|dict| kind(file, dict, "Type") == "Catalog");
    for catalog in catalogs {
        let mut stack: Vec<(u32, usize)> = Vec::new();
        if let Some(Object::Ref(root)) = catalog.get("Pages") {
            stack.push((*root, 0));
        }
        while let Some((number, depth)) = stack.pop() {
            if depth > DEPTH_MAX || !seen.insert(number) {
                continue;
            }
            let Some(dict) = file.get(number).and_then(|found| found.dict()) else { continue };
            match file.value(dict, "Kids").list() {
                Some(kids) => {
                    stack.extend(kids.iter().rev().filter_map(|kid| if let Object::Ref(kid) = kid { Some((*kid, depth + 1)) } else { None }))
                }
                None => out.push(number),
            }
        }
    }
    for found in file.found.iter().filter(|found| !found.is_superseded) {
        if found.dict().is_some_and(|dict| kind(file, dict, "Type") == "Page") && seen.insert(found.number) {
            out.push(found.number);
        }
    }
    out
}

/// The resources of a page, which it may have from a node above it.
fn resources<'a>(file: &'a File, page: &'a Dict) -> &'a Dict {
    let mut dict = page;
    for _ in 0..DEPTH_MAX {
        if let Some(resources) = file.value(dict, "Resources").dict() {
            return resources;
        }
        match file.value(dict, "Parent").dict() {
            Some(parent) => dict = parent,
            None => break,
        }
    }
    &NOTHING
}

/// A page without resources.
static NOTHING: Dict = Dict::new();

/// The content of a page, whose streams read as one.
fn contents(file: &File, page: &Dict, place: &Place, read: &mut BTreeSet<u32>, harvest: &mut Harvest) -> Vec<u8> {
    let mut numbers: Vec<u32> = Vec::new();
    match page.get("Contents") {
        Some(Object::Ref(number)) => match &file.resolve(&Object::Ref(*number)) {
            Object::List(list) => numbers.extend(list.iter().filter_map(reference)),
            _ => numbers.push(*number),
        },
        Some(Object::List(list)) => numbers.extend(list.iter().filter_map(reference)),
        _ => {}
    }
    let mut out = Vec::new();
    for number in numbers {
        let Some((dict, raw)) = file.get(number).and_then(|found| Some((found.dict()?, found.raw.as_deref()?))) else {
            harvest.unread(place.clone(), Reason::Damaged);
            continue;
        };
        read.insert(number);
        let (bytes, reason) = filter::decode(dict, raw, &mut harvest.budget);
        out.extend(bytes);
        out.push(b'\n');
        if let Some(reason) = reason {
            harvest.unread(place.clone(), reason);
        }
    }
    out
}

fn reference(object: &Object) -> Option<u32> {
    if let Object::Ref(number) = object { Some(*number) } else { None }
}
