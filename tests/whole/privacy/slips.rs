//! Slips of the pen in closing marks and keys (`tests/canary/slips.txt`): nothing of what was to be closed is published, by a
//! build that succeeds or by a preview, which shows what it can in spite of errors.

use super::super::serve::Preview;
use super::super::{Site, files, said};
use super::{AS_OF, data};

const TOKEN: &str = "龘靐齉爩鱻麤龗";

/// What was written, with its signs turned into what they stand for.
fn written(text: &str) -> String {
    let mut out = text.replace('↵', "\n").replace('→', "\t").replace('∎', TOKEN);
    while let Some(at) = out.find("<U+") {
        let c = u32::from_str_radix(&out[at + 3..at + 7], 16).ok().and_then(char::from_u32).unwrap();
        out.replace_range(at..at + 8, &c.to_string());
    }
    out
}

/// A YAML text in single quotes.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// The site that a line of the table describes, with an open record beside it.
fn site(place: &str, text: &str) -> Site {
    let text = written(text);
    let record = |front: &str, body: &str| format!("---\n{front}\n---\n{body}\n");
    let token = format!("{TOKEN}。");
    let plain = "title: 甲\nsummary: 一句。\ndate: 2020";
    let mut laid = vec![("content/cases/open.zh.md".to_owned(), record("title: 公开\nsummary: 一句。\ndate: 2020\nplaces: [a]", "文，{fact:f}。"))];
    let mut lay = |path: &str, text: String| laid.push((path.to_owned(), text));
    match place {
        "front" => lay("content/cases/x.zh.md", record(&format!("title: 甲\n{text}\nsummary: 一句。"), &token)),
        "words" => {
            lay("content/cases/x.zh.md", record(plain, "文。"));
            lay("content/cases/x.en.md", record(&format!("title: A\n{text}\nsummary: B"), &token));
        }
        "body" | "open" => lay("content/cases/x.zh.md", record(plain, &text)),
        "title" => lay("content/cases/x.zh.md", record(&format!("title: {}\nsummary: 一句。", quoted(&text)), "文。")),
        "summary" => lay("content/cases/x.zh.md", record(&format!("title: 甲\nsummary: {}", quoted(&text)), "文。")),
        "yaml" => {
            lay("content/collections.yaml", "- {id: cases, fields: [{key: theme, zh: 主题, type: text}]}\n".to_owned());
            lay("content/vocabulary/places.yaml", format!("- id: a\n  zh: {}\n", quoted(&text)));
            lay("content/data/f.yaml", format!("facts:\n  - {{id: f, value: 3, unit: 户, label: {{zh: {}}}}}\n", quoted(&text)));
            lay("content/cases/x.zh.md", record(&format!("{plain}\ntheme: {}", quoted(&text)), "文。"));
        }
        "files" => {
            let (closed, other) = text.split_once(".md ").unwrap();
            lay(&format!("content/cases/{closed}.md"), record(&format!("{plain}\naccess: internal"), "文。"));
            lay(&format!("content/cases/{other}"), record("title: A", &token));
        }
        "picture" => lay("content/cases/x/index.zh.md", record(&format!("{plain}\npictures: {text}"), "![图](p.png)")),
        "person" => {
            lay("content/vocabulary/people.yaml", format!("- {{id: p, zh: 王{TOKEN}, en: Wang {TOKEN}, {text}}}\n"));
            lay("content/cases/x.zh.md", record(plain, "{person:p}"));
        }
        "table" | "column" | "row" => {
            let own = |of: &str, open: &str| if place == of { text.clone() } else { open.to_owned() };
            let (table, column, row) = (own("table", "access: public"), own("column", "access: public"), own("row", "access: public"));
            let head =
                format!("title: 表\nsource: {{title: 源}}\nas_of: 2020\n{table}\ncolumns:\n  - {{id: b}}\n  - id: a\n    {column}\n    label: 话\n");
            let cell = if place == "row" { format!("{TOKEN}行") } else { format!("{TOKEN}格") };
            lay("content/data/t.yaml", format!("{head}rows:\n  - b: 别\n    {row}\n    a: {cell}\n"));
        }
        "schema" => {
            lay("content/collections.yaml", format!("- id: families\n  zh: 户\n  {text}\n"));
            lay("content/families/x.zh.md", record(plain, &token));
        }
        other => panic!("no such place: {other}"),
    }
    if place != "yaml" {
        lay("content/vocabulary/places.yaml", "- {id: a, zh: 甲地}\n".to_owned());
        lay("content/data/f.yaml", "facts:\n  - {id: f, value: 3, unit: 户, label: {zh: 户数}}\n".to_owned());
    }
    let given: Vec<(&str, &str)> = laid.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let site = Site::new(&given);
    if place == "picture" {
        image::RgbImage::new(8, 6).save(site.root().join("content/cases/x/p.png")).unwrap();
    }
    site
}

/// Whether a part of the token stands in the bytes.
fn has_token(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    // Pictures are written in one of the sites only, where one was to be closed.
    let is_picture = bytes.starts_with(b"\x89PNG") || text.contains("pictures/");
    is_picture || TOKEN.chars().any(|c| text.contains(c))
}

/// Where the token of a site is published, if it is.
fn published(site: &Site) -> Option<String> {
    let output = site.run(&["build", AS_OF[0], AS_OF[1], "--language", "en"]);
    let told = said(&output);
    let folder = site.root().join("output/site");
    let made = if folder.exists() { files(&folder) } else { Vec::new() };
    match output.status.code() {
        Some(0) => made.into_iter().find(|(path, bytes)| has_token(bytes) || has_token(path.as_bytes())).map(|(path, _)| path),
        Some(1) => {
            assert!(made.is_empty(), "a build with errors wrote something: {told}");
            let preview = Preview::of(site);
            let pages = [
                "index.html",
                "zh/index.html",
                "en/index.html",
                "zh/years/2020.html",
                "zh/places/a.html",
                "zh/cases/open.html",
                "data/t.csv",
                "data/t.json",
            ];
            let of = [
                "cases/index",
                "cases/x",
                "cases/wang",
                "cases/wan",
                "cases/wagn",
                "cases/wangg",
                "families/index",
                "families/x",
                "cases/wang-1",
                "cases/wang-l",
                "data/index",
                "data/t",
            ];
            let own = of.iter().flat_map(|page| ["zh", "en"].map(|lang| format!("{lang}/{page}.html")));
            let mut all = pages.iter().map(ToString::to_string).chain(own);
            all.find(|page| has_token(&preview.get(&format!("/{page}")).1)).map(|page| format!("the preview of {page}"))
        }
        code => panic!("{code:?}: {told}"),
    }
}

#[test]
fn no_slip_of_the_pen_publishes_what_was_to_be_closed() {
    let table = data("canary/slips.txt");
    let lines: Vec<&str> = table.lines().filter(|line| !line.starts_with('#')).collect();
    let slips = lines.iter().filter(|line| !line.starts_with("open ")).count();
    assert!(slips >= 200, "only {slips} slips");
    let mut faults = Vec::new();
    for line in lines {
        let (place, text) = line.split_once(' ').unwrap();
        let found = published(&site(place, text));
        match (place, found) {
            ("open", None) => faults.push(format!("{line}: is not published")),
            ("open", Some(_)) | (_, None) => {}
            (_, Some(page)) => faults.push(format!("{line}: {page}")),
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// What is said of a slip shows the mark and not what stands in it.
#[test]
fn what_is_said_of_a_slip_does_not_repeat_it() {
    let table = data("canary/slips.txt");
    let mut faults = Vec::new();
    for line in table.lines().filter(|line| !line.starts_with(['#', 'o'])) {
        let (place, text) = line.split_once(' ').unwrap();
        let site = site(place, text);
        for format in ["human", "json"] {
            let told = said(&site.run(&["check", "--all", AS_OF[0], AS_OF[1], "--language", "zh", "--format", format]));
            if has_token(told.as_bytes()) {
                faults.push(format!("{line}:\n{told}"));
            }
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// Slips in bytes that no line of a table can hold.
#[test]
fn line_ends_encodings_and_marks_of_order_open_nothing() {
    let front = format!("---\ntitle: 甲\nsummary: 一句。\naccess: internal\n---\n{TOKEN}。\n");
    let block = format!("---\ntitle: 甲\nsummary: 一句。\n---\n文。\n\n:::internal\n{TOKEN}。\n:::\n\n又{{withheld:{TOKEN}}}。\n");
    for text in [front, block] {
        let utf16: Vec<u8> = format!("\u{FEFF}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        let forms: [(&str, Vec<u8>); 8] = [
            ("CRLF", text.replace('\n', "\r\n").into_bytes()),
            ("CR", text.replace('\n', "\r").into_bytes()),
            ("line separators", text.replace('\n', "\u{2028}").into_bytes()),
            ("next lines", text.replace('\n', "\u{85}").into_bytes()),
            ("mixed ends", text.replacen('\n', "\r\n", 4).into_bytes()),
            ("a byte order mark", format!("\u{FEFF}{text}").into_bytes()),
            ("two of them", format!("\u{FEFF}\u{FEFF}{text}").into_bytes()),
            ("UTF-16", utf16),
        ];
        for (form, bytes) in forms {
            let site = site("body", "文。");
            site.write("content/cases/x.zh.md", &bytes);
            assert_eq!(published(&site), None, "{form}");
        }
    }
}
