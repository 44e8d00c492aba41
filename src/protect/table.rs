//! Protects tables: counts that aren't parts of each other, such as signals by type, and their total, which is the
//! sum of the counts as printed.

use super::interval::Interval;
use super::{Count, Protection, PublishedCategory, PublishedGroup};
use crate::tally::Group;

/// Counts in a table as they may be printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// In the order of the counts.
    pub counts: Vec<Count>,
    /// Their sum: a range where any of them is small.
    pub total: Count,
}

/// Protects counts that aren't parts of each other, if nothing else that is printed is a part of them or contains
/// them, except their total (docs/protection.md, rules 1 and 2).
///
/// This is for anyone who adds a table. It can't know three things, so check them before you call it:
///
/// - *Another number that contains all of these*, such as all cases of the year, must not be printed exactly next to
///   them, unless it may have other parts that aren't printed anywhere.
/// - *A table of cases in the period* is printed again by the next year's sheet, with one more year. It must not be
///   possible to work out from this what one of its counts has in the last year: counts of cases by category go
///   through `Statistics::parts`, and are protected like groups.
/// - *Cases by place* appear next to the map. Use [`counties`](super::counties()).
///
/// ```
/// use hotline_profile::protect::{Protection, table};
///
/// let table = table(&[4, 6, 20, 0], Protection::of(5)?);
/// let printed: Vec<String> = table.counts.iter().map(|count| count.to_string()).collect();
/// assert_eq!(printed, ["<5", "6", "20", "0"]);
/// assert_eq!(table.total.to_string(), "27-30");
/// # Ok::<(), hotline_profile::failure::Failure>(())
/// ```
pub fn table(counts: &[u64], protection: Protection) -> Table {
    let limit = protection.min_cell();
    let printed = each(counts.iter().copied(), limit);
    Table {
        counts: printed.iter().map(|printed| printed.count(limit)).collect(),
        total: sum(&printed).count(limit),
    }
}

/// Each count by itself as it is printed.
fn each(counts: impl Iterator<Item = u64>, limit: u64) -> Vec<Interval> {
    counts.map(|count| Interval::of(count, limit)).collect()
}

/// A total is the sum of its parts as printed.
fn sum(printed: &[Interval]) -> Interval {
    printed.iter().copied().fold(Interval::ZERO, Interval::plus)
}

/// The categories of a group, each as printed, and their total, if the group has one.
pub(super) fn group(group: &Group, printed: &[Interval], limit: u64) -> PublishedGroup {
    let categories = group.categories.iter().zip(printed);
    PublishedGroup {
        kind: group.kind.clone(),
        categories: categories
            .map(|(category, printed)| PublishedCategory::of(category, printed.count(limit)))
            .collect(),
        total: group
            .total()
            .map(|_| total(group, printed, limit).count(limit)),
    }
}

/// The total of a group's categories as they are printed; without any, a number by itself.
fn total(group: &Group, printed: &[Interval], limit: u64) -> Interval {
    match group.uncategorized {
        Some(signals) if printed.is_empty() => Interval::of(signals, limit),
        _ => sum(printed),
    }
}

/// The total of a group of signals by itself, as it is printed beside its categories, if there are any; `None` if
/// it isn't known.
pub(super) fn total_of_signals(group: &Group, limit: u64) -> Option<Count> {
    let categories = group.categories.iter();
    let printed = each(categories.map(|category| category.count), limit);
    let is_known = !printed.is_empty() || group.uncategorized.is_some();
    is_known.then(|| total(group, &printed, limit).count(limit))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Any small count could be any other small one: nothing that is printed changes.
        #[test]
        fn a_small_count_in_a_table_may_be_any_small_count(
            counts in prop::collection::vec(0..12_u64, 0..9),
            limit in 3..8_u64,
            at in any::<prop::sample::Index>(),
        ) {
            let protection = Protection::of(limit).unwrap();
            let printed = table(&counts, protection);
            let total: u64 = counts.iter().sum();
            let has_small = counts.iter().any(|count| (1..limit).contains(count));
            prop_assert!(printed.total.least() <= total);
            prop_assert_eq!(
                printed.total == Count::Shown(total),
                !has_small,
                "{:?}", printed.total
            );
            for (count, shown) in counts.iter().zip(&printed.counts) {
                let is_small = (1..limit).contains(count);
                prop_assert_eq!(shown.shown(), (!is_small).then_some(*count));
            }
            let small: Vec<usize> =
                (0..counts.len()).filter(|at| (1..limit).contains(&counts[*at])).collect();
            if !small.is_empty() {
                let at = small[at.index(small.len())];
                for value in 1..limit {
                    let mut others = counts.clone();
                    others[at] = value;
                    prop_assert_eq!(&table(&others, protection), &printed);
                }
            }
        }
    }
}
