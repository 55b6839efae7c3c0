//! Names of cells: `B12`, columns by letters.

/// The letters of a column, from 1: `A`, `Z`, `AA`.
pub(super) fn letters(mut column: u32) -> String {
    let mut out = Vec::new();
    while column > 0 {
        column -= 1;
        out.push(char::from(b'A' + u8::try_from(column % 26).unwrap_or(0)));
        column /= 26;
    }
    out.iter().rev().collect()
}

/// Column and row of a cell's name, both from 1; of a range its first cell.
pub(super) fn parse(name: &str) -> Option<(u32, u32)> {
    let name = name.split(':').next().unwrap_or_default();
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = name.split_at(digits);
    let column = letters.bytes().try_fold(0u32, |column, byte| {
        let letter = byte.to_ascii_uppercase().checked_sub(b'A').filter(|letter| *letter < 26)?;
        column.checked_mul(26)?.checked_add(u32::from(letter) + 1)
    })?;
    let row = row.parse().ok()?;
    (column > 0 && row > 0).then_some((column, row))
}

#[cfg(test)]
mod tests {
    use super::{letters, parse};

    #[test]
    fn names_of_cells_go_both_ways() {
        for (column, name) in [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA"), (16_384, "XFD")] {
            assert_eq!(letters(column), name);
            assert_eq!(parse(&format!("{name}12:B14")), Some((column, 12)));
        }
        assert_eq!(parse("12"), None);
        assert_eq!(parse("ZZZZZZZZZZ1"), None);
    }
}
