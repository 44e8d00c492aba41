//! Blocks of the document model as elements of HTML.

use std::collections::BTreeSet;

use super::colours::Tokens;
use super::figures::{Picture, seen};
use crate::drawing::Drawing;
use crate::failure::Outcome;
use crate::figure::{self, Drawn, Room};
use crate::look::Look;
use crate::markup::{Attribute, Markup};
use crate::sheet::{
    Bars, Block, Column, Figure, FigureContent, Heading, KeyNumber, List, Panel, Paragraph, Part,
    Role, Sheet, Span, Table,
};
use crate::text::Faces;

/// Width of the text at its widest, and the white space between two columns, in points.
const MEASURE: f32 = 540.0;
const GUTTER: f32 = 18.0;
/// Width of a drawing for a phone, in points, and the number of pixels in a point there.
const NARROW: f32 = 214.0;
const NARROW_SCALE: f32 = 1.6;
/// The number of pixels in a point if columns are side by side: on paper, a column is as wide as its drawings, so
/// that print shows them as the PDF does.
const WIDE_SCALE: f32 = 1.955;
/// Distance between bars, in points.
const CATEGORY_ROW: f32 = 25.5;
const RANKING_ROW: f32 = 19.0;
/// Minimum and maximum height of a map, in points.
const MAP_HEIGHTS: (f32, f32) = (90.0, 292.0);

/// Writes blocks.
pub(super) struct Writer<'a> {
    sheet: &'a Sheet,
    faces: &'a Faces,
    look: &'a Look,
    tokens: &'a Tokens,
    markup: &'a mut Markup,
    /// The number of headings so far.
    headings: usize,
    /// The text of the last heading, which names tables and charts.
    heading: String,
    /// The names of sections so far.
    named: BTreeSet<String>,
    pictures: usize,
}

impl<'a> Writer<'a> {
    pub(super) fn new(
        sheet: &'a Sheet,
        faces: &'a Faces,
        look: &'a Look,
        tokens: &'a Tokens,
        markup: &'a mut Markup,
    ) -> Self {
        Writer {
            sheet,
            faces,
            look,
            tokens,
            markup,
            headings: 0,
            heading: String::new(),
            named: BTreeSet::new(),
            pictures: 0,
        }
    }

    /// A part that has its own page in print.
    pub(super) fn part(&mut self, part: &Part) -> Outcome<()> {
        self.markup.open("div", &[("class", "part")]);
        self.blocks(&part.blocks, MEASURE)?;
        self.markup.close();
        Ok(())
    }

    /// Blocks at a width, in points.
    fn blocks(&mut self, blocks: &[Block], width: f32) -> Outcome<()> {
        for block in blocks {
            self.block(block, width)?;
        }
        Ok(())
    }

    fn block(&mut self, block: &Block, width: f32) -> Outcome<()> {
        match block {
            Block::Section(blocks) => self.section(blocks, width),
            Block::Heading(heading) => {
                self.heading(heading);
                Ok(())
            }
            Block::Loose(blocks) => self.blocks(blocks, width),
            Block::Paragraph(paragraph) => {
                self.paragraph(paragraph);
                Ok(())
            }
            Block::List(list) => {
                self.list(list);
                Ok(())
            }
            Block::Table(table) => {
                self.table(table);
                Ok(())
            }
            Block::Figure(figure) => self.figure(figure, width),
            Block::Numbers(numbers) => {
                self.numbers(numbers);
                Ok(())
            }
            Block::Columns(columns) => self.columns(columns, width),
            Block::Versions(versions) => match versions.first() {
                Some(fullest) => self.blocks(fullest, width),
                None => Ok(()),
            },
            Block::IfRoom(blocks) => self.section(blocks, width),
            Block::Panel(panel, blocks) => {
                let class = match panel {
                    Panel::Numbers => "panel numbers",
                    Panel::Strip => "panel strip",
                    Panel::Field => "panel field",
                };
                self.markup.open("div", &[("class", class)]);
                self.blocks(blocks, width)?;
                self.markup.close();
                Ok(())
            }
        }
    }

    /// A section is named after the heading that it begins with. If two have the same heading (a chart and the table
    /// of its numbers), only the first is a landmark: people who jump from one to the next must be able to tell them
    /// apart.
    fn section(&mut self, blocks: &[Block], width: f32) -> Outcome<()> {
        if let Some(Block::Heading(heading)) = blocks.first()
            && self.named.insert(heading.text.clone())
        {
            let name = heading_id(self.headings + 1);
            self.markup.open("section", &[("aria-labelledby", &name)]);
        } else {
            self.markup.open("div", &[]);
        }
        self.blocks(blocks, width)?;
        self.markup.close();
        Ok(())
    }

    fn heading(&mut self, heading: &Heading) {
        self.headings += 1;
        self.heading.clone_from(&heading.text);
        let name = match heading.outline {
            ..=2 => "h2",
            3 => "h3",
            4.. => "h4",
        };
        let id = heading_id(self.headings);
        self.markup.element(name, &[("id", &id)], &heading.text);
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        let class = match paragraph.role {
            Role::Lead => "lead",
            Role::Body | Role::Links => "body",
            Role::Caption => "caption",
            Role::Gloss => "gloss",
            Role::Finding => "finding",
            Role::Note => "note",
            Role::Aside => "aside",
            Role::Number => "number",
            Role::SmallNumber => "number small",
            Role::NumberLabel => "label",
        };
        self.markup.open("p", &[("class", class)]);
        self.spans(&paragraph.spans);
        self.markup.close();
    }

    fn spans(&mut self, spans: &[Span]) {
        for span in spans {
            self.span(span);
        }
    }

    fn span(&mut self, span: &Span) {
        let language = span.language.as_deref().map(|tag| ("lang", tag));
        if span.strong {
            self.markup.open("strong", &[]);
        }
        if let Some(link) = &span.link {
            // What is read instead of the words must contain them (WCAG 2.2, success criterion 2.5.3).
            let says_more = link.description != span.text && link.description.contains(&span.text);
            let says = says_more.then_some(("aria-label", link.description.as_str()));
            let attributes: Vec<Attribute<'_>> =
                [Some(("href", link.url.as_str())), says, language]
                    .into_iter()
                    .flatten()
                    .collect();
            self.markup.element("a", &attributes, &span.text);
        } else if let Some(language) = language {
            self.markup.element("span", &[language], &span.text);
        } else {
            self.markup.text(&span.text);
        }
        if span.strong {
            self.markup.close();
        }
    }

    fn list(&mut self, list: &List) {
        let name = if list.ordered { "ol" } else { "ul" };
        let has_values = list.items.iter().any(|item| item.value.is_some());
        let class = has_values.then_some(("class", "ranking"));
        let attributes: Vec<Attribute<'_>> = class.into_iter().collect();
        self.markup.open(name, &attributes);
        for item in &list.items {
            self.markup.open("li", &[]);
            match &item.value {
                None => self.spans(&item.spans),
                Some(value) => {
                    self.markup.open("span", &[]);
                    self.spans(&item.spans);
                    self.markup.close();
                    self.markup.text(" ");
                    self.markup.element("span", &[("class", "value")], value);
                }
            }
            self.markup.close();
        }
        self.markup.close();
    }

    fn table(&mut self, table: &Table) {
        let name = heading_id(self.headings);
        self.markup.open("table", &[("aria-labelledby", &name)]);
        self.markup.open("thead", &[]);
        self.markup.open("tr", &[]);
        for column in &table.columns {
            let mut class = format!("share-{}", column.share);
            if column.is_numeric {
                class.push_str(" numeric");
            }
            let attributes = [("scope", "col"), ("class", class.as_str())];
            self.markup.element("th", &attributes, &column.header);
        }
        self.markup.close();
        self.markup.close();
        self.markup.open("tbody", &[]);
        for row in &table.rows {
            self.markup.open("tr", &[]);
            for (index, (cell, column)) in row.iter().zip(&table.columns).enumerate() {
                // Each row is named by its first cell.
                match (index, column.is_numeric) {
                    (0, _) => self.markup.open("th", &[("scope", "row")]),
                    (_, true) => self.markup.open("td", &[("class", "numeric")]),
                    (_, false) => self.markup.open("td", &[]),
                }
                self.spans(cell);
                self.markup.close();
            }
            self.markup.close();
        }
        self.markup.close();
        self.markup.close();
    }

    /// Each number with what it counts, which is read first.
    fn numbers(&mut self, numbers: &[KeyNumber]) {
        self.markup.open("dl", &[("class", "key-numbers")]);
        for number in numbers {
            self.markup.open("div", &[]);
            self.markup.element("dt", &[], &number.label);
            self.markup.element("dd", &[], &number.value);
            self.markup.close();
        }
        self.markup.close();
    }

    /// Columns side by side if the screen is wide enough, and otherwise one below the other.
    fn columns(&mut self, columns: &[Column], width: f32) -> Outcome<()> {
        if is_flow(columns) {
            return self.flow(columns, width);
        }
        self.markup.open("div", &[("class", "columns")]);
        for column in columns {
            let share = column.share.clamp(1, 12);
            let width = (width + GUTTER) / 12.0 * f32::from(share) - GUTTER;
            let class = format!("span-{share}");
            self.markup.open("div", &[("class", &class)]);
            self.blocks(&column.blocks, width)?;
            self.markup.close();
        }
        self.markup.close();
        Ok(())
    }

    /// Columns of the same width that end with a note for either: the browser makes them about as high.
    fn flow(&mut self, columns: &[Column], width: f32) -> Outcome<()> {
        let width = (width + GUTTER) / columns.len() as f32 - GUTTER;
        self.markup.open("div", &[("class", "flow")]);
        for column in columns {
            self.blocks(&column.blocks, width)?;
        }
        self.markup.close();
        Ok(())
    }

    /// The drawing, once for wide screens and paper and once for phones: the letters of a reduced drawing would be
    /// too small to read.
    fn figure(&mut self, figure: &Figure, width: f32) -> Outcome<()> {
        let class = match figure.content {
            FigureContent::HeatMap(_) => "map",
            FigureContent::Code(_) => "code",
            _ => "chart",
        };
        self.markup.open("figure", &[("class", class)]);
        let wide = self.draw(&figure.content, width)?;
        let narrow = self.draw(&figure.content, NARROW)?;
        for (drawing, class, scale) in [
            (&wide, "wide", WIDE_SCALE),
            (&narrow, "narrow", NARROW_SCALE),
        ] {
            self.pictures += 1;
            let picture = Picture {
                drawing,
                class,
                scale,
                alt: &figure.alt,
                number: self.pictures,
            };
            picture.write(self.tokens, self.markup);
        }
        match &figure.content {
            FigureContent::HeatMap(_) | FigureContent::Code(_) => {}
            FigureContent::Categories(bars)
            | FigureContent::Numbers(bars)
            | FigureContent::Ranking(bars)
            | FigureContent::Line(bars) => self.as_table(bars),
        }
        if !figure.caption.is_empty() {
            self.markup.open("figcaption", &[]);
            self.spans(&figure.caption);
            self.markup.close();
        }
        self.markup.close();
        Ok(())
    }

    fn draw(&self, content: &FigureContent, width: f32) -> Outcome<Drawing> {
        let room = Room {
            width,
            category_row: CATEGORY_ROW,
            ranking_row: RANKING_ROW,
            map_heights: MAP_HEIGHTS,
        };
        let space = figure::space(content, &room, self.look);
        Ok(match figure::draw(self.faces, content, space, self.look)? {
            Drawn::Picture(drawing) => drawing,
            Drawn::Chart(chart) => seen(&chart),
        })
    }

    /// A chart's numbers as a table, for people who prefer to read or copy them.
    fn as_table(&mut self, bars: &Bars) {
        let name = heading_id(self.headings);
        self.markup.open("details", &[]);
        self.markup.open("summary", &[]);
        self.markup.text(&self.sheet.screen.as_table);
        // When read aloud, each list of numbers must be distinct from the next.
        let heading = format!(": {}", self.heading);
        self.markup
            .element("span", &[("class", "unseen")], &heading);
        self.markup.close();
        self.markup.open("table", &[("aria-labelledby", &name)]);
        self.markup.open("tbody", &[]);
        for bar in &bars.bars {
            self.markup.open("tr", &[]);
            self.markup.element("th", &[("scope", "row")], &bar.name);
            self.markup.element("td", &[], &bar.value);
            self.markup.close();
        }
        for _ in 0..3 {
            self.markup.close();
        }
    }
}

/// Whether two columns are of the same width, and the last block may go to either.
fn is_flow(columns: &[Column]) -> bool {
    match columns {
        [first, last] => {
            first.share == last.share && matches!(last.blocks.last(), Some(Block::Loose(_)))
        }
        _ => false,
    }
}

/// The id of a heading, counted from 1.
fn heading_id(number: usize) -> String {
    format!("heading-{number}")
}
