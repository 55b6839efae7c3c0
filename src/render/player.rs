//! Films and sound of a record as its page plays them, each with what is said in it as a transcript. A `<track>` would not load
//! from a folder that was opened by double click: the transcript carries the times, and the theme's script makes captions of it.

use super::view::FileView;
use super::{PageFault, Press};
use crate::captions::Cue;
use crate::disclose::{Captions, Entry, HandedFile};
use crate::lang::Lang;
use crate::path::OutPath;
use crate::site::Family;
use serde::Serialize;

/// A film or sound.
#[derive(Debug, Serialize)]
pub(crate) struct PlayerView {
    /// The file, which can be downloaded too.
    pub file: FileView,
    /// The id of its element.
    pub id: String,
    /// Whether it has a picture.
    pub film: bool,
    /// Width of the picture in pixels.
    pub width: Option<u32>,
    /// Height of the picture in pixels.
    pub height: Option<u32>,
    /// The address of the picture that stands for it until it plays.
    pub poster: Option<String>,
    /// What is said in it, where there are captions.
    pub transcript: Option<TranscriptView>,
}

/// What is said in a film or sound, in one language.
#[derive(Debug, Serialize)]
pub(crate) struct TranscriptView {
    /// The language: `zh` or `en`.
    pub lang: &'static str,
    /// The language tag.
    pub tag: &'static str,
    /// Whether it is not the language of the page.
    pub foreign: bool,
    /// The lines.
    pub lines: Vec<LineView>,
}

/// A line of a transcript.
#[derive(Debug, Serialize)]
pub(crate) struct LineView {
    /// When it begins, in seconds: `1.5`.
    pub from: String,
    /// When it ends, in seconds.
    pub to: String,
    /// When it begins, for readers: `1:05`.
    pub time: String,
    /// The same as HTML's `datetime` wants it: `PT65S`.
    pub datetime: String,
    /// Who says it.
    pub speaker: Option<String>,
    /// What is said.
    pub text: String,
}

/// Whether a page plays a file instead of only listing it.
pub(super) fn plays(file: &HandedFile) -> bool {
    file.playing.is_some() && matches!(file.kind.family(), Family::Film | Family::Sound)
}

/// The films and sound of an entry.
pub(super) fn views(press: &Press, from: &OutPath, entry: &Entry, lang: Lang) -> Result<Vec<PlayerView>, PageFault> {
    let playing = (1..).zip(entry.files()).filter(|(_, file)| plays(file));
    let mut views = Vec::new();
    for (number, file) in playing {
        views.extend(view(press, from, entry, (number, file), lang)?);
    }
    Ok(views)
}

fn view(press: &Press, from: &OutPath, entry: &Entry, (number, file): (usize, &HandedFile), lang: Lang) -> Result<Option<PlayerView>, PageFault> {
    let Some(shown) = super::file::view(press, from, entry, (number, file), lang) else { return Ok(None) };
    let transcript = file.captions.prefer(lang).map(|(of, captions)| transcript(press, captions, of, lang)).transpose()?.flatten();
    let size = file.playing.and_then(|playing| playing.size);
    let poster = file.poster.as_ref().and_then(|poster| press.edition.picture(entry, poster));
    let poster = poster.and_then(|picture| press.plan.addresses().picture(picture, picture.sizes().next_back()?.0).ok());
    Ok(Some(PlayerView {
        file: shown,
        id: format!("media-{number}"),
        film: size.is_some(),
        width: size.map(|(width, _)| width),
        height: size.map(|(_, height)| height),
        poster: poster.filter(|_| size.is_some()).map(|path| from.link_to(&path)),
        transcript,
    }))
}

fn transcript(press: &Press, captions: &Captions, of: Lang, lang: Lang) -> Result<Option<TranscriptView>, PageFault> {
    let cues = captions.read(press.source).ok_or_else(|| PageFault::Source(captions.file().to_string()))?;
    let lines: Vec<LineView> = cues.into_iter().map(line).collect();
    Ok((!lines.is_empty()).then(|| TranscriptView { lang: of.code(), tag: of.tag(), foreign: of != lang, lines }))
}

fn line(cue: Cue) -> LineView {
    let seconds = cue.from_ms / 1000;
    LineView {
        from: in_seconds(cue.from_ms),
        to: in_seconds(cue.to_ms),
        time: clock(seconds),
        datetime: format!("PT{seconds}S"),
        speaker: cue.speaker.map(String::from),
        text: cue.text.into(),
    }
}

/// Seconds with at most three decimals.
fn in_seconds(ms: u64) -> String {
    let decimals = format!("{}.{:03}", ms / 1000, ms % 1000);
    decimals.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// As players show it: `1:05`, `1:02:03`.
fn clock(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_for_scripts_and_for_readers() {
        for (ms, seconds, shown) in [(0, "0", "0:00"), (1500, "1.5", "0:01"), (65_001, "65.001", "1:05"), (3_723_000, "3723", "1:02:03")] {
            assert_eq!((in_seconds(ms).as_str(), clock(ms / 1000).as_str()), (seconds, shown));
        }
    }
}
