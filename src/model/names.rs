//! Real names of those who may not be named, looked for wherever words are printed or handed out: one search for prose,
//! for the words beside it and for files.

use super::{Person, masked_name, name_stamp};
use crate::diagnostic::Span;
use crate::text::is_han;
use aho_corasick::AhoCorasick;
use std::borrow::Cow;

/// The closed names of an archive with the ids of those who bear them.
#[derive(Debug, Default)]
pub struct ClosedNames {
    search: Option<AhoCorasick>,
    /// Name and id by the number of the pattern.
    list: Vec<(Box<str>, Box<str>)>,
}

/// A place where a closed name stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameUse<'n> {
    /// The bytes of the text, spaces inside of the name with them.
    pub span: Span,
    /// The name as it was entered. Never to be printed, see [`NameUse::masked`].
    name: &'n str,
    /// The id of the person.
    pub id: &'n str,
}

impl NameUse<'_> {
    /// As much of the name as may be shown.
    #[must_use]
    pub fn masked(&self) -> String {
        masked_name(self.name)
    }

    /// What a review of the name is kept under, in 16 hexadecimal digits.
    #[must_use]
    pub fn stamp(&self) -> String {
        format!("{:016x}", name_stamp(self.name))
    }
}

impl ClosedNames {
    /// The names of those who may not be named.
    #[must_use]
    pub fn of(people: &[Person]) -> ClosedNames {
        let named = people.iter().flat_map(|person| person.closed_names().map(|name| (Box::from(name), person.id.clone())));
        let list: Vec<(Box<str>, Box<str>)> = named.collect();
        // Standard matching alone can tell matches that overlap: 赵样 must not hide 赵样例.
        let mut builder = AhoCorasick::builder();
        let search = builder.ascii_case_insensitive(true).build(list.iter().map(|(name, _)| name.as_bytes())).ok();
        ClosedNames { search: search.filter(|_| !list.is_empty()), list }
    }

    /// Whether there is no name to look for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The names.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(|(name, _)| &**name)
    }

    /// The places of a text where a closed name stands, in its order: of names that lie one in another the longest only.
    /// Spaces and line ends between Han, by which tables set short names to one width, do not hide a name.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<NameUse<'_>> {
        let Some(search) = &self.search else { return Vec::new() };
        let joined = Joined::of(text);
        let mut hits: Vec<(usize, usize, usize)> = search
            .find_overlapping_iter(&*joined.text)
            .filter(|hit| is_whole(&joined.text, hit.start(), hit.end()))
            .map(|hit| (hit.start(), hit.end(), hit.pattern().as_usize()))
            .collect();
        hits.sort_by_key(|(start, end, pattern)| (*start, std::cmp::Reverse(*end), *pattern));
        let mut covered = 0;
        let mut found = Vec::new();
        for (start, end, pattern) in hits {
            if end <= covered {
                continue;
            }
            covered = end;
            let Some((name, id)) = self.list.get(pattern) else { continue };
            found.push(NameUse { span: Span::new(joined.original(start), joined.original_end(end)), name, id });
        }
        found
    }
}

/// A text without the spaces between Han, and the way back.
struct Joined<'t> {
    text: Cow<'t, str>,
    /// Where a stretch begins, and where it stood.
    stretches: Vec<(usize, usize)>,
}

impl<'t> Joined<'t> {
    fn of(text: &'t str) -> Joined<'t> {
        let mut joined = Joined { text: Cow::Borrowed(text), stretches: Vec::new() };
        let mut out = String::new();
        let (mut copied, mut before) = (0, None::<(usize, char)>);
        for (at, c) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            if let Some((end, last)) = before
                && end < at
                && is_han(last)
                && is_han(c)
            {
                out.push_str(&text[copied..end]);
                joined.stretches.push((out.len(), at));
                copied = at;
            }
            before = Some((at + c.len_utf8(), c));
        }
        if copied > 0 {
            out.push_str(&text[copied..]);
            joined.text = Cow::Owned(out);
        }
        joined
    }

    fn original(&self, at: usize) -> usize {
        let stretch = self.stretches.partition_point(|(start, _)| *start <= at).checked_sub(1);
        stretch.and_then(|stretch| self.stretches.get(stretch)).map_or(at, |(start, original)| original + (at - start))
    }

    /// The end of a name belongs to the stretch that it ends in, not to the one that begins there.
    fn original_end(&self, end: usize) -> usize {
        end.checked_sub(1).map_or(0, |last| self.original(last) + 1)
    }
}

/// A Latin name is no part of a longer word.
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let (before, after) = (text[..start].chars().next_back(), text[end..].chars().next());
    let (first, last) = (text[start..].chars().next(), text[..end].chars().next_back());
    !(is_latin(before) && is_latin(first) || is_latin(after) && is_latin(last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::PerLang;
    use crate::model::{Consent, Naming};

    /// Persons of whom only the names matter.
    fn names(list: &[(&str, &str)]) -> ClosedNames {
        let person = |(at, (zh, en)): (usize, &(&str, &str))| Person {
            id: format!("p{at}").into(),
            name: PerLang { zh: (*zh).into(), en: (*en).into() },
            aliases: Vec::new(),
            consent: Consent::default(),
            naming: Naming::Surname,
            pseudonym: PerLang::default(),
            role: PerLang::default(),
        };
        ClosedNames::of(&list.iter().enumerate().map(person).collect::<Vec<_>>())
    }

    fn found(names: &ClosedNames, text: &str) -> String {
        names.find(text).iter().map(|hit| format!("{}={} ", hit.id, &text[hit.span.start as usize..hit.span.end as usize])).collect()
    }

    #[test]
    fn a_shorter_name_hides_no_longer_one() {
        let names = names(&[("赵样", "Zhao Yang"), ("赵样例", "Zhao Yangli"), ("样例甲", "Yanglijia")]);
        assert_eq!(found(&names, "走进赵样例家"), "p1=赵样例 ");
        assert_eq!(found(&names, "赵样家与赵样例家"), "p0=赵样 p1=赵样例 ");
        // What overlaps and is no part of the other is told as well.
        assert_eq!(found(&names, "赵样例甲"), "p1=赵样例 p2=样例甲 ");
        assert_eq!(found(&names, "Zhao Yangli, Zhao Yang; Zhao Yanglian"), "p1=Zhao Yangli p0=Zhao Yang ");
    }

    #[test]
    fn neither_spaces_nor_capitals_hide_a_name() {
        let names = names(&[("赵样", "Zhao Yang"), ("钱样例", "Qian Yangli")]);
        assert_eq!(found(&names, "户主：赵　样，钱 样\n例。"), "p0=赵　样 p1=钱 样\n例 ");
        assert_eq!(found(&names, "ZHAO YANG and zhao yang"), "p0=ZHAO YANG p0=zhao yang ");
        assert_eq!(found(&names, "赵，样"), "");
    }
}
