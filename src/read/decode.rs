//! Turns the bytes of a file into UTF-8, whatever encoding they are in.

use std::io::{self, Chain, Cursor, Read};

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};

/// Bytes that show the encoding.
const LOOKED_AT: u64 = 1 << 16;

type Whole<R> = Chain<Cursor<Vec<u8>>, R>;

/// A source as UTF-8 text.
pub(super) enum Decoded<R> {
    /// Already UTF-8, or so it says: bytes pass unchanged.
    Plain(Whole<R>),
    Transcoded(Box<DecodeReaderBytes<Whole<R>, Vec<u8>>>),
}

impl<R: Read> Decoded<R> {
    /// The encoding is the declared one; or UTF-16, if the file shows it by its byte order mark or by a zero in every
    /// other byte; otherwise UTF-8. Windows-1252 can't be distinguished from damaged UTF-8, so a mapping has to
    /// declare it.
    ///
    /// # Errors
    /// If the source can't be read.
    pub(super) fn new(mut source: R, declared: Option<&'static Encoding>) -> io::Result<Self> {
        let mut start = Vec::new();
        source.by_ref().take(LOOKED_AT).read_to_end(&mut start)?;
        let encoding = utf_16(&start).or(declared).unwrap_or(UTF_8);
        let whole = Cursor::new(start).chain(source);
        if encoding == UTF_8 {
            return Ok(Decoded::Plain(whole));
        }
        Ok(Decoded::Transcoded(Box::new(
            DecodeReaderBytesBuilder::new()
                .encoding(Some(encoding))
                .bom_override(true)
                .build(whole),
        )))
    }

    /// Whether what can't be decoded has become U+FFFD.
    pub(super) fn is_transcoded(&self) -> bool {
        matches!(self, Decoded::Transcoded(_))
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Decoded::Plain(source) => source.read(buffer),
            Decoded::Transcoded(source) => read_full(source, buffer),
        }
    }
}

/// Reads until the buffer is full or the source ends. A decoder returns what it has up to the next letter beyond
/// ASCII, but the first bytes that are read must show what separates fields.
fn read_full(source: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut read = 0;
    while read < buffer.len() {
        match source.read(&mut buffer[read..]) {
            Ok(0) => break,
            Ok(count) => read += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(read)
}

/// UTF-16, if the start of a file shows it. Western text in UTF-16 has a zero in every other byte.
pub fn utf_16(start: &[u8]) -> Option<&'static Encoding> {
    match start {
        [0xff, 0xfe, ..] => return Some(UTF_16LE),
        [0xfe, 0xff, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let pairs = start.chunks_exact(2);
    let count = pairs.len();
    let zeros = |at: usize| pairs.clone().filter(|pair| pair[at] == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    // A quarter leaves room for names in other scripts; plain text has no zeros at all.
    if count >= 4 && second > first && second * 4 > count * 3 {
        Some(UTF_16LE)
    } else if count >= 4 && first * 4 > count * 3 {
        Some(UTF_16BE)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "signal_id,state\n1,Doña Ana\n";

    fn decode(bytes: &[u8], declared: Option<&'static Encoding>) -> Vec<u8> {
        let mut text = Vec::new();
        let mut decoded = Decoded::new(bytes, declared).unwrap();
        decoded.read_to_end(&mut text).unwrap();
        text
    }

    fn utf_16_bytes(mark: bool, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        let mark = mark.then_some(0xfeff);
        mark.into_iter()
            .chain(TEXT.encode_utf16())
            .flat_map(to_bytes)
            .collect()
    }

    #[test]
    fn utf_16_is_recognized_by_its_mark_and_by_its_zeros() {
        for mark in [true, false] {
            for bytes in [
                utf_16_bytes(mark, u16::to_le_bytes),
                utf_16_bytes(mark, u16::to_be_bytes),
            ] {
                assert_eq!(decode(&bytes, None), TEXT.as_bytes());
                assert_eq!(
                    decode(&bytes, Some(encoding_rs::WINDOWS_1252)),
                    TEXT.as_bytes(),
                    "the file knows better than a mapping made for others"
                );
            }
        }
    }

    #[test]
    fn windows_1252_must_be_declared() {
        let bytes = TEXT.chars().map(|c| c as u8).collect::<Vec<u8>>();
        assert_eq!(
            decode(&bytes, Some(encoding_rs::WINDOWS_1252)),
            TEXT.as_bytes()
        );
        assert_eq!(decode(&bytes, None), bytes);
        assert_eq!(decode(TEXT.as_bytes(), None), TEXT.as_bytes());
    }
}
