//! What a record hands out beside its text: files, and pages that were scanned, with what is said of each.

use crate::lang::{Lang, PerLang};
use crate::path::file_name;
use crate::site::Access;
use std::sync::Arc;

/// A file that a record hands out.
#[derive(Clone, Debug)]
pub struct RecordFile {
    /// Its path.
    pub file: Arc<str>,
    /// Who may have it, of those who see the record.
    pub access: Access,
    /// Whether a person has read it through.
    pub reviewed: bool,
    /// What it is called on the page.
    pub label: PerLang<Option<Box<str>>>,
    /// How many pages it has.
    pub pages: Option<u32>,
    /// The language that it is in.
    pub language: Option<Lang>,
    /// The picture that stands for a film until it plays, and who may see it.
    pub poster: Option<(Arc<str>, Access)>,
    /// The captions of a film or sound in each language, and who may read them.
    pub captions: PerLang<Option<(Arc<str>, Access)>>,
}

/// Pages of a document that were scanned; each is a picture.
#[derive(Clone, Debug)]
pub struct RecordScans {
    /// What words are given under: the folder of the pages, or the first of them.
    pub name: Box<str>,
    /// The pages in their order, and who may see each, of those who see the record.
    pub pages: Vec<(Arc<str>, Access)>,
    /// Whether a person has read them through.
    pub reviewed: bool,
    /// What the document is called.
    pub label: PerLang<Option<Box<str>>>,
}

impl RecordFile {
    /// The last part of its path.
    #[must_use]
    pub fn name(&self) -> &str {
        file_name(&self.file)
    }
}
