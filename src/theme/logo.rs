//! A logo: the plain shapes of an SVG file become a vector drawing.

use usvg::tiny_skia_path::{PathSegment, Point as SvgPoint, Transform};
use usvg::{BlendMode, FillRule, Group, Node, Options, Paint, Path, Tree, roxmltree};

use crate::drawing::{Colour, Drawing, Mark, Point, Stroke, Subpath};
use crate::failure::{Failure, Outcome};

/// Bytes that a logo may have: a larger file is a picture, or has shapes finer than print shows.
const LARGEST: usize = 1_000_000;
/// Points that its outlines may have. Each takes about five bytes in every sheet, which is to stay below 500 kB.
const MOST_POINTS: usize = 50_000;

/// The logo in the SVG's own units.
///
/// # Errors
/// A file, or outlines, so large that the sheet would not stay small. Names what the file has beside shapes in plain colours: text, pictures, gradients, transparency,
/// clipping, dashes. Drawn without them, it would look otherwise than its owner means it.
pub(super) fn drawing(svg: &[u8]) -> Outcome<Drawing> {
    if svg.len() > LARGEST {
        let size = svg.len() as f64 / 1e6;
        return Err(too_large(&format!(
            "it has {size:.1} MB, and 1 MB is the most"
        )));
    }
    let text = std::str::from_utf8(svg).map_err(|_| refused("no SVG file"))?;
    let document = roxmltree::Document::parse(text)
        .map_err(|error| refused(&format!("no SVG file ({error})")))?;
    for node in document.descendants() {
        // Without fonts usvg leaves text out without a word.
        if let "text" | "image" | "foreignObject" | "script" = node.tag_name().name() {
            return Err(refused(&format!("it has a <{}>", node.tag_name().name())));
        }
    }
    let tree = Tree::from_xmltree(&document, &Options::default())
        .map_err(|error| refused(&format!("no SVG file that can be drawn ({error})")))?;
    let mut marks = Vec::new();
    group(tree.root(), &mut marks)?;
    if marks.is_empty() {
        return Err(refused("it is empty"));
    }
    let points: usize = marks.iter().map(points_of).sum();
    if points > MOST_POINTS {
        return Err(too_large(&format!(
            "its outlines have {points} points when they are drawn, and {MOST_POINTS} are the most"
        )));
    }
    Ok(Drawing {
        width: tree.size().width(),
        height: tree.size().height(),
        marks,
    })
}

fn refused(what: &str) -> Failure {
    Failure::data(format!("{what}; a logo is made of shapes in plain colours"))
        .remedy("in the drawing program, turn text into paths and gradients into plain colours")
}

fn too_large(what: &str) -> Failure {
    Failure::data(format!("{what}; a logo becomes part of every sheet"))
        .remedy("in the drawing program, simplify its paths, or use the version for small sizes")
}

fn points_of(mark: &Mark) -> usize {
    match mark {
        Mark::Path { subpaths, .. } | Mark::Winding { subpaths, .. } => {
            subpaths.iter().map(|subpath| subpath.points.len()).sum()
        }
        _ => 0,
    }
}

fn group(group: &Group, marks: &mut Vec<Mark>) -> Outcome<()> {
    if group.opacity().get() < 1.0 || group.blend_mode() != BlendMode::Normal {
        return Err(refused("it has transparency"));
    }
    if group.clip_path().is_some() || group.mask().is_some() || !group.filters().is_empty() {
        return Err(refused("it has a clip path, a mask or a filter"));
    }
    for node in group.children() {
        match node {
            Node::Group(inner) => self::group(inner, marks)?,
            Node::Path(path) if path.is_visible() => shape(path, marks)?,
            Node::Path(_) => {}
            Node::Image(_) | Node::Text(_) => return Err(refused("it has text or a picture")),
        }
    }
    Ok(())
}

fn shape(path: &Path, marks: &mut Vec<Mark>) -> Outcome<()> {
    let subpaths = subpaths(path);
    if let Some(fill) = path.fill() {
        let colour = plain(fill.paint(), fill.opacity().get())?;
        marks.push(match fill.rule() {
            FillRule::EvenOdd => Mark::Path {
                subpaths: subpaths.clone(),
                fill: Some(colour),
                stroke: None,
            },
            FillRule::NonZero => Mark::Winding {
                subpaths: subpaths.clone(),
                fill: colour,
            },
        });
    }
    if let Some(stroke) = path.stroke() {
        if stroke.dasharray().is_some() {
            return Err(refused("it has dashed lines"));
        }
        let t = path.abs_transform();
        let scale = (t.sx * t.sy - t.kx * t.ky).abs().sqrt();
        marks.push(Mark::Path {
            subpaths,
            fill: None,
            stroke: Some(Stroke {
                colour: plain(stroke.paint(), stroke.opacity().get())?,
                width: stroke.width().get() * scale,
            }),
        });
    }
    Ok(())
}

fn plain(paint: &Paint, opacity: f32) -> Outcome<Colour> {
    match paint {
        Paint::Color(colour) if opacity >= 1.0 => Ok(Colour {
            red: colour.red,
            green: colour.green,
            blue: colour.blue,
        }),
        Paint::Color(_) => Err(refused("it has transparency")),
        _ => Err(refused("it has a gradient or a pattern")),
    }
}

/// The outlines with their curves as short straight lines, too short to be seen at a logo's size.
fn subpaths(path: &Path) -> Vec<Subpath> {
    const STEPS: u16 = 24;
    let mut subpaths: Vec<Subpath> = Vec::new();
    let mut pen = (0.0, 0.0);
    for segment in path.data().segments() {
        let at = |point| mapped(path.abs_transform(), point);
        let (controls, end) = match segment {
            PathSegment::Close => {
                if let Some(open) = subpaths.last_mut() {
                    open.closed = true;
                }
                continue;
            }
            PathSegment::MoveTo(to) => {
                pen = at(to);
                subpaths.push(Subpath {
                    points: vec![pen],
                    closed: false,
                });
                continue;
            }
            PathSegment::LineTo(to) => (None, at(to)),
            PathSegment::QuadTo(control, to) => {
                let (control, end) = (at(control), at(to));
                // As a cubic curve: the control points lie two thirds of the way.
                let from = |start| between(start, control, 2.0 / 3.0);
                (Some((from(pen), from(end))), end)
            }
            PathSegment::CubicTo(first, second, to) => (Some((at(first), at(second))), at(to)),
        };
        if let Some(open) = subpaths.last_mut() {
            match controls {
                None => open.points.push(end),
                Some((first, second)) => open.points.extend((1..=STEPS).map(|step| {
                    on_curve(
                        [pen, first, second, end],
                        f32::from(step) / f32::from(STEPS),
                    )
                })),
            }
        }
        pen = end;
    }
    subpaths
}

fn mapped(transform: Transform, point: SvgPoint) -> Point {
    let mut points = [point];
    transform.map_points(&mut points);
    (points[0].x, points[0].y)
}

fn between(one: Point, other: Point, part: f32) -> Point {
    (
        one.0 + (other.0 - one.0) * part,
        one.1 + (other.1 - one.1) * part,
    )
}

/// A point of a cubic curve (de Casteljau).
fn on_curve([a, b, c, d]: [Point; 4], part: f32) -> Point {
    let (ab, bc, cd) = (
        between(a, b, part),
        between(b, c, part),
        between(c, d, part),
    );
    between(between(ab, bc, part), between(bc, cd, part), part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(inner: &str) -> Outcome<Drawing> {
        let svg =
            format!("<svg xmlns='http://www.w3.org/2000/svg' width='20' height='10'>{inner}</svg>");
        drawing(svg.as_bytes())
    }

    #[test]
    fn shapes_keep_place_colour_and_rule() {
        let drawing = read(
            "<g transform='translate(2 1) scale(2)'><path fill='#162e51' d='M0 0h4v3h-4z'/></g>",
        )
        .unwrap();
        assert_eq!((drawing.width, drawing.height), (20.0, 10.0));
        assert_eq!(
            drawing.marks,
            [Mark::Winding {
                subpaths: vec![Subpath {
                    points: vec![(2.0, 1.0), (10.0, 1.0), (10.0, 7.0), (2.0, 7.0)],
                    closed: true,
                }],
                fill: Colour::hex(0x162e51),
            }]
        );
        let line = read("<path fill='none' stroke='red' stroke-width='3' d='M0 0L9 9'/>").unwrap();
        assert!(matches!(
            line.marks[..],
            [Mark::Path {
                fill: None,
                stroke: Some(Stroke { width: 3.0, .. }),
                ..
            }]
        ));
    }

    #[test]
    fn curves_end_where_they_should() {
        let drawing = read("<circle cx='5' cy='5' r='4'/>").unwrap();
        let [Mark::Winding { subpaths, .. }] = &drawing.marks[..] else {
            panic!("{drawing:?}");
        };
        for (x, y) in &subpaths[0].points {
            let radius = libm::hypotf(x - 5.0, y - 5.0);
            assert!((radius - 4.0).abs() < 0.01, "{radius}");
        }
    }

    #[test]
    fn a_logo_that_would_make_every_sheet_large_is_refused_with_the_limit() {
        let circles = |count: usize| "<circle cx='5' cy='5' r='4'/>".repeat(count);
        assert!(read(&circles(400)).is_ok());
        let message = read(&circles(1000)).expect_err("many points").to_string();
        assert!(message.contains("50000 are the most"), "{message}");
        assert!(message.contains("simplify"), "{message}");
        let comment = format!("<!--{}-->{}", "x".repeat(1_200_000), circles(1));
        let message = read(&comment).expect_err("many bytes").to_string();
        assert!(message.contains("1.2 MB, and 1 MB"), "{message}");
    }

    #[test]
    fn what_is_no_plain_shape_is_refused_by_name() {
        for (inner, named) in [
            ("<text x='1' y='9'>Logo</text>", "<text>"),
            ("<image width='9' height='9' href='a.png'/>", "<image>"),
            ("<rect width='9' height='9' opacity='0.5'/>", "transparency"),
            (
                "<rect width='9' height='9' fill-opacity='0.5'/>",
                "transparency",
            ),
            (
                "<linearGradient id='a'><stop stop-color='red'/><stop offset='1'/></linearGradient>\
                 <rect width='9' height='9' fill='url(#a)'/>",
                "gradient",
            ),
            (
                "<path stroke='red' stroke-dasharray='2' d='M0 0L9 9'/>",
                "dashed",
            ),
            ("", "empty"),
        ] {
            let message = read(inner).expect_err(inner).to_string();
            assert!(message.contains(named), "{inner}: {message}");
        }
        assert!(drawing(b"\xff").is_err() && drawing(b"<svg").is_err());
    }
}
