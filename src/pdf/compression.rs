//! Compresses streams. lopdf can do this, but at zlib's highest level, which takes several times as long as all
//! drawing for a file that is a few percent smaller.

use flate2::{Compress, CompressError, Compression, FlushCompress, Status};
use lopdf::{Document, Object, Stream};

/// zlib's level. Its default, 6, takes half as long again for files that are two percent smaller.
const LEVEL: u32 = 3;

/// Compresses all streams that aren't compressed yet and may be.
pub(super) fn compress(document: &mut Document) -> Result<(), CompressError> {
    let mut deflater = Compress::new(Compression::new(LEVEL), true);
    for object in document.objects.values_mut() {
        if let Object::Stream(stream) = object
            && stream.allows_compression
            && stream.dict.get(b"Filter").is_err()
        {
            deflate(stream, &mut deflater)?;
        }
    }
    Ok(())
}

fn deflate(stream: &mut Stream, deflater: &mut Compress) -> Result<(), CompressError> {
    /// The bytes that the entry for the filter takes.
    const FILTER: usize = b"/Filter/FlateDecode".len();
    let gainful = stream.content.len().saturating_sub(FILTER);
    let mut compressed = Vec::with_capacity(gainful);
    deflater.reset();
    let status = deflater.compress_vec(&stream.content, &mut compressed, FlushCompress::Finish)?;
    // If it doesn't end within this space, it is longer compressed than uncompressed.
    if status == Status::StreamEnd {
        stream.dict.set("Filter", "FlateDecode");
        // A reader that strips the line ending before `endstream` would also strip a carriage return (ISO 32000-1,
        // 7.3.8.1). Whatever follows the end of the compressed data is ignored.
        if compressed.last() == Some(&b'\r') {
            compressed.push(0);
        }
        stream.set_content(compressed);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_stream_ends_in_a_carriage_return_and_none_loses_data() {
        let mut deflater = Compress::new(Compression::new(LEVEL), true);
        let mut ends_in_zero = 0;
        for number in 0..2000 {
            let text = format!("{number} ").repeat(100);
            let mut stream = Stream::new(lopdf::Dictionary::new(), text.clone().into_bytes());
            deflate(&mut stream, &mut deflater).unwrap();
            assert_ne!(stream.content.last(), Some(&b'\r'));
            let from_end = stream.content.len() - 2;
            ends_in_zero += usize::from(stream.content[from_end..] == *b"\r\0");
            assert_eq!(stream.decompressed_content().unwrap(), text.as_bytes());
        }
        assert!(ends_in_zero > 0, "the test has met no such stream");
    }
}
