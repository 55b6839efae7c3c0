//! Titles in the order of their letters: Chinese by the pinyin of their characters, English by its letters without the article.

use super::super::list::Lists;
use crate::disclose::Edition;
use crate::lang::Lang;
use crate::markdown;
use crate::search::reading::sort_key;
use rayon::prelude::*;

/// A to Z, and what begins with none of them.
const LETTERS: u8 = 27;
/// So much of a title decides its place.
const CHARACTERS: usize = 12;

/// The records of an edition by the letter of their titles in one language.
#[derive(Debug, Default)]
pub struct Titles {
    records: Vec<u32>,
    /// Where each letter begins, and where the last ends.
    starts: Vec<usize>,
}

impl Titles {
    pub(super) fn of(edition: &Edition, lists: &Lists, lang: Lang) -> Titles {
        let keyed = lists.newest().par_iter().filter_map(|at| {
            let (of, text) = edition.entry(*at).texts.prefer(lang)?;
            let (letter, key) = key(&markdown::line_text(&text.title), of);
            Some((letter, key, *at))
        });
        let mut keyed: Vec<(u8, Box<str>, u32)> = keyed.collect();
        keyed.par_sort_unstable();
        let starts = (0..=LETTERS).map(|letter| keyed.partition_point(|(of, ..)| *of < letter)).collect();
        Titles { records: keyed.into_iter().map(|(.., at)| at).collect(), starts }
    }

    /// The records of a letter, in their order.
    #[must_use]
    pub fn letter(&self, letter: u8) -> &[u32] {
        let at = usize::from(letter);
        let bounds = self.starts.get(at).zip(self.starts.get(at + 1));
        bounds.and_then(|(start, end)| self.records.get(*start..*end)).unwrap_or_default()
    }

    /// The letters that have records.
    pub fn letters(&self) -> impl Iterator<Item = (u8, &[u32])> {
        (0..LETTERS).map(|letter| (letter, self.letter(letter))).filter(|(_, records)| !records.is_empty())
    }
}

/// The capital of a letter; none for what begins with none.
#[must_use]
pub fn letter_name(letter: u8) -> Option<char> {
    (letter < LETTERS - 1).then(|| char::from(b'A' + letter))
}

/// The name of a letter's file.
pub(super) fn file_name(letter: u8) -> String {
    letter_name(letter).map_or_else(|| "other".to_owned(), |name| name.to_ascii_lowercase().to_string())
}

/// Letter and order of a title.
fn key(title: &str, lang: Lang) -> (u8, Box<str>) {
    let lower: String = title.chars().skip_while(|c| !c.is_alphanumeric()).take(CHARACTERS * 4).flat_map(char::to_lowercase).collect();
    let begun = match lang {
        Lang::Zh => lower.as_str(),
        Lang::En => ["the ", "a ", "an "].iter().find_map(|article| lower.strip_prefix(article)).unwrap_or(&lower),
    };
    let cut: String = begun.chars().take(if lang == Lang::Zh { CHARACTERS } else { CHARACTERS * 3 }).collect();
    let key = if cut.chars().any(crate::text::is_han) { sort_key(&cut) } else { cut };
    let letter = key.bytes().next().filter(u8::is_ascii_lowercase).map_or(LETTERS - 1, |first| first - b'a');
    (letter, key.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_filed_by_their_sound_or_their_letters() {
        let file = |title: &str, lang: Lang| file_name(key(title, lang).0);
        assert_eq!(file("光山油茶", Lang::Zh), "g");
        assert_eq!(file("“村晚”里的东岳", Lang::Zh), "c");
        assert_eq!(file("浉河区", Lang::Zh), "s");
        assert_eq!(file("2020年的三件事", Lang::Zh), "other");
        assert_eq!(file("The one-yuan bus", Lang::En), "o");
        assert_eq!(file("A gala", Lang::En), "g");
        assert_eq!(file("Éclat", Lang::En), "other");
        assert_eq!(file("", Lang::Zh), "other");
        assert!(key("西安", Lang::Zh) < key("县", Lang::Zh));
    }
}
