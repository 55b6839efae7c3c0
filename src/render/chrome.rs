//! What surrounds every page: header and footer, rendered once per language and depth, and the frame of one page.

use super::view::{Alternate, Chrome, Frame, Link, Switch};
use super::{Page, PageFault, Press};
use crate::disclose::Edition;
use crate::lang::Lang;
use crate::path::OutPath;
use crate::plan::{BrowsePage, Job, Plan, is_listed};
use crate::text::shorten;
use crate::theme::{Ready, ReadyHtml, Theme};
use serde::Serialize;
use std::borrow::Cow;
use std::sync::Arc;

/// The deepest page: `zh/cases/2020/x.html`.
const DEPTH_MAX: usize = 3;
/// About how much of a description search engines show.
const DESCRIPTION_COLUMNS: usize = 160;

/// Headers and footers, ready.
pub(super) struct Chromes {
    rendered: Vec<(Lang, usize, Arc<str>, Arc<str>)>,
}

impl Chromes {
    pub(super) fn render(edition: &Edition, plan: &Plan, theme: &Theme) -> Result<Chromes, PageFault> {
        let mut rendered = Vec::new();
        for lang in edition.site().languages.iter().copied() {
            for depth in 1..=DEPTH_MAX {
                let chrome = chrome(edition, plan, theme, lang, depth);
                let header = theme.render("header", lang, None::<&()>, &chrome, &ReadyHtml::default())?;
                let footer = theme.render("footer", lang, None::<&()>, &chrome, &ReadyHtml::default())?;
                rendered.push((lang, depth, header.into(), footer.into()));
            }
        }
        Ok(Chromes { rendered })
    }

    fn get(&self, lang: Lang, depth: usize) -> (Arc<str>, Arc<str>) {
        let found = self.rendered.iter().find(|(of, at, ..)| *of == lang && *at == depth);
        found.map_or_else(|| (Arc::from(""), Arc::from("")), |(_, _, header, footer)| (Arc::clone(header), Arc::clone(footer)))
    }
}

fn chrome(edition: &Edition, plan: &Plan, theme: &Theme, lang: Lang, depth: usize) -> Chrome {
    let site = edition.site();
    let root = "../".repeat(depth);
    let addresses = plan.addresses();
    let href = |path: OutPath| Some(format!("{root}{path}"));
    let sections = sections(edition, plan, theme, lang).into_iter().map(|(label, path)| Link { label, href: href(path) }).collect();
    let fonds = site.archive.fonds.as_ref().map(|number| {
        let name = site.archive.fonds_name.prefer(lang).map_or("", |(_, name)| name);
        format!("{number} {name}").trim().to_owned()
    });
    Chrome {
        lang: lang.code(),
        site_title: site.title.get(lang).to_string(),
        home: format!("{root}{}/index.html", lang.code()),
        search: addresses.search(lang).ok().filter(|path| plan.job(path).is_some()).and_then(href),
        sections,
        more: further(edition, plan, theme, lang).into_iter().map(|(label, path)| Link { label, href: href(path) }).collect(),
        notice: site.notice.prefer(lang).map(|(_, notice)| notice.to_string()),
        licence: site.licence.as_ref().map(|licence| Link {
            label: licence.name.get(lang).to_string(),
            href: licence.url.as_deref().filter(|url| site.may_link(url)).map(str::to_owned),
        }),
        fonds,
        machine: super::portal::machine(plan, theme, lang, &root),
        contact: super::portal::contact(edition, lang),
        portal: super::portal::portal(edition, plan, lang, &root),
    }
}

/// The collections and the other ways to browse that the edition has, in the order of the navigation.
pub(super) fn sections(edition: &Edition, plan: &Plan, theme: &Theme, lang: Lang) -> Vec<(String, OutPath)> {
    let addresses = plan.addresses();
    let collections = (0u16..).zip(edition.collections()).map(|(at, schema)| (addresses.collection(at, 1, lang), schema.label.get(lang).to_string()));
    let vocabularies = edition.vocabularies().iter().filter(|(at, _)| addresses.has_pages(*at));
    let vocabularies = vocabularies.map(|(at, vocabulary)| (addresses.vocabulary(at, lang), vocabulary_label(theme, &vocabulary.id, lang)));
    let others = [(addresses.datasets(1, lang), "datasets"), (addresses.years(lang), "years"), (addresses.glossary(lang), "glossary")];
    let others = others.into_iter().map(|(path, key)| (path, theme.string(lang, key).to_owned()));
    let plan_of_work = edition.work_plan().map(|own| (addresses.work_plan(lang), super::work_plan::label(own, theme, lang)));
    let all = collections.chain(vocabularies).chain(others).chain(plan_of_work);
    all.filter_map(|(path, label)| path.ok().filter(|path| plan.job(path).is_some()).map(|path| (label, path))).collect()
}

/// The other ways to browse, which stand at the foot of every page.
pub(super) fn further(edition: &Edition, plan: &Plan, theme: &Theme, lang: Lang) -> Vec<(String, OutPath)> {
    let pages = [
        (BrowsePage::Timeline, theme.string(lang, "timeline")),
        (BrowsePage::Coverage, theme.string(lang, "coverage")),
        (BrowsePage::Titles, theme.string(lang, "titles")),
        (BrowsePage::Recent(1), theme.string(lang, "recent_page")),
        (BrowsePage::SiteMap, theme.string(lang, "site_map")),
    ];
    let address = |page: BrowsePage| plan.addresses().browse(edition, plan.browse(), page, lang).ok().filter(|path| plan.job(path).is_some());
    pages.into_iter().filter_map(|(page, label)| Some((label.to_owned(), address(page)?))).collect()
}

/// The name of a vocabulary: the theme knows the common ones, others go by their id.
pub(super) fn vocabulary_label(theme: &Theme, id: &str, lang: Lang) -> String {
    match id {
        "places" | "programmes" | "units" | "glossary" => theme.string(lang, id).to_owned(),
        other => other.to_owned(),
    }
}

/// What a page says of itself to its frame.
pub(super) struct About {
    pub(super) title: String,
    pub(super) description: Option<String>,
    /// The pages above it, home first; the page itself is added.
    pub(super) above: Vec<Link>,
    /// The same page in the other language.
    pub(super) other: Option<OutPath>,
    /// On a fallback page: the page that really holds the text.
    pub(super) real: Option<OutPath>,
}

impl Press<'_> {
    /// The frame of a page.
    pub(super) fn frame(&self, path: &OutPath, lang: Lang, about: About) -> Frame {
        let site = self.edition.site();
        let around = self.chromes.get(lang, path.depth());
        let theme = self.plan.addresses().theme();
        let root = path.to_root();
        let fallback = about.real.is_some();
        let canonical_path = about.real.as_ref().unwrap_or(path);
        let mut crumbs = about.above;
        crumbs.push(Link { label: about.title.clone(), href: None });
        let is_home = crumbs.len() == 1;
        let site_title = site.title.get(lang);
        Frame {
            lang: lang.code(),
            tag: lang.tag(),
            head_title: if is_home { site_title.to_string() } else { format!("{} - {site_title}", about.title) },
            description: about.description.map(|text| shorten(text.trim(), DESCRIPTION_COLUMNS)),
            canonical: site.absolute(canonical_path.as_str()),
            alternates: if fallback { Vec::new() } else { self.alternates(path, lang, about.other.as_ref()) },
            noindex: fallback || self.is_internal() || !self.is_listed(path),
            crumbs: if is_home { Vec::new() } else { crumbs },
            switch: about.other.map(|other| switch(path, lang.other(), &other)),
            header_html: Ready::Header,
            footer_html: Ready::Footer,
            archived: site.archived.map(|day| self.word(lang, "archived_notice").replace("{date}", &day.spell(lang))),
            head_html: Ready::Head,
            head: None,
            style: format!("{root}{}", theme.style),
            script: theme.script.as_ref().map(|script| format!("{root}{script}")),
            internal: self.is_internal(),
            around,
            root,
        }
    }

    /// A page in its frame; `body` goes in where its view holds [`Ready::Body`].
    pub(super) fn print<V: Serialize>(&self, layout: &str, lang: Lang, frame: &Frame, view: &V, body: &str) -> Page {
        let (header, footer) = &frame.around;
        let head: Cow<str> = frame.head.as_deref().map_or_else(|| Cow::Owned(self.page_head(frame, lang)), Cow::Borrowed);
        Ok(self.theme.render(layout, lang, Some(frame), view, &ReadyHtml { header, footer, body, head: &head })?)
    }

    fn alternates(&self, path: &OutPath, lang: Lang, other: Option<&OutPath>) -> Vec<Alternate> {
        let site = self.edition.site();
        // Search engines are led to no page that stands for another or says that it has no text.
        let Some(other) = other.filter(|other| self.is_listed(path) && self.is_listed(other)) else { return Vec::new() };
        let pair = [(lang, path), (lang.other(), other)];
        let mut alternates: Vec<Alternate> =
            pair.iter().filter_map(|(lang, path)| site.absolute(path.as_str()).map(|href| Alternate { tag: lang.tag(), href })).collect();
        alternates.sort_by_key(|alternate| std::cmp::Reverse(alternate.tag));
        // Who reads neither language is led to the choice of them; each of the three names all three.
        if matches!(self.plan.job(path), Some(Job::Home(_))) {
            alternates.extend(self.root_alternate());
        }
        alternates
    }

    /// The choice of languages, as search engines know it.
    fn root_alternate(&self) -> Option<Alternate> {
        let href = self.edition.site().absolute(self.plan.addresses().root().as_str())?;
        Some(Alternate { tag: "x-default", href })
    }

    /// The absolute addresses of the home pages and of the choice of languages; none where there is but one language.
    pub(super) fn home_alternates(&self) -> Vec<Alternate> {
        let homes = Lang::ALL.map(|lang| self.plan.addresses().home(lang).ok().filter(|path| self.plan.job(path).is_some()));
        match homes {
            [Some(zh), en] => self.alternates(&zh, Lang::Zh, en.as_ref()),
            _ => Vec::new(),
        }
    }

    /// Whether search engines are led to a page.
    fn is_listed(&self, path: &OutPath) -> bool {
        self.plan.job(path).is_some_and(|job| is_listed(self.edition, path, job))
    }

    /// The link to the home page, which begins every breadcrumb.
    pub(super) fn home_crumb(&self, path: &OutPath, lang: Lang) -> Link {
        let href = self.plan.addresses().home(lang).ok().map(|home| path.link_to(&home));
        Link { label: self.word(lang, "home").to_owned(), href }
    }
}

fn switch(from: &OutPath, lang: Lang, to: &OutPath) -> Switch {
    let name = match lang {
        Lang::Zh => "中文",
        Lang::En => "English",
    };
    Switch { lang: lang.code(), tag: lang.tag(), name, href: from.link_to(to) }
}
