//! The marks of a drawing as SVG elements.

use super::path::Precision;
use super::raster;
use crate::drawing::{Colour, Label, Mark, Stroke, Subpath};
use crate::markup::{Attribute, Markup};

/// How an SVG shows colors and text: the difference between a picture and a part of a web page.
pub(crate) trait Rendering {
    /// The class that replaces a color: `ink` in `f-ink` and `s-ink`, which a style sheet fills and strokes.
    fn class(&self, colour: Colour) -> Option<&str>;

    /// A color as it is shown, for example gray.
    fn printed(&self, colour: Colour) -> Colour {
        colour
    }

    /// A color as it is written if no class replaces it.
    fn colour(&self, colour: Colour) -> String {
        hexadecimal(self.printed(colour))
    }

    /// Writes a line of text, with its halo if it has one.
    fn label(&mut self, label: &Label, markup: &mut Markup);

    /// Writes only the halo of a line of text.
    fn halo(&mut self, label: &Label, markup: &mut Markup);
}

/// Writes marks.
pub(crate) struct Marks<'a, R> {
    pub(crate) markup: &'a mut Markup,
    pub(crate) rendering: &'a mut R,
    pub(crate) precision: Precision,
    /// The beginning of the ids of elements that others refer to; ids are unique in a document.
    pub(crate) prefix: &'a str,
    /// The number of elements with an id so far.
    pub(crate) named: usize,
}

impl<R: Rendering> Marks<'_, R> {
    pub(crate) fn all(&mut self, marks: &[Mark]) {
        for mark in marks {
            self.mark(mark);
        }
    }

    fn mark(&mut self, mark: &Mark) {
        match mark {
            Mark::Path {
                subpaths,
                fill,
                stroke,
            } => self.path(subpaths, *fill, *stroke, &[("fill-rule", "evenodd")]),
            Mark::Winding { subpaths, fill } => self.path(subpaths, Some(*fill), None, &[]),
            Mark::Circle {
                centre,
                radius,
                fill,
                stroke,
            } => {
                let [x, y, radius] =
                    [centre.0, centre.1, *radius].map(|n| self.precision.number(n));
                let place = [("cx", x.as_str()), ("cy", &y), ("r", &radius)];
                self.shape("circle", &place, *fill, *stroke);
            }
            Mark::Label(label) => self.rendering.label(label, self.markup),
            Mark::Halo(label) => self.rendering.halo(label, self.markup),
            Mark::Pixels { raster, at, size } => {
                let address = raster::address(raster, |colour| self.rendering.printed(colour));
                let [x, y, width, height] =
                    [at.0, at.1, size.0, size.1].map(|n| self.precision.number(n));
                let attributes = [
                    ("x", x.as_str()),
                    ("y", &y),
                    ("width", &width),
                    ("height", &height),
                    ("preserveAspectRatio", "none"),
                    ("href", &address),
                ];
                self.markup.empty("image", &attributes);
            }
            Mark::Clip { subpaths, marks } => self.clip(subpaths, marks),
        }
    }

    fn path(
        &mut self,
        subpaths: &[Subpath],
        fill: Option<Colour>,
        stroke: Option<Stroke>,
        rule: &[Attribute<'_>],
    ) {
        let data = self.precision.path(subpaths);
        if data.is_empty() {
            return;
        }
        let mut attributes = vec![("d", data.as_str())];
        // A single outline has no holes.
        if subpaths.len() > 1 && fill.is_some() {
            attributes.extend(rule);
        }
        self.shape("path", &attributes, fill, stroke);
    }

    fn shape(
        &mut self,
        name: &'static str,
        geometry: &[Attribute<'_>],
        fill: Option<Colour>,
        stroke: Option<Stroke>,
    ) {
        let paint = Paint::of(self.rendering, fill, stroke);
        let width = stroke.map(|stroke| self.precision.number(stroke.width));
        let mut attributes = geometry.to_vec();
        attributes.extend(paint.attributes());
        attributes.extend(width.as_deref().map(|width| ("stroke-width", width)));
        self.markup.empty(name, &attributes);
    }

    fn clip(&mut self, subpaths: &[Subpath], marks: &[Mark]) {
        let name = format!("{}{}", self.prefix, self.named);
        self.named += 1;
        self.markup.open("clipPath", &[("id", &name)]);
        let data = self.precision.path(subpaths);
        self.markup
            .empty("path", &[("d", &data), ("clip-rule", "evenodd")]);
        self.markup.close();
        let reference = format!("url(#{name})");
        self.markup.open("g", &[("clip-path", &reference)]);
        self.all(marks);
        self.markup.close();
    }
}

/// Fill and stroke as attributes.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Paint {
    classes: String,
    fill: Option<String>,
    stroke: Option<String>,
}

impl Paint {
    pub(crate) fn of(
        rendering: &impl Rendering,
        fill: Option<Colour>,
        stroke: Option<Stroke>,
    ) -> Self {
        let mut paint = Paint::default();
        let mut classes = Vec::new();
        match fill.map(|fill| (fill, rendering.class(fill))) {
            Some((_, Some(class))) => classes.push(format!("f-{class}")),
            Some((fill, None)) => paint.fill = Some(rendering.colour(fill)),
            None => paint.fill = Some("none".to_owned()),
        }
        match stroke.map(|stroke| (stroke.colour, rendering.class(stroke.colour))) {
            Some((_, Some(class))) => classes.push(format!("s-{class}")),
            Some((stroke, None)) => paint.stroke = Some(rendering.colour(stroke)),
            None => {}
        }
        paint.classes = classes.join(" ");
        paint
    }

    pub(crate) fn attributes(&self) -> impl Iterator<Item = Attribute<'_>> {
        let classes = (!self.classes.is_empty()).then_some(("class", self.classes.as_str()));
        let fill = self.fill.as_deref().map(|fill| ("fill", fill));
        let stroke = self.stroke.as_deref().map(|stroke| ("stroke", stroke));
        [classes, fill, stroke].into_iter().flatten()
    }
}

/// A color as the web writes it: `#162e51`.
pub(crate) fn hexadecimal(colour: Colour) -> String {
    let Colour { red, green, blue } = colour;
    format!("#{red:02x}{green:02x}{blue:02x}")
}
