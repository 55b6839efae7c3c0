//! The tests by what they look at, and the tools that they share.

mod case;
mod code;
mod emphasis;
mod limits;
mod machine;
mod outer;
mod pictures;
mod privacy;
mod product;
mod same_bytes;
mod search;
mod serve;
mod tables;
mod work_plan;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The program under test.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tuopin"));
    // What a developer's shell sets must not change what a test sees.
    for variable in ["SOURCE_DATE_EPOCH", "NO_COLOR", "LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE", "TZ"] {
        command.env_remove(variable);
    }
    command
}

/// The project's folder.
pub(crate) fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A temporary site: its files by path, a least `site.yaml` where none is given.
pub(crate) struct Site {
    folder: tempfile::TempDir,
}

impl Site {
    pub(crate) fn new(files: &[(&str, &str)]) -> Site {
        let site = Site { folder: tempfile::tempdir().unwrap() };
        if !files.iter().any(|(path, _)| *path == "content/site.yaml") {
            site.write("content/site.yaml", b"title: {zh: \xe6\xb5\x8b\xe8\xaf\x95, en: Test}\n");
        }
        for (path, text) in files {
            site.write(path, text.as_bytes());
        }
        site
    }

    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, path: &str, bytes: &[u8]) {
        let target = self.root().join(path);
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::write(target, bytes).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Runs the program in the site with these words.
    pub(crate) fn run(&self, words: &[&str]) -> Output {
        program().arg(words[0]).arg("--root").arg(self.root()).args(&words[1..]).output().unwrap()
    }

    /// Builds, and expects that to succeed.
    pub(crate) fn build(&self) -> String {
        let output = self.run(&["build", "--as-of", "2026-01-01", "--language", "en"]);
        assert!(output.status.success(), "{}", said(&output));
        said(&output)
    }
}

/// Both streams of a finished process.
pub(crate) fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Every file below a folder with its bytes, sorted by path.
pub(crate) fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let walk = walkdir::WalkDir::new(folder).sort_by_file_name();
    let files = walk.into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    files.map(|entry| (entry.path().strip_prefix(folder).unwrap().display().to_string(), std::fs::read(entry.path()).unwrap())).collect()
}

/// A small text that stands for many: both languages, a picture, a link, closed parts, a film with captions, scanned pages.
pub(crate) fn small_site() -> Site {
    let site = Site::new(&[
        ("content/site.yaml", "title: {zh: 小站, en: Small site}\nbase_url: https://example.org/a/\n"),
        ("content/vocabulary/places.yaml", "- {id: guangshan, zh: 光山县, en: Guangshan County}\n- {id: xinxian, zh: 新县, en: Xinxian County}\n"),
        (
            "content/cases/tea.zh.md",
            "---\ntitle: 茶\ndate: 2020-03\nplaces: [guangshan]\n---\n一段话，见[油茶](camellia.zh.md)。\n\n## 小标题\n\n又一段。\n",
        ),
        ("content/cases/tea.en.md", "---\ntitle: Tea\n---\nA paragraph, see [camellia](camellia.en.md).\n\n## Heading\n\nAnother.\n"),
        ("content/cases/camellia.zh.md", "---\ntitle: 油茶\ndate: 2009/2021\nplaces: [xinxian]\n---\n只有中文。\n"),
        (
            "content/activities/talk/index.zh.md",
            "---\ntitle: 讲解\ndate: 2020-10\nfiles:\n  - {file: talk.mp4, label: {zh: 录像, en: Film}, poster: talk.png, captions: {zh: zh.vtt, en: en.vtt}}\n  \
             - {scans: pages, reviewed: {by: 甲, date: 2026-01-01}}\n---\n一段录像。\n",
        ),
        ("content/activities/talk/index.en.md", "---\ntitle: A talk\n---\nA film.\n"),
        ("content/activities/talk/zh.vtt", "WEBVTT\n\n00:00.100 --> 00:00.900\n<v 讲解员>荒坡 &amp; <b>油茶</b>\n"),
        ("content/activities/talk/en.vtt", "WEBVTT\n\n00:00.100 --> 00:00.400\nA hill &lt;\n\n00:00.500 --> 00:00.900\nand camellia\n"),
        ("content/stories/gala/index.zh.md", "---\ntitle: 村晚\n---\n![演出](gala.png)\n\n:::internal\n内部一段。\n:::\n\n{withheld:某某}也在。\n"),
    ]);
    let picture = image::RgbImage::from_fn(40, 30, |x, y| image::Rgb([(x * 6) as u8, (y * 8) as u8, 90]));
    picture.save(site.root().join("content/stories/gala/gala.png")).unwrap();
    picture.save(site.root().join("content/activities/talk/talk.png")).unwrap();
    site.write("content/activities/talk/talk.mp4", &std::fs::read(project().join("src/media/sample/film.mp4")).unwrap());
    site.write("content/activities/talk/pages/1.png", &std::fs::read(site.root().join("content/stories/gala/gala.png")).unwrap());
    let page = image::RgbImage::from_fn(30, 40, |x, y| image::Rgb([200, (x * 6) as u8, (y * 5) as u8]));
    page.save(site.root().join("content/activities/talk/pages/2.png")).unwrap();
    site
}
