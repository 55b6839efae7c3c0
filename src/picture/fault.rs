//! Why a picture cannot be used, in both languages.

use image::ImageError;
use std::error::Error;
use std::fmt;
use std::io;

/// Why a picture cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PictureFault {
    /// The bytes are no picture of a known kind, or are damaged.
    Damaged(Damage),
    /// The header claims more pixels than are believed.
    TooLarge(u32, u32),
    /// A picture of a kind that cannot be read; its name.
    Unsupported(String),
}

/// What is wrong with bytes that should be a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Damage {
    /// There are none.
    Empty,
    /// They are something else.
    NotAPicture,
    /// They end before the picture does.
    CutOff,
    /// They contradict themselves, in the words of the decoder.
    Broken(String),
}

impl Damage {
    /// What is wrong, in Chinese.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            Damage::Empty => "文件是空的".to_owned(),
            Damage::NotAPicture => "内容不是图片".to_owned(),
            Damage::CutOff => "文件不完整，后面缺了一部分".to_owned(),
            Damage::Broken(text) => format!("文件已损坏（{}）", text.trim()),
        }
    }

    /// The same in English.
    #[must_use]
    pub fn en(&self) -> String {
        match self {
            Damage::Empty => "it is empty".to_owned(),
            Damage::NotAPicture => "it holds no picture".to_owned(),
            Damage::CutOff => "it ends too early, a part is missing".to_owned(),
            Damage::Broken(text) => format!("it is damaged ({})", text.trim()),
        }
    }

    /// What to do, in Chinese and in English.
    #[must_use]
    pub fn cure(&self) -> [&'static str; 2] {
        match self {
            Damage::Empty | Damage::CutOff => ["从原来的地方重新复制一份", "Copy it again from where it came from"],
            Damage::NotAPicture => {
                ["换成图片；要提供下载的文件，写进 files", "Put the picture in its place; a file to be handed out belongs under files"]
            }
            Damage::Broken(_) => ["用看图软件打开后另存为 JPEG 或 PNG", "Open it in a picture program and save it as JPEG or PNG"],
        }
    }
}

impl PictureFault {
    /// A picture that contradicts itself.
    pub(super) fn broken(text: impl fmt::Display) -> PictureFault {
        PictureFault::Damaged(Damage::Broken(text.to_string().trim().to_owned()))
    }

    /// What the decoders say, told apart.
    pub(super) fn of(error: ImageError) -> PictureFault {
        match error {
            ImageError::Unsupported(_) => PictureFault::Unsupported(error.to_string().trim().to_owned()),
            ImageError::IoError(error) if error.kind() == io::ErrorKind::UnexpectedEof => PictureFault::Damaged(Damage::CutOff),
            error if ends_early(&error) => PictureFault::Damaged(Damage::CutOff),
            error => PictureFault::broken(error),
        }
    }
}

/// Whether an error is at bottom that of bytes which end too early.
fn ends_early(error: &(dyn Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::UnexpectedEof) {
            return true;
        }
        next = error.source();
    }
    false
}

impl fmt::Display for PictureFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PictureFault::Damaged(damage) => f.write_str(&damage.en()),
            PictureFault::Unsupported(kind) => f.write_str(kind),
            PictureFault::TooLarge(width, height) => write!(f, "{width} × {height}"),
        }
    }
}
