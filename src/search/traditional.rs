//! Traditional characters → simplified ones, one by one, with variants that names are written in. No phrases: both sides of a
//! search are folded the same way, so an ambiguous character costs nothing.

use std::sync::LazyLock;

/// From OpenCC (Apache-2.0): a simplified character a line, then those that are read as it.
const TABLE: &str = include_str!("data/t2s.txt");
/// Our own: variants in names.
const VARIANTS: &str = include_str!("data/variant.txt");

static PAIRS: LazyLock<Vec<(u32, u32)>> = LazyLock::new(|| {
    let mut pairs: Vec<(u32, u32)> = TABLE.lines().chain(VARIANTS.lines()).filter(|line| !line.starts_with('#')).flat_map(line_pairs).collect();
    pairs.sort_unstable();
    pairs.dedup_by_key(|(from, _)| *from);
    pairs
});

fn line_pairs(line: &str) -> impl Iterator<Item = (u32, u32)> {
    let mut characters = line.chars().map(u32::from);
    let target = characters.next().unwrap_or_default();
    characters.map(move |from| (from, target))
}

/// The character that stands for this one, or itself.
#[must_use]
pub fn simplified(code: u32) -> u32 {
    PAIRS.binary_search_by_key(&code, |(from, _)| *from).ok().and_then(|at| PAIRS.get(at)).map_or(code, |(_, to)| *to)
}

/// All pairs, ascending by the first, as one string: character, replacement, character, replacement …
#[must_use]
pub fn pairs() -> String {
    PAIRS.iter().flat_map(|(from, to)| [*from, *to]).filter_map(char::from_u32).collect()
}
