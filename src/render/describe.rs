//! A record as catalogues, feeds and citation programs know it: the facts of its page in one language, gathered once. What is
//! said where stands in `element.rs`.

use super::Press;
use super::card::{either, preferred};
use super::facts::{Named, time_of};
use crate::date::{PartialDate, Period};
use crate::disclose::{Entry, EntryText};
use crate::lang::Lang;
use crate::markdown;
use crate::model::{TermId, file_beside};
use crate::site::Licence;

/// What is known of a record in one language.
pub(super) struct Description<'e> {
    pub(super) press: &'e Press<'e>,
    pub(super) entry: &'e Entry,
    pub(super) lang: Lang,
    /// `collection/id`
    pub(super) id: String,
    /// Empty where the record has no text in the language.
    pub(super) title: String,
    /// The title of the other language's text.
    pub(super) alternative: Option<String>,
    pub(super) summary: Option<String>,
    /// Whether this text is the translation of the other one.
    pub(super) is_translated: bool,
    /// The absolute address of its page, where the site has an address.
    pub(super) address: Option<String>,
    /// That of the other language's page, where it has a text of its own.
    pub(super) other_address: Option<String>,
    /// 档号
    pub(super) code: Option<String>,
    /// When, where it is one date.
    pub(super) date: Option<String>,
    /// When, where it is a range.
    pub(super) period: Option<String>,
    /// When it was last put right.
    pub(super) corrected: Option<String>,
}

impl Press<'_> {
    /// Describes a record in a language; none where it was taken back, or has no text of its own in the language: what stands
    /// on such a page is described by others.
    pub(super) fn description(&self, at: u32, lang: Lang) -> Option<Description<'_>> {
        self.edition.entry(at).texts.get(lang).as_ref()?;
        self.description_or_bare(at, lang)
    }

    /// The same, without title, summary and address where the language has no text.
    pub(super) fn description_or_bare(&self, at: u32, lang: Lang) -> Option<Description<'_>> {
        let entry = Some(self.edition.entry(at)).filter(|entry| entry.withdrawn.is_none())?;
        let address = |lang: Lang| {
            entry.texts.get(lang).as_ref().filter(|_| self.edition.site().base_url.is_some())?;
            let path = self.plan.addresses().record(self.edition, at, lang).ok()?;
            self.edition.site().absolute(path.as_str())
        };
        let text = entry.texts.get(lang).as_ref();
        let other = entry.texts.get(lang.other()).as_ref().filter(|_| self.edition.site().has(lang.other()));
        let single = entry.date.and_then(single);
        Some(Description {
            press: self,
            entry,
            lang,
            id: [&*self.edition.collection_of(entry).id, "/", &entry.id].concat(),
            title: text.map_or_else(String::new, |text| markdown::line_text(&text.title)),
            alternative: other.map(|other| markdown::line_text(&other.title)),
            summary: text.and_then(summary),
            is_translated: text.is_some_and(|text| text.is_translated),
            address: address(lang),
            other_address: other.and_then(|_| address(lang.other())),
            code: entry.reference.as_ref().map(ToString::to_string),
            date: single.map(|date| date.to_string()),
            period: entry.date.filter(|_| single.is_none()).map(|period| period.to_string()),
            corrected: entry.corrected().map(|date| date.to_string()),
        })
    }

    /// The records that lists hold and machines are told of: all but those that were taken back.
    pub(super) fn told_records(&self) -> impl Iterator<Item = u32> + '_ {
        (0u32..).zip(self.edition.entries()).filter(|(_, entry)| entry.withdrawn.is_none()).map(|(at, _)| at)
    }
}

/// What a text says of itself in a sentence or two: its summary, else its beginning.
pub(super) fn summary(text: &EntryText) -> Option<String> {
    let lead = Some(&text.survey.lead).filter(|lead| !lead.is_empty());
    text.summary.as_ref().or(lead).map(|text| one_line(&markdown::line_text(text)))
}

/// A text without line ends and runs of blanks.
fn one_line(text: &str) -> String {
    if text.contains(['\n', '\t', '\r']) || text.contains("  ") { text.split_whitespace().collect::<Vec<_>>().join(" ") } else { text.to_owned() }
}

/// A period that is one date.
pub(super) fn single(period: Period) -> Option<PartialDate> {
    period.from.filter(|from| Some(*from) == period.to)
}

impl<'e> Description<'e> {
    /// A term by its name of the record's time.
    pub(super) fn named(&self, id: TermId) -> Named<'e> {
        self.press.named(id, time_of(self.entry), self.lang)
    }

    /// 立档单位
    pub(super) fn creator(&self) -> Option<&'e str> {
        preferred(&self.press.edition.site().archive.creator, self.lang)
    }

    /// The title of the site.
    pub(super) fn site_title(&self) -> &'e str {
        self.press.edition.site().title.get(self.lang)
    }

    /// Under which licence the text stands: its own, or that of the site.
    pub(super) fn licence(&self) -> Option<&'e Licence> {
        self.entry.licence.as_deref().or(self.press.edition.site().licence.as_ref())
    }

    /// The absolute address of the picture that stands for the record: its cover, else the first that the text shows.
    pub(super) fn image(&self) -> Option<String> {
        let text = self.entry.texts.get(self.lang).as_ref()?;
        let shown = text.survey.links.iter().filter(|link| link.picture);
        let mut paths =
            self.entry.cover().map(str::to_owned).into_iter().chain(shown.filter_map(|link| file_beside(&link.target, &self.entry.folder)));
        let picture = paths.find_map(|path| self.press.edition.picture(self.entry, &path))?;
        let (width, _) = picture.sizes().next_back()?;
        let address = self.press.plan.addresses().picture(picture, width).ok()?;
        self.press.edition.site().absolute(address.as_str())
    }

    /// The words that a portal and a library would search for it by: names of its time and of today.
    pub(super) fn keywords(&self) -> Vec<&'e str> {
        let mut words = Vec::new();
        for id in ["programmes", "places"].into_iter().flat_map(|field| self.entry.terms_of(field)) {
            let Named { name, today, .. } = self.named(*id);
            for word in std::iter::once(name).chain(today) {
                if !words.contains(&word) {
                    words.push(word);
                }
            }
        }
        words
    }

    /// Who published first what the record tells: the publisher of its first source, else the archive.
    pub(super) fn content_source(&self) -> Option<String> {
        let source = self.entry.sources.first().and_then(|source| super::record::source_at(self.press, source));
        source.and_then(|source| either(&source.publisher, self.lang)).or_else(|| self.creator().map(str::to_owned))
    }
}
