//! Scanned pages of a record: each is a page of its own with the ways to the one before, the one after and all of them, so
//! that a document can be read page by page without a script.

use super::chrome::About;
use super::view::Link;
use super::{Page, PageFault, Press};
use crate::lang::Lang;
use crate::markdown;
use crate::model::Destination;
use crate::path::OutPath;
use serde::Serialize;

/// A document of scanned pages as the record's page lists it.
#[derive(Debug, Serialize)]
pub(crate) struct ScansView {
    /// What it is called.
    pub label: Option<String>,
    /// The language tag of the label where it is not the page's.
    pub tag: Option<&'static str>,
    /// Its pages: number and address.
    pub pages: Vec<Link>,
}

/// `layout/scan.html`
#[derive(Debug, Serialize)]
pub(crate) struct ScanView {
    /// The record's title.
    pub title_html: String,
    /// The language of the title where it is not the page's.
    pub text_tag: Option<&'static str>,
    /// Whether the record's text stands only in the other language.
    pub fallback: bool,
    /// What the document is called, with the language tag where it is not the page's.
    pub label: Option<String>,
    /// The language tag of the label where it is not the page's.
    pub tag: Option<&'static str>,
    /// Which page of its document, from 1.
    pub number: usize,
    /// How many pages the document has.
    pub total: usize,
    /// The address of the picture.
    pub src: String,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
    /// The record's page, where its text stands.
    pub record: Option<String>,
}

/// The documents of an entry with all their pages.
pub(super) fn sets(press: &Press, from: &OutPath, at: u32, lang: Lang) -> Vec<ScansView> {
    let entry = press.edition.entry(at);
    let mut number = 0;
    let scans = entry.scans().iter().map(|scans| {
        let pages = (1usize..).zip(&scans.pages).map(|(shown, _)| {
            number += 1;
            let path = press.plan.addresses().scan(press.edition, at, number, lang).ok();
            Link { label: shown.to_string(), href: path.map(|path| from.link_to(&path)) }
        });
        let label = scans.label.prefer(lang);
        ScansView {
            pages: pages.collect(),
            label: label.map(|(_, label)| label.to_string()),
            tag: label.filter(|(of, _)| *of != lang).map(|(of, _)| of.tag()),
        }
    });
    scans.collect()
}

/// Renders a scanned page, counted from 1 through all documents of the record.
pub(super) fn scan(press: &Press, path: &OutPath, (at, page): (u32, u32), lang: Lang) -> Page {
    let entry = press.edition.entry(at);
    let gone = || PageFault::Source(entry.id.to_string());
    let (text_lang, text) = press.text_of(entry, lang).ok_or_else(gone)?;
    let mut before = 0;
    let place = |count: usize| (page as usize).checked_sub(1)?.checked_sub(count);
    let scans = entry.scans().iter().find(|scans| {
        let is_here = place(before).is_some_and(|at| at < scans.pages.len());
        before += if is_here { 0 } else { scans.pages.len() };
        is_here
    });
    let scans = scans.ok_or_else(gone)?;
    let index = place(before).ok_or_else(gone)?;
    let picture = scans.pages.get(index).and_then(|file| press.edition.picture(entry, file)).ok_or_else(gone)?;
    let (width, height) = picture.sizes().next_back().ok_or_else(gone)?;
    let src = press.plan.addresses().picture(picture, width).map_err(|_| gone())?;
    let (number, total) = (index + 1, scans.pages.len());
    let address = |page: u32, lang: Lang| press.plan.addresses().scan(press.edition, at, page, lang).ok();
    let step = |page: u32| address(page, lang).map(|to| path.link_to(&to));
    let other = press.other(lang).and_then(|other| address(page, other));
    let is_fallback = text_lang != lang;
    let record = press.href(path, Destination::Record(at), lang);
    let title = markdown::line_text(&text.title);
    let about = About {
        title: press
            .word(lang, "scan_title")
            .replace("{number}", &number.to_string())
            .replace("{total}", &total.to_string())
            .replace("{title}", &title),
        description: None,
        above: [super::record::above(press, path, entry, lang), vec![Link { label: title, href: record.clone() }]].concat(),
        real: other.clone().filter(|_| is_fallback),
        other,
    };
    let mut frame = press.frame(path, lang, about);
    if let Some(last) = frame.crumbs.last_mut() {
        last.label = press.word(lang, "scan_alt").replace("{number}", &number.to_string()).replace("{total}", &total.to_string());
    }
    let label = scans.label.prefer(lang);
    let view = ScanView {
        title_html: markdown::line_html(&text.title, text_lang),
        text_tag: is_fallback.then(|| text_lang.tag()),
        fallback: is_fallback,
        label: label.map(|(_, label)| label.to_string()),
        tag: label.filter(|(of, _)| *of != lang).map(|(of, _)| of.tag()),
        number,
        total,
        src: path.link_to(&src),
        width,
        height,
        previous: (number > 1).then(|| step(page - 1)).flatten(),
        next: (number < total).then(|| step(page + 1)).flatten(),
        record,
    };
    press.print("scan", lang, &frame, &view, "")
}
