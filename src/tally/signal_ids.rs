//! Tells first rows from repeated ones by their signal ids, in little memory.

use ahash::AHashMap;

use super::paged_id::{Page, PagedId};

/// The signal ids that were seen.
///
/// A file of numbered signals takes about a byte a row, one of random ids 25 to 80, as full as the table
/// is (`benches/peers/results.md`).
#[derive(Default)]
pub(super) struct SignalIds {
    /// One bit for each id of a page.
    pages: AHashMap<Page, u64>,
    /// The page of the last id, where that of the next mostly is, with bits that `pages` may lack.
    last: Option<(Page, u64)>,
}

/// An id on a page of as many as an entry has bits.
pub(super) type SignalId = PagedId<{ u64::BITS as u64 }>;

impl SignalIds {
    /// Takes an id in; `false` when it was there.
    pub(super) fn insert(&mut self, id: SignalId) -> bool {
        let bit = 1 << id.place;
        if let Some((page, bits)) = &mut self.last
            && *page == id.page
        {
            let is_new = *bits & bit == 0;
            *bits |= bit;
            return is_new;
        }
        self.leave_page();
        let bits = self.pages.entry(id.page).or_default();
        let is_new = *bits & bit == 0;
        *bits |= bit;
        self.last = Some((id.page, *bits));
        is_new
    }

    /// Writes back what came to the last page.
    fn leave_page(&mut self) {
        if let Some((page, bits)) = self.last
            && bits.count_ones() > 1
        {
            self.pages.insert(page, bits);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::super::paged_id::Pager;
    use super::*;

    #[test]
    fn numbered_ids_share_entries() {
        let pager = Pager::new();
        let mut ids = SignalIds::default();
        for number in 0..6400 {
            assert!(ids.insert(pager.id(format!("S{number:06}").as_bytes())));
        }
        assert_eq!(ids.pages.len(), 100);
        assert!(!ids.insert(pager.id(b"S000639")));
    }

    proptest! {
        #[test]
        fn an_id_is_new_exactly_once(
            given in proptest::collection::vec("[a-c]{0,2}[0-9]{0,3}|[0-9]{15,22}|[ab0-9-]{1,4}", 0..200)
        ) {
            let pager = Pager::new();
            let mut ids = SignalIds::default();
            let mut seen = BTreeSet::new();
            for id in given {
                let is_new = ids.insert(pager.id(id.as_bytes()));
                prop_assert_eq!(is_new, seen.insert(id));
            }
        }
    }
}
