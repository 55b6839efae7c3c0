//! The theme in the binary. `src/build.rs` lists its files.

use super::Files;

/// The name of the built-in theme.
pub(super) const NAME: &str = "archive";

/// Name inside the theme's folder and content, sorted by name.
pub(super) static FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/theme_files.rs"));

/// The built-in files as a theme's own would come.
pub(super) fn files() -> Files {
    FILES.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect()
}

/// One built-in file.
pub(super) fn file(name: &str) -> Option<&'static [u8]> {
    FILES.binary_search_by(|(known, _)| (*known).cmp(name)).ok().map(|at| FILES[at].1)
}
