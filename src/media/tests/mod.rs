//! A token in every place where something can hide: found by the search, gone after stripping, and nothing shows that it was there.

mod active;
mod build;
mod film;
mod fuzz;
mod picture;
mod playing;
mod sound;

use super::{Block, inspect, is_clean, strip_film};

/// Makes a file with a token in it.
type Make = Box<dyn Fn(&str) -> Vec<u8>>;

/// A token in a file: what the place is called, under which block it must be found, and the file with any token in this place.
pub(super) struct Case {
    pub(super) name: &'static str,
    pub(super) block: Block,
    pub(super) make: Make,
}

impl Case {
    pub(super) fn new(name: &'static str, block: Block, make: impl Fn(&str) -> Vec<u8> + 'static) -> Self {
        Case { name, block, make: Box::new(make) }
    }
}

pub(super) const TOKEN: &str = "Token-Of-Nobody";
/// Another one of another length.
pub(super) const OTHER: &str = "Somebody-Else-Of-Another-Length-Altogether";

/// Whether a token stands in a file in any of the usual encodings.
pub(super) fn holds(bytes: &[u8], token: &str) -> bool {
    let little: Vec<u8> = token.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = token.encode_utf16().flat_map(u16::to_be_bytes).collect();
    [token.as_bytes(), &little, &big].iter().any(|needle| super::bytes::find(bytes, needle, 0).is_some())
}

/// The search names the token and its block.
pub(super) fn check_found(case: &Case) {
    let file = (case.make)(TOKEN);
    let report = inspect(&file);
    let found: Vec<_> = report.hidden.iter().filter(|hidden| hidden.text.contains(TOKEN)).collect();
    assert!(found.iter().any(|hidden| hidden.place.block == case.block), "{}: {found:?} of {report:?}", case.name);
    assert!(report.blocks.contains(&case.block), "{}", case.name);
    assert!(!is_clean(&file), "{}", case.name);
}

/// Stripping gives the same bytes for both tokens and for none.
pub(super) fn check_gone(case: &Case, plain: &[u8]) {
    for token in [TOKEN, OTHER] {
        let file = (case.make)(token);
        assert_ne!(file, plain, "{}", case.name);
        let stripped = strip_film(&file).unwrap_or_else(|reason| panic!("{}: {}", case.name, reason.en()));
        assert!(!holds(&stripped, token), "{}", case.name);
        assert!(stripped == strip_film(plain).unwrap(), "{}: not the same bytes", case.name);
        assert!(is_clean(&stripped), "{}", case.name);
    }
}
