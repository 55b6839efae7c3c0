//! All records as tables for researchers: CSV, JSON, RIS and BibTeX, and the page that says what each column means.

use super::chrome::About;
use super::cite::{self, Cited};
use super::describe::Description;
use super::download::harmless;
use super::element::{self, Columns, ELEMENTS, Value};
use super::linked_data::push_text;
use super::view::Link;
use super::{Page, Press};
use crate::lang::Lang;
use crate::path::OutPath;
use crate::plan::{RecordsFormat, records_parts, records_range};
use crate::site::{CollectionSchema, Field, FieldKind};
use serde::Serialize;

/// `layout/records.html`
#[derive(Debug, Serialize)]
pub(crate) struct RecordsView {
    /// The heading.
    pub title: String,
    /// How many records.
    pub total: usize,
    /// The files.
    pub downloads: Vec<Link>,
    /// What the columns mean.
    pub fields: Vec<FieldView>,
}

/// A column of the table and what it means elsewhere.
#[derive(Debug, Serialize)]
pub(crate) struct FieldView {
    /// Its key.
    #[serde(skip)]
    pub key: String,
    /// The heads of its columns: one for every language where it differs by language.
    pub columns: String,
    /// Its name.
    pub label: String,
    /// What it holds.
    pub note: String,
    /// Its name in DCMI Metadata Terms.
    pub dublin_core: Option<String>,
    /// Its name in schema.org.
    pub schema: Option<String>,
    /// Its tag for citation programs.
    pub citation: Option<&'static str>,
    /// Whether it stands once for every language.
    #[serde(skip)]
    pub per_language: bool,
}

/// What hands over the values of one element or field.
type Saying<'s> = &'s dyn Fn(&Description, &mut dyn FnMut(Value));

/// A collection with a field that it declares.
type Own<'e> = (&'e CollectionSchema, &'e Field);

/// Renders the page.
pub(super) fn page(press: &Press, path: &OutPath, lang: Lang) -> Page {
    let title = press.word(lang, "records_all").to_owned();
    let about = About {
        title: title.clone(),
        description: Some(press.word(lang, "records_lead").to_owned()),
        above: vec![press.home_crumb(path, lang)],
        other: press.other(lang).and_then(|other| press.plan.addresses().records_page(other).ok()),
        real: None,
    };
    let frame = press.frame(path, lang, about);
    let total = press.told_records().count();
    let parts = records_parts(total);
    let link = |(format, part): (RecordsFormat, u32)| {
        let address = press.plan.addresses().records(format, part).ok()?;
        let number = if parts > 1 { format!(" {part}") } else { String::new() };
        Some(Link { label: format!("{}{number}", format.name()), href: Some(path.link_to(&address)) })
    };
    let files = RecordsFormat::ALL.into_iter().flat_map(|format| (1..=parts).map(move |part| (format, part)));
    let view = RecordsView { title, total, downloads: files.filter_map(link).collect(), fields: fields(press, lang) };
    press.print("records", lang, &frame, &view, "")
}

/// The dictionary of the columns in a language.
fn fields(press: &Press, lang: Lang) -> Vec<FieldView> {
    let row = |element: &'static element::Element| FieldView {
        label: press.word(lang, &format!("field_{}", element.key)).to_owned(),
        note: press.word(lang, &format!("field_note_{}", element.key)).to_owned(),
        dublin_core: element.dublin_core.map(|name| format!("dcterms:{name}")),
        schema: element.schema.map(|name| format!("schema:{name}")),
        citation: element.citation,
        ..FieldView::of(press, element.key.to_owned(), element.columns == Columns::PerLanguage)
    };
    let own = own_fields(press).into_iter().map(|(schema, field)| FieldView {
        label: field.label.get(lang).to_string(),
        note: press.word(lang, "field_note_own").replace("{collection}", schema.label.get(lang)),
        dublin_core: element::term_name(field.dublin_core.as_deref()).map(|name| format!("dcterms:{name}")),
        schema: element::term_name(field.schema_org.as_deref()).map(|name| format!("schema:{name}")),
        ..FieldView::of(press, own_key(schema, field), is_per_language(field))
    });
    ELEMENTS.iter().filter(|element| element.columns != Columns::None).map(row).chain(own).collect()
}

impl FieldView {
    fn of(press: &Press, key: String, per_language: bool) -> FieldView {
        let columns = heads(press, &key, per_language).join(", ");
        FieldView { key, columns, label: String::new(), note: String::new(), dublin_core: None, schema: None, citation: None, per_language }
    }
}

/// The heads of the columns of a key.
fn heads(press: &Press, key: &str, per_language: bool) -> Vec<String> {
    let languages = &press.edition.site().languages;
    if per_language { languages.iter().map(|lang| format!("{key}_{}", lang.code())).collect() } else { vec![key.to_owned()] }
}

/// Two collections may declare a field of one name and mean different things.
fn own_key(schema: &CollectionSchema, field: &Field) -> String {
    format!("{}.{}", schema.id, field.key)
}

fn own_fields<'e>(press: &'e Press) -> Vec<Own<'e>> {
    press.edition.collections().iter().flat_map(|schema| schema.fields.iter().map(move |field| (schema, field))).collect()
}

fn is_per_language(field: &Field) -> bool {
    matches!(field.kind, FieldKind::Text | FieldKind::Term(_))
}

/// Renders a part of the records in a format, parts counted from 1.
pub(super) fn records(press: &Press, format: RecordsFormat, part: u32) -> Page {
    let all: Vec<u32> = press.told_records().collect();
    let shown = &all[records_range(all.len(), part)];
    Ok(match format {
        RecordsFormat::Csv => csv(press, shown),
        RecordsFormat::Json => json(press, shown),
        RecordsFormat::Ris => each_text(press, shown, |out, it| cite::ris(out, &Cited::of(it)), "\r\n"),
        RecordsFormat::Bib => each_text(press, shown, |out, it| cite::bibtex(out, &Cited::of(it)), "\n"),
    })
}

/// One entry for every text: the languages are works of their own.
fn each_text(press: &Press, shown: &[u32], push: impl Fn(&mut String, &Description), between: &str) -> String {
    let mut out = String::new();
    for at in shown {
        for it in press.edition.site().languages.iter().filter_map(|lang| press.description(*at, *lang)) {
            push(&mut out, &it);
            out.push_str(between);
        }
    }
    out
}

/// RFC 4180 with a byte-order mark; the heads are the keys of the dictionary.
fn csv(press: &Press, shown: &[u32]) -> String {
    let languages = &press.edition.site().languages;
    let own = own_fields(press);
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let shared = ELEMENTS.iter().filter(|element| element.columns != Columns::None);
    let keys = shared.map(|element| (element.key.to_owned(), element.columns == Columns::PerLanguage));
    let keys = keys.chain(own.iter().map(|(schema, field)| (own_key(schema, field), is_per_language(field))));
    let head: Vec<String> = keys.flat_map(|(key, per_language)| heads(press, &key, per_language)).collect();
    // Writing into memory cannot fail.
    let _ = writer.write_record(&head);
    let mut cell = String::new();
    for at in shown {
        let described: Vec<Description> = languages.iter().filter_map(|lang| press.description_or_bare(*at, *lang)).collect();
        let Some(first) = described.first() else { continue };
        let collection = press.edition.collection_of(first.entry);
        let mut put = |per_language: bool, say: Saying| {
            for it in described.iter().take(if per_language { described.len() } else { 1 }) {
                cell.clear();
                let separator = if per_language { element::separator(it.lang) } else { element::CODE_SEPARATOR };
                // An empty value keeps its place.
                let mut is_first = true;
                say(it, &mut |value| {
                    cell.push_str(if std::mem::take(&mut is_first) { "" } else { separator });
                    cell.push_str(&value.plain());
                });
                let _ = writer.write_field(&*harmless(&cell));
            }
        };
        for element in ELEMENTS.iter().filter(|element| element.columns != Columns::None) {
            put(element.columns == Columns::PerLanguage, &|it, say| (element.say)(it, say));
        }
        for (of, field) in &own {
            put(is_per_language(field), &|it, say| {
                if of.id == collection.id {
                    element::own_field(it, field, say);
                }
            });
        }
        let _ = writer.write_record(None::<&[u8]>);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    format!("\u{FEFF}{}", String::from_utf8_lossy(&bytes))
}

/// One object: what the archive is, what the keys mean, and the records, one a line.
fn json(press: &Press, shown: &[u32]) -> String {
    let languages = &press.edition.site().languages;
    let own = own_fields(press);
    let mut out = String::from("{\n  \"title\": ");
    push_both(&mut out, languages, |out, lang| push_text(out, press.edition.site().title.get(lang)));
    if let Some(licence) = &press.edition.site().licence {
        out.push_str(",\n  \"licence\": {\"name\": ");
        push_both(&mut out, languages, |out, lang| push_text(out, licence.name.get(lang)));
        if let Some(url) = &licence.url {
            out.push_str(", \"url\": ");
            push_text(&mut out, url);
        }
        out.push('}');
    }
    out.push_str(",\n  \"fields\": [");
    let dictionaries: Vec<Vec<FieldView>> = languages.iter().map(|lang| fields(press, *lang)).collect();
    for at in 0..dictionaries.first().map_or(0, Vec::len) {
        out.push_str(if at > 0 { ",\n    " } else { "\n    " });
        push_field(&mut out, languages, &dictionaries, at);
    }
    out.push_str("\n  ],\n  \"records\": [");
    for (number, at) in shown.iter().enumerate() {
        out.push_str(if number > 0 { ",\n    {" } else { "\n    {" });
        push_record(press, &mut out, *at, &own);
        out.push('}');
    }
    out.push_str(if shown.is_empty() { "]\n}\n" } else { "\n  ]\n}\n" });
    out
}

fn push_both(out: &mut String, languages: &[Lang], push: impl Fn(&mut String, Lang)) {
    for (at, lang) in languages.iter().enumerate() {
        out.extend([if at > 0 { ", \"" } else { "{\"" }, lang.code(), "\": "]);
        push(out, *lang);
    }
    out.push('}');
}

fn push_field(out: &mut String, languages: &[Lang], dictionaries: &[Vec<FieldView>], at: usize) {
    let field = |lang: Lang| languages.iter().position(|known| *known == lang).and_then(|place| dictionaries.get(place)?.get(at));
    let Some(any) = dictionaries.first().and_then(|fields| fields.get(at)) else { return };
    out.push_str("{\"key\": ");
    push_text(out, &any.key);
    out.push_str(", \"label\": ");
    push_both(out, languages, |out, lang| push_text(out, field(lang).map_or("", |field| &field.label)));
    out.push_str(", \"note\": ");
    push_both(out, languages, |out, lang| push_text(out, field(lang).map_or("", |field| &field.note)));
    for (name, value) in [("dublin_core", any.dublin_core.as_deref()), ("schema_org", any.schema.as_deref()), ("citation", any.citation)] {
        if let Some(value) = value {
            out.extend([", \"", name, "\": "]);
            push_text(out, value);
        }
    }
    out.push_str(if any.per_language { ", \"per_language\": true}" } else { "}" });
}

/// The elements that have a value: a text, a list of texts where there are several, one of these for every language.
fn push_record(press: &Press, out: &mut String, at: u32, own: &[Own]) {
    let languages = &press.edition.site().languages;
    let described: Vec<Description> = languages.iter().filter_map(|lang| press.description_or_bare(at, *lang)).collect();
    let Some(first) = described.first() else { return };
    let collection = press.edition.collection_of(first.entry);
    let mut is_first = true;
    let mut put = |key: &str, per_language: bool, say: Saying| {
        let start = out.len();
        out.extend([if is_first { "\"" } else { ", \"" }, key, "\": "]);
        let has_any = if per_language { push_per_language(out, &described, say) } else { push_values(out, first, say) > 0 };
        if has_any {
            is_first = false;
        } else {
            out.truncate(start);
        }
    };
    for element in ELEMENTS.iter().filter(|element| element.columns != Columns::None) {
        put(element.key, element.columns == Columns::PerLanguage, &|it, say| (element.say)(it, say));
    }
    for (of, field) in own.iter().filter(|(of, _)| of.id == collection.id) {
        put(&own_key(of, field), is_per_language(field), &|it, say| element::own_field(it, field, say));
    }
}

fn push_per_language(out: &mut String, described: &[Description], say: Saying) -> bool {
    let mut has_any = false;
    out.push('{');
    for it in described {
        let start = out.len();
        out.extend([if has_any { ", \"" } else { "\"" }, it.lang.code(), "\": "]);
        if push_values(out, it, say) > 0 {
            has_any = true;
        } else {
            out.truncate(start);
        }
    }
    out.push('}');
    has_any
}

/// Pushes one value bare, several as a list, and tells how many there were.
fn push_values(out: &mut String, it: &Description, say: Saying) -> usize {
    let start = out.len();
    let mut count = 0;
    say(it, &mut |value| {
        if count > 0 {
            out.push_str(", ");
        }
        count += 1;
        push_text(out, &value.plain());
    });
    if count > 1 {
        out.insert(start, '[');
        out.push(']');
    }
    count
}
