//! What both halves of the search must agree on: inputs and outputs in `tests/search/*.json`, read by the tests of the script too.
//! `UPDATE=1` computes the outputs anew for the inputs that stand there; the reader reviews the difference.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "vectors are files; a test fails by panicking")]

use serde_json::{Value, json};
use tuopin::search::bits::{Writer, best_rice};
use tuopin::search::fold::{Fold, fold};
use tuopin::search::hash::{shard_key, shard_of, term_hash};
use tuopin::search::lists::{impact, length_norm};
use tuopin::search::{class, stem, unit};

/// Reads a file of cases, computes each output from its input, and compares or rewrites.
fn check(name: &str, compute: impl Fn(&Value) -> Value) {
    let path = format!("{}/tests/search/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let cases: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    assert!(!cases.is_empty());
    let is_update = std::env::var("UPDATE").is_ok();
    let mut lines = Vec::new();
    for case in &cases {
        let out = compute(&case["in"]);
        if !is_update {
            assert_eq!(case["out"], out, "{name}: {}", case["in"]);
        }
        lines.push(json!({"in": case["in"], "out": out}).to_string());
    }
    if is_update {
        std::fs::write(&path, format!("[\n{}\n]\n", lines.join(",\n"))).unwrap();
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn number(value: &Value) -> u32 {
    u32::try_from(value.as_u64().unwrap()).unwrap()
}

fn numbers(value: &Value) -> Vec<u32> {
    value.as_array().unwrap().iter().map(number).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn texts_are_folded() {
    check("fold", |input| json!(fold(text(input))));
}

/// The whole table at once: for every code point that changes "from,to;" in decimal, hashed.
#[test]
fn every_code_point_is_folded() {
    check("fold-all", |input| {
        let (first, last) = (number(&input[0]), number(&input[1]));
        let table = Fold::new();
        let changed =
            (first..=last).filter_map(char::from_u32).map(|c| (u32::from(c), table.fold(c))).filter(|(code, folded)| *code != folded.code());
        let text: Vec<String> = changed.map(|(code, folded)| format!("{code},{};", folded.code())).collect();
        json!([text.len(), term_hash(text.concat().as_bytes())])
    });
}

#[test]
fn folding_twice_changes_nothing() {
    let table = Fold::new();
    for c in ('\0'..=char::MAX).filter(|c| table.fold(*c).class() != class::Class::Transparent) {
        let once = char::from_u32(table.fold(c).code()).unwrap();
        assert_eq!(table.fold(once).code(), u32::from(once), "U+{:04X}", u32::from(c));
    }
}

#[test]
fn classes_are_ranges() {
    check("class", |_| json!(class::ranges().iter().map(|(first, last, class)| json!([first, last, *class as u8])).collect::<Vec<_>>()));
}

#[test]
fn texts_become_units() {
    check("units", |input| {
        let blocks = input["blocks"].as_array().unwrap().iter().map(text);
        let units = unit::units(text(&input["title"]), blocks);
        json!(units.iter().map(|unit| json!([unit.position, unit.text, u8::from(unit.is_wide)])).collect::<Vec<_>>())
    });
}

#[test]
fn words_have_stems() {
    check("stem", |input| json!(stem::stem(text(input))));
}

#[test]
fn terms_have_shards() {
    check("hash", |input| {
        let hash = term_hash(shard_key(text(&input[0]).as_bytes()));
        json!([hash, shard_of(hash, number(&input[1]))])
    });
}

#[test]
fn numbers_become_bits() {
    check("bits", |input| {
        let mut out = Vec::new();
        let mut writer = Writer::new(&mut out);
        for step in input.as_array().unwrap() {
            match text(&step[0]) {
                "rice" => writer.rice(number(&step[1]), number(&step[2])),
                "gamma" => writer.gamma(number(&step[1])),
                _ => writer.put(number(&step[1]), number(&step[2])),
            }
        }
        writer.finish();
        json!(hex(&out))
    });
}

#[test]
fn lists_choose_their_parameter() {
    check("rice-parameter", |input| json!(best_rice(&numbers(&input[0]), number(&input[1]))));
}

#[test]
fn occurrences_have_impact() {
    check("impact", |input| {
        let norm = length_norm(number(&input[1]), number(&input[2]));
        json!([norm, impact(number(&input[0]), norm)])
    });
}
