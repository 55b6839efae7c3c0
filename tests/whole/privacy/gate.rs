//! The last search: what a theme gives away is found in the finished page, and nothing of the run is written.

use super::super::{Site, files, said};

const TITLE: &str = "霵霴靁村民组长的密题";
const SENTENCE: &str = "那年冬天鸞灩龤家的两个孩子没有去上学";

/// A site with a closed record and a closed passage, already built.
fn site() -> Site {
    let site = Site::new(&[
        (
            "content/cases/open.zh.md",
            "---\ntitle: 公开\nsummary: 一句。\n---\n公开的话，{withheld:齾齼齺齹齷某某}也在。\n\n:::internal\n龖龕龔龠的内部一段话\n:::\n",
        ),
        (
            "content/cases/shut.zh.md",
            &format!(
                "---\ntitle: {TITLE}\nsummary: 一句。\naccess: internal\nsources: [{{title: 韥韽鞿的来信原件}}]\n---\n{SENTENCE}。后来回来了。\n"
            ),
        ),
        (
            "content/data/ledger.yaml",
            "title: 饢驫鲡鹂麣的台账\nsource: {title: 虋豔讟钃驡来源}\nas_of: 2020\naccess: internal\ncolumns: [{id: a}]\nrows: [{a: 鱺鸞灩龤的格}]\n",
        ),
        (
            "content/data/open.yaml",
            "title: 公开的表\nsource: {title: 年报}\nas_of: 2020\ncolumns: [{id: a}, {id: b, access: internal}]\nrows: [{a: 甲, b: 籲釁爧蠿某}, {a: 鬱齾齼齺某, access: internal}]\n",
        ),
        ("content/cases/shut.en.md", "---\ntitle: The qxvzkjwpbzr letter\nsummary: A sentence.\n---\nText.\n"),
    ]);
    site.build();
    site
}

/// Lays a theme file over the built-in one and expects the build to be stopped by the search, silently as to the value.
fn bites(site: &Site, path: &str, text: &str, told: &str, file: &str) {
    let before = files(&site.root().join("output/site"));
    site.write(path, text.as_bytes());
    for language in ["zh", "en"] {
        let output = site.run(&["build", "--as-of", "2026-01-01", "--language", language]);
        let said = said(&output);
        assert_eq!(output.status.code(), Some(1), "{path}: {text}: {said}");
        assert!(said.contains("leak-value") && said.contains(file), "{said}");
        assert!(!said.contains(told), "the value is said: {said}");
    }
    assert!(files(&site.root().join("output/site")) == before, "the site changed");
    let left =
        files(&site.root().join("output")).into_iter().map(|(name, _)| name).find(|name| !name.starts_with("site/") && !name.starts_with("report/"));
    assert_eq!(left, None, "left beside the site");
    std::fs::remove_dir_all(site.root().join("themes")).unwrap();
}

fn home(inside: &str) -> String {
    format!("{{% extends \"layout/base.html\" %}}\n{{% block main %}}\n<h1>{{{{ view.title }}}}</h1>\n{inside}\n{{% endblock %}}\n")
}

#[test]
fn a_theme_that_prints_a_closed_value_stops_the_build() {
    let site = site();
    for (told, file) in [
        (TITLE, "content/cases/shut.zh.md"),
        (SENTENCE, "content/cases/shut.zh.md"),
        ("韥韽鞿的来信原件", "content/cases/shut.zh.md"),
        ("齾齼齺齹齷某某", "content/cases/open.zh.md"),
        ("龖龕龔龠的内部一段话", "content/cases/open.zh.md"),
        ("The qxvzkjwpbzr letter", "content/cases/shut.en.md"),
        ("饢驫鲡鹂麣的台账", "content/data/ledger.yaml"),
        ("虋豔讟钃驡来源", "content/data/ledger.yaml"),
        ("鱺鸞灩龤的格", "content/data/ledger.yaml"),
        ("籲釁爧蠿某", "content/data/open.yaml"),
        ("鬱齾齼齺某", "content/data/open.yaml"),
    ] {
        bites(&site, "themes/archive/layout/home.html", &home(&format!("<p>{told}</p>")), told, file);
    }
    site.build();
}

#[test]
fn no_way_of_writing_hides_it() {
    let site = site();
    let spaced = TITLE.chars().map(|c| format!("{c} ")).collect::<String>();
    let marked = TITLE.chars().map(|c| format!("<b>{c}</b>")).collect::<String>();
    let decimal = TITLE.chars().map(|c| format!("&#{};", u32::from(c))).collect::<String>();
    let hexadecimal = TITLE.chars().map(|c| format!("&#x{:X};", u32::from(c))).collect::<String>();
    let escaped: String = TITLE
        .chars()
        .map(|c| format!("%{:02X}%{:02X}%{:02X}", c.to_string().as_bytes()[0], c.to_string().as_bytes()[1], c.to_string().as_bytes()[2]))
        .collect();
    for inside in [
        format!("<p>{spaced}</p>"),
        format!("<p>{marked}</p>"),
        format!("<p>{decimal}</p>"),
        format!("<p>{hexadecimal}</p>"),
        format!("<img src=\"a.png\" alt=\"{TITLE}\">"),
        format!("<img src='a.png' alt='{TITLE}'>"),
        format!("<img src=a.png alt={TITLE}>"),
        format!("<img alt = \"{TITLE}\">"),
        format!("<a href=\"?q={escaped}\">x</a>"),
        format!("<!-- {TITLE} -->"),
        format!("<script type=\"application/ld+json\">{{\"name\": \"{TITLE}\"}}</script>"),
        format!("<p title=\"a > b\">{TITLE}</p>"),
    ] {
        bites(&site, "themes/archive/layout/home.html", &home(&inside), TITLE, "content/cases/shut.zh.md");
    }
}

#[test]
fn the_other_files_of_a_theme_are_searched_too() {
    let site = site();
    let style = format!("@layer page {{ .note::before {{ content: \"{TITLE}\"; }} }}\n");
    bites(&site, "themes/archive/style/page.css", &style, TITLE, "content/cases/shut.zh.md");
    let footer = format!("<p>{TITLE}</p>");
    bites(&site, "themes/archive/layout/footer.html", &footer, TITLE, "content/cases/shut.zh.md");
    site.build();
}

/// A phrase that everybody writes, and what also stands openly, stop nothing.
#[test]
fn what_is_open_as_well_stops_nothing() {
    let site = site();
    site.write("content/cases/also.zh.md", format!("---\ntitle: 也公开\nsummary: 一句。\n---\n{SENTENCE}。\n").as_bytes());
    site.write("themes/archive/layout/home.html", home(&format!("<p>{SENTENCE}</p>")).as_bytes());
    site.build();
}
