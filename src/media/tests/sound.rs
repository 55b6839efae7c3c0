//! Places in sound: MP3 and FLAC of a second each, WAV and Ogg made here.

use super::super::bytes::find;
use super::super::{Block, Refused, inspect, strip_film};
use super::build::{chunk, jpeg, riff, segment, xmp};
use super::{Case, TOKEN, check_found, check_gone};

pub(super) const MP3: &[u8] = include_bytes!("../sample/sound.mp3");
pub(super) const FLAC: &[u8] = include_bytes!("../sample/sound.flac");

fn synchsafe(length: usize) -> [u8; 4] {
    [21, 14, 7, 0].map(|shift| u8::try_from(length >> shift & 0x7F).unwrap())
}

fn tag(version: u8, flags: u8, frames: &[u8]) -> Vec<u8> {
    [b"ID3", &[version, 0, flags][..], &synchsafe(frames.len()), frames].concat()
}

/// A frame of version 3.
fn frame(name: &[u8; 4], flags: u8, content: &[u8]) -> Vec<u8> {
    [&name[..], &u32::try_from(content.len()).unwrap().to_be_bytes(), &[0, flags], content].concat()
}

fn tagged(name: &'static [u8; 4], before: &'static [u8]) -> impl Fn(&str) -> Vec<u8> {
    move |token| [&tag(3, 0, &frame(name, 0, &[before, token.as_bytes()].concat()))[..], MP3].concat()
}

fn ape(token: &str) -> Vec<u8> {
    let item = [&u32::try_from(token.len()).unwrap().to_le_bytes()[..], &[0; 4], b"Artist\0", token.as_bytes()].concat();
    let end = |flags: u32| {
        [
            b"APETAGEX",
            &2000u32.to_le_bytes()[..],
            &u32::try_from(item.len() + 32).unwrap().to_le_bytes(),
            &[1, 0, 0, 0],
            &flags.to_le_bytes(),
            &[0; 8],
        ]
        .concat()
    };
    [end(0xA000_0000), item.clone(), end(0x8000_0000)].concat()
}

fn old_tag(token: &str) -> Vec<u8> {
    let mut bytes = [b"TAG", token.as_bytes()].concat();
    bytes.resize(33, 0);
    bytes.resize(128, 0);
    bytes
}

fn mp3s() -> Vec<Case> {
    vec![
        Case::new("TPE1", Block::Id3, tagged(b"TPE1", b"\0")),
        Case::new("text of any name", Block::Id3, tagged(b"TXX\x58", b"\x03a\0")),
        Case::new("COMM", Block::Id3, tagged(b"COMM", b"\0zho\0")),
        Case::new("USLT", Block::Id3, tagged(b"USLT", b"\0zho\0")),
        Case::new("address of any name", Block::Id3, tagged(b"WXX\x58", b"\0\0")),
        Case::new("PRIV", Block::Id3, tagged(b"PRIV", b"owner\0")),
        Case::new("GEOB", Block::Id3, tagged(b"GEOB", b"\0text/plain\0\0\0")),
        Case::new("description of a cover", Block::Id3, tagged(b"APIC", b"\0image/jpeg\0\x03")),
        Case::new("cover", Block::Comment, |token| {
            let cover = [&b"\0image/jpeg\0\x03\0"[..], &jpeg(&segment(0xFE, token.as_bytes()))].concat();
            [&tag(3, 0, &frame(b"APIC", 0, &cover))[..], MP3].concat()
        }),
        Case::new("text in UTF-16", Block::Id3, |token| {
            let text: Vec<u8> = [1, 0xFF, 0xFE].into_iter().chain(token.encode_utf16().flat_map(u16::to_le_bytes)).collect();
            [&tag(3, 0, &frame(b"TIT2", 0, &text))[..], MP3].concat()
        }),
        Case::new("packed frame", Block::Id3, |token| {
            let text = miniz_oxide::deflate::compress_to_vec_zlib(&[b"\0", token.as_bytes()].concat(), 6);
            [&tag(3, 0, &frame(b"TIT2", 0x80, &[&[0, 0, 0, 9][..], &text].concat()))[..], MP3].concat()
        }),
        Case::new("chapter", Block::Id3, |token| {
            let inner = frame(b"TIT2", 0, &[b"\0", token.as_bytes()].concat());
            [&tag(3, 0, &frame(b"CHAP", 0, &[&b"one\0"[..], &[0; 16], &inner].concat()))[..], MP3].concat()
        }),
        Case::new("version 2", Block::Id3, |token| {
            let text = [b"\0", token.as_bytes()].concat();
            [&tag(2, 0, &[b"TT2", &u32::try_from(text.len()).unwrap().to_be_bytes()[1..], &text].concat())[..], MP3].concat()
        }),
        Case::new("end of a tag", Block::Id3, |token| [&tag(4, 0, &[&[0; 10], token.as_bytes()].concat())[..], MP3].concat()),
        Case::new("two tags", Block::Id3, |token| {
            let second = tag(3, 0, &frame(b"TIT2", 0, &[b"\0", token.as_bytes()].concat()));
            [&tag(3, 0, &[0; 20])[..], &[0; 7], &second, MP3].concat()
        }),
    ]
}

/// Places before, behind and in the frames that are no `ID3v2` tag before them.
fn mp3s_by_others() -> Vec<Case> {
    vec![
        Case::new("APE before", Block::Ape, |token| [&ape(token)[..], MP3].concat()),
        Case::new("APE behind", Block::Ape, |token| [MP3, &ape(token)].concat()),
        Case::new("old tag", Block::Id3, |token| [MP3, &old_tag(&token[..token.len().min(30)])].concat()),
        Case::new("extension of the old tag", Block::Id3, |token| {
            let mut extension = [b"TAG+", token.as_bytes()].concat();
            extension.resize(227, 0);
            [MP3, &extension, &old_tag("x")].concat()
        }),
        Case::new("lyrics", Block::Lyrics, |token| [MP3, b"LYRICSBEGIN", token.as_bytes(), b"LYRICSEND", &old_tag("x")].concat()),
        Case::new("lyrics of version 2", Block::Lyrics, |token| {
            let body = [b"LYRICSBEGIN", token.as_bytes()].concat();
            [MP3, &body, format!("{:06}LYRICS200", body.len()).as_bytes(), &ape("x"), &old_tag("x")].concat()
        }),
        Case::new("tag at the end", Block::Id3, |token| {
            let mut last = tag(4, 0x10, &frame(b"TIT2", 0, &[b"\0", token.as_bytes()].concat()));
            let footer = [b"3DI", &last[3..10]].concat();
            last.extend(footer);
            [MP3, &[0; 5], &last].concat()
        }),
        Case::new("name of the encoder", Block::Handler, |token| {
            let mut file = MP3.to_vec();
            let at = find(&file, b"Lavc", 0).unwrap();
            let short = token.len().min(5);
            file[at + 4..at + 4 + short].copy_from_slice(&token.as_bytes()[..short]);
            // The search tells no more than nine letters: the token is told by a tag beside.
            [&tag(3, 0, &frame(b"TIT2", 0, &[b"\0", token.as_bytes()].concat()))[..], &file].concat()
        }),
    ]
}

fn wave(chunks: &[Vec<u8>]) -> Vec<u8> {
    let format = chunk(b"fmt ", &[1, 0, 1, 0, 0x40, 0x1F, 0, 0, 0x80, 0x3E, 0, 0, 2, 0, 16, 0]);
    riff(b"WAVE", &[vec![format], chunks.to_vec(), vec![chunk(b"data", &[1, 2, 3, 4, 5])]].concat())
}

fn waves() -> Vec<Case> {
    let chunked = |name: &'static [u8; 4], before: &'static [u8]| move |token: &str| wave(&[chunk(name, &[before, token.as_bytes()].concat())]);
    vec![
        Case::new("INFO", Block::Riff, |token| wave(&[chunk(b"LIST", &[&b"INFO"[..], &chunk(b"IART", token.as_bytes())].concat())])),
        Case::new("label", Block::Riff, |token| {
            wave(&[chunk(b"LIST", &[&b"adtl"[..], &chunk(b"labl", &[b"\0\0\0\0", token.as_bytes()].concat())].concat())])
        }),
        Case::new("bext", Block::Riff, chunked(b"bext", b"")),
        Case::new("coding history", Block::Riff, chunked(b"bext", &[0; 602])),
        Case::new("iXML", Block::Riff, |token| wave(&[chunk(b"iXML", format!("<BWFXML><NOTE>{token}</NOTE></BWFXML>").as_bytes())])),
        Case::new("ID3 in WAV", Block::Id3, |token| wave(&[chunk(b"id3 ", &tag(3, 0, &frame(b"TIT2", 0, &[b"\0", token.as_bytes()].concat())))])),
        Case::new("XMP in WAV", Block::Xmp, |token| wave(&[chunk(b"_PMX", &xmp("dc:creator", token))])),
        Case::new("cart", Block::Riff, chunked(b"cart", b"0101")),
        Case::new("filler", Block::Riff, chunked(b"JUNK", &[0; 30])),
        Case::new("behind a WAV", Block::Trailing, |token| [&wave(&[])[..], token.as_bytes()].concat()),
    ]
}

fn ogg_page(flags: u8, serial: u8, packet: &[u8]) -> Vec<u8> {
    let mut lacing = vec![255; packet.len() / 255];
    lacing.push(u8::try_from(packet.len() % 255).unwrap());
    [&b"OggS\0"[..], &[flags], &[0; 8], &[serial, 0, 0, 0], &[0; 8], &[u8::try_from(lacing.len()).unwrap()], &lacing, packet].concat()
}

fn comments(list: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = [0; 4].to_vec();
    bytes.extend(u32::try_from(list.len()).unwrap().to_le_bytes());
    for comment in list {
        bytes.extend(u32::try_from(comment.len()).unwrap().to_le_bytes());
        bytes.extend(comment);
    }
    bytes
}

/// Opus with the comments given, and any pages beside.
fn opus(serial: u8, tags: &[u8], beside: &[u8]) -> Vec<u8> {
    let head = ogg_page(2, serial, b"OpusHead\x01\x01\x38\x01\x80\xBB\0\0\0\0\0");
    [head, beside.to_vec(), ogg_page(0, serial, &[b"OpusTags", tags].concat()), ogg_page(4, serial, &[0xFC, 1, 2, 3])].concat()
}

fn plain_opus() -> Vec<u8> {
    opus(7, &comments(&[]), &[])
}

fn picture_block(token: &str) -> Vec<u8> {
    let number = |number: usize| u32::try_from(number).unwrap().to_be_bytes();
    [&number(3)[..], &number(10), b"image/jpeg", &number(token.len()), token.as_bytes(), &[0; 20], &jpeg(&[])].concat()
}

fn oggs() -> Vec<Case> {
    vec![
        Case::new("comment of Opus", Block::Vorbis, |token| opus(7, &comments(&[format!("ARTIST={token}").into_bytes()]), &[])),
        Case::new("maker of Opus", Block::Vorbis, |token| {
            opus(7, &[&u32::try_from(token.len()).unwrap().to_le_bytes()[..], token.as_bytes(), &[0; 4]].concat(), &[])
        }),
        Case::new("behind the comments", Block::Vorbis, |token| opus(7, &[&comments(&[])[..], token.as_bytes()].concat(), &[])),
        Case::new("long comment", Block::Vorbis, |token| opus(9, &comments(&[format!("A={}{token}", "x".repeat(3000)).into_bytes()]), &[])),
        Case::new("a track of captions", Block::Track, |token| {
            opus(7, &comments(&[]), &ogg_page(2, 3, &[b"\x80kate\0\0\0", token.as_bytes()].concat()))
        }),
    ]
}

/// FLAC with further blocks of metadata.
fn flac(kind: u8, content: &[u8]) -> Vec<u8> {
    let mut file = FLAC.to_vec();
    file[4] = 0;
    let block = [&[kind | 0x80], &u32::try_from(content.len()).unwrap().to_be_bytes()[1..], content].concat();
    file.splice(42..42, block);
    file
}

fn flacs() -> Vec<Case> {
    vec![
        Case::new("comment of FLAC", Block::Vorbis, |token| flac(4, &comments(&[format!("ARTIST={token}").into_bytes()]))),
        Case::new("picture of FLAC", Block::Vorbis, |token| flac(6, &picture_block(token))),
        Case::new("application", Block::Vorbis, |token| flac(2, token.as_bytes())),
        Case::new("padding", Block::Vorbis, |token| flac(1, token.as_bytes())),
        Case::new("cue sheet", Block::Vorbis, |token| flac(5, token.as_bytes())),
        Case::new("ID3 before FLAC", Block::Id3, |token| [&tag(3, 0, &frame(b"TIT2", 0, &[b"\0", token.as_bytes()].concat()))[..], FLAC].concat()),
        Case::new("old tag behind FLAC", Block::Id3, |token| [FLAC, &old_tag(&token[..token.len().min(30)])].concat()),
    ]
}

/// All samples of sound, for the fuzzer too.
pub(super) fn samples() -> Vec<Case> {
    [mp3s(), mp3s_by_others(), waves(), oggs(), flacs()].into_iter().flatten().collect()
}

#[test]
fn every_place_of_sound_is_found() {
    for case in samples().iter().filter(|case| case.name != "name of the encoder") {
        check_found(case);
    }
}

#[test]
fn every_place_of_sound_is_emptied_without_a_trace() {
    for (cases, plain) in
        [(mp3s(), MP3.to_vec()), (mp3s_by_others(), MP3.to_vec()), (waves(), wave(&[])), (oggs(), plain_opus()), (flacs(), flac(1, &[]))]
    {
        for case in cases {
            check_gone(&case, &plain);
        }
    }
}

#[test]
fn nothing_is_said_any_more() {
    for plain in [MP3.to_vec(), wave(&[]), plain_opus(), FLAC.to_vec()] {
        let report = inspect(&strip_film(&plain).unwrap());
        let told: Vec<_> = report.hidden.iter().filter(|hidden| hidden.text != "LAME").collect();
        assert!(told.is_empty() && report.unread.is_empty(), "{report:?}");
    }
}

#[test]
fn strays_are_refused() {
    for (before, plain) in [(MP3.len(), MP3), (FLAC.len(), FLAC)] {
        let mut file = plain.to_vec();
        file.splice(before..before, TOKEN.bytes());
        assert_eq!(strip_film(&file), Err(Refused::Stray));
    }
    assert_eq!(strip_film(&[&plain_opus()[..], TOKEN.as_bytes()].concat()), Err(Refused::Stray));
    let mut cut = wave(&[]);
    cut.truncate(cut.len() - 3);
    assert_eq!(strip_film(&cut), Err(Refused::Damaged("data")));
}

#[test]
fn chinese_tags_in_gbk_are_read() {
    let (name, ..) = encoding_rs::GBK.encode("光山县");
    let mut last = [b"TAG", &name[..]].concat();
    last.resize(128, 0);
    assert_eq!(inspect(&[MP3, &last].concat()).hidden.iter().filter(|hidden| hidden.text == "光山县").count(), 1);
}
