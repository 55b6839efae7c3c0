//! Headings: levels that begin at 2 and never jump, anchors that both languages share.

use crate::model::body::Heading;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// A heading as the author wrote it.
pub(super) struct RawHeading {
    pub(super) level: u8,
    pub(super) id: Option<Box<str>>,
    pub(super) text: Box<str>,
}

/// Settles levels and anchors. The highest level used becomes 2; a deeper one is at most one below the one before.
pub(super) fn settle(raw: Vec<RawHeading>) -> Vec<Heading> {
    let top = raw.iter().map(|heading| heading.level).min().unwrap_or(1);
    let mut used: BTreeSet<Box<str>> = BTreeSet::new();
    let mut counters = [0u32; 7];
    let mut last = 1u8;
    let mut outline = Vec::with_capacity(raw.len());
    for heading in raw {
        let level = (heading.level - top + 2).min(6).min(last + 1);
        last = level;
        counters[usize::from(level)] += 1;
        counters[usize::from(level) + 1..].fill(0);
        let by_place = || {
            let mut id = String::with_capacity(8);
            for (at, number) in counters[2..=usize::from(level)].iter().enumerate() {
                let _ = write!(id, "{}{number}", if at == 0 { 's' } else { '-' });
            }
            id
        };
        let given = heading.id.filter(|id| is_anchor(id) && !used.contains(id));
        let id: Box<str> = given.unwrap_or_else(|| unused(by_place(), &used));
        used.insert(id.clone());
        outline.push(Heading { level, id, text: heading.text });
    }
    outline
}

/// An anchor that an author may give: what stands in every address, and none of the page's own.
fn is_anchor(id: &str) -> bool {
    const OWN: &[&str] = &["main", "top", "content", "search", "facts", "figures", "sources", "citation", "outline", "notes"];
    let plain = id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    plain && !id.is_empty() && id.len() <= 64 && !OWN.contains(&id) && !id.starts_with("fn")
}

fn unused(wanted: String, used: &BTreeSet<Box<str>>) -> Box<str> {
    let mut id: Box<str> = wanted.as_str().into();
    let mut number = 2;
    while used.contains(&id) {
        id = format!("{wanted}-{number}x").into();
        number += 1;
    }
    id
}
