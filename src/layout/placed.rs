//! Placed items: what the layout passes on, and all that the PDF writer sees.
//!
//! Units are points. The origin is the page's top left corner; x goes to the right, y down.

use std::sync::Arc;

use crate::drawing::{Colour, Drawing, Mark};
use crate::text::ShapedText;

/// A sheet that is laid out.
#[derive(Clone, Debug)]
pub struct Pages {
    /// Width and height of every page.
    pub size: (f32, f32),
    pub margins: PrintMargins,
    /// Whether every color becomes a gray of the same lightness.
    pub gray: bool,
    pub pages: Vec<Page>,
    pub structure: Structure,
    /// The headings in reading order.
    pub outline: Vec<Bookmark>,
    /// Headings of blocks that there was no room for.
    pub left_out: Vec<String>,
}

/// How far the printed sheet extends beyond the page's edges, in points; nothing if the paper isn't cut.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PrintMargins {
    /// What is printed so that a slightly misplaced cut leaves no white edge.
    pub bleed: f32,
    /// The whole margin, including the crop marks.
    pub slug: f32,
}

/// The items on one page; later items cover earlier ones.
#[derive(Clone, Debug, Default)]
pub struct Page {
    pub items: Vec<Placed>,
}

impl Page {
    /// The first letter of its texts that can't be set.
    pub fn missing_letter(&self) -> Option<char> {
        self.items.iter().find_map(|item| match &item.content {
            Content::Text { run, .. } => run.missing_letter(),
            Content::Drawing(drawing) => drawing.marks.iter().find_map(Mark::missing_letter),
            Content::Link { .. } => None,
        })
    }
}

/// An item in its position, and what it belongs to.
#[derive(Clone, Debug)]
pub struct Placed {
    pub owner: Owner,
    /// Shift of the content from its own coordinates.
    pub x: f32,
    pub y: f32,
    pub content: Content,
}

/// Items, each moved to the right and down.
pub(super) fn shifted(items: Vec<Placed>, x: f32, y: f32) -> impl Iterator<Item = Placed> {
    items.into_iter().map(move |mut item| {
        item.x += x;
        item.y += y;
        item
    })
}

/// Whether an item is part of the document's content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// Belongs to a structure element.
    Element(ElementId),
    /// Skipped when the document is read aloud.
    Artifact(Artifact),
}

/// What isn't part of the document's content (ISO 32000-1, 14.8.2.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Artifact {
    /// Backgrounds, rules, the bars of a chart whose numbers are read as a table.
    Decoration,
    /// Repeated at the top of every page.
    Header,
    /// Repeated at the bottom of every page.
    Footer,
    /// For the print shop, outside the page; on every ink's plate.
    PrintersMark,
}

impl From<Artifact> for Owner {
    fn from(artifact: Artifact) -> Self {
        Owner::Artifact(artifact)
    }
}

/// What is drawn.
#[derive(Clone, Debug)]
pub enum Content {
    /// A line of text; the item's position is the start of its baseline.
    Text {
        run: Arc<ShapedText>,
        size: f32,
        colour: Colour,
    },
    /// Vector marks; the item's position is the drawing's top left corner.
    Drawing(Drawing),
    /// An area that links to an address; the item's position is its top left corner.
    Link {
        width: f32,
        height: f32,
        url: String,
    },
}

/// A structure element, as an index into [`Structure::elements`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ElementId(usize);

impl ElementId {
    /// Position in [`Structure::elements`].
    pub fn index(self) -> usize {
        self.0
    }
}

/// The structure tree in reading order: an element comes after its parent and its earlier siblings.
#[derive(Clone, Debug, Default)]
pub struct Structure {
    pub elements: Vec<Element>,
}

/// A structure element (ISO 32000-1, 14.8.4).
#[derive(Clone, Debug)]
pub struct Element {
    pub kind: ElementKind,
    pub parent: Option<ElementId>,
    /// What a screen reader says instead of the content, or for a link; for a table, before the content.
    pub alt: Option<String>,
    /// BCP 47, if it isn't the document's language.
    pub language: Option<String>,
}

/// The standard structure types that the sheet uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ElementKind {
    Document,
    Section,
    /// Level 1 to 4.
    Heading(u8),
    Paragraph,
    List {
        ordered: bool,
    },
    ListItem,
    Label,
    ListBody,
    Table,
    TableRow,
    HeaderCell(Scope),
    DataCell,
    Figure,
    Caption,
    Link,
    /// A passage that differs from its surroundings, for example in its language.
    Span,
}

/// The cells that a header cell applies to (ISO 32000-1, table 349).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    Row,
    Column,
}

impl Structure {
    /// Adds an element as the last child of its parent.
    pub fn add(&mut self, kind: ElementKind, parent: Option<ElementId>) -> ElementId {
        self.elements.push(Element {
            kind,
            parent,
            alt: None,
            language: None,
        });
        ElementId(self.elements.len() - 1)
    }

    /// Sets the language of an element.
    pub fn set_language(&mut self, id: ElementId, language: &str) {
        self.elements[id.0].language = Some(language.to_owned());
    }

    /// Adds an element with its alternative text.
    pub fn add_with_alt(
        &mut self,
        kind: ElementKind,
        parent: ElementId,
        alt: impl Into<String>,
    ) -> ElementId {
        let id = self.add(kind, Some(parent));
        self.elements[id.0].alt = Some(alt.into());
        id
    }
}

/// The position of a heading, for the reader's list of bookmarks.
#[derive(Clone, Debug, PartialEq)]
pub struct Bookmark {
    pub element: ElementId,
    pub level: u8,
    pub title: String,
    /// Page from 0.
    pub page: usize,
    /// Top of the heading.
    pub y: f32,
}
