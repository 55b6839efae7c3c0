//! `build`: renders the whole plan in parallel, frees each page as soon as it is written, and puts the site in place in one go.

use super::Ending;
use super::arguments::{BuildOptions, Common};
use super::clock::Stopwatch;
use super::progress::Progress;
use super::report::{self, Privacy, Shown};
use super::stages::{self, Prepared, Wish};
use crate::diagnostic::{Code, Finding, Findings, Format, Level, Mark, Span};
use crate::disclose::Leak;
use crate::disk::{Product, ScratchFolder, Tree};
use crate::lang::Lang;
use crate::path::OutPath;
use crate::plan::{Index, Job};
use crate::render::{PageFault, Press};
use crate::search::builder::Indexer;
use crate::source::{Cache, Sink};
use anyhow::{Context, Result, bail};
use rayon::prelude::*;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// Builds the site.
pub(super) fn run(common: &Common, options: &BuildOptions) -> Result<Ending> {
    let mut watch = Stopwatch::start();
    let lang = report::language(common);
    let root = stages::site_root(common)?;
    if let Some(url) = &options.base_url
        && crate::site::clean_base_url(url).is_none()
    {
        bail!("--base-url {url}: https://…/");
    }
    let name = match options.profile {
        super::arguments::ProfileName::Public => "site",
        super::arguments::ProfileName::Internal => "internal",
    };
    let output = stages::output_folder(common, &root, name);
    let product = Product::open(&output).map_err(|refusal| anyhow::anyhow!("{}", report::refusal(lang, &output, &refusal)))?;
    let tree = stages::tree(common, &root)?;
    let cache = stages::cache(common, &root);
    let progress = Progress::start(common);
    let wish = Wish { profile: options.profile.into(), base_url: options.base_url.as_deref(), as_of: common.as_of };
    let mut prepared = stages::prepare(&tree, &*cache, &wish, |stage| watch.lap(stage));
    if !prepared.findings.any(Level::Error) {
        let faults = render_all(&prepared, (&tree, &*cache), &product, &output, &progress)?;
        prepared.findings.absorb(faults);
        watch.lap("render");
    }
    progress.finish();
    let failed = prepared.findings.any(Level::Error);
    let found = std::mem::take(&mut prepared.findings).sorted();
    let shown: Vec<Finding> = found.iter().filter(|finding| finding.level() > Level::Info).cloned().collect();
    report::findings(common, &tree, &prepared.gate, &shown, Shown { format: Format::Human, all: false, to_error: true });
    if failed {
        drop(product);
        let words = match lang {
            Lang::Zh => "。没有写任何文件，原有的网站保持不变。",
            Lang::En => "; nothing was written, the site stays as it was",
        };
        report::say(true, &format!("{}{words}\n", report::tally(lang, &found)));
        return Ok(Ending::Findings);
    }
    let made = product.commit().with_context(|| output.display().to_string())?;
    let privacy = Privacy::of(&prepared);
    privacy.write(&stages::report_folder(common, &root), options.profile.into())?;
    watch.lap("write");
    if !common.quiet {
        let seconds = watch.total().as_secs_f64();
        let line = report::made(lang, &output, &made, seconds, &report::tally(lang, &found));
        report::say(false, &line);
        if let Some(line) = report::kept_back(lang, &privacy) {
            report::say(false, &format!("{line}\n"));
        }
    }
    if common.timings {
        report::say(true, &report::timings(&watch));
    }
    // The process ends here: the system takes the memory back faster than a hundred thousand destructors.
    std::mem::forget(prepared);
    Ok(Ending::Done)
}

/// Renders every job into the product. Faults of single pages are findings; a disk that fails stops the run.
fn render_all(prepared: &Prepared, (tree, cache): (&Tree, &dyn Cache), product: &Product, output: &Path, progress: &Progress) -> Result<Findings> {
    let site: Arc<str> = Arc::from("content/site.yaml");
    let fault = |path: &OutPath, reason: String| Mark::new(Code::PageFault, Span::default()).with(path.as_str()).with(reason).in_file(&site);
    let press = match Press::new(&prepared.edition, &prepared.gate, &prepared.plan, &prepared.theme, tree) {
        Ok(press) => press.with_cache(cache),
        Err(reason) => return Ok([fault(&prepared.plan.addresses().root(), reason.to_string())].into_iter().collect()),
    };
    let scratch = ScratchFolder::beside(output);
    let failure = Mutex::new(None);
    let sink = |path: &str, bytes: &[u8]| {
        let unfit = |_| std::io::Error::new(std::io::ErrorKind::InvalidInput, path.to_owned());
        let put = OutPath::new(format!("{}{path}", Index::PREFIX)).map_err(unfit).and_then(|path| product.put(&path, bytes));
        if let Err(error) = put {
            failure.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
        }
    };
    let indexer = Indexer::new(stages::index_settings(prepared), &scratch, &sink);
    let faults = Mutex::new(Vec::new());
    let jobs: Vec<(&OutPath, &Job)> = prepared.plan.jobs().collect();
    progress.pages(jobs.len());
    // Small shares: pages differ much in size, and nobody should be left alone with the last heap of them.
    jobs.par_iter().with_max_len(16).try_for_each(|(path, job)| -> Result<()> {
        progress.page_done();
        let Err(reason) = make(&press, product, &indexer, path, job)? else { return Ok(()) };
        let mut faults = faults.lock().unwrap_or_else(PoisonError::into_inner);
        match reason {
            PageFault::Leak(text, leaks) => faults.extend(leaks.iter().map(|leak| leaked(path, text.as_ref().unwrap_or(&site), leak))),
            reason => faults.push(fault(path, reason.to_string())),
        }
        Ok(())
    })?;
    let faults: Findings = faults.into_inner().unwrap_or_else(PoisonError::into_inner).into_iter().collect();
    // A page that failed is missing in the index too; nothing of this run will be kept.
    if !prepared.plan.index().pages().is_empty() && !faults.any(Level::Error) {
        progress.indexing();
        indexer.finish(&press.closing()).context("search")?;
    }
    match failure.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some(error) => Err(error).context("search"),
        None => Ok(faults),
    }
}

/// Does one job into the product. The outer error is a disk that fails, the inner one the fault of the job.
fn make(press: &Press, product: &Product, indexer: &Indexer, path: &OutPath, job: &Job) -> Result<Result<(), PageFault>> {
    let Job::File(handout) = job else {
        return match press.render(path, job) {
            Ok(bytes) => {
                press.index(indexer, path, job, &bytes);
                product.put(path, &bytes).map(Ok).with_context(|| path.to_string())
            }
            Err(reason) => Ok(Err(reason)),
        };
    };
    let mut content = match press.open(path, handout) {
        Ok(content) => content,
        Err(reason) => return Ok(Err(reason)),
    };
    match product.copy(path, &mut *content, handout.told()) {
        // It was looked into, changed, and was not looked into again.
        Err(error) if error.kind() == std::io::ErrorKind::InvalidData => Ok(Err(PageFault::Source(handout.file().to_string()))),
        done => done.map(Ok).with_context(|| path.to_string()),
    }
}

/// The finding of what must not leave: a closed value at the file that it comes from, a number at the text that was printed.
fn leaked(path: &OutPath, text: &Arc<str>, leak: &Leak) -> Finding {
    match leak {
        Leak::Value(file) => Mark::new(Code::LeakValue, Span::default()).with(path.as_str()).in_file(file),
        Leak::Metadata => Mark::new(Code::LeakMetadata, Span::default()).with(path.as_str()).in_file(text),
        Leak::Number(masked, stamp) => {
            let mark = Mark::new(Code::LeakNumber, Span::default()).with(path.as_str());
            mark.with(masked.as_str()).with(format!("{stamp:016x}")).in_file(text)
        }
    }
}
