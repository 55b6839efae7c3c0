//! Pictures: the bytes of each width, and how a page speaks of them: sources, caption, credit and the six elements.

use super::view::{Thumbnail, WidePicture};
use super::{PageFault, Press};
use crate::digest::Sha;
use crate::disclose::Entry;
use crate::lang::{Lang, PerLang};
use crate::markdown::{self, PictureLink, PictureSaid};
use crate::model::{Picture, PictureWords};
use crate::path::OutPath;
use crate::picture;

/// How many elements make an archive photograph complete (照片六要素).
const ELEMENTS: usize = 6;

/// The bytes of a picture of a width: those that were made before, else made anew.
pub(super) fn file(press: &Press, path: &str, width: u32) -> Result<Vec<u8>, PageFault> {
    const PICTURE_MAX: u64 = 100 << 20;
    let gone = |reason: String| PageFault::Source(format!("{path}: {reason}"));
    let source = press.edition.cleared_picture(path).and_then(|picture| picture.source);
    if let Some(kept) = source.and_then(|source| picture::derivative(press.cache, &source, width)) {
        return Ok(kept);
    }
    let bytes = press.source.read(path, PICTURE_MAX).map_err(|fault| gone(fault.to_string()))?;
    let made = picture::make(&bytes, width).map_err(|fault| gone(fault.to_string()))?;
    // What changed since it was looked at is another picture.
    if let Some(source) = source.filter(|source| *source == Sha::of(&bytes)) {
        picture::keep_derivative(press.cache, &source, width, &made);
    }
    Ok(made)
}

/// A picture as a page shows it; `text` is the language of what is said of it.
pub(super) fn link(press: &Press, from: &OutPath, entry: &Entry, path: &str, text: Lang) -> Option<PictureLink> {
    let own = press.edition.picture(entry, path)?;
    let mut sources = Vec::new();
    for (width, _) in own.sizes() {
        sources.push((href(press, from, own, width)?, width));
    }
    let (width, height) = own.sizes().next_back()?;
    // What knows no `srcset` gets the middle one.
    let (src, _) = sources.get(1).or_else(|| sources.first())?.clone();
    let said = entry.words_of(path).map(|words| said(press, words, text));
    Some(PictureLink { src, sources, width, height, eager: false, said: said.unwrap_or_default() })
}

/// The small picture of an entry for lists.
pub(super) fn thumbnail(press: &Press, from: &OutPath, entry: &Entry) -> Option<Thumbnail> {
    let own = press.edition.picture(entry, entry.cover()?)?;
    let (width, height) = own.sizes().next()?;
    Some(Thumbnail { src: href(press, from, own, width)?, width, height })
}

/// The picture of an entry that leads a page.
pub(super) fn wide(press: &Press, from: &OutPath, entry: &Entry) -> Option<WidePicture> {
    let link = link(press, from, entry, entry.cover()?, Lang::Zh)?;
    Some(WidePicture { srcset: link.srcset(), src: link.src, width: link.width, height: link.height })
}

/// The cover of an entry as a figure above its text, unless the text itself shows the picture.
pub(super) fn cover(press: &Press, from: &OutPath, entry: &Entry, text: Lang) -> Option<String> {
    let path = entry.cover()?;
    let survey = &entry.texts.get(text).as_ref()?.survey;
    let is_it = |target: &str| crate::model::file_beside(target, &entry.folder).as_deref() == Some(path);
    if survey.links.iter().any(|link| link.picture && is_it(&link.target)) {
        return None;
    }
    let mut link = link(press, from, entry, path, text)?;
    link.eager = true;
    Some(markdown::figure_html(&link, text))
}

fn href(press: &Press, from: &OutPath, picture: &Picture, width: u32) -> Option<String> {
    press.plan.addresses().picture(picture, width).ok().map(|address| from.link_to(&address))
}

fn said(press: &Press, words: &PictureWords, text: Lang) -> PictureSaid {
    let elements = elements(press, words, text);
    PictureSaid {
        alt: words.alt.get(text).as_deref().map(str::to_owned),
        caption: words.caption.get(text).as_deref().map(str::to_owned),
        date: words.date.map(|date| date.spell(text)),
        credit: credit(press, words, text),
        title: press.word(text, "picture_elements").to_owned(),
        elements: if elements.len() == ELEMENTS { elements } else { Vec::new() },
    }
}

/// The line under a picture that says whose it is.
fn credit(press: &Press, words: &PictureWords, text: Lang) -> Option<String> {
    let name = |words: &PerLang<Option<Box<str>>>| words.prefer(text).map(|(_, name)| name.to_string());
    let taken = || name(&words.photographer).map(|name| press.word(text, "picture_credit").replace("{name}", &name));
    let parts: Vec<String> = [name(&words.credit).or_else(taken), name(&words.rights)].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(if text == Lang::Zh { "　" } else { " · " }))
}

/// The six elements that are said, in the order of the standard, as label and value.
fn elements(press: &Press, words: &PictureWords, text: Lang) -> Vec<(String, String)> {
    let own = |words: &PerLang<Option<Box<str>>>| words.get(text).as_deref().map(str::to_owned);
    let name = |words: &PerLang<Option<Box<str>>>| words.prefer(text).map(|(_, name)| name.to_string());
    let place = words.place.map(|place| press.edition.vocabularies().term(place).name.get(text).to_string());
    let all = [
        ("element_event", own(&words.event)),
        ("element_date", words.date.map(|date| date.spell(text))),
        ("element_place", place.or_else(|| own(&words.spot))),
        ("element_people", people(press, words, text)),
        ("element_background", own(&words.background)),
        ("element_photographer", name(&words.photographer)),
    ];
    all.into_iter().filter_map(|(key, value)| Some((press.word(text, key).to_owned(), value?))).collect()
}

/// Who is on it: in words, and by their ids as the edition may name them.
fn people(press: &Press, words: &PictureWords, text: Lang) -> Option<String> {
    let named = words.persons.iter().filter_map(|id| press.edition.person(id, text)).map(str::to_owned);
    let all: Vec<String> = named.chain(words.people.get(text).as_deref().map(str::to_owned)).collect();
    (!all.is_empty()).then(|| all.join(if text == Lang::Zh { "、" } else { ", " }))
}
