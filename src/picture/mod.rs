//! Pictures: looked at by their header first, turned upright, scaled to the widths of a page, and written anew from their pixels
//! and the colours of their profile alone, so that no metadata of the original is left. What was made is kept by the hash of the source.
//!
//! Of a picture that moves or has several pages the first is taken: on an archive's page nothing should move that cannot be
//! stopped (WCAG 2.2.2), and what is printed stands still anyway.

mod decode;
mod encode;
mod fault;
mod heic;
mod jpeg;
mod kept;
mod palette;
mod profile;
#[cfg(test)]
mod tests;

pub use fault::{Damage, PictureFault};
pub use kept::{derivative, facts, keep, keep_derivative, keep_fault};

use crate::digest::Sha;
use crate::model;
use decode::Upright;

/// Raised when the same source would come out as other bytes: names and what is kept of earlier runs change with it.
const PIPELINE: u32 = 2;

/// What its author should know of a picture that is shown otherwise than it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Remarks {
    /// It moves; the first picture of it is shown.
    pub moves: bool,
    /// It has several pages; the first is shown.
    pub has_pages: bool,
    /// Its colours are those of a printing press; a screen shows them only roughly.
    pub is_cmyk: bool,
    /// Its colour profile is broken or too large, and it is shown without.
    pub lost_profile: bool,
}

/// What is known of a picture once its pixels were read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// A hash of what is seen: two files that differ in their hidden data only are one picture, and its address tells nothing of
    /// that data.
    pub sha: Sha,
    /// The suffix of what is made of it: `jpg` for photographs, `png` for what has few colours or is transparent.
    pub suffix: &'static str,
    /// Its width in pixels, the right way up.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// What its author should know.
    pub remarks: Remarks,
}

/// A picture whose pixels were read, as long as they are needed.
pub struct Seen {
    upright: Upright,
    facts: Facts,
}

impl Seen {
    /// What is known of it.
    #[must_use]
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// Every width of it as the bytes of a file, the widest first.
    ///
    /// # Errors
    /// It has no pixels to speak of.
    pub fn derivatives(&self) -> Result<Vec<(u32, Vec<u8>)>, PictureFault> {
        encode::all(&self.upright, self.facts.suffix, |_| true)
    }
}

/// Reads all pixels of a picture, since a header may be whole where the rest is not.
///
/// # Errors
/// The bytes are no picture, are damaged somewhere, or claim to be a monstrous one.
pub fn examine(bytes: &[u8]) -> Result<Seen, PictureFault> {
    let upright = decode::upright(bytes)?;
    let (width, height) = (upright.image.width(), upright.image.height());
    let suffix = encode::suffix(&upright);
    let frame = format!("{PIPELINE} {width}x{height} {:?} {suffix}", upright.image.color());
    let profile = upright.profile.as_deref().unwrap_or_default();
    let sha = Sha::of_parts([frame.as_bytes(), profile, upright.image.as_bytes()]);
    let facts = Facts { sha, suffix, width, height, remarks: upright.remarks };
    Ok(Seen { upright, facts })
}

/// One width of a picture.
///
/// # Errors
/// It cannot be read, or has no such width.
pub fn make(bytes: &[u8], width: u32) -> Result<Vec<u8>, PictureFault> {
    let upright = decode::upright(bytes)?;
    let made = encode::all(&upright, encode::suffix(&upright), |own| own == width)?;
    made.into_iter().next().map(|(_, bytes)| bytes).ok_or_else(|| PictureFault::broken(width))
}

/// The sizes that are made of a picture, the widest first.
fn sizes(width: u32, height: u32) -> Vec<(u32, u32)> {
    model::widths(width).rev().map(|own| (own, model::height_at(own, (width, height)))).collect()
}
