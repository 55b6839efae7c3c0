//! The pictures of the content folder: hash, size and hidden data, read once. A file that is no picture is a finding and does
//! not exist further on. What was decoded before is taken from the cache.

use super::layout::Layout;
use super::private;
use crate::detect::Allowed;
use crate::diagnostic::{Code, Findings, Mark, Span};
use crate::digest::Sha;
use crate::media;
use crate::model::body::PrivateUse;
use crate::model::{Picture, Record, file_beside};
use crate::picture::{self, Damage, Facts, PictureFault, Remarks};
use crate::source::{Cache, NoCache, Read, ReadFault};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

const PICTURE_MAX: u64 = 100 << 20;

/// What pictures are read with.
pub(super) struct Context<'a> {
    pub(super) source: &'a dyn Read,
    pub(super) cache: &'a dyn Cache,
    pub(super) layout: &'a Layout,
    pub(super) allowed: &'a Allowed,
}

/// Looks at every picture that is not merely handed out as a file.
pub(super) fn load(context: &Context, records: &[Record], findings: &mut Findings) -> BTreeMap<Arc<str>, Picture> {
    let handed_out = handed_out(records);
    let files: Vec<&Arc<str>> = context.layout.pictures.iter().filter(|file| !handed_out.contains(&***file)).collect();
    // Small shares: one photograph takes as long as a thousand drawings.
    let looked: Vec<_> = files.par_iter().with_max_len(1).map(|file| (*file, look(context, file))).collect();
    let mut pictures = BTreeMap::new();
    for (file, (result, marks)) in looked {
        findings.add_all(file, marks);
        match result {
            Ok(picture) => {
                pictures.insert(Arc::clone(file), picture);
            }
            Err(mark) => findings.add(file, *mark),
        }
    }
    pictures
}

/// The files of records that could be pictures and are shown nowhere: scans in one file are handed out as they are, with all their pages.
fn handed_out(records: &[Record]) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    for record in records.iter().filter(|record| !record.files.is_empty()) {
        let surveys = record.texts.zh.iter().chain(&record.texts.en).map(|text| text.full.as_deref().unwrap_or(&text.open));
        let shown: BTreeSet<String> = surveys
            .flat_map(|survey| &survey.links)
            .filter(|link| link.picture)
            .filter_map(|link| file_beside(&link.target, &record.folder))
            .collect();
        let posters = record.files.iter().filter_map(|file| file.poster.as_ref());
        let own: BTreeSet<&str> = record.scans.iter().flat_map(|scans| &scans.pages).chain(posters).map(|(file, _)| &**file).collect();
        let is_shown = |file: &str| shown.contains(file) || own.contains(file) || record.cover.as_deref() == Some(file);
        found.extend(record.files.iter().map(|file| &*file.file).filter(|file| !is_shown(file)));
    }
    found
}

type Looked = (Result<Picture, Box<Mark>>, Vec<Mark>);

fn look(context: &Context, file: &Arc<str>) -> Looked {
    let bytes = match context.source.read(file, PICTURE_MAX) {
        Ok(bytes) => bytes,
        Err(ReadFault::TooLarge(size)) => {
            let mark = Mark::new(Code::PictureFileLarge, Span::default()).with((size >> 20).to_string());
            return (Err(Box::new(mark.with((PICTURE_MAX >> 20).to_string()))), Vec::new());
        }
        Err(fault) => return (Err(unreadable(file, &Damage::Broken(fault.to_string()))), Vec::new()),
    };
    // What lies under the root for closed material leaves it in no form.
    let is_kept = !context.layout.closed.contains(file);
    let source = Sha::of(&bytes);
    let cache: &dyn Cache = if is_kept { context.cache } else { &NoCache };
    let facts = match known(&bytes, &source, cache) {
        Ok(facts) => facts,
        Err(fault) => return (Err(refused(file, &fault)), Vec::new()),
    };
    let mut marks = hidden(&bytes, context.allowed);
    marks.extend(remarks(facts.remarks));
    let Facts { sha, suffix, width, height, .. } = facts;
    (Ok(Picture { source: is_kept.then_some(source), sha, suffix, width, height }), marks)
}

/// What is known of a picture: from an earlier run, else by reading its pixels, of which everything is made at once.
fn known(bytes: &[u8], source: &Sha, cache: &dyn Cache) -> Result<Facts, PictureFault> {
    if let Some(kept) = picture::facts(cache, source) {
        return kept;
    }
    // A page that shows it is made before the picture is: what cannot be read must be known by then.
    let examined = picture::examine(bytes).and_then(|seen| {
        let derivatives = if cache.is_writable() { seen.derivatives()? } else { Vec::new() };
        Ok((seen.facts().clone(), derivatives))
    });
    match examined {
        Ok((facts, derivatives)) => {
            picture::keep(cache, source, &facts, &derivatives);
            Ok(facts)
        }
        Err(fault) => {
            picture::keep_fault(cache, source, &fault);
            Err(fault)
        }
    }
}

fn unreadable(file: &str, damage: &Damage) -> Box<Mark> {
    let [zh, en] = damage.cure();
    Box::new(Mark::new(Code::PictureUnreadable, Span::default()).with(file).with_both(&damage.zh(), &damage.en()).with_both(zh, en))
}

fn refused(file: &str, fault: &PictureFault) -> Box<Mark> {
    match fault {
        PictureFault::Damaged(damage) => unreadable(file, damage),
        PictureFault::TooLarge(..) => Box::new(Mark::new(Code::PictureTooLarge, Span::default()).with(fault.to_string())),
        PictureFault::Unsupported(kind) => Box::new(Mark::new(Code::PictureKind, Span::default()).with(kind.as_str())),
    }
}

/// What the author should know of a picture that is shown otherwise than it is.
fn remarks(remarks: Remarks) -> impl Iterator<Item = Mark> {
    let all = [
        (remarks.moves, Code::PictureMoves),
        (remarks.has_pages, Code::PicturePages),
        (remarks.is_cmyk, Code::PictureCmyk),
        (remarks.lost_profile, Code::PictureProfile),
    ];
    all.into_iter().filter(|(is, _)| *is).map(|(_, code)| Mark::new(code, Span::default()))
}

/// What the file says without showing it. The site's pictures lose it all; the original, handed on, does not.
fn hidden(bytes: &[u8], allowed: &Allowed) -> Vec<Mark> {
    let report = media::inspect(bytes);
    let mut marks = Vec::new();
    if report.location {
        marks.push(Mark::new(Code::PictureLocation, Span::default()));
    }
    for media::Hidden { place, text } in &report.hidden {
        let found = private::uses(text, allowed, &[], |_| Span::default());
        let mark = |found: &PrivateUse| Mark::new(Code::PictureHidden, Span::default()).with_both(&place.zh(), &place.en()).with(&*found.masked);
        marks.extend(found.first().map(mark));
    }
    marks
}
