//! PDF files written here object by object.

use super::sample::{has, read, reasons};
use crate::attachment::{Contents, Reason, Refused};
use flate2::{Compression, write::ZlibEncoder};
use std::io::Write;

/// The sample: what must be found stands behind its objects.
const SAMPLE: &str = include_str!("../sample/pdf.txt");

fn flate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Builds a file of objects, one a paragraph: its number, its object, and behind `stream` what it holds. A stream whose
/// dictionary names a filter is packed; `objects` in place of `stream` makes an object stream of `number object` lines.
fn build(text: &str) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    for object in text.trim().split("\n\n") {
        let (head, body) = object.split_once('\n').unwrap_or((object, ""));
        if let Some(raw) = head.strip_prefix("raw ") {
            out.extend(format!("{raw}\n{body}\n").bytes());
            continue;
        }
        let (number, dict) = head.split_once(' ').unwrap();
        let (kind, content) = body.split_once('\n').unwrap_or((body, ""));
        out.extend(format!("{number} 0 obj\n").bytes());
        if kind.is_empty() {
            out.extend(format!("{dict}\nendobj\n").bytes());
            continue;
        }
        let (mut bytes, mut extra) = (content.as_bytes().to_vec(), String::new());
        if kind == "objects" {
            let (mut index, mut objects) = (String::new(), String::new());
            for line in content.lines() {
                let (number, object) = line.split_once(' ').unwrap();
                index.push_str(&format!("{number} {} ", objects.len()));
                objects.push_str(object);
                objects.push('\n');
            }
            extra = format!("/N {} /First {}", content.lines().count(), index.len());
            bytes = format!("{index}{objects}").into_bytes();
        }
        if dict.contains("/FlateDecode") {
            bytes = flate(&bytes);
        }
        if dict.contains("/ASCIIHexDecode") {
            bytes = bytes.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).chain([b'>']).collect();
        }
        let dict = dict.strip_suffix(">>").unwrap();
        out.extend(format!("{dict}{extra} /Length {}>>\nstream\n", bytes.len()).bytes());
        out.extend(bytes);
        out.extend(b"\nendstream\nendobj\n");
    }
    out.extend(b"%%EOF\n");
    out
}

/// The bytes of the sample.
pub(super) fn sample() -> Vec<u8> {
    build(SAMPLE.split_once("=== expect\n").unwrap().0)
}

fn one_page(fonts: &str, content: &str, rest: &str) -> Contents {
    let text = format!(
        "1 <</Type/Catalog/Pages 2 0 R>>\n\n2 <</Type/Pages/Kids[3 0 R]/Count 1>>\n\n3 <</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<<{fonts}>>/XObject<</I 9 0 R>>>>>>\n\n4 <<>>\nstream\n{content}\n\n{rest}\n\nraw trailer\n<</Root 1 0 R>>"
    );
    read("a.pdf", &build(&text))
}

#[test]
fn every_token_of_the_sample_is_found_at_its_place() {
    let (body, expectations) = SAMPLE.split_once("=== expect\n").unwrap();
    for token in super::tokens(body) {
        assert!(expectations.contains(token), "{token} is hidden but not expected");
    }
    let contents = read("a.pdf", &sample());
    let missing = super::missing(&contents, expectations);
    assert!(missing.is_empty(), "{missing:#?}");
    assert_eq!(contents.unread.len(), expectations.lines().filter(|line| line.starts_with("unread ")).count(), "{:?}", contents.unread);
}

#[test]
fn plain_text_is_read_whole() {
    let contents = one_page("/F <</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", "BT /F 12 Tf 100 700 Td (TPW) Tj (01) Tj ET", "8 <<>>");
    assert!(has(&contents, "TPW01", false, "第 1 页"));
    assert_eq!(reasons(&contents), []);
    assert!(contents.is_whole());
}

#[test]
fn what_cannot_be_told_is_unread() {
    let font = "/F <</Type/Font/Subtype/Type0/Encoding/Identity-H/DescendantFonts[<</DW 1000>>]>>";
    assert_eq!(reasons(&one_page(font, "BT /F 12 Tf <00410042> Tj ET", "8 <<>>")), [Reason::Font]);
    assert_eq!(reasons(&one_page("", "0 0 10 10 re f", "8 <<>>")), [Reason::NoText]);
    assert_eq!(reasons(&one_page("", "q Q", "8 <<>>")), []);
    let contents = one_page("", "q /I Do Q", "9 <</Type/XObject/Subtype/Image/Filter/DCTDecode>>\nstream\n\u{7f}");
    assert_eq!(reasons(&contents)[..2], [Reason::Picture, Reason::NoText]);
    let contents = one_page("", "BI /W 1 /H 1 ID xx EI", "8 <<>>");
    assert!(reasons(&contents).contains(&Reason::Picture));
    assert!(reasons(&one_page("", "q Q", "8 <</Filter/LZWDecode>>\nstream\nxyz")).contains(&Reason::Compression));
}

#[test]
fn numbers_outside_of_the_structure_are_told() {
    let contents = read("a.pdf", &build("1 <</Type/Catalog>>\n\nraw 1770 0000 001\n"));
    assert!(reasons(&contents).contains(&Reason::Unaccounted));
    assert!(has(&contents, "1770", true, "正文结构之外"));
}

#[test]
fn a_locked_file_is_refused() {
    let contents = read("a.pdf", &build("1 <</Type/Catalog>>\n\nraw trailer\n<</Root 1 0 R/Encrypt 5 0 R>>"));
    assert_eq!(contents.refusal().map(|(_, refused)| refused), Some(Refused::Encrypted));
}

#[test]
fn a_file_behind_the_end_is_told() {
    let mut bytes = sample();
    bytes.extend(b"TPX01 <<< appended");
    let contents = read("a.pdf", &bytes);
    assert!(reasons(&contents).contains(&Reason::Unaccounted));
    assert!(has(&contents, "TPX01", true, "正文结构之外"));
}
