//! Files that an edition hands out: each is looked into once, for persons, for closed values and for what its makers left in
//! it, and only what passes becomes a handle that leads to its bytes.

use super::captions::{self, Captions};
use super::fold::Folded;
use super::inside;
use super::needle::Needles;
use super::{Edition, Profile};
use crate::attachment::{self, Contents, Limits, Piece, Place};
use crate::detect::Allowed;
use crate::diagnostic::{Code, Findings, Level, Mark, Span};
use crate::digest::{Sha, fold64};
use crate::lang::{Lang, PerLang};
use crate::markdown::{self, Prose};
use crate::media::{self, Playing};
use crate::model::{ClosedNames, PEOPLE_FILE, RecordFile, Review};
use crate::path::file_name;
use crate::site::{Admitted, Family, FileKind};
use crate::source::{Content, Read, ReadFault, TEXT_MAX, decode, read_text};
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
    /// How long it plays and how large its picture is; none for what does not play.
    pub playing: Option<Playing>,
    /// The picture that stands for a film until it plays; one that the entry may show.
    pub poster: Option<Arc<str>>,
    /// What is said in it.
    pub captions: PerLang<Option<Captions>>,
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
    /// The kinds of files that the site hands out.
    pub(super) admitted: &'a Admitted,
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
    let looked: Vec<(Option<HandedFile>, Vec<Told>)> = asked.par_iter().map(|(pending, record)| inspection.look(&pending.file, record)).collect();
    for ((Pending { entry, .. }, _), (handed, told)) in asked.into_iter().zip(looked) {
        let is_fault = |file: &str, mark: &Mark| mark.code.level() == Level::Error && !inspection.is_judged(file, mark);
        let may_go = !told.iter().any(|(file, marks)| marks.iter().any(|mark| is_fault(file, mark)));
        told.into_iter().for_each(|(file, marks)| findings.add_all(&file, marks));
        if let (Some(handed), true) = (handed, may_go) {
            give(edition, entry, handed);
        }
    }
    findings
}

/// Marks of one file.
type Told = (Arc<str>, Vec<Mark>);

/// Gives a file to its entry, and the picture that stands for it where there is such a picture.
fn give(edition: &mut Edition, entry: usize, mut handed: HandedFile) {
    handed.poster = handed.poster.filter(|poster| edition.pictures.contains_key(poster));
    if let Some(entry) = edition.entries.get_mut(entry) {
        if let Some(poster) = &handed.poster {
            entry.pictures.entry(Arc::clone(poster)).or_default();
        }
        entry.files.push(handed);
    }
}

impl Inspection<'_> {
    /// Whether a person has judged a finding of a file; only what is told by a hash can be judged.
    pub(super) fn is_judged(&self, file: &str, mark: &Mark) -> bool {
        let stamp = mark.detail.get(1).and_then(|hash| u64::from_str_radix(hash, 16).ok());
        let is_of = |review: &Review| Some(review.stamp) == stamp && *review.file == *file && *review.code == *mark.code.name();
        mark.code.is_private() && self.reviews.iter().any(is_of)
    }

    fn look(&self, file: &RecordFile, record: &str) -> (Option<HandedFile>, Vec<Told>) {
        let mut marks = Vec::new();
        let passed = match self.look_at(file, record, &mut marks) {
            Ok(passed) => passed,
            Err(fault) => {
                marks.push(Mark::new(Code::FileUnreadable, Span::default()).with(fault.to_string()));
                None
            }
        };
        let kind = FileKind::of(file.name());
        let is_refused = marks.iter().any(|mark| mark.code == Code::FileRefused);
        let never = kind.as_ref().and_then(|kind| kind.never().map(|reason| (kind.suffix().to_owned(), reason)));
        let kind = kind.filter(|kind| self.admitted.admits(kind));
        if let Some((suffix, [zh, en])) = never.filter(|_| !is_refused) {
            marks.push(Mark::new(Code::FileKindNever, Span::default()).with(suffix).with_both(zh, en));
        } else if kind.is_none() && !is_refused {
            let suffix = file.name().rsplit_once('.').map_or("—", |(_, suffix)| suffix);
            marks.push(Mark::new(Code::FileKind, Span::default()).with(suffix).with(self.admitted.all()));
        }
        if kind.is_some() && file.label.present().next().is_none() && !file.name().is_ascii() {
            marks.push(Mark::new(Code::FileUnlabelled, Span::default()).with(file.name()));
        }
        let name = Some(file.name()).filter(|name| name.bytes().all(|byte| byte.is_ascii_graphic())).map(Box::from);
        let mut told = vec![(Arc::clone(&file.file), marks)];
        let captions = PerLang::build(|lang| {
            let (file, _) = file.captions.get(lang).as_ref()?;
            let (captions, marks) = self.look_at_captions(file, record);
            told.push((Arc::clone(file), marks));
            captions
        });
        let handed = kind.zip(passed).map(|(kind, (handout, playing))| HandedFile {
            kind,
            handout,
            label: file.label.clone(),
            name,
            pages: file.pages,
            language: file.language,
            playing,
            poster: file.poster.as_ref().map(|(poster, _)| Arc::clone(poster)),
            captions,
        });
        (handed, told)
    }

    fn look_at(&self, file: &RecordFile, record: &str, marks: &mut Vec<Mark>) -> Result<Option<(Handout, Option<Playing>)>, ReadFault> {
        let (mut content, size) = self.source.open(&file.file)?;
        let in_mib = |size: u64| size.div_ceil(MIB).to_string();
        if size > FILE_MAX {
            marks.push(Mark::new(Code::FileTooLarge, Span::default()).with(in_mib(size)).with(in_mib(FILE_MAX)));
            return Ok(None);
        }
        if size == 0 {
            marks.push(inside::empty());
            return Ok(None);
        }
        self.look_at_name(file.name(), marks);
        let mut head = Vec::new();
        content.by_ref().take(HEAD).read_to_end(&mut head).map_err(ReadFault::Io)?;
        let film = media::format_of(&head).filter(|format| format.is_film());
        let is_film = film.is_some();
        let is_player = FileKind::of(file.name()).is_some_and(|kind| matches!(kind.family(), Family::Film | Family::Sound));
        let handout = |(size, sha), is_stripped| Handout { file: Arc::clone(&file.file), size, sha, is_stripped };
        if is_film && size > FILM_MAX {
            marks.push(Mark::new(Code::FileFilmLarge, Span::default()).with(in_mib(size)).with(in_mib(FILM_MAX)));
            return Ok(None);
        }
        if size > FILE_LARGE {
            marks.push(Mark::new(Code::FileLarge, Span::default()).with(in_mib(size)));
        }
        if is_player && !is_film {
            marks.push(inside::refused_film(&media::Refused::NoFilm));
            return Ok(None);
        }
        let suffix = file.name().rsplit_once('.').map_or_else(String::new, |(_, suffix)| suffix.to_ascii_lowercase());
        if film.is_some_and(|format| !format.suffixes().contains(&&*suffix)) {
            marks.push(inside::misnamed(file.name()));
        }
        if !is_film && size > LOOK_MAX {
            if !file.reviewed && self.profile == Profile::Public {
                marks.push(inside::too_large());
            }
            content.rewind().map_err(ReadFault::Io)?;
            return Ok(Some((handout(Sha::of_stream(&mut content, |_| Ok(())).map_err(ReadFault::Io)?, false), None)));
        }
        let _alone = (size > ALONE_MIN).then(|| self.alone.lock().unwrap_or_else(PoisonError::into_inner));
        let bytes = self.source.read(&file.file, LOOK_MAX.max(FILM_MAX))?;
        let told = |bytes: &[u8]| (bytes.len() as u64, Sha::of(bytes));
        if is_film {
            return Ok(match media::strip_film(&bytes) {
                Ok(stripped) => Some((handout(told(&stripped), true), media::playing(&stripped))),
                Err(refused) => {
                    marks.push(inside::refused_film(&refused));
                    None
                }
            });
        }
        let contents = attachment::open(file.name(), &bytes, &Limits::default());
        marks.extend(self.persons(&contents, file.reviewed));
        self.search(&contents, &bytes, record, marks);
        Ok(Some((handout(told(&bytes), false), None)))
    }

    /// Looks into captions as into a file, and into their words without the markup between.
    fn look_at_captions(&self, file: &Arc<str>, record: &str) -> (Option<Captions>, Vec<Mark>) {
        let (text, mut marks) = read_text(self.source, file, TEXT_MAX);
        let Some(text) = text else { return (None, marks) };
        let (cues, found) = crate::captions::parse(&text);
        marks.extend(found);
        let closing = markdown::find_closing(&text, Prose::Line);
        let withheld = closing.marks().first().map(|mark| mark.span).or_else(|| {
            let mark = [":::", "：：："].into_iter().find_map(|sign| text.find(sign).map(|at| Span::new(at, at + sign.len())));
            mark.or_else(|| closing.closed_ranges().next().map(|range| Span::new(range.start, range.end)))
        });
        marks.extend(withheld.map(|span| Mark::new(Code::CaptionsMark, span)));
        let name = file_name(file);
        let mut contents = attachment::open(name, text.as_bytes(), &Limits::default());
        let as_written = self.persons(&contents, false);
        let lines = cues.iter().map(|cue| Place::line(cue.line)).zip(captions::words(&cues));
        contents.pieces.extend(lines.map(|(place, text)| Piece { place, hidden: false, text }));
        // Most is found in both forms of the words and told once.
        let is_told = |mark: &Mark| as_written.iter().any(|told| told.code == mark.code && told.detail.get(1) == mark.detail.get(1));
        let without_markup: Vec<Mark> = self.persons(&contents, false).into_iter().filter(|mark| !is_told(mark)).collect();
        marks.extend(as_written);
        marks.extend(without_markup);
        self.search(&contents, text.as_bytes(), record, &mut marks);
        (Some(Captions { file: Arc::clone(file), stamp: fold64(text.as_bytes()) }), marks)
    }

    /// What a file says of persons, and what its makers left in it; nothing where it is not for the public.
    fn persons(&self, contents: &Contents, reviewed: bool) -> Vec<Mark> {
        if self.profile == Profile::Public { inside::findings(contents, reviewed, self.allowed, self.names) } else { Vec::new() }
    }

    /// Marks the closed values of a file.
    fn search(&self, contents: &Contents, bytes: &[u8], record: &str, marks: &mut Vec<Mark>) {
        // A name is told as a name.
        let is_named = marks.iter().any(|mark| mark.code == Code::PrivateInFile);
        let closed = self.closed_values(contents, bytes, record);
        marks.extend(closed.into_iter().filter(|mark| !(is_named && mark.detail.get(1).is_some_and(|origin| **origin == *PEOPLE_FILE))));
    }

    pub(super) fn look_at_name(&self, name: &str, marks: &mut Vec<Mark>) {
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
