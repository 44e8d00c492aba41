//! The outline, the county lines and the counties of a jurisdiction.
//!
//! The counties are those in its TopoJSON file (<https://github.com/topojson/topojson-specification>), in which two
//! counties share the arc between them, one in each direction. They show where a place is. The map draws finer lines
//! (`geo::land`).

use std::sync::OnceLock;

use serde::Deserialize;

use super::land::{Lines, Surroundings};
use super::{EARTH_RADIUS_KM, LonLat, embedded, far, normalized_degrees};
use crate::area::StateSet;
use crate::jurisdiction::{COUNT, Jurisdiction};

/// The lines of one jurisdiction, in degrees.
#[derive(Clone, Debug, Default)]
pub struct Boundaries {
    /// The outer edge: closed rings (first point = last point), including islands, largest first. No edge of a ring
    /// crosses the 180th meridian, but Alaska has rings on both sides of it.
    pub outline: Vec<Vec<LonLat>>,
    /// Each line between two counties of the state, once; open, or closed if it surrounds a county inside another.
    pub county_lines: Vec<Vec<LonLat>>,
    /// What is around the state, and its large lakes.
    pub surroundings: Surroundings<LonLat>,
    /// The counties (parishes, boroughs, municipios, independent cities), by FIPS code.
    pub counties: Vec<County>,
}

/// A county or its equivalent.
#[derive(Clone, Debug)]
pub struct County {
    /// Five digits, starting with the state's two.
    pub fips: String,
    /// Without "County", "Parish" or a similar word.
    pub name: String,
    /// Closed rings, including holes: a point is inside if an odd number of rings surrounds it.
    pub rings: Vec<Vec<LonLat>>,
}

/// Land across more water than this is outside the map's frame ...
const REMOTE_KM: f64 = 150.0;
/// ... unless the map is so large already that the gap is less than this fraction of its extent.
const REMOTE_PART_OF_EXTENT: f64 = 0.25;

impl Boundaries {
    /// The state's boundaries, read only once.
    pub fn shared(state: Jurisdiction) -> &'static Boundaries {
        static READ: [OnceLock<Boundaries>; COUNT] = [const { OnceLock::new() }; COUNT];
        READ[state.index()].get_or_init(|| Boundaries::of(state))
    }

    /// From the data inside the binary.
    pub fn of(state: Jurisdiction) -> Boundaries {
        let topology: Topology = serde_json::from_str(embedded::files_of(state).boundaries)
            .expect("the tests read all boundary files");
        let Lines {
            outline,
            county_lines,
            surroundings,
        } = Lines::of(state);
        Boundaries {
            outline,
            county_lines,
            surroundings,
            counties: topology.counties(),
        }
    }

    /// The boundaries of several states together, without county lines; around them, the other states of the
    /// mainland.
    pub fn of_states(states: StateSet) -> Boundaries {
        let rings = states
            .iter()
            .flat_map(|state| Boundaries::shared(state).frame_rings());
        let mut outline: Vec<Vec<LonLat>> = rings.map(<[LonLat]>::to_vec).collect();
        outline.sort_by_key(|ring| std::cmp::Reverse(ring.len()));
        let others = far::mainland().filter(|state| !states.contains(*state));
        let rings = others.flat_map(|state| Boundaries::shared(state).outline.iter().cloned());
        let lakes = states
            .iter()
            .flat_map(|state| Boundaries::shared(state).surroundings.lakes.iter().cloned());
        Boundaries {
            outline,
            surroundings: Surroundings {
                neighbors: rings.collect(),
                lakes: lakes.collect(),
                ..Surroundings::round_the_states()
            },
            ..Boundaries::default()
        }
    }

    /// Whether the point is in the state, by the even-odd rule over the outline.
    pub fn contains(&self, point: LonLat) -> bool {
        is_within(&self.outline, point)
    }

    /// Kilometers from a point to the nearest edge of the outline, on a plane around the point: correct for short
    /// distances, which is all that it is used for.
    pub fn km_to_outline(&self, point: LonLat) -> f64 {
        let per_degree = EARTH_RADIUS_KM.to_radians();
        let cosine = libm::cos(point.latitude.to_radians());
        let least = edges(&self.outline).fold(f64::INFINITY, |least: f64, edge| {
            least.min(square_to_edge(edge, point, cosine))
        });
        per_degree * least.sqrt()
    }

    /// The rings of the outline that a map of the state should have room for.
    ///
    /// A tiny island far out at sea would shrink everything else. Starting with the largest ring, a ring is on the
    /// map if the gap between its box and that of a ring on the map is at most 150 km, or a quarter of the extent
    /// (the box's diagonal) of the map so far. This keeps all of Alaska and of the Marianas. (`input/geo/outlines.py`
    /// leaves out the worst cases itself, such as the Northwestern Hawaiian Islands.)
    pub fn frame_rings(&self) -> Vec<&[LonLat]> {
        // The largest ring is first, and no ring is more than half the Earth away from it, so longitudes relative to
        // it make one box across the 180th meridian.
        let Some(reference) = self.outline.first().map(|ring| ring[0].longitude) else {
            return Vec::new();
        };
        let mut waiting: Vec<(&[LonLat], DegreeBox)> = self
            .outline
            .iter()
            .map(|ring| (ring.as_slice(), DegreeBox::around(ring, reference)))
            .collect();
        let mut frame = vec![waiting.remove(0)];
        let mut whole = frame[0].1;
        // A ring that is added can bring others within reach, so continue until none is added.
        loop {
            let reach = REMOTE_KM.max(REMOTE_PART_OF_EXTENT * whole.diagonal_km());
            let (near, far): (Vec<_>, Vec<_>) = waiting
                .into_iter()
                .partition(|(_, ring)| frame.iter().any(|(_, own)| own.gap_km(ring) <= reach));
            waiting = far;
            if near.is_empty() {
                return frame.into_iter().map(|(ring, _)| ring).collect();
            }
            for (ring, around) in near {
                whole = whole.with(&around);
                frame.push((ring, around));
            }
        }
    }
}

impl County {
    /// Whether the point is in the county.
    pub fn contains(&self, point: LonLat) -> bool {
        is_within(&self.rings, point)
    }
}

/// Even-odd rule: a ray to the east crosses the rings an odd number of times.
fn is_within(rings: &[Vec<LonLat>], point: LonLat) -> bool {
    let crossed = edges(rings).filter(|edge| crosses_east_of(*edge, point));
    crossed.count() % 2 == 1
}

/// The edges of closed rings.
pub(super) fn edges(rings: &[Vec<LonLat>]) -> impl Iterator<Item = [LonLat; 2]> {
    let edges = rings.iter().flat_map(|ring| ring.windows(2));
    edges.map(|edge| [edge[0], edge[1]])
}

/// Whether an edge crosses the ray eastward from a point.
#[inline]
pub(super) fn crosses_east_of([a, b]: [LonLat; 2], point: LonLat) -> bool {
    if (a.latitude > point.latitude) == (b.latitude > point.latitude) {
        return false;
    }
    let along = (point.latitude - a.latitude) / (b.latitude - a.latitude);
    point.longitude < a.longitude + along * (b.longitude - a.longitude)
}

/// The square of the distance from a point to an edge, in degrees of latitude, on a plane around the point, where a
/// degree of longitude is `cosine` times as long as one of latitude.
pub(super) fn square_to_edge([a, b]: [LonLat; 2], point: LonLat, cosine: f64) -> f64 {
    let offset = |corner: LonLat| {
        let east = normalized_degrees(corner.longitude - point.longitude);
        (east * cosine, corner.latitude - point.latitude)
    };
    let (a, b) = (offset(a), offset(b));
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let square = dx * dx + dy * dy;
    let part = if square > 0.0 {
        (-(a.0 * dx + a.1 * dy) / square).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let (x, y) = (a.0 + part * dx, a.1 + part * dy);
    x * x + y * y
}

/// A box in degrees, with longitudes relative to a reference meridian.
#[derive(Clone, Copy)]
struct DegreeBox {
    west: f64,
    east: f64,
    south: f64,
    north: f64,
}

impl DegreeBox {
    fn around(ring: &[LonLat], reference: f64) -> DegreeBox {
        let mut around = DegreeBox {
            west: f64::INFINITY,
            east: f64::NEG_INFINITY,
            south: f64::INFINITY,
            north: f64::NEG_INFINITY,
        };
        for point in ring {
            let longitude = normalized_degrees(point.longitude - reference);
            around.west = around.west.min(longitude);
            around.east = around.east.max(longitude);
            around.south = around.south.min(point.latitude);
            around.north = around.north.max(point.latitude);
        }
        around
    }

    fn with(&self, other: &DegreeBox) -> DegreeBox {
        DegreeBox {
            west: self.west.min(other.west),
            east: self.east.max(other.east),
            south: self.south.min(other.south),
            north: self.north.max(other.north),
        }
    }

    fn diagonal_km(&self) -> f64 {
        let middle = (self.south + self.north) / 2.0;
        kilometres(self.east - self.west, self.north - self.south, middle)
    }

    /// Water between two boxes, 0 if they overlap.
    fn gap_km(&self, other: &DegreeBox) -> f64 {
        let east = (other.west - self.east)
            .max(self.west - other.east)
            .max(0.0);
        let north = (other.south - self.north)
            .max(self.south - other.north)
            .max(0.0);
        let middle = self.with(other);
        kilometres(east, north, (middle.south + middle.north) / 2.0)
    }
}

/// Length of a step in degrees on a plane that touches the Earth at a latitude.
fn kilometres(east: f64, north: f64, latitude: f64) -> f64 {
    let per_degree = EARTH_RADIUS_KM.to_radians();
    libm::hypot(east * libm::cos(latitude.to_radians()), north) * per_degree
}

// --- The file ---------------------------------------------------------------------------------

#[derive(Deserialize)]
struct Topology {
    transform: Transform,
    objects: Objects,
    /// Each arc's first point on the grid, then the steps from point to point.
    arcs: Vec<Vec<[i32; 2]>>,
}

#[derive(Deserialize)]
struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

#[derive(Deserialize)]
struct Objects {
    counties: GeometryCollection,
}

#[derive(Deserialize)]
struct GeometryCollection {
    geometries: Vec<Geometry>,
}

#[derive(Deserialize)]
struct Geometry {
    id: String,
    properties: Properties,
    #[serde(flatten)]
    shape: Shape,
}

#[derive(Deserialize)]
struct Properties {
    name: String,
}

/// Arc i backwards is written as its one's complement, `!i`.
type ArcNumber = i32;

#[derive(Deserialize)]
#[serde(tag = "type", content = "arcs")]
enum Shape {
    Polygon(Vec<Vec<ArcNumber>>),
    MultiPolygon(Vec<Vec<Vec<ArcNumber>>>),
}

impl Shape {
    fn rings(&self) -> Vec<&[ArcNumber]> {
        match self {
            Shape::Polygon(rings) => rings.iter().map(Vec::as_slice).collect(),
            Shape::MultiPolygon(polygons) => polygons.iter().flatten().map(Vec::as_slice).collect(),
        }
    }
}

type GridPoint = [i32; 2];

fn arc_index(arc: ArcNumber) -> usize {
    (if arc < 0 { !arc } else { arc }) as usize
}

impl Topology {
    fn counties(self) -> Vec<County> {
        let grid: Vec<Vec<GridPoint>> = self.arcs.iter().map(|arc| undo_steps(arc)).collect();
        let degrees = |point: &GridPoint| LonLat {
            longitude: f64::from(point[0]) * self.transform.scale[0] + self.transform.translate[0],
            latitude: f64::from(point[1]) * self.transform.scale[1] + self.transform.translate[1],
        };
        let county = |county: &Geometry| {
            let rings = county.shape.rings().into_iter();
            let mut rings: Vec<Vec<GridPoint>> = rings.map(|ring| join(ring, &grid)).collect();
            // A ring that the grid has flattened says nothing, unless the county has no other.
            if rings.iter().any(|ring| doubled_area(ring) != 0) {
                rings.retain(|ring| doubled_area(ring) != 0);
            }
            County {
                fips: county.id.clone(),
                name: county.properties.name.clone(),
                rings: rings
                    .iter()
                    .map(|ring| ring.iter().map(degrees).collect())
                    .collect(),
            }
        };
        self.objects
            .counties
            .geometries
            .iter()
            .map(county)
            .collect()
    }
}

fn undo_steps(arc: &[[i32; 2]]) -> Vec<GridPoint> {
    let mut at = [0, 0];
    arc.iter()
        .map(|step| {
            at = [at[0] + step[0], at[1] + step[1]];
            at
        })
        .collect()
}

/// The points along arcs; each arc begins where the previous one ends.
fn join(arcs: &[ArcNumber], grid: &[Vec<GridPoint>]) -> Vec<GridPoint> {
    let mut points: Vec<GridPoint> = Vec::new();
    for &arc in arcs {
        let along = &grid[arc_index(arc)];
        let skipped = usize::from(!points.is_empty());
        if arc < 0 {
            points.extend(along.iter().rev().skip(skipped));
        } else {
            points.extend(along.iter().skip(skipped));
        }
    }
    points
}

/// Twice the area in grid squares, positive if the ring runs counterclockwise.
fn doubled_area(ring: &[GridPoint]) -> i64 {
    ring.windows(2)
        .map(|edge| {
            let [[x1, y1], [x2, y2]] = [edge[0].map(i64::from), edge[1].map(i64::from)];
            x1 * y2 - x2 * y1
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(code: &str) -> Boundaries {
        Boundaries::of(Jurisdiction::from_code(code).unwrap())
    }

    fn at(latitude: f64, longitude: f64) -> LonLat {
        LonLat {
            longitude,
            latitude,
        }
    }

    #[test]
    fn all_states_have_closed_outlines_and_sound_counties() {
        for state in Jurisdiction::all() {
            let boundaries = Boundaries::of(state);
            assert!(!boundaries.outline.is_empty(), "{state}");
            assert!(!boundaries.counties.is_empty(), "{state}");
            let of_counties = boundaries.counties.iter().flat_map(|county| &county.rings);
            for ring in boundaries.outline.iter().chain(of_counties) {
                assert!(ring.len() >= 3, "{state}");
                assert_eq!(ring.first(), ring.last(), "{state}");
                for edge in ring.windows(2) {
                    let east = edge[1].longitude - edge[0].longitude;
                    assert!(east.abs() < 10.0, "{state} has an edge round the Earth");
                }
            }
            for county in &boundaries.counties {
                assert_eq!(county.fips.len(), 5);
                assert_eq!(&county.fips[..2], state.fips(), "{state} {}", county.name);
                assert!(!county.name.is_empty());
            }
            assert!(boundaries.counties.is_sorted_by(|a, b| a.fips < b.fips));
        }
    }

    /// As counted by the Census Bureau in 2023, except for the eight counties of Connecticut. American Samoa doesn't
    /// have Rose and Swains Islands, because the source leaves them out.
    #[test]
    fn counties_are_counted() {
        let published = "NM 33, TX 254, DC 1, PR 78, VA 133, AK 30, LA 64, CT 8, HI 5, GU 1, MP 4, \
                         VI 3, AS 3, CA 58, GA 159";
        for pair in published.split(", ") {
            let (code, count) = pair.split_once(' ').unwrap();
            assert_eq!(
                of(code).counties.len(),
                count.parse::<usize>().unwrap(),
                "{code}"
            );
        }
        let all: usize = Jurisdiction::all()
            .map(|state| Boundaries::of(state).counties.len())
            .sum();
        assert_eq!(all, 3232);
    }

    #[test]
    fn the_outline_contains_the_same_land_as_the_counties() {
        for state in Jurisdiction::all() {
            let boundaries = Boundaries::of(state);
            let signed = |ring: &Vec<LonLat>| -> f64 {
                ring.windows(2)
                    .map(|e| e[0].longitude * e[1].latitude - e[1].longitude * e[0].latitude)
                    .sum()
            };
            let whole: f64 = boundaries.outline.iter().map(signed).sum();
            let parts: f64 = boundaries
                .counties
                .iter()
                .flat_map(|county| &county.rings)
                .map(signed)
                .sum();
            // The counties' lines are coarser, and extend into bays and lakes.
            let difference = (whole - parts).abs() / parts.abs();
            assert!(difference < 0.13, "{state}: {difference}");
        }
    }

    #[test]
    fn inland_states_are_one_ring_and_have_lines_between_counties() {
        for code in ["NM", "CO", "WY", "KS", "NV"] {
            assert_eq!(of(code).outline.len(), 1, "{code}");
        }
        assert!(of("NM").county_lines.len() > 33);
        assert!(of("DC").county_lines.is_empty());
        assert!(of("HI").county_lines.len() <= 1); // Maui and Kalawao only
    }

    #[test]
    fn points_are_inside_or_outside() {
        let new_mexico = of("NM");
        assert!(new_mexico.contains(at(35.08, -106.65))); // Albuquerque
        assert!(!new_mexico.contains(at(31.7619, -106.485))); // El Paso
        assert!(!new_mexico.contains(at(35.08, 106.65)));
        assert!(!new_mexico.contains(at(f64::NAN, f64::NAN)));
        assert!(of("GU").contains(at(13.45, 144.78)));
        assert!(of("AS").contains(at(-14.30, -170.73)));
        assert!(!of("AS").contains(at(14.30, -170.73)));
        let alaska = of("AK");
        assert!(alaska.contains(at(61.2, -149.85)));
        assert!(alaska.contains(at(52.9, 172.95))); // Attu, west of the 180th meridian
        let county = |point| {
            let mut found = new_mexico.counties.iter().filter(|c| c.contains(point));
            let name = found.next().map(|county| county.name.as_str());
            assert!(found.next().is_none());
            name
        };
        assert_eq!(county(at(35.08, -106.65)), Some("Bernalillo"));
        assert_eq!(county(at(32.32, -106.78)), Some("Doña Ana"));
        assert_eq!(county(at(30.0, -106.0)), None);
    }

    #[test]
    fn distant_specks_do_not_enlarge_the_frame() {
        let square = |latitude: f64, longitude: f64, side: f64| {
            vec![
                at(latitude, longitude),
                at(latitude, longitude + side),
                at(latitude + side, longitude + side),
                at(latitude, longitude),
            ]
        };
        // Beside the 180th meridian, where one degree is 107 km: an island 53 km from the largest,
        // one 96 km further, and one 192 km beyond that.
        let islands = |scale: f64| Boundaries {
            outline: vec![
                square(15.0, 179.0, scale),
                square(15.0, 179.5 + scale - 360.0, 0.1),
                square(15.0, 180.5 + scale - 360.0, 0.1),
                square(15.0, 182.4 + scale - 360.0, 0.1),
            ],
            ..Boundaries::default()
        };
        assert_eq!(islands(0.9).frame_rings().len(), 3);
        // Off a land of six degrees the gap does not matter.
        assert_eq!(islands(6.0).frame_rings().len(), 4);
    }

    #[test]
    fn the_frame_contains_all_land_of_the_states() {
        for state in Jurisdiction::all() {
            let boundaries = Boundaries::of(state);
            let frame = boundaries.frame_rings().len();
            assert_eq!(frame, boundaries.outline.len(), "{state}");
        }
    }
}
