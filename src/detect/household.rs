//! What makes a name more than a name: an address beside it, a child's age or school, an illness in the same sentence.

use super::character::{digit, fold, is_han};
use super::markup::{ceil, floor};
use super::person::names;
use super::{Hit, Kind};
use std::ops::Range;

/// How far a name may stand from an address, in characters.
const ADDRESS_NEAR: usize = 20;
/// How far a name may stand from a child's age or school, in characters.
const MINOR_NEAR: usize = 24;
/// The longest part of a sentence that is read on either side, in characters.
const SENTENCE_MAX: usize = 100;
/// Below this age a person's data are sensitive as such (个人信息保护法, art. 28).
const AGE_ADULT: u32 = 14;

/// The sentence around a range, cut to `count` characters on either side.
fn sentence(text: &str, around: &Range<usize>, count: usize) -> Range<usize> {
    const ENDS: &[char] = &['。', '！', '？', '；', '!', '?', ';', '\n'];
    let before = text.get(floor(text, around.start.saturating_sub(count * 4))..around.start).unwrap_or_default();
    let start = before.char_indices().rev().take(count).take_while(|(_, c)| !ENDS.contains(c)).last().map_or(0, |(index, _)| before.len() - index);
    let behind = text.get(around.end..ceil(text, around.end + count * 4)).unwrap_or_default();
    let end = behind.char_indices().take(count).take_while(|(_, c)| !ENDS.contains(c)).last().map_or(0, |(index, c)| index + c.len_utf8());
    around.start - start..around.end + end
}

/// The address that ends with the 组 at `at`, if a name stands near: `东岳村张湾三组`.
pub(super) fn address(text: &str, at: usize, hits: &mut Vec<Hit>) {
    let end = at + '组'.len_utf8();
    let before = text.get(floor(text, at.saturating_sub(80))..at).unwrap_or_default();
    let unnumbered = before.trim_end_matches(' ').trim_end_matches(is_count).trim_end_matches(['第', ' ']);
    if unnumbered.len() == before.trim_end_matches(' ').len() {
        return;
    }
    let between: Vec<(usize, char)> = unnumbered.char_indices().rev().take(7).take_while(|(_, c)| !matches!(c, '，' | '。' | ',' | '\n')).collect();
    let Some(village) = between.iter().find_map(|(index, c)| match c {
        '村' => Some(*index),
        '区' => unnumbered.get(..*index).filter(|rest| rest.ends_with('社')).map(|rest| rest.len() - '社'.len_utf8()),
        _ => None,
    }) else {
        return;
    };
    let name = unnumbered.get(..village).unwrap_or_default();
    let length: usize = name.chars().rev().take(8).take_while(|c| is_han(*c)).map(char::len_utf8).sum();
    if name.get(name.len() - length..).is_none_or(|name| name.chars().count() < 2) {
        return;
    }
    let start = at - before.len() + name.len() - length;
    let house = text.get(end..).unwrap_or_default();
    let number: usize = house.chars().take_while(|c| is_count(*c)).map(char::len_utf8).sum();
    let end = if number > 0 && house.get(number..).is_some_and(|rest| rest.starts_with('号')) { end + number + '号'.len_utf8() } else { end };
    let near = sentence(text, &(start..end), ADDRESS_NEAR);
    // A list of addresses is read from its name on: what is before the village's name may be the person's.
    if !names(text, near.start..start).is_empty() || !names(text, end..near.end).is_empty() || starts_with_name(text, start, end) {
        hits.push(Hit { span: start..end, kind: Kind::AddressWithName });
    }
}

/// Whether a name stands at the head of what was read as the village's name: `户主张明住东岳村三组`.
fn starts_with_name(text: &str, start: usize, end: usize) -> bool {
    let window = floor(text, start.saturating_sub(24));
    let around = sentence(text, &(start..start), ADDRESS_NEAR);
    names(text, around.start.max(window)..end).iter().any(|name| name.start >= around.start && name.end <= end)
}

fn is_count(c: char) -> bool {
    fold(c).is_ascii_digit() || digit(c).is_some() || c == '十'
}

/// The children named beside the age that ends with the 岁 at `at`.
pub(super) fn age(text: &str, at: usize, hits: &mut Vec<Hit>) {
    let before = text.get(floor(text, at.saturating_sub(32))..at).unwrap_or_default();
    let before = before.trim_end_matches(['周', ' ']);
    let length: usize = before.chars().rev().take_while(|c| is_count(*c)).map(char::len_utf8).sum();
    let (rest, number) = before.split_at(before.len() - length);
    let behind = text.get(at + '岁'.len_utf8()..).unwrap_or_default();
    // Ranges of ages are of nobody: 6-12岁, 三岁以下.
    let is_range = rest.ends_with(['-', '—', '–', '~', '～', '至', '到', '.', '、', '几'])
        || ["以下", "以上", "以内", "以前", "及以", "至", "到", "-", "—", "～", "~", "儿童", "左右"].iter().any(|word| behind.starts_with(word));
    if number_of(number).is_some_and(|age| age < AGE_ADULT) && !is_range {
        children(text, at - length..at + '岁'.len_utf8(), hits);
    }
}

/// A number in digits or in Han up to 99.
fn number_of(text: &str) -> Option<u32> {
    let mut number = None;
    for c in text.chars() {
        let before = number.unwrap_or(0);
        number = Some(match digit(c) {
            Some((_, value)) if before % 10 == 0 && text.contains('十') => before + u32::from(value),
            Some((_, value)) => before * 10 + u32::from(value),
            None if c == '十' => before.max(1) * 10,
            None => return None,
        });
        if number > Some(200) {
            return None;
        }
    }
    number
}

/// The children named beside the school at `word`.
pub(super) fn school(text: &str, word: Range<usize>, hits: &mut Vec<Hit>) {
    const ADULTS: &[&str] =
        &["文化", "学历", "毕业", "教师", "校长", "老师", "教育", "没", "支教", "任教", "水平", "程度", "辍学", "建设", "项目", "改造", "扩建"];
    let behind = text.get(word.end..).unwrap_or_default();
    let is_year = text.get(word.clone()) == Some("年级");
    let before = text.get(..word.start).unwrap_or_default();
    let is_numbered = before.ends_with(|c: char| is_count(c)) || before.ends_with(['本', '高', '低']);
    if !ADULTS.iter().any(|adult| behind.starts_with(adult)) && (!is_year || is_numbered) {
        children(text, word, hits);
    }
}

fn children(text: &str, around: Range<usize>, hits: &mut Vec<Hit>) {
    let near = sentence(text, &around, MINOR_NEAR);
    // A name that the window cuts through is read from the sentence's beginning on.
    let wide = sentence(text, &around, SENTENCE_MAX);
    let found = names(text, wide).into_iter().filter(|name| name.start >= near.start && name.end <= near.end);
    hits.extend(found.map(|span| Hit { span, kind: Kind::Minor }));
}

/// The names in the sentence of an illness.
pub(super) fn health(text: &str, word: Range<usize>, hits: &mut Vec<Hit>) {
    let around = sentence(text, &word, SENTENCE_MAX);
    hits.extend(names(text, around).into_iter().map(|span| Hit { span, kind: Kind::HealthWithName }));
}

/// Whether the 残疾 at a range is that of a person with a grade: 残疾三级, 三级残疾, 肢体残疾.
pub(super) fn is_graded(text: &str, word: &Range<usize>) -> bool {
    let before = text.get(..word.start).unwrap_or_default();
    let behind = text.get(word.end..).unwrap_or_default().trim_start_matches(['（', '(', '：', ':', ' ']);
    let has_grade = behind.starts_with(['一', '二', '三', '四', '1', '2', '3', '4', 'Ⅰ', 'Ⅱ', 'Ⅲ', 'Ⅳ']) && behind.chars().nth(1) == Some('级');
    let is_graded = before.strip_suffix('级').is_some_and(|rest| rest.ends_with(['一', '二', '三', '四', '1', '2', '3', '4']));
    has_grade || is_graded || ["肢体", "智力", "精神", "视力", "听力", "言语", "多重", "重度"].iter().any(|sort| before.ends_with(sort))
}
