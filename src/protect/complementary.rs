//! Complementary suppression: where a total lets a reader subtract, a second cell is hidden too.
//!
//! A table of parts and their total is safe when no part or total that is printed as "<5" can be
//! worked out. What a reader knows of a cell is an interval: a shown number is itself; "<5" is 1 to 4;
//! a hidden part is at least the limit, because a smaller one would be printed as "<5" or 0. Since the
//! total is the sum of the parts, each interval narrows the others; for one sum of whole numbers the
//! narrowed ends are all reached, so a cell is worked out just when its ends meet. (τ-ARGUS and
//! sdcTable call this the feasibility interval of an attacker.)

use super::{Count, primary};

/// Parts and their sum, all printed side by side.
#[derive(Clone, Debug)]
pub(super) struct Table {
    exact: Vec<u64>,
    limit: u64,
    pub parts: Vec<Count>,
    pub total: Count,
    /// What a reader knows the total from elsewhere not to be less than.
    least: u64,
}

/// The whole numbers that a cell may be, both ends included.
type Interval = (u64, u64);

/// A number that no count reaches.
const ANY: u64 = u64::MAX / 4096;

impl Table {
    /// Primary suppression only; the total may itself be small.
    pub(super) fn new(exact: Vec<u64>, limit: u64) -> Self {
        Table {
            parts: exact
                .iter()
                .map(|count| primary::protect(*count, limit))
                .collect(),
            total: primary::protect(exact.iter().sum(), limit),
            least: 0,
            exact,
            limit,
        }
    }

    /// With a number that a reader knows the total not to be less than.
    pub(super) fn at_least(mut self, total: u64) -> Self {
        self.least = total;
        self
    }

    /// Hides cells until the table is safe, the fewest readers miss: the smallest shown part that
    /// makes it safe by itself; else the smallest, and so on; the total last. Zeros stay.
    pub(super) fn protect(&mut self) {
        while !self.is_safe() {
            let mut candidates: Vec<usize> = (0..self.parts.len())
                .filter(|&part| matches!(self.parts[part], Count::Shown(1..)))
                .collect();
            candidates.sort_by_key(|&part| self.exact[part]);
            let makes_safe = candidates.iter().find(|&&part| {
                let mut tried = self.clone();
                tried.parts[part] = Count::Hidden;
                tried.is_safe()
            });
            match makes_safe.or(candidates.first()) {
                Some(&part) => self.parts[part] = Count::Hidden,
                None if self.total != Count::Hidden => self.total = Count::Hidden,
                None => return,
            }
        }
    }

    /// Whether no "<5" can be worked out.
    pub(super) fn is_safe(&self) -> bool {
        let parts = self.parts.iter();
        let parts: Vec<Interval> = parts.map(|part| self.printed(*part)).collect();
        // The total may be hidden although it is small: "<5" for four parts that are 1 is 4.
        let total = match self.total {
            Count::Hidden => (1, ANY),
            total => self.printed(total),
        };
        let total = (total.0.max(self.least), total.1);
        let low_sum: u64 = parts.iter().map(|(low, _)| low).sum();
        let high_sum: u64 = parts.iter().map(|(_, high)| high).sum();
        let part_is_open = |&(low, high): &Interval| {
            let narrowed_low = low.max(total.0.saturating_sub(high_sum - high));
            let narrowed_high = high.min(total.1.saturating_sub(low_sum - low));
            narrowed_low < narrowed_high
        };
        let parts_are_safe = self
            .parts
            .iter()
            .zip(&parts)
            .all(|(part, interval)| !matches!(part, Count::Below(_)) || part_is_open(interval));
        let total_is_safe =
            !matches!(self.total, Count::Below(_)) || total.0.max(low_sum) < total.1.min(high_sum);
        parts_are_safe && total_is_safe
    }

    fn printed(&self, count: Count) -> Interval {
        match count {
            Count::Shown(number) => (number, number),
            Count::Below(limit) => (1, limit - 1),
            Count::Range { from, to } => (from, to),
            Count::Hidden => (self.limit, ANY),
        }
    }
}
