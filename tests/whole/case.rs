//! `tests/case/<feature>/<a-sentence>.txt`: a small site, what is done with it, and what is expected, in one file.
//! `UPDATE=1 cargo test` writes what the program does now into the files; the reader of the diff decides whether it is right.

use super::{Site, project, said};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// A part of a case: the words behind `====` and the lines below.
pub(super) struct Section {
    pub(super) words: String,
    pub(super) text: String,
}

/// The parts of a case file; what stands before the first `====` says why the case exists.
pub(super) fn parse(text: &str) -> (String, Vec<Section>) {
    let mut why = String::new();
    let mut sections: Vec<Section> = Vec::new();
    for line in text.split_inclusive('\n') {
        match (line.strip_prefix("==== "), sections.last_mut()) {
            (Some(words), _) => sections.push(Section { words: words.trim().to_owned(), text: String::new() }),
            (None, Some(section)) => section.text.push_str(line),
            (None, None) => why.push_str(line),
        }
    }
    (why, sections)
}

fn print(why: &str, sections: &[Section]) -> String {
    let mut out = why.to_owned();
    for Section { words, text } in sections {
        let _ = write!(out, "==== {words}\n{text}");
    }
    out
}

fn case_files() -> Vec<PathBuf> {
    let walk = walkdir::WalkDir::new(project().join("tests/case")).sort_by_file_name();
    let files = walk.into_iter().map(Result::unwrap).filter(|entry| entry.path().extension().is_some_and(|suffix| suffix == "txt"));
    files.map(walkdir::DirEntry::into_path).collect()
}

#[test]
fn every_case_comes_out_as_written() {
    let files = case_files();
    let update = std::env::var_os("UPDATE").is_some();
    assert!(update || files.len() > 60, "only {} cases", files.len());
    let failed: Vec<String> = files.iter().filter_map(|file| run(file, update).err()).collect();
    assert!(failed.is_empty(), "{} of {} cases:\n{}", failed.len(), files.len(), failed.join("\n"));
}

/// Runs one case. The error shows what was expected and what came.
fn run(file: &Path, update: bool) -> Result<(), String> {
    let text = std::fs::read_to_string(file).unwrap();
    let (why, mut sections) = parse(&text);
    let name = file.strip_prefix(project()).unwrap().display().to_string();
    assert!(!why.trim().is_empty(), "{name} does not say why it exists");
    assert!(sections.iter().any(|section| !section.words.starts_with("file ") && !section.words.starts_with("hex ")), "{name} expects nothing");
    let site = lay(&sections);
    let mut built = false;
    let mut faults = String::new();
    for section in &mut sections {
        let (verb, rest) = section.words.split_once(' ').unwrap_or((&section.words, ""));
        let rest = rest.to_owned();
        if matches!(verb, "body" | "has" | "lacks" | "files") && !built {
            let output = site.run(&["build", "--as-of", "2026-01-01", "--language", "en"]);
            if !output.status.success() {
                return Err(format!("{name}: does not build:\n{}", said(&output)));
            }
            built = true;
        }
        match verb {
            "file" | "hex" => {}
            "run" => {
                let (words, got) = run_program(&site, &rest, update);
                compare(&name, &section.words.clone(), section, &got, update, &mut faults);
                section.words = if update { format!("run {words}") } else { section.words.clone() };
            }
            "body" => {
                let got = body_of(&site.read(&format!("output/site/{rest}")));
                compare(&name, &section.words.clone(), section, &got, update, &mut faults);
            }
            "files" => {
                let got: String = super::files(&site.root().join("output/site"))
                    .iter()
                    .map(|(path, _)| format!("{path}\n"))
                    .filter(|path| path.starts_with(&rest))
                    .collect();
                compare(&name, &section.words.clone(), section, &got, update, &mut faults);
            }
            "has" | "lacks" => {
                let page = site.read(&format!("output/site/{rest}"));
                for line in section.text.lines().filter(|line| !line.is_empty()) {
                    if page.contains(line) != (verb == "has") {
                        let _ = writeln!(faults, "{name}: {rest} {verb}: {line}");
                    }
                }
            }
            other => panic!("{name}: no such verb: {other}"),
        }
    }
    if update {
        std::fs::write(file, print(&why, &sections)).unwrap();
    }
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

fn lay(sections: &[Section]) -> Site {
    let given: Vec<(&str, &str)> =
        sections.iter().filter_map(|section| section.words.strip_prefix("file ").map(|path| (path, section.text.as_str()))).collect();
    let site = Site::new(&given);
    for section in sections {
        if let Some(path) = section.words.strip_prefix("hex ") {
            let digits: String = section.text.chars().filter(char::is_ascii_hexdigit).collect();
            let bytes: Vec<u8> = (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap()).collect();
            site.write(path, &bytes);
        }
    }
    site
}

/// Runs `check --format short → 1`; gives the words with the exit code as it is now, and what was printed.
fn run_program(site: &Site, words: &str, update: bool) -> (String, String) {
    let (words, expected) = words.split_once(" → ").unwrap_or((words, "0"));
    // ROOT stands for the site's folder, in what is said as in what is asked.
    let asked = words.replace("ROOT", &site.root().display().to_string());
    let output = site.run(&asked.split(' ').collect::<Vec<_>>());
    let code = output.status.code().unwrap_or(-1).to_string();
    let mut got = without_time(&said(&output).replace(&site.root().display().to_string(), "ROOT"));
    if code != expected.trim() && !update {
        got = format!("exit {code}\n{got}");
    }
    (format!("{words} → {code}"), got)
}

/// What stands in the running text of a page.
fn body_of(page: &str) -> String {
    let start =
        page.find("<div class=\"prose\"").and_then(|at| page[at..].find('>').map(|end| at + end + 2)).unwrap_or_else(|| panic!("no text in {page}"));
    let end = page[start..].find("</article>").map_or(page.len(), |at| start + at);
    let whole = &page[start..end];
    // The text ends where its own element does: at the last closing tag before figures and sources.
    let end = ["<section class=\"figures\"", "<section class=\"sources\""].iter().filter_map(|tag| whole.find(tag)).min().unwrap_or(whole.len());
    let text = whole[..end].trim_end();
    format!("{}\n", text.strip_suffix("</div>").unwrap_or(text).trim_end())
}

fn compare(name: &str, what: &str, section: &mut Section, got: &str, update: bool, faults: &mut String) {
    if section.text == got || section.text.trim_end() == got.trim_end() {
        return;
    }
    if update {
        section.text = if got.ends_with('\n') || got.is_empty() { got.to_owned() } else { format!("{got}\n") };
    } else {
        let _ = writeln!(faults, "{name}: {what}\n--- expected\n{}--- came\n{got}", section.text);
    }
}

/// What was said without the seconds that it took, which differ from run to run.
fn without_time(said: &str) -> String {
    let timed = |unit: &'static str| {
        move |line: &str| line.find(unit).map(|end| (line[..end].trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').len(), end))
    };
    let masked = |line: &str| {
        let place = timed(" 秒；")(line).or_else(|| timed(" s; ")(line));
        place.map_or_else(|| line.to_owned(), |(start, end)| format!("{}TIME{}", &line[..start], &line[end..]))
    };
    said.split_inclusive('\n').map(masked).collect()
}
