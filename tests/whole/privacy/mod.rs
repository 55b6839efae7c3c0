//! Nothing private gets out, proven from outside on the bytes that the program writes and says: an archive with a token in
//! every closable place, random archives whose closed part changes, a theme that gives something away, slips of the pen.

mod canary;
mod gate;
mod handout;
mod interference;
mod search;
mod slips;
mod tokens;

use super::{Site, files, project};

/// What the program is run with in these tests: the same day everywhere.
const AS_OF: [&str; 2] = ["--as-of", "2026-01-01"];

/// A data file under `tests/`.
fn data(path: &str) -> String {
    std::fs::read_to_string(project().join("tests").join(path)).unwrap()
}

/// Builds a profile into a folder beside the site, which must succeed, and reads what was written.
fn built(site: &Site, profile: &str) -> Vec<(String, Vec<u8>)> {
    built_with(site, profile, &[])
}

/// The same with further words.
fn built_with(site: &Site, profile: &str, further: &[&str]) -> Vec<(String, Vec<u8>)> {
    let folder = site.root().join("made").join(profile);
    let words = ["build", AS_OF[0], AS_OF[1], "--profile", profile, "--language", "en", "--output", folder.to_str().unwrap()];
    let output = site.run(&[&words, further].concat());
    assert!(output.status.success(), "{}", super::said(&output));
    let mut made = files(&folder);
    let decoded: Vec<_> = made.iter().filter(|(path, _)| path.starts_with("search/")).flat_map(|(path, bytes)| decoded(path, bytes)).collect();
    made.extend(decoded);
    made
}

/// What stands inside of a file of the search index: its bytes, and what they inflate to.
fn decoded(path: &str, bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let Some(payload) = text.split_once("\",\"").and_then(|(_, rest)| rest.strip_suffix("\");")) else { return Vec::new() };
    let out = tuopin::search::base64::decode(payload.as_bytes()).unwrap_or_else(|| panic!("{path}: no base64"));
    let inflated = miniz_oxide::inflate::decompress_to_vec(&out).unwrap_or_default();
    vec![(format!("{path} decoded"), out), (format!("{path} inflated"), inflated)]
}

/// Numbers that look random and are the same in every run.
pub(super) struct Chance(u64);

impl Chance {
    fn new(seed: u64) -> Chance {
        Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below a limit.
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    fn one_of<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        list[self.below(list.len())]
    }
}
