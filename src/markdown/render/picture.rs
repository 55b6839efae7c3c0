//! Pictures, and what stands for those that cannot be shown.

use super::Renderer;
use crate::lang::Lang;
use crate::markdown::address::{Address, classify};
use crate::markdown::closing::{GALLERY, PAIR};
use crate::markdown::line::push_marked;
use crate::markdown::words::words;
use crate::markdown::{PictureLink, PictureSaid};
use crate::text::{BAR, escape, is_mark};
use std::fmt::Write as _;

/// How wide a picture stands on the page: as wide as the text, or one of two beside each other. The themes' own measures may
/// differ a little; it only decides which width is loaded.
const SIZES_WHOLE: &str = "(min-width: 48rem) 42rem, 100vw";
const SIZES_HALF: &str = "(min-width: 40rem) 21rem, 100vw";
const SIZES_GRID: &str = "(min-width: 40rem) 21rem, 50vw";

/// A picture that may turn out to stand alone in its paragraph.
pub(super) struct Lone {
    pub(super) caption: String,
    pub(super) said: PictureSaid,
}

impl Renderer<'_> {
    pub(super) fn picture(&mut self) {
        let Some(image) = self.image.take().filter(|_| self.swallowing.is_none()) else { return };
        self.put_picture(&image.target, &image.alt, &image.caption);
    }

    /// A picture, or what stands for it: a link to a remote one, the words of a missing one.
    pub(super) fn put_picture(&mut self, target: &str, alt: &str, caption: &str) {
        let found = match classify(target) {
            Address::Inside(target) => self.world.picture(target),
            _ => None,
        };
        let said = found.as_ref().and_then(|found| found.said.alt.clone());
        let spoken = spoken(if alt.trim().is_empty() { said.as_deref().unwrap_or_default() } else { alt }, self.lang);
        if self.heading.is_some() {
            self.heading_text.push_str(&spoken);
        }
        if let Some((kind, found)) = self.gallery().zip(found.as_ref()) {
            return self.put_in_gallery(kind, found, &spoken, caption);
        }
        self.flush_break('a');
        let alone = self.builder.line_start().is_some_and(|(_, content)| content == self.builder.position());
        self.builder.text_place();
        self.lone_picture = None;
        match (found, classify(target)) {
            (Some(found), _) => {
                push_image(self.builder.out(), &found, &spoken, SIZES_WHOLE);
                self.lone_picture = alone.then(|| Lone { caption: caption_of(caption, &found.said).to_owned(), said: found.said });
            }
            (None, Address::Out(href)) if !self.builder.is_in_link() => {
                let mut text = String::new();
                push_marked(&mut text, if alt.trim().is_empty() { self.words.picture } else { alt.trim() }, self.lang);
                let _ = write!(self.builder.out(), "<a class=\"remote-picture\" href=\"{}\" rel=\"noopener\">{text}</a>", escape(&href.to_string()));
            }
            _ => push_marked(self.builder.out(), alt.trim(), self.lang),
        }
        self.at_line_start = false;
        self.last = Some('a');
    }

    /// The block of pictures that the line at hand stands in.
    fn gallery(&self) -> Option<&'static str> {
        let (name, level) = self.blocks.last()?;
        let kind = [GALLERY, PAIR].into_iter().find(|kind| *kind == name)?;
        (self.heading.is_none() && self.builder.is_in_block(*level)).then_some(kind)
    }

    /// In a block of pictures each is a figure, whether it has a paragraph of its own or not.
    fn put_in_gallery(&mut self, kind: &str, picture: &PictureLink, spoken: &str, caption: &str) {
        self.begin_line();
        self.builder.end_line();
        self.lone_picture = None;
        let label = match (kind == PAIR).then_some(self.in_pair) {
            Some(0) => Some(self.words.before),
            Some(1) => Some(self.words.after),
            _ => None,
        };
        self.in_pair += 1;
        let out = self.builder.out();
        out.push_str("<figure>");
        push_image(out, picture, spoken, if kind == PAIR { SIZES_HALF } else { SIZES_GRID });
        push_caption(out, label, caption_of(caption, &picture.said), &picture.said, self.lang);
        out.push_str("</figure>\n");
    }

    /// What stands around the pictures of a block.
    pub(super) fn gallery_tags(&self, name: &str, title: &str) -> (&'static str, String, String) {
        let (class, label) = if name == PAIR { ("pair", self.words.pair) } else { ("gallery", self.words.gallery) };
        let label = if title.is_empty() { label.to_owned() } else { escape(&spoken(title, self.lang)) };
        let mut opening = format!("<div class=\"{class}\" role=\"group\" aria-label=\"{label}\">\n");
        if !title.is_empty() {
            let _ = write!(opening, "<p class=\"{class}__title\">");
            push_marked(&mut opening, title, self.lang);
            opening.push_str("</p>\n");
        }
        ("div", opening, "</div>\n".to_owned())
    }
}

/// A picture as a figure of its own, outside of any text.
#[must_use]
pub fn figure_html(picture: &PictureLink, lang: Lang) -> String {
    let mut out = String::from("<figure>");
    push_image(&mut out, picture, &spoken(picture.said.alt.as_deref().unwrap_or_default(), lang), SIZES_WHOLE);
    push_caption(&mut out, None, caption_of("", &picture.said), &picture.said, lang);
    out.push_str("</figure>");
    out
}

/// What the text says under the picture, else what the record says of it.
fn caption_of<'a>(written: &'a str, said: &'a PictureSaid) -> &'a str {
    let own = Some(written.trim()).filter(|own| !own.is_empty());
    own.or(said.caption.as_deref().map(str::trim)).unwrap_or_default()
}

fn push_image(out: &mut String, picture: &PictureLink, spoken: &str, sizes: &str) {
    let _ = write!(out, "<img src=\"{}\"", escape(&picture.src));
    if picture.sources.len() > 1 {
        let _ = write!(out, " srcset=\"{}\" sizes=\"{sizes}\"", escape(&picture.srcset()));
    }
    let _ = write!(out, " alt=\"{}\" width=\"{}\" height=\"{}\"", escape(spoken), picture.width, picture.height);
    out.push_str(if picture.eager { " decoding=\"async\">" } else { " loading=\"lazy\" decoding=\"async\">" });
}

/// What stands under a picture: when it is one of two, its words, whose it is, and the six elements where all are known.
pub(super) fn push_caption(out: &mut String, label: Option<&str>, caption: &str, said: &PictureSaid, lang: Lang) {
    let start = out.len();
    if let Some(label) = label {
        let _ = write!(out, "<b class=\"pair__label\">{label}</b>");
        if let Some(date) = &said.date {
            let _ = write!(out, " <span class=\"pair__date\">{}</span>", escape(date));
        }
        out.push_str(if caption.is_empty() { "" } else { " " });
    }
    push_marked(out, caption, lang);
    if let Some(credit) = &said.credit {
        out.push_str(if out.len() > start { " " } else { "" });
        out.push_str("<span class=\"credit\">");
        push_marked(out, credit, lang);
        out.push_str("</span>");
    }
    if !said.elements.is_empty() {
        let _ = write!(out, "\n<div class=\"elements\"><p class=\"elements__title\">{}</p>\n<dl>", escape(&said.title));
        for (label, value) in &said.elements {
            let _ = write!(out, "<div><dt>{}</dt><dd>", escape(label));
            push_marked(out, value, lang);
            out.push_str("</dd></div>\n");
        }
        out.push_str("</dl></div>");
    }
    if out.len() > start {
        out.insert_str(start, "<figcaption>");
        out.push_str("</figcaption>");
    }
}

/// A text as attributes carry it: a withheld run in words.
fn spoken(text: &str, lang: Lang) -> String {
    let bar = format!("[{}]", words(lang).withheld);
    text.trim().replace(BAR, &bar).chars().filter(|c| !is_mark(*c) && !c.is_control()).collect()
}
