//! One table of what is said of a record: the column of `records.csv`, the element of Dublin Core, the tag that citation programs
//! read, and the property of schema.org. Head, linked data, tables and their dictionary are all made from it.

use super::card::preferred;
use super::describe::Description;
use super::facts::Named;
use crate::date::PartialDate;
use crate::lang::Lang;
use crate::model::{FieldContent, Retention, Source};
use crate::site::{Access, Field};
use std::borrow::Cow;

/// One row of the table.
pub(super) struct Element {
    /// The name of its column and key.
    pub(super) key: &'static str,
    /// Its term of DCMI Metadata Terms (2020-01-20).
    pub(super) dublin_core: Option<&'static str>,
    /// Its tag among those that Google Scholar describes and Zotero's “Embedded Metadata” reads.
    pub(super) citation: Option<&'static str>,
    /// Its property of schema.org.
    pub(super) schema: Option<&'static str>,
    /// How many columns of a table it takes.
    pub(super) columns: Columns,
    /// Hands over its values.
    pub(super) say: Say,
}

/// How a table holds an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Columns {
    /// Not at all: it is the same in every row, or stands in other columns.
    None,
    /// Once.
    One,
    /// Once for every language of the site.
    PerLanguage,
}

type Say = for<'d> fn(&'d Description<'_>, &mut dyn FnMut(Value<'d>));

/// A value with what it is.
pub(super) enum Value<'d> {
    Text(Cow<'d, str>),
    /// A range, and the one date that stands for it where a range cannot be said: its end.
    Range(&'d str, Option<PartialDate>),
    /// A place with its division code.
    Place(Named<'d>, Option<&'d str>),
    /// A heading of a controlled list.
    Subject(Named<'d>),
    /// An office of a controlled list.
    Unit(Named<'d>),
    /// An office.
    Body(&'d str),
    /// What the record is a part of, with its number.
    Whole(&'d str, Option<&'d str>),
    /// A code of a system of codes.
    Code(&'static str, &'d str),
    /// Something published elsewhere.
    Work {
        title: &'d str,
        publisher: Option<&'d str>,
        date: Option<String>,
        url: Option<&'d str>,
    },
}

impl Value<'_> {
    /// The value as a plain text.
    pub(super) fn plain(&self) -> Cow<'_, str> {
        match self {
            Value::Text(text) => Cow::Borrowed(text),
            Value::Place(Named { name, .. }, _) | Value::Subject(Named { name, .. }) | Value::Unit(Named { name, .. }) => Cow::Borrowed(name),
            Value::Body(name) | Value::Code(_, name) | Value::Whole(name, None) | Value::Range(name, _) => Cow::Borrowed(name),
            Value::Whole(name, Some(number)) => Cow::Owned(format!("{number} {name}").trim().to_owned()),
            Value::Work { title, publisher, date, url } => {
                let parts = [Some(*title), *publisher, date.as_deref(), *url];
                Cow::Owned(parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
            }
        }
    }
}

impl<'d> Value<'d> {
    /// What a page says of a source.
    pub(super) fn of_source(source: &'d Source, lang: Lang) -> Value<'d> {
        let title = preferred(&source.title, lang).unwrap_or_default();
        let date = source.date.map(|date| date.to_string());
        Value::Work { title, publisher: preferred(&source.publisher, lang), date, url: source.url.as_deref() }
    }

    /// The value as citation programs read it, which know single dates only.
    pub(super) fn cited(&self) -> Cow<'_, str> {
        match self {
            Value::Range(_, Some(end)) => Cow::Owned(end.to_string()),
            other => other.plain(),
        }
    }
}

/// The table, in the order of the columns. Elements of one property stand together.
pub(super) const ELEMENTS: &[Element] = &[
    row("id", (None, None, None), Columns::One, |it, say| say(text(&it.id))),
    row("url", (Some("identifier"), Some("citation_public_url"), Some("url")), Columns::PerLanguage, |it, say| given(it.address.as_deref(), say)),
    row("reference", (Some("identifier"), None, Some("identifier")), Columns::One, |it, say| {
        it.code.iter().for_each(|code| say(Value::Code("档号", code)));
    }),
    row("title", (Some("title"), Some("citation_title"), Some("name")), Columns::PerLanguage, |it, say| {
        given(Some(&*it.title).filter(|title| !title.is_empty()), say);
    }),
    row("alternative", (Some("alternative"), None, Some("alternateName")), Columns::None, |it, say| given(it.alternative.as_deref(), say)),
    row("summary", (Some("abstract"), None, Some("description")), Columns::PerLanguage, |it, say| given(it.summary.as_deref(), say)),
    row("languages", (None, None, None), Columns::One, |it, say| {
        it.entry.texts.present().filter(|lang| it.press.edition.site().has(*lang)).for_each(|lang| say(text(lang.tag())));
    }),
    row("language", (Some("language"), Some("citation_language"), Some("inLanguage")), Columns::None, |it, say| say(text(it.lang.tag()))),
    row("collection", (Some("isPartOf"), None, Some("isPartOf")), Columns::PerLanguage, |it, say| {
        say(Value::Whole(it.press.edition.collection_of(it.entry).label.get(it.lang), None));
    }),
    row("fonds", (Some("isPartOf"), None, Some("isPartOf")), Columns::None, fonds),
    row("date", (Some("created"), Some("citation_publication_date"), Some("dateCreated")), Columns::One, |it, say| given(it.date.as_deref(), say)),
    row("period", (Some("temporal"), Some("citation_publication_date"), Some("temporalCoverage")), Columns::One, |it, say| {
        it.period.iter().for_each(|period| say(Value::Range(period, super::facts::time_of(it.entry))));
    }),
    row("places", (Some("spatial"), None, Some("spatialCoverage")), Columns::PerLanguage, |it, say| {
        terms(it, "places", |place| say(Value::Place(place, code(it, &place))));
    }),
    row("place_codes", (None, None, None), Columns::One, place_codes),
    row("programmes", (Some("subject"), Some("citation_keywords"), Some("about")), Columns::PerLanguage, |it, say| {
        terms(it, "programmes", |programme| say(Value::Subject(programme)));
    }),
    row("units", (Some("contributor"), None, Some("contributor")), Columns::PerLanguage, |it, say| {
        terms(it, "units", |unit| say(Value::Unit(unit)));
    }),
    row("creator", (Some("creator"), Some("citation_author"), Some("creator")), Columns::None, |it, say| {
        it.creator().into_iter().for_each(|name| say(Value::Body(name)))
    }),
    row("publisher", (Some("publisher"), Some("citation_publisher"), Some("publisher")), Columns::None, |it, say| say(Value::Body(it.site_title()))),
    row("retention", (None, None, None), Columns::One, |it, say| {
        given(it.entry.reference.as_ref().map(|code| Retention::code(code.retention)), say);
    }),
    row("access", (Some("accessRights"), None, Some("conditionsOfAccess")), Columns::One, |it, say| say(text(access(it)))),
    row("licence", (Some("license"), None, Some("license")), Columns::One, |it, say| {
        given(it.licence().map(|licence| licence.url.as_deref().unwrap_or_else(|| licence.name.get(it.lang))), say);
    }),
    row("modified", (Some("modified"), None, Some("dateModified")), Columns::One, |it, say| given(it.corrected.as_deref(), say)),
    row("sources", (Some("source"), None, Some("isBasedOn")), Columns::PerLanguage, sources),
];

const fn row(
    key: &'static str,
    (dublin_core, citation, schema): (Option<&'static str>, Option<&'static str>, Option<&'static str>),
    columns: Columns,
    say: Say,
) -> Element {
    Element { key, dublin_core, citation, schema, columns, say }
}

fn text(text: &str) -> Value<'_> {
    Value::Text(Cow::Borrowed(text))
}

fn given<'d>(words: Option<&'d str>, say: &mut dyn FnMut(Value<'d>)) {
    words.into_iter().for_each(|words| say(text(words)));
}

fn terms<'d>(it: &'d Description<'_>, field: &str, say: impl FnMut(Named<'d>)) {
    it.entry.terms_of(field).iter().map(|id| it.named(*id)).for_each(say);
}

fn code<'d>(it: &'d Description<'_>, of: &Named) -> Option<&'d str> {
    it.press.edition.vocabularies().term(of.id).code.as_deref()
}

/// One for every place, an empty one where it has none: each stands where its name does.
fn place_codes<'d>(it: &'d Description<'_>, say: &mut dyn FnMut(Value<'d>)) {
    let codes: Vec<Option<&str>> = it.entry.terms_of("places").iter().map(|id| code(it, &it.named(*id))).collect();
    if codes.iter().any(Option::is_some) {
        codes.into_iter().for_each(|code| say(text(code.unwrap_or_default())));
    }
}

fn access(it: &Description) -> &'static str {
    Access::CHOICES.iter().find(|(_, level)| *level == it.entry.level).map_or("public", |(word, _)| word)
}

fn fonds<'d>(it: &'d Description, say: &mut dyn FnMut(Value<'d>)) {
    let archive = &it.press.edition.site().archive;
    let name = preferred(&archive.fonds_name, it.lang);
    if let Some(any) = name.or(archive.fonds.as_deref()) {
        say(Value::Whole(any, archive.fonds.as_deref().filter(|_| name.is_some())));
    }
}

fn sources<'d>(it: &'d Description, say: &mut dyn FnMut(Value<'d>)) {
    for source in it.entry.sources.iter().filter_map(|source| super::record::source_at(it.press, source)) {
        say(Value::of_source(source, it.lang));
    }
}

/// Hands over the values of a field that the record's collection declares.
pub(super) fn own_field<'d>(it: &'d Description, field: &Field, say: &mut dyn FnMut(Value<'d>)) {
    terms(it, &field.key, |term| say(Value::Subject(term)));
    let Some((_, content)) = it.entry.fields.iter().find(|(key, _)| *key == field.key) else { return };
    match content {
        FieldContent::Text(words) => given(preferred(words, it.lang), say),
        FieldContent::Number(number) => say(text(number)),
        FieldContent::Date(period) => say(Value::Text(Cow::Owned(period.to_string()))),
        FieldContent::Truth(value) => say(text(if *value { "true" } else { "false" })),
        FieldContent::Choice(chosen) => chosen.iter().for_each(|choice| say(text(choice))),
        FieldContent::Url(url) => say(text(url)),
    }
}

/// A name that `collections.yaml` gives a field: `dcterms:medium`, `medium`; none where it is no such name.
pub(super) fn term_name(name: Option<&str>) -> Option<&str> {
    let name = name?.rsplit(':').next()?;
    (!name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric())).then_some(name)
}

/// What stands between several values in one cell of words; codes are parted by [`CODE_SEPARATOR`] in every language.
pub(super) fn separator(lang: Lang) -> &'static str {
    if lang == Lang::Zh { "；" } else { "; " }
}

/// What stands between several values in a cell that is the same in every language.
pub(super) const CODE_SEPARATOR: &str = ";";

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Two columns of one name could not be told apart, and an object in JSON has each key once.
    #[test]
    fn every_row_has_a_key_of_its_own_and_properties_stand_together() {
        let keys: BTreeSet<&str> = ELEMENTS.iter().map(|element| element.key).collect();
        assert_eq!(keys.len(), ELEMENTS.len());
        for name in ELEMENTS.iter().filter_map(|element| element.schema) {
            let places: Vec<usize> = ELEMENTS.iter().enumerate().filter(|(_, element)| element.schema == Some(name)).map(|(at, _)| at).collect();
            assert!(places.windows(2).all(|pair| pair[1] == pair[0] + 1), "{name}");
        }
    }

    #[test]
    fn every_column_has_its_words() {
        let theme = crate::theme::Theme::builtin();
        for element in ELEMENTS.iter().filter(|element| element.columns != Columns::None) {
            for key in [format!("field_{}", element.key), format!("field_note_{}", element.key)] {
                assert_ne!(theme.string(Lang::Zh, &key), "?", "{key}");
            }
        }
    }

    #[test]
    fn names_of_fields_are_names() {
        assert_eq!(term_name(Some("dcterms:medium")), Some("medium"));
        assert_eq!(term_name(Some("keywords")), Some("keywords"));
        assert_eq!(term_name(Some("a\"b")), None);
        assert_eq!(term_name(Some("")), None);
        assert_eq!(term_name(None), None);
    }
}
