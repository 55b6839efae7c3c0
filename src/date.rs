//! Partial dates (`2020`, `2020-03`, `2020-03-01`) and ranges of them, as archives write them. A content date is never "today".

use crate::lang::Lang;
use std::fmt;

/// A calendar date that may lack its day, or its month and day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    year: i16,
    /// 0 where only the year is known.
    month: u8,
    /// 0 where only the month is known.
    day: u8,
}

/// Why a text is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateFault {
    /// The text has no shape of a date.
    Shape,
    /// The month or day does not exist, as 30 February.
    Calendar,
    /// The range ends before it begins.
    Order,
}

/// A date with the way in which it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written<T> {
    /// What was meant.
    pub value: T,
    /// False for `2020年3月1日` or `2020.3.1`, which are understood but not the form of the archive.
    pub canonical: bool,
}

impl PartialDate {
    /// Makes a date and checks it against the calendar.
    ///
    /// # Errors
    /// The month or the day does not exist.
    pub fn new(year: i16, month: Option<u8>, day: Option<u8>) -> Result<PartialDate, DateFault> {
        let (month, day) = (month.unwrap_or(0), day.unwrap_or(0));
        let last = match month {
            0 => 0,
            4 | 6 | 9 | 11 => 30,
            2 if is_leap(year) => 29,
            2 => 28,
            1..=12 => 31,
            _ => return Err(DateFault::Calendar),
        };
        if !(1..=9999).contains(&year) || day > last {
            return Err(DateFault::Calendar);
        }
        Ok(PartialDate { year, month, day })
    }

    /// Reads `2020-03-01`, `2020-03`, `2020`, and with a hint `2020年3月1日`, `2020.3.1`, `2020/3/1`.
    ///
    /// # Errors
    /// The text has no shape of a date, or the day does not exist.
    pub fn parse(text: &str) -> Result<Written<PartialDate>, DateFault> {
        let narrow: String = text.trim().chars().map(narrow_digit).collect();
        let unified = narrow.replace(['年', '月', '.', '/'], "-");
        let unified = unified.trim_end_matches(['日', '号', '-']);
        let parts: Vec<&str> = unified.split('-').map(str::trim).collect();
        let number = |part: &str, digits: usize| -> Result<i16, DateFault> {
            let plain = !part.is_empty() && part.len() <= digits && part.bytes().all(|c| c.is_ascii_digit());
            if plain { part.parse().map_err(|_| DateFault::Shape) } else { Err(DateFault::Shape) }
        };
        let small = |part: &str| number(part, 2).and_then(|n| u8::try_from(n).map_err(|_| DateFault::Shape));
        let (year, rest) = parts.split_first().ok_or(DateFault::Shape)?;
        if year.len() != 4 || rest.len() > 2 {
            return Err(DateFault::Shape);
        }
        let year = number(year, 4)?;
        let month = rest.first().map(|part| small(part)).transpose()?;
        let day = rest.get(1).map(|part| small(part)).transpose()?;
        if month == Some(0) || day == Some(0) {
            return Err(DateFault::Calendar);
        }
        let value = PartialDate::new(year, month, day)?;
        Ok(Written { value, canonical: value.to_string() == text.trim() })
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i16 {
        self.year
    }

    /// How exactly it is known: 0 to the year, 1 to the month, 2 to the day.
    #[must_use]
    pub fn precision(self) -> u8 {
        u8::from(self.month > 0) + u8::from(self.day > 0)
    }

    /// The first day that the date may mean, as `(year, month, day)`.
    #[must_use]
    pub fn first_day(self) -> (i16, u8, u8) {
        (self.year, self.month.max(1), self.day.max(1))
    }

    /// The last day that the date may mean; 31 stands for the end of any month.
    #[must_use]
    pub fn last_day(self) -> (i16, u8, u8) {
        let month = if self.month == 0 { 12 } else { self.month };
        (self.year, month, if self.day == 0 { 31 } else { self.day })
    }

    /// The date as a reader of the language writes it: 2020年3月1日, 1 March 2020.
    #[must_use]
    pub fn spell(self, lang: Lang) -> String {
        const MONTHS: [&str; 12] =
            ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
        let PartialDate { year, month, day } = self;
        let name = || MONTHS[usize::from(month) - 1];
        match (lang, month, day) {
            (Lang::Zh, 0, _) => format!("{year}年"),
            (Lang::Zh, _, 0) => format!("{year}年{month}月"),
            (Lang::Zh, ..) => format!("{year}年{month}月{day}日"),
            (Lang::En, 0, _) => format!("{year}"),
            (Lang::En, _, 0) => format!("{} {year}", name()),
            (Lang::En, ..) => format!("{day} {} {year}", name()),
        }
    }
}

fn is_leap(year: i16) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn narrow_digit(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(u32::from(c) - 0xFF10 + 0x30).unwrap_or(c),
        '－' | '–' | '—' => '-',
        '．' => '.',
        other => other,
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let PartialDate { year, month, day } = self;
        match (month, day) {
            (0, _) => write!(f, "{year:04}"),
            (_, 0) => write!(f, "{year:04}-{month:02}"),
            _ => write!(f, "{year:04}-{month:02}-{day:02}"),
        }
    }
}

/// A time span; either end may be open (`1912/..`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    /// The first date; none where the span is open at its beginning.
    pub from: Option<PartialDate>,
    /// The last date, equal to `from` for a single date; none where the span is open at its end.
    pub to: Option<PartialDate>,
}

impl Period {
    /// A span that is one date.
    #[must_use]
    pub fn single(date: PartialDate) -> Period {
        Period { from: Some(date), to: Some(date) }
    }

    /// Reads a date or `from/to`, where `..` stands for an open end.
    ///
    /// # Errors
    /// One of the dates is none, or the range ends before it begins.
    pub fn parse(text: &str) -> Result<Written<Period>, DateFault> {
        let text = text.trim();
        let Some((from, to)) = split_range(text) else {
            let date = PartialDate::parse(text)?;
            return Ok(Written { value: Period::single(date.value), canonical: date.canonical });
        };
        let end = |part: &str| if matches!(part.trim(), ".." | "") { Ok(None) } else { PartialDate::parse(part).map(Some) };
        let (from, to) = (end(from)?, end(to)?);
        if let (Some(from), Some(to)) = (from, to)
            && to.value.last_day() < from.value.first_day()
        {
            return Err(DateFault::Order);
        }
        if from.is_none() && to.is_none() {
            return Err(DateFault::Shape);
        }
        let canonical = from.is_none_or(|d| d.canonical) && to.is_none_or(|d| d.canonical) && text.contains('/') && !text.contains(' ');
        Ok(Written { value: Period { from: from.map(|d| d.value), to: to.map(|d| d.value) }, canonical })
    }

    /// The year under which an item of this span is filed: that of its end, else of its beginning.
    #[must_use]
    pub fn filing_year(self) -> Option<i16> {
        self.to.or(self.from).map(PartialDate::year)
    }

    /// Every year that the span touches; an open end counts as the one year that is known.
    pub fn years(self) -> impl Iterator<Item = i16> {
        let first = self.from.or(self.to).map_or(1, PartialDate::year);
        let last = self.to.or(self.from).map_or(0, PartialDate::year);
        first..=last
    }

    /// Whether any day of `date` lies in the span.
    #[must_use]
    pub fn touches(self, date: PartialDate) -> bool {
        self.from.is_none_or(|from| from.first_day() <= date.last_day()) && self.to.is_none_or(|to| date.first_day() <= to.last_day())
    }

    /// What lists sort by: the end first, newest dates compare greatest.
    #[must_use]
    pub fn sort_key(self) -> ((i16, u8, u8), (i16, u8, u8)) {
        let last = self.to.or(self.from).map_or((0, 0, 0), PartialDate::last_day);
        let first = self.from.or(self.to).map_or((0, 0, 0), PartialDate::first_day);
        (last, first)
    }

    /// The span as a reader of the language writes it: 2018—2020年 is printed as 2018年至2020年, in English 2018–2020.
    #[must_use]
    pub fn spell(self, lang: Lang) -> String {
        match (self.from, self.to, lang) {
            (Some(from), Some(to), _) if from == to => from.spell(lang),
            (Some(from), Some(to), Lang::Zh) => format!("{}至{}", from.spell(lang), to.spell(lang)),
            (Some(from), Some(to), Lang::En) if from.month == 0 && to.month == 0 => format!("{}–{}", from.year, to.year),
            (Some(from), Some(to), Lang::En) => format!("{} to {}", from.spell(lang), to.spell(lang)),
            (Some(from), None, Lang::Zh) => format!("{}起", from.spell(lang)),
            (Some(from), None, Lang::En) => format!("since {}", from.spell(lang)),
            (None, Some(to), Lang::Zh) => format!("至{}", to.spell(lang)),
            (None, Some(to), Lang::En) => format!("until {}", to.spell(lang)),
            (None, None, _) => String::new(),
        }
    }
}

/// Splits at the sign of a range; `2020/3/1` is a date and not a range.
fn split_range(text: &str) -> Option<(&str, &str)> {
    if let Some(pair) = text.split_once('～').or_else(|| text.split_once('至')) {
        return Some(pair);
    }
    let (from, to) = text.split_once('/')?;
    let is_range = !to.contains('/') && (to.trim().len() >= 4 || matches!(to.trim(), ".." | "") || matches!(from.trim(), ".." | ""));
    is_range.then_some((from, to))
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.to) {
            (Some(from), Some(to)) if from == to => write!(f, "{from}"),
            (from, to) => {
                let end = |date: Option<PartialDate>| date.map_or_else(|| "..".to_owned(), |date| date.to_string());
                write!(f, "{}/{}", end(from), end(to))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_every_precision_are_read() {
        for (written, canonical) in
            [("2020", true), ("2020-03", true), ("2020-03-01", true), ("2020年3月1日", false), ("2020.3.1", false), ("2020/3/1", false)]
        {
            let date = PartialDate::parse(written).unwrap();
            assert_eq!(date.canonical, canonical, "{written}");
            assert_eq!(date.value.year(), 2020);
        }
        assert_eq!(PartialDate::parse("２０２０年３月").unwrap().value.to_string(), "2020-03");
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        assert_eq!(PartialDate::parse("2020-02-30"), Err(DateFault::Calendar));
        assert_eq!(PartialDate::parse("2019-02-29"), Err(DateFault::Calendar));
        assert_eq!(PartialDate::parse("2020-13"), Err(DateFault::Calendar));
        assert_eq!(PartialDate::parse("去年"), Err(DateFault::Shape));
        assert_eq!(Period::parse("2020/2018"), Err(DateFault::Order));
    }

    #[test]
    fn ranges_and_open_ends() {
        assert_eq!(Period::parse("2018/2020").unwrap().value.to_string(), "2018/2020");
        assert_eq!(Period::parse("1912/..").unwrap().value.to_string(), "1912/..");
        assert_eq!(Period::parse("../2021-02").unwrap().value.to_string(), "../2021-02");
        assert_eq!(Period::parse("2018/2020").unwrap().value.years().collect::<Vec<_>>(), [2018, 2019, 2020]);
        assert!(!Period::parse("2020/3/1").unwrap().canonical);
    }

    #[test]
    fn both_languages_spell_dates_their_way() {
        let date = PartialDate::parse("2020-03-01").unwrap().value;
        assert_eq!(date.spell(Lang::Zh), "2020年3月1日");
        assert_eq!(date.spell(Lang::En), "1 March 2020");
        assert_eq!(Period::parse("2009/2021").unwrap().value.spell(Lang::En), "2009–2021");
    }
}
