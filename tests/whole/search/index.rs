//! Whole indexes of random text, read back and compared with a plain scan.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::ops::Range;
use std::sync::Mutex;
use tuopin::search::builder::{Closing, Indexer, Settings};
use tuopin::search::document::{Block, Document, Kind};
use tuopin::search::facet::{Facet, FacetKind, FacetValue};
use tuopin::search::fold::fold;
use tuopin::search::read::Index;
use tuopin::search::unit::{Unit, units};
use tuopin::search::vocabulary::Suggestion;
use tuopin::source::Scratch;

/// Numbers that look random and are the same everywhere (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % sides
    }
}

#[derive(Default)]
struct Memory(Mutex<BTreeMap<u64, Vec<u8>>>);

impl Scratch for Memory {
    fn put(&self, run: u64, bytes: &[u8]) -> io::Result<()> {
        self.0.lock().unwrap().insert(run, bytes.to_vec());
        Ok(())
    }

    fn get(&self, run: u64, range: Range<u64>) -> io::Result<Vec<u8>> {
        let runs = self.0.lock().unwrap();
        let bytes = runs.get(&run).ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
        Ok(bytes[range.start as usize..range.end as usize].to_vec())
    }
}

struct Page {
    title: String,
    blocks: Vec<(String, bool)>,
    values: Vec<Vec<u32>>,
    date: u32,
}

const PIECES: &[&str] = &[
    "精",
    "准",
    "扶",
    "贫",
    "脱",
    "村",
    "县",
    "的",
    "的",
    "的",
    "了",
    "茶",
    "4G",
    "2020",
    "年",
    "，",
    "。",
    " ",
    "poverty",
    " villages ",
    "relocated",
    "Ａ",
    "貧",
    "\u{200B}",
    "𠀀",
    "\n",
];

fn random_text(dice: &mut Dice, length: usize) -> String {
    (0..length).map(|_| PIECES[dice.roll(PIECES.len())]).collect()
}

fn random_pages(count: usize, length: usize) -> Vec<Page> {
    let mut dice = Dice(0x1234_5678_9ABC_DEF1);
    let mut page = || Page {
        title: {
            let length = dice.roll(12);
            random_text(&mut dice, length)
        },
        blocks: (0..dice.roll(4)).map(|at| (random_text(&mut dice, length), at == 1)).collect(),
        values: vec![vec![dice.roll(3) as u32], Vec::new()],
        date: dice.roll(5) as u32 * 1000,
    };
    (0..count).map(|_| page()).collect()
}

fn closing() -> Closing {
    let value = |id: &str, parent| FacetValue { id: id.into(), zh: id.into(), en: id.into(), parent };
    let values = vec![value("a", None), value("a/b", Some(0)), value("c", Some(3)), value("d", None), value("never", None)];
    let facet = |param: &str| Facet { param: param.into(), kind: FacetKind::Tree, zh: "地区".into(), en: "Place".into(), values: values.clone() };
    let suggestion = Suggestion { kind: "place".into(), zh: "重庆".into(), en: "Chongqing".into(), ..Suggestion::default() };
    Closing { facets: vec![facet("place"), facet("empty")], suggestions: vec![suggestion] }
}

fn settings(pages: &[Page]) -> Settings {
    Settings { documents: pages.len() as u32, shard_bytes: 800, segment: 2500, stripe: 128, ..Settings::default() }
}

/// Builds an index with documents put in an order, by some threads.
fn build(pages: &[Page], settings: Settings, order: &[usize], threads: usize) -> BTreeMap<String, Vec<u8>> {
    let files = Mutex::new(BTreeMap::new());
    let sink = |path: &str, bytes: &[u8]| {
        let before = files.lock().unwrap().insert(path.to_owned(), bytes.to_vec());
        assert!(before.is_none(), "{path} is written twice");
    };
    let scratch = Memory::default();
    let indexer = Indexer::new(settings, &scratch, &sink);
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let indexer = &indexer;
            scope.spawn(move || order.iter().skip(thread).step_by(threads).for_each(|number| put(indexer, *number, &pages[*number])));
        }
    });
    indexer.finish(&closing()).unwrap();
    files.into_inner().unwrap()
}

fn put(indexer: &Indexer<'_>, number: usize, page: &Page) {
    let kind = |is_heading: bool| if is_heading { Kind::Heading { id: "h" } } else { Kind::Body };
    let blocks: Vec<Block<'_>> = page.blocks.iter().map(|(text, is_heading)| Block { text, kind: kind(*is_heading) }).collect();
    let (url, id) = (format!("zh/cases/{number}.html"), format!("cases/{number}"));
    let document = Document {
        url: &url,
        id: &id,
        lang: if number.is_multiple_of(3) { "en" } else { "zh" },
        title: &page.title,
        date: "2020",
        date_key: page.date,
        places: "",
        lead: "lead \"1\"",
        blocks: &blocks,
        values: &page.values,
    };
    indexer.put(number as u32, &document);
}

fn ascending(pages: &[Page]) -> Vec<usize> {
    (0..pages.len()).collect()
}

fn page_units(page: &Page) -> Vec<Unit> {
    units(&page.title, page.blocks.iter().map(|(text, _)| text.as_str()))
}

/// Whether units stand in others one after the other, with the same distances.
fn holds_exactly(text: &[Unit], sought: &[Unit]) -> bool {
    let is_alike = |a: &Unit, b: &Unit, start: u32| a.text == b.text && a.position - start == b.position;
    text.windows(sought.len()).any(|window| window.iter().zip(sought).all(|(a, b)| is_alike(a, b, window[0].position)))
}

/// Whether units stand in others with the same distances; one more unit may stand where a separator was sought.
fn holds_nearly(text: &[Unit], sought: &[Unit]) -> bool {
    let at = |position: u32| text.binary_search_by_key(&position, |unit| unit.position).ok().map(|at| text[at].text.as_str());
    let mut starts = text.iter().map(|unit| unit.position);
    starts.any(|start| sought.iter().all(|unit| at(start + unit.position) == Some(&unit.text)))
}

#[test]
fn a_run_of_characters_finds_the_pages_that_hold_it_and_no_other() {
    let pages = random_pages(4000, 60);
    let index = Index::new(&build(&pages, settings(&pages), &ascending(&pages), 2)).unwrap();
    let texts: Vec<Vec<String>> = pages
        .iter()
        .map(|page| std::iter::once(&page.title).chain(page.blocks.iter().map(|(text, _)| text)).map(|text| fold(text)).collect())
        .collect();
    let wide: Vec<&str> = PIECES.iter().copied().filter(|piece| tuopin::search::unit::block_units(piece).iter().any(|unit| unit.is_wide)).collect();
    let mut dice = Dice(77);
    let mut hits = 0;
    for round in 0..400 {
        let sought: String = (0..2 + dice.roll(7) * (round & 1)).map(|_| wide[dice.roll(wide.len())]).collect();
        let expected: BTreeSet<u32> =
            (0..).zip(&texts).filter(|(_, blocks)| blocks.iter().any(|text| text.contains(&fold(&sought)))).map(|(at, _)| at).collect();
        hits += expected.len();
        assert_eq!(index.phrase(&sought).unwrap(), expected, "{sought}");
    }
    assert!(hits > 10_000);
}

#[test]
fn mixed_phrases_cut_from_the_text_find_what_a_scan_finds() {
    let pages = random_pages(3000, 60);
    let index = Index::new(&build(&pages, settings(&pages), &ascending(&pages), 2)).unwrap();
    let all: Vec<Vec<Unit>> = pages.iter().map(page_units).collect();
    let mut dice = Dice(99);
    let mut compared = 0;
    while compared < 300 {
        let units = &all[dice.roll(all.len())];
        let from = dice.roll(units.len().max(1));
        let Some(sought) = units.get(from..from + 2 + dice.roll(7)) else { continue };
        // A character between separators stands in no list with positions: the page's own reader checks it in the text.
        let text: String = sought
            .iter()
            .enumerate()
            .map(|(at, unit)| if at > 0 && unit.position > sought[at - 1].position + 1 { format!(" {}", unit.text) } else { unit.text.clone() })
            .collect();
        let read = tuopin::search::unit::block_units(&text);
        let is_alone = |at: usize| {
            let touches = |a: usize, b: usize| read.get(a).zip(read.get(b)).is_some_and(|(a, b)| a.position + 1 == b.position);
            read[at].is_wide && !touches(at, at + 1) && !(at > 0 && touches(at - 1, at))
        };
        if (0..read.len()).any(is_alone) {
            continue;
        }
        let found = index.phrase(&text).unwrap();
        for (number, units) in (0..).zip(&all) {
            let (is_exact, is_near) = (holds_exactly(units, &read), holds_nearly(units, &read));
            assert!(if found.contains(&number) { is_near } else { !is_exact }, "{text} in {number}");
        }
        compared += 1;
    }
}

#[test]
fn frequent_bigrams_are_divided_and_long_lists_stand_alone() {
    let pages = random_pages(3000, 60);
    let index = Index::new(&build(&pages, settings(&pages), &ascending(&pages), 1)).unwrap();
    let shards = index.manifest()["segments"][0]["p"].as_u64().unwrap() as u32;
    let terms: Vec<_> = (0..shards).flat_map(|shard| index.shard(0, "p", shard)).collect();
    assert!(terms.iter().any(|found| found.is_split));
    assert!(terms.iter().any(|found| found.term.starts_with(b"f") && found.df > 1));
    assert!(terms.iter().any(|found| found.term.starts_with(b"g") && found.df > 1));
    assert!(terms.iter().any(|found| found.block.len() > 900));
}

#[test]
fn every_stem_finds_all_its_words() {
    let pages = random_pages(1500, 40);
    let index = Index::new(&build(&pages, settings(&pages), &ascending(&pages), 1)).unwrap();
    let found: BTreeSet<u32> = index.documents("wpoverti", true).unwrap().iter().map(|posting| posting.document).collect();
    let expected = (0..).zip(&pages).filter(|(_, page)| page_units(page).iter().any(|unit| unit.text == "poverty")).map(|(at, _)| at).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_list_tells_what_stands_in_a_title_and_where_the_rest_begins() {
    let pages = random_pages(1200, 200);
    let index = Index::new(&build(&pages, settings(&pages), &ascending(&pages), 1)).unwrap();
    for posting in index.documents("b精准", false).unwrap() {
        let units = page_units(&pages[posting.document as usize]);
        let mut pairs = units.windows(2).filter(|pair| pair[0].text == "精" && pair[1].text == "准" && pair[0].position + 1 == pair[1].position);
        let first = pairs.next().unwrap()[0].position;
        assert_eq!(posting.in_title, first < 128);
        assert_eq!(posting.stripe, first / 128);
    }
}

#[test]
fn a_title_is_found_by_its_sound() {
    let page = |title: &str| Page { title: title.into(), blocks: vec![("正文".into(), false)], values: vec![Vec::new(), Vec::new()], date: 0 };
    let pages = [page("重庆的茶"), page("单县脱贫"), page("精准扶贫")];
    let index = Index::new(&build(&pages, settings(&pages), &[0, 1, 2], 1)).unwrap();
    let found = |term: &str| index.positions(term, false).into_keys().collect::<Vec<u32>>();
    assert_eq!(found("pchong'qing"), [0]);
    assert_eq!(found("pshan'xian"), [1]);
    assert_eq!(found("ijz"), [2]);
    assert_eq!(found("pjing'zhun"), [2]);
    assert_eq!(found("pzheng'wen"), [0u32; 0]);
}

#[test]
fn order_threads_and_memory_change_no_byte() {
    let pages = random_pages(2600, 30);
    let plain = build(&pages, settings(&pages), &ascending(&pages), 1);
    let backwards: Vec<usize> = (0..pages.len()).rev().collect();
    assert!(plain == build(&pages, settings(&pages), &backwards, 4));
    let spilled = Settings { memory: 0, ..settings(&pages) };
    assert!(plain == build(&pages, spilled, &ascending(&pages), 3));
    let scattered: Vec<usize> = (0..pages.len()).map(|at| at * 1009 % pages.len()).collect();
    let half = Settings { memory: 300_000, ..settings(&pages) };
    assert!(plain == build(&pages, half, &scattered, 2));
    // The version tells two indexes apart.
    let other = random_pages(2600, 31);
    let other = build(&other, settings(&other), &ascending(&other), 1);
    assert_ne!(Index::new(&plain).unwrap().manifest()["version"], Index::new(&other).unwrap().manifest()["version"]);
}

fn inflated(index: &Index, path: &str) -> serde_json::Value {
    let bytes = miniz_oxide::inflate::decompress_to_vec(index.file(path).unwrap()).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

#[test]
fn texts_stand_whole_in_their_stripes() {
    let pages = random_pages(40, 300);
    let index = Index::new(&build(&pages, settings(&pages), &ascending(&pages), 2)).unwrap();
    for (number, page) in pages.iter().enumerate() {
        let body = page.blocks.iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>().join("\n");
        let last = page_units(page).last().map_or(0, |unit| unit.position);
        let mut end = 0;
        for stripe in 0..=if page.blocks.is_empty() { 0 } else { last / 128 } {
            let entry = inflated(&index, &format!("0/t-{number:04}-{stripe}.js"));
            assert_eq!(entry[2], format!("cases/{number}"));
            let text = entry[7].as_str().unwrap();
            let at = body[..]
                .match_indices(text)
                .map(|(at, _)| at)
                .filter(|at| *at <= end && at + text.len() >= end)
                .last()
                .unwrap_or_else(|| panic!("{number} {stripe}"));
            end = at + text.len();
        }
        assert_eq!(end, body.len());
    }
}

/// What a facet's column says, and the number of every document's set.
fn column(index: &Index, path: &str) -> (serde_json::Value, Vec<u8>) {
    let bytes = miniz_oxide::inflate::decompress_to_vec(index.file(path).unwrap()).unwrap();
    let end = bytes.iter().position(|byte| *byte == 0).unwrap();
    (serde_json::from_slice(&bytes[..end]).unwrap(), bytes[end + 1..].to_vec())
}

#[test]
fn columns_and_orders_name_every_document() {
    let pages = random_pages(30, 10);
    let index = Index::new(&build(&pages, settings(&pages), &ascending(&pages), 1)).unwrap();
    let (facet, chosen) = column(&index, "0/f-place.js");
    let ids: Vec<&str> = facet["values"].as_array().unwrap().iter().map(|value| value["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["a", "a/b", "c", "d"]);
    assert_eq!(facet["values"][2]["parent"], 3);
    assert_eq!(chosen.len(), 30);
    assert_eq!(usize::from(*chosen.iter().max().unwrap()) + 1, facet["sets"].as_array().unwrap().len());
    assert_eq!(column(&index, "0/f-empty.js"), (serde_json::json!({"values": [], "sets": [[]]}), vec![0; 30]));
    assert!(index.file("0/o-date.js").unwrap().len() >= 30);
    assert_eq!(inflated(&index, "suggest.js")[0][4], "chong qing");
    assert!(inflated(&index, "sound.js")["tuo"].as_str().unwrap().contains('脱'));
}

#[test]
fn any_text_is_taken() {
    let mut dice = Dice(0xABCD_EF01_2345_6789);
    let mut odd = |length: usize| -> String {
        let one = |dice: &mut Dice| match dice.roll(8) {
            0 => '\0',
            1 => '\u{10FFFF}',
            2 => '\u{FDD0}',
            3 => '"',
            _ => char::from_u32(dice.roll(0x11_0000) as u32).unwrap_or('\u{FFFD}'),
        };
        (0..length).map(|_| one(&mut dice)).collect()
    };
    let mut pages: Vec<Page> = (0..60)
        .map(|at| Page { title: odd(at), blocks: vec![(odd(at * 3), at % 2 == 0), (odd(5), true)], values: Vec::new(), date: at as u32 })
        .collect();
    // Longer than what is indexed, in words as long as a word may be and longer.
    pages.push(Page {
        title: "x".repeat(5000),
        blocks: vec![("字".repeat(1_050_000) + "末尾", false), ("y 第".repeat(3), false)],
        values: Vec::new(),
        date: 0,
    });
    let index = Index::new(&build(&pages, settings(&pages), &ascending(&pages), 2)).unwrap();
    assert_eq!(index.phrase("字字字字").unwrap(), BTreeSet::from([60]));
    assert_eq!(index.phrase("末尾").unwrap(), BTreeSet::new());
    // Divided by what follows, as any bigram that is so frequent.
    let first = index.positions("f字字字", false);
    assert_eq!(first[&60].iter().max(), Some(&((1 << 20) - 2)));
}

#[test]
fn damaged_files_are_read_as_far_as_they_go() {
    let pages = random_pages(300, 30);
    let files = build(&pages, settings(&pages), &ascending(&pages), 1);
    let mut dice = Dice(31);
    for _ in 0..200 {
        let mut damaged = files.clone();
        for bytes in damaged.iter_mut().filter(|(path, _)| path.contains("/a-") || path.contains("/p-")).map(|(_, bytes)| bytes) {
            let at = 30 + dice.roll(bytes.len().saturating_sub(40).max(1));
            if let Some(byte) = bytes.get_mut(at).filter(|byte| byte.is_ascii_alphanumeric()) {
                *byte = b"AZaz09+/"[dice.roll(8)];
            }
        }
        if let Some(index) = Index::new(&damaged) {
            let _ = (index.phrase("精准扶贫"), index.phrase("贫村"), index.phrase("的的的 poverty"));
        }
    }
}

#[test]
fn an_empty_site_has_an_index() {
    let index = Index::new(&build(&[], settings(&[]), &[], 1)).unwrap();
    assert_eq!(index.manifest()["documents"], 0);
    assert_eq!(index.phrase("精准扶贫").unwrap(), BTreeSet::new());
    let page = Page { title: String::new(), blocks: Vec::new(), values: Vec::new(), date: 0 };
    let pages = [page];
    let index = Index::new(&build(&pages, settings(&pages), &[0], 1)).unwrap();
    assert_eq!(index.phrase("精").unwrap(), BTreeSet::new());
}
