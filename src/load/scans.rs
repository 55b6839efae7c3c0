//! `scans:` of a record's file: pages of a document that were scanned, as a folder of pictures or as a list of them. Also the
//! picture that stands for a film. Both may be closed by what `pictures:` says of them.

use super::layout::Layout;
use super::photograph::bare;
use crate::diagnostic::{Code, Mark};
use crate::model::{Record, RecordScans};
use crate::path::file_name;
use crate::site::Access;
use crate::text::nearest;
use crate::yaml::{Node, Placed, Value, text_of, texts_of};
use std::cmp::Ordering;
use std::sync::Arc;

/// Reads the pages; what words are given under, and the pages in their order. A page that is not there is found and left out.
pub(super) fn read(node: &Node, folder: &str, layout: &Layout, marks: &mut Vec<Mark>) -> Option<(Box<str>, Vec<Arc<str>>)> {
    if let Value::List(_) = node.value {
        let written = texts_of(node, "scans", marks);
        let pages: Vec<Arc<str>> = written.iter().filter_map(|name| page(name, folder, layout, marks)).collect();
        let name = pages.first()?.rsplit('/').next()?.into();
        return Some((name, pages));
    }
    let written = text_of(node, "scans", marks)?;
    let name = bare(written.value).trim_end_matches('/');
    let pictures = layout.pictures_of.get(&*format!("{folder}/{name}")).filter(|_| is_own_folder(folder) && !name.is_empty());
    let Some(pictures) = pictures else {
        return page(&written, folder, layout, marks).map(|page| (name.into(), vec![page]));
    };
    let mut pages = pictures.clone();
    pages.sort_by(|a, b| by_number(a, b));
    Some((name.into(), pages))
}

/// A picture of the record's folder or, where the folder is the record's own, of a folder in it.
pub(super) fn picture<'l>(written: &str, folder: &str, layout: &'l Layout) -> Option<&'l Arc<str>> {
    let path = format!("{folder}/{}", bare(written));
    let (inside, _) = path.rsplit_once('/')?;
    let is_open = inside == folder || is_own_folder(folder);
    layout.pictures_of.get(inside).filter(|_| is_open)?.iter().find(|picture| ***picture == *path)
}

fn page(written: &Placed<&str>, folder: &str, layout: &Layout, marks: &mut Vec<Mark>) -> Option<Arc<str>> {
    if let Some(found) = picture(written.value, folder, layout) {
        return Some(Arc::clone(found));
    }
    let name = bare(written.value);
    let is_there = layout.files_of.get(folder).is_some_and(|files| files.iter().any(|file| file_name(file) == name));
    marks.push(if is_there { Mark::new(Code::ScanNoPicture, written.span).with(name) } else { missing(written, folder, layout) });
    None
}

/// That a picture is not there, with the one that was probably meant.
pub(super) fn missing(written: &Placed<&str>, folder: &str, layout: &Layout) -> Mark {
    let there = layout.pictures_of.get(folder).map_or(&[][..], Vec::as_slice);
    let near = nearest(written.value, there.iter().map(|picture| file_name(picture))).unwrap_or_default();
    Mark::new(Code::FileMissing, written.span).with(written.value).with(near)
}

/// Whether a folder holds one record and no other: `content/documents/notice`.
fn is_own_folder(folder: &str) -> bool {
    folder.matches('/').count() >= 2
}

/// Numbers in names count as numbers: `2.jpg` stands before `10.jpg`.
fn by_number(a: &str, b: &str) -> Ordering {
    let (mut rest_a, mut rest_b) = (a, b);
    while let (Some(first_a), Some(first_b)) = (rest_a.chars().next(), rest_b.chars().next()) {
        let digits = |rest: &str| rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (long_a, long_b) = (digits(rest_a), digits(rest_b));
        if long_a > 0 && long_b > 0 {
            let ((number_a, behind_a), (number_b, behind_b)) = (rest_a.split_at(long_a), rest_b.split_at(long_b));
            let [bare_a, bare_b] = [number_a, number_b].map(|number| number.trim_start_matches('0'));
            let order = bare_a.len().cmp(&bare_b.len()).then_with(|| bare_a.cmp(bare_b));
            if order.is_ne() {
                return order;
            }
            (rest_a, rest_b) = (behind_a, behind_b);
        } else if first_a == first_b {
            (rest_a, rest_b) = (rest_a.split_at(first_a.len_utf8()).1, rest_b.split_at(first_b.len_utf8()).1);
        } else {
            return first_a.cmp(&first_b);
        }
    }
    rest_a.len().cmp(&rest_b.len()).then_with(|| a.cmp(b))
}

/// Gives every picture that is handed out, scanned or stands for a film the level that `pictures:` and its root give it.
pub(super) fn settle(record: &mut Record, layout: &Layout) {
    let Record { pictures, files, scans, .. } = record;
    let raise = |file: &Arc<str>, level: &mut Access| {
        let own = pictures.iter().filter(|picture| picture.file == *file).map(|picture| picture.access);
        let root = if layout.closed.contains(file) { Access::Internal } else { Access::Public };
        *level = own.fold(*level, Access::max).max(root);
    };
    for file in files {
        raise(&file.file, &mut file.access);
        if let Some((poster, level)) = &mut file.poster {
            raise(poster, level);
        }
    }
    for (page, level) in scans.iter_mut().flat_map(|scans| &mut scans.pages) {
        raise(page, level);
    }
}

/// Whether the words under a name are those of scanned pages.
pub(super) fn named<'s>(scans: &'s mut [RecordScans], name: &str) -> Option<&'s mut RecordScans> {
    scans.iter_mut().find(|scans| *scans.name == *name.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_stand_in_the_order_of_their_numbers() {
        let mut pages = ["a/10.jpg", "a/2.jpg", "a/1.jpg", "a/p 2.jpg", "a/02.jpg", "a/封面.jpg"];
        pages.sort_by(|a, b| by_number(a, b));
        assert_eq!(pages, ["a/1.jpg", "a/02.jpg", "a/2.jpg", "a/10.jpg", "a/p 2.jpg", "a/封面.jpg"]);
    }
}
