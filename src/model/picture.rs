//! Pictures: what is made of one, and what a record says of it: the six elements of an archive photograph (照片六要素, DA/T 50-2014),
//! alternative text, caption, credit.

use super::TermId;
use crate::date::Period;
use crate::digest::Sha;
use crate::lang::{Lang, PerLang};
use crate::site::Access;
use std::sync::Arc;

/// A picture of the content folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The hash of its file, under which its derivatives are kept; none where nothing of it may be kept.
    pub source: Option<Sha>,
    /// The hash of what is seen of it.
    pub sha: Sha,
    /// The suffix of what is made of it.
    pub suffix: &'static str,
    /// Its width in pixels, the right way up.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
}

/// The widths of derivatives in pixels: a phone, half a page, a whole page on a fine screen.
const WIDTHS: [u32; 3] = [480, 960, 1600];

/// The widths that are made of a picture of a width, the smallest first: nothing is enlarged, its own (up to the largest) is always
/// among them, and a step is left out that saves less than a fifth of it.
pub fn widths(width: u32) -> impl DoubleEndedIterator<Item = u32> {
    let own = width.min(WIDTHS[2]);
    WIDTHS.into_iter().filter(move |step| *step * 5 <= own * 4).chain(std::iter::once(own))
}

/// The height that belongs to a width, rounded, at least one pixel.
#[must_use]
pub fn height_at(own: u32, (width, height): (u32, u32)) -> u32 {
    let (own, width, height) = (u64::from(own), u64::from(width.max(1)), u64::from(height));
    u32::try_from((height * own + width / 2) / width).unwrap_or(u32::MAX).max(1)
}

impl Picture {
    /// Width and height of each derivative, the smallest first.
    pub fn sizes(&self) -> impl DoubleEndedIterator<Item = (u32, u32)> {
        let whole = (self.width, self.height);
        widths(self.width).map(move |own| (own, height_at(own, whole)))
    }
}

/// A picture of a record's folder.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordPicture {
    /// Its path.
    pub file: Arc<str>,
    /// Who may see it, of those who see the record.
    pub access: Access,
    /// What the record says of it, if anything.
    pub words: Option<Box<PictureWords>>,
}

/// A word per language, where it is written.
type Words = PerLang<Option<Box<str>>>;

/// What a record says of a picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PictureWords {
    /// What it shows, for readers who cannot see it.
    pub alt: Words,
    /// What stands under it.
    pub caption: Words,
    /// 事由
    pub event: Words,
    /// 时间
    pub date: Option<Period>,
    /// 地点, as the archive's own place.
    pub place: Option<TermId>,
    /// 地点 in words, where it is none of the archive's places.
    pub spot: Words,
    /// 人物, in words.
    pub people: Words,
    /// 人物 by their ids in `vocabulary/people.yaml`.
    pub persons: Vec<Box<str>>,
    /// 背景
    pub background: Words,
    /// 摄影者
    pub photographer: Words,
    /// The line that the owner of the rights asks for, in place of the photographer's name.
    pub credit: Words,
    /// Who has the rights.
    pub rights: Words,
}

impl PictureWords {
    /// Every word, to be changed.
    pub fn each_mut(&mut self) -> [&mut Words; 9] {
        let PictureWords { alt, caption, event, spot, people, background, photographer, credit, rights, .. } = self;
        [alt, caption, event, spot, people, background, photographer, credit, rights]
    }

    /// Every word of a language.
    pub fn of(&self, lang: Lang) -> impl Iterator<Item = &str> {
        let PictureWords { alt, caption, event, spot, people, background, photographer, credit, rights, .. } = self;
        [alt, caption, event, spot, people, background, photographer, credit, rights].into_iter().filter_map(move |words| words.get(lang).as_deref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_enlarged() {
        let sizes = |width, height| {
            let picture = Picture { source: None, sha: Sha::default(), suffix: "jpg", width, height };
            picture.sizes().collect::<Vec<_>>()
        };
        assert_eq!(sizes(4000, 3000), [(480, 360), (960, 720), (1600, 1200)]);
        assert_eq!(sizes(1000, 1), [(480, 1), (1000, 1)]);
        assert_eq!(sizes(1200, 1), [(480, 1), (960, 1), (1200, 1)]);
        assert_eq!(sizes(599, 1), [(599, 1)]);
        assert_eq!(sizes(480, 640), [(480, 640)]);
        assert_eq!(sizes(20, 10), [(20, 10)]);
    }
}
