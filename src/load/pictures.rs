//! The pictures of the content folder: hash, size and hidden data, read once. A file that is no picture is a finding and does not exist further on.

use super::private;
use crate::detect::Allowed;
use crate::diagnostic::{Code, Findings, Mark, Span};
use crate::media;
use crate::model::Picture;
use crate::model::body::PrivateUse;
use crate::picture;
use crate::source::Read;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

const PICTURE_MAX: u64 = 100 << 20;

/// Looks at every picture.
pub(super) fn load(source: &dyn Read, files: &[Arc<str>], allowed: &Allowed, findings: &mut Findings) -> BTreeMap<Arc<str>, Picture> {
    let looked: Vec<_> = files.par_iter().map(|file| (file, look(source, file, allowed))).collect();
    let mut pictures = BTreeMap::new();
    for (file, result) in looked {
        match result {
            Ok((picture, marks)) => {
                findings.add_all(file, marks);
                pictures.insert(Arc::clone(file), picture);
            }
            Err(reason) => findings.add(file, Mark::new(Code::PictureUnreadable, Span::default()).with(&**file).with(reason)),
        }
    }
    pictures
}

fn look(source: &dyn Read, file: &Arc<str>, allowed: &Allowed) -> Result<(Picture, Vec<Mark>), String> {
    let bytes = source.read(file, PICTURE_MAX).map_err(|fault| fault.to_string())?;
    let (width, height) = picture::size(&bytes).map_err(|fault| fault.to_string())?;
    // A page that shows it is made before the picture is: what cannot be read must be known by then.
    let sha = picture::appearance(&bytes).map_err(|fault| fault.to_string())?;
    Ok((Picture { sha, suffix: picture::suffix(&bytes), width, height }, hidden(&bytes, allowed)))
}

/// What the file says without showing it. The site's pictures lose it all; the original, handed on, does not.
fn hidden(bytes: &[u8], allowed: &Allowed) -> Vec<Mark> {
    let report = media::inspect(bytes);
    let mut marks = Vec::new();
    if report.location {
        marks.push(Mark::new(Code::PictureLocation, Span::default()));
    }
    for media::Hidden { place, text } in &report.hidden {
        let found = private::uses(text, allowed, &[], |_| Span::default());
        let mark = |found: &PrivateUse| Mark::new(Code::PictureHidden, Span::default()).with_both(&place.zh(), &place.en()).with(&*found.masked);
        marks.extend(found.first().map(mark));
    }
    marks
}
