//! The distinct places of each case.

use std::num::NonZeroU32;

use ahash::AHashSet;

use crate::geo::PublicPoint;

/// A place of a case.
#[derive(Clone, Copy)]
pub(super) struct CasePlace {
    pub case: u32,
    pub point: PublicPoint,
    next: Link,
}

/// The distinct places of all cases. Those of a case are linked: following a few links is faster than searching a
/// table of all, because the places of a case usually come soon after each other.
#[derive(Default)]
pub(super) struct CasePlaces {
    all: Vec<CasePlace>,
    /// The places of cases that have too many to follow, without the first ones.
    unlinked: AHashSet<(u32, PublicPoint)>,
}

/// The index of a place among all, plus one.
#[derive(Clone, Copy, Default)]
pub(super) struct Link(Option<NonZeroU32>);

/// The number of places of a case that are linked.
const MOST_LINKED: usize = 8;

impl CasePlaces {
    /// Adds a place to a case, with its places starting at `first`, unless the case already has it.
    pub(super) fn add(&mut self, case: u32, first: &mut Link, point: PublicPoint) {
        let mut link = *first;
        let mut last = None;
        let mut linked = 0;
        while let Some(index) = link.index() {
            let place = &self.all[index];
            if place.point == point {
                return;
            }
            link = place.next;
            last = Some(index);
            linked += 1;
        }
        if linked < MOST_LINKED {
            let new = Link::to(self.all.len());
            match last {
                Some(last) => self.all[last].next = new,
                None => *first = new,
            }
        } else if !self.unlinked.insert((case, point)) {
            return;
        }
        self.all.push(CasePlace {
            case,
            point,
            next: Link::default(),
        });
    }

    /// All places, in order of appearance.
    pub(super) fn iter(&self) -> impl Iterator<Item = &CasePlace> {
        self.all.iter()
    }
}

impl Link {
    fn to(index: usize) -> Link {
        Link(NonZeroU32::new(index as u32 + 1))
    }

    fn index(self) -> Option<usize> {
        self.0.map(|number| number.get() as usize - 1)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::geo::Gazetteer;
    use crate::jurisdiction::Jurisdiction;

    proptest! {
        #[test]
        fn each_place_of_a_case_is_there_once(
            added in proptest::collection::vec((0_u32..3, 0_usize..2, 0_usize..15), 0..120)
        ) {
            let mut places = CasePlaces::default();
            let mut firsts = [Link::default(); 3];
            let mut expected = BTreeSet::new();
            for (case, state, place) in added {
                let gazetteer = Gazetteer::shared(Jurisdiction::from_index(state));
                let point = gazetteer.zip(gazetteer.zip_codes()[place].code).unwrap();
                places.add(case, &mut firsts[case as usize], point);
                expected.insert((case, point));
            }
            let found: BTreeSet<_> = places.iter().map(|place| (place.case, place.point)).collect();
            prop_assert_eq!(places.all.len(), found.len());
            prop_assert_eq!(found, expected);
        }
    }
}
