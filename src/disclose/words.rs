//! The words outside of texts: names, notes, labels, reasons. A withheld run in one of them is withheld like any other.

use crate::lang::{Lang, PerLang};
use crate::markdown::{self, Prose, View};
use crate::model::{
    Archive, CALENDAR_FILE, Cells, Column, ColumnKind, Correction, Dataset, EnglishUnit, Fact, FieldContent, KeyDate, Member, PEOPLE_FILE,
    PictureWords, Record, Source, SourceRef, Unit, Vocabularies, WORK_PLAN_FILE, Withdrawal, WorkPlan,
};
use crate::site::{CollectionSchema, FieldKind, Licence, Site};
use crate::text::BAR;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Opens every word of the archive for a view, and hands over what was withheld in it, with its file.
pub(super) fn open_all(archive: &mut Archive, view: View) -> Vec<(Arc<str>, String)> {
    let mut withheld = Vec::new();
    let mut open = |file: &dyn Fn() -> Arc<str>, text: &mut Box<str>| {
        let closing = markdown::find_closing(text, Prose::Line);
        if closing.is_empty() {
            return;
        }
        // A mark that cannot be understood closes the whole of the word.
        let is_closed = closing.is_doubtful() && view == View::Public;
        if is_closed {
            withheld.push((file(), text.to_string()));
        }
        withheld.extend(closing.closed(text).map(|closed| (file(), closed.to_owned())));
        let opened = if is_closed { BAR.to_string() } else { markdown::open_text(text, &closing, view).text.into_owned() };
        *text = markdown::line_text(&opened).into();
    };
    let Archive { site, collections, vocabularies, facts, sources, records, datasets, calendar, people, work_plan, .. } = archive;
    each_shared(Shared { site, collections, vocabularies, facts, sources, calendar, work_plan: work_plan.as_mut() }, &mut open);
    for person in people {
        let file = || Arc::from(PEOPLE_FILE);
        if person.is_named_openly() {
            both(&mut person.name, &file, &mut open);
        }
        optional(&mut person.pseudonym, &file, &mut open);
        optional(&mut person.role, &file, &mut open);
    }
    for dataset in datasets {
        let file = Arc::clone(&dataset.file);
        let Dataset { title, note, source, columns, licence, publications, .. } = dataset;
        of_table(TableWords { title, note, source: source.as_mut(), licence: licence.as_mut(), columns }, &|| Arc::clone(&file), &mut open);
        for sums in publications {
            both(&mut sums.title, &|| Arc::clone(&file), &mut open);
            optional(&mut sums.note, &|| Arc::clone(&file), &mut open);
        }
    }
    for record in records {
        let file = record.texts.present().next().and_then(|lang| record.texts.get(lang).as_ref()).map_or(&record.folder, |text| &text.file).clone();
        let Record { sources, fields, withdrawn, corrections, members, licence, .. } = record;
        let words = RecordWords { sources, fields, withdrawn: withdrawn.as_mut(), corrections, members, licence: licence.as_deref_mut() };
        each_of(words, &|| Arc::clone(&file), &mut open);
        record.files.iter_mut().for_each(|handed| optional(&mut handed.label, &|| Arc::clone(&file), &mut open));
        let said = record.pictures.iter_mut().filter_map(|picture| picture.words.as_mut());
        said.for_each(|words| of_picture(words, &|| Arc::clone(&file), &mut open));
        record.scans.iter_mut().for_each(|scans| optional(&mut scans.label, &|| Arc::clone(&file), &mut open));
    }
    withheld
}

/// What a site has of words beside its records.
pub(super) struct Shared<'a> {
    pub(super) site: &'a mut Site,
    pub(super) collections: &'a mut [CollectionSchema],
    pub(super) vocabularies: &'a mut Vocabularies,
    pub(super) facts: &'a mut BTreeMap<Box<str>, Fact>,
    pub(super) sources: &'a mut BTreeMap<Box<str>, Source>,
    pub(super) work_plan: Option<&'a mut WorkPlan>,
    pub(super) calendar: &'a mut [KeyDate],
}

/// Is called for a word, with the way to the name of its file, which is asked for rarely.
pub(super) type Visit<'v> = &'v mut dyn FnMut(&dyn Fn() -> Arc<str>, &mut Box<str>);

/// Visits the words that belong to no record.
pub(super) fn each_shared(shared: Shared, visit: Visit) {
    let named = |name: &'static str| move || Arc::from(name);
    let site = shared.site;
    both(&mut site.title, &named("content/site.yaml"), visit);
    optional(&mut site.description, &named("content/site.yaml"), visit);
    optional(&mut site.notice, &named("content/site.yaml"), visit);
    optional(&mut site.archive.fonds_name, &named("content/site.yaml"), visit);
    optional(&mut site.archive.creator, &named("content/site.yaml"), visit);
    let contact = &mut site.contact;
    let portal = site.portal.iter_mut().flat_map(|portal| [&mut portal.sponsor, &mut portal.organiser]);
    for words in portal.chain([&mut contact.name, &mut contact.address, &mut contact.hours]) {
        optional(words, &named("content/site.yaml"), visit);
    }
    if let Some(licence) = &mut site.licence {
        both(&mut licence.name, &named("content/site.yaml"), visit);
    }
    shared.collections.iter_mut().for_each(|schema| schema_words(schema, visit));
    for (vocabulary, term) in shared.vocabularies.terms_mut() {
        let file = || Arc::from(format!("content/vocabulary/{vocabulary}.yaml"));
        both(&mut term.name, &file, visit);
        optional(&mut term.note.text, &file, visit);
        optional(&mut term.note.local, &file, visit);
        // Lists are sorted by these: their order would tell what is withheld.
        [&mut term.code, &mut term.pinyin, &mut term.sort_key].into_iter().flatten().for_each(|text| visit(&file, text));
        term.former_names.iter_mut().for_each(|name| both(&mut name.name, &file, visit));
        for lang in Lang::ALL {
            term.aliases.get_mut(lang).iter_mut().for_each(|alias| visit(&file, alias));
        }
    }
    for fact in shared.facts.values_mut() {
        both(&mut fact.label, &named("content/data"), visit);
        optional(&mut fact.note, &named("content/data"), visit);
        let units = std::iter::once(&mut fact.unit).chain(fact.conflicts.iter_mut().map(|rival| &mut rival.unit));
        units.for_each(|unit| unit_words(unit, &named("content/data"), visit));
    }
    shared.sources.values_mut().for_each(|source| source_words(source, &named("content/data"), visit));
    if let Some(plan) = shared.work_plan {
        plan_words(plan, &named(WORK_PLAN_FILE), visit);
    }
    for date in shared.calendar.iter_mut() {
        both(&mut date.name, &named(CALENDAR_FILE), visit);
        optional(&mut date.note, &named(CALENDAR_FILE), visit);
    }
}

fn plan_words(plan: &mut WorkPlan, file: &dyn Fn() -> Arc<str>, visit: Visit) {
    both(&mut plan.title, file, visit);
    optional(&mut plan.label, file, visit);
    optional(&mut plan.note, file, visit);
    for item in &mut plan.items {
        optional(&mut item.number, file, visit);
        both(&mut item.heading, file, visit);
        optional(&mut item.summary, file, visit);
        item.deadlines.iter_mut().for_each(|deadline| both(&mut deadline.what, file, visit));
    }
    for term in &mut plan.terms {
        both(&mut term.name, file, visit);
        optional(&mut term.reason, file, visit);
    }
}

/// What the facts of a record have of words.
pub(super) struct RecordWords<'a> {
    pub(super) sources: &'a mut [SourceRef],
    pub(super) fields: &'a mut [(Box<str>, FieldContent)],
    pub(super) withdrawn: Option<&'a mut Withdrawal>,
    pub(super) corrections: &'a mut [Correction],
    pub(super) members: &'a mut [Member],
    pub(super) licence: Option<&'a mut Licence>,
}

/// Visits the words in the facts of one record.
pub(super) fn each_of(record: RecordWords, file: &dyn Fn() -> Arc<str>, visit: Visit) {
    for source in record.sources {
        if let SourceRef::Inline(source) = source {
            source_words(source, file, visit);
        }
    }
    for (_, content) in record.fields {
        match content {
            FieldContent::Text(words) => optional(words, file, visit),
            FieldContent::Choice(chosen) => chosen.iter_mut().for_each(|choice| visit(file, choice)),
            FieldContent::Number(_) | FieldContent::Date(_) | FieldContent::Truth(_) | FieldContent::Url(_) => {}
        }
    }
    if let Some(withdrawal) = record.withdrawn {
        optional(&mut withdrawal.reason, file, visit);
    }
    record.corrections.iter_mut().for_each(|correction| optional(&mut correction.text, file, visit));
    record.members.iter_mut().for_each(|member| optional(&mut member.note, file, visit));
    if let Some(licence) = record.licence {
        both(&mut licence.name, file, visit);
    }
}

/// Visits what is said of a picture.
pub(super) fn of_picture(words: &mut PictureWords, file: &dyn Fn() -> Arc<str>, visit: Visit) {
    words.each_mut().into_iter().for_each(|word| optional(word, file, visit));
}

/// What a table has of words.
pub(super) struct TableWords<'a> {
    pub(super) title: &'a mut PerLang<Box<str>>,
    pub(super) note: &'a mut PerLang<Option<Box<str>>>,
    pub(super) source: Option<&'a mut SourceRef>,
    pub(super) licence: Option<&'a mut Licence>,
    pub(super) columns: &'a mut [Column],
}

/// Visits the words of one table, its cells among them.
pub(super) fn of_table(table: TableWords, file: &dyn Fn() -> Arc<str>, visit: Visit) {
    both(table.title, file, visit);
    optional(table.note, file, visit);
    if let Some(SourceRef::Inline(source)) = table.source {
        source_words(source, file, visit);
    }
    if let Some(licence) = table.licence {
        both(&mut licence.name, file, visit);
    }
    for column in table.columns {
        both(&mut column.label, file, visit);
        if let Some(unit) = &mut column.unit {
            unit_words(unit, file, visit);
        }
        // The other kinds hold ids, which count in links only, and two words.
        if !matches!(column.kind, ColumnKind::Term(_) | ColumnKind::Flag) {
            cell_words(&mut column.cells, file, visit);
            column.english.iter_mut().for_each(|cells| cell_words(cells, file, visit));
        }
    }
}

fn cell_words(cells: &mut Cells, file: &dyn Fn() -> Arc<str>, visit: Visit) {
    let mut changed = false;
    let visited: Cells = cells
        .iter()
        .map(|cell| {
            let mut text: Box<str> = cell.into();
            visit(file, &mut text);
            changed |= *text != *cell;
            text
        })
        .collect();
    if changed {
        *cells = visited;
    }
}

fn schema_words(schema: &mut CollectionSchema, visit: Visit) {
    let file = || Arc::from("content/collections.yaml");
    both(&mut schema.label, &file, visit);
    optional(&mut schema.description, &file, visit);
    for field in &mut schema.fields {
        both(&mut field.label, &file, visit);
        if let FieldKind::Choice(options) = &mut field.kind {
            options.iter_mut().for_each(|option| visit(&file, option));
        }
    }
}

fn unit_words(unit: &mut Unit, file: &dyn Fn() -> Arc<str>, visit: Visit) {
    visit(file, &mut unit.zh);
    match &mut unit.en {
        EnglishUnit::Noun { one, many } => [one, many].into_iter().for_each(|noun| visit(file, noun)),
        EnglishUnit::Fixed(text) => visit(file, text),
        EnglishUnit::Year => {}
    }
}

fn source_words(source: &mut Source, file: &dyn Fn() -> Arc<str>, visit: Visit) {
    optional(&mut source.title, file, visit);
    optional(&mut source.publisher, file, visit);
}

fn both(words: &mut PerLang<Box<str>>, file: &dyn Fn() -> Arc<str>, visit: Visit) {
    Lang::ALL.into_iter().for_each(|lang| visit(file, words.get_mut(lang)));
}

fn optional(words: &mut PerLang<Option<Box<str>>>, file: &dyn Fn() -> Arc<str>, visit: Visit) {
    for lang in Lang::ALL {
        if let Some(text) = words.get_mut(lang) {
            visit(file, text);
        }
    }
}
