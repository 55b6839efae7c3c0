//! What a profile may see, as values that only the gate can make.

use super::{Body, HandedFile, Scans, Table};
use crate::date::{PartialDate, Period};
use crate::lang::{Lang, PerLang};
use crate::markdown::View;
use crate::model::body::Survey;
use crate::model::{
    Correction, Fact, FieldContent, KeyDate, LinkIndex, Member, Picture, PictureWords, ReferenceCode, Source, SourceRef, TermId, TermRefs,
    Vocabularies, Withdrawal, WorkPlan,
};
use crate::site::{Access, CollectionSchema, Licence, Site};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// For whom an edition is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// For everybody.
    Public,
    /// For the office itself, marked on every page.
    Internal,
}

impl Profile {
    /// In which view its texts are opened.
    #[must_use]
    pub fn view(self) -> View {
        match self {
            Profile::Public => View::Public,
            Profile::Internal => View::Internal,
        }
    }
}

/// What a profile may see of the archive. The fields are private: outside of the gate it can be read and not made.
#[derive(Debug)]
pub struct Edition {
    pub(super) profile: Profile,
    pub(super) site: Site,
    pub(super) collections: Vec<CollectionSchema>,
    pub(super) vocabularies: Vocabularies,
    pub(super) facts: BTreeMap<Box<str>, Fact>,
    pub(super) sources: BTreeMap<Box<str>, Source>,
    pub(super) pictures: BTreeMap<Arc<str>, Picture>,
    pub(super) entries: Vec<Entry>,
    pub(super) tables: Vec<Table>,
    pub(super) index: LinkIndex,
    pub(super) calendar: Vec<KeyDate>,
    pub(super) people: BTreeMap<Box<str>, PerLang<Box<str>>>,
    pub(super) work_plan: Option<WorkPlan>,
}

/// A record as the profile may see it.
#[derive(Debug)]
pub struct Entry {
    /// The position of its collection in the edition.
    pub collection: u16,
    /// Its id.
    pub id: Box<str>,
    /// Its level, for the mark in internal editions.
    pub level: Access,
    /// Whether only its title, date and reference code are open.
    pub stub: bool,
    /// When.
    pub date: Option<Period>,
    /// The terms it carries.
    pub terms: Vec<TermRefs>,
    /// 档号
    pub reference: Option<ReferenceCode>,
    /// Where its content comes from.
    pub sources: Vec<SourceRef>,
    /// The collection's own fields.
    pub fields: Vec<(Box<str>, FieldContent)>,
    /// Ids that it had before.
    pub former_ids: Vec<Box<str>>,
    /// Whether it was taken back.
    pub withdrawn: Option<Withdrawal>,
    /// What was put right in it after it was published.
    pub corrections: Vec<Correction>,
    /// What it gathers, where it is a curated page.
    pub members: Vec<Member>,
    /// Its own licence, where it is not the site's.
    pub licence: Option<Box<Licence>>,
    /// Its texts.
    pub texts: PerLang<Option<EntryText>>,
    /// The folder that its links start from.
    pub(crate) folder: Arc<str>,
    /// The pictures that it may show, with what is said of each.
    pub(super) pictures: BTreeMap<Arc<str>, Option<Box<PictureWords>>>,
    /// The picture that stands for it, one of those that it may show.
    pub(super) cover: Option<Arc<str>>,
    /// The files that it hands out.
    pub(super) files: Vec<HandedFile>,
    /// The scanned pages that it shows.
    pub(super) scans: Vec<Scans>,
}

/// One language's text of an entry, with everything closed taken out.
#[derive(Debug)]
pub struct EntryText {
    /// The title; marks of withheld runs inside.
    pub title: Box<str>,
    /// The summary; marks of withheld runs inside.
    pub summary: Option<Box<str>>,
    /// Whether it says that it is the translation of the other one.
    pub is_translated: bool,
    /// The digest of the opened body.
    pub survey: Survey,
    /// Its file, for findings.
    pub(super) file: Arc<str>,
    /// The way to the body; none where only the description is open.
    pub body: Option<Body>,
}

impl Edition {
    /// For whom it is made.
    #[must_use]
    pub fn profile(&self) -> Profile {
        self.profile
    }

    /// The settings of the site.
    #[must_use]
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// The collections that have entries.
    #[must_use]
    pub fn collections(&self) -> &[CollectionSchema] {
        &self.collections
    }

    /// The controlled lists.
    #[must_use]
    pub fn vocabularies(&self) -> &Vocabularies {
        &self.vocabularies
    }

    /// The records.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The datasets, sorted by id.
    #[must_use]
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// The key dates, in the order of their file.
    #[must_use]
    pub fn calendar(&self) -> &[KeyDate] {
        &self.calendar
    }

    /// A record by its position.
    #[must_use]
    pub fn entry(&self, at: u32) -> &Entry {
        &self.entries[at as usize]
    }

    /// The collection of an entry.
    #[must_use]
    pub fn collection_of(&self, entry: &Entry) -> &CollectionSchema {
        &self.collections[usize::from(entry.collection)]
    }

    /// What links may lead to.
    #[must_use]
    pub fn index(&self) -> &LinkIndex {
        &self.index
    }

    /// A person by id, as the edition may name them.
    #[must_use]
    pub fn person(&self, id: &str, lang: Lang) -> Option<&str> {
        self.people.get(id).map(|name| &**name.get(lang))
    }

    /// The plan of work; what its terms lead to is in this edition.
    #[must_use]
    pub fn work_plan(&self) -> Option<&WorkPlan> {
        self.work_plan.as_ref()
    }

    /// A figure.
    #[must_use]
    pub fn fact(&self, id: &str) -> Option<&Fact> {
        self.facts.get(id)
    }

    /// A source.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.get(id)
    }

    /// A picture that an entry may show: one of its own, or one of the site's.
    #[must_use]
    pub fn picture(&self, entry: &Entry, path: &str) -> Option<&Picture> {
        self.pictures.get(path).filter(|_| entry.pictures.contains_key(path))
    }

    /// A picture that some page of the edition shows, for the job that makes its file.
    pub(crate) fn cleared_picture(&self, path: &str) -> Option<&Picture> {
        self.pictures.get(path)
    }

    /// Every picture that a page of the edition may show, by path.
    pub fn cleared_pictures(&self) -> impl Iterator<Item = (&Arc<str>, &Picture)> {
        let own: BTreeSet<&Arc<str>> = self.entries.iter().flat_map(|entry| entry.pictures.keys()).collect();
        let badges: Vec<&str> = self.site.portal.iter().flat_map(|portal| portal.pictures()).collect();
        self.pictures.iter().filter(move |(path, _)| own.contains(path) || badges.contains(&&***path))
    }

    /// A picture of the site's own: those belong to no record and are open to all.
    #[must_use]
    pub fn site_picture(&self, path: &str) -> Option<&Picture> {
        self.pictures.get(path).filter(|_| path.starts_with("content/assets/"))
    }
}

impl Entry {
    /// What is said of a picture that it may show.
    #[must_use]
    pub fn words_of(&self, path: &str) -> Option<&PictureWords> {
        self.pictures.get(path).and_then(Option::as_deref)
    }

    /// The path of the picture that stands for it.
    #[must_use]
    pub fn cover(&self) -> Option<&str> {
        self.cover.as_deref()
    }

    /// The files that it hands out, in the order of the record.
    #[must_use]
    pub fn files(&self) -> &[HandedFile] {
        &self.files
    }

    /// When something in it was last put right.
    #[must_use]
    pub fn corrected(&self) -> Option<PartialDate> {
        self.corrections.iter().map(|correction| correction.date).max_by_key(|date| date.last_day())
    }

    /// The scanned pages that it shows, document by document in the order of the record.
    #[must_use]
    pub fn scans(&self) -> &[Scans] {
        &self.scans
    }

    /// How many scanned pages it shows in all.
    #[must_use]
    pub fn scan_count(&self) -> u32 {
        self.scans.iter().map(|scans| u32::try_from(scans.pages.len()).unwrap_or(u32::MAX)).fold(0, u32::saturating_add)
    }

    /// The terms of a field.
    #[must_use]
    pub fn terms_of(&self, field: &str) -> &[TermId] {
        self.terms.iter().find(|refs| &*refs.field == field).map_or(&[], |refs| &refs.terms)
    }
}
