//! The ways to browse beside lists and terms: what is computed once over the whole edition so that each page has only to look it up,
//! and where these pages are.

mod coverage;
mod related;
mod ties;
mod timeline;
mod titles;

pub use coverage::{Column, Coverage, Row};
pub use related::Related;
pub use ties::{Gathered, Ties};
pub use timeline::{Moment, Timeline};
pub use titles::{Titles, letter_name};

use super::list::{Lists, pages_of};
use super::{Addresses, Job, Planner};
use crate::disclose::Edition;
use crate::lang::{Lang, PerLang};
use crate::path::{OutPath, PathFault};

/// How many one-line entries a page of these lists shows.
pub const LINES_PER_PAGE: usize = 200;
/// How many of the newest records, and how many corrections, a page of them shows.
pub const RECENT: usize = 40;

/// A page of one of the ways to browse. Pages are counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BrowsePage {
    /// Places × programmes.
    Coverage,
    /// The records of one cell: its row, its column, the page.
    Cell(u16, u16, u32),
    /// The course of time: all of it, or the way to its years.
    Timeline,
    /// A year of it.
    TimelineYear(i16, u32),
    /// The letters that titles begin with.
    Titles,
    /// The titles of a letter.
    Letter(u8, u32),
    /// The newest records, and what was corrected.
    Recent(u32),
    /// What the site holds, for readers.
    SiteMap,
}

/// Everything that is computed once for the pages of an edition.
#[derive(Debug)]
pub struct Browse {
    /// Places × programmes; none where the edition has not both, or more of them than a page can show.
    pub coverage: Option<Coverage>,
    /// The course of time.
    pub timeline: Timeline,
    /// Titles by letter, in each language of the site.
    pub titles: PerLang<Titles>,
    /// Records that have much in common.
    pub related: Related,
    /// What points at what.
    pub ties: Ties,
}

impl Browse {
    pub(super) fn of(edition: &Edition, lists: &Lists) -> Browse {
        let coverage = Coverage::of(edition, lists);
        let site = edition.site();
        Browse {
            related: Related::of(edition, lists),
            timeline: Timeline::of(edition, lists),
            titles: PerLang::build(|lang| if site.has(lang) { Titles::of(edition, lists, lang) } else { Titles::default() }),
            ties: Ties::of(edition, lists),
            coverage,
        }
    }
}

impl Planner {
    /// The pages of a language.
    pub(super) fn add_browse(&mut self, edition: &Edition, lists: &Lists, (browse, addresses): (&Browse, &Addresses), lang: Lang) {
        let mut add = |page: BrowsePage| self.add(addresses.browse(edition, browse, page, lang), Job::Browse(page, lang));
        add(BrowsePage::SiteMap);
        if let Some(coverage) = &browse.coverage {
            add(BrowsePage::Coverage);
            for (row, column, records) in coverage.filled() {
                pages_of(records.len(), LINES_PER_PAGE).for_each(|page| add(BrowsePage::Cell(row, column, page)));
            }
        }
        if browse.timeline.years().next().is_some() {
            add(BrowsePage::Timeline);
            for (year, moments) in browse.timeline.years().filter(|_| !browse.timeline.is_short()) {
                pages_of(moments.len(), LINES_PER_PAGE).for_each(|page| add(BrowsePage::TimelineYear(year, page)));
            }
        }
        let titles = browse.titles.get(lang);
        if !lists.newest().is_empty() {
            add(BrowsePage::Titles);
            for (letter, records) in titles.letters() {
                pages_of(records.len(), LINES_PER_PAGE).for_each(|page| add(BrowsePage::Letter(letter, page)));
            }
            pages_of(browse.ties.corrections().len(), RECENT).for_each(|page| add(BrowsePage::Recent(page)));
        }
    }
}

impl Addresses {
    /// A page of one of the ways to browse.
    pub fn browse(&self, edition: &Edition, browse: &Browse, page: BrowsePage, lang: Lang) -> Result<OutPath, PathFault> {
        let numbered = |page: u32| if page > 1 { format!("-page-{page}") } else { String::new() };
        let name = match page {
            BrowsePage::Coverage => "coverage".to_owned(),
            BrowsePage::Cell(row, column, page) => {
                let (row, column) = browse.coverage.as_ref().map_or(("", ""), |coverage| coverage.ids(edition, row, column));
                format!("coverage/{row}/{column}{}", numbered(page))
            }
            BrowsePage::Timeline => "timeline".to_owned(),
            BrowsePage::TimelineYear(year, page) => format!("timeline/{year:04}{}", numbered(page)),
            BrowsePage::Titles => "titles/index".to_owned(),
            BrowsePage::Letter(letter, page) => format!("titles/{}{}", titles::file_name(letter), numbered(page)),
            BrowsePage::Recent(page) => format!("recent{}", numbered(page)),
            BrowsePage::SiteMap => "site-map".to_owned(),
        };
        OutPath::new(format!("{}/{name}.html", lang.code()))
    }
}
