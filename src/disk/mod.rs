//! The disk: trees that are read, and products that are written whole or not at all. With `serve` and `cli` the only
//! place that touches files.
#![expect(clippy::disallowed_methods, reason = "this is where files are touched")]

mod cache;
mod journal;
mod manifest;
mod product;
mod report;
mod scratch;
mod tree;

pub use cache::CacheFolder;
pub use product::{Product, Refusal, Report};
pub use report::put_report;
pub use scratch::ScratchFolder;
pub use tree::{Tree, fingerprint, fingerprint_of_folder};
