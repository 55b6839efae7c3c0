//! The words outside of texts: names, notes, labels, reasons. A withheld run in one of them is withheld like any other.

use crate::lang::{Lang, PerLang};
use crate::markdown::{self, Prose, View};
use crate::model::{Archive, Fact, FieldContent, Source, SourceRef, Vocabularies, Withdrawal};
use crate::site::{CollectionSchema, Site};
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
    let Archive { site, collections, vocabularies, facts, sources, records, .. } = archive;
    each_shared(Shared { site, collections, vocabularies, facts, sources }, &mut open);
    for record in records {
        let file = record.texts.present().next().and_then(|lang| record.texts.get(lang).as_ref()).map_or(&record.folder, |text| &text.file).clone();
        each_of(&mut record.sources, &mut record.fields, record.withdrawn.as_mut(), &|| Arc::clone(&file), &mut open);
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
    for schema in shared.collections {
        both(&mut schema.label, &named("content/collections.yaml"), visit);
        optional(&mut schema.description, &named("content/collections.yaml"), visit);
    }
    for (vocabulary, term) in shared.vocabularies.terms_mut() {
        let file = || Arc::from(format!("content/vocabulary/{vocabulary}.yaml"));
        both(&mut term.name, &file, visit);
        optional(&mut term.note.text, &file, visit);
        optional(&mut term.note.local, &file, visit);
        term.former_names.iter_mut().for_each(|name| both(&mut name.name, &file, visit));
        for lang in Lang::ALL {
            term.aliases.get_mut(lang).iter_mut().for_each(|alias| visit(&file, alias));
        }
    }
    for fact in shared.facts.values_mut() {
        both(&mut fact.label, &named("content/data"), visit);
        optional(&mut fact.note, &named("content/data"), visit);
    }
    shared.sources.values_mut().for_each(|source| source_words(source, &named("content/data"), visit));
}

/// Visits the words in the facts of one record.
pub(super) fn each_of(
    sources: &mut [SourceRef],
    fields: &mut [(Box<str>, FieldContent)],
    withdrawn: Option<&mut Withdrawal>,
    file: &dyn Fn() -> Arc<str>,
    visit: Visit,
) {
    for source in sources {
        if let SourceRef::Inline(source) = source {
            source_words(source, file, visit);
        }
    }
    for (_, content) in fields {
        if let FieldContent::Text(words) = content {
            optional(words, file, visit);
        }
    }
    if let Some(withdrawal) = withdrawn {
        optional(&mut withdrawal.reason, file, visit);
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
