//! The few words that the renderer itself prints, in both languages. They belong to the text and not to the theme.

use crate::lang::Lang;

/// The words of one language.
pub(super) struct Words {
    pub(super) withheld: &'static str,
    pub(super) back: &'static str,
    pub(super) notes: &'static str,
    pub(super) note: &'static str,
    pub(super) picture: &'static str,
    pub(super) gallery: &'static str,
    pub(super) pair: &'static str,
    pub(super) before: &'static str,
    pub(super) after: &'static str,
    pub(super) table: &'static str,
    pub(super) done: &'static str,
    pub(super) open: &'static str,
    pub(super) internal: &'static str,
    pub(super) details: &'static str,
    pub(super) person: &'static str,
    pub(super) alert_note: &'static str,
    pub(super) alert_tip: &'static str,
    pub(super) alert_important: &'static str,
    pub(super) alert_warning: &'static str,
    pub(super) alert_caution: &'static str,
}

/// The words of a language.
pub(super) fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::Zh => &Words {
            withheld: "此处隐去",
            back: "返回正文",
            notes: "注释",
            note: "注",
            picture: "图片",
            gallery: "图集",
            pair: "前后对比",
            before: "前",
            after: "后",
            table: "表格",
            done: "已完成",
            open: "未完成",
            internal: "内部内容",
            details: "展开",
            person: "某人",
            alert_note: "说明",
            alert_tip: "提示",
            alert_important: "重要",
            alert_warning: "注意",
            alert_caution: "警告",
        },
        Lang::En => &Words {
            withheld: "withheld",
            back: "back to the text",
            notes: "Notes",
            note: "note",
            picture: "picture",
            gallery: "Gallery",
            pair: "Before and after",
            before: "Before",
            after: "After",
            table: "table",
            done: "done",
            open: "not done",
            internal: "internal content",
            details: "Details",
            person: "a person",
            alert_note: "Note",
            alert_tip: "Tip",
            alert_important: "Important",
            alert_warning: "Warning",
            alert_caution: "Caution",
        },
    }
}
