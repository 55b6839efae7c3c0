//! The table of findings against itself.

use super::{Code, wording};
use crate::lang::Lang;

/// Both languages must speak of the same details, or a finding loses half of what it says.
#[test]
fn both_wordings_use_the_same_details() {
    let details = |text: &str| -> Vec<char> {
        let mut found: Vec<char> = text.match_indices('{').filter_map(|(at, _)| text[at + 1..].chars().next()).filter(char::is_ascii_digit).collect();
        found.sort_unstable();
        found.dedup();
        found
    };
    for code in Code::ALL {
        let [zh, en] = Lang::ALL.map(|lang| wording(*code, lang)).map(|said| details(&format!("{}{}", said.reason, said.cure)));
        assert_eq!(zh, en, "{}", code.name());
    }
}

#[test]
fn names_are_unique() {
    let mut names: Vec<_> = Code::ALL.iter().map(|code| code.name()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), Code::ALL.len());
}
