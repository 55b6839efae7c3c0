//! The way from a film to its captions: the file is read again when a page prints them, as it was when the gate looked into it.

use crate::captions::{self, Cue};
use crate::digest::fold64;
use crate::source::{Read, TEXT_MAX, read_text};
use std::sync::Arc;

/// A cleared handle to the captions of one language. Only the gate makes it.
#[derive(Clone, Debug)]
pub struct Captions {
    pub(super) file: Arc<str>,
    /// The stamp of the text that was looked into.
    pub(super) stamp: u64,
}

impl Captions {
    /// The file, for messages.
    #[must_use]
    pub fn file(&self) -> &Arc<str> {
        &self.file
    }

    /// The lines; none where the file cannot be read any more or changed since it was looked into.
    #[must_use]
    pub fn read(&self, source: &dyn Read) -> Option<Vec<Cue>> {
        let (text, _) = read_text(source, &self.file, TEXT_MAX);
        text.filter(|text| fold64(text.as_bytes()) == self.stamp).map(|text| captions::parse(&text).0)
    }
}

/// All words of captions, one line each, for searches; a name that is said before them stands with them.
pub(super) fn words(cues: &[Cue]) -> impl Iterator<Item = String> + '_ {
    cues.iter().map(|cue| match &cue.speaker {
        Some(speaker) => format!("{speaker}：{}", cue.text.replace('\n', "")),
        None => cue.text.replace('\n', ""),
    })
}
