//! Bank cards.

use super::Kind;
use super::character::gap;
use super::judge::{Found, Run};
use super::nearby::{has_word, is_paper};
use super::run::X;

/// Words that say that a number is that of an account.
const CARD_WORDS: &[&str] = &[
    "卡号",
    "账号",
    "帐号",
    "账户",
    "帐户",
    "一卡通",
    "银行卡",
    "存折",
    "社保卡",
    "开户",
    "信用社",
    "bank card",
    "card no",
    "card number",
    "account",
];
/// How far one may stand off, in characters.
const NEAR: usize = 12;

/// A bank card: Luhn agrees (ISO/IEC 7812-1), and it is one of UnionPay's or a word says that it is one. Luhn alone agrees with
/// one number in ten.
pub(super) fn bank(run: Run, at: usize) -> Option<Found> {
    if run.digits.len() - at < 16 || !run.is_open_before(at) {
        return None;
    }
    [19, 18, 17, 16].into_iter().find_map(|length| {
        let end = at + length;
        let values = run.values(at, length)?;
        let groups = run.groups(at..end);
        let is_laid_out = match groups.split_last() {
            Some((last, first)) => {
                first.is_empty()
                    || first.iter().all(|length| *length == 4) && *last <= 4
                    || *first == [6]
                    || first.iter().all(|length| *length == 1) && *last == 1
            }
            None => false,
        };
        let has_odd_gaps = run.gaps(at..end) & (gap::POINT | gap::BRACKET) != 0;
        if !is_laid_out || has_odd_gaps || values.iter().any(|value| *value >= X) || !is_luhn(values) || !run.is_open_after(end) {
            return None;
        }
        let is_unionpay = values.starts_with(&[6, 2]) && !is_paper(&run.label(at));
        let is_issued = matches!(*values, [6, 0 | 2 | 5, ..] | [3..=5, ..] | [9, 5 | 6, ..]);
        (is_unionpay || is_issued && has_word(run.view, run.start(at), run.end(end), NEAR, CARD_WORDS)).then(|| Found::new(Kind::BankCard, end))
    })
}

/// The Luhn sum of ISO/IEC 7812-1, annex B.
pub(super) fn is_luhn(values: &[u8]) -> bool {
    let sum: u32 = values
        .iter()
        .rev()
        .enumerate()
        .map(|(index, value)| match (index % 2, u32::from(*value) * 2) {
            (0, double) => double / 2,
            (_, double) => double / 10 + double % 10,
        })
        .sum();
    sum.is_multiple_of(10)
}
