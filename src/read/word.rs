//! Short cells as numbers, which are compared and hashed without a loop.

use std::hash::{Hash, Hasher};
use std::ops::Range;

/// A cell of at most 32 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Its first 16 bytes, zeros behind a shorter one.
    head: u128,
    /// Its last 16 bytes; 0 for a cell that the head holds.
    tail: u128,
    length: usize,
}

const HALF: usize = 16;

/// The bits of as many bytes as the index says.
const FIRST_BYTES: [u128; HALF + 1] = {
    let mut masks = [u128::MAX; HALF + 1];
    let mut bytes = 0;
    while bytes < HALF {
        masks[bytes] = (1 << (8 * bytes)) - 1;
        bytes += 1;
    }
    masks
};

impl Hash for Word {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.folded());
    }
}

impl Word {
    /// All of it in a number, whose bits all depend on all of the word: that cells which differ fold to
    /// the same costs a comparison, and hardly happens to texts of one column.
    #[inline]
    pub(super) fn folded(&self) -> u64 {
        /// The golden ratio's fraction, whose bits are as good as random.
        const MIX: u64 = 0x9e37_79b9_7f4a_7c15;
        let folded = self.head ^ self.tail.rotate_left(37);
        let folded = folded as u64 ^ ((folded >> 64) as u64).rotate_left(29) ^ self.length as u64;
        let mixed = folded.wrapping_mul(MIX);
        mixed ^ mixed >> 32
    }

    /// Of bytes that stand alone; `None` for more than 32.
    pub(super) fn of(bytes: &[u8]) -> Option<Word> {
        Word::at(bytes, 0..bytes.len())
    }

    /// Of a part of a text. Text behind the part saves copying it.
    #[inline]
    pub(super) fn at(text: &[u8], part: Range<usize>) -> Option<Word> {
        let length = part.len();
        if length > 2 * HALF {
            return None;
        }
        if length > HALF {
            return Some(Word {
                head: load(text, part.start)?,
                tail: load(text, part.end - HALF)?,
                length,
            });
        }
        let head = match load(text, part.start) {
            Some(head) => head & FIRST_BYTES[length],
            None => {
                let mut bytes = [0; HALF];
                bytes[..length].copy_from_slice(text.get(part)?);
                u128::from_le_bytes(bytes)
            }
        };
        Some(Word {
            head,
            tail: 0,
            length,
        })
    }

    /// The bytes of the cell.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let head = self.head.to_le_bytes();
        let mut bytes = head[..self.length.min(HALF)].to_vec();
        let behind_head = self.length - bytes.len();
        bytes.extend_from_slice(&self.tail.to_le_bytes()[HALF - behind_head.min(HALF)..]);
        bytes
    }
}

#[inline]
fn load(text: &[u8], at: usize) -> Option<u128> {
    let bytes = text.get(at..at + HALF)?;
    Some(u128::from_le_bytes(bytes.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_word_is_the_same_wherever_its_bytes_stand(
            bytes in proptest::collection::vec(any::<u8>(), 0..40),
            before in proptest::collection::vec(any::<u8>(), 0..20),
            behind in proptest::collection::vec(any::<u8>(), 0..40),
        ) {
            let part = before.len()..before.len() + bytes.len();
            let word = Word::at(&[&before[..], &bytes, &behind].concat(), part);
            prop_assert_eq!(word, Word::of(&bytes));
            prop_assert_eq!(word.is_some(), bytes.len() <= 32);
            if let Some(word) = word {
                prop_assert_eq!(word.bytes(), bytes);
            }
        }

        #[test]
        fn different_bytes_are_different_words(
            one in proptest::collection::vec(0_u8..2, 0..33),
            other in proptest::collection::vec(0_u8..2, 0..33),
        ) {
            prop_assert_eq!(Word::of(&one) == Word::of(&other), one == other);
        }
    }
}
