//! Non-interference: whatever is closed may be another value or not be there at all, the public site is byte for byte the same.

use super::super::{Site, said};
use super::tokens::spell;
use super::{AS_OF, Chance, built_with};
use std::fmt::Write as _;

/// What becomes of the closed part of an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Closed {
    /// The values of a first seed.
    Is,
    /// Other values of other lengths.
    Differs,
    /// The values of the first seed, closed records under a root of their own.
    Apart,
    /// Closed records, texts, pictures, blocks, collections are not there; withheld runs are a word long.
    Gone,
}

/// The second root.
const APART: &str = "apart/";

/// Writes one random archive, the open part by one seed, the closed values by another.
struct Writer {
    open: Chance,
    values: Chance,
    closed: Closed,
    site: Site,
}

impl Writer {
    fn write(seed: u64, closed: Closed) -> Site {
        let values = Chance::new(seed + if closed == Closed::Differs { 7000 } else { 3000 });
        let mut writer = Writer { open: Chance::new(seed), values, closed, site: Site::new(&[]) };
        writer.shared();
        writer.open_table();
        writer.closed_table();
        writer.ledger();
        for number in 0..14 {
            writer.open_record(number);
            for part in 0..writer.open.below(3) {
                writer.closed_record(number * 10 + part);
            }
        }
        writer.site
    }

    /// A closed value: rare words, as many as chance says.
    fn value(&mut self) -> String {
        let kind = if self.values.below(2) == 0 { "han" } else { "latin" };
        (0..=self.values.below(6)).map(|_| spell(kind, &mut self.values)).collect::<Vec<_>>().join(" ")
    }

    fn run(&mut self) -> String {
        let value = if self.closed == Closed::Gone { "某".to_owned() } else { self.value() };
        format!("{{withheld:{value}}}")
    }

    fn words(&mut self) -> String {
        let words = ["油茶", "新村", "合作社", "道路", "学校", "茶园", "水渠", "医保", "培训", "搬迁"];
        (0..2 + self.open.below(5)).map(|_| self.open.one_of(&words)).collect()
    }

    /// Words of the open part, now and then with a withheld run among them.
    fn line(&mut self) -> String {
        let (before, after) = (self.words(), self.words());
        if self.open.below(3) == 0 { format!("{before}{}{after}", self.run()) } else { before }
    }

    fn shared(&mut self) {
        let mut terms = String::new();
        for id in ["xin", "guang", "luo", "shang", "huai"] {
            let (name, note) = (self.line(), self.line());
            writeln!(terms, "- {{id: {id}, zh: \"{name}\", en: \"Place {id}\", note: {{zh: \"{note}\"}}}}").unwrap();
        }
        self.site.write("content/vocabulary/places.yaml", terms.as_bytes());
        let mut facts = "sources:\n  s: {title: 年报}\nfacts:\n".to_owned();
        for id in ["homes", "trees", "roads"] {
            let label = self.line();
            writeln!(facts, "  - {{id: {id}, label: {{zh: \"{label}\"}}, value: {}, unit: 户, source: s}}", self.open.below(900) + 1).unwrap();
        }
        self.site.write("content/data/facts.yaml", facts.as_bytes());
        let notice = self.line();
        let mut collections = "- {id: cases, zh: 案例, en: Cases}\n- {id: stories, zh: 故事, en: Stories}\n".to_owned();
        if self.closed != Closed::Gone {
            let (zh, en) = (self.value(), self.value());
            writeln!(collections, "- {{id: households, zh: \"{zh}\", en: \"{en}\", household: true}}").unwrap();
        }
        self.site
            .write("content/site.yaml", format!("title: {{zh: 测试, en: Test}}\nbase_url: https://example.org/\nnotice: \"{notice}\"\n").as_bytes());
        self.site.write("content/collections.yaml", collections.as_bytes());
    }

    /// An open table with closed columns and rows, which may not be there.
    fn open_table(&mut self) {
        let is_there = self.closed != Closed::Gone;
        let (title, label) = (self.line(), self.line());
        let mut text =
            format!("title: \"{title}\"\nsource: s\nas_of: 2020\ncolumns:\n  - {{id: words, label: \"{label}\"}}\n  - {{id: n, type: number}}\n");
        if is_there {
            let (label, level) = (self.value(), self.values.one_of(&["internal", "sealed"]));
            writeln!(text, "  - {{id: shut, label: \"{label}\", access: {level}}}").unwrap();
        }
        text.push_str("rows:\n");
        for _ in 0..5 + self.open.below(30) {
            let (words, number) = (self.line(), self.open.below(9000));
            let shut = if is_there { format!(", shut: \"{}\"", self.value()) } else { String::new() };
            writeln!(text, "  - {{words: \"{words}\", n: {number}{shut}}}").unwrap();
            if is_there && self.values.below(3) == 0 {
                let (words, number) = (self.value(), self.values.below(900_000_000));
                let level = self.values.one_of(&["internal", "sealed", "metadata-only"]);
                writeln!(text, "  - {{words: {{zh: \"{words}\", en: \"{words} x\"}}, n: {number}, access: {level}}}").unwrap();
            }
        }
        self.site.write("content/data/open-table.yaml", text.as_bytes());
    }

    /// A table that is closed as a whole.
    fn closed_table(&mut self) {
        if self.closed == Closed::Gone {
            return;
        }
        let closing =
            self.values.one_of(&["access: internal", "access: sealed", "household: true", "open_after: 2045-01-01", "classification: 内部"]);
        let (title, note, label, cell) = (self.value(), self.value(), self.value(), self.value());
        let text = format!(
            "title: \"{title}\"\nnote: \"{note}\"\nsource: {{title: \"{label}\"}}\nas_of: 2019\n{closing}\ncolumns: [{{id: a, label: \"{label}\"}}]\nrows: [{{a: \"{cell}\"}}]\n"
        );
        let root = if self.closed == Closed::Apart { APART } else { "" };
        self.site.write(&format!("{root}content/data/shut-table.yaml"), text.as_bytes());
    }

    /// A closed table that publishes sums. Its internal rows are what is published; its sealed rows and its other columns are not.
    fn ledger(&mut self) {
        let is_there = self.closed != Closed::Gone;
        let mut text = "household: true\nsource: s\nas_of: 2020\npublish:\n  - {id: sums, title: {zh: 汇总, en: Sums}, by: [place, kind], sum: [n]}\n  - {id: kinds, title: {zh: 分类汇总, en: Sums by kind}, by: [kind], sum: [n]}\n".to_owned();
        let title = if is_there { self.value() } else { "某".to_owned() };
        writeln!(text, "title: \"{title}\"").unwrap();
        text.push_str("columns:\n  - {id: place, type: place}\n  - {id: kind}\n  - {id: n, type: integer}\n");
        if is_there {
            writeln!(text, "  - {{id: name, label: \"{}\"}}", self.value()).unwrap();
        }
        text.push_str("rows:\n");
        for _ in 0..40 + self.open.below(60) {
            let (place, kind, n) =
                (self.open.one_of(&["xin", "guang", "luo"]), self.open.one_of(&["甲类", "乙类", "丙类", "丁类"]), self.open.below(50));
            let name = if is_there { format!(", name: \"{}\"", self.value()) } else { String::new() };
            writeln!(text, "  - {{place: {place}, kind: {kind}, n: {n}{name}}}").unwrap();
            if is_there && self.values.below(4) == 0 {
                let (kind, n) = (self.value(), self.values.below(9_000_000));
                writeln!(text, "  - {{place: shang, kind: \"{kind}\", n: {n}, access: sealed}}").unwrap();
            }
        }
        let root = if self.closed == Closed::Apart { APART } else { "" };
        self.site.write(&format!("{root}content/data/ledger.yaml"), text.as_bytes());
    }

    /// A block of a body: open, or a closed one that may not be there.
    fn block(&mut self, out: &mut String) {
        let inside = |writer: &mut Writer| match writer.values.below(4) {
            0 => format!("## {}\n\n{}", writer.value(), writer.value()),
            1 => format!("- {}\n- {}", writer.value(), writer.value()),
            2 => format!("| {} | 乙 |\n|---|---|\n| {} | 丙 |\n\n![{}](inside.png)", writer.value(), writer.value(), writer.value()),
            _ => format!("{}{{fact:trees}}[^x]\n\n[^x]: {}", writer.value(), writer.value()),
        };
        match self.open.below(9) {
            0 => writeln!(out, "## {}\n", self.line()).unwrap(),
            1 => writeln!(out, "- {}\n- {}\n", self.line(), self.line()).unwrap(),
            2 => writeln!(out, "| {} | 数 |\n|---|---|\n| {} | {{fact:homes}} |\n", self.line(), self.line()).unwrap(),
            3 => writeln!(out, "> {}\n", self.line()).unwrap(),
            4 if self.closed != Closed::Gone => {
                let value = inside(self);
                writeln!(out, ":::internal\n{value}\n:::\n").unwrap();
            }
            5 => {
                out.push_str("- 甲\n\n");
                if self.closed != Closed::Gone {
                    writeln!(out, "  :::internal\n  {}\n  :::\n", self.value()).unwrap();
                }
                out.push_str("- 乙\n\n");
            }
            6 => {
                writeln!(out, ":::note {}\n{}\n", self.line(), self.words()).unwrap();
                if self.closed != Closed::Gone {
                    writeln!(out, ":::internal\n{}\n:::\n", self.value()).unwrap();
                }
                out.push_str(":::\n\n");
            }
            7 => {
                // A link to a closed record prints its words, whether the record is there or not.
                let target = self.open.below(140);
                writeln!(out, "见[{}](../cases/shut-{target}.zh.md)与[{}](../stories/open-3.zh.md)。\n", self.words(), self.words()).unwrap();
            }
            4 => {}
            _ => writeln!(out, "{}，{{fact:homes}}。\n", self.line()).unwrap(),
        }
    }

    fn open_record(&mut self, number: usize) {
        let collection = self.open.one_of(&["cases", "stories"]);
        let folder = format!("content/{collection}/open-{number}");
        let (title, summary) = (self.line(), self.line());
        let place = self.open.one_of(&["xin", "guang", "luo"]);
        let year = 2010 + self.open.below(10);
        let mut front = format!("title: \"{title}\"\nsummary: \"{summary}\"\ndate: {year}\nplaces: [{place}]\n");
        if self.open.below(2) == 0 {
            let source = self.line();
            writeln!(front, "sources: [{{title: \"{source}\"}}]").unwrap();
        }
        let mut body = format!("{}。\n\n![{}](open.png \"{}\")\n\n", self.line(), self.line(), self.line());
        let has_shut_picture = self.open.below(2) == 0;
        if has_shut_picture && self.closed != Closed::Gone {
            front.push_str("pictures: [{file: open.png}, {file: shut.png, access: internal}]\n");
        }
        if has_shut_picture {
            body.push_str("![关](shut.png)\n\n");
        }
        for _ in 0..2 + self.open.below(6) {
            self.block(&mut body);
        }
        self.site.write(&format!("{folder}/index.zh.md"), format!("---\n{front}---\n{body}").as_bytes());
        let shade = u8::try_from(self.open.below(200)).unwrap();
        self.picture(&format!("{folder}/open.png"), shade);
        let english = self.open.below(3);
        if english == 0 {
            self.site.write(
                &format!("{folder}/index.en.md"),
                format!("---\ntitle: Open {number}\nsummary: A sentence.\n---\nText {{fact:homes}}.\n").as_bytes(),
            );
        }
        if self.closed == Closed::Gone {
            return;
        }
        if english == 1 {
            let (title, text) = (self.value(), self.value());
            let closing = self.values.one_of(&["text_access: internal", "text_access: sealed", "translation: {by: machine, reviewed: false}"]);
            self.site.write(&format!("{folder}/index.en.md"), format!("---\ntitle: \"{title}\"\n{closing}\n---\n{text}\n").as_bytes());
        }
        for name in ["shut.png", "inside.png"] {
            let shade = u8::try_from(self.values.below(200)).unwrap();
            self.picture(&format!("{folder}/{name}"), shade);
        }
    }

    /// A record that is closed as a whole; half of them have the picture of an open one.
    fn closed_record(&mut self, number: usize) {
        let closing =
            self.open.one_of(&["access: internal", "access: sealed", "status: draft", "open_after: 2045-01-01", "classification: 内部", ""]);
        if self.closed == Closed::Gone {
            return;
        }
        let collection = if closing.is_empty() { "households" } else { self.values.one_of(&["cases", "stories"]) };
        let root = if self.closed == Closed::Apart { APART } else { "" };
        let folder = format!("{root}content/{collection}/shut-{number}");
        let (title, summary, body, source) = (self.value(), self.value(), self.value(), self.value());
        let (place, year) = (self.values.one_of(&["xin", "luo", "shang", "huai"]), 1990 + self.values.below(40));
        let front = format!(
            "title: \"{title}\"\nsummary: \"{summary}\"\n{closing}\ndate: {year}\nplaces: [{place}]\nsources: [{{title: \"{source}\"}}]\nformer_ids: [past-{number}]\n"
        );
        self.site.write(
            &format!("{folder}/index.zh.md"),
            format!("---\n{front}---\n{body}{{fact:roads}}\n\n![{body}](a.png)\n\n见[甲](../open-3/index.zh.md)\n").as_bytes(),
        );
        if self.values.below(2) == 0 {
            self.site.write(&format!("{folder}/index.en.md"), format!("---\ntitle: \"{title}\"\n---\n{body}\n").as_bytes());
        }
        let shade = u8::try_from(self.values.below(200)).unwrap();
        self.picture(&format!("{folder}/a.png"), shade);
    }

    fn picture(&self, path: &str, shade: u8) {
        let mut png = std::io::Cursor::new(Vec::new());
        image::RgbImage::from_pixel(16, 12, image::Rgb([shade, 90, 255 - shade])).write_to(&mut png, image::ImageFormat::Png).unwrap();
        self.site.write(path, &png.into_inner());
    }
}

#[test]
fn closed_values_and_closed_records_change_no_byte_of_the_public_site() {
    for seed in 0..8 {
        let made = |closed| {
            let site = Writer::write(seed, closed);
            let apart = site.root().join(APART);
            let root: &[&str] = if closed == Closed::Apart { &["--closed", apart.to_str().unwrap()] } else { &[] };
            let check = site.run(&[&["check", AS_OF[0], AS_OF[1], "--language", "en", "--quiet"], root].concat());
            assert_eq!(check.status.code(), Some(0), "seed {seed}, {closed:?}: {}", said(&check));
            (built_with(&site, "public", root), built_with(&site, "internal", root))
        };
        let (public, internal) = made(Closed::Is);
        assert!(public.len() > 60, "seed {seed}: {} files", public.len());
        for closed in [Closed::Differs, Closed::Apart, Closed::Gone] {
            let (other, other_internal) = made(closed);
            let names = |files: &[(String, Vec<u8>)]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
            assert_eq!(names(&public), names(&other), "seed {seed}, {closed:?}");
            for ((name, bytes), (_, other)) in public.iter().zip(&other) {
                let show = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                assert!(bytes == other, "seed {seed}, {closed:?}: {name} differs:\n{}\n{}", show(bytes), show(other));
            }
            assert_eq!(internal == other_internal, closed == Closed::Apart, "seed {seed}, {closed:?}: the internal edition");
        }
    }
}
