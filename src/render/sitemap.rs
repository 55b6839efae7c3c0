//! `sitemap.xml` (sitemaps.org 0.9) with the addresses of every page in each language, and `robots.txt` (RFC 9309).

use super::view::Alternate;
use super::{Page, Press};
use crate::lang::Lang;
use crate::path::OutPath;
use crate::plan::Job;
use crate::text::escape_into;
use std::fmt::Write as _;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";

/// Renders the sitemap: all of it where there is one part, else the list of the parts.
pub(super) fn sitemap(press: &Press) -> Page {
    let parts = press.plan.sitemap_parts();
    if parts <= 1 {
        return part(press, 1);
    }
    let mut out = format!("{HEAD}<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for number in 1..=parts {
        let address = press.plan.addresses().sitemap(number).ok().and_then(|path| press.edition.site().absolute(path.as_str()));
        out.push_str("<sitemap>");
        tag(&mut out, "loc", &address.unwrap_or_default());
        out.push_str("</sitemap>\n");
    }
    Ok(out + "</sitemapindex>\n")
}

/// Renders a part, counted from 1.
pub(super) fn part(press: &Press, number: u32) -> Page {
    let mut out = format!("{HEAD}<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n");
    for (path, job) in press.plan.sitemap_part(press.edition, number) {
        let Some(address) = press.edition.site().absolute(path.as_str()) else { continue };
        out.push_str("<url>");
        tag(&mut out, "loc", &address);
        if let Job::Record(at, _) = job
            && let Some(date) = press.edition.entry(*at).corrected()
        {
            tag(&mut out, "lastmod", &date.to_string());
        }
        languages(press, &mut out, path);
        out.push_str("</url>\n");
    }
    Ok(out + "</urlset>\n")
}

/// The page in each language, itself included, where it has one in both.
fn languages(press: &Press, out: &mut String, path: &OutPath) {
    if matches!(press.plan.job(path), Some(Job::Root | Job::Home(_))) {
        press.home_alternates().iter().for_each(|Alternate { tag, href }| alternate(out, tag, href));
        return;
    }
    let Some((lang, rest)) = Lang::ALL.into_iter().find_map(|lang| Some((lang, path.as_str().strip_prefix(lang.code())?))) else { return };
    let Some(other) = press.other(lang).and_then(|other| OutPath::new([other.code(), rest].concat()).ok()) else { return };
    if !press.plan.job(&other).is_some_and(|job| crate::plan::is_listed(press.edition, &other, job)) {
        return;
    }
    for lang in Lang::ALL {
        let Some(address) = press.edition.site().absolute(&[lang.code(), rest].concat()) else { continue };
        alternate(out, lang.tag(), &address);
    }
}

fn alternate(out: &mut String, tag: &str, address: &str) {
    let _ = write!(out, "<xhtml:link rel=\"alternate\" hreflang=\"{tag}\" href=\"");
    escape_into(out, address);
    out.push_str("\"/>");
}

/// An element of XML with a text in it.
pub(super) fn tag(out: &mut String, name: &str, text: &str) {
    let _ = write!(out, "<{name}>");
    escape_into(out, text);
    let _ = write!(out, "</{name}>");
}

/// Renders robots.txt: everything may be read but an internal edition.
pub(super) fn robots(press: &Press) -> Page {
    if press.is_internal() {
        return Ok("User-agent: *\nDisallow: /\n".to_owned());
    }
    let mut out = String::from("User-agent: *\nDisallow:\n");
    let path = press.plan.addresses().sitemap(0).ok().filter(|path| press.plan.job(path).is_some());
    if let Some(address) = path.and_then(|path| press.edition.site().absolute(path.as_str())) {
        let _ = write!(out, "\nSitemap: {address}\n");
    }
    Ok(out)
}
