//! What is kept of a Markdown body after its one walk: at most about a kilobyte. The body itself is read again when its page is made.

use crate::detect::Kind;
use crate::diagnostic::Span;

/// The digest of one body, in the view that it was surveyed in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    /// The headings, in order.
    pub outline: Vec<Heading>,
    /// Every link and picture that names something inside the archive, in order.
    pub links: Vec<LinkUse>,
    /// Every inline directive, in order.
    pub directives: Vec<DirectiveUse>,
    /// The beginning of the first paragraphs as plain text, cut at about 200 columns: what stands in lists where a summary is missing.
    pub lead: Box<str>,
    /// A hash of each top-level paragraph's text, for the comparison of translations.
    pub paragraphs: Vec<u64>,
    /// What identifies a person, in front matter and body.
    pub private: Vec<PrivateUse>,
}

/// A place that identifies a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrivateUse {
    /// What stands there.
    pub kind: Kind,
    /// Where, in the file.
    pub span: Span,
    /// As much of it as may be shown.
    pub masked: Box<str>,
    /// What a review of it is kept under.
    pub stamp: u64,
}

/// A heading of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 2 to 6; the page's title is 1.
    pub level: u8,
    /// The anchor: given by `{#id}`, else by position (`s1`, `s1-2`), so that both languages share it.
    pub id: Box<str>,
    /// The heading as plain text.
    pub text: Box<str>,
}

/// A link or picture to something inside the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkUse {
    /// The target as written, without its title.
    pub target: Box<str>,
    /// Where it stands in the body.
    pub span: Span,
    /// Whether it is a picture.
    pub picture: bool,
    /// Whether it is a picture without alternative text of its own.
    pub unspoken: bool,
}

/// What an inline directive asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DirectiveKind {
    /// `{fact:id}`: a sourced figure.
    Fact,
    /// `{term:id}`: a vocabulary term.
    Term,
    /// `{person:id}`: a person as the archive may name them.
    Person,
}

/// One use of an inline directive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectiveUse {
    /// What is asked for.
    pub kind: DirectiveKind,
    /// The id.
    pub id: Box<str>,
    /// Where it stands in the body.
    pub span: Span,
}

/// The heading that an anchor means: by its id, else by the slug of its text as code hosts make it.
#[must_use]
pub fn find_anchor<'o>(outline: &'o [Heading], anchor: &str) -> Option<&'o Heading> {
    let by_id = outline.iter().find(|heading| &*heading.id == anchor);
    by_id.or_else(|| {
        let wanted = slug(anchor);
        outline.iter().find(|heading| slug(&heading.text) == wanted)
    })
}

/// Lower-case, letters, digits, `-` and `_` only, spaces to `-`.
#[must_use]
pub fn slug(text: &str) -> String {
    let kept = text.trim().chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}
