//! What holds of the code itself: its layers, its headings, nothing left for later.

use super::project;
use std::collections::BTreeMap;
use std::path::PathBuf;

fn sources() -> Vec<(PathBuf, String)> {
    let walk = walkdir::WalkDir::new(project().join("src")).sort_by_file_name();
    let files = walk.into_iter().map(Result::unwrap).filter(|entry| entry.path().extension().is_some_and(|suffix| suffix == "rs"));
    files.map(|entry| (entry.path().strip_prefix(project()).unwrap().to_path_buf(), std::fs::read_to_string(entry.path()).unwrap())).collect()
}

/// The modules by the paragraph of `lib.rs` in which they stand.
fn layers() -> BTreeMap<String, usize> {
    let text = std::fs::read_to_string(project().join("src/lib.rs")).unwrap();
    let mut layers = BTreeMap::new();
    let mut layer = 0;
    for line in text.lines() {
        if line.trim().is_empty() {
            layer += 1;
        } else if let Some(name) = line.strip_prefix("pub mod ").and_then(|rest| rest.strip_suffix(';')) {
            layers.insert(name.to_owned(), layer);
        }
    }
    layers
}

/// The modules that a file of `own` names, in code and in comments alike.
fn imports(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("crate::").map(|(at, found)| {
        let rest = &text[at + found.len()..];
        &rest[..rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len())]
    })
}

#[test]
fn a_module_imports_only_from_earlier_paragraphs() {
    let layers = layers();
    assert!(layers.len() > 15, "{layers:?}");
    let mut faults = Vec::new();
    for (path, text) in sources() {
        let own = path.components().nth(1).unwrap().as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned();
        let Some(layer) = layers.get(&own) else { continue };
        for imported in imports(&text).filter(|imported| *imported != own) {
            match layers.get(imported) {
                Some(other) if other < layer => {}
                Some(_) => faults.push(format!("{}: imports {imported}, which stands no earlier than {own}", path.display())),
                None => faults.push(format!("{}: imports crate::{imported}, which lib.rs does not name", path.display())),
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Only the gate makes editions, and nothing after it can name the archive.
#[test]
fn nothing_after_the_gate_names_the_archive() {
    let layers = layers();
    let gate = layers["disclose"];
    for (path, text) in sources() {
        let own = path.components().nth(1).unwrap().as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned();
        // The commands carry the value from one stage to the next.
        let after = layers.get(&own).is_some_and(|layer| *layer > gate) && own != "cli";
        assert!(!after || !text.contains("model::Archive") && !text.contains("::Archive,"), "{} names the archive", path.display());
        assert!(own == "disclose" || !text.contains("Edition {"), "{} makes an edition", path.display());
    }
}

#[test]
fn every_file_says_what_it_is_and_leaves_nothing_for_later() {
    for (path, text) in sources() {
        let path = path.display();
        assert!(text.starts_with("//! "), "{path} does not begin with what it is");
        for word in ["todo!", "unimplemented!", "dbg!", "FIXME", "TODO", "XXX"] {
            assert!(!text.contains(word), "{path}: {word}");
        }
        let lines = text.lines().count();
        assert!(lines <= 700, "{path} has {lines} lines");
    }
}

#[test]
fn the_readme_is_short_and_knows_the_two_commands() {
    let readme = std::fs::read_to_string(project().join("README.md")).unwrap();
    assert!(readme.lines().count() < 200);
    for command in ["cargo run --release -- build", "tests/run"] {
        assert!(readme.matches(command).count() >= 2, "{command} does not stand in both languages");
    }
    assert!(readme.find("共和国脱贫档案").is_some_and(|zh| readme.find("The Republic").is_some_and(|en| zh < en)), "Chinese comes first");
}

/// Whatever else lies at the top was left there by mistake.
#[test]
fn the_top_level_holds_what_was_agreed_and_nothing_else() {
    const AGREED: &[&str] = &["Cargo.lock", "Cargo.toml", "LICENSE", "README.md", "content", "output", "src", "target", "tests", "themes"];
    let names = std::fs::read_dir(project()).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    let others: Vec<String> = names.filter(|name| !name.starts_with('.') && !AGREED.contains(&name.as_str())).collect();
    assert!(others.is_empty(), "{others:?}");
}
