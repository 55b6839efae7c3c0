//! The course of time, oldest first: records by the date of their content, and the key dates of the archive. A range stands where
//! it begins; a date without a month stands before the months of its year.

use super::super::list::Lists;
use super::LINES_PER_PAGE;
use crate::disclose::Edition;

/// Records and key dates in the order of time.
#[derive(Debug, Default)]
pub struct Timeline {
    /// Year, month (0 where it is not known) and what happened.
    moments: Vec<(i16, u8, Moment)>,
    undated: usize,
}

/// Something in the course of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// A key date, by its position in the calendar.
    Key(u32),
    /// A record.
    Record(u32),
}

impl Timeline {
    pub(super) fn of(edition: &Edition, lists: &Lists) -> Timeline {
        let mut moments = Vec::new();
        for (at, date) in (0u32..).zip(edition.calendar()) {
            moments.extend(date.day.dated().map(|date| ((date.first_day(), date.precision()), Moment::Key(at))));
        }
        let before = moments.len();
        for at in lists.newest().iter().rev() {
            let date = edition.entry(*at).date.and_then(|date| date.from.or(date.to));
            moments.extend(date.map(|date| ((date.first_day(), date.precision()), Moment::Record(*at))));
        }
        let undated = lists.newest().len() - (moments.len() - before);
        // What is known less exactly stands first; what is of one day keeps its order.
        moments.sort_by_key(|(((year, month, day), precision), _)| {
            let month = if *precision == 0 { 0 } else { *month };
            (*year, month, if *precision < 2 { 0 } else { *day })
        });
        let moments = moments.into_iter().map(|(((year, month, _), precision), moment)| (year, if precision == 0 { 0 } else { month }, moment));
        Timeline { moments: moments.collect(), undated }
    }

    /// Whether one page holds all of it.
    #[must_use]
    pub fn is_short(&self) -> bool {
        self.moments.len() <= LINES_PER_PAGE
    }

    /// How many records have no date.
    #[must_use]
    pub fn undated(&self) -> usize {
        self.undated
    }

    /// The years, oldest first: month and moment of each thing.
    pub fn years(&self) -> impl Iterator<Item = (i16, &[(i16, u8, Moment)])> {
        self.moments.chunk_by(|a, b| a.0 == b.0).filter_map(|year| Some((year.first()?.0, year)))
    }

    /// The things of a year.
    #[must_use]
    pub fn year(&self, year: i16) -> &[(i16, u8, Moment)] {
        let start = self.moments.partition_point(|(of, ..)| *of < year);
        let end = self.moments.partition_point(|(of, ..)| *of <= year);
        self.moments.get(start..end).unwrap_or_default()
    }
}
