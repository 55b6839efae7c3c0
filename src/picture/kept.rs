//! What was made of a picture before, kept by the hash of its source: what is known of it, and its derivatives. A line of text
//! that cannot be read counts for nothing, and the picture is looked at anew.

use super::{Damage, Facts, PIPELINE, PictureFault, Remarks};
use crate::digest::Sha;
use crate::source::Cache;

/// The suffixes of derivatives.
const SUFFIXES: &[&str] = &["jpg", "png"];

/// What is kept of a source: what is known of it, or why it cannot be read.
pub fn facts(cache: &dyn Cache, source: &Sha) -> Option<Result<Facts, PictureFault>> {
    let bytes = cache.get(&name(source, "facts"))?;
    parse(std::str::from_utf8(&bytes).ok()?)
}

/// A derivative that is kept of a source.
pub fn derivative(cache: &dyn Cache, source: &Sha, width: u32) -> Option<Vec<u8>> {
    cache.get(&name(source, &width.to_string()))
}

/// Keeps one derivative of a source.
pub fn keep_derivative(cache: &dyn Cache, source: &Sha, width: u32, bytes: &[u8]) {
    cache.put(&name(source, &width.to_string()), bytes);
}

/// Keeps what is known of a source, and its derivatives. The facts come last: where they stand, the derivatives do.
pub fn keep(cache: &dyn Cache, source: &Sha, facts: &Facts, derivatives: &[(u32, Vec<u8>)]) {
    for (width, bytes) in derivatives {
        keep_derivative(cache, source, *width, bytes);
    }
    cache.put(&name(source, "facts"), print(facts).as_bytes());
}

/// Keeps why a source cannot be read.
pub fn keep_fault(cache: &dyn Cache, source: &Sha, fault: &PictureFault) {
    cache.put(&name(source, "facts"), print_fault(fault).as_bytes());
}

fn print_fault(fault: &PictureFault) -> String {
    match fault {
        PictureFault::Damaged(Damage::Empty) => "empty -".to_owned(),
        PictureFault::Damaged(Damage::NotAPicture) => "other -".to_owned(),
        PictureFault::Damaged(Damage::CutOff) => "cut -".to_owned(),
        PictureFault::Damaged(Damage::Broken(reason)) => format!("damaged {reason}"),
        PictureFault::TooLarge(width, height) => format!("large {width} {height}"),
        PictureFault::Unsupported(kind) => format!("unsupported {kind}"),
    }
}

/// Another version of the program keeps its own.
fn name(source: &Sha, part: &str) -> String {
    let hex = source.to_string();
    let folder = hex.get(..2).unwrap_or_default();
    format!("pictures-{}-{PIPELINE}/{folder}/{hex}.{part}", env!("CARGO_PKG_VERSION"))
}

fn print(facts: &Facts) -> String {
    let Facts { sha, suffix, width, height, remarks } = facts;
    let sign = |is: bool, sign: &'static str| if is { sign } else { "-" };
    let remarks = [sign(remarks.moves, "m"), sign(remarks.has_pages, "p"), sign(remarks.is_cmyk, "c"), sign(remarks.lost_profile, "i")].concat();
    format!("picture {sha} {suffix} {width} {height} {remarks}")
}

fn parse(line: &str) -> Option<Result<Facts, PictureFault>> {
    let (verb, rest) = line.split_once(' ')?;
    let mut words = rest.split(' ');
    Some(match verb {
        "picture" => {
            let sha = Sha::parse(words.next()?)?;
            let suffix = words.next()?;
            let suffix = SUFFIXES.iter().copied().find(|known| *known == suffix)?;
            let (width, height) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
            let signs = words.next()?;
            let remarks = Remarks {
                moves: signs.contains('m'),
                has_pages: signs.contains('p'),
                is_cmyk: signs.contains('c'),
                lost_profile: signs.contains('i'),
            };
            Ok(Facts { sha, suffix, width, height, remarks })
        }
        "empty" => Err(PictureFault::Damaged(Damage::Empty)),
        "other" => Err(PictureFault::Damaged(Damage::NotAPicture)),
        "cut" => Err(PictureFault::Damaged(Damage::CutOff)),
        "damaged" => Err(PictureFault::broken(rest)),
        "large" => Err(PictureFault::TooLarge(words.next()?.parse().ok()?, words.next()?.parse().ok()?)),
        "unsupported" => Err(PictureFault::Unsupported(rest.to_owned())),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_reads_back() {
        let remarks = Remarks { moves: true, has_pages: false, is_cmyk: true, lost_profile: true };
        let facts = Facts { sha: Sha::of(b"a"), suffix: "png", width: 4000, height: 3000, remarks };
        assert_eq!(parse(&print(&facts)), Some(Ok(facts)));
        let damages = [Damage::Empty, Damage::NotAPicture, Damage::CutOff, Damage::Broken("at\nbyte 7".to_owned())].map(PictureFault::Damaged);
        for fault in damages.into_iter().chain([PictureFault::TooLarge(7, 9), PictureFault::Unsupported("AVIF".to_owned())]) {
            assert_eq!(parse(&print_fault(&fault)), Some(Err(fault)));
        }
        for broken in ["", "picture", "picture 00 png 1 1 ---", "large 1", "strange 1 2"] {
            assert_eq!(parse(broken), None, "{broken}");
        }
    }
}
