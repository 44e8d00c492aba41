//! Parts of a state that its map shows separately: distant islands, and an island where most people live.

use super::LonLat;
use crate::jurisdiction::Jurisdiction;

/// A part of a state in its own panel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Inset {
    /// Its key in the wording, as for islands.
    pub(super) key: &'static str,
    west: f64,
    east: f64,
    south: f64,
    north: f64,
    /// Its scale relative to the rest.
    pub(super) scale: f64,
    /// Whether the rest shows it too.
    pub(super) again: bool,
}

/// Written by hand. Degrees; `west` is greater than `east` across the 180th meridian.
const INSETS: &str = include_str!("../../input/geo/insets.csv");

/// The insets of a state, in order.
pub(super) fn of(state: Jurisdiction) -> Vec<Inset> {
    let rows = INSETS.lines().skip(1);
    rows.filter_map(|row| {
        let mut cells = row.split(',');
        let is_of_state = cells.next()? == state.code();
        let key = cells.next()?;
        let mut number = || cells.next()?.parse().ok();
        let inset = Inset {
            key,
            west: number()?,
            east: number()?,
            south: number()?,
            north: number()?,
            scale: number()?,
            again: cells.next()? == "yes",
        };
        is_of_state.then_some(inset)
    })
    .collect()
}

impl Inset {
    /// Whether a ring belongs to it, by one of its points: no ring crosses an inset's edge.
    pub(super) fn holds(&self, ring: &[LonLat]) -> bool {
        ring.first().is_some_and(|at| {
            let is_between = match self.west <= self.east {
                true => (self.west..=self.east).contains(&at.longitude),
                false => at.longitude >= self.west || at.longitude <= self.east,
            };
            is_between && (self.south..=self.north).contains(&at.latitude)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::Boundaries;

    #[test]
    fn every_row_is_read_and_contains_whole_islands() {
        let all: Vec<(Jurisdiction, Inset)> = Jurisdiction::all()
            .flat_map(|state| of(state).into_iter().map(move |inset| (state, inset)))
            .collect();
        assert_eq!(all.len(), INSETS.lines().skip(1).count());
        for (state, inset) in all {
            let boundaries = Boundaries::shared(state);
            let held = boundaries.outline.iter().filter(|ring| inset.holds(ring));
            let mut count = 0;
            for ring in held {
                count += 1;
                let points = ring.iter().map(std::slice::from_ref);
                assert!(
                    points.into_iter().all(|point| inset.holds(point)),
                    "{state}"
                );
            }
            assert!(count > 0 && count < boundaries.outline.len(), "{state}");
        }
    }
}
