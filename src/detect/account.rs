//! E-mail addresses, accounts of messengers, number plates.

use super::character::fold;
use super::markup::floor;
use super::{Allowed, Form, Hit, Kind, View};
use std::ops::Range;

/// Longest part of an address before the @, in bytes (RFC 5321 §4.5.3.1.1), and of a domain (§4.5.3.1.2, cut short).
const LOCAL_MAX: usize = 64;
const DOMAIN_MAX: usize = 128;
/// What follows the last point of a domain that is none: file names and units of systemd with an @ in them.
const NO_DOMAINS: &[&str] = &[
    "png",
    "jpg",
    "jpeg",
    "gif",
    "svg",
    "webp",
    "service",
    "target",
    "socket",
    "timer",
    "mount",
    "slice",
    "local",
    "localhost",
    "invalid",
    "test",
    "example",
];
/// Domains that belong to nobody (RFC 2606 §3).
const NOBODYS: &[&str] = &["example.com", "example.org", "example.net", "example.edu", "domain.com", "email.com"];

/// Finds all e-mail addresses.
pub(super) fn emails(text: &str, allowed: &Allowed, hits: &mut Vec<Hit>) {
    for at in memchr::memchr_iter(b'@', text.as_bytes()) {
        email(text, at..at + 1, allowed, hits);
    }
}

/// The e-mail address around the sign @ at `sign`.
pub(super) fn email(text: &str, sign: Range<usize>, allowed: &Allowed, hits: &mut Vec<Hit>) {
    // Most signs @ stand in code and in names of users: nothing that could be a local part before them.
    if sign
        .start
        .checked_sub(1)
        .and_then(|at| text.as_bytes().get(at))
        .is_none_or(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric() && !matches!(byte, b'_' | b'-'))
    {
        return;
    }
    let before = text.get(floor(text, sign.start.saturating_sub(LOCAL_MAX))..sign.start).unwrap_or_default();
    let behind = text.get(sign.end..floor(text, sign.end + DOMAIN_MAX)).unwrap_or_default();
    let is_local = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%');
    let start =
        before.char_indices().rev().take_while(|(_, c)| is_local(fold(*c))).last().map_or(sign.start, |(index, _)| sign.start - before.len() + index);
    let length = behind
        .char_indices()
        .take_while(|(_, c)| fold(*c).is_ascii_alphanumeric() || matches!(fold(*c), '.' | '-'))
        .last()
        .map_or(0, |(index, c)| index + c.len_utf8());
    let domain: String = behind.get(..length).unwrap_or_default().chars().map(fold).collect::<String>().to_lowercase();
    let domain = domain.trim_end_matches(['.', '-']);
    let local = text.get(start..sign.start).unwrap_or_default();
    let first = domain.split('.').next().unwrap_or_default();
    let Some(last) = domain.rsplit_once('.').map(|(_, last)| last) else { return };
    let is_domain =
        (2..=12).contains(&last.len()) && last.bytes().all(|byte| byte.is_ascii_lowercase()) && !domain.contains("..") && !first.is_empty();
    let is_real = !NO_DOMAINS.contains(&last)
        && !NOBODYS.iter().any(|nobody| domain.strip_suffix(nobody).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')));
    let is_remote = local == "git"
        || text.get(sign.end + length..).is_some_and(|rest| rest.starts_with(':') && rest[1..].starts_with(|c: char| c.is_ascii_alphanumeric()));
    let end = sign.end + behind.get(..length).unwrap_or_default().trim_end_matches(['.', '-', '．', '－']).len();
    let has_local = local.starts_with(|c: char| fold(c).is_ascii_alphanumeric() || c == '_');
    if has_local && is_domain && is_real && !is_remote && text.get(start..end).is_some_and(|found| !allowed.has_word(found)) {
        hits.push(Hit { span: start..end, kind: Kind::Email });
    }
}

/// The QQ number behind the word that ends at `word_end`: 5 to 11 digits.
pub(super) fn qq(text: &str, word_end: usize, allowed: &Allowed, hits: &mut Vec<Hit>) {
    let rest = text.get(word_end..).unwrap_or_default();
    let word = ["群号", "号码", "号", "群", " ID", "ID"].iter().find_map(|suffix| rest.strip_prefix(suffix)).unwrap_or(rest);
    let number =
        word.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '=' | '是' | '为' | '（' | '(' | '"' | '`' | '*' | '|'));
    let digits: Vec<char> = number.chars().take(12).take_while(|c| fold(*c).is_ascii_digit()).collect();
    let length = digits.iter().map(|c| c.len_utf8()).sum::<usize>();
    let behind = number.get(length..).unwrap_or_default();
    let is_amount = behind.trim_start().starts_with(['万', '亿', '人', '个', '名', '元', '次', '%', '多', '余']);
    let is_joined =
        behind.starts_with(|c| fold(c).is_ascii_alphanumeric()) || behind.starts_with('.') && behind[1..].starts_with(|c: char| c.is_ascii_digit());
    let plain: String = digits.iter().map(|c| fold(*c)).collect();
    if (5..=11).contains(&digits.len()) && !plain.starts_with('0') && !is_amount && !is_joined && !allowed.has_number(&plain) {
        let start = text.len() - number.len();
        hits.push(Hit { span: start..start + length, kind: Kind::MessengerAccount });
    }
}

/// Longest WeChat id, in characters; the shortest has six.
const WECHAT: std::ops::RangeInclusive<usize> = 6..=20;

/// The WeChat id behind the word that ends at `word_end`: behind 微信号, or behind the word and a colon.
pub(super) fn wechat(text: &str, word_end: usize, allowed: &Allowed, hits: &mut Vec<Hit>) {
    let rest = text.get(word_end..).unwrap_or_default();
    let behind = ["号码", "号", " ID", " id", "ID", "id", "账号", "帐号"].iter().find_map(|suffix| rest.strip_prefix(suffix));
    let after_word = behind.unwrap_or(rest);
    let is_between = |c: char| c.is_whitespace() || matches!(c, ':' | '：' | '=' | '是' | '为' | '（' | '(' | '"' | '`' | '*');
    let account = after_word.trim_start_matches(is_between);
    let between = after_word.get(..after_word.len() - account.len()).unwrap_or_default();
    // The word alone is in every other sentence: only a colon makes what follows an account.
    if between.is_empty() && behind.is_none() || behind.is_none() && !between.contains([':', '：']) {
        return;
    }
    let length = account.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))).unwrap_or(account.len());
    let found = account.get(..length).unwrap_or_default();
    if WECHAT.contains(&length)
        && found.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && !allowed.has_word(found)
        && !found.starts_with("http")
    {
        let start = text.len() - account.len();
        hits.push(Hit { span: start..start + length, kind: Kind::MessengerAccount });
    }
}

/// The number plate that begins with the 豫 at `at`: a letter, and five characters, or six for electric cars.
pub(super) fn plate(text: &str, at: usize, hits: &mut Vec<Hit>) {
    let view = View { text, form: Form::Prose };
    let mut here = at + '豫'.len_utf8();
    let Some(letter) = text.get(here..).and_then(|rest| rest.chars().next()) else { return };
    if !fold(letter).is_ascii_uppercase() {
        return;
    }
    here += letter.len_utf8();
    let rest = text.get(here..).unwrap_or_default();
    here += rest.len() - rest.trim_start_matches(['·', '•', ' ', '-', '.']).len();
    let rest = text.get(here..).unwrap_or_default();
    let signs: Vec<char> = rest.chars().take(7).take_while(|c| fold(*c).is_ascii_alphanumeric()).collect();
    let digits = signs.iter().filter(|c| fold(**c).is_ascii_digit()).count();
    let end = here + signs.iter().map(|c| c.len_utf8()).sum::<usize>();
    let is_joined = super::markup::char_at(view, end).is_some_and(|(c, _)| matches!(c, '-' | '〔' | '['));
    if matches!(signs.len(), 5 | 6) && digits >= 3 && !is_joined && signs.iter().all(|c| !fold(*c).is_ascii_lowercase()) {
        hits.push(Hit { span: at..end, kind: Kind::CarPlate });
    }
}
