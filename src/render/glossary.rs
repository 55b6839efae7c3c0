//! The glossary: all its terms on one page per language, in the order of that language.

use super::chrome::About;
use super::view::{GlossaryEntry, GlossaryView};
use super::{Page, Press};
use crate::lang::Lang;
use crate::model::Term;
use crate::path::OutPath;

/// Renders the glossary.
pub(super) fn glossary(press: &Press, path: &OutPath, lang: Lang) -> Page {
    let title = press.word(lang, "glossary").to_owned();
    let other = press.other(lang).and_then(|other| press.plan.addresses().glossary(other).ok());
    let description = Some(press.word(lang, "glossary_lead").to_owned());
    let above = vec![press.home_crumb(path, lang)];
    let frame = press.frame(path, lang, About { title, description, above, other, real: None });
    let mut terms: Vec<&Term> = press.edition.vocabularies().named("glossary").map_or_else(Vec::new, |(_, list)| list.terms.iter().collect());
    terms.sort_by_cached_key(|term| order_key(term, lang));
    let view = GlossaryView { entries: terms.into_iter().map(|term| entry(press, term, lang)).collect() };
    press.print("glossary", lang, &frame, &view, "")
}

/// Chinese by pinyin, English by letters; what has no pinyin stands at the end.
fn order_key(term: &Term, lang: Lang) -> (String, Box<str>) {
    let key = match lang {
        Lang::Zh => term.sort_key.as_deref().or(term.pinyin.as_deref()).unwrap_or("~").to_owned(),
        Lang::En => {
            term.name.en.to_lowercase().chars().filter(|c| c.is_alphanumeric() || *c == ' ').collect::<String>().trim_start_matches("the ").to_owned()
        }
    };
    (key, term.id.clone())
}

fn entry(press: &Press, term: &Term, lang: Lang) -> GlossaryEntry {
    GlossaryEntry {
        id: term.id.to_string(),
        zh: term.name.zh.to_string(),
        en: term.name.en.to_string(),
        pinyin: term.pinyin.as_deref().map(str::to_owned),
        aliases: term.aliases.get(lang).iter().map(ToString::to_string).collect(),
        note: super::card::either(&term.note.text, lang),
        local: super::card::either(&term.note.local, lang),
        proposed: term.proposed,
        sources: term.note.sources.iter().filter_map(|source| press.cited(Some(source), lang)).collect(),
    }
}
