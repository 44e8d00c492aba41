//! Pages as separate pictures: text as outlines, so that they look the same everywhere.

use std::collections::BTreeSet;

use kurbo::PathEl;

use super::marks::{Marks, Paint, Rendering};
use super::path::Precision;
use crate::drawing::{Colour, Label, Point, Stroke};
use crate::layout::{Content, Page, Pages, Placed};
use crate::markup::Markup;
use crate::text::{Faces, Font, ShapedText};

/// More precision than a hundredth of a point is invisible.
const PRECISION: Precision = Precision(100);

/// The stated size of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// The size of its page on paper.
    OfPaper,
    /// This many pixels wide.
    Pixels(u32),
}

/// Writes the pages of a sheet as SVG files, in order, each with its title and alternative text. The same pages give
/// the same bytes.
pub fn pages(pages: &Pages, faces: &Faces, title: &str, words: &str, size: Size) -> Vec<String> {
    let all = pages.pages.iter().zip(1..);
    all.map(|(page, number)| {
        let title = match pages.pages.len() {
            1 => title.to_owned(),
            count => format!("{title} ({number}/{count})"),
        };
        picture(page, pages, faces, (&title, words), size)
    })
    .collect()
}

fn picture(
    page: &Page,
    pages: &Pages,
    faces: &Faces,
    (title, words): (&str, &str),
    size: Size,
) -> String {
    let mut drawn = Markup::default();
    let mut outlines = Outlines {
        faces,
        gray: pages.gray,
        glyphs: BTreeSet::new(),
    };
    let mut named = 0;
    for item in &page.items {
        named = place(item, &mut outlines, named, &mut drawn);
    }
    let beyond = pages.margins.slug;
    let (width, height) = pages.size;
    let [left, wide, high] =
        [-beyond, width + 2.0 * beyond, height + 2.0 * beyond].map(|n| PRECISION.number(n));
    let (shown_wide, shown_high) = match size {
        Size::OfPaper => (format!("{wide}pt"), format!("{high}pt")),
        Size::Pixels(pixels) => {
            let aspect = (height + 2.0 * beyond) / (width + 2.0 * beyond);
            let high = (pixels as f32 * aspect).round().max(1.0);
            (pixels.to_string(), high.to_string())
        }
    };
    let mut markup = Markup::default();
    markup.open(
        "svg",
        &[
            ("xmlns", "http://www.w3.org/2000/svg"),
            ("role", "img"),
            ("aria-labelledby", "title words"),
            ("width", &shown_wide),
            ("height", &shown_high),
            ("viewBox", &format!("{left} {left} {wide} {high}")),
            ("stroke-linecap", "round"),
            ("stroke-linejoin", "round"),
        ],
    );
    markup.element("title", &[("id", "title")], title);
    markup.element("desc", &[("id", "words")], words);
    markup.open("defs", &[]);
    for &(font, glyph) in &outlines.glyphs {
        let data = outline(faces, font, glyph);
        markup.empty("path", &[("id", &name(font, glyph)), ("d", &data)]);
    }
    markup.close();
    let paper = [
        ("x", left.as_str()),
        ("y", &left),
        ("width", &wide),
        ("height", &high),
    ];
    markup.empty("rect", &[&paper[..], &[("fill", "#ffffff")]].concat());
    markup.raw(&drawn.finish());
    markup.finish() + "\n"
}

/// Draws an item; `named` is the number of elements in the picture with an id before it, and the result is the number
/// after it.
fn place(item: &Placed, outlines: &mut Outlines<'_>, named: usize, markup: &mut Markup) -> usize {
    match &item.content {
        Content::Text { run, size, colour } => {
            outlines.text(run, *size, *colour, (item.x, item.y), markup);
            named
        }
        Content::Drawing(drawing) => {
            let [x, y] = [item.x, item.y].map(|n| PRECISION.number(n));
            let shift = format!("translate({x} {y})");
            markup.open("g", &[("transform", &shift)]);
            let mut marks = Marks {
                markup,
                rendering: outlines,
                precision: PRECISION,
                prefix: "clip-",
                named,
            };
            marks.all(&drawing.marks);
            let named = marks.named;
            markup.close();
            named
        }
        // A picture has no links; the addresses are printed.
        Content::Link { .. } => named,
    }
}

/// Draws letters as outlines; the picture contains each outline once.
struct Outlines<'a> {
    faces: &'a Faces,
    gray: bool,
    glyphs: BTreeSet<(Font, u16)>,
}

impl Outlines<'_> {
    /// A line of text, given the start of its baseline.
    fn text(
        &mut self,
        run: &ShapedText,
        size: f32,
        colour: Colour,
        at: Point,
        markup: &mut Markup,
    ) {
        let fill = Paint::of(self, Some(colour), None);
        self.glyphs(run, size, at, &fill, None, markup);
    }

    fn glyphs(
        &mut self,
        run: &ShapedText,
        size: f32,
        (x, y): Point,
        paint: &Paint,
        stroke: Option<f32>,
        markup: &mut Markup,
    ) {
        let [x, y] = [x, y].map(|n| PRECISION.number(n));
        // Outlines are in thousandths of an em: converts these to points.
        let scale = size / 1000.0;
        let transform = format!("translate({x} {y}) scale({scale})");
        let width = stroke.map(|width| PRECISION.number(width / scale));
        let mut attributes = vec![("transform", transform.as_str())];
        attributes.extend(paint.attributes());
        attributes.extend(width.as_deref().map(|width| ("stroke-width", width)));
        markup.open("g", &attributes);
        let mut pen = 0.0;
        for glyph in &run.glyphs {
            if !self
                .faces
                .curves(glyph.font, glyph.id)
                .elements()
                .is_empty()
            {
                self.glyphs.insert((glyph.font, glyph.id));
                let reference = format!("#{}", name(glyph.font, glyph.id));
                let [x, y] = [pen + glyph.shift, -glyph.rise].map(|n| Precision(1).number(n));
                let mut attributes = vec![("href", reference.as_str()), ("x", &x)];
                if glyph.rise != 0.0 {
                    attributes.push(("y", &y));
                }
                markup.empty("use", &attributes);
            }
            pen += glyph.advance;
        }
        markup.close();
    }
}

impl Rendering for Outlines<'_> {
    fn class(&self, _: Colour) -> Option<&str> {
        None
    }

    fn printed(&self, colour: Colour) -> Colour {
        if self.gray { colour.gray() } else { colour }
    }

    fn label(&mut self, label: &Label, markup: &mut Markup) {
        self.halo(label, markup);
        self.text(&label.run, label.size, label.colour, label.start(), markup);
    }

    fn halo(&mut self, label: &Label, markup: &mut Markup) {
        if let Some(Stroke { colour, width }) = label.halo {
            let stroke = Stroke { colour, width };
            let paint = Paint::of(self, None, Some(stroke));
            self.glyphs(
                &label.run,
                label.size,
                label.start(),
                &paint,
                Some(width),
                markup,
            );
        }
    }
}

/// The id of a glyph's outline in a picture.
fn name(font: Font, glyph: u16) -> String {
    match font {
        Font::Of(face) => format!("{face:?}-{glyph}"),
        Font::Fallback(fallback) => format!("Fallback{fallback:?}-{glyph}"),
    }
}

/// A glyph's outline as path data, in thousandths of an em, y down.
fn outline(faces: &Faces, font: Font, glyph: u16) -> String {
    let mut data = String::new();
    let at = |point: kurbo::Point| {
        let [x, y] = [point.x, -point.y].map(|n| Precision(1).number(n as f32));
        format!("{x} {y}")
    };
    for element in faces.curves(font, glyph).elements() {
        data.push_str(&match *element {
            PathEl::MoveTo(to) => format!("M{}", at(to)),
            PathEl::LineTo(to) => format!("L{}", at(to)),
            PathEl::QuadTo(by, to) => format!("Q{} {}", at(by), at(to)),
            PathEl::CurveTo(one, other, to) => format!("C{} {} {}", at(one), at(other), at(to)),
            PathEl::ClosePath => "Z".to_owned(),
        });
    }
    data
}
