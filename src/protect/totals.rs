//! Protects groups whose total is printed beside their categories: the total is the sum of the categories
//! as they are printed.

use super::interval::Interval;
use super::{Count, PublishedCategory, PublishedGroup};
use crate::tally::Group;

/// The categories, each as printed, and their total, where the group has one.
pub(super) fn group(group: &Group, printed: &[Interval], limit: u64) -> PublishedGroup {
    let categories = group.categories.iter().zip(printed);
    let sum = printed.iter().copied().fold(Interval::ZERO, Interval::plus);
    PublishedGroup {
        kind: group.kind.clone(),
        categories: categories
            .map(|(category, printed)| PublishedCategory::of(category, printed.count(limit)))
            .collect(),
        total: group.total().map(|_| sum.count(limit)),
    }
}

/// The total of a group of signals by itself, as it is printed beside its categories.
pub(super) fn of_signals(group: &Group, limit: u64) -> Count {
    let categories = group.categories.iter();
    let printed = categories.map(|category| Interval::of(category.count, limit));
    printed.fold(Interval::ZERO, Interval::plus).count(limit)
}
