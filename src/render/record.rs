//! A record: text, facts, figures with their sources, citation, neighbours. Also the notices at addresses that records left.

use super::chrome::About;
use super::cite::Cited;
use super::describe;
use super::view::{Conflict, Figure, Link, OutlineEntry, RecordView};
use super::world::PageWorld;
use super::{Page, PageFault, Press};
use crate::disclose::{Entry, EntryText};
use crate::lang::Lang;
use crate::markdown;
use crate::model::{Destination, Fact, Rival, Source, SourceRef, Withdrawal, spell};
use crate::path::OutPath;
use crate::site::Access;
use crate::theme::Ready;
use std::cell::Cell;

/// Fewer headings than this need no table of contents.
const OUTLINE_MIN: usize = 3;

/// Renders a record's page.
pub(super) fn record(press: &Press, path: &OutPath, at: u32, lang: Lang) -> Page {
    let entry = press.edition.entry(at);
    let Some((text_lang, text)) = press.text_of(entry, lang) else { return Err(PageFault::Source(entry.id.to_string())) };
    let fallback = text_lang != lang;
    let other = press.other(lang).and_then(|other| press.plan.addresses().record(press.edition, at, other).ok());
    let withdrawn = withdrawal(press, entry, lang);
    let cover = super::picture::cover(press, path, entry, text_lang).filter(|_| withdrawn.is_none());
    let world = PageWorld { press, from: path, entry: Some(entry), lang, text_lang, has_picture: Cell::new(cover.is_some()) };
    let body = if withdrawn.is_some() { None } else { body(press, &world, text)? };
    let body = body.unwrap_or_default();
    let about = About {
        title: markdown::line_text(&text.title),
        description: if withdrawn.is_some() { withdrawn.clone() } else { describe::summary(text) },
        above: above(press, path, entry, lang),
        real: other.clone().filter(|_| fallback),
        other,
    };
    let mut frame = press.frame(path, lang, about);
    let told = press.description(at, lang);
    frame.head = told.as_ref().filter(|_| !frame.noindex).map(|told| press.record_head(&frame, told));
    let (previous, next) = neighbours(press, path, at, entry, lang);
    let view = RecordView {
        title_html: markdown::line_html(&text.title, text_lang),
        text_tag: fallback.then(|| text_lang.tag()),
        fallback,
        summary_html: text.summary.as_ref().filter(|_| withdrawn.is_none()).map(|summary| markdown::line_html(summary, text_lang)),
        access_mark: (entry.level != Access::Public && press.is_internal()).then(|| press.word(lang, access_key(entry.level)).to_owned()),
        stub: withdrawn.or_else(|| entry.stub.then(|| press.word(lang, "stub_reason").to_owned())),
        facts: press.fact_rows(path, entry, lang),
        outline: outline(&body.outline),
        cover_html: cover,
        body_html: (!body.html.is_empty()).then_some(Ready::Body),
        figures: body.facts.iter().filter_map(|id| press.edition.fact(id)).map(|fact| figure(press, fact, lang)).collect(),
        sources: entry.sources.iter().filter_map(|source| source_of(press, source, lang)).collect(),
        players: super::player::views(press, path, entry, lang)?,
        scans: super::scan::sets(press, path, at, lang),
        files: super::file::views(press, path, entry, lang),
        // What was taken back, and a text that stands here only for want of one, are not cited.
        citation: told.as_ref().map(|told| Cited::of(told).view()).unwrap_or_default(),
        around: super::around::around(press, path, at, entry, lang),
        previous,
        next,
    };
    press.print("record", lang, &frame, &view, &body.html)
}

/// Renders the page at an id that a record had before.
pub(super) fn moved(press: &Press, path: &OutPath, at: u32, lang: Lang) -> Page {
    let entry = press.edition.entry(at);
    let Some((text_lang, text)) = press.text_of(entry, lang) else { return Err(PageFault::Source(entry.id.to_string())) };
    let about = About {
        title: markdown::line_text(&text.title),
        description: None,
        above: above(press, path, entry, lang),
        other: None,
        real: press.plan.addresses().record(press.edition, at, lang).ok(),
    };
    let frame = press.frame(path, lang, about);
    let href = press.href(path, Destination::Record(at), lang);
    let view = super::view::MovedView { title_html: markdown::line_html(&text.title, text_lang), href: href.unwrap_or_default() };
    press.print("moved", lang, &frame, &view, "")
}

fn body(press: &Press, world: &PageWorld, text: &EntryText) -> Result<Option<markdown::Rendered>, PageFault> {
    let Some(body) = &text.body else { return Ok(None) };
    let opened = body.open(press.source, press.edition.profile()).ok_or_else(|| PageFault::Source(body.file().to_string()))?;
    Ok(Some(markdown::render(&opened, world.text_lang, world)))
}

pub(super) fn above(press: &Press, path: &OutPath, entry: &Entry, lang: Lang) -> Vec<Link> {
    let label = press.edition.collection_of(entry).label.get(lang).to_string();
    vec![press.home_crumb(path, lang), Link { label, href: press.href(path, Destination::Collection(entry.collection), lang) }]
}

fn withdrawal(press: &Press, entry: &Entry, lang: Lang) -> Option<String> {
    let Withdrawal { date, reason } = entry.withdrawn.as_ref()?;
    let mut notice = press.word(lang, "withdrawn_notice").to_owned();
    let separator = if lang == Lang::Zh { "" } else { " " };
    for part in [date.map(|date| date.spell(lang)), super::card::either(reason, lang)].into_iter().flatten() {
        notice.push_str(separator);
        notice.push_str(part.trim_end_matches(['。', '.']));
        notice.push_str(if lang == Lang::Zh { "。" } else { "." });
    }
    Some(notice)
}

pub(super) fn access_key(level: Access) -> &'static str {
    match level {
        Access::Public => "access_public",
        Access::MetadataOnly => "access_metadata_only",
        Access::Internal => "access_internal",
        Access::Sealed => "access_sealed",
    }
}

fn outline(headings: &[crate::model::body::Heading]) -> Vec<OutlineEntry> {
    let entry = |heading: &crate::model::body::Heading| OutlineEntry {
        level: heading.level,
        id: heading.id.to_string(),
        text: markdown::line_text(&heading.text),
    };
    let shown: Vec<OutlineEntry> = headings.iter().filter(|heading| heading.level <= 3).map(entry).collect();
    if shown.len() < OUTLINE_MIN { Vec::new() } else { shown }
}

pub(super) fn figure(press: &Press, fact: &Fact, lang: Lang) -> Figure {
    Figure {
        label: fact.label.get(lang).to_string(),
        text: fact.spell(lang),
        as_of: fact.as_of.map(|date| date.spell(lang)),
        source: press.cited(fact.source.as_deref(), lang),
        conflicts: fact.conflicts.iter().map(|rival| conflict(press, rival, lang)).collect(),
        note: super::card::either(&fact.note, lang),
    }
}

fn conflict(press: &Press, rival: &Rival, lang: Lang) -> Conflict {
    Conflict {
        text: spell(&rival.value, &rival.unit, rival.qualifier, lang),
        as_of: rival.as_of.map(|date| date.spell(lang)),
        source: press.cited(rival.source.as_deref(), lang),
    }
}

pub(super) fn source_of(press: &Press, source: &SourceRef, lang: Lang) -> Option<super::view::SourceView> {
    source_at(press, source).map(|source| press.source_view(source, lang))
}

/// A source, whether it is cited or written out.
pub(super) fn source_at<'e>(press: &'e Press, source: &'e SourceRef) -> Option<&'e Source> {
    match source {
        SourceRef::Cited(id) => press.edition.source(id),
        SourceRef::Inline(source) => Some(source),
    }
}

/// The records before and after in the collection's list, which begins with the newest.
fn neighbours(press: &Press, path: &OutPath, at: u32, entry: &Entry, lang: Lang) -> (Option<Link>, Option<Link>) {
    let list = press.plan.lists().collection(entry.collection);
    let Some(here) = press.plan.lists().place_in_collection(at) else { return (None, None) };
    let link = |place: usize| {
        let at = *list.get(place)?;
        let (_, text) = press.text_of(press.edition.entry(at), lang)?;
        Some(Link { label: markdown::line_text(&text.title), href: press.href(path, Destination::Record(at), lang) })
    };
    (here.checked_sub(1).and_then(link), link(here + 1))
}
