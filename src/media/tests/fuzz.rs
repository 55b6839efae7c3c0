//! Damaged files: nothing panics, nothing runs on, nothing grows beyond what the input allows.

use super::super::{format_of, inspect, is_clean, strip_film, svg_findings};
use super::{TOKEN, film, picture, sound};

/// A generator of numbers that is the same on every machine (xorshift).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }
}

fn files() -> Vec<Vec<u8>> {
    let cases = picture::samples().into_iter().chain(film::samples()).chain(sound::samples());
    cases.map(|case| (case.make)(TOKEN)).collect()
}

fn try_all(bytes: &[u8]) {
    let report = inspect(bytes);
    let said: usize = report.hidden.iter().map(|hidden| hidden.text.len()).sum();
    assert!(said <= bytes.len() * 8 + (1 << 20), "{said} of {}", bytes.len());
    assert!(report.trailing <= u64::try_from(bytes.len()).unwrap());
    let _ = format_of(bytes).map(|_| is_clean(bytes));
    if let Ok(stripped) = strip_film(bytes) {
        // Empty comments and a whole header may be longer than what stood there, but not by much.
        assert!(stripped.len() <= bytes.len() + 4096, "{} of {}", stripped.len(), bytes.len());
        assert_eq!(strip_film(&stripped).as_ref(), Ok(&stripped));
    }
    let _ = svg_findings(&String::from_utf8_lossy(bytes));
}

#[test]
fn files_that_end_anywhere_do_no_harm() {
    let mut numbers = Numbers(0x5EED);
    for file in files() {
        for _ in 0..20 {
            try_all(&file[..numbers.below(file.len())]);
        }
    }
}

#[test]
fn files_with_changed_bytes_do_no_harm() {
    let mut numbers = Numbers(0x0BAD_5EED);
    for file in files() {
        for _ in 0..60 {
            let mut changed = file.clone();
            for _ in 0..=numbers.below(6) {
                let at = numbers.below(changed.len());
                // Lengths and offsets like to be extreme.
                changed[at] = [0, 1, 0x7F, 0x80, 0xFF, u8::try_from(numbers.next() & 0xFF).unwrap()][numbers.below(6)];
            }
            try_all(&changed);
        }
    }
}

#[test]
fn boxes_in_boxes_do_not_overflow_the_stack() {
    let mut nested = Vec::new();
    for _ in 0..20_000 {
        let length = u32::try_from(nested.len() + 8).unwrap();
        nested.splice(0..0, [&length.to_be_bytes()[..], b"udta"].concat());
    }
    try_all(&[super::build::boxed(b"ftyp", b"isom\0\0\0\0"), super::build::boxed(b"moov", &nested)].concat());
    try_all(format!("<svg>{}", "<g>".repeat(50_000)).as_bytes());
}

#[test]
fn directories_that_point_at_the_same_bytes_stay_small() {
    // Thousands of entries whose value is the whole file.
    let mut bytes = b"II*\0\x08\0\0\0".to_vec();
    let count = 20_000u16;
    bytes.extend(count.to_le_bytes());
    for _ in 0..count {
        bytes.extend([0x3B, 1, 2, 0]);
        bytes.extend(200_000u32.to_le_bytes());
        bytes.extend(8u32.to_le_bytes());
    }
    bytes.resize(240_000, b'a');
    try_all(&bytes);
    assert!(inspect(&bytes).unread.iter().any(|unread| unread.reason == super::super::Reason::TooMuch));
}
