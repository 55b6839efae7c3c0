//! Places in films. The sample is a second of H.264 and AAC whose header stands behind its pictures, so that boxes may grow.

use super::super::bytes::find;
use super::super::film::boxes::boxes;
use super::super::{Block, Refused, inspect, strip_film};
use super::build::{boxed, edit, jpeg, segment, xmp};
use super::{Case, TOKEN, check_found, check_gone};

pub(super) const FILM: &[u8] = include_bytes!("../sample/film.mp4");

/// The film with more at the end of the box at a path.
fn with(path: &'static [&'static [u8; 4]], more: &[u8]) -> Vec<u8> {
    edit(FILM, path, &|content| content.extend(more))
}

/// The film with a `udta` box of its own.
fn noted(content: &[u8]) -> Vec<u8> {
    with(&[b"moov"], &boxed(b"udta", content))
}

fn item(name: &[u8; 4], kind: u32, value: &[u8]) -> Vec<u8> {
    boxed(name, &boxed(b"data", &[&kind.to_be_bytes()[..], &[0; 4], value].concat()))
}

fn list(items: &[u8]) -> Vec<u8> {
    let handler = boxed(b"hdlr", &[&[0; 8][..], b"mdirappl", &[0; 9]].concat());
    boxed(b"meta", &[&[0; 4][..], &handler, &boxed(b"ilst", items)].concat())
}

fn keyed(key: &str, value: &str) -> Vec<u8> {
    let handler = boxed(b"hdlr", &[&[0; 8][..], b"mdta", &[0; 13]].concat());
    let keys = boxed(b"keys", &[&[0, 0, 0, 0, 0, 0, 0, 1][..], &boxed(b"mdta", key.as_bytes())].concat());
    boxed(b"meta", &[handler, keys, boxed(b"ilst", &item(&[0, 0, 0, 1], 1, value.as_bytes()))].concat())
}

/// `QuickTime`'s own texts: length, language, text.
fn said(name: &[u8; 4], text: &str) -> Vec<u8> {
    boxed(name, &[&u16::try_from(text.len()).unwrap().to_be_bytes()[..], &[0x15, 0xC7], text.as_bytes()].concat())
}

fn asset(name: &[u8; 4], text: &str) -> Vec<u8> {
    boxed(name, &[&[0, 0, 0, 0, 0x15, 0xC7], text.as_bytes(), &[0]].concat())
}

fn full(name: &[u8; 4], numbers: &[u32]) -> Vec<u8> {
    boxed(name, &numbers.iter().flat_map(|number| number.to_be_bytes()).collect::<Vec<_>>())
}

/// The film with a further track of one sample in a box of its own before the header.
fn tracked(handler: &[u8; 4], kind: &[u8; 4], sample: &[u8]) -> Vec<u8> {
    let header = find(FILM, b"moov", 0).unwrap() - 4;
    let start = u32::try_from(header + 8).unwrap();
    let length = u32::try_from(sample.len()).unwrap();
    let entry = boxed(b"stsd", &[&[0, 0, 0, 0, 0, 0, 0, 1][..], &boxed(kind, &[0, 0, 0, 0, 0, 0, 0, 1])].concat());
    let table =
        [entry, full(b"stts", &[0, 1, 1, 10]), full(b"stsc", &[0, 1, 1, 1, 1]), full(b"stsz", &[0, 0, 1, length]), full(b"stco", &[0, 1, start])]
            .concat();
    let information = boxed(b"minf", &[boxed(b"nmhd", &[0; 4]), boxed(b"stbl", &table)].concat());
    let handler = boxed(b"hdlr", &[&[0; 8][..], handler, &[0; 13]].concat());
    let media = boxed(b"mdia", &[full(b"mdhd", &[0, 0, 0, 1000, 10, 0]), handler, information].concat());
    let track = boxed(b"trak", &[full(b"tkhd", &[[0, 0, 0, 9, 0, 10].as_slice(), &[0; 15]].concat()), media].concat());
    let film = with(&[b"moov"], &track);
    [&film[..header], &boxed(b"mdat", sample), &film[header..]].concat()
}

const TRACK: &[&[u8; 4]] = &[b"moov", b"trak"];
const ENTRY: &[&[u8; 4]] = &[b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd", b"avc1"];

/// All samples of films, for the fuzzer too.
pub(super) fn samples() -> Vec<Case> {
    let mut cases = notes();
    cases.extend(places());
    cases
}

fn notes() -> Vec<Case> {
    vec![
        Case::new("©xyz", Block::UserData, |token| noted(&said(b"\xA9xyz", token))),
        Case::new("©nam in two languages", Block::UserData, |token| {
            let second = [&u16::try_from(token.len()).unwrap().to_be_bytes()[..], &[0, 0], token.as_bytes()].concat();
            noted(&boxed(b"\xA9nam", &[&[0, 1, 0, 0, b'x'][..], &second].concat()))
        }),
        Case::new("titl", Block::UserData, |token| noted(&asset(b"titl", token))),
        Case::new("loci", Block::UserData, |token| noted(&boxed(b"loci", &[&[0; 6][..], token.as_bytes(), &[0; 15]].concat()))),
        Case::new("ilst", Block::UserData, |token| noted(&list(&item(b"\xA9ART", 1, token.as_bytes())))),
        Case::new("ilst in UTF-16", Block::UserData, |token| {
            noted(&list(&item(b"\xA9ART", 2, &token.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>())))
        }),
        Case::new("free name", Block::UserData, |token| {
            let parts = [boxed(b"mean", b"\0\0\0\0com.apple.iTunes"), boxed(b"name", &[b"\0\0\0\0", token.as_bytes()].concat())].concat();
            noted(&list(&boxed(b"----", &parts)))
        }),
        Case::new("cover", Block::Comment, |token| noted(&list(&item(b"covr", 13, &jpeg(&segment(0xFE, token.as_bytes())))))),
        Case::new("key", Block::UserData, |token| with(&[b"moov"], &keyed(token, "x"))),
        Case::new("value of a key", Block::UserData, |token| with(&[b"moov"], &keyed("com.apple.quicktime.location.ISO6709", token))),
        Case::new("meta of a track", Block::UserData, |token| with(TRACK, &keyed("a", token))),
        Case::new("name of a track", Block::UserData, |token| with(TRACK, &boxed(b"udta", &boxed(b"name", token.as_bytes())))),
        Case::new("XMP_ in udta", Block::Xmp, |token| noted(&boxed(b"XMP_", &xmp("dc:creator", token)))),
        Case::new("maker's box", Block::Unknown, |token| noted(&boxed(b"CNTH", token.as_bytes()))),
        Case::new("end of udta", Block::UserData, |token| noted(&[&[0; 4], token.as_bytes()].concat())),
        Case::new("words between pictures", Block::Track, |token| tracked(b"meta", b"mett", token.as_bytes())),
        Case::new("positions of a camera", Block::Track, |token| tracked(b"meta", b"gpmd", token.as_bytes())),
        Case::new("captions", Block::Track, |token| {
            tracked(b"sbtl", b"tx3g", &[&u16::try_from(token.len()).unwrap().to_be_bytes(), token.as_bytes()].concat())
        }),
        Case::new("time code", Block::Track, |token| tracked(b"tmcd", b"tmcd", token.as_bytes())),
    ]
}

fn places() -> Vec<Case> {
    const XMP: [u8; 16] = [0xBE, 0x7A, 0xCF, 0xCB, 0x97, 0xA9, 0x42, 0xE8, 0x9C, 0x71, 0x99, 0x94, 0x91, 0xE3, 0xAF, 0xAC];
    vec![
        Case::new("XMP at the top", Block::Xmp, |token| [FILM, &boxed(b"uuid", &[&XMP[..], &xmp("dc:creator", token)].concat())].concat()),
        Case::new("uuid", Block::Unknown, |token| [FILM, &boxed(b"uuid", &[&[7; 16], token.as_bytes()].concat())].concat()),
        Case::new("free at the top", Block::Unknown, |token| [FILM, &boxed(b"free", token.as_bytes())].concat()),
        Case::new("free in moov", Block::Unknown, |token| with(&[b"moov"], &boxed(b"free", token.as_bytes()))),
        Case::new("unknown box of a track", Block::Unknown, |token| with(TRACK, &boxed(b"note", token.as_bytes()))),
        Case::new("unknown box of media", Block::Unknown, |token| with(&[b"moov", b"trak", b"mdia"], &boxed(b"note", token.as_bytes()))),
        Case::new("unknown box of minf", Block::Unknown, |token| with(&[b"moov", b"trak", b"mdia", b"minf"], &boxed(b"note", token.as_bytes()))),
        Case::new("unknown box of stbl", Block::Unknown, |token| {
            with(&[b"moov", b"trak", b"mdia", b"minf", b"stbl"], &boxed(b"note", token.as_bytes()))
        }),
        Case::new("unknown box of an entry", Block::Unknown, |token| with(ENTRY, &boxed(b"note", token.as_bytes()))),
        Case::new("unknown box of edits", Block::Unknown, |token| with(&[b"moov", b"trak", b"edts"], &boxed(b"note", token.as_bytes()))),
        Case::new("data of no track", Block::Gap, |token| {
            let header = find(FILM, b"moov", 0).unwrap() - 4;
            [&FILM[..header], &boxed(b"mdat", token.as_bytes()), &FILM[header..]].concat()
        }),
        Case::new("behind the last box", Block::Gap, |token| [FILM, &[0; 8], token.as_bytes()].concat()),
        Case::new("handler", Block::Handler, |token| {
            let token = token.to_owned();
            edit(FILM, &[b"moov", b"trak", b"mdia", b"hdlr"], &move |content| {
                content.truncate(24);
                content.extend(token.as_bytes());
                content.push(0);
            })
        }),
        Case::new("compressor", Block::Handler, |token| {
            let token = token.chars().take(31).collect::<String>();
            edit(FILM, ENTRY, &move |content| {
                content[42] = u8::try_from(token.len()).unwrap();
                content[43..43 + token.len()].copy_from_slice(token.as_bytes());
            })
        }),
    ]
}

#[test]
fn every_place_of_a_film_is_found() {
    for case in samples() {
        check_found(&case);
    }
}

#[test]
fn every_place_of_a_film_is_emptied_without_a_trace() {
    for case in samples() {
        check_gone(&case, FILM);
    }
}

#[test]
fn places_are_told_as_places() {
    for film in
        [noted(&said(b"\xA9xyz", "+31+115/")), noted(&boxed(b"loci", &[0; 22])), tracked(b"meta", b"gpmd", b"x"), tracked(b"meta", b"camm", b"x")]
    {
        assert!(inspect(&film).location);
    }
    assert!(!inspect(FILM).location);
}

/// Places that hold numbers or names of four letters, which the search does not tell.
#[test]
fn dates_numbers_and_brands_leave_no_trace() {
    let plain = strip_film(FILM).unwrap();
    let set = |path: &'static [&'static [u8; 4]], at: usize, value: &'static [u8]| {
        edit(FILM, path, &|content| content[at..at + value.len()].copy_from_slice(value))
    };
    let changed = [
        set(&[b"ftyp"], 4, b"4421"),
        set(&[b"ftyp"], 8, b"4421"),
        set(&[b"moov", b"mvhd"], 4, b"44214421"),
        set(&[b"moov", b"mvhd"], 72, b"442144214421"),
        set(&[b"moov", b"mvhd"], 96, b"4421"),
        set(&[b"moov", b"trak", b"tkhd"], 4, b"44214421"),
        set(&[b"moov", b"trak", b"tkhd"], 12, b"4421"),
        set(&[b"moov", b"trak", b"mdia", b"mdhd"], 4, b"44214421"),
        set(&[b"moov", b"trak", b"mdia", b"minf", b"vmhd"], 4, b"4421"),
        set(ENTRY, 8, b"44214421"),
        with(TRACK, &boxed(b"tref", &boxed(b"cdsc", b"4421"))),
        with(&[b"moov"], &boxed(b"iods", b"4421")),
    ];
    for film in changed {
        assert_ne!(film, FILM);
        assert!(strip_film(&film).unwrap() == plain);
    }
}

#[test]
fn samples_stay_and_offsets_hold() {
    let stripped = strip_film(FILM).unwrap();
    let names: Vec<_> = boxes(&stripped).0.iter().map(|one| one.name).collect();
    assert_eq!(names, [*b"ftyp", *b"moov", *b"mdat"]);
    let report = inspect(&stripped);
    // No byte of the new file belongs to no track, and nothing at all is said.
    assert_eq!((report.hidden, report.unread, report.blocks.len()), (Vec::new(), Vec::new(), 0));
    assert!(find(FILM, b"x264", 0).is_some() && find(&stripped, b"x264", 0).is_none() && find(&stripped, b"Lavc", 0).is_none());
}

/// The film with its sound track twice, both in one group of alternatives, and the coding of the second one renamed; only one
/// where the first name given is that of the pictures.
fn grouped(group: u8, first: &[u8; 4], second: &[u8; 4]) -> Vec<u8> {
    let (at, film) = (find(FILM, b"moov", 0).unwrap() - 4, FILM);
    let mut tracks: Vec<Vec<u8>> =
        boxes(&film[at + 8..]).0.iter().filter(|one| one.name == *b"trak").map(|one| boxed(b"trak", one.content)).collect();
    tracks[1] = edit(&tracks[1], &[b"trak", b"tkhd"], &|content| content[35] = group);
    let mut sound = tracks[1].clone();
    let name = find(&sound, b"mp4a", 0).unwrap();
    sound[name..name + 4].copy_from_slice(second);
    if first == b"mp4a" {
        tracks.push(sound);
    }
    edit(film, &[b"moov"], &|content| {
        let header = boxes(content).0.iter().filter(|one| one.name == *b"mvhd").map(|one| boxed(b"mvhd", one.content)).collect::<Vec<_>>();
        *content = [header, tracks.clone()].concat().concat();
    })
}

#[test]
fn what_cannot_be_told_apart_is_refused() {
    assert_eq!(strip_film(TOKEN.as_bytes()), Err(Refused::NoFilm));
    assert_eq!(strip_film(&with(&[b"moov"], &boxed(b"mvex", &[]))), Err(Refused::Fragmented));
    assert_eq!(strip_film(&[FILM, &boxed(b"moof", &[])].concat()), Err(Refused::Fragmented));
    let renamed = |from: &[u8; 4], to: &[u8; 4]| {
        let mut film = FILM.to_vec();
        let at = super::super::bytes::find(&film, from, find(&film, b"stsd", 0).unwrap()).unwrap();
        film[at..at + 4].copy_from_slice(to);
        film
    };
    assert_eq!(strip_film(&renamed(b"avc1", b"encv")), Err(Refused::Codec(*b"encv")));
    assert_eq!(strip_film(&renamed(b"avc1", b"jpeg")), Err(Refused::Codec(*b"jpeg")));
    assert_eq!(strip_film(&renamed(b"avcC", b"free")), Err(Refused::Damaged("stsd")));
    // The same sound in an unknown coding beside a known one, as alternatives and not.
    for (group, expected) in [(0, Err(Refused::Codec(*b"apac"))), (1, strip_film(&grouped(1, b"avc1", b"mp4a")))] {
        assert_eq!(strip_film(&grouped(group, b"mp4a", b"apac")), expected);
    }
    let outside = edit(FILM, &[b"moov", b"trak", b"mdia", b"minf", b"dinf", b"dref"], &|content| {
        let at = content.len() - 1;
        content[at] = 0;
    });
    assert_eq!(strip_film(&outside), Err(Refused::External));
    assert!(strip_film(&FILM[..FILM.len() / 2]).is_err());
}
