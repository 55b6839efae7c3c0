//! Raw DEFLATE, always by the same implementation and level, so that the same text gives the same bytes.

use miniz_oxide::deflate::core::{CompressorOxide, TDEFLFlush, TDEFLStatus, compress, create_comp_flags_from_zip_params};
use std::cell::RefCell;

/// Fast: level 2 makes stripes of text 8 % smaller and takes 1.6 times as long.
const LEVEL: i32 = 1;

thread_local! {
    // Its tables are large; it is made once a thread.
    static COMPRESSOR: RefCell<Box<CompressorOxide>> = RefCell::new(Box::new(CompressorOxide::new(create_comp_flags_from_zip_params(LEVEL, 0, 0))));
}

/// Compresses bytes into a cleared buffer.
pub fn deflate_into(out: &mut Vec<u8>, bytes: &[u8]) {
    COMPRESSOR.with_borrow_mut(|compressor| {
        compressor.reset();
        out.clear();
        out.resize(bytes.len() / 2 + 64, 0);
        let (mut read, mut written) = (0, 0);
        loop {
            let rest = bytes.get(read..).unwrap_or_default();
            let (status, taken, given) = compress(compressor, rest, out.get_mut(written..).unwrap_or_default(), TDEFLFlush::Finish);
            read += taken;
            written += given;
            if status != TDEFLStatus::Okay {
                break;
            }
            let length = out.len();
            out.resize(length + length / 2 + 64, 0);
        }
        out.truncate(written);
    });
}

/// Compresses bytes.
#[must_use]
pub fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    deflate_into(&mut out, bytes);
    out
}
