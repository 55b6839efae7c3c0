//! A bar on the terminal while long work runs. Where standard error is no terminal nothing is drawn.

use super::arguments::Common;
use super::report;
use crate::lang::Lang;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::time::Duration;

/// How often the sign before a stage without an end in sight moves.
const TICK: Duration = Duration::from_millis(120);

/// What the user sees of a run: the stage it is in, and how far.
pub(super) struct Progress {
    bar: ProgressBar,
    lang: Lang,
}

impl Progress {
    /// Begins with the stage that reads the content.
    pub(super) fn start(common: &Common) -> Progress {
        let target = if common.quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let progress = Progress { bar: ProgressBar::with_draw_target(None, target), lang: report::language(common) };
        progress.bar.enable_steady_tick(TICK);
        progress.bar.set_message(progress.word("读取内容", "reading the content"));
        progress
    }

    /// The number of pages is known.
    pub(super) fn pages(&self, count: usize) {
        let style = ProgressStyle::with_template("{msg} [{bar:32}] {pos}/{len}").map(|style| style.progress_chars("=> "));
        if let Ok(style) = style {
            self.bar.set_style(style);
        }
        self.bar.set_length(count as u64);
        self.bar.set_message(self.word("生成网页", "making pages"));
    }

    /// One more is done.
    pub(super) fn page_done(&self) {
        self.bar.inc(1);
    }

    /// All pages are made; what they hold is put in order for search.
    pub(super) fn indexing(&self) {
        self.bar.set_message(self.word("编制索引", "making the index"));
    }

    /// Clears the bar, before anything else is said.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }

    fn word(&self, zh: &'static str, en: &'static str) -> &'static str {
        if self.lang == Lang::Zh { zh } else { en }
    }
}
