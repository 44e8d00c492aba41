//! White space between the parts of a page.

use super::flow::Flow;
use super::grid::Grid;
use crate::look::TypeScale;
use crate::sheet::{Block, Role};

/// A map's minimum height, in points.
pub(super) const MAP_LOW: f32 = 110.0;
/// The height that a map keeps while white space gives way to it.
pub(super) const MAP_KEPT: f32 = 190.0;
/// Its minimum height if the page would run over otherwise.
pub(super) const MAP_LOWEST: f32 = 90.0;
/// A map's maximum height, in points.
const MAP_HIGHEST: f32 = 292.0;
/// How much higher a map may be in larger type.
const LARGER_MAP: f32 = 1.5;

/// The maximum height of a map on a page, in points: the same fraction of the page in larger type as on letter paper,
/// and more on a longer page, by the difference in length.
pub(super) fn highest_map(grid: Grid, scale: TypeScale) -> f32 {
    let longer = grid.height - Grid::LETTER.height;
    (MAP_HIGHEST + longer.max(0.0)) * scale.factor().min(LARGER_MAP)
}

/// Distances in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spacing {
    /// Between two sections, one above the other.
    pub(super) section: f32,
    /// Between two blocks in a section.
    pub(super) block: f32,
    /// Between a heading and what follows it.
    pub(super) heading: f32,
    /// Between two items of a list.
    pub(super) item: f32,
    /// Distance between bars with their names above.
    pub(super) category_row: f32,
    /// The same if the name is beside the bar.
    pub(super) ranking_row: f32,
    /// Above and below the text in a table.
    pub(super) cell: f32,
}

impl Spacing {
    /// For a page with a lot of room, such as legal paper or a state with little to list.
    pub(super) const ROOMY: Spacing = Spacing {
        section: 24.0,
        block: 9.0,
        heading: 7.0,
        item: 8.0,
        category_row: 31.0,
        ranking_row: 23.0,
        cell: 5.0,
    };

    /// For a page with room.
    pub(super) const GENEROUS: Spacing = Spacing {
        section: 14.0,
        block: 6.0,
        heading: 4.0,
        item: 3.5,
        category_row: 25.5,
        ranking_row: 19.0,
        cell: 3.5,
    };

    /// For a page that would otherwise run over by a few lines.
    pub(super) const TIGHT: Spacing = Spacing {
        section: 8.0,
        block: 3.5,
        heading: 2.0,
        item: 1.0,
        category_row: 22.5,
        ranking_row: 14.0,
        cell: 2.0,
    };

    /// For a page that would otherwise need a second page for a few lines.
    pub(super) const TIGHTEST: Spacing = Spacing {
        section: 3.5,
        block: 2.0,
        heading: 0.0,
        item: 0.0,
        category_row: 20.0,
        ranking_row: 12.0,
        cell: 1.0,
    };

    /// The same if everything is in one section.
    pub(super) fn within_panel(self) -> Self {
        Spacing {
            section: self.block,
            ..self
        }
    }

    /// The same with this much more space between bars, in points.
    pub(super) fn with_wider_rows(self, by: f32) -> Self {
        Spacing {
            category_row: self.category_row + by,
            ranking_row: self.ranking_row + by,
            ..self
        }
    }

    /// The same with this much more space between sections, in points.
    pub(super) fn with_wider_sections(self, by: f32) -> Self {
        Spacing {
            section: self.section + by,
            ..self
        }
    }

    /// The same for larger type.
    pub(super) fn scaled(self, factor: f32) -> Self {
        Spacing {
            section: self.section * factor,
            block: self.block * factor,
            heading: self.heading * factor,
            item: self.item * factor,
            category_row: self.category_row * factor,
            ranking_row: self.ranking_row * factor,
            cell: self.cell * factor,
        }
    }

    /// Between this one (0) and a tighter one (1).
    pub(super) fn towards(self, tight: Spacing, tightness: f32) -> Spacing {
        let tightness = tightness.clamp(0.0, 1.0);
        let mix = |generous: f32, tight: f32| generous + (tight - generous) * tightness;
        Spacing {
            section: mix(self.section, tight.section),
            block: mix(self.block, tight.block),
            heading: mix(self.heading, tight.heading),
            item: mix(self.item, tight.item),
            category_row: mix(self.category_row, tight.category_row),
            ranking_row: mix(self.ranking_row, tight.ranking_row),
            cell: mix(self.cell, tight.cell),
        }
    }

    /// White space between two blocks.
    pub(super) fn between(&self, above: &Block, below: &Block) -> Option<Flow> {
        let is_large = |block: &Block| {
            matches!(
                block,
                Block::Section(_)
                    | Block::Columns(_)
                    | Block::Versions(_)
                    | Block::IfRoom(_)
                    | Block::Panel(..)
            )
        };
        let height = match (above.last(), below.first()) {
            (Block::Heading(_), Block::Paragraph(paragraph))
                if matches!(paragraph.role, Role::Gloss | Role::Finding) =>
            {
                0.0
            }
            (Block::Paragraph(one), Block::Paragraph(other))
                if one.role == Role::Gloss && other.role == Role::Finding =>
            {
                0.0
            }
            (Block::Paragraph(one), Block::Paragraph(other))
                if (one.role, other.role) == (Role::Links, Role::Links) =>
            {
                0.0
            }
            (Block::Heading(_), _) => self.heading,
            (Block::Paragraph(paragraph), _) if paragraph.role == Role::NumberLabel => 0.0,
            (Block::Paragraph(paragraph), Block::Heading(_)) if paragraph.role == Role::Gloss => {
                self.block
            }
            (_, Block::Heading(heading)) if heading.level > 3 => self.block + 2.0,
            (Block::Columns(_), Block::Paragraph(note)) if note.role == Role::Note => self.block,
            (above, below) if is_large(above) || is_large(below) => self.section,
            _ => self.block,
        };
        (height > 0.0).then_some(Flow::Gap(height))
    }
}
