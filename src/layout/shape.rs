//! Which arrangement of a sheet suits its page and what is on it.

use super::format::{Columns, Format};
use crate::sheet::Shape;

/// From this ratio of width to height on, a state is low, and wide.
const LOW: f64 = 1.25;
const WIDE: f64 = 2.4;

/// What the arrangement of the first page depends on.
#[derive(Clone, Debug, PartialEq)]
pub struct FirstPage {
    /// Width of the map by its height.
    pub aspect: f64,
    /// Lines of each ranking of venues, with those that name ties; rankings without any are left out.
    pub rankings: Vec<usize>,
}

/// The shape that suits a page of the format.
pub(super) fn shape(first_page: &FirstPage, format: &Format) -> Shape {
    match (format.columns, first_page.aspect) {
        (Columns::Stacked, _) => Shape::Single,
        (Columns::Abreast, aspect) if aspect >= WIDE => Shape::Wide,
        (Columns::Abreast, aspect) if aspect >= LOW && rankings_leave_room(first_page, format) => {
            Shape::Low
        }
        _ => Shape::Compact,
    }
}

/// Whether the venues can stand under the map of a state so much wider than high without making the
/// map much lower than its column is wide.
fn rankings_leave_room(first_page: &FirstPage, format: &Format) -> bool {
    /// What of a page's height map and rankings don't have: the band, the introduction, the map's heading
    /// and caption, the hotline, and the foot.
    const OTHERS: f32 = 412.0;
    /// What a ranking takes in itself, and each of its lines.
    const RANKING: f32 = 36.0;
    const LINE: f32 = 17.0;
    /// The part of its height that the map must keep.
    const KEPT: f64 = 0.85;
    let factor = format.look.scale.factor();
    let lines = |lines: &usize| RANKING + LINE * *lines as f32;
    let rankings: f32 = first_page.rankings.iter().map(lines).sum();
    let left = format.grid.height - (OTHERS + rankings) * factor;
    let map_width = format.grid.split(format.grid.measure(), &[7])[0].1;
    f64::from(left) >= KEPT * f64::from(map_width) / first_page.aspect
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Grid;

    #[test]
    fn venues_stand_under_a_low_map_where_the_page_has_room_for_both() {
        let first_page = |aspect, lines| FirstPage {
            aspect,
            rankings: vec![lines; 2],
        };
        let [letter, legal] = [Grid::LETTER, Grid::LEGAL].map(Format::on);
        assert_eq!(shape(&first_page(1.5, 5), &letter), Shape::Compact);
        assert_eq!(shape(&first_page(1.5, 2), &letter), Shape::Low);
        assert_eq!(shape(&first_page(1.5, 5), &legal), Shape::Low);
        assert_eq!(shape(&first_page(1.0, 0), &legal), Shape::Compact);
        assert_eq!(shape(&first_page(3.0, 5), &letter), Shape::Wide);
        let large = letter.in_large_print();
        assert_eq!(shape(&first_page(3.0, 5), &large), Shape::Single);
    }
}
