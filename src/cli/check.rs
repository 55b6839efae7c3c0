//! `check`: the same stages as `build` up to the plan; nothing is rendered and nothing written.

use super::Ending;
use super::arguments::{CheckOptions, Common, Denied, FormatName};
use super::clock::Stopwatch;
use super::report::{self, Shown};
use super::stages::{self, Wish};
use crate::diagnostic::Level;
use crate::disclose::Profile;
use anyhow::Result;

/// Checks the content.
pub(super) fn run(common: &Common, options: &CheckOptions) -> Result<Ending> {
    let mut watch = Stopwatch::start();
    let root = stages::site_root(common)?;
    let tree = stages::tree(common, &root)?;
    let wish = Wish { profile: Profile::Public, base_url: None, as_of: common.as_of };
    let prepared = stages::prepare(&tree, &*stages::cache_to_read(common, &root), &wish, |stage| watch.lap(stage));
    let found = prepared.findings.sorted();
    report::findings(common, &tree, &prepared.gate, &found, Shown { format: options.format.into(), all: options.all, to_error: false });
    if matches!(options.format, FormatName::Human) && !common.quiet {
        report::say(false, &format!("{}\n", report::tally(report::language(common), &found)));
    }
    if common.timings {
        report::say(true, &report::timings(&watch));
    }
    let limit = if options.deny == Some(Denied::Warnings) { Level::Warning } else { Level::Error };
    Ok(if found.iter().any(|finding| finding.level() >= limit) { Ending::Findings } else { Ending::Done })
}
