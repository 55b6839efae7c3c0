//! Which pictures of a record a profile may see, and what it may read of them.

use super::{EntryText, Profile, is_shown};
use crate::lang::{Lang, PerLang};
use crate::model::{PictureWords, RecordPicture, RecordText, file_beside};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The pictures that an entry may show, with what is said of each.
pub(super) type Shown = BTreeMap<Arc<str>, Option<Box<PictureWords>>>;

/// Every picture that any text of a record shows to anybody, as paths.
pub(super) fn linked(texts: &PerLang<Option<RecordText>>, folder: &str) -> BTreeSet<String> {
    let surveys = texts.zh.iter().chain(&texts.en).map(|text| text.full.as_deref().unwrap_or(&text.open));
    let pictures = surveys.flat_map(|survey| &survey.links).filter(|link| link.picture);
    pictures.filter_map(|link| file_beside(&link.target, folder)).collect()
}

/// The pictures that the open texts of an entry show, those of the site among them, and its cover. `linked` is what all its
/// texts show: a picture that stands in closed parts only is closed with them, though it be the cover.
pub(super) fn open(
    pictures: Vec<RecordPicture>,
    cover: Option<Arc<str>>,
    texts: &PerLang<Option<EntryText>>,
    linked: &BTreeSet<String>,
    (folder, profile): (&str, Profile),
) -> (Shown, Option<Arc<str>>) {
    let surveys = Lang::ALL.into_iter().filter_map(|lang| texts.get(lang).as_ref()).map(|text| &text.survey);
    let links = surveys.flat_map(|survey| &survey.links).filter(|link| link.picture);
    let used: BTreeSet<String> = links.filter_map(|link| file_beside(&link.target, folder)).collect();
    let cover = cover.filter(|cover| used.contains(&**cover) || !linked.contains(&**cover));
    let is_used = |file: &str| used.contains(file) || cover.as_deref() == Some(file);
    let mut shown = Shown::new();
    for picture in pictures.into_iter().filter(|picture| is_shown(picture.access, profile) && is_used(&picture.file)) {
        shown.insert(picture.file, picture.words.map(|words| of_open_texts(words, texts)));
    }
    // The site's own pictures belong to no record and are open to all.
    for path in used.iter().filter(|path| path.starts_with("content/assets/")) {
        shown.insert(Arc::from(path.as_str()), None);
    }
    let cover = cover.filter(|cover| shown.contains_key(cover));
    (shown, cover)
}

/// What a text says of a picture is closed with it.
fn of_open_texts(mut words: Box<PictureWords>, texts: &PerLang<Option<EntryText>>) -> Box<PictureWords> {
    for lang in Lang::ALL.into_iter().filter(|lang| texts.get(*lang).is_none()) {
        words.each_mut().into_iter().for_each(|word| *word.get_mut(lang) = None);
    }
    words
}
