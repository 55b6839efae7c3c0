//! What the program says: findings, what it made, how long it took, and why it could not.

use super::arguments::Common;
use super::clock::{Stopwatch, peak_memory_mib};
use super::stages::Prepared;
use crate::diagnostic::{Finding, Format, Level, Palette, Printer};
use crate::disclose::{KeptBack, LeakGate, Profile};
use crate::disk::{Refusal, Report, Tree};
use crate::lang::Lang;
use crate::source::{TEXT_MAX, read_shown};
use serde::Serialize;
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;

/// The language that the program speaks: what was asked for, else the user's own setting, else Chinese.
pub(super) fn language(common: &Common) -> Lang {
    let of_system = || sys_locale::get_locale().and_then(|locale| Lang::parse(&locale));
    let fallback = || {
        let locale = sys_locale::get_locale().unwrap_or_default().to_ascii_lowercase();
        if locale.starts_with("zh") || locale.is_empty() || locale == "c" || locale.starts_with("posix") { Lang::Zh } else { Lang::En }
    };
    common.language.or_else(of_system).unwrap_or_else(fallback)
}

/// Prints to standard output or error; a closed pipe is no error.
pub(super) fn say(to_error: bool, text: &str) {
    let result = if to_error { std::io::stderr().write_all(text.as_bytes()) } else { std::io::stdout().write_all(text.as_bytes()) };
    // A reader that has seen enough closes the pipe; there is nobody left to tell.
    drop(result);
}

/// How findings are printed.
#[derive(Clone, Copy)]
pub(super) struct Shown {
    pub(super) format: Format,
    pub(super) all: bool,
    pub(super) to_error: bool,
}

/// Prints findings in a format: for people on standard error while something is made, else on standard output. A log is read
/// by more people than an archive: no closed value is in what is said.
pub(super) fn findings(common: &Common, tree: &Tree, gate: &LeakGate, found: &[Finding], Shown { format, all, to_error }: Shown) {
    let shown: Vec<Finding> = found.iter().filter(|finding| !common.quiet || finding.level() == Level::Error).cloned().collect();
    let text_of = |file: &str| -> Option<Arc<str>> { read_shown(tree, file, TEXT_MAX).map(Into::into) };
    let terminal = if to_error { std::io::stderr().is_terminal() } else { std::io::stdout().is_terminal() };
    let coloured = terminal && std::env::var_os("NO_COLOR").is_none();
    let palette = if coloured { Palette::Coloured } else { Palette::Plain };
    let printer = Printer {
        format,
        lang: language(common),
        palette,
        all,
        text_of: &text_of,
        hide: &|text| gate.hide(text),
        closed_parts: &|file, text| gate.closed_parts(file, text),
    };
    say(to_error, &printer.print(&shown));
}

/// One line: how many errors, warnings and hints.
pub(super) fn tally(lang: Lang, found: &[Finding]) -> String {
    let count = |level| found.iter().filter(|finding| finding.level() == level).count();
    let (errors, warnings, infos) = (count(Level::Error), count(Level::Warning), count(Level::Info));
    match lang {
        Lang::Zh => format!("{errors} 个错误，{warnings} 个警告，{infos} 个提示"),
        Lang::En => format!("{errors} {}, {warnings} {}, {infos} {}", plural(errors, "error"), plural(warnings, "warning"), plural(infos, "hint")),
    }
}

fn plural(count: usize, noun: &str) -> String {
    if count == 1 { noun.to_owned() } else { format!("{noun}s") }
}

/// What was made, in one line.
pub(super) fn made(lang: Lang, folder: &Path, made: &Report, seconds: f64, tally: &str) -> String {
    let folder = folder.display();
    let Report { files, written, deleted, .. } = made;
    match lang {
        Lang::Zh => format!("{folder}：{files} 个文件，写了 {written} 个，删了 {deleted} 个，{seconds:.2} 秒；{tally}\n"),
        Lang::En => format!("{folder}: {files} files, {written} written, {deleted} deleted, {seconds:.2} s; {tally}\n"),
    }
}

/// What the gate kept back, if anything.
pub(super) fn kept_back(lang: Lang, privacy: &Privacy) -> Option<String> {
    if *privacy == Privacy::default() {
        return None;
    }
    let Privacy { closed, sealed, unapproved, held_texts, closed_tables, closed_rows, closed_values, reviewed } = privacy;
    let tables = tables_kept_back(lang, *closed_tables, *closed_rows);
    Some(match lang {
        Lang::Zh => format!(
            "未进入本版：不公开 {closed}，封存 {sealed}，未签发 {unapproved}，存疑文本 {held_texts}{tables}；成品已逐一查对 {closed_values} 个不公开的值；人工复核 {reviewed} 处"
        ),
        Lang::En => format!(
            "not in this edition: closed {closed}, sealed {sealed}, not approved {unapproved}, texts in doubt {held_texts}{tables}; finished files searched for {closed_values} closed values; reviewed by a person: {reviewed}"
        ),
    })
}

/// The part about datasets, where any was kept back.
fn tables_kept_back(lang: Lang, tables: usize, rows: usize) -> String {
    match lang {
        _ if tables + rows == 0 => String::new(),
        Lang::Zh => format!("，数据集 {tables}，数据行 {rows}"),
        Lang::En => format!(", datasets {tables}, rows of open datasets {rows}"),
    }
}

/// The privacy report: counts only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Privacy {
    /// Records that the edition leaves out because they are closed to it.
    closed: usize,
    /// Records that nobody may see.
    sealed: usize,
    /// Drafts and submitted records.
    unapproved: usize,
    /// Texts that stay out because of doubtful marks.
    held_texts: usize,
    /// Datasets that are closed to the edition.
    closed_tables: usize,
    /// Closed rows of datasets that are otherwise open.
    closed_rows: usize,
    /// Closed values, or stretches of such, that every finished file was searched for.
    closed_values: usize,
    /// Findings that a person has judged away.
    reviewed: usize,
}

impl Privacy {
    pub(super) fn of(prepared: &Prepared) -> Privacy {
        let KeptBack { closed, sealed, unapproved, held_texts, closed_tables, closed_rows } = prepared.kept_back;
        Privacy {
            closed,
            sealed,
            unapproved,
            held_texts,
            closed_tables,
            closed_rows,
            closed_values: prepared.gate.values(),
            reviewed: prepared.reviewed,
        }
    }

    /// Writes the report beside the product.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub(super) fn write(&self, folder: &Path, profile: Profile) -> anyhow::Result<()> {
        let mut json = serde_json::to_string_pretty(self)?;
        json.push('\n');
        let name = if profile == Profile::Public { "privacy.json" } else { "privacy-internal.json" };
        crate::disk::put_report(folder, name, json.as_bytes()).map_err(|error| anyhow::anyhow!("{}: {error}", folder.display()))
    }
}

/// How long each stage took and how much memory the run needed.
pub(super) fn timings(watch: &Stopwatch) -> String {
    let laps: Vec<String> = watch.laps().iter().map(|(stage, time)| format!("{stage} {:.3} s", time.as_secs_f64())).collect();
    let memory = peak_memory_mib().map_or_else(String::new, |mib| format!(", {mib} MiB"));
    format!("{}; {:.3} s{memory}\n", laps.join(", "), watch.total().as_secs_f64())
}

/// Why a product's folder cannot be written.
pub(super) fn refusal(lang: Lang, folder: &Path, refusal: &Refusal) -> String {
    let folder = folder.display();
    match (refusal, lang) {
        (Refusal::Foreign, Lang::Zh) => format!("{folder} 不是空文件夹，也没有本程序的 manifest.txt；为防误删，请换一个文件夹"),
        (Refusal::Foreign, Lang::En) => format!("{folder} is not empty and has no manifest.txt of this program; choose another folder"),
        (Refusal::Locked, Lang::Zh) => format!("另一个程序正在写 {folder}，请等它结束"),
        (Refusal::Locked, Lang::En) => format!("another process is writing {folder}; wait until it ends"),
        (Refusal::NotAFolder, Lang::Zh) => format!("{folder} 不是文件夹"),
        (Refusal::NotAFolder, Lang::En) => format!("{folder} is not a folder"),
        (Refusal::Io(error), _) => format!("{folder}: {error}"),
    }
}

/// Says why a command could not run.
pub(super) fn complain(common: &Common, error: &anyhow::Error) {
    let word = if language(common) == Lang::Zh { "错误" } else { "error" };
    say(true, &format!("{word}: {error:#}\n"));
}
