//! The feeds of a language: the records with the newest dates, as Atom (RFC 4287) and JSON Feed 1.1. Summaries, never texts.

use super::card::preferred;
use super::describe::Description;
use super::linked_data::push_text;
use super::sitemap::tag;
use super::{Page, Press};
use crate::date::PartialDate;
use crate::disclose::Entry;
use crate::lang::Lang;
use crate::path::OutPath;
use crate::plan::FeedFormat;
use crate::text::escape_into;
use std::fmt::Write as _;

/// How many records a feed holds.
const ENTRIES: usize = 20;

/// Renders a feed.
pub(super) fn feed(press: &Press, path: &OutPath, format: FeedFormat, lang: Lang) -> Page {
    let entries = newest(press, lang);
    Ok(match format {
        FeedFormat::Atom => atom(press, path, lang, &entries),
        FeedFormat::Json => json(press, path, lang, &entries),
    })
}

/// The date that a record is as new as: that of its last correction, or its own end where that is later.
fn newness(entry: &Entry) -> Option<PartialDate> {
    entry.corrected().into_iter().chain(super::facts::time_of(entry)).max_by_key(|date| date.first_day())
}

fn newest<'p>(press: &'p Press, lang: Lang) -> Vec<(String, Description<'p>)> {
    let edition = press.edition;
    let has_text = |at: &u32| edition.entry(*at).texts.get(lang).is_some();
    let mut dated: Vec<(PartialDate, u32)> =
        press.told_records().filter(has_text).filter_map(|at| newness(edition.entry(at)).map(|date| (date, at))).collect();
    dated.sort_by_key(|(date, at)| (std::cmp::Reverse(date.first_day()), *at));
    let shown = dated.into_iter().take(ENTRIES);
    shown.filter_map(|(date, at)| Some((instant(date), press.description(at, lang)?))).collect()
}

/// The beginning of the first day that a date may mean (RFC 3339): the last may lie in the future, which no reader would believe.
/// No clock is read, and no hour is known.
fn instant(date: PartialDate) -> String {
    let (year, month, day) = date.first_day();
    format!("{year:04}-{month:02}-{day:02}T00:00:00Z")
}

fn atom(press: &Press, path: &OutPath, lang: Lang, entries: &[(String, Description)]) -> String {
    let site = press.edition.site();
    let own = site.absolute(path.as_str()).unwrap_or_default();
    let home = press.plan.addresses().home(lang).ok().and_then(|home| site.absolute(home.as_str())).unwrap_or_default();
    let mut out = format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n", lang.tag());
    line(&mut out, "id", &own);
    line(&mut out, "title", site.title.get(lang));
    if let Some(description) = preferred(&site.description, lang) {
        line(&mut out, "subtitle", description);
    }
    line(&mut out, "updated", entries.first().map_or("", |(updated, _)| updated));
    link(&mut out, "self", Some("application/atom+xml"), &own);
    link(&mut out, "alternate", Some("text/html"), &home);
    let author = preferred(&site.archive.creator, lang).unwrap_or_else(|| site.title.get(lang));
    out.push_str("<author>");
    line(&mut out, "name", author);
    out.push_str("</author>\n");
    if let Some(licence) = &site.licence {
        line(&mut out, "rights", licence.name.get(lang));
    }
    for (updated, it) in entries {
        let address = it.address.as_deref().unwrap_or_default();
        out.push_str("<entry>\n");
        line(&mut out, "id", address);
        line(&mut out, "title", &it.title);
        line(&mut out, "updated", updated);
        link(&mut out, "alternate", Some("text/html"), address);
        line(&mut out, "summary", it.summary.as_deref().unwrap_or(&it.title));
        it.entry.terms_of("programmes").iter().chain(it.entry.terms_of("places")).for_each(|id| {
            out.push_str("<category term=\"");
            escape_into(&mut out, it.named(*id).name);
            out.push_str("\"/>\n");
        });
        out.push_str("</entry>\n");
    }
    out + "</feed>\n"
}

fn line(out: &mut String, name: &str, text: &str) {
    tag(out, name, text);
    out.push('\n');
}

fn link(out: &mut String, rel: &str, kind: Option<&str>, address: &str) {
    let _ = write!(out, "<link rel=\"{rel}\"");
    if let Some(kind) = kind {
        let _ = write!(out, " type=\"{kind}\"");
    }
    out.push_str(" href=\"");
    escape_into(out, address);
    out.push_str("\"/>\n");
}

fn json(press: &Press, path: &OutPath, lang: Lang, entries: &[(String, Description)]) -> String {
    let site = press.edition.site();
    let home = press.plan.addresses().home(lang).ok().and_then(|home| site.absolute(home.as_str()));
    let mut out = String::from("{\n\"version\": \"https://jsonfeed.org/version/1.1\"");
    member(&mut out, "title", Some(site.title.get(lang)));
    member(&mut out, "home_page_url", home.as_deref());
    member(&mut out, "feed_url", site.absolute(path.as_str()).as_deref());
    member(&mut out, "description", preferred(&site.description, lang));
    member(&mut out, "language", Some(lang.tag()));
    out.push_str(",\n\"authors\": [{\"name\": ");
    push_text(&mut out, preferred(&site.archive.creator, lang).unwrap_or_else(|| site.title.get(lang)));
    out.push_str("}],\n\"items\": [");
    for (at, (updated, it)) in entries.iter().enumerate() {
        out.push_str(if at > 0 { ",\n{\n" } else { "\n{\n" });
        out.push_str("\"id\": ");
        push_text(&mut out, it.address.as_deref().unwrap_or_default());
        member(&mut out, "url", it.address.as_deref());
        member(&mut out, "title", Some(&it.title));
        member(&mut out, "content_text", Some(it.summary.as_deref().unwrap_or(&it.title)));
        member(&mut out, "image", it.image().as_deref());
        member(&mut out, "date_modified", Some(updated));
        member(&mut out, "language", Some(lang.tag()));
        let tags: Vec<&str> = it.entry.terms_of("programmes").iter().chain(it.entry.terms_of("places")).map(|id| it.named(*id).name).collect();
        if !tags.is_empty() {
            out.push_str(",\n\"tags\": [");
            for (at, tag) in tags.into_iter().enumerate() {
                out.push_str(if at > 0 { ", " } else { "" });
                push_text(&mut out, tag);
            }
            out.push(']');
        }
        out.push_str("\n}");
    }
    out + "\n]\n}\n"
}

fn member(out: &mut String, name: &str, text: Option<&str>) {
    if let Some(text) = text {
        let _ = write!(out, ",\n\"{name}\": ");
        push_text(out, text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_the_beginning_of_the_first_day_that_it_may_mean() {
        for (date, expected) in [("2020", "2020-01-01"), ("2020-02", "2020-02-01"), ("2021-04-05", "2021-04-05")] {
            assert_eq!(instant(PartialDate::parse(date).unwrap().value), format!("{expected}T00:00:00Z"));
        }
    }
}
