//! The clock: today as one value, and the time and memory that stages take.

use crate::date::PartialDate;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::time::{Duration, Instant};

/// Today: what was asked for, else `SOURCE_DATE_EPOCH`, else the date in the site's time zone.
pub(super) fn today(asked: Option<PartialDate>, timezone: &str) -> PartialDate {
    if let Some(date) = asked {
        return date;
    }
    let epoch = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse::<i64>().ok());
    let stamp = epoch.and_then(|seconds| Timestamp::from_second(seconds).ok()).unwrap_or_else(Timestamp::now);
    let zone = TimeZone::get(timezone).unwrap_or(TimeZone::UTC);
    let date = zone.to_datetime(stamp).date();
    let part = |number: i8| u8::try_from(number).ok();
    // A calendar date of the clock exists; should it not, nothing is embargoed longer than it says.
    PartialDate::new(date.year(), part(date.month()), part(date.day())).unwrap_or_else(|_| earliest())
}

/// Whether a time zone exists.
pub(super) fn is_timezone(name: &str) -> bool {
    TimeZone::get(name).is_ok()
}

fn earliest() -> PartialDate {
    PartialDate::new(1, Some(1), Some(1)).unwrap_or_else(|_| unreachable!("the first day of the calendar exists"))
}

/// Measures the stages of a run.
pub(super) struct Stopwatch {
    started: Instant,
    last: Instant,
    laps: Vec<(&'static str, Duration)>,
}

impl Stopwatch {
    pub(super) fn start() -> Stopwatch {
        let now = Instant::now();
        Stopwatch { started: now, last: now, laps: Vec::new() }
    }

    /// Ends a stage.
    pub(super) fn lap(&mut self, stage: &'static str) {
        let now = Instant::now();
        self.laps.push((stage, now - self.last));
        self.last = now;
    }

    pub(super) fn total(&self) -> Duration {
        self.started.elapsed()
    }

    pub(super) fn laps(&self) -> &[(&'static str, Duration)] {
        &self.laps
    }
}

/// The most memory that the process ever held, in MiB, where the system tells it.
pub(super) fn peak_memory_mib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kib| kib / 1024)
}
