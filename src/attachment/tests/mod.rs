//! Whole files that are made here, with a token in every place that can hide one.

mod archives;
mod binaries;
mod damage;
mod pdfs;
mod sample;

use sample::{PACKAGES, build, missing, read, reasons};

/// Words of three capital letters, the first of them T, and two digits.
fn tokens(text: &str) -> Vec<&str> {
    let is_token = |word: &[u8]| matches!(word, [b'T', b'A'..=b'Z', b'A'..=b'Z', b'0'..=b'9', b'0'..=b'9']);
    (0..text.len().saturating_sub(4)).filter(|at| is_token(&text.as_bytes()[*at..at + 5])).map(|at| &text[at..at + 5]).collect()
}

#[test]
fn every_token_of_a_sample_is_found_at_its_place() {
    for (name, text) in PACKAGES {
        let (body, expectations) = text.split_once("=== expect\n").unwrap();
        for token in tokens(body) {
            assert!(expectations.contains(token), "{name}: {token} is hidden but not expected");
        }
        let contents = read(name, &build(name));
        let missing = missing(&contents, expectations);
        assert!(missing.is_empty(), "{name}: {missing:#?}");
        let expected = expectations.lines().filter(|line| line.starts_with("unread ")).count();
        assert_eq!(contents.unread.len(), expected, "{name}: {:?}", contents.unread);
        let pictures = expectations.lines().filter(|line| line.starts_with("picture ")).count();
        assert_eq!(contents.pictures.len(), pictures, "{name}");
    }
}

#[test]
fn the_formats_are_told_by_the_bytes() {
    use crate::attachment::Format;
    let formats = [Format::Xlsx, Format::Docx, Format::Docx, Format::Pptx, Format::Ofd, Format::Odf, Format::Zip];
    assert_eq!(PACKAGES.len(), formats.len());
    for ((name, _), format) in PACKAGES.iter().zip(formats) {
        let contents = read("没有后缀", &build(name));
        assert_eq!(contents.format, format);
        assert!(
            contents.remarks.iter().all(|remark| !matches!(remark, crate::attachment::Remark::NameDisagrees { place, .. } if place.zh().is_empty()))
        );
    }
    for (name, bytes, format) in [
        ("a.et", build("xlsx"), Format::Xlsx),
        ("a.txt", b"plain".to_vec(), Format::Text),
        ("a.csv", b"a,b".to_vec(), Format::Csv),
        ("a.html", b"<!DOCTYPE html><p>a".to_vec(), Format::Html),
        ("a.svg", b"<svg><text>a</text></svg>".to_vec(), Format::Svg),
        ("a.xml", b"<?xml version=\"1.0\"?><a>b</a>".to_vec(), Format::Xml),
        ("a.mp3", b"ID3\x03\0\0".to_vec(), Format::Media),
        ("a.webp", b"RIFF\0\0\0\0WEBPVP8 ".to_vec(), Format::Picture),
        ("a.heic", b"\0\0\0\x18ftypheic".to_vec(), Format::Picture),
        ("a.mp4", b"\0\0\0\x18ftypisom".to_vec(), Format::Media),
        ("a.tar.gz", b"\x1F\x8B\x08\0".to_vec(), Format::OtherArchive),
        ("a.rtf", b"{\\rtf1 a}".to_vec(), Format::Rtf),
        ("a.pdf", b"%PDF-1.4\n".to_vec(), Format::Pdf),
        ("a.exe", b"MZ\x90\0".to_vec(), Format::Executable),
        ("a.txt", b"MZ is no program".to_vec(), Format::Text),
        ("a.rar", b"Rar!\x1A\x07\x01\0".to_vec(), Format::Rar),
        ("a.7z", b"7z\xBC\xAF\x27\x1C".to_vec(), Format::SevenZip),
        ("a.bin", vec![1, 2, 3, 0, 255], Format::Unknown),
        ("a.txt", Vec::new(), Format::Empty),
    ] {
        let contents = read(name, &bytes);
        assert_eq!(contents.format, format, "{name}");
        let is_told = |remark: &crate::attachment::Remark| matches!(remark, crate::attachment::Remark::NameDisagrees { .. });
        assert!(!contents.remarks.iter().any(is_told), "{name}");
    }
}

#[test]
fn a_name_that_says_another_format_is_told() {
    use crate::attachment::{Format, Remark};
    let contents = read("名单.pdf", &build("xlsx"));
    assert!(contents.remarks.iter().any(|remark| matches!(remark, Remark::NameDisagrees { name, format: Format::Xlsx, .. } if name == "名单.pdf")));
}

#[test]
fn places_are_said_in_both_languages() {
    let contents = read("a.zip", &sample::pack([("内/名单.xlsx", build("xlsx"))]));
    let piece = contents.pieces.iter().find(|piece| piece.text == "TXH02").unwrap();
    assert_eq!(piece.place.zh(), "压缩包内 内/名单.xlsx › 工作表“名单”B12 › 批注");
    assert_eq!(piece.place.en(), "in the archive: 内/名单.xlsx › sheet “名单” B12 › comment");
    assert_eq!(piece.place.in_cell(), Some((2, 12)));
    let property = contents.pieces.iter().find(|piece| piece.text == "TXA01").unwrap();
    assert_eq!(property.place.en(), "in the archive: 内/名单.xlsx › document property “author”");
}

#[test]
fn text_in_old_encodings_is_read() {
    let (gbk, ..) = encoding_rs::GB18030.encode("户主,张某\n备注,甲");
    let contents = read("a.csv", &gbk);
    assert!(sample::has(&contents, "张某", false, "B1"));
    assert_eq!(reasons(&contents), []);
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain("户主\n张某".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let contents = read("a.txt", &utf16);
    assert!(sample::has(&contents, "张某", false, "第 2 行"));
    let (big5, ..) = encoding_rs::BIG5.encode("戶主張某，住在光山縣某村，電話如下，請勿外傳，謝謝各位同志");
    assert_eq!(reasons(&read("a.txt", &big5)), [crate::attachment::Reason::UnknownEncoding]);
    let mut damaged = "第一行文字很长很长\n第二行也一样".repeat(5).into_bytes();
    damaged.push(0xFF);
    assert_eq!(reasons(&read("a.txt", &damaged)).len(), 1);
}

#[test]
fn every_reason_is_said_in_both_languages() {
    use crate::attachment::{Reason, Refused};
    let contents = read("a.mp4", b"\0\0\0\x18ftypisom");
    assert_eq!(reasons(&contents), [Reason::Media]);
    let reasons = [Reason::Refused(Refused::Rar), Reason::OldBinary, Reason::Picture, Reason::NoText, Reason::Unaccounted];
    for reason in reasons {
        assert!(!reason.zh().is_ascii() && reason.en().is_ascii(), "{reason:?}");
    }
}

#[test]
fn text_in_a_drawing_is_joined() {
    let contents = read("a.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"><text>TS<tspan>VG</tspan>01</text></svg>");
    assert!(contents.pieces.iter().any(|piece| piece.text == "TSVG01"));
    assert!(!contents.is_whole());
}

#[test]
fn what_stands_for_a_character_is_that_character() {
    let words = "<w:p><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:t>d</w:t><w:ptab/><w:t>e</w:t></w:p>";
    let open = "<text:p>f<text:s/>g<text:line-break/>h</text:p>";
    let contents = read("a.xml", format!("<a>{words}{open}</a>").as_bytes());
    let texts: Vec<&str> = contents.pieces.iter().map(|piece| piece.text.as_str()).collect();
    assert_eq!(texts, ["a\tb\nc\nd\te", "f g\nh"]);
}

#[test]
fn a_table_saved_as_one_xml_file_is_read() {
    let xml = "<?xml version=\"1.0\"?><Workbook xmlns:ss=\"s\"><Row><Cell><ss:Data><B>T</B><I>X</I><U>Q</U><Font>01</Font></ss:Data></Cell></Row></Workbook>";
    assert!(read("a.xls", xml.as_bytes()).pieces.iter().any(|piece| piece.text == "TXQ01"));
    let packed = format!("<a><b>{}</b></a>", "QUJD".repeat(200));
    assert_eq!(reasons(&read("a.xml", packed.as_bytes())), [crate::attachment::Reason::Packed]);
}

#[test]
fn a_part_in_utf16_is_read() {
    let xml: Vec<u8> =
        [0xFE, 0xFF].into_iter().chain("<w:document><w:p><w:t>张某</w:t></w:p></w:document>".encode_utf16().flat_map(u16::to_be_bytes)).collect();
    let contents = read("a.docx", &sample::pack([("[Content_Types].xml", b"<Types/>".to_vec()), ("word/document.xml", xml)]));
    assert!(sample::has(&contents, "张某", false, "正文第 1 段"));
}
