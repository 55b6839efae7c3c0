//! `manifest.txt`: the list by which a product knows its own files. One line a file, sorted by path:
//! path, size, SHA-256, separated by single spaces, under a heading that names the format.

use crate::digest::Sha;
use crate::path::OutPath;
use std::collections::BTreeMap;

/// The name inside the product's folder. The manifest does not list itself.
pub(super) const NAME: &str = "manifest.txt";
const HEADING: &str = "# tuopin manifest 1: path size sha256";

/// What is known of a written file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) size: u64,
    pub(super) sha: Sha,
}

/// The files of a product.
pub(super) type Manifest = BTreeMap<OutPath, Entry>;

/// The manifest as text.
pub(super) fn print(manifest: &Manifest) -> String {
    let mut out = String::with_capacity(manifest.len() * 120 + 64);
    out.push_str(HEADING);
    out.push('\n');
    for (path, entry) in manifest {
        out.push_str(&format!("{path} {} {}\n", entry.size, entry.sha));
    }
    out
}

/// Reads a manifest; none if the text is not one of ours. A path that could not be ours is not taken, so that no
/// manifest can make us delete outside of its folder.
pub(super) fn parse(text: &str) -> Option<Manifest> {
    let mut lines = text.lines();
    if lines.next() != Some(HEADING) {
        return None;
    }
    let entry = |line: &str| {
        let mut parts = line.splitn(3, ' ');
        let path = OutPath::new(parts.next()?).ok()?;
        let size = parts.next()?.parse().ok()?;
        let sha = Sha::parse(parts.next()?)?;
        Some((path, Entry { size, sha }))
    };
    Some(lines.filter_map(entry).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_reads_back_and_foreign_paths_are_dropped() {
        let path = OutPath::new("zh/index.html").unwrap();
        let manifest = Manifest::from([(path, Entry { size: 3, sha: Sha::of(b"abc") })]);
        let text = print(&manifest);
        assert_eq!(parse(&text), Some(manifest.clone()));
        assert_eq!(parse(&format!("{text}../../etc/passwd 1 {}\n", Sha::of(b""))), Some(manifest));
        assert_eq!(parse("hello"), None);
    }
}
