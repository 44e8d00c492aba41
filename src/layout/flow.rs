//! Page filling: cuts a run of boxes and gaps into pages.

use std::collections::VecDeque;
use std::rc::Rc;

use super::marks::rectangle;
use super::placed::{Artifact, Bookmark, Content, ElementId, Owner, Placed, shifted};

/// The elements of a part of the sheet, from top to bottom.
#[derive(Clone, Debug)]
pub(super) enum Flow {
    /// A box that no page break splits.
    Solid(Solid),
    /// White space; disappears at the top of a page.
    Gap(f32),
    /// The same, between the parts of a column: it gives where the column beside it is higher.
    Elastic(f32),
    /// White space that takes the rest of the page, so that what follows is at the bottom.
    Fill,
    /// Runs side by side.
    Columns(Vec<FlowColumn>),
    /// A run on its own background.
    Field(Field),
}

/// A box that no page break splits.
#[derive(Clone, Debug, Default)]
pub(super) struct Solid {
    pub(super) height: f32,
    /// Whether it must be on the same page as what follows.
    pub(super) keeps_with_next: bool,
    /// Positioned relative to the box's top left corner.
    pub(super) items: Vec<Placed>,
    /// A heading's level and text.
    pub(super) bookmark: Option<(ElementId, u8, String)>,
    /// What is repeated above it if it is the first on a page: the head of its table.
    pub(super) head: Option<Rc<Head>>,
}

/// The repeated head of a table: readers of the structure get it once, with its table.
#[derive(Debug)]
pub(super) struct Head {
    height: f32,
    items: Vec<Placed>,
}

impl Head {
    /// As it is in the table.
    pub(super) fn of(row: &Solid) -> Self {
        let mut items = row.items.clone();
        for item in &mut items {
            item.owner = Owner::Artifact(Artifact::Header);
        }
        Head {
            height: row.height,
            items,
        }
    }
}

/// One of several runs side by side.
#[derive(Clone, Debug)]
pub(super) struct FlowColumn {
    /// Left edge, relative to that of the run that contains the columns.
    pub(super) x: f32,
    pub(super) flow: VecDeque<Flow>,
}

/// A run on its own background.
#[derive(Clone, Debug)]
pub(super) struct Field {
    /// White space between the background's edge and its content, above and below.
    pub(super) padding: f32,
    pub(super) flow: VecDeque<Flow>,
    /// Draws the background for a height.
    pub(super) ground: Ground,
}

/// A colored background.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ground {
    /// Left edge, relative to that of the run that contains the field.
    pub(super) x: f32,
    pub(super) width: f32,
    pub(super) colour: crate::drawing::Colour,
    /// A rule along the upper and the lower edge.
    pub(super) rule: Option<crate::drawing::Colour>,
}

/// What was placed on a page.
#[derive(Debug, Default)]
pub(super) struct Placement {
    pub(super) items: Vec<Placed>,
    pub(super) bookmarks: Vec<Bookmark>,
    /// The height that was used.
    pub(super) height: f32,
    /// The positions of the page's fills: numbers of items and bookmarks above each.
    fills: Vec<(usize, usize)>,
}

/// The number of pages that a run takes; the first has its own height.
pub(super) fn pages(flow: &VecDeque<Flow>, first: f32, others: f32) -> usize {
    let mut rest = flow.clone();
    let mut pages = 0;
    while !rest.is_empty() {
        let height = if pages == 0 { first } else { others };
        fill_page(&mut rest, pages, height);
        pages += 1;
    }
    pages
}

/// Takes from the front of a run what fits in a height. Something that doesn't fit on an empty page is placed anyway,
/// so that nothing is ever lost.
pub(super) fn fill_page(flow: &mut VecDeque<Flow>, page: usize, height: f32) -> Placement {
    let mut placement = place(flow, page, height);
    placement.stretch(height);
    placement
}

fn place(flow: &mut VecDeque<Flow>, page: usize, available: f32) -> Placement {
    let mut placed = Placement::default();
    while let Some(next) = flow.front() {
        let is_empty = placed.height == 0.0;
        match next {
            Flow::Gap(_) | Flow::Elastic(_) if is_empty => {
                flow.pop_front();
                continue;
            }
            Flow::Gap(gap) | Flow::Elastic(gap) => {
                // A gap at the bottom of a page is cut short.
                placed.height = (placed.height + gap).min(available.max(placed.height));
                flow.pop_front();
                continue;
            }
            Flow::Fill => {
                placed
                    .fills
                    .push((placed.items.len(), placed.bookmarks.len()));
                flow.pop_front();
                continue;
            }
            _ => {}
        }
        let left = available - placed.height;
        if !is_empty && group_height(flow, available) > left + 0.01 {
            break;
        }
        let Some(next) = flow.pop_front() else { break };
        if let Some(rest) = placed.add(next, page, left) {
            flow.push_front(rest);
            break;
        }
    }
    placed
}

/// Height of the first box of a run together with everything that must be on its page. `page` is the height of an
/// empty page: anything higher must be split anyway, and needs only its first piece.
fn group_height(flow: &VecDeque<Flow>, page: f32) -> f32 {
    let mut height = 0.0;
    for item in flow {
        match item {
            Flow::Gap(gap) | Flow::Elastic(gap) => height += gap,
            Flow::Fill => {}
            Flow::Solid(solid) => {
                height += solid.height;
                if !solid.keeps_with_next {
                    break;
                }
            }
            Flow::Columns(columns) => {
                let whole = columns
                    .iter()
                    .map(|column| full_height(&column.flow))
                    .fold(0.0, f32::max);
                height += if whole <= page * PARTED_FROM {
                    whole
                } else {
                    columns
                        .iter()
                        .map(|column| group_height(&column.flow, page))
                        .fold(0.0, f32::max)
                };
                break;
            }
            Flow::Field(field) => {
                let whole = full_height(&field.flow) + 2.0 * field.padding;
                height += if whole <= page {
                    whole
                } else {
                    group_height(&field.flow, page) + 2.0 * field.padding
                };
                break;
            }
        }
    }
    height
}

/// A page break splits columns only if they are higher than this fraction of a page.
const PARTED_FROM: f32 = 0.6;

/// Height of a whole run.
pub(super) fn full_height(flow: &VecDeque<Flow>) -> f32 {
    flow.iter()
        .map(|item| match item {
            Flow::Solid(solid) => solid.height,
            Flow::Gap(gap) | Flow::Elastic(gap) => *gap,
            Flow::Fill => 0.0,
            Flow::Columns(columns) => columns
                .iter()
                .map(|column| full_height(&column.flow))
                .fold(0.0, f32::max),
            Flow::Field(field) => full_height(&field.flow) + 2.0 * field.padding,
        })
        .sum()
}

impl Placement {
    /// Places one item below the others; returns what is left of it for the next page.
    fn add(&mut self, item: Flow, page: usize, left: f32) -> Option<Flow> {
        match item {
            Flow::Solid(solid) => {
                if let Some(head) = solid.head.filter(|_| self.height == 0.0) {
                    self.take(head.items.clone(), 0.0, 0.0);
                    self.height += head.height;
                }
                if let Some((element, level, title)) = solid.bookmark {
                    self.bookmarks.push(Bookmark {
                        element,
                        level,
                        title,
                        page,
                        y: self.height,
                    });
                }
                let top = self.height;
                self.take(solid.items, 0.0, top);
                self.height += solid.height;
                None
            }
            Flow::Columns(columns) => {
                let top = self.height;
                let mut rest = Vec::new();
                for FlowColumn { x, mut flow } in columns {
                    let placed = place(&mut flow, page, left);
                    self.merge(placed, x, top);
                    rest.push(FlowColumn { x, flow });
                }
                rest.iter()
                    .any(|column| !column.flow.is_empty())
                    .then_some(Flow::Columns(rest))
            }
            Flow::Field(mut field) => {
                let top = self.height;
                let placed = place(&mut field.flow, page, left - 2.0 * field.padding);
                let height = placed.height + 2.0 * field.padding;
                self.items.extend(field.ground.drawn(top, height));
                self.merge(placed, 0.0, top + field.padding);
                self.height = top + height;
                (!field.flow.is_empty()).then_some(Flow::Field(field))
            }
            Flow::Gap(_) | Flow::Elastic(_) | Flow::Fill => None,
        }
    }

    fn take(&mut self, items: Vec<Placed>, x: f32, y: f32) {
        self.items.extend(shifted(items, x, y));
    }

    fn merge(&mut self, placed: Placement, x: f32, y: f32) {
        self.take(placed.items, x, y);
        self.bookmarks
            .extend(placed.bookmarks.into_iter().map(|mut bookmark| {
                bookmark.y += y;
                bookmark
            }));
        self.height = self.height.max(y + placed.height);
    }

    /// Distributes the rest of the page over its fills.
    fn stretch(&mut self, available: f32) {
        let left = available - self.height;
        if left <= 0.0 || self.fills.is_empty() {
            return;
        }
        let share = left / self.fills.len() as f32;
        for &(items, bookmarks) in &self.fills {
            for item in &mut self.items[items..] {
                item.y += share;
            }
            for bookmark in &mut self.bookmarks[bookmarks..] {
                bookmark.y += share;
            }
        }
        self.height = available;
    }
}

impl Ground {
    fn drawn(self, y: f32, height: f32) -> Vec<Placed> {
        const RULE: f32 = 2.0;
        let strip = |y, height, colour| Placed {
            owner: Owner::Artifact(Artifact::Decoration),
            x: self.x,
            y,
            content: Content::Drawing(rectangle(self.width, height, colour)),
        };
        let mut items = vec![strip(y, height, self.colour)];
        if let Some(rule) = self.rule {
            items.push(strip(y, RULE, rule));
            items.push(strip(y + height - RULE, RULE, rule));
        }
        items
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn solid(height: f32, keeps_with_next: bool) -> Flow {
        Flow::Solid(Solid {
            height,
            keeps_with_next,
            ..Solid::default()
        })
    }

    fn pages(flow: Vec<Flow>) -> Vec<f32> {
        let mut flow = VecDeque::from(flow);
        let mut heights = Vec::new();
        while !flow.is_empty() {
            heights.push(fill_page(&mut flow, heights.len(), 100.0).height);
            assert!(heights.len() < 50, "the run does not end");
        }
        heights
    }

    #[test]
    fn blocks_that_do_not_fit_go_to_the_next_page() {
        let flow = (0..5).map(|_| solid(40.0, false)).collect();
        assert_eq!(pages(flow), [80.0, 80.0, 40.0]);
    }

    #[test]
    fn a_heading_stays_with_what_follows() {
        let flow = vec![solid(70.0, false), solid(20.0, true), solid(20.0, false)];
        assert_eq!(pages(flow), [70.0, 40.0]);
    }

    #[test]
    fn gaps_vanish_at_the_top_of_a_page() {
        let flow = vec![solid(95.0, false), Flow::Gap(10.0), solid(20.0, false)];
        assert_eq!(pages(flow), [100.0, 20.0]);
    }

    #[test]
    fn a_block_taller_than_a_page_is_still_placed() {
        assert_eq!(
            pages(vec![solid(150.0, true), solid(10.0, false)]),
            [150.0, 10.0]
        );
    }

    #[test]
    fn long_columns_continue_side_by_side() {
        let column = |x, count| FlowColumn {
            x,
            flow: (0..count).map(|_| solid(30.0, false)).collect(),
        };
        let flow = vec![Flow::Columns(vec![column(0.0, 5), column(50.0, 2)])];
        assert_eq!(pages(flow), [90.0, 60.0]);
    }

    #[test]
    fn a_field_is_kept_together_if_it_fits_on_a_page() {
        let field = |count| {
            Flow::Field(Field {
                padding: 5.0,
                flow: (0..count).map(|_| solid(20.0, false)).collect(),
                ground: Ground {
                    x: 0.0,
                    width: 10.0,
                    colour: crate::drawing::Colour::hex(0),
                    rule: None,
                },
            })
        };
        assert_eq!(pages(vec![solid(50.0, false), field(3)]), [50.0, 70.0]);
        assert_eq!(pages(vec![field(6)]), [90.0, 50.0]);
    }

    #[test]
    fn fills_take_the_remaining_space() {
        let mut flow = VecDeque::from(vec![solid(30.0, false), Flow::Fill, solid(20.0, false)]);
        assert_eq!(fill_page(&mut flow, 0, 100.0).height, 100.0);
    }
}
