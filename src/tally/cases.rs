//! Cases: what several signals say of one, as far as statistics need it.

use ahash::AHashMap;
use chrono::NaiveDate;

use super::attributes::Attributes;
use super::case_places::Link;
use super::ledger::LatestRows;
use super::paged_id::{Page, PagedId};
use crate::area::StateSet;

/// One case: its date and the union of its signals' attributes (docs/counting.md).
#[derive(Clone, Copy, Default)]
pub(super) struct Case {
    /// Day of its earliest substantive signal; `None` while it has no such signal, and so isn't a case yet.
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
    /// Of each id of a page the number of its case plus one; 0 where there is none.
    pages: AHashMap<Page, [u32; PAGE]>,
    /// The page that was asked for last, where the next case mostly is.
    last: Option<(Page, [u32; PAGE])>,
    all: Vec<Case>,
}

/// Ids of a page: enough for cases that are numbered to lie together, because their signals come soon
/// one after the other; few enough for a page to cost little where ids are random.
const PAGE: usize = 8;

/// The id of a case.
pub(super) type CaseId = PagedId<{ PAGE as u64 }>;

impl Cases {
    /// The number of the case with an id, which may be new.
    pub(super) fn number(&mut self, id: CaseId) -> u32 {
        if let Some((last, page)) = &self.last
            && *last == id.page
            && let Some(number) = page[usize::from(id.place)].checked_sub(1)
        {
            return number;
        }
        let page = self.pages.entry(id.page).or_default();
        let number = &mut page[usize::from(id.place)];
        if *number == 0 {
            self.all.push(Case::default());
            *number = self.all.len() as u32;
        }
        self.last = Some((id.page, *page));
        page[usize::from(id.place)] - 1
    }

    /// The number of a case that a signal has named.
    pub(super) fn find(&self, id: CaseId) -> Option<u32> {
        let page = self.pages.get(&id.page)?;
        page[usize::from(id.place)].checked_sub(1)
    }

    pub(super) fn get(&self, number: u32) -> &Case {
        &self.all[number as usize]
    }

    pub(super) fn get_mut(&mut self, number: u32) -> &mut Case {
        &mut self.all[number as usize]
    }

    /// How many a signal has named.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// All that a signal has named, with their numbers.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, &Case)> {
        (0..).zip(&self.all)
    }

    /// Those that a substantive signal has made, with number and date.
    pub(super) fn made(&self) -> impl Iterator<Item = (u32, NaiveDate, &Case)> {
        self.iter()
            .filter_map(|(number, case)| Some((number, case.date?, case)))
    }
}
