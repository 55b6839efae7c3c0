//! The stages that every command begins with: the site's folder → archive → edition → plan, and the theme beside them.

use super::arguments::Common;
use super::clock;
use crate::date::PartialDate;
use crate::diagnostic::{Code, Findings, Mark, Span};
use crate::digest::Sha;
use crate::disclose::{Disclosed, Edition, KeptBack, LeakGate, Profile, disclose};
use crate::disk::{CacheFolder, Tree};
use crate::load;
use crate::model::Reviews;
use crate::plan::{self, Plan, ThemeFiles};
use crate::search::builder::Settings;
use crate::source::{Cache, NoCache, Read};
use crate::theme::Theme;
use anyhow::{Result, bail};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The largest file of a theme.
const THEME_FILE_MAX: u64 = 4 << 20;

/// A site ready to be rendered.
pub(super) struct Prepared {
    pub(super) edition: Edition,
    pub(super) gate: LeakGate,
    /// How many findings a person has judged away.
    pub(super) reviewed: usize,
    pub(super) plan: Plan,
    pub(super) theme: Theme,
    pub(super) findings: Findings,
    pub(super) kept_back: KeptBack,
}

/// The folder of a site, checked to be one.
///
/// # Errors
/// The folder holds no `content/`; if it is that folder itself, the message says so.
pub(super) fn site_root(common: &Common) -> Result<PathBuf> {
    let root = &common.root;
    if root.join(load::CONTENT).is_dir() {
        return Ok(root.clone());
    }
    let is_content = root.join("site.yaml").is_file();
    match (is_content, super::report::language(common)) {
        (true, crate::lang::Lang::Zh) => bail!("{} 就是 content 文件夹；--root 应当是它的上一级", root.display()),
        (true, crate::lang::Lang::En) => bail!("{} is the content folder itself; --root wants the folder above it", root.display()),
        (false, crate::lang::Lang::Zh) => bail!("{} 里没有 content 文件夹", root.display()),
        (false, crate::lang::Lang::En) => bail!("there is no folder content in {}", root.display()),
    }
}

/// The site's tree, with the second root where one is named.
///
/// # Errors
/// The second root is not there: a mistyped name must not pass for an archive without closed material.
pub(super) fn tree(common: &Common, root: &Path) -> Result<Tree> {
    if let Some(closed) = common.closed.as_deref().filter(|closed| !closed.is_dir()) {
        match super::report::language(common) {
            crate::lang::Lang::Zh => bail!("--closed：没有 {} 这个文件夹", closed.display()),
            crate::lang::Lang::En => bail!("--closed: there is no folder {}", closed.display()),
        }
    }
    Ok(Tree::new(root).with_closed(common.closed.as_deref()))
}

/// What a run is asked for beside the site.
pub(super) struct Wish<'a> {
    pub(super) profile: Profile,
    pub(super) base_url: Option<&'a str>,
    pub(super) as_of: Option<PartialDate>,
}

/// Runs every stage up to the plan.
pub(super) fn prepare(tree: &Tree, cache: &dyn Cache, wish: &Wish, mut lap: impl FnMut(&'static str)) -> Prepared {
    let (mut archive, mut findings) = load::load(tree, cache);
    let as_of = clock::today(wish.as_of, &archive.site.timezone);
    findings.absorb(load::check(&archive, as_of));
    lap("load");
    if let Some(url) = wish.base_url {
        archive.site.base_url = crate::site::clean_base_url(url);
    }
    if !clock::is_timezone(&archive.site.timezone) {
        let mark = Mark::new(Code::ValueChoice, archive.site.timezone_at).with("timezone").with(&*archive.site.timezone);
        findings.add(&Arc::from("content/site.yaml"), mark.with("Asia/Shanghai UTC …"));
    }
    let theme = load_theme(tree, &archive.site.theme, archive.site.theme_at, &mut findings);
    let mut reviews = Reviews::new(archive.reviews.clone());
    let Disclosed { edition, gate, findings: found, kept_back } = disclose(archive, wish.profile, as_of, tree);
    findings.absorb(found);
    lap("disclose");
    let hashed = |bytes: &[u8], suffix: &str| format!("assets/{}.{suffix}", Sha::of(bytes).short());
    let files = ThemeFiles {
        style: hashed(theme.style(), "css").into(),
        script: theme.script().map(|script| hashed(script, "js").into()),
        search: hashed(theme.search(), "js").into(),
    };
    let (plan, found) = plan::make(&edition, &files);
    findings.absorb(found);
    lap("plan");
    let findings = reviews.settle(findings);
    Prepared { edition, gate, reviewed: reviews.used(), plan, theme, findings, kept_back }
}

/// How the index of a site is made.
pub(super) fn index_settings(prepared: &Prepared) -> Settings {
    let site = prepared.edition.site();
    Settings {
        documents: u32::try_from(prepared.plan.index().pages().len()).unwrap_or(u32::MAX),
        languages: site.languages.iter().map(|lang| lang.code().to_owned()).collect(),
        ..Settings::default()
    }
}

/// The site's theme: its own files over the built-in ones. What is wrong with it is found, and the built-in one used.
fn load_theme(tree: &Tree, name: &str, named_at: Span, findings: &mut Findings) -> Theme {
    let folder = format!("themes/{name}");
    let listing = tree.list(&folder);
    let site: Arc<str> = Arc::from("content/site.yaml");
    if listing.files.is_empty() && !Theme::known().contains(&name) {
        findings.add(&site, Mark::new(Code::ThemeUnknown, named_at).with(name).with(Theme::known().join(" ")));
        return Theme::builtin();
    }
    let inside = |path: &Arc<str>| path[folder.len() + 1..].to_owned();
    let files: Vec<(String, Vec<u8>)> =
        listing.files.iter().filter_map(|file| tree.read(&file.path, THEME_FILE_MAX).ok().map(|bytes| (inside(&file.path), bytes))).collect();
    match Theme::load(name, &files) {
        Ok(theme) => theme,
        Err(faults) => {
            for fault in faults {
                findings.add(&Arc::from(format!("{folder}/{}", fault.file)), Mark::new(Code::ThemeFault, Span::default()).with(fault.to_string()));
            }
            Theme::builtin()
        }
    }
}

/// Where a product goes: what was asked for, else its default under the root.
pub(super) fn output_folder(common: &Common, root: &Path, name: &str) -> PathBuf {
    common.output.clone().unwrap_or_else(|| root.join("output").join(name))
}

/// Where what was made of pictures is kept: what was asked for, else its default under the root.
pub(super) fn cache(common: &Common, root: &Path) -> Box<dyn Cache + Send> {
    cache_folder(common, root).map_or_else(|| Box::new(NoCache) as Box<dyn Cache + Send>, |folder| Box::new(folder))
}

/// The same for those who write nothing.
pub(super) fn cache_to_read(common: &Common, root: &Path) -> Box<dyn Cache + Send> {
    cache_folder(common, root).map_or_else(|| Box::new(NoCache) as Box<dyn Cache + Send>, |folder| Box::new(folder.read_only()))
}

fn cache_folder(common: &Common, root: &Path) -> Option<CacheFolder> {
    match &common.cache {
        Some(none) if none.as_os_str() == "none" => None,
        Some(folder) => Some(CacheFolder::new(folder)),
        None => Some(CacheFolder::new(&root.join("output").join(".cache"))),
    }
}

/// Where reports go: beside the product that was asked for, else under the root.
pub(super) fn report_folder(common: &Common, root: &Path) -> PathBuf {
    match &common.output {
        Some(output) => {
            // Without a slash at its end, behind which the name would stand inside of the product.
            let mut name = output.components().collect::<PathBuf>().into_os_string();
            name.push(".report");
            PathBuf::from(name)
        }
        None => root.join("output").join("report"),
    }
}
