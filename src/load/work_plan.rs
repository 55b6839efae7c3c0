//! `plan.yaml`: a plan of work with its parts and items, and the map of its terms. Read last, since it may name everything else.

use super::check::{check_directives, index};
use super::data::known_source;
use super::text::take_line;
use crate::date::PartialDate;
use crate::detect::Allowed;
use crate::diagnostic::{Code, Findings, Mark, Span};
use crate::lang::{Lang, PerLang};
use crate::markdown::{self, Prose, View};
use crate::model::{
    Archive, Deadline, Destination, HomeKind, LinkIndex, PlanHome, PlanItem, PlanTerm, TermId, WORK_PLAN_FILE, WorkPlan, split_anchor,
};
use crate::site::RESERVED_SECTIONS;
use crate::source::Read;
use crate::text::nearest;
use crate::yaml::{Fields, Node, Placed};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Items below items below parts: what official documents number.
const LEVELS: u8 = 3;
/// Anchors that the page of the plan needs for itself.
const OWN_ANCHORS: &[&str] = &["main", "sections", "part-figures", "part-sources", "part-deadlines"];

/// Loads the plan, if there is one. What it names must exist: an unknown id is an error at its place.
pub(super) fn load(source: &dyn Read, is_there: bool, (archive, allowed): (&Archive, &Allowed), findings: &mut Findings) -> Option<WorkPlan> {
    if !is_there {
        return None;
    }
    let file: Arc<str> = Arc::from(WORK_PLAN_FILE);
    let node = super::read_public_yaml(source, &file, allowed, findings)?;
    let mut marks = Vec::new();
    let mut reader = Reader { archive, index: index(archive), items: Vec::new(), at_id: BTreeMap::new() };
    let plan = reader.plan(&node, &mut marks);
    findings.add_all(&file, marks);
    plan
}

/// What is read so far, and what it may name.
struct Reader<'a> {
    archive: &'a Archive,
    index: LinkIndex,
    items: Vec<PlanItem>,
    at_id: BTreeMap<Box<str>, u32>,
}

impl Reader<'_> {
    fn plan(&mut self, node: &Node, marks: &mut Vec<Mark>) -> Option<WorkPlan> {
        let mut fields = Fields::of(node, "plan.yaml", marks)?;
        let (title, _) = lines(&mut fields, "title");
        if title.present().next().is_none() {
            let span = fields.span();
            fields.mark(Mark::new(Code::TitleMissing, span));
        }
        let (label, note) = (lines(&mut fields, "label").0, lines(&mut fields, "note").0);
        let date = fields.date("date").map(|date| date.value);
        let source = fields.text("source").and_then(|text| known_source(text, &self.archive.sources, fields.marks()));
        let parts = fields.list("parts");
        self.read_items(parts, None, 1, fields.marks());
        let terms = fields.list("terms");
        let terms = terms.iter().filter_map(|node| self.term(node, fields.marks())).collect();
        fields.finish();
        let items = std::mem::take(&mut self.items);
        let mut plan = WorkPlan { title: in_both(&title, ""), label, note, date, source, items, terms, ..WorkPlan::default() };
        plan.index();
        title.present().next().map(|_| plan)
    }

    fn read_items(&mut self, nodes: &[Node], parent: Option<u32>, level: u8, marks: &mut Vec<Mark>) {
        for node in nodes {
            let Some(mut fields) = Fields::of(node, "parts", marks) else { continue };
            let id = fields.id("id");
            let below = if level < LEVELS { fields.list("items") } else { &[] };
            let (number, _) = lines(&mut fields, "number");
            let heading = names(&mut fields);
            let (summary, summary_at) = lines(&mut fields, "summary");
            let deadlines = fields.list("deadlines");
            let deadlines = deadlines.iter().filter_map(|node| read_deadline(node, fields.marks())).collect();
            let [units, programmes, places] = ["units", "programmes", "places"].map(|vocabulary| self.terms_of(vocabulary, &mut fields));
            let figures = fields.texts("figures");
            let figures = figures.into_iter().filter_map(|id| self.known(id, "data", fact_ids(self.archive), fields.marks())).collect();
            if id.is_none() && fields.any("id").is_none() {
                let span = fields.span();
                fields.mark(Mark::new(Code::FieldMissing, span).with("id"));
            }
            fields.finish();
            let Some(id) = id.filter(|id| self.is_free(id, marks)) else { continue };
            let at = u32::try_from(self.items.len()).unwrap_or(u32::MAX);
            self.at_id.insert(id.value.into(), at);
            let heading = in_both(&heading, id.value);
            let id = id.value.into();
            self.items.push(PlanItem { id, level, parent, number, heading, summary, summary_at, deadlines, units, programmes, places, figures });
            self.read_items(below, Some(at), level + 1, marks);
        }
    }

    /// Whether an anchor is still to be had.
    fn is_free(&self, id: &Placed<&str>, marks: &mut Vec<Mark>) -> bool {
        if let Some(first) = self.at_id.get(id.value) {
            marks.push(Mark::new(Code::TermTwice, id.span).with(id.value).with((first + 1).to_string()));
            return false;
        }
        let is_own = OWN_ANCHORS.contains(&id.value);
        marks.extend(is_own.then(|| Mark::new(Code::NameReserved, id.span).with(id.value)));
        !is_own
    }

    fn terms_of(&self, vocabulary: &'static str, fields: &mut Fields) -> Vec<TermId> {
        let cited = fields.texts(vocabulary);
        cited.into_iter().filter_map(|text| self.term_of(vocabulary, text, fields.marks())).collect()
    }

    fn term_of(&self, vocabulary: &str, text: Placed<&str>, marks: &mut Vec<Mark>) -> Option<TermId> {
        let found = self.archive.vocabularies.named(vocabulary);
        if let Some((at, list)) = found
            && let Some(term) = list.position(text.value)
        {
            return Some(TermId { vocabulary: at, term });
        }
        let near = found.and_then(|(_, list)| nearest(text.value, list.ids())).unwrap_or_default();
        marks.push(unknown(&text, &format!("vocabulary/{vocabulary}.yaml"), near));
        None
    }

    /// An id that must be one of a list.
    fn known<'k>(&self, id: Placed<&str>, list: &str, known: impl Iterator<Item = &'k str>, marks: &mut Vec<Mark>) -> Option<Box<str>> {
        let known: Vec<&str> = known.collect();
        if known.contains(&id.value) {
            return Some(id.value.into());
        }
        marks.push(unknown(&id, list, nearest(id.value, known).unwrap_or_default()));
        None
    }

    fn term(&self, node: &Node, marks: &mut Vec<Mark>) -> Option<PlanTerm> {
        let mut fields = Fields::of(node, "terms", marks)?;
        let name = names(&mut fields);
        let items = fields.texts("in");
        let items = items.into_iter().filter_map(|id| self.item_of(&id, fields.marks())).collect();
        let home = fields.node("home");
        if name.present().next().is_none() {
            let span = fields.span();
            fields.mark(Mark::new(Code::FieldMissing, span).with("zh"));
        }
        fields.finish();
        let before = marks.len();
        let (homes, reason) = home.map(|home| self.homes(home, marks)).unwrap_or_default();
        if homes.is_empty() && reason.present().next().is_none() && marks.len() == before {
            marks.push(Mark::new(Code::PlanTermHomeless, node.span));
        }
        name.present().next()?;
        Some(PlanTerm { name: in_both(&name, ""), items, homes, reason })
    }

    fn item_of(&self, id: &Placed<&str>, marks: &mut Vec<Mark>) -> Option<u32> {
        let found = self.at_id.get(id.value).copied();
        if found.is_none() {
            let near = nearest(id.value, self.at_id.keys().map(|id| &**id)).unwrap_or_default();
            marks.push(unknown(id, "parts", near));
        }
        found
    }

    /// `{glossary: id, dataset: [id, id], …}`: where the archive has a term, and why it is not published or not all of it.
    fn homes(&self, node: &Node, marks: &mut Vec<Mark>) -> (Vec<PlanHome>, PerLang<Option<Box<str>>>) {
        let Some(mut fields) = Fields::of(node, "home", marks) else { return Default::default() };
        let mut homes = Vec::new();
        for key in ["term", "glossary", "page", "record", "dataset", "plan"] {
            for id in fields.texts(key) {
                let span = id.span;
                homes.extend(self.home(key, id, fields.marks()).map(|kind| PlanHome { kind, span }));
            }
        }
        let (reason, _) = lines(&mut fields, "not_published");
        fields.finish();
        (homes, reason)
    }

    fn home(&self, key: &str, id: Placed<&str>, marks: &mut Vec<Mark>) -> Option<HomeKind> {
        let archive = self.archive;
        match key {
            "glossary" => self.term_of("glossary", id, marks).map(HomeKind::Term),
            "term" => match id.value.split_once('/') {
                Some((vocabulary, term)) => self.term_of(vocabulary, Placed { value: term, span: id.span }, marks).map(HomeKind::Term),
                None => {
                    marks.push(unknown(&id, "vocabulary", ""));
                    None
                }
            },
            "dataset" => {
                let sums = archive.datasets.iter().flat_map(|dataset| dataset.publications.iter().map(|sums| &*sums.id));
                let ids = archive.datasets.iter().map(|dataset| &*dataset.id).chain(sums);
                self.known(id, "data", ids, marks).map(HomeKind::Dataset)
            }
            "record" => match self.index.resolve(id.value, super::CONTENT, &archive.vocabularies) {
                Some(Destination::Record(_)) => Some(HomeKind::Record(id.value.into())),
                _ => {
                    marks.push(unknown(&id, super::CONTENT, self.index.nearest(id.value).unwrap_or_default()));
                    None
                }
            },
            "page" => {
                let lists = archive.collections.iter().map(|schema| &*schema.id).chain(archive.vocabularies.iter().map(|(_, list)| &*list.id));
                self.known(id, super::CONTENT, lists.chain(RESERVED_SECTIONS.iter().copied()), marks).map(HomeKind::Page)
            }
            _ => self.item_of(&id, marks).map(HomeKind::Item),
        }
    }
}

fn fact_ids(archive: &Archive) -> impl Iterator<Item = &str> {
    archive.facts.keys().map(|id| &**id)
}

fn unknown(id: &Placed<&str>, list: &str, near: &str) -> Mark {
    Mark::new(Code::TermUnknown, id.span).with(id.value).with(list).with(near)
}

/// `{by: 2020-06, what: {zh, en}}`.
fn read_deadline(node: &Node, marks: &mut Vec<Mark>) -> Option<Deadline> {
    let mut fields = Fields::of(node, "deadlines", marks)?;
    let by: Option<Placed<PartialDate>> = fields.date("by");
    let (what, _) = lines(&mut fields, "what");
    for (key, is_there) in [("by", by.is_some()), ("what", what.present().next().is_some())] {
        if !is_there && fields.any(key).is_none() {
            let span = fields.span();
            fields.mark(Mark::new(Code::FieldMissing, span).with(key));
        }
    }
    fields.finish();
    what.present().next()?;
    Some(Deadline { by: by?.value, what: in_both(&what, "") })
}

/// The words of a key as lines of prose, in which runs may be withheld, with their places. A line with a mark that may have
/// been meant to close something is left out.
fn lines(fields: &mut Fields, key: &'static str) -> (PerLang<Option<Box<str>>>, PerLang<Span>) {
    let read = fields.words(key).unwrap_or_default();
    let places = PerLang::build(|lang| read.get(lang).as_ref().map_or_else(Span::default, |text| text.span));
    (taken(&read, fields), places)
}

/// The same for what is named by `zh` and `en`.
fn names(fields: &mut Fields) -> PerLang<Option<Box<str>>> {
    let read = PerLang { zh: fields.text("zh"), en: fields.text("en") };
    taken(&read, fields)
}

fn taken(read: &PerLang<Option<Placed<&str>>>, fields: &mut Fields) -> PerLang<Option<Box<str>>> {
    PerLang::build(|lang| {
        let mut held = false;
        let line = take_line(read.get(lang).as_ref()?, &mut held, fields.marks());
        (!held).then_some(line)
    })
}

/// A word that both languages show, each in its own way where it has one.
fn in_both(words: &PerLang<Option<Box<str>>>, instead: &str) -> PerLang<Box<str>> {
    PerLang::build(|lang| words.prefer(lang).map_or_else(|| instead.into(), |(_, text)| text.clone()))
}

/// What can only be seen when everything is loaded: what the summaries ask for, and homes that are closed to the public.
pub(super) fn check(plan: &WorkPlan, archive: &Archive, index: &LinkIndex, as_of: PartialDate, findings: &mut Findings) {
    let file: Arc<str> = Arc::from(WORK_PLAN_FILE);
    let target = |written: &str, span: Span, is_record: bool| {
        let (path, _) = split_anchor(written);
        match index.resolve(path, super::CONTENT, &archive.vocabularies) {
            Some(Destination::Record(at)) if !archive.records[at as usize].is_public_on(as_of) => {
                Some(Mark::new(Code::LinkClosed, span).with(written))
            }
            None if !is_record => Some(Mark::new(Code::LinkBroken, span).with(written).with(index.nearest(path).unwrap_or_default())),
            _ => None,
        }
    };
    for (lang, item) in Lang::ALL.into_iter().flat_map(|lang| plan.items.iter().map(move |item| (lang, item))) {
        let Some(summary) = item.summary.get(lang) else { continue };
        let place = *item.summary_at.get(lang);
        let opened = markdown::open_text(summary, &markdown::find_closing(summary, Prose::Line), View::Public);
        let mut surveyed = markdown::survey(&opened.text, lang);
        // Places inside of a YAML value cannot be told once it is unquoted; the value's own place is.
        surveyed.survey.directives.iter_mut().for_each(|directive| directive.span = place);
        findings.add_all(&file, surveyed.marks.into_iter().map(|mark| Mark { span: place, ..mark }));
        check_directives(archive, &surveyed.survey, &file, findings);
        findings.add_all(&file, surveyed.survey.links.iter().filter_map(|link| target(&link.target, place, false)));
    }
    let homes = plan.terms.iter().flat_map(|term| &term.homes);
    let closed = homes.filter_map(|home| match &home.kind {
        HomeKind::Record(id) => target(id, home.span, true),
        _ => None,
    });
    findings.add_all(&file, closed);
}
