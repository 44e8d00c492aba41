//! Figures as inline SVG, and charts as tables too.

use super::colours::Tokens;
use crate::chart::Chart;
use crate::drawing::{Colour, Drawing, Label};
use crate::markup::{Attribute, Markup};
use crate::sheet::Logo;
use crate::svg::{Marks, Paint, Precision, Rendering};
use crate::text::Face;

/// A tenth of a point is a fifth of a pixel at a drawing's largest size.
const PRECISION: Precision = Precision(10);

/// A figure at one of the widths for screens.
pub(super) struct Picture<'a> {
    pub(super) drawing: &'a Drawing,
    /// The screens that show it: `wide`, `narrow`, or all.
    pub(super) class: &'a str,
    /// The number of pixels in a point if there is room.
    pub(super) scale: f32,
    pub(super) alt: &'a str,
    /// The number of the picture in the document.
    pub(super) number: usize,
}

impl Picture<'_> {
    pub(super) fn write(&self, tokens: &Tokens, markup: &mut Markup) {
        let Drawing { width, height, .. } = *self.drawing;
        let view = format!(
            "0 0 {} {}",
            PRECISION.number(width),
            PRECISION.number(height)
        );
        let [pixels_wide, pixels_high] =
            [width, height].map(|length| (length * self.scale).round().to_string());
        markup.open(
            "svg",
            &[
                ("class", self.class),
                ("role", "img"),
                ("aria-label", self.alt),
                ("viewBox", &view),
                ("width", &pixels_wide),
                ("height", &pixels_high),
            ],
        );
        let prefix = format!("clip-{}-", self.number);
        Marks {
            markup,
            rendering: &mut OnPage(tokens),
            precision: PRECISION,
            prefix: &prefix,
            named: 0,
        }
        .all(&self.drawing.marks);
        markup.close();
    }
}

/// The whole chart as an image.
pub(super) fn seen(chart: &Chart) -> Drawing {
    let texts = chart
        .rows
        .iter()
        .flat_map(|row| row.name.iter().chain(&row.number));
    Drawing {
        width: chart.width,
        height: chart.height,
        marks: chart.shapes.iter().chain(texts).cloned().collect(),
    }
}

/// A logo in its own colors, on a plate as on the owner's letterhead.
pub(super) fn logo(logo: &Logo, markup: &mut Markup) {
    let Drawing { width, height, .. } = logo.drawing;
    let view = format!(
        "0 0 {} {}",
        PRECISION.number(width),
        PRECISION.number(height)
    );
    let mut attributes = vec![
        ("class", "logo"),
        ("role", "img"),
        ("aria-label", logo.alt.as_str()),
        ("viewBox", view.as_str()),
    ];
    attributes.extend(logo.language.as_deref().map(|language| ("lang", language)));
    markup.open("svg", &attributes);
    Marks {
        markup,
        rendering: &mut AsItIs,
        precision: Precision(100),
        prefix: "logo-",
        named: 0,
    }
    .all(&logo.drawing.marks);
    markup.close();
}

/// In the page's colors, with text in the page's font.
struct OnPage<'a>(&'a Tokens);

impl Rendering for OnPage<'_> {
    fn class(&self, colour: Colour) -> Option<&str> {
        self.0.name(colour)
    }

    fn label(&mut self, label: &Label, markup: &mut Markup) {
        let paint = Paint::of(self, Some(label.colour), label.halo);
        self.text(label, &paint, &[], markup);
    }

    fn halo(&mut self, label: &Label, markup: &mut Markup) {
        let paint = Paint::of(self, None, label.halo);
        // The letters follow, and are read once.
        self.text(label, &paint, &[("aria-hidden", "true")], markup);
    }
}

impl OnPage<'_> {
    fn text(&self, label: &Label, paint: &Paint, further: &[Attribute<'_>], markup: &mut Markup) {
        let text = label.run.text.trim_end();
        if text.is_empty() {
            return;
        }
        let (x, y) = label.start();
        let [x, y, size] = [x, y, label.size].map(|length| PRECISION.number(length));
        let mut attributes = vec![("x", x.as_str()), ("y", &y), ("font-size", &size)];
        attributes.extend(paint.attributes());
        attributes.extend(further);
        let halo = label.halo.map(|halo| PRECISION.number(halo.width));
        if let Some(width) = &halo {
            attributes.extend([("stroke-width", width.as_str()), ("paint-order", "stroke")]);
        }
        match label.run.face {
            Face::SansBold | Face::SerifBold => attributes.push(("font-weight", "700")),
            Face::SansSemiBold => attributes.push(("font-weight", "600")),
            Face::Sans | Face::SansItalic | Face::Serif | Face::SerifItalic => {}
        }
        // Whatever font the reader's device has uses the space that was reserved for it.
        let length = PRECISION.number(printed_width(label, text));
        if text.chars().nth(1).is_some() {
            attributes.extend([
                ("textLength", length.as_str()),
                ("lengthAdjust", "spacingAndGlyphs"),
            ]);
        }
        markup.element("text", &attributes, text);
    }
}

/// Width in points without the space at the end of a line.
fn printed_width(label: &Label, text: &str) -> f32 {
    let glyphs = label.run.glyphs.iter();
    let printed = glyphs.filter(|glyph| glyph.text.start < text.len());
    printed.map(|glyph| glyph.advance).sum::<f32>() * label.size / 1000.0
}

/// In the colors that it was drawn with; a logo has no text.
struct AsItIs;

impl Rendering for AsItIs {
    fn class(&self, _: Colour) -> Option<&str> {
        None
    }

    fn label(&mut self, _: &Label, _: &mut Markup) {}

    fn halo(&mut self, _: &Label, _: &mut Markup) {}
}
