//! Kinds of files: one table of what each is called, what opens it and what a server calls it; which a site hands out; and
//! those that none ever does.

use crate::lang::Lang;

/// What readers do with a kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// They open it in a program: texts, tables, slides, data, archives.
    Document,
    /// They look at it.
    Picture,
    /// They listen to it.
    Sound,
    /// They watch it.
    Film,
}

/// A row of the table.
#[derive(Debug, PartialEq, Eq)]
struct Row {
    suffix: &'static str,
    media_type: &'static str,
    family: Family,
    name: [&'static str; 2],
    opener: [&'static str; 2],
}

const fn row(suffix: &'static str, media_type: &'static str, family: Family, name: [&'static str; 2], opener: [&'static str; 2]) -> Row {
    Row { suffix, media_type, family, name, opener }
}

const WRITER: [&str; 2] = ["WPS 文字或 Word", "Word, WPS Office or LibreOffice"];
const CALC: [&str; 2] = ["WPS 表格或 Excel", "Excel, WPS Office or LibreOffice"];
const SLIDES: [&str; 2] = ["WPS 演示或 PowerPoint", "PowerPoint, WPS Office or LibreOffice"];
const WPS: [&str; 2] = ["WPS Office", "WPS Office"];
const OPEN: [&str; 2] = ["LibreOffice 或 WPS Office", "LibreOffice or WPS Office"];
const EDITOR: [&str; 2] = ["文本编辑器", "any text editor"];
const VIEWER: [&str; 2] = ["浏览器或看图软件", "any browser or picture viewer"];
const PLAYER: [&str; 2] = ["浏览器或播放器", "any browser or media player"];

/// Every kind that is known, sorted by suffix: what offices write and readers open, nothing that a browser would run. Films
/// and sound are those whose hidden data can be taken out. Media types as IANA has them.
const KINDS: &[Row] = &[
    row(
        "csv",
        "text/csv; charset=utf-8",
        Family::Document,
        ["CSV 表格", "CSV table"],
        ["WPS 表格、Excel 或文本编辑器", "a spreadsheet or text editor"],
    ),
    row("doc", "application/msword", Family::Document, ["Word 文档（旧格式）", "Word document (old format)"], WRITER),
    row("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", Family::Document, ["Word 文档", "Word document"], WRITER),
    row("dps", "application/octet-stream", Family::Document, ["WPS 演示文稿", "WPS presentation"], WPS),
    row("epub", "application/epub+zip", Family::Document, ["EPUB 电子书", "EPUB book"], ["电子书阅读器", "an e-book reader"]),
    row("et", "application/octet-stream", Family::Document, ["WPS 工作簿", "WPS workbook"], WPS),
    row("flac", "audio/flac", Family::Sound, ["FLAC 音频", "FLAC audio"], PLAYER),
    row("jpeg", "image/jpeg", Family::Picture, ["JPEG 图片", "JPEG picture"], VIEWER),
    row("jpg", "image/jpeg", Family::Picture, ["JPEG 图片", "JPEG picture"], VIEWER),
    row("json", "application/json", Family::Document, ["JSON 数据", "JSON data"], EDITOR),
    row("m4a", "audio/mp4", Family::Sound, ["M4A 音频", "M4A audio"], PLAYER),
    row("mov", "video/quicktime", Family::Film, ["QuickTime 视频", "QuickTime video"], ["播放器", "a media player"]),
    row("mp3", "audio/mpeg", Family::Sound, ["MP3 音频", "MP3 audio"], PLAYER),
    row("mp4", "video/mp4", Family::Film, ["MP4 视频", "MP4 video"], PLAYER),
    row("odp", "application/vnd.oasis.opendocument.presentation", Family::Document, ["ODF 演示文稿", "ODF presentation"], OPEN),
    row("ods", "application/vnd.oasis.opendocument.spreadsheet", Family::Document, ["ODF 工作簿", "ODF spreadsheet"], OPEN),
    row("odt", "application/vnd.oasis.opendocument.text", Family::Document, ["ODF 文档", "ODF document"], OPEN),
    row("ofd", "application/ofd", Family::Document, ["OFD 版式文档", "OFD document"], ["OFD 阅读器或 WPS Office", "an OFD reader or WPS Office"]),
    row("ogg", "audio/ogg", Family::Sound, ["Ogg 音频", "Ogg audio"], PLAYER),
    row("pdf", "application/pdf", Family::Document, ["PDF 文档", "PDF document"], ["浏览器或 PDF 阅读器", "any browser or PDF reader"]),
    row("png", "image/png", Family::Picture, ["PNG 图片", "PNG picture"], VIEWER),
    row("ppt", "application/vnd.ms-powerpoint", Family::Document, ["PowerPoint 演示文稿（旧格式）", "PowerPoint presentation (old format)"], SLIDES),
    row(
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        Family::Document,
        ["PowerPoint 演示文稿", "PowerPoint presentation"],
        SLIDES,
    ),
    row("rtf", "application/rtf", Family::Document, ["RTF 文档", "RTF document"], WRITER),
    row("srt", "text/plain; charset=utf-8", Family::Document, ["SRT 字幕", "SRT subtitles"], ["播放器或文本编辑器", "a media player or text editor"]),
    row("tif", "image/tiff", Family::Picture, ["TIFF 图片", "TIFF picture"], ["看图软件", "a picture viewer"]),
    row("tiff", "image/tiff", Family::Picture, ["TIFF 图片", "TIFF picture"], ["看图软件", "a picture viewer"]),
    row(
        "tsv",
        "text/tab-separated-values; charset=utf-8",
        Family::Document,
        ["TSV 表格", "TSV table"],
        ["WPS 表格、Excel 或文本编辑器", "a spreadsheet or text editor"],
    ),
    row("txt", "text/plain; charset=utf-8", Family::Document, ["纯文本", "Plain text"], EDITOR),
    row(
        "vtt",
        "text/vtt; charset=utf-8",
        Family::Document,
        ["WebVTT 字幕", "WebVTT captions"],
        ["播放器或文本编辑器", "a media player or text editor"],
    ),
    row("wav", "audio/wav", Family::Sound, ["WAV 音频", "WAV audio"], PLAYER),
    row("wps", "application/octet-stream", Family::Document, ["WPS 文字文档", "WPS document"], WRITER),
    row("xls", "application/vnd.ms-excel", Family::Document, ["Excel 工作簿（旧格式）", "Excel workbook (old format)"], CALC),
    row("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Family::Document, ["Excel 工作簿", "Excel workbook"], CALC),
    row("zip", "application/zip", Family::Document, ["ZIP 压缩包", "ZIP archive"], ["解压软件", "any program that unpacks archives"]),
];

/// Packed in ways that nobody looks into here.
const PACKED: &[&str] = &["7z", "ace", "arj", "bz2", "cab", "dmg", "gz", "img", "iso", "lz", "lzh", "lzma", "rar", "tar", "tgz", "xz", "z", "zst"];
/// Run by the system, by another program, or by macros inside.
const RUN: &[&str] = &[
    "apk", "app", "bat", "chm", "cmd", "com", "cpl", "dll", "docm", "dotm", "exe", "hta", "jar", "js", "jse", "lnk", "mjs", "msi", "pif", "potm",
    "ppsm", "pptm", "ps1", "reg", "scr", "sh", "url", "vbe", "vbs", "wsf", "wsh", "xlam", "xlsb", "xlsm", "xltm",
];
/// Opened by browsers as pages that may run scripts, in the name of the site.
const PAGES: &[&str] = &["htm", "html", "mht", "mhtml", "shtml", "svg", "svgz", "swf", "xht", "xhtml", "xml", "xsl", "xslt"];

/// A kind of file, by the suffix of its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileKind {
    suffix: Box<str>,
    row: Option<&'static Row>,
}

impl FileKind {
    /// The kind of a file by its name; none without a suffix of one to eight letters and digits.
    #[must_use]
    pub fn of(name: &str) -> Option<FileKind> {
        let (_, suffix) = name.rsplit_once('.')?;
        FileKind::of_suffix(suffix)
    }

    fn of_suffix(suffix: &str) -> Option<FileKind> {
        let is_one = (1..=8).contains(&suffix.len()) && suffix.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let suffix: Box<str> = is_one.then(|| suffix.to_ascii_lowercase().into())?;
        let row = KINDS.binary_search_by(|row| row.suffix.cmp(&suffix)).ok().and_then(|at| KINDS.get(at));
        Some(FileKind { suffix, row })
    }

    /// The suffix in lower case, as it stands in the address.
    #[must_use]
    pub fn suffix(&self) -> &str {
        &self.suffix
    }

    /// The media type (IANA) that a server tells.
    #[must_use]
    pub fn media_type(&self) -> &'static str {
        self.row.map_or("application/octet-stream", |row| row.media_type)
    }

    /// What readers do with it.
    #[must_use]
    pub fn family(&self) -> Family {
        self.row.map_or(Family::Document, |row| row.family)
    }

    /// What such a file is called: PDF 文档, PDF document; by its suffix where the table does not know it.
    #[must_use]
    pub fn name(&self, lang: Lang) -> String {
        let [zh, en] = self.row.map_or([None, None], |row| row.name.map(Some));
        match (lang, zh, en) {
            (Lang::Zh, Some(zh), _) => zh.to_owned(),
            (Lang::En, _, Some(en)) => en.to_owned(),
            (Lang::Zh, ..) => format!("{} 文件", self.suffix.to_ascii_uppercase()),
            (Lang::En, ..) => format!("{} file", self.suffix.to_ascii_uppercase()),
        }
    }

    /// What opens it, to stand behind “opens in”; none where the table does not know it.
    #[must_use]
    pub fn opener(&self, lang: Lang) -> Option<&'static str> {
        let [zh, en] = self.row?.opener;
        Some(if lang == Lang::Zh { zh } else { en })
    }

    /// Why no site hands such files out, in both languages; none where one may.
    #[must_use]
    pub fn never(&self) -> Option<[&'static str; 2]> {
        let is_in = |list: &[&str]| list.contains(&&*self.suffix);
        match () {
            () if is_in(PACKED) => Some(["这种压缩包里的内容无法检查，请改用 zip", "nothing can look into such archives; use zip"]),
            () if is_in(RUN) => Some(["它是程序，或者带有宏", "they are programs or hold macros"]),
            () if is_in(PAGES) => Some(["浏览器会把它当网页打开并运行其中的脚本", "browsers open them as pages and run their scripts"]),
            () => None,
        }
    }
}

/// The kinds that a site hands out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Admitted {
    /// As the site lists them; none where it lists nothing and all that are known go out.
    pub(super) listed: Option<Vec<Box<str>>>,
}

impl Admitted {
    /// Whether files of a kind are handed out. `jpg` and `jpeg`, `tif` and `tiff` are one.
    #[must_use]
    pub fn admits(&self, kind: &FileKind) -> bool {
        let is_listed = |listed: &Vec<Box<str>>| listed.iter().any(|suffix| one_spelling(suffix) == one_spelling(&kind.suffix));
        kind.never().is_none() && self.listed.as_ref().map_or(kind.row.is_some(), is_listed)
    }

    /// The suffixes, for messages.
    #[must_use]
    pub fn all(&self) -> String {
        match &self.listed {
            Some(listed) => listed.join(" "),
            None => KINDS.iter().map(|row| row.suffix).collect::<Vec<_>>().join(" "),
        }
    }
}

/// Reads a suffix as a site lists it, with or without its dot.
pub(super) fn listed(written: &str) -> Option<FileKind> {
    FileKind::of_suffix(written.trim().trim_start_matches('.'))
}

fn one_spelling(suffix: &str) -> &str {
    match suffix {
        "jpeg" => "jpg",
        "tiff" => "tif",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admits(listed: Option<&[&str]>, name: &str) -> bool {
        let admitted = Admitted { listed: listed.map(|listed| listed.iter().map(|suffix| (*suffix).into()).collect()) };
        FileKind::of(name).is_some_and(|kind| admitted.admits(&kind))
    }

    #[test]
    fn without_a_list_what_is_known_goes_out_and_nothing_else() {
        assert_eq!(FileKind::of("表.2020.XLSX").map(|kind| kind.suffix), Some("xlsx".into()));
        for name in "pdf ofd docx doc wps xlsx xls et pptx ppt csv zip jpg png tif mp4 mp3".split(' ').map(|suffix| format!("a.{suffix}")) {
            assert!(admits(None, &name), "{name}");
        }
        for name in ["a.exe", "a.html", "a.svg", "a.js", "csv", "a.", "a.rar", "a.dwg", "a.p d"] {
            assert!(!admits(None, name), "{name}");
        }
    }

    #[test]
    fn a_list_narrows_and_widens_but_never_to_what_cannot_be_looked_into() {
        assert!(admits(Some(&["dwg", "tif"]), "a.DWG") && admits(Some(&["dwg", "tif"]), "a.tiff"));
        assert!(!admits(Some(&["dwg"]), "a.pdf"));
        for suffix in PACKED.iter().chain(RUN).chain(PAGES) {
            assert!(!admits(Some(&[suffix]), &format!("a.{suffix}")), "{suffix}");
        }
    }

    #[test]
    fn the_table_is_sorted_and_names_every_kind_in_both_languages() {
        assert!(KINDS.is_sorted_by_key(|row| row.suffix));
        for row in KINDS {
            let kind = FileKind::of_suffix(row.suffix).unwrap();
            assert!(kind.never().is_none(), "{}", row.suffix);
            let words = [kind.name(Lang::Zh), kind.name(Lang::En), kind.opener(Lang::Zh).unwrap().into(), kind.opener(Lang::En).unwrap().into()];
            assert!(words.iter().all(|word| !word.is_empty()), "{}", row.suffix);
            assert!(words[1].is_ascii() && words[3].is_ascii(), "{}", row.suffix);
        }
        let other = FileKind::of("a.dwg").unwrap();
        assert_eq!((other.name(Lang::Zh), other.name(Lang::En), other.opener(Lang::En)), ("DWG 文件".into(), "DWG file".into(), None));
    }
}
