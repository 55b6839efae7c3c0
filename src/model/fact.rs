//! A sourced figure: one value with its unit, printed in either language.

use super::number::{english_number, plain_number};
use crate::date::PartialDate;
use crate::lang::{Lang, PerLang};

/// A figure with its source. Prose prints it by id, so that both languages say the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// What is counted.
    pub label: PerLang<Box<str>>,
    /// The number or range, in `unit`.
    pub value: FactValue,
    /// What is counted in.
    pub unit: Unit,
    /// 超过, 近, 约 …
    pub qualifier: Option<Qualifier>,
    /// Of when; none where the source does not say.
    pub as_of: Option<PartialDate>,
    /// The id of its source.
    pub source: Option<Box<str>>,
    /// What other sources print for the same thing.
    pub conflicts: Vec<Rival>,
    /// What has to be said about it.
    pub note: PerLang<Option<Box<str>>>,
}

/// What another source prints for a fact.
#[derive(Clone, Debug, PartialEq)]
pub struct Rival {
    /// The number or range.
    pub value: FactValue,
    /// In this unit.
    pub unit: Unit,
    /// How exact it is.
    pub qualifier: Option<Qualifier>,
    /// Of when.
    pub as_of: Option<PartialDate>,
    /// The id of its source.
    pub source: Option<Box<str>>,
}

/// A number as it was printed, or a range of two.
#[derive(Clone, Debug, PartialEq)]
pub enum FactValue {
    /// One number; the text keeps the digits as printed (`1.10`).
    One(f64, Box<str>),
    /// From one number to another.
    Range((f64, Box<str>), (f64, Box<str>)),
}

/// How exact a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Qualifier {
    /// 超过, over
    Over,
    /// 300余人, more than 300 people
    More,
    /// 近, nearly
    Nearly,
    /// 约, about
    About,
    /// 至少, at least
    AtLeast,
    /// 最多, up to
    UpTo,
}

impl Qualifier {
    /// The words of `qualifier:`.
    pub const CHOICES: &'static [(&'static str, Qualifier)] = &[
        ("over", Qualifier::Over),
        ("more", Qualifier::More),
        ("nearly", Qualifier::Nearly),
        ("about", Qualifier::About),
        ("at-least", Qualifier::AtLeast),
        ("up-to", Qualifier::UpTo),
    ];
}

/// What a figure is counted in.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// What stands behind the printed number in Chinese: 万亩, 万名农民.
    pub zh: Box<str>,
    /// By what the printed number is multiplied for English: 10,000 for 万.
    pub scale: f64,
    /// What stands behind the number in English.
    pub en: EnglishUnit,
}

/// The English side of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EnglishUnit {
    /// `3 villages`, with the form for one.
    Noun {
        /// For exactly one.
        one: Box<str>,
        /// For all else.
        many: Box<str>,
    },
    /// `45.85 per cent`: follows the number whatever it is.
    Fixed(Box<str>),
    /// A year: no unit and no thousands comma.
    Year,
}

/// Units that figures of the archive are printed in: Chinese, scale, English for one, English for many.
const UNITS: &[(&str, f64, &str, &str)] = &[
    ("人", 1.0, "person", "people"),
    ("名", 1.0, "person", "people"),
    ("人次", 1.0, "person-time", "person-times"),
    ("户", 1.0, "household", "households"),
    ("元", 1.0, "yuan", "yuan"),
    ("元/月", 1.0, "yuan a month", "yuan a month"),
    ("元/年", 1.0, "yuan a year", "yuan a year"),
    ("元/亩", 1.0, "yuan per mu", "yuan per mu"),
    ("元/人", 1.0, "yuan per person", "yuan per person"),
    ("元/斤", 1.0, "yuan per jin", "yuan per jin"),
    ("斤/亩", 1.0, "jin per mu", "jin per mu"),
    ("公斤/亩", 1.0, "kg per mu", "kg per mu"),
    ("亩", 1.0, "mu", "mu"),
    ("公顷", 1.0, "hectare", "hectares"),
    ("斤", 1.0, "jin", "jin"),
    ("公斤", 1.0, "kg", "kg"),
    ("吨", 1.0, "tonne", "tonnes"),
    ("公里", 1.0, "km", "km"),
    ("米", 1.0, "m", "m"),
    ("平方米", 1.0, "square metre", "square metres"),
    ("平方公里", 1.0, "square kilometre", "square kilometres"),
    ("立方米", 1.0, "cubic metre", "cubic metres"),
    ("千瓦", 1.0, "kW", "kW"),
    ("年时长", 1.0, "year", "years"),
    ("个月", 1.0, "month", "months"),
    ("天", 1.0, "day", "days"),
    ("期", 1.0, "session", "sessions"),
    ("次", 1.0, "time", "times"),
    ("场", 1.0, "event", "events"),
    ("村", 1.0, "village", "villages"),
    ("个村", 1.0, "village", "villages"),
    ("县", 1.0, "county", "counties"),
    ("个县", 1.0, "county", "counties"),
    ("乡镇", 1.0, "township", "townships"),
    ("个乡镇", 1.0, "township", "townships"),
    ("家", 1.0, "", ""),
    ("个", 1.0, "", ""),
    ("所", 1.0, "", ""),
    ("座", 1.0, "", ""),
    ("条", 1.0, "", ""),
    ("种", 1.0, "kind", "kinds"),
    ("株", 1.0, "", ""),
    ("头", 1.0, "head", "head"),
    ("只", 1.0, "", ""),
    ("台", 1.0, "set", "sets"),
    ("辆", 1.0, "vehicle", "vehicles"),
    ("套", 1.0, "set", "sets"),
];

impl Unit {
    /// A unit by its Chinese name, with 万 and 亿 before it understood.
    #[must_use]
    pub fn known(zh: &str) -> Option<Unit> {
        let fixed = |text: &str| EnglishUnit::Fixed(text.into());
        let made = |scale, en| Some(Unit { zh: zh.into(), scale, en });
        match zh {
            "%" | "％" => return made(1.0, fixed("per cent")),
            "个百分点" => return made(1.0, EnglishUnit::Noun { one: "percentage point".into(), many: "percentage points".into() }),
            "年" => return made(1.0, EnglishUnit::Year),
            "倍" => return made(1.0, fixed("times")),
            _ => {}
        }
        let (scale, base) = [("万亿", 1e12), ("亿", 1e8), ("万", 1e4)]
            .into_iter()
            .find_map(|(prefix, scale)| zh.strip_prefix(prefix).map(|base| (scale, base)))
            .unwrap_or((1.0, zh));
        let (_, own, one, many) = UNITS.iter().find(|(name, ..)| *name == base)?;
        made(scale * own, EnglishUnit::Noun { one: (*one).into(), many: (*many).into() })
    }

    /// The names of the units, for suggestions.
    pub fn names() -> impl Iterator<Item = &'static str> {
        UNITS.iter().map(|(zh, ..)| *zh)
    }

    /// What stands over a column of numbers that are printed by [`spell_number`]; empty where there is nothing to say.
    #[must_use]
    pub fn heading(&self, lang: Lang) -> &str {
        match (lang, &self.en) {
            (Lang::Zh, _) => self.zh_shown(),
            (Lang::En, EnglishUnit::Noun { many, .. }) => many,
            (Lang::En, EnglishUnit::Fixed(text)) => text,
            (Lang::En, EnglishUnit::Year) => "",
        }
    }

    /// What stands in English over a column of numbers as they are written: 万人 is `10,000 people`.
    #[must_use]
    pub fn english_multiple(&self) -> String {
        let noun = self.heading(Lang::En);
        let scale = [(1e12, "trillion"), (1e8, "100 million"), (1e4, "10,000")].into_iter().find(|(scale, _)| (scale - self.scale).abs() < 0.5);
        scale.map_or_else(|| noun.to_owned(), |(_, word)| format!("{word} {noun}").trim_end().to_owned())
    }

    /// What Chinese prints behind the number: the duration 年时长 is written 年.
    fn zh_shown(&self) -> &str {
        self.zh.strip_suffix("时长").unwrap_or(&self.zh)
    }
}

/// Prints a value with its unit and qualifier, as a sentence of the language needs it.
#[must_use]
pub fn spell(value: &FactValue, unit: &Unit, qualifier: Option<Qualifier>, lang: Lang) -> String {
    match lang {
        Lang::Zh => spell_zh(value, unit, qualifier),
        Lang::En => spell_en(value, unit, qualifier),
    }
}

fn spell_zh(value: &FactValue, unit: &Unit, qualifier: Option<Qualifier>) -> String {
    let number = match value {
        FactValue::One(_, text) => text.to_string(),
        FactValue::Range((_, from), (_, to)) if &*unit.zh == "%" => format!("{from}%～{to}"),
        FactValue::Range((_, from), (_, to)) => format!("{from}～{to}"),
    };
    let shown = unit.zh_shown();
    match qualifier {
        Some(Qualifier::More) => match shown.chars().next().filter(|c| matches!(c, '万' | '亿')) {
            // 30余万人, 300余人
            Some(scale) => format!("{number}余{scale}{}", &shown[scale.len_utf8()..]),
            None => format!("{number}余{shown}"),
        },
        Some(qualifier) => {
            let before = match qualifier {
                Qualifier::Over => "超过",
                Qualifier::Nearly => "近",
                Qualifier::About => "约",
                Qualifier::AtLeast => "至少",
                Qualifier::UpTo => "最多",
                Qualifier::More => "",
            };
            format!("{before}{number}{shown}")
        }
        None => format!("{number}{shown}"),
    }
}

fn spell_en(value: &FactValue, unit: &Unit, qualifier: Option<Qualifier>) -> String {
    let before = match qualifier {
        Some(Qualifier::Over | Qualifier::More) => "more than ",
        Some(Qualifier::Nearly) => "nearly ",
        Some(Qualifier::About) => "about ",
        Some(Qualifier::AtLeast) => "at least ",
        Some(Qualifier::UpTo) => "up to ",
        None => "",
    };
    let number = |(value, text): &(f64, Box<str>)| match unit.en {
        EnglishUnit::Year => text.to_string(),
        _ => english_number(*value, text, unit.scale),
    };
    let (number, is_one) = match value {
        FactValue::One(value, text) => (number(&(*value, text.clone())), (value * unit.scale - 1.0).abs() < f64::EPSILON),
        FactValue::Range(from, to) => (english_range(&number(from), &number(to)), false),
    };
    let noun = match &unit.en {
        EnglishUnit::Noun { one, .. } if is_one => one,
        EnglishUnit::Noun { many, .. } => many,
        EnglishUnit::Fixed(text) => text,
        EnglishUnit::Year => "",
    };
    let space = if noun.is_empty() { "" } else { " " };
    format!("{before}{number}{space}{noun}")
}

/// `3 million` to `5 million` is `3–5 million`.
fn english_range(from: &str, to: &str) -> String {
    match (from.split_once(' '), to.split_once(' ')) {
        (Some((from, scale)), Some((_, other))) if scale == other => format!("{from}–{to}"),
        _ => format!("{from}–{to}"),
    }
}

impl Fact {
    /// The figure as the language prints it.
    #[must_use]
    pub fn spell(&self, lang: Lang) -> String {
        spell(&self.value, &self.unit, self.qualifier, lang)
    }

    /// The bare number for machines.
    #[must_use]
    pub fn machine_value(&self) -> String {
        match &self.value {
            FactValue::One(_, text) => plain_number(text, &self.unit),
            FactValue::Range((_, from), (_, to)) => format!("{}/{}", plain_number(from, &self.unit), plain_number(to, &self.unit)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(printed: &str) -> FactValue {
        FactValue::One(printed.parse().unwrap(), printed.into())
    }

    #[test]
    fn one_value_is_right_in_both_languages() {
        let cases = [
            ("3.3", "万人", "3.3万人", "33,000 people"),
            ("1.7", "亿元", "1.7亿元", "170 million yuan"),
            ("22.7", "万亩", "22.7万亩", "227,000 mu"),
            ("45.85", "%", "45.85%", "45.85 per cent"),
            ("2009", "年", "2009年", "2009"),
            ("1", "户", "1户", "1 household"),
            ("10583", "人", "10583人", "10,583 people"),
            ("134.2", "亿元", "134.2亿元", "13.42 billion yuan"),
            ("1.6", "万亿元", "1.6万亿元", "1.6 trillion yuan"),
            ("9899", "万人", "9899万人", "98.99 million people"),
            ("70", "亿元", "70亿元", "7 billion yuan"),
            ("0.46", "%", "0.46%", "0.46 per cent"),
            ("10", "年时长", "10年", "10 years"),
            ("120", "万人", "120万人", "1.2 million people"),
            ("-1.5", "%", "-1.5%", "-1.5 per cent"),
        ];
        for (printed, unit, zh, en) in cases {
            let unit = Unit::known(unit).unwrap();
            assert_eq!(spell(&one(printed), &unit, None, Lang::Zh), zh);
            assert_eq!(spell(&one(printed), &unit, None, Lang::En), en);
        }
    }

    #[test]
    fn qualifiers_and_ranges_stand_where_each_language_wants_them() {
        let people = Unit::known("万人").unwrap();
        assert_eq!(spell(&one("30"), &people, Some(Qualifier::More), Lang::Zh), "30余万人");
        assert_eq!(spell(&one("30"), &people, Some(Qualifier::Nearly), Lang::En), "nearly 300,000 people");
        let range = FactValue::Range((3.0, "3".into()), (5.0, "5".into()));
        assert_eq!(spell(&range, &Unit::known("亩").unwrap(), None, Lang::Zh), "3～5亩");
        assert_eq!(spell(&range, &Unit::known("亩").unwrap(), None, Lang::En), "3–5 mu");
        assert_eq!(spell(&range, &Unit::known("亿元").unwrap(), None, Lang::En), "300–500 million yuan");
    }
}
