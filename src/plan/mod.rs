//! Edition → every output file with the job that makes it. The plan is a value: `build` renders all of it, `serve` the one
//! page that was asked for, `pack` takes the same bytes. It renders nothing itself. A new kind of page is a variant of
//! [`Job`], an address, and a line in [`make`].

mod address;
mod browse;
mod list;
mod machine;

pub use address::Addresses;
pub use browse::{Browse, BrowsePage, Column, Coverage, Gathered, LINES_PER_PAGE, Moment, RECENT, Related, Row, Ties, Timeline, Titles, letter_name};
pub use list::{Lists, PER_PAGE, ROWS_PER_PAGE, range, slice};
pub use machine::{FeedFormat, RecordsFormat, is_listed, records_parts, records_range};

use crate::diagnostic::{Code, Findings, Mark, Span};
use crate::disclose::{Edition, Handout};
use crate::lang::Lang;
use crate::model::TermId;
use crate::path::{OutPath, PathFault};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What makes one output file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Job {
    /// `index.html`: the choice of languages.
    Root,
    /// `404.html`, in both languages.
    NotFound,
    /// The theme's stylesheet.
    Style,
    /// The theme's script.
    Script,
    /// A picture of the content folder, written anew in a width in pixels.
    Picture(Arc<str>, u32),
    /// A file that a record hands out.
    File(Handout),
    /// The home page of a language.
    Home(Lang),
    /// A page of a collection's list, pages counted from 1.
    Collection(u16, u32, Lang),
    /// A record.
    Record(u32, Lang),
    /// A scanned page of a record, counted from 1 through all its documents.
    Scan(u32, u32, Lang),
    /// A forwarding page at a former address of a record.
    Moved(u32, Lang),
    /// All terms of a vocabulary.
    Vocabulary(u16, Lang),
    /// A page of a term's records, pages counted from 1.
    Term(TermId, u32, Lang),
    /// The years that have records.
    Years(Lang),
    /// A page of a year's records, pages counted from 1.
    Year(i16, u32, Lang),
    /// The glossary.
    Glossary(Lang),
    /// A page of the list of datasets, pages counted from 1.
    Datasets(u32, Lang),
    /// A page of a dataset, pages counted from 1.
    Table(u32, u32, Lang),
    /// A dataset to be downloaded.
    Download(u32, Download),
    /// A page of one of the other ways to browse.
    Browse(BrowsePage, Lang),
    /// The search page.
    Search(Lang),
    /// The program of the search page.
    SearchScript,
    /// The plan of work.
    WorkPlan(Lang),
    /// What the archive has for each term of the plan of work.
    PlanMap(Lang),
    /// A feed.
    Feed(FeedFormat, Lang),
    /// The sitemap (0), or one of its parts, counted from 1.
    Sitemap(u32),
    /// `robots.txt`
    Robots,
    /// A file of all records, files of a format counted from 1.
    Records(RecordsFormat, u32),
    /// The page of these files, with what their columns mean.
    RecordsPage(Lang),
}

/// What the index is made of. It is the one thing in a plan that is many files: which ones, only its content decides. They all
/// lie under [`Index::PREFIX`], and no job of the plan does.
#[derive(Debug, Default)]
pub struct Index {
    pages: Vec<OutPath>,
}

impl Index {
    /// What the paths of its files begin with.
    pub const PREFIX: &str = "search/";

    /// The pages that can be found, in the order of their numbers, which is that of their paths.
    #[must_use]
    pub fn pages(&self) -> &[OutPath] {
        &self.pages
    }

    /// The number of a page; none if it cannot be found.
    #[must_use]
    pub fn number(&self, path: &OutPath) -> Option<u32> {
        self.pages.binary_search(path).ok().and_then(|at| u32::try_from(at).ok())
    }
}

/// In what form a dataset is downloaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Download {
    /// For spreadsheets: RFC 4180, UTF-8 with a byte-order mark.
    Csv,
    /// For programs.
    Json,
}

impl Download {
    /// All of them, in the order of their links.
    pub const ALL: [Download; 2] = [Download::Csv, Download::Json];

    /// The end of its file's name.
    #[must_use]
    pub fn suffix(self) -> &'static str {
        match self {
            Download::Csv => "csv",
            Download::Json => "json",
        }
    }
}

/// Every output file of an edition.
#[derive(Debug)]
pub struct Plan {
    jobs: BTreeMap<OutPath, Job>,
    lists: Lists,
    addresses: Addresses,
    browse: Browse,
    index: Index,
    /// How many pages the sitemap names, and how many in each of its parts.
    listed: (usize, usize),
}

/// The hashed names of the theme's files.
#[derive(Clone, Debug)]
pub struct ThemeFiles {
    /// `assets/style-….css`
    pub style: Box<str>,
    /// `assets/script-….js`, if the theme has a script.
    pub script: Option<Box<str>>,
    /// `assets/search-….js`
    pub search: Box<str>,
}

impl Plan {
    /// The files in the order of their paths.
    pub fn jobs(&self) -> impl ExactSizeIterator<Item = (&OutPath, &Job)> {
        self.jobs.iter()
    }

    /// The job of one file.
    #[must_use]
    pub fn job(&self, path: &OutPath) -> Option<&Job> {
        self.jobs.get(path)
    }

    /// Which records stand in which list.
    #[must_use]
    pub fn lists(&self) -> &Lists {
        &self.lists
    }

    /// What is computed once for the ways to browse.
    #[must_use]
    pub fn browse(&self) -> &Browse {
        &self.browse
    }

    /// What can be found.
    #[must_use]
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// How many parts the sitemap has; with one or none it is a file of its own.
    #[must_use]
    pub fn sitemap_parts(&self) -> u32 {
        u32::try_from(self.listed.0.div_ceil(self.listed.1.max(1))).unwrap_or(u32::MAX)
    }

    /// The pages of a part of the sitemap, parts counted from 1.
    pub fn sitemap_part<'p>(&'p self, edition: &'p Edition, part: u32) -> impl Iterator<Item = (&'p OutPath, &'p Job)> {
        let range = range(self.listed.0, part, self.listed.1);
        let listed = self.jobs.iter().filter(|(path, job)| is_listed(edition, path, job));
        listed.skip(range.start).take(range.len())
    }

    /// Where everything is.
    #[must_use]
    pub fn addresses(&self) -> &Addresses {
        &self.addresses
    }
}

/// Plans an edition.
#[must_use]
pub fn make(edition: &Edition, theme: &ThemeFiles) -> (Plan, Findings) {
    let mut planner = Planner { jobs: BTreeMap::new(), findings: Findings::default() };
    let lists = Lists::of(edition);
    let addresses = Addresses::of(edition, theme);
    let browse = Browse::of(edition, &lists);
    planner.add(Ok(addresses.root()), Job::Root);
    planner.add(Ok(addresses.not_found()), Job::NotFound);
    planner.add(OutPath::new(theme.style.clone()), Job::Style);
    if let Some(script) = &theme.script {
        planner.add(OutPath::new(script.clone()), Job::Script);
    }
    for (path, picture) in edition.cleared_pictures() {
        for (width, _) in picture.sizes() {
            planner.add(addresses.picture(picture, width), Job::Picture(Arc::clone(path), width));
        }
    }
    for entry in edition.entries() {
        for file in entry.files() {
            planner.add(addresses.file(edition, entry, file), Job::File(file.handout.clone()));
        }
    }
    for (at, table) in (0u32..).zip(edition.tables()).filter(|(_, table)| !table.stub) {
        for format in Download::ALL {
            planner.add(addresses.download(table, format), Job::Download(at, format));
        }
    }
    for lang in &edition.site().languages {
        planner.add_language(edition, &lists, &addresses, *lang);
        planner.add_browse(edition, &lists, (&browse, &addresses), *lang);
    }
    // The jobs stand in the order of their paths.
    let pages: Vec<OutPath> = planner.jobs.iter().filter(|(_, job)| is_found(edition, job)).map(|(path, _)| path.clone()).collect();
    if !pages.is_empty() {
        planner.add(OutPath::new(theme.search.clone()), Job::SearchScript);
        for lang in &edition.site().languages {
            planner.add(addresses.search(*lang), Job::Search(*lang));
        }
    }
    let listed = (machine::add(&mut planner, edition, &addresses), machine::addresses_a_part(edition));
    (Plan { jobs: planner.jobs, lists, addresses, browse, index: Index { pages }, listed }, planner.findings)
}

/// Whether search finds a page: records in a language of their own, datasets, terms, the glossary; no list and no notice.
fn is_found(edition: &Edition, job: &Job) -> bool {
    match job {
        Job::Record(at, lang) => {
            let entry = edition.entry(*at);
            entry.withdrawn.is_none() && entry.texts.get(*lang).is_some()
        }
        // The pages behind the first hold only more of the term's list.
        Job::Term(_, page, _) => *page == 1,
        Job::Table(..) | Job::Glossary(_) | Job::WorkPlan(_) | Job::PlanMap(_) => true,
        _ => false,
    }
}

struct Planner {
    jobs: BTreeMap<OutPath, Job>,
    findings: Findings,
}

impl Planner {
    fn add(&mut self, path: Result<OutPath, PathFault>, job: Job) {
        let place: Arc<str> = Arc::from("content/site.yaml");
        let Ok(path) = path else {
            self.findings.add(&place, Mark::new(Code::PathFault, Span::default()).with(format!("{job:?}")));
            return;
        };
        match self.jobs.get(&path) {
            // One picture may lie in the content folder twice.
            Some(Job::Picture(..)) if matches!(job, Job::Picture(..)) => {}
            Some(Job::File(known)) if matches!(&job, Job::File(other) if other.told() == known.told()) => {}
            Some(other) => {
                let mark = Mark::new(Code::PathTaken, Span::default()).with(path.as_str()).with(format!("{other:?}"));
                self.findings.add(&place, mark);
            }
            None => {
                self.jobs.insert(path, job);
            }
        }
    }

    fn add_language(&mut self, edition: &Edition, lists: &Lists, addresses: &Addresses, lang: Lang) {
        self.add(addresses.home(lang), Job::Home(lang));
        for (at, _) in (0u16..).zip(edition.collections()) {
            for page in list::pages(lists.collection(at).len()) {
                self.add(addresses.collection(at, page, lang), Job::Collection(at, page, lang));
            }
        }
        for (at, entry) in (0u32..).zip(edition.entries()) {
            self.add(addresses.record(edition, at, lang), Job::Record(at, lang));
            for page in 1..=entry.scan_count() {
                self.add(addresses.scan(edition, at, page, lang), Job::Scan(at, page, lang));
            }
            for former in &entry.former_ids {
                self.add(addresses.former(edition, entry, former, lang), Job::Moved(at, lang));
            }
        }
        for (at, vocabulary) in edition.vocabularies().iter() {
            if address::has_pages(vocabulary) {
                self.add(addresses.vocabulary(at, lang), Job::Vocabulary(at, lang));
                for term in (0u32..).zip(&vocabulary.terms).map(|(term, _)| TermId { vocabulary: at, term }) {
                    for page in list::pages(lists.term(term).len()) {
                        self.add(addresses.term(edition, term, page, lang), Job::Term(term, page, lang));
                    }
                }
            }
        }
        self.add_years(lists, addresses, lang);
        self.add_tables(edition, addresses, lang);
        if edition.vocabularies().named(address::GLOSSARY).is_some_and(|(_, glossary)| !glossary.terms.is_empty()) {
            self.add(addresses.glossary(lang), Job::Glossary(lang));
        }
        if let Some(plan) = edition.work_plan() {
            self.add(addresses.work_plan(lang), Job::WorkPlan(lang));
            if !plan.terms.is_empty() {
                self.add(addresses.plan_map(lang), Job::PlanMap(lang));
            }
        }
    }

    fn add_tables(&mut self, edition: &Edition, addresses: &Addresses, lang: Lang) {
        let tables = edition.tables();
        for page in list::pages(tables.len()).filter(|_| !tables.is_empty()) {
            self.add(addresses.datasets(page, lang), Job::Datasets(page, lang));
        }
        for (at, table) in (0u32..).zip(tables) {
            for page in list::pages_of(table.rows.len(), ROWS_PER_PAGE) {
                self.add(addresses.table(table, page, lang), Job::Table(at, page, lang));
            }
        }
    }

    fn add_years(&mut self, lists: &Lists, addresses: &Addresses, lang: Lang) {
        if lists.years().next().is_some() {
            self.add(addresses.years(lang), Job::Years(lang));
        }
        for (year, entries) in lists.years() {
            for page in list::pages(entries.len()) {
                self.add(addresses.year(year, page, lang), Job::Year(year, page, lang));
            }
        }
    }
}
