//! Controlled lists: places, programmes, units, glossary … Each term has names in both languages and validity in time.

use crate::date::{PartialDate, Period};
use crate::lang::{Lang, PerLang};
use std::collections::BTreeMap;

/// All vocabularies of a site, sorted by id.
#[derive(Clone, Debug, Default)]
pub struct Vocabularies {
    list: Vec<Vocabulary>,
}

/// A term by the positions of its vocabulary and itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermId {
    /// The vocabulary's place in [`Vocabularies`].
    pub vocabulary: u16,
    /// The term's place in the vocabulary.
    pub term: u32,
}

/// A controlled list.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    /// Its id, which is its file's name.
    pub id: Box<str>,
    /// Its terms in the order of the file.
    pub terms: Vec<Term>,
    by_id: BTreeMap<Box<str>, u32>,
}

/// A name in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The names.
    pub name: PerLang<Box<str>>,
    /// When it was the name; none where it is the present one.
    pub valid: Option<Period>,
}

/// What a term means, with where that comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Note {
    /// The meaning.
    pub text: PerLang<Option<Box<str>>>,
    /// What it means in this place, beside the general meaning.
    pub local: PerLang<Option<Box<str>>>,
    /// Ids of sources.
    pub sources: Vec<Box<str>>,
}

/// A term.
#[derive(Clone, Debug)]
pub struct Term {
    /// Its id.
    pub id: Box<str>,
    /// Its present name.
    pub name: PerLang<Box<str>>,
    /// An official code, such as that of a division.
    pub code: Option<Box<str>>,
    /// The term above it in the same vocabulary.
    pub parent: Option<u32>,
    /// What followed it.
    pub successor: Option<u32>,
    /// When it existed.
    pub valid: Option<Period>,
    /// What it was called before.
    pub former_names: Vec<Name>,
    /// Other names in use.
    pub aliases: PerLang<Vec<Box<str>>>,
    /// Its pinyin, syllables apart.
    pub pinyin: Option<Box<str>>,
    /// What lists sort it by, where pinyin would be wrong.
    pub sort_key: Option<Box<str>>,
    /// What it means.
    pub note: Note,
    /// Whether its English is the archive's own proposal.
    pub proposed: bool,
}

impl Vocabularies {
    /// Puts vocabularies in order.
    #[must_use]
    pub fn new(mut list: Vec<Vocabulary>) -> Vocabularies {
        list.sort_by(|a, b| a.id.cmp(&b.id));
        Vocabularies { list }
    }

    /// The vocabularies with their positions.
    pub fn iter(&self) -> impl Iterator<Item = (u16, &Vocabulary)> {
        self.list.iter().enumerate().map(|(at, vocabulary)| (u16::try_from(at).unwrap_or(u16::MAX), vocabulary))
    }

    /// Every term with the id of its vocabulary, to be changed.
    pub fn terms_mut(&mut self) -> impl Iterator<Item = (&str, &mut Term)> {
        self.list.iter_mut().flat_map(|Vocabulary { id, terms, .. }| terms.iter_mut().map(|term| (&**id, term)))
    }

    /// A vocabulary by its id.
    #[must_use]
    pub fn named(&self, id: &str) -> Option<(u16, &Vocabulary)> {
        self.iter().find(|(_, vocabulary)| &*vocabulary.id == id)
    }

    /// A vocabulary by its position.
    #[must_use]
    pub fn get(&self, at: u16) -> &Vocabulary {
        &self.list[usize::from(at)]
    }

    /// A term by its position.
    #[must_use]
    pub fn term(&self, id: TermId) -> &Term {
        &self.list[usize::from(id.vocabulary)].terms[id.term as usize]
    }

    /// A term by `vocabulary/id`, or by its bare id where only one vocabulary has it; the glossary is asked first.
    #[must_use]
    pub fn find(&self, cited: &str) -> Option<TermId> {
        if let Some((vocabulary, id)) = cited.split_once('/') {
            let (at, vocabulary) = self.named(vocabulary)?;
            return vocabulary.position(id).map(|term| TermId { vocabulary: at, term });
        }
        let in_glossary = self.named("glossary").and_then(|(at, glossary)| glossary.position(cited).map(|term| TermId { vocabulary: at, term }));
        in_glossary.or_else(|| self.iter().find_map(|(at, vocabulary)| vocabulary.position(cited).map(|term| TermId { vocabulary: at, term })))
    }
}

impl Vocabulary {
    /// Makes a vocabulary of terms whose ids are unique.
    #[must_use]
    pub fn new(id: Box<str>, terms: Vec<Term>) -> Vocabulary {
        let by_id = terms.iter().zip(0u32..).map(|(term, at)| (term.id.clone(), at)).collect();
        Vocabulary { id, terms, by_id }
    }

    /// Where a term stands.
    #[must_use]
    pub fn position(&self, id: &str) -> Option<u32> {
        self.by_id.get(id).copied()
    }

    /// The ids, for suggestions.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.by_id.keys().map(|id| &**id)
    }

    /// A term and all those above it, nearest first.
    pub fn lineage(&self, term: u32) -> impl Iterator<Item = u32> + '_ {
        std::iter::successors(Some(term), |at| self.terms[*at as usize].parent)
    }

    /// What a term has become by today: the last of those that followed it, itself where nothing did.
    #[must_use]
    pub fn today(&self, term: u32) -> u32 {
        std::iter::successors(Some(term), |at| self.terms[*at as usize].successor).last().unwrap_or(term)
    }

    /// What a term was at a time before it existed: the one that it followed, or the one before that. Itself where it existed, or
    /// where nothing is known.
    #[must_use]
    pub fn at_the_time(&self, term: u32, when: PartialDate) -> u32 {
        let existed = |at: u32| self.terms[at as usize].valid.is_none_or(|valid| valid.from.is_none_or(|from| from.first_day() <= when.last_day()));
        let before = |at: &u32| {
            let of = (0u32..).zip(&self.terms).filter(|(_, other)| other.successor == Some(*at)).map(|(other, _)| other);
            if existed(*at) { None } else { of.min_by_key(|other| !existed(*other)) }
        };
        std::iter::successors(Some(term), before).last().filter(|at| existed(*at)).unwrap_or(term)
    }

    /// The terms directly under one, or those without a parent.
    pub fn children(&self, parent: Option<u32>) -> impl Iterator<Item = u32> + '_ {
        (0u32..).zip(&self.terms).filter(move |(_, term)| term.parent == parent).map(|(at, _)| at)
    }
}

impl Term {
    /// The name that the term had at a time, if that is not its present one.
    #[must_use]
    pub fn name_at(&self, when: PartialDate, lang: Lang) -> Option<&str> {
        let then = self.former_names.iter().find(|name| name.valid.is_some_and(|valid| valid.touches(when)));
        then.map(|name| &**name.name.get(lang))
    }
}
