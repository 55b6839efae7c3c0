//! Generated numbers put into files of every kind: the true ones are found wherever they stand, near misses nowhere.

use super::inside;
use crate::attachment::{Limits, open};
use crate::detect::Allowed;
use crate::detect::forge::{Forge, with_check};
use crate::diagnostic::{Code, Mark};
use crate::model::ClosedNames;
use std::io::{Cursor, Write};

/// So many numbers of each kind are tried.
const ROUNDS: usize = 60;

fn packed(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A JPEG of nothing but an EXIF description (tag 270 of TIFF 6.0).
fn picture(text: &str) -> Vec<u8> {
    let count = u32::try_from(text.len() + 1).unwrap().to_le_bytes();
    let directory = [&[1, 0, 0x0E, 0x01, 2, 0][..], &count, &[26, 0, 0, 0, 0, 0, 0, 0]].concat();
    let exif = [b"Exif\0\0II*\0\x08\0\0\0", &directory[..], text.as_bytes(), &[0]].concat();
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&[0xFF, 0xD8, 0xFF, 0xE1][..], &length, &exif, &[0xFF, 0xD9]].concat()
}

/// One file of each kind that says a text.
fn files(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let document = format!("<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>");
    let empty = "<w:document xmlns:w=\"w\"><w:body/></w:document>";
    let sheet = format!("<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>{text}</t></is></c></row></sheetData></worksheet>");
    let book = "<workbook xmlns:r=\"r\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>";
    let relations = "<Relationships><Relationship Id=\"a\" Type=\"t/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>";
    let types: (&str, &[u8]) = ("[Content_Types].xml", b"<Types/>");
    vec![
        ("a.csv", format!("户主,号码\n某,{text}\n").into_bytes()),
        ("a.docx", packed(&[types, ("word/document.xml", document.as_bytes())])),
        (
            "a.xlsx",
            packed(&[
                types,
                ("xl/workbook.xml", book.as_bytes()),
                ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
                ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
            ]),
        ),
        ("picture.docx", packed(&[types, ("word/document.xml", empty.as_bytes()), ("word/media/image1.jpeg", &picture(text))])),
    ]
}

fn judged(name: &str, bytes: &[u8]) -> Vec<Mark> {
    inside::findings(&open(name, bytes, &Limits::default()), true, &Allowed::default(), &ClosedNames::default())
}

fn is_of_person(mark: &Mark) -> bool {
    matches!(mark.code, Code::PrivateInFile | Code::FileHidden) || mark.code.is_private()
}

#[test]
fn true_numbers_are_found_in_every_kind_of_file_and_in_names() {
    let mut forge = Forge::new(11);
    for _ in 0..ROUNDS {
        for number in [forge.resident_id(), forge.mobile(), forge.card("62", 19)] {
            for (name, bytes) in files(&number) {
                let marks = judged(name, &bytes);
                assert!(marks.iter().any(is_of_person), "{number} in {name}: {marks:?}");
                assert!(marks.iter().all(|mark| !mark.detail.iter().any(|detail| detail.contains(&number))), "{number} is said of {name}");
            }
            let named = inside::of_name(&format!("名单_{number}_1.csv"), &Allowed::default(), &ClosedNames::default());
            assert!(named.iter().any(is_of_person), "{number} in a name");
        }
    }
}

#[test]
fn near_misses_are_found_in_none() {
    let mut forge = Forge::new(12);
    for _ in 0..ROUNDS {
        let (body, mobile, card) = (forge.body(), forge.mobile(), forge.card("62", 19));
        let altered = format!("{}{}", &card[..18], (card.as_bytes()[18] - b'0' + 1) % 10);
        for number in [with_check(&format!("{}18891301{}", &body[..6], &body[14..])), mobile[..10].to_owned(), altered] {
            for (name, bytes) in files(&number) {
                let marks = judged(name, &bytes);
                assert!(!marks.iter().any(is_of_person), "{number} in {name}: {marks:?}");
            }
            assert_eq!(inside::of_name(&format!("名单_{number}_1.csv"), &Allowed::default(), &ClosedNames::default()), []);
        }
    }
}

#[test]
fn what_its_makers_left_in_a_document_is_told_until_a_person_has_read_it() {
    let types: (&str, &[u8]) = ("[Content_Types].xml", b"<Types/>");
    let body = |inside: &str| format!("<w:document xmlns:w=\"w\"><w:body><w:p>{inside}</w:p></w:body></w:document>");
    let deleted = body("<w:del w:author=\"王样例\"><w:r><w:delText>旧文</w:delText></w:r></w:del>");
    let plain = body("<w:r><w:t>正文</w:t></w:r>");
    let comments = "<w:comments xmlns:w=\"w\"><w:comment><w:p><w:r><w:t>批语</w:t></w:r></w:p></w:comment></w:comments>";
    let core = |author: &str| format!("<cp:coreProperties xmlns:cp=\"cp\" xmlns:dc=\"dc\"><dc:creator>{author}</dc:creator></cp:coreProperties>");
    let (named, office, nobody) = (core("王样例"), core("光山县林业局"), core("Administrator"));
    let with = |entries: &[(&str, &str)]| {
        let entries: Vec<(&str, &[u8])> = entries.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
        packed(&[&[types][..], &entries].concat())
    };
    let document = "word/document.xml";
    for (bytes, expected) in [
        (with(&[(document, &deleted)]), vec![Code::FileLeftOver, Code::FileNamesPerson]),
        (with(&[(document, &plain), ("word/comments.xml", comments)]), vec![Code::FileLeftOver]),
        (with(&[(document, &plain), ("docProps/core.xml", &named)]), vec![Code::FileNamesPerson]),
        (with(&[(document, &plain), ("docProps/core.xml", &office)]), vec![]),
        (with(&[(document, &plain), ("docProps/core.xml", &nobody)]), vec![]),
    ] {
        let contents = open("a.docx", &bytes, &Limits::default());
        let codes = |reviewed| -> Vec<Code> {
            inside::findings(&contents, reviewed, &Allowed::default(), &ClosedNames::default()).iter().map(|mark| mark.code).collect()
        };
        assert_eq!(codes(false), expected);
        assert!(!codes(true).contains(&Code::FileLeftOver));
    }
}
