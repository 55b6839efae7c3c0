//! `serve`: loads the site, answers each request from the plan, loads again when something under `content/` or `themes/` changed.

use super::Ending;
use super::arguments::{Common, ServeOptions};
use super::report::{self, Shown};
use super::stages::{self, Prepared, Wish};
use crate::diagnostic::{Format, Level};
use crate::disk::{Tree, fingerprint, fingerprint_of_folder};
use crate::lang::Lang;
use crate::path::OutPath;
use crate::plan::{Index, Job};
use crate::render::Press;
use crate::search::builder::Indexer;
use crate::serve::{self, Answer, Site};
use crate::source::memory::{MemoryOver, MemoryScratch};
use anyhow::Result;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// How many bytes of pictures a preview keeps.
const CACHE_MAX: usize = 64 << 20;

/// Serves the site until it is interrupted.
pub(super) fn run(common: &Common, options: &ServeOptions) -> Result<Ending> {
    let root = stages::site_root(common)?;
    stages::tree(common, &root)?;
    let cache = MemoryOver::new(stages::cache_to_read(common, &root), CACHE_MAX);
    let (closed, as_of) = (common.closed.clone(), common.as_of);
    let preview = Preview { root, closed, wish_profile: options.profile.into(), as_of, cache, state: Mutex::new(None) };
    preview.load(Some(common));
    let site: Arc<dyn Site> = Arc::new(preview);
    let lang = report::language(common);
    let open = options.open;
    serve::run(&site, options.port, |address| {
        let line = match lang {
            Lang::Zh => format!("预览在 {address} ，按 Ctrl-C 结束\n"),
            Lang::En => format!("preview at {address} , Ctrl-C ends it\n"),
        };
        report::say(false, &line);
        if open {
            open_browser(address);
        }
    })?;
    Ok(Ending::Done)
}

/// A site in memory that is loaded anew when its files change.
struct Preview {
    root: PathBuf,
    closed: Option<PathBuf>,
    wish_profile: crate::disclose::Profile,
    as_of: Option<crate::date::PartialDate>,
    /// What `build` kept, and what was made of pictures since: the preview writes nothing.
    cache: MemoryOver,
    state: Mutex<Option<Loaded>>,
}

/// What was loaded, with the state of the files that it was loaded from.
struct Loaded {
    at: u64,
    prepared: Prepared,
    /// The files of the search index by path, made when the first of them is asked for.
    index: Option<BTreeMap<String, Vec<u8>>>,
    /// The gallery of the theme by file, made when the first of it is asked for.
    gallery: Option<crate::theme::Files>,
}

impl Loaded {
    /// The files of the index.
    fn index(&mut self, tree: &Tree) -> Result<&BTreeMap<String, Vec<u8>>, String> {
        if self.index.is_none() {
            self.index = Some(index(&self.prepared, tree)?);
        }
        Ok(self.index.get_or_insert_default())
    }

    /// The files of the gallery.
    fn gallery(&mut self) -> Result<&crate::theme::Files, String> {
        if self.gallery.is_none() {
            self.gallery = Some(self.prepared.theme.gallery().map_err(|fault| fault.to_string())?);
        }
        Ok(self.gallery.get_or_insert_default())
    }
}

/// Makes the index as `build` makes it, in memory.
fn index(prepared: &Prepared, tree: &Tree) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let press = Press::new(&prepared.edition, &prepared.gate, &prepared.plan, &prepared.theme, tree).map_err(|fault| fault.to_string())?;
    let files = Mutex::new(BTreeMap::new());
    let sink = |path: &str, bytes: &[u8]| {
        files.lock().unwrap_or_else(PoisonError::into_inner).insert(format!("{}{path}", Index::PREFIX), bytes.to_vec());
    };
    let scratch = MemoryScratch::default();
    let indexer = Indexer::new(stages::index_settings(prepared), &scratch, &sink);
    prepared.plan.index().pages().par_iter().try_for_each(|path| {
        let Some(job) = prepared.plan.job(path) else { return Ok(()) };
        press.render(path, job).map(|bytes| press.index(&indexer, path, job, &bytes)).map_err(|fault| fault.to_string())
    })?;
    indexer.finish(&press.closing()).map_err(|error| error.to_string())?;
    Ok(files.into_inner().unwrap_or_else(PoisonError::into_inner))
}

impl Preview {
    /// Changes when a file of either root does.
    fn fingerprint(&self) -> u64 {
        let closed = self.closed.as_deref().map_or(0, fingerprint_of_folder);
        fingerprint(&self.root).rotate_left(1) ^ closed
    }

    /// Loads the site if its files are not those that it was loaded from.
    fn load(&self, common: Option<&Common>) {
        let now = self.fingerprint();
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.as_ref().is_some_and(|loaded| loaded.at == now) {
            return;
        }
        let tree = Tree::new(&self.root).with_closed(self.closed.as_deref());
        let wish = Wish { profile: self.wish_profile, base_url: None, as_of: self.as_of };
        let prepared = stages::prepare(&tree, &self.cache, &wish, |_| {});
        if let Some(common) = common {
            let shown: Vec<_> = prepared.findings.clone().sorted().into_iter().filter(|finding| finding.level() > Level::Info).collect();
            report::findings(common, &tree, &prepared.gate, &shown, Shown { format: Format::Human, all: false, to_error: true });
        }
        *state = Some(Loaded { at: now, prepared, index: None, gallery: None });
    }
}

impl Site for Preview {
    fn answer(&self, path: &OutPath) -> Answer {
        self.load(None);
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(loaded) = state.as_mut() else { return Answer::Missing };
        let tree = Tree::new(&self.root).with_closed(self.closed.as_deref());
        if path.as_str().starts_with(Index::PREFIX) {
            return made(loaded.index(&tree), path.as_str());
        }
        let prepared = &loaded.prepared;
        let Some(job) = prepared.plan.job(path) else { return Answer::Missing };
        let press = match Press::new(&prepared.edition, &prepared.gate, &prepared.plan, &prepared.theme, &tree) {
            Ok(press) => press.with_cache(&self.cache),
            Err(fault) => return Answer::Fault(fault.to_string()),
        };
        let made = match job {
            Job::File(handout) => press.open(path, handout).map(|content| Answer::File(content, handout.told().0)),
            _ => press.render(path, job).map(Answer::Page),
        };
        made.unwrap_or_else(|fault| Answer::Fault(fault.to_string()))
    }

    fn gallery(&self, name: &str) -> Answer {
        self.load(None);
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(loaded) = state.as_mut() else { return Answer::Missing };
        made(loaded.gallery(), name)
    }

    fn stamp(&self) -> u64 {
        self.fingerprint()
    }
}

/// One of several files that were made together.
fn made(files: Result<&BTreeMap<String, Vec<u8>>, String>, name: &str) -> Answer {
    match files {
        Ok(files) => files.get(name).map_or(Answer::Missing, |bytes| Answer::Page(bytes.clone())),
        Err(fault) => Answer::Fault(fault),
    }
}

/// Asks the system to show an address; where it cannot, the address stands on the terminal anyway.
fn open_browser(address: &str) {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "windows") {
        ("cmd", &["/C", "start", ""])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    drop(std::process::Command::new(program).args(arguments).arg(address).spawn());
}
