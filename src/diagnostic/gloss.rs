//! Words of the files that only their makers know, explained in the language of a finding: the values that a key may have,
//! the parts of a reference code, why YAML could not be read.

use crate::lang::Lang;

/// The values of a key, what each means, in Chinese and in English.
type Values = (&'static [&'static str], &'static [(&'static str, &'static str, &'static str)]);

const VALUES: &[Values] = &[
    (&["access", "text_access"], &[("public", "公开", ""), ("metadata-only", "仅目录", ""), ("internal", "内部", ""), ("sealed", "封存", "")]),
    (&["status"], &[("draft", "草稿", ""), ("submitted", "送审", ""), ("approved", "签发", "")]),
    (&["retention"], &[("Y", "永久", "permanent"), ("D30", "30年", "30 years"), ("D10", "10年", "10 years")]),
    (
        &["classification"],
        &[("公开", "", "open"), ("内部", "", "internal"), ("秘密", "", "confidential"), ("机密", "", "secret"), ("绝密", "", "top secret")],
    ),
    (&["by"], &[("human", "人工", ""), ("machine", "机器", "")]),
    (&["folders"], &[("flat", "不分", ""), ("year", "按年度", ""), ("hash", "按编号的散列", "")]),
    (
        &["qualifier"],
        &[("over", "超过", ""), ("more", "余", ""), ("nearly", "近", ""), ("about", "约", ""), ("at-least", "至少", ""), ("up-to", "最多", "")],
    ),
    (
        &["type"],
        &[
            ("text", "文字", ""),
            ("number", "数", ""),
            ("date", "日期", ""),
            ("boolean", "是否", ""),
            ("url", "网址", ""),
            ("choice", "选项", ""),
            ("term", "词表", ""),
        ],
    ),
];

/// The values that a key may have, separated by spaces, each with what it means: `internal（内部）`. None where one of them
/// is not known.
pub(super) fn values(key: &str, values: &str, lang: Lang) -> Option<String> {
    let known = VALUES.iter().find(|(keys, _)| keys.contains(&key)).map(|(_, known)| *known)?;
    let explained: Option<Vec<String>> = values
        .split(' ')
        .map(|value| {
            let (_, zh, en) = known.iter().find(|(name, ..)| *name == value)?;
            Some(match lang {
                Lang::Zh if !zh.is_empty() => format!("{value}（{zh}）"),
                Lang::En if !en.is_empty() => format!("{value} ({en})"),
                _ => value.to_owned(),
            })
        })
        .collect();
    Some(explained?.join(if lang == Lang::Zh { "、" } else { ", " }))
}

/// The shapes of the parts of a reference code in words.
pub(super) fn shape(shape: &str, lang: Lang) -> Option<&'static str> {
    find(
        &[
            ("fonds", " 3 到 5 个大写字母或数字", "3 to 5 capital letters or digits"),
            ("category", " 2 到 3 个大写字母或数字", "2 or 3 capital letters or digits"),
            ("year", "四位数的年份", "a year of four digits"),
            ("unit", " 1 到 6 个大写字母或数字", "1 to 6 capital letters or digits"),
            ("item", " 1 到 999999 的数", "a number from 1 to 999999"),
        ],
        shape,
        lang,
    )
}

fn find(table: &[(&'static str, &'static str, &'static str)], name: &str, lang: Lang) -> Option<&'static str> {
    let (_, zh, en) = table.iter().find(|(known, ..)| *known == name)?;
    Some(if lang == Lang::Zh { zh } else { en })
}
