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
pub use render::{Rendered, render};
pub use survey::survey;

/// What a text may ask for while it is rendered.
pub trait World {
    /// The relative address of a target inside the archive; none if it leads nowhere.
    fn link(&self, target: &str) -> Option<String>;
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
#[derive(Clone, Debug)]
pub struct PictureLink {
    /// Its relative address.
    pub src: String,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
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
