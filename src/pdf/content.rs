//! Page content: placed items as drawing operators, each bound to its structure element or marked as
//! an artifact.

use super::fonts::resource_name;
use super::operators::Operators;
use super::structure::type_name;
use super::text_string::utf16;
use super::used_glyphs::UsedGlyphs;
use crate::drawing::{Anchor, Colour, Label, Mark, Point, Stroke, Subpath};
use crate::layout::{Artifact, Content, ElementId, ElementKind, Owner, Page, Pages, Placed};
use crate::text::{Contour, Faces, ShapedText};

/// A page's operators, and what the structure tree must know of them.
pub(super) struct PageContent {
    pub(super) operators: Operators,
    /// The element of each marked-content sequence, by its identifier on this page.
    pub(super) marked: Vec<ElementId>,
    pub(super) links: Vec<LinkArea>,
    /// The figures on this page, and where they lie.
    pub(super) figures: Vec<(ElementId, Area)>,
}

/// Left, bottom, right, top, in points from the page's lower left corner.
pub(super) type Area = [f32; 4];

/// An area that leads to an address.
pub(super) struct LinkArea {
    pub(super) element: ElementId,
    pub(super) url: String,
    pub(super) area: Area,
}

/// Turns the items of one of the pages into operators.
pub(super) fn page(
    page: &Page,
    pages: &Pages,
    faces: &Faces,
    used: &mut UsedGlyphs,
) -> PageContent {
    let mut content = PageContent {
        operators: Operators::default(),
        marked: Vec::new(),
        links: Vec::new(),
        figures: Vec::new(),
    };
    let height = pages.size.1;
    let kind = |element: ElementId| pages.structure.elements[element.index()].kind;
    let mut open: Option<Owner> = None;
    for item in &page.items {
        if let (
            Content::Link {
                width,
                height: link_height,
                url,
            },
            Owner::Element(element),
        ) = (&item.content, item.owner)
        {
            let top = height - item.y;
            content.links.push(LinkArea {
                element,
                url: url.clone(),
                area: [item.x, top - link_height, item.x + width, top],
            });
            continue;
        }
        if open != Some(item.owner) {
            content.close(open);
            content.open(item.owner, kind);
            open = Some(item.owner);
        }
        if let (Content::Drawing(drawing), Owner::Element(element)) = (&item.content, item.owner)
            && kind(element) == ElementKind::Figure
        {
            let top = height - item.y;
            let area = [item.x, top - drawing.height, item.x + drawing.width, top];
            content.figures.push((element, area));
        }
        let mut pen = Pen {
            operators: &mut content.operators,
            faces,
            used,
            gray: pages.gray,
            x: item.x,
            y: height - item.y,
        };
        pen.item(item);
    }
    content.close(open);
    content
}

impl PageContent {
    /// Begins a marked-content sequence (ISO 32000-1, 14.6): of an element, or of an artifact.
    fn open(&mut self, owner: Owner, kind: impl Fn(ElementId) -> ElementKind) {
        match owner {
            Owner::Artifact(artifact) => {
                begin(
                    &mut self.operators,
                    "Artifact",
                    artifact_properties(artifact),
                );
            }
            Owner::Element(element) => {
                let properties = format!("<</MCID {}>>", self.marked.len());
                self.marked.push(element);
                begin(&mut self.operators, type_name(kind(element)), &properties);
            }
        }
    }

    fn close(&mut self, open: Option<Owner>) {
        if open.is_some() {
            self.operators.operator("EMC");
        }
    }
}

/// Begins a marked-content sequence with a property list.
fn begin(operators: &mut Operators, tag: &str, properties: &str) {
    operators.name(tag).written(properties).operator("BDC");
}

/// What kind of artifact (ISO 32000-1, table 330).
fn artifact_properties(artifact: Artifact) -> &'static str {
    match artifact {
        Artifact::Decoration => "<</Type/Layout>>",
        Artifact::Header => "<</Type/Pagination/Subtype/Header/Attached[/Top]>>",
        Artifact::Footer => "<</Type/Pagination/Subtype/Footer/Attached[/Bottom]>>",
    }
}

/// How an outline is painted (ISO 32000-1, tables 60 and 61).
#[derive(Clone, Copy)]
enum Painting {
    Fill,
    FillEvenOdd,
    Stroke,
    FillAndStroke,
    /// What is drawn from now on is seen only inside.
    ClipEvenOdd,
}

impl Painting {
    fn operators(self) -> &'static str {
        match self {
            Painting::Fill => "f",
            Painting::FillEvenOdd => "f*",
            Painting::Stroke => "S",
            Painting::FillAndStroke => "b",
            Painting::ClipEvenOdd => "W*\nn",
        }
    }
}

/// Writes operators for drawings whose origin is at (x, y) of the page, y up.
struct Pen<'a> {
    operators: &'a mut Operators,
    faces: &'a Faces,
    used: &'a mut UsedGlyphs,
    gray: bool,
    x: f32,
    y: f32,
}

impl Pen<'_> {
    fn item(&mut self, item: &Placed) {
        match &item.content {
            Content::Text { run, size, colour } => self.text(run, *size, *colour, (0.0, 0.0)),
            Content::Drawing(drawing) => self.marks(&drawing.marks),
            Content::Link { .. } => {}
        }
    }

    fn marks(&mut self, marks: &[Mark]) {
        for mark in marks {
            match mark {
                Mark::Path {
                    subpaths,
                    fill,
                    stroke,
                } => self.path(subpaths, *fill, *stroke),
                Mark::Winding { subpaths, fill } => {
                    self.fill(subpaths, *fill, Painting::Fill);
                }
                Mark::Circle {
                    centre,
                    radius,
                    fill,
                    stroke,
                } => self.circle(*centre, *radius, *fill, *stroke),
                Mark::Label(label) => self.label(label),
                Mark::Clip { subpaths, marks } => self.clip(subpaths, marks),
            }
        }
    }

    /// An operand: a point of the drawing on the page, to a hundredth of a point: finer is not seen, only
    /// stored.
    fn point(&mut self, (x, y): Point) -> &mut Operators {
        let round = |value: f32| (value * 100.0).round() / 100.0;
        self.operators
            .number(round(self.x + x))
            .number(round(self.y - y))
    }

    fn move_to(&mut self, to: Point) {
        self.point(to).operator("m");
    }

    fn line_to(&mut self, to: Point) {
        self.point(to).operator("l");
    }

    fn curve_to(&mut self, first: Point, second: Point, to: Point) {
        self.point(first);
        self.point(second);
        self.point(to).operator("c");
    }

    fn path(&mut self, subpaths: &[Subpath], fill: Option<Colour>, stroke: Option<Stroke>) {
        if let Some(fill) = fill {
            self.fill(subpaths, fill, Painting::FillEvenOdd);
        }
        if let Some(stroke) = stroke {
            self.stroke_style(stroke);
            for subpath in subpaths {
                self.outline(&subpath.points);
                if subpath.closed {
                    self.operators.operator("h");
                }
                self.paint(Painting::Stroke);
            }
        }
    }

    fn fill(&mut self, subpaths: &[Subpath], colour: Colour, painting: Painting) {
        self.fill_colour(colour);
        self.rings(subpaths, painting);
    }

    /// Paints what lies inside closed subpaths.
    fn rings(&mut self, subpaths: &[Subpath], painting: Painting) {
        let mut rings = subpaths
            .iter()
            .filter(|subpath| subpath.points.len() > 1)
            .peekable();
        if rings.peek().is_none() {
            return;
        }
        for ring in rings {
            self.outline(&ring.points);
        }
        self.operators.operator("h");
        self.paint(painting);
    }

    fn outline(&mut self, points: &[Point]) {
        let Some((&first, others)) = points.split_first() else {
            return;
        };
        self.move_to(first);
        for &point in others {
            self.line_to(point);
        }
    }

    fn paint(&mut self, painting: Painting) {
        self.operators.operator(painting.operators());
    }

    fn circle(&mut self, (x, y): Point, radius: f32, fill: Option<Colour>, stroke: Option<Stroke>) {
        if let Some(fill) = fill {
            self.fill_colour(fill);
        }
        if let Some(stroke) = stroke {
            self.stroke_style(stroke);
        }
        // Four cubic curves; the handles' length makes them touch the circle at their middles.
        let handle = radius * 0.552_284_8;
        self.move_to((x + radius, y));
        for (from, to) in [
            ((1.0, 0.0), (0.0, 1.0)),
            ((0.0, 1.0), (-1.0, 0.0)),
            ((-1.0, 0.0), (0.0, -1.0)),
            ((0.0, -1.0), (1.0, 0.0)),
        ] {
            let at = |(a, b): (f32, f32), towards: (f32, f32)| {
                (
                    x + a * radius + towards.0 * handle,
                    y + b * radius + towards.1 * handle,
                )
            };
            let end = (x + to.0 * radius, y + to.1 * radius);
            self.curve_to(at(from, to), at(to, from), end);
        }
        self.operators.operator("h");
        self.paint(match (fill, stroke) {
            (Some(_), Some(_)) => Painting::FillAndStroke,
            (None, Some(_)) => Painting::Stroke,
            _ => Painting::Fill,
        });
    }

    fn label(&mut self, label: &Label) {
        let run = self.faces.shape(label.face, &label.text);
        let width = run.width(label.size);
        let (x, y) = label.at;
        let start = match label.anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        };
        if let Some(halo) = label.halo {
            self.halo(&run, label.size, (start, y), halo);
        }
        self.text(&run, label.size, label.colour, (start, y));
    }

    /// The letters' outlines, stroked. Text drawn twice would be found and copied twice.
    fn halo(&mut self, run: &ShapedText, size: f32, (x, y): Point, halo: Stroke) {
        self.stroke_style(halo);
        let scale = size / 1000.0;
        let mut pen = x;
        let mut is_drawn = false;
        for glyph in &run.glyphs {
            let at = |(dx, dy): (f32, f32)| (pen + (dx + glyph.shift) * scale, y - dy * scale);
            for contour in self.faces.outline(run.face, glyph.id) {
                match contour {
                    Contour::Move(to) => self.move_to(at(to)),
                    Contour::Line(to) => self.line_to(at(to)),
                    Contour::Curve(first, second, to) => {
                        self.curve_to(at(first), at(second), at(to));
                    }
                }
                is_drawn = true;
            }
            pen += glyph.advance * scale;
        }
        if is_drawn {
            self.operators.operator("h");
            self.paint(Painting::Stroke);
        }
    }

    fn clip(&mut self, subpaths: &[Subpath], marks: &[Mark]) {
        self.operators.operator("q");
        self.rings(subpaths, Painting::ClipEvenOdd);
        self.marks(marks);
        self.operators.operator("Q");
    }

    fn text(&mut self, run: &ShapedText, size: f32, colour: Colour, at: Point) {
        if run.glyphs.is_empty() {
            return;
        }
        self.fill_colour(colour);
        let (glyphs, says) = self.used.codes(run);
        let text = run.text.replace('\u{a0}', " ");
        let replaced = says != text;
        if replaced {
            // What the glyphs say is not what is meant (ISO 32000-1, 14.9.4).
            let meant: String = utf16(&text)
                .iter()
                .map(|byte| format!("{byte:02X}"))
                .collect();
            begin(self.operators, "Span", &format!("<</ActualText<{meant}>>>"));
        }
        self.operators.operator("BT");
        self.operators
            .name(resource_name(run.face))
            .number(size)
            .operator("Tf");
        self.point(at).operator("Td");
        self.operators.glyphs(glyphs).operator("TJ");
        self.operators.operator("ET");
        if replaced {
            self.operators.operator("EMC");
        }
    }

    fn set_colour(&mut self, colour: Colour, gray: &str, colourful: &str) {
        let channel = |value: u8| f32::from(value) / 255.0;
        if self.gray {
            let level = channel(colour.gray().red);
            self.operators.number(level).operator(gray);
            return;
        }
        self.operators
            .number(channel(colour.red))
            .number(channel(colour.green))
            .number(channel(colour.blue))
            .operator(colourful);
    }

    fn fill_colour(&mut self, colour: Colour) {
        self.set_colour(colour, "g", "rg");
    }

    fn stroke_style(&mut self, stroke: Stroke) {
        /// Of joins and of ends.
        const ROUND: f32 = 1.0;
        self.set_colour(stroke.colour, "G", "RG");
        self.operators.number(stroke.width).operator("w");
        self.operators.number(ROUND).operator("j");
        self.operators.number(ROUND).operator("J");
    }
}
