//! Disclosure control of the heat map: where enough cases lie for an area to be shaded.
//!
//! SPEC section 3: a map area whose shading would show fewer than `min_cell` cases within the
//! kernel's reach is not shaded. With d(x) for the distance from x to the `min_cell`-th nearest
//! distinct case, x may be shaded when d(x) ≤ reach. The map knows d only on the grid's nodes, but d
//! changes by no more than the distance walked; so a node counts as supported only when d is a margin
//! below the reach, and whatever point is nearer to such a node than the margin is supported for
//! certain.

/// The rule, for one map.
#[derive(Clone, Copy, Debug)]
pub(super) struct Support {
    /// Distinct cases needed; 0: no limit.
    pub(super) min_cell: usize,
    pub(super) reach_km: f64,
    /// How far a point of a shaded area can be from the nearest supported node.
    pub(super) margin_km: f64,
}

impl Support {
    /// How well a node is supported, from the distance of its `min_cell`-th nearest case, if one is
    /// within reach: positive when it may be shaded, and changing smoothly so that bands end in smooth
    /// lines. In units of the reach.
    pub(super) fn at(&self, distance_km: Option<f64>) -> f64 {
        if self.min_cell == 0 {
            return f64::INFINITY;
        }
        let distance_km = distance_km.unwrap_or(self.reach_km);
        (self.reach_km - self.margin_km - distance_km) / self.reach_km
    }
}

/// Finds the distance of the n-th nearest distinct case of a node; used again for each node.
pub(super) struct NearestCases {
    /// Squared distance per case; infinite while the case has not been offered.
    squared: Vec<f64>,
    offered: Vec<u32>,
    distances: Vec<f64>,
}

impl NearestCases {
    /// For cases numbered from 0.
    pub(super) fn of(cases: usize) -> NearestCases {
        NearestCases {
            squared: vec![f64::INFINITY; cases],
            offered: Vec::new(),
            distances: Vec::new(),
        }
    }

    /// A place of a case lies at a squared distance from the node.
    pub(super) fn offer(&mut self, case: u32, squared: f64) {
        let nearest = &mut self.squared[case as usize];
        if nearest.is_infinite() {
            self.offered.push(case);
        }
        *nearest = nearest.min(squared);
    }

    /// Distance of the `number`-th nearest of the cases offered, counted from 1, each by its nearest
    /// place; none when there are fewer. Forgets all that was offered.
    pub(super) fn take(&mut self, number: usize) -> Option<f64> {
        self.distances.clear();
        for case in self.offered.drain(..) {
            let nearest = &mut self.squared[case as usize];
            self.distances.push(*nearest);
            *nearest = f64::INFINITY;
        }
        let index = number.checked_sub(1)?;
        if index >= self.distances.len() {
            return None;
        }
        let (_, squared, _) = self.distances.select_nth_unstable_by(index, f64::total_cmp);
        Some(squared.sqrt())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_counts_once_by_its_nearest_place() {
        let mut nearest = NearestCases::of(3);
        for (case, squared) in [(2, 9.0), (0, 4.0), (2, 1.0), (2, 25.0), (1, 16.0)] {
            nearest.offer(case, squared);
        }
        assert_eq!(nearest.take(2), Some(2.0));
        assert_eq!(nearest.take(1), None, "forgotten");
        nearest.offer(0, 4.0);
        assert_eq!(nearest.take(2), None);
    }

    #[test]
    fn support_ends_one_margin_before_the_reach() {
        let support = Support {
            min_cell: 5,
            reach_km: 10.0,
            margin_km: 1.0,
        };
        assert!(support.at(Some(8.9)) > 0.0);
        assert!(support.at(Some(9.1)) < 0.0);
        assert!(support.at(None) < 0.0);
        let off = Support {
            min_cell: 0,
            ..support
        };
        assert!(off.at(None) > 0.0);
    }
}
