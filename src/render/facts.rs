//! What is known of a record, as rows of label and values: date, places, programmes, reference code, the collection's own fields.

use super::Press;
use super::card::either;
use super::view::{FactRow, FactValue};
use crate::date::PartialDate;
use crate::disclose::Entry;
use crate::lang::Lang;
use crate::model::{Destination, FieldContent, TermId};
use crate::path::OutPath;
use crate::site::Licence;

/// A term by the name of a time.
#[derive(Clone, Copy)]
pub(super) struct Named<'e> {
    /// What it was then: where another unit stood in its place, that one.
    pub(super) id: TermId,
    pub(super) name: &'e str,
    /// Today's name, where it is another.
    pub(super) today: Option<&'e str>,
}

/// The time whose names hold in a record.
pub(super) fn time_of(entry: &Entry) -> Option<PartialDate> {
    entry.date.and_then(|date| date.to.or(date.from))
}

impl Press<'_> {
    /// The rows of a record.
    pub(super) fn fact_rows(&self, from: &OutPath, entry: &Entry, lang: Lang) -> Vec<FactRow> {
        let mut rows = Vec::new();
        let schema = self.edition.collection_of(entry);
        let collection = self.href(from, Destination::Collection(entry.collection), lang);
        rows.push(self.row(lang, "label_collection", vec![FactValue { text: schema.label.get(lang).to_string(), href: collection, note: None }]));
        if let Some(date) = entry.date {
            rows.push(self.row(lang, "label_date", vec![plain(date.spell(lang))]));
        }
        let when = time_of(entry);
        for refs in &entry.terms {
            let values = refs.terms.iter().map(|id| self.term_value(from, *id, when, lang)).collect();
            let label = match &*refs.field {
                "places" | "programmes" | "units" => self.word(lang, &format!("label_{}", refs.field)).to_owned(),
                own => {
                    schema.fields.iter().find(|field| *field.key == *own).map_or_else(|| own.to_owned(), |field| field.label.get(lang).to_string())
                }
            };
            rows.push(FactRow { label, values });
        }
        for (key, content) in &entry.fields {
            let label =
                schema.fields.iter().find(|field| field.key == *key).map_or_else(|| key.to_string(), |field| field.label.get(lang).to_string());
            rows.push(FactRow { label, values: field_values(content, self, lang) });
        }
        if let Some(code) = &entry.reference {
            rows.push(self.row(lang, "label_reference", vec![plain(code.to_string())]));
            rows.push(self.row(lang, "label_retention", vec![plain(self.word(lang, retention_key(code.retention)).to_owned())]));
        }
        rows.push(self.licence_row(entry.licence.as_deref(), lang));
        rows.retain(|row| !row.values.is_empty());
        rows
    }

    /// The licence of a thing: its own, else the site's.
    pub(super) fn licence_row(&self, own: Option<&Licence>, lang: Lang) -> FactRow {
        let site = self.edition.site();
        let licence = own.or(site.licence.as_ref());
        let value = |licence: &Licence| FactValue {
            text: licence.name.get(lang).to_string(),
            href: licence.url.as_deref().filter(|url| site.may_link(url)).map(str::to_owned),
            note: None,
        };
        self.row(lang, "label_licence", licence.map(value).into_iter().collect())
    }

    pub(super) fn row(&self, lang: Lang, label: &str, values: Vec<FactValue>) -> FactRow {
        FactRow { label: self.word(lang, label).to_owned(), values }
    }

    /// A term with a link; where it had another name at the time, or was another unit, that name stands first and today's beside it.
    fn term_value(&self, from: &OutPath, id: TermId, when: Option<PartialDate>, lang: Lang) -> FactValue {
        let Named { id, name, today } = self.named(id, when, lang);
        let note = today.map(|today| self.word(lang, "today_name").replace("{name}", today));
        FactValue { text: name.to_owned(), href: self.href(from, Destination::Term(id), lang), note }
    }

    /// A term as it was at a time. Pages, files and linked data all take it from here: they must not differ.
    pub(super) fn named(&self, id: TermId, when: Option<PartialDate>, lang: Lang) -> Named<'_> {
        let vocabulary = self.edition.vocabularies().get(id.vocabulary);
        let of = when.map_or(id.term, |when| vocabulary.at_the_time(id.term, when));
        let term = &vocabulary.terms[of as usize];
        let name = when.and_then(|when| term.name_at(when, lang)).unwrap_or(term.name.get(lang));
        let today = &**vocabulary.terms[vocabulary.today(of) as usize].name.get(lang);
        Named { id: TermId { term: of, ..id }, name, today: Some(today).filter(|today| *today != name) }
    }
}

pub(super) fn plain(text: String) -> FactValue {
    FactValue { text, href: None, note: None }
}

fn retention_key(retention: crate::model::Retention) -> &'static str {
    use crate::model::Retention;
    match retention {
        Retention::Permanent => "retention_permanent",
        Retention::Years30 => "retention_30",
        Retention::Years10 => "retention_10",
    }
}

fn field_values(content: &FieldContent, press: &Press, lang: Lang) -> Vec<FactValue> {
    match content {
        FieldContent::Text(words) => either(words, lang).map(plain).into_iter().collect(),
        FieldContent::Number(number) => vec![plain(number.to_string())],
        FieldContent::Date(period) => vec![plain(period.spell(lang))],
        FieldContent::Truth(value) => vec![plain(press.word(lang, if *value { "yes" } else { "no" }).to_owned())],
        FieldContent::Choice(chosen) => chosen.iter().map(|choice| plain(choice.to_string())).collect(),
        FieldContent::Url(url) => {
            let href = Some(url.to_string()).filter(|url| press.edition.site().may_link(url));
            vec![FactValue { text: url.to_string(), href, note: None }]
        }
    }
}
