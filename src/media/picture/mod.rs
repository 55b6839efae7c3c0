//! What pictures hold beside their pixels, one file for each format and for each standard of metadata.

pub(super) mod bmp;
pub(super) mod exif;
pub(super) mod gif;
pub(super) mod heif;
pub(super) mod icc;
pub(super) mod iptc;
pub(super) mod jpeg;
pub(super) mod png;
pub(super) mod tag;
pub(super) mod tiff;
pub(super) mod trailing;
pub(super) mod webp;
pub(super) mod xmp;
