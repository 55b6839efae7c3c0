//! Captions of films and sound in WebVTT, text → lines with their times. Only words and times are read, since a page prints
//! them as a transcript: where a line stands in the picture, styles and regions are left to players that load the file.

mod line;
mod time;

use crate::diagnostic::{Code, Mark, Span};
use crate::text::is_mark;

/// Words and when they are said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// The line of the file in which its words begin, from 1.
    pub line: u32,
    /// When they begin, in milliseconds.
    pub from_ms: u64,
    /// When they end, later than they begin.
    pub to_ms: u64,
    /// Who says them, where `<v …>` tells.
    pub speaker: Option<Box<str>>,
    /// The words without markup; lines stay lines. Never empty.
    pub text: Box<str>,
}

/// A line with its place in the text and its number.
type Line<'t> = (usize, &'t str, u32);

/// Reads captions after WebVTT §6 (W3C, 2019), as far as words and times go; commas before milliseconds and hours of any
/// length are taken too. What cannot be read is marked and left out.
#[must_use]
pub fn parse(text: &str) -> (Vec<Cue>, Vec<Mark>) {
    let mut marks = Vec::new();
    let mut lines = lines(text);
    match lines.first() {
        Some((_, first, _)) if is_header(first) => {
            lines.drain(..lines.iter().position(|(_, line, _)| line.is_empty()).unwrap_or(lines.len())).for_each(drop)
        }
        Some((at, first, _)) => marks.push(Mark::new(Code::CaptionsHeader, Span::new(*at, at + first.len()))),
        None => {}
    }
    let mut cues: Vec<Cue> = Vec::new();
    for block in blocks(&lines) {
        match read(block) {
            Ok(None) => {}
            Ok(Some((at, cue))) => {
                if cues.last().is_some_and(|last| cue.from_ms < last.from_ms) {
                    marks.push(Mark::new(Code::CaptionsOrder, at));
                }
                cues.push(cue);
            }
            Err(mark) => marks.push(*mark),
        }
    }
    if cues.is_empty() {
        marks.push(Mark::new(Code::CaptionsEmpty, Span::default()));
    }
    (cues, marks)
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut at = 0;
    (1..)
        .zip(text.split_inclusive('\n'))
        .map(|(number, line)| {
            let start = at;
            at += line.len();
            (start, line.trim_end_matches(['\n', '\r']), number)
        })
        .collect()
}

fn is_header(line: &str) -> bool {
    let line = line.strip_prefix('\u{FEFF}').unwrap_or(line);
    line.strip_prefix("WEBVTT").is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
}

/// What stands between empty lines; a line of times inside begins a block too, for an empty line is easily forgotten.
fn blocks<'l, 't>(lines: &'l [Line<'t>]) -> Vec<&'l [Line<'t>]> {
    let mut blocks = Vec::new();
    for whole in lines.split(|(_, line, _)| line.trim().is_empty()).filter(|block| !block.is_empty()) {
        if is_remark(whole) {
            continue;
        }
        let (mut start, mut has_times) = (0, false);
        for (at, (_, line, _)) in whole.iter().enumerate().filter(|(_, (_, line, _))| line.contains(time::ARROW)) {
            if has_times {
                blocks.push(&whole[start..at]);
                start = at;
            }
            has_times = !line.is_empty();
        }
        blocks.push(&whole[start..]);
    }
    blocks
}

/// A comment, style sheet or region.
fn is_remark(block: &[Line]) -> bool {
    let first = block.first().map_or("", |(_, line, _)| *line);
    let named = |name: &str| first.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']));
    named("NOTE") || named("STYLE") || named("REGION")
}

/// A block as a cue with the place of its times; nothing where its times are right and no words follow.
fn read(block: &[Line]) -> Result<Option<(Span, Cue)>, Box<Mark>> {
    let span = |(at, line, _): &Line| Span::new(*at, at + line.len());
    let fault =
        |line: Option<&Line>, zh: &str, en: &str| Box::new(Mark::new(Code::CaptionsCue, line.map(span).unwrap_or_default()).with_both(zh, en));
    // A name of its own may stand above.
    let Some(at) = block.iter().take(2).position(|(_, line, _)| line.contains(time::ARROW)) else {
        return Err(fault(block.first(), "没有“起 --> 止”的时间行", "it has no line of times, from --> to"));
    };
    let (Some(times), words) = (block.get(at), block.get(at + 1..).unwrap_or_default()) else { return Ok(None) };
    let Some((from_ms, to_ms)) = time::range(times.1) else {
        return Err(fault(Some(times), "时间写法不对", "its times cannot be read"));
    };
    if to_ms <= from_ms {
        return Err(fault(Some(times), "结束不晚于开始", "it ends before it begins"));
    }
    let written: Vec<&str> = words.iter().map(|(_, line, _)| *line).collect();
    let (speaker, text) = line::plain(&written.join("\n"));
    let text = clean(&text);
    let speaker = speaker.map(|speaker| clean(&speaker)).filter(|speaker| !speaker.is_empty());
    Ok((!text.is_empty()).then_some((span(times), Cue { line: words.first().map_or(times.2, |line| line.2), from_ms, to_ms, speaker, text })))
}

/// Without what no page may hold, and without blanks around the lines.
fn clean(text: &str) -> Box<str> {
    let lines = text.lines().map(|line| line.chars().filter(|c| !is_mark(*c) && !c.is_control()).collect::<String>());
    lines.map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect::<Vec<String>>().join("\n").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(text: &str) -> Vec<(u64, u64, Option<String>, String)> {
        parse(text).0.into_iter().map(|cue| (cue.from_ms, cue.to_ms, cue.speaker.map(String::from), cue.text.into())).collect()
    }

    /// Codes with the line that each names.
    fn faults(text: &str) -> Vec<(&'static str, &str)> {
        parse(text).1.iter().map(|mark| (mark.code.name(), &text[mark.span.start as usize..mark.span.end as usize])).collect()
    }

    #[test]
    fn words_and_times_are_read_and_the_rest_is_left_out() {
        let text = "WEBVTT - 访谈\nKind: captions\n\nNOTE\n校对：甲\n00:01.000 --> 00:02.000\n\nSTYLE\n::cue { color: red }\n\n1\n00:01.000 --> 00:04.250 align:start line:0\n<v 主持人>十年前，\n这里是<b>荒</b>坡。\n\n01:00:00.000 --> 01:00:01.000\n<v.loud Wang>A &amp; B &lt;C&gt; <00:00:01.000><lang en>tea</lang>\n";
        assert_eq!(
            read_all(text),
            [
                (1000, 4250, Some("主持人".to_owned()), "十年前，\n这里是荒坡。".to_owned()),
                (3_600_000, 3_601_000, Some("Wang".to_owned()), "A & B <C> tea".to_owned()),
            ]
        );
        assert!(faults(text).is_empty());
        assert_eq!(parse(text).0.iter().map(|cue| cue.line).collect::<Vec<_>>(), [13, 17]);
        // As subtitle editors save it.
        assert_eq!(read_all("1\r\n00:00:01,500 --> 00:00:02,000\r\n一\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\n二\r\n").len(), 2);
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_line() {
        assert_eq!(faults("00:01.000 --> 00:02.000\n一\n"), [("captions-header", "00:01.000 --> 00:02.000")]);
        assert_eq!(faults("WEBVTT\n\n"), [("captions-empty", "")]);
        assert_eq!(faults(""), [("captions-empty", "")]);
        let told = |block: &str| {
            let text = format!("WEBVTT\n\n00:01.000 --> 00:02.000\n一\n\n{block}\n");
            assert_eq!(parse(&text).0.len(), 1, "{block}");
            let marks = parse(&text).1;
            assert_eq!(marks.len(), 1, "{block}: {marks:?}");
            (marks[0].code.name(), text[marks[0].span.start as usize..marks[0].span.end as usize].to_owned())
        };
        for (block, line) in [
            ("没有时间", "没有时间"),
            ("00:03.000 → 00:04.000\n二", "00:03.000 → 00:04.000"),
            ("00:03 --> 00:04.000\n二", "00:03 --> 00:04.000"),
            ("二\n00:63.000 --> 01:04.000\n二", "00:63.000 --> 01:04.000"),
            ("00:04.000 --> 00:04.000\n二", "00:04.000 --> 00:04.000"),
        ] {
            assert_eq!(told(block), ("captions-cue", line.to_owned()));
        }
    }

    #[test]
    fn a_cue_may_lack_its_empty_line_and_may_come_too_early() {
        let text = "WEBVTT\n\n00:03.000 --> 00:05.000\n一\n00:01.000 --> 00:02.000\n二\n\n00:06.000 --> 00:07.000\n";
        assert_eq!(read_all(text).iter().map(|(.., text)| text.as_str()).collect::<Vec<_>>(), ["一", "二"]);
        assert_eq!(faults(text), [("captions-order", "00:01.000 --> 00:02.000")]);
    }

    #[test]
    fn no_text_makes_it_stumble() {
        const PIECES: &[&str] =
            &["WEBVTT", "\n", "\n\n", " --> ", "-->", "00:01.000", "99:59:59.999", "<v ", ">", "<", "&", "&amp;", "字", "\r", "\u{FDD8}", ":", "."];
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        for _ in 0..20_000 {
            let mut text = String::new();
            for _ in 0..14 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                text.push_str(PIECES[usize::try_from(state >> 33).unwrap_or(0) % PIECES.len()]);
            }
            let (cues, marks) = parse(&text);
            assert!(cues.iter().all(|cue| cue.from_ms < cue.to_ms && !cue.text.is_empty() && !cue.text.contains(is_mark)), "{text:?}");
            assert!(marks.iter().all(|mark| text.get(mark.span.start as usize..mark.span.end as usize).is_some()), "{text:?}");
        }
    }
}
