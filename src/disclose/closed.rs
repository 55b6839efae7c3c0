//! The closed values of an archive, gathered for the needles: from records that a profile may not see, and from the closed
//! parts of those that it may. Bodies are read once more for this, and only those in which something is closed.

use super::captions::words;
use super::needle::{Closed, Needles};
use super::{Profile, Sight};
use crate::captions;
use crate::date::PartialDate;
use crate::lang::{Lang, PerLang};
use crate::markdown::{self, Prose, View};
use crate::model::{FieldContent, Record, RecordPicture, RecordText, SourceRef};
use crate::site::Access;
use crate::source::{Read, TEXT_MAX, read_text};
use rayon::prelude::*;
use std::sync::Arc;

/// What one file holds of closed values.
struct Found {
    file: Arc<str>,
    values: Vec<String>,
    sentences: Vec<String>,
}

/// Gathers the closed values of all records.
pub(super) fn gather(records: &[Record], profile: Profile, as_of: PartialDate, source: &dyn Read) -> Needles {
    let found: Vec<Found> = records.par_iter().flat_map_iter(|record| of_record(record, profile, as_of, source)).collect();
    let mut needles = Needles::default();
    for Found { file, values, sentences } in &found {
        needles.add(file, Closed::Value, values.iter().map(String::as_str));
        needles.add(file, Closed::Sentence, sentences.iter().map(String::as_str));
    }
    needles
}

fn of_record(record: &Record, profile: Profile, as_of: PartialDate, source: &dyn Read) -> Vec<Found> {
    let sight = Sight::of(record, profile, as_of);
    let texts = Lang::ALL.into_iter().filter_map(|lang| record.texts.get(lang).as_ref());
    let mut found: Vec<Found> = texts.filter_map(|text| of_text(text, sight, profile, source)).collect();
    let is_shut = |lang: Lang| sight != Sight::Whole || record.texts.get(lang).as_ref().is_none_or(|text| !super::may_see(text, profile));
    let labels = labels_of(record, profile, &is_shut);
    if let Some(first) = found.first_mut() {
        first.values.extend(labels);
    } else if let Some(text) = Lang::ALL.into_iter().find_map(|lang| record.texts.get(lang).as_ref()).filter(|_| !labels.is_empty()) {
        found.push(Found { file: Arc::clone(&text.file), values: labels, sentences: Vec::new() });
    }
    if sight != Sight::Whole
        && let Some(first) = found.first_mut()
    {
        first.values.extend(facts_of(record, sight));
    }
    found.extend(captions_of(record, profile, is_shut, source));
    found
}

fn of_text(text: &RecordText, sight: Sight, profile: Profile, source: &dyn Read) -> Option<Found> {
    let is_seen = sight == Sight::Whole && super::may_see(text, profile);
    let mut found = Found { file: Arc::clone(&text.file), values: Vec::new(), sentences: Vec::new() };
    let lines = [(Some(&text.title), sight == Sight::Stub || is_seen), (text.summary.as_ref(), is_seen)];
    for (line, is_open) in lines {
        let Some(line) = line else { continue };
        if is_open {
            found.values.extend(closed_parts(line, Prose::Line, profile));
        } else {
            found.values.push(bare(line, Prose::Line));
        }
    }
    if !is_seen || !text.plain {
        let (whole, _) = read_text(source, &text.file, TEXT_MAX);
        let body = whole.as_deref().and_then(|whole| whole.get(text.body..)).unwrap_or_default();
        if is_seen {
            found.values.extend(closed_parts(body, Prose::Body, profile).into_iter().flat_map(|part| sentences(&part)));
        } else {
            found.sentences.extend(sentences(&bare(body, Prose::Body)));
        }
    }
    let is_empty = found.values.is_empty() && found.sentences.is_empty();
    (!is_empty || sight != Sight::Whole).then_some(found)
}

/// A closed text without the marks in it, which would stand between the words.
pub(super) fn bare(text: &str, prose: Prose) -> String {
    markdown::open_text(text, &markdown::find_closing(text, prose), View::Internal).text.into_owned()
}

/// What is closed inside of an open text; an internal edition shows it.
fn closed_parts(text: &str, prose: Prose, profile: Profile) -> Vec<String> {
    if profile == Profile::Internal {
        return Vec::new();
    }
    markdown::find_closing(text, prose).closed(text).map(str::to_owned).collect()
}

/// What a closed record says in its facts; of one that is described only, what stands beside the description.
fn facts_of(record: &Record, sight: Sight) -> Vec<String> {
    let mut values = Vec::new();
    for source in &record.sources {
        if let SourceRef::Inline(source) = source {
            values.extend(Lang::ALL.into_iter().filter_map(|lang| source.title.get(lang).as_deref()).map(str::to_owned));
        }
    }
    for (_, content) in &record.fields {
        if let FieldContent::Text(words) = content {
            values.extend(Lang::ALL.into_iter().filter_map(|lang| words.get(lang).as_deref()).map(str::to_owned));
        }
    }
    let said = record.corrections.iter().map(|correction| &correction.text).chain(record.members.iter().map(|member| &member.note));
    values.extend(said.flat_map(|words| Lang::ALL.into_iter().filter_map(|lang| words.get(lang).as_deref())).map(|text| bare(text, Prose::Line)));
    if sight == Sight::None {
        values.extend(record.reference.as_ref().map(ToString::to_string));
    }
    values
}

/// What the files of a record are called, and what is said of its pictures, where a profile may not have them, or not see the text that says so.
fn labels_of(record: &Record, profile: Profile, is_shut: &impl Fn(Lang) -> bool) -> Vec<String> {
    let of_label = |(access, label): (Access, &PerLang<Option<Box<str>>>)| {
        let is_closed = !super::is_shown(access, profile);
        let label = |lang: Lang| label.get(lang).as_deref().filter(|_| is_closed || is_shut(lang)).map(|label| bare(label, Prose::Line));
        Lang::ALL.into_iter().filter_map(label).collect::<Vec<String>>()
    };
    let of_picture = |picture: &RecordPicture| {
        let is_closed = !super::is_shown(picture.access, profile);
        let shut = |lang: Lang| is_closed || is_shut(lang);
        let words = |lang: Lang| picture.words.iter().flat_map(move |words| words.of(lang));
        // A name that both languages share is open where one of them is.
        let open: Vec<&str> = Lang::ALL.into_iter().filter(|lang| !shut(*lang)).flat_map(words).collect();
        let closed = Lang::ALL.into_iter().filter(|lang| shut(*lang)).flat_map(words).filter(|word| !open.contains(word));
        closed.map(|word| bare(word, Prose::Line)).collect::<Vec<String>>()
    };
    let files = record.files.iter().map(|file| (file.access, &file.label));
    // A document of which one page is open keeps its name.
    let scans = record.scans.iter().map(|scans| (scans.pages.iter().map(|(_, access)| *access).min().unwrap_or_default(), &scans.label));
    files.chain(scans).flat_map(of_label).chain(record.pictures.iter().flat_map(of_picture)).collect()
}

/// What is said in films that a profile may not have, or in captions of a language whose text it may not see. Captions that an
/// open film has as well are open.
fn captions_of(record: &Record, profile: Profile, is_shut: impl Fn(Lang) -> bool, source: &dyn Read) -> Vec<Found> {
    let all = record.files.iter().flat_map(|film| Lang::ALL.map(|lang| (lang, film.captions.get(lang).clone())));
    let (open, closed): (Vec<_>, Vec<_>) = all.filter_map(|(lang, captions)| Some((lang, captions?))).partition(|(lang, (_, access))| {
        // A language without a text is open as far as the record is.
        let is_open = if record.texts.get(*lang).is_some() { !is_shut(*lang) } else { record.texts.present().any(|lang| !is_shut(lang)) };
        is_open && super::is_shown(*access, profile)
    });
    let closed = closed.into_iter().filter(|(_, (file, _))| !open.iter().any(|(_, (other, _))| other == file));
    let found = closed.map(|(_, (file, _))| {
        let (text, _) = read_text(source, &file, TEXT_MAX);
        let cues = text.map(|text| captions::parse(&text).0).unwrap_or_default();
        Found { file, values: Vec::new(), sentences: words(&cues).flat_map(|line| sentences(&line)).collect() }
    });
    found.collect()
}

/// The sentences of a text, as Markdown.
pub(super) fn sentences(text: &str) -> Vec<String> {
    text.split(['。', '！', '？', '；', '\n', '!', '?', ';', '|']).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}
