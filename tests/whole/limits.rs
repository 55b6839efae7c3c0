//! What no editor means and somebody sends all the same: bombs, depths, giants, links that lead away. Each is a finding,
//! never a crash, and takes no more time than a build may.

use super::{Site, said};
use std::time::{Duration, Instant};

/// Checks a site and returns what was said; a run that takes longer than a minute hangs.
fn check(site: &Site) -> String {
    let started = Instant::now();
    let output = site.run(&["check", "--format", "short", "--language", "en"]);
    assert!(started.elapsed() < Duration::from_secs(60), "hangs");
    assert!(matches!(output.status.code(), Some(0 | 1)), "{:?}: {}", output.status, said(&output));
    said(&output)
}

#[test]
fn an_alias_bomb_is_a_finding() {
    let mut bomb = String::from("a: &a [x,x,x,x,x,x,x,x,x,x]\n");
    for (from, to) in ["a", "b", "c", "d", "e", "f", "g"].iter().zip(["b", "c", "d", "e", "f", "g", "h"]) {
        bomb.push_str(&format!("{to}: &{to} [{}]\n", vec![format!("*{from}"); 10].join(",")));
    }
    let site = Site::new(&[("content/data/bomb.yaml", &bomb), ("content/cases/a.zh.md", &format!("---\ntitle: x\n{bomb}---\n"))]);
    let said = check(&site);
    assert_eq!(said.matches("yaml-excess").count(), 2, "{said}");
}

#[test]
fn a_hundred_thousand_levels_are_a_finding_in_every_place() {
    let deep = 100_000;
    let site = Site::new(&[
        ("content/data/deep.yaml", &"[".repeat(deep)),
        ("content/data/indent.yaml", &(0..2000).map(|level| format!("{}a:\n", " ".repeat(level))).collect::<String>()),
        ("content/cases/quotes.zh.md", &format!("---\ntitle: 引\n---\n{}深\n", ">".repeat(deep))),
        ("content/cases/lists.zh.md", &format!("---\ntitle: 列\n---\n{}深\n", "- ".repeat(5000))),
        ("content/cases/brackets.zh.md", &format!("---\ntitle: 括\n---\n{}深{}\n", "[".repeat(deep), "](a)".repeat(deep))),
        ("content/cases/stars.zh.md", &format!("---\ntitle: 星\n---\n{}深{}\n", "*a **b ".repeat(20_000), "*".repeat(deep))),
        ("content/cases/tags.zh.md", &format!("---\ntitle: 标\n---\n{}深\n", "<b><details><table><td>".repeat(20_000))),
        ("content/cases/notes.zh.md", &format!("---\ntitle: 注\n---\n{}\n", "[^1]".repeat(50_000))),
        ("content/cases/ticks.zh.md", &format!("---\ntitle: 撇\n---\n{}\n", "`` ` ".repeat(50_000))),
    ]);
    let said = check(&site);
    assert!(said.contains("content/data/deep.yaml:1:33: error yaml-excess"), "{said}");
    assert!(said.contains("nesting-deep"), "{said}");
    let built = site.run(&["build", "--quiet"]);
    assert_eq!(built.status.code(), Some(1), "the YAML file stops the build: {}", super::said(&built));
    for yaml in ["deep", "indent"] {
        std::fs::remove_file(site.root().join(format!("content/data/{yaml}.yaml"))).unwrap();
    }
    site.build();
}

#[test]
fn a_giant_file_is_a_finding_and_not_read() {
    let site = Site::new(&[("content/cases/a.zh.md", "---\ntitle: 甲\n---\n文。\n")]);
    for name in ["content/cases/giant.zh.md", "content/data/giant.yaml"] {
        site.write(name, b"title: x\n");
        let file = std::fs::File::options().write(true).open(site.root().join(name)).unwrap();
        // Sparse: it claims 200 MB and takes no room.
        file.set_len(200 << 20).unwrap();
    }
    let said = check(&site);
    assert_eq!(said.matches("file-too-large").count(), 2, "{said}");
}

#[cfg(unix)]
#[test]
fn links_that_leave_the_content_folder_are_not_followed() {
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("secret.zh.md"), "---\ntitle: 外面\n---\n不该读到。\n").unwrap();
    let site = Site::new(&[("content/cases/a.zh.md", "---\ntitle: 甲\n---\n文。\n")]);
    let link = |from: &std::path::Path, to: &str| std::os::unix::fs::symlink(from, site.root().join(to)).unwrap();
    link(outside.path(), "content/stories");
    link(&outside.path().join("secret.zh.md"), "content/cases/linked.zh.md");
    link(&site.root().join("content"), "content/cases/loop");
    link(std::path::Path::new("/dev/zero"), "content/cases/zero.zh.md");
    let said = check(&site);
    assert!(said.matches("file-outside-root").count() >= 3, "{said}");
    let output = site.run(&["build", "--quiet"]);
    assert_eq!(output.status.code(), Some(1), "{}", super::said(&output));
    assert!(!said.contains("外面"));
}

#[test]
fn bytes_that_are_no_text_are_findings() {
    let site = Site::new(&[("content/cases/a.zh.md", "---\ntitle: 甲\n---\n文。\n")]);
    let noise: Vec<u8> = (0..100_000u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    for name in ["content/cases/noise.zh.md", "content/data/noise.yaml", "content/cases/a.jpg", "content/collections.yaml"] {
        site.write(name, &noise);
    }
    let said = check(&site);
    assert!(said.contains("encoding-broken"), "{said}");
}
