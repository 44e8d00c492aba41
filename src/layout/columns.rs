//! Columns side by side, all about equally high; one below the other if the page is too narrow.

use std::collections::VecDeque;

use super::blocks::{Container, Setter};
use super::flow::{Flow, FlowColumn, full_height};
use super::format::Columns;
use super::style::Ground;
use crate::failure::Outcome;
use crate::sheet::{Block, Column, FigureContent};

impl Setter<'_> {
    pub(super) fn columns(
        &mut self,
        container: Container,
        columns: &[Column],
    ) -> Outcome<Vec<Flow>> {
        let is_code = |block: &Block| matches!(block, Block::Figure(figure) if matches!(figure.content, FigureContent::Code(_)));
        // A code is narrow enough to be beside its words in any type.
        let has_code = columns
            .iter()
            .any(|column| column.blocks.iter().any(is_code));
        if self.columns == Columns::Stacked && !has_code {
            return self.stacked(container, columns);
        }
        let mut columns = self.kept(columns);
        if let [only] = &columns[..] {
            return self.blocks(container, &only.blocks);
        }
        let loose = columns.last_mut().map(loose).unwrap_or_default();
        let shares: Vec<u8> = columns.iter().map(|column| column.share).collect();
        let edges = self.grid.split(container.width, &shares);
        let mut flows = Vec::new();
        for (column, &(x, width)) in columns.iter().zip(&edges) {
            let flow = self.blocks(Container { width, ..container }, &column.blocks)?;
            flows.push(FlowColumn {
                x,
                flow: VecDeque::from(flow),
            });
        }
        for block in loose {
            let heights = flows.iter().map(|column| full_height(&column.flow));
            let lowest = heights
                .enumerate()
                .min_by(|one, other| one.1.total_cmp(&other.1));
            let lowest = lowest.map_or(0, |(index, _)| index);
            let width = edges[lowest].1;
            let container = Container { width, ..container };
            let flow = &mut flows[lowest].flow;
            let above = columns[lowest].blocks.last();
            flow.extend(above.and_then(|above| self.gap(container, above, &block)));
            flow.extend(self.block(container, &block)?);
            columns[lowest].blocks.push(block);
        }
        even(&mut flows);
        Ok(vec![Flow::Columns(flows)])
    }

    /// The columns without those that give way.
    fn kept(&mut self, columns: &[Column]) -> Vec<Column> {
        let kept = columns.iter().filter_map(|column| {
            let blocks = match &column.blocks[..] {
                [Block::IfRoom(blocks)] if self.leaves_out(blocks) => return None,
                [Block::IfRoom(blocks)] => vec![Block::Section(blocks.clone())],
                blocks => blocks.to_vec(),
            };
            let share = column.share;
            Some(Column { share, blocks })
        });
        kept.collect()
    }

    /// The columns one below the other.
    fn stacked(&mut self, container: Container, columns: &[Column]) -> Outcome<Vec<Flow>> {
        let mut flow = Vec::new();
        for column in columns {
            if !flow.is_empty() {
                flow.push(Flow::Gap(match container.ground {
                    Ground::Paper => self.spacing.section,
                    Ground::Band | Ground::Tint => self.spacing.block,
                }));
            }
            flow.extend(self.blocks(container, &column.blocks)?);
        }
        Ok(flow)
    }
}

/// Spreads what stands in lower columns, so that all end at about the same height.
fn even(columns: &mut [FlowColumn]) {
    /// No more than this between two parts, in points, so that what belongs together stays together.
    const MOST: f32 = 16.0;
    let heights = columns.iter().map(|column| full_height(&column.flow));
    let highest = heights.fold(0.0, f32::max);
    for FlowColumn { flow, .. } in columns {
        let slack = highest - full_height(flow);
        let elastic = flow.iter().filter(|item| matches!(item, Flow::Elastic(_)));
        let more = (slack / elastic.count().max(1) as f32).min(MOST);
        for item in flow {
            if let Flow::Elastic(gap) = item {
                *item = Flow::Gap(*gap + more);
            }
        }
    }
}

/// The blocks at the end of a column that may stand in another, taken out of it.
fn loose(column: &mut Column) -> Vec<Block> {
    let is_loose = |block: &&Block| matches!(block, Block::Loose(_));
    let count = column.blocks.iter().rev().take_while(is_loose).count();
    column.blocks.split_off(column.blocks.len() - count)
}

#[cfg(test)]
mod tests {
    use super::super::flow::Solid;
    use super::*;

    fn column(items: Vec<Flow>) -> FlowColumn {
        FlowColumn {
            x: 0.0,
            flow: VecDeque::from(items),
        }
    }

    fn solid(height: f32) -> Flow {
        Flow::Solid(Solid {
            height,
            ..Solid::default()
        })
    }

    #[test]
    fn shorter_columns_are_spread_but_only_a_little() {
        let parts = |count: usize| {
            let mut items = vec![solid(20.0), Flow::Gap(3.0)];
            for _ in 0..count {
                items.extend([Flow::Elastic(5.0), solid(20.0)]);
            }
            items
        };
        // The second lacks 25 points, the third 125, and nothing may give in the fourth.
        let mut columns = [
            column(parts(5)),
            column(parts(4)),
            column(parts(0)),
            column(vec![solid(50.0)]),
        ];
        even(&mut columns);
        let heights = columns.each_ref().map(|column| full_height(&column.flow));
        assert_eq!(heights, [148.0, 148.0, 23.0, 50.0]);
        let mut columns = [column(parts(5)), column(parts(2))];
        even(&mut columns);
        let heights = columns.each_ref().map(|column| full_height(&column.flow));
        assert_eq!(heights, [148.0, 73.0 + 2.0 * 16.0]);
    }

    #[test]
    fn a_note_is_taken_only_from_the_end_of_a_column() {
        let note = || Block::Loose(Vec::new());
        let other = || Block::Section(Vec::new());
        let of = |blocks: Vec<Block>| {
            let mut column = Column { share: 6, blocks };
            (loose(&mut column).len(), column.blocks.len())
        };
        assert_eq!(of(vec![other(), note(), note()]), (2, 1));
        assert_eq!(of(vec![note(), other()]), (0, 2));
        assert_eq!(of(Vec::new()), (0, 0));
    }
}
