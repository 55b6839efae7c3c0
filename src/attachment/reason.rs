//! Why a part was not read, in both languages.

/// Why a part of a file could not be read whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The file may not be handed out at all.
    Refused(Refused),
    /// A binary format from before 2007 (or WPS): its texts are found by guessing.
    OldBinary,
    /// Rich text: read as far as it goes.
    RichText,
    /// The structure is damaged; what could be made out was read.
    Damaged,
    /// A part in a binary format that is not known; runs of text in it were read.
    UnknownBinary,
    /// Text whose encoding could not be told.
    UnknownEncoding,
    /// A text that packs other bytes (Base64).
    Packed,
    /// Program code (macros, controls).
    Program,
    /// A picture that may show text.
    Picture,
    /// Sound or film.
    Media,
    /// A page without any text that can be taken out.
    NoText,
    /// A font that does not say which characters its shapes are.
    Font,
    /// A compression or filter that is not known.
    Compression,
    /// Bytes that no directory of the file speaks of.
    Unaccounted,
    /// An entity that the file defines itself.
    Entity,
    /// Elements nested deeper than any editor nests them.
    TooDeep,
}

/// Why a file may not be handed out even after a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Refused {
    /// A RAR archive.
    Rar,
    /// A 7z archive.
    SevenZip,
    /// Another archive than ZIP (tar, gzip, bzip2, xz, zstd, cab, ISO).
    OtherArchive,
    /// Needs a password.
    Encrypted,
    /// Unpacks to more than the limits allow.
    Bomb,
    /// More levels of files in files than allowed.
    TooDeep,
    /// A program.
    Executable,
}

impl Reason {
    /// The reason in Chinese.
    #[must_use]
    pub fn zh(self) -> &'static str {
        self.words().0
    }

    /// The reason in English.
    #[must_use]
    pub fn en(self) -> &'static str {
        self.words().1
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Reason::Refused(refused) => refused.words(),
            Reason::OldBinary => ("旧式二进制格式，只能尽量提取文字", "an old binary format, read only as far as its texts can be guessed"),
            Reason::RichText => ("RTF 格式，只能尽量提取文字", "RTF, read only as far as it goes"),
            Reason::Damaged => ("结构已损坏", "its structure is damaged"),
            Reason::UnknownBinary => ("未知的二进制部件", "a binary part of an unknown kind"),
            Reason::UnknownEncoding => ("无法判断文字编码", "the encoding of its text cannot be told"),
            Reason::Packed => ("文字中夹带编码数据", "a text that packs other data"),
            Reason::Program => ("含宏或控件代码", "macros or controls"),
            Reason::Picture => ("图片，可能含有文字", "a picture that may show text"),
            Reason::Media => ("音频或视频", "sound or film"),
            Reason::NoText => ("没有可提取的文字层", "no text that can be taken out"),
            Reason::Font => ("字体没有字符对应表", "a font that does not say which characters it shows"),
            Reason::Compression => ("未知的压缩方式", "an unknown compression"),
            Reason::Unaccounted => ("夹带目录之外的数据", "data that no directory of the file lists"),
            Reason::Entity => ("使用了自定义实体", "an entity that the file defines itself"),
            Reason::TooDeep => ("嵌套过深", "nested too deeply"),
        }
    }
}

impl Refused {
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Refused::Rar => ("RAR 压缩包，请改用 ZIP", "a RAR archive; use ZIP"),
            Refused::SevenZip => ("7z 压缩包，请改用 ZIP", "a 7z archive; use ZIP"),
            Refused::OtherArchive => ("ZIP 以外的压缩包，请改用 ZIP", "an archive other than ZIP; use ZIP"),
            Refused::Encrypted => ("已加密，无法检查", "encrypted, so that it cannot be checked"),
            Refused::Bomb => ("解压后超过限额", "unpacks to more than the limit"),
            Refused::TooDeep => ("压缩包层层嵌套，超过限额", "more files in files than the limit"),
            Refused::Executable => ("可执行程序", "a program"),
        }
    }
}
