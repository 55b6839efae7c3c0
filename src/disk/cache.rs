//! A folder for what was made before. An entry is the SHA-256 of its name and bytes, then the bytes: one that was cut off,
//! changed, or moved to another name is not given back. Entries are written whole, and nothing in the folder is ever needed.

use crate::digest::Sha;
use crate::source::Cache;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

const SHA_SIZE: usize = 32;

/// The folder; made when something is first put into it.
#[derive(Debug)]
pub struct CacheFolder {
    folder: PathBuf,
    /// Whether nothing is put into it.
    read_only: bool,
    /// Parts of entries have names of their own, though two threads write the same one.
    parts: AtomicU64,
}

impl CacheFolder {
    /// The folder `folder`, whether or not it is there.
    #[must_use]
    pub fn new(folder: &Path) -> CacheFolder {
        CacheFolder { folder: folder.to_path_buf(), read_only: false, parts: AtomicU64::new(0) }
    }

    /// The same for those who write nothing.
    #[must_use]
    pub fn read_only(self) -> CacheFolder {
        CacheFolder { read_only: true, ..self }
    }

    fn file(&self, name: &str) -> Option<PathBuf> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'/');
        let is_inside = name.bytes().all(plain) && name.split('/').all(|part| !part.is_empty() && !part.starts_with('.'));
        is_inside.then(|| self.folder.join(name))
    }

    fn write(&self, file: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
        let folder = file.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder)?;
        let number = self.parts.fetch_add(1, Ordering::Relaxed);
        let mut part: OsString = file.as_os_str().to_owned();
        part.push(format!(".{}-{number}.part", std::process::id()));
        let entry = [seal(name, bytes).0.as_slice(), bytes].concat();
        let written = fs::write(&part, entry).and_then(|()| fs::rename(&part, file));
        if written.is_err() {
            drop(fs::remove_file(&part));
        }
        written
    }
}

impl Cache for CacheFolder {
    fn get(&self, name: &str) -> Option<Vec<u8>> {
        let mut entry = fs::read(self.file(name)?).ok()?;
        if entry.len() < SHA_SIZE {
            return None;
        }
        let bytes = entry.split_off(SHA_SIZE);
        (seal(name, &bytes).0 == *entry).then_some(bytes)
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        if let Some(file) = self.file(name).filter(|_| !self.read_only) {
            // A disk that is full, or a folder that may not be written, costs time and nothing else.
            drop(self.write(&file, name, bytes));
        }
    }

    fn is_writable(&self) -> bool {
        !self.read_only
    }
}

/// What proves that an entry is the one that was put under its name.
fn seal(name: &str, bytes: &[u8]) -> Sha {
    Sha::of_parts([name.as_bytes(), bytes])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_put_under_a_name_comes_back() {
        let root = tempfile::tempdir().unwrap();
        let cache = CacheFolder::new(&root.path().join("cache"));
        assert_eq!(cache.get("a/b.1"), None);
        cache.put("a/b.1", b"one");
        cache.put("a/b.2", b"");
        assert_eq!(cache.get("a/b.1").as_deref(), Some(&b"one"[..]));
        assert_eq!(cache.get("a/b.2").as_deref(), Some(&b""[..]));
        let file = |name: &str| root.path().join("cache").join(name);
        let entry = fs::read(file("a/b.1")).unwrap();
        for broken in [&entry[..entry.len() - 1], &entry[..20], b"", &[entry.as_slice(), b"x"].concat()] {
            fs::write(file("a/b.1"), broken).unwrap();
            assert_eq!(cache.get("a/b.1"), None);
        }
        fs::write(file("a/b.2"), &entry).unwrap();
        assert_eq!(cache.get("a/b.2"), None, "an entry of another name is none");
        cache.put("a/b.1", b"one");
        assert_eq!(fs::read(file("a/b.1")).unwrap(), entry, "a damaged entry is made anew");
        assert_eq!(fs::read_dir(file("a")).unwrap().count(), 2, "no part is left");
    }

    #[test]
    fn names_stay_inside_and_readers_write_nothing() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("cache");
        let cache = CacheFolder::new(&folder);
        for name in ["../out", "/out", "a/../../out", "", "a//b", ".hidden", "a\\b"] {
            cache.put(name, b"x");
            assert_eq!(cache.get(name), None, "{name}");
        }
        CacheFolder::new(&folder).read_only().put("a", b"x");
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 0);
    }
}
