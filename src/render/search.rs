//! The search page, and what of every page goes into the index: the text of the finished page, and beside it what the edition
//! knows of it — kind, place, programme, year — by which readers narrow what they found.

use super::card::either;
use super::chrome::{About, further, sections, vocabulary_label};
use super::view::{Link, SearchView};
use super::{Page, Press};
use crate::date::Period;
use crate::disclose::{Edition, Entry};
use crate::lang::Lang;
use crate::markdown;
use crate::model::{FieldContent, Term, TermId, Vocabulary};
use crate::path::OutPath;
use crate::plan::{Job, Plan};
use crate::search::builder::{Closing, Indexer};
use crate::search::document::{Block, Document, Kind};
use crate::search::facet::{Facet, FacetKind, FacetValue};
use crate::search::plain::{PlainText, plain};
use crate::search::vocabulary::Suggestion;
use crate::site::FieldKind;
use crate::theme::Theme;
use std::collections::BTreeMap;

/// Renders the search page: a form for everybody, and without scripts the ways to browse.
pub(super) fn search(press: &Press, path: &OutPath, lang: Lang) -> Page {
    let addresses = press.plan.addresses();
    let about = About {
        title: press.word(lang, "search").to_owned(),
        description: None,
        above: vec![press.home_crumb(path, lang)],
        other: press.other(lang).and_then(|other| addresses.search(other).ok()),
        real: None,
    };
    let frame = press.frame(path, lang, about);
    let further = further(press.edition, press.plan, press.theme, lang);
    let browse = sections(press.edition, press.plan, press.theme, lang).into_iter().chain(further);
    let view = SearchView {
        program: format!("{}{}", path.to_root(), addresses.theme().search),
        browse: browse.map(|(label, page)| Link { label, href: Some(path.link_to(&page)) }).collect(),
    };
    press.print("search", lang, &frame, &view, "")
}

/// The facets of an edition with all their values, in the order in which every page names them.
#[derive(Debug)]
pub(super) struct Facets {
    list: Vec<Facet>,
    origins: Vec<Origin>,
}

/// Where the values of a facet come from.
#[derive(Debug)]
enum Origin {
    Language,
    Collection,
    Year,
    /// The terms of a vocabulary that records carry in a field.
    Terms(Box<str>, u16),
    /// The options of fields that share a parameter.
    Options(Vec<Box<str>>),
}

impl Facets {
    pub(super) fn of(edition: &Edition, plan: &Plan, theme: &Theme) -> Facets {
        let mut facets = Facets { list: Vec::new(), origins: Vec::new() };
        facets.add_fixed(edition, plan, theme);
        for (param, field, vocabulary) in [("place", "places", "places"), ("programme", "programmes", "programmes")] {
            if let Some((at, list)) = edition.vocabularies().named(vocabulary) {
                let label = |lang| theme.string(lang, vocabulary).to_owned();
                facets.add(param, label, terms_of(list), Origin::Terms(field.into(), at));
            }
        }
        facets.add_declared(edition);
        facets
    }

    fn add(&mut self, param: &str, label: impl Fn(Lang) -> String, (kind, values): (FacetKind, Vec<FacetValue>), origin: Origin) {
        self.list.push(Facet { param: param.to_owned(), kind, zh: label(Lang::Zh), en: label(Lang::En), values });
        self.origins.push(origin);
    }

    /// Language, collection and year, which every archive has.
    fn add_fixed(&mut self, edition: &Edition, plan: &Plan, theme: &Theme) {
        let word = |key: &'static str| move |lang: Lang| theme.string(lang, key).to_owned();
        let languages = Lang::ALL.map(|lang| value(lang.code(), own_name(lang), own_name(lang)));
        self.add("lang", word("facet_language"), (FacetKind::Choice, languages.to_vec()), Origin::Language);
        let mut kinds: Vec<FacetValue> =
            edition.collections().iter().map(|schema| value(&schema.id, schema.label.get(Lang::Zh), schema.label.get(Lang::En))).collect();
        for (_, vocabulary) in edition.vocabularies().iter() {
            let label = |lang| vocabulary_label(theme, &vocabulary.id, lang);
            kinds.push(value(&vocabulary.id, &label(Lang::Zh), &label(Lang::En)));
        }
        kinds.push(value("data", theme.string(Lang::Zh, "datasets"), theme.string(Lang::En, "datasets")));
        kinds.extend(edition.work_plan().map(|own| {
            let label = |lang| super::work_plan::label(own, theme, lang);
            value("plan", &label(Lang::Zh), &label(Lang::En))
        }));
        self.add("collection", word("facet_collection"), (FacetKind::Choice, kinds), Origin::Collection);
        let years = plan.lists().years().map(|(year, _)| value(&year.to_string(), &year.to_string(), &year.to_string()));
        self.add("year", word("years"), (FacetKind::Year, years.collect()), Origin::Year);
    }

    /// What `collections.yaml` declares; fields of several collections may share a parameter.
    fn add_declared(&mut self, edition: &Edition) {
        let mut options: BTreeMap<&str, (&crate::site::Field, Vec<FacetValue>)> = BTreeMap::new();
        for field in edition.collections().iter().flat_map(|schema| &schema.fields) {
            let Some(param) = field.facet.as_deref().filter(|param| self.list.iter().all(|facet| facet.param != *param)) else { continue };
            match &field.kind {
                FieldKind::Choice(known) => {
                    let (_, values) = options.entry(param).or_insert_with(|| (field, Vec::new()));
                    let new =
                        known.iter().filter(|option| values.iter().all(|value| *value.id != ***option)).map(|option| value(option, option, option));
                    let new: Vec<FacetValue> = new.collect();
                    values.extend(new);
                }
                FieldKind::Term(vocabulary) => {
                    if let Some((at, list)) = edition.vocabularies().named(vocabulary) {
                        let label = |lang| field.label.get(lang).to_string();
                        self.add(param, label, terms_of(list), Origin::Terms(field.key.clone(), at));
                    }
                }
                FieldKind::Text | FieldKind::Number | FieldKind::Date | FieldKind::Truth | FieldKind::Url => {}
            }
        }
        for (param, (field, values)) in options {
            let keys = edition.collections().iter().flat_map(|schema| &schema.fields).filter(|other| other.facet.as_deref() == Some(param));
            let origin = Origin::Options(keys.map(|field| field.key.clone()).collect());
            self.add(param, |lang| field.label.get(lang).to_string(), (FacetKind::Choice, values), origin);
        }
    }

    /// The values of one page, by number, for each facet.
    fn of_page(&self, lang: Lang, kind: &str, entry: Option<&Entry>, own: Option<TermId>) -> Vec<Vec<u32>> {
        let numbered = |facet: &Facet, id: &str| facet.values.iter().position(|value| value.id == id).and_then(|at| u32::try_from(at).ok());
        let values = |(facet, origin): (&Facet, &Origin)| match origin {
            Origin::Language => numbered(facet, lang.code()).into_iter().collect(),
            Origin::Collection => numbered(facet, kind).into_iter().collect(),
            Origin::Year => years(entry).filter_map(|year| numbered(facet, &year.to_string())).collect(),
            Origin::Terms(field, vocabulary) => {
                let carried = entry.map_or(&[][..], |entry| entry.terms_of(field));
                carried.iter().chain(&own).filter(|term| term.vocabulary == *vocabulary).map(|term| term.term).collect()
            }
            Origin::Options(keys) => {
                let fields = entry.map_or(&[][..], |entry| &entry.fields);
                let chosen = fields.iter().filter(|(key, _)| keys.contains(key)).filter_map(|(_, content)| match content {
                    FieldContent::Choice(options) => Some(options),
                    _ => None,
                });
                chosen.flatten().filter_map(|option| numbered(facet, option)).collect()
            }
        };
        self.list.iter().zip(&self.origins).map(values).collect()
    }
}

fn value(id: &str, zh: &str, en: &str) -> FacetValue {
    FacetValue { id: id.to_owned(), zh: zh.to_owned(), en: en.to_owned(), parent: None }
}

fn own_name(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "中文",
        Lang::En => "English",
    }
}

/// The terms of a vocabulary as values: a tree where any stands under another.
fn terms_of(vocabulary: &Vocabulary) -> (FacetKind, Vec<FacetValue>) {
    let values =
        vocabulary.terms.iter().map(|term| FacetValue { parent: term.parent, ..value(&term.id, term.name.get(Lang::Zh), term.name.get(Lang::En)) });
    let is_tree = vocabulary.terms.iter().any(|term| term.parent.is_some());
    (if is_tree { FacetKind::Tree } else { FacetKind::Choice }, values.collect())
}

/// The years of a record, as its year pages have them.
fn years(entry: Option<&Entry>) -> impl Iterator<Item = i16> {
    entry.and_then(|entry| entry.date).into_iter().flat_map(|date| date.years().take(100))
}

/// What the index is told of a page beside its text.
#[derive(Default)]
struct Found<'e> {
    kind: String,
    id: String,
    entry: Option<&'e Entry>,
    own: Option<TermId>,
    lead: String,
}

impl Press<'_> {
    /// Puts a finished page into the index, if it is one that can be found.
    pub fn index(&self, indexer: &Indexer, path: &OutPath, job: &Job, html: &[u8]) {
        let Some(number) = self.plan.index().number(path) else { return };
        let Some((lang, found)) = self.found(job) else { return };
        let PlainText { title, text, headings } = std::str::from_utf8(html).ok().and_then(plain).unwrap_or_default();
        let date = found.entry.and_then(|entry| entry.date);
        let places = found.entry.map_or_else(Vec::new, |entry| self.names(entry.terms_of("places"), lang));
        let document = Document {
            url: path.as_str(),
            id: &format!("{}/{}", found.kind, found.id),
            lang: lang.code(),
            title: &title,
            date: &date.map(|date| date.spell(lang)).unwrap_or_default(),
            date_key: date.map_or(0, date_key),
            places: &places.join(self.word(lang, "separator")),
            lead: &found.lead,
            blocks: &blocks(&text, &headings),
            values: &self.facets.of_page(lang, &found.kind, found.entry, found.own),
        };
        indexer.put(number, &document);
    }

    fn found<'e>(&'e self, job: &Job) -> Option<(Lang, Found<'e>)> {
        match job {
            Job::Record(at, lang) => {
                let entry = self.edition.entry(*at);
                let text = entry.texts.get(*lang).as_ref()?;
                let lead = markdown::line_text(text.summary.as_deref().unwrap_or(&text.survey.lead));
                let kind = self.edition.collection_of(entry).id.to_string();
                Some((*lang, Found { kind, id: entry.id.to_string(), entry: Some(entry), lead, ..Found::default() }))
            }
            Job::Term(id, _, lang) => {
                let term = self.edition.vocabularies().term(*id);
                let kind = self.edition.vocabularies().get(id.vocabulary).id.to_string();
                let lead = either(&term.note.text, *lang).unwrap_or_default();
                Some((*lang, Found { kind, id: term.id.to_string(), own: Some(*id), lead, ..Found::default() }))
            }
            Job::Glossary(lang) => Some((*lang, Found { kind: "glossary".to_owned(), id: "index".to_owned(), ..Found::default() })),
            Job::WorkPlan(lang) => Some((*lang, Found { kind: "plan".to_owned(), id: "index".to_owned(), ..Found::default() })),
            Job::PlanMap(lang) => Some((*lang, Found { kind: "plan".to_owned(), id: "map".to_owned(), ..Found::default() })),
            Job::Table(at, page, lang) => {
                let table = self.edition.tables().get(*at as usize)?;
                let id = if *page > 1 { format!("{}-page-{page}", table.id) } else { table.id.to_string() };
                Some((*lang, Found { kind: "data".to_owned(), id, ..Found::default() }))
            }
            _ => None,
        }
    }

    /// What the index needs when all pages are in it.
    #[must_use]
    pub fn closing(&self) -> Closing {
        let terms = self
            .edition
            .vocabularies()
            .iter()
            .flat_map(|(at, list)| (0u32..).zip(&list.terms).map(move |(term, own)| (TermId { vocabulary: at, term }, own)));
        Closing { facets: self.facets.list.clone(), suggestions: terms.filter_map(|(id, term)| self.suggestion(id, term)).collect() }
    }

    /// A term that is offered while a reader types. Persons are in no such list.
    fn suggestion(&self, id: TermId, term: &Term) -> Option<Suggestion> {
        let page = |lang: Lang| {
            let (path, anchor) = self.edition.site().has(lang).then(|| self.plan.addresses().explained(self.edition, id, lang))??;
            Some(anchor.map_or_else(|| path.to_string(), |anchor| format!("{path}#{anchor}")))
        };
        let (url_zh, url_en) = (page(Lang::Zh), page(Lang::En));
        if url_zh.is_none() && url_en.is_none() {
            return None;
        }
        let former = term.former_names.iter().flat_map(|name| Lang::ALL.map(|lang| name.name.get(lang).to_string()));
        let aliases = Lang::ALL.into_iter().flat_map(|lang| term.aliases.get(lang).iter().map(ToString::to_string)).chain(former);
        Some(Suggestion {
            kind: self.edition.vocabularies().get(id.vocabulary).id.to_string(),
            zh: term.name.get(Lang::Zh).to_string(),
            en: term.name.get(Lang::En).to_string(),
            aliases: aliases.collect(),
            url_zh: url_zh.unwrap_or_default(),
            url_en: url_en.unwrap_or_default(),
        })
    }
}

/// The blocks of a text, with the anchors of its headings.
fn blocks<'t>(text: &'t str, headings: &'t [(usize, Box<str>)]) -> Vec<Block<'t>> {
    let mut headings = headings.iter().peekable();
    let mut at = 0;
    let mut blocks = Vec::new();
    for line in text.split_terminator('\n') {
        let mut kind = Kind::Body;
        while let Some((_, id)) = headings.next_if(|(place, _)| *place <= at) {
            kind = Kind::Heading { id };
        }
        blocks.push(Block { text: line, kind });
        at += line.len() + 1;
    }
    blocks
}

/// A date as a number that sorts as dates do: year, month and day of its last day.
fn date_key(date: Period) -> u32 {
    let ((year, month, day), _) = date.sort_key();
    u32::try_from(year).unwrap_or(0) * 10_000 + u32::from(month) * 100 + u32::from(day)
}
