//! The line of times: `00:01.000 --> 00:04.250`.

/// What stands between the two times.
pub(super) const ARROW: &str = "-->";

/// Both times of a line in milliseconds; what stands behind them is not read.
pub(super) fn range(line: &str) -> Option<(u64, u64)> {
    let (from, rest) = line.split_once(ARROW)?;
    let to = rest.split_whitespace().next()?;
    Some((time(from.trim())?, time(to)?))
}

/// `hh:mm:ss.ttt`, hours of two or more digits and only where there are any.
fn time(written: &str) -> Option<u64> {
    let (whole, thousandths) = written.split_once(['.', ','])?;
    let mut parts = whole.rsplit(':');
    let seconds = number(parts.next()?, 2..=2).filter(|seconds| *seconds < 60)?;
    let minutes = number(parts.next()?, 2..=2).filter(|minutes| *minutes < 60)?;
    let hours = parts.next().map_or(Some(0), |hours| number(hours, 1..=6))?;
    if parts.next().is_some() {
        return None;
    }
    Some(((hours * 60 + minutes) * 60 + seconds) * 1000 + number(thousandths, 3..=3)?)
}

fn number(digits: &str, length: std::ops::RangeInclusive<usize>) -> Option<u64> {
    let is_one = length.contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| is_one)
}
