//! The distinct places of each case.

use std::num::NonZeroU32;

use ahash::AHashMap;

use super::places::{Found, Point};
use crate::jurisdiction::Jurisdiction;

/// A place of a case.
#[derive(Clone, Copy)]
pub(super) struct CasePlace {
    pub case: u32,
    pub state: Jurisdiction,
    pub point: Point,
    /// Whether its name vouches for its being in the state.
    pub is_vouched: bool,
    next: Link,
}

/// The distinct places of all cases. Those of a case are linked: following a few links is faster than
/// asking a table of all, because the places of a case mostly come soon one after the other.
#[derive(Default)]
pub(super) struct CasePlaces {
    all: Vec<CasePlace>,
    /// Indexes of the places of cases that have too many to follow, without their first ones.
    unlinked: AHashMap<(u32, Jurisdiction, Point), u32>,
}

/// A place among all, by its index plus one.
#[derive(Clone, Copy, Default)]
pub(super) struct Link(Option<NonZeroU32>);

/// Places that are linked of a case.
const MOST_LINKED: usize = 8;

impl CasePlaces {
    /// Adds a place of a case, whose places begin at `first`, unless it has it.
    pub(super) fn add(&mut self, case: u32, first: &mut Link, state: Jurisdiction, found: Found) {
        let point = found.point();
        let mut link = *first;
        let mut last = None;
        let mut linked = 0;
        while let Some(index) = link.index() {
            let place = &mut self.all[index];
            if place.state == state && place.point == point {
                place.is_vouched |= found.is_vouched();
                return;
            }
            link = place.next;
            last = Some(index);
            linked += 1;
        }
        let new = self.all.len();
        if linked < MOST_LINKED {
            let end = match last {
                Some(last) => &mut self.all[last].next,
                None => first,
            };
            *end = Link::to(new);
        } else {
            let known = self.unlinked.entry((case, state, point));
            let index = *known.or_insert(new as u32) as usize;
            if index < new {
                self.all[index].is_vouched |= found.is_vouched();
                return;
            }
        }
        self.all.push(CasePlace {
            case,
            state,
            point,
            is_vouched: found.is_vouched(),
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
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::geo::LonLat;

    proptest! {
        #[test]
        fn each_place_of_a_case_is_there_once_and_vouched_for_once_it_was(
            added in proptest::collection::vec((0_u32..3, 0_usize..2, 0_u32..15, any::<bool>()), 0..120)
        ) {
            let mut places = CasePlaces::default();
            let mut firsts = [Link::default(); 3];
            let mut expected = BTreeMap::new();
            for (case, state, place, is_named) in added {
                let state = Jurisdiction::from_index(state);
                let point = Point::nearest(LonLat {
                    longitude: f64::from(place),
                    latitude: 0.0,
                });
                let found = match is_named {
                    true => Found::Named(point),
                    false => Found::Given(point),
                };
                places.add(case, &mut firsts[case as usize], state, found);
                *expected.entry((case, state, point)).or_insert(false) |= is_named;
            }
            let found: BTreeMap<_, _> = places
                .iter()
                .map(|place| ((place.case, place.state, place.point), place.is_vouched))
                .collect();
            prop_assert_eq!(places.all.len(), found.len());
            prop_assert_eq!(found, expected);
        }
    }
}
