//! Same content, same as-of, same version: the same bytes, wherever, whenever and however the program runs.

use super::{files, program, project, said};
use std::path::Path;

/// Builds the demonstration archive from a folder of its own under an environment.
fn build(root: &Path, environment: &[(&str, &str)]) -> Vec<(String, Vec<u8>)> {
    let out = tempfile::tempdir().unwrap();
    let folder = out.path().join("site");
    let mut command = program();
    command.args(["build", "--quiet", "--as-of", "2026-01-01", "--cache", "none", "--root"]).arg(root).arg("--output").arg(&folder);
    command.envs(environment.iter().copied());
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    files(&folder)
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.unwrap();
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(target).unwrap();
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn place_time_locale_zone_and_threads_change_nothing() {
    let here = build(&project(), &[("RAYON_NUM_THREADS", "1"), ("TZ", "UTC"), ("LC_ALL", "C")]);
    assert!(here.len() > 150);
    let elsewhere = tempfile::tempdir().unwrap();
    let root = elsewhere.path().join("另一个 文件夹");
    copy(&project().join("content"), &root.join("content"));
    let there = build(&root, &[("RAYON_NUM_THREADS", "7"), ("TZ", "Pacific/Kiritimati"), ("LC_ALL", "tr_TR.UTF-8"), ("SOURCE_DATE_EPOCH", "1")]);
    let names = |files: &[(String, Vec<u8>)]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&here), names(&there));
    for ((name, here), (_, there)) in here.iter().zip(&there) {
        assert!(here == there, "{name} differs");
    }
}

#[test]
fn no_page_holds_a_path_of_this_machine() {
    let folder = project().display().to_string();
    for (name, bytes) in build(&project(), &[]) {
        assert!(!String::from_utf8_lossy(&bytes).contains(&folder), "{name}");
    }
}
