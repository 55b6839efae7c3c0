//! PDF: text with its places, properties, annotations, attachments. Read without trusting the file's own tables, so that
//! earlier versions and objects that no page uses are read as well.

mod cmap;
mod content;
mod file;
mod filter;
mod font;
mod matrix;
mod object;
mod page;
mod rest;
mod string;

use super::harvest::Harvest;
use super::mark::Mark;
use super::{Place, Reason, Refused};
use content::Fonts;
use file::File;
use object::Object;

/// Reads a file with everything in it.
pub(super) fn read(bytes: &[u8], place: &Place, harvest: &mut Harvest) {
    let start = super::format::find(bytes, b"%PDF-").unwrap_or(0);
    harvest.piece(place.with(Mark::Outside), true, &String::from_utf8_lossy(bytes.get(..start).unwrap_or_default()));
    let file = File::read(bytes.get(start..).unwrap_or_default(), place, harvest);
    let is_lock = |dict: &object::Dict| ["O", "U", "P", "V"].iter().all(|key| dict.contains_key(*key));
    let is_locked =
        file.trailers.iter().any(|trailer| trailer.contains_key("Encrypt")) || file.found.iter().filter_map(file::Found::dict).any(is_lock);
    if is_locked {
        harvest.unread(place.clone(), Reason::Refused(Refused::Encrypted));
        return;
    }
    let mut fonts = Fonts::new();
    let pages = page::read(&file, place, &mut fonts, harvest);
    if pages.count == 0 {
        harvest.unread(place.clone(), Reason::Damaged);
    }
    string::read(&file, place, harvest);
    rest::read(&file, &pages.read, place, &mut fonts, harvest);
}

/// The name that says what kind of object a dictionary is.
fn kind<'a>(file: &'a File, dict: &'a object::Dict, key: &str) -> &'a str {
    match file.value(dict, key) {
        Object::Name(name) => name,
        _ => "",
    }
}
