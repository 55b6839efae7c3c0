//! Files that an edition hands out: each is looked into once, for persons, for closed values and for what its makers left in
//! it, and only what passes becomes a handle that leads to its bytes.

use super::fold::Folded;
use super::inside;
use super::needle::Needles;
use super::{Edition, Profile};
use crate::attachment::{self, Contents, Limits};
use crate::detect::Allowed;
use crate::diagnostic::{Code, Findings, Level, Mark, Span};
use crate::digest::Sha;
use crate::lang::{Lang, PerLang};
use crate::media;
use crate::model::{ClosedNames, FileKind, PEOPLE_FILE, RecordFile, Review};
use crate::source::{Content, Read, ReadFault, decode};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::io::{self, Read as _};
use std::sync::{Arc, Mutex, PoisonError};

/// The largest file that is handed out: what a FAT32 stick and old ZIP programs take.
const FILE_MAX: u64 = 4 << 30;
/// From here on readers wait long.
const FILE_LARGE: u64 = 100 << 20;
/// A larger file is not held in memory to be looked into: a person reads it.
const LOOK_MAX: u64 = 256 << 20;
/// A larger film is not held in memory to be stripped.
const FILM_MAX: u64 = 512 << 20;
/// Files from this size on are looked into one at a time.
const ALONE_MIN: u64 = 16 << 20;
/// So many bytes tell a film.
const HEAD: u64 = 4096;
const MIB: u64 = 1 << 20;

/// A file of an entry that its readers may have.
#[derive(Clone, Debug)]
pub struct HandedFile {
    /// What it is.
    pub kind: FileKind,
    /// The way to its bytes.
    pub handout: Handout,
    /// What it is called, in the languages whose text is open and says so.
    pub label: PerLang<Option<Box<str>>>,
    /// Its own name, where it is plain ASCII and may stand for a label.
    pub name: Option<Box<str>>,
    /// How many pages it has.
    pub pages: Option<u32>,
    /// The language that it is in.
    pub language: Option<Lang>,
}

/// A cleared handle to the bytes of one file. Only the gate makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handout {
    file: Arc<str>,
    size: u64,
    sha: Sha,
    /// Whether hidden data are taken out on the way.
    is_stripped: bool,
}

impl Handout {
    /// The file, for messages.
    #[must_use]
    pub fn file(&self) -> &Arc<str> {
        &self.file
    }

    /// Size in bytes and hash of what goes out.
    #[must_use]
    pub fn told(&self) -> (u64, Sha) {
        (self.size, self.sha)
    }

    /// Opens what goes out: the file itself, or a film without its hidden data.
    ///
    /// # Errors
    /// The file changed since it was looked into, or cannot be read any more.
    pub fn open(&self, source: &dyn Read) -> io::Result<Box<dyn Content>> {
        let fault = |fault: ReadFault| io::Error::other(fault.to_string());
        if !self.is_stripped {
            return source.open(&self.file).map(|(content, _)| content).map_err(fault);
        }
        let bytes = source.read(&self.file, FILM_MAX).map_err(fault)?;
        let stripped = media::strip_film(&bytes).map_err(|refused| io::Error::other(refused.en()))?;
        Ok(Box::new(io::Cursor::new(stripped)))
    }
}

/// A file that an entry would hand out.
pub(super) struct Pending {
    /// The position of the entry.
    pub(super) entry: usize,
    pub(super) file: RecordFile,
}

/// What files are searched for.
pub(super) struct Inspection<'a> {
    pub(super) needles: &'a Needles,
    pub(super) names: &'a ClosedNames,
    /// What may stand though it looks like a person's number.
    pub(super) allowed: &'a Allowed,
    pub(super) reviews: &'a [Review],
    pub(super) source: &'a dyn Read,
    pub(super) profile: Profile,
    /// Held while a large file is in memory.
    pub(super) alone: Mutex<()>,
}

/// Looks into the files and gives those that pass to their entries.
pub(super) fn clear(edition: &mut Edition, pending: Vec<Pending>, inspection: &Inspection) -> Findings {
    let mut findings = Findings::default();
    let name_of = |edition: &Edition, at: usize| {
        edition.entries.get(at).map(|entry| format!("{}/{}", edition.collection_of(entry).id, entry.id)).unwrap_or_default()
    };
    let asked: Vec<(Pending, String)> = pending.into_iter().map(|pending| (name_of(edition, pending.entry), pending)).map(|(a, b)| (b, a)).collect();
    let looked: Vec<(Option<HandedFile>, Vec<Mark>)> = asked.par_iter().map(|(pending, record)| inspection.look(&pending.file, record)).collect();
    for ((Pending { entry, file }, _), (handed, marks)) in asked.into_iter().zip(looked) {
        let may_go = !marks.iter().any(|mark| mark.code.level() == Level::Error && !inspection.is_judged(&file.file, mark));
        findings.add_all(&file.file, marks);
        if let (Some(entry), Some(handed), true) = (edition.entries.get_mut(entry), handed, may_go) {
            entry.files.push(handed);
        }
    }
    findings
}

impl Inspection<'_> {
    /// Whether a person has judged a finding of a file; only what is told by a hash can be judged.
    fn is_judged(&self, file: &str, mark: &Mark) -> bool {
        let stamp = mark.detail.get(1).and_then(|hash| u64::from_str_radix(hash, 16).ok());
        let is_of = |review: &Review| Some(review.stamp) == stamp && *review.file == *file && *review.code == *mark.code.name();
        mark.code.is_private() && self.reviews.iter().any(is_of)
    }

    fn look(&self, file: &RecordFile, record: &str) -> (Option<HandedFile>, Vec<Mark>) {
        let mut marks = Vec::new();
        let handout = match self.look_at(file, record, &mut marks) {
            Ok(handout) => handout,
            Err(fault) => {
                marks.push(Mark::new(Code::FileUnreadable, Span::default()).with(fault.to_string()));
                None
            }
        };
        let kind = FileKind::of(file.name());
        let is_refused = marks.iter().any(|mark| mark.code == Code::FileRefused);
        if kind.is_none() && !is_refused {
            let suffix = file.name().rsplit_once('.').map_or("—", |(_, suffix)| suffix);
            marks.push(Mark::new(Code::FileKind, Span::default()).with(suffix).with(FileKind::all()));
        }
        if kind.is_some() && file.label.present().next().is_none() && !file.name().is_ascii() {
            marks.push(Mark::new(Code::FileUnlabelled, Span::default()).with(file.name()));
        }
        let name = Some(file.name()).filter(|name| name.bytes().all(|byte| byte.is_ascii_graphic())).map(Box::from);
        let handed = kind.zip(handout).map(|(kind, handout)| HandedFile {
            kind,
            handout,
            label: file.label.clone(),
            name,
            pages: file.pages,
            language: file.language,
        });
        (handed, marks)
    }

    fn look_at(&self, file: &RecordFile, record: &str, marks: &mut Vec<Mark>) -> Result<Option<Handout>, ReadFault> {
        let (mut content, size) = self.source.open(&file.file)?;
        let in_mib = |size: u64| size.div_ceil(MIB).to_string();
        if size > FILE_MAX {
            marks.push(Mark::new(Code::FileTooLarge, Span::default()).with(in_mib(size)).with(in_mib(FILE_MAX)));
            return Ok(None);
        }
        if size > FILE_LARGE {
            marks.push(Mark::new(Code::FileLarge, Span::default()).with(in_mib(size)));
        }
        self.look_at_name(file.name(), marks);
        let mut head = Vec::new();
        content.by_ref().take(HEAD).read_to_end(&mut head).map_err(ReadFault::Io)?;
        let is_film = media::format_of(&head).is_some_and(media::Format::is_film);
        let handout = |(size, sha), is_stripped| Handout { file: Arc::clone(&file.file), size, sha, is_stripped };
        if is_film && size > FILM_MAX {
            marks.push(Mark::new(Code::FileFilmLarge, Span::default()).with(in_mib(size)).with(in_mib(FILM_MAX)));
            return Ok(None);
        }
        if !is_film && size > LOOK_MAX {
            if !file.reviewed && self.profile == Profile::Public {
                marks.push(inside::too_large());
            }
            content.rewind().map_err(ReadFault::Io)?;
            return Ok(Some(handout(Sha::of_stream(&mut content, |_| Ok(())).map_err(ReadFault::Io)?, false)));
        }
        let _alone = (size > ALONE_MIN).then(|| self.alone.lock().unwrap_or_else(PoisonError::into_inner));
        let bytes = self.source.read(&file.file, LOOK_MAX.max(FILM_MAX))?;
        let told = |bytes: &[u8]| (bytes.len() as u64, Sha::of(bytes));
        if is_film {
            return Ok(match media::strip_film(&bytes) {
                Ok(stripped) => Some(handout(told(&stripped), true)),
                Err(refused) => {
                    marks.push(inside::refused_film(&refused));
                    None
                }
            });
        }
        let contents = attachment::open(file.name(), &bytes, &Limits::default());
        if self.profile == Profile::Public {
            marks.extend(inside::findings(&contents, file.reviewed, self.allowed, self.names));
        }
        // A name is told as a name.
        let is_named = marks.iter().any(|mark| mark.code == Code::PrivateInFile);
        let closed = self.closed_values(&contents, &bytes, record);
        marks.extend(closed.into_iter().filter(|mark| !(is_named && mark.detail.get(1).is_some_and(|origin| **origin == *PEOPLE_FILE))));
        Ok(Some(handout(told(&bytes), false)))
    }

    fn look_at_name(&self, name: &str, marks: &mut Vec<Mark>) {
        if self.profile == Profile::Public {
            marks.extend(inside::of_name(name, self.allowed, self.names));
        }
    }

    /// The closed values in a file, told by the sources that they are closed in: in all its texts one behind another, since a
    /// page or table breaks a sentence anywhere, and in the file itself where it is text.
    fn closed_values(&self, contents: &Contents, bytes: &[u8], record: &str) -> Vec<Mark> {
        if self.needles.is_empty() {
            return Vec::new();
        }
        let mut told = BTreeSet::new();
        let mut marks = Vec::new();
        let mut say = |origin: &Arc<str>, zh: &str, en: &str| {
            if told.insert(Arc::clone(origin)) {
                marks.push(Mark::new(Code::FileClosedValue, Span::default()).with(record).with(&**origin).with_both(zh, en));
            }
        };
        inside::each_stretch(&contents.pieces, |text, place| {
            for hit in self.needles.find(&Folded::of_text(text)) {
                let place = place(hit.span.start);
                say(&hit.origin.file, &place.zh(), &place.en());
            }
        });
        if inside::is_text(contents.format) {
            for hit in self.needles.find(&Folded::of_text(&decode(bytes.to_vec()).text)) {
                say(&hit.origin.file, "全文", "its text");
            }
        }
        for picture in &contents.pictures {
            for hidden in media::inspect(&picture.bytes).hidden {
                for hit in self.needles.find(&Folded::of_text(&hidden.text)) {
                    say(&hit.origin.file, &hidden.place.zh(), &hidden.place.en());
                }
            }
        }
        marks
    }
}
