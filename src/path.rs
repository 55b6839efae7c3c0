//! Paths of finished files, and the way from one to another. An [`OutPath`] can only hold a name that every file system,
//! web server and archive format keeps (design: ASCII, at most 64 characters a name and 150 in all, no device names).

use std::fmt;

/// A path inside the product's folder, with `/`, never absolute, always a file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutPath(Box<str>);

/// Why a text is no path of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathFault {
    /// A character outside `[a-z0-9._-]`, an empty name, `.` or `..`.
    Name,
    /// Longer than 64 characters a name or 150 in all.
    Length,
    /// A device name of Windows (`con`, `nul`, `com1` …), with or without an extension.
    Device,
}

const NAME_MAX: usize = 64;
/// The longest path, in bytes.
pub const PATH_MAX: usize = 150;

/// The last part of a path with `/`.
#[must_use]
pub fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

impl OutPath {
    /// Checks and takes a path.
    ///
    /// # Errors
    /// Names the rule that the path breaks.
    pub fn new(path: impl Into<Box<str>>) -> Result<OutPath, PathFault> {
        let path = path.into();
        if path.len() > PATH_MAX {
            return Err(PathFault::Length);
        }
        path.split('/').try_for_each(check_name)?;
        Ok(OutPath(path))
    }

    /// The path as text, with `/`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How many folders lie between the root and the file.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.0.matches('/').count()
    }

    /// `../` as often as it takes to reach the root from this file.
    #[must_use]
    pub fn to_root(&self) -> String {
        "../".repeat(self.depth())
    }

    /// The relative address of `target` as seen from this file; it names a file, never a folder.
    #[must_use]
    pub fn link_to(&self, target: &OutPath) -> String {
        let here = self.0.rsplit_once('/').map_or("", |(folder, _)| folder);
        let common = common_folders(here, &target.0);
        let up = here.split('/').filter(|name| !name.is_empty()).count() - here[..common].split('/').filter(|name| !name.is_empty()).count();
        let rest = target.0[common..].trim_start_matches('/');
        let mut link = "../".repeat(up);
        link.push_str(rest);
        link
    }
}

/// The length of the longest run of whole folders that `here` (a folder) and `target` (a file) share at their beginning.
fn common_folders(here: &str, target: &str) -> usize {
    let mut common = 0;
    let mut at = 0;
    for name in here.split('/').filter(|name| !name.is_empty()) {
        let end = at + name.len();
        if target.get(at..end) != Some(name) || target.as_bytes().get(end) != Some(&b'/') {
            break;
        }
        common = end;
        at = end + 1;
    }
    common
}

fn check_name(name: &str) -> Result<(), PathFault> {
    if name.len() > NAME_MAX {
        return Err(PathFault::Length);
    }
    let plain = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, b'.' | b'_' | b'-');
    if name.is_empty() || name.starts_with('.') && name.bytes().all(|c| c == b'.') || !name.bytes().all(plain) || name.ends_with('.') {
        return Err(PathFault::Name);
    }
    if is_device(name) {
        return Err(PathFault::Device);
    }
    Ok(())
}

/// Whether Windows takes a file name for a device, whatever its extension.
#[must_use]
pub fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name);
    // All such names have three or four letters.
    if !(3..=4).contains(&stem.len()) {
        return false;
    }
    let stem = stem.to_ascii_lowercase();
    let numbered = |prefix: &str| stem.strip_prefix(prefix).is_some_and(|digit| matches!(digit.as_bytes(), [b'0'..=b'9']));
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

/// Whether a text is an id: `[a-z0-9][a-z0-9-]{0,47}`.
#[must_use]
pub fn is_id(text: &str) -> bool {
    let plain = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit();
    let bytes = text.as_bytes();
    (1..=48).contains(&bytes.len()) && plain(bytes[0]) && bytes.iter().all(|c| plain(*c) || *c == b'-')
}

impl fmt::Display for OutPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for OutPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> OutPath {
        OutPath::new(text).unwrap()
    }

    #[test]
    fn links_are_relative_and_name_a_file() {
        let page = path("zh/cases/a.html");
        assert_eq!(page.link_to(&path("zh/cases/b.html")), "b.html");
        assert_eq!(page.link_to(&path("zh/index.html")), "../index.html");
        assert_eq!(page.link_to(&path("en/cases/a.html")), "../../en/cases/a.html");
        assert_eq!(page.link_to(&path("zh/cases-old/b.html")), "../cases-old/b.html");
        assert_eq!(path("index.html").link_to(&page), "zh/cases/a.html");
        assert_eq!(path("zh/index.html").link_to(&page), "cases/a.html");
    }

    #[test]
    fn names_that_some_system_spoils_are_refused() {
        for bad in ["", "a//b", "../a", "A.html", "a b", "张.html", "nul", "com1.txt", "a.", "a%20"] {
            assert!(OutPath::new(bad).is_err(), "{bad}");
        }
        assert!(OutPath::new("x".repeat(65)).is_err());
        assert!(OutPath::new("zh/cases/page-2.html").is_ok());
    }

    #[test]
    fn ids_follow_the_contract() {
        assert!(is_id("guangshan-camellia") && is_id("2020"));
        assert!(!is_id("-a") && !is_id("") && !is_id("A") && !is_id(&"x".repeat(49)));
    }
}
