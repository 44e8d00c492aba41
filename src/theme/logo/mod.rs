//! A logo: the plain shapes and the text in an SVG file become a vector drawing; a PNG or JPEG file becomes pixels.

mod pixels;
mod style;
mod text;

use usvg::tiny_skia_path::{PathSegment, Point as SvgPoint, Transform};
use usvg::{BlendMode, FillRule, Group, Node, Options, Paint, Path, Tree, roxmltree};

use crate::drawing::{Colour, Drawing, Mark, Point, Stroke, Subpath};
use crate::failure::{Failure, Outcome};
use crate::text::Faces;

/// Maximum size of a vector logo in bytes: a larger file is a picture, or has shapes that are finer than print shows.
const LARGEST: usize = 1_000_000;
/// Maximum number of points in its outlines. Each takes about five bytes in every sheet, which should be less than
/// 500 kB.
const MOST_POINTS: usize = 50_000;

/// The logo in its own units; text is set in the theme's faces.
///
/// # Errors
/// A file or outlines so large that the sheet would get too big. Names what an SVG file contains besides text and
/// shapes in plain colors: pictures, gradients, transparency, clipping, dashes. Drawn without them, it wouldn't look
/// as its owner intended.
pub(super) fn drawing(file: &[u8], faces: &Faces) -> Outcome<Drawing> {
    match pixels::is_picture(file) {
        true => pixels::drawing(file),
        false => vectors(file, faces),
    }
}

fn vectors(svg: &[u8], faces: &Faces) -> Outcome<Drawing> {
    if svg.len() > LARGEST {
        let size = svg.len() as f64 / 1e6;
        return Err(too_large(&format!(
            "it has {size:.1} MB; the limit is 1 MB"
        )));
    }
    let no_logo = |reason: &str| {
        Failure::data(format!("it isn't an SVG, PNG or JPEG file{reason}"))
            .remedy("save the logo as SVG, or as PNG if it has no vector version")
    };
    let text = std::str::from_utf8(svg).map_err(|_| no_logo(""))?;
    let parse =
        |text| roxmltree::Document::parse(text).map_err(|error| no_logo(&format!(" ({error})")));
    let document = parse(text)?;
    let mut has_text = false;
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        match node.tag_name().name() {
            name @ ("image" | "foreignObject" | "script") => {
                return Err(refused(&format!("it has a <{name}>")));
            }
            name => has_text |= name == "text",
        }
    }
    // Without fonts, usvg silently leaves out text.
    let outlined = match has_text {
        true => text::outlined(text, &document, faces)?,
        false => text.to_owned(),
    };
    let document = parse(&outlined)?;
    let tree = Tree::from_xmltree(&document, &Options::default())
        .map_err(|error| refused(&format!("it is an SVG file that can't be drawn ({error})")))?;
    let mut marks = Vec::new();
    group(tree.root(), &mut marks)?;
    if marks.is_empty() {
        return Err(refused("it is empty"));
    }
    let points = marks.iter().flat_map(points).count();
    if points > MOST_POINTS {
        return Err(too_large(&format!(
            "its outlines have {points} points when they are drawn; the limit is {MOST_POINTS}"
        )));
    }
    let drawing = Drawing {
        width: tree.size().width(),
        height: tree.size().height(),
        marks,
    };
    Ok(match has_text {
        true => with_room(drawing),
        false => drawing,
    })
}

/// A drawing with room for all of its shapes: letters in the theme's fonts may be wider than the logo's own.
fn with_room(mut drawing: Drawing) -> Drawing {
    let (mut least, mut most) = ((0.0_f32, 0.0_f32), (drawing.width, drawing.height));
    for &(x, y) in drawing.marks.iter().flat_map(points) {
        least = (least.0.min(x), least.1.min(y));
        most = (most.0.max(x), most.1.max(y));
    }
    for mark in &mut drawing.marks {
        if let Mark::Path { subpaths, .. } | Mark::Winding { subpaths, .. } = mark {
            for (x, y) in subpaths.iter_mut().flat_map(|subpath| &mut subpath.points) {
                (*x, *y) = (*x - least.0, *y - least.1);
            }
        }
    }
    Drawing {
        width: most.0 - least.0,
        height: most.1 - least.1,
        ..drawing
    }
}

fn refused(what: &str) -> Failure {
    Failure::data(format!(
        "{what}; a vector logo is made of text and shapes in plain colors"
    ))
    .remedy("in the drawing program, turn gradients into plain colors, or save the logo as PNG")
}

fn too_large(what: &str) -> Failure {
    Failure::data(format!("{what}; a logo becomes part of every sheet"))
        .remedy("in the drawing program, simplify its paths, or use the version for small sizes")
}

fn points(mark: &Mark) -> impl Iterator<Item = &Point> {
    let subpaths: &[Subpath] = match mark {
        Mark::Path { subpaths, .. } | Mark::Winding { subpaths, .. } => subpaths,
        _ => &[],
    };
    subpaths.iter().flat_map(|subpath| &subpath.points)
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

/// The outlines with their curves as straight segments that are too short to be visible at a logo's size.
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
                // As a cubic curve: the control points are two thirds of the way.
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

/// A point on a cubic curve (de Casteljau).
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

    fn drawing(file: &[u8]) -> Outcome<Drawing> {
        super::drawing(file, &Faces::embedded().unwrap())
    }

    fn read(inner: &str) -> Outcome<Drawing> {
        let svg =
            format!("<svg xmlns='http://www.w3.org/2000/svg' width='20' height='10'>{inner}</svg>");
        drawing(svg.as_bytes())
    }

    #[test]
    fn shapes_keep_position_color_and_rule() {
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
    fn text_becomes_shapes_in_its_color() {
        let drawing = read(
            "<style>text { fill: #0a0b0c }</style>\
             <g transform='scale(.1)'><text x='9' y='80' font-size='60'>Ohio</text></g>",
        )
        .unwrap();
        let [Mark::Winding { subpaths, fill }] = &drawing.marks[..] else {
            panic!("{drawing:?}");
        };
        assert_eq!(*fill, Colour::hex(0x0a0b0c));
        // O and o have a hole, and i a dot: O2 h1 i2 o2.
        assert_eq!(subpaths.len(), 7);
        let inside = |&(x, y): &Point| (0.0..20.0).contains(&x) && (0.0..10.0).contains(&y);
        assert!(subpaths.iter().flat_map(|it| &it.points).all(inside));
    }

    #[test]
    fn a_logo_has_room_for_wider_letters() {
        let drawing = read("<text x='-2' y='8' font-size='9'>Coalition</text>").unwrap();
        assert!(drawing.width > 35.0 && drawing.height < 10.5, "{drawing:?}");
        let inside = |&(x, y): &Point| {
            (0.0..=drawing.width).contains(&x) && (0.0..=drawing.height).contains(&y)
        };
        assert!(drawing.marks.iter().flat_map(points).all(inside));
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
    fn a_logo_that_is_too_large_is_rejected_with_the_limit() {
        let circles = |count: usize| "<circle cx='5' cy='5' r='4'/>".repeat(count);
        assert!(read(&circles(400)).is_ok());
        let message = read(&circles(1000)).expect_err("many points").to_string();
        assert!(message.contains("the limit is 50000"), "{message}");
        assert!(message.contains("simplify"), "{message}");
        let comment = format!("<!--{}-->{}", "x".repeat(1_200_000), circles(1));
        let message = read(&comment).expect_err("many bytes").to_string();
        assert!(message.contains("1.2 MB; the limit is 1 MB"), "{message}");
    }

    #[test]
    fn elements_that_are_not_plain_shapes_are_rejected_by_name() {
        for (inner, named) in [
            ("<text rotate='9'>Logo</text>", "rotate"),
            ("<text opacity='.5' y='9'>Logo</text>", "transparency"),
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
