//! The course of time: years and months with the records and key dates of each. A short one is one page; of a long one the first
//! page shows the key dates and leads to a page for each year.

use super::card::year_label;
use super::chrome::About;
use super::line::{Line, Said};
use super::list::page_title;
use super::view::{Link, Pager, SourceView};
use super::{Page, Press};
use crate::lang::Lang;
use crate::model::{KeyDate, KeyDay};
use crate::path::OutPath;
use crate::plan::{BrowsePage, LINES_PER_PAGE, Moment, range};
use serde::Serialize;

/// `layout/timeline.html`
#[derive(Debug, Serialize)]
struct TimelineView {
    title: String,
    /// How many records have no date; none where the page does not speak of all.
    undated: usize,
    /// Whether the page is of one year.
    is_year: bool,
    years: Vec<YearView>,
    /// The days that come back every year.
    yearly: Vec<KeyView>,
    pager: Pager,
}

/// A year.
#[derive(Debug, Serialize)]
struct YearView {
    year: i16,
    label: String,
    /// The list of the year's records, with their number.
    list: Option<Link>,
    count: usize,
    /// The year's own page of a long timeline, with the number of things on it.
    page: Option<String>,
    moments: usize,
    months: Vec<MonthView>,
}

/// The things of a month.
#[derive(Debug, Serialize)]
struct MonthView {
    /// None where the month is not known.
    label: Option<String>,
    moments: Vec<MomentView>,
}

/// One thing: a record or a key date.
#[derive(Debug, Serialize)]
struct MomentView {
    record: Option<Line>,
    key: Option<KeyView>,
}

/// A key date.
#[derive(Debug, Serialize)]
struct KeyView {
    name: String,
    date: String,
    national: bool,
    yearly: bool,
    /// Whether it stands in the course of time as well.
    dated: bool,
    note: Option<Said>,
    sources: Vec<SourceView>,
}

/// Renders the timeline.
pub(super) fn timeline(press: &Press, path: &OutPath, lang: Lang) -> Page {
    let timeline = &press.plan.browse().timeline;
    let title = press.word(lang, "timeline").to_owned();
    let about = About {
        title: title.clone(),
        description: Some(press.word(lang, "timeline_lead").to_owned()),
        above: vec![press.home_crumb(path, lang)],
        other: press.other(lang).and_then(|other| press.browse_path(BrowsePage::Timeline, other)),
        real: None,
    };
    let frame = press.frame(path, lang, about);
    let is_short = timeline.is_short();
    let is_shown = |moment: &Moment| is_short || matches!(moment, Moment::Key(_));
    let year = |(year, moments): (i16, &[(i16, u8, Moment)])| {
        let shown: Vec<(i16, u8, Moment)> = moments.iter().copied().filter(|(.., moment)| is_shown(moment)).collect();
        let page = press.browse_href(path, BrowsePage::TimelineYear(year, 1), lang);
        YearView { page, ..year_view(press, path, (year, moments.len()), &shown, lang) }
    };
    let mut yearly: Vec<((u8, u8), &KeyDate)> = press.edition.calendar().iter().filter_map(|date| Some((date.day.yearly()?, date))).collect();
    yearly.sort_by_key(|(day, _)| *day);
    let view = TimelineView {
        title,
        undated: timeline.undated(),
        is_year: false,
        years: timeline.years().map(year).collect(),
        yearly: yearly.into_iter().map(|(day, date)| key_view(press, date, KeyDay::spell_yearly(day, lang), lang)).collect(),
        pager: Pager::default(),
    };
    press.print("timeline", lang, &frame, &view, "")
}

/// Renders a year of a long timeline.
pub(super) fn year(press: &Press, path: &OutPath, (year, number): (i16, u32), lang: Lang) -> Page {
    let moments = press.plan.browse().timeline.year(year);
    let title = press.word(lang, "timeline_of").replace("{year}", &year_label(year, lang));
    let page = |number: u32| BrowsePage::TimelineYear(year, number);
    let about = About {
        title: page_title(press, &title, number, lang),
        description: None,
        above: vec![press.home_crumb(path, lang), press.browse_link(path, BrowsePage::Timeline, press.word(lang, "timeline"), lang)],
        other: press.other(lang).and_then(|other| press.browse_path(page(number), other)),
        real: None,
    };
    let frame = press.frame(path, lang, about);
    let shown = moments.get(range(moments.len(), number, LINES_PER_PAGE)).unwrap_or_default();
    let view = TimelineView {
        title,
        undated: 0,
        is_year: true,
        years: vec![year_view(press, path, (year, moments.len()), shown, lang)],
        yearly: Vec::new(),
        pager: press.pager_of(path, (moments.len(), LINES_PER_PAGE), number, |number| press.browse_path(page(number), lang)),
    };
    press.print("timeline", lang, &frame, &view, "")
}

fn year_view(press: &Press, path: &OutPath, (year, moments): (i16, usize), shown: &[(i16, u8, Moment)], lang: Lang) -> YearView {
    let count = press.plan.lists().year(year).len();
    let list = press.plan.addresses().year(year, 1, lang).ok().filter(|_| count > 0);
    let months = shown.chunk_by(|a, b| a.1 == b.1).map(|month| MonthView {
        label: month.first().map(|(_, number, _)| *number).filter(|number| *number > 0).map(|number| month_label(number, lang)),
        moments: month.iter().filter_map(|(.., moment)| moment_view(press, path, *moment, lang)).collect(),
    });
    YearView {
        year,
        label: year_label(year, lang),
        list: list.map(|list| Link { label: String::new(), href: Some(path.link_to(&list)) }),
        count,
        page: None,
        moments,
        months: months.collect(),
    }
}

/// 11月, November.
fn month_label(month: u8, lang: Lang) -> String {
    // The first of the month without its day.
    let spelt = KeyDay::spell_yearly((month, 1), lang);
    match lang {
        Lang::Zh => spelt.trim_end_matches("1日").to_owned(),
        Lang::En => spelt.trim_start_matches("1 ").to_owned(),
    }
}

fn moment_view(press: &Press, path: &OutPath, moment: Moment, lang: Lang) -> Option<MomentView> {
    match moment {
        Moment::Record(at) => Some(MomentView { record: Some(press.line(path, lang, at)?), key: None }),
        Moment::Key(at) => {
            let date = press.edition.calendar().get(at as usize)?;
            let when = date.day.dated().map(|day| day.spell(lang)).unwrap_or_default();
            Some(MomentView { record: None, key: Some(key_view(press, date, when, lang)) })
        }
    }
}

fn key_view(press: &Press, date: &KeyDate, when: String, lang: Lang) -> KeyView {
    KeyView {
        name: date.name.get(lang).to_string(),
        date: when,
        national: date.national,
        yearly: date.day.yearly().is_some(),
        dated: date.day.dated().is_some(),
        note: Said::of(&date.note, lang),
        sources: date.sources.iter().filter_map(|source| press.cited(Some(source), lang)).collect(),
    }
}
