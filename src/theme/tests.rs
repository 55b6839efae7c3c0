//! The built-in theme against its own samples: each layout and component renders every example of its yaml file.

use super::gallery::{Sample, Shown, components, entries, examples, layouts, tree};
use super::{ReadyHtml, Theme, ThemeFault, builtin, words};
use crate::lang::Lang;
use crate::yaml::Node;
use std::collections::BTreeSet;
use tera::{Context, Kwargs, Value};

fn theme() -> Theme {
    Theme::load("archive", &[]).unwrap_or_else(|faults| panic!("{}", listed(&faults)))
}

fn listed(faults: &[ThemeFault]) -> String {
    faults.iter().map(|fault| format!("{fault}\n")).collect()
}

/// The tree of a sample file.
fn sample(name: &str) -> Node {
    tree(name).unwrap_or_else(|fault| panic!("{fault}"))
}

fn source(name: &str) -> &'static str {
    std::str::from_utf8(builtin::file(name).unwrap()).unwrap()
}

#[test]
fn every_example_of_every_layout_renders() {
    let pages = theme().layout_examples().unwrap_or_else(|fault| panic!("{fault}"));
    assert!(pages.len() > 20);
    for Shown { file, html, .. } in &pages {
        assert_eq!(html.matches("<h1").count(), 1, "{file}: one h1");
        assert!(html.starts_with("<!doctype html>\n<html lang="), "{file}");
        assert!(!html.contains("integrity=") && !html.contains("crossorigin="), "{file}");
    }
}

#[test]
fn every_example_of_every_component_renders() {
    let theme = theme();
    let shown = theme.component_examples().unwrap_or_else(|fault| panic!("{fault}"));
    let with_examples: BTreeSet<&str> = shown.iter().map(|shown| &*shown.of).collect();
    for component in components() {
        assert!(with_examples.contains(component), "{component} has no example");
        let tree = sample(&format!("component/{component}/{component}.yaml"));
        let known: BTreeSet<&str> = entries(tree.get("parameters").unwrap()).map(|(key, _)| key).collect();
        let info = theme.tera.get_component_definition(component).unwrap_or_else(|| panic!("{component} is not defined in its file"));
        let declared: BTreeSet<&str> = info.args().iter().filter(|argument| !argument.is_implicit()).map(tera::ComponentArg::name).collect();
        assert_eq!(known, declared, "{component}: the parameters of its yaml file are those of its template");
    }
}

#[test]
fn the_gallery_leads_to_every_example() {
    let files = theme().gallery().unwrap_or_else(|fault| panic!("{fault}"));
    let index = String::from_utf8(files["index.html"].clone()).unwrap();
    for file in files.keys().filter(|file| file.ends_with(".html") && *file != "index.html") {
        assert!(index.contains(&format!("<iframe class=\"specimen__frame\" src=\"{file}\"")), "{file}");
    }
}

/// `{% if view.titel %}` is no error to the engine, only never true: so every name after `view.` and `page.` must stand in a sample.
#[test]
fn templates_ask_only_for_what_views_have() {
    let base = sample("layout/base.yaml");
    let frame: BTreeSet<&str> =
        entries(examples(&base)[0].get("page").unwrap()).map(|(key, _)| key).chain(["header_html", "footer_html", "head_html"]).collect();
    for layout in layouts() {
        let html = source(&format!("layout/{layout}.html"));
        let tree = sample(&format!("layout/{layout}.yaml"));
        let view: BTreeSet<&str> =
            examples(&tree).iter().filter_map(|example| example.get("view")).flat_map(|view| entries(view).map(|(key, _)| key)).collect();
        for (prefix, known) in [("view.", &view), ("page.", &frame)] {
            for asked in names_after(html, prefix) {
                assert!(known.contains(asked), "layout/{layout}.html: {prefix}{asked}");
            }
        }
    }
}

fn names_after<'h>(html: &'h str, prefix: &str) -> Vec<&'h str> {
    let starts = html.match_indices(prefix).filter(|(at, _)| !html[..*at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_'));
    starts
        .map(|(at, _)| {
            let rest = &html[at + prefix.len()..];
            rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or(rest)
        })
        .collect()
}

/// All words come from the strings: between tags and in attributes that are read out there is no letter outside of `{{ }}`.
#[test]
fn a_template_contains_no_prose() {
    for (name, bytes) in builtin::FILES.iter().filter(|(name, _)| name.ends_with(".html")) {
        let html = std::str::from_utf8(bytes).unwrap();
        assert!(html.chars().all(|c| !crate::text::is_han(c)) || *name == "layout/not-found.html", "{name}: Han");
        // The kind of a page is a class name inside an attribute, which only the block around it tells.
        let html = &strip(html, "{% block page_kind %}", "{% endblock %}");
        let without_code = strip(strip(strip(html, "{{", "}}").as_str(), "{%", "%}").as_str(), "{#", "#}");
        let without_style = strip(&without_code, "<style>", "</style>");
        let between = strip(&without_style, "<", ">");
        let prose: String = between.replace("404", "").chars().filter(|c| c.is_alphabetic()).collect();
        assert_eq!(prose, "", "{name}");
    }
}

fn strip(text: &str, open: &str, close: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(open) {
        out.push_str(&rest[..start]);
        rest = rest[start..].find(close).map_or("", |end| &rest[start + end + close.len()..]);
    }
    out + rest
}

#[test]
fn every_word_that_templates_ask_for_exists_and_every_word_is_asked_for() {
    let theme = theme();
    let mut asked = BTreeSet::new();
    for (name, bytes) in builtin::FILES.iter().filter(|(name, _)| name.ends_with(".html")) {
        let html = std::str::from_utf8(bytes).unwrap();
        for key in names_after(html, "t.").into_iter().chain(names_after(html, "both[language.lang].")) {
            assert!(theme.words.zh.texts.contains_key(key), "{name}: t.{key}");
            asked.insert(key);
        }
    }
    assert!(asked.len() > 40);
    let code = render_code();
    for call in ["word(lang, \"", "row(lang, \"", "string(lang, \""] {
        for key in code.split(call).skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(theme.words.zh.texts.contains_key(key), "src/render asks for “{key}”");
        }
    }
    // Vocabularies whose terms every record may carry are labelled by a key that is put together.
    let of_field = |key: &str| key.strip_prefix("label_").is_some_and(|field| ["places", "programmes", "units"].contains(&field));
    // So are the columns of the records; the table of them holds that each has its words.
    let is_composed = |key: &str| of_field(key) || key.starts_with("field_");
    for key in theme.words.zh.texts.keys() {
        assert!(asked.contains(&**key) || code.contains(&format!("\"{key}\"")) || is_composed(key), "nothing asks for “{key}”");
    }
    for lang in Lang::ALL {
        assert!(theme.words.get(lang).texts.values().all(|word| !word.trim().is_empty() || *word == " "), "an empty word");
    }
}

/// The code that makes pages, as text.
#[allow(clippy::disallowed_methods, reason = "the sources lie beside the test")]
fn render_code() -> String {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/render");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.map(|file| std::fs::read_to_string(file).unwrap()).collect()
}

/// The places of a word are the same in both languages.
#[test]
fn both_languages_fill_the_same_places() {
    let theme = theme();
    let places = |text: &str| -> BTreeSet<String> {
        text.split('{').skip(1).map(|rest| rest.split(['}', ',', '|']).next().unwrap_or_default().to_owned()).collect()
    };
    for (key, zh) in &theme.words.zh.texts {
        assert_eq!(places(zh), places(theme.string(Lang::En, key)), "{key}");
    }
}

#[test]
fn places_are_filled_by_number_and_language() {
    let fill = |text: &str, count: u64| {
        let context = Context::new();
        words::fill(text, Kwargs::from([("count", Value::from(count))]), &tera::State::new(&context)).unwrap()
    };
    assert_eq!(fill("{count,} {count|record|records}", 1), "1 record");
    assert_eq!(fill("{count,} {count|record|records}", 1_234_567), "1,234,567 records");
    assert_eq!(fill("{count} 条", 16_000), "16000 条");
}

fn own(files: &[(&str, &str)]) -> Result<Theme, Vec<ThemeFault>> {
    let files: Vec<(String, Vec<u8>)> = files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
    Theme::load("county", &files)
}

#[test]
fn a_file_of_the_site_overrides_the_built_in_one() {
    let theme = own(&[
        ("layout/years.html", "{% for year in view.years %}<p>{{ year.label }}{% endfor %}"),
        ("string/zh.yaml", "home: 主页\n"),
        ("style/tokens.css", ":root { --paper: #fff; }"),
        ("style/zz-own.css", ".own { color: red; }"),
        ("notes.txt", "left alone"),
    ]);
    let theme = theme.unwrap_or_else(|faults| panic!("{}", listed(&faults)));
    let tree = sample("layout/years.yaml");
    let html = theme.render("years", Lang::Zh, None::<&()>, &Sample(examples(&tree)[0].get("view").unwrap()), &ReadyHtml::default()).unwrap();
    assert!(html.starts_with("<p>2021年<p>2020年"), "{html}");
    assert_eq!((theme.string(Lang::Zh, "home"), theme.string(Lang::En, "home"), theme.string(Lang::Zh, "glossary")), ("主页", "Home", "术语表"));
    let style = String::from_utf8(theme.style().to_vec()).unwrap();
    assert!(style.contains("--paper: #fff") && style.find(".own").unwrap() < style.find("@media print").unwrap());
}

#[test]
fn every_fault_of_a_theme_is_listed_with_its_place() {
    let faults = own(&[
        ("layout/years.html", "<p>\n{% if %}"),
        ("layout/home.html", "{{ view.title"),
        ("string/zh.yaml", "only_here: 词\n"),
        ("string/en.yaml", "home: Start\nhome: Home\n"),
    ]);
    let Err(faults) = faults else { panic!("no fault") };
    let places: Vec<(&str, usize)> = faults.iter().map(|fault| (fault.file.as_str(), fault.line)).collect();
    assert_eq!(places, [("string/en.yaml", 2), ("string/en.yaml", 0), ("layout/home.html", 1), ("layout/years.html", 2)], "{}", listed(&faults));
    let Err(faults) = own(&[("layout/years.html", "\n {{ view.years | nosuch }}"), ("layout/home.html", "{{ <nosuch /> }}")]) else {
        panic!("no fault")
    };
    let places: Vec<(&str, usize)> = faults.iter().map(|fault| (fault.file.as_str(), fault.line)).collect();
    assert_eq!(places, [("layout/home.html", 1), ("layout/years.html", 2)], "{}", listed(&faults));
    assert!(Theme::load("nosuch", &[]).is_err());
}

#[test]
fn what_a_view_lacks_is_a_fault_with_its_place() {
    let theme = own(&[("layout/years.html", "<p>\n  {{ view.titel }}")]).unwrap_or_else(|faults| panic!("{}", listed(&faults)));
    let tree = sample("layout/years.yaml");
    let fault = theme.render("years", Lang::Zh, None::<&()>, &Sample(examples(&tree)[0].get("view").unwrap()), &ReadyHtml::default()).unwrap_err();
    assert_eq!((fault.file.as_str(), fault.line, fault.column), ("layout/years.html", 2, 11), "{fault}");
}

/// What an old browser would drop or a closed network would miss.
#[test]
fn the_stylesheet_loads_nothing_and_hides_nothing_from_old_browsers() {
    let style = String::from_utf8(theme().style().to_vec()).unwrap();
    let rules = strip(&style, "/*", "*/");
    for banned in ["@import", "url(", "@layer", ":is(", ":where(", ":has(", "@container", "color-mix(", "inset:", "aspect-ratio", "http:", "https:"] {
        assert!(!rules.contains(banned), "{banned}");
    }
    assert_eq!(rules.matches('{').count(), rules.matches('}').count());
}
