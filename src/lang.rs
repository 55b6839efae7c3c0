//! The two languages of the archive, always in the order Chinese, English. Knows nothing of files or pages.

use serde::Serialize;

/// A language that a text of the archive may be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// 简体中文
    Zh,
    /// English
    En,
}

impl Lang {
    /// Both languages, in the order in which everything is listed.
    pub const ALL: [Lang; 2] = [Lang::Zh, Lang::En];

    /// The code in paths and file names: `zh`, `en`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Lang::Zh => "zh",
            Lang::En => "en",
        }
    }

    /// The tag for `lang=` and `hreflang=` (BCP 47).
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Lang::Zh => "zh-CN",
            Lang::En => "en",
        }
    }

    /// The other of the two.
    #[must_use]
    pub fn other(self) -> Lang {
        match self {
            Lang::Zh => Lang::En,
            Lang::En => Lang::Zh,
        }
    }

    /// Reads what people write for a language: `zh`, `zh-CN`, `zh_Hans`, `en-US` … Traditional Chinese is not one of the two.
    #[must_use]
    pub fn parse(written: &str) -> Option<Lang> {
        let lower = written.to_ascii_lowercase().replace('_', "-");
        match lower.as_str() {
            "zh" | "zh-cn" | "zh-hans" | "zh-sg" | "zh-hans-cn" | "cn" => Some(Lang::Zh),
            "en" | "en-us" | "en-gb" | "en-au" | "en-ca" => Some(Lang::En),
            _ => None,
        }
    }
}

/// One value for each language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PerLang<T> {
    /// The Chinese one.
    pub zh: T,
    /// The English one.
    pub en: T,
}

impl<T> PerLang<T> {
    /// Makes both values by one rule.
    pub fn build(mut make: impl FnMut(Lang) -> T) -> Self {
        PerLang { zh: make(Lang::Zh), en: make(Lang::En) }
    }

    /// The value of one language.
    pub fn get(&self, lang: Lang) -> &T {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// The value of one language, to be changed.
    pub fn get_mut(&mut self, lang: Lang) -> &mut T {
        match lang {
            Lang::Zh => &mut self.zh,
            Lang::En => &mut self.en,
        }
    }
}

impl<T> PerLang<Option<T>> {
    /// The value in the wished language, else in the other one, with the language that it is in.
    pub fn prefer(&self, lang: Lang) -> Option<(Lang, &T)> {
        let own = self.get(lang).as_ref().map(|value| (lang, value));
        own.or_else(|| self.get(lang.other()).as_ref().map(|value| (lang.other(), value)))
    }

    /// The languages that have a value.
    pub fn present(&self) -> impl Iterator<Item = Lang> + '_ {
        Lang::ALL.into_iter().filter(|lang| self.get(*lang).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_language_become_one() {
        for written in ["zh", "zh-CN", "zh_CN", "zh-Hans", "ZH"] {
            assert_eq!(Lang::parse(written), Some(Lang::Zh), "{written}");
        }
        assert_eq!(Lang::parse("en_US"), Some(Lang::En));
        assert_eq!(Lang::parse("zh-Hant"), None);
    }

    #[test]
    fn a_missing_language_falls_back_to_the_other() {
        let only_en = PerLang { zh: None, en: Some("x") };
        assert_eq!(only_en.prefer(Lang::Zh), Some((Lang::En, &"x")));
    }
}
