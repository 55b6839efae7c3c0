//! The cache of pictures: a second build decodes nothing, and no entry, whole or damaged, changes a byte of the site.

use super::{Site, files, program, project, said};
use std::path::PathBuf;
use tuopin::digest::Sha;

const TEXT: &str = "---\ntitle: 甲\nsummary: 一句。\n---\n![一](a.jpg)\n\n![二](b.heic)\n\n![三](c.jpg)\n";

fn kept(name: &str) -> Vec<u8> {
    std::fs::read(project().join("tests/picture").join(name)).unwrap()
}

/// A record with a photograph, one of a telephone, and one that is broken.
fn site() -> Site {
    let site = Site::new(&[("content/site.yaml", "title: 测试\nlanguages: [zh]\n"), ("content/cases/a/index.zh.md", TEXT)]);
    site.write("content/cases/a/a.jpg", &kept("turned.jpg"));
    site.write("content/cases/a/b.heic", &kept("turned.heic"));
    site.write("content/cases/a/c.jpg", &kept("turned.jpg")[..200]);
    site
}

/// The entries of the cache: path, name and bytes.
fn entries(site: &Site) -> Vec<(PathBuf, String, Vec<u8>)> {
    let cache = site.root().join("output/.cache");
    let walk = walkdir::WalkDir::new(&cache).sort_by_file_name().into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let entry = |path: PathBuf| {
        let name = path.strip_prefix(&cache).unwrap().to_str().unwrap().replace('\\', "/");
        let bytes = std::fs::read(&path).unwrap();
        (path, name, bytes)
    };
    walk.map(|found| entry(found.into_path())).collect()
}

/// Puts other bytes under a name, sealed as the program seals them.
fn plant(path: &PathBuf, name: &str, bytes: &[u8]) {
    let seal = Sha::of_parts([name.as_bytes(), bytes]);
    std::fs::write(path, [seal.0.as_slice(), bytes].concat()).unwrap();
}

fn pictures(site: &Site) -> Vec<(String, Vec<u8>)> {
    files(&site.root().join("output/site")).into_iter().filter(|(path, _)| path.starts_with("pictures/")).collect()
}

/// What stands in the cache is what is written, so nothing was decoded for it: other pixels are put there, and come out.
#[test]
fn a_second_build_decodes_nothing() {
    let site = site();
    site.build();
    let first = pictures(&site);
    assert_eq!(first.len(), 2);
    let before = entries(&site);
    assert_eq!(before.len(), 5, "facts of three, one width of two");
    let other = first.iter().map(|(_, bytes)| bytes.clone()).max_by_key(Vec::len).unwrap();
    let mut planted = 0;
    for (path, name, bytes) in &before {
        let text = String::from_utf8_lossy(&bytes[32..]).into_owned();
        if name.ends_with(".64") {
            plant(path, name, &other);
            planted += 1;
        } else if let Some(rest) = text.strip_prefix("picture ") {
            plant(path, name, format!("picture {}{}", "0".repeat(10), &rest[10..]).as_bytes());
        } else {
            plant(path, name, b"unsupported PLANTED");
        }
    }
    assert_eq!(planted, 2);
    let output = site.run(&["check", "--format", "short", "--language", "en"]);
    assert!(said(&output).contains("PLANTED"), "{}", said(&output));
    site.build();
    let second = pictures(&site);
    assert_eq!(second.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>(), ["pictures/0000000000-64.jpg"]);
    assert!(second[0].1 == other);
}

#[test]
fn damaged_entries_and_no_cache_give_the_same_bytes() {
    let site = site();
    site.build();
    let first = files(&site.root().join("output/site"));
    let before = entries(&site);
    for damage in 0..3 {
        for (path, _, bytes) in &before {
            let mut bytes = bytes.clone();
            match damage {
                0 => bytes.truncate(bytes.len() / 2),
                1 => *bytes.last_mut().unwrap() ^= 1,
                _ => bytes.clear(),
            }
            std::fs::write(path, bytes).unwrap();
        }
        site.build();
        assert!(files(&site.root().join("output/site")) == first);
        assert!(entries(&site) == before, "what was damaged is made anew, and nothing else is left");
    }
    // Of a picture whose facts stand, one width is gone.
    let (path, ..) = before.iter().find(|(_, name, _)| name.ends_with(".64")).unwrap();
    std::fs::remove_file(path).unwrap();
    site.build();
    assert!(entries(&site) == before);
    std::fs::remove_dir_all(site.root().join("output")).unwrap();
    let output = site.run(&["build", "--quiet", "--cache", "none"]);
    assert!(output.status.success(), "{}", said(&output));
    assert!(files(&site.root().join("output/site")) == first);
    assert!(!site.root().join("output/.cache").exists());
}

#[test]
fn check_writes_nothing_and_closed_pictures_are_kept_nowhere() {
    let site = site();
    site.run(&["check"]);
    assert!(!site.root().join("output").exists());
    let closed = Site::new(&[("content/cases/b/index.zh.md", "---\ntitle: 乙\nsummary: 一句。\naccess: internal\n---\n![一](d.jpg)\n")]);
    std::fs::remove_file(closed.root().join("content/site.yaml")).unwrap();
    closed.write("content/cases/b/d.jpg", &kept("cmyk.jpg"));
    let elsewhere = tempfile::tempdir().unwrap();
    let mut command = program();
    command.args(["build", "--quiet", "--profile", "internal", "--root"]).arg(site.root()).arg("--closed").arg(closed.root());
    let output = command.arg("--output").arg(elsewhere.path().join("internal")).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    let shown = files(&elsewhere.path().join("internal")).iter().filter(|(path, _)| path.starts_with("pictures/")).count();
    assert_eq!((shown, entries(&site).len()), (3, 5));
}
