//! A product's folder, written whole or not at all. What changed goes to `DIR.part/` and is moved into place under a
//! journal; `DIR.lock` keeps a second run out. All of these stand beside the folder, which holds planned files only.

use super::journal::Journal;
use super::manifest::{self, Entry, Manifest};
use super::tree::is_missing;
use crate::digest::Sha;
use crate::path::OutPath;
use crate::source::Sink;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Why a folder cannot be written.
#[derive(Debug)]
pub enum Refusal {
    /// It holds files and no manifest of ours: nobody asked us to touch them.
    Foreign,
    /// Another run is writing it.
    Locked,
    /// The path is a file.
    NotAFolder,
    /// The system says no.
    Io(io::Error),
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Refusal {
        Refusal::Io(error)
    }
}

/// What a run did to a product.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// How many files the product has, its manifest aside.
    pub files: usize,
    /// How many were new or changed.
    pub written: usize,
    /// How many stood there already, byte for byte.
    pub unchanged: usize,
    /// How many are no longer planned.
    pub deleted: usize,
    /// How many bytes the files have.
    pub bytes: u64,
}

/// A product that is being written. Dropped without [`Product::commit`], it leaves the folder as it was.
#[derive(Debug)]
pub struct Product {
    sides: Sides,
    old: Manifest,
    /// Nothing stands in the folder yet: everything is new, and the whole folder can be moved at once.
    fresh: bool,
    state: Mutex<State>,
    lock: Option<File>,
}

#[derive(Debug, Default)]
struct State {
    files: Manifest,
    changed: Vec<OutPath>,
    folders: BTreeSet<PathBuf>,
}

/// The folder and what stands beside it.
#[derive(Clone, Debug)]
pub(super) struct Sides {
    pub(super) folder: PathBuf,
    pub(super) part: PathBuf,
    pub(super) journal: PathBuf,
    lock: PathBuf,
}

impl Sides {
    fn of(folder: &Path) -> io::Result<Sides> {
        let folder = if folder.exists() { folder.canonicalize()? } else { std::path::absolute(folder)? };
        let beside = |suffix: &str| {
            let mut name: OsString = folder.clone().into_os_string();
            name.push(suffix);
            PathBuf::from(name)
        };
        Ok(Sides { part: beside(".part"), journal: beside(".journal"), lock: beside(".lock"), folder })
    }
}

impl Product {
    /// Takes the lock, completes what a killed run left, and reads what stands in the folder.
    ///
    /// # Errors
    /// The folder is not ours, in use, or not writable.
    pub fn open(folder: &Path) -> Result<Product, Refusal> {
        let sides = Sides::of(folder)?;
        if sides.folder.exists() && !sides.folder.is_dir() {
            return Err(Refusal::NotAFolder);
        }
        if let Some(parent) = sides.folder.parent() {
            fs::create_dir_all(parent)?;
        }
        // A foreign folder gets not even a lock beside it.
        if !sides.journal.exists() && is_foreign(&sides.folder)? {
            return Err(Refusal::Foreign);
        }
        let lock = take_lock(&sides.lock)?;
        Journal::complete(&sides)?;
        remove_all(&sides.part)?;
        let old = match fs::read_to_string(sides.folder.join(manifest::NAME)) {
            Ok(text) => manifest::parse(&text).unwrap_or_default(),
            Err(error) if is_missing(&error) => Manifest::new(),
            Err(error) => return Err(error.into()),
        };
        let fresh = is_empty(&sides.folder)?;
        Ok(Product { sides, old, fresh, state: Mutex::default(), lock: Some(lock) })
    }

    /// Puts the product in place: every changed file, no file that is not planned, the manifest last.
    ///
    /// # Errors
    /// The disk fails. Before the first file is moved the old product is whole; after it the next run completes the new one.
    pub fn commit(self) -> io::Result<Report> {
        let state = std::mem::take(&mut *self.state.lock().unwrap_or_else(PoisonError::into_inner));
        let gone: Vec<OutPath> = self.old.keys().filter(|path| !state.files.contains_key(*path)).cloned().collect();
        let report = Report {
            files: state.files.len(),
            written: state.changed.len(),
            unchanged: state.files.len() - state.changed.len(),
            deleted: gone.len(),
            bytes: state.files.values().map(|entry| entry.size).sum(),
        };
        let text = manifest::print(&state.files);
        let manifest_stands = fs::read(self.sides.folder.join(manifest::NAME)).is_ok_and(|old| old == text.as_bytes());
        if state.changed.is_empty() && gone.is_empty() && manifest_stands {
            return Ok(report);
        }
        fs::create_dir_all(&self.sides.part)?;
        fs::write(self.sides.part.join(manifest::NAME), &text)?;
        if self.fresh && self.move_whole_folder()? {
            return Ok(report);
        }
        let journal = Journal { moved: state.changed, deleted: gone };
        journal.write(&self.sides)?;
        journal.carry_out(&self.sides)?;
        Ok(report)
    }

    /// Moves `DIR.part` to where nothing stands yet. False where the system cannot, as on a mount point.
    fn move_whole_folder(&self) -> io::Result<bool> {
        match fs::remove_dir(&self.sides.folder) {
            Ok(()) => {}
            Err(error) if is_missing(&error) => {}
            Err(_) => return Ok(false),
        }
        if fs::rename(&self.sides.part, &self.sides.folder).is_ok() {
            return Ok(true);
        }
        fs::create_dir_all(&self.sides.folder)?;
        Ok(false)
    }

    fn write_part(&self, path: &OutPath, bytes: &[u8]) -> io::Result<()> {
        self.create_part(path)?.write_all(bytes)
    }

    fn create_part(&self, path: &OutPath) -> io::Result<File> {
        let target = self.sides.part.join(path.as_str());
        if let Some(folder) = target.parent() {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            if !state.folders.contains(folder) {
                fs::create_dir_all(folder)?;
                state.folders.insert(folder.to_path_buf());
            }
        }
        File::create(target)
    }

    /// Writes down that a file is planned, and whether it stands already as it shall be.
    fn note(&self, path: &OutPath, entry: Entry, stands: bool) -> io::Result<()> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.files.insert(path.clone(), entry).is_some() {
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, path.to_string()));
        }
        if !stands {
            state.changed.push(path.clone());
        }
        Ok(())
    }
}

impl Sink for Product {
    fn put(&self, path: &OutPath, bytes: &[u8]) -> io::Result<()> {
        let entry = Entry { size: bytes.len() as u64, sha: Sha::of(bytes) };
        // The bytes on the disk decide, not the manifest: a file that was lost or changed by hand is restored.
        let stands = !self.fresh && same_bytes(&self.sides.folder.join(path.as_str()), bytes);
        if !stands {
            self.write_part(path, bytes)?;
        }
        self.note(path, entry, stands)
    }

    fn copy(&self, path: &OutPath, from: &mut dyn io::Read, told: (u64, Sha)) -> io::Result<()> {
        let stands = !self.fresh && is_told(&self.sides.folder.join(path.as_str()), told);
        if !stands {
            let mut part = self.create_part(path)?;
            if Sha::of_stream(from, |piece| part.write_all(piece))? != told {
                return Err(io::ErrorKind::InvalidData.into());
            }
        }
        self.note(path, Entry { size: told.0, sha: told.1 }, stands)
    }
}

/// Whether a file of this size and hash stands at a path.
fn is_told(path: &Path, told: (u64, Sha)) -> bool {
    let Ok(mut file) = File::open(path) else { return false };
    file.metadata().is_ok_and(|metadata| metadata.len() == told.0) && Sha::of_stream(&mut file, |_| Ok(())).is_ok_and(|found| found == told)
}

impl Drop for Product {
    fn drop(&mut self) {
        // After a commit that was interrupted the journal still needs the parts.
        if !self.sides.journal.exists() {
            drop(remove_all(&self.sides.part));
        }
        if self.lock.take().is_some() {
            drop(fs::remove_file(&self.sides.lock));
        }
    }
}

fn take_lock(path: &Path) -> Result<File, Refusal> {
    loop {
        let file = File::options().create(true).append(true).open(path)?;
        match file.try_lock() {
            Ok(()) if is_still_there(&file, path) => return Ok(file),
            // The run before us removed its lock between our opening and our locking it.
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Refusal::Locked),
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
    }
}

#[cfg(unix)]
fn is_still_there(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(ours), Ok(there)) => ours.ino() == there.ino() && ours.dev() == there.dev(),
        _ => false,
    }
}

/// Elsewhere an open file cannot be removed.
#[cfg(not(unix))]
fn is_still_there(_: &File, path: &Path) -> bool {
    path.exists()
}

fn is_foreign(folder: &Path) -> io::Result<bool> {
    if is_empty(folder)? {
        return Ok(false);
    }
    match fs::read_to_string(folder.join(manifest::NAME)) {
        Ok(text) => Ok(manifest::parse(&text).is_none()),
        Err(_) => Ok(true),
    }
}

/// Whether nothing stands in a folder, or not even the folder.
fn is_empty(folder: &Path) -> io::Result<bool> {
    match fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if is_missing(&error) => Ok(true),
        Err(error) => Err(error),
    }
}

pub(super) fn remove_all(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if !is_missing(&error) => Err(error),
        _ => Ok(()),
    }
}

fn same_bytes(path: &Path, bytes: &[u8]) -> bool {
    fs::read(path).is_ok_and(|old| old == bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> OutPath {
        OutPath::new(text).unwrap()
    }

    fn build(folder: &Path, files: &[(&str, &str)]) -> Report {
        let product = Product::open(folder).unwrap();
        for (name, text) in files {
            product.put(&path(name), text.as_bytes()).unwrap();
        }
        product.commit().unwrap()
    }

    fn names(folder: &Path) -> Vec<String> {
        let walk = walkdir::WalkDir::new(folder).sort_by_file_name();
        walk.into_iter()
            .filter_map(Result::ok)
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| entry.path().strip_prefix(folder).unwrap().display().to_string())
            .collect()
    }

    #[test]
    fn a_second_run_writes_nothing_and_a_changed_one_only_what_changed() {
        let root = tempfile::tempdir().unwrap();
        let site = root.path().join("site");
        assert_eq!(build(&site, &[("a.html", "1"), ("b/c.html", "2")]).written, 2);
        assert_eq!(names(&site), ["a.html", "b/c.html", "manifest.txt"]);
        assert_eq!(build(&site, &[("a.html", "1"), ("b/c.html", "2")]).written, 0);
        let report = build(&site, &[("a.html", "1"), ("d.html", "3")]);
        assert_eq!((report.written, report.deleted, report.unchanged), (1, 1, 1));
        assert_eq!(names(&site), ["a.html", "d.html", "manifest.txt"]);
        assert!(!site.join("b").exists(), "an empty folder is left behind");
        assert_eq!(names(root.path()).len(), 3, "something is left beside the folder");
    }

    #[test]
    fn lost_and_changed_files_come_back_and_strangers_stay() {
        let root = tempfile::tempdir().unwrap();
        let site = root.path().join("site");
        let files = [("a.html", "1"), ("b.html", "2")];
        build(&site, &files);
        fs::remove_file(site.join("a.html")).unwrap();
        fs::write(site.join("b.html"), "x").unwrap();
        fs::write(site.join("stranger.txt"), "mine").unwrap();
        assert_eq!(build(&site, &files).written, 2);
        assert_eq!(fs::read_to_string(site.join("b.html")).unwrap(), "2");
        assert_eq!(fs::read_to_string(site.join("stranger.txt")).unwrap(), "mine");
    }

    #[test]
    fn a_foreign_folder_is_refused_and_untouched() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("thesis.doc"), "mine").unwrap();
        assert!(matches!(Product::open(root.path()), Err(Refusal::Foreign)));
        assert_eq!(names(root.path()), ["thesis.doc"]);
    }

    #[test]
    fn a_second_run_at_the_same_time_is_refused() {
        let root = tempfile::tempdir().unwrap();
        let site = root.path().join("site");
        let first = Product::open(&site).unwrap();
        assert!(matches!(Product::open(&site), Err(Refusal::Locked)));
        drop(first);
        assert!(Product::open(&site).is_ok());
    }

    #[test]
    fn a_run_that_gives_up_leaves_the_old_product() {
        let root = tempfile::tempdir().unwrap();
        let site = root.path().join("site");
        build(&site, &[("a.html", "1")]);
        let product = Product::open(&site).unwrap();
        product.put(&path("a.html"), b"new").unwrap();
        drop(product);
        assert_eq!(fs::read_to_string(site.join("a.html")).unwrap(), "1");
        assert_eq!(names(root.path()), ["site/a.html", "site/manifest.txt"]);
    }

    #[test]
    fn a_run_killed_while_moving_is_completed_by_the_next() {
        let root = tempfile::tempdir().unwrap();
        let site = root.path().join("site");
        build(&site, &[("a.html", "1"), ("b.html", "1"), ("c.html", "1")]);
        let sides = Sides::of(&site).unwrap();
        // The state after a kill: parts and journal written, one of two files moved.
        fs::create_dir(&sides.part).unwrap();
        fs::write(site.join("a.html"), "2").unwrap();
        fs::write(sides.part.join("b.html"), "2").unwrap();
        fs::write(sides.part.join(manifest::NAME), "# tuopin manifest 1: path size sha256\n").unwrap();
        let journal = Journal { moved: vec![path("a.html"), path("b.html")], deleted: vec![path("c.html")] };
        journal.write(&sides).unwrap();
        drop(Product::open(&site).unwrap());
        assert_eq!(fs::read_to_string(site.join("b.html")).unwrap(), "2");
        assert_eq!(names(root.path()), ["site/a.html", "site/b.html", "site/manifest.txt"]);
    }

    #[test]
    fn a_large_file_is_copied_once_and_only_as_it_was_told() {
        let root = tempfile::tempdir().unwrap();
        let site = root.path().join("site");
        let bytes = vec![7; 700_000];
        let told = (700_000, Sha::of(&bytes));
        let copy = |bytes: &[u8]| {
            let product = Product::open(&site).unwrap();
            product.copy(&path("files/a.csv"), &mut &bytes[..], told).map(|()| product.commit().unwrap().written)
        };
        assert_eq!(copy(&bytes).unwrap(), 1);
        assert_eq!(copy(&bytes).unwrap(), 0);
        assert_eq!(fs::read(site.join("files/a.csv")).unwrap(), bytes);
        fs::write(site.join("files/a.csv"), vec![8; 700_000]).unwrap();
        assert_eq!(copy(&bytes[1..]).unwrap_err().kind(), io::ErrorKind::InvalidData);
        assert_eq!(copy(&bytes).unwrap(), 1, "what was changed by hand comes back");
    }

    #[test]
    fn two_files_for_one_path_are_an_error() {
        let root = tempfile::tempdir().unwrap();
        let product = Product::open(&root.path().join("site")).unwrap();
        product.put(&path("a.html"), b"1").unwrap();
        assert!(product.put(&path("a.html"), b"2").is_err());
    }
}
