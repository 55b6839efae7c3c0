//! Files that are handed out hold nothing that is closed, wherever in them it stands: in cells, comments, hidden sheets,
//! properties, archives in archives; what films and sound say about people does not go out at all.

use super::super::{Site, files, project, said};
use super::search::Search;
use super::tokens::{Fate, Token};
use std::collections::BTreeSet;
use std::io::{Cursor, Write as _};

const HAN: &str = "霵霴靁村鸞灩龤的密题";
const LATIN: &str = "Qxvzkjwpbzr";

fn packed(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in entries {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn docx(body: &str, further: &[(&str, &str)]) -> Vec<u8> {
    let document = format!("<w:document xmlns:w=\"w\"><w:body><w:p>{body}</w:p></w:body></w:document>");
    packed(&[&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", document.as_str())], further].concat())
}

fn xlsx(first: &str, second: &str, name: &str) -> Vec<u8> {
    let book = format!(
        "<workbook xmlns:r=\"r\"><sheets><sheet name=\"表\" sheetId=\"1\" r:id=\"a\"/><sheet name=\"{name}\" sheetId=\"2\" state=\"hidden\" r:id=\"b\"/></sheets></workbook>"
    );
    let relations = "<Relationships><Relationship Id=\"a\" Type=\"t/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"b\" Type=\"t/worksheet\" Target=\"worksheets/sheet2.xml\"/></Relationships>";
    let sheet = |text: &str| {
        format!("<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>{text}</t></is></c></row></sheetData></worksheet>")
    };
    packed(&[
        ("[Content_Types].xml", "<Types/>"),
        ("xl/workbook.xml", &book),
        ("xl/_rels/workbook.xml.rels", relations),
        ("xl/worksheets/sheet1.xml", &sheet(first)),
        ("xl/worksheets/sheet2.xml", &sheet(second)),
    ])
}

fn pdf(text: &str, title: &str) -> Vec<u8> {
    let title: String = title.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    let page = format!("BT /F 10 Tf 100 700 Td ({text}) Tj ET");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>".to_owned(),
        format!("<</Length {}>>\nstream\n{page}\nendstream", page.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
        format!("<</Title <FEFF{title}>>>"),
    ];
    let objects: String = objects.iter().enumerate().map(|(at, object)| format!("{} 0 obj\n{object}\nendobj\n", at + 1)).collect();
    format!("%PDF-1.7\n{objects}trailer <</Root 1 0 R/Info 6 0 R>>\n%%EOF\n").into_bytes()
}

/// Files with a closed value in every place that readers of files have, by what they are.
fn telling() -> Vec<(&'static str, Vec<u8>)> {
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let (first, second) = HAN.split_at(9);
    let core = format!("<cp:coreProperties xmlns:cp=\"cp\" xmlns:dc=\"dc\"><dc:title>{HAN}</dc:title></cp:coreProperties>");
    let comments = format!("<w:comments xmlns:w=\"w\"><w:comment><w:p>{}</w:p></w:comment></w:comments>", run(HAN));
    let inner = docx(&run(HAN), &[]);
    let mut boxed = zip::ZipWriter::new(Cursor::new(Vec::new()));
    boxed.start_file("a.docx", zip::write::SimpleFileOptions::default()).unwrap();
    boxed.write_all(&inner).unwrap();
    vec![
        ("body.docx", docx(&run(HAN), &[])),
        ("runs.docx", docx(&format!("{}{}", run(first), run(second)), &[])),
        ("deleted.docx", docx(&format!("<w:del><w:r><w:delText>{HAN}</w:delText></w:r></w:del>"), &[])),
        ("title.docx", docx(&run("文"), &[("docProps/core.xml", &core)])),
        ("comment.docx", docx(&run("文"), &[("word/comments.xml", &comments)])),
        ("cell.xlsx", xlsx(HAN, "", "二")),
        ("hidden.xlsx", xlsx("甲", HAN, "二")),
        ("sheet.xlsx", xlsx("甲", "", HAN)),
        ("page.pdf", pdf(LATIN, "")),
        ("title.pdf", pdf("text", HAN)),
        ("table.csv", format!("甲,乙\n{first},{second}\n").into_bytes()),
        ("gb.csv", encoding_rs::GB18030.encode(&format!("甲,乙\n1,{HAN}\n")).0.into_owned()),
        ("lines.txt", format!("甲\n{first}\n{second}\n").into_bytes()),
        ("letters.txt", format!("{}.\n", LATIN.to_uppercase()).into_bytes()),
        ("nested.zip", boxed.finish().unwrap().into_inner()),
    ]
}

/// A site whose records hand out these files, each read through by a person, beside a closed record.
fn site(handed: &[(&str, Vec<u8>)]) -> Site {
    let site = Site::new(&[
        ("content/cases/shut.zh.md", &format!("---\ntitle: {HAN}\nsummary: 一句。\naccess: internal\n---\n文。\n")),
        ("content/cases/shut.en.md", &format!("---\ntitle: The {LATIN} letter\nsummary: {LATIN}\n---\nText.\n")),
    ]);
    let listed: String = handed.iter().map(|(name, _)| format!("  - {{file: {name}, reviewed: {{by: 甲, date: 2026-01-01}}}}\n")).collect();
    site.write("content/cases/open/index.zh.md", format!("---\ntitle: 公开\nsummary: 一句。\nfiles:\n{listed}---\n文。\n").as_bytes());
    handed.iter().for_each(|(name, bytes)| site.write(&format!("content/cases/open/{name}"), bytes));
    site
}

#[test]
fn a_closed_value_anywhere_in_a_file_stops_the_build() {
    let handed = telling();
    let site = site(&handed);
    let output = site.run(&["check", "--as-of", "2026-01-01", "--format", "json"]);
    let said = said(&output);
    let found: BTreeSet<&str> = said
        .lines()
        .filter(|line| line.contains("\"file-closed-value\"") && line.contains("cases/shut."))
        .filter_map(|line| line.split_once("content/cases/open/")?.1.split_once('"').map(|(name, _)| name))
        .collect();
    let silent: Vec<&str> = handed.iter().map(|(name, _)| *name).filter(|name| !found.contains(name)).collect();
    assert!(silent.is_empty(), "nothing is found in {silent:?}:\n{said}");
    assert!(!said.contains(HAN) && !said.contains(LATIN), "the value is said: {said}");
    let output = site.run(&["build", "--as-of", "2026-01-01"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!site.root().join("output/site").exists());
}

/// The sample film with a note of the user in its header, which stands at its end.
fn film(note: &str) -> Vec<u8> {
    let mut film = std::fs::read(project().join("src/media/sample/film.mp4")).unwrap();
    let boxed = |name: &[u8; 4], content: &[u8]| [&u32::try_from(content.len() + 8).unwrap().to_be_bytes()[..], name, content].concat();
    let text = boxed(b"\xA9xyz", &[&u16::try_from(note.len()).unwrap().to_be_bytes()[..], &[0x15, 0xC7], note.as_bytes()].concat());
    let more = boxed(b"udta", &text);
    let at = film.windows(4).position(|name| name == b"moov").unwrap() - 4;
    let length = u32::from_be_bytes(film[at..at + 4].try_into().unwrap()) + u32::try_from(more.len()).unwrap();
    film[at..at + 4].copy_from_slice(&length.to_be_bytes());
    film.extend(more);
    film
}

#[test]
fn what_a_film_says_beside_its_pictures_does_not_go_out_and_leaves_no_trace() {
    let tokens = [Token { text: HAN.to_owned(), fate: Fate::Quiet, place: String::new(), is_name: false }];
    let search = Search::of(&tokens);
    assert!(!search.find(&film(HAN)).is_empty(), "the film has its note");
    let made = |note: &str| {
        let site = site(&[("film.mp4", film(note))]);
        site.build();
        files(&site.root().join("output/site"))
    };
    let public = made(HAN);
    let handed: Vec<&(String, Vec<u8>)> = public.iter().filter(|(path, _)| path.starts_with("files/")).collect();
    assert!(matches!(handed.as_slice(), [(path, bytes)] if path.ends_with(".mp4") && bytes.len() > 1000), "{:?}", handed.len());
    let told: Vec<&String> = public.iter().filter(|(_, bytes)| !search.find(bytes).is_empty()).map(|(path, _)| path).collect();
    assert_eq!(told, Vec::<&String>::new());
    assert!(public == made("elsewhere, and longer than before"), "two films that differ in a note only make two sites");
}

/// A site with a film for all and one for the office, and an English text that is the office's too; each has captions.
fn spoken(leaflet: &str) -> Site {
    let listed = "  - {file: open.mp4, captions: {zh: open.vtt, en: shut.vtt}}\n  - {file: inner.mp4, access: internal, captions: {zh: inner.vtt}}\n  - {file: leaflet.txt}\n";
    let said = |words: &str| format!("WEBVTT\n\n00:00.100 --> 00:00.900\n{words}\n");
    let site = Site::new(&[
        ("content/cases/open/index.zh.md", &format!("---\ntitle: 公开\nsummary: 一句。\nfiles:\n{listed}---\n文。\n")),
        ("content/cases/open/index.en.md", "---\ntitle: Inner\nsummary: One.\ntext_access: internal\n---\nText.\n"),
        ("content/cases/open/open.vtt", &said("公开的话。")),
        ("content/cases/open/shut.vtt", &said(&format!("Words of {LATIN} {LATIN}."))),
        ("content/cases/open/inner.vtt", &said(&format!("{HAN}说的话，\n{HAN}。"))),
        ("content/cases/open/leaflet.txt", leaflet),
    ]);
    site.write("content/cases/open/open.mp4", &film("a"));
    site.write("content/cases/open/inner.mp4", &film("b"));
    site
}

#[test]
fn captions_are_closed_with_their_film_and_with_their_language() {
    let tokens = [HAN, LATIN].map(|text| Token { text: text.to_owned(), fate: Fate::Quiet, place: String::new(), is_name: false });
    let search = Search::of(&tokens);
    let site = spoken("单页。\n");
    let public = super::built(&site, "public");
    let page = public.iter().find(|(path, _)| path == "zh/cases/open.html").unwrap();
    assert!(String::from_utf8_lossy(&page.1).contains("公开的话。"), "what is open is printed");
    let told: Vec<&String> = public.iter().filter(|(_, bytes)| !search.find(bytes).is_empty()).map(|(path, _)| path).collect();
    assert_eq!(told, Vec::<&String>::new());
    let internal = super::built(&site, "internal");
    let shown: BTreeSet<usize> = internal.iter().flat_map(|(_, bytes)| search.find(bytes)).collect();
    assert_eq!(shown.len(), 2, "the office reads both");
}

#[test]
fn what_is_said_in_a_closed_film_is_found_elsewhere() {
    let site = spoken(&format!("单页：{HAN}说的话，{HAN}。\n"));
    let said = said(&site.run(&["check", "--as-of", "2026-01-01", "--format", "json"]));
    assert!(said.lines().any(|line| line.contains("\"file-closed-value\"") && line.contains("inner.vtt")), "{said}");
    assert!(!said.contains(HAN), "the value is said: {said}");
}

#[test]
fn a_film_that_cannot_be_cleaned_is_refused_with_a_cure() {
    let cut = film("a")[..2000].to_vec();
    let site = site(&[("film.mp4", cut)]);
    let output = site.run(&["check", "--as-of", "2026-01-01", "--language", "en"]);
    assert!(output.status.code() == Some(1) && said(&output).contains("file-refused"), "{}", said(&output));
}

#[test]
fn files_are_bytes_for_bytes_those_of_the_source_and_served_by_ranges() {
    use super::super::serve::Preview;
    let bytes: Vec<u8> = "年份,万亩\n2019,18.4\n".bytes().cycle().take(300_000).collect();
    let site = site(&[("large.csv", bytes.clone())]);
    site.build();
    let made = files(&site.root().join("output/site"));
    let (path, handed) = made.iter().find(|(path, _)| path.starts_with("files/")).unwrap();
    assert!(*handed == bytes);
    let preview = Preview::of(&site);
    assert!(preview.get_range(&format!("/{path}"), "299990-") == (206, bytes[299_990..].to_vec()));
    assert_eq!(preview.get_range(&format!("/{path}"), "300000-").0, 416);
    assert!(preview.get(&format!("/{path}")) == (200, bytes));
}

/// Files of many gigabytes are told by their size and their first bytes; nothing of them is read whole.
#[test]
fn files_that_are_too_large_are_told_by_their_size() {
    let site = site(&[("huge.zip", Vec::new()), ("long.mp4", film("a"))]);
    let grow = |name: &str, size: u64| {
        let path = site.root().join("content/cases/open").join(name);
        std::fs::File::options().write(true).open(path).unwrap().set_len(size).unwrap();
    };
    grow("huge.zip", (4 << 30) + 1);
    grow("long.mp4", 600 << 20);
    let said = said(&site.run(&["check", "--as-of", "2026-01-01", "--format", "short", "--language", "en"]));
    for expected in ["huge.zip:1:1: error file-too-large: the file has 4097 MB", "long.mp4:1:1: error file-film-large"] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
    assert!(!said.contains("warning file-large"), "one finding is enough: {said}");
}
