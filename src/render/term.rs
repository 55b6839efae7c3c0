//! Vocabularies and their terms: a page for every place, programme and unit.

use super::chrome::{About, vocabulary_label};
use super::facts::plain;
use super::list::page_title;
use super::view::{FactRow, FactValue, Link, TermView, VocabularyView};
use super::{Page, Press};
use crate::lang::Lang;
use crate::model::{Destination, Term, TermId};
use crate::path::OutPath;
use crate::search::reading::toned;
use crate::text::{gb2312_level, is_han};

/// Renders all terms of a vocabulary.
pub(super) fn vocabulary(press: &Press, path: &OutPath, at: u16, lang: Lang) -> Page {
    let list = press.edition.vocabularies().get(at);
    let title = vocabulary_label(press.theme, &list.id, lang);
    let other = press.other(lang).and_then(|other| press.plan.addresses().vocabulary(at, other).ok());
    let above = vec![press.home_crumb(path, lang)];
    let frame = press.frame(path, lang, About { title: title.clone(), description: None, above, other, real: None });
    let view = VocabularyView { title, total: list.terms.len(), terms: press.branches(path, lang, at, None, true) };
    press.print("vocabulary", lang, &frame, &view, "")
}

/// Renders a page of a term.
pub(super) fn term(press: &Press, path: &OutPath, (id, page): (TermId, u32), lang: Lang) -> Page {
    let addresses = press.plan.addresses();
    let term = press.edition.vocabularies().term(id);
    let list = press.plan.lists().term(id);
    let title = term.name.get(lang).to_string();
    let note = term.note.text.get(lang).as_ref().map(ToString::to_string);
    let about = About {
        title: page_title(press, &title, page, lang),
        description: note.clone(),
        above: above(press, path, id, lang),
        other: press.other(lang).and_then(|other| addresses.term(press.edition, id, page, other).ok()),
        real: None,
    };
    let frame = press.frame(path, lang, about);
    let other_name = press.other(lang).map(|other| (term.name.get(other).to_string(), other.tag())).filter(|(name, _)| *name != title);
    let view = TermView {
        readings: if press.edition.site().readings && lang == Lang::Zh { readings(&title, term.pinyin.as_deref()) } else { Vec::new() },
        other: other_name,
        facts: rows(press, path, id, term, lang),
        children: press.branches(path, lang, id.vocabulary, Some(id.term), false),
        plan: super::work_plan::naming(press, path, id, lang),
        sources: term.note.sources.iter().filter_map(|source| press.cited(Some(source), lang)).collect(),
        profile: if page == 1 { super::profile::profile(press, path, id, lang) } else { super::profile::Profile::default() },
        total: list.len(),
        cards: press.cards(path, lang, list, page),
        pager: press.pager(path, list.len(), page, |page| addresses.term(press.edition, id, page, lang).ok()),
        note,
        title,
    };
    press.print("term", lang, &frame, &view, "")
}

/// A name in pieces: characters that not everybody can read, with their pinyin. `spelt` is the pinyin that the vocabulary gives,
/// a syllable for each Han character.
fn readings(name: &str, spelt: Option<&str>) -> Vec<(String, Option<String>)> {
    let mut syllables = spelt.unwrap_or_default().split_whitespace();
    let mut pieces: Vec<(String, Option<String>)> = Vec::new();
    for c in name.chars() {
        let syllable = if is_han(c) { syllables.next() } else { None };
        let reading = if is_han(c) && gb2312_level(c) != Some(1) { toned(c, syllable) } else { None };
        match pieces.last_mut() {
            Some((plain, None)) if reading.is_none() => plain.push(c),
            _ => pieces.push((c.to_string(), reading)),
        }
    }
    if pieces.iter().any(|(_, reading)| reading.is_some()) { pieces } else { Vec::new() }
}

fn above(press: &Press, path: &OutPath, id: TermId, lang: Lang) -> Vec<Link> {
    let list = press.edition.vocabularies().get(id.vocabulary);
    let label = vocabulary_label(press.theme, &list.id, lang);
    let mut above = vec![press.home_crumb(path, lang), Link { label, href: press.href(path, Destination::Vocabulary(id.vocabulary), lang) }];
    let mut lineage: Vec<u32> = list.lineage(id.term).skip(1).collect();
    lineage.reverse();
    above.extend(lineage.into_iter().map(|term| link(press, path, TermId { term, ..id }, lang)));
    above
}

fn link(press: &Press, path: &OutPath, id: TermId, lang: Lang) -> Link {
    let label = press.edition.vocabularies().term(id).name.get(lang).to_string();
    Link { label, href: press.href(path, Destination::Term(id), lang) }
}

/// Code, parent, former names, validity and succession of a term.
fn rows(press: &Press, path: &OutPath, id: TermId, term: &Term, lang: Lang) -> Vec<FactRow> {
    let mut rows = Vec::new();
    let linked = |at: u32| {
        let link = link(press, path, TermId { term: at, ..id }, lang);
        FactValue { text: link.label, href: link.href, note: None }
    };
    rows.push(press.row(lang, "label_code", term.code.iter().map(|code| plain(code.to_string())).collect()));
    rows.push(press.row(lang, "label_parent", term.parent.map(linked).into_iter().collect()));
    let former = term.former_names.iter().map(|name| FactValue {
        text: name.name.get(lang).to_string(),
        href: None,
        note: name.valid.map(|valid| valid.spell(lang)),
    });
    rows.push(press.row(lang, "label_former_names", former.collect()));
    rows.push(press.row(lang, "label_aliases", term.aliases.get(lang).iter().map(|alias| plain(alias.to_string())).collect()));
    rows.push(press.row(lang, "label_valid", term.valid.map(|valid| plain(valid.spell(lang))).into_iter().collect()));
    rows.push(press.row(lang, "label_successor", term.successor.map(linked).into_iter().collect()));
    let list = press.edition.vocabularies().get(id.vocabulary);
    let before = (0u32..).zip(&list.terms).filter(|(_, other)| other.successor == Some(id.term)).map(|(at, _)| linked(at));
    rows.push(press.row(lang, "label_predecessor", before.collect()));
    rows.retain(|row| !row.values.is_empty());
    rows
}

#[cfg(test)]
mod tests {
    use super::readings;

    #[test]
    fn only_rare_characters_have_a_reading_and_the_vocabulary_decides_which() {
        let piece = |text: &str, reading: Option<&str>| (text.to_owned(), reading.map(str::to_owned));
        assert_eq!(readings("潢川县", None), [piece("潢", Some("huáng")), piece("川县", None)]);
        assert_eq!(readings("浉河区", Some("shi he qu")), [piece("浉", Some("shī")), piece("河区", None)]);
        assert_eq!(readings("光山县", Some("guang shan xian")), []);
    }
}
