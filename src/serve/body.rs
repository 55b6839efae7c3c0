//! What is sent: a page in one piece, or a file piece by piece, the whole of it or the range that was asked for.

use crate::source::Content;
use http_body_util::Full;
use hyper::body::{Body, Bytes, Frame, SizeHint};
use std::io::{self, Read as _};
use std::pin::Pin;
use std::task::{Context, Poll};

/// How much of a file is read at once.
const PIECE: u64 = 64 << 10;

/// The body of an answer.
pub(super) enum Sent {
    /// Bytes in memory.
    Page(Full<Bytes>),
    /// A file from where it stands, and how many bytes of it are left to be sent.
    File(Box<dyn Content>, u64),
}

impl Sent {
    /// Bytes in memory.
    pub(super) fn page(bytes: Vec<u8>) -> Sent {
        Sent::Page(Full::new(Bytes::from(bytes)))
    }
}

impl Body for Sent {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        match self.get_mut() {
            Sent::Page(page) => Pin::new(page).poll_frame(context).map_err(|never| match never {}),
            Sent::File(_, 0) => Poll::Ready(None),
            // The preview serves one reader on this machine: reading from the disk holds up nobody else.
            Sent::File(content, left) => {
                let mut piece = Vec::new();
                let read = content.by_ref().take(PIECE.min(*left)).read_to_end(&mut piece);
                Poll::Ready(Some(read.and_then(|length| {
                    if length == 0 {
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                    *left -= length as u64;
                    Ok(Frame::data(Bytes::from(piece)))
                })))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Sent::Page(page) => page.is_end_stream(),
            Sent::File(_, left) => *left == 0,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Sent::Page(page) => page.size_hint(),
            Sent::File(_, left) => SizeHint::with_exact(*left),
        }
    }
}

/// The one range that a request asks for of a file of this size (RFC 9110 §14.2), as first byte and length. None where it
/// asks for no range or for several, which may be answered with the whole; an error where nothing of it is there.
pub(super) fn range_of(asked: Option<&str>, size: u64) -> Result<Option<(u64, u64)>, ()> {
    let Some((first, last)) = asked.and_then(|asked| asked.strip_prefix("bytes=")).and_then(|range| range.split_once('-')) else {
        return Ok(None);
    };
    let (start, end) = match (first.parse::<u64>(), last.parse::<u64>()) {
        (Ok(first), Ok(last)) if first <= last => (first, last.min(size.saturating_sub(1))),
        (Ok(first), Err(_)) if last.is_empty() => (first, size.saturating_sub(1)),
        // The last so many bytes.
        (Err(_), Ok(count)) if first.is_empty() => (size.saturating_sub(count), size.saturating_sub(1)),
        _ => return Ok(None),
    };
    if start >= size || (first.is_empty() && last == "0") { Err(()) } else { Ok(Some((start, end - start + 1))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_cut_at_the_end_of_the_file() {
        for (asked, range) in [
            ("bytes=0-3", Ok(Some((0, 4)))),
            ("bytes=8-", Ok(Some((8, 2)))),
            ("bytes=8-99", Ok(Some((8, 2)))),
            ("bytes=-4", Ok(Some((6, 4)))),
            ("bytes=-99", Ok(Some((0, 10)))),
            ("bytes=10-", Err(())),
            ("bytes=-0", Err(())),
            ("bytes=3-1", Ok(None)),
            ("bytes=0-1,4-5", Ok(None)),
            ("lines=0-1", Ok(None)),
        ] {
            assert_eq!(range_of(Some(asked), 10), range, "{asked}");
        }
        assert_eq!(range_of(None, 10), Ok(None));
        assert_eq!(range_of(Some("bytes=0-"), 0), Err(()));
    }
}
