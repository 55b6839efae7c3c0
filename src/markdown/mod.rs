//! Markdown as Chinese editors write it: text → HTML for pages, text → a digest for the archive. What is closed is found
//! and cut out first, on the source text, so that no parser ever sees it. Knows no files and no pages: links, pictures,
//! figures and terms are asked of a [`World`].

mod address;
mod blank;
mod builder;
mod closing;
mod directive;
mod emphasis;
mod grid;
mod html;
mod line;
mod linkify;
mod note;
mod office;
mod outline;
mod parser;
mod render;
mod slip;
mod survey;
mod words;

pub use closing::{Closing, Opened, Prose, View, find_closing, open_text};
pub use line::{line_html, line_text};
pub use render::{Rendered, figure_html, render};
pub use survey::{Surveyed, survey};

/// What a text may ask for while it is rendered.
pub trait World {
    /// The relative address of a target inside the archive; none if it leads nowhere.
    fn link(&self, target: &str) -> Option<String>;
    /// Whether an address outside may be a link.
    fn may_lead_out(&self, _url: &str) -> bool {
        true
    }
    /// A picture of the archive.
    fn picture(&self, target: &str) -> Option<PictureLink>;
    /// A sourced figure.
    fn fact(&self, id: &str) -> Option<FactText>;
    /// A term of a vocabulary.
    fn term(&self, id: &str) -> Option<TermText>;
    /// A person, as the archive may name them.
    fn person(&self, id: &str) -> Option<String>;
}

/// A picture as a page shows it.
#[derive(Clone, Debug, Default)]
pub struct PictureLink {
    /// Its relative address, for what reads no other.
    pub src: String,
    /// The relative address of each width in pixels, the smallest first.
    pub sources: Vec<(String, u32)>,
    /// The width of the largest in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// Whether it stands where it is seen at once.
    pub eager: bool,
    /// What the record says of it.
    pub said: PictureSaid,
}

impl PictureLink {
    /// All widths, as the attribute `srcset` has them.
    #[must_use]
    pub fn srcset(&self) -> String {
        let widths: Vec<String> = self.sources.iter().map(|(source, width)| format!("{source} {width}w")).collect();
        widths.join(", ")
    }
}

/// What a record says of a picture, with the marks of withheld runs.
#[derive(Clone, Debug, Default)]
pub struct PictureSaid {
    /// What it shows, where the text does not say so.
    pub alt: Option<String>,
    /// What stands under it, where the text does not say so.
    pub caption: Option<String>,
    /// When it was taken.
    pub date: Option<String>,
    /// Whose it is.
    pub credit: Option<String>,
    /// The heading of the elements.
    pub title: String,
    /// The six elements of an archive photograph as label and value; none where one is missing.
    pub elements: Vec<(String, String)>,
}

/// A figure as prose prints it.
#[derive(Clone, Debug)]
pub struct FactText {
    /// Number, unit and qualifier in the language.
    pub text: String,
    /// The bare number for machines.
    pub value: String,
    /// What it is, of when and by whom.
    pub note: String,
}

/// A term as prose prints it.
#[derive(Clone, Debug)]
pub struct TermText {
    /// Its name in the language.
    pub name: String,
    /// Where it is explained.
    pub href: Option<String>,
    /// What it means.
    pub note: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    struct Nothing;

    impl World for Nothing {
        fn link(&self, target: &str) -> Option<String> {
            Some(target.to_owned())
        }
        fn picture(&self, target: &str) -> Option<PictureLink> {
            Some(PictureLink { src: target.to_owned(), width: 1, height: 1, ..PictureLink::default() })
        }
        fn fact(&self, _: &str) -> Option<FactText> {
            None
        }
        fn term(&self, _: &str) -> Option<TermText> {
            None
        }
        fn person(&self, _: &str) -> Option<String> {
            None
        }
    }

    /// What editors type, put together by chance: nothing panics, no place leaves the text, and none of the characters that
    /// stand for something while a text is read comes out on the page.
    #[test]
    fn no_sign_of_the_parser_reaches_a_page() {
        const PIECES: &[&str] = &[
            "![",
            "[",
            "](",
            ")",
            "]",
            " ",
            "  ",
            "照片 一.png",
            "a b.zh.md",
            "https://a.cn/甲 乙",
            "(",
            "\"题 名\"",
            "<",
            ">",
            "<o:p>",
            "</o:p>",
            "<v:shape a=\"b",
            "&lt;o:p>",
            "&nbsp;",
            "\\",
            "`",
            "```\n",
            "\n",
            "\n\n",
            "**",
            "。",
            "~~",
            "字",
            "x",
            "一、",
            "1、",
            "1.甲",
            "-甲",
            "#甲",
            "## ",
            "{#甲}",
            "{#a}",
            "[^1]",
            "[^1]: ",
            "> ",
            "- ",
            "    ",
            "| a b |\n|--|\n",
            "<b>",
            "</b>",
            "{term:a}",
            "：",
        ];
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        for _ in 0..20_000 {
            let mut text = String::new();
            for _ in 0..12 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                text.push_str(PIECES[usize::try_from(state >> 33).unwrap_or(0) % PIECES.len()]);
            }
            let Surveyed { marks, .. } = survey(&text, Lang::Zh);
            for mark in marks {
                let place = mark.span.start as usize..mark.span.end as usize;
                assert!(text.get(place).is_some(), "{text:?}: {mark:?}");
                assert!(!mark.detail.iter().any(|detail| detail.contains(crate::text::is_mark)), "{text:?}: {mark:?}");
            }
            let html = render(&text, Lang::Zh, &Nothing).html;
            assert!(!html.contains(crate::text::is_mark), "{text:?}: {html:?}");
        }
    }
}
