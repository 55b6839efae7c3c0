//! Tables as nobody should write them: whatever stands in the file, every stage comes to its end, and a page that is made keeps
//! its closed cells to itself.

use tuopin::date::PartialDate;
use tuopin::disclose::{Profile, disclose};
use tuopin::plan::{self, ThemeFiles};
use tuopin::render::Press;
use tuopin::source::NoCache;
use tuopin::source::memory::MemoryTree;
use tuopin::theme::Theme;
use tuopin::{lang::Lang, load};

const TABLE: &str = "title: {zh: 表, en: Table}
note: 注
source: {title: 源, date: 2020}
as_of: 2020-11
access: internal
household: true
columns:
  - {id: place, label: {zh: 县, en: County}, type: place}
  - {id: year, type: year}
  - {id: n, type: number, unit: 万人, precision: 1}
  - {id: share, type: percent}
  - {id: when, type: date}
  - {id: done, type: flag}
  - {id: words, type: text, access: internal}
publish:
  - {id: sums, title: 汇总, by: [place, year], sum: [n], totals: true, smallest: 6}
  - {id: years, title: 分年, by: [year], sum: [n]}
rows:
";
const PLACES: &str = "- {id: a, zh: 甲县, en: A}\n- {id: b, zh: 乙县, en: B}\n";
/// What is put in somewhere.
const BITS: &[&str] = &[
    "-",
    "0",
    ".",
    "1e999",
    "99999999999999999999999999999999999999999999",
    "-0.0000000000000000001",
    "null",
    "~",
    "[]",
    "{}",
    "''",
    "\"",
    ":",
    ", ",
    "{withheld:甲}",
    "{{",
    "\u{FDD1}",
    "\u{0}",
    "万亿",
    "true",
    "2020-02-30",
    "access: sealed",
    "&a",
    "*a",
    "\n",
    "  ",
    "- ",
    "9999",
    "0000",
    "𠮷",
    "=1",
    "#",
];

/// Numbers that look random and are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

fn table(chance: &mut Chance) -> String {
    let mut text = TABLE.to_owned();
    for _ in 0..chance.below(40) {
        let (place, year, n) = (["a", "b"][chance.below(2)], 2018 + chance.below(3), chance.below(100_000));
        text.push_str(&format!(
            "  - {{place: {place}, year: {year}, n: {n}.{}, share: {}, when: 2020-03, done: true, words: 龘靐齉爩}}\n",
            n % 7,
            n % 90
        ));
    }
    text
}

/// The table with some lines gone, doubled or swapped, and some bits put in.
fn broken(chance: &mut Chance) -> String {
    let mut lines: Vec<String> = table(chance).lines().map(str::to_owned).collect();
    for _ in 0..1 + chance.below(4) {
        let at = chance.below(lines.len());
        match chance.below(4) {
            0 => drop(lines.remove(at)),
            1 => lines.insert(at, lines[at].clone()),
            _ => {
                let places: Vec<usize> = lines[at].char_indices().map(|(place, _)| place).chain([lines[at].len()]).collect();
                let place = places[chance.below(places.len())];
                lines[at].insert_str(place, BITS[chance.below(BITS.len())]);
            }
        }
    }
    lines.join("\n") + "\n"
}

/// Goes through every stage; gives every file that is made.
fn made(text: &str, profile: Profile) -> Vec<(String, Vec<u8>)> {
    let files = [
        ("content/site.yaml", "title: 测试\nbase_url: https://example.org/\n"),
        ("content/vocabulary/places.yaml", PLACES),
        ("content/data/t.yaml", text),
    ];
    let memory = MemoryTree(files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect());
    let (archive, _) = load::load(&memory, &NoCache);
    let as_of = PartialDate::new(2026, Some(1), Some(1)).unwrap();
    let _ = load::check(&archive, as_of);
    let disclosed = disclose(archive, profile, as_of, &memory);
    let theme = Theme::builtin();
    let (plan, _) = plan::make(&disclosed.edition, &ThemeFiles { style: "assets/a.css".into(), script: None, search: "assets/b.js".into() });
    let press = Press::new(&disclosed.edition, &disclosed.gate, &plan, &theme, &memory).unwrap_or_else(|fault| panic!("{fault}"));
    plan.jobs().filter_map(|(path, job)| press.render(path, job).ok().map(|bytes| (path.to_string(), bytes))).collect()
}

#[test]
fn no_table_stops_the_program_or_gives_its_closed_cells_away() {
    let mut chance = Chance(2020);
    let mut with_sums = 0;
    for round in 0..400 {
        let text = if round % 10 == 0 { table(&mut chance) } else { broken(&mut chance) };
        for profile in [Profile::Public, Profile::Internal] {
            let files = made(&text, profile);
            with_sums += usize::from(files.iter().any(|(path, _)| path == "data/sums.csv"));
            for (path, bytes) in files.iter().filter(|_| profile == Profile::Public) {
                let holds = String::from_utf8_lossy(bytes).chars().any(|c| "龘靐齉爩".contains(c));
                // A line that says it is public is, and so are the columns that were made so.
                assert!(!holds || !text.contains("access: internal"), "{path}:\n{text}");
            }
            for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".json")) {
                let parsed = serde_json::from_slice::<serde_json::Value>(bytes);
                assert!(parsed.is_ok(), "{path}: {parsed:?}\n{}\n{text}", String::from_utf8_lossy(bytes));
            }
        }
    }
    assert!(with_sums > 200, "only {with_sums} had sums");
}

/// A row that may have been meant to be sealed is not added up.
#[test]
fn a_table_in_doubt_publishes_no_sums() {
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    let text = table(&mut chance);
    let has_sums = |text: &str| made(text, Profile::Public).iter().any(|(path, _)| path.ends_with("/data/sums.html"));
    assert!(has_sums(&text));
    for (from, to) in
        [("done: true,", "done: true, access: seald,"), ("household: true", "household: yes"), ("note: 注", "nota: 注"), ("注", "｛withheld：注｝")]
    {
        assert!(text.contains(from));
        assert!(!has_sums(&text.replacen(from, to, 1)), "{to}");
    }
}

/// What is downloaded is what is in the table: every row comes back out of the CSV and the JSON.
#[test]
fn downloads_read_back_as_they_were_written() {
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    let text = table(&mut chance).replace("access: internal\nhousehold: true\n", "");
    let files = made(&text, Profile::Public);
    let file = |name: &str| files.iter().find(|(path, _)| path == name).unwrap_or_else(|| panic!("{name}")).1.clone();
    let csv = file("data/t.csv");
    let bare = csv.strip_prefix("\u{FEFF}".as_bytes()).expect("a byte-order mark");
    assert!(bare.windows(2).filter(|pair| pair == b"\r\n").count() == bare.iter().filter(|byte| **byte == b'\n').count(), "CRLF only");
    let rows: Vec<csv::StringRecord> = csv::Reader::from_reader(bare).records().map(Result::unwrap).collect();
    let json: serde_json::Value = serde_json::from_slice(&file("data/t.json")).unwrap();
    let objects = json["rows"].as_array().unwrap();
    let written = text.lines().filter(|line| line.starts_with("  - {place: ")).count();
    assert!(written > 5 && rows.len() == written && objects.len() == written, "{written} {} {}", rows.len(), objects.len());
    for (row, object) in rows.iter().zip(objects) {
        let names = [("a", "甲县", "A"), ("b", "乙县", "B")];
        let (id, zh, en) = names.iter().find(|(id, ..)| object["place"] == *id).unwrap();
        assert_eq!((&row[0], &row[1]), (*zh, *en), "{id}");
        assert_eq!(row[2].parse::<i64>().ok(), object["year"].as_i64());
        assert_eq!(row[3].parse::<f64>().ok(), object["n"].as_f64());
        assert_eq!((&row[5], &row[6]), ("2020-03", "true"));
        assert!(row.len() == 7, "the closed column is not there: {row:?}");
    }
    let page = file("zh/data/t.html");
    assert_eq!(String::from_utf8_lossy(&page).matches("<th scope=\"row\"").count(), rows.len());
    assert!(Lang::ALL.into_iter().all(|lang| files.iter().any(|(path, _)| *path == format!("{}/data/t.html", lang.code()))));
}
