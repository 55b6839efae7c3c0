//! What the page of a place, programme or unit gathers beside its records: how they spread over the programmes or places, the
//! figures that they give, and the datasets that name it.

use super::Press;
use super::view::{Count, Link, SourceView};
use crate::lang::Lang;
use crate::markdown;
use crate::model::body::DirectiveKind;
use crate::model::{Destination, TermId};
use crate::path::OutPath;
use crate::plan::{BrowsePage, Coverage};
use serde::Serialize;
use std::collections::BTreeSet;

/// How many figures stand on a page.
const FIGURES: usize = 12;
/// In how many of the newest records they are looked for.
const LOOKED_AT: usize = 40;
/// How many of one record's figures stand there.
const OF_ONE: usize = 4;

/// What a term's page gathers.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Profile {
    /// Records by programme on a place's page, by place on a programme's.
    pub(super) cells: Vec<Count>,
    /// Whether `cells` are programmes.
    pub(super) by_programme: bool,
    /// The figures of its records.
    pub(super) figures: Vec<ProfileFigure>,
    /// The datasets that name it.
    pub(super) datasets: Vec<Link>,
}

/// A figure that a record gives.
#[derive(Debug, Serialize)]
pub(super) struct ProfileFigure {
    /// What is counted.
    label: String,
    /// The value with its unit.
    text: String,
    /// Of when.
    as_of: Option<String>,
    /// Who says so.
    source: Option<SourceView>,
    /// The record that prints it.
    record: Link,
}

/// What the first page of a term gathers.
pub(super) fn profile(press: &Press, path: &OutPath, id: TermId, lang: Lang) -> Profile {
    let browse = press.plan.browse();
    let (by_programme, cells) = browse.coverage.as_ref().map_or((false, Vec::new()), |coverage| cells(press, path, (coverage, id), lang));
    let datasets = browse.ties.tables_of(id).iter().filter_map(|at| {
        let table = press.edition.tables().get(*at as usize)?;
        let page = press.plan.addresses().table(table, 1, lang).ok()?;
        Some(Link { label: table.title.get(lang).to_string(), href: Some(path.link_to(&page)) })
    });
    Profile { cells, by_programme, figures: figures(press, path, id, lang), datasets: datasets.collect() }
}

fn cells(press: &Press, path: &OutPath, (coverage, id): (&Coverage, TermId), lang: Lang) -> (bool, Vec<Count>) {
    let count = |row: u16, column: u16, term: TermId| {
        let count = coverage.cell(row, column).len();
        let href = press.browse_href(path, BrowsePage::Cell(row, column, 1), lang).filter(|_| count > 0)?;
        Some(Count { label: press.name_of(term, lang), href, count, note: None })
    };
    match coverage.position(id) {
        (Some(row), _) => (true, (0u16..).zip(coverage.columns()).filter_map(|(column, of)| count(row, column, of.term)).collect()),
        (None, Some(column)) => (false, (0u16..).zip(coverage.rows()).filter_map(|(row, of)| count(row, column, of.term)).collect()),
        (None, None) => (false, Vec::new()),
    }
}

/// Figures of the newest records that name the term first in its field: what a record says in passing of a second place or
/// programme is no figure of that.
fn figures(press: &Press, path: &OutPath, id: TermId, lang: Lang) -> Vec<ProfileFigure> {
    let mut known = BTreeSet::new();
    let mut figures = Vec::new();
    for at in press.plan.lists().term(id).iter().take(LOOKED_AT) {
        let entry = press.edition.entry(*at);
        let is_first = entry.terms.iter().any(|refs| refs.terms.first() == Some(&id));
        let Some((_, text)) = press.text_of(entry, lang).filter(|_| is_first && !entry.stub) else { continue };
        let facts = text.survey.directives.iter().filter(|directive| directive.kind == DirectiveKind::Fact);
        let new: Vec<&str> = facts.map(|directive| &*directive.id).filter(|id| known.insert(*id)).take(OF_ONE).collect();
        for fact in new.into_iter().filter_map(|id| press.edition.fact(id)) {
            let record = Link { label: markdown::line_text(&text.title), href: press.href(path, Destination::Record(*at), lang) };
            figures.push(ProfileFigure {
                label: fact.label.get(lang).to_string(),
                text: fact.spell(lang),
                as_of: fact.as_of.map(|date| date.spell(lang)),
                source: press.cited(fact.source.as_deref(), lang),
                record,
            });
        }
        if figures.len() >= FIGURES {
            break;
        }
    }
    figures.truncate(FIGURES);
    figures
}
