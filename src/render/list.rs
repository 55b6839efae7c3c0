//! Paged lists of records: collections and years.

use super::card::year_label;
use super::chrome::About;
use super::view::{Link, ListView, YearsView};
use super::{Page, Press};
use crate::lang::Lang;
use crate::path::OutPath;

/// Renders a page of a collection.
pub(super) fn collection(press: &Press, path: &OutPath, (at, page): (u16, u32), lang: Lang) -> Page {
    let schema = &press.edition.collections()[usize::from(at)];
    let addresses = press.plan.addresses();
    let list = press.plan.lists().collection(at);
    let title = schema.label.get(lang).to_string();
    let description = schema.description.get(lang).as_ref().map(ToString::to_string);
    let other = press.other(lang).and_then(|other| addresses.collection(at, page, other).ok());
    let above = vec![press.home_crumb(path, lang)];
    let frame =
        press.frame(path, lang, About { title: page_title(press, &title, page, lang), description: description.clone(), above, other, real: None });
    let pager = press.pager(path, list.len(), page, |page| addresses.collection(at, page, lang).ok());
    let view = ListView { title, description, total: list.len(), cards: press.cards(path, lang, list, page), pager };
    press.print("collection", lang, &frame, &view, "")
}

/// Renders a page of a year.
pub(super) fn year(press: &Press, path: &OutPath, (year, page): (i16, u32), lang: Lang) -> Page {
    let addresses = press.plan.addresses();
    let list = press.plan.lists().year(year);
    let title = year_label(year, lang);
    let other = press.other(lang).and_then(|other| addresses.year(year, page, other).ok());
    let years = addresses.years(lang).ok().map(|years| path.link_to(&years));
    let above = vec![press.home_crumb(path, lang), Link { label: press.word(lang, "years").to_owned(), href: years }];
    let frame = press.frame(path, lang, About { title: page_title(press, &title, page, lang), description: None, above, other, real: None });
    let pager = press.pager(path, list.len(), page, |page| addresses.year(year, page, lang).ok());
    let view = ListView { title, description: None, total: list.len(), cards: press.cards(path, lang, list, page), pager };
    press.print("collection", lang, &frame, &view, "")
}

/// Renders the list of years.
pub(super) fn years(press: &Press, path: &OutPath, lang: Lang) -> Page {
    let other = press.other(lang).and_then(|other| press.plan.addresses().years(other).ok());
    let above = vec![press.home_crumb(path, lang)];
    let frame = press.frame(path, lang, About { title: press.word(lang, "years").to_owned(), description: None, above, other, real: None });
    let view = YearsView { years: press.year_counts(path, lang) };
    press.print("years", lang, &frame, &view, "")
}

/// The title of a later page says which it is, so that no two pages have one title.
pub(super) fn page_title(press: &Press, title: &str, page: u32, lang: Lang) -> String {
    if page == 1 { title.to_owned() } else { format!("{title} {}", press.word(lang, "page_number").replace("{number}", &page.to_string())) }
}
