//! Ids as numbers, so that consecutive ids are together.
//!
//! Most hotlines number their signals and cases. Ids that differ only in the last part of the number at their end are
//! on one page, which takes one entry in a table instead of one for each id.

use std::hash::{Hash, Hasher};

use ahash::RandomState;

/// An id, on a page of `SIZE`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PagedId<const SIZE: u64> {
    pub page: Page,
    /// Position of the id on its page, from 0.
    pub place: u8,
}

/// What the ids on a page have in common: the text before the number, the number of its digits (because 7 and 07 are
/// two ids), and the number divided by the size of the page.
///
/// A short text is stored itself; otherwise, a hash of 120 bits, which two of ten million ids share with a
/// probability of 1 in 10^22.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Page(u64, u64);

/// Makes pages that can be compared.
#[derive(Clone)]
pub(super) struct Pager(RandomState, RandomState);

/// Digits of a number that surely fits 64 bits.
const MOST_DIGITS: usize = 18;
/// Bytes of a text that fit in a number with room for one more byte.
const SHORT: usize = 7;
/// The highest byte of a page with a long text: no other page has it.
const IS_HASHED: u64 = 0xff << 56;

const _: () = assert!((SHORT + 1) * (MOST_DIGITS + 1) < 0xff);

impl Pager {
    pub(super) fn new() -> Self {
        Pager(
            RandomState::with_seeds(1, 2, 3, 4),
            RandomState::with_seeds(5, 6, 7, 8),
        )
    }

    /// From the bytes of an id. Different ids differ in page or position.
    pub(super) fn id<const SIZE: u64>(&self, id: &[u8]) -> PagedId<SIZE> {
        let (mut digits, mut number, mut unit) = (0, 0, 1);
        for byte in id.iter().rev().take(MOST_DIGITS) {
            let digit = byte.wrapping_sub(b'0');
            if digit > 9 {
                break;
            }
            number += u64::from(digit) * unit;
            unit *= 10;
            digits += 1;
        }
        let text = &id[..id.len() - digits];
        let page = number / SIZE;
        PagedId {
            page: self.page(text, digits, page),
            place: (number % SIZE) as u8,
        }
    }

    fn page(&self, text: &[u8], digits: usize, page: u64) -> Page {
        if text.len() > SHORT {
            let page = (text, digits, page);
            return Page(self.0.hash_one(page) | IS_HASHED, self.1.hash_one(page));
        }
        let lengths = (text.len() * (MOST_DIGITS + 1) + digits) as u64;
        let bytes = text.iter();
        let common = bytes.fold(lengths, |common, byte| common << 8 | u64::from(*byte));
        // The highest bytes move there whatever the length of the text.
        Page(common << (8 * (SHORT - text.len())), page)
    }
}

impl Page {
    /// The bytes of the two numbers that it is.
    pub(super) fn bytes(self) -> [u8; 16] {
        (u128::from(self.0) << 64 | u128::from(self.1)).to_le_bytes()
    }

    /// A number with bits that all depend on the whole page.
    pub(super) fn mixed(self) -> u64 {
        let mix = |number: u64| {
            let number = (number ^ number >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let number = (number ^ number >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
            number ^ number >> 31
        };
        mix(mix(self.0) ^ self.1)
    }
}

impl Hash for Page {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u128(u128::from(self.0) << 64 | u128::from(self.1));
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_that_follow_one_another_share_pages() {
        let pager = Pager::new();
        let id = |id: &str| pager.id::<8>(id.as_bytes());
        assert_eq!(id("S000640").page, id("S000647").page);
        assert_eq!((id("S000640").place, id("S000647").place), (0, 7));
        for other in [
            "S000648", "S0000640", "S640", "T000640", "S000640a", "S", "",
        ] {
            assert_ne!(id("S000640").page, id(other).page, "{other}");
        }
        let long = "a-long-text-before-";
        assert_eq!(id(&format!("{long}16")).page, id(&format!("{long}23")).page);
        assert_ne!(id(&format!("{long}16")).page, id(&format!("{long}24")).page);
    }

    proptest! {
        #[test]
        fn different_ids_differ(
            given in proptest::collection::vec(
                "[a-c]{0,2}[0-9]{0,3}|[0-9]{15,22}|[ab0-9-]{1,4}|[ab]{6,9}[01]{0,2}|[\0\u{ff}]{0,3}",
                0..300,
            )
        ) {
            let pager = Pager::new();
            let mut seen = BTreeMap::new();
            for text in given {
                let id = pager.id::<64>(text.as_bytes());
                let key = (id.page.0, id.page.1, id.place);
                let first = seen.entry(key).or_insert_with(|| text.clone());
                prop_assert_eq!(&*first, &text);
            }
        }
    }
}
