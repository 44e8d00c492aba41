//! Cases: what several signals say about one, as far as statistics need it.

use chrono::NaiveDate;

use super::attributes::Attributes;
use super::case_places::Link;
use super::ledger::LatestRows;
use super::paged_id::{Page, PagedId};
use super::pages::Pages;
use super::stored_pages::Known;
use crate::area::StateSet;
use crate::failure::Outcome;
use crate::read::Limits;

/// One case: its date and the union of its signals' attributes (docs/counting.md).
#[derive(Clone, Copy, Default)]
pub(super) struct Case {
    /// Day of its earliest substantive signal; `None` as long as it has none, so that it isn't a case yet.
    pub date: Option<NaiveDate>,
    pub states: StateSet,
    pub attributes: Attributes,
    pub rows: LatestRows,
    /// Its places on the map.
    pub first_place: Link,
}

/// All cases, numbered from 0 in order of appearance.
#[derive(Default)]
pub(super) struct Cases {
    pages: Pages<Numbers>,
    /// The page that was requested last, which usually also has the next case.
    last: Option<(Page, Numbers)>,
    all: Vec<Case>,
}

/// For each id on a page, the number of its case plus one; 0 if there is none.
type Numbers = [u32; PAGE];

/// Ids on a page: enough for numbered cases to be together, because their signals come soon after each other; few
/// enough for a page to cost little if ids are random.
const PAGE: usize = 8;

/// The id of a case.
pub(super) type CaseId = PagedId<{ PAGE as u64 }>;

impl Cases {
    /// No cases yet; memory will keep at most as many ids as the limits say.
    pub(super) fn with(limits: Limits) -> Self {
        Cases {
            pages: Pages::with(limits),
            ..Cases::default()
        }
    }

    /// The number of the case with an id, which may be new.
    pub(super) fn number(&mut self, id: CaseId) -> u32 {
        let place = usize::from(id.place);
        if let Some((last, page)) = &self.last
            && *last == id.page
            && let Some(number) = page[place].checked_sub(1)
        {
            return number;
        }
        self.pages.make_room();
        if self.pages.are_elsewhere() {
            let page = self.pages.all(id.page);
            if let Some(number) = page[place].checked_sub(1) {
                self.last = Some((id.page, page));
                return number;
            }
        }
        let page = self.pages.here().entry(id.page).or_default();
        let number = &mut page[place];
        if *number == 0 {
            self.all.push(Case::default());
            *number = self.all.len() as u32;
        }
        self.last = Some((id.page, *page));
        page[place] - 1
    }

    /// The number of a case that a signal has mentioned.
    pub(super) fn find(&self, id: CaseId) -> Option<u32> {
        self.pages.all(id.page)[usize::from(id.place)].checked_sub(1)
    }

    /// Whether all went well.
    ///
    /// # Errors
    /// If ids couldn't be stored or found: what [`Self::number`] and [`Self::find`] have returned since may be wrong.
    pub(super) fn check(&self) -> Outcome<()> {
        self.pages.check()
    }

    pub(super) fn get(&self, number: u32) -> &Case {
        &self.all[number as usize]
    }

    pub(super) fn get_mut(&mut self, number: u32) -> &mut Case {
        &mut self.all[number as usize]
    }

    /// The number of cases that signals have mentioned.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// All cases that signals have mentioned, with their numbers.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, &Case)> {
        (0..).zip(&self.all)
    }

    /// Those with a substantive signal, with number and date.
    pub(super) fn made(&self) -> impl Iterator<Item = (u32, NaiveDate, &Case)> {
        self.iter()
            .filter_map(|(number, case)| Some((number, case.date?, case)))
    }
}

/// Each case is in one file, or in memory.
impl Known for Numbers {
    const BYTES: usize = 4 * PAGE;

    fn write(self, out: &mut Vec<u8>) {
        for number in self {
            out.extend_from_slice(&number.to_le_bytes());
        }
    }

    fn read(bytes: &[u8]) -> Numbers {
        let mut page = Numbers::default();
        let (numbers, _) = bytes.as_chunks();
        for (number, bytes) in page.iter_mut().zip(numbers) {
            *number = u32::from_le_bytes(*bytes);
        }
        page
    }

    fn with(self, other: Numbers) -> Numbers {
        let mut page = self;
        for (number, other) in page.iter_mut().zip(other) {
            *number |= other;
        }
        page
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::io::{self, Cursor};

    use proptest::prelude::*;

    use super::super::paged_id::Pager;
    use super::*;

    fn limited(most_ids: usize) -> Cases {
        Cases::with(Limits {
            most_ids,
            scratch: Some(|| Ok(Box::new(Cursor::new(Vec::new())))),
            ..Limits::default()
        })
    }

    #[test]
    fn each_stored_case_keeps_its_number() {
        let pager = Pager::new();
        let mut cases = limited(500);
        let id =
            |number: u32| pager.id(format!("{:x}-z", number.wrapping_mul(0x9e37_79b9)).as_bytes());
        for number in 0..10_000 {
            assert_eq!(cases.number(id(number)), number);
            // A case that was mentioned before, usually in a file.
            assert_eq!(cases.number(id(number / 3)), number / 3);
        }
        let (here, files) = cases.pages.sizes();
        assert!(here <= 500 && files >= 19, "{here} and {files}");
        assert!((0..10_000).all(|number| cases.find(id(number)) == Some(number)));
        assert_eq!(cases.find(id(10_000)), None);
        cases.check().unwrap();
    }

    #[test]
    fn ids_that_cannot_be_stored_are_reported() {
        let mut cases = Cases::with(Limits {
            most_ids: 2,
            scratch: Some(|| Err(io::Error::other("no room"))),
            ..Limits::default()
        });
        let pager = Pager::new();
        for id in ["a", "b", "c", "d"] {
            cases.number(pager.id(id.as_bytes()));
        }
        let message = cases.check().unwrap_err().to_string();
        assert!(
            message.contains("in a temporary file: no room"),
            "{message}"
        );
    }

    proptest! {
        #[test]
        fn each_id_has_one_number(
            given in proptest::collection::vec("[a-c]{0,2}[0-9]{0,3}|[0-9]{15,22}|[ab0-9-]{1,4}", 0..200),
            most_ids in 1_usize..60,
        ) {
            let pager = Pager::new();
            let mut cases = limited(most_ids);
            let mut expected = BTreeMap::new();
            for id in &given {
                let next = expected.len() as u32;
                let number = *expected.entry(id).or_insert(next);
                prop_assert_eq!(cases.number(pager.id(id.as_bytes())), number);
            }
            for (id, number) in expected {
                prop_assert_eq!(cases.find(pager.id(id.as_bytes())), Some(number));
            }
        }
    }
}
