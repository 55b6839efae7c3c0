//! The samples of the kept tracks in the order of the file, without gaps and without words in their coded pictures.

use super::super::bytes::piece;
use super::super::refused::Refused;
use super::frames::{self, Coding};
use super::strip::Film;
use super::tables::{Chunk, Sizes, Tables};
use super::track::Track;

const DAMAGED: Refused = Refused::Damaged("mdat");

/// The bytes of all samples. The tables of the film's tracks then say where each lies in them and how long it is.
///
/// Chunks of one track that come to lie side by side become one, so that a track that is left out leaves no seam.
pub(super) fn gather(file: &[u8], film: &mut Film) -> Result<Vec<u8>, Refused> {
    let mut order: Vec<(usize, usize, usize)> = Vec::new();
    for (n, track) in film.tracks.iter().enumerate() {
        order.extend(track.tables.chunks.iter().enumerate().map(|(m, chunk)| (chunk.start, n, m)));
    }
    order.sort_unstable();
    let mut out = Vec::new();
    let mut sizes: Vec<Vec<u32>> = film.tracks.iter().map(|_| Vec::new()).collect();
    let mut chunks: Vec<Vec<Chunk>> = film.tracks.iter().map(|_| Vec::new()).collect();
    let (mut last_track, mut end) = (usize::MAX, 0);
    for (start, n, m) in order {
        let (Some(track), Some(sizes), Some(chunks)) = (film.tracks.get(n), sizes.get_mut(n), chunks.get_mut(n)) else { continue };
        let Some(chunk) = track.tables.chunks.get(m) else { continue };
        // Two chunks over the same bytes would let a small file become a huge one.
        if start < end {
            return Err(DAMAGED);
        }
        let written = out.len();
        end = copy(file, track, chunk, &mut out, sizes)?;
        // Samples are counted in the order of their track; a file may hold its chunks in another.
        match chunks.last_mut() {
            Some(last) if last_track == n && last.entry == chunk.entry && last.first + last.count == chunk.first => last.count += chunk.count,
            _ => chunks.push(Chunk { start: written, ..*chunk }),
        }
        last_track = n;
    }
    for ((track, sizes), chunks) in film.tracks.iter_mut().zip(sizes).zip(chunks) {
        finish(&mut track.tables, sizes, chunks)?;
    }
    Ok(out)
}

/// Copies the samples of a chunk and gives the end of it in the file.
fn copy(file: &[u8], track: &Track, chunk: &Chunk, out: &mut Vec<u8>, sizes: &mut Vec<u32>) -> Result<usize, Refused> {
    let coding =
        usize::try_from(chunk.entry).ok().and_then(|entry| track.entries.get(entry.checked_sub(1)?)).map_or(Coding::Plain, |entry| entry.coding);
    if let (Sizes::Alike(size, _), Coding::Plain) = (&track.tables.sizes, coding) {
        let length = usize::try_from(*size).ok().and_then(|size| size.checked_mul(chunk.count)).ok_or(DAMAGED)?;
        out.extend(piece(file, chunk.start, length).ok_or(DAMAGED)?);
        return Ok(chunk.start + length);
    }
    let mut at = chunk.start;
    for sample in chunk.first..chunk.first + chunk.count {
        let bytes = piece(file, at, track.tables.sizes.of(sample)).ok_or(DAMAGED)?;
        at += bytes.len();
        // A sample of no bytes takes no room in the file but would take it in memory, where all are alike.
        if bytes.is_empty() && matches!(track.tables.sizes, Sizes::Alike(..)) {
            return Err(DAMAGED);
        }
        let kept = frames::filter(coding, bytes, &mut |_| {})?;
        sizes.push(u32::try_from(kept.len()).map_err(|_| DAMAGED)?);
        out.extend(kept);
    }
    Ok(at)
}

fn finish(tables: &mut Tables, sizes: Vec<u32>, mut chunks: Vec<Chunk>) -> Result<(), Refused> {
    // Sizes were gathered in the order of the file: a track whose chunks lie in another order is not read.
    if !chunks.is_sorted_by(|a, b| a.first + a.count == b.first) {
        return Err(DAMAGED);
    }
    if !sizes.is_empty() && sizes.len() != tables.sizes.count() {
        return Err(DAMAGED);
    }
    chunks.shrink_to_fit();
    tables.chunks = chunks;
    if !sizes.is_empty() {
        let first = sizes.first().copied().unwrap_or(0);
        tables.sizes = if first > 0 && sizes.iter().all(|size| *size == first) { Sizes::Alike(first, sizes.len()) } else { Sizes::Each(sizes) };
    }
    Ok(())
}
