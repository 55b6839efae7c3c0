//! Files that a record hands out: their bytes, and how a page speaks of them.

use super::view::FileView;
use super::{PageFault, Press};
use crate::disclose::{Entry, HandedFile, Handout};
use crate::lang::Lang;
use crate::path::OutPath;
use crate::source::Content;
use std::io::Read as _;

/// Opens the bytes of a file.
pub(super) fn open(press: &Press, handout: &Handout) -> Result<Box<dyn Content>, PageFault> {
    handout.open(press.source).map_err(|error| PageFault::Source(format!("{}: {error}", handout.file())))
}

/// The bytes of a file in one piece, for those who ask for it like for a page.
pub(super) fn whole(press: &Press, handout: &Handout) -> Result<Vec<u8>, PageFault> {
    let mut bytes = Vec::new();
    let mut content = open(press, handout)?;
    content.read_to_end(&mut bytes).map_err(|error| PageFault::Source(format!("{}: {error}", handout.file())))?;
    Ok(bytes)
}

/// The files of an entry as its page lists them.
pub(super) fn views(press: &Press, from: &OutPath, entry: &Entry, lang: Lang) -> Vec<FileView> {
    let view = |file: &HandedFile| {
        let path = press.plan.addresses().file(press.edition, entry, file).ok()?;
        let (size, sha) = file.handout.told();
        let (of, label) = label(file, lang).map_or((lang, None), |(of, label)| (of, Some(label.to_owned())));
        Some(FileView {
            href: from.link_to(&path),
            label,
            tag: (of != lang).then(|| of.tag()),
            format: file.kind.suffix.to_ascii_uppercase(),
            size: spell_size(size, lang),
            pages: file.pages,
            language: file.language.map(Lang::code),
            language_tag: file.language.map(Lang::tag),
            sha_short: sha.short(),
            sha: sha.to_string(),
        })
    };
    entry.files().iter().filter_map(view).collect()
}

/// What a file is called, with the language of the words: its label, else the label of the other language, else its own name
/// where it is plain ASCII; else the theme says that it is one of the record's files. A name of other signs is an author's note to himself,
/// which nobody wrote to be read: 张三低保.xlsx.
fn label(file: &HandedFile, lang: Lang) -> Option<(Lang, &str)> {
    let labelled = file.label.prefer(lang).map(|(of, label)| (of, &**label));
    labelled.or_else(|| file.name.as_deref().map(|name| (lang, name)))
}

/// A size as each language spells it, in the units of file managers that count by thousands.
fn spell_size(bytes: u64, lang: Lang) -> String {
    const UNITS: &[(u64, &str)] = &[(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "KB")];
    match UNITS.iter().find(|(unit, _)| bytes >= *unit) {
        Some((unit, name)) => {
            let tenths = (u128::from(bytes) * 10 + u128::from(*unit) / 2) / u128::from(*unit);
            format!("{}.{} {name}", tenths / 10, tenths % 10)
        }
        None => match lang {
            Lang::Zh => format!("{bytes} 字节"),
            Lang::En if bytes == 1 => "1 byte".to_owned(),
            Lang::En => format!("{bytes} bytes"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_spelled_in_the_language() {
        for (bytes, zh, en) in [
            (0, "0 字节", "0 bytes"),
            (1, "1 字节", "1 byte"),
            (999, "999 字节", "999 bytes"),
            (1_450, "1.5 KB", "1.5 KB"),
            (104_857_600, "104.9 MB", "104.9 MB"),
            (4 << 30, "4.3 GB", "4.3 GB"),
        ] {
            assert_eq!((spell_size(bytes, Lang::Zh).as_str(), spell_size(bytes, Lang::En).as_str()), (zh, en));
        }
    }
}
