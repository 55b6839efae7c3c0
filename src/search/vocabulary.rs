//! What is offered while a reader types, and what a misspelt Latin word may have meant.

use super::fold::fold;
use super::reading::{initials, spell};
use super::varint;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A term of the site's vocabulary, its glossary, or a former name.
#[derive(Clone, Debug, Default)]
pub struct Suggestion {
    /// What it is: the facet's name in addresses, `glossary`, `former`.
    pub kind: String,
    /// Its names, Chinese and English; empty where it has none.
    pub zh: String,
    /// See `zh`.
    pub en: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// Its pages, paths from the site's root; empty where there is none.
    pub url_zh: String,
    /// See `url_zh`.
    pub url_en: String,
}

/// The table of suggestions as JSON.
pub(super) fn suggestions(all: &[Suggestion]) -> String {
    let rows = all.iter().map(|one| {
        let spelt = spell(&fold(&one.zh));
        json!([one.kind, one.zh, one.en, one.aliases, spelt, initials(&spelt), one.url_zh, one.url_en])
    });
    Value::Array(rows.collect()).to_string()
}

/// The fewest letters of a word that is compared with what was typed: shorter ones are all like each other.
const WORD_LETTERS: usize = 4;

/// Adds the Latin words of a text.
pub(super) fn words_into(words: &mut BTreeSet<String>, text: &str) {
    let folded = fold(text);
    let latin =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() >= WORD_LETTERS && word.bytes().all(|byte| byte.is_ascii_lowercase()));
    for word in latin {
        if !words.contains(word) {
            words.insert(word.to_owned());
        }
    }
}

/// Words front-coded: varint number of words, then of each the letters shared with the one before, how many follow, and these.
pub(super) fn words_bytes(words: &BTreeSet<String>) -> Vec<u8> {
    let mut out = Vec::new();
    varint::put(&mut out, words.len() as u32);
    let mut before: &str = "";
    for word in words {
        let shared = before.bytes().zip(word.bytes()).take_while(|(a, b)| a == b).count();
        varint::put(&mut out, shared as u32);
        varint::put(&mut out, (word.len() - shared) as u32);
        out.extend_from_slice(word.as_bytes().get(shared..).unwrap_or_default());
        before = word;
    }
    out
}
