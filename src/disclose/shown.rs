//! What a report may show of the source files. A finding is printed with its line; of that line nothing may be read that the
//! edition does not show, however short it is: a log is read by more people than an archive.

use super::{Profile, Sight, is_shown, may_see};
use crate::date::PartialDate;
use crate::markdown::{self, Prose};
use crate::model::{Archive, Dataset, PEOPLE_FILE, RecordText};
use crate::site::Access;
use crate::source::{Read, TEXT_MAX, read_shown};
use crate::text::nearest;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

/// Keys that decide who may see a record; what stands behind one is a word of the program and no secret.
const CLOSING_KEYS: &[&str] = &["access", "text_access", "open_after", "classification", "status"];
/// The key that closes a table of households.
const CLOSING_KEY_OF_TABLES: &str = "household";
/// Words by which an author may have meant to close something, whatever key they stand behind.
const CLOSING_WORDS: &[&str] = &[
    "internal",
    "sealed",
    "metadata",
    "draft",
    "submitted",
    "secret",
    "private",
    "内部",
    "封存",
    "目录",
    "公开",
    "草稿",
    "送审",
    "保密",
    "秘密",
    "机密",
    "绝密",
    "密级",
];
/// The longest value that may be meant for a level, in characters.
const LEVEL_MAX: usize = 14;
/// A text that begins without front matter is searched for closing words so many lines far.
const FRONT_LINES: usize = 40;

/// The texts of which a report may show what is not marked as closed.
#[derive(Debug)]
pub(super) struct Shown {
    profile: Profile,
    /// Text file → where its body begins.
    open: BTreeMap<Arc<str>, usize>,
    /// The files of datasets of which the profile may not see all: any line of one may be an entry of a closed ledger.
    closed_tables: BTreeSet<Arc<str>>,
}

impl Default for Shown {
    fn default() -> Shown {
        Shown { profile: Profile::Public, open: BTreeMap::new(), closed_tables: BTreeSet::new() }
    }
}

impl Shown {
    /// Sorts the texts of an archive. One that stays out of the edition by its level is closed; one that stays out because of
    /// a slip is closed if something in the front matter of its record, or a mark in its body, may have been meant to close it.
    pub(super) fn of(archive: &Archive, profile: Profile, as_of: PartialDate, source: &dyn Read) -> Shown {
        let records = &archive.records;
        let mut open = BTreeMap::new();
        for record in records.iter().filter(|record| Sight::of(record, profile, as_of) == Sight::Whole) {
            let texts = || record.texts.present().filter_map(|lang| record.texts.get(lang).as_ref());
            let in_doubt = |text: &RecordText| text.held && !may_see(text, profile);
            let wants_closing = texts().any(in_doubt) && texts().any(|text| wants_closing(&text.file, source));
            for text in texts() {
                let may_show =
                    may_see(text, profile) || in_doubt(text) && text.access == Access::Public && !wants_closing && !is_doubtful(text, source);
                if may_show {
                    open.insert(Arc::clone(&text.file), text.body);
                }
            }
        }
        let is_closed = |dataset: &&Dataset| {
            let levels = dataset.columns.iter().map(|column| column.access).chain(dataset.rows.iter().copied());
            Sight::at(dataset.level_on(as_of), profile) != Sight::Whole || levels.into_iter().any(|access| !is_shown(access, profile))
        };
        let closed_tables = archive.datasets.iter().filter(is_closed).map(|dataset| Arc::clone(&dataset.file)).collect();
        Shown { profile, open, closed_tables }
    }

    /// The stretches of a source file that no report may show, sorted.
    pub(super) fn closed_parts(&self, file: &str, text: &str) -> Vec<Range<usize>> {
        let is_public = self.profile == Profile::Public;
        if file == PEOPLE_FILE {
            return if is_public { std::iter::once(0..text.len()).collect() } else { Vec::new() };
        }
        let is_text = file.starts_with("content/") && [".md", ".markdown"].iter().any(|suffix| file.to_ascii_lowercase().ends_with(suffix));
        // A table that cannot be read is in no list of tables; a level in it says that it was to be closed.
        let closes = || closes_in(text.lines()) || text.lines().any(|line| line.trim_start().starts_with(CLOSING_KEY_OF_TABLES));
        let is_table = file.starts_with("content/data/") && (self.closed_tables.contains(file) || is_public && closes());
        if is_table {
            return whole(text, 1);
        }
        let mut parts: Vec<Range<usize>> = match (is_text, self.open.get(file)) {
            (true, None) => return whole(text, 0),
            (true, Some(body)) if is_public => {
                let (front, rest) = text.split_at_checked(*body).unwrap_or((text, ""));
                let in_body = markdown::find_closing(rest, Prose::Body);
                let of_body = in_body.closed_ranges().map(|range| range.start + front.len()..range.end + front.len());
                markdown::find_closing(front, Prose::Line).closed_ranges().chain(of_body).collect()
            }
            (false, _) if is_public => markdown::find_closing(text, Prose::Line).closed_ranges().collect(),
            _ => Vec::new(),
        };
        parts.sort_by_key(|part| (part.start, part.end));
        parts
    }
}

/// Everything in a closed text but the lines between which its front matter stands, the names of its fields, and its level.
/// Of those lines so many are already past: one where all of the file is fields.
fn whole(text: &str, fences: usize) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let (mut at, mut fences) = (0, fences);
    for line in text.split_inclusive('\n') {
        let end = at + line.trim_end().len();
        let is_fence = line.trim_end() == "---" && fences < 2 && (fences == 1 || at == 0);
        fences += usize::from(is_fence);
        let start = match field(line).filter(|_| fences == 1) {
            Some((key, _)) if CLOSING_KEYS.contains(&key) => end,
            Some((_, length)) => at + length,
            None => at,
        };
        if !is_fence && start < end {
            parts.push(start..end);
        }
        at += line.len();
    }
    parts
}

/// The name of a field at the beginning of a line, and how many bytes of the line it takes with its colon.
fn field(line: &str) -> Option<(&str, usize)> {
    let trimmed = line.trim_start();
    let length = trimmed.bytes().take_while(|byte| byte.is_ascii_lowercase() || matches!(byte, b'_' | b'-')).count();
    let colon = trimmed.get(length..)?.chars().next().filter(|c| matches!(c, ':' | '：'))?;
    let key = trimmed.get(..length).filter(|key| !key.is_empty())?;
    Some((key, line.len() - trimmed.len() + length + colon.len_utf8()))
}

/// Whether something in the front matter of a text may have been meant to close it.
fn wants_closing(file: &str, source: &dyn Read) -> bool {
    // What cannot be read is not shown either.
    let Some(text) = read_shown(source, file, TEXT_MAX) else { return true };
    let has_fence = text.lines().next().is_some_and(|line| line.trim_end() == "---");
    let lines = text.lines().skip(usize::from(has_fence)).enumerate();
    let front = lines.take_while(|(at, line)| if has_fence { line.trim_end() != "---" } else { *at < FRONT_LINES });
    closes_in(front.map(|(_, line)| line))
}

/// Whether a line of some fields may have been meant to close what they are of.
fn closes_in<'t>(mut lines: impl Iterator<Item = &'t str>) -> bool {
    lines.any(|line| {
        let line = half_width(line);
        let key = line.trim_start().split([':', '=', ' ']).next().unwrap_or_default();
        // A level is a word and no sentence: 政务公开 in a title closes nothing.
        let value = line.rsplit([':', '=']).next().unwrap_or_default().trim();
        let is_level = value.chars().count() <= LEVEL_MAX && CLOSING_WORDS.iter().any(|word| value.contains(word));
        is_level || nearest(key, CLOSING_KEYS.iter().copied()).is_some()
    })
}

/// A line in half width and lower case.
fn half_width(line: &str) -> String {
    let narrow = |c: char| match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        c => c,
    };
    line.chars().map(narrow).flat_map(char::to_lowercase).collect()
}

/// Whether a mark in the body of a text, or in its title, cannot be understood: what it was to close nobody can tell.
fn is_doubtful(text: &RecordText, source: &dyn Read) -> bool {
    let Some(whole) = read_shown(source, &text.file, TEXT_MAX) else { return true };
    let (front, body) = whole.split_at_checked(text.body).unwrap_or((&whole, ""));
    markdown::find_closing(body, Prose::Body).is_doubtful() || markdown::find_closing(front, Prose::Line).is_doubtful()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_closed_text_only_the_names_of_its_fields_and_its_level_are_shown() {
        let text = "---\ntitle: 张三家\naccess: internal\n  家:\n---\n张三\n---\naccess: 李四\n";
        let parts: Vec<&str> = whole(text, 0).into_iter().map(|part| &text[part]).collect();
        assert_eq!(parts, [" 张三家", "  家:", "张三", "---", "access: 李四"]);
        let bare: Vec<Range<usize>> = whole("title: 张三\n", 0);
        assert_eq!(bare, std::iter::once(0.."title: 张三".len()).collect::<Vec<_>>());
    }
}
