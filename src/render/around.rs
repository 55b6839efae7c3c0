//! What stands around a record's text: what was corrected in it, what it gathers, the pages that gather it, the records that refer
//! to it, and those that have much in common with it, with the reason said.

use super::Press;
use super::line::{Line, Said};
use super::recent::{CorrectionView, correction_view};
use super::view::{Card, Link};
use crate::disclose::Entry;
use crate::lang::Lang;
use crate::markdown;
use crate::model::{Destination, TermId};
use crate::path::OutPath;
use serde::Serialize;

/// How many of the records that refer to one are shown.
const LINKS: usize = 30;
/// How many shared terms are named.
const REASONS: usize = 3;

/// What a record's page shows beside the record's own words.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Around {
    /// What was corrected, newest first.
    pub(super) corrections: Vec<CorrectionView>,
    /// What a curated page gathers.
    pub(super) members: Vec<MemberView>,
    /// The curated pages that gather the record.
    pub(super) pages: Vec<Link>,
    /// The records whose texts link to it.
    pub(super) links: Vec<Line>,
    /// How many more there are.
    pub(super) links_more: usize,
    /// The records that have most in common with it.
    pub(super) related: Vec<RelatedView>,
}

/// A record on a curated page.
#[derive(Debug, Serialize)]
pub(super) struct MemberView {
    /// The record.
    pub(super) card: Card,
    /// What the curator says of it.
    pub(super) note: Option<Said>,
}

/// A record that has much in common.
#[derive(Debug, Serialize)]
pub(super) struct RelatedView {
    /// The title.
    pub(super) title_html: String,
    /// Its page.
    pub(super) href: String,
    /// The language tag of the title, where it is not the page's.
    pub(super) tag: Option<&'static str>,
    /// What both have.
    pub(super) shared: String,
}

/// What stands around a record; nothing around one that was taken back.
pub(super) fn around(press: &Press, path: &OutPath, at: u32, entry: &Entry, lang: Lang) -> Around {
    if entry.withdrawn.is_some() {
        return Around::default();
    }
    let browse = press.plan.browse();
    let mut corrections: Vec<&crate::model::Correction> = entry.corrections.iter().collect();
    corrections.sort_by_key(|correction| std::cmp::Reverse(correction.date.last_day()));
    let gathered = browse.ties.gathered(at);
    let members = gathered.iter().enumerate().filter_map(|(place, one)| {
        // What is said of a query is said once, before the first that it found.
        let is_first = place.checked_sub(1).and_then(|before| gathered.get(before)).is_none_or(|before| before.member != one.member);
        let member = entry.members.get(usize::from(one.member)).filter(|_| is_first);
        Some(MemberView { card: press.card(path, lang, one.record)?, note: member.and_then(|member| Said::of(&member.note, lang)) })
    });
    let from = browse.ties.links_to(at);
    let related = browse.related.to(at).filter_map(|other| related(press, path, (entry, other), lang));
    Around {
        corrections: corrections.into_iter().map(|correction| correction_view(correction, lang)).collect(),
        members: members.collect(),
        pages: browse.ties.pages_of(at).filter_map(|page| link(press, path, page, lang)).collect(),
        links_more: from.len().saturating_sub(LINKS),
        links: from.take(LINKS).filter_map(|other| press.line(path, lang, other)).collect(),
        related: related.collect(),
    }
}

fn link(press: &Press, path: &OutPath, at: u32, lang: Lang) -> Option<Link> {
    let (_, text) = press.text_of(press.edition.entry(at), lang)?;
    Some(Link { label: markdown::line_text(&text.title), href: press.href(path, Destination::Record(at), lang) })
}

fn related(press: &Press, path: &OutPath, (entry, at): (&Entry, u32), lang: Lang) -> Option<RelatedView> {
    let other = press.edition.entry(at);
    let (of, text) = press.text_of(other, lang)?;
    let theirs = |term: &&TermId| other.terms.iter().any(|refs| refs.terms.contains(term));
    let mut shared: Vec<TermId> = entry.terms.iter().flat_map(|refs| &refs.terms).filter(theirs).copied().collect();
    shared.sort_by_key(|term| press.plan.lists().term(*term).len());
    let mut names: Vec<&str> = Vec::with_capacity(REASONS);
    for term in shared {
        let name = &**press.edition.vocabularies().term(term).name.get(lang);
        if names.len() < REASONS && !names.contains(&name) {
            names.push(name);
        }
    }
    Some(RelatedView {
        title_html: markdown::line_html(&text.title, of),
        href: press.href(path, Destination::Record(at), lang)?,
        tag: (of != lang).then(|| of.tag()),
        shared: names.join(press.word(lang, "separator")),
    })
}
