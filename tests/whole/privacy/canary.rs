//! An archive with a token in every closable place: no product holds one that its profile may not see, none says one.

use super::super::serve::Preview;
use super::super::{files, said};
use super::search::Search;
use super::tokens::{Canaries, Fate, Token};
use super::{AS_OF, built};
use std::collections::BTreeSet;

const SEED: u64 = 1;

/// The tokens in files and in their names, told by their places.
fn leaks(canaries: &Canaries, made: &[(String, Vec<u8>)], is_closed: impl Fn(&Token) -> bool) -> Vec<String> {
    let search = Search::of(&canaries.tokens);
    let mut leaks = Vec::new();
    for (path, bytes) in made {
        let found: BTreeSet<usize> = search.find(bytes).into_iter().chain(search.find(path.as_bytes())).collect();
        leaks.extend(
            found.into_iter().map(|at| &canaries.tokens[at]).filter(|token| is_closed(token)).map(|token| format!("{path}: {}", token.place)),
        );
    }
    leaks
}

/// The pictures of a product that have the colour of a closed one.
fn shown_pictures(canaries: &Canaries, made: &[(String, Vec<u8>)], is_closed: impl Fn(Fate) -> bool) -> Vec<String> {
    let mut shown = Vec::new();
    for (path, bytes) in made {
        let Ok(picture) = image::load_from_memory(bytes) else { continue };
        let pixel = picture.to_rgb8().get_pixel(5, 5).0;
        let near = |colour: [u8; 3]| colour.iter().zip(pixel).all(|(a, b)| a.abs_diff(b) < 20);
        let source = canaries.pictures.iter().find(|painted| near(painted.colour)).unwrap_or_else(|| panic!("{path} is none of the pictures"));
        if source.fate.is_some_and(&is_closed) {
            shown.push(format!("{path}: {}", source.path));
        }
    }
    shown
}

#[test]
fn the_public_site_holds_no_token_in_any_byte() {
    let canaries = Canaries::of(SEED);
    let site = canaries.site(str::to_owned);
    let made = built(&site, "public");
    assert!(made.iter().any(|(path, _)| path == "zh/cases/open.html") && made.iter().any(|(path, _)| path == "manifest.txt"));
    let leaks = leaks(&canaries, &made, |_| true);
    assert!(leaks.is_empty(), "{} tokens got out:\n{}", leaks.len(), leaks.join("\n"));
    assert_eq!(shown_pictures(&canaries, &made, |_| true), Vec::<String>::new());
    assert!(made.iter().any(|(path, _)| path.starts_with("pictures/")), "the open picture is there");
}

#[test]
fn the_internal_edition_shows_all_but_what_nobody_may_see() {
    let canaries = Canaries::of(SEED);
    let site = canaries.site(str::to_owned);
    let made = built(&site, "internal");
    let leaks = leaks(&canaries, &made, |token| token.fate == Fate::Never);
    assert!(leaks.is_empty(), "{} tokens got out:\n{}", leaks.len(), leaks.join("\n"));
    assert_eq!(shown_pictures(&canaries, &made, |fate| fate == Fate::Never), Vec::<String>::new());
    let missing = missing(&canaries, &made, |token| token.fate == Fate::Shown);
    assert!(missing.is_empty(), "{} places are not shown:\n{}", missing.len(), missing.join("\n"));
    assert_eq!(
        shown_pictures(&canaries, &made, |fate| fate == Fate::Shown).len(),
        canaries.pictures.iter().filter(|p| p.fate == Some(Fate::Shown)).count()
    );
}

fn missing(canaries: &Canaries, made: &[(String, Vec<u8>)], wanted: impl Fn(&Token) -> bool) -> Vec<String> {
    let search = Search::of(&canaries.tokens);
    let found: BTreeSet<usize> = made.iter().flat_map(|(path, bytes)| search.find(bytes).into_iter().chain(search.find(path.as_bytes()))).collect();
    let lacking = canaries.tokens.iter().enumerate().filter(|(at, token)| wanted(token) && !found.contains(at));
    lacking.map(|(_, token)| token.place.clone()).collect()
}

/// What lets a real name stand.
const AGREED: &str = "naming: real, consent: {status: given, date: 2020, reference: a}";

/// The archive with every closing mark and key taken out.
fn opened(text: &str) -> String {
    let mut text = text.to_owned();
    for (closing, open) in [
        ("access: internal", "access: public"),
        ("access: sealed", "access: public"),
        ("access: metadata-only", "access: public"),
        ("status: draft", "status: approved"),
        ("status: submitted", "status: approved"),
        ("open_after: 2045", "open_after: 2005"),
        ("classification: 内部", "classification: 公开"),
        ("household: true", "household: false"),
        ("reviewed: false", "reviewed: true"),
        (":::internal", ":::note"),
        ("naming: surname, consent: {status: unknown}", AGREED),
        ("naming: real, consent: {status: refused, date: 2020, reference: a}", AGREED),
        ("naming: real, consent: {status: withdrawn, date: 2020, reference: a}", AGREED),
        ("naming: real, consent: {status: given, reference: a}", AGREED),
        ("naming: real, consent: {status: given, date: 2020}", AGREED),
        ("naming: pseudonym, consent: {status: unknown}", AGREED),
        ("naming: role, consent: {status: unknown}", AGREED),
    ] {
        text = text.replace(closing, open);
    }
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once("{withheld:") {
        let (inside, behind) = after.split_once('}').unwrap();
        out.push_str(before);
        out.push_str(inside);
        rest = behind;
    }
    out + rest
}

/// Every place would be printed if it were not closed: a token that is printed nowhere proves nothing.
#[test]
fn without_the_closing_marks_every_token_is_public() {
    let canaries = Canaries::of(SEED);
    let site = canaries.site(opened);
    let made = built(&site, "public");
    let missing = missing(&canaries, &made, |token| token.fate != Fate::Quiet);
    assert!(missing.is_empty(), "{} places are not printed:\n{}", missing.len(), missing.join("\n"));
}

#[test]
fn neither_build_nor_check_says_a_closed_value() {
    let canaries = Canaries::of(SEED);
    let site = canaries.site(str::to_owned);
    let search = Search::of(&canaries.tokens);
    let mut told = BTreeSet::new();
    let mut run = |words: &[&str]| {
        let output = site.run(&[words, &AS_OF].concat());
        let found = search.find(said(&output).as_bytes());
        let tokens = found.into_iter().map(|at| &canaries.tokens[at]).filter(|token| !token.is_name);
        told.extend(tokens.map(|token| format!("{}: {}", words.join(" "), token.place)));
    };
    for language in ["zh", "en"] {
        for format in ["human", "short", "json", "github"] {
            run(&["check", "--all", "--language", language, "--format", format]);
        }
        run(&["build", "--timings", "--language", language]);
    }
    assert!(told.is_empty(), "{} values were said:\n{}", told.len(), told.into_iter().collect::<Vec<_>>().join("\n"));
}

#[test]
fn the_preview_serves_no_token_and_knows_no_closed_address() {
    let canaries = Canaries::of(SEED);
    let site = canaries.site(str::to_owned);
    site.build();
    let public = files(&site.root().join("output/site"));
    let everything = built(&canaries.site(opened), "public");
    let search = Search::of(&canaries.tokens);
    let preview = Preview::of(&site);
    for (path, _) in &everything {
        let (status, body) = preview.get(&format!("/{path}"));
        let is_open = public.iter().any(|(open, _)| open == path);
        // A stylesheet is the same file whatever is open.
        assert_eq!(status == 200, is_open && path != "manifest.txt", "{path}: {status}");
        let told = search.find(&body);
        // The page that says that nothing is there may repeat what was asked for.
        let is_asked = |at: &usize| path.contains(&canaries.tokens[*at].text) || path.to_uppercase().contains(&canaries.tokens[*at].text);
        let told: Vec<&str> = told.iter().filter(|at| !is_asked(at)).map(|at| canaries.tokens[*at].place.as_str()).collect();
        assert!(told.is_empty(), "{path}: {told:?}");
    }
}
