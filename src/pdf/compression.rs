//! Compresses streams. lopdf does, too, but at zlib's highest level, which takes several times as long as
//! all drawing for a file that is two percent smaller.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Document, Object, Stream};

/// Compresses all streams that are not compressed yet and may be.
pub(super) fn compress(document: &mut Document) -> io::Result<()> {
    for object in document.objects.values_mut() {
        if let Object::Stream(stream) = object
            && stream.allows_compression
            && stream.dict.get(b"Filter").is_err()
        {
            deflate(stream)?;
        }
    }
    Ok(())
}

fn deflate(stream: &mut Stream) -> io::Result<()> {
    /// What the entry that names the filter takes.
    const FILTER: usize = b"/Filter/FlateDecode".len();
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(&stream.content)?;
    let compressed = encoder.finish()?;
    if compressed.len() + FILTER < stream.content.len() {
        stream.dict.set("Filter", "FlateDecode");
        stream.set_content(compressed);
    }
    Ok(())
}
