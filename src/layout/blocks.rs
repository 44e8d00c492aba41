//! Turns blocks of the document model into runs of boxes, with each item bound to its structure element.

use std::collections::VecDeque;
use std::rc::Rc;

use super::cache::Cache;
use super::flow::{Field, Flow, Ground as FieldGround, Head, Solid};
use super::format::{Columns, Format, GivesWay};
use super::grid::Grid;
use super::marks::rectangle;
use super::placed::{
    Artifact, Content, ElementId, ElementKind, Owner, Placed, Scope, Structure, shifted,
};
use super::spacing::{MAP_LOW, Spacing, highest_map};
use super::style::{Ground, LEAST_TARGET, TextStyle};
use crate::chart::Chart;
use crate::drawing::Drawing;
use crate::failure::Outcome;
use crate::figure::{self, Drawn, Room};
use crate::look::Look;
use crate::sheet::{
    Block, Figure, FigureContent, Heading, Link, List, Panel, Paragraph, Part, Role, Span, Table,
};
use crate::text::{Faces, Piece, Run};

/// Space for the number or bullet of a list item.
const LABEL_WIDTH: f32 = 16.0;
/// How far below its baseline a link's underline is, and how thick it is, as fractions of the type size.
const UNDERLINE_DROP: f32 = 0.13;
const UNDERLINE: f32 = 0.055;

/// Turns blocks into runs of boxes.
pub(super) struct Setter<'a> {
    pub(super) faces: &'a Faces,
    pub(super) grid: Grid,
    pub(super) look: &'a Look,
    pub(super) columns: Columns,
    /// How far backgrounds extend beyond the page's edge.
    beyond: f32,
    cache: &'a Cache,
    structure: &'a mut Structure,
    pub(super) spacing: Spacing,
    /// The minimum and the maximum height of a map; the maximum wins.
    map_heights: (f32, f32),
    /// Whether maps only take their space without being drawn: to measure how high a page is.
    only_measures: bool,
    /// Which version stands of blocks that have several; `None`: the last.
    version: Option<usize>,
    gives_way: GivesWay,
    /// The number of groups so far that are only included if there is room.
    if_room: usize,
    /// Headings of blocks that there was no room for.
    left_out: Vec<String>,
    /// The height of the map that was placed.
    set_map: Option<f32>,
}

/// The container of blocks: its element, width and background.
#[derive(Clone, Copy)]
pub(super) struct Container {
    pub(super) parent: ElementId,
    pub(super) width: f32,
    pub(super) ground: Ground,
}

impl<'a> Setter<'a> {
    pub(super) fn new(
        faces: &'a Faces,
        format: &'a Format,
        cache: &'a Cache,
        structure: &'a mut Structure,
    ) -> Self {
        Setter {
            faces,
            grid: format.grid,
            look: &format.look,
            columns: format.columns,
            beyond: format.beyond(),
            cache,
            structure,
            spacing: Spacing::GENEROUS,
            map_heights: (MAP_LOW, highest_map(format.grid, format.look.scale)),
            only_measures: false,
            version: None,
            gives_way: GivesWay::Nothing,
            if_room: 0,
            left_out: Vec::new(),
            set_map: None,
        }
    }

    /// Draws maps no lower and no higher than this; the maximum is more important.
    pub(super) fn with_map_heights(mut self, heights: (f32, f32)) -> Self {
        self.map_heights = heights;
        self
    }

    /// Sets this version of blocks that have several.
    pub(super) fn with_version(mut self, version: Option<usize>) -> Self {
        self.version = version;
        self
    }

    /// Lets this give way to the rest.
    pub(super) fn giving_way(mut self, gives_way: GivesWay) -> Self {
        self.gives_way = gives_way;
        self
    }

    /// Headings of blocks that there was no room for.
    pub(super) fn left_out(self) -> Vec<String> {
        self.left_out
    }

    /// Leaves maps undrawn.
    pub(super) fn only_measuring(mut self) -> Self {
        self.only_measures = true;
        self
    }

    /// Uses this spacing.
    pub(super) fn with_spacing(mut self, spacing: Spacing) -> Self {
        self.spacing = spacing;
        self
    }

    /// The height of the map, once it is placed.
    pub(super) fn map_height(&self) -> Option<f32> {
        self.set_map
    }

    pub(super) fn add(&mut self, kind: ElementKind, parent: ElementId) -> ElementId {
        self.structure.add(kind, Some(parent))
    }

    pub(super) fn add_figure(&mut self, parent: ElementId, alt: &str) -> ElementId {
        self.structure
            .add_with_alt(ElementKind::Figure, parent, alt)
    }

    pub(super) fn set_language(&mut self, element: ElementId, language: &str) {
        self.structure.set_language(element, language);
    }

    /// The run of a part.
    pub(super) fn part(&mut self, parent: ElementId, part: &Part) -> Outcome<Vec<Flow>> {
        let container = Container {
            parent,
            width: self.grid.measure(),
            ground: Ground::Paper,
        };
        self.blocks(container, &part.blocks)
    }

    pub(super) fn blocks(&mut self, container: Container, blocks: &[Block]) -> Outcome<Vec<Flow>> {
        let mut flow: Vec<Flow> = Vec::new();
        let mut before: Option<&Block> = None;
        for block in blocks {
            if let Block::IfRoom(blocks) = block
                && self.leaves_out(blocks)
            {
                continue;
            }
            flow.extend(before.and_then(|before| self.gap(container, before, block)));
            flow.extend(self.block(container, block)?);
            before = Some(block);
        }
        Ok(flow)
    }

    /// What stands between two blocks.
    pub(super) fn gap(&self, container: Container, above: &Block, below: &Block) -> Option<Flow> {
        let spacing = match container.ground {
            Ground::Paper => self.spacing,
            // On a background, things belong closer together.
            Ground::Band | Ground::Tint => self.spacing.within_panel(),
        };
        let gap = spacing.between(above, below)?;
        Some(match (gap, below.first()) {
            (Flow::Gap(gap), Block::Heading(_) | Block::Section(_) | Block::IfRoom(_))
                if container.ground == Ground::Paper =>
            {
                Flow::Elastic(gap)
            }
            (gap, _) => gap,
        })
    }

    /// Whether a group that is only included if there is room gives way.
    pub(super) fn leaves_out(&mut self, blocks: &[Block]) -> bool {
        let most = match self.gives_way {
            GivesWay::Nothing | GivesWay::Bars => 0,
            GivesWay::Groups(most) => most,
        };
        let gives_way = self.if_room < most;
        self.if_room += 1;
        if gives_way {
            let heading = Block::first_heading(blocks);
            self.left_out.extend(heading.map(str::to_owned));
        }
        gives_way
    }

    pub(super) fn block(&mut self, container: Container, block: &Block) -> Outcome<Vec<Flow>> {
        match block {
            Block::Section(blocks) | Block::IfRoom(blocks) => {
                let section = self.add(ElementKind::Section, container.parent);
                let container = Container {
                    parent: section,
                    ..container
                };
                self.blocks(container, blocks)
            }
            Block::Heading(heading) => Ok(self.heading(container, heading)),
            Block::Loose(blocks) => self.blocks(container, blocks),
            Block::Paragraph(paragraph) => Ok(self.paragraph(container, paragraph)),
            Block::List(list) => Ok(self.list(container, list)),
            Block::Table(table) => Ok(self.table(container, table)),
            Block::Figure(figure) => self.figure(container, figure),
            Block::Numbers(numbers) => Ok(self.numbers(container, numbers)),
            Block::Columns(columns) => self.columns(container, columns),
            Block::Versions(versions) => {
                let version = self.version.and_then(|version| versions.get(version));
                let version = version.or(versions.last());
                self.blocks(container, version.map_or(&[], Vec::as_slice))
            }
            Block::Panel(panel, blocks) => self.panel(container, *panel, blocks),
        }
    }

    fn heading(&mut self, container: Container, heading: &Heading) -> Vec<Flow> {
        let element = self.add(ElementKind::Heading(heading.outline), container.parent);
        let spans = [Span::plain(&heading.text)];
        let style = self.look.heading(heading.level, container.ground);
        let style = self.almost_whole(&spans, style, container.width);
        let mut solid = Solid {
            keeps_with_next: true,
            bookmark: Some((element, heading.outline, heading.text.clone())),
            ..Solid::default()
        };
        if container.ground == Ground::Tint && self.columns == Columns::Abreast {
            // On the line of the key numbers beside it.
            let (number, _) = self.look.key_number();
            solid.height = (self.baseline(&number) - self.baseline(&style)).max(0.0);
        }
        // A rule across the column shows where a section begins; a finer one shows where a subsection does.
        let rule = match heading.level {
            ..=2 => Some(1.5),
            3 => Some(0.75),
            4.. => None,
        };
        if let Some(rule) = rule
            && container.ground == Ground::Paper
        {
            solid.items.push(Placed {
                owner: Owner::Artifact(Artifact::Decoration),
                x: 0.0,
                y: 0.0,
                content: Content::Drawing(rectangle(
                    container.width,
                    rule,
                    self.look.palette.primary,
                )),
            });
            solid.height = 5.0;
        }
        for line in self.lines(element, &spans, &style, container.width) {
            solid.stack(line);
        }
        vec![Flow::Solid(solid)]
    }

    fn paragraph(&mut self, container: Container, paragraph: &Paragraph) -> Vec<Flow> {
        // This is also a note: nothing refers to it, unlike the Note of PDF.
        let element = self.add(ElementKind::Paragraph, container.parent);
        let mut style = self.look.paragraph(paragraph.role, container.ground);
        if matches!(paragraph.role, Role::Number | Role::SmallNumber) {
            style = self.whole(&paragraph.spans, style, container.width);
        }
        let mut lines = self.lines(element, &paragraph.spans, &style, container.width);
        // A line that leads to what follows shouldn't be alone at the bottom of a page.
        let leads_up = matches!(
            paragraph.role,
            Role::Gloss | Role::Finding | Role::NumberLabel
        );
        keep_together(&mut lines, leads_up);
        lines.into_iter().map(Flow::Solid).collect()
    }

    /// The style of a telephone number, made smaller if it would have to be broken.
    pub(super) fn whole(&self, spans: &[Span], style: TextStyle, width: f32) -> TextStyle {
        let text: String = spans.iter().map(|span| span.text.as_str()).collect();
        let scale = width / self.faces.width(style.face, style.size, &text).max(1.0);
        if scale >= 1.0 {
            return style;
        }
        let scale = scale * 0.999;
        TextStyle {
            size: style.size * scale,
            leading: style.leading * scale,
            ..style
        }
    }

    /// The style, made slightly smaller if a text then fits on one line.
    pub(super) fn almost_whole(&self, spans: &[Span], style: TextStyle, width: f32) -> TextStyle {
        /// No more than readers would notice.
        const LEAST: f32 = 0.93;
        let whole = self.whole(spans, style, width);
        match whole.size >= style.size * LEAST {
            true => whole,
            false => style,
        }
    }

    /// The element for a span's words: a separate one if it is a link or in another language.
    fn owner(&mut self, element: ElementId, span: &Span) -> ElementId {
        let owner = match (&span.link, &span.language) {
            (Some(link), _) => {
                self.structure
                    .add_with_alt(ElementKind::Link, element, link.description.clone())
            }
            (None, Some(_)) => self.add(ElementKind::Span, element),
            (None, None) => element,
        };
        if let Some(language) = &span.language {
            self.structure.set_language(owner, language);
        }
        owner
    }

    /// Where a line's letters stand, from its top.
    fn baseline(&self, style: &TextStyle) -> f32 {
        let ascent = self.faces.ascent(style.face, style.size);
        let descent = self.faces.descent(style.face, style.size);
        (style.leading - ascent - descent) / 2.0 + ascent
    }

    /// The lines of a text, each a box with the style's leading and its items.
    pub(super) fn lines(
        &mut self,
        element: ElementId,
        spans: &[Span],
        style: &TextStyle,
        width: f32,
    ) -> Vec<Solid> {
        let runs = spans
            .iter()
            .map(|span| Run {
                text: span.text.clone(),
                face: if span.strong {
                    style.strong
                } else {
                    style.face
                },
            })
            .collect();
        let owners: Vec<ElementId> = spans.iter().map(|span| self.owner(element, span)).collect();
        let ascent = self.faces.ascent(style.face, style.size);
        let descent = self.faces.descent(style.face, style.size);
        let baseline = self.baseline(style);
        self.cache
            .lines(self.faces, runs, style.size, width)
            .into_iter()
            .map(|line| {
                let pieces = line.pieces.into_iter();
                let items = pieces.flat_map(|piece| {
                    let (owner, link) = (owners[piece.run], &spans[piece.run].link);
                    placed_piece(
                        piece,
                        owner,
                        link.as_ref(),
                        style,
                        (baseline, ascent, descent),
                    )
                });
                Solid {
                    height: style.leading,
                    items: items.collect(),
                    ..Solid::default()
                }
            })
            .collect()
    }

    fn list(&mut self, container: Container, list: &List) -> Vec<Flow> {
        let element = self.add(
            ElementKind::List {
                ordered: list.ordered,
            },
            container.parent,
        );
        let body_style = TextStyle {
            colour: self.look.paragraph(Role::Body, container.ground).colour,
            ..self.look.body()
        };
        let (rank, value_style) = (self.look.rank(), self.look.value());
        let label_width = LABEL_WIDTH * self.look.scale.factor();
        let mut flow = Vec::new();
        for (index, item) in list.items.iter().enumerate() {
            if index > 0 {
                let least = match has_link(&item.spans) && has_link(&list.items[index - 1].spans) {
                    true => LEAST_TARGET - body_style.leading,
                    false => 0.0,
                };
                flow.push(Flow::Gap(self.spacing.item.max(least)));
            }
            let list_item = self.add(ElementKind::ListItem, element);
            let label = self.add(ElementKind::Label, list_item);
            let body = self.add(ElementKind::ListBody, list_item);
            let mark = if list.ordered {
                format!("{}.", index + 1)
            } else {
                "•".to_owned()
            };
            let value_width = item.value.as_ref().map_or(0.0, |value| {
                self.faces.width(value_style.face, value_style.size, value) + label_width / 2.0
            });
            let width = container.width - label_width - value_width;
            let mut spans = item.spans.clone();
            if item.value.is_some() {
                // Separates the words from the value for screen readers; invisible at the end of a line.
                spans.push(Span::plain(" "));
            }
            let mut lines = self.lines(body, &spans, &body_style, width);
            for line in &mut lines {
                line.shift_right(label_width);
            }
            let marks = self.lines(label, &[Span::plain(mark)], &rank, container.width);
            if let (Some(first), Some(mark)) = (lines.first_mut(), marks.into_iter().next()) {
                first.items.splice(0..0, mark.items);
            }
            if let (Some(last), Some(value)) = (lines.last_mut(), &item.value) {
                let spans = [Span::plain(value)];
                for mut line in self.lines(body, &spans, &value_style, container.width) {
                    line.shift_right(container.width - value_width + label_width / 2.0);
                    last.items.extend(line.items);
                }
            }
            keep_together(&mut lines, false);
            flow.extend(lines.into_iter().map(Flow::Solid));
        }
        flow
    }

    fn table(&mut self, container: Container, table: &Table) -> Vec<Flow> {
        let element = self.add(ElementKind::Table, container.parent);
        let shares: Vec<u8> = table.columns.iter().map(|column| column.share).collect();
        let columns = self.grid.split(container.width, &shares);
        let header: Vec<Vec<Span>> = table
            .columns
            .iter()
            .map(|column| vec![Span::plain(&column.header)])
            .collect();
        let mut flow = Vec::new();
        let header = std::iter::once((
            &header,
            ElementKind::HeaderCell(Scope::Column),
            self.look.table_header(),
        ));
        let look = self.look;
        let data = table
            .rows
            .iter()
            .map(|row| (row, ElementKind::DataCell, look.body()));
        let mut head = None;
        for (row, kind, style) in header.chain(data) {
            let table_row = self.add(ElementKind::TableRow, element);
            let is_head = kind != ElementKind::DataCell;
            let mut solid = Solid {
                keeps_with_next: is_head,
                head: head.clone(),
                ..Solid::default()
            };
            let padding = self.spacing.cell;
            for (index, (cell, &(x, width))) in row.iter().zip(&columns).enumerate() {
                // Each row is named by its first cell.
                let kind = match (kind, index) {
                    (ElementKind::DataCell, 0) => ElementKind::HeaderCell(Scope::Row),
                    _ => kind,
                };
                let owner = self.add(kind, table_row);
                let is_numeric = table.columns[index].is_numeric;
                let mut height = padding;
                for mut line in self.lines(owner, cell, &style, width) {
                    let indent = if is_numeric {
                        width - line.text_end()
                    } else {
                        0.0
                    };
                    line.shift_right(x + indent.max(0.0));
                    for item in &mut line.items {
                        item.y += height;
                    }
                    height += line.height;
                    solid.items.append(&mut line.items);
                }
                solid.height = solid.height.max(height + padding);
            }
            if row.iter().any(|cell| has_link(cell)) {
                solid.height = solid.height.max(LEAST_TARGET);
            }
            solid.items.push(Placed {
                owner: Owner::Artifact(Artifact::Decoration),
                x: 0.0,
                y: solid.height - 0.5,
                content: Content::Drawing(rectangle(
                    container.width,
                    0.5,
                    self.look.palette.hairline,
                )),
            });
            if is_head {
                head = Some(Rc::new(Head::of(&solid)));
            }
            flow.push(Flow::Solid(solid));
        }
        flow
    }

    fn figure(&mut self, container: Container, figure: &Figure) -> Outcome<Vec<Flow>> {
        let room = Room {
            width: container.width,
            category_row: self.spacing.category_row,
            ranking_row: self.spacing.ranking_row,
            map_heights: self.map_heights,
        };
        let content = match &figure.content {
            FigureContent::Categories(bars)
                if bars.may_give_way && self.gives_way >= GivesWay::Bars =>
            {
                &FigureContent::Numbers(bars.clone())
            }
            content => content,
        };
        let space = figure::space(content, &room, self.look);
        if self.only_measures && matches!(figure.content, FigureContent::HeatMap(_)) {
            let drawing = Drawing {
                width: space.width,
                height: space.height,
                marks: Vec::new(),
            };
            return Ok(self.with_caption(container, figure, |setter| {
                setter.picture(container, drawing, figure)
            }));
        }
        let draw = || figure::draw(self.faces, content, space, self.look);
        let drawn = self.cache.figure(content, space, draw)?;
        Ok(self.with_caption(container, figure, |setter| match drawn {
            Drawn::Picture(drawing) => setter.picture(container, drawing, figure),
            Drawn::Chart(chart) => setter.chart(container, chart),
        }))
    }

    /// A figure with its caption below.
    fn with_caption(
        &mut self,
        container: Container,
        figure: &Figure,
        set: impl FnOnce(&mut Self) -> Solid,
    ) -> Vec<Flow> {
        let mut solid = set(self);
        solid.keeps_with_next = !figure.caption.is_empty();
        let mut flow = vec![Flow::Solid(solid)];
        if !figure.caption.is_empty() {
            // Beside the figure, not in it: the alternative text of a figure replaces everything in it, and the
            // caption says more than that.
            let caption = self.add(ElementKind::Caption, container.parent);
            let style = self.look.paragraph(Role::Caption, container.ground);
            let mut lines = self.lines(caption, &figure.caption, &style, container.width);
            // Complete, below its figure.
            let before_last = lines.len().saturating_sub(1);
            for line in &mut lines[..before_last] {
                line.keeps_with_next = true;
            }
            flow.push(Flow::Gap(self.spacing.block));
            flow.extend(lines.into_iter().map(Flow::Solid));
        }
        flow
    }

    fn picture(&mut self, container: Container, drawing: Drawing, figure: &Figure) -> Solid {
        let mut x = 0.0;
        match figure.content {
            FigureContent::HeatMap(_) => self.set_map = Some(drawing.height),
            // At the right edge, where the last column of the grid ends.
            _ => x = container.width - drawing.width,
        }
        let element = self.add_figure(container.parent, &figure.alt);
        let mut solid = Solid {
            height: drawing.height,
            items: vec![drawn(Owner::Element(element), drawing)],
            ..Solid::default()
        };
        solid.shift_right(x);
        solid
    }

    /// A chart, read as a table: each name is the header of its number, and the bars only show visually what the
    /// numbers say. Its heading says what it is about; a summary would repeat its numbers.
    fn chart(&mut self, container: Container, chart: Chart) -> Solid {
        let table = self.add(ElementKind::Table, container.parent);
        let (width, height) = (chart.width, chart.height);
        let drawing = |marks| Drawing {
            width,
            height,
            marks,
        };
        let mut items = vec![drawn(
            Owner::Artifact(Artifact::Decoration),
            drawing(chart.shapes),
        )];
        for row in chart.rows {
            let table_row = self.add(ElementKind::TableRow, table);
            for (kind, marks) in [
                (ElementKind::HeaderCell(Scope::Row), row.name),
                (ElementKind::DataCell, row.number),
            ] {
                let cell = self.add(kind, table_row);
                items.push(drawn(Owner::Element(cell), drawing(marks)));
            }
        }
        Solid {
            height,
            items,
            ..Solid::default()
        }
    }

    fn panel(
        &mut self,
        container: Container,
        panel: Panel,
        blocks: &[Block],
    ) -> Outcome<Vec<Flow>> {
        // The background extends to the page's edges; the text on it follows the page's grid.
        let overhang = self.grid.margin + self.beyond;
        let palette = &self.look.palette;
        let (ground, band, padding) = match panel {
            Panel::Numbers => (Ground::Tint, palette.tint, 8.0),
            Panel::Strip => (Ground::Band, palette.band, 8.0),
            Panel::Field => (Ground::Band, palette.band, 12.0),
        };
        let flow = self.blocks(
            Container {
                ground,
                ..container
            },
            blocks,
        )?;
        let field = Flow::Field(Field {
            padding,
            flow: VecDeque::from(flow),
            ground: FieldGround {
                x: -overhang,
                width: container.width + 2.0 * overhang,
                colour: band.ground,
                rule: band.rule,
            },
        });
        Ok(match panel {
            Panel::Numbers => vec![field],
            Panel::Strip | Panel::Field => vec![Flow::Fill, field],
        })
    }
}

/// A piece of a line on its baseline, in a box that starts at the top of the line, and the area of its link.
fn placed_piece(
    piece: Piece,
    owner: ElementId,
    link: Option<&Link>,
    style: &TextStyle,
    (baseline, ascent, descent): (f32, f32, f32),
) -> Vec<Placed> {
    let owner = Owner::Element(owner);
    let area = link.map(|link| Placed {
        owner,
        x: piece.x,
        y: baseline - ascent,
        content: Content::Link {
            width: piece.width,
            height: ascent + descent,
            url: link.url.clone(),
        },
    });
    let colour = if link.is_some() {
        style.link
    } else {
        style.colour
    };
    // Color alone doesn't identify a link (WCAG 2.2, 1.4.1).
    let line = (link.is_some() && style.underlines_links).then(|| Placed {
        owner: Owner::Artifact(Artifact::Decoration),
        x: piece.x,
        y: baseline + style.size * UNDERLINE_DROP,
        content: Content::Drawing(rectangle(piece.width, style.size * UNDERLINE, colour)),
    });
    let text = Placed {
        owner,
        x: piece.x,
        y: baseline,
        content: Content::Text {
            run: piece.shaped,
            size: style.size,
            colour,
        },
    };
    line.into_iter().chain([text]).chain(area).collect()
}

fn has_link(spans: &[Span]) -> bool {
    spans.iter().any(|span| span.link.is_some())
}

/// A drawing at the top left corner of its box.
fn drawn(owner: Owner, drawing: Drawing) -> Placed {
    Placed {
        owner,
        x: 0.0,
        y: 0.0,
        content: Content::Drawing(drawing),
    }
}

/// Keeps the first two lines of a text on one page, and the last two: no orphans, no widows.
fn keep_together(lines: &mut [Solid], with_next: bool) {
    let count = lines.len();
    for (index, line) in lines.iter_mut().enumerate() {
        line.keeps_with_next |= if index + 1 == count {
            with_next
        } else {
            index == 0 || index + 2 == count || with_next
        };
    }
}

impl Solid {
    /// Adds the items of another box below those of this one.
    pub(super) fn stack(&mut self, below: Solid) {
        let top = self.height;
        self.items.extend(shifted(below.items, 0.0, top));
        self.height += below.height;
    }

    /// Where its last text ends.
    fn text_end(&self) -> f32 {
        let ends = self.items.iter().filter_map(|item| match &item.content {
            Content::Text { run, size, .. } => Some(item.x + run.width(*size)),
            Content::Drawing(_) | Content::Link { .. } => None,
        });
        ends.fold(0.0, f32::max)
    }

    pub(super) fn shift_right(&mut self, by: f32) {
        for item in &mut self.items {
            item.x += by;
        }
    }
}
