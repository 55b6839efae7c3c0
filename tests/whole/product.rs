//! The finished folder: written whole or not at all, twice the same, and never over somebody else's files.

use super::{files, program, said, small_site};
use std::process::{Command, Stdio};
use std::time::Duration;

#[test]
fn a_second_build_writes_nothing() {
    let site = small_site();
    site.build();
    let before = files(&site.root().join("output/site"));
    let times = |root: &std::path::Path| -> Vec<_> {
        let walk = walkdir::WalkDir::new(root).sort_by_file_name();
        walk.into_iter().map(|entry| entry.unwrap().metadata().unwrap().modified().unwrap()).collect()
    };
    let written = times(&site.root().join("output/site"));
    let said = site.build();
    assert!(said.contains(" 0 written, 0 deleted"), "{said}");
    assert_eq!(times(&site.root().join("output/site")), written);
    assert!(files(&site.root().join("output/site")) == before, "the site changed");
    // The cache of pictures is kept for the next build.
    let is_beside = |name: &String| !name.starts_with("site/") && !name.starts_with(".cache/");
    let names: Vec<String> = files(&site.root().join("output")).into_iter().map(|(name, _)| name).filter(is_beside).collect();
    assert_eq!(names, ["report/privacy.json"], "what stands beside the site");
}

#[test]
fn a_foreign_folder_is_refused_and_untouched() {
    let site = small_site();
    site.write("mine/thesis.doc", b"mine");
    let output = site.run(&["build", "--output", site.root().join("mine").to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert_eq!(files(&site.root().join("mine")), [("thesis.doc".to_owned(), b"mine".to_vec())]);
}

#[test]
fn an_error_leaves_the_last_site() {
    let site = small_site();
    site.build();
    let before = files(&site.root().join("output/site"));
    site.write("content/cases/bad.zh.md", b"---\ntitle: x\naccess: intern\n---\nx\n");
    let output = site.run(&["build", "--language", "en"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("nothing was written"), "{}", said(&output));
    assert!(files(&site.root().join("output/site")) == before, "the site changed");
}

#[test]
fn a_record_that_goes_takes_its_pages_with_it_and_no_others() {
    let site = small_site();
    site.build();
    site.write("output/site/zh/stranger.txt", b"mine");
    std::fs::remove_file(site.root().join("content/cases/camellia.zh.md")).unwrap();
    site.build();
    assert!(!site.root().join("output/site/zh/cases/camellia.html").exists());
    assert!(site.root().join("output/site/zh/stranger.txt").exists());
    assert!(site.read("output/site/zh/cases/tea.html").contains("见油茶。"), "the link to it prints its words");
}

#[test]
fn the_root_may_be_read_only() {
    let site = small_site();
    let out = tempfile::tempdir().unwrap();
    let read_only = |on: bool| {
        let mut permissions = std::fs::metadata(site.root()).unwrap().permissions();
        permissions.set_readonly(on);
        std::fs::set_permissions(site.root(), permissions).unwrap();
    };
    read_only(true);
    let output = site.run(&["build", "--output", out.path().join("x").to_str().unwrap(), "--cache", "none"]);
    read_only(false);
    assert!(output.status.success(), "{}", said(&output));
    assert!(!site.root().join("output").exists());
}

#[test]
fn root_given_as_the_content_folder_gets_a_hint() {
    let site = small_site();
    let output = program().args(["check", "--language", "en", "--root"]).arg(site.root().join("content")).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("the folder above"), "{}", said(&output));
}

#[test]
fn a_closed_pipe_is_no_error() {
    let site = small_site();
    for at in 0..200 {
        site.write(&format!("content/cases/x{at}.zh.md"), "---\ntitle: 甲\n---\n[无](无处.zh.md)\n".as_bytes());
    }
    let mut child = Command::new(env!("CARGO_BIN_EXE_tuopin"))
        .args(["check", "--format", "json", "--root"])
        .arg(site.root())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
}

/// Kills a build at many moments: the site is at every time the old one or the new one, whole, and the next run is right.
#[cfg(unix)]
#[test]
fn a_build_killed_at_any_moment_leaves_a_whole_site() {
    let site = small_site();
    for at in 0..300 {
        site.write(&format!("content/cases/x{at}.zh.md"), format!("---\ntitle: 第{at}篇\ndate: 2020\n---\n旧的一段。\n").as_bytes());
    }
    site.build();
    let site_folder = site.root().join("output/site");
    let old = files(&site_folder);
    for at in 0..300 {
        site.write(&format!("content/cases/x{at}.zh.md"), format!("---\ntitle: 第{at}篇\ndate: 2020\n---\n新的一段，长一些。\n").as_bytes());
    }
    let expected = {
        let out = tempfile::tempdir().unwrap();
        let folder = out.path().join("x");
        assert!(site.run(&["build", "--as-of", "2026-01-01", "--output", folder.to_str().unwrap()]).status.success());
        files(&folder)
    };
    assert!(old != expected, "the two sites are the same");
    let mut killed = 0;
    for delay in 0..60u64 {
        let mut child = program().args(["build", "--as-of", "2026-01-01", "--quiet", "--root"]).arg(site.root()).spawn().unwrap();
        std::thread::sleep(Duration::from_micros(500 * delay * delay / 8));
        child.kill().unwrap();
        killed += u32::from(!child.wait().unwrap().success());
        let has_journal = site.root().join("output/site.journal").exists();
        let now = files(&site_folder);
        let whole = now == old || now == expected;
        assert!(whole || has_journal, "neither the old site nor the new one, and no journal, after {delay}");
        if now != old {
            break;
        }
    }
    assert!(killed > 5, "only {killed} runs were killed");
    site.build();
    assert!(files(&site_folder) == expected, "the next run is not right");
    assert!(!site.root().join("output/site.part").exists() && !site.root().join("output/site.journal").exists());
}
