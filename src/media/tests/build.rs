//! Bytes of samples: boxes, chunks, directories.

/// A box.
pub(super) fn boxed(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    [&u32::try_from(content.len() + 8).unwrap().to_be_bytes()[..], name, content].concat()
}

/// A RIFF chunk.
pub(super) fn chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let mut bytes = [&name[..], &u32::try_from(content.len()).unwrap().to_le_bytes(), content].concat();
    bytes.resize(bytes.len().next_multiple_of(2), 0);
    bytes
}

/// A RIFF file.
pub(super) fn riff(kind: &[u8; 4], chunks: &[Vec<u8>]) -> Vec<u8> {
    chunk(b"RIFF", &[kind.to_vec(), chunks.concat()].concat())
}

/// A PNG chunk; its checksum is not looked at.
pub(super) fn png_chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    [&u32::try_from(content.len()).unwrap().to_be_bytes()[..], name, content, &[0; 4]].concat()
}

/// A JPEG segment.
pub(super) fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    [&[0xFF, marker][..], &u16::try_from(content.len() + 2).unwrap().to_be_bytes(), content].concat()
}

/// Changes the content of the box at a path of names and sets all lengths anew.
pub(super) fn edit(bytes: &[u8], path: &[&[u8; 4]], change: &dyn Fn(&mut Vec<u8>)) -> Vec<u8> {
    let Some((first, rest)) = path.split_first() else {
        let mut content = bytes.to_vec();
        change(&mut content);
        return content;
    };
    let (mut out, mut at, mut done) = (Vec::new(), 0, false);
    while at + 8 <= bytes.len() {
        let length = usize::try_from(u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap())).unwrap();
        let name: &[u8; 4] = bytes[at + 4..at + 8].try_into().unwrap();
        let content = &bytes[at + 8..at + length];
        if name == *first && !done {
            // What stands before the boxes inside.
            let skip = match name {
                _ if rest.is_empty() => 0,
                b"stsd" => 8,
                b"avc1" => 78,
                b"mp4a" => 28,
                _ => 0,
            };
            let inner = [&content[..skip], &edit(&content[skip..], rest, change)].concat();
            out.extend(boxed(name, &inner));
            done = true;
        } else {
            out.extend(&bytes[at..at + length]);
        }
        at += length;
    }
    assert!(done, "no box of this path");
    out
}

/// An entry of a directory: tag, type, value.
pub(super) type Entry = (u16, u16, Vec<u8>);

/// Appends a directory in little-endian order and gives its place.
pub(super) fn directory(tiff: &mut Vec<u8>, entries: &[Entry], next: usize) -> usize {
    let values = tiff.len();
    let mut places = Vec::new();
    for (_, _, value) in entries {
        places.push(tiff.len());
        if value.len() > 4 {
            tiff.extend(value);
        }
    }
    assert!(values <= tiff.len());
    let start = tiff.len();
    tiff.extend(u16::try_from(entries.len()).unwrap().to_le_bytes());
    for ((tag, kind, value), place) in entries.iter().zip(places) {
        let size = match kind {
            3 => 2,
            4 => 4,
            5 => 8,
            _ => 1,
        };
        tiff.extend(tag.to_le_bytes());
        tiff.extend(kind.to_le_bytes());
        tiff.extend(u32::try_from(value.len() / size).unwrap().to_le_bytes());
        let mut inline = value.clone();
        if value.len() > 4 {
            inline = u32::try_from(place).unwrap().to_le_bytes().to_vec();
        }
        inline.resize(4, 0);
        tiff.extend(inline);
    }
    tiff.extend(u32::try_from(next).unwrap().to_le_bytes());
    start
}

/// A TIFF block with one entry of the main, the Exif or the GPS directory.
pub(super) fn tiff(pointer: Option<u16>, entry: Entry) -> Vec<u8> {
    let mut bytes = b"II*\0\0\0\0\0".to_vec();
    let main = match pointer {
        None => directory(&mut bytes, &[entry], 0),
        Some(pointer) => {
            let place = u32::try_from(directory(&mut bytes, &[entry], 0)).unwrap();
            directory(&mut bytes, &[(pointer, 4, place.to_le_bytes().to_vec())], 0)
        }
    };
    bytes[4..8].copy_from_slice(&u32::try_from(main).unwrap().to_le_bytes());
    bytes
}

/// An ASCII entry.
pub(super) fn ascii(tag: u16, text: &str) -> Entry {
    (tag, 2, [text.as_bytes(), &[0]].concat())
}

/// An XMP packet with one property.
pub(super) fn xmp(property: &str, text: &str) -> Vec<u8> {
    format!(
        "<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\
         <rdf:Description rdf:about=''><{property}><rdf:Seq><rdf:li>{text}</rdf:li></rdf:Seq></{property}></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
    )
    .into_bytes()
}

/// A small JPEG with a comment.
pub(super) fn jpeg(segments: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0xFF, 0xD8];
    bytes.extend(segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"));
    bytes.extend(segments);
    bytes.extend(segment(0xDB, &[1; 65]));
    bytes.extend(segment(0xC0, &[8, 0, 1, 0, 1, 1, 1, 0x11, 0]));
    bytes.extend(segment(0xDA, &[1, 1, 0, 0, 63, 0]));
    bytes.extend([0x12, 0xFF, 0, 0x34, 0xFF, 0xD0, 0x56, 0xFF, 0xD9]);
    bytes
}
