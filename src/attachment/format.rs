//! What a file is, told by its bytes, and which reader it goes to.

use super::harvest::Harvest;
use super::mark::Mark;
use super::{Place, Reason, Refused, Remark, archive, compound, encoding, html, pdf, plain, rtf, runs};

/// What a file is by its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are those of the formats")]
pub enum Format {
    Xlsx,
    Docx,
    Pptx,
    Odf,
    Ofd,
    Epub,
    Zip,
    Pdf,
    Doc,
    Xls,
    Ppt,
    /// Another compound file: an embedded object, a macro project, an encrypted document.
    Compound,
    Rtf,
    Html,
    Xml,
    Svg,
    Csv,
    Text,
    Picture,
    /// EMF or WMF: a drawing by the calls of Windows, which may hold text.
    Metafile,
    FontFile,
    Media,
    Rar,
    SevenZip,
    OtherArchive,
    Executable,
    Empty,
    Unknown,
}

impl Format {
    /// The suffixes that a file of this format may have; empty where any will do.
    fn suffixes(self) -> &'static [&'static str] {
        match self {
            Format::Xlsx => &["xlsx", "xlsm", "xltx", "xltm", "xlsb", "et", "ett"],
            Format::Docx => &["docx", "docm", "dotx", "dotm", "wps", "wpt"],
            Format::Pptx => &["pptx", "pptm", "ppsx", "ppsm", "potx", "potm", "dps", "dpt"],
            Format::Odf => &["odt", "ods", "odp", "odg", "ott", "ots", "otp"],
            Format::Ofd => &["ofd"],
            Format::Epub => &["epub"],
            Format::Zip => &["zip"],
            Format::Pdf => &["pdf", "ai"],
            Format::Doc => &["doc", "dot", "wps", "wpt"],
            Format::Xls => &["xls", "xlt", "et", "ett"],
            Format::Ppt => &["ppt", "pps", "pot", "dps", "dpt"],
            Format::Rtf => &["rtf"],
            Format::Html => &["html", "htm", "xhtml"],
            Format::Xml => &["xml", "rels", "vml", "xsd", "xsl", "xslt", "rdf", "kml", "gpx", "xmp"],
            Format::Svg => &["svg"],
            Format::Csv => &["csv", "tsv", "txt"],
            Format::Text => &["txt", "csv", "tsv", "md", "json", "yaml", "yml", "log", "text", "geojson", "css", "js", "srt", "vtt"],
            Format::Picture => &["jpg", "jpeg", "jpe", "jfif", "png", "gif", "bmp", "webp", "tif", "tiff", "heic", "heif", "avif", "ico", "tmp"],
            Format::Metafile => &["emf", "wmf"],
            Format::Rar => &["rar"],
            Format::SevenZip => &["7z"],
            Format::Executable => &["exe", "dll", "com", "scr"],
            _ => &[],
        }
    }

    /// Whether a name is one that a file of this format has; a name without a suffix promises nothing.
    pub(super) fn agrees(self, name: &str) -> bool {
        let suffixes = self.suffixes();
        suffix(name).is_none_or(|suffix| suffixes.is_empty() || suffixes.contains(&suffix.as_str()))
    }
}

/// The suffix of a name, in lower case.
fn suffix(name: &str) -> Option<String> {
    let (stem, suffix) = name.rsplit(['/', '\\']).next()?.rsplit_once('.')?;
    let is_suffix = !stem.is_empty() && (1..=7).contains(&suffix.len()) && suffix.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_suffix.then(|| suffix.to_ascii_lowercase())
}

/// Beginnings of files that are told by them alone.
const MAGIC: &[(&[u8], Format)] = &[
    (b"PK\x03\x04", Format::Zip),
    (b"PK\x05\x06", Format::Zip),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Format::Compound),
    (b"Rar!\x1A\x07", Format::Rar),
    (b"7z\xBC\xAF\x27\x1C", Format::SevenZip),
    (b"\x1F\x8B\x08", Format::OtherArchive),
    (b"BZh", Format::OtherArchive),
    (b"\xFD7zXZ\x00", Format::OtherArchive),
    (b"\x28\xB5\x2F\xFD", Format::OtherArchive),
    (b"MSCF\0\0\0\0", Format::OtherArchive),
    (b"{\\rtf", Format::Rtf),
    (b"\xFF\xD8\xFF", Format::Picture),
    (b"\x89PNG\r\n\x1A\n", Format::Picture),
    (b"GIF87a", Format::Picture),
    (b"GIF89a", Format::Picture),
    (b"II*\0", Format::Picture),
    (b"MM\0*", Format::Picture),
    (b"\xD7\xCD\xC6\x9A", Format::Metafile),
    (b"\x01\x00\x09\x00\x00\x03", Format::Metafile),
    (b"\x00\x01\x00\x00\x00", Format::FontFile),
    (b"OTTO", Format::FontFile),
    (b"true\0", Format::FontFile),
    (b"ttcf", Format::FontFile),
    (b"wOFF", Format::FontFile),
    (b"wOF2", Format::FontFile),
    (b"ID3", Format::Media),
    (b"\xFF\xFB", Format::Media),
    (b"OggS", Format::Media),
    (b"fLaC", Format::Media),
    (b"\x1A\x45\xDF\xA3", Format::Media),
    (b"\x30\x26\xB2\x75\x8E\x66\xCF\x11", Format::Media),
    (b"FLV\x01", Format::Media),
    (b"MZ", Format::Executable),
    (b"\x7FELF", Format::Executable),
];

/// How far into a file the head of a PDF may stand (ISO 32000-1, Annex H note 13).
const PDF_HEAD: usize = 1024;

/// What bytes are; ZIP and compound files are told apart by their readers.
fn sniff(bytes: &[u8]) -> Format {
    if bytes.is_empty() {
        return Format::Empty;
    }
    if let Some((_, format)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        // `MZ` begins ordinary text as well.
        if *format != Format::Executable || bytes.iter().take(256).any(|byte| *byte == 0) {
            return *format;
        }
    }
    let at = |from: usize, to: usize| bytes.get(from..to).unwrap_or_default();
    match (at(0, 4), at(8, 12)) {
        (b"RIFF", b"WEBP") => return Format::Picture,
        (b"RIFF", _) => return Format::Media,
        _ => {}
    }
    if at(4, 8) == b"ftyp" {
        let is_still = matches!(at(8, 12), b"heic" | b"heix" | b"mif1" | b"msf1" | b"avif" | b"avis" | b"hevc");
        return if is_still { Format::Picture } else { Format::Media };
    }
    if at(0, 2) == b"BM" && at(6, 10) == [0, 0, 0, 0] {
        return Format::Picture;
    }
    if at(0, 4) == [1, 0, 0, 0] && at(40, 44) == b" EMF" {
        return Format::Metafile;
    }
    if at(257, 262) == b"ustar" || at(32_769, 32_774) == b"CD001" {
        return Format::OtherArchive;
    }
    if find(bytes.get(..bytes.len().min(PDF_HEAD)).unwrap_or_default(), b"%PDF-").is_some() {
        return Format::Pdf;
    }
    Format::Unknown
}

/// The first place of some bytes in others.
pub(super) fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, wanted)
}

/// Whether bytes begin a file that a reader here knows by its beginning alone.
pub(super) fn is_known(bytes: &[u8]) -> bool {
    !matches!(sniff(bytes), Format::Unknown | Format::Empty | Format::Media | Format::FontFile | Format::Executable)
}

/// Reads a file with everything in it, tells its format, and compares it with the name.
pub(super) fn read(name: &str, bytes: &[u8], place: &Place, harvest: &mut Harvest) -> Format {
    if harvest.budget.is_too_deep() {
        harvest.unread(place.clone(), Reason::Refused(Refused::TooDeep));
        return sniff(bytes);
    }
    harvest.budget.depth += 1;
    let format = read_as(sniff(bytes), name, bytes, place, harvest);
    harvest.budget.depth -= 1;
    if !format.agrees(name) {
        harvest.remark(Remark::NameDisagrees { place: place.clone(), name: name.to_owned(), format });
    }
    format
}

fn read_as(format: Format, name: &str, bytes: &[u8], place: &Place, harvest: &mut Harvest) -> Format {
    let refused = match format {
        Format::Zip => return archive::read(bytes, place, harvest),
        Format::Compound => return compound::read(bytes, place, harvest),
        Format::Unknown => return read_text(name, bytes, place, harvest),
        Format::Pdf => {
            pdf::read(bytes, place, harvest);
            return format;
        }
        Format::Rtf => {
            rtf::read(bytes, place, harvest);
            return format;
        }
        Format::Picture => {
            harvest.picture(place.clone(), bytes);
            return format;
        }
        Format::Metafile => {
            runs::read(bytes, place, harvest);
            harvest.picture(place.clone(), bytes);
            harvest.unread(place.clone(), Reason::Picture);
            return format;
        }
        Format::Media => {
            runs::read(bytes, place, harvest);
            harvest.unread(place.clone(), Reason::Media);
            return format;
        }
        Format::FontFile => {
            runs::read(bytes, place, harvest);
            return format;
        }
        Format::Rar => Refused::Rar,
        Format::SevenZip => Refused::SevenZip,
        Format::OtherArchive => Refused::OtherArchive,
        Format::Executable => Refused::Executable,
        _ => return format,
    };
    harvest.unread(place.clone(), Reason::Refused(refused));
    format
}

/// Reads what has no head: text in its many dresses, or nothing known.
fn read_text(name: &str, bytes: &[u8], place: &Place, harvest: &mut Harvest) -> Format {
    let Some(text) = encoding::decode(bytes) else {
        runs::read(bytes, place, harvest);
        harvest.unread(place.clone(), Reason::UnknownBinary);
        return Format::Unknown;
    };
    if text.is_damaged {
        harvest.unread(place.clone(), Reason::UnknownEncoding);
    }
    let text = text.text;
    let head: String = text.trim_start().chars().take(2048).collect::<String>().to_ascii_lowercase();
    let is_xml = head.starts_with("<?xml");
    if head.starts_with("<svg") || is_xml && head.contains("<svg") {
        super::flow::read(&text, place, place, harvest);
        harvest.picture(place.clone(), bytes);
        return Format::Svg;
    }
    if ["<!doctype html", "<html", "<table", "<head", "<body", "<meta", "<style", "<div"].iter().any(|tag| head.starts_with(tag))
        || is_xml && head.contains("<html")
    {
        html::read(&text, place, harvest);
        return Format::Html;
    }
    if is_xml || head.starts_with('<') && text.trim_end().ends_with('>') {
        super::flow::read(&text, place, &place.with(Mark::Outside), harvest);
        return Format::Xml;
    }
    if head.starts_with("mime-version:") || head.starts_with("from:") || head.contains("\ncontent-transfer-encoding:") {
        // A page or letter in MIME packs its parts; what is packed is not unpacked here.
        harvest.unread(place.clone(), Reason::Packed);
    }
    if matches!(suffix(name).as_deref(), Some("csv" | "tsv")) {
        plain::read_table(&text, place, harvest);
        return Format::Csv;
    }
    plain::read_lines(&text, place, harvest);
    Format::Text
}
