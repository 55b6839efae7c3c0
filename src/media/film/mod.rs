//! Films and sound in boxes (ISO/IEC 14496-12) and `QuickTime` atoms: what they hide, and the same film without it.

pub(super) mod boxes;
mod entry;
mod esds;
mod frames;
mod playing;
mod samples;
mod search;
mod strip;
mod tables;
mod track;
mod userdata;
mod write;

pub(super) use playing::playing;
pub(super) use search::{look, movie, other};
pub(super) use strip::strip;
