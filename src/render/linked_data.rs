//! Linked data (JSON-LD 1.1 with the vocabulary of schema.org): one entity for every page of a record in its language, one for a
//! dataset, one for the site. Plain texts only, without language maps: each language is an entity of its own, tied to the other.

use super::Press;
use super::card::preferred;
use super::describe::Description;
use super::element::{self, ELEMENTS, Value};
use super::facts::Named;
use crate::disclose::Table;
use crate::lang::Lang;
use crate::model::ColumnKind;
use crate::path::OutPath;
use crate::plan::Download;
use crate::site::Licence;
use std::fmt::Write as _;

/// Pushes a text as JSON that may stand inside of a `script` element: no `<` is left that could end it, and no `&` that could be
/// taken for the beginning of an entity by those who look for closed values.
pub(super) fn push_text(out: &mut String, text: &str) {
    out.push('"');
    let mut copied = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escaped = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'<' => "\\u003c",
            b'&' => "\\u0026",
            0..0x20 => " ",
            _ => continue,
        };
        out.push_str(&text[copied..at]);
        out.push_str(escaped);
        copied = at + 1;
    }
    out.push_str(&text[copied..]);
    out.push('"');
}

/// An object under construction: every property once, with one value or a list.
#[derive(Default)]
struct Object<'n> {
    properties: Vec<(&'n str, String, usize)>,
}

impl<'n> Object<'n> {
    /// Adds a value that is JSON already.
    fn add(&mut self, name: &'n str, push: impl FnOnce(&mut String)) {
        let at = self.properties.iter().position(|(known, ..)| *known == name).unwrap_or_else(|| {
            self.properties.push((name, String::new(), 0));
            self.properties.len() - 1
        });
        let Some((_, json, count)) = self.properties.get_mut(at) else { return };
        if *count > 0 {
            json.push(',');
        }
        *count += 1;
        push(json);
    }

    fn text(&mut self, name: &'n str, text: Option<&str>) {
        if let Some(text) = text {
            self.add(name, |out| push_text(out, text));
        }
    }

    fn finish(self, out: &mut String) {
        out.push('{');
        for (at, (name, json, count)) in self.properties.into_iter().enumerate() {
            let comma = if at > 0 { "," } else { "" };
            let _ = if count > 1 { write!(out, "{comma}\"{name}\":[{json}]") } else { write!(out, "{comma}\"{name}\":{json}") };
        }
        out.push('}');
    }
}

/// A new entity of a type.
fn entity<'n>(kind: &str, address: Option<&str>) -> Object<'n> {
    let mut object = Object::default();
    object.text("@context", Some("https://schema.org"));
    object.text("@type", Some(kind));
    object.text("@id", address);
    object
}

/// Pushes the entity of a record.
pub(super) fn record(out: &mut String, it: &Description, image: Option<&str>) {
    let mut object = entity("ArchiveComponent", it.address.as_deref());
    for element in ELEMENTS {
        let Some(name) = element.schema else { continue };
        (element.say)(it, &mut |value| object.add(name, |out| push_value(out, &value)));
    }
    // What the table says is not said a second time.
    for field in &it.press.edition.collection_of(it.entry).fields {
        let Some(name) = element::term_name(field.schema_org.as_deref()).filter(|name| !is_taken(name)) else { continue };
        element::own_field(it, field, &mut |value| object.add(name, |out| push_value(out, &value)));
    }
    object.text("image", image);
    if let Some(other) = &it.other_address {
        let name = if it.is_translated { "translationOfWork" } else { "workTranslation" };
        object.add(name, |out| push_reference(out, other));
    }
    object.finish(out);
}

fn is_taken(name: &str) -> bool {
    ELEMENTS.iter().any(|element| element.schema == Some(name)) || ["image", "translationOfWork", "workTranslation"].contains(&name)
}

fn push_reference(out: &mut String, address: &str) {
    out.push_str("{\"@id\":");
    push_text(out, address);
    out.push('}');
}

fn push_value(out: &mut String, value: &Value) {
    let named = |out: &mut String, kind: &str, name: &str| {
        let _ = write!(out, "{{\"@type\":\"{kind}\",\"name\":");
        push_text(out, name);
    };
    let property = |out: &mut String, name: &str, text: Option<&str>| {
        if let Some(text) = text {
            let _ = write!(out, ",\"{name}\":");
            push_text(out, text);
        }
    };
    match value {
        Value::Text(text) => return push_text(out, text),
        Value::Range(text, _) => return push_text(out, text),
        Value::Place(Named { name, today, .. }, code) => {
            named(out, "Place", name);
            property(out, "alternateName", *today);
            property(out, "identifier", *code);
        }
        Value::Subject(Named { name, today, .. }) => {
            named(out, "DefinedTerm", name);
            property(out, "alternateName", *today);
        }
        Value::Unit(Named { name, today, .. }) => {
            named(out, "Organization", name);
            property(out, "alternateName", *today);
        }
        Value::Body(name) => named(out, "Organization", name),
        Value::Whole(name, number) => {
            named(out, "Collection", name);
            property(out, "identifier", *number);
        }
        Value::Code(system, code) => {
            out.push_str("{\"@type\":\"PropertyValue\",\"propertyID\":");
            push_text(out, system);
            property(out, "value", Some(code));
        }
        Value::Work { title, publisher, date, url } => {
            named(out, "CreativeWork", title);
            if let Some(publisher) = publisher {
                out.push_str(",\"publisher\":");
                push_value(out, &Value::Body(publisher));
            }
            property(out, "datePublished", date.as_deref());
            property(out, "url", *url);
        }
    }
    out.push('}');
}

/// Pushes the entity of a dataset.
pub(super) fn dataset(press: &Press, out: &mut String, (path, table): (&OutPath, &Table), lang: Lang) {
    let site = press.edition.site();
    let address = site.absolute(path.as_str());
    let mut object = entity("Dataset", address.as_deref());
    object.text("url", address.as_deref());
    object.text("name", Some(table.title.get(lang)));
    object.text("alternateName", press.other(lang).map(|other| &**table.title.get(other)).filter(|other| *other != &**table.title.get(lang)));
    object.text("description", preferred(&table.note, lang));
    object.text("inLanguage", Some(lang.tag()));
    // Of when the numbers are, the day that they were told says nothing.
    object.text("temporalCoverage", super::dataset::years(table).map(|years| years.to_string()).as_deref());
    object.text("license", table.licence.as_ref().or(site.licence.as_ref()).map(licence_text(lang)));
    let creator = preferred(&site.archive.creator, lang);
    creator.into_iter().for_each(|name| object.add("creator", |out| push_value(out, &Value::Body(name))));
    if let Some(source) = table.source.as_ref().and_then(|source| super::record::source_at(press, source)) {
        object.add("isBasedOn", |out| push_value(out, &Value::of_source(source, lang)));
    }
    for column in &table.columns {
        let label = if column.kind == ColumnKind::Count { press.word(lang, "table_count") } else { column.label.get(lang) };
        object.text("variableMeasured", Some(label));
    }
    for format in Download::ALL.into_iter().filter(|_| !table.stub) {
        let address = press.plan.addresses().download(table, format).ok().and_then(|path| site.absolute(path.as_str()));
        address.into_iter().for_each(|address| object.add("distribution", |out| push_download(out, &address, format)));
    }
    object.finish(out);
}

fn push_download(out: &mut String, address: &str, format: Download) {
    let kind = match format {
        Download::Csv => "text/csv",
        Download::Json => "application/json",
    };
    let _ = write!(out, "{{\"@type\":\"DataDownload\",\"encodingFormat\":\"{kind}\",\"contentUrl\":");
    push_text(out, address);
    out.push('}');
}

fn licence_text(lang: Lang) -> impl Fn(&Licence) -> &str {
    move |licence| licence.url.as_deref().unwrap_or_else(|| licence.name.get(lang))
}

/// Pushes the entity of the site.
pub(super) fn site(press: &Press, out: &mut String, path: &OutPath, lang: Lang) {
    let site = press.edition.site();
    let address = site.absolute(path.as_str());
    let mut object = entity("WebSite", address.as_deref());
    object.text("url", address.as_deref());
    object.text("name", Some(site.title.get(lang)));
    object.text("alternateName", press.other(lang).map(|other| &**site.title.get(other)).filter(|other| *other != &**site.title.get(lang)));
    object.text("description", preferred(&site.description, lang));
    object.text("inLanguage", Some(lang.tag()));
    object.text("license", site.licence.as_ref().map(licence_text(lang)));
    let creator = preferred(&site.archive.creator, lang);
    creator.into_iter().for_each(|name| object.add("publisher", |out| push_value(out, &Value::Body(name))));
    object.finish(out);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_ends_neither_its_string_nor_its_element() {
        let mut out = String::new();
        push_text(&mut out, "甲\"乙\\丙</script><!--\n丁");
        assert_eq!(out, "\"甲\\\"乙\\\\丙\\u003c/script>\\u003c!-- 丁\"");
        assert_eq!(serde_json::from_str::<String>(&out).unwrap(), "甲\"乙\\丙</script><!-- 丁");
    }

    #[test]
    fn a_property_with_several_values_is_a_list() {
        let mut object = Object::default();
        object.text("a", Some("1"));
        object.text("b", Some("2"));
        object.text("a", Some("3"));
        object.text("c", None);
        let mut out = String::new();
        object.finish(&mut out);
        assert_eq!(out, "{\"a\":[\"1\",\"3\"],\"b\":\"2\"}");
    }
}
