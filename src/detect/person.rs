//! Personal names in Chinese prose, found by surname and by what stands on both sides. Meant for sentences that already hold
//! something sensitive: it would rather miss a name than take a word for one.
//!
//! A name is a surname and one or two characters that given names have. What stands before it must be a boundary
//! (punctuation, a space, the beginning) or a word that introduces a person; what stands behind it must be a boundary or a
//! word that people do. Names of people in office (a title on either side) are public and are no hits; `张某`, `张*三`, a name
//! with （化名） behind it are no real names.

use super::character::{fold, is_han};
use super::surname;
use std::ops::Range;

/// Words directly before a name.
const BEFORE: &[&str] = &[
    "户主",
    "贫困户",
    "脱贫户",
    "低保户",
    "五保户",
    "特困户",
    "监测户",
    "农户",
    "村民",
    "居民",
    "学生",
    "同学",
    "儿童",
    "孤儿",
    "患者",
    "病人",
    "残疾人",
    "老人",
    "女孩",
    "男孩",
    "孩子",
    "女儿",
    "儿子",
    "孙子",
    "孙女",
    "外孙",
    "妻子",
    "丈夫",
    "母亲",
    "父亲",
    "爱人",
    "老伴",
    "弟弟",
    "妹妹",
    "哥哥",
    "姐姐",
    "侄子",
    "侄女",
    "社员",
    "群众",
    "党员",
    "名叫",
    "叫做",
    "叫",
    "对象",
    "姓名",
    "小朋友",
    "和",
    "与",
    "及",
    "为",
    "给",
    "对",
    "把",
    "被",
    "让",
    "是",
    "由",
    "帮",
    "帮助",
    "看望",
    "慰问",
    "走访",
    "接",
    "送",
    "的",
    "组",
    "村",
    "号",
    "岁",
];
/// Words directly before a name that only introduce one if what stands behind it does too.
const WEAK: &[&str] = &["和", "与", "及", "为", "给", "对", "把", "被", "让", "是", "由", "帮", "帮助", "接", "送", "的", "组", "村", "号", "岁"];
/// Words directly behind a name.
const AFTER: &[&str] = &[
    "家",
    "一家",
    "户",
    "同志",
    "同学",
    "今年",
    "现年",
    "年仅",
    "时年",
    "患",
    "身患",
    "罹患",
    "确诊",
    "查出",
    "因病",
    "因残",
    "因",
    "系",
    "是",
    "告诉",
    "说",
    "就读",
    "在",
    "上小学",
    "上学",
    "读",
    "住",
    "被",
    "有",
    "已",
    "从",
    "和",
    "与",
    "及",
    "的",
    "老人",
    "大爷",
    "大妈",
    "大娘",
    "大叔",
    "奶奶",
    "爷爷",
    "夫妇",
    "夫妻",
    "男",
    "女",
    "等",
    "对",
    "将",
    "于",
    "也",
    "家庭",
    "本人",
    "属",
    "为",
    "来自",
    "一直",
    "不幸",
    "突发",
    "得了",
    "常年",
    "长期",
    "自幼",
    "从小",
    "出生",
    "刚",
    "才",
    "满",
    "小朋友",
];
/// Titles behind a name: an office is public.
const TITLES: &[&str] = &[
    "主任",
    "书记",
    "总书记",
    "县长",
    "市长",
    "省长",
    "镇长",
    "乡长",
    "区长",
    "局长",
    "厅长",
    "部长",
    "处长",
    "科长",
    "院长",
    "校长",
    "主席",
    "总理",
    "教授",
    "医生",
    "大夫",
    "老师",
    "记者",
    "队长",
    "会长",
    "董事长",
    "经理",
    "总经理",
    "院士",
    "专家",
    "委员",
    "代表",
    "干事",
    "护士",
    "组长",
    "支书",
    "所长",
    "站长",
    "先生",
];
/// Titles before a name; the long ones count as their endings do.
const TITLES_BEFORE: &[&str] = &[
    "主任",
    "书记",
    "县长",
    "市长",
    "省长",
    "镇长",
    "乡长",
    "区长",
    "局长",
    "厅长",
    "部长",
    "处长",
    "科长",
    "院长",
    "校长",
    "主席",
    "总理",
    "教授",
    "医生",
    "老师",
    "教师",
    "记者",
    "队长",
    "会长",
    "董事长",
    "经理",
    "院士",
    "专家",
    "委员",
    "代表",
    "作者",
    "译者",
    "通讯员",
    "编辑",
    "摄影",
    "医师",
    "责任人",
    "负责人",
    "支书",
    "所长",
    "站长",
    "组长",
];
/// What makes even somebody in office a patient.
const PATIENT: &[&str] = &["患", "身患", "罹患", "确诊", "查出", "因病", "不幸"];
/// Characters that given names often have: a name of two characters with nothing but boundaries beside it must have one.
const GIVEN: &str = "伟芳娜敏静丽强磊军洋勇艳杰娟涛超秀霞平刚桂英兰玉红国建文辉华明志光荣春梅珍云莲琴凤香菊兵斌波峰鹏飞宇浩亮健林海龙虎俊峻松柏成庆福贵富财宝银祥瑞福康宁静雪雨晨晓小大三四五六七八义仁礼智信忠孝德才学诚实良善美慧淑贤惠芬芝萍蓉莉娥婷婧妍颖倩雯琳琪瑶璐欣怡悦梦佳嘉子梓涵轩豪博睿泽宸皓铭昊天一思诗若雅琦旭阳东南西北山川江河泉清源根生长永久远新民兴旺昌盛发运胜利来有余连友朋少青年冬夏秋季友彬翔坤乾振启继承绍先进全权威武毅坚立正直树森木火土金鑫钢铁石玲珊珠翠翰墨书卷维伦元亨贞孔孟颜曾培锋锐钧锦绣绮罗萱薇菲蕾丹彤";

/// The real names in a stretch of text, as bytes of the whole text; the stretch's ends must be boundaries of characters.
pub(super) fn names(text: &str, stretch: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = stretch.start;
    while let Some(c) = text.get(at..stretch.end).and_then(|rest| rest.chars().next()) {
        match name_at(text, at, &stretch) {
            Some(length) => {
                found.push(at..at + length);
                at += length;
            }
            None => at += c.len_utf8(),
        }
    }
    found
}

/// The length of the name that begins at a byte.
fn name_at(text: &str, at: usize, stretch: &Range<usize>) -> Option<usize> {
    let rest = text.get(at..stretch.end)?;
    let surname = surname::length(rest).filter(|_| !surname::is_word(rest))?;
    let before = Side::before(text.get(stretch.start..at)?)?;
    let given: Vec<char> = rest.get(surname..)?.chars().take(2).take_while(|c| surname::is_given(*c)).collect();
    (1..=given.len()).rev().find_map(|count| {
        let name = given.get(..count)?;
        let length = surname + name.iter().map(|c| c.len_utf8()).sum::<usize>();
        let behind = rest.get(length..)?;
        let after = Side::after(behind)?;
        let has_given = name.iter().any(|c| GIVEN.contains(*c));
        let is_placeholder = matches!(name, ['甲' | '乙' | '丙' | '丁'] | ['姓' | '氏', ..]);
        let is_named = match (before, after) {
            (Side::Strong, Side::Strong) => true,
            (Side::Weak, Side::Strong) | (Side::Open, Side::Strong) | (Side::Strong, Side::Open) => has_given || count == 2 && before == Side::Strong,
            (Side::Open, Side::Open) => name.iter().all(|c| GIVEN.contains(*c)),
            _ => false,
        };
        (is_named && !is_placeholder && !is_pseudonym(behind)).then_some(length)
    })
}

/// What stands on one side of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    /// Punctuation, a space, a digit, the end of the stretch.
    Open,
    /// A word that may introduce a person or not.
    Weak,
    /// A word that introduces a person, or that a person does.
    Strong,
}

impl Side {
    fn before(text: &str) -> Option<Side> {
        let text = text.trim_end_matches(['*', '_', '`', '“', '"', ' ']);
        if TITLES_BEFORE.iter().any(|title| text.ends_with(title)) {
            return None;
        }
        let Some(last) = text.chars().next_back() else { return Some(Side::Open) };
        if let Some(word) = BEFORE.iter().filter(|word| text.ends_with(**word)).max_by_key(|word| word.len()) {
            return Some(if WEAK.contains(word) { Side::Weak } else { Side::Strong });
        }
        let is_label = matches!(last, ':' | '：') && BEFORE.iter().any(|word| text.trim_end_matches([':', '：', ' ']).ends_with(word));
        if is_label {
            return Some(Side::Strong);
        }
        (!is_han(last) && !fold(last).is_ascii_alphabetic()).then_some(Side::Open)
    }

    fn after(text: &str) -> Option<Side> {
        let is_patient = PATIENT.iter().any(|word| text.starts_with(word));
        if !is_patient && TITLES.iter().any(|title| text.starts_with(title)) {
            return None;
        }
        // A masked name: `张三*`.
        if text.starts_with(['*', '＊', '×', '某']) && !text.starts_with("**") {
            return None;
        }
        let Some(first) = text.chars().next() else { return Some(Side::Open) };
        if is_patient || AFTER.iter().any(|word| text.starts_with(word)) {
            return Some(Side::Strong);
        }
        (!is_han(first) && !fold(first).is_ascii_alphabetic()).then_some(Side::Open)
    }
}

/// Whether what stands behind a name says that it is not the real one.
fn is_pseudonym(behind: &str) -> bool {
    let behind = behind.trim_start_matches([' ', '*', '”', '"']);
    ["（化名", "(化名", "（均为化名", "（假名", "(假名", "【化名", "化名"].iter().any(|word| behind.starts_with(word))
}
