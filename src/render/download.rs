//! A dataset to be downloaded: CSV for spreadsheets and JSON for programs, each one file for both languages with all rows.
//! Numbers stand in them as they are written in the source, in the unit of their column.

use super::{Page, Press};
use crate::disclose::{Edition, KeyKind, Sums, Table};
use crate::lang::{Lang, PerLang};
use crate::model::{Column, ColumnKind, SourceRef, TermId, Unit};
use crate::plan::Download;
use crate::site::Access;
use std::fmt::Write as _;

/// Renders a download.
pub(super) fn download(press: &Press, at: u32, format: Download) -> Page {
    let table = &press.edition.tables()[at as usize];
    Ok(match format {
        Download::Csv => csv(press, table),
        Download::Json => json(press, table),
    })
}

/// The theme's word for a key that is none of the table's own; none where the cell has one.
pub(super) fn key_word(sums: &Sums, row: usize, column: usize) -> Option<&'static str> {
    if column >= sums.by {
        return None;
    }
    let kept = usize::from(sums.kept.get(row).copied().unwrap_or_default());
    if column == kept {
        return Some(if kept == 0 { "table_total" } else { "table_subtotal" });
    }
    match sums.keys.get(&(row, column))? {
        KeyKind::Blank => Some("figure_none"),
        KeyKind::Merged => Some("table_merged"),
        KeyKind::Stated => None,
    }
}

/// The term of a cell.
pub(super) fn term_of(edition: &Edition, column: &Column, id: &str) -> Option<TermId> {
    let ColumnKind::Term(vocabulary) = &column.kind else { return None };
    let (at, list) = edition.vocabularies().named(vocabulary)?;
    list.position(id).map(|term| TermId { vocabulary: at, term })
}

/// The languages of the site that a column has words for; one where its cells are the same in all.
fn languages(press: &Press, column: &Column) -> Vec<Lang> {
    let all = &press.edition.site().languages;
    let differ = column.english.is_some() || matches!(column.kind, ColumnKind::Term(_));
    if differ { all.clone() } else { all.iter().copied().take(1).collect() }
}

/// RFC 4180 with a byte-order mark, without which a spreadsheet takes Chinese for something else.
fn csv(press: &Press, table: &Table) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let hides = table.sums.as_ref().is_some_and(|sums| !sums.hidden.is_empty());
    let mut head: Vec<String> = Vec::new();
    for column in &table.columns {
        let own = languages(press, column);
        head.extend(own.iter().map(|lang| harmless(&if own.len() > 1 { heading(press, column, *lang) } else { headings(press, column) })));
    }
    head.extend(hides.then(|| in_all(press, "table_note")));
    // Writing into memory cannot fail.
    let _ = writer.write_record(&head);
    for row in 0..table.rows.len() {
        let mut cells: Vec<String> = Vec::new();
        for (at, column) in table.columns.iter().enumerate() {
            cells.extend(languages(press, column).into_iter().map(|lang| csv_cell(press, table, (row, at), column, lang)));
        }
        if let Some(sums) = table.sums.as_ref().filter(|_| hides) {
            let is_hidden = sums.hidden.range((row, 0)..(row + 1, 0)).next().is_some();
            cells.push(if is_hidden { hidden_note(press, sums) } else { String::new() });
        }
        let _ = writer.write_record(&cells);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    format!("\u{FEFF}{}", String::from_utf8_lossy(&bytes))
}

fn csv_cell(press: &Press, table: &Table, (row, at): (usize, usize), column: &Column, lang: Lang) -> String {
    if let Some(key) = table.sums.as_ref().and_then(|sums| key_word(sums, row, at)) {
        return if languages(press, column).len() > 1 { press.word(lang, key).to_owned() } else { in_all(press, key) };
    }
    let written = column.words(row, lang);
    match &column.kind {
        ColumnKind::Text => harmless(written),
        ColumnKind::Term(_) => {
            term_of(press.edition, column, written).map_or_else(String::new, |id| harmless(press.edition.vocabularies().term(id).name.get(lang)))
        }
        _ => written.to_owned(),
    }
}

/// A text that no spreadsheet takes for a formula (OWASP, *CSV Injection*).
pub(super) fn harmless(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    if is_formula { format!("'{text}") } else { text.to_owned() }
}

fn heading(press: &Press, column: &Column, lang: Lang) -> String {
    let label = if column.kind == ColumnKind::Count { press.word(lang, "table_count") } else { column.label.get(lang) };
    let unit = column.unit.as_ref().map(|unit| if lang == Lang::Zh { unit.heading(lang).to_owned() } else { unit.english_multiple() });
    match (unit.filter(|unit| !unit.is_empty()), lang) {
        (None, _) => label.to_owned(),
        (Some(unit), Lang::Zh) => format!("{label}（{unit}）"),
        (Some(unit), Lang::En) => format!("{label} ({unit})"),
    }
}

/// The heading of a column that is the same in all languages.
fn headings(press: &Press, column: &Column) -> String {
    joined(press.edition.site().languages.iter().map(|lang| heading(press, column, *lang)))
}

/// A word of the theme in every language of the site.
fn in_all(press: &Press, key: &str) -> String {
    joined(press.edition.site().languages.iter().map(|lang| press.word(*lang, key).to_owned()))
}

fn joined(words: impl Iterator<Item = String>) -> String {
    let mut words: Vec<String> = words.collect();
    words.dedup();
    words.join(" / ")
}

fn hidden_note(press: &Press, sums: &Sums) -> String {
    in_all(press, "table_hidden_note").replace("{count}", &sums.smallest.to_string())
}

/// One object: what the table is, its columns, its rows as objects in the order of the columns.
fn json(press: &Press, table: &Table) -> String {
    let mut out = String::from("{\n");
    let languages = &press.edition.site().languages;
    let _ = write!(out, "  \"id\": {},\n  \"title\": {}", quoted(&table.id), both(languages, |lang| Some(table.title.get(lang))));
    if table.note.present().next().is_some() {
        let _ = write!(out, ",\n  \"note\": {}", both(languages, |lang| table.note.get(lang).as_deref()));
    }
    if let Some(date) = table.as_of {
        let _ = write!(out, ",\n  \"as_of\": {}", quoted(&date.to_string()));
    }
    if let Some(source) = table.source.as_ref().and_then(|source| json_source(press, source)) {
        let _ = write!(out, ",\n  \"source\": {source}");
    }
    if let Some(licence) = table.licence.as_ref().or(press.edition.site().licence.as_ref()) {
        let url = licence.url.as_ref().map_or_else(String::new, |url| format!(", \"url\": {}", quoted(url)));
        let _ = write!(out, ",\n  \"licence\": {{\"name\": {}{url}}}", both(languages, |lang| Some(licence.name.get(lang))));
    }
    if let Some(level) = level_word(table.level) {
        let _ = write!(out, ",\n  \"access\": {}", quoted(level));
    }
    if let Some(sums) = &table.sums {
        let _ = write!(out, ",\n  \"sums\": {}", json_sums(press, table, sums));
    }
    list(&mut out, "columns", table.columns.iter().map(|column| json_column(press, column)));
    let closed: Vec<String> = table.rows.iter().enumerate().filter(|(_, level)| **level != Access::Public).map(|(row, _)| row.to_string()).collect();
    if !closed.is_empty() {
        let _ = write!(out, ",\n  \"closed_rows\": [{}]", closed.join(", "));
    }
    list(&mut out, "rows", (0..table.rows.len()).map(|row| json_row(table, row)));
    out.push_str("\n}\n");
    out
}

/// A list of objects, one a line.
fn list(out: &mut String, key: &str, items: impl Iterator<Item = String>) {
    let _ = write!(out, ",\n  \"{key}\": [");
    let mut is_first = true;
    for item in items {
        out.push_str(if is_first { "\n    " } else { ",\n    " });
        out.push_str(&item);
        is_first = false;
    }
    out.push_str(if is_first { "]" } else { "\n  ]" });
}

fn json_column(press: &Press, column: &Column) -> String {
    let languages = &press.edition.site().languages;
    let label = |lang: Lang| if column.kind == ColumnKind::Count { press.word(lang, "table_count") } else { &**column.label.get(lang) };
    let mut out = format!(
        "{{\"id\": {}, \"type\": {}, \"label\": {}",
        quoted(&column.id),
        quoted(column.kind.word()),
        both(languages, |lang| Some(label(lang)))
    );
    if let Some(unit) = &column.unit {
        let _ = write!(out, ", \"unit\": {}", json_unit(languages, unit));
    }
    if let Some(level) = level_word(column.access) {
        let _ = write!(out, ", \"access\": {}", quoted(level));
    }
    let mut used: Vec<TermId> = column.cells.iter().filter_map(|id| term_of(press.edition, column, id)).collect();
    used.sort_unstable();
    used.dedup();
    if !used.is_empty() {
        let term = |id: &TermId| {
            let term = press.edition.vocabularies().term(*id);
            format!("{}: {}", quoted(&term.id), both(languages, |lang| Some(term.name.get(lang))))
        };
        let _ = write!(out, ", \"terms\": {{{}}}", used.iter().map(term).collect::<Vec<_>>().join(", "));
    }
    out.push('}');
    out
}

/// The names of a unit and by what a number is multiplied for the English one.
fn json_unit(languages: &[Lang], unit: &Unit) -> String {
    let names = both(languages, |lang| Some(unit.heading(lang)));
    if (unit.scale - 1.0).abs() < f64::EPSILON { names } else { format!("{}, \"scale\": {}}}", names.trim_end_matches('}'), unit.scale) }
}

fn json_row(table: &Table, row: usize) -> String {
    let cell = |column: &Column| {
        let (zh, en) = (column.words(row, Lang::Zh), column.words(row, Lang::En));
        let value = match &column.kind {
            _ if zh.is_empty() && en.is_empty() => "null".to_owned(),
            ColumnKind::Text if zh != en => format!("{{\"zh\": {}, \"en\": {}}}", quoted(zh), quoted(en)),
            ColumnKind::Text | ColumnKind::Date | ColumnKind::Term(_) => quoted(zh),
            ColumnKind::Flag => zh.to_owned(),
            ColumnKind::Number | ColumnKind::Integer | ColumnKind::Percent | ColumnKind::Year | ColumnKind::Count => json_number(zh),
        };
        format!("{}: {value}", quoted(&column.id))
    };
    format!("{{{}}}", table.columns.iter().map(cell).collect::<Vec<_>>().join(", "))
}

/// A printed number as JSON writes it: `.5` and `5.` are none there. What is no number at all is a text.
fn json_number(printed: &str) -> String {
    let (sign, number) = printed.strip_prefix('-').map_or(("", printed), |number| ("-", number));
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) {
        return quoted(printed);
    }
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// What the lines of sums are: how many keys each has, which cells are hidden, which keys were put together.
fn json_sums(press: &Press, table: &Table, sums: &Sums) -> String {
    let kept: Vec<String> = sums.kept.iter().map(u8::to_string).collect();
    let place = |(row, column): &(usize, usize)| {
        let id = table.columns.get(*column).map_or("", |column| &column.id);
        format!("[{row}, {}]", quoted(id))
    };
    let hidden: Vec<String> = sums.hidden.iter().map(place).collect();
    let merged: Vec<String> = sums.keys.iter().filter(|(_, kind)| **kind == KeyKind::Merged).map(|(at, _)| place(at)).collect();
    let note = |lang| press.word(lang, "table_hidden_note").replace("{count}", &sums.smallest.to_string());
    let notes = PerLang::build(note);
    format!(
        "{{\"by\": {}, \"smallest\": {}, \"keys\": [{}], \"hidden\": [{}], \"merged\": [{}], \"note\": {}}}",
        sums.by,
        sums.smallest,
        kept.join(", "),
        hidden.join(", "),
        merged.join(", "),
        both(&press.edition.site().languages, |lang| Some(notes.get(lang)))
    )
}

fn json_source(press: &Press, source: &SourceRef) -> Option<String> {
    let source = match source {
        SourceRef::Cited(id) => press.edition.source(id)?,
        SourceRef::Inline(source) => source,
    };
    let languages = &press.edition.site().languages;
    let mut out = format!("{{\"title\": {}", both(languages, |lang| source.title.prefer(lang).map(|(_, title)| &**title)));
    if source.publisher.present().next().is_some() {
        let _ = write!(out, ", \"publisher\": {}", both(languages, |lang| source.publisher.prefer(lang).map(|(_, publisher)| &**publisher)));
    }
    if let Some(date) = source.date {
        let _ = write!(out, ", \"date\": {}", quoted(&date.to_string()));
    }
    if let Some(url) = &source.url {
        let _ = write!(out, ", \"url\": {}", quoted(url));
    }
    out.push('}');
    Some(out)
}

fn level_word(level: Access) -> Option<&'static str> {
    Access::CHOICES.iter().find(|(_, known)| *known == level).map(|(word, _)| *word).filter(|_| level != Access::Public)
}

fn both<'t>(languages: &[Lang], words: impl Fn(Lang) -> Option<&'t str>) -> String {
    let known = languages.iter().filter_map(|lang| Some(format!("\"{}\": {}", lang.code(), quoted(words(*lang)?))));
    format!("{{{}}}", known.collect::<Vec<_>>().join(", "))
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}
