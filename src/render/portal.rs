//! The foot of every page beside its navigation: how the office is reached, what a government portal must print, and what
//! programs may fetch. Rendered once per language and depth.

use super::card::preferred;
use super::view::Link;
use crate::disclose::Edition;
use crate::lang::Lang;
use crate::path::OutPath;
use crate::plan::{FeedFormat, Plan};
use crate::site::Badge;
use crate::theme::Theme;
use serde::Serialize;

/// Where the number of a website's registration is looked up, which it must lead to (非经营性互联网信息服务备案管理办法).
const ICP_REGISTER: &str = "https://beian.miit.gov.cn/";
/// Where that of the police is.
const POLICE_REGISTER: &str = "https://beian.mps.gov.cn/#/query/webSearch?code=";

/// How the office is reached.
#[derive(Debug, Serialize)]
pub(crate) struct ContactView {
    /// Who answers.
    pub name: Option<String>,
    /// Where.
    pub address: Option<String>,
    /// When.
    pub hours: Option<String>,
    /// Telephone numbers with their addresses.
    pub phone: Vec<Link>,
    /// Mail addresses with theirs.
    pub email: Vec<Link>,
    /// The supervision hotline.
    pub hotline: Option<Link>,
}

/// What a government portal prints.
#[derive(Debug, Serialize)]
pub(crate) struct PortalView {
    /// 主办单位
    pub sponsor: Option<String>,
    /// 承办单位
    pub organiser: Option<String>,
    /// 网站标识码
    pub identifier: Option<String>,
    /// ICP 备案号
    pub icp: Option<Link>,
    /// 公安备案号
    pub police: Option<Link>,
    /// The mark of a party or government body.
    pub mark: Option<BadgeView>,
    /// Where mistakes are reported to.
    pub report_error: Option<BadgeView>,
}

/// A link with a picture.
#[derive(Debug, Serialize)]
pub(crate) struct BadgeView {
    /// Where it leads.
    pub href: String,
    /// The relative address of the picture.
    pub src: Option<String>,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
}

/// The feed and the tables of all records.
pub(super) fn machine(plan: &Plan, theme: &Theme, lang: Lang, root: &str) -> Vec<Link> {
    let addresses = plan.addresses();
    let all =
        [(addresses.records_page(lang), theme.string(lang, "records_all")), (addresses.feed(FeedFormat::Atom, lang), theme.string(lang, "feed"))];
    let planned = all.into_iter().filter_map(|(path, label)| Some((path.ok().filter(|path| plan.job(path).is_some())?, label)));
    planned.map(|(path, label)| Link { label: label.to_owned(), href: Some(format!("{root}{path}")) }).collect()
}

/// The office.
pub(super) fn contact(edition: &Edition, lang: Lang) -> Option<ContactView> {
    let contact = Some(&edition.site().contact).filter(|contact| !contact.is_empty())?;
    let words = |words| preferred(words, lang).map(str::to_owned);
    Some(ContactView {
        name: words(&contact.name),
        address: words(&contact.address),
        hours: words(&contact.hours),
        phone: contact.phone.iter().map(|number| telephone(number)).collect(),
        email: contact.email.iter().map(|address| mail(address)).collect(),
        hotline: contact.hotline.as_deref().map(telephone),
    })
}

/// A number that can be called; one with words in it is printed only.
fn telephone(number: &str) -> Link {
    let digits: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    let plain = number.chars().all(|c| c.is_ascii_digit() || "+-() （）—－".contains(c)) && digits.len() >= 3;
    Link { label: number.to_owned(), href: plain.then(|| format!("tel:{digits}")) }
}

fn mail(address: &str) -> Link {
    let plain = |c: char| c.is_ascii_alphanumeric() || ".-_+@".contains(c);
    let is_address = address.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.') && !host.contains('@'));
    Link { label: address.to_owned(), href: (is_address && address.chars().all(plain)).then(|| format!("mailto:{address}")) }
}

/// What the portal prints. Its registers and badges are links by law, whatever hosts its other links may lead to.
pub(super) fn portal(edition: &Edition, plan: &Plan, lang: Lang, root: &str) -> Option<PortalView> {
    let site = edition.site();
    let portal = site.portal.as_ref()?;
    let badge = |badge: &Badge| {
        let picture = badge.picture.as_deref().and_then(|path| edition.site_picture(path));
        let (width, height) = picture.and_then(|picture| picture.sizes().next_back()).unwrap_or_default();
        let address = picture.and_then(|picture| plan.addresses().picture(picture, width).ok()).filter(|path: &OutPath| plan.job(path).is_some());
        BadgeView { href: badge.url.to_string(), src: address.map(|path| format!("{root}{path}")), width, height }
    };
    let police = |number: &str| {
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        Link { label: number.to_owned(), href: Some(format!("{POLICE_REGISTER}{digits}")) }
    };
    Some(PortalView {
        sponsor: preferred(&portal.sponsor, lang).map(str::to_owned),
        organiser: preferred(&portal.organiser, lang).map(str::to_owned),
        identifier: portal.identifier.as_deref().map(str::to_owned),
        icp: portal.icp.as_deref().map(|number| Link { label: number.to_owned(), href: Some(ICP_REGISTER.to_owned()) }),
        police: portal.police.as_deref().map(police),
        mark: portal.mark.as_ref().map(badge),
        report_error: portal.report_error.as_ref().map(badge),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_called_or_written_to_is_a_link() {
        assert_eq!(telephone("0376-1234567").href.as_deref(), Some("tel:03761234567"));
        assert_eq!(telephone("12317").href.as_deref(), Some("tel:12317"));
        assert_eq!(telephone("0376-1234567 转 8").href, None);
        assert_eq!(mail("office@example.org").href.as_deref(), Some("mailto:office@example.org"));
        assert_eq!(mail("office@example").href, None);
        assert_eq!(mail("a\"b@example.org").href, None);
    }
}
