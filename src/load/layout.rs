//! Which file is what: the content folder's layout, decided by names alone. Every file is either taken or found.

use crate::diagnostic::{Code, Findings, Mark, Span};
use crate::lang::Lang;
use crate::path::{is_device, is_id};
use crate::site::RESERVED_SECTIONS;
use crate::source::SourceFile;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The files of a content folder by what they are.
#[derive(Debug, Default)]
pub(super) struct Layout {
    pub(super) has_site: bool,
    pub(super) has_collections: bool,
    pub(super) has_reviews: bool,
    pub(super) has_plan: bool,
    pub(super) has_calendar: bool,
    /// `vocabulary/*.yaml`
    pub(super) vocabularies: Vec<Arc<str>>,
    /// `data/*.yaml`
    pub(super) data: Vec<Arc<str>>,
    /// The Markdown texts of records.
    pub(super) texts: Vec<TextFile>,
    /// Pictures beside texts and under `assets/`.
    pub(super) pictures: Vec<Arc<str>>,
    /// Pictures by the folder that they lie in.
    pub(super) pictures_of: BTreeMap<Box<str>, Vec<Arc<str>>>,
    /// The other files of records' folders, by folder.
    pub(super) files_of: BTreeMap<Box<str>, Vec<Arc<str>>>,
    /// The files that lie under the root for closed material.
    pub(super) closed: BTreeSet<Arc<str>>,
    /// The collections that have a folder.
    pub(super) folders: BTreeSet<Box<str>>,
}

/// A text's file and what its name says.
#[derive(Clone, Debug)]
pub(super) struct TextFile {
    pub(super) file: Arc<str>,
    pub(super) collection: Arc<str>,
    pub(super) id: Box<str>,
    pub(super) lang: Lang,
    /// The folder that its relative links start from.
    pub(super) folder: Arc<str>,
    /// Whether it lies under the root for closed material.
    pub(super) closed: bool,
}

const PICTURES: &[&str] = &["jpg", "jpeg", "png", "webp", "gif", "bmp", "heic", "heif", "avif", "tif", "tiff"];
/// Pictures that are scans as well, to be handed out with all their pages.
const SCANS: &[&str] = &["tif", "tiff"];

impl Layout {
    /// Sorts the files of `content/`.
    pub(super) fn of(files: &[SourceFile], findings: &mut Findings) -> Layout {
        let mut layout = Layout::default();
        for file in files {
            let Some(inside) = file.path.strip_prefix("content/") else { continue };
            let parts: Vec<&str> = inside.split('/').collect();
            if file.closed {
                layout.closed.insert(Arc::clone(&file.path));
                // Settings and vocabularies are those of the open root, whether the other is there or not; of data only tables
                // may be closed.
                if let [_] | ["vocabulary" | "assets", ..] = parts.as_slice() {
                    findings.add(&file.path, *misplaced());
                    continue;
                }
            }
            if let Err(mark) = layout.take(&file.path, &parts) {
                findings.add(&file.path, *mark);
            }
        }
        layout
    }

    fn take(&mut self, path: &Arc<str>, parts: &[&str]) -> Result<(), Box<Mark>> {
        match parts {
            ["site.yaml"] => self.has_site = true,
            ["collections.yaml"] => self.has_collections = true,
            ["plan.yaml"] => self.has_plan = true,
            // Files of the contract that later stages read.
            ["reviews.yaml"] => self.has_reviews = true,
            ["calendar.yaml"] => self.has_calendar = true,
            ["protected.yaml"] => {}
            [_] => return Err(misplaced()),
            ["vocabulary", name] if name.ends_with(".yaml") => self.vocabularies.push(Arc::clone(path)),
            ["data", name] if name.ends_with(".yaml") => self.data.push(Arc::clone(path)),
            ["vocabulary" | "data", ..] => return Err(misplaced()),
            ["assets", ..] => {
                self.take_picture(path);
            }
            [collection, name] if is_markdown(name) => self.take_text(path, collection, None, name)?,
            [collection, id, name] if is_markdown(name) => self.take_text(path, collection, Some(id), name)?,
            [_, _, name] if is_of(name, SCANS) => {
                self.take_picture(path);
                self.take_file(path);
            }
            [_, ..] if self.take_picture(path) => {}
            // Whatever else lies in a record's folder may be handed out by its `files:`; what is not listed there is told.
            [_, _, name] if !is_data(name) => self.take_file(path),
            _ => return Err(misplaced()),
        }
        Ok(())
    }

    /// Takes a file that is a picture by its name.
    fn take_picture(&mut self, path: &Arc<str>) -> bool {
        let is_picture = is_of(path, PICTURES);
        if let Some((folder, _)) = path.rsplit_once('/').filter(|_| is_picture) {
            self.pictures.push(Arc::clone(path));
            self.pictures_of.entry(folder.into()).or_default().push(Arc::clone(path));
        }
        is_picture
    }

    /// Takes a file that a record may hand out.
    fn take_file(&mut self, path: &Arc<str>) {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        self.files_of.entry(folder.into()).or_default().push(Arc::clone(path));
    }

    fn take_text(&mut self, path: &Arc<str>, collection: &str, folder_id: Option<&str>, name: &str) -> Result<(), Box<Mark>> {
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let (id, lang) = split_language(stem)?;
        let id = match folder_id {
            Some(folder) if id == "index" => folder,
            Some(_) => return Err(misplaced()),
            None => id,
        };
        check_id(collection)?;
        check_id(id)?;
        if RESERVED_SECTIONS.contains(&collection) || is_reserved(id) {
            let name = if is_reserved(id) { id } else { collection };
            return Err(Box::new(Mark::new(Code::NameReserved, Span::default()).with(name)));
        }
        self.folders.insert(collection.into());
        let folder = path.rsplit_once('/').map_or("content", |(folder, _)| folder);
        self.texts.push(TextFile {
            file: Arc::clone(path),
            collection: collection.into(),
            id: id.into(),
            lang,
            folder: folder.into(),
            closed: self.closed.contains(path),
        });
        Ok(())
    }
}

pub(super) fn misplaced() -> Box<Mark> {
    Box::new(Mark::new(Code::FileMisplaced, Span::default()))
}

/// Whether a name ends in one of some suffixes.
fn is_of(name: &str, suffixes: &[&str]) -> bool {
    name.rsplit_once('.').is_some_and(|(_, suffix)| suffixes.contains(&suffix.to_ascii_lowercase().as_str()))
}

/// Files of ours that lie in the wrong place rather than files to be handed out.
fn is_data(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    lower.ends_with(".yaml") || lower.ends_with(".yml")
}

fn is_markdown(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    lower.ends_with(".md") || lower.ends_with(".markdown")
}

/// `camellia.zh` → the id and the language; the suffix is always explicit.
fn split_language(stem: &str) -> Result<(&str, Lang), Box<Mark>> {
    match stem.rsplit_once('.') {
        Some((id, suffix)) => match Lang::parse(suffix) {
            Some(lang) => Ok((id, lang)),
            None => Err(Box::new(Mark::new(Code::NameLanguage, Span::default()).with(suffix))),
        },
        None => {
            let mark = Mark::new(Code::NameWithoutLanguage, Span::default());
            Err(Box::new(mark.with(format!("{stem}.zh.md")).with(format!("{stem}.en.md"))))
        }
    }
}

pub(super) fn check_id(id: &str) -> Result<(), Box<Mark>> {
    if is_id(id) && !is_device(id) {
        return Ok(());
    }
    let plain: String = id.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let joined: Vec<&str> = plain.split('-').filter(|part| !part.is_empty()).collect();
    let mut proposal = joined.join("-");
    proposal.truncate(48);
    if !is_id(&proposal) || is_device(&proposal) {
        proposal = "guangshan-camellia".to_owned();
    }
    Err(Box::new(Mark::new(Code::NameId, Span::default()).with(id).with(proposal)))
}

/// `index`, `page-2`, `x-page-2`: names that lists take.
pub(super) fn is_reserved(id: &str) -> bool {
    let numbered = id.strip_prefix("page-").or_else(|| id.rsplit_once("-page-").map(|(_, number)| number));
    id == "index" || numbered.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}
