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
    let files = (1..).zip(entry.files()).filter(|(_, file)| !super::player::plays(file));
    files.filter_map(|(number, file)| view(press, from, entry, (number, file), lang)).collect()
}

/// A file, with its number among those of the entry.
pub(super) fn view(press: &Press, from: &OutPath, entry: &Entry, (number, file): (usize, &HandedFile), lang: Lang) -> Option<FileView> {
    let path = press.plan.addresses().file(press.edition, entry, file).ok()?;
    let (size, sha) = file.handout.told();
    let (of, label) = label(file, lang).map_or((lang, None), |(of, label)| (of, Some(label.to_owned())));
    Some(FileView {
        href: from.link_to(&path),
        number,
        label,
        tag: (of != lang).then(|| of.tag()),
        format: file.kind.name(lang),
        opener: file.kind.opener(lang),
        length: file.playing.and_then(|playing| playing.length_ms).map(|length| spell_length(length, lang)),
        size: spell_size(size, lang),
        pages: file.pages,
        language: file.language.map(Lang::code),
        language_tag: file.language.map(Lang::tag),
        sha_short: sha.short(),
        sha: sha.to_string(),
    })
}

/// What a file is called, with the language of the words: its label, else the label of the other language, else its own name
/// where it is plain ASCII; else the theme says that it is one of the record's files. A name of other signs is an author's note to himself,
/// which nobody wrote to be read: 张三低保.xlsx.
fn label(file: &HandedFile, lang: Lang) -> Option<(Lang, &str)> {
    let labelled = file.label.prefer(lang).map(|(of, label)| (of, &**label));
    labelled.or_else(|| file.name.as_deref().map(|name| (lang, name)))
}

/// How long something plays: 3分25秒, 3 min 25 s. Seconds are rounded; what is shorter than one is still one.
fn spell_length(length_ms: u64, lang: Lang) -> String {
    let seconds = (length_ms.saturating_add(500) / 1000).max(1);
    let parts = [(seconds / 3600, "小时", "h"), (seconds / 60 % 60, "分", "min"), (seconds % 60, "秒", "s")];
    let shown: Vec<(u64, &str, &str)> = parts.into_iter().filter(|(count, ..)| *count > 0).collect();
    match (lang, shown.as_slice()) {
        // A minute alone is 分钟.
        (Lang::Zh, [(count, "分", _)]) => format!("{count}分钟"),
        (Lang::Zh, shown) => {
            // 1小时零5秒: what lies between is zero.
            let skips = matches!(shown, [(_, "小时", _), (_, "秒", _)]);
            shown.iter().enumerate().map(|(at, (count, zh, _))| format!("{}{count}{zh}", if skips && at == 1 { "零" } else { "" })).collect()
        }
        (Lang::En, shown) => shown.iter().map(|(count, _, en)| format!("{count} {en}")).collect::<Vec<_>>().join(" "),
    }
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
    fn lengths_are_spelled_in_the_language() {
        for (ms, zh, en) in [
            (0, "1秒", "1 s"),
            (205_400, "3分25秒", "3 min 25 s"),
            (59_600, "1分钟", "1 min"),
            (3_600_000, "1小时", "1 h"),
            (3_605_000, "1小时零5秒", "1 h 5 s"),
            (3_723_000, "1小时2分3秒", "1 h 2 min 3 s"),
            (5_400_000, "1小时30分", "1 h 30 min"),
        ] {
            assert_eq!((spell_length(ms, Lang::Zh).as_str(), spell_length(ms, Lang::En).as_str()), (zh, en));
        }
    }

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
