//! Damaged files: cut off, with flipped bits, with parts of each other. Nothing panics and nothing runs without end.

use super::sample::{PACKAGES, build, pack, read, text};
use super::{binaries, pdfs};
use crate::attachment::{Limits, open};

/// Numbers that are the same every time (xorshift).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end.max(1)).unwrap()).unwrap()
    }
}

/// All samples, and the parts of the packages by themselves, since damage to a package seldom gets past its checksums.
fn samples() -> Vec<(String, Vec<u8>)> {
    let mut out: Vec<(String, Vec<u8>)> = PACKAGES.iter().map(|(name, _)| ((*name).to_owned(), build(name))).collect();
    out.extend([("a.pdf".to_owned(), pdfs::sample()), ("a.doc".to_owned(), binaries::word()), ("a.xls".to_owned(), binaries::excel())]);
    out
}

fn damage(bytes: &mut Vec<u8>, chance: &mut Chance) {
    for _ in 0..=chance.below(8) {
        let at = chance.below(bytes.len());
        match chance.below(6) {
            0 => bytes.truncate(at),
            1 => bytes.extend_from_within(..at.min(64)),
            2 => drop(bytes.drain(at..(at + chance.below(16)).min(bytes.len()))),
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << chance.below(8);
                }
            }
        }
    }
}

#[test]
fn damaged_files_are_survived() {
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    let limits = Limits { unpacked_bytes: 4 << 20, text_bytes: 4 << 20, ..Limits::default() };
    for (name, sample) in samples() {
        for _ in 0..150 {
            let mut bytes = sample.clone();
            damage(&mut bytes, &mut chance);
            let contents = open(&name, &bytes, &limits);
            assert!(contents.pieces.iter().map(|piece| piece.text.len()).sum::<usize>() <= 4 << 20);
            for piece in &contents.pieces {
                assert!(!piece.text.is_empty() && !piece.place.zh().contains("{}"));
            }
        }
    }
}

#[test]
fn damaged_parts_in_whole_packages_are_survived() {
    let mut chance = Chance(0x2545_F491_4F6C_DD1D);
    for (name, text) in PACKAGES {
        let body = text.split("=== expect").next().unwrap();
        let sections: Vec<(&str, &str)> = body.split("=== ").skip(1).filter_map(|section| section.split_once('\n')).collect();
        for _ in 0..60 {
            let hit = chance.below(sections.len());
            let parts = sections.iter().enumerate().map(|(index, (path, content))| {
                let mut bytes = content.as_bytes().to_vec();
                if index == hit {
                    damage(&mut bytes, &mut chance);
                }
                (path.split(' ').next().unwrap(), bytes)
            });
            let bytes = pack(parts.collect::<Vec<_>>());
            assert!(read(name, &bytes).pieces.iter().all(|piece| !piece.text.is_empty()));
        }
    }
}

#[test]
fn a_damaged_part_still_gives_its_text() {
    let body = text("docx-inner").split("=== expect").next().unwrap();
    let broken = "<w:document><w:p><w:r><w:t>before</w:t></w:r></w:p><w:p foo=\"<><w:t>behind</w:t>";
    let bytes = pack([("[Content_Types].xml", body.as_bytes().to_vec()), ("word/document.xml", broken.as_bytes().to_vec())]);
    let contents = read("a.docx", &bytes);
    assert!(!contents.is_whole());
    for token in ["before", "behind"] {
        assert!(contents.pieces.iter().any(|piece| piece.text.contains(token)), "{token}");
    }
}

#[test]
fn hostile_structures_end() {
    let many = |open: &str, close: &str, count: usize| format!("{}{}", open.repeat(count), close.repeat(count)).into_bytes();
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("a.xml", many("<a>", "</a>", 100_000)),
        ("a.xml", many("<a>", "</b>", 1_500)),
        ("a.svg", many("<svg><p>", "x", 50_000)),
        ("a.html", many("<html><a b=\"", "", 20_000)),
        ("a.html", many("<html><a ", "", 300_000)),
        ("a.html", many("<html><a '>", "", 50_000)),
        ("a.html", many("<html><!--", "", 20_000)),
        ("a.html", many("<html>&#", "", 50_000)),
        ("a.rtf", many("{\\rtf{", "}", 100_000)),
        ("a.pdf", [b"%PDF-1.4\n1 0 obj\n".to_vec(), many("[", "]", 100_000)].concat()),
        ("a.pdf", [b"%PDF-1.4\n1 0 obj\n".to_vec(), many("<</A", ">>", 100_000)].concat()),
        ("a.pdf", [b"%PDF-1.4\n".to_vec(), many("1 0 obj<<>>stream\n", "", 50_000)].concat()),
        ("a.pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]/Parent 1 0 R>>endobj".to_vec()),
        ("a.csv", many("\"", ",", 100_000)),
        ("a.txt", many("\n", "x", 10_000)),
    ];
    for (name, bytes) in cases {
        let contents = read(name, &bytes);
        assert!(contents.pieces.len() <= 300_000, "{name}");
    }
}
