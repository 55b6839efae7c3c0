//! `site.yaml`.

use super::lead::{self, Lead};
use super::portal::{self, Contact, Portal};
use super::{Admitted, FORMAT};
use crate::date::PartialDate;
use crate::diagnostic::{Code, Mark, Span};
use crate::lang::{Lang, PerLang};
use crate::yaml::{Fields, Node, Placed, Value};

/// What a site says of itself.
#[derive(Clone, Debug)]
pub struct Site {
    /// Its title in each language.
    pub title: PerLang<Box<str>>,
    /// What it is, in a sentence or two.
    pub description: PerLang<Option<Box<str>>>,
    /// Whether rare characters in the names of places and other terms have their pinyin above them.
    pub readings: bool,
    /// What the home page leads with.
    pub lead: Lead,
    /// What every page says at its foot.
    pub notice: PerLang<Option<Box<str>>>,
    /// The languages that it is built in, in the order Chinese, English.
    pub languages: Vec<Lang>,
    /// The absolute address of its root, with a slash at the end.
    pub base_url: Option<Box<str>>,
    /// The time zone that "today" is taken in.
    pub timezone: Box<str>,
    /// The folder of its theme.
    pub theme: Box<str>,
    /// Where it is named.
    pub theme_at: Span,
    /// Where the time zone is named.
    pub timezone_at: Span,
    /// Which archive its records belong to.
    pub archive: ArchiveIdentity,
    /// Under which licence its texts stand.
    pub licence: Option<Licence>,
    /// Telephone numbers and mail addresses of offices, which may stand in public.
    pub office: Vec<String>,
    /// The labels and marks of a government portal, where it is one.
    pub portal: Option<Portal>,
    /// How the office is reached.
    pub contact: Contact,
    /// From when on the site is no longer updated; an edition holds only a day that has come.
    pub archived: Option<PartialDate>,
    /// The hosts that links may lead to; an empty list means all.
    pub link_hosts: Vec<Box<str>>,
    /// Sums of fewer rows than this are not published.
    pub smallest_cell: u32,
    /// The kinds of files that are handed out.
    pub files: Admitted,
}

/// Fonds and creator (全宗, 立档单位).
#[derive(Clone, Debug, Default)]
pub struct ArchiveIdentity {
    /// 全宗号
    pub fonds: Option<Box<str>>,
    /// 全宗名称
    pub fonds_name: PerLang<Option<Box<str>>>,
    /// 立档单位
    pub creator: PerLang<Option<Box<str>>>,
}

/// A licence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Licence {
    /// Its name.
    pub name: PerLang<Box<str>>,
    /// Its text on the web.
    pub url: Option<Box<str>>,
}

impl Site {
    /// Whether the site has pages in the language.
    #[must_use]
    pub fn has(&self, lang: Lang) -> bool {
        self.languages.contains(&lang)
    }

    /// Whether an address outside may be a link: portals may only lead to hosts that were looked at.
    #[must_use]
    pub fn may_link(&self, url: &str) -> bool {
        self.link_hosts.is_empty() || super::portal::is_on(url, &self.link_hosts)
    }

    /// The absolute address of a path of the site, if the site has an address.
    #[must_use]
    pub fn absolute(&self, path: &str) -> Option<String> {
        self.base_url.as_ref().map(|base| format!("{base}{path}"))
    }
}

impl Default for Site {
    fn default() -> Site {
        Site {
            title: PerLang { zh: "脱贫档案".into(), en: "Poverty-Alleviation Archive".into() },
            description: PerLang::default(),
            readings: false,
            lead: Lead::default(),
            notice: PerLang::default(),
            languages: Lang::ALL.to_vec(),
            base_url: None,
            timezone: "Asia/Shanghai".into(),
            theme: "archive".into(),
            theme_at: Span::default(),
            timezone_at: Span::default(),
            archive: ArchiveIdentity::default(),
            licence: None,
            office: Vec::new(),
            portal: None,
            contact: Contact::default(),
            archived: None,
            link_hosts: Vec::new(),
            smallest_cell: 5,
            files: Admitted::default(),
        }
    }
}

/// Reads `site.yaml`. What is wrong is marked and its default taken.
pub fn read_site(node: &Node, marks: &mut Vec<Mark>) -> Site {
    let mut site = Site::default();
    let Some(mut fields) = Fields::of(node, "site.yaml", marks) else { return site };
    if let Some(format) = fields.number("format")
        && format > f64::from(FORMAT)
    {
        let span = fields.node("format").map_or_else(Span::default, |node| node.span);
        fields.mark(Mark::new(Code::FormatNewer, span).with(format.to_string()).with(FORMAT.to_string()));
    }
    match fields.words("title") {
        Some(words) => site.title = in_both(&words).unwrap_or(site.title),
        None => fields.mark(Mark::new(Code::TitleMissing, Span::at(0))),
    }
    site.description = optional(fields.words("description"));
    site.notice = optional(fields.words("notice"));
    if let Some(truth) = fields.truth("readings") {
        site.readings = truth;
    }
    if let Some(node) = fields.node("home") {
        site.lead = lead::read_lead(node, fields.marks());
    }
    read_languages(&mut fields, &mut site);
    read_base_url(&mut fields, &mut site);
    if let Some(text) = fields.text("timezone") {
        (site.timezone, site.timezone_at) = (text.value.into(), text.span);
    }
    // A theme is the name of a folder and no way to one.
    if let Some(text) = fields.id("theme") {
        (site.theme, site.theme_at) = (text.value.into(), text.span);
    }
    if let Some(node) = fields.node("archive") {
        site.archive = read_identity(node, fields.marks());
    }
    if let Some(node) = fields.node("licence") {
        site.licence = read_licence(node, fields.marks());
    }
    site.office = fields.texts("office_numbers").iter().map(|text| text.value.to_owned()).collect();
    read_smallest_cell(&mut fields, &mut site);
    if let Some(node) = fields.node("files") {
        site.files = read_admitted(node, fields.marks());
    }
    read_office(&mut fields, &mut site);
    fields.finish();
    site
}

/// What the office says of itself: its numbers may stand anywhere.
fn read_office(fields: &mut Fields, site: &mut Site) {
    let mut contact = fields.node("contact");
    if let Some(node) = fields.node("gov") {
        push_scalars(node, &mut site.office);
        let (portal, inner) = portal::read_portal(node, fields.marks());
        site.portal = portal;
        contact = contact.or(inner);
    }
    if let Some(node) = contact {
        push_scalars(node, &mut site.office);
        site.contact = portal::read_contact(node, fields.marks());
    }
    site.archived = portal::read_archived(fields);
    site.link_hosts = portal::read_hosts(fields);
}

/// What a site may ask for: a sum of two is half known to each of the two, and above a hundred little would be left.
pub const SMALLEST_CELL: std::ops::RangeInclusive<u32> = 3..=100;

fn read_smallest_cell(fields: &mut Fields, site: &mut Site) {
    let Some(node) = fields.node("smallest_cell") else { return };
    let Some(read) = crate::yaml::number_of(node, "smallest_cell", fields.marks()) else { return };
    match SMALLEST_CELL.into_iter().find(|size| f64::from(*size).total_cmp(&read).is_eq()) {
        Some(size) => site.smallest_cell = size,
        None => fields.mark(Mark::new(Code::ValueChoice, node.span).with("smallest_cell").with(read.to_string()).with("3 4 5 … 100")),
    }
}

/// `files: {admit: [pdf, dwg]}`. A kind that no site hands out is an error where it is listed.
fn read_admitted(node: &Node, marks: &mut Vec<Mark>) -> Admitted {
    let Some(mut fields) = Fields::of(node, "files", marks) else { return Admitted::default() };
    let is_listed = fields.node("admit").is_some();
    let mut listed: Vec<Box<str>> = Vec::new();
    for text in fields.texts("admit") {
        match super::kind::listed(text.value) {
            Some(kind) => match kind.never() {
                Some([zh, en]) => fields.mark(Mark::new(Code::FileKindNever, text.span).with(kind.suffix()).with_both(zh, en)),
                None => listed.push(kind.suffix().into()),
            },
            None => fields.mark(Mark::new(Code::ValueChoice, text.span).with("admit").with(text.value).with("pdf docx xlsx dwg …")),
        }
    }
    fields.finish();
    Admitted { listed: is_listed.then_some(listed) }
}

/// Every value of a tree: what an office says of itself may stand anywhere.
fn push_scalars(node: &Node, out: &mut Vec<String>) {
    match &node.value {
        Value::Null => {}
        Value::Scalar(scalar) => out.push(scalar.text.to_string()),
        Value::List(items) => items.iter().for_each(|item| push_scalars(item, out)),
        Value::Map(entries) => entries.iter().for_each(|(_, item)| push_scalars(item, out)),
    }
}

fn optional(words: Option<PerLang<Option<Placed<&str>>>>) -> PerLang<Option<Box<str>>> {
    let words = words.unwrap_or_default();
    PerLang::build(|lang| words.get(lang).as_ref().map(|text| text.value.into()))
}

/// The words in both languages, one standing for the other where only one is given.
fn in_both(words: &PerLang<Option<Placed<&str>>>) -> Option<PerLang<Box<str>>> {
    words.prefer(Lang::Zh)?;
    Some(PerLang::build(|lang| words.prefer(lang).map_or("", |(_, text)| text.value).into()))
}

fn read_languages(fields: &mut Fields, site: &mut Site) {
    let written = fields.texts("languages");
    if written.is_empty() {
        return;
    }
    let mut wanted = Vec::new();
    for text in &written {
        match Lang::parse(text.value) {
            Some(lang) => wanted.push(lang),
            None => fields.mark(Mark::new(Code::ValueChoice, text.span).with("languages").with(text.value).with("zh en")),
        }
    }
    let known: Vec<Lang> = Lang::ALL.into_iter().filter(|lang| wanted.contains(lang)).collect();
    if !known.is_empty() {
        site.languages = known;
    }
}

fn read_base_url(fields: &mut Fields, site: &mut Site) {
    let Some(text) = fields.text("base_url") else { return };
    match clean_base_url(text.value) {
        Some(url) => site.base_url = Some(url),
        None => fields.mark(Mark::new(Code::ValueChoice, text.span).with("base_url").with(text.value).with("https://…/")),
    }
}

/// An absolute http address with a slash at its end; none where the text is not one.
#[must_use]
pub fn clean_base_url(url: &str) -> Option<Box<str>> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/@!$&'()*+,;=%[]".contains(c);
    if rest.is_empty() || rest.starts_with('/') || !rest.chars().all(plain) {
        return None;
    }
    let slash = if url.ends_with('/') { "" } else { "/" };
    Some(format!("{url}{slash}").into())
}

fn read_identity(node: &Node, marks: &mut Vec<Mark>) -> ArchiveIdentity {
    let Some(mut fields) = Fields::of(node, "archive", marks) else { return ArchiveIdentity::default() };
    let identity = ArchiveIdentity {
        fonds: fields.code("fonds").map(|text| text.value.into()),
        fonds_name: optional(fields.words("fonds_name")),
        creator: optional(fields.words("creator")),
    };
    fields.finish();
    identity
}

/// Reads a licence, `{name, url}`: the site's, or that of one record or dataset.
pub fn read_licence(node: &Node, marks: &mut Vec<Mark>) -> Option<Licence> {
    let mut fields = Fields::of(node, "licence", marks)?;
    let name = fields.words("name").and_then(|words| in_both(&words));
    let url: Option<Box<str>> = fields.web("url").map(|text| text.value.into());
    fields.finish();
    // A licence that is only an address goes by it.
    let name = name.or_else(|| url.as_ref().map(|url| PerLang::build(|_| url.clone())));
    Some(Licence { name: name?, url })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_url_ends_in_a_slash_and_is_http() {
        assert_eq!(clean_base_url("https://example.org/a").as_deref(), Some("https://example.org/a/"));
        assert_eq!(clean_base_url("https://example.org/"), Some("https://example.org/".into()));
        assert_eq!(clean_base_url("ftp://example.org"), None);
        assert_eq!(clean_base_url("https://a b/"), None);
    }
}
