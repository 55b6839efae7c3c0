//! What is told to programs: not what an internal edition holds, and in files of a size that programs take.

use super::{Site, files};

#[test]
fn an_internal_edition_is_in_no_sitemap_and_no_feed() {
    let site = Site::new(&[
        ("content/site.yaml", "title: 小站\nbase_url: https://example.org/a/\n"),
        ("content/cases/a.zh.md", "---\ntitle: 甲\naccess: internal\ndate: 2020\n---\n正文。\n"),
    ]);
    let names = |profile: &str| -> Vec<String> {
        let folder = site.root().join(profile);
        let output = site.run(&["build", "--as-of", "2026-01-01", "--profile", profile, "--output", folder.to_str().unwrap()]);
        assert!(output.status.success(), "{}", super::said(&output));
        files(&folder).into_iter().map(|(name, _)| name).collect()
    };
    let internal = names("internal");
    assert!(!internal.iter().any(|name| name.contains("feed.") || name.contains("sitemap")), "{internal:?}");
    assert_eq!(site.read("internal/robots.txt"), "User-agent: *\nDisallow: /\n");
    assert!(site.read("internal/data/records.json").contains("\"access\": \"internal\""));
    let page = site.read("internal/zh/cases/a.html");
    assert!(page.contains("noindex") && !page.contains("application/ld+json") && !page.contains("og:title"), "{page}");
    // The public edition has nothing to list but its empty home page.
    let public = names("public");
    assert!(
        public.contains(&"sitemap.xml".to_owned()) && !public.iter().any(|name| name.contains("records") || name.contains("feed.")),
        "{public:?}"
    );
}
