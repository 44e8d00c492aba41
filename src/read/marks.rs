//! Finds the bytes that may divide a text into fields, many at a time.

/// Bytes that are processed at once.
pub(super) const STRIDE: usize = u64::BITS as usize;

/// Which bytes of a text from `from` on are a delimiter, a quotation mark or a line end: one bit for each of
/// [`STRIDE`] bytes, the lowest for the first. After the text, there are none.
#[inline]
pub(super) fn marks(text: &[u8], from: usize, delimiter: u8) -> u64 {
    let rest = text.get(from..).unwrap_or_default();
    if let Some(bytes) = rest.first_chunk() {
        return marks_of(bytes, delimiter);
    }
    let mut bytes = [0; STRIDE];
    bytes[..rest.len()].copy_from_slice(rest);
    marks_of(&bytes, delimiter) & ((1 << rest.len()) - 1)
}

#[inline]
fn marks_of(bytes: &[u8; STRIDE], delimiter: u8) -> u64 {
    // Compilers turn this loop into a few vector instructions.
    let is_mark = bytes.map(|byte| {
        let is_mark = (byte == delimiter) | (byte == b'"') | (byte == b'\n') | (byte == b'\r');
        u8::from(is_mark)
    });
    let (eights, _) = is_mark.as_chunks();
    eights.iter().rev().fold(0, |marks, eight| {
        // For eight bytes that are 0 or 1, the highest byte of the product has a bit for each: byte i, which is at
        // bit 8i, moves to bit 56 + i, and no other sum reaches that far.
        let bits = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        marks << 8 | bits
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn each_mark_has_its_bit(
            text in proptest::collection::vec(proptest::sample::select(&b"ab;,\"\n\r\0"[..]), 0..150),
            from in 0_usize..160,
        ) {
            let found = marks(&text, from, b';');
            for (bit, at) in (from..from + STRIDE).enumerate() {
                let is_mark = text.get(at).is_some_and(|byte| b";\"\n\r".contains(byte));
                prop_assert_eq!(found >> bit & 1 == 1, is_mark, "at {}", at);
            }
        }
    }
}
