//! Content streams (ISO 32000-1 §8, §9): which text is shown where. Nothing is drawn.

use super::file::File;
use super::filter;
use super::font::Font;
use super::matrix::Matrix;
use super::object::{Dict, Object, Parser, is_space};
use crate::attachment::harvest::Harvest;
use crate::attachment::mark::Mark;
use crate::attachment::span::Span;
use crate::attachment::{Place, Reason};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Forms within forms.
const FORMS_MAX: usize = 12;
/// Saved states within each other.
const SAVED_MAX: usize = 512;
/// Operands of one operator that are kept.
const OPERANDS_MAX: usize = 4_096;
/// Drawn over nothing: text that is there to be searched, not seen.
const INVISIBLE: f64 = 3.0;

/// What the content of one page shows.
#[derive(Debug)]
pub(super) struct Content<'a> {
    file: &'a File,
    pub(super) spans: Vec<Span>,
    pub(super) unseen: Vec<Span>,
    /// Strings that are no text of the page: replacements of marked content.
    pub(super) strings: Vec<Vec<u8>>,
    /// Whether anything at all is painted.
    pub(super) is_painted: bool,
    pub(super) has_picture: bool,
    /// Whether a character was shown that its font does not name.
    pub(super) has_unnamed: bool,
    pub(super) is_damaged: bool,
    /// The objects whose streams were read.
    pub(super) read: BTreeSet<u32>,
}

/// Fonts that were read, by the address of their dictionary.
pub(super) type Fonts = BTreeMap<usize, Rc<Font>>;

#[derive(Clone, Debug)]
struct State {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    spacing: f64,
    word_spacing: f64,
    scale: f64,
    leading: f64,
    rise: f64,
    mode: f64,
}

struct Run<'r> {
    resources: &'r Dict,
    state: State,
    saved: Vec<State>,
    text: Matrix,
    line: Matrix,
    depth: usize,
}

impl<'a> Content<'a> {
    pub(super) fn new(file: &'a File) -> Content<'a> {
        let (spans, unseen, strings, read) = (Vec::new(), Vec::new(), Vec::new(), BTreeSet::new());
        Content { file, spans, unseen, strings, is_painted: false, has_picture: false, has_unnamed: false, is_damaged: false, read }
    }

    /// Reads a content stream.
    pub(super) fn show(&mut self, bytes: &[u8], resources: &Dict, fonts: &mut Fonts, harvest: &mut Harvest) {
        let (size, spacing, word_spacing, scale, leading, rise, mode) = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0);
        let state = State { matrix: Matrix::IDENTITY, font: None, size, spacing, word_spacing, scale, leading, rise, mode };
        let mut run = Run { resources, state, saved: Vec::new(), text: Matrix::IDENTITY, line: Matrix::IDENTITY, depth: 0 };
        self.run(bytes, &mut run, fonts, harvest);
    }

    fn run(&mut self, bytes: &[u8], run: &mut Run, fonts: &mut Fonts, harvest: &mut Harvest) {
        let mut parser = Parser::new(bytes, 0);
        let mut operands: Vec<Object> = Vec::new();
        loop {
            match parser.object() {
                Some(Object::Word(word)) if word == "BI" => {
                    self.has_picture = true;
                    skip_picture(&mut parser);
                    operands.clear();
                }
                Some(Object::Word(word)) => {
                    self.operate(&word, &operands, run, fonts, harvest);
                    operands.clear();
                }
                Some(object) if operands.len() < OPERANDS_MAX => operands.push(object),
                Some(_) => {}
                None if parser.peek().is_some() => {
                    self.is_damaged = true;
                    parser.at += 1;
                }
                None => break,
            }
        }
        let comments = std::mem::take(&mut parser.comments);
        if !comments.is_empty() {
            self.strings.push(comments);
        }
    }

    fn operate(&mut self, word: &str, operands: &[Object], run: &mut Run, fonts: &mut Fonts, harvest: &mut Harvest) {
        let number = |index: usize| operands.get(index).and_then(Object::number).unwrap_or(0.0);
        match word {
            "q" if run.saved.len() < SAVED_MAX => run.saved.push(run.state.clone()),
            "Q" => run.state = run.saved.pop().unwrap_or_else(|| run.state.clone()),
            "cm" => run.state.matrix = Matrix::of(operands).map_or(run.state.matrix, |matrix| matrix.then(run.state.matrix)),
            "BT" => (run.text, run.line) = (Matrix::IDENTITY, Matrix::IDENTITY),
            "Tf" => self.set_font(operands, run, fonts, harvest),
            "Tc" => run.state.spacing = number(0),
            "Tw" => run.state.word_spacing = number(0),
            "Tz" => run.state.scale = number(0) / 100.0,
            "TL" => run.state.leading = number(0),
            "Ts" => run.state.rise = number(0),
            "Tr" => run.state.mode = number(0),
            "Td" => next_line(run, number(0), number(1)),
            "TD" => {
                run.state.leading = -number(1);
                next_line(run, number(0), number(1));
            }
            "Tm" => {
                run.line = Matrix::of(operands).unwrap_or(run.line);
                run.text = run.line;
            }
            "T*" => next_line(run, 0.0, -run.state.leading),
            "Tj" | "TJ" => self.show_all(operands, run),
            "'" | "\"" => {
                if word == "\"" {
                    (run.state.word_spacing, run.state.spacing) = (number(0), number(1));
                }
                next_line(run, 0.0, -run.state.leading);
                self.show_all(operands.get(operands.len().saturating_sub(1)..).unwrap_or_default(), run);
            }
            "Do" => self.draw(operands, run, fonts, harvest),
            "f" | "F" | "f*" | "S" | "s" | "B" | "B*" | "b" | "b*" | "sh" => self.is_painted = true,
            "BDC" | "DP" => operands.iter().for_each(|object| strings(object, &mut self.strings, 0)),
            _ => {}
        }
    }

    fn set_font(&mut self, operands: &[Object], run: &mut Run, fonts: &mut Fonts, harvest: &mut Harvest) {
        run.state.size = operands.get(1).and_then(Object::number).unwrap_or(1.0);
        let name = operands.first().and_then(Object::name).unwrap_or_default();
        let entry = self.file.value(run.resources, "Font").dict().and_then(|dict| dict.get(name));
        let dict = entry.map(|object| self.file.resolve(object)).and_then(Object::dict);
        run.state.font = dict.map(|dict| {
            // A font is known by where its dictionary lies: the file stays as it is while it is read.
            let read = || Rc::new(Font::read(self.file, dict, &mut harvest.budget));
            fonts.entry(std::ptr::from_ref(dict).addr()).or_insert_with(read).clone()
        });
    }

    fn show_all(&mut self, operands: &[Object], run: &mut Run) {
        for object in operands {
            match object {
                Object::Text(bytes) => self.show_one(bytes, run),
                Object::Number(number) => run.text = Matrix::shift(-number / 1000.0 * run.state.size * run.state.scale, 0.0).then(run.text),
                Object::List(list) => {
                    let flat: Vec<Object> = list.iter().filter(|object| object.list().is_none()).cloned().collect();
                    self.show_all(&flat, run);
                }
                _ => {}
            }
        }
    }

    fn show_one(&mut self, bytes: &[u8], run: &mut Run) {
        self.is_painted = true;
        let Some(font) = run.state.font.clone() else {
            self.has_unnamed = true;
            self.strings.push(bytes.to_vec());
            return;
        };
        let state = &run.state;
        let (mut text, mut advance) = (String::new(), 0.0);
        for glyph in font.glyphs(bytes) {
            self.has_unnamed |= glyph.text.is_none() && !glyph.is_space;
            text.push_str(glyph.text.as_deref().unwrap_or(if glyph.is_space { " " } else { "\u{FFFD}" }));
            let word_spacing = if glyph.is_space { state.word_spacing } else { 0.0 };
            advance += (glyph.width * state.size + state.spacing + word_spacing) * state.scale;
        }
        let whole = run.text.then(state.matrix);
        let ((x, y), (end_x, end_y)) = (whole.apply(0.0, state.rise), whole.apply(advance, state.rise));
        let [a, b, c, d, ..] = whole.0;
        let angle = b.atan2(a);
        // Along the direction of writing, and across it downwards.
        let turned = |x: f64, y: f64| (x * angle.cos() + y * angle.sin(), x * angle.sin() - y * angle.cos());
        let ((start, across), (end, _)) = (turned(x, y), turned(end_x, end_y));
        let size = (state.size * c.hypot(d)).abs();
        #[expect(clippy::cast_possible_truncation, reason = "an angle in degrees is small, and a cast of what is no number gives zero")]
        let angle = angle.to_degrees().round() as i32;
        let span = Span { angle, start, end, across, size, text, is_guess: font.is_guess() };
        let is_unseen = state.mode >= INVISIBLE && state.mode < INVISIBLE + 1.0;
        if is_unseen { &mut self.unseen } else { &mut self.spans }.push(span);
        run.text = Matrix::shift(advance, 0.0).then(run.text);
    }

    fn draw(&mut self, operands: &[Object], run: &mut Run, fonts: &mut Fonts, harvest: &mut Harvest) {
        self.is_painted = true;
        let name = operands.first().and_then(Object::name).unwrap_or_default();
        let Some(Object::Ref(number)) = self.file.value(run.resources, "XObject").dict().and_then(|dict| dict.get(name)) else { return };
        let file = self.file;
        let Some((found, dict)) = file.get(*number).and_then(|found| Some((found, found.dict()?))) else { return };
        if file.value(dict, "Subtype").name() == Some("Image") {
            self.has_picture = true;
            return;
        }
        // Drawn twice it says the same; drawn within itself it would never end.
        if run.depth >= FORMS_MAX || !self.read.insert(*number) {
            return;
        }
        let (bytes, reason) = filter::decode(dict, found.raw.as_deref().unwrap_or_default(), &mut harvest.budget);
        if let Some(reason) = reason {
            harvest.unread(Place::default().named(Mark::Stream, &number.to_string()), reason);
        }
        let own = file.value(dict, "Resources").dict();
        let mut state = run.state.clone();
        let matrix = file.value(dict, "Matrix").list().and_then(Matrix::of).unwrap_or(Matrix::IDENTITY);
        state.matrix = matrix.then(state.matrix);
        let mut inner = Run {
            resources: own.unwrap_or(run.resources),
            state,
            saved: Vec::new(),
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            depth: run.depth + 1,
        };
        self.run(&bytes, &mut inner, fonts, harvest);
    }

    /// Leaves out what is drawn, where that is the shape of a character whose text the font says.
    pub(super) fn forget_drawing(&mut self) {
        (self.is_painted, self.has_picture) = (false, false);
    }

    /// What of the page cannot be told.
    pub(super) fn gaps(&self) -> impl Iterator<Item = Reason> {
        let has_text = self.spans.iter().chain(&self.unseen).any(|span| !span.text.trim().is_empty());
        let gaps = [
            (self.has_picture, Reason::Picture),
            (self.is_painted && !has_text, Reason::NoText),
            (self.has_unnamed, Reason::Font),
            (self.is_damaged, Reason::Damaged),
        ];
        gaps.into_iter().filter(|(is_so, _)| *is_so).map(|(_, reason)| reason)
    }
}

fn next_line(run: &mut Run, x: f64, y: f64) {
    run.line = Matrix::shift(x, y).then(run.line);
    run.text = run.line;
}

/// All strings in an object.
pub(super) fn strings(object: &Object, out: &mut Vec<Vec<u8>>, depth: usize) {
    match object {
        Object::Text(text) => out.push(text.clone()),
        Object::List(list) if depth < 64 => list.iter().for_each(|object| strings(object, out, depth + 1)),
        Object::Dict(dict) if depth < 64 => dict.values().for_each(|object| strings(object, out, depth + 1)),
        _ => {}
    }
}

/// Goes over a picture that stands in the stream: to the first `EI` that stands alone behind `ID`.
fn skip_picture(parser: &mut Parser) {
    while let Some(object) = parser.object() {
        if object == Object::Word("ID".to_owned()) {
            break;
        }
    }
    let rest = parser.rest();
    let is_end = |at: &usize| {
        let (before, after) = (at.checked_sub(1).and_then(|at| rest.get(at)), rest.get(at + 2));
        rest.get(*at..at + 2) == Some(b"EI") && before.is_some_and(|byte| is_space(*byte)) && after.is_none_or(|byte| is_space(*byte))
    };
    parser.at += (0..rest.len()).find(is_end).map_or(rest.len(), |at| at + 2);
}
