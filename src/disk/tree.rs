//! A site's folder on the disk. Walks without a stat per file, never follows a link out of the root, and says what it left out.

use crate::diagnostic::{Code, Mark, Span};
use crate::path::file_name;
use crate::source::{Content, Listing, Read, ReadFault, SourceFile};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use unicode_normalization::UnicodeNormalization;
use walkdir::{DirEntry, WalkDir};

/// The folder of a site that holds its content.
const CONTENT: &str = "content";
/// Deeper than any layout of ours; a loop of links ends here at the latest.
const DEPTH_MAX: usize = 16;

/// A site's folder.
#[derive(Debug)]
pub struct Tree {
    root: PathBuf,
    /// The second root, for closed material; its files are listed as if they lay under `content/`.
    closed: Option<PathBuf>,
    /// Names that macOS stores decomposed, and files of the second root: the name that is listed → the one on the disk.
    renamed: Mutex<BTreeMap<String, PathBuf>>,
}

impl Tree {
    /// The folder `root`.
    #[must_use]
    pub fn new(root: &Path) -> Tree {
        Tree { root: root.to_path_buf(), closed: None, renamed: Mutex::new(BTreeMap::new()) }
    }

    /// The same with a second root beside it: a content folder, or a folder that contains one.
    #[must_use]
    pub fn with_closed(self, closed: Option<&Path>) -> Tree {
        let inner = closed.map(|folder| folder.join(CONTENT)).filter(|inner| inner.is_dir());
        Tree { closed: inner.or_else(|| closed.map(Path::to_path_buf)), ..self }
    }

    /// Adds the files of the second root. Where both roots have a file of one name, the open one stands and the other is found.
    fn add_closed(&self, listing: &mut Listing) {
        let Some(folder) = &self.closed else { return };
        let tree = Tree::new(folder);
        let inner = tree.list("");
        listing.findings.absorb(inner.findings);
        let open: BTreeSet<Arc<str>> = listing.files.iter().map(|file| Arc::clone(&file.path)).collect();
        let mut renamed = self.renamed.lock().unwrap_or_else(PoisonError::into_inner);
        for file in inner.files {
            let path: Arc<str> = Arc::from(format!("{CONTENT}/{}", file.path));
            if open.contains(&path) {
                listing.findings.add(&path, Mark::new(Code::ClosedFileTwice, Span::default()));
                continue;
            }
            renamed.insert(path.to_string(), tree.on_disk(&file.path));
            listing.files.push(SourceFile { path, closed: true });
        }
    }

    fn on_disk(&self, path: &str) -> PathBuf {
        let renamed = self.renamed.lock().unwrap_or_else(PoisonError::into_inner);
        renamed.get(path).cloned().unwrap_or_else(|| self.root.join(path))
    }

    fn open_file(&self, path: &str) -> Result<(File, u64), ReadFault> {
        if path.split('/').any(|part| part == "..") {
            return Err(ReadFault::Outside);
        }
        let file = File::open(self.on_disk(path)).map_err(ReadFault::Io)?;
        let size = file.metadata().map_err(ReadFault::Io)?.len();
        Ok((file, size))
    }

    /// Takes one entry of a walk.
    fn take(&self, entry: &DirEntry, canonical_root: Option<&Path>, listing: &mut Listing) {
        let relative = entry.path().strip_prefix(&self.root).unwrap_or(entry.path());
        let Some(shown) = relative.to_str() else {
            let name: Arc<str> = Arc::from(relative.to_string_lossy());
            listing.findings.add(&name, Mark::new(Code::FileUnreadable, Span::default()).with("Unicode"));
            return;
        };
        let slashed = if cfg!(windows) { shown.replace('\\', "/") } else { shown.to_owned() };
        let composed: String = slashed.nfc().collect();
        let path: Arc<str> = Arc::from(composed.as_str());
        if entry.path_is_symlink() && !leads_inside(entry.path(), canonical_root) {
            listing.findings.add(&path, Mark::new(Code::FileOutsideRoot, Span::default()));
            return;
        }
        let is_file = entry.file_type().is_file() || entry.path_is_symlink() && entry.path().is_file();
        if !is_file {
            return;
        }
        let name = file_name(&path);
        if let Some((looks_like, code)) = left_over(name) {
            listing.findings.add(&path, Mark::new(code, Span::default()).with(name).with(looks_like));
            return;
        }
        if composed != slashed {
            let mut renamed = self.renamed.lock().unwrap_or_else(PoisonError::into_inner);
            renamed.insert(composed.clone(), entry.path().to_path_buf());
        }
        listing.files.push(SourceFile { path, closed: false });
    }
}

impl Read for Tree {
    fn list(&self, folder: &str) -> Listing {
        let mut listing = Listing::default();
        let start = self.root.join(folder);
        if !start.is_dir() {
            return listing;
        }
        let canonical_root = start.canonicalize().ok();
        let inside = |entry: &DirEntry| {
            let hidden = entry.depth() > 0 && is_hidden(entry.file_name());
            // A linked folder is entered only where it stays inside; walkdir itself stops at loops.
            let outside = entry.path_is_symlink() && entry.file_type().is_dir() && !leads_inside(entry.path(), canonical_root.as_deref());
            !hidden && (!outside || entry.depth() == 0)
        };
        let mut outside = Vec::new();
        let walk = WalkDir::new(&start).follow_links(true).max_depth(DEPTH_MAX).sort_by_file_name();
        for entry in walk.into_iter().filter_entry(|entry| {
            let keep = inside(entry);
            if !keep && !is_hidden(entry.file_name()) {
                outside.push(entry.path().to_path_buf());
            }
            keep
        }) {
            match entry {
                Ok(entry) => self.take(&entry, canonical_root.as_deref(), &mut listing),
                Err(error) => {
                    let path =
                        error.path().map_or_else(|| folder.to_owned(), |path| path.strip_prefix(&self.root).unwrap_or(path).display().to_string());
                    let code = if error.loop_ancestor().is_some() { Code::FileOutsideRoot } else { Code::FileUnreadable };
                    let mark = Mark::new(code, Span::default()).with(error.io_error().map_or_else(String::new, ToString::to_string));
                    listing.findings.add(&Arc::from(path), mark);
                }
            }
        }
        for path in outside {
            let shown = path.strip_prefix(&self.root).unwrap_or(&path).display().to_string();
            listing.findings.add(&Arc::from(shown), Mark::new(Code::FileOutsideRoot, Span::default()));
        }
        if folder == CONTENT {
            self.add_closed(&mut listing);
        }
        listing.files.sort_by(|a, b| a.path.cmp(&b.path));
        listing
    }

    fn open(&self, path: &str) -> Result<(Box<dyn Content>, u64), ReadFault> {
        let (file, size) = self.open_file(path)?;
        Ok((Box::new(file), size))
    }

    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadFault> {
        let (file, size) = self.open_file(path)?;
        if size > limit {
            return Err(ReadFault::TooLarge(size));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
        // The file may grow while it is read; what is beyond the limit is not taken.
        file.take(limit + 1).read_to_end(&mut bytes).map_err(ReadFault::Io)?;
        if bytes.len() as u64 > limit { Err(ReadFault::TooLarge(bytes.len() as u64)) } else { Ok(bytes) }
    }
}

fn leads_inside(path: &Path, root: Option<&Path>) -> bool {
    match (path.canonicalize(), root) {
        (Ok(target), Some(root)) => target.starts_with(root),
        _ => false,
    }
}

/// What systems and version control keep beside the content, silently left out.
fn is_hidden(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with('.') || matches!(&*name, "Thumbs.db" | "desktop.ini" | "__MACOSX" | "ehthumbs.db")
}

/// What editors leave behind: what it looks like, and the code that says so.
fn left_over(name: &str) -> Option<(&'static str, Code)> {
    let lower = name.to_ascii_lowercase();
    let is_text = [".md", ".markdown", ".yaml", ".yml"].iter().any(|suffix| lower.ends_with(suffix));
    // `tea - 副本.zh.md`, `tea.zh - 副本.md`: the language may stand before the sign or behind it.
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let stem = [".zh", ".en", ".zh-CN", ".en-US"].iter().find_map(|lang| stem.strip_suffix(lang)).unwrap_or(stem);
    let stem = stem.trim_end();
    let numbered = |open: char, close: char| {
        stem.ends_with(close) && stem.rsplit_once(open).is_some_and(|(_, number)| number.trim_end_matches(close).parse::<u32>().is_ok())
    };
    if name.starts_with("~$") {
        Some(("~$", Code::NameOpenDocument))
    } else if lower.ends_with(".md.txt") || lower.ends_with(".yaml.txt") {
        Some((".txt", Code::NameDoubleSuffix))
    } else if lower.ends_with(".md.md") {
        Some((".md", Code::NameDoubleSuffix))
    } else if is_text && (["副本", " - Copy", " copy"].iter().any(|sign| stem.ends_with(sign)) || numbered('(', ')') || numbered('（', '）')) {
        Some(("copy", Code::NameCopy))
    } else if name.ends_with('~') || [".bak", ".tmp", ".swp", ".orig"].iter().any(|suffix| name.ends_with(suffix)) {
        Some(("backup", Code::NameBackup))
    } else {
        None
    }
}

/// A number that changes when a file under `content/` or `themes/` appears, goes, or is written.
#[must_use]
pub fn fingerprint(root: &Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    for folder in [CONTENT, "themes"] {
        hash_folder(&root.join(folder), &mut hasher);
    }
    hasher.finish()
}

/// The same for one folder.
#[must_use]
pub fn fingerprint_of_folder(folder: &Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    hash_folder(folder, &mut hasher);
    hasher.finish()
}

fn hash_folder(folder: &Path, hasher: &mut DefaultHasher) {
    let walk = WalkDir::new(folder).follow_links(false).max_depth(DEPTH_MAX).sort_by_file_name();
    for entry in walk.into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file()) {
        entry.path().hash(hasher);
        if let Ok(metadata) = entry.metadata() {
            metadata.len().hash(hasher);
            metadata.modified().ok().hash(hasher);
        }
    }
}

/// Whether an error says only that something is not there.
pub(super) fn is_missing(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::NotFound
}
