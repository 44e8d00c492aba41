//! Compresses streams. lopdf does, too, but at zlib's highest level, which takes several times as long as
//! all drawing for a file that is a few percent smaller.

use flate2::{Compress, CompressError, Compression, FlushCompress, Status};
use lopdf::{Document, Object, Stream};

/// zlib's level. Its usual one, 6, takes half as long again for files that are two percent smaller.
const LEVEL: u32 = 3;

/// Compresses all streams that are not compressed yet and may be.
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
    /// What the entry that names the filter takes.
    const FILTER: usize = b"/Filter/FlateDecode".len();
    let gainful = stream.content.len().saturating_sub(FILTER);
    let mut compressed = Vec::with_capacity(gainful);
    deflater.reset();
    let status = deflater.compress_vec(&stream.content, &mut compressed, FlushCompress::Finish)?;
    // What does not end within this room is longer compressed than not.
    if status == Status::StreamEnd {
        stream.dict.set("Filter", "FlateDecode");
        stream.set_content(compressed);
    }
    Ok(())
}
