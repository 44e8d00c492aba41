//! Which layout of a sheet suits its page and its content.

use super::format::{Columns, Format};
use crate::sheet::Shape;

/// A state is wide if its ratio of width to height is at least this.
const WIDE: f64 = 3.0;

/// What the layout of the first page depends on.
#[derive(Clone, Debug, PartialEq)]
pub struct FirstPage {
    /// Width of the map divided by its height.
    pub aspect: f64,
}

/// The shape that suits a page of the format.
pub(super) fn shape(first_page: &FirstPage, format: &Format) -> Shape {
    match (format.columns, first_page.aspect) {
        (Columns::Stacked, _) if format.paired_on.is_some() => Shape::Half,
        (Columns::Stacked, _) => Shape::Single,
        (Columns::Abreast, aspect) if aspect >= WIDE => Shape::Wide,
        _ => Shape::Compact,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Grid;

    #[test]
    fn only_a_very_wide_state_takes_the_full_width() {
        let letter = Format::on(Grid::LETTER);
        for (aspect, expected) in [
            (0.6, Shape::Compact),
            (1.6, Shape::Compact),
            (2.4, Shape::Compact),
            (3.0, Shape::Wide),
        ] {
            assert_eq!(shape(&FirstPage { aspect }, &letter), expected);
        }
        let half = letter.clone().in_pairs();
        assert_eq!(shape(&FirstPage { aspect: 3.0 }, &half), Shape::Half);
        let large = letter.in_large_print();
        assert_eq!(shape(&FirstPage { aspect: 3.0 }, &large), Shape::Single);
    }
}
