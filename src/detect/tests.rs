//! The tables of `cases/`, generated near misses, and texts of random signs.

use super::forge::{Forge, circled, grouped, han, values, wide, with_check};
use super::{Allowed, Hit, Kind, identity, masked, scan, scan_output};
use std::fmt::Write;

/// Every case is tried with so many different numbers.
const ROUNDS: u64 = 40;

fn kinds(hits: &[Hit]) -> String {
    hits.iter().map(|hit| format!("{:?}", hit.kind)).collect::<Vec<_>>().join(" ")
}

fn lines(table: &str) -> impl Iterator<Item = &str> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with("# "))
}

/// Fills in the placeholders of a case.
fn fill(case: &str, forge: &mut Forge) -> String {
    let mut text = String::new();
    let (area, local) = forge.landline();
    let mut rest = case;
    while let Some((before, behind)) = rest.split_once('{') {
        if !behind.starts_with(|c: char| c.is_ascii_lowercase()) {
            write!(text, "{before}{{").unwrap();
            rest = behind;
            continue;
        }
        let (inner, after) = behind.split_once('}').unwrap();
        let (name, style) = inner.split_once('|').unwrap_or((inner, ""));
        let number = match name {
            "id" => forge.resident_id(),
            "id~" => altered(&forge.resident_id()),
            "old" => forge.resident_id_old(),
            "cert" => format!("{}{}{}", forge.resident_id(), 1 + forge.below(7), 1 + forge.below(4)),
            "mobile" => forge.mobile(),
            "area" => area.clone(),
            "local" => local.clone(),
            "card" => forge.card("62", 19),
            "card16" => forge.card("62", 16),
            "card60" => forge.card("60", 19),
            "visa" => forge.card("4", 16),
            other => panic!("no placeholder {other}"),
        };
        write!(text, "{before}{}", styled(&number, style)).unwrap();
        rest = after;
    }
    text + rest
}

/// The number with another digit before its check character.
fn altered(number: &str) -> String {
    let mut bytes = number.as_bytes().to_vec();
    bytes[16] = if bytes[16] == b'9' { b'0' } else { bytes[16] + 1 };
    String::from_utf8(bytes).unwrap()
}

fn between(number: &str, sign: &str) -> String {
    number.chars().map(String::from).collect::<Vec<_>>().join(sign)
}

fn styled(number: &str, style: &str) -> String {
    let part = |from: usize, to: usize| &number[from..to.min(number.len())];
    let end = number.len();
    match style {
        "" => number.to_owned(),
        "wide" => wide(number),
        "zero" => between(number, "\u{200B}"),
        "nbsp" => format!("{}\u{A0}{}\u{A0}{}", part(0, 3), part(3, 7), part(7, end)),
        "lower" => number.to_lowercase(),
        "single" => between(number, " "),
        "han" => han(number),
        "circled" => circled(number),
        "keycap" => number.chars().map(|c| format!("{c}\u{FE0F}\u{20E3}")).collect(),
        "bold" => format!("{}**{}**{}", part(0, 3), part(3, 7), part(7, end)),
        "tag" => format!("{}<b>{}</b>{}", part(0, 3), part(3, 7), part(7, end)),
        "entity" => format!("{}&#8203;{}&nbsp;{}", part(0, 3), part(3, 7), part(7, end)),
        "mask4" => format!("{}****{}", part(0, 12), part(16, end)),
        "mask2" => format!("{}**{}", part(0, 12), part(14, end)),
        "masktail" => format!("{}****", part(0, 14)),
        "maskwide" => format!("{}＊＊＊＊{}", part(0, 12), part(16, end)),
        "maskescaped" => format!("{}\\*\\*\\*\\*{}", part(0, 12), part(16, end)),
        "maskx" => format!("{}xxxx", part(0, 14)),
        "maskhead" => format!("******{}", part(6, end)),
        layout => {
            let separator: String = layout.chars().find(|c| !c.is_ascii_digit()).map(String::from).unwrap_or_default();
            let lengths: Vec<usize> = layout.split(separator.as_str()).filter_map(|length| length.parse().ok()).collect();
            grouped(number, &lengths, &separator)
        }
    }
}

fn allowed() -> Allowed {
    Allowed::new(&["0376-6366000".to_owned(), "Office@XinYang.gov.cn".to_owned(), "+86 138 0000 0000".to_owned(), "xinyangfp".to_owned()])
}

#[test]
fn what_identifies_a_person_is_found() {
    let mut forge = Forge::new(1);
    let mut failures = String::new();
    for line in lines(include_str!("cases/found.txt")) {
        let (expected, case) = line.split_once(" | ").unwrap();
        for _ in 0..ROUNDS {
            let text = fill(case, &mut forge);
            let found = kinds(&scan(&text, &Allowed::default(), &[]));
            if found != expected {
                writeln!(failures, "{text}\n  expected {expected}, found {found}").unwrap();
                break;
            }
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn what_identifies_nobody_stays_silent() {
    let mut failures = String::new();
    for line in lines(include_str!("cases/silent.txt")) {
        for text in [line.to_owned(), format!("前文。{line}。后文"), format!("| {line} | 1 |")] {
            let found = scan(&text, &Allowed::default(), &[]);
            if !found.is_empty() {
                writeln!(failures, "{text}\n  found {}", kinds(&found)).unwrap();
                break;
            }
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn numbers_are_found_in_finished_bytes() {
    let mut forge = Forge::new(2);
    let mut failures = String::new();
    for line in lines(include_str!("cases/output.txt")) {
        let (expected, case) = line.split_once(" | ").unwrap_or((line.trim_end_matches(" |"), ""));
        for _ in 0..ROUNDS {
            let text = fill(case, &mut forge);
            let found = kinds(&scan_output(&text, &allowed()));
            if found != expected.trim_matches('-') {
                writeln!(failures, "{text}\n  expected {expected}, found {found}").unwrap();
                break;
            }
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn the_check_character_is_that_of_the_standard() {
    for sample in ["11010519491231002X", "440524188001010014"] {
        assert!(identity::is_resident_id(&values(sample)));
        assert_eq!(with_check(&sample[..17]), sample);
        // Every other digit at every place makes it fail.
        for place in 0..17 {
            for digit in b'0'..=b'9' {
                let mut bytes = sample.as_bytes().to_vec();
                if std::mem::replace(&mut bytes[place], digit) != digit {
                    assert!(!identity::is_resident_id(&values(std::str::from_utf8(&bytes).unwrap())), "{sample} {place} {digit}");
                }
            }
        }
    }
}

#[test]
fn near_misses_are_silent() {
    let mut forge = Forge::new(3);
    let none = |text: &str| {
        let found = scan(text, &Allowed::default(), &[]);
        assert!(found.is_empty(), "{text}: {}", kinds(&found));
    };
    for _ in 0..500 {
        let mobile = forge.mobile();
        let id = forge.resident_id();
        let body = forge.body();
        none(&format!("1{}{}", forge.below(3), &mobile[2..]));
        none(&mobile[..10]);
        none(&format!("a{mobile}"));
        none(&format!("3.{mobile}"));
        none(&format!("{mobile}{}", forge.pick(&["元", "万元", "亿", "人", "户", "吨", "亩", "%", " 元", " bytes"])));
        none(&format!("https://a.cn/{}/{mobile}.jpg", forge.below(3000)));
        none(&format!("{}{}", forge.pick(&["00", "47", "99", "16", "84"]), &id[2..]));
        none(&with_check(&format!("{}18891301{}", &body[..6], &body[14..])));
        none(&with_check(&format!("{}19990230{}", &body[..6], &body[14..])));
        none(&with_check(&format!("{}20500101{}", &body[..6], &body[14..])));
        none(&format!("x{id}"));
        none(&format!("0.{}", &id[..17]));
        none(&forge.resident_id_old());
        none(&forge.card("4", 16));
        none(&forge.card("35", 17));
        let card = forge.card("62", 19);
        let last = (values(&card)[18] + 1 + forge.below(9) as u8) % 10;
        none(&format!("{}{last}", &card[..18]));
        let date = format!(
            "20{:02}-{:02}-{:02} {:02}:{:02}:{:02}",
            forge.below(21),
            1 + forge.below(12),
            1 + forge.below(28),
            forge.below(24),
            forge.below(60),
            forge.below(60)
        );
        none(&date);
        none(&date.replace(['-', ':', ' '], ""));
        none(&format!("{}-{}-{}-{}", forge.digits(3), forge.digits(1), forge.digits(4), forge.digits(4)));
        none(&format!("国办发〔20{:02}〕{}号", forge.below(21), forge.below(200)));
    }
}

#[test]
fn random_digits_are_hardly_ever_a_number() {
    let mut forge = Forge::new(4);
    let mut found = 0;
    for _ in 0..100_000 {
        found += scan(&forge.digits(18), &Allowed::default(), &[]).iter().filter(|hit| matches!(hit.kind, Kind::ResidentId)).count();
    }
    // Check character and date alone let 4.5 of 100,000 pass; with the province it is less.
    assert!(found <= 8, "{found}");
}

#[test]
fn what_may_stand_is_no_hit() {
    let allowed = allowed();
    for text in [
        "电话：0376-6366000",
        "电话（0376）6366000",
        "０３７６－６３６６０００",
        "13800000000",
        "138-0000-0000",
        "+86 13800000000",
        "office@xinyang.gov.cn",
        "微信号：xinyangfp",
        "12317",
    ] {
        assert_eq!(kinds(&scan(text, &allowed, &[])), "", "{text}");
    }
    assert_eq!(kinds(&scan("0376-6366001", &allowed, &[])), "Landline");
    assert_eq!(kinds(&scan("other@xinyang.gov.cn", &allowed, &[])), "Email");
}

#[test]
fn code_and_targets_are_skipped() {
    let text = "见 `13800138000` 和 13800138001";
    let from = text.find('1').unwrap();
    let code = from..from + 11;
    assert_eq!(scan(text, &Allowed::default(), &[]).len(), 2);
    let hits = scan(text, &Allowed::default(), std::slice::from_ref(&code));
    assert_eq!(hits.iter().map(|hit| &text[hit.span.clone()]).collect::<Vec<_>>(), ["13800138001"]);
}

#[test]
fn spans_go_from_the_first_to_the_last_sign() {
    for (text, span) in [
        ("电话+86 138-0013-8000。", "86 138-0013-8000"),
        ("（0376）6366123转", "0376）6366123"),
        ("邮箱：a.b@c.cn。", "a.b@c.cn"),
        ("李明患有癌症", "李明"),
        ("豫S12345。", "豫S12345"),
    ] {
        let hits = scan(text, &Allowed::default(), &[]);
        assert_eq!(hits.iter().map(|hit| &text[hit.span.clone()]).collect::<Vec<_>>(), [span], "{text}");
    }
}

#[test]
fn a_report_shows_three_digits_of_a_number_and_no_more() {
    let mut forge = Forge::new(5);
    for line in lines(include_str!("cases/found.txt")) {
        let text = fill(line.split_once(" | ").unwrap().1, &mut forge);
        for hit in scan(&text, &Allowed::default(), &[]) {
            let shown = masked(&text, &hit);
            assert!(shown.ends_with("••••") && shown.chars().count() <= 7, "{shown}");
            assert_eq!(
                shown.chars().filter(char::is_ascii_digit).count(),
                if hit.kind.is_number() && !text.contains("***") { 3 } else { shown.chars().filter(char::is_ascii_digit).count() },
                "{text}: {shown}"
            );
        }
    }
}

#[test]
fn random_signs_never_panic_and_spans_are_whole() {
    let mut signs: Vec<&str> = include_str!("cases/signs.txt").lines().collect();
    signs.push("\n");
    let mut forge = Forge::new(6);
    for _ in 0..30_000 {
        let count = forge.below(30);
        let text: String = (0..count).map(|_| forge.pick(&signs)).collect();
        for hits in [scan(&text, &Allowed::default(), &[]), scan_output(&text, &Allowed::default())] {
            for hit in hits {
                assert!(text.get(hit.span.clone()).is_some_and(|found| !found.is_empty()), "{text:?} {hit:?}");
                let _ = masked(&text, &hit);
            }
        }
    }
}

#[test]
fn a_number_is_found_wherever_it_stands() {
    let mut forge = Forge::new(7);
    for before in 0..150 {
        for style in ["", "wide", "zero", "han", "keycap", "tag", "circled", "entity"] {
            let text = format!("{}{}{}", "文".repeat(before / 3) + &"a ".repeat(before % 3), styled(&forge.mobile(), style), "字".repeat(before % 7));
            assert_eq!(kinds(&scan(&text, &Allowed::default(), &[])), "Mobile", "{text}");
            assert_eq!(kinds(&scan_output(&text, &Allowed::default())), "Mobile", "{text}");
        }
    }
}
