//! What holds of the table: both wordings say the same, and no name stands twice.

use super::*;

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
        let row = code.row();
        let zh = format!("{}{}", row.zh.0, row.zh.1);
        let en = format!("{}{}", row.en.0, row.en.1);
        assert_eq!(details(&zh), details(&en), "{}", row.name);
    }
}

#[test]
fn names_are_unique() {
    let mut names: Vec<_> = Code::ALL.iter().map(|code| code.name()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), Code::ALL.len());
}
