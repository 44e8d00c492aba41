//! How much white space a part of the sheet gets, and how high its map is, so that it fills its page exactly.

use std::collections::VecDeque;

use super::blocks::Setter;
use super::cache::Cache;
use super::flow::{self, Flow};
use super::format::{Format, GivesWay, Step};
use super::placed::{ElementId, Structure};
use super::spacing::{MAP_LOW, Spacing, highest_map};
use crate::failure::Outcome;
use crate::look::TypeScale;
use crate::sheet::{Block, FigureContent, Part};
use crate::text::Faces;

/// Tries layouts of a part until it fits its page.
pub(super) struct Fitter<'a> {
    pub(super) faces: &'a Faces,
    pub(super) format: &'a Format,
    pub(super) cache: &'a Cache,
    /// The structure without the part.
    pub(super) before: Structure,
    pub(super) structure: &'a mut Structure,
    pub(super) document: ElementId,
    pub(super) part: &'a Part,
    /// Height of the pages that the part continues on.
    pub(super) other_pages: f32,
    /// Headings of blocks that there was no room for.
    pub(super) left_out: &'a mut Vec<String>,
}

/// How a part is laid out.
#[derive(Clone, Copy)]
struct Setting {
    spacing: Spacing,
    /// The minimum and the maximum height of the map.
    map_heights: (f32, f32),
    /// Which version stands of blocks that have several; `None`: the last.
    version: Option<usize>,
    gives_way: GivesWay,
}

/// The measurements of a layout.
struct Measured {
    setting: Setting,
    height: f32,
    map_height: Option<f32>,
}

impl Fitter<'_> {
    /// The run of the part, with as much white space as its page allows. If it is too high with the usual amount of
    /// white space, the map gives way first and white space next, as far as it stays readable. If it is lower than
    /// its page, the map takes what is left, and then the rows of charts.
    pub(super) fn set(&mut self, page: f32) -> Outcome<VecDeque<Flow>> {
        if let Some(setting) = self.in_fuller_version(page)? {
            return self.flow(setting);
        }
        let mut wider: Option<Measured> = None;
        // It takes more than a page anyway: use the highest and widest map that the smallest number of pages allows.
        let mut fewest: Option<(usize, Setting)> = None;
        let is_better = |pages: usize, setting: &Setting, than: &(usize, Setting)| {
            let is_alike = setting.gives_way == than.1.gives_way;
            pages < than.0
                || pages == than.0 && is_alike && setting.map_heights.1 > than.1.map_heights.1
        };
        for step in self.format.steps(may_give_way(&self.part.blocks)) {
            let fit = self.fit(step, page)?;
            if fit.height > page {
                for &part in map_parts(self.format.look.scale) {
                    let (low, high) = fit.setting.map_heights;
                    let setting = Setting {
                        map_heights: (low.min(high * part), high * part),
                        ..fit.setting
                    };
                    let pages = self.pages(setting, page)?;
                    let best = fewest.as_ref();
                    if best.is_none_or(|best| is_better(pages, &setting, best)) {
                        fewest = Some((pages, setting));
                    }
                }
                wider = Some(fit);
                continue;
            }
            let mut fit = fit;
            let alike = |wide: &Measured| wide.setting.gives_way == step.gives_way;
            if let Some(wide) = wider.filter(alike) {
                // As tight as necessary, and no tighter.
                let excess = wide.height - page + 1.0;
                let share = excess / (wide.height - fit.height).max(1.0);
                let spacing = wide.setting.spacing.towards(step.spacing, share);
                let between = self.fit(Step { spacing, ..step }, page)?;
                if between.height <= page {
                    fit = between;
                }
            }
            let filled = self.filled(fit, page)?;
            return self.flow(filled);
        }
        match fewest {
            Some((_, setting)) => self.flow(setting),
            None => Ok(VecDeque::new()),
        }
    }

    /// The number of pages that a layout takes; the first has this height.
    fn pages(&mut self, setting: Setting, page: f32) -> Outcome<usize> {
        let (document, part) = (self.document, self.part);
        let mut setter = self.setter(setting).only_measuring();
        let flow = VecDeque::from(setter.part(document, part)?);
        Ok(flow::pages(&flow, page, self.other_pages))
    }

    /// A setting with the fullest version but the last for which there is room, without bringing the blocks much closer
    /// than usual. A shorter version goes before charts without their bars.
    fn in_fuller_version(&mut self, page: f32) -> Outcome<Option<Setting>> {
        let versions = self.part.blocks.iter().map(|block| match block {
            Block::Versions(versions) => versions.len().saturating_sub(1),
            _ => 0,
        });
        let versions = versions.max().unwrap_or(0);
        let gives_way = may_give_way(&self.part.blocks).min(GivesWay::Bars);
        let tries = [GivesWay::Nothing, GivesWay::Bars].into_iter();
        for gives_way in tries.filter(|less| *less <= gives_way) {
            for version in 0..versions {
                for spacing in self.format.easy_spacings() {
                    let measured = self.measure(Setting {
                        spacing,
                        map_heights: (
                            MAP_LOW,
                            highest_map(self.format.grid, self.format.look.scale),
                        ),
                        version: Some(version),
                        gives_way,
                    })?;
                    if measured.height <= page {
                        return self.filled(measured, page).map(Some);
                    }
                }
            }
        }
        Ok(None)
    }

    /// The layout with a spacing, with the map as small as it has to be and may be.
    fn fit(&mut self, step: Step, page: f32) -> Outcome<Measured> {
        let Step {
            spacing,
            lowest_map,
            gives_way,
        } = step;
        let highest = highest_map(self.format.grid, self.format.look.scale);
        let natural = self.measure(Setting {
            spacing,
            map_heights: (MAP_LOW, highest),
            version: None,
            gives_way,
        })?;
        let excess = natural.height - page;
        if excess > 0.0
            && let (Some(height), Some(lowest)) = (natural.map_height, lowest_map)
            && let lower = height - excess.ceil()
            && lower >= lowest
        {
            let low = self.measure(Setting {
                spacing,
                map_heights: (MAP_LOW, lower),
                version: None,
                gives_way,
            })?;
            if low.height <= page {
                return Ok(low);
            }
        }
        Ok(natural)
    }

    /// The layout that leaves the least of the page blank: a higher map beside a higher column costs nothing, and
    /// neither do wider rows of charts.
    fn filled(&mut self, fit: Measured, page: f32) -> Outcome<Setting> {
        /// Higher than any page, to see how much lower the map's column is.
        const TOO_HIGH: f32 = 10_000.0;
        let mut setting = fit.setting;
        let highest = highest_map(self.format.grid, self.format.look.scale);
        if let Some(map_height) = fit.map_height
            && map_height < highest
        {
            let forced = self.measure(Setting {
                map_heights: (map_height + TOO_HIGH, map_height + TOO_HIGH),
                ..setting
            })?;
            let room = page - (forced.height - TOO_HIGH);
            let height = (map_height + room.floor()).clamp(map_height, highest);
            setting.map_heights = (height, height);
        }
        // Rows and sections that spread as far as the page allows, or as looks good.
        let factor = self.format.look.scale.factor();
        let rows = ROW_STEPS.map(|step| setting.spacing.with_wider_rows(step * factor));
        setting = self.spread(setting, rows, page)?;
        let sections = SECTION_STEPS.map(|step| setting.spacing.with_wider_sections(step * factor));
        self.spread(setting, sections, page)
    }

    /// The layout with the first of several spacings that fits; the original one if none does.
    fn spread(&mut self, setting: Setting, spacings: [Spacing; 3], page: f32) -> Outcome<Setting> {
        for spacing in spacings {
            let spread = Setting { spacing, ..setting };
            if self.measure(spread)?.height <= page {
                return Ok(spread);
            }
        }
        Ok(setting)
    }

    fn measure(&mut self, setting: Setting) -> Outcome<Measured> {
        let (document, part) = (self.document, self.part);
        let mut setter = self.setter(setting).only_measuring();
        let flow = VecDeque::from(setter.part(document, part)?);
        Ok(Measured {
            setting,
            height: flow::full_height(&flow),
            map_height: setter.map_height(),
        })
    }

    fn flow(&mut self, setting: Setting) -> Outcome<VecDeque<Flow>> {
        let (document, part) = (self.document, self.part);
        let mut setter = self.setter(setting);
        let flow = setter.part(document, part)?;
        let left_out = setter.left_out();
        self.left_out.extend(left_out);
        Ok(VecDeque::from(flow))
    }

    fn setter(&mut self, setting: Setting) -> Setter<'_> {
        self.structure.clone_from(&self.before);
        Setter::new(self.faces, self.format, self.cache, self.structure)
            .with_spacing(setting.spacing)
            .with_version(setting.version)
            .giving_way(setting.gives_way)
            .with_map_heights(setting.map_heights)
    }
}

/// The blocks that may give way to others.
fn may_give_way(blocks: &[Block]) -> GivesWay {
    let all = blocks.iter().map(|block| match block {
        Block::IfRoom(_) => GivesWay::Groups(1),
        Block::Section(blocks) | Block::Panel(_, blocks) => may_give_way(blocks),
        Block::Columns(columns) => {
            let columns = columns.iter().map(|column| may_give_way(&column.blocks));
            columns.fold(GivesWay::Nothing, GivesWay::and)
        }
        Block::Figure(figure) => match &figure.content {
            FigureContent::Categories(bars) if bars.may_give_way => GivesWay::Bars,
            _ => GivesWay::Nothing,
        },
        _ => GivesWay::Nothing,
    });
    all.fold(GivesWay::Nothing, GivesWay::and)
}

/// How high a map may be if a part takes several pages, as fractions of the maximum height. The highest one with the
/// smallest number of pages is used. In large print, another page costs less than a map that is hard to see.
fn map_parts(scale: TypeScale) -> &'static [f32] {
    match scale {
        TypeScale::Large => &[1.0, 0.8, 0.65],
        _ => &[1.0, 0.8, 0.65, 0.5, 0.45],
    }
}

/// How much wider than usual the rows of charts may be, in points; the widest that fits is used.
const ROW_STEPS: [f32; 3] = [6.0, 4.0, 2.0];

/// How much further apart than usual sections may be.
const SECTION_STEPS: [f32; 3] = [9.0, 6.0, 3.0];
