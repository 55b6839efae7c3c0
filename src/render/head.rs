//! What the head of a page tells machines: Open Graph, Dublin Core, the tags of citation programs, and the labels of government
//! portals. Finished as text, since it travels past the template engine.

use super::cite::Cited;
use super::describe::Description;
use super::element::{self, ELEMENTS, Value};
use super::view::{Frame, Link};
use super::{Press, linked_data};
use crate::disclose::Table;
use crate::lang::Lang;
use crate::path::OutPath;
use crate::plan::FeedFormat;
use crate::site::Portal;
use crate::text::{escape_into, shorten};
use std::fmt::Write as _;

/// About how much of a summary a card of a social medium shows, in columns.
const CARD_COLUMNS: usize = 160;

impl Press<'_> {
    /// The head of a page that is no record.
    pub(super) fn page_head(&self, frame: &Frame, lang: Lang) -> String {
        let mut out = String::new();
        if frame.noindex {
            return out;
        }
        let site = self.edition.site();
        let own = frame.crumbs.last().map_or_else(|| site.title.get(lang).to_string(), |crumb| crumb.label.clone());
        self.open_graph(&mut out, frame, lang, ("website", &own, frame.description.as_deref(), None));
        if let Some(portal) = &site.portal {
            self.site_labels(&mut out, portal, lang);
            named(&mut out, "ColumnName", &own);
            let description = frame.description.clone().unwrap_or_else(|| own.clone());
            named(&mut out, "ColumnDescription", &description);
            named(&mut out, "ColumnKeywords", &format!("{own}{}{}", element::separator(lang), site.title.get(lang)));
            portal.column_type.iter().for_each(|kind| named(&mut out, "ColumnType", kind));
        }
        out
    }

    /// The head of a record.
    pub(super) fn record_head(&self, frame: &Frame, it: &Description) -> String {
        let mut out = String::with_capacity(4096);
        let summary = it.summary.as_deref().map(|summary| shorten(summary, CARD_COLUMNS));
        let image = it.image();
        self.open_graph(&mut out, frame, it.lang, ("article", &it.title, summary.as_deref(), image.as_deref()));
        elements(&mut out, it);
        if let Some(portal) = &self.edition.site().portal {
            self.article_labels(&mut out, portal, frame, it, (summary.as_deref(), image.as_deref()));
        }
        self.push_linked(&mut out, |out| linked_data::record(out, it, image.as_deref()));
        out
    }

    /// The head of a dataset: that of a page, with what catalogues and citation programs ask for.
    pub(super) fn dataset_head(&self, frame: &Frame, it: &Cited, table: &Table) -> String {
        let mut out = self.page_head(frame, it.lang);
        let date = it.date.map(|date| date.to_string());
        let years = super::dataset::years(table).map(|years| years.to_string());
        let licence = table.licence.as_ref().or(self.edition.site().licence.as_ref());
        let source = table.source.as_ref().and_then(|source| super::record::source_at(self, source)).map(|source| Value::of_source(source, it.lang));
        let source = source.as_ref().map(Value::plain);
        let elements = [
            ("type", None, Some("Dataset")),
            ("identifier", Some("citation_public_url"), it.address.as_deref()),
            ("title", Some("citation_title"), Some(it.title)),
            ("alternative", None, it.alternative),
            ("abstract", None, it.summary),
            ("language", Some("citation_language"), Some(it.lang.tag())),
            ("date", Some("citation_publication_date"), date.as_deref()),
            ("temporal", None, years.as_deref()),
            ("creator", Some("citation_author"), it.creator),
            ("publisher", Some("citation_publisher"), Some(it.site_title)),
            ("license", None, licence.map(|licence| licence.url.as_deref().unwrap_or_else(|| licence.name.get(it.lang)))),
            ("source", None, source.as_deref()),
        ];
        for (term, tag, content) in elements {
            let Some(content) = content else { continue };
            dublin_core(&mut out, term, content);
            tag.into_iter().for_each(|tag| named(&mut out, tag, content));
        }
        out
    }

    /// Linked data as a data block, which no browser runs; only where what it speaks of has an address.
    pub(super) fn push_linked(&self, out: &mut String, push: impl FnOnce(&mut String)) {
        if self.edition.site().base_url.is_none() {
            return;
        }
        out.push_str("\n<script type=\"application/ld+json\">");
        push(out);
        out.push_str("</script>");
    }

    /// Where programs find the feeds of a language.
    pub(super) fn push_feeds(&self, out: &mut String, from: &OutPath, lang: Lang) {
        for (format, kind) in FeedFormat::ALL.into_iter().zip(["application/atom+xml", "application/feed+json"]) {
            let Some(path) = self.plan.addresses().feed(format, lang).ok().filter(|path| self.plan.job(path).is_some()) else { continue };
            let _ = write!(out, "\n<link rel=\"alternate\" type=\"{kind}\" href=\"{}\" title=\"", from.link_to(&path));
            escape_into(out, self.edition.site().title.get(lang));
            out.push_str("\">");
        }
    }

    /// Open Graph (ogp.me): only for pages that have an address.
    fn open_graph(&self, out: &mut String, frame: &Frame, lang: Lang, (kind, title, description, image): (&str, &str, Option<&str>, Option<&str>)) {
        let Some(address) = &frame.canonical else { return };
        let site_title = self.edition.site().title.get(lang);
        let locale = |lang| if lang == Lang::Zh { "zh_CN" } else { "en_US" };
        let mut property = |name: &str, content: &str| element_of(out, "property", name, content);
        property("og:type", kind);
        property("og:title", title);
        property("og:url", address);
        property("og:site_name", site_title);
        property("og:locale", locale(lang));
        if !frame.alternates.is_empty() {
            property("og:locale:alternate", locale(lang.other()));
        }
        description.into_iter().for_each(|text| property("og:description", text));
        image.into_iter().for_each(|address| property("og:image", address));
    }

    /// 网站标签
    fn site_labels(&self, out: &mut String, portal: &Portal, lang: Lang) {
        let site = self.edition.site();
        named(out, "SiteName", site.title.get(lang));
        if let Some(host) = site.base_url.as_deref().and_then(host) {
            named(out, "SiteDomain", host);
        }
        portal.identifier.iter().for_each(|identifier| named(out, "SiteIDCode", identifier));
    }

    /// 内容页标签. The day of publication is that of the content, and stands only where a day is known.
    fn article_labels(&self, out: &mut String, portal: &Portal, frame: &Frame, it: &Description, (summary, image): (Option<&str>, Option<&str>)) {
        self.site_labels(out, portal, it.lang);
        let above = frame.crumbs.len().checked_sub(2).and_then(|at| frame.crumbs.get(at));
        above.into_iter().for_each(|Link { label, .. }| named(out, "ColumnName", label));
        portal.column_type.iter().for_each(|kind| named(out, "ColumnType", kind));
        named(out, "ArticleTitle", &it.title);
        it.date.iter().filter(|date| date.len() == 10).for_each(|date| named(out, "PubDate", date));
        it.content_source().iter().for_each(|source| named(out, "ContentSource", source));
        let keywords = it.keywords().join(if it.lang == Lang::Zh { "，" } else { ", " });
        for (name, content) in
            [("Keywords", Some(&*keywords)), ("Author", it.creator()), ("Description", summary), ("Image", image), ("Url", it.address.as_deref())]
        {
            content.filter(|content| !content.is_empty()).into_iter().for_each(|content| named(out, name, content));
        }
    }
}

/// The elements of the table that have a name in Dublin Core or a citation tag. The prefix is the usual one, which readers know
/// without the link that would declare it: no page of ours names an address outside of its text.
fn elements(out: &mut String, it: &Description) {
    for element in ELEMENTS {
        if element.dublin_core.is_none() && element.citation.is_none() {
            continue;
        }
        (element.say)(it, &mut |value| {
            element.dublin_core.into_iter().for_each(|name| dublin_core(out, name, &value.plain()));
            element.citation.into_iter().for_each(|name| named(out, name, &value.cited()));
        });
    }
    for field in &it.press.edition.collection_of(it.entry).fields {
        let Some(name) = element::term_name(field.dublin_core.as_deref()) else { continue };
        element::own_field(it, field, &mut |value: Value| dublin_core(out, name, &value.plain()));
    }
}

fn dublin_core(out: &mut String, name: &str, content: &str) {
    let _ = write!(out, "\n<meta name=\"DCTERMS.{name}\" content=\"");
    escape_into(out, content);
    out.push_str("\">");
}

fn named(out: &mut String, name: &str, content: &str) {
    element_of(out, "name", name, content);
}

fn element_of(out: &mut String, attribute: &str, name: &str, content: &str) {
    let _ = write!(out, "\n<meta {attribute}=\"{name}\" content=\"");
    escape_into(out, content);
    out.push_str("\">");
}

/// The host of a web address.
fn host(url: &str) -> Option<&str> {
    url.split_once("://")?.1.split(['/', ':', '?', '#']).next().filter(|host| !host.is_empty())
}
