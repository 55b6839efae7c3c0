//! Compound files: old documents, embedded objects, macros, locked documents.

use super::sample::{has, pack, read, reasons};
use crate::attachment::{Format, Reason, Refused};
use std::io::{Cursor, Write};

/// A compound file of some streams.
pub(super) fn compound(streams: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (path, bytes) in streams {
        let mut stream = file.create_stream(path).unwrap();
        stream.write_all(bytes).unwrap();
        stream.flush().unwrap();
    }
    file.into_inner().into_inner()
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// A Word document of two pieces that stand in the file in the other order, the second in one-byte characters.
pub(super) fn word() -> Vec<u8> {
    let (first, second) = (wide("电话TOL"), b"D01\rTOLD02\r");
    let mut document = vec![0u8; 0x400];
    document[0xA..0xC].copy_from_slice(&0x0200u16.to_le_bytes());
    let narrow_at = u32::try_from(document.len()).unwrap();
    document.extend(second);
    document.resize(0x500, 0);
    let wide_at = u32::try_from(document.len()).unwrap();
    document.extend(&first);
    let mut plc = Vec::new();
    for cp in [0u32, 5, 16] {
        plc.extend(cp.to_le_bytes());
    }
    for offset in [wide_at, (narrow_at * 2) | 0x4000_0000] {
        plc.extend([0, 0]);
        plc.extend(offset.to_le_bytes());
        plc.extend([0, 0]);
    }
    let mut table = vec![1, 2, 0, 9, 9, 2];
    table.extend(u32::try_from(plc.len()).unwrap().to_le_bytes());
    table.extend(plc);
    document[0x1A6..0x1AA].copy_from_slice(&u32::try_from(table.len()).unwrap().to_le_bytes());
    compound(&[("/WordDocument", document), ("/1Table", table), ("/\u{5}SummaryInformation", summary())])
}

fn summary() -> Vec<u8> {
    let mut section = Vec::new();
    let (author, company) = (b"TOLD03\0\0", wide("最后人\0"));
    for number in [0u32, 2, 4, 24, 8, 24 + 8 + 8, 0x1E, 8] {
        section.extend(number.to_le_bytes());
    }
    section.extend(author);
    section.extend(0x1Fu32.to_le_bytes());
    section.extend(4u32.to_le_bytes());
    section.extend(company);
    let mut out = vec![0u8; 44];
    out.extend(48u32.to_le_bytes());
    out.extend(section);
    out
}

pub(super) fn excel() -> Vec<u8> {
    let mut book = Vec::new();
    let mut record = |kind: u16, bytes: &[u8]| {
        book.extend(kind.to_le_bytes());
        book.extend(u16::try_from(bytes.len()).unwrap().to_le_bytes());
        book.extend(bytes);
    };
    record(0x0809, &[0; 16]);
    record(0x00FC, &[&[1, 0, 0, 0, 1, 0, 0, 0, 6, 0, 1][..], &wide("TOLE01")].concat());
    record(0x0809, &[0; 16]);
    record(0x0203, &[&[1, 0, 1, 0, 0, 0][..], &17_700_000_001f64.to_le_bytes()].concat());
    record(0x027E, &[&[2, 0, 2, 0, 0, 0][..], &((1234u32 << 2) | 2).to_le_bytes()].concat());
    record(0x00BD, &[&[3, 0, 3, 0, 0, 0][..], &((77u32 << 2) | 2).to_le_bytes(), &[0, 0], &((88u32 << 2) | 3).to_le_bytes(), &[4, 0]].concat());
    compound(&[("/Workbook", book)])
}

#[test]
fn an_old_document_is_read_by_its_pieces_and_always_reviewed() {
    let contents = read("a.doc", &word());
    assert_eq!(contents.format, Format::Doc);
    assert!(has(&contents, "电话TOLD01", false, "正文第 1 段"));
    assert!(has(&contents, "TOLD02", false, "正文第 2 段"));
    assert!(has(&contents, "TOLD03", true, "文档属性“作者”"));
    assert!(has(&contents, "最后人", true, "文档属性“最后修改者”"));
    assert_eq!(reasons(&contents), [Reason::OldBinary]);
}

#[test]
fn an_old_table_has_its_numbers_and_strings() {
    let contents = read("a.xls", &excel());
    assert_eq!(contents.format, Format::Xls);
    assert!(has(&contents, "17700000001", false, "工作表“1”B2"));
    assert!(has(&contents, "1234", false, "工作表“1”C3"));
    assert!(has(&contents, "77", false, "工作表“1”D4"));
    assert!(has(&contents, "0.88", false, "工作表“1”E4"));
    assert!(has(&contents, "TOLE01", true, "数据流 /Workbook"));
    assert_eq!(reasons(&contents), [Reason::OldBinary]);
}

#[test]
fn an_embedded_file_is_unpacked() {
    let inner = "TOLF01,TOLF02".as_bytes();
    let mut native = vec![0, 0, 0, 0, 2, 0];
    native.extend(b"a.csv\0C:\\Users\\TOLF03\\a.csv\0\0\0\x03\0");
    native.extend(9u32.to_le_bytes());
    native.extend(b"C:\\T\\a.c\0");
    native.extend(u32::try_from(inner.len()).unwrap().to_le_bytes());
    native.extend(inner);
    let contents = read("oleObject1.bin", &compound(&[("/\u{1}Ole10Native", native), ("/\u{1}CompObj", vec![0; 20])]));
    assert!(has(&contents, "TOLF02", false, "嵌入对象 a.csv › B1"));
    assert!(has(&contents, "TOLF03", true, "数据流 /Ole10Native"));
    assert_eq!(reasons(&contents), []);
    let package = pack([("a.txt", b"TOLF04".to_vec())]);
    let contents = read("oleObject1.bin", &compound(&[("/Package", package)]));
    assert!(contents.pieces.iter().any(|piece| piece.text == "TOLF04"));
}

#[test]
fn macros_and_locked_documents_are_told() {
    let contents = read("vbaProject.bin", &compound(&[("/_VBA_PROJECT", vec![1, 2, 3, 0])]));
    assert!(reasons(&contents).contains(&Reason::Program));
    let contents = read("a.xlsx", &compound(&[("/EncryptedPackage", vec![1; 100]), ("/EncryptionInfo", vec![0; 9])]));
    assert_eq!(contents.refusal().map(|(_, refused)| refused), Some(Refused::Encrypted));
    let mut document = vec![0u8; 0x400];
    document[0xA..0xC].copy_from_slice(&0x0100u16.to_le_bytes());
    let contents = read("a.doc", &compound(&[("/WordDocument", document)]));
    assert_eq!(contents.refusal().map(|(_, refused)| refused), Some(Refused::Encrypted));
    let contents = read("a.xls", &compound(&[("/Workbook", vec![0x2F, 0, 2, 0, 0, 0])]));
    assert_eq!(contents.refusal().map(|(_, refused)| refused), Some(Refused::Encrypted));
    let contents = read("a.ppt", &compound(&[("/PowerPoint Document", wide("幻灯片文字TOLG01"))]));
    assert_eq!((contents.format, reasons(&contents)), (Format::Ppt, vec![Reason::OldBinary]));
    assert!(has(&contents, "TOLG01", true, "数据流 /PowerPoint Document"));
}

#[test]
fn what_is_unknown_is_unread_and_its_texts_are_found() {
    let bytes =
        [&[0u8, 1, 2, 3][..], &wide("宽文字TOLH01"), &[0, 0, 1], b"TOLH02", &[0, 200], &encoding_rs::GBK.encode("国标文字TOLH03").0, &[0]].concat();
    let contents = read("a.dat", &bytes);
    assert_eq!(reasons(&contents), [Reason::UnknownBinary]);
    for token in ["宽文字TOLH01", "TOLH02", "国标文字TOLH03"] {
        assert!(contents.pieces.iter().any(|piece| piece.hidden && piece.text.contains(token)), "{token}: {:?}", contents.pieces);
    }
}
