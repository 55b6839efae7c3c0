//! The last look at finished bytes, before anything is done with them: no closed value and no person's number is in them.

use super::fold::Folded;
use super::needle::Needles;
use super::shown::Shown;
use crate::detect::{self, Allowed};
use crate::diagnostic::hidden;
use crate::media;
use crate::model::ClosedNames;
use crate::path::OutPath;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// What must not leave, for one edition.
#[derive(Debug, Default)]
pub struct LeakGate {
    pub(super) needles: Needles,
    pub(super) names: ClosedNames,
    pub(super) shown: Shown,
    /// What may stand though it looks like a person's number; none where the edition is not for the public.
    pub(super) numbers: Option<(Allowed, BTreeSet<u64>)>,
}

/// Something that must not leave and is in a finished file. Never the value itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leak {
    /// A closed value of this source.
    Value(Arc<str>),
    /// A person's number: as much of it as may be shown, and what a review of it is kept under.
    Number(String, u64),
    /// A picture holds more than pixels and a colour profile.
    Metadata,
}

impl LeakGate {
    /// How many closed values are looked for.
    #[must_use]
    pub fn values(&self) -> usize {
        self.needles.len()
    }

    /// A text with every closed value and name in it hidden, for what is said of the sources; none where it has none.
    #[must_use]
    pub fn hide(&self, text: &str) -> Option<String> {
        let mut out: Option<String> = None;
        for found in self.names.find(text) {
            let whole = out.get_or_insert_with(|| text.to_owned());
            let place = found.span.start as usize..found.span.end as usize;
            // Every place stays where it is, so that those of the given text are good for what came of it.
            whole.replace_range(place.clone(), &hidden(&text[place]));
        }
        loop {
            let now = out.as_deref().unwrap_or(text);
            let folded = Folded::of_text(now);
            let mut next = now.to_owned();
            for hit in self.needles.find(&folded) {
                next.replace_range(hit.span.clone(), &hidden(&now[hit.span]));
            }
            // Each value is found once in a round.
            if next == now {
                return out;
            }
            out = Some(next);
        }
    }

    /// The stretches of a source file, given as it was parsed, that no report may show: closed texts, blocks and runs.
    #[must_use]
    pub fn closed_parts(&self, file: &str, text: &str) -> Vec<Range<usize>> {
        self.shown.closed_parts(file, text)
    }

    /// What must not leave of a finished file.
    #[must_use]
    pub fn inspect(&self, path: &OutPath, bytes: &[u8]) -> Vec<Leak> {
        let mut leaks: Vec<Leak> = self.needles.inspect(path, bytes).into_iter().map(|origin| Leak::Value(Arc::clone(&origin.file))).collect();
        leaks.dedup();
        if let Some((allowed, reviewed)) = &self.numbers {
            leaks.extend(numbers(path, bytes, allowed, reviewed));
            // Written anew by us, a picture holds pixels and a colour profile; should an encoder ever add more, it stops here.
            if path.as_str().starts_with("pictures/") && !media::is_clean(bytes) {
                leaks.push(Leak::Metadata);
            }
        }
        leaks
    }
}

fn numbers(path: &OutPath, bytes: &[u8], allowed: &Allowed, reviewed: &BTreeSet<u64>) -> Vec<Leak> {
    let is_theme = path.as_str().starts_with("assets/");
    let Some(text) = simdutf8::basic::from_utf8(bytes).ok().filter(|_| !is_theme) else { return Vec::new() };
    let mut leaks = Vec::new();
    for hit in detect::scan_output(text, allowed) {
        let stamp = detect::stamp(text, &hit);
        if hit.kind.is_certain() && !reviewed.contains(&stamp) && !is_code(text, hit.span.start) {
            leaks.push(Leak::Number(detect::masked(text, &hit), stamp));
        }
    }
    leaks
}

/// Whether a place stands inside of code, which is not looked at in sources either.
fn is_code(text: &str, at: usize) -> bool {
    let before = &text[..at];
    let inside = |open: &str, close: &str| before.rfind(open).is_some_and(|start| before.rfind(close).is_none_or(|end| end < start));
    inside("<code", "</code>") || inside("<pre", "</pre>")
}
