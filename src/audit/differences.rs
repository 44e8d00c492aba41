//! What is known about sums of one kind of number over stretches of time.
//!
//! The counts of consecutive stretches are 0 or more. What is known about them are lower and upper bounds on sums
//! over runs of stretches. With running totals as variables, each of these bounds the difference of two of them, and
//! the shortest paths in the graph of bounds are the tightest bounds that follow. They are exact: every whole number
//! between the two bounds of a run is its sum in some counts that meet all bounds, and such counts exist if the graph
//! has no negative cycle. (Difference constraints; their matrix is totally unimodular.)

use super::sheet::ANY;

/// The tightest bounds of all runs.
#[derive(Clone, Debug)]
pub(super) struct Differences {
    points: usize,
    /// How far total `j` can be above total `i`, at `i * points + j`.
    most: Vec<i64>,
}

/// The effect of adding a bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tightened {
    Same,
    Narrower,
    /// Nothing meets all bounds.
    Empty,
}

impl Differences {
    /// Nothing is known except that all these stretches together have at most `cap`.
    pub(super) fn new(stretches: usize, cap: i64) -> Self {
        let points = stretches + 1;
        let most = (0..points * points)
            .map(|at| if at / points < at % points { cap } else { 0 })
            .collect();
        Differences { points, most }
    }

    /// The most that the stretches from `i` (included) to `j` (excluded) can have.
    pub(super) fn hi(&self, i: usize, j: usize) -> i64 {
        self.most[i * self.points + j]
    }

    /// The least that they can have.
    pub(super) fn lo(&self, i: usize, j: usize) -> i64 {
        -self.most[j * self.points + i]
    }

    pub(super) fn at_most(&mut self, i: usize, j: usize, hi: i64) -> Tightened {
        self.bound(i, j, hi)
    }

    pub(super) fn at_least(&mut self, i: usize, j: usize, lo: i64) -> Tightened {
        self.bound(j, i, -lo)
    }

    fn bound(&mut self, i: usize, j: usize, bound: i64) -> Tightened {
        let points = self.points;
        if bound >= self.most[i * points + j] {
            return Tightened::Same;
        }
        if self.most[j * points + i] + bound < 0 {
            return Tightened::Empty;
        }
        for from in 0..points {
            let start = self.most[from * points + i] + bound;
            for to in 0..points {
                let through = start + self.most[j * points + to];
                let most = &mut self.most[from * points + to];
                *most = through.min(*most).min(ANY);
            }
        }
        Tightened::Narrower
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_follow_from_one_another() {
        let mut of = Differences::new(3, 1000);
        assert_eq!(of.at_most(0, 2, 54), Tightened::Narrower);
        of.at_least(0, 2, 54);
        of.at_most(1, 3, 64);
        of.at_least(1, 3, 64);
        of.at_most(2, 3, 20);
        of.at_least(2, 3, 20);
        assert_eq!((of.lo(0, 1), of.hi(0, 1)), (10, 10));
        assert_eq!(of.at_most(1, 2, 44), Tightened::Same);
        assert_eq!(of.at_most(1, 2, 43), Tightened::Empty);
    }
}
