//! Protects groups whose total is printed beside their categories.

use super::complementary::Table;
use super::{Count, PublishedCategory, PublishedGroup};
use crate::tally::Group;

/// The categories and their total.
pub(super) fn protect(group: &Group, min_cell: u64) -> PublishedGroup {
    let table = table(group, min_cell);
    let categories = group.categories.iter().zip(&table.parts);
    PublishedGroup {
        kind: group.kind.clone(),
        categories: categories
            .map(|(category, count)| PublishedCategory::of(category, *count))
            .collect(),
        total: Some(table.total),
    }
}

/// The total by itself, as it is printed beside the categories.
pub(super) fn total(group: &Group, min_cell: u64) -> Count {
    table(group, min_cell).total
}

fn table(group: &Group, min_cell: u64) -> Table {
    let counts = group.categories.iter().map(|category| category.count);
    let mut table = Table::new(counts.collect(), min_cell);
    table.protect();
    table
}
