//! Finds what identifies a person: in prose before it is published, and in the finished bytes afterwards. Pure: it knows no
//! file, no clock and no page.
//!
//! One pass over the bytes finds the few places that can hold anything ([`block`] for digits, [`trigger`] for words); only
//! these are read as characters ([`run`]) and judged ([`identity`], [`phone`], [`card`], [`passport`], [`account`], [`household`]).
//! To add a number: a function in [`judge`]; to add a word: a row in [`trigger`]; a case is a line in `cases/`.

mod account;
mod allowed;
mod block;
mod card;
mod character;
mod household;
mod identity;
mod judge;
mod link;
mod markup;
mod nearby;
mod passport;
mod person;
mod phone;
mod run;
mod surname;
mod trigger;

#[cfg(test)]
pub(crate) mod forge;
#[cfg(test)]
mod tests;

pub use allowed::Allowed;
pub use surname::COMPOUND as COMPOUND_SURNAMES;

use crate::digest::fold64;
use std::ops::Range;

/// What was found. The order is that of the table of detectors: what is surely a person's number first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Resident identity number of 18 characters: province, real date and check character agree (GB 11643-1999).
    ResidentId,
    /// The shape of one, but the check character does not agree: a slip of the pen or one altered digit.
    ResidentIdAltered,
    /// Resident identity number of 15 digits, as before 1999, beside a word that says so.
    ResidentIdOld,
    /// A resident identity number that is masked so little that more than ten of its digits show.
    ResidentIdMasked,
    /// Disability certificate: a resident identity number with category and grade behind it, 20 characters.
    DisabilityCertificate,
    /// Mobile telephone number of mainland China.
    Mobile,
    /// Telephone number with an area code.
    Landline,
    /// Bank card of 16–19 digits: Luhn agrees, and it begins with 62 or a word says so.
    BankCard,
    /// Passport or travel permit, beside a word that says so.
    Passport,
    /// E-mail address.
    Email,
    /// QQ number or WeChat id beside the word.
    MessengerAccount,
    /// An address down to the villagers' group, within 20 characters of a personal name.
    AddressWithName,
    /// The name of a child: an age under 14 or a primary school beside it.
    Minor,
    /// A name in a sentence that names an illness or disability.
    HealthWithName,
    /// Number plate of Henan.
    CarPlate,
}

impl Kind {
    /// Whether the hit is surely a person's number, so that nothing may be published with it.
    #[must_use]
    pub fn is_certain(self) -> bool {
        matches!(self, Kind::ResidentId | Kind::ResidentIdOld | Kind::DisabilityCertificate | Kind::Mobile | Kind::BankCard)
    }

    /// Whether the hit shows digits of a number, of which three may stand in a report.
    #[must_use]
    pub fn is_number(self) -> bool {
        use Kind::{BankCard, DisabilityCertificate, Landline, Mobile, ResidentId, ResidentIdAltered, ResidentIdMasked, ResidentIdOld};
        matches!(self, ResidentId | ResidentIdAltered | ResidentIdOld | ResidentIdMasked | DisabilityCertificate | Mobile | Landline | BankCard)
    }
}

/// One place that identifies a person.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Hit {
    /// Bytes of the given text, on the boundaries of characters. A number's span goes from its first to its last digit,
    /// separators and markup between them included; a name's is the name, an address's the address.
    pub span: Range<usize>,
    /// What stands there.
    pub kind: Kind,
}

/// What kind of text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Written by an author: Markdown, a field of YAML or CSV, a file name.
    Prose,
    /// Finished HTML, JSON, XML or CSV.
    Output,
}

/// The text and how to read it.
#[derive(Debug, Clone, Copy)]
struct View<'a> {
    text: &'a str,
    form: Form,
}

/// Scans what an author wrote for all kinds.
///
/// `skip` are byte ranges that are not prose (code, targets of links), sorted by their beginnings; what overlaps one is left
/// out. URLs that stand in the text are skipped here. Hits are sorted by place; two kinds may share one.
#[must_use]
pub fn scan(text: &str, allowed: &Allowed, skip: &[Range<usize>]) -> Vec<Hit> {
    let view = View { text, form: Form::Prose };
    let mut hits = Vec::new();
    judge::numbers(view, allowed, &mut hits);
    account::emails(text, allowed, &mut hits);
    trigger::words(text, allowed, &mut hits);
    hits.retain(|hit| !overlaps(skip, &hit.span) && !link::is_in_url(text, &hit.span));
    hits.sort_by_key(|hit| (hit.span.start, hit.span.end, hit.kind));
    hits.dedup();
    hits
}

/// Scans finished bytes (HTML, JSON, XML, CSV) for numbers: the kinds that [`Kind::is_number`] names.
/// Sees through inline tags, comments, entities and the `\u` escapes of JSON; the values of attributes that hold
/// addresses, hashes or geometry are skipped as URLs are, `title`, `alt`, `content` and the others are read.
#[must_use]
pub fn scan_output(text: &str, allowed: &Allowed) -> Vec<Hit> {
    let view = View { text, form: Form::Output };
    let mut hits = Vec::new();
    judge::numbers(view, allowed, &mut hits);
    hits.retain(|hit| !link::is_in_url(text, &hit.span) && !markup::is_in_skipped_attribute(text, hit.span.start));
    hits.sort_by_key(|hit| (hit.span.start, hit.span.end, hit.kind));
    hits.dedup();
    hits
}

/// A number for what was found, the same however it is written: what a person's judgement of it is kept under.
#[must_use]
pub fn stamp(text: &str, hit: &Hit) -> u64 {
    let mut plain = String::new();
    let mut in_tag = false;
    for c in text.get(hit.span.clone()).unwrap_or_default().chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            _ if in_tag => {}
            c => match character::digit(c) {
                Some((_, digit)) => plain.push(char::from(b'0' + digit)),
                None => plain.extend(character::fold(c).to_lowercase().filter(|c| c.is_alphanumeric())),
            },
        }
    }
    fold64(plain.as_bytes())
}

/// What a report may show of a hit: the first three digits of a number, the surname of a person, nothing of the rest. The
/// length of what is hidden does not show.
#[must_use]
pub fn masked(text: &str, hit: &Hit) -> String {
    const DOTS: &str = "••••";
    let found = text.get(hit.span.clone()).unwrap_or_default();
    match hit.kind {
        kind if kind.is_number() => {
            let view = View { text, form: Form::Output };
            let mut digits = Vec::new();
            if let Some((family, ..)) = run::digit_at(view, hit.span.start) {
                run::lex(view, hit.span.start, family, &mut digits);
            }
            let shown: String = digits.iter().take(3).filter_map(|digit| char::from_digit(u32::from(digit.value), 10)).collect();
            format!("{shown}{DOTS}")
        }
        Kind::Minor | Kind::HealthWithName => {
            let surname = surname::length(found).and_then(|length| found.get(..length)).unwrap_or_default();
            format!("{surname}{DOTS}")
        }
        _ => DOTS.to_owned(),
    }
}

/// Whether a range overlaps one of the sorted ranges.
fn overlaps(ranges: &[Range<usize>], span: &Range<usize>) -> bool {
    // Ranges may nest, so those that begin before the span's end are looked at from the last on; nested ones are few.
    let end = ranges.partition_point(|range| range.start < span.end);
    ranges.iter().take(end).rev().any(|range| range.end > span.start)
}
