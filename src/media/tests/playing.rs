//! Lengths and sizes, compared with what players say of the samples.

use super::super::{Playing, playing, strip_film};
use super::build::{chunk, edit, riff};
use super::film::FILM;
use super::sound::{FLAC, MP3};

fn length(bytes: &[u8]) -> Option<u64> {
    playing(bytes).and_then(|playing| playing.length_ms)
}

#[test]
fn a_film_tells_its_length_and_size_before_and_after_it_is_stripped() {
    let expected = Some(Playing { length_ms: Some(1000), size: Some((32, 32)) });
    assert_eq!(playing(FILM), expected);
    assert_eq!(playing(&strip_film(FILM).unwrap()), expected);
}

#[test]
fn a_turned_film_is_shown_upright() {
    let turned = edit(FILM, &[b"moov", b"trak", b"tkhd"], &|header| {
        header[40..44].copy_from_slice(&[0; 4]);
        header[56..60].copy_from_slice(&[0; 4]);
        header[76..78].copy_from_slice(&[0, 48]);
    });
    assert_eq!(playing(&turned).unwrap().size, Some((32, 48)));
}

#[test]
fn sound_tells_its_length() {
    // The sample is a second; its frames, without what the encoder put before and behind it, are as long.
    assert_eq!(length(MP3), Some(1000));
    assert_eq!(length(FLAC), Some(1000));
    let format = chunk(b"fmt ", &[1, 0, 1, 0, 0x40, 0x1F, 0, 0, 0x80, 0x3E, 0, 0, 2, 0, 16, 0]);
    assert_eq!(length(&riff(b"WAVE", &[format, chunk(b"data", &[0; 24_000])])), Some(1500));
    for bytes in [MP3, FLAC] {
        assert_eq!(playing(&strip_film(bytes).unwrap()), playing(bytes));
    }
}

#[test]
fn a_stream_of_ogg_ends_where_its_last_page_says() {
    let page = |flags: u8, serial: u8, position: u64, packet: &[u8]| {
        let length = u8::try_from(packet.len()).unwrap();
        [&b"OggS\0"[..], &[flags], &position.to_le_bytes(), &[serial, 0, 0, 0], &[0; 8], &[1, length], packet].concat()
    };
    let opus = [
        page(2, 7, 0, b"OpusHead\x01\x01\x38\x01\x80\xBB\0\0\0\0\0"),
        page(0, 9, 480_000, b"other"),
        page(4, 7, 96_312, b"sound"),
        page(0, 7, u64::MAX, b""),
    ];
    assert_eq!(length(&opus.concat()), Some(2000));
    let vorbis = [page(2, 7, 0, b"\x01vorbis\0\0\0\0\x01\x44\xAC\0\0\0\0"), page(4, 7, 22_050, b"sound")];
    assert_eq!(length(&vorbis.concat()), Some(500));
    assert_eq!(length(&page(2, 7, 5, b"\x80theora")), None);
}

#[test]
fn what_is_damaged_tells_nothing_and_breaks_nothing() {
    assert_eq!(playing(b"%PDF-1.7"), None);
    for bytes in [FILM, MP3, FLAC] {
        for end in (0..bytes.len()).step_by(7) {
            let _ = playing(&bytes[..end]);
        }
        for at in 0..bytes.len().min(1500) {
            let mut flipped = bytes.to_vec();
            flipped[at] ^= 0xFF;
            let _ = playing(&flipped);
        }
    }
}
