//! An attacker who knows every shown cell of every published table, and which groups there are, against what is not shown.
//! The attacker calculates with fractions and tries every union of groups; nothing of the code under test is asked.

use super::{amount::Amount, publish};
use crate::diagnostic::{Findings, Span};
use crate::disclose::Table;
use crate::lang::PerLang;
use crate::model::{Cells, Closure, Column, ColumnKind, Dataset, Publication, Vocabularies};
use crate::site::Access;
use std::collections::BTreeMap;
use std::sync::Arc;

const SMALLEST: u32 = 5;

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

fn column(id: &str, kind: ColumnKind, cells: Cells) -> Column {
    let label = PerLang::build(|_| Box::from(id));
    Column { id: id.into(), label, kind, unit: None, precision: None, access: Access::Public, cells, english: None }
}

fn sums(id: &str, by: &[usize], sum: &[usize], totals: bool) -> Publication {
    let title = PerLang::build(|_| Box::from(id));
    let (note, by, sum) = (PerLang::default(), by.to_vec(), sum.to_vec());
    Publication { id: id.into(), span: Span::default(), title, note, by, sum, totals, smallest: SMALLEST }
}

/// A table of `keys` columns, whose cells are numbers, and one column of amounts behind them.
fn dataset(keys: &[Vec<usize>], amounts: &[String], publications: Vec<Publication>) -> Dataset {
    let width = keys.first().map_or(0, Vec::len);
    let key = |at: usize| column(&format!("key{at}"), ColumnKind::Year, keys.iter().map(|row| format!("{:04}", row[at] + 1)).collect());
    let mut columns: Vec<Column> = (0..width).map(key).collect();
    columns.push(column("amount", ColumnKind::Number, amounts.iter().collect()));
    Dataset {
        id: "t".into(),
        file: Arc::from("content/data/t.yaml"),
        title: PerLang::build(|_| Box::from("t")),
        title_at: Span::default(),
        note: PerLang::default(),
        source: None,
        as_of: None,
        licence: None,
        closure: Closure { access: Access::Internal, ..Closure::default() },
        columns,
        rows: vec![Access::Public; keys.len()],
        publications,
        private: Vec::new(),
    }
}

fn published(dataset: &Dataset) -> (Vec<Table>, Findings) {
    let mut findings = Findings::default();
    let tables = publish(dataset, &Vocabularies::default(), &mut findings);
    (tables, findings)
}

/// A fraction in lowest terms.
type Fraction = (i128, i128);

fn reduced((above, below): Fraction) -> Fraction {
    let (mut a, mut b) = (above.unsigned_abs(), below.unsigned_abs());
    while b > 0 {
        (a, b) = (b, a % b);
    }
    let by = i128::try_from(a.max(1)).unwrap() * below.signum();
    (above / by, below / by)
}

fn minus_product(x: Fraction, a: Fraction, b: Fraction) -> Fraction {
    let product = reduced((a.0 * b.0, a.1 * b.1));
    reduced((x.0 * product.1 - product.0 * x.1, x.1 * product.1))
}

/// What an attacker can compute: the shown cells in echelon form, by their first unknown.
#[derive(Default)]
struct Attacker(BTreeMap<usize, Vec<Fraction>>);

impl Attacker {
    fn rest(&self, mut row: Vec<Fraction>) -> Vec<Fraction> {
        for at in 0..row.len() {
            if row[at].0 != 0
                && let Some(known) = self.0.get(&at)
            {
                let factor = row[at];
                row = row.iter().zip(known).map(|(x, known)| minus_product(*x, factor, *known)).collect();
            }
        }
        row
    }

    fn learn(&mut self, groups: &[bool]) {
        let row = self.rest(groups.iter().map(|is_in| (i128::from(*is_in), 1)).collect());
        let Some(first) = row.iter().position(|x| x.0 != 0) else { return };
        let by = row[first];
        self.0.insert(first, row.into_iter().map(|x| reduced((x.0 * by.1, x.1 * by.0))).collect());
    }

    fn knows(&self, groups: &[bool]) -> bool {
        self.rest(groups.iter().map(|is_in| (i128::from(*is_in), 1)).collect()).iter().all(|x| x.0 == 0)
    }
}

/// The rows of each finest group.
fn finest(keys: &[Vec<usize>]) -> BTreeMap<Vec<usize>, Vec<usize>> {
    let mut groups: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
    keys.iter().enumerate().for_each(|(row, key)| groups.entry(key.clone()).or_default().push(row));
    groups
}

/// The finest groups that a line of a table adds up.
fn members(table: &Table, publication: &Publication, row: usize, groups: &BTreeMap<Vec<usize>, Vec<usize>>) -> Vec<bool> {
    let kept = usize::from(table.sums.as_ref().unwrap().kept[row]);
    let wanted = |key: &Vec<usize>| (0..kept).all(|at| format!("{:04}", key[publication.by[at]] + 1) == table.columns[at].cells.get(row));
    groups.keys().map(wanted).collect()
}

/// Everything that is wrong with the tables of one dataset.
fn faults(keys: &[Vec<usize>], amounts: &[String], dataset: &Dataset, tables: &[Table]) -> Vec<String> {
    let groups = finest(keys);
    let smallest = dataset.publications[0].smallest as usize;
    let mut faults = Vec::new();
    let (mut of_counts, mut of_amounts) = (Attacker::default(), Attacker::default());
    let mut hidden_amounts = Vec::new();
    let gives: Vec<bool> = groups.values().map(|rows| rows.iter().any(|row| !amounts[*row].is_empty())).collect();
    for (table, publication) in tables.iter().zip(&dataset.publications) {
        let sums = table.sums.as_ref().unwrap();
        for row in 0..table.rows.len() {
            let inside = members(table, publication, row, &groups);
            let rows: Vec<usize> = groups.values().zip(&inside).filter(|(_, is_in)| **is_in).flat_map(|(rows, _)| rows.clone()).collect();
            let count = publication.by.len();
            if !sums.hidden.contains(&(row, count)) {
                of_counts.learn(&inside);
                if rows.len() < smallest || table.columns[count].cells.get(row) != rows.len().to_string() {
                    faults.push(format!("{} line {row}: the count {} of {} rows", table.id, table.columns[count].cells.get(row), rows.len()));
                }
            }
            let amount: Amount = rows.iter().map(|row| Amount::of(&amounts[*row])).collect::<Vec<_>>().iter().sum();
            let is_sensitive = amount.is_dominated() || amount.contributors > 0 && amount.contributors < smallest as u64;
            let giving: Vec<bool> = inside.iter().zip(&gives).map(|(is_in, gives)| *is_in && *gives).collect();
            for at in count + 1..table.columns.len() {
                let is_hidden = sums.hidden.contains(&(row, at));
                if is_hidden {
                    hidden_amounts.push((format!("{} line {row}", table.id), giving.clone(), is_sensitive));
                } else {
                    of_amounts.learn(&giving);
                }
                if !is_hidden && (is_sensitive || table.columns[at].cells.get(row) != amount.printed()) {
                    faults.push(format!("{} line {row}: the sum {} is shown", table.id, table.columns[at].cells.get(row)));
                }
            }
        }
    }
    for (name, groups, _) in hidden_amounts.iter().filter(|(.., is_sensitive)| *is_sensitive) {
        if of_amounts.knows(groups) {
            faults.push(format!("{name}: the hidden sum can be computed"));
        }
    }
    faults.extend(
        small_unions(&groups, &of_counts, smallest, |rows| rows.len()).into_iter().map(|union| format!("the count of {union} can be computed")),
    );
    let contributors = |rows: &Vec<usize>| rows.iter().filter(|row| !amounts[**row].is_empty()).count();
    faults.extend(small_unions(&groups, &of_amounts, smallest, contributors).into_iter().map(|union| format!("the sum of {union} can be computed")));
    faults
}

/// The unions of groups with fewer rows than may be shown that an attacker knows.
fn small_unions(groups: &BTreeMap<Vec<usize>, Vec<usize>>, attacker: &Attacker, smallest: usize, size: impl Fn(&Vec<usize>) -> usize) -> Vec<String> {
    let sizes: Vec<usize> = groups.values().map(size).collect();
    let small: Vec<usize> = (0..sizes.len()).filter(|at| sizes[*at] > 0 && sizes[*at] < smallest).collect();
    let mut found = Vec::new();
    let mut unions = vec![(0, Vec::new(), 0)];
    while let Some((from, union, size)) = unions.pop() {
        for (next, at) in small.iter().enumerate().skip(from) {
            let size: usize = size + sizes[*at];
            if size >= smallest {
                continue;
            }
            let mut union: Vec<usize> = union.clone();
            union.push(*at);
            let inside: Vec<bool> = (0..sizes.len()).map(|at| union.contains(&at)).collect();
            if attacker.knows(&inside) {
                found.push(format!("{union:?}, {size} rows"));
            }
            unions.push((next + 1, union, size));
        }
    }
    found
}

/// A random table: some groups are rare, some rows are rich, some say nothing.
fn random_case(seed: u64) -> (Vec<Vec<usize>>, Vec<String>, Vec<Publication>) {
    let mut chance = Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let width = 1 + chance.below(3);
    let sizes: Vec<usize> = (0..width).map(|_| 2 + chance.below(3)).collect();
    let rows = 10 + chance.below(70);
    let skewed = |chance: &mut Chance, size: usize| chance.below(size).min(chance.below(size));
    let keys: Vec<Vec<usize>> = (0..rows).map(|_| sizes.iter().map(|size| skewed(&mut chance, *size)).collect()).collect();
    let amount = |chance: &mut Chance| match chance.below(12) {
        0 => String::new(),
        1 => (10_000 + chance.below(90_000)).to_string(),
        _ => format!("{}.{}", chance.below(900), chance.below(10)),
    };
    let amounts: Vec<String> = (0..rows).map(|_| amount(&mut chance)).collect();
    let publication = |chance: &mut Chance, number: usize| {
        let mut by: Vec<usize> = (0..width).filter(|_| chance.below(2) == 0).collect();
        if by.is_empty() {
            by.push(chance.below(width));
        }
        let rotate = chance.below(by.len());
        by.rotate_left(rotate);
        let sum: &[usize] = if chance.below(3) == 0 { &[] } else { &[width] };
        sums(&format!("p{number}"), &by, sum, chance.below(4) > 0)
    };
    let publications = (0..1 + chance.below(3)).map(|number| publication(&mut chance, number)).collect();
    (keys, amounts, publications)
}

#[test]
fn an_attacker_computes_nothing_that_is_not_shown() {
    let (mut shown, mut all) = (0, 0);
    for seed in 0..400 {
        let (keys, amounts, publications) = random_case(seed);
        let mut dataset = dataset(&keys, &amounts, publications);
        let smallest = 3 + u32::try_from(seed % 4).unwrap();
        dataset.publications.iter_mut().for_each(|sums| sums.smallest = smallest);
        let (tables, findings) = published(&dataset);
        let faults = faults(&keys, &amounts, &dataset, &tables);
        assert!(faults.is_empty(), "seed {seed}: {}\n{keys:?}\n{tables:#?}", faults.join("\n"));
        assert!(findings.is_empty(), "seed {seed}: such small tables need no coarse way");
        let groups = finest(&keys);
        for (table, publication) in tables.iter().zip(&dataset.publications) {
            let hidden = &table.sums.as_ref().unwrap().hidden;
            for row in 0..table.rows.len() {
                let inside = members(table, publication, row, &groups);
                let count: usize = groups.values().zip(&inside).filter(|(_, is_in)| **is_in).map(|(rows, _)| rows.len()).sum();
                all += usize::from(count >= smallest as usize);
                shown += usize::from(!hidden.contains(&(row, publication.by.len())));
            }
        }
    }
    // Hiding everything would be safe too.
    assert!(shown * 10 > all * 7, "{shown} of {all} lines that are large enough are shown");
}

/// The check must bite: with the secondary suppressions taken back it finds the gap.
#[test]
fn the_attacker_finds_what_primary_suppression_alone_gives_away() {
    let keys: Vec<Vec<usize>> = [9, 8, 3, 7].iter().enumerate().flat_map(|(key, count)| vec![vec![key]; *count]).collect();
    let amounts: Vec<String> = (0..keys.len()).map(|row| (100 + row).to_string()).collect();
    let dataset = dataset(&keys, &amounts, vec![sums("p", &[0], &[1], true)]);
    let (mut tables, _) = published(&dataset);
    assert_eq!(faults(&keys, &amounts, &dataset, &tables), Vec::<String>::new());
    let hidden = tables[0].sums.as_ref().unwrap().hidden.clone();
    assert_eq!(
        hidden.iter().map(|(row, _)| *row).collect::<std::collections::BTreeSet<_>>().into_iter().collect::<Vec<_>>(),
        [2, 3],
        "the next smallest is hidden"
    );
    let sums = tables[0].sums.as_mut().unwrap();
    sums.hidden.retain(|(row, _)| *row == 2);
    assert!(faults(&keys, &amounts, &dataset, &tables).iter().any(|fault| fault.contains("can be computed")));
}

#[test]
fn a_row_that_makes_up_nearly_all_of_a_sum_hides_it_in_that_column_only() {
    let keys: Vec<Vec<usize>> = [6, 6, 6].iter().enumerate().flat_map(|(key, count)| vec![vec![key]; *count]).collect();
    let amounts: Vec<String> = (0..keys.len()).map(|row| if row == 0 { "90000".to_owned() } else { "100".to_owned() }).collect();
    let dataset = dataset(&keys, &amounts, vec![sums("p", &[0], &[1], true)]);
    let (tables, _) = published(&dataset);
    let sums = tables[0].sums.as_ref().unwrap();
    // The total is that row's too; without it nothing can be subtracted from anything.
    assert_eq!(sums.hidden.iter().copied().collect::<Vec<_>>(), [(0, 2), (3, 2)]);
    assert_eq!(faults(&keys, &amounts, &dataset, &tables), Vec::<String>::new());
}

#[test]
fn sealed_rows_do_not_count_and_closed_ones_do() {
    let keys: Vec<Vec<usize>> = (0..12).map(|row| vec![row % 2]).collect();
    let amounts: Vec<String> = (0..12).map(|row| (row + 20).to_string()).collect();
    let of = |levels: &dyn Fn(usize) -> Access| {
        let mut dataset = dataset(&keys, &amounts, vec![sums("p", &[0], &[1], true)]);
        dataset.rows = (0..12).map(levels).collect();
        let (tables, _) = published(&dataset);
        (0..tables[0].rows.len()).map(|row| tables[0].columns[1].cells.get(row).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(of(&|_| Access::Internal), ["6", "6", "12"]);
    assert_eq!(of(&|row| if row == 0 { Access::Sealed } else { Access::Public }), ["5", "6", "11"].map(str::to_owned));
}

#[test]
fn rare_texts_become_one_key() {
    let names = ["甲村", "甲村", "甲村", "甲村", "甲村", "张三", "李四", "王五", "赵六", "钱七", "", "", "", "", ""];
    let keys: Vec<Vec<usize>> = names.iter().map(|_| vec![0]).collect();
    let amounts: Vec<String> = names.iter().map(|_| "100".to_owned()).collect();
    let mut dataset = dataset(&keys, &amounts, vec![sums("p", &[0], &[1], true)]);
    dataset.columns[0] = column("village", ColumnKind::Text, names.iter().collect());
    let (tables, _) = published(&dataset);
    let printed: Vec<&str> = tables[0].columns[0].cells.iter().collect();
    assert_eq!(printed, ["甲村", "", "", ""]);
    let kinds: Vec<super::KeyKind> = tables[0].sums.as_ref().unwrap().keys.values().copied().collect();
    assert_eq!(kinds, [super::KeyKind::Blank, super::KeyKind::Merged]);
    assert_eq!(super::printed_keys(&dataset).into_iter().collect::<Vec<_>>(), ["", "甲村"]);
}

/// Some thousand groups in two published tables: every small cell is protected, and nothing else is.
#[test]
fn large_tables_are_protected_cell_by_cell() {
    let mut chance = Chance(77);
    let row = |chance: &mut Chance| vec![chance.below(40), chance.below(60), chance.below(4)];
    let keys: Vec<Vec<usize>> = (0..60_000).map(|_| row(&mut chance)).collect();
    let amounts: Vec<String> = keys.iter().map(|key| (key[1] + 50).to_string()).collect();
    let wide = dataset(&keys, &amounts, vec![sums("by-two", &[0, 1], &[3], true), sums("by-kind", &[1, 2], &[3], true)]);
    let (tables, findings) = published(&wide);
    assert!(findings.is_empty());
    assert_eq!(tables[0].rows.len(), 40 * 60 + 40 + 1);
    assert!(tables.iter().all(|table| table.sums.as_ref().unwrap().hidden.is_empty()), "each cell has rows enough");
    // One row a group: the totals are left, and they add up.
    let thin: Vec<Vec<usize>> = (0..4000).map(|row| vec![row % 60, row / 60, 0]).collect();
    let crowded = dataset(&thin, &amounts[..4000], vec![sums("a", &[0, 1], &[3], true), sums("b", &[1, 0], &[3], true)]);
    let (tables, findings) = published(&crowded);
    assert!(findings.is_empty());
    let counts =
        |table: &Table| table.sums.as_ref().unwrap().kept.iter().zip(table.columns[2].cells.iter()).filter(|(_, count)| !count.is_empty()).count();
    assert_eq!((counts(&tables[0]), counts(&tables[1])), (61, 68));
}

#[test]
fn what_would_take_too_long_is_only_a_grand_total() {
    let keys: Vec<Vec<usize>> = (0..40).map(|row| vec![row % 4]).collect();
    let amounts: Vec<String> = keys.iter().map(|_| "10".to_owned()).collect();
    let dataset = dataset(&keys, &amounts, vec![sums("p", &[0], &[1], true)]);
    let groups = super::Groups::of(&dataset, &Vocabularies::default(), u64::from(SMALLEST));
    let lattice = super::Lattice::of(&dataset, &groups);
    let hidden = |budget| {
        let mut is_coarse = false;
        let hidden = super::protect_or_coarsen(super::counts_problem(&lattice, &groups, u64::from(SMALLEST)), budget, &mut is_coarse);
        (is_coarse, super::Lattice::of(&dataset, &groups).lines[0].iter().map(|line| hidden[line.cell]).collect::<Vec<_>>())
    };
    assert_eq!(hidden(super::BUDGET), (false, vec![false; 5]));
    assert_eq!(hidden(1), (true, vec![true, true, true, true, false]));
}
