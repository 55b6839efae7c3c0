//! The keys that decide who may see a record or dataset, read in one way for both: whatever is doubtful about them closes.

use crate::diagnostic::{Code, Level, Mark};
use crate::model::{Classification, Closure};
use crate::site::Access;
use crate::yaml::{Fields, Node, Value};

/// Keys whose values decide who may see a thing: a bad value there closes it.
pub(super) const CLOSING_KEYS: &[&str] = &["access", "open_after", "classification", "status"];

/// Reads `access`, `open_after` and `classification`; what is not said stays as it was.
pub(super) fn read(fields: &mut Fields, mut closure: Closure) -> Closure {
    CLOSING_KEYS.iter().for_each(|key| fields.refuse_empty(key));
    if let Some(access) = fields.choice("access", Access::CHOICES) {
        closure.access = access.value;
    }
    closure.open_after = fields.date("open_after").map(|date| date.value).or(closure.open_after);
    if let Some(read) = fields.choice("classification", Classification::CHOICES) {
        closure.classification = closure.classification.max(read.value);
        if read.value == Classification::Secret {
            let node = fields.node("classification");
            let level = node.map(shown).unwrap_or_default();
            fields.mark(Mark::new(Code::ClassificationSecret, read.span).with(level));
        }
    }
    closure
}

/// A value as findings show it.
pub(super) fn shown(node: &Node) -> String {
    match &node.value {
        Value::Null => "—".to_owned(),
        Value::Scalar(scalar) => scalar.text.to_string(),
        Value::List(items) => format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(", ")),
        Value::Map(entries) => {
            format!("{{{}}}", entries.iter().map(|(key, node)| format!("{}: {}", key.text, shown(node))).collect::<Vec<_>>().join(", "))
        }
    }
}

/// Whether a finding makes it uncertain who may see the thing.
pub(super) fn closes(mark: &Mark) -> bool {
    let named = |detail: usize| mark.detail.get(detail).is_some_and(|key| CLOSING_KEYS.contains(&&**key));
    match mark.code {
        Code::KeyUnknown | Code::KeyMisspelt => true,
        _ => {
            mark.code.level() == Level::Error && named(0)
                || matches!(mark.code, Code::ValueDate | Code::ValueDateCalendar | Code::ClassificationSecret)
        }
    }
}
