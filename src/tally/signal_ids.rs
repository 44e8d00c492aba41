//! Tells first rows from repeated ones by their signal ids, in little memory.

use std::io;

use ahash::AHashMap;

use super::paged_id::{Page, PagedId};
use super::stored_ids::StoredIds;
use crate::failure::{Failure, Outcome};
use crate::read::Limits;

/// The signal ids that were seen.
///
/// A file of numbered signals takes about a byte a row, one of random ids 25 to 80, as full as the table
/// is (`benches/peers/results.md`). Where there is room for it elsewhere, only so many are kept in memory as a limit
/// says, and of the others two or three bytes.
#[derive(Default)]
pub(super) struct SignalIds {
    /// One bit for each id of a page.
    pages: AHashMap<Page, u64>,
    /// The page of the last id, where that of the next mostly is, with bits that `pages` may lack.
    last: Option<(Page, u64)>,
    limits: Limits,
    stored: Vec<StoredIds>,
    /// Why ids couldn't be stored or found.
    failed: Option<io::Error>,
}

/// An id on a page of as many as an entry has bits.
pub(super) type SignalId = PagedId<{ u64::BITS as u64 }>;

impl SignalIds {
    pub(super) fn with(limits: Limits) -> Self {
        SignalIds {
            limits,
            ..SignalIds::default()
        }
    }

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
        let stored = self.stored_bits(id.page).unwrap_or_else(|error| {
            self.failed.get_or_insert(error);
            0
        });
        if stored & bit != 0 {
            self.last = None;
            return false;
        }
        let bits = self.pages.entry(id.page).or_default();
        let is_new = *bits & bit == 0;
        *bits |= bit;
        self.last = Some((id.page, *bits | stored));
        is_new
    }

    /// Whether all went well.
    ///
    /// # Errors
    /// When ids couldn't be stored or found: what [`Self::insert`] said since may be wrong.
    pub(super) fn check(&mut self) -> Outcome<()> {
        match self.failed.take() {
            None => Ok(()),
            Some(error) => Err(Failure::data(format!(
                "can't keep the ids of signals in a temporary file: {error}"
            ))
            .remedy(
                "make room, choose another folder for temporary files with the environment variable TMPDIR, or raise \
                 `most-ids` under [limits] in the settings file",
            )),
        }
    }

    /// Writes back what came to the last page, and makes room in memory where it is full.
    fn leave_page(&mut self) {
        if let Some((page, bits)) = self.last
            && bits.count_ones() > 1
        {
            self.pages.insert(page, bits);
        }
        if self.pages.len() >= self.limits.most_ids
            && let Some(scratch) = self.limits.scratch
            && self.failed.is_none()
        {
            let pages = self.pages.iter().map(|(page, bits)| (*page, *bits));
            let stored = scratch().and_then(|file| StoredIds::write(file, pages, self.pages.len()));
            match stored {
                Ok(stored) => {
                    self.stored.push(stored);
                    self.pages.clear();
                }
                Err(error) => self.failed = Some(error),
            }
        }
    }

    fn stored_bits(&mut self, page: Page) -> io::Result<u64> {
        let mut all = 0;
        for stored in &mut self.stored {
            all |= stored.bits(page)?;
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::io::Cursor;

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

    #[test]
    fn of_many_ids_elsewhere_each_is_found_and_no_other() {
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
        assert!(ids.pages.len() <= 1000 && ids.stored.len() == 19);
        for number in 0..20_000 {
            assert!(!ids.insert(id(number)), "{number}");
        }
        ids.check().unwrap();
    }

    #[test]
    fn what_can_not_be_stored_is_told() {
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
