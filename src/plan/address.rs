//! Where every page is. Pure rules from ids to paths; the contract of the outputs stands here and nowhere else.

use super::{Download, FeedFormat, RecordsFormat, ThemeFiles};
use crate::digest::fnv1a;
use crate::disclose::{Edition, Entry, HandedFile, Table};
use crate::lang::Lang;
use crate::model::{Picture, TermId, Vocabulary};
use crate::path::{OutPath, PathFault};
use crate::site::Folders;

type Address = Result<OutPath, PathFault>;

/// The vocabulary that has one page for all its terms.
pub(super) const GLOSSARY: &str = "glossary";

/// Whether a vocabulary has a page for each term.
pub(super) fn has_pages(vocabulary: &Vocabulary) -> bool {
    &*vocabulary.id != GLOSSARY && !vocabulary.terms.is_empty()
}

/// The rules from things to paths.
#[derive(Debug)]
pub struct Addresses {
    collections: Vec<Box<str>>,
    vocabularies: Vec<Option<Box<str>>>,
    root: OutPath,
    not_found: OutPath,
    theme: ThemeFiles,
}

impl Addresses {
    pub(super) fn of(edition: &Edition, theme: &ThemeFiles) -> Addresses {
        let known = |path: &str| OutPath::new(path).unwrap_or_else(|_| unreachable!("a fixed path keeps the rules"));
        Addresses {
            collections: edition.collections().iter().map(|schema| schema.id.clone()).collect(),
            vocabularies: edition.vocabularies().iter().map(|(_, vocabulary)| has_pages(vocabulary).then(|| vocabulary.id.clone())).collect(),
            root: known("index.html"),
            not_found: known("404.html"),
            theme: theme.clone(),
        }
    }

    /// The choice of languages.
    #[must_use]
    pub fn root(&self) -> OutPath {
        self.root.clone()
    }

    /// What a web server shows for addresses that do not exist.
    #[must_use]
    pub fn not_found(&self) -> OutPath {
        self.not_found.clone()
    }

    /// The theme's stylesheet and script, from the root.
    #[must_use]
    pub fn theme(&self) -> &ThemeFiles {
        &self.theme
    }

    /// The home page.
    pub fn home(&self, lang: Lang) -> Address {
        OutPath::new(format!("{}/index.html", lang.code()))
    }

    /// A page of a collection.
    pub fn collection(&self, at: u16, page: u32, lang: Lang) -> Address {
        OutPath::new(format!("{}/{}/{}.html", lang.code(), self.collections[usize::from(at)], page_name(page)))
    }

    /// A record.
    pub fn record(&self, edition: &Edition, at: u32, lang: Lang) -> Address {
        let entry = edition.entry(at);
        self.former(edition, entry, &entry.id, lang)
    }

    /// A scanned page of a record, beside its own page.
    pub fn scan(&self, edition: &Edition, at: u32, page: u32, lang: Lang) -> Address {
        let entry = edition.entry(at);
        self.beside(edition, entry, (&entry.id, &format!("{}-scan-{page}", entry.id)), lang)
    }

    /// The address that a record has under an id.
    pub fn former(&self, edition: &Edition, entry: &Entry, id: &str, lang: Lang) -> Address {
        self.beside(edition, entry, (id, id), lang)
    }

    /// A page of a name in the folder of the id.
    fn beside(&self, edition: &Edition, entry: &Entry, (id, name): (&str, &str), lang: Lang) -> Address {
        let schema = edition.collection_of(entry);
        let folder = match schema.folders {
            Folders::Flat => return OutPath::new([lang.code(), "/", &schema.id, "/", name, ".html"].concat()),
            Folders::Year => format!("{:04}/", entry.date.and_then(|date| date.filing_year()).unwrap_or(0)),
            Folders::Hash => format!("{:02x}/", fnv1a(id.as_bytes()) & 0xff),
        };
        OutPath::new(format!("{}/{}/{folder}{name}.html", lang.code(), schema.id))
    }

    /// All terms of a vocabulary.
    pub fn vocabulary(&self, at: u16, lang: Lang) -> Address {
        let id = self.vocabularies[usize::from(at)].as_deref().unwrap_or(GLOSSARY);
        OutPath::new(format!("{}/{id}/index.html", lang.code()))
    }

    /// A page of a term. Only for vocabularies that have pages.
    pub fn term(&self, edition: &Edition, id: TermId, page: u32, lang: Lang) -> Address {
        let vocabulary = &edition.vocabularies().get(id.vocabulary).id;
        let term = &edition.vocabularies().term(id).id;
        let suffix = if page > 1 { format!("-page-{page}") } else { String::new() };
        OutPath::new(format!("{}/{vocabulary}/{term}{suffix}.html", lang.code()))
    }

    /// Where a term is explained: its own page, or its place in the glossary. None for persons.
    #[must_use]
    pub fn explained(&self, edition: &Edition, id: TermId, lang: Lang) -> Option<(OutPath, Option<Box<str>>)> {
        if self.vocabularies[usize::from(id.vocabulary)].is_some() {
            return self.term(edition, id, 1, lang).ok().map(|path| (path, None));
        }
        if &*edition.vocabularies().get(id.vocabulary).id != GLOSSARY {
            return None;
        }
        self.glossary(lang).ok().map(|path| (path, Some(edition.vocabularies().term(id).id.clone())))
    }

    /// Whether a vocabulary has pages.
    #[must_use]
    pub fn has_pages(&self, vocabulary: u16) -> bool {
        self.vocabularies[usize::from(vocabulary)].is_some()
    }

    /// The years that have records.
    pub fn years(&self, lang: Lang) -> Address {
        OutPath::new(format!("{}/years/index.html", lang.code()))
    }

    /// A page of a year.
    pub fn year(&self, year: i16, page: u32, lang: Lang) -> Address {
        let suffix = if page > 1 { format!("-page-{page}") } else { String::new() };
        OutPath::new(format!("{}/years/{year:04}{suffix}.html", lang.code()))
    }

    /// A page of the list of datasets.
    pub fn datasets(&self, page: u32, lang: Lang) -> Address {
        OutPath::new(format!("{}/data/{}.html", lang.code(), page_name(page)))
    }

    /// A page of a dataset.
    pub fn table(&self, table: &Table, page: u32, lang: Lang) -> Address {
        let suffix = if page > 1 { format!("-page-{page}") } else { String::new() };
        OutPath::new(format!("{}/data/{}{suffix}.html", lang.code(), table.id))
    }

    /// A dataset to be downloaded, the same for both languages.
    pub fn download(&self, table: &Table, format: Download) -> Address {
        OutPath::new(format!("data/{}.{}", table.id, format.suffix()))
    }

    /// All records in a format, files counted from 1, the same for both languages.
    pub fn records(&self, format: RecordsFormat, part: u32) -> Address {
        let suffix = if part > 1 { format!("-{part}") } else { String::new() };
        OutPath::new(format!("data/records{suffix}.{}", format.suffix()))
    }

    /// The page of these files.
    pub fn records_page(&self, lang: Lang) -> Address {
        OutPath::new(format!("{}/data/records.html", lang.code()))
    }

    /// A feed.
    pub fn feed(&self, format: FeedFormat, lang: Lang) -> Address {
        OutPath::new(format!("{}/feed.{}", lang.code(), format.suffix()))
    }

    /// The sitemap (0), or one of its parts, counted from 1.
    pub fn sitemap(&self, part: u32) -> Address {
        OutPath::new(if part == 0 { "sitemap.xml".to_owned() } else { format!("sitemap-{part}.xml") })
    }

    /// What robots may read.
    pub fn robots(&self) -> Address {
        OutPath::new("robots.txt")
    }

    /// The search page.
    pub fn search(&self, lang: Lang) -> Address {
        OutPath::new(format!("{}/search.html", lang.code()))
    }

    /// The glossary.
    pub fn glossary(&self, lang: Lang) -> Address {
        OutPath::new(format!("{}/glossary.html", lang.code()))
    }

    /// The plan of work.
    pub fn work_plan(&self, lang: Lang) -> Address {
        OutPath::new(format!("{}/plan.html", lang.code()))
    }

    /// What the archive has for each term of the plan of work.
    pub fn plan_map(&self, lang: Lang) -> Address {
        OutPath::new(format!("{}/plan-map.html", lang.code()))
    }

    /// A file that a record hands out: named by the record and its content, so that nothing else shows in it.
    pub fn file(&self, edition: &Edition, entry: &Entry, file: &HandedFile) -> Address {
        let (_, sha) = file.handout.told();
        OutPath::new(format!("files/{}/{}-{}.{}", edition.collection_of(entry).id, entry.id, sha.short(), file.kind.suffix()))
    }

    /// A picture of a width in pixels; its name tells nothing but its content.
    pub fn picture(&self, picture: &Picture, width: u32) -> Address {
        OutPath::new(format!("pictures/{}-{width}.{}", picture.sha.short(), picture.suffix))
    }
}

fn page_name(page: u32) -> String {
    if page > 1 { format!("page-{page}") } else { "index".to_owned() }
}
