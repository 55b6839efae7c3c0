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
            ("integer", "整数", ""),
            ("percent", "百分数", ""),
            ("year", "年份", ""),
            ("place", "地方", ""),
            ("programme", "帮扶类别", ""),
            ("unit", "责任单位", ""),
            ("flag", "是否", ""),
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

/// Why the parser could not read YAML: how its own words begin, and what an editor is told.
const YAML: &[(&str, &str, &str)] = &[
    (
        "mapping values are not allowed",
        "冒号出现在不该有的地方，或者缩进与上一行对不上",
        "a colon stands where none can be, or the line is not indented as the one above",
    ),
    ("simple key expected", "这一行不是“名称: 值”，缺少英文冒号加空格", "this line is not of the form name: value"),
    ("did not find expected <document start>", "这里应当是“名称: 值”", "this should be of the form name: value"),
    (
        "while parsing a block mapping, did not find expected key",
        "这一行的缩进与同一层的各行不一样，或者不是“名称: 值”",
        "this line is indented otherwise than its neighbours, or is not of the form name: value",
    ),
    (
        "while parsing a block collection",
        "列表里的这一行没有以“- ”开头，或者缩进与其他各项不一样",
        "this line of a list does not begin with “- ” or is indented otherwise than the other items",
    ),
    (
        "block sequence entries are not allowed",
        "“- ”在这里表示列表的一项；如果是列表，换行再写",
        "“- ” begins a list item here; a list begins on a line of its own",
    ),
    ("\"-\" is only valid", "方括号里的各项不用“- ”，用英文逗号隔开", "inside brackets items are separated by commas and do not begin with “- ”"),
    ("invalid indentation", "缩进与上一行对不上", "the line is not indented as the one above"),
    ("alias references unknown anchor", "星号 * 在这里表示引用，引用的名称不存在", "an asterisk refers to a name here, and there is no such name"),
    (
        "while parsing node, found unknown anchor",
        "星号 * 在这里表示引用，引用的名称不存在",
        "an asterisk refers to a name here, and there is no such name",
    ),
    ("unexpected character", "有一个符号不能这样用", "a sign stands here that cannot be used so"),
    ("unclosed bracket", "括号没有合上", "a bracket is not closed"),
    ("unclosed quote", "引号没有合上", "a quotation mark is not closed"),
    ("misplaced bracket", "这里的括号没有与它配对的另一半", "this bracket has no partner"),
    ("mismatched bracket", "前后括号不是一对", "the brackets do not match"),
    ("invalid trailing content", "合上的引号后面还有内容", "something follows the closing quotation mark"),
    (
        "while parsing a flow",
        "括号里的各项要用英文逗号隔开，最后合上括号",
        "items in brackets are separated by commas, and the bracket is closed at the end",
    ),
    ("illegal placement of ':'", "括号里出现了冒号，多半是前面的括号没有合上", "a colon stands inside a bracket, which probably was not closed"),
    ("unexpected EOF", "逗号或括号旁边缺了内容", "something is missing beside a comma or bracket"),
    (
        "while parsing a quoted scalar",
        "双引号里的反斜杠 \\ 另有含义，要写成 \\\\，或者改用单引号",
        "in double quotes a backslash has a meaning of its own; write \\\\ or use single quotes",
    ),
    ("while scanning a quoted scalar", "引号没有合上", "a quotation mark is not closed"),
    (
        "while scanning a block scalar",
        "竖线 | 或大于号 > 后面只能换行，内容从下一行写起",
        "behind | or > comes a line end; the text begins on the next line",
    ),
    ("a block scalar content", "竖线 | 或大于号 > 之后的各行要用空格缩进", "the lines behind | or > are indented by spaces"),
    ("wrongly indented line", "竖线 | 或大于号 > 之后的各行缩进不一样", "the lines behind | or > are not indented alike"),
    ("comment intercepting", "一段内容中间插进了以 # 开头的注释", "a comment beginning with # stands inside a text"),
    ("expected string scalar", "冒号前面的名称应当是一个词", "the name before the colon should be a word"),
    ("cannot deserialize null", "冒号前面没有名称", "there is no name before the colon"),
    ("mapping keys are not allowed", "问号加空格在这里另有含义", "a question mark and a space have a meaning of their own here"),
    ("the handle wasn't declared", "感叹号 ! 在这里另有含义", "an exclamation mark has a meaning of its own here"),
    ("unsupported tag", "感叹号 ! 在这里另有含义", "an exclamation mark has a meaning of its own here"),
    ("YAML merge", "<< 在这里另有含义，后面应当是几个“名称: 值”", "<< has a meaning of its own and wants entries of the form name: value"),
    ("non-finite float", "这个数太大，或者不是一个数", "this number is too large or is none"),
    ("tabs disallowed", "这里不能用制表符（Tab），要用空格", "no tab can stand here; use spaces"),
    (
        "budget breached: Documents",
        "单独一行 --- 或 ... 之后又开始了一份内容，一个文件只能有一份",
        "behind a line --- or ... a second document begins; a file holds one",
    ),
    ("budget breached: Depth", "套的层数太多", "nested too deep"),
    ("recursion limit", "套的层数太多", "nested too deep"),
    ("[ {", "括号太多", "too many brackets"),
    ("recursive references", "引用绕回到它自己", "a reference leads back to itself"),
    ("budget breached: Aliases", "引用太多", "too many references"),
    ("budget breached: Anchors", "引用太多", "too many references"),
    ("alias", "引用太多", "too many references"),
    ("budget breached", "内容太多", "too much content"),
];

/// Why YAML could not be read, in a sentence of ours; the parser's own words, set apart, where there is none.
pub(super) fn yaml(words: &str, lang: Lang) -> String {
    let known = YAML.iter().find(|(beginning, ..)| words.starts_with(beginning));
    match (known, lang) {
        (Some((_, zh, _)), Lang::Zh) => (*zh).to_owned(),
        (Some((_, _, en)), Lang::En) => (*en).to_owned(),
        (None, Lang::Zh) => format!("程序的原话是「{words}」"),
        (None, Lang::En) => format!("in the parser's words “{words}”"),
    }
}

fn find(table: &[(&'static str, &'static str, &'static str)], name: &str, lang: Lang) -> Option<&'static str> {
    let (_, zh, en) = table.iter().find(|(known, ..)| *known == name)?;
    Some(if lang == Lang::Zh { zh } else { en })
}
