//! The pictures of the content folder: hash and size, read once. A file that is no picture is a finding and does not exist further on.

use crate::diagnostic::{Code, Findings, Mark, Span};
use crate::digest::Sha;
use crate::model::Picture;
use crate::picture;
use crate::source::Read;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

const PICTURE_MAX: u64 = 100 << 20;

/// Looks at every picture.
pub(super) fn load(source: &dyn Read, files: &[Arc<str>], findings: &mut Findings) -> BTreeMap<Arc<str>, Picture> {
    let looked: Vec<_> = files.par_iter().map(|file| (file, look(source, file))).collect();
    let mut pictures = BTreeMap::new();
    for (file, result) in looked {
        match result {
            Ok(picture) => {
                pictures.insert(Arc::clone(file), picture);
            }
            Err(reason) => findings.add(file, Mark::new(Code::PictureUnreadable, Span::default()).with(&**file).with(reason)),
        }
    }
    pictures
}

fn look(source: &dyn Read, file: &Arc<str>) -> Result<Picture, String> {
    let bytes = source.read(file, PICTURE_MAX).map_err(|fault| fault.to_string())?;
    let (width, height) = picture::size(&bytes).map_err(|fault| fault.to_string())?;
    // A page that shows it is made before the picture is: what cannot be read must be known by then.
    picture::check(&bytes).map_err(|fault| fault.to_string())?;
    Ok(Picture { sha: Sha::of(&bytes), suffix: picture::suffix(&bytes), width, height })
}
