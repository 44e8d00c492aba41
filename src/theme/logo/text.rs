//! Text in a logo: its letters become outlines of the theme's fonts, at the position of the text.

use std::collections::BTreeMap;

use kurbo::{Affine, BezPath};
use usvg::roxmltree::{Document, Node};

use super::style::Style;
use crate::failure::{Failure, Outcome};
use crate::text::{Faces, no_glyph};

/// The file with paths instead of text.
///
/// # Errors
/// Names what can't be set this way: text along a path, letters placed one by one, letters that the fonts don't have.
pub(super) fn outlined(svg: &str, document: &Document<'_>, faces: &Faces) -> Outcome<String> {
    let style = Style::of(document);
    let mut result = String::with_capacity(svg.len());
    let mut done = 0;
    let texts = document.descendants().filter(|node| is(node, "text"));
    for node in texts {
        let range = node.range();
        let is_plain = svg[range.clone()].starts_with("<text");
        if !is_plain {
            return Err(refused(
                "names its elements with a prefix, as in <svg:text>",
            ));
        }
        result.push_str(&svg[done..range.start]);
        result.push_str(&group(&node, &style, faces)?);
        done = range.end;
    }
    result.push_str(&svg[done..]);
    Ok(result)
}

fn is(node: &Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

fn refused(what: &str) -> Failure {
    Failure::data(format!("its text {what}")).remedy("in the drawing program, turn text into paths")
}

/// A stretch of text in one style, starting at the pen.
struct Stretch {
    outline: BezPath,
    paint: BTreeMap<&'static str, String>,
}

/// Stretches that are placed together: they start, are centered or end at one point.
#[derive(Default)]
struct Chunk {
    stretches: Vec<Stretch>,
    start: f64,
    anchor: f64,
}

struct Pen<'a> {
    faces: &'a Faces,
    style: &'a Style,
    x: f64,
    y: f64,
    /// The end of the last letter.
    end: f64,
    chunk: Chunk,
    chunks: Vec<Chunk>,
    /// Whether the preceding text ends in a space, or there is none: another space would be one too many.
    is_spaced: bool,
}

/// A text as a group with the same attributes, so that what they and the style sheet say about it still applies.
fn group(text: &Node<'_, '_>, style: &Style, faces: &Faces) -> Outcome<String> {
    let mut pen = Pen {
        faces,
        style,
        x: 0.0,
        y: 0.0,
        end: 0.0,
        chunk: Chunk::default(),
        chunks: Vec::new(),
        is_spaced: true,
    };
    pen.element(text)?;
    pen.end_chunk();
    let mut group = String::from("<g");
    for name in [
        "id",
        "class",
        "style",
        "transform",
        "display",
        "visibility",
        "opacity",
    ] {
        if let Some(value) = text.attribute(name) {
            group.push_str(&format!(" {name}=\"{}\"", escaped(value)));
        }
    }
    group.push('>');
    for chunk in &pen.chunks {
        for stretch in &chunk.stretches {
            group.push_str(&format!(
                "<path d=\"{}\" style=\"",
                stretch.outline.to_svg()
            ));
            for (name, value) in &stretch.paint {
                group.push_str(&format!("{name}:{};", escaped(value)));
            }
            group.push_str("\"/>");
        }
    }
    group.push_str("</g>");
    Ok(group)
}

fn escaped(value: &str) -> String {
    value
        .replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
}

impl Pen<'_> {
    fn element(&mut self, element: &Node<'_, '_>) -> Outcome<()> {
        for name in ["rotate", "textLength"] {
            if element.has_attribute(name) {
                return Err(refused(&format!("has “{name}”")));
            }
        }
        if let Some("tb" | "tb-rl" | "vertical-rl" | "vertical-lr") =
            self.style.get(element, "writing-mode").as_deref()
        {
            return Err(refused("runs from top to bottom"));
        }
        let size = self
            .style
            .font_size(element)
            .ok_or_else(|| refused("has a size that isn't a number of pixels or points"))?;
        let place = |name: &str| -> Outcome<Option<f64>> {
            let Some(value) = element.attribute(name) else {
                return Ok(None);
            };
            if value
                .split([' ', ','])
                .filter(|part| !part.is_empty())
                .count()
                > 1
            {
                return Err(refused("has letters that are placed one by one"));
            }
            let length = super::style::length(value, size);
            length
                .map(Some)
                .ok_or_else(|| refused(&format!("has “{value}” as its place")))
        };
        let (x, y) = (place("x")?, place("y")?);
        if x.is_some() || y.is_some() {
            self.end_chunk();
            self.x = x.unwrap_or(self.x);
            self.y = y.unwrap_or(self.y);
            self.chunk.start = self.x;
            self.chunk.anchor = match self.style.get(element, "text-anchor").as_deref() {
                Some("middle") => 0.5,
                Some("end") => 1.0,
                _ => 0.0,
            };
        }
        self.x += place("dx")?.unwrap_or(0.0);
        self.y += place("dy")?.unwrap_or(0.0);
        for child in element.children() {
            if child.is_text() {
                self.text(element, child.text().unwrap_or_default(), size)?;
            } else if is(&child, "tspan") {
                self.element(&child)?;
            } else if child.is_element() && !matches!(child.tag_name().name(), "title" | "desc") {
                return Err(refused(&format!("has a <{}>", child.tag_name().name())));
            }
        }
        Ok(())
    }

    fn text(&mut self, element: &Node<'_, '_>, text: &str, size: f64) -> Outcome<()> {
        let text = self.collapsed(text);
        if text.is_empty() || self.style.get(element, "display").as_deref() == Some("none") {
            return Ok(());
        }
        let face = self.style.face(element);
        if let Some(letter) = self.faces.missing_letter(face, &text) {
            return Err(no_glyph(letter));
        }
        let spacing = self.style.get(element, "letter-spacing");
        let spacing = spacing
            .and_then(|it| super::style::length(&it, size))
            .unwrap_or(0.0);
        let scale = size / 1000.0;
        let mut outline = BezPath::new();
        for glyph in &self.faces.shape(face, &text).glyphs {
            let x = self.x + f64::from(glyph.shift) * scale;
            let y = self.y - f64::from(glyph.rise) * scale;
            let place = Affine::new([scale, 0.0, 0.0, -scale, x, y]);
            outline.extend(place * self.faces.curves(glyph.font, glyph.id));
            self.x += f64::from(glyph.advance) * scale + spacing;
            if &text[glyph.text.clone()] != " " {
                self.end = self.x - spacing;
            }
        }
        let painted = [
            "fill",
            "fill-opacity",
            "opacity",
            "stroke",
            "stroke-width",
            "visibility",
        ];
        let is_own = |name: &&&str| **name != "opacity" || !is(element, "text");
        let names = painted.iter().filter(is_own);
        let paint = names.filter_map(|&name| Some((name, self.style.get(element, name)?)));
        let paint = paint.collect();
        self.chunk.stretches.push(Stretch { outline, paint });
        Ok(())
    }

    /// Each run of white space as one space, or none if there is one before it (SVG 2, 11.7).
    fn collapsed(&mut self, text: &str) -> String {
        let mut collapsed = String::new();
        for letter in text.chars() {
            let is_space = matches!(letter, ' ' | '\t' | '\n' | '\r');
            if !is_space {
                collapsed.push(letter);
            } else if !self.is_spaced {
                collapsed.push(' ');
            }
            self.is_spaced = is_space;
        }
        collapsed
    }

    /// Moves what was set together to its anchor.
    fn end_chunk(&mut self) {
        let mut chunk = std::mem::take(&mut self.chunk);
        let by = Affine::translate(((chunk.start - self.end) * chunk.anchor, 0.0));
        for stretch in &mut chunk.stretches {
            stretch.outline.apply_affine(by);
        }
        self.chunks.push(chunk);
        self.is_spaced = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(text: &str) -> Outcome<Vec<BezPath>> {
        let svg = format!(
            "<svg xmlns='http://www.w3.org/2000/svg'><style>.big, text {{ font-size: 40px }} #r {{text-anchor:end}}</style>{text}</svg>"
        );
        let document = Document::parse(&svg).unwrap();
        let outlined = outlined(&svg, &document, &Faces::embedded().unwrap())?;
        let document = Document::parse(&outlined).unwrap();
        assert!(document.descendants().all(|node| !is(&node, "text")));
        let paths = document
            .descendants()
            .filter_map(|node| node.attribute("d").map(str::to_owned));
        Ok(paths
            .map(|data| BezPath::from_svg(&data).unwrap())
            .collect())
    }

    fn bounds(path: &BezPath) -> kurbo::Rect {
        kurbo::Shape::bounding_box(path)
    }

    #[test]
    fn letters_are_where_their_text_was() {
        let found = paths("<text x='10' y='50'>H</text>").unwrap();
        let box_of_h = bounds(&found[0]);
        // Capitals of Public Sans are 0.723 em high.
        assert!(
            (box_of_h.y1 - 50.0).abs() < 0.1 && (box_of_h.height() - 28.9).abs() < 0.2,
            "{box_of_h:?}"
        );
        assert!((10.0..15.0).contains(&box_of_h.x0), "{box_of_h:?}");
        let ends = paths("<text id='r' x='100' y='50'>Hope</text>").unwrap();
        assert!(
            (94.0..100.5).contains(&bounds(&ends[0]).x1),
            "{:?}",
            bounds(&ends[0])
        );
        let middle = paths("<text x='100' y='9' style='text-anchor: middle'>HOH</text>").unwrap();
        assert!((bounds(&middle[0]).center().x - 100.0).abs() < 0.6);
    }

    #[test]
    fn lines_and_weights_are_kept() {
        let lines = "<text x='0' y='20' font-size='10'>One <tspan font-weight='700'>two</tspan>\
                     <tspan x='0' dy='12'>three</tspan></text>";
        let found = paths(lines).unwrap();
        assert_eq!(found.len(), 3);
        assert!(bounds(&found[1]).x0 > bounds(&found[0]).x1);
        assert!(bounds(&found[2]).x0 < 2.0 && bounds(&found[2]).y1 > 31.0);
        let light = paths("<text y='9'>n</text>").unwrap();
        let bold = paths("<text y='9' font-weight='bold'>n</text>").unwrap();
        assert!(bounds(&bold[0]).width() > bounds(&light[0]).width());
    }

    #[test]
    fn text_that_cannot_be_set_is_named() {
        for (text, named) in [
            ("<text x='1 5 9'>abc</text>", "one by one"),
            ("<text rotate='9'>abc</text>", "rotate"),
            (
                "<text><textPath href='#a'>abc</textPath></text>",
                "textPath",
            ),
            ("<text style='font-size: 2vw'>abc</text>", "size"),
            ("<text>\u{6c49}</text>", "\u{6c49}"),
        ] {
            let message = paths(text).expect_err(text).to_string();
            assert!(message.contains(named), "{text}: {message}");
        }
    }
}
