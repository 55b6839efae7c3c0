//! Records in lists, pagers, and the small pieces that several pages share.

use super::Press;
use super::view::{Branch, Card, Count, Link, Moment, Pager, SourceView};
use crate::date::{PartialDate, Period};
use crate::lang::{Lang, PerLang};
use crate::markdown;
use crate::model::{Destination, Source, TermId};
use crate::path::OutPath;
use crate::plan::{PER_PAGE, slice};

impl Press<'_> {
    /// The cards of one page of a list.
    pub(super) fn cards(&self, from: &OutPath, lang: Lang, list: &[u32], page: u32) -> Vec<Card> {
        slice(list, page).iter().filter_map(|at| self.card(from, lang, *at)).collect()
    }

    /// A record in a list.
    pub(super) fn card(&self, from: &OutPath, lang: Lang, at: u32) -> Option<Card> {
        let entry = self.edition.entry(at);
        let (text_lang, text) = self.text_of(entry, lang)?;
        let lead = Some(&text.survey.lead).filter(|lead| !lead.is_empty());
        Some(Card {
            title_html: markdown::line_html(&text.title, text_lang),
            href: self.href(from, Destination::Record(at), lang)?,
            tag: (text_lang != lang).then(|| text_lang.tag()),
            collection: self.edition.collection_of(entry).label.get(lang).to_string(),
            date: entry.date.map(|date| moment(date, lang)),
            places: self.names(entry.terms_of("places"), lang),
            programmes: self.names(entry.terms_of("programmes"), lang),
            summary_html: text.summary.as_ref().or(lead).map(|summary| markdown::line_html(summary, text_lang)),
            cover: super::picture::thumbnail(self, from, entry),
        })
    }

    pub(super) fn names(&self, terms: &[TermId], lang: Lang) -> Vec<String> {
        terms.iter().map(|id| self.edition.vocabularies().term(*id).name.get(lang).to_string()).collect()
    }

    /// The pages of a list of `total` records; `address` knows where each is.
    pub(super) fn pager(&self, from: &OutPath, total: usize, current: u32, address: impl Fn(u32) -> Option<OutPath>) -> Pager {
        self.pager_of(from, (total, PER_PAGE), current, address)
    }

    /// The pages of `total` things, so many a page.
    pub(super) fn pager_of(&self, from: &OutPath, (total, a_page): (usize, usize), current: u32, address: impl Fn(u32) -> Option<OutPath>) -> Pager {
        let last = u32::try_from(total.div_ceil(a_page)).unwrap_or(u32::MAX);
        if last <= 1 {
            return Pager::default();
        }
        let href = |page: u32| address(page).map(|path| from.link_to(&path));
        let shown = |page: &u32| *page == 1 || *page == last || page.abs_diff(current) <= 3;
        let pages = (1..=last).filter(shown).map(|page| Link { label: page.to_string(), href: if page == current { None } else { href(page) } });
        Pager {
            pages: pages.collect(),
            previous: (current > 1).then(|| href(current - 1)).flatten(),
            next: (current < last).then(|| href(current + 1)).flatten(),
        }
    }

    /// The terms under one, or the first level of a vocabulary, as a tree.
    pub(super) fn branches(&self, from: &OutPath, lang: Lang, vocabulary: u16, parent: Option<u32>, notes: bool) -> Vec<Branch> {
        let list = self.edition.vocabularies().get(vocabulary);
        let branch = |term: u32| {
            let id = TermId { vocabulary, term };
            let own = &list.terms[term as usize];
            Some(Branch {
                label: own.name.get(lang).to_string(),
                other: self.other(lang).map(|other| own.name.get(other).to_string()).filter(|name| **name != **own.name.get(lang)),
                href: self.href(from, Destination::Term(id), lang)?,
                count: self.plan.lists().term(id).len(),
                note: own.note.text.get(lang).as_ref().filter(|_| notes).map(ToString::to_string),
                children: self.branches(from, lang, vocabulary, Some(term), notes),
            })
        };
        list.children(parent).filter_map(branch).collect()
    }

    /// The years that have records, newest first.
    pub(super) fn year_counts(&self, from: &OutPath, lang: Lang) -> Vec<Count> {
        let count = |(year, list): (i16, &[u32])| {
            let path = self.plan.addresses().year(year, 1, lang).ok()?;
            Some(Count { label: year_label(year, lang), href: from.link_to(&path), count: list.len(), note: None })
        };
        self.plan.lists().years().rev().filter_map(count).collect()
    }

    /// A source as a page of the language shows it.
    pub(super) fn source_view(&self, source: &Source, lang: Lang) -> SourceView {
        let title = source.title.prefer(lang);
        let may_link = source.url.as_deref().is_some_and(|url| self.edition.site().may_link(url));
        let (link, text) = if may_link { (&source.url, &None) } else { (&None, &source.url) };
        SourceView {
            title: title.map_or_else(String::new, |(_, title)| title.to_string()),
            tag: title
                .filter(|(of, title)| *of != lang || foreign(title, lang))
                .map(|(of, title)| if foreign(title, lang) { lang.other().tag() } else { of.tag() }),
            publisher: source.publisher.prefer(lang).map(|(_, publisher)| publisher.to_string()),
            date: source.date.map(|date| date.spell(lang)),
            href: link.as_ref().map(ToString::to_string),
            address: text.as_ref().map(ToString::to_string),
        }
    }

    /// A source by its id.
    pub(super) fn cited(&self, id: Option<&str>, lang: Lang) -> Option<SourceView> {
        self.edition.source(id?).map(|source| self.source_view(source, lang))
    }
}

/// Whether a title that stands for both languages is written in the other one's script.
pub(super) fn foreign(title: &str, lang: Lang) -> bool {
    (crate::text::han_count(title) > 0) != (lang == Lang::Zh)
}

/// The year as a heading: 2020年, 2020.
pub(super) fn year_label(year: i16, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{year}年"),
        Lang::En => year.to_string(),
    }
}

/// A date or range for readers and, where it is one date, for machines.
pub(super) fn moment(period: Period, lang: Lang) -> Moment {
    let single = period.from.filter(|from| Some(*from) == period.to);
    Moment { text: period.spell(lang), machine: single.as_ref().map(PartialDate::to_string) }
}

/// The value of a language, else that of the other one.
pub(super) fn either(words: &PerLang<Option<Box<str>>>, lang: Lang) -> Option<String> {
    preferred(words, lang).map(str::to_owned)
}

/// The word of a language, else that of the other one.
pub(super) fn preferred(words: &PerLang<Option<Box<str>>>, lang: Lang) -> Option<&str> {
    words.prefer(lang).map(|(_, text)| &**text)
}
