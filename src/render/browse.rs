//! The ways to browse: which page is made where, and those that are plain lists of one line a record: the cells of the coverage
//! table, and titles by letter.

use super::chrome::About;
use super::line::Line;
use super::list::page_title;
use super::view::{Count, Link, Pager};
use super::{Page, Press, coverage, recent, site_map, timeline};
use crate::lang::Lang;
use crate::model::{Destination, TermId};
use crate::path::OutPath;
use crate::plan::{BrowsePage, LINES_PER_PAGE, letter_name, range};
use serde::Serialize;

/// `layout/lines.html`
#[derive(Debug, Serialize)]
struct LinesView {
    title: String,
    /// The lists beside this one; the one that is shown has no address.
    beside: Vec<Link>,
    total: usize,
    lines: Vec<Line>,
    pager: Pager,
}

/// `layout/directory.html`: sections of links with counts.
#[derive(Debug, Serialize)]
pub(super) struct DirectoryView {
    pub(super) title: String,
    pub(super) lead: String,
    pub(super) sections: Vec<DirectorySection>,
}

/// Links of one kind.
#[derive(Debug, Serialize)]
pub(super) struct DirectorySection {
    pub(super) id: String,
    pub(super) label: String,
    /// The page that has all of them.
    pub(super) href: Option<String>,
    /// Links that lead to a number of records.
    pub(super) counts: Vec<Count>,
    /// Other links.
    pub(super) links: Vec<Link>,
}

/// Renders a page of one of the ways to browse.
pub(super) fn render(press: &Press, path: &OutPath, page: BrowsePage, lang: Lang) -> Page {
    match page {
        BrowsePage::Coverage => coverage::coverage(press, path, lang),
        BrowsePage::Cell(row, column, number) => cell(press, path, (row, column, number), lang),
        BrowsePage::Timeline => timeline::timeline(press, path, lang),
        BrowsePage::TimelineYear(year, number) => timeline::year(press, path, (year, number), lang),
        BrowsePage::Titles => titles(press, path, lang),
        BrowsePage::Letter(letter, number) => titles_of(press, path, (letter, number), lang),
        BrowsePage::Recent(number) => recent::recent(press, path, number, lang),
        BrowsePage::SiteMap => site_map::site_map(press, path, lang),
    }
}

impl Press<'_> {
    /// The path of a page of the ways to browse.
    pub(super) fn browse_path(&self, page: BrowsePage, lang: Lang) -> Option<OutPath> {
        let path = self.plan.addresses().browse(self.edition, self.plan.browse(), page, lang).ok()?;
        self.plan.job(&path).is_some().then_some(path)
    }

    /// The way to it from another page.
    pub(super) fn browse_href(&self, from: &OutPath, page: BrowsePage, lang: Lang) -> Option<String> {
        self.browse_path(page, lang).map(|path| from.link_to(&path))
    }

    /// A link to it with a word of the theme.
    pub(super) fn browse_link(&self, from: &OutPath, page: BrowsePage, word: &str, lang: Lang) -> Link {
        Link { label: word.to_owned(), href: self.browse_href(from, page, lang) }
    }

    /// The name of a term.
    pub(super) fn name_of(&self, term: TermId, lang: Lang) -> String {
        self.edition.vocabularies().term(term).name.get(lang).to_string()
    }

    /// A list of one line a record, cut into pages.
    fn lines(&self, path: &OutPath, lang: Lang, about: About, list: Listed) -> Page {
        let inside = |path: &OutPath| path.as_str().split_once('/').map(|(_, inside)| inside.to_owned());
        let is_the_same = about.other.as_ref().is_none_or(|other| inside(other) == inside(path));
        let mut frame = self.frame(path, lang, about);
        if !is_the_same {
            // Where the other language has no such page, the reader is led to the page above it; that is no translation of this one.
            frame.alternates.clear();
        }
        let shown = list.records.get(range(list.records.len(), list.page, LINES_PER_PAGE)).unwrap_or_default();
        let view = LinesView {
            title: list.title,
            beside: list.beside,
            total: list.records.len(),
            lines: shown.iter().filter_map(|at| self.line(path, lang, *at)).collect(),
            pager: self.pager_of(path, (list.records.len(), LINES_PER_PAGE), list.page, |page| self.browse_path((list.numbered)(page), lang)),
        };
        self.print("lines", lang, &frame, &view, "")
    }
}

/// What a page of lines is made of.
struct Listed<'l> {
    title: String,
    beside: Vec<Link>,
    records: &'l [u32],
    page: u32,
    numbered: &'l dyn Fn(u32) -> BrowsePage,
}

/// The records of one place under one programme.
fn cell(press: &Press, path: &OutPath, (row, column, number): (u16, u16, u32), lang: Lang) -> Page {
    let Some(coverage) = &press.plan.browse().coverage else { return Err(super::PageFault::Source(path.to_string())) };
    let (place, programme) = (coverage.rows().get(usize::from(row)), coverage.columns().get(usize::from(column)));
    let terms: Vec<TermId> = place.map(|row| row.term).into_iter().chain(programme.map(|column| column.term)).collect();
    let names: Vec<String> = terms.iter().map(|term| press.name_of(*term, lang)).collect();
    let title = names.join(press.word(lang, "coverage_and"));
    let page = |number: u32| BrowsePage::Cell(row, column, number);
    let about = About {
        title: page_title(press, &title, number, lang),
        description: None,
        above: vec![press.home_crumb(path, lang), press.browse_link(path, BrowsePage::Coverage, press.word(lang, "coverage"), lang)],
        other: press.other(lang).and_then(|other| press.browse_path(page(number), other)),
        real: None,
    };
    let beside = terms.iter().zip(names).map(|(term, label)| Link { label, href: press.href(path, Destination::Term(*term), lang) });
    let list = Listed { title, beside: beside.collect(), records: coverage.cell(row, column), page: number, numbered: &page };
    press.lines(path, lang, about, list)
}

/// The letters that titles begin with.
fn titles(press: &Press, path: &OutPath, lang: Lang) -> Page {
    let title = press.word(lang, "titles").to_owned();
    let about = About {
        title: title.clone(),
        description: None,
        above: vec![press.home_crumb(path, lang)],
        other: press.other(lang).and_then(|other| press.browse_path(BrowsePage::Titles, other)),
        real: None,
    };
    let frame = press.frame(path, lang, about);
    let count = |(letter, records): (u8, &[u32])| {
        let href = press.browse_href(path, BrowsePage::Letter(letter, 1), lang)?;
        Some(Count { label: label_of(press, letter, lang), href, count: records.len(), note: None })
    };
    let section = DirectorySection {
        id: "letters".to_owned(),
        label: press.word(lang, "titles_letters").to_owned(),
        href: None,
        counts: press.plan.browse().titles.get(lang).letters().filter_map(count).collect(),
        links: Vec::new(),
    };
    let view = DirectoryView { title, lead: press.word(lang, "titles_lead").to_owned(), sections: vec![section] };
    press.print("directory", lang, &frame, &view, "")
}

fn label_of(press: &Press, letter: u8, lang: Lang) -> String {
    letter_name(letter).map_or_else(|| press.word(lang, "titles_other").to_owned(), |name| name.to_string())
}

/// The titles of a letter.
fn titles_of(press: &Press, path: &OutPath, (letter, number): (u8, u32), lang: Lang) -> Page {
    let titles = press.plan.browse().titles.get(lang);
    let title = press.word(lang, "titles_of").replace("{letter}", &label_of(press, letter, lang));
    let page = |number: u32| BrowsePage::Letter(letter, number);
    // The other language may have no title under this letter.
    let other = press.other(lang).and_then(|other| press.browse_path(page(number), other).or_else(|| press.browse_path(BrowsePage::Titles, other)));
    let about = About {
        title: page_title(press, &title, number, lang),
        description: None,
        above: vec![press.home_crumb(path, lang), press.browse_link(path, BrowsePage::Titles, press.word(lang, "titles"), lang)],
        other,
        real: None,
    };
    let beside = titles.letters().map(|(other, _)| {
        let page = BrowsePage::Letter(other, 1);
        Link { label: label_of(press, other, lang), href: press.browse_href(path, page, lang).filter(|_| other != letter) }
    });
    let list = Listed { title, beside: beside.collect(), records: titles.letter(letter), page: number, numbered: &page };
    press.lines(path, lang, about, list)
}
