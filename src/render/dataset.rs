//! A dataset: its table, paged where it is long, with source, date and downloads. Also the list of all datasets.

use super::card::{either, foreign, preferred};
use super::chrome::About;
use super::cite::{Cited, Kind};
use super::list::page_title;
use super::sheet::{CellView, ColumnView, DatasetCard, DatasetView, DatasetsView, RowView};
use super::view::Link;
use super::{Page, Press};
use crate::date::{PartialDate, Period};
use crate::disclose::{KeyKind, Table};
use crate::lang::Lang;
use crate::model::{Column, ColumnKind, Destination, TermId, spell_number, with_precision};
use crate::path::OutPath;
use crate::plan::{Download, PER_PAGE, ROWS_PER_PAGE, range};
use crate::site::Access;
use crate::text::shorten;
use std::borrow::Cow;

/// How much of a note the list of datasets shows, in columns.
const NOTE_COLUMNS: usize = 120;

/// Renders a page of the list of datasets.
pub(super) fn datasets(press: &Press, path: &OutPath, page: u32, lang: Lang) -> Page {
    let addresses = press.plan.addresses();
    let tables = press.edition.tables();
    let title = press.word(lang, "datasets").to_owned();
    let about = About {
        title: page_title(press, &title, page, lang),
        description: Some(press.word(lang, "datasets_lead").to_owned()),
        above: vec![press.home_crumb(path, lang)],
        other: press.other(lang).and_then(|other| addresses.datasets(page, other).ok()),
        real: None,
    };
    let frame = press.frame(path, lang, about);
    let card = |table: &Table| {
        let address = addresses.table(table, 1, lang).ok()?;
        Some(DatasetCard {
            title: table.title.get(lang).to_string(),
            tag: tag_of(table.title.get(lang), lang),
            href: path.link_to(&address),
            as_of: table.as_of.map(|date| date.spell(lang)),
            rows: (!table.stub).then_some(table.rows.len()),
            note: either(&table.note, lang).map(|note| shorten(&note, NOTE_COLUMNS)),
        })
    };
    let cards = tables[range(tables.len(), page, PER_PAGE)].iter().filter_map(card).collect();
    let pager = press.pager_of(path, (tables.len(), PER_PAGE), page, |page| addresses.datasets(page, lang).ok());
    let view = DatasetsView { title, total: tables.len(), cards, pager };
    press.print("datasets", lang, &frame, &view, "")
}

/// Renders a page of a dataset.
pub(super) fn table(press: &Press, path: &OutPath, (at, page): (u32, u32), lang: Lang) -> Page {
    let table = &press.edition.tables()[at as usize];
    let addresses = press.plan.addresses();
    let title = table.title.get(lang).to_string();
    let note = either(&table.note, lang);
    let list = addresses.datasets(1, lang).ok().map(|list| path.link_to(&list));
    let about = About {
        title: page_title(press, &title, page, lang),
        description: note.clone(),
        above: vec![press.home_crumb(path, lang), Link { label: press.word(lang, "datasets").to_owned(), href: list }],
        other: press.other(lang).and_then(|other| addresses.table(table, page, other).ok()),
        real: None,
    };
    let mut frame = press.frame(path, lang, about);
    let cited = cited(press, table, lang);
    if page == 1 && !frame.noindex {
        let mut head = press.dataset_head(&frame, &cited, table);
        press.push_linked(&mut head, |out| super::linked_data::dataset(press, out, (path, table), lang));
        frame.head = Some(head);
    }
    let shown = range(table.rows.len(), page, ROWS_PER_PAGE);
    let sheet = Sheet { press, path, table, lang };
    let view = DatasetView {
        tag: tag_of(&title, lang),
        note_tag: note.as_deref().and_then(|note| tag_of(note, lang)),
        title,
        note,
        access_mark: (table.level != Access::Public && press.is_internal())
            .then(|| press.word(lang, super::record::access_key(table.level)).to_owned()),
        stub: table.stub.then(|| press.word(lang, "dataset_stub").to_owned()),
        as_of: table.as_of.map(|date| date.spell(lang)),
        licence: press.licence_row(table.licence.as_ref(), lang).values.pop(),
        source: table.source.as_ref().and_then(|source| super::record::source_of(press, source, lang)),
        columns: table.columns.iter().map(|column| sheet.heading(column)).collect(),
        first_row: shown.start + 1,
        last_row: shown.end,
        rows: shown.map(|row| sheet.row(row)).collect(),
        total: table.rows.len(),
        sums: table.sums.is_some(),
        hidden: table.sums.as_ref().filter(|sums| !sums.hidden.is_empty()).map(|sums| sums.smallest),
        merged: table.sums.as_ref().filter(|sums| sums.keys.values().any(|kind| *kind == KeyKind::Merged)).map(|sums| sums.smallest),
        citation: cited.view(),
        downloads: Download::ALL.iter().filter(|_| !table.stub).filter_map(|format| sheet.download(*format)).collect(),
        pager: press.pager_of(path, (table.rows.len(), ROWS_PER_PAGE), page, |page| addresses.table(table, page, lang).ok()),
    };
    press.print("dataset", lang, &frame, &view, "")
}

/// What is said of a dataset where it is cited: its first page, of the day that its numbers are of.
fn cited<'p>(press: &'p Press, table: &'p Table, lang: Lang) -> Cited<'p> {
    let site = press.edition.site();
    let title = &**table.title.get(lang);
    Cited {
        lang,
        key: format!("data:{}:{}", table.id, lang.code()),
        kind: Kind::Dataset,
        title,
        alternative: press.other(lang).map(|other| &**table.title.get(other)).filter(|other| *other != title),
        creator: preferred(&site.archive.creator, lang),
        site_title: site.title.get(lang),
        date: table.as_of.map(Period::single),
        corrected: None,
        code: None,
        address: press.plan.addresses().table(table, 1, lang).ok().and_then(|path| site.absolute(path.as_str())).map(Cow::Owned),
        summary: preferred(&table.note, lang),
        keywords: Vec::new(),
        licence: table.licence.as_ref().or(site.licence.as_ref()).and_then(|licence| licence.url.as_deref()),
    }
}

/// The first and the last year that the lines of a table are of, where a column says so.
pub(super) fn years(table: &Table) -> Option<Period> {
    let column = table.columns.iter().find(|column| column.kind == ColumnKind::Year)?;
    let years = || column.cells.iter().filter_map(|cell| PartialDate::parse(cell).ok()).map(|date| date.value);
    Some(Period { from: Some(years().min()?), to: Some(years().max()?) })
}

/// A table on one page.
struct Sheet<'p> {
    press: &'p Press<'p>,
    path: &'p OutPath,
    table: &'p Table,
    lang: Lang,
}

impl Sheet<'_> {
    fn heading(&self, column: &Column) -> ColumnView {
        let label = match column.kind {
            ColumnKind::Count => self.press.word(self.lang, "table_count"),
            _ => column.label.get(self.lang),
        };
        let unit = column.unit.as_ref().map(|unit| unit.heading(self.lang)).filter(|unit| !unit.is_empty());
        ColumnView {
            tag: tag_of(label, self.lang),
            label: label.to_owned(),
            unit: unit.map(str::to_owned),
            numeric: column.kind.is_numeric(),
            mark: (column.access != Access::Public).then(|| self.press.word(self.lang, super::record::access_key(column.access)).to_owned()),
        }
    }

    fn row(&self, row: usize) -> RowView {
        let level = self.table.rows.get(row).copied().unwrap_or_default();
        let kept = self.table.sums.as_ref().and_then(|sums| Some((*sums.kept.get(row)?, sums.by)));
        RowView {
            cells: self.table.columns.iter().enumerate().map(|(at, column)| self.cell(row, at, column)).collect(),
            total: kept.is_some_and(|(kept, by)| usize::from(kept) < by),
            mark: (level != Access::Public).then(|| self.press.word(self.lang, super::record::access_key(level)).to_owned()),
        }
    }

    fn cell(&self, row: usize, at: usize, column: &Column) -> CellView {
        let numeric = column.kind.is_numeric();
        if let Some(sums) = &self.table.sums {
            if sums.hidden.contains(&(row, at)) {
                return CellView { hidden: true, numeric, ..CellView::default() };
            }
            if let Some(key) = super::download::key_word(sums, row, at) {
                return CellView { text: self.press.word(self.lang, key).to_owned(), ..CellView::default() };
            }
        }
        let written = column.words(row, self.lang);
        let term = self.term(column, written);
        let text = match &column.kind {
            _ if written.is_empty() => String::new(),
            ColumnKind::Term(_) => term.map_or_else(String::new, |id| self.press.edition.vocabularies().term(id).name.get(self.lang).to_string()),
            ColumnKind::Flag => self.press.word(self.lang, if written == "true" { "yes" } else { "no" }).to_owned(),
            ColumnKind::Date => crate::date::PartialDate::parse(written).map_or_else(|_| written.to_owned(), |date| date.value.spell(self.lang)),
            ColumnKind::Text | ColumnKind::Year => written.to_owned(),
            ColumnKind::Number | ColumnKind::Integer | ColumnKind::Percent | ColumnKind::Count => {
                let printed = column.precision.map_or_else(|| written.to_owned(), |places| with_precision(written, places));
                spell_number(&printed, column.unit.as_ref(), self.lang)
            }
        };
        let tag = if column.kind == ColumnKind::Text { tag_of(&text, self.lang) } else { None };
        CellView { text, href: term.and_then(|id| self.press.href(self.path, Destination::Term(id), self.lang)), tag, numeric, hidden: false }
    }

    fn term(&self, column: &Column, id: &str) -> Option<TermId> {
        super::download::term_of(self.press.edition, column, id)
    }

    fn download(&self, format: Download) -> Option<Link> {
        let address = self.press.plan.addresses().download(self.table, format).ok()?;
        Some(Link { label: format.suffix().to_uppercase(), href: Some(self.path.link_to(&address)) })
    }
}

/// The language tag of words that stand on a page of the other language for want of their own.
pub(super) fn tag_of(text: &str, lang: Lang) -> Option<&'static str> {
    // Latin letters are at home on a Chinese page.
    (lang == Lang::En && foreign(text, lang)).then(|| lang.other().tag())
}
