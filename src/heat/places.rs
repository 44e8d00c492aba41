//! The cases' places on the grid, each place once with its cases.

use std::ops::Range;

use crate::geo::Projection;
use crate::tally::CasePoint;

use super::grid::Grid;

/// A place in projected kilometres.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) x: f64,
    pub(super) y: f64,
    /// Its cases in [`Places::cases`].
    pub(super) cases: Range<usize>,
}

/// All places of a map, from west to east, so that the order of the data makes no difference.
pub(super) struct Places {
    pub(super) places: Vec<Place>,
    /// Cases by place, each once per place, numbered from 0.
    pub(super) cases: Vec<u32>,
    pub(super) distinct_cases: usize,
}

impl Places {
    /// The points that the grid holds; others, also those that are no numbers, are left out.
    pub(super) fn on(grid: &Grid, points: &[CasePoint], projection: &Projection) -> Places {
        let mut located: Vec<((f64, f64), u32)> = points
            .iter()
            .map(|point| (projection.project(point.position), point.case))
            .filter(|&(position, _)| grid.holds(position))
            .collect();
        located.sort_by(|(a, case_a), (b, case_b)| {
            let by_position = a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1));
            by_position.then(case_a.cmp(case_b))
        });
        located.dedup();
        let mut numbered: Vec<u32> = located.iter().map(|&(_, case)| case).collect();
        numbered.sort_unstable();
        numbered.dedup();
        let number = |case| numbered.partition_point(|&other| other < case) as u32;
        let mut places: Vec<Place> = Vec::new();
        for (index, &((x, y), _)) in located.iter().enumerate() {
            match places.last_mut() {
                Some(place) if (place.x, place.y) == (x, y) => place.cases.end = index + 1,
                _ => places.push(Place {
                    x,
                    y,
                    cases: index..index + 1,
                }),
            }
        }
        Places {
            places,
            cases: located.iter().map(|&(_, case)| number(case)).collect(),
            distinct_cases: numbered.len(),
        }
    }
}
