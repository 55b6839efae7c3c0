//! The words at which prose is looked at more closely, all found in one pass.

use super::{Allowed, Hit, account, household, passport};
use aho_corasick::{AhoCorasick, MatchKind, packed};
use std::ops::Range;
use std::sync::LazyLock;

/// What a word leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lead {
    Email,
    WeChat,
    Qq,
    /// The word with what stands behind it.
    QqWord,
    /// The word with its colon.
    WeChatColon,
    Passport,
    Plate,
    Address,
    Age,
    School,
    Health,
    Disability,
    /// An illness of the mind, if the word goes on so.
    Mind,
}

/// The words. All are of three bytes at least and they are fewer than 32, so that the search for them runs at the speed of memory.
const WORDS: &[(&str, Lead)] = &[
    ("＠", Lead::Email),
    ("微信", Lead::WeChat),
    ("eChat", Lead::WeChat),
    ("echat", Lead::WeChat),
    ("VX:", Lead::WeChatColon),
    ("VX：", Lead::WeChatColon),
    ("vx:", Lead::WeChatColon),
    ("vx：", Lead::WeChatColon),
    ("V信", Lead::WeChat),
    ("QQ：", Lead::QqWord),
    ("QQ:", Lead::QqWord),
    ("QQ号", Lead::QqWord),
    ("QQ群", Lead::QqWord),
    ("QQ ", Lead::QqWord),
    ("扣扣", Lead::Qq),
    ("护照", Lead::Passport),
    ("通行证", Lead::Passport),
    ("assport", Lead::Passport),
    ("豫", Lead::Plate),
    ("组", Lead::Address),
    ("岁", Lead::Age),
    ("小学", Lead::School),
    ("幼儿园", Lead::School),
    ("年级", Lead::School),
    ("艾滋", Lead::Health),
    ("精神", Lead::Mind),
    ("癌", Lead::Health),
    ("白血病", Lead::Health),
    ("尿毒症", Lead::Health),
    ("因病致贫", Lead::Health),
    ("残疾", Lead::Disability),
];

/// The searcher: with vector instructions where the machine has them.
enum Searcher {
    Packed(packed::Searcher),
    Plain(AhoCorasick),
    None,
}

static SEARCHER: LazyLock<Searcher> = LazyLock::new(|| {
    let words = || WORDS.iter().map(|(word, _)| word);
    if let Some(searcher) = packed::Searcher::new(words()) {
        return Searcher::Packed(searcher);
    }
    AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(words()).map_or(Searcher::None, Searcher::Plain)
});

/// Follows all words of a text.
pub(super) fn words(text: &str, allowed: &Allowed, hits: &mut Vec<Hit>) {
    let mut each = |pattern: aho_corasick::PatternID, range: Range<usize>| {
        if let Some((_, lead)) = WORDS.get(pattern.as_usize()) {
            follow(text, *lead, range, allowed, hits);
        }
    };
    match &*SEARCHER {
        Searcher::Packed(searcher) => searcher.find_iter(text).for_each(|found| each(found.pattern(), found.range())),
        Searcher::Plain(searcher) => searcher.find_iter(text).for_each(|found| each(found.pattern(), found.range())),
        Searcher::None => {}
    }
}

fn follow(text: &str, lead: Lead, range: Range<usize>, allowed: &Allowed, hits: &mut Vec<Hit>) {
    match lead {
        Lead::Email => account::email(text, range, allowed, hits),
        Lead::WeChat => account::wechat(text, range.end, allowed, hits),
        Lead::WeChatColon => account::wechat(text, range.start + "vx".len(), allowed, hits),
        Lead::Qq => account::qq(text, range.end, allowed, hits),
        Lead::QqWord => account::qq(text, range.start + "QQ".len(), allowed, hits),
        Lead::Passport => passport::near(text, range, hits),
        Lead::Plate => account::plate(text, range.start, hits),
        Lead::Address => household::address(text, range.start, hits),
        Lead::Age => household::age(text, range.start, hits),
        Lead::School => household::school(text, range, hits),
        Lead::Health => household::health(text, range, hits),
        Lead::Disability if household::is_graded(text, &range) => household::health(text, range, hits),
        Lead::Mind if text.get(range.end..).is_some_and(|rest| ["病", "障碍", "分裂"].iter().any(|word| rest.starts_with(word))) => {
            household::health(text, range, hits);
        }
        Lead::Disability | Lead::Mind => {}
    }
}
