//! The plan of work as a document with its parts and items as anchors, and the map of its terms: from the plan to the archive.

use super::chrome::{About, sections, vocabulary_label};
use super::dataset::tag_of;
use super::line::Said;
use super::record::figure;
use super::view::{Figure, Link, SourceView};
use super::world::PageWorld;
use super::{Page, Press};
use crate::lang::Lang;
use crate::markdown;
use crate::model::{Deadline, Destination, HomeKind, PlanItem, PlanTerm, TermId, WorkPlan};
use crate::path::OutPath;
use crate::theme::Theme;
use serde::Serialize;
use std::cell::Cell;
use std::collections::BTreeSet;

/// `layout/plan.html`
#[derive(Debug, Serialize)]
pub(crate) struct WorkPlanView {
    /// The title.
    title: String,
    /// The language tag of the title where it is not that of the page.
    tag: Option<&'static str>,
    /// What has to be said about it.
    note: Option<Said>,
    /// Of when it is.
    date: Option<String>,
    /// The map of its terms.
    map: Option<String>,
    /// Its parts, with their anchors.
    outline: Vec<Link>,
    /// The terms that it sets, the earliest first.
    deadlines: Vec<DeadlineView>,
    /// Parts, items and sub-items in order.
    items: Vec<ItemView>,
    /// Every figure that it sets, with its source.
    figures: Vec<Figure>,
    /// Where it comes from.
    sources: Vec<SourceView>,
}

/// Until when what has to be done.
#[derive(Debug, Serialize)]
pub(crate) struct DeadlineView {
    /// 2020年6月底前, by the end of June 2020.
    by: String,
    /// For machines.
    machine: String,
    /// What has to be done.
    what: Said,
    /// The item that says so, by its number, with its anchor.
    item: Link,
}

/// A part, an item or a sub-item.
#[derive(Debug, Serialize)]
pub(crate) struct ItemView {
    /// Its anchor.
    id: String,
    /// 1 for a part, 2 for an item, 3 for a sub-item.
    level: u8,
    /// Its heading with its number.
    heading: String,
    /// The language tag of the heading where it is not that of the page.
    tag: Option<&'static str>,
    /// The programme that it is named after.
    href: Option<String>,
    /// What it says, as HTML.
    summary_html: Option<Said>,
    /// The terms that it sets.
    deadlines: Vec<DeadlineView>,
    /// The figures that it sets beside those in its summary: what, and how much.
    figures: Vec<(String, String)>,
    /// Who answers for it.
    units: Vec<Link>,
    /// The programmes that it is about, beside the one that it is named after.
    programmes: Vec<Link>,
    /// The places that it names.
    places: Vec<Link>,
}

/// `layout/plan-map.html`
#[derive(Debug, Serialize)]
pub(crate) struct PlanMapView {
    /// The title of the plan.
    title: String,
    /// The plan itself.
    href: Option<String>,
    /// How many terms.
    total: usize,
    /// The terms by the parts of the plan.
    groups: Vec<PlanGroup>,
}

/// The terms of one part.
#[derive(Debug, Serialize)]
pub(crate) struct PlanGroup {
    /// The part; none where nothing says in which part the terms stand.
    part: Option<Link>,
    /// Its terms.
    rows: Vec<PlanRow>,
}

/// A term of the plan.
#[derive(Debug, Serialize)]
pub(crate) struct PlanRow {
    /// Its name.
    name: String,
    /// The language tag of the name where it is not that of the page.
    tag: Option<&'static str>,
    /// Its name in the other language, with its tag.
    other: Option<(String, &'static str)>,
    /// The items that name it, by number.
    items: Vec<Link>,
    /// Where the archive has it.
    homes: Vec<HomeView>,
    /// Why it is not published, or not all of it.
    reason: Option<Said>,
}

/// Where the archive has a term.
#[derive(Debug, Serialize)]
pub(crate) struct HomeView {
    /// What it is: 术语表, 数据集, 典型案例 …
    kind: Option<String>,
    /// Its title, as HTML.
    label_html: Said,
    /// Its address.
    href: String,
}

/// What navigation calls a plan.
pub(super) fn label(own: &WorkPlan, theme: &Theme, lang: Lang) -> String {
    own.label.prefer(lang).map_or_else(|| theme.string(lang, "plan").to_owned(), |(_, label)| label.to_string())
}

/// Renders the document.
pub(super) fn plan(press: &Press, path: &OutPath, lang: Lang) -> Page {
    let Some(own) = press.edition.work_plan() else { return Err(super::PageFault::Source(path.to_string())) };
    let addresses = press.plan.addresses();
    let note = Said::of(&own.note, lang);
    let about = About {
        title: own.title.get(lang).to_string(),
        description: note.as_ref().map(|note| note.text.clone()),
        above: vec![press.home_crumb(path, lang)],
        other: press.other(lang).and_then(|other| addresses.work_plan(other).ok()),
        real: None,
    };
    let frame = press.frame(path, lang, about);
    let sheet = Sheet { press, path, own, lang };
    let mut facts = Vec::new();
    let items = (0u32..).zip(&own.items).map(|(at, item)| sheet.item(at, item, &mut facts)).collect();
    let mut known = BTreeSet::new();
    facts.retain(|id| known.insert(id.clone()));
    let parts = (0u32..).zip(&own.items).filter(|(_, item)| item.level == 1);
    let mut deadlines: Vec<(u32, &Deadline)> =
        (0u32..).zip(&own.items).flat_map(|(at, item)| item.deadlines.iter().map(move |deadline| (at, deadline))).collect();
    deadlines.sort_by_key(|(at, deadline)| (deadline.by.last_day(), *at));
    let view = WorkPlanView {
        title: own.title.get(lang).to_string(),
        tag: tag_of(own.title.get(lang), lang),
        note,
        date: own.date.map(|date| date.spell(lang)),
        map: addresses.plan_map(lang).ok().filter(|map| press.plan.job(map).is_some()).map(|map| path.link_to(&map)),
        outline: parts.map(|(at, item)| Link { label: sheet.heading(item), ..sheet.link(at) }).collect(),
        deadlines: deadlines.into_iter().map(|(at, deadline)| sheet.deadline(at, deadline)).collect(),
        items,
        figures: facts.iter().filter_map(|id| press.edition.fact(id)).map(|fact| figure(press, fact, lang)).collect(),
        sources: own.source.iter().filter_map(|source| press.cited(Some(source), lang)).collect(),
    };
    press.print("plan", lang, &frame, &view, "")
}

/// Renders the map of its terms.
pub(super) fn map(press: &Press, path: &OutPath, lang: Lang) -> Page {
    let Some(own) = press.edition.work_plan() else { return Err(super::PageFault::Source(path.to_string())) };
    let addresses = press.plan.addresses();
    let href = addresses.work_plan(lang).ok().map(|plan| path.link_to(&plan));
    let about = About {
        title: press.word(lang, "plan_map").to_owned(),
        description: Some(press.word(lang, "plan_map_lead").to_owned()),
        above: vec![press.home_crumb(path, lang), Link { label: label(own, press.theme, lang), href: href.clone() }],
        other: press.other(lang).and_then(|other| addresses.plan_map(other).ok()),
        real: None,
    };
    let frame = press.frame(path, lang, about);
    let sheet = Sheet { press, path, own, lang };
    let pages = sections(press.edition, press.plan, press.theme, lang);
    let mut groups: Vec<(Option<u32>, PlanGroup)> = Vec::new();
    for term in &own.terms {
        let part = term.items.first().map(|at| sheet.part_of(*at));
        if groups.last().is_none_or(|(of, _)| *of != part) {
            let heading = part.and_then(|at| own.items.get(at as usize).map(|item| Link { label: sheet.heading(item), ..sheet.link(at) }));
            groups.push((part, PlanGroup { part: heading, rows: Vec::new() }));
        }
        if let Some((_, group)) = groups.last_mut() {
            group.rows.push(sheet.row(term, &pages));
        }
    }
    let groups = groups.into_iter().map(|(_, group)| group).collect();
    let view = PlanMapView { title: own.title.get(lang).to_string(), href, total: own.terms.len(), groups };
    press.print("plan-map", lang, &frame, &view, "")
}

/// The items of the plan that name a term, for its page.
pub(super) fn naming(press: &Press, path: &OutPath, id: TermId, lang: Lang) -> Vec<Link> {
    let Some(own) = press.edition.work_plan() else { return Vec::new() };
    let sheet = Sheet { press, path, own, lang };
    own.naming(id).iter().map(|at| sheet.full_link(*at)).collect()
}

/// The plan as a page shows it.
struct Sheet<'p> {
    press: &'p Press<'p>,
    path: &'p OutPath,
    own: &'p WorkPlan,
    lang: Lang,
}

impl Sheet<'_> {
    fn item(&self, at: u32, item: &PlanItem, facts: &mut Vec<Box<str>>) -> ItemView {
        let Sheet { press, path, lang, .. } = *self;
        let summary_html = item.summary.prefer(lang).map(|(text_lang, summary)| {
            let world = PageWorld { press, from: path, entry: None, lang, text_lang, has_picture: Cell::new(false) };
            let rendered = markdown::render(summary, text_lang, &world);
            // An anchor of a summary could be that of another.
            let has_anchor = rendered.html.contains(" id=\"");
            let html = if has_anchor { format!("<p>{}</p>", markdown::line_html(summary, text_lang)) } else { rendered.html };
            facts.extend(rendered.facts.into_iter().filter(|_| !has_anchor));
            Said { text: html, tag: (text_lang != lang).then(|| text_lang.tag()) }
        });
        facts.extend(item.figures.iter().cloned());
        let figures = item.figures.iter().filter_map(|id| press.edition.fact(id));
        let is_own = |id: &TermId| press.edition.vocabularies().term(*id).name.get(lang) == item.heading.get(lang);
        let (own, programmes): (Vec<TermId>, Vec<TermId>) = item.programmes.iter().partition(|id| is_own(id));
        ItemView {
            id: item.id.to_string(),
            level: item.level,
            heading: self.heading(item),
            tag: tag_of(item.heading.get(lang), lang),
            href: own.first().and_then(|id| press.href(path, Destination::Term(*id), lang)),
            summary_html,
            deadlines: item.deadlines.iter().map(|deadline| self.deadline(at, deadline)).collect(),
            figures: figures.map(|fact| (fact.label.get(lang).to_string(), fact.spell(lang))).collect(),
            units: self.terms(&item.units),
            programmes: self.terms(&programmes),
            places: self.terms(&item.places),
        }
    }

    fn terms(&self, ids: &[TermId]) -> Vec<Link> {
        let link = |id: &TermId| Link {
            label: self.press.edition.vocabularies().term(*id).name.get(self.lang).to_string(),
            href: self.press.href(self.path, Destination::Term(*id), self.lang),
        };
        ids.iter().map(link).collect()
    }

    /// The heading of an item with its number, as official documents set them.
    fn heading(&self, item: &PlanItem) -> String {
        let Some((_, number)) = item.number.prefer(self.lang) else { return item.heading.get(self.lang).to_string() };
        let pattern = self.press.word(self.lang, if item.level == 1 { "plan_part" } else { "plan_item" });
        pattern.replace("{number}", number).replace("{heading}", item.heading.get(self.lang))
    }

    fn deadline(&self, at: u32, deadline: &Deadline) -> DeadlineView {
        let machine = deadline.by.to_string();
        let is_day = machine.len() == "2020-06-30".len();
        let pattern = self.press.word(self.lang, if is_day { "plan_by_day" } else { "plan_by_end" });
        DeadlineView {
            by: pattern.replace("{date}", &deadline.by.spell(self.lang)),
            machine,
            what: Said { text: deadline.what.get(self.lang).to_string(), tag: tag_of(deadline.what.get(self.lang), self.lang) },
            item: self.link(at),
        }
    }

    /// An item by its number: 三（一）, 3(1). What has none goes by its heading.
    fn link(&self, at: u32) -> Link {
        let mut lineage: Vec<&PlanItem> = self.own.lineage(at).collect();
        lineage.reverse();
        let mut label = String::new();
        for item in &lineage {
            match item.number.prefer(self.lang) {
                Some((_, number)) => label.push_str(number),
                None => label = joined([label.as_str(), item.heading.get(self.lang)], self.lang),
            }
        }
        let anchor = lineage.last().map(|item| &*item.id).unwrap_or_default();
        let page = self.press.plan.addresses().work_plan(self.lang).ok();
        // On its own page an anchor is enough.
        let href = page.map(|page| if page == *self.path { format!("#{anchor}") } else { format!("{}#{anchor}", self.path.link_to(&page)) });
        Link { label, href }
    }

    /// An item by its number and heading.
    fn full_link(&self, at: u32) -> Link {
        let Link { label, href } = self.link(at);
        let label = match self.own.items.get(at as usize) {
            Some(item) if item.level == 1 => self.heading(item),
            Some(item) if item.number.prefer(self.lang).is_some() => joined([label.as_str(), item.heading.get(self.lang)], self.lang),
            // What has no number is cited by its heading already.
            _ => label,
        };
        Link { label, href }
    }

    /// The part that an item stands in.
    fn part_of(&self, at: u32) -> u32 {
        let above = |at: u32| self.own.items.get(at as usize).and_then(|item| item.parent);
        std::iter::successors(Some(at), |at| above(*at)).last().unwrap_or(at)
    }

    fn row(&self, term: &PlanTerm, pages: &[(String, OutPath)]) -> PlanRow {
        let lang = self.lang;
        let name = term.name.get(lang).to_string();
        let other = self.press.other(lang).map(|other| (term.name.get(other).to_string(), other.tag()));
        PlanRow {
            tag: tag_of(&name, lang),
            other: other.filter(|(other, _)| *other != name),
            items: term.items.iter().map(|at| self.link(*at)).collect(),
            homes: term.homes.iter().filter_map(|home| self.home(&home.kind, pages)).collect(),
            reason: Said::of(&term.reason, lang),
            name,
        }
    }

    fn home(&self, kind: &HomeKind, pages: &[(String, OutPath)]) -> Option<HomeView> {
        let Sheet { press, path, lang, .. } = *self;
        let edition = press.edition;
        let view = |kind: Option<String>, label: &str, href: String| HomeView {
            kind,
            label_html: Said { text: markdown::line_html(label, lang), tag: tag_of(label, lang) },
            href,
        };
        match kind {
            HomeKind::Term(id) => {
                let list = vocabulary_label(press.theme, &edition.vocabularies().get(id.vocabulary).id, lang);
                Some(view(Some(list), edition.vocabularies().term(*id).name.get(lang), press.href(path, Destination::Term(*id), lang)?))
            }
            HomeKind::Dataset(id) => {
                let table = edition.tables().iter().find(|table| table.id == *id)?;
                let address = press.plan.addresses().table(table, 1, lang).ok()?;
                Some(view(Some(press.word(lang, "datasets").to_owned()), table.title.get(lang), path.link_to(&address)))
            }
            HomeKind::Record(id) => {
                let Some(Destination::Record(at)) = edition.index().resolve(id, "content", edition.vocabularies()) else { return None };
                let entry = edition.entry(at);
                let (text_lang, text) = press.text_of(entry, lang)?;
                let label_html = Said { text: markdown::line_html(&text.title, text_lang), tag: (text_lang != lang).then(|| text_lang.tag()) };
                let kind = Some(edition.collection_of(entry).label.get(lang).to_string());
                Some(HomeView { kind, label_html, href: press.href(path, Destination::Record(at), lang)? })
            }
            HomeKind::Page(id) => {
                let address = self.page(id)?;
                let named = pages.iter().find(|(_, page)| *page == address).map(|(label, _)| label.as_str());
                let key = if &**id == "index" { "home".to_owned() } else { id.replace('-', "_") };
                Some(view(None, named.unwrap_or_else(|| press.word(lang, &key)), path.link_to(&address)))
            }
            HomeKind::Item(at) => {
                let Link { label, href } = self.full_link(*at);
                Some(view(Some(self::label(self.own, press.theme, lang)), &label, href?))
            }
        }
    }

    /// The page of lists that a name means, if the site has it.
    fn page(&self, id: &str) -> Option<OutPath> {
        let code = self.lang.code();
        let paths = [format!("{code}/{id}.html"), format!("{code}/{id}/index.html")];
        paths.into_iter().filter_map(|path| OutPath::new(path).ok()).find(|path| self.press.plan.job(path).is_some())
    }
}

/// Said one behind the other, as the language sets them.
fn joined(words: [&str; 2], lang: Lang) -> String {
    let separator = if lang == Lang::Zh || words.iter().any(|word| word.is_empty()) { "" } else { " " };
    words.join(separator)
}
