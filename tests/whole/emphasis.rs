//! Emphasis beside Chinese punctuation, compared with comrak's CJK-friendly rules on lines of real prose: every line of the
//! demonstration archive, with a stretch of it emphasised in every way in which an editor may place the asterisks.

use super::project;
use std::fmt::Write as _;
use tuopin::lang::Lang;
use tuopin::markdown::{FactText, PictureLink, TermText, World, render};

/// A world without anything: links and pictures print their words.
struct Nothing;

impl World for Nothing {
    fn link(&self, _: &str) -> Option<String> {
        None
    }
    fn picture(&self, _: &str) -> Option<PictureLink> {
        None
    }
    fn fact(&self, _: &str) -> Option<FactText> {
        None
    }
    fn term(&self, _: &str) -> Option<TermText> {
        None
    }
    fn person(&self, _: &str) -> Option<String> {
        None
    }
}

/// Lines of prose: paragraphs of the Chinese records without signs that mean something in Markdown.
fn lines() -> Vec<String> {
    let mut lines = Vec::new();
    for entry in walkdir::WalkDir::new(project().join("content")).sort_by_file_name() {
        let entry = entry.unwrap();
        if !entry.path().to_string_lossy().ends_with(".zh.md") {
            continue;
        }
        let text = std::fs::read_to_string(entry.path()).unwrap();
        let body = text.splitn(3, "---\n").nth(2).unwrap();
        let signs = ['#', '|', '[', ']', '{', '}', '>', '-', '*', '_', '`', '<', '&', '~', '!'];
        let is_plain = |line: &String| line.chars().count() > 12 && !line.contains(signs);
        lines.extend(body.lines().map(words).filter(is_plain));
    }
    lines
}

/// The line as a reader sees it: links by their words, figures by a number.
fn words(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find(['[', '{']) {
        out.push_str(&rest[..at]);
        let (open, close) = if rest[at..].starts_with('{') { ('{', '}') } else { ('[', ']') };
        let Some(end) = rest[at..].find(close).map(|end| at + end) else { break };
        let inside = rest[at..end].trim_start_matches(open);
        out.push_str(inside.split_once('|').map_or(if open == '{' { "12.5万亩" } else { inside }, |(_, shown)| shown));
        rest = &rest[end + 1..];
        if open == '[' && rest.starts_with('(') {
            rest = rest.find(')').map_or("", |end| &rest[end + 1..]);
        }
    }
    out + rest
}

/// The line with emphasis from before one sign of punctuation to behind another, and the same shifted by a character.
fn variants(line: &str) -> Vec<String> {
    let signs: Vec<usize> = line.char_indices().filter(|(_, c)| "，。；：！？、“”（）《》".contains(*c)).map(|(at, _)| at).collect();
    let mut variants = Vec::new();
    let mut add = |from: usize, to: usize, sign: &str| {
        if from < to && to < line.len() {
            variants.push(format!("{}{sign}{}{sign}{}", &line[..from], &line[from..to], &line[to..]));
        }
    };
    for pair in signs.windows(2).take(4) {
        let width = |at: usize| line[at..].chars().next().map_or(0, char::len_utf8);
        let (from, to) = (pair[0], pair[1]);
        for sign in ["**", "*", "~~"] {
            add(from, to, sign);
            add(from + width(from), to + width(to), sign);
            add(from, to + width(to), sign);
            add(from + width(from), to, sign);
        }
    }
    variants
}

/// What is emphasised, as both renderers say it: the text with the three elements and nothing else.
fn skeleton(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        let end = rest[open..].find('>').map_or(rest.len(), |end| open + end + 1);
        let tag = &rest[open..end];
        if ["<em>", "</em>", "<strong>", "</strong>", "<del>", "</del>"].contains(&tag) {
            out.push_str(tag);
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out.trim().replace("&quot;", "\"")
}

/// The one thing in which the parser differs: between a digit and a curly quote it strikes out where the rules would not.
fn is_known_difference(text: &str) -> bool {
    text.match_indices("~~").any(|(at, _)| text[..at].ends_with(|c: char| c.is_ascii_digit()) && text[at + 2..].starts_with('”'))
}

fn theirs(text: &str) -> String {
    let mut options = comrak::Options::default();
    options.extension.cjk_friendly_emphasis = true;
    options.extension.strikethrough = true;
    skeleton(&comrak::markdown_to_html(text, &options))
}

#[test]
fn emphasis_in_real_chinese_lines_is_what_the_cjk_friendly_rules_say() {
    let lines = lines();
    assert!(lines.len() > 150, "only {} lines", lines.len());
    let (mut compared, mut differ) = (0, String::new());
    for variant in lines.iter().flat_map(|line| variants(line)).filter(|variant| !is_known_difference(variant)) {
        compared += 1;
        let ours = skeleton(&render(&variant, Lang::Zh, &Nothing).html);
        let theirs = theirs(&variant);
        if ours != theirs {
            let _ = writeln!(differ, "{variant}\n  ours   {ours}\n  theirs {theirs}");
        }
    }
    assert!(compared > 3000, "only {compared} lines compared");
    assert!(differ.is_empty(), "of {compared} lines these differ:\n{differ}");
}

/// The everyday lines that the plain rules get wrong, one by one.
#[test]
fn the_lines_that_plain_markdown_spoils() {
    let cases = [
        ("**脱贫攻坚战。**这是", "<strong>脱贫攻坚战。</strong>这是"),
        ("他说**“好”**，就走了", "他说<strong>“好”</strong>，就走了"),
        ("这是**（重要）**的事", "这是<strong>（重要）</strong>的事"),
        ("~~删除，~~然后", "<del>删除，</del>然后"),
        ("3~5亩，共10~20户", "3~5亩，共10~20户"),
        ("**一、**甲**二、**乙", "<strong>一、</strong>甲<strong>二、</strong>乙"),
        ("a**b**c", "a<strong>b</strong>c"),
    ];
    for (text, expected) in cases {
        assert_eq!(skeleton(&render(text, Lang::Zh, &Nothing).html), expected, "{text}");
    }
}
