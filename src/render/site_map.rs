//! The site map for readers: what there is, how much of it, and the way to its lists; never the records themselves.

use super::browse::{DirectorySection, DirectoryView};
use super::chrome::{About, further, vocabulary_label};
use super::view::{Count, Link};
use super::{Page, Press};
use crate::lang::Lang;
use crate::model::{Destination, TermId};
use crate::path::OutPath;
use crate::plan::BrowsePage;

/// How many terms of a vocabulary stand here; its own page has all.
const TERMS: usize = 60;

/// Renders it.
pub(super) fn site_map(press: &Press, path: &OutPath, lang: Lang) -> Page {
    let title = press.word(lang, "site_map").to_owned();
    let about = About {
        title: title.clone(),
        description: None,
        above: vec![press.home_crumb(path, lang)],
        other: press.other(lang).and_then(|other| press.browse_path(BrowsePage::SiteMap, other)),
        real: None,
    };
    let frame = press.frame(path, lang, about);
    let mut sections = vec![collections(press, path, lang), ways(press, path, lang)];
    sections.extend(press.edition.vocabularies().iter().filter_map(|(at, _)| terms(press, path, at, lang)));
    sections.extend([tables(press, path, lang), years(press, path, lang)]);
    sections.retain(|section| !section.counts.is_empty() || !section.links.is_empty());
    let view = DirectoryView { title, lead: press.word(lang, "site_map_lead").to_owned(), sections };
    press.print("directory", lang, &frame, &view, "")
}

fn section(id: &str, label: &str, href: Option<String>, counts: Vec<Count>) -> DirectorySection {
    DirectorySection { id: id.to_owned(), label: label.to_owned(), href, counts, links: Vec::new() }
}

fn collections(press: &Press, path: &OutPath, lang: Lang) -> DirectorySection {
    let count = |(at, schema): (u16, &crate::site::CollectionSchema)| {
        let href = press.href(path, Destination::Collection(at), lang)?;
        Some(Count { label: schema.label.get(lang).to_string(), href, count: press.plan.lists().collection(at).len(), note: None })
    };
    section("collections", press.word(lang, "collections"), None, (0u16..).zip(press.edition.collections()).filter_map(count).collect())
}

/// The ways to browse that count nothing.
fn ways(press: &Press, path: &OutPath, lang: Lang) -> DirectorySection {
    let addresses = press.plan.addresses();
    let glossary = (press.word(lang, "glossary").to_owned(), addresses.glossary(lang).ok());
    let search = (press.word(lang, "search").to_owned(), addresses.search(lang).ok());
    let further = further(press.edition, press.plan, press.theme, lang).into_iter().map(|(label, path)| (label, Some(path)));
    let all = further.chain([glossary, search]);
    let links = all.filter_map(|(label, page)| {
        let page = page.filter(|page| press.plan.job(page).is_some() && page != path)?;
        Some(Link { label, href: Some(path.link_to(&page)) })
    });
    DirectorySection { links: links.collect(), ..section("ways", press.word(lang, "site_map_ways"), None, Vec::new()) }
}

/// The first level of a vocabulary and what stands right under it, as far as there are records.
fn terms(press: &Press, path: &OutPath, at: u16, lang: Lang) -> Option<DirectorySection> {
    let vocabulary = press.edition.vocabularies().get(at);
    if !press.plan.addresses().has_pages(at) {
        return None;
    }
    let ordered = vocabulary.children(None).flat_map(|term| std::iter::once(term).chain(vocabulary.children(Some(term))));
    let count = |term: u32| {
        let id = TermId { vocabulary: at, term };
        let href = press.href(path, Destination::Term(id), lang)?;
        Some(Count { label: press.name_of(id, lang), href, count: press.plan.lists().term(id).len(), note: None })
    };
    let label = vocabulary_label(press.theme, &vocabulary.id, lang);
    let used = ordered.filter(|term| !press.plan.lists().term(TermId { vocabulary: at, term: *term }).is_empty());
    let counts = used.take(TERMS).filter_map(count).collect();
    Some(section(&vocabulary.id, &label, press.href(path, Destination::Vocabulary(at), lang), counts))
}

fn tables(press: &Press, path: &OutPath, lang: Lang) -> DirectorySection {
    let addresses = press.plan.addresses();
    let list = addresses.datasets(1, lang).ok().filter(|list| press.plan.job(list).is_some()).map(|list| path.link_to(&list));
    let links = press.edition.tables().iter().take(TERMS).filter_map(|table| {
        let page = addresses.table(table, 1, lang).ok()?;
        Some(Link { label: table.title.get(lang).to_string(), href: Some(path.link_to(&page)) })
    });
    DirectorySection { links: links.collect(), ..section("datasets", press.word(lang, "datasets"), list, Vec::new()) }
}

fn years(press: &Press, path: &OutPath, lang: Lang) -> DirectorySection {
    let list = press.plan.addresses().years(lang).ok().filter(|list| press.plan.job(list).is_some()).map(|list| path.link_to(&list));
    section("years", press.word(lang, "years"), list, press.year_counts(path, lang))
}
