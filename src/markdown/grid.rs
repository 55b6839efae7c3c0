//! A table of raw HTML: cells as they came, written as a table in which every row and every column begins a cell and no two
//! cells overlap, whatever spans were asked for.

use std::fmt::Write as _;

/// No table is wider or longer than this; spans are cut to it.
const SPAN_MAX: usize = 100;

/// A cell.
#[derive(Debug, Default)]
pub(super) struct Cell {
    pub(super) is_head: bool,
    /// How many columns and rows it covers; 0 counts as 1.
    pub(super) columns: usize,
    pub(super) rows: usize,
    pub(super) html: String,
}

/// The rows of a table.
#[derive(Debug, Default)]
pub(super) struct Grid {
    rows: Vec<Vec<Cell>>,
}

/// A cell at its column.
struct Placed {
    column: usize,
    cell: Cell,
}

impl Grid {
    pub(super) fn begin_row(&mut self) {
        self.rows.push(Vec::new());
    }

    pub(super) fn begin_cell(&mut self, cell: Cell) {
        if let Some(row) = self.rows.last_mut() {
            row.push(cell);
        }
    }

    pub(super) fn finish_cell(&mut self, html: String) {
        if let Some(cell) = self.rows.last_mut().and_then(|row| row.last_mut()) {
            cell.html = html;
        }
    }

    /// Writes the table; one without cells is nothing.
    pub(super) fn write(self, out: &mut String) {
        let rows = place(self.rows);
        if rows.is_empty() {
            return;
        }
        out.push_str("<table>\n");
        for row in rows {
            out.push_str("<tr>");
            for Placed { cell, .. } in row {
                // A head cell holds neither headings nor footers.
                let is_head = cell.is_head && !cell.html.contains(super::builder::LATE) && !cell.html.contains("<footer>");
                let name = if is_head { "th" } else { "td" };
                let _ = write!(out, "<{name}");
                if cell.columns > 1 {
                    let _ = write!(out, " colspan=\"{}\"", cell.columns);
                }
                if cell.rows > 1 {
                    let _ = write!(out, " rowspan=\"{}\"", cell.rows);
                }
                let _ = write!(out, ">{}</{name}>", cell.html);
            }
            out.push_str("</tr>\n");
        }
        out.push_str("</table>\n");
    }
}

/// Gives each cell its column, cuts spans that overlap or reach beyond the table, fills gaps, and drops columns in which no
/// cell begins.
fn place(rows: Vec<Vec<Cell>>) -> Vec<Vec<Placed>> {
    let rows: Vec<Vec<Cell>> = rows.into_iter().filter(|row| !row.is_empty()).collect();
    let height = rows.len();
    // For each column: how many rows from here on are covered by a cell above.
    let mut covered: Vec<usize> = Vec::new();
    let mut placed: Vec<Vec<Placed>> = Vec::with_capacity(height);
    for (at, row) in rows.into_iter().enumerate() {
        let mut column = 0;
        let mut begun = Vec::with_capacity(row.len());
        for mut cell in row {
            while covered.get(column).is_some_and(|rest| *rest > 0) {
                column += 1;
            }
            let free = covered.get(column..).map_or(usize::MAX, |rest| rest.iter().position(|rest| *rest > 0).unwrap_or(usize::MAX));
            cell.columns = cell.columns.clamp(1, SPAN_MAX).min(free);
            cell.rows = cell.rows.clamp(1, SPAN_MAX).min(height - at);
            let end = column + cell.columns;
            covered.resize(covered.len().max(end), 0);
            covered[column..end].fill(cell.rows);
            begun.push(Placed { column, cell });
            column = end;
        }
        placed.push(begun);
        covered.iter_mut().for_each(|rest| *rest = rest.saturating_sub(1));
    }
    let width = drop_empty_columns(&mut placed, covered.len());
    fill(&mut placed, width);
    placed
}

/// Takes out the columns in which no cell begins; gives the number of those that stay.
fn drop_empty_columns(rows: &mut [Vec<Placed>], width: usize) -> usize {
    let mut begins = vec![0usize; width];
    rows.iter().flatten().for_each(|placed| begins[placed.column] = 1);
    let stay = |columns: std::ops::Range<usize>| begins[columns].iter().sum::<usize>();
    for Placed { column, cell } in rows.iter_mut().flatten() {
        cell.columns = stay(*column..*column + cell.columns);
        *column = stay(0..*column);
    }
    stay(0..width)
}

/// Puts empty cells where a row is shorter than the table.
fn fill(rows: &mut [Vec<Placed>], width: usize) {
    let mut covered = vec![0usize; width];
    for row in rows.iter_mut() {
        for Placed { column, cell } in row.iter() {
            covered[*column..column + cell.columns].fill(cell.rows);
        }
        for column in (0..width).filter(|column| covered[*column] == 0) {
            row.push(Placed { column, cell: Cell { columns: 1, rows: 1, ..Cell::default() } });
        }
        row.sort_by_key(|placed| placed.column);
        covered.iter_mut().for_each(|rest| *rest = rest.saturating_sub(1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[(&str, usize, usize)]]) -> String {
        let mut grid = Grid::default();
        for row in rows {
            grid.begin_row();
            for (text, columns, rows) in *row {
                grid.begin_cell(Cell { columns: *columns, rows: *rows, ..Cell::default() });
                grid.finish_cell((*text).to_owned());
            }
        }
        let mut out = String::new();
        grid.write(&mut out);
        out.replace('\n', "")
    }

    #[test]
    fn short_rows_are_filled_and_empty_ones_dropped() {
        assert_eq!(
            table(&[&[("a", 1, 1), ("b", 1, 1)], &[], &[("c", 1, 1)]]),
            "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td></td></tr></table>"
        );
        assert_eq!(table(&[&[]]), "");
    }

    #[test]
    fn spans_neither_overlap_nor_reach_out() {
        let html = table(&[&[("a", 1, 9), ("b", 1, 1)], &[("c", 5, 1)]]);
        assert_eq!(html, "<table><tr><td rowspan=\"2\">a</td><td>b</td></tr><tr><td>c</td></tr></table>");
        let html = table(&[&[("a", 2, 1), ("b", 1, 2)], &[("c", 2, 1)]]);
        assert_eq!(html, "<table><tr><td>a</td><td rowspan=\"2\">b</td></tr><tr><td>c</td></tr></table>");
    }
}
