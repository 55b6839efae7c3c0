//! Text whose runs are joined again: what a reader sees, what the hidden runs add, what was there before the revision.

/// How a run of a paragraph shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    Plain,
    /// Taken for new in a tracked change.
    Inserted,
    /// Taken out in a tracked change, and still there.
    Deleted,
    /// Formatted as hidden.
    Hidden,
}

/// The runs of one paragraph.
#[derive(Debug, Default)]
pub(super) struct Chain {
    runs: Vec<(Ink, String)>,
}

impl Chain {
    pub(super) fn push(&mut self, ink: Ink, text: &str) {
        match self.runs.last_mut() {
            Some((last, run)) if *last == ink => run.push_str(text),
            _ => self.runs.push((ink, text.to_owned())),
        }
    }

    /// What a reader sees, changes accepted.
    pub(super) fn seen(&self) -> String {
        self.only(&[Ink::Plain, Ink::Inserted])
    }

    /// The same with hidden runs shown, if there are any.
    pub(super) fn unhidden(&self) -> Option<String> {
        self.has(Ink::Hidden).then(|| self.only(&[Ink::Plain, Ink::Inserted, Ink::Hidden]))
    }

    /// What stood there before the changes, if something was taken out.
    pub(super) fn original(&self) -> Option<String> {
        self.has(Ink::Deleted).then(|| self.only(&[Ink::Plain, Ink::Deleted, Ink::Hidden]))
    }

    fn has(&self, ink: Ink) -> bool {
        self.runs.iter().any(|(run, _)| *run == ink)
    }

    fn only(&self, inks: &[Ink]) -> String {
        self.runs.iter().filter(|(ink, _)| inks.contains(ink)).map(|(_, text)| text.as_str()).collect()
    }
}
