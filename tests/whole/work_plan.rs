//! The demonstration archive's plan of work: every term that the plan names leads somewhere, and units and items lead to each other.

use super::{program, project, said};
use std::path::Path;

/// The demonstration archive, public edition.
fn demo(folder: &Path) {
    let output = program().args(["build", "--quiet", "--as-of", "2026-01-01", "--root"]).arg(project()).arg("--output").arg(folder).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
}

fn read(folder: &Path, page: &str) -> String {
    std::fs::read_to_string(folder.join(page)).unwrap_or_else(|error| panic!("{page}: {error}"))
}

/// What stands between two marks, each time.
fn between<'t>(text: &'t str, open: &'t str, close: &'t str) -> impl Iterator<Item = &'t str> {
    text.split(open).skip(1).filter_map(move |rest| rest.split_once(close).map(|(inside, _)| inside))
}

/// The text of an element without its tags.
fn bare(html: &str) -> String {
    let outside = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    outside.collect::<String>().replace("&quot;", "\"").trim().to_owned()
}

/// Whether an address on a page of `zh/` or `en/` names a page that is there, and a place in it.
fn resolves(folder: &Path, page: &str, href: &str) -> bool {
    let (path, anchor) = href.split_once('#').map_or((href, None), |(path, anchor)| (path, Some(anchor)));
    let target = if path.is_empty() { folder.join(page) } else { folder.join(page).parent().unwrap().join(path) };
    let Ok(html) = std::fs::read_to_string(target) else { return false };
    anchor.is_none_or(|anchor| html.contains(&format!(" id=\"{anchor}\"")))
}

/// The names of a map's page, each with the cell that says where the archive has it.
fn rows(map: &str) -> Vec<(String, String)> {
    let rows = between(map, "<tr>\n<th scope=\"row\"", "</tr>");
    rows.map(|row| {
        let name = between(row, "<span class=\"map__name\"", "</span>").next().unwrap();
        (bare(&format!("<{name}")), row.rsplit_once("<td>").unwrap().1.to_owned())
    })
    .collect()
}

#[test]
fn every_term_of_the_plan_leads_into_the_archive_or_says_why_not() {
    let folder = tempfile::tempdir().unwrap();
    demo(folder.path());
    let listed = std::fs::read_to_string(project().join("tests/plan/terms.txt")).unwrap();
    let terms: Vec<&str> = listed.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    assert!(terms.len() > 100, "{} terms", terms.len());
    for lang in ["zh", "en"] {
        let page = format!("{lang}/plan-map.html");
        let map = read(folder.path(), &page);
        let rows = rows(&map);
        assert!(rows.len() >= terms.len(), "{} rows", rows.len());
        for (name, home) in &rows {
            let links: Vec<&str> = between(home, "href=\"", "\"").collect();
            assert!(!links.is_empty() || home.contains("map__reason"), "{page}: {name} leads nowhere");
            assert!(!home.contains("map__nothing"), "{page}: {name} has neither home nor reason");
        }
        for href in between(&map, "href=\"", "\"") {
            assert!(href.starts_with("https://") || resolves(folder.path(), &page, href), "{page}: {href} is not there");
        }
    }
    let names: Vec<String> = rows(&read(folder.path(), "zh/plan-map.html")).into_iter().map(|(name, _)| name).collect();
    let missing: Vec<&&str> = terms.iter().filter(|term| !names.iter().any(|name| name == **term)).collect();
    assert!(missing.is_empty(), "without a home in content/plan.yaml: {missing:?}");
}

#[test]
fn units_and_programmes_and_the_items_of_the_plan_lead_to_each_other() {
    let folder = tempfile::tempdir().unwrap();
    demo(folder.path());
    for lang in ["zh", "en"] {
        let plan = read(folder.path(), &format!("{lang}/plan.html"));
        for (vocabulary, least) in [("units", 21), ("programmes", 17), ("places", 2)] {
            let pages: std::collections::BTreeSet<&str> =
                between(&plan, &format!("href=\"{vocabulary}/"), "\"").filter(|page| *page != "index.html").collect();
            assert!(pages.len() >= least, "{lang}: {} {vocabulary} in the plan", pages.len());
            for page in pages {
                let own = format!("{lang}/{vocabulary}/{page}");
                let html = read(folder.path(), &own);
                let back: Vec<&str> = between(&html, "href=\"", "\"").filter(|href| href.starts_with("../plan.html#")).collect();
                assert!(!back.is_empty(), "{own} does not lead to the plan");
                assert!(back.iter().all(|href| resolves(folder.path(), &own, href)), "{own}: {back:?}");
            }
        }
    }
}
