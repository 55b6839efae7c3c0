//! The four printers of findings: for people, one line each, JSON lines, and annotations for code hosts.

use super::{Code, Finding, Level, Mark, Span, gloss, wording};
use crate::lang::Lang;
use annotate_snippets::{AnnotationKind, Group, Level as SnippetLevel, Renderer, Snippet};
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// The line, a caret, reason and cure; at most twenty of a code.
    Human,
    /// One line each: `file:line:column: level code: reason`.
    Short,
    /// One JSON object a line.
    Json,
    /// `::warning file=…` for code hosts.
    Github,
}

/// Whether the human format is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Palette {
    /// For terminals that understand colour.
    Coloured,
    /// For files and pipes.
    Plain,
}

/// How many findings of one code the human format shows before it only counts.
const SHOWN_OF_A_CODE: usize = 20;
/// A line longer than this is not shown, only its place: a picture as base64 in one line helps nobody.
const LINE_SHOWN_MAX: usize = 2000;

/// Prints findings in one format and language.
pub struct Printer<'a> {
    /// The form of the output.
    pub format: Format,
    /// Chinese or English.
    pub lang: Lang,
    /// Colours of the human format.
    pub palette: Palette,
    /// Print every finding, however many of a code.
    pub all: bool,
    /// Gives the text of a file as it was parsed; none where it cannot be shown.
    pub text_of: &'a dyn Fn(&str) -> Option<Arc<str>>,
    /// Hides what is closed in a text, every place staying where it is; none where nothing is.
    pub hide: &'a dyn Fn(&str) -> Option<String>,
    /// The stretches of a file, by its path and text, of which nothing may be shown, sorted.
    pub closed_parts: &'a dyn Fn(&str, &str) -> Vec<Range<usize>>,
}

/// A file that findings stand in, as far as it is shown.
struct Shown {
    text: Arc<str>,
    closed: Vec<Range<usize>>,
}

impl Shown {
    /// Whether a place is closed; a finding of the whole file is told at its beginning.
    fn is_closed(&self, mark: &Mark) -> bool {
        let start = mark.span.start as usize;
        let is_at = |part: &Range<usize>| part.contains(&start) || part.start == start;
        if mark.code.quotes_a_line() { !self.closed.is_empty() } else { mark.span != Span::default() && self.closed.iter().any(is_at) }
    }

    /// A line with what is closed of it hidden, every place staying where it is.
    fn line(&self, range: Range<usize>) -> String {
        let mut out = String::with_capacity(range.len());
        let mut at = range.start;
        for part in &self.closed {
            let (start, end) = (part.start.clamp(at, range.end), part.end.clamp(at, range.end));
            out.push_str(self.text.get(at..start).unwrap_or_default());
            hide(&mut out, self.text.get(start..end).unwrap_or_default());
            at = end;
        }
        out.push_str(self.text.get(at..range.end).unwrap_or_default());
        out
    }
}

/// The lines with a slip in a closing mark, and as much of the mark as may be shown. What else stands in such a line may be
/// what was to be closed.
type SlipLines = BTreeMap<(Arc<str>, usize), Vec<Box<str>>>;

#[derive(Serialize)]
struct JsonFinding<'a> {
    code: &'a str,
    level: &'a str,
    file: &'a str,
    line: usize,
    column: usize,
    message: &'a str,
    cure: &'a str,
}

impl Printer<'_> {
    /// Prints sorted findings into one text.
    #[must_use]
    pub fn print(&self, findings: &[Finding]) -> String {
        let mut out = String::new();
        let mut shown: BTreeMap<_, usize> = BTreeMap::new();
        let mut shown_file: Option<(Arc<str>, Option<Shown>)> = None;
        let slips = self.slip_lines(findings);
        for finding in findings {
            let count = shown.entry(finding.mark.code).or_default();
            *count += 1;
            if self.format == Format::Human && !self.all && *count > SHOWN_OF_A_CODE {
                continue;
            }
            if shown_file.as_ref().is_none_or(|(file, _)| *file != finding.file) {
                let text = Some(&*finding.file).filter(|file| is_text(file)).and_then(self.text_of);
                let shown = text.map(|text| Shown { closed: (self.closed_parts)(&finding.file, &text), text });
                shown_file = Some((Arc::clone(&finding.file), shown));
            }
            self.print_one(&mut out, finding, shown_file.as_ref().and_then(|(_, shown)| shown.as_ref()), &slips);
        }
        if self.format == Format::Human && !self.all {
            self.print_rest(&mut out, &shown);
        }
        out
    }

    fn slip_lines(&self, findings: &[Finding]) -> SlipLines {
        let mut slips = SlipLines::new();
        for finding in findings.iter().filter(|finding| finding.mark.code.is_slip()) {
            let line = (self.text_of)(&finding.file).map_or(1, |text| line_and_column(&text, finding.mark.span.start as usize).0);
            slips.entry((Arc::clone(&finding.file), line)).or_default().extend(finding.mark.detail.first().cloned());
        }
        slips
    }

    fn print_one(&self, out: &mut String, finding: &Finding, source: Option<&Shown>, slips: &SlipLines) {
        let (line, column) = source.map_or((1, 1), |shown| line_and_column(&shown.text, finding.mark.span.start as usize));
        let slip = slips.get(&(Arc::clone(&finding.file), line)).map(Vec::as_slice);
        let is_closed = source.is_some_and(|shown| shown.is_closed(&finding.mark));
        let (reason, cure) = self.sentences(finding, slip.is_some(), is_closed);
        let (level, code, file) = (finding.level().code(), finding.mark.code.name(), &*finding.file);
        let result = match self.format {
            Format::Short => writeln!(out, "{file}:{line}:{column}: {} {code}: {reason}", self.level_word(finding.level())),
            Format::Github => {
                let command = if finding.level() == Level::Info { "notice" } else { level };
                writeln!(
                    out,
                    "::{command} file={},line={line},col={column},title={code}::{}",
                    github_property(file),
                    github_text(&format!("{reason}\n{cure}"))
                )
            }
            Format::Json => {
                let object = JsonFinding { code, level, file, line, column, message: &reason, cure: &cure };
                serde_json::to_string(&object).map_or(Ok(()), |json| writeln!(out, "{json}"))
            }
            Format::Human => writeln!(out, "{}", self.snippet(finding, source.map(|shown| (shown, slip)), (line, column), (&reason, &cure))),
        };
        // Writing into a String cannot fail.
        debug_assert!(result.is_ok());
    }

    fn sentences(&self, finding: &Finding, beside_slip: bool, is_closed: bool) -> (String, String) {
        let code = finding.mark.code;
        let wording = wording(code, self.lang);
        let is_beside = beside_slip && !code.is_slip();
        let is_told = |at: usize, detail: &str| {
            // What stands where a name of a field should is one, if it looks like one.
            let names_fields = code == Code::KeyUnknown || code.name().starts_with("yaml-");
            code.told_of_closed().contains(&at) || names_fields && is_field(detail)
        };
        let is_untold = |at: usize, detail: &str| is_closed && !code.is_slip() && !code.is_private() && !is_told(at, detail);
        let shown = |(at, detail): (usize, &str)| {
            if is_beside || is_untold(at, detail) { hidden(detail) } else { (self.hide)(detail).unwrap_or_else(|| detail.to_owned()) }
        };
        let detail: Vec<Box<str>> = finding.mark.detail.iter().map(|detail| &**detail).enumerate().map(|detail| shown(detail).into()).collect();
        (fill(wording.reason, &detail, self.lang), fill(wording.cure, &detail, self.lang))
    }

    fn snippet(
        &self,
        finding: &Finding,
        source: Option<(&Shown, Option<&[Box<str>]>)>,
        (line, column): (usize, usize),
        (reason, cure): (&str, &str),
    ) -> String {
        let level = match finding.level() {
            Level::Error => SnippetLevel::ERROR,
            Level::Warning => SnippetLevel::WARNING,
            Level::Info => SnippetLevel::INFO,
        };
        let title = format!("[{}] {reason}", finding.mark.code.name());
        let level = level.with_name(self.level_word(finding.level()));
        let source = source.filter(|_| shows_line(finding));
        let shown = source.and_then(|(file, slip)| line_around(&file.text, finding.mark.span.start as usize).map(|range| (file, slip, range)));
        let mut group = Group::with_title(level.primary_title(title));
        match shown {
            Some((file, slip, range)) => {
                let start = finding.mark.span.start as usize - range.start;
                let end = (finding.mark.span.end as usize).clamp(finding.mark.span.start as usize, range.end) - range.start;
                let masked = match slip {
                    Some(marks) => hide_all_but(&file.text[range], marks),
                    None => {
                        let line = file.line(range);
                        (self.hide)(&line).unwrap_or(line)
                    }
                };
                let line_shown = if finding.mark.code.is_private() { hide_place(&masked, start..end) } else { masked };
                let snippet =
                    Snippet::source(line_shown).line_start(line).path(&*finding.file).annotation(AnnotationKind::Primary.span(start..end.max(start)));
                group = group.element(snippet);
            }
            None => group = group.element(annotate_snippets::Origin::path(&*finding.file).line(line).char_column(column)),
        }
        let help = SnippetLevel::HELP.with_name(match self.lang {
            Lang::Zh => "办法",
            Lang::En => "cure",
        });
        group = group.element(help.message(cure));
        let renderer = match self.palette {
            Palette::Coloured => Renderer::styled(),
            Palette::Plain => Renderer::plain(),
        };
        renderer.render(&[group]).clone() + "\n"
    }

    fn level_word(&self, level: Level) -> &'static str {
        match (self.lang, level) {
            (Lang::Zh, Level::Error) => "错误",
            (Lang::Zh, Level::Warning) => "警告",
            (Lang::Zh, Level::Info) => "提示",
            (Lang::En, level) => level.code(),
        }
    }

    fn print_rest(&self, out: &mut String, shown: &BTreeMap<super::Code, usize>) {
        for (code, count) in shown.iter().filter(|(_, count)| **count > SHOWN_OF_A_CODE) {
            let rest = count - SHOWN_OF_A_CODE;
            let line = match self.lang {
                Lang::Zh => format!("……“{}”另有 {rest} 处，用 check --all 全部列出\n", code.name()),
                Lang::En => format!("… {rest} more of “{}”; check --all lists them\n", code.name()),
            };
            out.push_str(&line);
        }
    }
}

/// Puts the details into the places of a wording: `{0}` as it is, `{0:lang}` as the name of the language whose code it is,
/// `{0:more}` as the number of further places, `{0:near}` as the nearest spelling.
fn fill(pattern: &str, detail: &[Box<str>], lang: Lang) -> String {
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        let inside = rest[at + 1..].find('}').map(|end| &rest[at + 1..at + 1 + end]);
        match inside.and_then(|inside| place(inside, detail, lang).map(|text| (text, inside.len() + 2))) {
            Some((text, length)) => {
                out.push_str(&text);
                rest = &rest[at + length..];
            }
            None => {
                out.push('{');
                rest = &rest[at + 1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// What stands for a place; none where the braces are no place.
fn place<'d>(inside: &str, detail: &'d [Box<str>], lang: Lang) -> Option<Cow<'d, str>> {
    let (number, kind) = inside.split_once(':').unwrap_or((inside, ""));
    let text: &str = detail.get(number.parse::<usize>().ok()?).map_or("", |text| text);
    Some(match (kind, lang) {
        ("near", _) if text.is_empty() => Cow::Borrowed(""),
        ("near", Lang::Zh) => format!("；最接近的是 {text}").into(),
        ("near", Lang::En) => format!("; the nearest is: {text}").into(),
        ("more", _) if text.is_empty() || text == "0" => Cow::Borrowed(""),
        ("more", Lang::Zh) => format!("；另有 {text} 处").into(),
        ("more", Lang::En) => format!("; {text} more {}", if text == "1" { "place" } else { "places" }).into(),
        // One line for each language, Chinese first.
        ("both", Lang::Zh) => Cow::Borrowed(text.split('\n').next().unwrap_or_default()),
        ("both", Lang::En) => Cow::Borrowed(text.split('\n').nth(1).unwrap_or_default()),
        ("lang", lang) => language_name(text, lang).unwrap_or(text).into(),
        ("shape", lang) => gloss::shape(text, lang).unwrap_or(text).into(),
        ("yaml", lang) => gloss::yaml(text, lang).into(),
        ("values", lang) => gloss::values(detail.first().map_or("", |key| key), text, lang).map_or(Cow::Borrowed(text), Cow::Owned),
        _ => Cow::Borrowed(text),
    })
}

fn language_name(code: &str, lang: Lang) -> Option<&'static str> {
    match (code, lang) {
        ("zh", Lang::Zh) => Some("中文"),
        ("en", Lang::Zh) => Some("英文"),
        ("zh", Lang::En) => Some("Chinese"),
        ("en", Lang::En) => Some("English"),
        _ => None,
    }
}

/// Pushes a text so that nothing of it can be read and every place stays where it is.
fn hide(out: &mut String, text: &str) {
    for c in text.chars() {
        match (c, c.len_utf8()) {
            (':' | ' ', _) => out.push(c),
            (_, 1) => out.push('*'),
            (_, 2) => out.push('·'),
            (_, 3) => out.push('█'),
            _ => out.push_str("··"),
        }
    }
}

/// A text of which nothing can be read; every place stays where it is.
#[must_use]
pub fn hidden(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    hide(&mut out, text);
    out
}

/// The line with nothing to be read but some marks.
fn hide_all_but(line: &str, marks: &[Box<str>]) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    let next = |rest: &str| marks.iter().filter_map(|mark| rest.find(&**mark).map(|at| (at, mark.len()))).filter(|(_, length)| *length > 0).min();
    while let Some((at, length)) = next(rest) {
        hide(&mut out, &rest[..at]);
        out.push_str(&rest[at..at + length]);
        rest = &rest[at + length..];
    }
    hide(&mut out, rest);
    out
}

/// The line with the place of a finding hidden, where that is just what nobody should read.
fn hide_place(line: &str, place: std::ops::Range<usize>) -> String {
    let cut = |at: usize| floor_char(line, at.min(line.len()));
    let (start, end) = (cut(place.start), cut(place.end));
    let mut out = line[..start].to_owned();
    hide(&mut out, &line[start..end.max(start)]);
    out.push_str(&line[end.max(start)..]);
    out
}

/// Whether a text is the name of a field.
fn is_field(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

/// Whether a file is written by people, so that a line of it says something.
fn is_text(file: &str) -> bool {
    let suffix = file.rsplit_once('.').map_or("", |(_, suffix)| suffix).to_ascii_lowercase();
    matches!(suffix.as_str(), "md" | "markdown" | "yaml" | "yml" | "html" | "css" | "js" | "vtt")
}

/// Whether the line of a finding is shown. Captions may be closed, which only those know that point into them.
fn shows_line(finding: &Finding) -> bool {
    finding.mark.span != Span::default() || !finding.file.ends_with(".vtt")
}

/// Line and column, both from 1, the column in characters.
fn line_and_column(text: &str, position: usize) -> (usize, usize) {
    let position = floor_char(text, position);
    let before = &text[..position];
    let line = before.bytes().filter(|c| *c == b'\n').count() + 1;
    let column = before.rsplit_once('\n').map_or(before, |(_, last)| last).chars().count() + 1;
    (line, column)
}

fn line_around(text: &str, position: usize) -> Option<std::ops::Range<usize>> {
    let position = floor_char(text, position);
    let start = text[..position].rfind('\n').map_or(0, |at| at + 1);
    let end = text[position..].find('\n').map_or(text.len(), |at| position + at);
    (end - start <= LINE_SHOWN_MAX && end > start).then_some(start..end)
}

fn floor_char(text: &str, position: usize) -> usize {
    (0..=position.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

fn github_text(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn github_property(text: &str) -> String {
    github_text(text).replace(':', "%3A").replace(',', "%2C")
}
