//! What is wrong with a theme, at its place. The template engine's reports are taken apart here; who prints them words them.

use std::fmt;
use tera::{Error, ErrorKind, ReportError, Tera};

/// A fault of a theme.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ThemeFault {
    /// The file inside the theme's folder; empty where the theme as a whole is meant.
    pub file: String,
    /// The line, from 1; 0 where the file as a whole is meant.
    pub line: usize,
    /// The column in characters, from 1; 0 where the file as a whole is meant.
    pub column: usize,
    /// What is wrong, as the template engine says it.
    pub message: String,
}

impl fmt::Display for ThemeFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.file.is_empty() {
            write!(f, "{}", self.file)?;
            if self.line > 0 {
                write!(f, ":{}:{}", self.line, self.column)?;
            }
            f.write_str(": ")?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for ThemeFault {}

impl ThemeFault {
    pub(super) fn whole_file(file: &str, message: &str) -> ThemeFault {
        ThemeFault { file: file.to_owned(), line: 0, column: 0, message: message.to_owned() }
    }

    /// A fault at a byte of a text.
    pub(super) fn at(file: &str, text: &str, byte: usize, message: &str) -> ThemeFault {
        let before = &text[..text.floor_char_boundary(byte)];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = before.matches('\n').count() + 1;
        ThemeFault { file: file.to_owned(), line, column: before[line_start..].chars().count() + 1, message: message.to_owned() }
    }

    pub(super) fn not_utf8(file: &str, bytes: &[u8], error: std::str::Utf8Error) -> ThemeFault {
        let valid = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
        ThemeFault::at(file, &valid, valid.len(), "not UTF-8")
    }

    /// A fault while a page is rendered.
    pub(super) fn of_render(template: &str, error: &Error) -> ThemeFault {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => of_report(report),
            other => ThemeFault::whole_file(template, &other.to_string()),
        }
    }
}

fn of_report(report: &ReportError) -> ThemeFault {
    let span = report.span();
    ThemeFault { file: report.filename().to_owned(), line: span.start_line, column: span.start_col + 1, message: report.message().to_owned() }
}

/// The faults of a set of templates that the engine refused. It stops at the first syntax error, so each template is parsed
/// alone; faults between templates come as one text of reports.
pub(super) fn of_templates(sources: &[(&str, &str)], error: &Error) -> Vec<ThemeFault> {
    let alone = |(name, text): &(&str, &str)| match Tera::default().add_raw_template(name, text).err()?.kind() {
        ErrorKind::SyntaxError(report) => Some(of_report(report)),
        _ => None,
    };
    let syntax: Vec<ThemeFault> = sources.iter().filter_map(alone).collect();
    if !syntax.is_empty() {
        return syntax;
    }
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => vec![of_report(report)],
        ErrorKind::MissingParent { current, parent } => vec![ThemeFault::whole_file(current, &format!("{parent} does not exist"))],
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => vec![ThemeFault::whole_file(tpl, &error.to_string())],
        other => of_reports(&other.to_string()),
    }
}

/// `error: MESSAGE`, then ` --> FILE:LINE:COLUMN` and the line; reports are parted by an empty line.
fn of_reports(text: &str) -> Vec<ThemeFault> {
    let one = |report: &str| {
        let message = report.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
        let place = report.lines().find_map(|line| line.trim_start().strip_prefix("--> "));
        let parts = place.and_then(|place| {
            let (rest, column) = place.rsplit_once(':')?;
            let (file, line) = rest.rsplit_once(':')?;
            Some((file.to_owned(), line.parse().ok()?, column.parse().ok()?))
        });
        let (file, line, column) = parts.unwrap_or_default();
        ThemeFault { file, line, column, message }
    };
    text.split("\n\n").map(one).collect()
}
