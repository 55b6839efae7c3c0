//! 档号: a reference code read by its parts, each checked by the shape that DA/T 22-2015 gives it.

use crate::diagnostic::{Code, Mark};
use crate::model::{ReferenceCode, Retention};
use crate::site::Site;
use crate::yaml::{Fields, Node, Placed};

/// Reads `archive: {fonds, category, year, retention, unit, item}`. The fonds is the site's where the record names none.
pub(super) fn read(node: &Node, site: &Site, marks: &mut Vec<Mark>) -> Option<ReferenceCode> {
    let mut fields = Fields::of(node, "archive", marks)?;
    let own_fonds = site.archive.fonds.as_deref();
    let fonds = part(&mut fields, "fonds", "fonds", |text| is_upper(text, 3, 5));
    let category = part(&mut fields, "category", "category", |text| is_upper(text, 2, 3));
    let year = part(&mut fields, "year", "year", |text| text.len() == 4 && text.parse::<u16>().is_ok());
    let retention = fields.choice("retention", Retention::CHOICES);
    let unit = part(&mut fields, "unit", "unit", |text| is_upper(text, 1, 6));
    let item = part(&mut fields, "item", "item", |text| text.len() <= 6 && text.parse::<u32>().is_ok_and(|item| item > 0));
    for key in ["fonds", "category", "year", "retention", "item"] {
        let given = fields.any(key).is_some() || key == "fonds" && own_fonds.is_some();
        if !given {
            let span = fields.span();
            fields.mark(Mark::new(Code::FieldMissing, span).with(format!("archive: {key}")));
        }
    }
    let unit_is_wrong = unit.is_none() && fields.any("unit").is_some();
    let fonds_is_wrong = fonds.is_none() && fields.any("fonds").is_some();
    fields.finish();
    if unit_is_wrong || fonds_is_wrong {
        return None;
    }
    Some(ReferenceCode {
        fonds: fonds.map(|fonds| fonds.value).or(own_fonds)?.into(),
        category: category?.value.into(),
        year: year?.value.parse().ok()?,
        retention: retention?.value,
        unit: unit.map(|unit| unit.value.into()),
        item: item?.value.parse().ok()?,
    })
}

/// One part, if it has its shape; else a mark that shows the shape.
fn part<'n>(fields: &mut Fields<'n, '_>, key: &'static str, shape: &str, is_good: fn(&str) -> bool) -> Option<Placed<&'n str>> {
    let text = fields.code(key)?;
    if is_good(text.value) {
        return Some(text);
    }
    fields.mark(Mark::new(Code::ReferenceCode, text.span).with(key).with(text.value).with(shape));
    None
}

fn is_upper(text: &str, least: usize, most: usize) -> bool {
    (least..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}
