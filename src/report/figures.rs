//! Every published number with its name, so that CSV and table say the same.

use crate::protect::{Count, Published};
use crate::tally::Figure;

/// All published numbers, in the order of the catalogue.
pub(super) fn figures(published: &Published) -> Vec<(Figure, Count)> {
    let figures = published.figures().into_iter();
    figures
        .filter_map(|figure| {
            let count = published.count(&figure)?;
            Some((figure, count))
        })
        .collect()
}
