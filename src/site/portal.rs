//! What a government portal prints at its foot and in its labels, and how the office is reached: `gov`, `contact`, `archived`
//! and `link_hosts` of `site.yaml`.

use crate::date::PartialDate;
use crate::diagnostic::{Code, Mark};
use crate::lang::PerLang;
use crate::yaml::{Fields, Node, Placed, Value, words_of};

/// What a portal's supervisors ask for (政府网站发展指引, 国办发〔2017〕47号).
#[derive(Clone, Debug, Default)]
pub struct Portal {
    /// 政府网站标识码, ten digits.
    pub identifier: Option<Box<str>>,
    /// ICP 备案号
    pub icp: Option<Box<str>>,
    /// 公安备案号
    pub police: Option<Box<str>>,
    /// 主办单位
    pub sponsor: PerLang<Option<Box<str>>>,
    /// 承办单位
    pub organiser: PerLang<Option<Box<str>>>,
    /// What kind of columns the site has, for the label `ColumnType`.
    pub column_type: Option<Box<str>>,
    /// The mark of a party or government body (党政机关网站标识).
    pub mark: Option<Badge>,
    /// Where readers report mistakes to (政府网站找错).
    pub report_error: Option<Badge>,
}

/// A link with a picture of the site's own.
#[derive(Clone, Debug)]
pub struct Badge {
    /// Where it leads.
    pub url: Box<str>,
    /// The picture under `content/assets/`, as a path from the root.
    pub picture: Option<Box<str>>,
}

/// How the office is reached.
#[derive(Clone, Debug, Default)]
pub struct Contact {
    /// Who answers.
    pub name: PerLang<Option<Box<str>>>,
    /// Where.
    pub address: PerLang<Option<Box<str>>>,
    /// When.
    pub hours: PerLang<Option<Box<str>>>,
    /// Telephone numbers.
    pub phone: Vec<Box<str>>,
    /// Mail addresses.
    pub email: Vec<Box<str>>,
    /// The supervision hotline: 12317.
    pub hotline: Option<Box<str>>,
}

impl Contact {
    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let words = [&self.name, &self.address, &self.hours];
        words.iter().all(|words| words.present().next().is_none()) && self.phone.is_empty() && self.email.is_empty() && self.hotline.is_none()
    }
}

impl Portal {
    /// The pictures of its badges.
    pub fn pictures(&self) -> impl Iterator<Item = &str> {
        [&self.mark, &self.report_error].into_iter().flatten().filter_map(|badge| badge.picture.as_deref())
    }
}

/// Reads `gov`; its `contact`, which may stand there as well, is handed over.
pub(super) fn read_portal<'n>(node: &'n Node, marks: &mut Vec<Mark>) -> (Option<Portal>, Option<&'n Node>) {
    let Some(mut fields) = Fields::of(node, "gov", marks) else { return (None, None) };
    let identifier = shaped(&mut fields, "identifier", "4115000001", |text| text.len() == 10 && is_digits(text));
    let icp = shaped(&mut fields, "icp", "豫ICP备12345678号", is_icp);
    let police = shaped(&mut fields, "police", "豫公网安备41150002000001号", is_police);
    let portal = Portal {
        identifier,
        icp,
        police,
        sponsor: optional(fields.words("sponsor")),
        organiser: optional(fields.words("organiser")),
        column_type: fields.text("column_type").map(|text| text.value.into()),
        mark: fields.node("mark").and_then(|node| read_badge(node, "mark", fields.marks())),
        report_error: fields.node("report_error").and_then(|node| read_badge(node, "report_error", fields.marks())),
    };
    let contact = fields.node("contact");
    fields.finish();
    (Some(portal), contact)
}

/// Reads `contact`: an office, or what is known of one.
pub(super) fn read_contact(node: &Node, marks: &mut Vec<Mark>) -> Contact {
    if matches!(node.value, Value::Scalar(_)) {
        return Contact { name: optional(words_of(node, "contact", marks)), ..Contact::default() };
    }
    let Some(mut fields) = Fields::of(node, "contact", marks) else { return Contact::default() };
    let texts = |fields: &mut Fields, key| fields.texts(key).iter().map(|text| text.value.into()).collect();
    let contact = Contact {
        name: optional(fields.words("name")),
        address: optional(fields.words("address")),
        hours: optional(fields.words("hours")),
        phone: texts(&mut fields, "phone"),
        email: texts(&mut fields, "email"),
        hotline: shaped(&mut fields, "hotline", "12317", is_digits),
    };
    fields.finish();
    contact
}

/// A link, alone or as `{url, picture}`.
fn read_badge(node: &Node, key: &'static str, marks: &mut Vec<Mark>) -> Option<Badge> {
    if matches!(node.value, Value::Scalar(_)) {
        return crate::yaml::web_of(node, key, marks).map(|url| Badge { url: url.value.into(), picture: None });
    }
    let mut fields = Fields::of(node, key, marks)?;
    let url = fields.web("url").map(|url| url.value.into());
    let picture = fields.text("picture").and_then(|text| own_picture(&text, &mut fields));
    if url.is_none() && fields.node("url").is_none() {
        let span = fields.span();
        fields.mark(Mark::new(Code::FieldMissing, span).with("url"));
    }
    fields.finish();
    Some(Badge { url: url?, picture })
}

/// The path of a picture of the site: `assets/x.png`.
fn own_picture(text: &Placed<&str>, fields: &mut Fields) -> Option<Box<str>> {
    let name = text.value.trim_start_matches("content/").strip_prefix("assets/");
    let plain = |name: &&str| !name.is_empty() && name.split('/').all(|part| !part.is_empty() && part != "." && part != "..");
    let path = name.filter(plain).map(|name| format!("content/assets/{name}").into());
    if path.is_none() {
        fields.mark(Mark::new(Code::ValueChoice, text.span).with("picture").with(text.value).with("assets/….png"));
    }
    path
}

/// The hosts that links may lead to; an empty list means all.
pub(super) fn read_hosts(fields: &mut Fields) -> Vec<Box<str>> {
    let mut hosts = Vec::new();
    for text in fields.texts("link_hosts") {
        let host = text.value.trim_start_matches("*.").trim_start_matches('.').to_ascii_lowercase();
        let plain = host.contains('.') && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
        if plain {
            hosts.push(host.into());
        } else {
            fields.mark(Mark::new(Code::ValueChoice, text.span).with("link_hosts").with(text.value).with("www.xinyang.gov.cn gov.cn"));
        }
    }
    hosts
}

/// Whether an address lies on one of these hosts or on one under them.
pub(super) fn is_on(url: &str, hosts: &[Box<str>]) -> bool {
    let Some((_, rest)) = url.split_once("://") else { return true };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default().trim_end_matches('.').to_ascii_lowercase();
    hosts.iter().any(|known| host.strip_suffix(&**known).is_some_and(|before| before.is_empty() || before.ends_with('.')))
}

/// The day from which on the site is no longer updated, as `site.yaml` says it.
pub(super) fn read_archived(fields: &mut Fields) -> Option<PartialDate> {
    fields.date("archived").map(|date| date.value)
}

/// A code of a known shape; another is an error that shows one.
fn shaped(fields: &mut Fields, key: &'static str, example: &str, is_right: impl Fn(&str) -> bool) -> Option<Box<str>> {
    let text = fields.code(key)?;
    if is_right(text.value) {
        return Some(text.value.into());
    }
    fields.mark(Mark::new(Code::ValueChoice, text.span).with(key).with(text.value).with(example));
    None
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `豫ICP备12345678号`, `京ICP证030173号`, `豫ICP备12345678号-1`.
fn is_icp(text: &str) -> bool {
    let Some((before, after)) = text.split_once("ICP") else { return false };
    let Some((number, part)) = after.trim_start_matches(['备', '证']).split_once('号') else { return false };
    let good_part = part.strip_prefix('-').map_or(part.is_empty(), is_digits);
    before.chars().count() == 1 && (6..=8).contains(&number.len()) && is_digits(number) && good_part
}

/// `豫公网安备41150002000001号`, with or without a space or colon.
fn is_police(text: &str) -> bool {
    let Some((before, after)) = text.split_once("公网安备") else { return false };
    let number = after.trim_start_matches([' ', '：', ':', '\u{3000}']).strip_suffix('号');
    before.chars().count() == 1 && number.is_some_and(|number| number.len() == 14 && is_digits(number))
}

fn optional(words: Option<PerLang<Option<Placed<&str>>>>) -> PerLang<Option<Box<str>>> {
    let words = words.unwrap_or_default();
    PerLang::build(|lang| words.get(lang).as_ref().map(|text| text.value.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_portals_have_their_shapes() {
        for (text, icp, police) in [
            ("京ICP备19014909号", true, false),
            ("豫ICP备19014909号-12", true, false),
            ("京ICP证030173号", true, false),
            ("京公网安备：11010202007633号", false, true),
            ("豫公网安备 41150002000001号", false, true),
            ("ICP备19014909号", false, false),
            ("豫ICP备1901号", false, false),
            ("豫公网安备4115号", false, false),
            ("", false, false),
        ] {
            assert_eq!((is_icp(text), is_police(text)), (icp, police), "{text}");
        }
    }

    #[test]
    fn a_host_stands_for_those_under_it() {
        let hosts: [Box<str>; 1] = ["gov.cn".into()];
        for (url, is_known) in [
            ("https://www.gov.cn/a?b", true),
            ("http://GOV.CN:80", true),
            ("https://notgov.cn/", false),
            ("https://www.gov.cn.example.org/", false),
            ("https://example.org/www.gov.cn", false),
            ("mailto:a@b.cn", true),
        ] {
            assert_eq!(is_on(url, &hosts), is_known, "{url}");
        }
    }
}
