//! What needs a browser, a validator or Python: run by scripts under `tests/site/`. Where a tool is missing the test says
//! loudly that it looked at nothing; on a build machine (`CI=true`) that is a failure. `tests/run` installs everything.

use super::{program, project, said, small_site};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Builds the demonstration archive into a folder.
fn demo(folder: &Path, base: &str) {
    let output = program()
        .args(["build", "--quiet", "--as-of", "2026-01-01", "--base-url", base, "--root"])
        .arg(project())
        .arg("--output")
        .arg(folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", said(&output));
}

fn tools() -> PathBuf {
    project().join("target/tools")
}

/// Whether a test may run; a missing tool is said where nobody can miss it.
fn has(what: &str, is_there: bool) -> bool {
    if !is_there {
        assert!(std::env::var_os("CI").is_none(), "{what} is missing: tests/run installs it");
        // Past the test harness, which keeps what a passing test prints to itself.
        drop(writeln!(std::io::stderr(), "\n*** SKIPPED for want of {what}; tests/run installs it ***\n"));
    }
    is_there
}

fn on_path(name: &str) -> bool {
    std::env::var_os("PATH").is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(name).exists()))
}

fn expect(command: &mut Command) {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}\n{}", said(&output));
}

/// Whether node and these of its packages are there, and a browser where one is to be driven.
fn has_packages(packages: &[&str]) -> bool {
    let is_there = |package: &&str| has(package, tools().join("node/node_modules").join(package).exists());
    has("node", on_path("node")) && packages.iter().all(is_there) && (!packages.contains(&"playwright-core") || has("chromium", on_path("chromium")))
}

/// Runs a script on a finished site.
fn node(script: &str, site: &Path) {
    let script = project().join("tests/site").join(script);
    expect(Command::new("node").arg(script).arg(site).env("NODE_PATH", tools().join("node/node_modules")));
}

/// Runs a script on the demonstration archive, if what it needs is there.
fn node_on_demo(script: &str, packages: &[&str]) {
    if has_packages(packages) {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().join("site");
        demo(&site, "https://example.org/a/b/");
        node(script, &site);
    }
}

fn python(script: &str) -> Command {
    let mut command = Command::new("python3");
    command.arg("-B").arg(project().join("tests/site").join(script));
    command
}

/// The sites built for crawling: the demonstration, one made of the worst text that can be typed, one whose every text tries to
/// run something, a small and an empty one.
fn sites(folder: &Path) -> Vec<(PathBuf, &'static str)> {
    let base = "https://example.org/a/b/";
    demo(&folder.join("demo"), base);
    for made in ["soup", "hostile"] {
        let root = folder.join(format!("{made}-root"));
        expect(python(&format!("{made}.py")).arg(&root));
        let output = program().args(["build", "--quiet", "--root"]).arg(&root).arg("--output").arg(folder.join(made)).output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
    }
    let small = small_site();
    small.build();
    let bare = super::Site::new(&[("content/site.yaml", "title: 空\nlanguages: [zh]\n")]);
    bare.build();
    for (from, to) in [(&small, "small"), (&bare, "bare")] {
        std::fs::rename(from.root().join("output/site"), folder.join(to)).unwrap();
    }
    let of = |name: &str, base: &'static str| (folder.join(name), base);
    vec![of("demo", base), of("soup", ""), of("hostile", "https://example.org/h/"), of("small", "https://example.org/a/"), of("bare", "")]
}

#[test]
fn a_crawl_finds_no_dead_link_and_nothing_from_outside() {
    if !has("python3", on_path("python3")) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for (site, base) in sites(folder.path()) {
        let mut command = python("crawl.py");
        command.arg(site);
        if !base.is_empty() {
            command.args(["--base", base]);
        }
        expect(&mut command);
    }
}

#[test]
fn the_nu_html_checker_finds_no_error() {
    let jar = tools().join("node/node_modules/vnu-jar/build/dist/vnu.jar");
    if !has("python3", on_path("python3")) || !has("java", on_path("java")) || !has("the Nu HTML checker", jar.exists()) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new("java");
    command.arg("-Xss8m").arg("-jar").arg(&jar).args(["--errors-only", "--stdout", "--skip-non-html"]);
    command.args(sites(folder.path()).into_iter().map(|(site, _)| site));
    expect(&mut command);
}

#[test]
fn a_browser_reads_the_site_from_a_stick_and_under_a_folder_of_a_server() {
    node_on_demo("browse.js", &["playwright-core"]);
}

/// Feeds, sitemap, linked data, tables and citations, read by programs that were not written for us.
#[test]
fn machines_are_told_what_the_pages_say() {
    let reader = tools().join("readers/bin/python3");
    if !has_packages(&["jsonld"]) || !has("feedparser, rispy and bibtexparser", reader.exists()) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let base = "https://example.org/a/b/";
    demo(&folder.path().join("site"), base);
    expect(Command::new(reader).arg("-B").arg(project().join("tests/site/machines.py")).arg(folder.path().join("site")).args(["--base", base]));
    node("linked.js", &folder.path().join("site"));
}

/// The lines of a transcript are captions of their film, from a stick too.
#[test]
fn a_film_has_the_captions_of_its_transcript() {
    if !has_packages(&["playwright-core"]) {
        return;
    }
    let small = small_site();
    small.build();
    node("captions.js", &small.root().join("output/site"));
}

/// One page of every kind: with a screen reader, a keyboard, a narrow window, large letters, in the dark, on paper.
#[test]
fn everybody_can_read_every_kind_of_page() {
    node_on_demo("reading.js", &["playwright-core", "axe-core"]);
}

/// Large print goes along, the other language shows the same place, WeChat is told the way out, paper is unfolded.
#[test]
fn what_a_reader_chose_goes_along() {
    node_on_demo("reader.js", &["playwright-core"]);
}

/// Every example of every piece of the theme.
#[test]
fn everybody_can_read_every_piece_of_the_theme() {
    if !has_packages(&["playwright-core", "axe-core"]) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in tuopin::theme::Theme::builtin().gallery().unwrap() {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    node("gallery.js", folder.path());
}

/// Scripts and sheets are read by browsers of many years ago, and a page of a record is light.
#[test]
fn an_old_browser_on_a_slow_line_reads_the_site() {
    node_on_demo("old.js", &["acorn", "css-tree"]);
}

/// Every phrase is found where it stands and nowhere else, the same in both browsers, from a stick and from a server.
#[test]
fn search_finds_what_a_plain_scan_finds() {
    if !has("node", on_path("node")) || !has("chromium", on_path("chromium")) || !has("firefox-esr", on_path("firefox-esr")) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    demo(&folder.path().join("site"), "https://example.org/a/b/");
    expect(Command::new("node").arg(project().join("tests/site/search.js")).arg(folder.path().join("site")));
}

#[test]
fn the_script_of_search_reads_as_the_program_writes() {
    if has("node", on_path("node")) {
        expect(Command::new("node").arg(project().join("tests/site/vectors.js")).arg(project()));
    }
}
