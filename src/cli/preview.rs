//! `serve`: loads the site, answers each request from the plan, loads again when something under `content/` or `themes/` changed.

use super::Ending;
use super::arguments::{Common, ServeOptions};
use super::report::{self, Shown};
use super::stages::{self, Prepared, Wish};
use crate::diagnostic::{Format, Level};
use crate::disk::{Tree, fingerprint, fingerprint_of_folder};
use crate::lang::Lang;
use crate::path::OutPath;
use crate::plan::Job;
use crate::render::Press;
use crate::serve::{self, Answer, Site};
use anyhow::Result;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// Serves the site until it is interrupted.
pub(super) fn run(common: &Common, options: &ServeOptions) -> Result<Ending> {
    let root = stages::site_root(common)?;
    stages::tree(common, &root)?;
    let preview = Preview { root, closed: common.closed.clone(), wish_profile: options.profile.into(), as_of: common.as_of, state: Mutex::new(None) };
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
    state: Mutex<Option<(u64, Prepared)>>,
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
        if state.as_ref().is_some_and(|(at, _)| *at == now) {
            return;
        }
        let tree = Tree::new(&self.root).with_closed(self.closed.as_deref());
        let wish = Wish { profile: self.wish_profile, base_url: None, as_of: self.as_of };
        let prepared = stages::prepare(&tree, &wish, |_| {});
        if let Some(common) = common {
            let shown: Vec<_> = prepared.findings.clone().sorted().into_iter().filter(|finding| finding.level() > Level::Info).collect();
            report::findings(common, &tree, &prepared.gate, &shown, Shown { format: Format::Human, all: false, to_error: true });
        }
        *state = Some((now, prepared));
    }
}

impl Site for Preview {
    fn answer(&self, path: &OutPath) -> Answer {
        self.load(None);
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let Some((_, prepared)) = state.as_ref() else { return Answer::Missing };
        let Some(job) = prepared.plan.job(path) else { return Answer::Missing };
        let tree = Tree::new(&self.root).with_closed(self.closed.as_deref());
        let press = match Press::new(&prepared.edition, &prepared.gate, &prepared.plan, &prepared.theme, &tree) {
            Ok(press) => press,
            Err(fault) => return Answer::Fault(fault.to_string()),
        };
        let made = match job {
            Job::File(handout) => press.open(path, handout).map(|content| Answer::File(content, handout.told().0)),
            _ => press.render(path, job).map(Answer::Page),
        };
        made.unwrap_or_else(|fault| Answer::Fault(fault.to_string()))
    }

    fn stamp(&self) -> u64 {
        self.fingerprint()
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
