//! The settings of a site and the schema of its collections, as `site.yaml` and `collections.yaml` declare them. Everything has a default but the title.

mod collections;
mod kind;
mod lead;
mod portal;
mod settings;

pub use collections::{CollectionSchema, Field, FieldKind, Folders, GENERIC_KEYS, builtin, generic, read_collections};
pub use kind::{Admitted, Family, FileKind};
pub use lead::Lead;
pub use portal::{Badge, Contact, Portal};
pub use settings::{ArchiveIdentity, Licence, SMALLEST_CELL, Site, clean_base_url, read_licence, read_site};

/// The newest content format that this program understands.
pub const FORMAT: u32 = 1;

/// Who may see a thing. The order is from open to closed: combining two levels takes the greater.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Access {
    /// 公开
    #[default]
    Public,
    /// 仅目录: that it exists, its date and reference code.
    MetadataOnly,
    /// 内部: no trace outside the internal edition.
    Internal,
    /// 封存: no trace anywhere but one count.
    Sealed,
}

impl Access {
    /// The words of `access:`.
    pub const CHOICES: &'static [(&'static str, Access)] =
        &[("public", Access::Public), ("metadata-only", Access::MetadataOnly), ("internal", Access::Internal), ("sealed", Access::Sealed)];
}

/// A term path: the names that the program's own pages take in `<lang>/`, which no collection and no vocabulary may have.
pub const RESERVED_SECTIONS: &[&str] = &[
    "years",
    "glossary",
    "coverage",
    "timeline",
    "titles",
    "recent",
    "search",
    "catalogue",
    "site-map",
    "data",
    "feed",
    "assets",
    "pictures",
    "files",
    "index",
    "plan",
    "plan-map",
];
