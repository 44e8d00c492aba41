//! Distinguishes first rows from repeated ones by their signal ids, in little memory.

use super::paged_id::{Page, PagedId};
use super::pages::Pages;
use super::stored_pages::Known;
use crate::failure::Outcome;
use crate::read::Limits;

/// The signal ids that were seen.
///
/// A file of numbered signals takes about a byte per row, one with random ids 25 to 80, depending on how full the
/// table is (`benches/peers/results.md`).
#[derive(Default)]
pub(super) struct SignalIds {
    /// One bit for each id on a page.
    pages: Pages<u64>,
    /// The page of the last id, which usually also has the next one, with bits that `pages` may not have yet.
    last: Option<(Page, u64)>,
}

/// An id on a page with as many ids as an entry has bits.
pub(super) type SignalId = PagedId<{ u64::BITS as u64 }>;

impl SignalIds {
    pub(super) fn with(limits: Limits) -> Self {
        SignalIds {
            pages: Pages::with(limits),
            last: None,
        }
    }

    /// Adds an id; `false` if it was already there.
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
        let stored = self.pages.elsewhere(id.page);
        if stored & bit != 0 {
            self.last = None;
            return false;
        }
        let bits = self.pages.here().entry(id.page).or_default();
        let is_new = *bits & bit == 0;
        *bits |= bit;
        self.last = Some((id.page, *bits | stored));
        is_new
    }

    /// Whether all went well.
    ///
    /// # Errors
    /// If ids couldn't be stored or found: what [`Self::insert`] has returned since may be wrong.
    pub(super) fn check(&self) -> Outcome<()> {
        self.pages.check()
    }

    /// Writes back what was added to the last page, and makes room in memory if it is full.
    fn leave_page(&mut self) {
        if let Some((page, bits)) = self.last
            && bits.count_ones() > 1
        {
            self.pages.here().insert(page, bits);
        }
        self.pages.make_room();
    }
}

/// A bit for each id that was seen.
impl Known for u64 {
    const BYTES: usize = 8;

    fn write(self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.to_le_bytes());
    }

    fn read(bytes: &[u8]) -> u64 {
        let bytes = bytes.iter().rev();
        bytes.fold(0, |number, byte| number << 8 | u64::from(*byte))
    }

    fn with(self, other: u64) -> u64 {
        self | other
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::io::{self, Cursor};

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
        assert_eq!(ids.pages.sizes(), (100, 0));
        assert!(!ids.insert(pager.id(b"S000639")));
    }

    #[test]
    fn exactly_the_stored_ids_are_found() {
        let pager = Pager::new();
        let mut ids = SignalIds::with(Limits {
            most_ids: 1000,
            scratch: Some(|| Ok(Box::new(Cursor::new(Vec::new())))),
            ..Limits::default()
        });
        let id = |number: u64| {
            pager.id(format!("{:x}-z", number.wrapping_mul(0x9e37_79b9_7f4a_7c15)).as_bytes())
        };
        for number in 0..20_000 {
            assert!(ids.insert(id(number)), "{number}");
        }
        let (here, files) = ids.pages.sizes();
        assert!(here <= 1000 && files == 19);
        for number in 0..20_000 {
            assert!(!ids.insert(id(number)), "{number}");
        }
        ids.check().unwrap();
    }

    #[test]
    fn ids_that_cannot_be_stored_are_reported() {
        let mut ids = SignalIds::with(Limits {
            most_ids: 2,
            scratch: Some(|| Err(io::Error::other("no room"))),
            ..Limits::default()
        });
        let pager = Pager::new();
        for id in ["a", "b", "c", "d"] {
            ids.insert(pager.id(id.as_bytes()));
        }
        let message = ids.check().unwrap_err().to_string();
        assert!(
            message.contains("in a temporary file: no room"),
            "{message}"
        );
    }

    proptest! {
        #[test]
        fn an_id_is_new_exactly_once(
            given in proptest::collection::vec("[a-c]{0,2}[0-9]{0,3}|[0-9]{15,22}|[ab0-9-]{1,4}", 0..200),
            most_ids in 1_usize..100,
        ) {
            let pager = Pager::new();
            let mut ids = SignalIds::with(Limits {
                most_ids,
                scratch: Some(|| Ok(Box::new(Cursor::new(Vec::new())))),
                ..Limits::default()
            });
            let mut seen = BTreeSet::new();
            for id in given {
                let is_new = ids.insert(pager.id(id.as_bytes()));
                prop_assert_eq!(is_new, seen.insert(id));
            }
        }
    }
}
