//! `reviews.yaml`: findings that a person has judged one by one. There is no switch for all of a kind.

use super::read_yaml;
use crate::diagnostic::{Code, Findings, Mark};
use crate::model::{REVIEWS_FILE, Review};
use crate::source::Read;
use crate::yaml::{Fields, Node, items_of};
use std::sync::Arc;

/// Loads the reviews; one that does not say who judged what, why and when has no effect.
pub(super) fn load(source: &dyn Read, is_there: bool, findings: &mut Findings) -> Vec<Review> {
    let file: Arc<str> = Arc::from(REVIEWS_FILE);
    let node = if is_there { read_yaml(source, &file, findings) } else { None };
    let Some(node) = node else { return Vec::new() };
    let mut marks = Vec::new();
    let items = items_of(&node, "reviews.yaml", &mut marks);
    let reviews = items.iter().filter_map(|item| read(item, &mut marks)).collect();
    findings.add_all(&file, marks);
    reviews
}

fn read(node: &Node, marks: &mut Vec<Mark>) -> Option<Review> {
    let mut fields = Fields::of(node, "reviews.yaml", marks)?;
    let (code, file, hash) = (fields.text("code"), fields.text("file"), fields.code("hash"));
    let stamp = hash.as_ref().and_then(|hash| u64::from_str_radix(hash.value, 16).ok());
    let lacking: Vec<&str> = [
        ("code", code.is_some()),
        ("file", file.is_some()),
        ("hash", stamp.is_some()),
        ("reason", fields.text("reason").is_some_and(|text| !text.value.trim().is_empty())),
        ("by", fields.text("by").is_some_and(|text| !text.value.trim().is_empty())),
        ("date", fields.date("date").is_some()),
    ]
    .into_iter()
    .filter_map(|(key, is_there)| (!is_there).then_some(key))
    .collect();
    if !lacking.is_empty() {
        fields.mark(Mark::new(Code::ReviewIncomplete, node.span).with(lacking.join(", ")));
    }
    fields.finish();
    let review = Review { code: code?.value.into(), file: file?.value.into(), stamp: stamp?, span: node.span };
    lacking.is_empty().then_some(review)
}
