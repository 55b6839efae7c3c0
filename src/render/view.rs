//! What templates see: small structs of finished texts and relative addresses. A view never holds another page's HTML,
//! only light cards. Fields ending in `_html` are ready for output; all others are escaped by the template engine.

use super::player::PlayerView;
use super::scan::ScansView;
use crate::theme::Ready;
use serde::Serialize;
use std::sync::Arc;

/// What every page has around its own content.
#[derive(Debug, Serialize)]
pub(crate) struct Frame {
    /// `zh` or `en`.
    pub lang: &'static str,
    /// The value of `<html lang>`.
    pub tag: &'static str,
    /// The text of `<title>`.
    pub head_title: String,
    /// The text of the description meta element, if there is anything to say.
    pub description: Option<String>,
    /// The absolute address of this page, where the site has one.
    pub canonical: Option<String>,
    /// The absolute addresses of this page in each language, itself included.
    pub alternates: Vec<Alternate>,
    /// Whether search engines should leave the page out.
    pub noindex: bool,
    /// `../` as often as needed to reach the root.
    pub root: String,
    /// The way from the home page to this one; the last has no address.
    pub crumbs: Vec<Link>,
    /// The same page in the other language, where the site has two.
    pub switch: Option<Switch>,
    /// Header and navigation, rendered once per language and depth.
    pub header_html: Ready,
    /// Footer, rendered once per language and depth.
    pub footer_html: Ready,
    /// Address of the stylesheet.
    pub style: String,
    /// Address of the script, if the theme has one.
    pub script: Option<String>,
    /// Whether this is the internal edition, which says so on every page.
    pub internal: bool,
    /// From when on the site is no longer updated, as a sentence.
    pub archived: Option<String>,
    /// What the head tells machines.
    pub head_html: Ready,
    /// What goes in for `head_html`; what is said of any page where it is none.
    #[serde(skip)]
    pub head: Option<String>,
    /// What goes in for `header_html` and `footer_html`.
    #[serde(skip)]
    pub around: (Arc<str>, Arc<str>),
}

/// What header and footer are made of.
#[derive(Debug, Serialize)]
pub(crate) struct Chrome {
    /// `zh` or `en`.
    pub lang: &'static str,
    /// The site's title.
    pub site_title: String,
    /// The home page of this language.
    pub home: String,
    /// The search page of this language, where anything can be found.
    pub search: Option<String>,
    /// Collections and the ways to browse, in the order of the navigation.
    pub sections: Vec<Link>,
    /// The other ways to browse, at the foot.
    pub more: Vec<Link>,
    /// What the site says of itself on every page.
    pub notice: Option<String>,
    /// The licence of the site's texts.
    pub licence: Option<Link>,
    /// Fonds number and name, where the site has them.
    pub fonds: Option<String>,
    /// What a reader's programs may fetch: feeds, all records.
    pub machine: Vec<Link>,
    /// How the office is reached, where the site says so.
    pub contact: Option<super::portal::ContactView>,
    /// What a government portal prints, where the site is one.
    pub portal: Option<super::portal::PortalView>,
}

/// One language's absolute address.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Alternate {
    /// The value of `hreflang`.
    pub tag: &'static str,
    /// The absolute address.
    pub href: String,
}

/// The link to the same page in the other language.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Switch {
    /// `zh` or `en`.
    pub lang: &'static str,
    /// The value of `lang` and `hreflang`.
    pub tag: &'static str,
    /// The language's own name: 中文, English.
    pub name: &'static str,
    /// The relative address.
    pub href: String,
}

/// A label that may lead somewhere.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Link {
    /// The text.
    pub label: String,
    /// The relative address.
    pub href: Option<String>,
}

/// A label with the number of records behind it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Count {
    /// The text.
    pub label: String,
    /// The relative address.
    pub href: String,
    /// How many records.
    pub count: usize,
    /// A sentence about it.
    pub note: Option<String>,
}

/// A record in a list.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Card {
    /// The title.
    pub title_html: String,
    /// Its page in the language of the list.
    pub href: String,
    /// The language tag of title and summary, where it is not that of the list.
    pub tag: Option<&'static str>,
    /// The kind of record.
    pub collection: String,
    /// When.
    pub date: Option<Moment>,
    /// Where.
    pub places: Vec<String>,
    /// Under which programmes.
    pub programmes: Vec<String>,
    /// One or two sentences.
    pub summary_html: Option<String>,
    /// The picture that stands for it.
    pub cover: Option<Thumbnail>,
}

/// A small picture in a list, which says nothing that does not stand beside it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Thumbnail {
    /// Its relative address.
    pub src: String,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
}

/// A date for readers and for machines.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Moment {
    /// As the language writes it.
    pub text: String,
    /// As HTML's `datetime` wants it; none for ranges.
    pub machine: Option<String>,
}

/// The pages of a long list; empty where one page holds all.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Pager {
    /// Number and address of each page; the current one has no address.
    pub pages: Vec<Link>,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
}

/// `layout/home.html`
#[derive(Debug, Serialize)]
pub(crate) struct HomeView {
    /// The site's title.
    pub title: String,
    /// What the site is.
    pub description: Option<String>,
    /// How many records the edition holds.
    pub total: usize,
    /// The figures that it leads with.
    pub figures: Vec<Figure>,
    /// The records that it leads with.
    pub featured: Vec<Feature>,
    /// The collections.
    pub collections: Vec<Count>,
    /// The way to the datasets, where there are any.
    pub datasets: Option<Count>,
    /// The other ways to browse.
    pub ways: Vec<Link>,
    /// The newest records.
    pub recent: Vec<Card>,
    /// Vocabularies with their terms, for browsing.
    pub browse: Vec<BrowseView>,
    /// The years that have records.
    pub years: Vec<Count>,
}

/// A record that the home page leads with.
#[derive(Debug, Serialize)]
pub(crate) struct Feature {
    /// The record.
    pub card: Card,
    /// Its picture, large.
    pub picture: Option<WidePicture>,
}

/// A picture in several widths, which says nothing that does not stand beside it.
#[derive(Debug, Serialize)]
pub(crate) struct WidePicture {
    /// Its relative address, for what reads no other.
    pub src: String,
    /// The relative address of each width, as `srcset` has them.
    pub srcset: String,
    /// The width of the largest in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
}

/// A vocabulary on the home page.
#[derive(Debug, Serialize)]
pub(crate) struct BrowseView {
    /// The vocabulary's id: `places`, `programmes`, `units` …
    pub id: String,
    /// Its name and index page.
    pub label: String,
    /// The index page.
    pub href: String,
    /// Its terms as a tree.
    pub terms: Vec<Branch>,
}

/// A term with those under it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Branch {
    /// The term.
    pub label: String,
    /// The term in the other language, where the site has two.
    pub other: Option<String>,
    /// Its page.
    pub href: String,
    /// How many records carry it or a term under it.
    pub count: usize,
    /// Its note, in index pages.
    pub note: Option<String>,
    /// The terms under it.
    pub children: Vec<Branch>,
}

/// `layout/collection.html`, also for years: a paged list of records.
#[derive(Debug, Serialize)]
pub(crate) struct ListView {
    /// The heading.
    pub title: String,
    /// What stands in this list.
    pub description: Option<String>,
    /// How many records in all pages.
    pub total: usize,
    /// The records of this page.
    pub cards: Vec<Card>,
    /// The other pages.
    pub pager: Pager,
}

/// `layout/record.html`
#[derive(Debug, Serialize)]
pub(crate) struct RecordView {
    /// The title.
    pub title_html: String,
    /// The language of title and text where it is not the page's.
    pub text_tag: Option<&'static str>,
    /// Whether the text stands here only in the other language.
    pub fallback: bool,
    /// One or two sentences.
    pub summary_html: Option<String>,
    /// The level that the internal edition marks, as a word.
    pub access_mark: Option<String>,
    /// Why only the description of the record is public, for records that are metadata only.
    pub stub: Option<String>,
    /// What is known of the record: label and values.
    pub facts: Vec<FactRow>,
    /// The headings, where there are at least three.
    pub outline: Vec<OutlineEntry>,
    /// The picture that stands for the record, where its text does not show it.
    pub cover_html: Option<String>,
    /// The text, where there is one.
    pub body_html: Option<Ready>,
    /// The figures that the text prints, each with its source.
    pub figures: Vec<Figure>,
    /// Where the record's content comes from.
    pub sources: Vec<SourceView>,
    /// The films and sound that it plays.
    pub players: Vec<PlayerView>,
    /// The documents that it shows as scanned pages.
    pub scans: Vec<ScansView>,
    /// The files that it hands out beside those.
    pub files: Vec<FileView>,
    /// How to cite the page.
    pub citation: CitationView,
    /// What points at it and is near it.
    pub around: super::around::Around,
    /// The record before it in its collection.
    pub previous: Option<Link>,
    /// The record after it.
    pub next: Option<Link>,
}

/// How to cite a page: for readers, and for their programs. Empty where there is nothing to be cited.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct CitationView {
    /// After GB/T 7714.
    pub gb_t_7714: Option<String>,
    /// After the Chicago Manual of Style.
    pub chicago: Option<String>,
    /// In RIS.
    pub ris: Option<String>,
    /// In BibTeX.
    pub bibtex: Option<String>,
}

/// A label with its values.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct FactRow {
    /// What it is: 时间, 地点 …
    pub label: String,
    /// Its values.
    pub values: Vec<FactValue>,
}

/// One value of a row.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct FactValue {
    /// The text.
    pub text: String,
    /// Where it leads.
    pub href: Option<String>,
    /// What stands beside it: the name of the time and today's.
    pub note: Option<String>,
}

/// A heading in the page's outline.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct OutlineEntry {
    /// 2 to 6.
    pub level: u8,
    /// The anchor.
    pub id: String,
    /// The heading.
    pub text: String,
}

/// A sourced figure.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Figure {
    /// What is counted.
    pub label: String,
    /// The value with its unit.
    pub text: String,
    /// Of when.
    pub as_of: Option<String>,
    /// Who says so.
    pub source: Option<SourceView>,
    /// What others print for the same thing.
    pub conflicts: Vec<Conflict>,
    /// What has to be said about it.
    pub note: Option<String>,
}

/// What another source prints.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Conflict {
    /// The value with its unit.
    pub text: String,
    /// Of when.
    pub as_of: Option<String>,
    /// Who says so.
    pub source: Option<SourceView>,
}

/// A file to be downloaded.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct FileView {
    /// Its relative address.
    pub href: String,
    /// Its number among the files of the record.
    pub number: usize,
    /// What it is called; none where the theme has to say that it is a file.
    pub label: Option<String>,
    /// The language tag of the label where it is not the page's.
    pub tag: Option<&'static str>,
    /// What such a file is called: PDF 文档 …
    pub format: String,
    /// What opens it, where that is known.
    pub opener: Option<&'static str>,
    /// How long it plays, as the language spells it.
    pub length: Option<String>,
    /// How large it is, in the language.
    pub size: String,
    /// How many pages it has.
    pub pages: Option<u32>,
    /// The language that it is in: `zh` or `en`.
    pub language: Option<&'static str>,
    /// The same for machines.
    pub language_tag: Option<&'static str>,
    /// The first digits of its SHA-256.
    pub sha_short: String,
    /// Its SHA-256.
    pub sha: String,
}

/// A source.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct SourceView {
    /// Its title.
    pub title: String,
    /// The language tag of the title where it is not the page's.
    pub tag: Option<&'static str>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When.
    pub date: Option<String>,
    /// Its address on the web, where a link may lead there.
    pub href: Option<String>,
    /// The same as a text, where none may.
    pub address: Option<String>,
}

/// `layout/vocabulary.html`: all terms of a vocabulary.
#[derive(Debug, Serialize)]
pub(crate) struct VocabularyView {
    /// The vocabulary's name.
    pub title: String,
    /// How many terms.
    pub total: usize,
    /// The terms as a tree.
    pub terms: Vec<Branch>,
}

/// `layout/term.html`: a place, programme or unit and its records.
#[derive(Debug, Serialize)]
pub(crate) struct TermView {
    /// The name in this language.
    pub title: String,
    /// The same in pieces, where some of its characters have a reading above them.
    pub readings: Vec<(String, Option<String>)>,
    /// The name in the other language with its tag.
    pub other: Option<(String, &'static str)>,
    /// What it is.
    pub note: Option<String>,
    /// Code, parent, former names, validity, successor.
    pub facts: Vec<FactRow>,
    /// The terms under it.
    pub children: Vec<Branch>,
    /// The items of the plan of work that name it.
    pub plan: Vec<Link>,
    /// Where the note comes from.
    pub sources: Vec<SourceView>,
    /// What the first page gathers beside the records.
    pub profile: super::profile::Profile,
    /// How many records in all pages.
    pub total: usize,
    /// The records of this page.
    pub cards: Vec<Card>,
    /// The other pages.
    pub pager: Pager,
}

/// `layout/years.html`
#[derive(Debug, Serialize)]
pub(crate) struct YearsView {
    /// The years that have records, newest first.
    pub years: Vec<Count>,
}

/// `layout/glossary.html`
#[derive(Debug, Serialize)]
pub(crate) struct GlossaryView {
    /// The terms, in the order of the language.
    pub entries: Vec<GlossaryEntry>,
}

/// A glossary term.
#[derive(Debug, Serialize)]
pub(crate) struct GlossaryEntry {
    /// The anchor.
    pub id: String,
    /// The Chinese term.
    pub zh: String,
    /// The English term.
    pub en: String,
    /// The pinyin.
    pub pinyin: Option<String>,
    /// Other names in this language.
    pub aliases: Vec<String>,
    /// What it means.
    pub note: Option<String>,
    /// What it means here.
    pub local: Option<String>,
    /// Whether the English is this archive's own proposal.
    pub proposed: bool,
    /// Where the note comes from.
    pub sources: Vec<SourceView>,
}

/// `layout/search.html`
#[derive(Debug, Serialize)]
pub(crate) struct SearchView {
    /// The address of the search's script.
    pub program: String,
    /// The ways to look through the archive without it.
    pub browse: Vec<Link>,
}

/// `layout/root.html` and `layout/not-found.html`: pages in both languages at once.
#[derive(Debug, Default, Serialize)]
pub(crate) struct BothView {
    /// Title and home of each language of the site.
    pub languages: Vec<RootLanguage>,
    /// The inline style of 404.html, the one page that may not load anything.
    pub style: String,
    /// Whether this is the internal edition.
    pub internal: bool,
    /// The absolute address of the page, where the site has one.
    pub canonical: Option<String>,
    /// The absolute addresses of the home pages and of the choice between them.
    pub alternates: Vec<Alternate>,
}

/// A language on the root page.
#[derive(Debug, Serialize)]
pub(crate) struct RootLanguage {
    /// `zh` or `en`.
    pub lang: &'static str,
    /// The language tag.
    pub tag: &'static str,
    /// The language's own name.
    pub name: &'static str,
    /// The site's title in it.
    pub title: String,
    /// What the site is.
    pub description: Option<String>,
    /// Its home page; none on 404.html of a site that has no address.
    pub href: Option<String>,
}

/// `layout/moved.html`: a notice at a former address.
#[derive(Debug, Serialize)]
pub(crate) struct MovedView {
    /// The record's title.
    pub title_html: String,
    /// Where it is now.
    pub href: String,
}
