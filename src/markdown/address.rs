//! Where a link leads: out, into the archive, to a place of the same page, or nowhere. Addresses that are printed are
//! valid by construction.

/// A link's target.
pub(super) enum Address<'a> {
    /// An address on the web, mail or telephone, cleaned for `href`.
    Out(String),
    /// Something inside the archive.
    Inside(&'a str),
    /// A place of the same page.
    Anchor(&'a str),
    /// Nothing that can be an address.
    None,
}

/// Tells what a target is.
pub(super) fn classify(target: &str) -> Address<'_> {
    let target = target.trim();
    if let Some(anchor) = target.strip_prefix('#') {
        return if anchor.is_empty() { Address::None } else { Address::Anchor(anchor) };
    }
    if target.is_empty() || target.starts_with("//") || target.contains(|c: char| c.is_control()) {
        return Address::None;
    }
    match scheme(target) {
        None => Address::Inside(target),
        Some(scheme) => {
            let rest = &target[scheme.len() + 1..];
            let cleaned = match scheme.to_ascii_lowercase().as_str() {
                scheme @ ("http" | "https") => rest.strip_prefix("//").and_then(|rest| web(scheme, rest)),
                "mailto" => mail(rest).map(|mail| format!("mailto:{mail}")),
                "tel" => rest.bytes().all(|byte| byte.is_ascii_digit() || b"+-()".contains(&byte)).then(|| format!("tel:{rest}")),
                _ => None,
            };
            cleaned.map_or(Address::None, Address::Out)
        }
    }
}

/// `https` of `https://…`; a colon behind anything else begins no scheme.
fn scheme(target: &str) -> Option<&str> {
    let (scheme, _) = target.split_once(':')?;
    let plain = scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    (plain && scheme.starts_with(|c: char| c.is_ascii_alphabetic())).then_some(scheme)
}

/// Host and path of a web address, every character that may not stand there as `%..`.
fn web(scheme: &str, rest: &str) -> Option<String> {
    let host_end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(host_end);
    if !is_host(host) {
        return None;
    }
    let mut out = format!("{scheme}://{}", host.to_ascii_lowercase());
    push_encoded(&mut out, path);
    Some(out)
}

fn is_host(host: &str) -> bool {
    let (name, port) = host.split_once(':').map_or((host, None), |(name, port)| (name, Some(port)));
    let good_port = port.is_none_or(|port| !port.is_empty() && port.parse::<u16>().is_ok());
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    let name = name.strip_suffix('.').unwrap_or(name);
    // A name of digits alone is taken for a number by browsers and must then be a full address.
    let last_is_number = name.rsplit('.').next().is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit()));
    let good_number = !last_is_number || name.parse::<std::net::Ipv4Addr>().is_ok();
    good_port && good_number && name.len() <= 253 && name.split('.').all(label) && !name.contains('_') | name.contains('.')
}

fn mail(rest: &str) -> Option<String> {
    let (address, query) = rest.split_once('?').map_or((rest, None), |(address, query)| (address, Some(query)));
    let (user, host) = address.split_once('@')?;
    let plain = user.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_+".contains(&byte));
    if user.is_empty() || !plain || !is_host(host) {
        return None;
    }
    let mut out = address.to_owned();
    if let Some(query) = query {
        out.push('?');
        push_encoded(&mut out, query);
    }
    Some(out)
}

/// Pushes path, query and fragment; a `%` that encodes nothing is encoded itself, and a second `#` too.
fn push_encoded(out: &mut String, path: &str) {
    let bytes = path.as_bytes();
    let mut in_fragment = false;
    let mut copied = 0;
    for (at, byte) in bytes.iter().copied().enumerate() {
        let encodes = byte == b'%' && bytes.get(at + 1..at + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
        let plain = byte.is_ascii_alphanumeric() || b"-._~/?:@!$&'()*+,;=".contains(&byte) || byte == b'#' && !in_fragment;
        in_fragment |= byte == b'#';
        if !plain && !encodes {
            const HEX: &[u8; 16] = b"0123456789ABCDEF";
            // The bytes before are ASCII, so both cuts fall between characters.
            out.push_str(path.get(copied..at).unwrap_or_default());
            out.extend(['%', char::from(HEX[usize::from(byte >> 4)]), char::from(HEX[usize::from(byte & 15)])]);
            copied = at + 1;
        }
    }
    out.push_str(path.get(copied..).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn out(target: &str) -> Option<String> {
        match classify(target) {
            Address::Out(address) => Some(address),
            _ => None,
        }
    }

    #[test]
    fn web_addresses_become_valid() {
        assert_eq!(out("http://a.cn/甲 [1]?x={y}#z#w").as_deref(), Some("http://a.cn/%E7%94%B2%20%5B1%5D?x=%7By%7D#z%23w"));
        assert_eq!(out("https://Example.org:80/100%").as_deref(), Some("https://example.org:80/100%25"));
        assert_eq!(out("mailto:a.b@example.org").as_deref(), Some("mailto:a.b@example.org"));
    }

    #[test]
    fn what_is_active_or_broken_is_no_address() {
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:x",
            "data:text/html,x",
            "file:///etc",
            "http://",
            "http:///x",
            "https://a b/",
            "http://[x",
            "//a.cn/x",
            "#",
            "vbscript:x",
            "http://1.2.3/x",
        ] {
            assert!(matches!(classify(bad), Address::None), "{bad}");
        }
        assert!(matches!(classify("../a.zh.md#s1"), Address::Inside(_)));
        assert!(matches!(classify("#s1"), Address::Anchor("s1")));
    }
}
