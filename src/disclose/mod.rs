//! The privacy gate: archive × profile → edition. Nothing else makes an [`Edition`], and nothing after it can name the
//! archive. What a profile may not see does not exist in its edition: no text, no title, no count, no address.

mod aggregate;
mod body;
mod captions;
mod cells;
mod closed;
mod edition;
mod fold;
mod gate;
mod handout;
mod inside;
mod names;
mod needle;
mod openly;
mod photograph;
mod scans;
mod shown;
mod table;
#[cfg(test)]
mod tests;
mod words;
mod work_plan;

pub use aggregate::KeyKind;
pub use body::Body;
pub use captions::Captions;
pub use edition::{Edition, Entry, EntryText, Profile};
pub use gate::{Leak, LeakGate};
pub use handout::{HandedFile, Handout};
pub use scans::Scans;
pub use table::{Sums, Table};

use crate::date::PartialDate;
use crate::detect::Allowed;
use crate::diagnostic::Findings;
use crate::lang::{Lang, PerLang};
use crate::markdown::{self, Prose, View};
use crate::model::body::Survey;
use crate::model::{Archive, ClosedNames, LinkIndex, Person, Record, RecordFile, RecordScans, RecordText, Status, TermRefs};
use crate::site::Access;
use crate::source::Read;
use fold::Folded;
use handout::{Inspection, Pending};
use needle::Closed;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

/// What the gate kept back, as bare counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KeptBack {
    /// Records that are closed to the profile.
    pub closed: usize,
    /// Records that nobody may see.
    pub sealed: usize,
    /// Drafts and submitted records.
    pub unapproved: usize,
    /// Texts with doubtful marks, of records that are otherwise open.
    pub held_texts: usize,
    /// Datasets that are closed to the profile.
    pub closed_tables: usize,
    /// Closed rows of datasets that are otherwise open.
    pub closed_rows: usize,
}

/// What the gate makes of an archive.
#[derive(Debug)]
pub struct Disclosed {
    /// What the profile may see.
    pub edition: Edition,
    /// What it may not see, to be looked for in finished bytes.
    pub gate: LeakGate,
    /// Closed values that stand openly in a source.
    pub findings: Findings,
    /// What was kept back.
    pub kept_back: KeptBack,
}

/// Makes the edition of a profile. `as_of` is today, or the day that was asked for.
#[must_use]
pub fn disclose(mut archive: Archive, profile: Profile, as_of: PartialDate, source: &dyn Read) -> Disclosed {
    let shown = shown::Shown::of(&archive, profile, as_of, source);
    let mut needles = closed::gather(&archive.records, profile, as_of, source);
    cells::gather(&archive.datasets, profile, as_of, &mut needles);
    let withheld = words::open_all(&mut archive, profile.view());
    if profile == Profile::Public {
        withheld.iter().for_each(|(file, value)| needles.add(file, Closed::Value, [value.as_str()]));
    }
    let numbers =
        (profile == Profile::Public).then(|| (Allowed::new(&archive.site.office), archive.reviews.iter().map(|review| review.stamp).collect()));
    let names = if profile == Profile::Public { ClosedNames::of(&archive.people) } else { ClosedNames::default() };
    if !names.is_empty() {
        names::sharpen(&names, &archive.reviews, &mut needles);
    }
    let reviews = archive.reviews.clone();
    let allowed = Allowed::new(&archive.site.office);
    let mut findings = Findings::default();
    let (mut edition, (pending, scans), kept_back) = open_archive(archive, profile, as_of, &mut findings);
    findings.absorb(openly::settle(&mut edition, &mut needles, &names, source));
    let alone = Mutex::new(());
    let admitted = edition.site.files.clone();
    let inspection =
        Inspection { needles: &needles, names: &names, allowed: &allowed, admitted: &admitted, reviews: &reviews, source, profile, alone };
    findings.absorb(handout::clear(&mut edition, pending, &inspection));
    findings.absorb(scans::clear(&mut edition, scans, &inspection));
    Disclosed { edition, gate: LeakGate { needles, names, shown, numbers }, findings, kept_back }
}

/// What entries would hand out, each with the position of its entry.
type Outgoing = (Vec<Pending>, Vec<(usize, RecordScans)>);

fn open_archive(archive: Archive, profile: Profile, as_of: PartialDate, findings: &mut Findings) -> (Edition, Outgoing, KeptBack) {
    let mut kept = KeptBack::default();
    let tables = table::open_all(archive.datasets, &archive.vocabularies, (profile, as_of), &mut kept, findings);
    let mut entries = Vec::with_capacity(archive.records.len());
    let (mut pending, mut scans) = (Vec::new(), Vec::new());
    for mut record in archive.records {
        let files = std::mem::take(&mut record.files);
        let scanned = std::mem::take(&mut record.scans);
        let shut = shut_texts(&record, profile);
        let Some(entry) = open_record(record, profile, as_of, &mut kept) else { continue };
        if !entry.stub && entry.withdrawn.is_none() {
            pending.extend(open_files(files, (&entry, &shut), profile).map(|file| Pending { entry: entries.len(), file }));
            scans.extend(scanned.into_iter().map(|scans| (entries.len(), RecordScans { label: open_label(scans.label, &entry), ..scans })));
        }
        entries.push(entry);
    }
    // Collections without an open record leave no trace either.
    let used: BTreeSet<u16> = entries.iter().map(|entry| entry.collection).collect();
    let mut renumbered = vec![0u16; archive.collections.len()];
    let mut collections = Vec::new();
    for (at, schema) in (0u16..).zip(archive.collections) {
        if used.contains(&at) {
            renumbered[usize::from(at)] = u16::try_from(collections.len()).unwrap_or(u16::MAX);
            collections.push(schema);
        }
    }
    for entry in &mut entries {
        entry.collection = renumbered[usize::from(entry.collection)];
    }
    let mut index = LinkIndex::default();
    for (entry, at) in entries.iter().zip(0u32..) {
        let collection = &collections[usize::from(entry.collection)].id;
        index.add(collection, &entry.id, at);
        entry.former_ids.iter().for_each(|former| index.add(collection, former, at));
    }
    for (schema, at) in collections.iter().zip(0u16..) {
        index.add_collection(&schema.id, at);
    }
    let mut site = archive.site;
    site.archived = site.archived.filter(|day| day.first_day() <= as_of.first_day());
    let mut edition = Edition {
        profile,
        site,
        collections,
        vocabularies: archive.vocabularies,
        facts: archive.facts,
        sources: archive.sources,
        pictures: archive.pictures,
        entries,
        tables,
        index,
        calendar: archive.calendar,
        people: archive.people.iter().map(|person| (person.id.clone(), named(person, profile))).collect(),
        work_plan: None,
    };
    edition.work_plan = archive.work_plan.map(|plan| work_plan::open(plan, &edition));
    (edition, (pending, scans), kept)
}

/// The languages in which a record has a text that a profile may not see.
fn shut_texts(record: &Record, profile: Profile) -> PerLang<bool> {
    PerLang::build(|lang| record.texts.get(lang).as_ref().is_some_and(|text| !may_see(text, profile)))
}

/// The files of an entry that a profile may have. What a text says of them is closed with it, and so is what is said in them
/// in its language.
fn open_files(files: Vec<RecordFile>, (entry, shut): (&Entry, &PerLang<bool>), profile: Profile) -> impl Iterator<Item = RecordFile> {
    files.into_iter().filter(move |file| is_shown(file.access, profile)).map(move |file| {
        let captions = file.captions;
        let captions = |lang| captions.get(lang).clone().filter(|(_, access)| is_shown(*access, profile) && !shut.get(lang));
        RecordFile {
            label: open_label(file.label, entry),
            poster: file.poster.filter(|(_, access)| is_shown(*access, profile)),
            captions: PerLang::build(captions),
            ..file
        }
    })
}

/// What a thing is called in the languages of an entry's open texts.
fn open_label(label: PerLang<Option<Box<str>>>, entry: &Entry) -> PerLang<Option<Box<str>>> {
    PerLang::build(|lang| label.get(lang).clone().filter(|_| entry.texts.get(lang).is_some()))
}

/// Whether a picture or file of an entry that a profile may see is for it as well.
fn is_shown(access: Access, profile: Profile) -> bool {
    profile == Profile::Internal && access < Access::Sealed || access == Access::Public
}

/// A person as a profile reads their name.
fn named(person: &Person, profile: Profile) -> PerLang<Box<str>> {
    match profile {
        Profile::Public => PerLang::build(|lang| person.public_name(lang)),
        Profile::Internal => person.name.clone(),
    }
}

/// How much of a record a profile may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sight {
    /// All that is not closed in it.
    Whole,
    /// Its title, date and reference code, and why there is no more.
    Stub,
    /// Nothing.
    None,
}

impl Sight {
    fn of(record: &Record, profile: Profile, as_of: PartialDate) -> Sight {
        if record.status != Status::Approved {
            return Sight::None;
        }
        Sight::at(record.level_on(as_of), profile)
    }

    /// How much a profile may see of a thing of a level.
    fn at(level: Access, profile: Profile) -> Sight {
        match (profile, level) {
            (_, Access::Sealed) | (Profile::Public, Access::Internal) => Sight::None,
            (Profile::Public, Access::MetadataOnly) => Sight::Stub,
            (Profile::Public, Access::Public) | (Profile::Internal, _) => Sight::Whole,
        }
    }
}

/// Whether a profile may see a text of a record that it may see.
fn may_see(text: &RecordText, profile: Profile) -> bool {
    match profile {
        Profile::Public => text.is_public(),
        Profile::Internal => text.access != Access::Sealed,
    }
}

fn open_record(record: Record, profile: Profile, as_of: PartialDate, kept: &mut KeptBack) -> Option<Entry> {
    let level = record.level_on(as_of);
    let sight = Sight::of(&record, profile, as_of);
    if sight == Sight::None {
        let counter = match (record.status, level) {
            (Status::Draft | Status::Submitted, _) => &mut kept.unapproved,
            (_, Access::Sealed) => &mut kept.sealed,
            _ => &mut kept.closed,
        };
        *counter += 1;
        return None;
    }
    let stub = sight == Sight::Stub;
    let Record { texts, .. } = record;
    let linked = photograph::linked(&texts, &record.folder);
    let mut open = PerLang::default();
    for (lang, text) in [(Lang::Zh, texts.zh), (Lang::En, texts.en)] {
        *open.get_mut(lang) = text.and_then(|text| open_text(text, profile, stub, kept));
    }
    open.present().next()?;
    // Nothing shows the pictures of a record that was taken back, and an address that was known would still lead to them.
    let described_only = stub || record.withdrawn.is_some();
    let (pictures, cover) = if described_only {
        (BTreeMap::new(), None)
    } else {
        photograph::open(record.pictures, record.cover, &open, &linked, (&record.folder, profile))
    };
    Some(Entry {
        collection: record.collection,
        id: record.id,
        level,
        stub,
        date: record.date,
        terms: if stub { Vec::<TermRefs>::new() } else { record.terms },
        reference: record.reference,
        sources: if stub { Vec::new() } else { record.sources },
        fields: if stub { Vec::new() } else { record.fields },
        former_ids: record.former_ids,
        withdrawn: record.withdrawn,
        corrections: if stub { Vec::new() } else { record.corrections },
        members: if stub { Vec::new() } else { record.members },
        licence: record.licence.filter(|_| !stub),
        texts: open,
        folder: record.folder,
        pictures,
        cover,
        files: Vec::new(),
        scans: Vec::new(),
    })
}

fn open_text(text: RecordText, profile: Profile, stub: bool, kept: &mut KeptBack) -> Option<EntryText> {
    if !may_see(&text, profile) {
        kept.held_texts += usize::from(text.held);
        return None;
    }
    let view = profile.view();
    let line = |line: &str| -> Box<str> {
        let closing = markdown::find_closing(line, Prose::Line);
        markdown::open_text(line, &closing, view).text.into()
    };
    let survey = match (view, text.full) {
        _ if stub => Survey::default(),
        (View::Internal, Some(full)) => *full,
        _ => text.open,
    };
    Some(EntryText {
        title: line(&text.title),
        summary: text.summary.filter(|_| !stub).map(|summary| line(&summary)),
        is_translated: text.translation.is_some(),
        survey,
        file: Arc::clone(&text.file),
        body: (!stub).then(|| Body::cleared(Arc::clone(&text.file), text.body, text.plain.then_some(text.stamp))),
    })
}
