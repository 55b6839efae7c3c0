//! The validated world: records, vocabularies, facts and sources, as plain values. Knows no files, no HTML and no output paths.

pub mod body;
mod calendar;
mod closure;
mod curation;
mod dataset;
mod fact;
mod handout;
mod link;
mod names;
mod number;
mod person;
mod picture;
mod record;
mod review;
mod vocabulary;
mod work_plan;

pub use calendar::{CALENDAR_FILE, KeyDate, KeyDay};
pub use closure::{Classification, Closure};
pub use curation::{Choice, Correction, Member};
pub use dataset::{Cells, Column, ColumnKind, Dataset, Publication};
pub use fact::{EnglishUnit, Fact, FactValue, Qualifier, Rival, Unit, spell};
pub use handout::{RecordFile, RecordScans};
pub use link::{Destination, LinkIndex, file_beside, split_anchor};
pub use names::{ClosedNames, NameUse};
pub use number::{spell_number, with_precision};
pub use person::{Consent, ConsentStatus, Naming, PEOPLE_FILE, Person, masked_name, name_stamp};
pub use picture::{Picture, PictureWords, RecordPicture, height_at, widths};
pub use record::{FieldContent, Record, RecordText, ReferenceCode, Retention, SourceRef, Status, TermRefs, Translation, Withdrawal};
pub use review::{REVIEWS_FILE, Review, Reviews};
pub use vocabulary::{Name, Note, Term, TermId, Vocabularies, Vocabulary};
pub use work_plan::{Deadline, HomeKind, PlanHome, PlanItem, PlanTerm, WORK_PLAN_FILE, WorkPlan};

use crate::lang::PerLang;
use crate::site::{CollectionSchema, Site};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Everything under `content/`, loaded and validated. Only the privacy gate turns it into something that can be printed.
#[derive(Debug)]
pub struct Archive {
    /// The settings.
    pub site: Site,
    /// The collections that have records, in the order of the navigation.
    pub collections: Vec<CollectionSchema>,
    /// The controlled lists.
    pub vocabularies: Vocabularies,
    /// The records, sorted by collection and id.
    pub records: Vec<Record>,
    /// The datasets, sorted by id.
    pub datasets: Vec<Dataset>,
    /// The sourced figures by id.
    pub facts: BTreeMap<Box<str>, Fact>,
    /// The sources that are cited by id.
    pub sources: BTreeMap<Box<str>, Source>,
    /// The pictures that can be read, by path.
    pub pictures: BTreeMap<Arc<str>, Picture>,
    /// The key dates, in the order of their file.
    pub calendar: Vec<KeyDate>,
    /// The persons that texts name by id.
    pub people: Vec<Person>,
    /// The findings that a person has judged.
    pub reviews: Vec<Review>,
    /// The plan of work that the archive follows, if it has one.
    pub work_plan: Option<WorkPlan>,
}

/// Where something was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its title; in square brackets where the archive made it.
    pub title: PerLang<Option<Box<str>>>,
    /// Who published it.
    pub publisher: PerLang<Option<Box<str>>>,
    /// When.
    pub date: Option<crate::date::PartialDate>,
    /// Its address on the web, http only.
    pub url: Option<Box<str>>,
}
