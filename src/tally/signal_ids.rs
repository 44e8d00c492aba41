//! Tells first rows from repeated ones by their signal ids, in little memory.

use ahash::AHashMap;

use super::fingerprint::{Fingerprint, Fingerprinter};

/// The signal ids that were seen.
///
/// Most hotlines number their signals, so ids that differ only in the last 64 of a number share one
/// entry: a file of numbered signals takes about a byte a row, one of random ids 25 to 80, as full as the
/// table is (`benches/peers/results.md`).
#[derive(Default)]
pub(super) struct SignalIds {
    /// One bit for each id of a page.
    pages: AHashMap<Fingerprint, u64>,
}

/// An id, as far as [`SignalIds`] needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SignalId {
    page: Fingerprint,
    /// Place of the id on its page.
    bit: u8,
}

/// Ids of a page, because as many bits are in an entry.
const PAGE: u64 = u64::BITS as u64;
/// Digits of a number that surely fits 64 bits.
const MOST_DIGITS: usize = 18;

impl SignalId {
    /// Of the bytes of an id. Different ids differ in page or bit, as surely as fingerprints do.
    pub(super) fn of(id: &[u8], fingerprinter: &Fingerprinter) -> SignalId {
        let digits = id.iter().rev().take(MOST_DIGITS);
        let digits = digits.take_while(|byte| byte.is_ascii_digit()).count();
        let (prefix, number) = id.split_at(id.len() - digits);
        let number = number
            .iter()
            .fold(0, |number, digit| number * 10 + u64::from(digit - b'0'));
        SignalId {
            // With the number of digits, because 7 and 07 are two ids.
            page: fingerprinter.of_page(prefix, digits, number / PAGE),
            bit: (number % PAGE) as u8,
        }
    }
}

impl SignalIds {
    /// Takes an id in; `false` when it was there.
    pub(super) fn insert(&mut self, id: SignalId) -> bool {
        let page = self.pages.entry(id.page).or_default();
        let bit = 1 << id.bit;
        let is_new = *page & bit == 0;
        *page |= bit;
        is_new
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_share_pages_and_other_ids_have_their_own() {
        let fingerprinter = Fingerprinter::new();
        let mut ids = SignalIds::default();
        for number in 0..6400 {
            assert!(ids.insert(SignalId::of(
                format!("S{number:06}").as_bytes(),
                &fingerprinter
            )));
        }
        assert_eq!(ids.pages.len(), 100);
        assert!(!ids.insert(SignalId::of(b"S000639", &fingerprinter)));
        for other in ["S0000639", "S639", "T000639", "000639", "S000639a", "S"] {
            assert!(
                ids.insert(SignalId::of(other.as_bytes(), &fingerprinter)),
                "{other}"
            );
        }
    }

    proptest! {
        #[test]
        fn an_id_is_new_exactly_once(
            given in proptest::collection::vec("[a-c]{0,2}[0-9]{0,3}|[0-9]{15,22}|[ab0-9-]{1,4}", 0..200)
        ) {
            let fingerprinter = Fingerprinter::new();
            let mut ids = SignalIds::default();
            let mut seen = BTreeSet::new();
            for id in given {
                let is_new = ids.insert(SignalId::of(id.as_bytes(), &fingerprinter));
                prop_assert_eq!(is_new, seen.insert(id));
            }
        }
    }
}
