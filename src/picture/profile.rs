//! Colour profiles (ICC.1:2022), built anew: what turns numbers into colours is kept, and nothing that says who made the profile,
//! when, on which device, or anything at all in words.

use image::ColorType;

/// A profile of more bytes is a printer's or a mistake; every derivative would carry it.
const PROFILE_MAX: usize = 64 << 10;
const HEADER: usize = 128;
/// Real profiles have ten to thirty.
const TAGS_MAX: usize = 200;
/// What is kept of a header: version, class and spaces, the sign, intent and white point. The rest tells of the maker, the date, the device.
const HEADER_KEPT: [std::ops::Range<usize>; 4] = [8..10, 12..24, 36..40, 64..80];
/// Colours as three curves and three colours of light, as one curve, or as a table.
const ENOUGH: [&[&[u8; 4]]; 3] = [&[b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC"], &[b"kTRC"], &[b"A2B0"]];

/// A tag with what it holds.
type Tag = ([u8; 4], Vec<u8>);

/// Whether a colour profile (§7.2.6, bytes 16–19) is of the colours that the pixels have: a printer's profile on pixels of a
/// screen would turn every colour into another.
pub(super) fn is_of(profile: &[u8], color: ColorType) -> bool {
    let wanted: &[u8] = if color.has_color() { b"RGB " } else { b"GRAY" };
    profile.get(16..20) == Some(wanted)
}

/// The same colours in a profile that holds nothing else; none of one that is broken, or too large to go with every picture.
pub(super) fn rebuilt(profile: &[u8]) -> Option<Vec<u8>> {
    let size = number(profile, 0)?;
    let profile = profile.get(..size)?;
    if profile.get(36..40) != Some(b"acsp") || matches!(profile.get(12..16), Some(b"link" | b"abst" | b"nmcl")) {
        return None;
    }
    let tags = kept(profile)?;
    let has = |name: &[u8; 4]| tags.iter().any(|(own, _)| own == name);
    if !ENOUGH.iter().any(|names| names.iter().all(|name| has(name))) {
        return None;
    }
    let built = build(profile, &tags)?;
    (built.len() <= PROFILE_MAX).then_some(built)
}

fn number(bytes: &[u8], at: usize) -> Option<usize> {
    let part = bytes.get(at..at.checked_add(4)?)?.first_chunk()?;
    usize::try_from(u32::from_be_bytes(*part)).ok()
}

/// The tags that make colours; none where the table does not fit the profile.
fn kept(profile: &[u8]) -> Option<Vec<Tag>> {
    let count = number(profile, HEADER).filter(|count| *count <= TAGS_MAX)?;
    let mut tags: Vec<Tag> = Vec::new();
    for at in (0..count).map(|index| HEADER + 4 + index * 12) {
        let name: [u8; 4] = *profile.get(at..at + 4)?.first_chunk()?;
        let (start, length) = (number(profile, at + 4)?, number(profile, at + 8)?);
        let content = profile.get(start..start.checked_add(length)?)?;
        let is_new = tags.iter().all(|(own, _)| *own != name);
        tags.extend(pure(name, content).filter(|_| is_new).map(|content| (name, content)));
    }
    Some(tags)
}

/// What a tag says of colours, as long as its type takes and no longer; none of a tag that says something else.
fn pure(name: [u8; 4], content: &[u8]) -> Option<Vec<u8>> {
    let form = content.get(..4)?;
    let short = |at: usize| content.get(at..at + 2).map(|part| usize::from(part[0]) << 8 | usize::from(part[1]));
    let length = match (&name, form) {
        (b"rXYZ" | b"gXYZ" | b"bXYZ" | b"wtpt" | b"bkpt", b"XYZ ") => 20,
        (b"rTRC" | b"gTRC" | b"bTRC" | b"kTRC", b"curv") => number(content, 8)?.checked_mul(2)?.checked_add(12)?,
        (b"rTRC" | b"gTRC" | b"bTRC" | b"kTRC", b"para") => 12 + 4 * [1, 3, 4, 5, 7].get(short(8)?)?,
        (b"chad", b"sf32") => 44,
        (b"cicp", b"cicp") => 12,
        (b"A2B0" | b"A2B1" | b"A2B2" | b"B2A0" | b"B2A1" | b"B2A2", b"mft1" | b"mft2") => table(content, form == b"mft1")?,
        (b"A2B0" | b"A2B1" | b"A2B2" | b"B2A0" | b"B2A1" | b"B2A2", b"mAB " | b"mBA ") => content.len(),
        _ => return None,
    };
    let mut pure = content.get(..length)?.to_vec();
    // Reserved.
    pure.get_mut(4..8)?.fill(0);
    Some(pure)
}

/// The length of a table of colours (§10.10 and §10.11).
fn table(content: &[u8], is_small: bool) -> Option<usize> {
    let [inputs, outputs, grid] = [8, 9, 10].map(|at| content.get(at).map_or(0, |byte| usize::from(*byte)));
    let points = grid.checked_pow(u32::try_from(inputs).ok()?)?.checked_mul(outputs)?;
    if is_small {
        return points.checked_add(48 + 256 * (inputs + outputs));
    }
    let short = |at: usize| content.get(at..at + 2).map(|part| usize::from(part[0]) << 8 | usize::from(part[1]));
    let ends = short(48)? * inputs + short(50)? * outputs;
    points.checked_add(ends)?.checked_mul(2)?.checked_add(52)
}

fn build(profile: &[u8], tags: &[Tag]) -> Option<Vec<u8>> {
    let is_new = profile.get(8)? >= &4;
    let name = if profile.get(16..20) == Some(b"GRAY") { "Grey" } else { "RGB" };
    let (description, rights) = if is_new { (words(name), words("")) } else { (description(name), b"text\0\0\0\0\0".to_vec()) };
    let named: Vec<(&[u8; 4], &[u8])> =
        [(b"desc", &*description), (b"cprt", &*rights)].into_iter().chain(tags.iter().map(|(name, content)| (name, &**content))).collect();
    let mut out = vec![0; HEADER];
    for range in HEADER_KEPT {
        out.get_mut(range.clone())?.copy_from_slice(profile.get(range)?);
    }
    out.extend(u32::try_from(named.len()).ok()?.to_be_bytes());
    let mut contents: Vec<(usize, &[u8])> = Vec::new();
    let mut end = out.len() + named.len() * 12;
    for (name, content) in named {
        // The three curves are mostly one.
        let told = contents.iter().find(|(_, known)| *known == content).map(|(at, _)| *at);
        let at = told.unwrap_or(end);
        if told.is_none() {
            contents.push((at, content));
            end = at + content.len().next_multiple_of(4);
        }
        out.extend(name);
        out.extend(u32::try_from(at).ok()?.to_be_bytes());
        out.extend(u32::try_from(content.len()).ok()?.to_be_bytes());
    }
    for (at, content) in contents {
        out.resize(at, 0);
        out.extend(content);
    }
    out.resize(end, 0);
    let size = u32::try_from(end).ok()?.to_be_bytes();
    out.get_mut(..4)?.copy_from_slice(&size);
    Some(out)
}

/// A text in the languages of version 4 (§10.15), here in English.
fn words(text: &str) -> Vec<u8> {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let length = u8::try_from(units.len()).unwrap_or(0);
    [b"mluc\0\0\0\0\0\0\0\x01\0\0\0\x0CenUS\0\0\0", &[length][..], b"\0\0\0\x1C", &units].concat()
}

/// A text as version 2 has it (ICC.1:2001-04 §6.5.17): in ASCII, and in no other script.
fn description(text: &str) -> Vec<u8> {
    let length = u8::try_from(text.len() + 1).unwrap_or(0);
    [b"desc\0\0\0\0\0\0\0", &[length][..], text.as_bytes(), &[0; 1 + 4 + 4 + 2 + 1 + 67]].concat()
}
