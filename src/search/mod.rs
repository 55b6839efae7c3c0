//! Search: the texts of pages → an index that a browser can ask without a server, from a stick as from the web. Exact for
//! Chinese: every two neighbouring characters are a term with their places, so a phrase is found where it stands and nowhere
//! else. The script of the theme (`search/*.js`) is its other half; `tests/search/` holds both to the same vectors.
//!
//! [`plain`] takes the words of a finished page; [`fold`], [`class`], [`unit`], [`stem`] say what is the same and what is a
//! word; [`builder`] inverts batches of pages into sorted runs ([`run`]) and merges them into shards ([`shard`]): layer A lists
//! documents, layer P places, layer Y what sounds alike, and every text stands in stripes for excerpts. [`read`] reads all of it back.

pub mod base64;
pub mod bits;
pub mod builder;
pub mod class;
pub mod deflate;
pub mod document;
mod echo;
pub mod facet;
pub mod fold;
pub mod hash;
mod intern;
mod invert;
pub mod lists;
mod manifest;
mod merge;
mod order;
mod passage;
pub mod plain;
pub mod read;
pub mod reading;
pub mod run;
pub mod shard;
pub mod sound;
pub mod stem;
mod stream;
pub mod traditional;
pub mod unit;
pub mod varint;
pub mod vocabulary;
