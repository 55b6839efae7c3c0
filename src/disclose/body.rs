//! The way from an entry to its text: the file is read again when its page is made, and what is closed is cut out before
//! anything else sees it.

use super::Profile;
use crate::digest::fold64;
use crate::markdown::{self, Opened, Prose};
use crate::source::{Read, TEXT_MAX, read_text};
use std::sync::Arc;

/// A cleared handle to one body. Only the gate makes it.
#[derive(Clone, Debug)]
pub struct Body {
    file: Arc<str>,
    start: usize,
    /// The stamp of a file in whose body nothing is marked: as long as it is the same, nothing has to be looked for again.
    plain: Option<u64>,
}

impl Body {
    pub(super) fn cleared(file: Arc<str>, start: usize, plain: Option<u64>) -> Body {
        Body { file, start, plain }
    }

    /// The file, for messages.
    #[must_use]
    pub fn file(&self) -> &Arc<str> {
        &self.file
    }

    /// Reads the body and opens it for a profile. None if the file changed since it was loaded into something that
    /// cannot be read, or that must not be shown.
    #[must_use]
    pub fn open(&self, source: &dyn Read, profile: Profile) -> Option<String> {
        self.with_open(source, profile, |opened, _| opened.text.into_owned())
    }

    /// Hands the opened body on, with the place in its file where the body begins.
    pub(super) fn with_open<R>(&self, source: &dyn Read, profile: Profile, then: impl FnOnce(Opened, usize) -> R) -> Option<R> {
        let (text, _) = read_text(source, &self.file, TEXT_MAX);
        let text = text?;
        let body = text.get(self.start..)?;
        if self.plain.is_some_and(|stamp| stamp == fold64(text.as_bytes())) {
            return Some(then(Opened::whole(body), self.start));
        }
        let closing = markdown::find_closing(body, Prose::Body);
        if closing.is_doubtful() && profile == Profile::Public {
            return None;
        }
        Some(then(markdown::open_text(body, &closing, profile.view()), self.start))
    }
}
