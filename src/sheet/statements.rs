//! The lines on a sheet that state what was counted, as a reader finds them: each under its heading.

use super::{Block, Figure, FigureContent, Role, Sheet, Span};

/// A statement on a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The heading above it.
    pub heading: String,
    /// What the number counts; empty if the text is a sentence.
    pub label: String,
    /// The number as printed, or the sentence that contains it.
    pub text: String,
    /// Whether it is left out together with its heading if a page has no room for it.
    pub if_room: bool,
}

impl Sheet {
    /// What the sheet states in charts, rankings, tables and next to the map, in reading order.
    pub fn statements(&self) -> Vec<Statement> {
        let mut gatherer = Gatherer::default();
        for part in &self.parts {
            gatherer.blocks(&part.blocks);
        }
        gatherer.statements
    }
}

#[derive(Default)]
struct Gatherer {
    heading: String,
    if_room: bool,
    statements: Vec<Statement>,
}

impl Gatherer {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Section(blocks) | Block::Loose(blocks) | Block::Panel(_, blocks) => {
                    self.blocks(blocks);
                }
                Block::Versions(versions) => {
                    if let Some(fullest) = versions.first() {
                        self.blocks(fullest);
                    }
                }
                Block::IfRoom(blocks) => {
                    self.if_room = true;
                    self.blocks(blocks);
                    self.if_room = false;
                }
                Block::Columns(columns) => {
                    for column in columns {
                        self.blocks(&column.blocks);
                    }
                }
                Block::Heading(heading) => self.heading.clone_from(&heading.text),
                Block::Paragraph(paragraph) => {
                    if matches!(paragraph.role, Role::Gloss | Role::Finding) {
                        self.push("", &plain(&paragraph.spans));
                    }
                }
                Block::List(list) => {
                    for item in &list.items {
                        if let Some(value) = &item.value {
                            self.push(&plain(&item.spans), value);
                        }
                    }
                }
                Block::Figure(figure) => self.figure(figure),
                Block::Numbers(numbers) => {
                    for number in numbers {
                        self.push(&number.label, &number.value);
                    }
                }
                // A table of laws comes from the profile, and counts nothing.
                Block::Table(table) if table.columns.iter().all(|it| !it.is_numeric) => {}
                Block::Table(table) => {
                    for row in &table.rows {
                        let cells: Vec<String> = row.iter().map(|cell| plain(cell)).collect();
                        if let [label, values @ ..] = cells.as_slice() {
                            self.push(label, &values.join(" "));
                        }
                    }
                }
            }
        }
    }

    fn figure(&mut self, figure: &Figure) {
        match &figure.content {
            FigureContent::HeatMap(_) => self.push("", &figure.alt),
            FigureContent::Code(_) => {}
            FigureContent::Categories(bars)
            | FigureContent::Numbers(bars)
            | FigureContent::Ranking(bars)
            | FigureContent::Line(bars) => {
                for bar in &bars.bars {
                    self.push(&bar.name, &bar.value);
                }
            }
        }
    }

    fn push(&mut self, label: &str, text: &str) {
        self.statements.push(Statement {
            heading: self.heading.clone(),
            label: label.to_owned(),
            text: text.to_owned(),
            if_room: self.if_room,
        });
    }
}

fn plain(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}
