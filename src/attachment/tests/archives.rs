//! Archives that are odd on purpose.

use super::sample::{build, has, pack, read, reasons};
use crate::attachment::{Limits, Reason, Refused, Remark, open};

/// Replaces bytes wherever they stand, by as many others.
fn replace(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut out = bytes.to_vec();
    let mut at = 0;
    while let Some(found) = memchr::memmem::find(&out[at..], from) {
        out[at + found..at + found + to.len()].copy_from_slice(to);
        at += found + to.len();
    }
    out
}

#[test]
fn names_in_gbk_are_read() {
    // 名单 in GBK has four bytes.
    let bytes = replace(&pack([("abcd.txt", b"x".to_vec())]), b"abcd", b"\xC3\xFB\xB5\xA5");
    let contents = read("a.zip", &bytes);
    assert!(has(&contents, "名单.txt", false, "压缩包内 名单.txt › 文件名"));
    assert!(has(&contents, "x", false, "压缩包内 名单.txt › 第 1 行"));
}

#[test]
fn names_that_lead_out_of_the_folder_are_told() {
    for name in ["../a.txt", "..\\..\\a.txt", "/etc/a.txt", "C:\\a.txt", "a/../../b.txt"] {
        let contents = read("a.zip", &pack([(name, b"x".to_vec())]));
        assert!(contents.remarks.iter().any(|remark| matches!(remark, Remark::UnsafePath { .. })), "{name}");
    }
    let contents = read("a.zip", &pack([("a/..b/c.txt", b"x".to_vec())]));
    assert_eq!(contents.remarks, []);
}

#[test]
fn names_of_empty_folders_are_read() {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer.add_directory("张某家", zip::write::SimpleFileOptions::default()).unwrap();
    let contents = read("a.zip", &writer.finish().unwrap().into_inner());
    assert!(contents.pieces.iter().any(|piece| piece.text == "张某家/" && piece.place.zh().ends_with("文件名")));
}

#[test]
fn a_bomb_is_refused() {
    let zeros = pack([("a.txt", vec![b'0'; 40 << 20])]);
    let contents = read("a.zip", &zeros);
    assert_eq!(contents.refusal().map(|(_, refused)| refused), Some(Refused::Bomb));
    let limits = Limits { unpacked_bytes: 1 << 20, ..Limits::default() };
    let contents = open("a.zip", &pack((0..20).map(|_| "x").zip(std::iter::repeat(vec![0; 9])).take(1)), &limits);
    assert_eq!(contents.refusal().map(|(_, refused)| refused), None);
    let names: Vec<String> = (0..30).map(|number| format!("{number}.txt")).collect();
    let limits = Limits { entries: 10, ..Limits::default() };
    let contents = open("a.zip", &pack(names.iter().map(|name| (name.as_str(), b"x".to_vec()))), &limits);
    assert_eq!(contents.refusal().map(|(_, refused)| refused), Some(Refused::Bomb));
}

#[test]
fn shared_strings_do_not_multiply_without_end() {
    let cells = "<c t=\"s\"><v>0</v></c>".repeat(2_000);
    let sheet = format!("<worksheet><sheetData><row>{cells}</row></sheetData></worksheet>").into_bytes();
    let strings = format!("<sst><si><t>{}</t></si></sst>", "很长".repeat(5_000)).into_bytes();
    let entries = [("[Content_Types].xml", b"<Types/>".to_vec()), ("xl/sharedStrings.xml", strings), ("xl/worksheets/sheet1.xml", sheet)];
    let limits = Limits { text_bytes: 4 << 20, ..Limits::default() };
    let contents = open("a.xlsx", &pack(entries), &limits);
    assert_eq!(contents.refusal().map(|(_, refused)| refused), Some(Refused::Bomb));
    assert!(contents.pieces.iter().map(|piece| piece.text.len()).sum::<usize>() <= 4 << 20);
}

#[test]
fn levels_are_counted() {
    let mut bytes = b"deep".to_vec();
    let mut name = "a.txt";
    for _ in 0..4 {
        bytes = pack([(name, bytes)]);
        name = "a.zip";
    }
    assert!(read("a.zip", &bytes).pieces.iter().any(|piece| piece.text == "deep"));
    let contents = read("a.zip", &pack([("a.zip", bytes)]));
    assert_eq!(contents.refusal().map(|(_, refused)| refused), Some(Refused::TooDeep));
}

#[test]
fn other_archives_and_locked_entries_are_refused() {
    let contents = read("a.zip", &pack([("a.rar", b"Rar!\x1A\x07\x01\0".to_vec())]));
    assert_eq!(contents.refusal().map(|(place, refused)| (place.zh(), refused)), Some(("压缩包内 a.rar".to_owned(), Refused::Rar)));
    for (bytes, refused) in [(&b"7z\xBC\xAF\x27\x1C"[..], Refused::SevenZip), (b"\x1F\x8B\x08\0", Refused::OtherArchive)] {
        assert_eq!(read("a", bytes).refusal().map(|(_, refused)| refused), Some(refused));
    }
    let manifest = b"<manifest:manifest xmlns:manifest=\"m\"><manifest:encryption-data/></manifest:manifest>".to_vec();
    let contents = read("a.odt", &pack([("mimetype", b"application/vnd.oasis.opendocument.text".to_vec()), ("META-INF/manifest.xml", manifest)]));
    assert_eq!(contents.refusal().map(|(_, refused)| refused), Some(Refused::Encrypted));
    // Bit 0 of the flags, in the local and in the central header, says that the entry is locked.
    let mut bytes = pack([("a.txt", b"x".to_vec()), ("b.txt", b"y".to_vec())]);
    let central = memchr::memmem::find(&bytes, b"PK\x01\x02").unwrap();
    bytes[6] |= 1;
    bytes[central + 8] |= 1;
    let contents = read("a.zip", &bytes);
    assert_eq!(contents.refusal().map(|(_, refused)| refused), Some(Refused::Encrypted));
    assert!(has(&contents, "y", false, "压缩包内 b.txt › 第 1 行"));
}

#[test]
fn bytes_that_no_directory_lists_are_told() {
    let clean = build("zip");
    assert!(!reasons(&read("a.zip", &clean)).contains(&Reason::Unaccounted));
    let with_tail = [clean.clone(), b"HIDDEN-TAIL".to_vec()].concat();
    let contents = read("a.zip", &with_tail);
    assert!(reasons(&contents).contains(&Reason::Unaccounted) || reasons(&contents).contains(&Reason::Damaged));
    assert!(contents.pieces.iter().any(|piece| piece.text.contains("HIDDEN-TAIL")));
    let inside = pack([("a.txt", b"x".to_vec())]);
    let central = memchr::memmem::find(&inside, b"PK\x01\x02").unwrap();
    let gap = b"HIDDEN-GAP-THAT-IS-LONGER-THAN-A-DESCRIPTOR";
    let mut with_gap = [&inside[..central], gap, &inside[central..]].concat();
    let end = memchr::memmem::find(&with_gap, b"PK\x05\x06").unwrap();
    let offset = u32::try_from(central + gap.len()).unwrap();
    with_gap[end + 16..end + 20].copy_from_slice(&offset.to_le_bytes());
    let contents = read("a.zip", &with_gap);
    assert!(reasons(&contents).contains(&Reason::Unaccounted));
    assert!(contents.pieces.iter().any(|piece| piece.text.contains("HIDDEN-GAP")));
    // A local header that names another file than the directory does.
    let mut renamed = inside.clone();
    renamed[30..35].copy_from_slice(b"z.exe");
    assert!(reasons(&read("a.zip", &renamed)).contains(&Reason::Unaccounted));
}

#[test]
fn comments_of_archives_are_read() {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer.set_comment("压缩包的注释").unwrap();
    writer.start_file("a.txt", zip::write::SimpleFileOptions::default()).unwrap();
    let bytes = writer.finish().unwrap().into_inner();
    assert!(has(&read("a.zip", &bytes), "压缩包的注释", true, "压缩包注释"));
}
