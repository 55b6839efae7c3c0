//! The files for machines: feeds, sitemap, robots.txt, and all records as tables. What needs absolute addresses is planned only
//! where the site has one, and no search engine is led to an internal edition.

use super::{Addresses, Job, Planner};
use crate::disclose::{Edition, Profile};
use crate::lang::Lang;
use crate::path::OutPath;

/// How many records a file holds. An archive of a million would otherwise need one file's size in memory.
const RECORDS_A_FILE: usize = 50_000;
/// How many addresses a sitemap may hold, and how many bytes (sitemaps.org).
const ADDRESSES_MAX: usize = 50_000;
const SITEMAP_BYTES_MAX: usize = 50_000_000;

/// In what form a feed is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeedFormat {
    /// RFC 4287.
    Atom,
    /// JSON Feed 1.1.
    Json,
}

impl FeedFormat {
    /// Both, in the order of their links.
    pub const ALL: [FeedFormat; 2] = [FeedFormat::Atom, FeedFormat::Json];

    pub(super) fn suffix(self) -> &'static str {
        match self {
            FeedFormat::Atom => "xml",
            FeedFormat::Json => "json",
        }
    }
}

/// In what form all records are downloaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordsFormat {
    /// For spreadsheets: RFC 4180, UTF-8 with a byte-order mark.
    Csv,
    /// For programs.
    Json,
    /// For programs that keep citations.
    Ris,
    /// The same for TeX.
    Bib,
}

impl RecordsFormat {
    /// All of them, in the order of their links.
    pub const ALL: [RecordsFormat; 4] = [RecordsFormat::Csv, RecordsFormat::Json, RecordsFormat::Ris, RecordsFormat::Bib];

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            RecordsFormat::Csv => "CSV",
            RecordsFormat::Json => "JSON",
            RecordsFormat::Ris => "RIS",
            RecordsFormat::Bib => "BibTeX",
        }
    }

    pub(super) fn suffix(self) -> &'static str {
        match self {
            RecordsFormat::Csv => "csv",
            RecordsFormat::Json => "json",
            RecordsFormat::Ris => "ris",
            RecordsFormat::Bib => "bib",
        }
    }
}

/// How many files so many records take in each format.
#[must_use]
pub fn records_parts(records: usize) -> u32 {
    u32::try_from(records.div_ceil(RECORDS_A_FILE).max(1)).unwrap_or(u32::MAX)
}

/// The positions of the records of a file, counted from 1, among so many.
#[must_use]
pub fn records_range(records: usize, part: u32) -> std::ops::Range<usize> {
    super::range(records, part, RECORDS_A_FILE)
}

/// Whether search engines are led to a page: one with words of its own, that no other stands for. What a search finds is on such
/// pages already.
#[must_use]
pub fn is_listed(edition: &Edition, path: &OutPath, job: &Job) -> bool {
    match job {
        Job::Record(at, lang) | Job::Scan(at, _, lang) => {
            let entry = edition.entry(*at);
            entry.withdrawn.is_none() && entry.texts.get(*lang).is_some()
        }
        Job::NotFound | Job::Moved(..) | Job::Search(_) | Job::File(_) => false,
        _ => path.as_str().ends_with(".html"),
    }
}

/// How many addresses a part of the sitemap holds: of the longest that can be, each with its two languages, no more than may be.
pub(super) fn addresses_a_part(edition: &Edition) -> usize {
    let base = edition.site().base_url.as_deref().map_or(0, str::len);
    (SITEMAP_BYTES_MAX / (3 * (base + crate::path::PATH_MAX) + 300)).min(ADDRESSES_MAX)
}

/// Plans them. The pages that search engines are led to must be planned by now; their number is handed back.
pub(super) fn add(planner: &mut Planner, edition: &Edition, addresses: &Addresses) -> usize {
    add_records(planner, edition, addresses);
    let is_internal = edition.profile() == Profile::Internal;
    if edition.site().base_url.is_some() || is_internal {
        planner.add(addresses.robots(), Job::Robots);
    }
    if edition.site().base_url.is_none() || is_internal {
        return 0;
    }
    for lang in edition.site().languages.iter().copied().filter(|lang| has_news(edition, *lang)) {
        for format in FeedFormat::ALL {
            planner.add(addresses.feed(format, lang), Job::Feed(format, lang));
        }
    }
    let listed = planner.jobs.iter().filter(|(path, job)| is_listed(edition, path, job)).count();
    planner.add(addresses.sitemap(0), Job::Sitemap(0));
    let parts = u32::try_from(listed.div_ceil(addresses_a_part(edition))).unwrap_or(u32::MAX);
    for part in (1..=parts).filter(|_| parts > 1) {
        planner.add(addresses.sitemap(part), Job::Sitemap(part));
    }
    listed
}

fn add_records(planner: &mut Planner, edition: &Edition, addresses: &Addresses) {
    let records = edition.entries().iter().filter(|entry| entry.withdrawn.is_none()).count();
    if records == 0 {
        return;
    }
    for format in RecordsFormat::ALL {
        for part in 1..=records_parts(records) {
            planner.add(addresses.records(format, part), Job::Records(format, part));
        }
    }
    for lang in &edition.site().languages {
        planner.add(addresses.records_page(*lang), Job::RecordsPage(*lang));
    }
}

/// Whether a feed would have anything to say: both standards want a date of every entry, or of the whole.
fn has_news(edition: &Edition, lang: Lang) -> bool {
    let is_dated = |entry: &crate::disclose::Entry| entry.date.is_some() || entry.corrected().is_some();
    edition.entries().iter().any(|entry| entry.withdrawn.is_none() && entry.texts.get(lang).is_some() && is_dated(entry))
}
