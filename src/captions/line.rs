//! The words of a cue: markup is taken out, the name of who speaks is kept.

/// The entities that WebVTT has; what else begins with `&` is text.
const ENTITIES: &[(&str, &str)] =
    &[("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", "\u{A0}"), ("&lrm;", ""), ("&rlm;", ""), ("&quot;", "\""), ("&#39;", "'")];

/// Who speaks first, and the words without markup. A `<` that nothing closes is text.
pub(super) fn plain(written: &str) -> (Option<String>, String) {
    let (mut speaker, mut out, mut rest) = (None, String::with_capacity(written.len()), written);
    while let Some(at) = rest.find(['<', '&']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        rest = if let Some((tag, behind)) = from.strip_prefix('<').and_then(|inner| inner.split_once('>')) {
            speaker = speaker.or_else(|| voice(tag));
            behind
        } else {
            let (sign, behind) = sign(from);
            out.push_str(sign);
            behind
        };
    }
    out.push_str(rest);
    (speaker, out)
}

/// The sign that a text begins with, which is `<` or `&`, and what is behind it.
fn sign(text: &str) -> (&str, &str) {
    let entity = ENTITIES.iter().find_map(|(entity, sign)| text.strip_prefix(entity).map(|behind| (*sign, behind)));
    entity.unwrap_or_else(|| text.split_at(1))
}

/// The name in `<v.loud Name>`.
fn voice(tag: &str) -> Option<String> {
    let rest = tag.strip_prefix('v').filter(|rest| rest.starts_with(['.', ' ', '\t']))?;
    let (_, name) = rest.split_once([' ', '\t', '\n'])?;
    let (_, name) = plain(name);
    Some(name.trim().replace('\n', " ")).filter(|name| !name.is_empty())
}
