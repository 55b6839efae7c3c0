//! `calendar.yaml`: days that the archive speaks of, with what happened on them, and which of them come back every year.

use crate::date::PartialDate;
use crate::lang::{Lang, PerLang};

/// The file of the key dates.
pub const CALENDAR_FILE: &str = "content/calendar.yaml";

/// A key date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyDate {
    /// Its id.
    pub id: Box<str>,
    /// What it is called.
    pub name: PerLang<Box<str>>,
    /// When.
    pub day: KeyDay,
    /// Whether the whole country knows it.
    pub national: bool,
    /// What happened, or why it matters.
    pub note: PerLang<Option<Box<str>>>,
    /// Ids of sources.
    pub sources: Vec<Box<str>>,
}

/// When a key date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyDay {
    /// Once.
    Once(PartialDate),
    /// Since a first time, every year on that day.
    Since(PartialDate),
    /// Every year on a month and day, without a first time.
    Yearly(u8, u8),
}

impl KeyDay {
    /// The date that stands in the course of time.
    #[must_use]
    pub fn dated(self) -> Option<PartialDate> {
        match self {
            KeyDay::Once(date) | KeyDay::Since(date) => Some(date),
            KeyDay::Yearly(..) => None,
        }
    }

    /// Month and day of one that comes back every year.
    #[must_use]
    pub fn yearly(self) -> Option<(u8, u8)> {
        match self {
            KeyDay::Once(_) => None,
            KeyDay::Since(date) => {
                let (_, month, day) = date.first_day();
                Some((month, day))
            }
            KeyDay::Yearly(month, day) => Some((month, day)),
        }
    }

    /// A day of the year as the language writes it: 10月17日, 17 October.
    #[must_use]
    pub fn spell_yearly((month, day): (u8, u8), lang: Lang) -> String {
        // Any leap year knows all days; the year itself is not printed.
        let spelt = PartialDate::new(2000, Some(month), Some(day)).map(|date| date.spell(lang)).unwrap_or_default();
        match lang {
            Lang::Zh => spelt.trim_start_matches("2000年").to_owned(),
            Lang::En => spelt.trim_end_matches(" 2000").to_owned(),
        }
    }
}
