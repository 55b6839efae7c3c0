//! The words of the theme: flat `string/zh.yaml` and `string/en.yaml` with equal keys, and the filter that fills their places.
//!
//! A place is `{name}`; `{count,}` sets commas between thousands; `{count|record|records}` chooses by number.

use super::{Files, ThemeFault, builtin};
use crate::diagnostic::{Mark, wording};
use crate::lang::{Lang, PerLang};
use crate::yaml::{self, Node, Size};
use std::collections::BTreeMap;
use tera::{Kwargs, State, Value};

/// The words of one language.
pub(super) struct Words {
    /// Key and text.
    pub(super) texts: BTreeMap<String, String>,
    /// The same as a map that templates see as `t`, shared by all pages.
    pub(super) value: Value,
}

/// Reads the built-in words of a language and those of the site's own theme over them, key by key.
pub(super) fn load(lang: Lang, own: &Files, faults: &mut Vec<ThemeFault>) -> Words {
    let file = format!("string/{}.yaml", lang.code());
    let mut words = BTreeMap::new();
    let sources = [builtin::file(&file), own.get(&file).map(Vec::as_slice)];
    for bytes in sources.into_iter().flatten() {
        match std::str::from_utf8(bytes) {
            Ok(text) => read(&file, text, lang, &mut words, faults),
            Err(error) => faults.push(ThemeFault::not_utf8(&file, bytes, error)),
        }
    }
    Words { value: Value::from_serializable(&words), texts: words }
}

fn read(file: &str, text: &str, lang: Lang, words: &mut BTreeMap<String, String>, faults: &mut Vec<ThemeFault>) {
    let entries = match yaml::parse(text, Size::FrontMatter) {
        Ok(Node { value: yaml::Value::Map(entries), .. }) => entries,
        Ok(Node { value: yaml::Value::Null, .. }) => return,
        Ok(_) => return faults.push(ThemeFault::at(file, text, 0, "words are written as `key: text`")),
        Err(marks) => return faults.extend(marks.iter().map(|mark| of_mark(file, text, lang, mark))),
    };
    let mut seen = std::collections::BTreeSet::new();
    for (key, node) in entries {
        let place = key.span.start as usize;
        if !seen.insert(key.text.clone()) {
            faults.push(ThemeFault::at(file, text, place, &format!("`{}` stands here twice", key.text)));
        }
        match node.value {
            yaml::Value::Scalar(scalar) => drop(words.insert(key.text.into(), scalar.text.into())),
            _ => faults.push(ThemeFault::at(file, text, place, &format!("`{}` is no text", key.text))),
        }
    }
}

fn of_mark(file: &str, text: &str, lang: Lang, mark: &Mark) -> ThemeFault {
    let mut message = wording(mark.code, lang).reason.to_owned();
    for (at, detail) in mark.detail.iter().enumerate() {
        message = message.replace(&format!("{{{at}}}"), detail);
    }
    ThemeFault::at(file, text, mark.span.start as usize, &message)
}

/// A key that only one language has is a fault of the other one's file.
pub(super) fn compare(words: &PerLang<Words>, faults: &mut Vec<ThemeFault>) {
    for lang in Lang::ALL {
        let lacks = &words.get(lang.other()).texts;
        for key in words.get(lang).texts.keys().filter(|key| !lacks.contains_key(*key)) {
            let file = format!("string/{}.yaml", lang.other().code());
            faults.push(ThemeFault::whole_file(&file, &format!("`{key}` is missing")));
        }
    }
}

/// `{{ t.records | fill(count=12) }}`. A place without a value is an error.
pub(super) fn fill(text: &str, values: Kwargs, _: &State) -> Result<String, tera::Error> {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        let (before, place) = rest.split_at(start);
        out.push_str(before);
        let Some(end) = place.find('}') else { return Err(tera::Error::message(format!("a place is not closed in “{text}”"))) };
        put(&mut out, &place[1..end], &values)?;
        rest = &place[end + 1..];
    }
    out.push_str(rest);
    Ok(out)
}

fn put(out: &mut String, place: &str, values: &Kwargs) -> Result<(), tera::Error> {
    let mut parts = place.split('|');
    let name = parts.next().unwrap_or_default();
    if let (Some(one), Some(other)) = (parts.next(), parts.next()) {
        let count: i64 = values.must_get(name)?;
        out.push_str(if count == 1 { one } else { other });
    } else if let Some(name) = name.strip_suffix(',') {
        push_grouped(out, values.must_get(name)?);
    } else {
        out.push_str(&values.must_get::<String>(name)?);
    }
    Ok(())
}

/// A whole number with commas between thousands.
fn push_grouped(out: &mut String, number: u64) {
    let digits = number.to_string();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
}
