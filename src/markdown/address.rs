//! Where a link leads: out, into the archive, to a place of the same page, or nowhere. Addresses that are printed are
//! valid by construction.

use std::borrow::Cow;
use std::fmt;

/// A link's target.
pub(super) enum Address<'a> {
    /// An address on the web, mail or telephone.
    Out(Out<'a>),
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
    if target.is_empty() || target.starts_with("//") || has_control(target) {
        return Address::None;
    }
    match scheme(target) {
        None => Address::Inside(target),
        Some(scheme) => {
            let rest = &target[scheme.len() + 1..];
            let out = if scheme.eq_ignore_ascii_case("https") {
                rest.strip_prefix("//").and_then(|rest| web("https://", rest))
            } else if scheme.eq_ignore_ascii_case("http") {
                rest.strip_prefix("//").and_then(|rest| web("http://", rest))
            } else if scheme.eq_ignore_ascii_case("mailto") {
                mail(rest)
            } else if scheme.eq_ignore_ascii_case("tel") {
                let plain = rest.bytes().all(|byte| byte.is_ascii_digit() || b"+-()".contains(&byte));
                plain.then_some(Out { scheme: "tel:", head: Cow::Borrowed(rest), rest: "" })
            } else {
                None
            };
            out.map_or(Address::None, Address::Out)
        }
    }
}

/// An address that leads out; printing it cleans it for `href`. Kept in parts, since a survey asks of most only what they are.
pub(super) struct Out<'a> {
    scheme: &'static str,
    /// Host, mail address or number: nothing in it needs cleaning.
    head: Cow<'a, str>,
    /// Path, query and fragment as written.
    rest: &'a str,
}

impl Out<'_> {
    /// Pushes the cleaned address.
    pub(super) fn push_to(&self, out: &mut String) {
        out.push_str(self.scheme);
        out.push_str(&self.head);
        push_encoded(out, self.rest);
    }
}

impl fmt::Display for Out<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = String::new();
        self.push_to(&mut out);
        f.write_str(&out)
    }
}

fn has_control(target: &str) -> bool {
    target.bytes().any(|byte| byte < 0x20 || byte == 0x7F || byte == 0xC2) && target.contains(|c: char| c.is_control())
}

/// `https` of `https://…`; a colon behind anything else begins no scheme.
fn scheme(target: &str) -> Option<&str> {
    let (scheme, _) = target.split_once(':')?;
    let plain = scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    (plain && scheme.starts_with(|c: char| c.is_ascii_alphabetic())).then_some(scheme)
}

/// Host and path of a web address.
fn web<'a>(scheme: &'static str, rest: &'a str) -> Option<Out<'a>> {
    let host_end = rest.bytes().position(|byte| matches!(byte, b'/' | b'?' | b'#')).unwrap_or(rest.len());
    let (host, path) = rest.split_at(host_end);
    if !is_host(host) {
        return None;
    }
    let is_lower = !host.bytes().any(|byte| byte.is_ascii_uppercase());
    Some(Out { scheme, head: if is_lower { Cow::Borrowed(host) } else { Cow::Owned(host.to_ascii_lowercase()) }, rest: path })
}

fn is_host(host: &str) -> bool {
    let (name, port) = host.split_once(':').map_or((host, None), |(name, port)| (name, Some(port)));
    let good_port = port.is_none_or(|port| !port.is_empty() && port.parse::<u16>().is_ok());
    let label = |label: &[u8]| {
        (1..=63).contains(&label.len())
            && label.first() != Some(&b'-')
            && label.last() != Some(&b'-')
            && label.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-' || *byte == b'_')
    };
    let name = name.strip_suffix('.').unwrap_or(name);
    // A name of digits alone is taken for a number by browsers and must then be a full address.
    let last_is_number = name.rsplit('.').next().is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit()));
    let good_number = !last_is_number || name.parse::<std::net::Ipv4Addr>().is_ok();
    let good_labels = name.as_bytes().split(|byte| *byte == b'.').all(label);
    good_port && good_number && name.len() <= 253 && good_labels && !name.contains('_') | name.contains('.')
}

fn mail(rest: &str) -> Option<Out<'_>> {
    let (address, query) = rest.split_at(rest.find('?').unwrap_or(rest.len()));
    let (user, host) = address.split_once('@')?;
    let plain = user.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_+".contains(&byte));
    let good = !user.is_empty() && plain && is_host(host);
    good.then_some(Out { scheme: "mailto:", head: Cow::Borrowed(address), rest: query })
}

/// The bytes that may stand in path, query and fragment as they are.
const STANDS_PLAIN: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0u8;
    while byte < 128 {
        table[byte as usize] = byte.is_ascii_alphanumeric();
        byte += 1;
    }
    let signs = b"-._~/?:@!$&'()*+,;=";
    let mut at = 0;
    while at < signs.len() {
        table[signs[at] as usize] = true;
        at += 1;
    }
    table
};

/// Pushes path, query and fragment, every character that may not stand there as `%..`; a `%` that encodes nothing is encoded itself, and a second `#` too.
fn push_encoded(out: &mut String, path: &str) {
    let bytes = path.as_bytes();
    let mut in_fragment = false;
    let mut copied = 0;
    for (at, byte) in bytes.iter().copied().enumerate() {
        let encodes = byte == b'%' && bytes.get(at + 1..at + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
        let plain = STANDS_PLAIN[usize::from(byte)] || byte == b'#' && !in_fragment;
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
            Address::Out(address) => Some(address.to_string()),
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
