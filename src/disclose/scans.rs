//! Scanned pages that an edition shows. Nobody can look into a picture of a text but a person: without a review none goes out.

use super::handout::Inspection;
use super::{Edition, Profile};
use crate::diagnostic::{Code, Findings, Level, Mark, Span};
use crate::lang::PerLang;
use crate::model::RecordScans;
use crate::path::file_name;
use std::sync::Arc;

/// The pages of a document as an entry shows them.
#[derive(Clone, Debug)]
pub struct Scans {
    /// What the document is called, in the languages whose text is open and says so.
    pub label: PerLang<Option<Box<str>>>,
    /// The pictures of the pages, in order; never empty, and each a picture that the entry may show.
    pub pages: Vec<Arc<str>>,
}

/// Gives the pages that pass to their entries, each with the position of its entry.
pub(super) fn clear(edition: &mut Edition, pending: Vec<(usize, RecordScans)>, inspection: &Inspection) -> Findings {
    let mut findings = Findings::default();
    for (at, scans) in pending {
        let readable = scans.pages.into_iter().filter(|(page, _)| edition.pictures.contains_key(page));
        let pages: Vec<Arc<str>> = readable.filter(|(_, access)| super::is_shown(*access, inspection.profile)).map(|(page, _)| page).collect();
        let Some(first) = pages.first() else { continue };
        let mut may_go = true;
        if !scans.reviewed && inspection.profile == Profile::Public {
            let mark = Mark::new(Code::FileUnreviewed, Span::default()).with_both("扫描页是图片", "scanned pages are pictures");
            findings.add(first, mark);
            may_go = false;
        }
        for page in &pages {
            let mut marks = Vec::new();
            inspection.look_at_name(file_name(page), &mut marks);
            may_go &= !marks.iter().any(|mark| mark.code.level() == Level::Error && !inspection.is_judged(page, mark));
            findings.add_all(page, marks);
        }
        if let Some(entry) = edition.entries.get_mut(at).filter(|_| may_go) {
            for page in &pages {
                entry.pictures.entry(Arc::clone(page)).or_default();
            }
            entry.scans.push(Scans { label: scans.label, pages });
        }
    }
    findings
}
