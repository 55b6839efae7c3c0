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
        match std::str::from_utf8(bytes) {
            Ok(text) => lean_into(&mut joined, text, name.ends_with(".js")),
            Err(error) => faults.push(ThemeFault::not_utf8(name, bytes, error)),
        }
    }
    joined
}

/// Copies a text without what only its writers read: indentation, empty lines, comments that fill their lines. Every reader loads
/// these files, and from a stick nothing compresses them.
fn lean_into(out: &mut Vec<u8>, text: &str, is_script: bool) {
    // The lines of a template literal belong to its value.
    if is_script && text.contains('`') {
        out.extend_from_slice(text.trim_ascii_end().as_bytes());
        return out.push(b'\n');
    }
    let mut in_comment = false;
    for line in text.lines() {
        let lean = line.trim();
        let opens = !in_comment && lean.starts_with("/*");
        let end = if opens { lean.get(2..).and_then(|rest| rest.find("*/").map(|at| at + 4)) } else { lean.find("*/").map(|at| at + 2) };
        if opens || in_comment {
            in_comment = end.is_none();
            // What follows a comment on its line stays.
            let rest = end.and_then(|end| lean.get(end..)).unwrap_or_default().trim_start();
            if rest.is_empty() {
                continue;
            }
            out.extend_from_slice(rest.as_bytes());
        } else if lean.is_empty() || is_script && lean.starts_with("//") {
            continue;
        } else {
            out.extend_from_slice(lean.as_bytes());
        }
        out.push(b'\n');
    }
}

#[cfg(test)]
mod tests {
    use super::lean_into;

    fn lean(text: &str, is_script: bool) -> String {
        let mut out = Vec::new();
        lean_into(&mut out, text, is_script);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn indentation_and_comments_go_and_nothing_else() {
        let style = "/* a\n   b */\n\na {\n  color: red; /* stays */\n}\n/* c */ b { }\n  /*\n d */ e { }\n";
        assert_eq!(lean(style, false), "a {\ncolor: red; /* stays */\n}\nb { }\ne { }\n");
        assert_eq!(lean("  // a\n  b(\"/* no comment */\");\n  //c\n", true), "b(\"/* no comment */\");\n");
        assert_eq!(lean("// a\nurl { }\n", false), "// a\nurl { }\n");
    }

    #[test]
    fn the_lines_of_a_template_literal_stay() {
        assert_eq!(lean("const a = `\n  b`;\n", true), "const a = `\n  b`;\n");
    }
}
