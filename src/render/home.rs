//! The home page of a language, the choice of languages at the root, and 404.html.

use super::chrome::{About, further, vocabulary_label};
use super::view::{BothView, BrowseView, Count, Feature, Figure, HomeView, Link, RootLanguage};
use super::{Page, Press};
use crate::lang::Lang;
use crate::model::Destination;
use crate::path::OutPath;
use crate::theme::ReadyHtml;

/// How many of the newest records the home page shows.
const RECENT: usize = 6;

/// Renders a home page.
pub(super) fn home(press: &Press, path: &OutPath, lang: Lang) -> Page {
    let site = press.edition.site();
    let description = super::card::either(&site.description, lang);
    let other = press.other(lang).and_then(|other| press.plan.addresses().home(other).ok());
    let about = About { title: site.title.get(lang).to_string(), description: description.clone(), above: Vec::new(), other, real: None };
    let mut frame = press.frame(path, lang, about);
    if !frame.noindex {
        let mut head = press.page_head(&frame, lang);
        press.push_feeds(&mut head, path, lang);
        press.push_linked(&mut head, |out| super::linked_data::site(press, out, path, lang));
        frame.head = Some(head);
    }
    let newest = press.plan.lists().newest();
    let featured = featured(press);
    let view = HomeView {
        title: site.title.get(lang).to_string(),
        description,
        total: newest.len(),
        figures: figures(press, lang),
        featured: featured.iter().filter_map(|at| feature(press, path, *at, lang)).collect(),
        collections: collections(press, path, lang),
        datasets: datasets(press, path, lang),
        ways: ways(press, path, lang),
        recent: newest.iter().filter(|at| !featured.contains(at)).take(RECENT).filter_map(|at| press.card(path, lang, *at)).collect(),
        browse: browse(press, path, lang),
        years: press.year_counts(path, lang),
    };
    press.print("home", lang, &frame, &view, "")
}

/// The figures that the site leads with.
fn figures(press: &Press, lang: Lang) -> Vec<Figure> {
    let facts = press.edition.site().lead.facts.iter().filter_map(|fact| press.edition.fact(&fact.value));
    facts.map(|fact| super::record::figure(press, fact, lang)).collect()
}

/// The records that the site leads with, each once.
fn featured(press: &Press) -> Vec<u32> {
    let mut found = Vec::new();
    for record in &press.edition.site().lead.featured {
        if let Some(Destination::Record(at)) = press.edition.index().resolve(&record.value, "content", press.edition.vocabularies())
            && press.edition.entry(at).withdrawn.is_none()
            && !found.contains(&at)
        {
            found.push(at);
        }
    }
    found
}

fn feature(press: &Press, path: &OutPath, at: u32, lang: Lang) -> Option<Feature> {
    let picture = super::picture::wide(press, path, press.edition.entry(at));
    Some(Feature { card: press.card(path, lang, at)?, picture })
}

fn collections(press: &Press, path: &OutPath, lang: Lang) -> Vec<Count> {
    let count = |(at, schema): (u16, &crate::site::CollectionSchema)| {
        Some(Count {
            label: schema.label.get(lang).to_string(),
            href: press.href(path, Destination::Collection(at), lang)?,
            count: press.plan.lists().collection(at).len(),
            note: schema.description.get(lang).as_ref().map(ToString::to_string),
        })
    };
    (0u16..).zip(press.edition.collections()).filter_map(count).collect()
}

/// The timeline, the coverage table and their like.
fn ways(press: &Press, path: &OutPath, lang: Lang) -> Vec<Link> {
    let pages = further(press.edition, press.plan, press.theme, lang).into_iter();
    pages.map(|(label, page)| Link { label, href: Some(path.link_to(&page)) }).collect()
}

/// The way to the datasets, if there are any.
fn datasets(press: &Press, path: &OutPath, lang: Lang) -> Option<Count> {
    let count = press.edition.tables().len();
    let list = press.plan.addresses().datasets(1, lang).ok().filter(|_| count > 0)?;
    Some(Count { label: press.word(lang, "datasets").to_owned(), href: path.link_to(&list), count, note: None })
}

/// The vocabularies that readers browse by; who was responsible is a question for later, and has its page in the menu.
fn browse(press: &Press, path: &OutPath, lang: Lang) -> Vec<BrowseView> {
    let is_browsed = |(at, vocabulary): &(u16, &crate::model::Vocabulary)| press.plan.addresses().has_pages(*at) && &*vocabulary.id != "units";
    let with_pages = press.edition.vocabularies().iter().filter(is_browsed);
    let view = |(at, vocabulary): (u16, &crate::model::Vocabulary)| {
        Some(BrowseView {
            id: vocabulary.id.to_string(),
            label: vocabulary_label(press.theme, &vocabulary.id, lang),
            href: press.href(path, Destination::Vocabulary(at), lang)?,
            terms: press.branches(path, lang, at, None, false),
        })
    };
    with_pages.filter_map(view).collect()
}

/// Renders the choice of languages.
pub(super) fn root(press: &Press, path: &OutPath) -> Page {
    let home = |lang| press.plan.addresses().home(lang).ok().map(|home| path.link_to(&home));
    let style = press.plan.addresses().theme().style.to_string();
    let (canonical, alternates) = (press.edition.site().absolute(path.as_str()), press.home_alternates());
    let view = BothView { languages: languages(press, home), style, internal: press.is_internal(), canonical, alternates };
    Ok(press.theme.render("root", first(press), None::<&()>, &view, &ReadyHtml::default())?)
}

/// Renders 404.html. A web server shows it at any address, so it loads nothing and links only where the site knows its own.
pub(super) fn not_found(press: &Press) -> Page {
    let home = |lang| press.plan.addresses().home(lang).ok().and_then(|home| press.edition.site().absolute(home.as_str()));
    let view = BothView { languages: languages(press, home), internal: press.is_internal(), ..BothView::default() };
    Ok(press.theme.render("not-found", first(press), None::<&()>, &view, &ReadyHtml::default())?)
}

fn first(press: &Press) -> Lang {
    press.edition.site().languages.first().copied().unwrap_or(Lang::Zh)
}

fn languages(press: &Press, home: impl Fn(Lang) -> Option<String>) -> Vec<RootLanguage> {
    let site = press.edition.site();
    let view = |lang: &Lang| RootLanguage {
        lang: lang.code(),
        tag: lang.tag(),
        name: if *lang == Lang::Zh { "中文" } else { "English" },
        title: site.title.get(*lang).to_string(),
        description: super::card::either(&site.description, *lang),
        href: home(*lang),
    };
    site.languages.iter().map(view).collect()
}
