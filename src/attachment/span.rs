//! Texts that are placed on a page one by one → lines as a reader sees them.

use super::radical;

/// A text at a place on a page, in any unit.
#[derive(Debug)]
pub(super) struct Span {
    /// Direction of writing in degrees, rounded.
    pub(super) angle: i32,
    /// Along the direction of writing.
    pub(super) start: f64,
    pub(super) end: f64,
    /// Across it, growing downwards.
    pub(super) across: f64,
    /// The size of the font.
    pub(super) size: f64,
    pub(super) text: String,
    /// Whether its end is a guess, since the font does not say how wide its characters are.
    pub(super) is_guess: bool,
}

/// Baselines that differ by less than this part of the size are one line.
const SAME_LINE: f64 = 0.35;
/// A gap of more than this part of the size is a space, and of more than the next another column.
const SPACE: f64 = 0.25;
const COLUMN: f64 = 1.2;

/// The same text this near (in parts of the size) is one text that was set twice to look bold.
const SET_TWICE: f64 = 0.15;
/// A text that begins this far before the end of the last may lie over it; narrow figures are not wider than this in doubt.
const OVERLAP: f64 = 0.2;
/// And this far: certainly.
const COVERED: f64 = 0.6;

/// Joins spans into lines, from the top, each from its start. Where texts lie over each other, which no sorting can take
/// apart, the line follows once more in the order in which it was set.
pub(super) fn lines(spans: Vec<Span>) -> Vec<String> {
    let mut spans: Vec<(usize, Span)> = spans.into_iter().enumerate().collect();
    spans.sort_by(|(_, a), (_, b)| a.angle.cmp(&b.angle).then(a.across.total_cmp(&b.across)));
    let mut out = Vec::new();
    let mut line: Vec<(usize, Span)> = Vec::new();
    for (order, span) in spans {
        let is_same =
            line.first().is_none_or(|(_, first)| first.angle == span.angle && span.across - first.across <= SAME_LINE * first.size.max(span.size));
        if !is_same {
            hand_out(std::mem::take(&mut line), &mut out);
        }
        line.push((order, span));
    }
    hand_out(line, &mut out);
    out
}

fn hand_out(mut line: Vec<(usize, Span)>, out: &mut Vec<String>) {
    line.sort_by(|(_, a), (_, b)| a.start.total_cmp(&b.start));
    line.dedup_by(|(_, b), (_, a)| a.text == b.text && (b.start - a.start).abs() < SET_TWICE * a.size);
    let (text, has_overlap) = join(&line);
    out.push(text);
    if has_overlap {
        line.sort_by_key(|(order, _)| *order);
        out.push(join(&line).0);
    }
}

/// The text of a line, and whether some of it may lie over the rest.
fn join(line: &[(usize, Span)]) -> (String, bool) {
    let mut out = String::new();
    let mut last: Option<&Span> = None;
    let mut has_overlap = false;
    for (_, span) in line {
        let gap = last.map_or(0.0, |last| (span.start - last.end) / span.size.max(f64::MIN_POSITIVE));
        let is_guess = last.is_some_and(|last| last.is_guess);
        has_overlap |= gap < -OVERLAP;
        if !(-COVERED..=COLUMN).contains(&gap) {
            // Where the widths are guesses the texts may well touch, and a number goes on over a space.
            out.push(if is_guess && gap < 0.0 { ' ' } else { '\t' });
        } else if gap > SPACE {
            out.push(' ');
        }
        out.push_str(&span.text);
        last = Some(span);
    }
    (radical::fold(&out), has_overlap)
}

#[cfg(test)]
mod tests {
    use super::{Span, lines};

    fn span(start: f64, across: f64, text: &str) -> Span {
        let end = start + 5.0 * f64::from(u32::try_from(text.len()).unwrap());
        Span { angle: 0, start, end, across, size: 10.0, text: text.to_owned(), is_guess: false }
    }

    #[test]
    fn touching_texts_join_and_distant_ones_do_not() {
        let spans =
            vec![span(115.0, 20.2, "0013"), span(100.0, 20.0, "138"), span(138.0, 20.0, "8000"), span(180.0, 19.9, "1990"), span(0.0, 40.0, "next")];
        assert_eq!(lines(spans), ["1380013 8000\t1990", "next"]);
    }

    #[test]
    fn a_text_that_is_set_twice_or_over_another_stays_whole() {
        let bold: Vec<Span> = (0..3).flat_map(|at| [0.0, 0.5].map(|shift| span(f64::from(at) * 5.0 + shift, 0.0, &at.to_string()))).collect();
        assert_eq!(lines(bold), ["012"]);
        let over = [("1", 0.0), ("2", 5.0), ("3", 10.0), ("a", 2.0), ("b", 7.0), ("c", 12.0)].map(|(text, start)| span(start, 0.0, text));
        assert!(lines(over.into()).iter().any(|line| line.contains("123")));
    }
}
