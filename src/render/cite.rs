//! How to cite a record or a dataset: GB/T 7714—2015 and Chicago for readers, RIS and BibTeX for their programs. The day of access
//! is the reader's to fill in.

use super::describe::{Description, single};
use super::view::CitationView;
use crate::date::{PartialDate, Period};
use crate::lang::Lang;
use std::borrow::Cow;
use std::fmt::Write as _;

/// What is said of a work where it is cited, in one language.
pub(super) struct Cited<'c> {
    pub(super) lang: Lang,
    /// What it goes by in a list of references.
    pub(super) key: String,
    pub(super) kind: Kind,
    pub(super) title: &'c str,
    /// The title in the other language.
    pub(super) alternative: Option<&'c str>,
    pub(super) creator: Option<&'c str>,
    pub(super) site_title: &'c str,
    pub(super) date: Option<Period>,
    /// When it was last put right.
    pub(super) corrected: Option<PartialDate>,
    /// 档号
    pub(super) code: Option<&'c str>,
    pub(super) address: Option<Cow<'c, str>>,
    pub(super) summary: Option<&'c str>,
    pub(super) keywords: Vec<&'c str>,
    /// The address of its licence.
    pub(super) licence: Option<&'c str>,
}

/// What kind of work it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Page,
    Dataset,
}

impl<'c> Cited<'c> {
    /// A record.
    pub(super) fn of(it: &'c Description) -> Cited<'c> {
        Cited {
            lang: it.lang,
            key: format!("{}:{}", it.id.replace('/', ":"), it.lang.code()),
            kind: Kind::Page,
            title: &it.title,
            alternative: it.alternative.as_deref(),
            creator: it.creator(),
            site_title: it.site_title(),
            date: it.entry.date,
            corrected: it.entry.corrected(),
            code: it.code.as_deref(),
            address: it.address.as_deref().map(Cow::Borrowed),
            summary: it.summary.as_deref(),
            keywords: it.keywords(),
            licence: it.licence().and_then(|licence| licence.url.as_deref()),
        }
    }

    /// The citation in each form.
    pub(super) fn view(&self) -> CitationView {
        let text = |push: fn(&mut String, &Cited)| {
            let mut out = String::new();
            push(&mut out, self);
            Some(out)
        };
        CitationView { gb_t_7714: Some(gb_t_7714(self)), chicago: Some(chicago(self)), ris: text(ris), bibtex: text(bibtex) }
    }
}

/// GB/T 7714—2015, 4.6: an electronic resource on line (EB/OL, DB/OL), with the day of its last correction where there was one.
fn gb_t_7714(it: &Cited) -> String {
    let mut out = String::new();
    if let Some(creator) = it.creator {
        let _ = write!(out, "{}. ", creator.trim_end_matches('.'));
    }
    let mark = if it.kind == Kind::Dataset { "DB/OL" } else { "EB/OL" };
    let _ = write!(out, "{}[{mark}]. {}", it.title, it.site_title);
    if let Some(date) = it.date {
        let _ = write!(out, ", {}", years(date));
    }
    if let Some(corrected) = &it.corrected {
        let _ = write!(out, "({corrected})");
    }
    out.push_str(if it.lang == Lang::Zh { "[引用日期]" } else { "[date of access]" });
    if let Some(address) = &it.address {
        let _ = write!(out, ". {address}");
    }
    // An identifier stands behind the path.
    if let Some(code) = it.code {
        let _ = if it.lang == Lang::Zh { write!(out, ". 档号：{code}") } else { write!(out, ". Reference code: {code}") };
    }
    out + "."
}

/// The Chicago Manual of Style, 17th edition, 14.207: a page of a website in a bibliography. What has no date gets that of access.
fn chicago(it: &Cited) -> String {
    let mut out = String::new();
    if let Some(creator) = it.creator {
        let _ = write!(out, "{}. ", creator.trim_end_matches('.'));
    }
    let title = quoted(it.title);
    let stop = if title.trim_end_matches('’').ends_with(['.', '?', '!', '。', '？', '！', '…']) { "" } else { "." };
    let _ = write!(out, "“{title}{stop}” {}", it.site_title);
    if let Some(code) = it.code {
        let _ = write!(out, ", {code}");
    }
    out.push('.');
    if let Some(date) = it.date {
        let _ = write!(out, " {}.", american_period(date));
    }
    if let Some(date) = it.corrected {
        let _ = write!(out, " Last modified {}.", american(date));
    }
    if it.date.is_none() && it.corrected.is_none() {
        out.push_str(" Accessed [date of access].");
    }
    if let Some(address) = &it.address {
        let _ = write!(out, " {address}.");
    }
    out
}

/// A title that stands in double quotes: those inside of it become single ones, straight ones by their turn.
fn quoted(title: &str) -> String {
    let mut is_open = false;
    let turn = |c: char| match c {
        '“' => '‘',
        '”' => '’',
        '"' => {
            is_open = !is_open;
            if is_open { '‘' } else { '’' }
        }
        c => c,
    };
    title.chars().map(turn).collect()
}

/// The year, or the first and the last: 2020, 2009–2021, 2009–.
fn years(period: Period) -> String {
    let year = |date: PartialDate| date.year();
    match (period.from.map(year), period.to.map(year)) {
        (Some(from), Some(to)) if from != to => format!("{from}–{to}"),
        (Some(from), None) => format!("{from}–"),
        (_, to) => to.map_or_else(String::new, |to| to.to_string()),
    }
}

/// A range as American readers write it; single dates too.
fn american_period(period: Period) -> String {
    match (period.from, period.to) {
        (Some(from), Some(to)) if from == to => american(from),
        (Some(from), Some(to)) => format!("{}–{}", american(from), american(to)),
        (Some(from), None) => format!("{}–", american(from)),
        (None, to) => to.map_or_else(String::new, |to| format!("Until {}", american(to))),
    }
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

/// Pushes a work in RIS (Research Information Systems, 2012), lines ended by CR LF.
pub(super) fn ris(out: &mut String, it: &Cited) {
    let mut tag = |name: &str, text: Option<&str>| {
        if let Some(text) = text {
            out.extend([name, "  - ", text, "\r\n"]);
        }
    };
    tag("TY", Some(if it.kind == Kind::Dataset { "DATA" } else { "ELEC" }));
    tag("TI", Some(it.title));
    tag("TT", it.alternative);
    tag("AU", it.creator);
    tag("T2", Some(it.site_title));
    tag("PB", Some(it.creator.unwrap_or(it.site_title)));
    if let Some(period) = it.date {
        tag("PY", period.filing_year().map(|year| format!("{year:04}")).as_deref());
        tag("DA", Some(&ris_date(period, it.lang)));
    }
    tag("AB", it.summary);
    it.keywords.iter().for_each(|word| tag("KW", Some(word)));
    tag("CN", it.code);
    tag("LA", Some(it.lang.tag()));
    tag("UR", it.address.as_deref());
    tag("ER", Some(""));
}

/// All three slashes of a date stand, whatever of it is known. The format knows no range: one is said in words.
fn ris_date(period: Period, lang: Lang) -> String {
    let Some(date) = single(period) else { return period.spell(lang) };
    let written = date.to_string();
    let mut parts = written.split('-');
    let [year, month, day] = [parts.next(), parts.next(), parts.next()].map(Option::unwrap_or_default);
    format!("{year}/{month}/{day}/")
}

/// Pushes a work in BibTeX, as `@misc` with the fields that biblatex and Zotero know besides.
pub(super) fn bibtex(out: &mut String, it: &Cited) {
    let _ = write!(out, "@misc{{{}", it.key);
    let mut field = |name: &str, text: Option<&str>, braces: (&str, &str)| {
        let Some(text) = text else { return };
        let _ = write!(out, ",\n  {name} = {}", braces.0);
        push_tex(out, text);
        out.push_str(braces.1);
    };
    // Double braces keep capitals, and the name of an office from being taken for a person's.
    const WHOLE: (&str, &str) = ("{{", "}}");
    const PLAIN: (&str, &str) = ("{", "}");
    field("title", Some(it.title), WHOLE);
    field("author", it.creator, WHOLE);
    field("howpublished", Some(it.site_title), PLAIN);
    field("type", Some("dataset").filter(|_| it.kind == Kind::Dataset), PLAIN);
    if let Some(period) = it.date {
        field("year", period.filing_year().map(|year| format!("{year:04}")).as_deref(), PLAIN);
        field("month", single(period).and_then(|date| date.to_string().get(5..7).map(str::to_owned)).as_deref(), PLAIN);
        field("date", Some(&period.to_string()), PLAIN);
    }
    field("number", it.code, PLAIN);
    field("language", Some(if it.lang == Lang::Zh { "chinese" } else { "english" }), PLAIN);
    field("keywords", Some(&*it.keywords.join(", ")).filter(|words| !words.is_empty()), PLAIN);
    field("abstract", it.summary, PLAIN);
    field("copyright", it.licence, PLAIN);
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
            // Within a field no brace may stand without its counterpart: each is written by its name, whose own braces pair.
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
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

    fn period(text: &str) -> Period {
        Period::parse(text).unwrap().value
    }

    #[test]
    fn the_signs_of_tex_lose_their_meaning() {
        let mut out = String::new();
        push_tex(&mut out, "50% {a}_b & c\\d");
        assert_eq!(out, "50\\% \\textbraceleft{}a\\textbraceright{}\\_b \\& c\\textbackslash d");
    }

    #[test]
    fn days_are_american_and_months_and_years_stay() {
        let spelled =
            ["2020-11-30", "2020-11", "2020", "2009/2021", "2020-03/2020-05", "2009/..", "../2021"].map(|text| american_period(period(text)));
        assert_eq!(spelled, ["November 30, 2020", "November 2020", "2020", "2009–2021", "March 2020–May 2020", "2009–", "Until 2021"]);
    }

    #[test]
    fn a_range_keeps_both_of_its_years() {
        assert_eq!(
            ["2020-11", "2009/2021", "2020-03/2020-05", "2009/..", "../2021"].map(|text| years(period(text))),
            ["2020", "2009–2021", "2020", "2009–", "2021"]
        );
        assert_eq!(ris_date(period("2009/2021"), Lang::En), "2009–2021");
        assert_eq!(ris_date(period("2020-11"), Lang::En), "2020/11//");
    }

    #[test]
    fn quotes_inside_of_quotes_are_single() {
        assert_eq!(quoted("甲“乙”丙"), "甲‘乙’丙");
        assert_eq!(quoted("The \"good road\" of Guangshan’s camellia"), "The ‘good road’ of Guangshan’s camellia");
    }
}
