//! tuopin 脱贫: from Markdown and YAML to a bilingual archive site that opens anywhere.
//!
//! ```text
//! read → Source → load → Archive → disclose → Edition → plan → Jobs → render → write | serve
//! ```
//!
//! Nouns are values, verbs are stages. What holds everywhere, and is mostly about what is absent:
//!
//! - A module imports only from the paragraphs above its own; modules of one paragraph never import each other
//!   (`tests/whole/code.rs` holds this).
//! - Only [`disclose`] makes an [`disclose::Edition`]; nothing after it names the archive. What is closed is cut out of a
//!   text before any parser sees it, at survey time as at render time.
//! - The [`plan::Plan`] is a value. `build` renders all of it, `serve` the one page that was asked for: the same job gives
//!   the same bytes.
//! - A text is walked once when it is loaded; what stays is a digest. Its body is read again when its page is made.
//!   Nothing parses our own HTML; two things read the finished bytes, in one pass each: the leak gate, and the search for the
//!   words of `<main>`, so that what can be found is exactly what stands on the page, whatever a theme makes of it. Of a dataset the cells stay, one text a column (`model/dataset.rs` says why).
//! - What an author did wrong is a [`diagnostic::Finding`] with a place, never an `Err`; errors are for a world that fails.
//! - No clock, locale, environment, hash order or thread count reaches a page. Files, sockets and clocks are touched in
//!   [`disk`], [`serve`] and [`cli`] only.
//!
//! What takes a look at all records at once (coverage, timeline, titles, related records, who links to whom) is computed once, in
//! `plan/browse/`; a page only looks it up.
//!
//! To add a kind of page: a variant of [`plan::Job`], its address in `plan/address.rs` and its line in the planner
//! (`plan/mod.rs`; nothing reminds you of that one); its view in `render/view.rs`, its file and its arm in `render/`; a layout
//! with a sample yaml beside it in `themes/archive/layout/`, its words in `string/zh.yaml` and `string/en.yaml`; its name, if it
//! takes one at the top, in `site::RESERVED_SECTIONS`; if it can be found, its arm in `is_found` (`plan/mod.rs`) and in
//! `render/search.rs`; a case under `tests/case/`. To add a finding: a row in
//! `diagnostic/code.rs`. To add a check over the whole archive: a function in `load/check.rs`.

// Ground: pure, imports nothing here.
pub mod digest;
pub mod lang;
pub mod path;
pub mod text;

// What identifies a person, in prose and in finished bytes.
pub mod detect;

// Dates, which each language spells in its own way.
pub mod date;

// Findings, collected and not thrown.
pub mod diagnostic;

// The one adapter over the YAML crate.
pub mod yaml;

// Settings and schema; the raw tree behind traits.
pub mod site;
pub mod source;

// The validated world.
pub mod model;

// Crafts: text → HTML and digest; pixels → derivatives; what films, pictures and office files hold unseen; captions → lines; text → index; templates.
pub mod attachment;
pub mod captions;
pub mod markdown;
pub mod media;
pub mod picture;
pub mod search;
pub mod theme;

// Source → (archive, findings).
pub mod load;

// The privacy gate: archive × profile → edition.
pub mod disclose;

// Edition → path → job.
pub mod plan;

// Job → bytes.
pub mod render;

// The disk: trees that are read, products that are written whole.
pub mod disk;

// The live preview: the same jobs, one at a time.
pub mod serve;

// The commands.
pub mod cli;
