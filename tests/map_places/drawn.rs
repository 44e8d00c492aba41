//! The attack on finished files: the drawn rings are read back from the bytes of SVG, HTML and PDF, aligned with the
//! state by its own outline, and solved for their centers, as a stranger with only the files would do it.

use hotline_profile::geo::{Gazetteer, LonLat, Plane, PublicPoint};
use hotline_profile::jurisdiction::Jurisdiction;
use hotline_profile::make::{self, FileKind, Form, Protection, Request};
use hotline_profile::profile::Profile;
use hotline_profile::tally::Statistics;
use hotline_profile::theme::Theme;
use hotline_profile::wording::{ENGLISH, Wording};
use lopdf::content::Content;
use lopdf::{Document, Object};

use super::{MIN_CELL, at, counted, csv, state};

type Point = (f64, f64);

/// A drawn shape: its fill, and its corners in points on the paper, north up.
#[derive(Clone, Debug)]
struct Shape {
    paint: String,
    ring: Vec<Point>,
}

/// The pictures in a file, each with its shapes.
fn pictures(kind: FileKind, bytes: &[u8]) -> Vec<Vec<Shape>> {
    match kind {
        FileKind::Pdf => of_pdf(bytes),
        _ => {
            let text = String::from_utf8(bytes.to_vec()).unwrap();
            text.split("<svg").skip(1).map(of_svg).collect()
        }
    }
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split('"').next()
}

fn of_svg(text: &str) -> Vec<Shape> {
    let mut shapes = Vec::new();
    for tag in text.split("<path").skip(1) {
        let tag = tag.split('>').next().unwrap();
        let class = attribute(tag, "class").and_then(|class| class.split(' ').next());
        let paint = class.or_else(|| attribute(tag, "fill"));
        let Some(path) = attribute(tag, "d").filter(|_| attribute(tag, "id").is_none()) else {
            continue;
        };
        for ring in rings(path) {
            let paint = paint.unwrap_or_default().to_owned();
            shapes.push(Shape { paint, ring });
        }
    }
    shapes
}

/// The rings of a path of lines: `M` and `m`, `L` and `l`, `h` and `v` as the program writes them.
fn rings(path: &str) -> Vec<Vec<Point>> {
    let (mut rings, mut ring): (Vec<Vec<Point>>, Vec<Point>) = (Vec::new(), Vec::new());
    let (mut here, mut command) = ((0.0, 0.0), 'M');
    let mut numbers: Vec<f64> = Vec::new();
    let mut word = String::new();
    for letter in path.chars().chain([' ']) {
        let starts = letter == '-' && !word.is_empty();
        if !letter.is_ascii_digit() && letter != '.' || starts {
            if let Ok(number) = word.parse() {
                numbers.push(number);
                if numbers.len() == 2 {
                    let (x, y) = (numbers[0], numbers[1]);
                    here = match command.is_lowercase() {
                        true => (here.0 + x, here.1 + y),
                        false => (x, y),
                    };
                    if matches!(command, 'M' | 'm') && !ring.is_empty() {
                        rings.push(std::mem::take(&mut ring));
                    }
                    // What follows a move is lines.
                    command = if command.is_lowercase() { 'l' } else { 'L' };
                    ring.push((here.0, -here.1));
                    numbers.clear();
                }
            }
            word.clear();
        }
        match letter {
            'z' | 'Z' => {
                here = ring.first().map_or(here, |first| (first.0, -first.1));
                rings.push(std::mem::take(&mut ring));
            }
            'M' | 'm' | 'L' | 'l' => command = letter,
            _ if letter.is_ascii_digit() || ".-".contains(letter) => word.push(letter),
            _ => {}
        }
    }
    rings.push(ring);
    rings.retain(|ring| ring.len() > 2);
    rings
}

/// What is filled and stroked on each page, in the page's own points.
fn of_pdf(bytes: &[u8]) -> Vec<Vec<Shape>> {
    let document = Document::load_mem(bytes).unwrap();
    let pages = document.get_pages().into_values();
    pages
        .map(|page| {
            let content = Content::decode(&document.get_page_content(page)).unwrap();
            of_content(&content)
        })
        .collect()
}

fn of_content(content: &Content) -> Vec<Shape> {
    let mut shapes = Vec::new();
    let mut matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];
    let (mut saved, mut paint) = (Vec::new(), String::new());
    let (mut rings, mut ring): (Vec<Vec<Point>>, Vec<Point>) = (Vec::new(), Vec::new());
    for operation in &content.operations {
        let number = |operand: &Object| operand.as_float().map(f64::from).unwrap_or_default();
        let of: Vec<f64> = operation.operands.iter().map(number).collect();
        let place = |x: f64, y: f64| {
            let [a, b, c, d, e, f] = matrix;
            (a * x + c * y + e, b * x + d * y + f)
        };
        match operation.operator.as_str() {
            "q" => saved.push((matrix, paint.clone())),
            "Q" => (matrix, paint) = saved.pop().unwrap(),
            "cm" => {
                let [a, b, c, d, ..] = matrix;
                let (e, f) = place(of[4], of[5]);
                matrix = [
                    of[0] * a + of[1] * c,
                    of[0] * b + of[1] * d,
                    of[2] * a + of[3] * c,
                    of[2] * b + of[3] * d,
                    e,
                    f,
                ];
            }
            "rg" | "g" | "k" | "sc" | "scn" => paint = format!("{of:?}"),
            "m" => {
                rings.push(std::mem::take(&mut ring));
                ring.push(place(of[0], of[1]));
            }
            "l" => ring.push(place(of[0], of[1])),
            "re" => {
                rings.push(std::mem::take(&mut ring));
                let (x, y, wide, high) = (of[0], of[1], of[2], of[3]);
                ring = [(x, y), (x + wide, y), (x + wide, y + high), (x, y + high)]
                    .map(|(x, y)| place(x, y))
                    .into();
            }
            "h" => rings.push(std::mem::take(&mut ring)),
            operator @ ("f" | "f*" | "F" | "B" | "B*" | "b" | "b*" | "S" | "s" | "n") => {
                rings.push(std::mem::take(&mut ring));
                let is_filled = !matches!(operator, "S" | "s" | "n");
                let paint = if is_filled { paint.as_str() } else { "none" };
                let painted = rings.drain(..).filter(|ring| ring.len() > 2);
                shapes.extend(painted.map(|ring| Shape {
                    paint: paint.to_owned(),
                    ring,
                }));
            }
            _ => {}
        }
    }
    shapes
}

/// West, south, width and height.
fn bounds(ring: &[Point]) -> [f64; 4] {
    let least = |of: fn(&Point) -> f64| ring.iter().map(of).fold(f64::MAX, f64::min);
    let most = |of: fn(&Point) -> f64| ring.iter().map(of).fold(f64::MIN, f64::max);
    let (x, y) = (least(|it| it.0), least(|it| it.1));
    [x, y, most(|it| it.0) - x, most(|it| it.1) - y]
}

/// How much of its bounding box a ring fills.
fn fill(ring: &[Point]) -> f64 {
    let next = ring.iter().cycle().skip(1);
    let doubled: f64 = ring
        .iter()
        .zip(next)
        .map(|(a, b)| a.0 * b.1 - b.0 * a.1)
        .sum();
    let [.., wide, high] = bounds(ring);
    (doubled / 2.0).abs() / (wide * high)
}

/// The rings that are shaded: their paint also fills a small box in the legend.
fn shaded(shapes: &[Shape]) -> Vec<&Vec<Point>> {
    let is_swatch = |shape: &&Shape| {
        let [.., wide, high] = bounds(&shape.ring);
        shape.ring.len() <= 5 && wide < 20.0 && high < 12.0 && fill(&shape.ring) > 0.99
    };
    let paints: Vec<&str> = shapes
        .iter()
        .filter(is_swatch)
        .map(|it| it.paint.as_str())
        .collect();
    let rings = shapes.iter().filter(|shape| shape.ring.len() >= 12);
    let shaded = rings.filter(|shape| {
        let is_text = shape.paint.is_empty() || shape.paint == "none";
        !is_text && paints.contains(&shape.paint.as_str())
    });
    shaded.map(|shape| &shape.ring).collect()
}

/// From the paper to the plane of the state in kilometers, by the drawn outline.
fn to_plane(shapes: &[Shape], plane: &Plane) -> Option<impl Fn(Point) -> Point> {
    let real = plane.outline.iter().max_by(|a, b| {
        let size = |ring: &[Point]| bounds(ring)[2] * bounds(ring)[3];
        size(a).total_cmp(&size(b))
    })?;
    let [west, south, wide, high] = bounds(real);
    let misfit = |ring: &[Point]| {
        let [.., w, h] = bounds(ring);
        (w / h / (wide / high) - 1.0).abs() + (fill(ring) / fill(real) - 1.0).abs()
    };
    let like = shapes
        .iter()
        .map(|shape| &shape.ring)
        .filter(|ring| ring.len() > 8 && misfit(ring) < 0.02 && bounds(ring)[2] > 80.0);
    let drawn = like.min_by(|a, b| misfit(a).total_cmp(&misfit(b)))?;
    let [x, y, w, h] = bounds(drawn);
    Some(move |point: Point| {
        (
            west + (point.0 - x) / w * wide,
            south + (point.1 - y) / h * high,
        )
    })
}

/// The center of the circle that best fits the corners (least squares, Kåsa).
fn center(ring: &[Point]) -> Option<Point> {
    let count = ring.len() as f64;
    let mean = |of: &dyn Fn(&Point) -> f64| ring.iter().map(of).sum::<f64>() / count;
    let (mx, my) = (mean(&|it| it.0), mean(&|it| it.1));
    let about = |x: u8, y: u8, square: bool| {
        mean(&|it| {
            let (u, v) = (it.0 - mx, it.1 - my);
            let power = |of: f64, to: u8| (0..to).map(|_| of).product::<f64>();
            power(u, x) * power(v, y) * if square { u * u + v * v } else { 1.0 }
        })
    };
    let (uu, uv, vv) = (about(2, 0, false), about(1, 1, false), about(0, 2, false));
    let (u, v) = (about(1, 0, true) / 2.0, about(0, 1, true) / 2.0);
    let determinant = uu * vv - uv * uv;
    (determinant.abs() > 1e-9).then(|| {
        (
            mx + (u * vv - v * uv) / determinant,
            my + (v * uu - u * uv) / determinant,
        )
    })
}

/// The centers of all rings in a file of each kind, in the plane of the state.
fn solved(statistics: &Statistics, state: Jurisdiction) -> Vec<(FileKind, Vec<Point>)> {
    let (theme, wording) = (
        Theme::usual().unwrap(),
        Wording::parse(ENGLISH.1, ENGLISH.2).unwrap(),
    );
    let protection = Protection::of(MIN_CELL).unwrap();
    let kinds = [FileKind::Svg, FileKind::Html, FileKind::Pdf];
    let plane = Plane::shared(state);
    let of_kind = |kind| {
        let request = Request::new(&wording, &theme, Form::default(), protection).unwrap();
        let request = request.with_files(vec![kind]).unwrap();
        let made = make::sheet(statistics, &Profile::default(), &request).unwrap();
        let mut centers = Vec::new();
        for picture in made
            .files
            .iter()
            .flat_map(|file| pictures(kind, &file.bytes))
        {
            let rings = shaded(&picture);
            if rings.is_empty() {
                continue;
            }
            let to_plane = to_plane(&picture, plane).expect("the outline is drawn");
            for ring in rings {
                let ring: Vec<Point> = ring.iter().map(|point| to_plane(*point)).collect();
                centers.extend(center(&ring));
                let [x, y, wide, high] = bounds(&ring);
                centers.push((x + wide / 2.0, y + high / 2.0));
            }
        }
        (kind, centers)
    };
    kinds.map(of_kind).into()
}

fn km(one: Point, other: Point) -> f64 {
    libm::hypot(one.0 - other.0, one.1 - other.1)
}

/// A home far from every public point, in a direction from one of the state's ZIP codes.
fn far_home(code: &str) -> (LonLat, PublicPoint) {
    let gazetteer = Gazetteer::shared(state(code));
    let projection = &Plane::shared(state(code)).projection;
    let mut best: Option<(f64, LonLat, PublicPoint)> = None;
    for zip in gazetteer.zip_codes() {
        for step in 0..8 {
            let (north, east) = [
                (1, 0),
                (1, 1),
                (0, 1),
                (-1, 1),
                (-1, 0),
                (-1, -1),
                (0, -1),
                (1, -1),
            ][step];
            let near = zip.position;
            let home = at(
                ((near.latitude + 0.12 * f64::from(north)) * 1e4).round() / 1e4,
                ((near.longitude + 0.12 * f64::from(east)) * 1e4).round() / 1e4,
            );
            if !gazetteer.holds(home) {
                continue;
            }
            let point = gazetteer.nearest(home).unwrap();
            let away = km(
                projection.project(point.position()),
                projection.project(home),
            );
            if best.as_ref().is_none_or(|(most, ..)| away > *most) {
                best = Some((away, home, point));
            }
        }
    }
    let (away, home, point) = best.unwrap();
    assert!(away > 10.0, "{away}");
    (home, point)
}

/// Five cases at one address far from everything: the centers of the drawn rings are the public point that everyone
/// knows, so the attack works; the address is none of them.
#[test]
fn rings_in_finished_files_lead_to_public_points_and_not_to_an_address() {
    for code in ["WY", "NM", "ND"] {
        let (home, point) = far_home(code);
        let statistics = counted(&csv(code, &[home; 5]), code);
        let projection = &Plane::shared(state(code)).projection;
        let (home, point) = (
            projection.project(home),
            projection.project(point.position()),
        );
        for (kind, centers) in solved(&statistics, state(code)) {
            let nearest = |to: Point| {
                let all = centers.iter().map(|center| km(*center, to));
                all.fold(f64::MAX, f64::min)
            };
            assert!(!centers.is_empty(), "{code} {kind:?}: no ring was found");
            // A tenth of a point on paper is less than a kilometer.
            assert!(nearest(point) < 2.0, "{code} {kind:?}: {}", nearest(point));
            assert!(nearest(home) > 5.0, "{code} {kind:?}: {}", nearest(home));
        }
    }
}

/// Homes with a few cases each near one public point, and one more that shares its place with no others: the drawing
/// leads to the point of the many, and shows nothing of the lone home.
#[test]
fn a_lone_home_near_a_known_city_is_not_drawn() {
    let code = "NM";
    let (lone, _) = far_home(code);
    let city = Gazetteer::shared(state(code)).city("Albuquerque").unwrap();
    let of_city = city.position();
    let near = (0..6).map(|number| {
        let away = f64::from(number) * 0.004;
        at(of_city.latitude + away, of_city.longitude - away)
    });
    let homes: Vec<LonLat> = near.chain([lone]).collect();
    let mut elsewhere = homes.clone();
    elsewhere[6] = at(33.5, -107.0);
    let statistics = counted(&csv(code, &homes), code);
    let projection = &Plane::shared(state(code)).projection;
    for (kind, centers) in solved(&statistics, state(code)) {
        let nearest = centers.iter().map(|it| km(*it, projection.project(lone)));
        let nearest = nearest.fold(f64::MAX, f64::min);
        assert!(nearest > 20.0, "{kind:?}: {nearest}");
    }
    let of = |homes: &[LonLat]| solved(&counted(&csv(code, homes), code), state(code));
    assert_eq!(of(&homes), of(&elsewhere));
}
