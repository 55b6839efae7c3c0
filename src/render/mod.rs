//! Job → bytes. One file per kind of page; each makes a view of what the edition holds and hands it to the theme.
//! A job reads the edition, the plan and, for a record, its own text; never another page.

mod around;
mod browse;
mod card;
mod chrome;
mod cite;
mod coverage;
mod dataset;
mod describe;
mod download;
mod element;
mod facts;
mod feed;
mod file;
mod glossary;
mod head;
mod home;
mod line;
mod linked_data;
mod list;
mod picture;
mod player;
mod portal;
mod profile;
mod recent;
mod record;
mod records;
mod scan;
mod search;
mod sheet;
mod site_map;
mod sitemap;
mod term;
mod timeline;
mod view;
mod work_plan;
mod world;

use crate::disclose::{Edition, Entry, Handout, Leak, LeakGate, Profile};
use crate::lang::Lang;
use crate::model::Destination;
use crate::path::OutPath;
use crate::plan::{Job, Plan};
use crate::source::{Cache, Content, NoCache, Read};
use crate::theme::{Theme, ThemeFault};
use chrome::Chromes;
use std::fmt;
use std::sync::Arc;

/// Renders the jobs of one plan.
pub struct Press<'a> {
    edition: &'a Edition,
    plan: &'a Plan,
    theme: &'a Theme,
    source: &'a dyn Read,
    cache: &'a dyn Cache,
    gate: &'a LeakGate,
    chromes: Chromes,
    facets: search::Facets,
}

/// Why a job could not be done.
#[derive(Debug)]
pub enum PageFault {
    /// The theme is at fault.
    Theme(ThemeFault),
    /// A source that was there when the site was loaded is not there any more, or changed into something else.
    Source(String),
    /// The finished file holds what must not leave. The source of its text, where it has one, and what was found.
    Leak(Option<Arc<str>>, Vec<Leak>),
}

impl fmt::Display for PageFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PageFault::Theme(fault) => write!(f, "{fault}"),
            PageFault::Source(path) => f.write_str(path),
            PageFault::Leak(..) => f.write_str("!"),
        }
    }
}

impl From<ThemeFault> for PageFault {
    fn from(fault: ThemeFault) -> PageFault {
        PageFault::Theme(fault)
    }
}

type Page = Result<String, PageFault>;

impl<'a> Press<'a> {
    /// Prepares what all pages share: header and footer of each language and depth.
    ///
    /// # Errors
    /// The theme's header or footer is at fault.
    pub fn new(edition: &'a Edition, gate: &'a LeakGate, plan: &'a Plan, theme: &'a Theme, source: &'a dyn Read) -> Result<Press<'a>, PageFault> {
        let chromes = Chromes::render(edition, plan, theme)?;
        let facets = search::Facets::of(edition, plan, theme);
        Ok(Press { edition, plan, theme, source, cache: &NoCache, gate, chromes, facets })
    }

    /// The same with what was made of pictures before.
    #[must_use]
    pub fn with_cache(self, cache: &'a dyn Cache) -> Press<'a> {
        Press { cache, ..self }
    }

    /// Does one job. What it made is searched for closed values once, here, before anything is done with it.
    ///
    /// # Errors
    /// The theme or the source is at fault, or something closed has come through.
    pub fn render(&self, path: &OutPath, job: &Job) -> Result<Vec<u8>, PageFault> {
        let bytes = self.make(path, job)?;
        let leaks = self.gate.inspect(path, &bytes);
        if leaks.is_empty() { Ok(bytes) } else { Err(PageFault::Leak(self.text_behind(job), leaks)) }
    }

    /// Opens a file that is handed out, to be copied piece by piece.
    ///
    /// # Errors
    /// The file cannot be read any more, or its address holds something closed.
    pub fn open(&self, path: &OutPath, handout: &Handout) -> Result<Box<dyn Content>, PageFault> {
        // What is in it was looked into when the gate cleared it.
        let leaks = self.gate.inspect(path, &[]);
        if !leaks.is_empty() {
            return Err(PageFault::Leak(None, leaks));
        }
        file::open(self, handout)
    }

    fn make(&self, path: &OutPath, job: &Job) -> Result<Vec<u8>, PageFault> {
        let page = match job {
            Job::Style => return Ok(self.theme.style().to_vec()),
            Job::SearchScript => return Ok(self.theme.search().to_vec()),
            Job::Script => return Ok(self.theme.script().unwrap_or_default().to_vec()),
            Job::Picture(file, width) => return picture::file(self, file, *width),
            Job::File(handout) => return file::whole(self, handout),
            Job::Root => home::root(self, path),
            Job::NotFound => home::not_found(self),
            Job::Home(lang) => home::home(self, path, *lang),
            Job::Collection(at, page, lang) => list::collection(self, path, (*at, *page), *lang),
            Job::Year(year, page, lang) => list::year(self, path, (*year, *page), *lang),
            Job::Years(lang) => list::years(self, path, *lang),
            Job::Record(at, lang) => record::record(self, path, *at, *lang),
            Job::Scan(at, page, lang) => scan::scan(self, path, (*at, *page), *lang),
            Job::Moved(at, lang) => record::moved(self, path, *at, *lang),
            Job::Vocabulary(at, lang) => term::vocabulary(self, path, *at, *lang),
            Job::Term(id, page, lang) => term::term(self, path, (*id, *page), *lang),
            Job::Glossary(lang) => glossary::glossary(self, path, *lang),
            Job::Browse(page, lang) => browse::render(self, path, *page, *lang),
            Job::Search(lang) => search::search(self, path, *lang),
            Job::Datasets(page, lang) => dataset::datasets(self, path, *page, *lang),
            Job::Table(at, page, lang) => dataset::table(self, path, (*at, *page), *lang),
            Job::WorkPlan(lang) => work_plan::plan(self, path, *lang),
            Job::PlanMap(lang) => work_plan::map(self, path, *lang),
            Job::Download(at, format) => download::download(self, *at, *format),
            Job::Feed(format, lang) => feed::feed(self, path, *format, *lang),
            Job::Sitemap(0) => sitemap::sitemap(self),
            Job::Sitemap(part) => sitemap::part(self, *part),
            Job::Robots => sitemap::robots(self),
            Job::Records(format, part) => records::records(self, *format, *part),
            Job::RecordsPage(lang) => records::page(self, path, *lang),
        };
        page.map(String::into_bytes)
    }

    /// The file of the text that a job prints.
    fn text_behind(&self, job: &Job) -> Option<Arc<str>> {
        if let Job::Table(at, ..) | Job::Download(at, _) = job {
            return self.edition.tables().get(*at as usize).map(|table| Arc::clone(table.file()));
        }
        let Job::Record(at, lang) = job else { return None };
        self.text_of(self.edition.entry(*at), *lang).and_then(|(_, text)| text.body.as_ref()).map(|body| Arc::clone(body.file()))
    }

    fn word(&self, lang: Lang, key: &str) -> &str {
        self.theme.string(lang, key)
    }

    /// The languages of the site beside the one of a page.
    fn other(&self, lang: Lang) -> Option<Lang> {
        Some(lang.other()).filter(|other| self.edition.site().has(*other))
    }

    fn is_internal(&self) -> bool {
        self.edition.profile() == Profile::Internal
    }

    /// The relative address of what a link leads to, in the language of the page.
    fn href(&self, from: &OutPath, to: Destination, lang: Lang) -> Option<String> {
        let addresses = self.plan.addresses();
        let target = match to {
            Destination::Record(at) => addresses.record(self.edition, at, lang).ok(),
            Destination::Collection(at) => addresses.collection(at, 1, lang).ok(),
            Destination::Vocabulary(at) if addresses.has_pages(at) => addresses.vocabulary(at, lang).ok(),
            Destination::Vocabulary(_) => addresses.glossary(lang).ok().filter(|path| self.plan.job(path).is_some()),
            Destination::Home => addresses.home(lang).ok(),
            Destination::Term(id) => {
                let (path, anchor) = addresses.explained(self.edition, id, lang)?;
                let link = from.link_to(&path);
                return Some(anchor.map_or(link.clone(), |anchor| format!("{link}#{anchor}")));
            }
        };
        target.map(|path| from.link_to(&path))
    }

    /// The language that an entry's text is shown in on a page, with the text.
    fn text_of<'e>(&self, entry: &'e Entry, lang: Lang) -> Option<(Lang, &'e crate::disclose::EntryText)> {
        entry.texts.prefer(lang)
    }
}
