//! `calendar.yaml`: a list of key dates.

use super::data::{source_ids, words};
use super::read_public_yaml;
use crate::date::{DateFault, PartialDate};
use crate::detect::Allowed;
use crate::diagnostic::{Code, Findings, Mark};
use crate::lang::{Lang, PerLang};
use crate::model::{CALENDAR_FILE, KeyDate, KeyDay, Source};
use crate::source::Read;
use crate::yaml::{Fields, Node, Placed, items_of};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Loads the key dates, in the order of the file.
pub(super) fn load(
    source: &dyn Read,
    is_there: bool,
    (sources, allowed): (&BTreeMap<Box<str>, Source>, &Allowed),
    findings: &mut Findings,
) -> Vec<KeyDate> {
    let file: Arc<str> = Arc::from(CALENDAR_FILE);
    let node = if is_there { read_public_yaml(source, &file, allowed, findings) } else { None };
    let Some(node) = node else { return Vec::new() };
    let mut marks = Vec::new();
    let items = items_of(&node, "calendar.yaml", &mut marks);
    let mut known: BTreeMap<Box<str>, usize> = BTreeMap::new();
    let mut dates: Vec<KeyDate> = Vec::new();
    for (number, item) in (1..).zip(items) {
        let Some(date) = read(item, sources, &mut marks) else { continue };
        if let Some(first) = known.get(&date.id) {
            marks.push(Mark::new(Code::TermTwice, item.span).with(&*date.id).with(first.to_string()));
            continue;
        }
        known.insert(date.id.clone(), number);
        dates.push(date);
    }
    findings.add_all(&file, marks);
    dates
}

fn read(node: &Node, sources: &BTreeMap<Box<str>, Source>, marks: &mut Vec<Mark>) -> Option<KeyDate> {
    let mut fields = Fields::of(node, "calendar.yaml", marks)?;
    let id = fields.id("id");
    let names = PerLang { zh: fields.text("zh"), en: fields.text("en") };
    let written = fields.text("date");
    let is_yearly = fields.truth("yearly").unwrap_or(false);
    let national = fields.truth("national").unwrap_or(false);
    let note = words(fields.words("note"));
    let cited = source_ids(&mut fields, sources);
    for (key, is_there) in [("id", fields.any("id").is_some()), ("zh", names.prefer(Lang::Zh).is_some()), ("date", fields.any("date").is_some())] {
        if !is_there {
            let span = fields.span();
            fields.mark(Mark::new(Code::FieldMissing, span).with(key));
        }
    }
    let day = written.and_then(|written| match day_of(written.value, is_yearly) {
        Ok(day) => Some(day),
        Err(fault) => {
            let code = if fault == DateFault::Calendar { Code::ValueDateCalendar } else { Code::ValueDate };
            fields.mark(Mark::new(code, written.span).with("date").with(written.value));
            None
        }
    });
    fields.finish();
    let id = id?;
    names.prefer(Lang::Zh)?;
    let name = PerLang::build(|lang| names.prefer(lang).map_or(id.value, |(_, text): (Lang, &Placed<&str>)| text.value).into());
    Some(KeyDate { id: id.value.into(), name, day: day?, national, note, sources: cited })
}

/// `2021-02-25`, or `10-17` for a day of every year.
fn day_of(text: &str, is_yearly: bool) -> Result<KeyDay, DateFault> {
    let text = text.trim();
    if let Some((month, day)) = text.split_once('-').filter(|(month, day)| month.len() == 2 && day.len() == 2) {
        let number = |digits: &str| digits.parse::<u8>().map_err(|_| DateFault::Shape);
        let (month, day) = (number(month)?, number(day)?);
        PartialDate::new(2000, Some(month), Some(day))?;
        return if month == 0 || day == 0 { Err(DateFault::Calendar) } else { Ok(KeyDay::Yearly(month, day)) };
    }
    let date = PartialDate::parse(text)?.value;
    Ok(if is_yearly { KeyDay::Since(date) } else { KeyDay::Once(date) })
}
