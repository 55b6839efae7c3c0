//! A record: facts once, and one text per language.

use super::body::Survey;
use super::{Classification, Closure, Correction, Member, RecordFile, RecordPicture, RecordScans, Source, TermId};
use crate::date::{PartialDate, Period};
use crate::diagnostic::Span;
use crate::lang::PerLang;
use crate::site::{Access, Licence};
use std::fmt;
use std::sync::Arc;

/// One archival item or story.
#[derive(Debug)]
pub struct Record {
    /// The position of its collection in the archive.
    pub collection: u16,
    /// Its id, unique in the collection.
    pub id: Box<str>,
    /// Who may see it.
    pub access: Access,
    /// From when on its level no longer holds.
    pub open_after: Option<PartialDate>,
    /// 密级
    pub classification: Classification,
    /// Whether it is approved.
    pub status: Status,
    /// When it happened or was made.
    pub date: Option<Period>,
    /// The terms it carries, by field: places, programmes, units and those that the collection declares.
    pub terms: Vec<TermRefs>,
    /// 档号
    pub reference: Option<ReferenceCode>,
    /// Where it is written.
    pub reference_at: Option<(Arc<str>, Span)>,
    /// Where its content comes from.
    pub sources: Vec<SourceRef>,
    /// The values of the collection's own fields, beside those that are terms.
    pub fields: Vec<(Box<str>, FieldContent)>,
    /// Ids that it had before.
    pub former_ids: Vec<Box<str>>,
    /// Whether it was taken back.
    pub withdrawn: Option<Withdrawal>,
    /// What was put right in it after it was published.
    pub corrections: Vec<Correction>,
    /// What it gathers, where it is a curated page.
    pub members: Vec<Member>,
    /// Its own licence, where it is not the site's.
    pub licence: Option<Box<Licence>>,
    /// Its text in each language.
    pub texts: PerLang<Option<RecordText>>,
    /// Whether any fact stands in its front matter.
    pub has_facts: bool,
    /// The folder that its texts lie in.
    pub folder: Arc<str>,
    /// The pictures of its folder that may be shown to those who see the record.
    pub pictures: Vec<RecordPicture>,
    /// The path of the picture that stands for it.
    pub cover: Option<Arc<str>>,
    /// The files that are handed out beside its text.
    pub files: Vec<RecordFile>,
    /// The scanned pages that are shown beside it.
    pub scans: Vec<RecordScans>,
}

/// That a record was taken back; its address stays and says so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Withdrawal {
    /// When.
    pub date: Option<PartialDate>,
    /// Why, in words for readers.
    pub reason: PerLang<Option<Box<str>>>,
}

/// The terms of one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermRefs {
    /// The field: `places`, `programmes`, `units` or one of the collection's.
    pub field: Box<str>,
    /// The terms.
    pub terms: Vec<TermId>,
}

/// A source of a record: cited by id, or written out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceRef {
    /// The id of a source in `data/`.
    Cited(Box<str>),
    /// A source that only this record names.
    Inline(Source),
}

/// The value of a declared field.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldContent {
    /// A text, per language where it differs.
    Text(PerLang<Option<Box<str>>>),
    /// A number as printed.
    Number(Box<str>),
    /// A date or range.
    Date(Period),
    /// Yes or no.
    Truth(bool),
    /// Some of the field's options.
    Choice(Vec<Box<str>>),
    /// An address on the web.
    Url(Box<str>),
}

/// One language's words of a record. The body is not kept: it is read again when its page is made.
#[derive(Debug)]
pub struct RecordText {
    /// The file.
    pub file: Arc<str>,
    /// Where the body begins in the decoded file.
    pub body: usize,
    /// The stamp of the decoded file.
    pub stamp: u64,
    /// The title, as written.
    pub title: Box<str>,
    /// The summary, as written.
    pub summary: Option<Box<str>>,
    /// Who may see this text, beside what holds for the record.
    pub access: Access,
    /// Whether something in it is so doubtful that it must not be published.
    pub held: bool,
    /// How it was translated.
    pub translation: Option<Translation>,
    /// Whether the body has no closing mark and no block, so that both views are the text itself.
    pub plain: bool,
    /// What the public sees of the body.
    pub open: Survey,
    /// What the internal edition sees of it, where the two differ.
    pub full: Option<Box<Survey>>,
}

/// Where a translation comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Translation {
    /// The hashes of the paragraphs that were translated.
    pub of: Vec<u64>,
    /// Whether a machine made it.
    pub machine: bool,
    /// Whether a person has read it against the original.
    pub reviewed: bool,
    /// Where it is said.
    pub span: Span,
}

/// How far a record has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// 草稿
    Draft,
    /// 送审
    Submitted,
    /// 签发
    #[default]
    Approved,
}

impl Status {
    /// The words of `status:`.
    pub const CHOICES: &'static [(&'static str, Status)] =
        &[("draft", Status::Draft), ("submitted", Status::Submitted), ("approved", Status::Approved)];
}

/// 保管期限
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retention {
    /// 永久
    Permanent,
    /// 30年
    Years30,
    /// 10年
    Years10,
}

impl Retention {
    /// The codes of DA/T 22-2015.
    pub const CHOICES: &'static [(&'static str, Retention)] =
        &[("Y", Retention::Permanent), ("D30", Retention::Years30), ("D10", Retention::Years10)];

    /// The code in reference codes.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Retention::Permanent => "Y",
            Retention::Years30 => "D30",
            Retention::Years10 => "D10",
        }
    }
}

/// 档号 by its parts: `J001-JF·2020-Y-CYFP-0012` (DA/T 22-2015, as archives write it with `·` inside a level).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReferenceCode {
    /// 全宗号
    pub fonds: Box<str>,
    /// 档案门类代码
    pub category: Box<str>,
    /// 年度
    pub year: u16,
    /// 保管期限
    pub retention: Retention,
    /// 机构或问题代码
    pub unit: Option<Box<str>>,
    /// 件号
    pub item: u32,
}

impl fmt::Display for ReferenceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}·{:04}-{}", self.fonds, self.category, self.year, self.retention.code())?;
        if let Some(unit) = &self.unit {
            write!(f, "-{unit}")?;
        }
        write!(f, "-{:04}", self.item)
    }
}

impl Record {
    /// The terms of a field.
    #[must_use]
    pub fn terms_of(&self, field: &str) -> &[TermId] {
        self.terms.iter().find(|refs| &*refs.field == field).map_or(&[], |refs| &refs.terms)
    }

    /// What it says of who may see it.
    #[must_use]
    pub fn closure(&self) -> Closure {
        Closure { access: self.access, open_after: self.open_after, classification: self.classification }
    }

    /// The level that holds on a day.
    #[must_use]
    pub fn level_on(&self, as_of: PartialDate) -> Access {
        self.closure().level_on(as_of)
    }

    /// Whether the public edition has a page of the record on a day.
    #[must_use]
    pub fn is_public_on(&self, as_of: PartialDate) -> bool {
        let is_open = |lang| self.texts.get(lang).as_ref().is_some_and(RecordText::is_public);
        self.status == Status::Approved && self.level_on(as_of) <= Access::MetadataOnly && self.texts.present().any(is_open)
    }
}

impl RecordText {
    /// Whether the public may see the text where it may see the record.
    #[must_use]
    pub fn is_public(&self) -> bool {
        let unreviewed = self.translation.as_ref().is_some_and(|translation| translation.machine && !translation.reviewed);
        !self.held && !unreviewed && self.access == Access::Public
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_code_is_composed_of_its_parts() {
        let mut code = ReferenceCode {
            fonds: "J001".into(),
            category: "JF".into(),
            year: 2020,
            retention: Retention::Permanent,
            unit: Some("CYFP".into()),
            item: 12,
        };
        assert_eq!(code.to_string(), "J001-JF·2020-Y-CYFP-0012");
        code.unit = None;
        assert_eq!(code.to_string(), "J001-JF·2020-Y-0012");
    }
}
