//! Page content: placed items as drawing operators, each bound to its structure element or marked as an artifact.

use std::collections::BTreeMap;

use ahash::AHashMap;
use printpdf::{
    Cmyk, Codepoint, Color, DictItem, Greyscale, Line, LineCapStyle, LineJoinStyle, LinePoint, Op,
    PaintMode, PdfFontHandle, Point as PdfPoint, Polygon, PolygonRing, Pt, Rgb, TextItem,
    WindingOrder,
};
use subsetter::GlyphRemapper;

use super::conformance::Conformance;
use super::fonts::font_id;
use super::images::{Channels, Images};
use super::registration;
use super::structure_type::type_name;
use super::text_string::utf16;
use crate::drawing::{Colour, Label, Mark, Point, Raster, Stroke, Subpath};
use crate::layout::{Artifact, Content, ElementId, ElementKind, Owner, Page, Pages, Placed};
use crate::press::Inks;
use crate::text::{Faces, Font, Glyph, ShapedText};

/// A page's operators, and what the structure tree must know about them.
pub(super) struct PageContent {
    pub(super) operators: Vec<Op>,
    /// The element of each marked-content sequence, by its identifier on this page.
    pub(super) marked: Vec<ElementId>,
    pub(super) links: Vec<LinkArea>,
    /// The figures on this page, and their positions.
    pub(super) figures: Vec<(ElementId, Area)>,
}

/// Left, bottom, right, top, in points from the page's lower left corner.
pub(super) type Area = [f32; 4];

/// An area that links to an address.
pub(super) struct LinkArea {
    pub(super) element: ElementId,
    pub(super) url: String,
    pub(super) area: Area,
}

/// The glyphs that the whole file shows.
#[derive(Default)]
pub(super) struct UsedGlyphs {
    /// What each glyph stands for: a font has one ToUnicode map, so a glyph can only have one text in a file (ISO
    /// 32000-1, 9.10.3).
    meanings: AHashMap<(Font, u16), String>,
    /// The numbers of each font's glyphs in the file; its fonts contain no others.
    numbers: BTreeMap<Font, GlyphRemapper>,
}

/// Converts the items on a page to operators.
pub(super) fn page(
    page: &Page,
    pages: &Pages,
    faces: &Faces,
    conformance: Conformance<'_>,
    glyphs: &mut UsedGlyphs,
    images: &mut Images,
) -> PageContent {
    let mut content = PageContent {
        operators: Vec::new(),
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
            // No annotation may be on a page for a print shop (ISO 15930-7, 6.17).
            if conformance.is_for_print_shop() {
                continue;
            }
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
            content.open(item.owner, kind, conformance);
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
            glyphs,
            images,
            gray: pages.gray,
            inks: conformance.is_for_print_shop(),
            registers: item.owner == Artifact::PrintersMark.into(),
            x: item.x,
            y: height - item.y,
        };
        pen.item(item);
    }
    content.close(open);
    content
}

impl PageContent {
    /// Opens a marked-content sequence (ISO 32000-1, 14.6): for an element, or for an artifact.
    fn open(
        &mut self,
        owner: Owner,
        kind: impl Fn(ElementId) -> ElementKind,
        conformance: Conformance<'_>,
    ) {
        self.operators.push(match owner {
            Owner::Artifact(artifact) => begin("Artifact", artifact_properties(artifact)),
            Owner::Element(element) => {
                let identifier = self.marked.len() as i64;
                self.marked.push(element);
                let properties = vec![("MCID", DictItem::Int(identifier))];
                begin(type_name(kind(element), conformance), properties)
            }
        });
    }

    fn close(&mut self, open: Option<Owner>) {
        if open.is_some() {
            self.operators.push(Op::EndMarkedContent);
        }
    }
}

/// Opens a marked-content sequence with a property list.
fn begin(tag: &str, properties: Vec<(&str, DictItem)>) -> Op {
    let properties = properties
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value));
    Op::BeginMarkedContentWithProperties {
        tag: tag.to_owned(),
        properties: DictItem::Dict {
            map: properties.collect(),
        },
    }
}

/// The kind of artifact (ISO 32000-1, table 330).
fn artifact_properties(artifact: Artifact) -> Vec<(&'static str, DictItem)> {
    let name = |name: &str| DictItem::Name(name.as_bytes().to_vec());
    let pagination = |subtype, edge| {
        vec![
            ("Type", name("Pagination")),
            ("Subtype", name(subtype)),
            ("Attached", DictItem::Array(vec![name(edge)])),
        ]
    };
    match artifact {
        Artifact::Decoration => vec![("Type", name("Layout"))],
        Artifact::Header => pagination("Header", "Top"),
        Artifact::Footer => pagination("Footer", "Bottom"),
        Artifact::PrintersMark => vec![("Type", name("Page"))],
    }
}

/// Writes operators for drawings with the origin at (x, y) on the page, y up.
struct Pen<'a> {
    operators: &'a mut Vec<Op>,
    faces: &'a Faces,
    glyphs: &'a mut UsedGlyphs,
    images: &'a mut Images,
    gray: bool,
    /// Whether colors are written as inks.
    inks: bool,
    /// Whether strokes are in the registration color.
    registers: bool,
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
                    self.fill(subpaths, *fill, WindingOrder::NonZero);
                }
                Mark::Circle {
                    centre,
                    radius,
                    fill,
                    stroke,
                } => self.circle(*centre, *radius, *fill, *stroke),
                Mark::Label(label) => self.label(label),
                Mark::Halo(label) => {
                    if let Some(halo) = label.halo {
                        self.halo(&label.run, label.size, label.start(), halo);
                    }
                }
                Mark::Pixels { raster, at, size } => self.pixels(raster, *at, *size),
                Mark::Clip { subpaths, marks } => self.clip(subpaths, marks),
            }
        }
    }

    fn pixels(&mut self, raster: &Raster, (x, y): Point, (width, height): Point) {
        let channels = match (self.inks, self.gray) {
            (true, gray) => Channels::Inks { gray },
            (false, true) => Channels::Gray,
            (false, false) => Channels::Rgb,
        };
        let corner = self.point((x, y + height));
        let place = [corner.x.0, corner.y.0, width, height];
        self.images.show(raster, channels, place, self.operators);
    }

    /// A point of the drawing on the page, to a hundredth of a point: more precision is invisible and takes space.
    fn point(&self, (x, y): Point) -> PdfPoint {
        let round = |value: f32| Pt((value * 100.0).round() / 100.0);
        PdfPoint {
            x: round(self.x + x),
            y: round(self.y - y),
        }
    }

    fn path(&mut self, subpaths: &[Subpath], fill: Option<Colour>, stroke: Option<Stroke>) {
        if let Some(fill) = fill {
            self.fill(subpaths, fill, WindingOrder::EvenOdd);
        }
        if let Some(stroke) = stroke {
            self.stroke_style(stroke);
            for subpath in subpaths {
                let points = subpath.points.iter().map(|&at| self.corner(at)).collect();
                self.operators.push(Op::DrawLine {
                    line: Line {
                        points,
                        is_closed: subpath.closed,
                    },
                });
            }
        }
    }

    fn fill(&mut self, subpaths: &[Subpath], colour: Colour, winding_order: WindingOrder) {
        self.fill_colour(colour);
        let polygon = Polygon {
            rings: self.rings(subpaths),
            mode: PaintMode::Fill,
            winding_order,
        };
        self.operators.push(Op::DrawPolygon { polygon });
    }

    fn rings(&self, subpaths: &[Subpath]) -> Vec<PolygonRing> {
        subpaths
            .iter()
            .filter(|subpath| subpath.points.len() > 1)
            .map(|subpath| PolygonRing {
                points: subpath.points.iter().map(|&at| self.corner(at)).collect(),
            })
            .collect()
    }

    fn corner(&self, at: Point) -> LinePoint {
        LinePoint {
            p: self.point(at),
            bezier: false,
        }
    }

    fn handle(&self, at: Point) -> LinePoint {
        LinePoint {
            p: self.point(at),
            bezier: true,
        }
    }

    fn circle(&mut self, (x, y): Point, radius: f32, fill: Option<Colour>, stroke: Option<Stroke>) {
        // Four cubic curves; the length of the handles makes them touch the circle at their midpoints.
        let handle = radius * 0.552_284_8;
        let mut points = vec![self.corner((x + radius, y))];
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
            points.push(self.handle(at(from, to)));
            points.push(self.handle(at(to, from)));
            points.push(self.corner((x + to.0 * radius, y + to.1 * radius)));
        }
        let mode = match (fill, stroke) {
            (Some(_), Some(_)) => PaintMode::FillStroke,
            (None, Some(_)) => PaintMode::Stroke,
            _ => PaintMode::Fill,
        };
        if let Some(fill) = fill {
            self.fill_colour(fill);
        }
        if let Some(stroke) = stroke {
            self.stroke_style(stroke);
        }
        let polygon = Polygon {
            rings: vec![PolygonRing { points }],
            mode,
            winding_order: WindingOrder::NonZero,
        };
        self.operators.push(Op::DrawPolygon { polygon });
    }

    fn label(&mut self, label: &Label) {
        let start = label.start();
        if let Some(halo) = label.halo {
            self.halo(&label.run, label.size, start, halo);
        }
        self.text(&label.run, label.size, label.colour, start);
    }

    /// The letters' outlines, stroked. If the text were drawn twice, it would be found and copied twice.
    fn halo(&mut self, run: &ShapedText, size: f32, (x, y): Point, halo: Stroke) {
        self.stroke_style(halo);
        let scale = size / 1000.0;
        let mut pen = x;
        let mut rings: Vec<PolygonRing> = Vec::new();
        for glyph in &run.glyphs {
            let at = |(dx, dy): (f32, f32)| {
                let (dx, dy) = (dx + glyph.shift, dy + glyph.rise);
                (pen + dx * scale, y - dy * scale)
            };
            for polygon in self.faces.outline(glyph.font, glyph.id) {
                let points = polygon.into_iter().map(|to| self.corner(at(to))).collect();
                rings.push(PolygonRing { points });
            }
            pen += glyph.advance * scale;
        }
        let polygon = Polygon {
            rings,
            mode: PaintMode::Stroke,
            winding_order: WindingOrder::NonZero,
        };
        self.operators.push(Op::DrawPolygon { polygon });
    }

    fn clip(&mut self, subpaths: &[Subpath], marks: &[Mark]) {
        self.operators.push(Op::SaveGraphicsState);
        let polygon = Polygon {
            rings: self.rings(subpaths),
            mode: PaintMode::Clip,
            winding_order: WindingOrder::EvenOdd,
        };
        self.operators.push(Op::DrawPolygon { polygon });
        self.marks(marks);
        self.operators.push(Op::RestoreGraphicsState);
    }

    fn text(&mut self, run: &ShapedText, size: f32, colour: Colour, at: Point) {
        if run.glyphs.is_empty() {
            return;
        }
        self.operators.push(Op::SetFillColor {
            col: self.colour(colour, Inks::of_text),
        });
        let (stretches, says) = self.glyphs.codepoints(run);
        let text = run.text.replace('\u{a0}', " ");
        // Readers may take a mark that is moved for a separate word.
        let is_moved = |glyph: &Glyph| (glyph.shift, glyph.rise) != (0.0, 0.0);
        let has_marks = run.glyphs.iter().any(is_moved);
        let replaced = says != text || has_marks;
        if replaced {
            // The glyphs don't say what is meant (ISO 32000-1, 14.9.4).
            let meant = DictItem::Bytes(utf16(&text));
            self.operators
                .push(begin("Span", vec![("ActualText", meant)]));
        }
        let start = run.glyphs[0].shift * size / 1000.0;
        self.operators.push(Op::StartTextSection);
        for (index, stretch) in stretches.into_iter().enumerate() {
            self.operators.push(Op::SetFont {
                font: PdfFontHandle::External(font_id(stretch.font)),
                size: Pt(size),
            });
            if index == 0 {
                self.operators.push(Op::SetTextCursor {
                    pos: self.point((at.0 + start, at.1)),
                });
            }
            let rises = stretch.rise != 0.0;
            if rises {
                self.rise(stretch.rise * size / 1000.0);
            }
            self.operators.push(Op::ShowText {
                items: vec![TextItem::GlyphIds(stretch.glyphs)],
            });
            if rises {
                self.rise(0.0);
            }
        }
        self.operators.push(Op::EndTextSection);
        if replaced {
            self.operators.push(Op::EndMarkedContent);
        }
    }

    /// Raises the following glyphs above the baseline (ISO 32000-1, 9.3.7).
    fn rise(&mut self, points: f32) {
        self.operators.push(Op::Unknown {
            key: "Ts".to_owned(),
            value: vec![DictItem::Real((points * 100.0).round() / 100.0)],
        });
    }

    fn colour(&self, colour: Colour, inks: fn(Colour) -> Inks) -> Color {
        // Thousandths are finer than the 255 steps of the color.
        let channel = |value: u8| (f32::from(value) / 255.0 * 1000.0).round() / 1000.0;
        if self.inks {
            let inks = inks(if self.gray { colour.gray() } else { colour });
            return Color::Cmyk(Cmyk {
                c: inks.cyan / 100.0,
                m: inks.magenta / 100.0,
                y: inks.yellow / 100.0,
                k: inks.black / 100.0,
                icc_profile: None,
            });
        }
        if self.gray {
            return Color::Greyscale(Greyscale {
                percent: channel(colour.gray().red),
                icc_profile: None,
            });
        }
        Color::Rgb(Rgb {
            r: channel(colour.red),
            g: channel(colour.green),
            b: channel(colour.blue),
            icc_profile: None,
        })
    }

    fn fill_colour(&mut self, colour: Colour) {
        self.operators.push(Op::SetFillColor {
            col: self.colour(colour, Inks::of_area),
        });
    }

    fn stroke_style(&mut self, stroke: Stroke) {
        if self.registers {
            registration::set_stroke(self.operators);
        } else {
            self.operators.push(Op::SetOutlineColor {
                col: self.colour(stroke.colour, Inks::of_area),
            });
        }
        self.operators.extend([
            Op::SetOutlineThickness {
                pt: Pt(stroke.width),
            },
            Op::SetLineJoinStyle {
                join: LineJoinStyle::Round,
            },
            Op::SetLineCapStyle {
                cap: LineCapStyle::Round,
            },
        ]);
    }
}

/// Glyphs in one font at the same height above the baseline.
struct Stretch {
    font: Font,
    /// In thousandths of an em.
    rise: f32,
    glyphs: Vec<Codepoint>,
}

impl UsedGlyphs {
    /// The numbers of all glyphs so far, by font.
    pub(super) fn by_font(&self) -> &BTreeMap<Font, GlyphRemapper> {
        &self.numbers
    }

    /// The glyphs of a run, with the differences between their advances and the font's widths, and the text that a
    /// reader of the file extracts from them.
    fn codepoints(&mut self, run: &ShapedText) -> (Vec<Stretch>, String) {
        let mut says = String::new();
        let mut owed = 0.0;
        let mut stretches: Vec<Stretch> = Vec::new();
        for (index, glyph) in run.glyphs.iter().enumerate() {
            owed += glyph.width - glyph.advance + glyph.shift;
            let mut offset = 0.0;
            if let Some(next) = run.glyphs.get(index + 1) {
                owed -= next.shift;
                if owed.abs() >= 0.5 {
                    offset = owed.round();
                    owed -= offset;
                }
            }
            let number = self.numbers.entry(glyph.font).or_default().remap(glyph.id);
            let meaning = self.meaning(run, index);
            says.push_str(meaning);
            let codepoint = Codepoint {
                gid: number,
                offset,
                cid: Some(meaning.to_owned()),
            };
            match stretches.last_mut() {
                Some(last) if last.font == glyph.font && last.rise == glyph.rise => {
                    last.glyphs.push(codepoint);
                }
                _ => stretches.push(Stretch {
                    font: glyph.font,
                    rise: glyph.rise,
                    glyphs: vec![codepoint],
                }),
            }
        }
        (stretches, says)
    }

    /// What a glyph stands for everywhere: what it stood for first.
    fn meaning(&mut self, run: &ShapedText, index: usize) -> &str {
        let glyph = &run.glyphs[index];
        self.meanings
            .entry((glyph.font, glyph.id))
            .or_insert_with(|| {
                // Part of a letter shares its text with the glyph that begins it.
                let mut letters = run.glyphs[..=index].iter().rev();
                let whole = letters.find(|letter| !letter.text.is_empty());
                let text = whole.map_or("", |letter| &run.text[letter.text.clone()]);
                text.replace('\u{a0}', " ")
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Face;

    #[test]
    fn a_glyph_for_two_texts_means_the_first_one() {
        let faces = Faces::embedded().unwrap();
        let mut glyphs = UsedGlyphs::default();
        let mut says = |text: &str| glyphs.codepoints(&faces.shape(Face::Serif, text)).1;
        assert_eq!(says("é"), "é");
        // A letter and its accent are drawn as one glyph: an ActualText says that two were meant.
        assert_eq!(says("e\u{301}"), "é");
    }

    #[test]
    fn text_that_matches_its_glyphs_needs_no_replacement() {
        let faces = Faces::embedded().unwrap();
        for face in Face::ALL {
            let mut glyphs = UsedGlyphs::default();
            for text in ["Office traffic — “§ 30-52-1” niño", "fi ffi fl"] {
                assert_eq!(
                    glyphs.codepoints(&faces.shape(face, text)).1,
                    text,
                    "{face:?}"
                );
            }
        }
    }
}
