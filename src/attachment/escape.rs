//! Characters that office formats write as `_x0031_` (ST_Xstring, ECMA-376 part 1, §22.9.2.19).

/// A text with these escapes resolved; none if it has none.
pub(super) fn unescape(text: &str) -> Option<String> {
    if !text.contains("_x") {
        return None;
    }
    let (mut out, mut rest, mut is_changed) = (String::with_capacity(text.len()), text, false);
    while let Some(at) = rest.find("_x") {
        let (before, escape) = rest.split_at(at);
        out.push_str(before);
        let code = escape.get(2..6).filter(|_| escape.get(6..7) == Some("_")).and_then(|hex| u32::from_str_radix(hex, 16).ok());
        let (c, length) = code.and_then(char::from_u32).map_or(('_', 1), |c| (c, 7));
        is_changed |= length > 1;
        out.push(c);
        rest = escape.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    is_changed.then_some(out).filter(|text| !text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::unescape;

    #[test]
    fn escapes_are_resolved_and_look_alikes_stay() {
        assert_eq!(unescape("a_x0031_b_x5F20_").as_deref(), Some("a1b张"));
        assert_eq!(unescape("_x12_ _xZZZZ_ max_x"), None);
    }
}
