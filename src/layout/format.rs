//! The format: everything that varies between forms of the sheet.

use super::crop::BLEED;
use super::grid::Grid;
use super::spacing::{MAP_KEPT, MAP_LOW, MAP_LOWEST, Spacing};
use crate::look::{Look, Palette, TypeScale};

/// The form in which a sheet is laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct Format {
    pub grid: Grid,
    pub look: Look,
    pub columns: Columns,
    /// Whether the file has no color at all.
    pub gray: bool,
    /// Whether the page extends beyond its edge, for paper that is cut after printing.
    pub bleeds: bool,
    /// Width and height in points of the paper for pairs of pages.
    pub paired_on: Option<(f32, f32)>,
}

/// A page longer than this, in points, has more room than the usual sheet needs.
const LONG: f32 = 900.0;

/// The usual type size.
fn scale_for(grid: Grid) -> TypeScale {
    if grid.height > LONG {
        TypeScale::Roomy
    } else {
        TypeScale::Usual
    }
}

/// Where the parts that belong side by side go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Columns {
    Abreast,
    /// One below the other, for type that is too large for narrow columns.
    Stacked,
}

impl Format {
    /// The usual sheet on a page.
    pub fn on(grid: Grid) -> Self {
        Format {
            grid,
            look: Look {
                scale: scale_for(grid),
                palette: Palette::DESIGN_SYSTEM,
            },
            columns: Columns::Abreast,
            gray: false,
            bleeds: false,
            paired_on: None,
        }
    }

    /// In large print: more pages, one column.
    pub fn in_large_print(mut self) -> Self {
        self.look.scale = TypeScale::Large;
        self.columns = Columns::Stacked;
        self
    }

    /// With fonts that get as much on a line as the usual ones if type is reduced by a factor.
    pub fn narrowed(mut self, factor: f32) -> Self {
        let less = (1000.0 * (1.0 - factor)).round().clamp(0.0, 999.0) as u16;
        if self.look.scale == TypeScale::Usual && less > 0 {
            self.look.scale = TypeScale::Narrowed(less);
        }
        self
    }

    /// In an agency's colors.
    pub fn in_colours(mut self, palette: &Palette) -> Self {
        self.look.palette = palette.clone();
        self
    }

    /// For a printer without color.
    pub fn in_gray(mut self) -> Self {
        self.look.palette = Palette::GRAYS;
        self.gray = true;
        self
    }

    /// Two pages side by side on paper of the grid's size, in landscape. The pages are laid out as half of it, in
    /// type of the usual size and in one column: reduced pages would be illegible.
    pub fn in_pairs(mut self) -> Self {
        let paper = (self.grid.height, self.grid.width);
        self.grid = Grid::half_of(paper);
        self.columns = Columns::Stacked;
        self.paired_on = Some(paper);
        if matches!(self.look.scale, TypeScale::Roomy) {
            self.look.scale = TypeScale::Usual;
        }
        self
    }

    /// For paper that is cut after printing.
    pub fn with_bleed(mut self) -> Self {
        self.bleeds = true;
        self
    }

    /// How far backgrounds extend beyond the page's edge, in points.
    pub(super) fn beyond(&self) -> f32 {
        if self.bleeds { BLEED } else { 0.0 }
    }

    /// The spacings of blocks, widest first, if there are optional blocks.
    pub(super) fn easy_spacings(&self) -> [Spacing; 4] {
        [0.0, 0.5, 0.85, 1.0].map(|tightness| {
            let spacing = Spacing::GENEROUS.towards(Spacing::TIGHT, tightness);
            spacing.scaled(self.look.scale.factor())
        })
    }

    /// The layouts that are tried for a page, starting with the most spacious. In large print, no page has room to
    /// spare. Whatever may give way does so before a page becomes as tight as possible.
    pub(super) fn steps(&self, may_give_way: GivesWay) -> Vec<Step> {
        let factor = self.look.scale.factor();
        let step = |spacing: Spacing, lowest_map, gives_way| Step {
            spacing: spacing.scaled(factor),
            lowest_map,
            gives_way,
        };
        let usual = [
            step(Spacing::GENEROUS, Some(MAP_KEPT), GivesWay::Nothing),
            step(Spacing::TIGHT, Some(MAP_LOW), GivesWay::Nothing),
        ];
        if self.look.scale == TypeScale::Large {
            return usual.into();
        }
        let roomy = step(Spacing::ROOMY, None, GivesWay::Nothing);
        let mut steps: Vec<Step> = std::iter::once(roomy).chain(usual).collect();
        let less = match may_give_way {
            GivesWay::Nothing => Vec::new(),
            GivesWay::Bars => vec![GivesWay::Bars],
            GivesWay::Groups(all) => {
                let groups = (1..=all).map(GivesWay::Groups);
                std::iter::once(GivesWay::Bars).chain(groups).collect()
            }
        };
        let tightest = |gives_way| {
            let maps = [MAP_LOW, MAP_LOWEST];
            maps.map(|map| step(Spacing::TIGHTEST, Some(map), gives_way))
        };
        if less.is_empty() {
            steps.extend(tightest(GivesWay::Nothing));
        }
        for gives_way in less {
            steps.extend(usual.map(|usual| Step { gives_way, ..usual }));
            steps.extend(tightest(gives_way));
        }
        steps
    }
}

/// What gives way to the rest of a page if there is no room for everything; each includes those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum GivesWay {
    /// Nothing gives way.
    Nothing,
    /// Bars of charts that may be numbers alone.
    Bars,
    /// This many of the groups that are only included if there is room: the first ones.
    Groups(usize),
}

impl GivesWay {
    /// What may give way in two things together.
    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (GivesWay::Groups(one), GivesWay::Groups(more)) => GivesWay::Groups(one + more),
            (one, other) => one.max(other),
        }
    }
}

/// One attempt at laying out a page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    /// The spacing of blocks.
    pub(super) spacing: Spacing,
    /// The height to which the map shrinks before blocks move closer, if it does.
    pub(super) lowest_map: Option<f32>,
    pub(super) gives_way: GivesWay,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_in_pairs_keep_earlier_options() {
        let asked: [fn(Format) -> Format; 4] = [
            |format| format.in_gray(),
            |format| format.in_large_print(),
            |format| format.narrowed(0.9),
            |format| {
                let mut palette = Palette::DESIGN_SYSTEM;
                palette.link = palette.ink;
                format.in_colours(&palette)
            },
        ];
        for grid in [Grid::LETTER, Grid::A4, Grid::LEGAL] {
            for ask in asked {
                let asked = ask(Format::on(grid));
                let changed = asked != Format::on(grid);
                let before = asked.in_pairs();
                let plain = Format::on(grid).in_pairs();
                assert_eq!(before.paired_on, plain.paired_on);
                assert_eq!(before.grid, plain.grid);
                assert_eq!(before.gray, ask(plain.clone()).gray);
                assert_eq!(before.columns, ask(plain.clone()).columns);
                assert_eq!(before.look.palette, ask(plain.clone()).look.palette);
                assert_eq!(before != plain, changed, "nothing was kept");
            }
        }
    }
}
