//! The words outside of texts: names, notes, labels, reasons. A withheld run in one of them is withheld like any other.

use crate::lang::{Lang, PerLang};
use crate::markdown::{self, Prose, View};
use crate::model::{Archive, FieldContent, Source, SourceRef};
use crate::text::BAR;

/// Opens every word of the archive for a view.
pub(super) fn open_all(archive: &mut Archive, view: View) {
    let site = &mut archive.site;
    both(&mut site.title, view);
    optional(&mut site.description, view);
    optional(&mut site.notice, view);
    for schema in &mut archive.collections {
        both(&mut schema.label, view);
        optional(&mut schema.description, view);
    }
    for term in archive.vocabularies.terms_mut() {
        both(&mut term.name, view);
        optional(&mut term.note.text, view);
        optional(&mut term.note.local, view);
        term.former_names.iter_mut().for_each(|name| both(&mut name.name, view));
        Lang::ALL.into_iter().for_each(|lang| term.aliases.get_mut(lang).iter_mut().for_each(|alias| word(alias, view)));
    }
    for fact in archive.facts.values_mut() {
        both(&mut fact.label, view);
        optional(&mut fact.note, view);
    }
    archive.sources.values_mut().for_each(|source| source_words(source, view));
    for record in &mut archive.records {
        for source in &mut record.sources {
            if let SourceRef::Inline(source) = source {
                source_words(source, view);
            }
        }
        for (_, content) in &mut record.fields {
            if let FieldContent::Text(words) = content {
                optional(words, view);
            }
        }
        if let Some(withdrawal) = &mut record.withdrawn {
            optional(&mut withdrawal.reason, view);
        }
    }
}

fn source_words(source: &mut Source, view: View) {
    optional(&mut source.title, view);
    optional(&mut source.publisher, view);
}

fn both(words: &mut PerLang<Box<str>>, view: View) {
    Lang::ALL.into_iter().for_each(|lang| word(words.get_mut(lang), view));
}

fn optional(words: &mut PerLang<Option<Box<str>>>, view: View) {
    for lang in Lang::ALL {
        if let Some(text) = words.get_mut(lang) {
            word(text, view);
        }
    }
}

/// One word. A mark that cannot be understood closes the whole of it.
fn word(text: &mut Box<str>, view: View) {
    let closing = markdown::find_closing(text, Prose::Line);
    if closing.is_empty() {
        return;
    }
    let is_closed = closing.is_doubtful() && view == View::Public;
    let opened = if is_closed { BAR.to_string() } else { markdown::open_text(text, &closing, view).text.into_owned() };
    *text = markdown::line_text(&opened).into();
}
