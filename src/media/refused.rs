//! Why a film or sound cannot be handed out as it is.

/// The reason. Every one has a way out: saving the file anew with a common program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Refused {
    /// The file is no film or sound of the formats that are known.
    NoFilm,
    /// It contradicts itself or ends too early; at this byte or box.
    Damaged(&'static str),
    /// It is cut into fragments (`moof`), as live recordings are.
    Fragmented,
    /// Its picture or sound lies in another file.
    External,
    /// A coding that is not known to be free of words, by its four letters: encrypted tracks, old codecs.
    Codec([u8; 4]),
    /// There is neither a picture nor a sound track in it.
    NoTrack,
    /// Bytes that belong to nothing known lie between its parts.
    Stray,
}

impl Refused {
    /// The reason in Chinese, with the way out.
    #[must_use]
    pub fn zh(self) -> String {
        match self {
            Refused::NoFilm => "不是可识别的影片或声音文件".to_owned(),
            Refused::Damaged(part) => format!("文件已损坏（{part}），请重新导出"),
            Refused::Fragmented => "分段的影片（fragmented MP4），请转存为普通 MP4".to_owned(),
            Refused::External => "画面或声音在另一个文件中，请导出为独立文件".to_owned(),
            Refused::Codec(code) => format!("编码“{}”无法确认不含附注，请转码为 H.264/AAC", super::bytes::name_text(code)),
            Refused::NoTrack => "文件中没有画面或声音".to_owned(),
            Refused::Stray => "文件中夹有来历不明的数据，请重新导出".to_owned(),
        }
    }

    /// The reason in English, with the way out.
    #[must_use]
    pub fn en(self) -> String {
        match self {
            Refused::NoFilm => "no film or sound of a known format".to_owned(),
            Refused::Damaged(part) => format!("the file is damaged ({part}): export it again"),
            Refused::Fragmented => "a fragmented MP4: save it as a plain one".to_owned(),
            Refused::External => "picture or sound lie in another file: export one that stands alone".to_owned(),
            Refused::Codec(code) => format!("coding “{}” may hold notes: convert it to H.264/AAC", super::bytes::name_text(code)),
            Refused::NoTrack => "no picture and no sound in it".to_owned(),
            Refused::Stray => "bytes of unknown origin lie in it: export it again".to_owned(),
        }
    }
}
