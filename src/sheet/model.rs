//! The document model: what the sheet says, in reading order, independent of paper.

use crate::area::Area;
use crate::drawing::Drawing;
use crate::heat::Shading;
use crate::wording::Template;

/// A complete sheet.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub metadata: Metadata,
    /// The document's title, and the department above it.
    pub title: String,
    pub department: String,
    /// In the title band.
    pub logo: Option<Logo>,
    /// At the top of every page but the first.
    pub running_head: String,
    /// Replaces it if there is no room: the name of what the sheet is about.
    pub short_head: String,
    /// At the bottom of every page: source and date of the data.
    pub source: String,
    /// An agency's own line at the bottom of every page.
    pub footer: Option<String>,
    /// `Page {page} of {pages}`.
    pub page: Template,
    /// Marks every page of a sheet with unprotected or synthetic numbers.
    pub mark: Option<String>,
    /// Words that only a screen needs.
    pub screen: Screen,
    /// Each part begins on a page of its own.
    pub parts: Vec<Part>,
}

/// Words that only a screen needs.
#[derive(Clone, Debug)]
pub struct Screen {
    /// Lets keyboard users skip the title.
    pub skip: String,
    /// Opens the table behind a chart.
    pub as_table: String,
}

/// Whose sheet it is.
#[derive(Clone, Debug, Default)]
pub struct Brand {
    /// The publisher, instead of the department's line.
    pub publisher: Option<String>,
    /// Who received the signals, as in a sentence: `the Ohio Anti-Trafficking Hotline`; instead of the National Human
    /// Trafficking Hotline.
    pub source: Option<String>,
    pub footer: Option<String>,
    pub logo: Option<Logo>,
    /// Whether to leave out the panels that fill a page with room to spare.
    pub without_panels: bool,
}

/// A logo, in units of its own.
#[derive(Clone, Debug)]
pub struct Logo {
    pub drawing: Drawing,
    /// What it shows, for people who can't see it.
    pub alt: String,
    /// The language of these words by BCP 47, if it may not be the sheet's.
    pub language: Option<String>,
}

/// What the file says about itself.
#[derive(Clone, Debug)]
pub struct Metadata {
    /// BCP 47.
    pub language: String,
    pub subject: String,
    pub keywords: String,
    /// Who publishes the sheet.
    pub author: String,
    /// Names and values of other things that a reader of the file may want: data period, SHA-256 of the input.
    pub custom: Vec<(String, String)>,
    /// The last day of the data's last month: the file's date, so that it is always the same.
    pub date: chrono::NaiveDate,
}

/// Blocks that begin on a page of their own.
#[derive(Clone, Debug)]
pub struct Part {
    pub blocks: Vec<Block>,
}

/// One piece of a sheet.
#[derive(Clone, Debug)]
pub enum Block {
    /// Blocks under one heading.
    Section(Vec<Block>),
    Heading(Heading),
    Paragraph(Paragraph),
    List(List),
    Table(Table),
    Figure(Figure),
    /// A few large numbers side by side.
    Numbers(Vec<KeyNumber>),
    /// Blocks side by side, read one column after the other.
    Columns(Vec<Column>),
    /// At the end of the last column: blocks that go together to the foot of whichever column is the shortest.
    Loose(Vec<Block>),
    /// Versions of the same, the fullest first: the first one that there is room for is used, or else the last one.
    Versions(Vec<Vec<Block>>),
    /// Blocks under one heading that are left out if the page would run over.
    IfRoom(Vec<Block>),
    /// Blocks that stand out together from the rest of the page, at its bottom.
    Panel(Panel, Vec<Block>),
}

impl Block {
    /// The first block that stands for itself: of loose ones, the first of them.
    pub(crate) fn first(&self) -> &Block {
        match self {
            Block::Loose(blocks) => blocks.first().unwrap_or(self),
            block => block,
        }
    }

    /// The last block that stands for itself.
    pub(crate) fn last(&self) -> &Block {
        match self {
            Block::Loose(blocks) => blocks.last().unwrap_or(self),
            block => block,
        }
    }

    /// The blocks, with sections and columns replaced by the blocks in them, in reading order.
    pub(super) fn leaves(blocks: &[Block]) -> Vec<&Block> {
        let inner = blocks.iter().map(|block| match block {
            Block::Section(inner) | Block::IfRoom(inner) | Block::Loose(inner) => {
                Block::leaves(inner)
            }
            Block::Columns(columns) => {
                let columns = columns.iter();
                let inner = columns.flat_map(|column| Block::leaves(&column.blocks));
                inner.collect()
            }
            leaf => vec![leaf],
        });
        inner.flatten().collect()
    }

    /// The text of the first heading among blocks.
    pub fn first_heading(blocks: &[Block]) -> Option<&str> {
        let mut leaves = Block::leaves(blocks).into_iter();
        leaves.find_map(|block| match block {
            Block::Heading(heading) => Some(heading.text.as_str()),
            _ => None,
        })
    }
}

/// A heading. Level 1 is only for the title.
#[derive(Clone, Debug)]
pub struct Heading {
    /// Its rank, 2 to 4, which determines its look. Rank 3 is for headings that the agency sets in capitals.
    pub level: u8,
    /// Its level among the headings, at most one below that of the previous heading.
    pub outline: u8,
    pub text: String,
}

/// A run of text in one style.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Span {
    pub text: String,
    pub strong: bool,
    pub link: Option<Link>,
    /// BCP 47, if it isn't the sheet's language.
    pub language: Option<String>,
}

/// Where a span links to.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    pub url: String,
    /// What a screen reader says about it.
    pub description: String,
}

impl Span {
    /// Plain text.
    pub fn plain(text: impl Into<String>) -> Self {
        Span {
            text: text.into(),
            ..Span::default()
        }
    }

    /// The same in a language other than the sheet's, if there is one.
    pub fn in_language(self, language: Option<&str>) -> Self {
        Span {
            language: language.map(str::to_owned),
            ..self
        }
    }

    /// The same, linked to an address if there is one; `description` is what a screen reader says about it, if that
    /// is more than the text.
    pub fn to(self, url: Option<&str>, description: Option<&str>) -> Self {
        let link = url.map(|url| Link {
            url: url.to_owned(),
            description: spoken(&self.text, description.unwrap_or(&self.text)),
        });
        Span { link, ..self }
    }

    /// Text that links to an address, if there is one.
    pub fn linked(text: impl Into<String>, url: Option<&str>, description: &str) -> Self {
        Span::plain(text).to(url, Some(description))
    }
}

/// What a screen reader says about a link: this includes its text, so that people who use speech input can say what
/// they see (WCAG 2.2, 2.5.3).
fn spoken(text: &str, description: &str) -> String {
    match description.contains(text) {
        true => description.to_owned(),
        false => format!("{text}: {description}"),
    }
}

/// A paragraph and its role in the sheet, which determines its look.
#[derive(Clone, Debug)]
pub struct Paragraph {
    pub role: Role,
    pub spans: Vec<Span>,
}

/// The role of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The introduction.
    Lead,
    Body,
    /// Under a figure.
    Caption,
    /// A line below a heading that says what the numbers count.
    Gloss,
    /// What the numbers say, below the heading of a chart.
    Finding,
    /// A footnote or a note on how to read the numbers.
    Note,
    /// An addition in small type.
    Aside,
    /// A telephone number, to be read from a distance.
    Number,
    /// A secondary telephone number.
    SmallNumber,
    /// Names the number that follows.
    NumberLabel,
    /// Links side by side, far enough apart to click each one.
    Links,
}

/// A list.
#[derive(Clone, Debug)]
pub struct List {
    /// Numbered from 1, or with bullets.
    pub ordered: bool,
    pub items: Vec<Item>,
}

/// An item of a list.
#[derive(Clone, Debug)]
pub struct Item {
    pub spans: Vec<Span>,
    /// At the right end of the line.
    pub value: Option<String>,
}

/// A table with a header row.
#[derive(Clone, Debug)]
pub struct Table {
    pub columns: Vec<TableColumn>,
    pub rows: Vec<Vec<Vec<Span>>>,
}

/// A column of a table.
#[derive(Clone, Debug)]
pub struct TableColumn {
    pub header: String,
    /// Its fraction of the table's width, in twelfths.
    pub share: u8,
    /// Whether it contains numbers, which are aligned at its right edge.
    pub is_numeric: bool,
}

/// A number that summarizes the sheet.
#[derive(Clone, Debug)]
pub struct KeyNumber {
    /// As printed.
    pub value: String,
    /// What it counts.
    pub label: String,
}

/// A drawing with its caption and alternative text.
#[derive(Clone, Debug)]
pub struct Figure {
    pub content: FigureContent,
    pub alt: String,
    pub caption: Vec<Span>,
}

/// The content of a figure.
#[derive(Clone, Debug, PartialEq)]
pub enum FigureContent {
    HeatMap(Box<HeatMap>),
    /// Categories, each with its number at the end of its bar.
    Categories(Bars),
    /// The same without bars, if a page has no room for them.
    Numbers(Bars),
    /// The same in order, with the numbers one below the other at the right.
    Ranking(Bars),
    /// The same number year by year.
    Line(Bars),
    /// A QR code for this address.
    Code(String),
}

/// The content of the heat map.
#[derive(Clone, Debug, PartialEq)]
pub struct HeatMap {
    pub area: Area,
    pub shading: Shading,
    pub fewer: String,
    pub more: String,
    pub none: String,
    pub none_shaded: String,
    pub miles: String,
    /// The names of its insets, in the order of the state's panels.
    pub insets: Vec<String>,
}

/// Horizontal bars.
#[derive(Clone, Debug, PartialEq)]
pub struct Bars {
    pub bars: Vec<Bar>,
    /// The bars of all charts that readers compare, including this one: they share one scale.
    pub scale: Vec<Bar>,
    /// Whether names and numbers are enough if the page is full.
    pub may_give_way: bool,
}

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    pub name: String,
    /// The number as printed.
    pub value: String,
    /// The number, if it may be shown, or the lower end of a range.
    pub length: Option<u64>,
    /// The upper end of a range.
    pub to: Option<u64>,
}

/// Blocks of one column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Width in twelfths of the page.
    pub share: u8,
    pub blocks: Vec<Block>,
}

/// How a panel stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// A narrow, pale strip, in its place on the page.
    Numbers,
    /// A narrow strip.
    Strip,
    /// A wide field.
    Field,
}
