//! Real names of persons who have not agreed to be named, looked for wherever prose writes them out.

use super::needle::{Closed, Needles};
use crate::diagnostic::{Code, Mark, Span};
use crate::model::{PEOPLE_FILE, Person, Review, masked_name, name_stamp};
use aho_corasick::AhoCorasick;
use std::sync::Arc;

/// Closed names with the ids of those who bear them.
#[derive(Debug, Default)]
pub(super) struct Names {
    search: Option<AhoCorasick>,
    /// Name and id by the number of the pattern.
    list: Vec<(Box<str>, Box<str>)>,
}

impl Names {
    /// The names of those who may not be named; what is long enough becomes a needle as well.
    pub(super) fn closed(people: &[Person], reviews: &[Review], needles: &mut Needles) -> Names {
        let file: Arc<str> = Arc::from(PEOPLE_FILE);
        let named = people.iter().flat_map(|person| person.closed_names().map(|name| (Box::from(name), person.id.clone())));
        let list: Vec<(Box<str>, Box<str>)> = named.collect();
        if list.is_empty() {
            return Names::default();
        }
        // A name that a person has judged to be somebody else's somewhere is looked for in sources only.
        let judged = |name: &str| reviews.iter().any(|review| review.stamp == name_stamp(name));
        needles.add(&file, Closed::Value, list.iter().map(|(name, _)| &**name).filter(|name| !judged(name)));
        let search = AhoCorasick::new(list.iter().map(|(name, _)| name.as_bytes())).ok();
        Names { search, list }
    }

    /// Whether there is no name to look for.
    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The places of a text where a closed name stands.
    pub(super) fn find(&self, text: &str) -> Vec<Mark> {
        let Some(search) = &self.search else { return Vec::new() };
        let hits = search.find_iter(text).filter(|hit| is_whole(text, hit.start(), hit.end()));
        hits.filter_map(|hit| {
            let (name, id) = self.list.get(hit.pattern().as_usize())?;
            let mark = Mark::new(Code::PrivatePersonName, Span::new(hit.start(), hit.end())).with(masked_name(name));
            Some(mark.with(format!("{:016x}", name_stamp(name))).with(&**id))
        })
        .collect()
    }
}

/// A Latin name is no part of a longer word.
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let (before, after) = (text[..start].chars().next_back(), text[end..].chars().next());
    let (first, last) = (text[start..].chars().next(), text[..end].chars().next_back());
    !(is_latin(before) && is_latin(first) || is_latin(after) && is_latin(last))
}
