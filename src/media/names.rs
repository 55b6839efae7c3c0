//! What blocks and their fields are called in Chinese and English. A field that is not listed goes by the name its standard gives it.

use super::report::Block;

/// The names of a block.
pub(super) fn block(block: Block) -> (&'static str, &'static str) {
    match block {
        Block::Exif => ("EXIF", "EXIF"),
        Block::Gps => ("GPS", "GPS"),
        Block::MakerNote => ("相机厂商信息", "maker's note"),
        Block::Xmp => ("XMP", "XMP"),
        Block::Iptc => ("IPTC", "IPTC"),
        Block::Photoshop => ("Photoshop 信息", "Photoshop resource"),
        Block::Comment => ("注释", "comment"),
        Block::PngText => ("PNG 文字", "PNG text"),
        Block::Thumbnail => ("缩略图", "thumbnail"),
        Block::Profile => ("色彩描述文件", "colour profile"),
        Block::Trailing => ("图后附加数据", "bytes after the picture"),
        Block::SecondPicture => ("第二幅图", "second picture"),
        Block::MotionFilm => ("图中附的影片", "film in the picture"),
        Block::Item => ("图像条目", "image item"),
        Block::Time => ("时间", "time"),
        Block::UserData => ("影片附注", "user data"),
        Block::Track => ("附加轨道", "extra track"),
        Block::Handler => ("制作程序", "maker's name"),
        Block::Frame => ("画面编码中的文字", "words in the coded pictures"),
        Block::Gap => ("轨道之外的数据", "bytes outside all tracks"),
        Block::Id3 => ("ID3", "ID3"),
        Block::Ape => ("APE 标签", "APE tag"),
        Block::Lyrics => ("Lyrics3 歌词", "Lyrics3"),
        Block::Riff => ("RIFF 附注", "RIFF chunk"),
        Block::Vorbis => ("Vorbis 注释", "Vorbis comment"),
        Block::Svg => ("SVG 附注", "SVG metadata"),
        Block::Unknown => ("未知数据", "unknown block"),
    }
}

/// The names of a field.
pub(super) fn field(field: &str) -> Option<(&'static str, &'static str)> {
    let (_, names) = FIELDS.iter().find(|(fields, _)| fields.split(' ').any(|one| one == field))?;
    Some(*names)
}

/// Fields of all standards that say the same, parted by spaces.
const FIELDS: &[(&str, (&str, &str))] = &[
    ("GPSPosition ©xyz loci com.apple.quicktime.location.ISO6709 LOCATION geotag", ("坐标", "position")),
    ("GPSProcessingMethod", ("定位方法", "positioning method")),
    ("GPSAreaInformation", ("定位地区", "area")),
    ("GPSDateStamp", ("定位日期", "position date")),
    ("Artist dc:creator By-line Author ©ART ©art auth perf TPE1 ARTIST artist IART com.apple.quicktime.artist", ("作者", "artist")),
    ("©aut com.apple.quicktime.author AUTHOR Originator", ("作者", "author")),
    ("Copyright dc:rights CopyrightNotice ©cpy cprt TCOP COPYRIGHT ICOP", ("版权", "copyright")),
    ("Make tiff:Make ©mak com.apple.quicktime.make", ("设备厂商", "maker")),
    ("Model tiff:Model ©mod com.apple.quicktime.model", ("设备型号", "model")),
    ("Software xmp:CreatorTool ©swr ©too ISFT TSSE ENCODER encoder com.apple.quicktime.software", ("软件", "software")),
    ("ImageDescription dc:description Caption-Abstract ©des desc ©inf com.apple.quicktime.description DESCRIPTION", ("说明", "description")),
    (
        "DateTime DateTimeOriginal DateTimeDigitized xmp:CreateDate DateCreated ©day TDRC TYER DATE ICRD com.apple.quicktime.creationdate tIME",
        ("日期", "date"),
    ),
    ("CameraOwnerName aux:OwnerName", ("机主姓名", "owner's name")),
    ("BodySerialNumber CameraSerialNumber aux:SerialNumber exifEX:BodySerialNumber", ("机身序列号", "body serial number")),
    ("LensSerialNumber aux:LensSerialNumber exifEX:LensSerialNumber", ("镜头序列号", "lens serial number")),
    ("ImageUniqueID", ("图像编号", "image ID")),
    ("UserComment", ("用户注释", "user comment")),
    ("XPTitle dc:title ObjectName Title ©nam titl TIT2 TITLE INAM com.apple.quicktime.title", ("标题", "title")),
    ("XPAuthor", ("作者（Windows）", "author (Windows)")),
    ("XPComment COMM ©cmt ICMT COMMENT comment com.apple.quicktime.comment", ("备注", "comment")),
    ("XPKeywords dc:subject Keywords com.apple.quicktime.keywords", ("关键词", "keywords")),
    ("XPSubject", ("主题", "subject")),
    ("City photoshop:City", ("城市", "city")),
    ("Sub-location Iptc4xmpCore:Location", ("具体地点", "sublocation")),
    ("TALB ALBUM ©alb IPRD", ("专辑", "album")),
    ("USLT ©lyr LYRICS", ("歌词", "lyrics")),
];

#[cfg(test)]
mod tests {
    use super::super::report::Place;
    use super::*;

    #[test]
    fn places_print_in_both_languages() {
        let place = |within: &[Block], block, field: &str| Place { within: within.to_vec(), block, field: field.to_owned() };
        assert_eq!(place(&[], Block::Gps, "GPSPosition").zh(), "GPS 坐标");
        assert_eq!(place(&[], Block::Exif, "Artist").zh(), "EXIF 作者");
        assert_eq!(place(&[], Block::Exif, "Artist").en(), "EXIF artist");
        assert_eq!(place(&[Block::MotionFilm], Block::UserData, "abcd").zh(), "图中附的影片 › 影片附注 abcd");
        assert_eq!(place(&[], Block::Xmp, "").en(), "XMP");
    }
}
