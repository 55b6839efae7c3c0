//! Persons, and how each may be named. The real name of one who has not consented is known to the gate and to nobody after it.

use crate::date::PartialDate;
use crate::detect::COMPOUND_SURNAMES;
use crate::digest::fold64;
use crate::lang::{Lang, PerLang};

/// Where persons are entered.
pub const PEOPLE_FILE: &str = "content/vocabulary/people.yaml";

/// As much of a closed name as may be shown.
#[must_use]
pub fn masked_name(name: &str) -> String {
    name.chars().take(1).chain("••".chars()).collect()
}

/// What a review of a closed name is kept under.
#[must_use]
pub fn name_stamp(name: &str) -> u64 {
    fold64(name.as_bytes())
}

/// An entry of `vocabulary/people.yaml`.
#[derive(Clone, Debug)]
pub struct Person {
    /// The id that prose names them by.
    pub id: Box<str>,
    /// Their real name.
    pub name: PerLang<Box<str>>,
    /// What else they are called; closed as the real name is.
    pub aliases: Vec<Box<str>>,
    /// Whether and how they agreed to be named.
    pub consent: Consent,
    /// How they are to be named.
    pub naming: Naming,
    /// The name that stands for theirs.
    pub pseudonym: PerLang<Option<Box<str>>>,
    /// What they are, where that stands for a name: 一位村民, a villager.
    pub role: PerLang<Option<Box<str>>>,
}

/// What a person has agreed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Consent {
    /// Whether they have.
    pub status: ConsentStatus,
    /// When.
    pub date: Option<PartialDate>,
    /// Where the paper is kept.
    pub reference: Option<Box<str>>,
}

/// Whether a person has agreed to be named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ConsentStatus {
    /// Nobody asked, or nobody wrote down what they said.
    #[default]
    Unknown,
    /// They agreed.
    Given,
    /// They did not.
    Refused,
    /// They did, and took it back.
    Withdrawn,
}

impl ConsentStatus {
    /// The words of `status:`.
    pub const CHOICES: &'static [(&'static str, ConsentStatus)] = &[
        ("given", ConsentStatus::Given),
        ("refused", ConsentStatus::Refused),
        ("withdrawn", ConsentStatus::Withdrawn),
        ("unknown", ConsentStatus::Unknown),
    ];
}

/// How a person is named in public.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Naming {
    /// By their real name, which takes consent.
    Real,
    /// 张某, as news agencies name those who must not be known.
    #[default]
    Surname,
    /// By another name, marked as such.
    Pseudonym,
    /// By what they are.
    Role,
}

impl Naming {
    /// The words of `naming:`.
    pub const CHOICES: &'static [(&'static str, Naming)] =
        &[("real", Naming::Real), ("surname", Naming::Surname), ("pseudonym", Naming::Pseudonym), ("role", Naming::Role)];
}

/// Compound surnames that running text has mostly as something else, a person of legend and a county.
const COMPOUND_RARE: &[&str] = &["轩辕", "钟离"];

impl Person {
    /// Whether the real name may stand in public: only by consent that says when it was given and where it is kept.
    #[must_use]
    pub fn is_named_openly(&self) -> bool {
        let Consent { status, date, reference } = &self.consent;
        self.naming == Naming::Real && *status == ConsentStatus::Given && date.is_some() && reference.is_some()
    }

    /// The name as the public reads it. Whatever is missing for a fuller one leads to a lesser one.
    #[must_use]
    pub fn public_name(&self, lang: Lang) -> Box<str> {
        match self.naming {
            Naming::Real if self.is_named_openly() => self.name.get(lang).clone(),
            Naming::Pseudonym => self.pseudonym.prefer(lang).map_or_else(|| self.surname(lang), |(_, name)| marked(name, lang)),
            Naming::Role => self.role.prefer(lang).map_or_else(|| self.surname(lang), |(_, role)| role.clone()),
            Naming::Real | Naming::Surname => self.surname(lang),
        }
    }

    /// 张某; in English the surname alone, which stands first in a name from Chinese.
    fn surname(&self, lang: Lang) -> Box<str> {
        let name = self.name.get(lang);
        match lang {
            Lang::Zh => {
                let length = if COMPOUND_SURNAMES.iter().chain(COMPOUND_RARE).any(|surname| name.starts_with(surname)) { 2 } else { 1 };
                let surname: String = name.chars().take(length).collect();
                format!("{surname}某").into()
            }
            Lang::En => name.split_whitespace().next().unwrap_or_default().into(),
        }
    }

    /// The names that must not stand in public, in whatever language. What the public reads instead of the real name is
    /// none of them, should it be entered among the others as well.
    pub fn closed_names(&self) -> impl Iterator<Item = &str> {
        let printed = PerLang::build(|lang| self.public_name(lang));
        let is_printed = move |name: &str| printed.zh.contains(name) || printed.en.contains(name);
        let aliases = self.aliases.iter().map(|alias| &**alias).filter(move |alias| !is_printed(alias));
        let names = [&*self.name.zh, &*self.name.en].into_iter().chain(aliases);
        let is_open = self.is_named_openly();
        // One character is a word like any other.
        names.filter(move |name| !is_open && name.chars().count() >= 2)
    }
}

fn marked(pseudonym: &str, lang: Lang) -> Box<str> {
    match lang {
        Lang::Zh => format!("{pseudonym}（化名）").into(),
        Lang::En => format!("{pseudonym} (a pseudonym)").into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(naming: Naming, consent: Consent) -> Person {
        Person {
            id: "p".into(),
            name: PerLang { zh: "欧阳某甲".into(), en: "Ouyang Moujia".into() },
            aliases: vec!["老欧阳".into(), "林静".into()],
            consent,
            naming,
            pseudonym: PerLang { zh: Some("林静".into()), en: Some("Lin Jing".into()) },
            role: PerLang { zh: Some("一位村民".into()), en: None },
        }
    }

    fn given() -> Consent {
        Consent { status: ConsentStatus::Given, date: PartialDate::new(2020, Some(5), None).ok(), reference: Some("同意书1号".into()) }
    }

    #[test]
    fn a_real_name_takes_consent_with_date_and_reference() {
        assert_eq!(&*person(Naming::Real, given()).public_name(Lang::Zh), "欧阳某甲");
        assert_eq!(&*person(Naming::Real, Consent::default()).public_name(Lang::Zh), "欧阳某");
        assert_eq!(&*person(Naming::Real, Consent { reference: None, ..given() }).public_name(Lang::En), "Ouyang");
    }

    #[test]
    fn other_ways_of_naming_say_what_they_are() {
        assert_eq!(&*person(Naming::Pseudonym, given()).public_name(Lang::Zh), "林静（化名）");
        assert_eq!(&*person(Naming::Pseudonym, given()).public_name(Lang::En), "Lin Jing (a pseudonym)");
        assert_eq!(&*person(Naming::Role, given()).public_name(Lang::En), "一位村民");
        assert_eq!(person(Naming::Surname, given()).closed_names().collect::<Vec<_>>(), ["欧阳某甲", "Ouyang Moujia", "老欧阳", "林静"]);
    }

    #[test]
    fn an_alias_is_closed_unless_it_is_the_name_that_is_printed() {
        assert_eq!(person(Naming::Pseudonym, given()).closed_names().collect::<Vec<_>>(), ["欧阳某甲", "Ouyang Moujia", "老欧阳"]);
        assert_eq!(person(Naming::Real, given()).closed_names().count(), 0);
    }
}
