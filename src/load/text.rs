//! One text: front matter and body of a Markdown file. The body is surveyed in the view of the public, and where something
//! in it is closed also in the internal one; then it is dropped.

use super::layout::TextFile;
use super::private;
use crate::detect::Allowed;
use crate::diagnostic::{Code, Level, Mark, Span};
use crate::digest::fold64;
use crate::markdown::{self, Closing, Prose, Surveyed, View};
use crate::model::Translation;
use crate::model::body::{PrivateUse, Survey};
use crate::site::Access;
use crate::source::{Read, TEXT_MAX, read_text};
use crate::text::{BAR, SHOWN_END, SHOWN_START};
use crate::yaml::{self, Fields, Key, Node, Placed, Size, Value};
use std::collections::BTreeSet;

/// A text as it was found, before it is joined with its other language.
pub(super) struct LoadedText {
    pub(super) place: TextFile,
    pub(super) title: Option<Box<str>>,
    pub(super) summary: Option<Box<str>>,
    pub(super) access: Access,
    pub(super) translation: Option<Translation>,
    /// The entries of the front matter that are facts of the record.
    pub(super) facts: Vec<LoadedFact>,
    /// Where the front matter stands, for findings about what it lacks.
    pub(super) front: Span,
    pub(super) body: usize,
    /// The stamp of the decoded file.
    pub(super) stamp: u64,
    /// The body has no closing mark and no block.
    pub(super) plain: bool,
    pub(super) open: Survey,
    pub(super) full: Option<Box<Survey>>,
    /// The front matter is so doubtful that the whole record stays closed.
    pub(super) front_held: bool,
    /// The body is so doubtful that this text stays closed.
    pub(super) held: bool,
    pub(super) marks: Vec<Mark>,
}

/// An entry of the front matter that is a fact of the record.
pub(super) struct LoadedFact {
    pub(super) key: Key,
    pub(super) node: Node,
    /// The line it stands in, for findings in the other file.
    pub(super) line: usize,
}

/// The keys of words, which each language has for itself.
pub(super) const WORDS: &[&str] = &["title", "summary", "text_access", "translation"];

/// Reads and surveys one file.
pub(super) fn load(source: &dyn Read, place: &TextFile, allowed: &Allowed) -> LoadedText {
    let (text, marks) = read_text(source, &place.file, TEXT_MAX);
    let mut loaded = LoadedText {
        place: place.clone(),
        title: None,
        summary: None,
        access: Access::Public,
        translation: None,
        facts: Vec::new(),
        front: Span::default(),
        body: 0,
        stamp: 0,
        plain: false,
        open: Survey::default(),
        full: None,
        front_held: false,
        held: false,
        marks,
    };
    let Some(text) = text else {
        loaded.front_held = true;
        return loaded;
    };
    loaded.stamp = fold64(text.as_bytes());
    match split_front(&text) {
        Ok((front, body)) => {
            loaded.front = front;
            loaded.body = body;
            read_front(&text[front.start as usize..front.end as usize], &mut loaded);
        }
        Err((code, body)) => {
            loaded.marks.push(Mark::new(code, Span::at(0)));
            loaded.front_held = true;
            loaded.body = body;
        }
    }
    let body = loaded.body;
    survey(&text[body..], allowed, &mut loaded);
    let front = private_of_front(&text, loaded.front, allowed);
    loaded.open.private.splice(0..0, front);
    loaded
}

/// What the front matter says of persons where nothing in it is withheld.
fn private_of_front(text: &str, front: Span, allowed: &Allowed) -> Vec<PrivateUse> {
    let yaml = text.get(front.start as usize..front.end as usize).unwrap_or_default();
    let closing = markdown::find_closing(yaml, Prose::Line);
    let opened = markdown::open_text(yaml, &closing, View::Public);
    private::uses(&opened.text, allowed, &[], |span| opened.original(span).shifted(front.start as usize))
}

/// Where the YAML between the `---` lines stands and where the body begins.
fn split_front(text: &str) -> Result<(Span, usize), (Code, usize)> {
    let first_end = text.find('\n').map_or(text.len(), |at| at + 1);
    if text[..first_end].trim_end() != "---" {
        return Err((Code::FrontMatterMissing, 0));
    }
    let mut at = first_end;
    for line in text[first_end..].split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Ok((Span::new(first_end, at), at + line.len()));
        }
        at += line.len();
    }
    Err((Code::FrontMatterUnclosed, text.len()))
}

fn read_front(yaml: &str, loaded: &mut LoadedText) {
    let start = loaded.front.start as usize;
    let node = match yaml::parse(yaml, Size::FrontMatter) {
        Ok(node) => node,
        Err(marks) => {
            loaded.front_held = true;
            loaded.marks.extend(marks.into_iter().map(|mark| in_file(mark, start)));
            return;
        }
    };
    let mut marks = Vec::new();
    if let Some(mut fields) = Fields::of(&node, "---", &mut marks) {
        loaded.title = read_line(&mut fields, "title", &mut loaded.held);
        loaded.summary = read_line(&mut fields, "summary", &mut loaded.held);
        fields.refuse_empty("text_access");
        let asked = fields.node("text_access").is_some();
        match fields.choice("text_access", Access::CHOICES) {
            Some(access) => loaded.access = access.value,
            // A closing key with a bad value closes.
            None => loaded.front_held |= asked,
        }
        if let Some(node) = fields.node("translation") {
            loaded.translation = Some(read_translation(node, fields.marks()));
        }
    } else {
        loaded.front_held = true;
    }
    loaded.front_held |= marks.iter().any(|mark| mark.code.level() == Level::Error && mark.code != Code::WithheldNearMiss);
    loaded.marks.extend(marks.into_iter().map(|mark| mark.shifted(start)));
    if let Value::Map(entries) = node.value {
        for (mut key, mut node) in entries.into_iter().filter(|(key, _)| !WORDS.contains(&&*key.text)) {
            // The opening --- is line 1.
            let line = 2 + yaml.as_bytes()[..key.span.start as usize].iter().filter(|byte| **byte == b'\n').count();
            key.span = key.span.shifted(start);
            node.shift(start);
            loaded.facts.push(LoadedFact { key, node, line });
        }
    }
}

/// A mark of the front matter in its file: lines that it speaks of are counted from the opening `---`.
fn in_file(mut mark: Mark, start: usize) -> Mark {
    if mark.code == Code::YamlDuplicateKey
        && let Some(line) = mark.detail.get_mut(1)
    {
        *line = line.parse::<usize>().map_or_else(|_| line.clone(), |line| (line + 1).to_string().into());
    }
    mark.shifted(start)
}

/// A title or summary: one line of prose in which runs may be withheld.
fn read_line(fields: &mut Fields, key: &'static str, held: &mut bool) -> Option<Box<str>> {
    let text = fields.text(key)?;
    Some(take_line(&text, held, fields.marks()))
}

/// Takes one line of prose; `held` becomes true where something in it may be meant to close and does not.
pub(super) fn take_line(text: &Placed<&str>, held: &mut bool, marks: &mut Vec<Mark>) -> Box<str> {
    let closing = markdown::find_closing(text.value, Prose::Line);
    *held |= closing.is_doubtful();
    if [":::", "：：："].iter().any(|sign| text.value.contains(sign)) {
        // Blocks stand in bodies only; here one would close nothing.
        *held = true;
        marks.push(Mark::new(Code::BlockNearMiss, text.span).with(":::"));
    }
    if text.value.contains('\u{FFFD}') {
        let again = text.value.matches('\u{FFFD}').count() - 1;
        marks.push(Mark::new(Code::CharacterReplacement, text.span).with("\u{FFFD}").with(again.to_string()));
    }
    // Places inside a YAML value cannot be told exactly once it is unquoted; the value's own place is.
    marks.extend(closing.marks().iter().map(|mark| Mark { span: text.span, ..mark.clone() }));
    crate::text::one_line(text.value).into()
}

fn read_translation(node: &Node, marks: &mut Vec<Mark>) -> Translation {
    let mut translation = Translation { span: node.span, ..Translation::default() };
    let Some(mut fields) = Fields::of(node, "translation", marks) else { return translation };
    translation.of = fields.texts("of").iter().filter_map(|hash| u64::from_str_radix(hash.value, 16).ok()).collect();
    fields.refuse_empty("by");
    fields.refuse_empty("reviewed");
    let by = fields.choice("by", &[("human", false), ("machine", true)]).map(|by| by.value);
    let reviewed = fields.truth("reviewed");
    translation.reviewed = reviewed.unwrap_or(false);
    // Who made it is not said, but that nobody has read it is: it may be a machine's.
    translation.machine = by.unwrap_or(reviewed == Some(false));
    fields.finish();
    translation
}

fn survey(body: &str, allowed: &Allowed, loaded: &mut LoadedText) {
    let closing = markdown::find_closing(body, Prose::Body);
    let start = loaded.body;
    loaded.held |= closing.is_doubtful();
    loaded.plain = closing.is_empty();
    loaded.marks.extend(closing.marks().iter().map(|mark| mark.clone().shifted(start)));
    loaded.open = survey_view(body, &closing, View::Public, Some(allowed), loaded);
    if !closing.none_closed() {
        loaded.full = Some(Box::new(survey_view(body, &closing, View::Internal, None, loaded)));
    }
}

/// What a finding quotes of a view, without the words of withheld runs: both views then say the same.
fn without_withheld(quoted: Box<str>) -> Box<str> {
    if !quoted.contains([BAR, SHOWN_START]) {
        return quoted;
    }
    let mut out = String::with_capacity(quoted.len());
    for (at, part) in quoted.split(SHOWN_START).enumerate() {
        // A quotation may be cut off inside of a run.
        let open = if at == 0 { part } else { part.split_once(SHOWN_END).map_or("", |(_, behind)| behind) };
        out.push_str(if at == 0 { "" } else { BAR_SHOWN });
        out.push_str(open);
    }
    out.replace(BAR, BAR_SHOWN).into()
}

/// A withheld run as findings quote it.
const BAR_SHOWN: &str = "██";

/// Surveys a view of the body; with a list of what may stand, it is searched for persons as well.
fn survey_view(body: &str, closing: &Closing, view: View, search: Option<&Allowed>, loaded: &mut LoadedText) -> Survey {
    let opened = markdown::open_text(body, closing, view);
    let Surveyed { mut survey, marks, code } = markdown::survey(&opened.text, loaded.place.lang);
    let start = loaded.body;
    let place = |span: Span| opened.original(span).shifted(start);
    survey.links.iter_mut().for_each(|link| link.span = place(link.span));
    if let Some(allowed) = search {
        survey.private = private::uses(&opened.text, allowed, &code, place);
    }
    survey.directives.iter_mut().for_each(|directive| directive.span = place(directive.span));
    // Both views find the same things outside of what is closed; the list of findings keeps each once.
    let key = |mark: &Mark| (mark.code, mark.span, mark.detail.first().cloned());
    // How often something comes again is said of the public view only: the other counts what is closed.
    let known: BTreeSet<_> = if view == View::Internal { loaded.marks.iter().map(key).collect() } else { BTreeSet::new() };
    let marks =
        marks.into_iter().map(|mark| Mark { span: place(mark.span), detail: mark.detail.into_iter().map(without_withheld).collect(), ..mark });
    loaded.marks.extend(marks.filter(|mark| !known.contains(&key(mark))));
    survey
}
