//! How to cite a record: GB/T 7714—2015 and Chicago for readers, RIS and BibTeX for their programs. The day of access is the
//! reader's to fill in.

use super::describe::Description;
use crate::date::PartialDate;
use crate::lang::Lang;
use std::fmt::Write as _;

/// GB/T 7714—2015, 4.6: an electronic resource on line (EB/OL), with the day of its last correction where there was one.
pub(super) fn gb_t_7714(it: &Description) -> String {
    let mut out = String::new();
    if let Some(creator) = it.creator() {
        let _ = write!(out, "{creator}. ");
    }
    let _ = write!(out, "{}[EB/OL]. {}", it.title, it.site_title());
    if let Some(year) = it.date.as_deref().and_then(|date| date.get(..4)) {
        let _ = write!(out, ", {year}");
    }
    if let Some(corrected) = &it.corrected {
        let _ = write!(out, "({corrected})");
    }
    out.push_str(if it.lang == Lang::Zh { "[引用日期]" } else { "[date of access]" });
    if let Some(code) = &it.code {
        let _ = if it.lang == Lang::Zh { write!(out, ". 档号：{code}") } else { write!(out, ". Reference code: {code}") };
    }
    if let Some(address) = &it.address {
        let _ = write!(out, ". {address}");
    }
    out + "."
}

/// The Chicago Manual of Style, 17th edition, 14.207: a page of a website in a bibliography.
pub(super) fn chicago(it: &Description) -> String {
    let mut out = String::new();
    if let Some(creator) = it.creator() {
        let _ = write!(out, "{}. ", creator.trim_end_matches('.'));
    }
    let stop = if it.title.ends_with(['.', '?', '!', '。', '？', '！', '…']) { "" } else { "." };
    let _ = write!(out, "“{}{stop}” {}", it.title, it.site_title());
    if let Some(code) = &it.code {
        let _ = write!(out, ", {code}");
    }
    out.push('.');
    if let Some(date) = it.entry.date.and_then(super::describe::single) {
        let _ = write!(out, " {}.", american(date));
    }
    if let Some(date) = it.entry.corrected() {
        let _ = write!(out, " Last modified {}.", american(date));
    }
    if let Some(address) = &it.address {
        let _ = write!(out, " {address}.");
    }
    out
}

/// November 30, 2020: as the manual's American readers write it.
fn american(date: PartialDate) -> String {
    let spelled = date.spell(Lang::En);
    let parts: Vec<&str> = spelled.split(' ').collect();
    match parts.as_slice() {
        [day, month, year] => format!("{month} {day}, {year}"),
        _ => spelled,
    }
}

/// Pushes a record in RIS (Research Information Systems, 2012), lines ended by CR LF.
pub(super) fn ris(out: &mut String, it: &Description) {
    let mut tag = |name: &str, text: Option<&str>| {
        if let Some(text) = text {
            out.extend([name, "  - ", text, "\r\n"]);
        }
    };
    tag("TY", Some("ELEC"));
    tag("TI", Some(&it.title));
    tag("TT", it.alternative.as_deref());
    tag("AU", it.creator());
    tag("T2", Some(it.site_title()));
    tag("PB", Some(it.creator().unwrap_or_else(|| it.site_title())));
    if let Some(date) = &it.date {
        tag("PY", date.get(..4));
        // All three slashes stand, whatever of the date is known.
        let mut parts = date.split('-');
        let day = [parts.next(), parts.next(), parts.next()].map(Option::unwrap_or_default);
        tag("DA", Some(&format!("{}/{}/{}/", day[0], day[1], day[2])));
    }
    tag("AB", it.summary.as_deref());
    for field in ["programmes", "places"] {
        it.entry.terms_of(field).iter().for_each(|id| tag("KW", Some(it.term(*id))));
    }
    tag("CN", it.code.as_deref());
    tag("LA", Some(it.lang.tag()));
    tag("UR", it.address.as_deref());
    tag("ER", Some(""));
}

/// Pushes a record in BibTeX, as `@misc` with the fields that biblatex and Zotero know besides.
pub(super) fn bibtex(out: &mut String, it: &Description) {
    let _ = write!(out, "@misc{{{}:{}", it.id.replace('/', ":"), it.lang.code());
    let mut field = |name: &str, text: Option<&str>, braces: (&str, &str)| {
        let Some(text) = text else { return };
        let _ = write!(out, ",\n  {name} = {}", braces.0);
        push_tex(out, text);
        out.push_str(braces.1);
    };
    // Double braces keep capitals, and the name of an office from being taken for a person's.
    const WHOLE: (&str, &str) = ("{{", "}}");
    const PLAIN: (&str, &str) = ("{", "}");
    field("title", Some(&it.title), WHOLE);
    field("author", it.creator(), WHOLE);
    field("howpublished", Some(it.site_title()), PLAIN);
    if let Some(date) = &it.date {
        field("year", date.get(..4), PLAIN);
        field("month", date.get(5..7), PLAIN);
        field("date", Some(date), PLAIN);
    }
    field("number", it.code.as_deref(), PLAIN);
    field("language", Some(if it.lang == Lang::Zh { "chinese" } else { "english" }), PLAIN);
    field("keywords", Some(&*it.keywords()).filter(|words| !words.is_empty()), PLAIN);
    field("abstract", it.summary.as_deref(), PLAIN);
    field("copyright", it.licence().and_then(|licence| licence.url.as_deref()), PLAIN);
    if let Some(address) = &it.address {
        // An address is read as it stands.
        let _ = write!(out, ",\n  url = {{{address}}}");
    }
    out.push_str("\n}\n");
}

/// Pushes a text with the signs of TeX taken from it.
fn push_tex(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' => out.extend(['\\', c]),
            // Within a field no brace may stand without its counterpart, however it is written.
            '{' => out.push('('),
            '}' => out.push(')'),
            '~' => out.push_str("\\textasciitilde "),
            '^' => out.push_str("\\textasciicircum "),
            '\\' => out.push_str("\\textbackslash "),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signs_of_tex_lose_their_meaning() {
        let mut out = String::new();
        push_tex(&mut out, "50% {a}_b & c\\d");
        assert_eq!(out, "50\\% (a)\\_b \\& c\\textbackslash d");
    }

    #[test]
    fn days_are_american_and_months_and_years_stay() {
        let spelled = |text: &str| american(PartialDate::parse(text).unwrap().value);
        assert_eq!([spelled("2020-11-30"), spelled("2020-11"), spelled("2020")], ["November 30, 2020", "November 2020", "2020"]);
    }
}
