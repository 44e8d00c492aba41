//! Cells as numbers, which can be compared and hashed without a loop if they are short.

use std::hash::{Hash, Hasher};
use std::ops::Range;

/// The bytes of a cell or, for a longer one, so much that few others have the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Its first 16 bytes, with zeros after a shorter one.
    head: [u64; 2],
    /// Its last 16 bytes; 0 for a cell that fits in the head.
    tail: [u64; 2],
    /// For the bytes between head and tail, a number derived from them.
    middle: u64,
    length: usize,
}

const HALF: usize = 16;

/// The bits of as many bytes as the index says.
const FIRST_BYTES: [[u64; 2]; HALF + 1] = {
    let mut masks = [[u64::MAX; 2]; HALF + 1];
    let mut bytes = 0;
    while bytes < HALF {
        let mask: u128 = (1 << (8 * bytes)) - 1;
        masks[bytes] = [mask as u64, (mask >> 64) as u64];
        bytes += 1;
    }
    masks
};

/// The fraction of the golden ratio, with bits that are as good as random.
const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

impl Hash for Word {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.folded());
    }
}

impl Word {
    /// For no bytes.
    pub(super) const EMPTY: Word = Word {
        head: [0; 2],
        tail: [0; 2],
        middle: 0,
        length: 0,
    };

    /// All of it in a number, with bits that depend on the whole word: if different cells get the same number, this
    /// costs one comparison, and it hardly ever happens with texts in one column.
    #[inline]
    pub(super) fn folded(&self) -> u64 {
        let low = self.head[0] ^ self.tail[0].rotate_left(37);
        let high = self.head[1] ^ self.tail[1].rotate_left(37);
        let folded = low ^ high.rotate_left(29) ^ self.middle ^ self.length as u64;
        let mixed = folded.wrapping_mul(MIX);
        mixed ^ mixed >> 32
    }

    /// For separate bytes.
    pub(super) fn of(bytes: &[u8]) -> Word {
        Word::at(bytes, 0..bytes.len())
    }

    /// Whether no other cell has the same word.
    #[inline]
    pub(super) fn is_all(&self) -> bool {
        self.length <= 2 * HALF
    }

    /// For a part of a text. If text follows the part, it needn't be copied.
    #[inline]
    pub(super) fn at(text: &[u8], part: Range<usize>) -> Word {
        let length = part.len();
        if length > HALF {
            return Word::of_long(text, part);
        }
        let head = match load(text, part.start) {
            Some([low, high]) => {
                let [first, second] = FIRST_BYTES[length];
                [low & first, high & second]
            }
            None => load_last(text, part),
        };
        Word {
            head,
            length,
            ..Word::EMPTY
        }
    }

    fn of_long(text: &[u8], part: Range<usize>) -> Word {
        let mut middle = 0_u64;
        let mut at = part.start + HALF;
        while at + HALF < part.end {
            let [low, high] = load(text, at).unwrap_or_default();
            let mixed = (middle ^ low).wrapping_mul(MIX) ^ high;
            middle = mixed.wrapping_mul(MIX).rotate_left(31);
            at += HALF;
        }
        Word {
            head: load(text, part.start).unwrap_or_default(),
            tail: load(text, part.end - HALF).unwrap_or_default(),
            middle,
            length: part.len(),
        }
    }

    /// The bytes of a cell with at most 15, and their number in the last byte; `None` for a longer one.
    #[inline]
    pub(super) fn short(&self) -> Option<[u64; 2]> {
        let [low, high] = self.head;
        let length = (self.length as u64) << 56;
        (self.length < HALF).then_some([low, high | length])
    }
}

#[inline]
fn load(text: &[u8], at: usize) -> Option<[u64; 2]> {
    let bytes: &[u8; HALF] = text.get(at..)?.first_chunk()?;
    let (low, high) = bytes.split_at(HALF / 2);
    Some([number(low), number(high)])
}

/// For a part at the end of a text.
#[cold]
fn load_last(text: &[u8], part: Range<usize>) -> [u64; 2] {
    let mut bytes = [0; HALF];
    let part = text.get(part).unwrap_or_default();
    bytes[..part.len()].copy_from_slice(part);
    load(&bytes, 0).unwrap_or_default()
}

#[inline]
fn number(bytes: &[u8]) -> u64 {
    bytes
        .first_chunk()
        .map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_word_does_not_depend_on_its_position(
            bytes in proptest::collection::vec(any::<u8>(), 0..40),
            before in proptest::collection::vec(any::<u8>(), 0..20),
            behind in proptest::collection::vec(any::<u8>(), 0..40),
        ) {
            let part = before.len()..before.len() + bytes.len();
            let word = Word::at(&[&before[..], &bytes, &behind].concat(), part);
            prop_assert_eq!(word, Word::of(&bytes));
            prop_assert_eq!(word.is_all(), bytes.len() <= 32);
            prop_assert_eq!(word.short().is_some(), bytes.len() < 16);
        }

        #[test]
        fn different_bytes_are_different_words(
            one in proptest::collection::vec(0_u8..2, 0..33),
            other in proptest::collection::vec(0_u8..2, 0..33),
        ) {
            prop_assert_eq!(Word::of(&one) == Word::of(&other), one == other);
            let shorts = (Word::of(&one).short(), Word::of(&other).short());
            if let (Some(one_short), Some(other_short)) = shorts {
                prop_assert_eq!(one_short == other_short, one == other);
            }
        }
    }
}
