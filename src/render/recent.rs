//! The newest records by the date of their content, and what was corrected after it was published.

use super::chrome::About;
use super::line::{Line, Said};
use super::list::page_title;
use super::view::{Card, Pager};
use super::{Page, Press};
use crate::lang::Lang;
use crate::path::OutPath;
use crate::plan::{BrowsePage, RECENT, range};
use serde::Serialize;

/// `layout/recent.html`
#[derive(Debug, Serialize)]
struct RecentView {
    /// The newest records; on the first page only.
    newest: Vec<Card>,
    corrections: Vec<CorrectedView>,
    total: usize,
    pager: Pager,
}

/// A correction with the record that it is of.
#[derive(Debug, Serialize)]
struct CorrectedView {
    record: Option<Line>,
    correction: CorrectionView,
}

/// A correction.
#[derive(Debug, Serialize)]
pub(super) struct CorrectionView {
    /// When.
    pub(super) date: String,
    /// The same for machines.
    pub(super) machine: String,
    /// What changed.
    pub(super) said: Option<Said>,
}

/// Renders a page of them.
pub(super) fn recent(press: &Press, path: &OutPath, number: u32, lang: Lang) -> Page {
    let corrections = press.plan.browse().ties.corrections();
    let title = press.word(lang, "recent_page").to_owned();
    let about = About {
        title: page_title(press, &title, number, lang),
        description: Some(press.word(lang, "recent_lead").to_owned()),
        above: vec![press.home_crumb(path, lang)],
        other: press.other(lang).and_then(|other| press.browse_path(BrowsePage::Recent(number), other)),
        real: None,
    };
    let frame = press.frame(path, lang, about);
    let newest = if number == 1 { press.plan.lists().newest() } else { &[] };
    let shown = corrections.get(range(corrections.len(), number, RECENT)).unwrap_or_default();
    let corrected = |(at, which): &(u32, u16)| {
        let correction = press.edition.entry(*at).corrections.get(usize::from(*which))?;
        Some(CorrectedView { record: press.line(path, lang, *at), correction: correction_view(correction, lang) })
    };
    let view = RecentView {
        newest: newest.iter().take(RECENT / 2).filter_map(|at| press.card(path, lang, *at)).collect(),
        corrections: shown.iter().filter_map(corrected).collect(),
        total: corrections.len(),
        pager: press.pager_of(path, (corrections.len(), RECENT), number, |number| press.browse_path(BrowsePage::Recent(number), lang)),
    };
    press.print("recent", lang, &frame, &view, "")
}

/// A correction as a page shows it.
pub(super) fn correction_view(correction: &crate::model::Correction, lang: Lang) -> CorrectionView {
    CorrectionView { date: correction.date.spell(lang), machine: correction.date.to_string(), said: Said::of(&correction.text, lang) }
}
