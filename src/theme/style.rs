//! The one stylesheet and the one script of a theme, joined from its files in a fixed order.
//!
//! The order stands in for cascade layers: `@layer` hides its rules from browsers before Chrome 99, and a county's
//! reading room has older ones.

use super::{Files, ThemeFault};

/// The style files that come before the components; those of a component stand by name; all further files follow.
const FIRST: &[&str] =
    &["style/layers.css", "style/tokens.css", "style/reset.css", "style/base.css", "style/zh.css", "style/en.css", "style/prose.css"];
/// The style files that come after everything else.
const LAST: &[&str] = &["style/page.css", "style/print.css"];

/// All `.css` files of `style/` and `component/` in one.
pub(super) fn stylesheet(files: &Files, faults: &mut Vec<ThemeFault>) -> Vec<u8> {
    let named = |name: &str| FIRST.contains(&name) || LAST.contains(&name);
    let rest = |folder: &'static str| {
        files.keys().map(String::as_str).filter(move |name| name.starts_with(folder) && name.ends_with(".css") && !named(name))
    };
    let order = FIRST.iter().copied().chain(rest("component/")).chain(rest("style/")).chain(LAST.iter().copied());
    let order: Vec<&str> = order.filter(|name| files.contains_key(*name)).collect();
    join(files, &order, faults)
}

/// All `.js` files of `component/` and `script/` in one, or none.
pub(super) fn script(files: &Files, faults: &mut Vec<ThemeFault>) -> Option<Vec<u8>> {
    let is_script = |name: &&str| (name.starts_with("component/") || name.starts_with("script/")) && name.ends_with(".js");
    let names: Vec<&str> = files.keys().map(String::as_str).filter(is_script).collect();
    (!names.is_empty()).then(|| join(files, &names, faults))
}

/// The program of the search page: all `.js` files of `search/` in one; they work in any order.
pub(super) fn search(files: &Files, faults: &mut Vec<ThemeFault>) -> Vec<u8> {
    let names: Vec<&str> = files.keys().map(String::as_str).filter(|name| name.starts_with("search/") && name.ends_with(".js")).collect();
    join(files, &names, faults)
}

fn join(files: &Files, names: &[&str], faults: &mut Vec<ThemeFault>) -> Vec<u8> {
    let mut joined = Vec::new();
    for name in names {
        let Some(bytes) = files.get(*name) else { continue };
        if let Err(error) = std::str::from_utf8(bytes) {
            faults.push(ThemeFault::not_utf8(name, bytes, error));
        }
        joined.extend_from_slice(bytes.trim_ascii());
        joined.push(b'\n');
    }
    joined
}
