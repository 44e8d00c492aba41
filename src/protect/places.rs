//! Disclosure control for the map: which public points it shows, and so which cases are on it.
//!
//! If a public point has fewer than `min_cell` cases, they move to the next larger one: from ZIP code to city, from
//! city to county. A county with fewer isn't drawn. A case counts once at each point, no matter how many of its
//! places moved there. So everything on a map depends on numbers of cases that are `min_cell` or more, at points that
//! everyone knows. It doesn't matter where in a ZIP code, city or county a case is.

use std::collections::BTreeMap;

use crate::geo::{PointKind, PublicPoint};
use crate::heat::Weight;
use crate::tally::{CasesByPlaces, Statistics};

/// What the map of a year shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct OnMap {
    /// The points with their numbers of cases, none below the limit, in the order of points.
    pub points: Vec<Weight>,
    /// Cases at any of the points, each once: those on the map.
    pub cases: u64,
}

/// How many cases of a year are on its map and how many aren't: two parts of the year's cases, both exact. Those not
/// on the map have no known place, or only places with too few cases to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct YearOnMap {
    pub year: i32,
    /// Public points on the map.
    pub points: u64,
    pub on: u64,
    pub off: u64,
}

/// Numbers of cases, each with the points that its cases are at.
type Groups = Vec<(Vec<PublicPoint>, u64)>;

/// What a map may show with a limit of `min_cell` cases at each point; 0: all points as they are.
pub(super) fn on_map(cases: &CasesByPlaces, min_cell: u64) -> OnMap {
    let groups = groups_on_map(cases, min_cell);
    let groups_with_points = groups.iter().filter(|(points, _)| !points.is_empty());
    OnMap {
        cases: groups_with_points.map(|(_, cases)| cases).sum(),
        points: weights(&groups),
    }
}

/// For each county with any of the points on a map, the cases at them, each once, in the order of points.
pub(super) fn counties_on_map(cases: &CasesByPlaces, min_cell: u64) -> Vec<Weight> {
    let mut groups = groups_on_map(cases, min_cell);
    for (points, _) in &mut groups {
        *points = counties_of(points);
    }
    weights(&groups)
}

fn groups_on_map(cases: &CasesByPlaces, min_cell: u64) -> Groups {
    let placed = cases.iter();
    let mut groups: Groups = placed
        .map(|placed| (placed.places.clone(), placed.cases))
        .collect();
    for kind in [PointKind::Zip, PointKind::City, PointKind::County] {
        let at_points = cases_at_points(&groups);
        let is_small = |point: PublicPoint| point.kind() == kind && at_points[&point] < min_cell;
        for (points, _) in &mut groups {
            if !points.iter().any(|&point| is_small(point)) {
                continue;
            }
            *points = std::mem::take(points)
                .into_iter()
                .filter_map(|point| match is_small(point) {
                    true => point.wider(),
                    false => Some(point),
                })
                .collect();
            points.sort_unstable();
            points.dedup();
        }
    }
    groups
}

/// The points of groups, in order, with their cases.
fn weights(groups: &Groups) -> Vec<Weight> {
    let at_points = cases_at_points(groups).into_iter();
    at_points
        .map(|(point, cases)| Weight { point, cases })
        .collect()
}

/// The counties of points, each once.
fn counties_of(points: &[PublicPoint]) -> Vec<PublicPoint> {
    let mut counties: Vec<PublicPoint> = points.iter().map(|point| point.county()).collect();
    counties.sort_unstable();
    counties.dedup();
    counties
}

/// How many distinct cases are at each point.
fn cases_at_points(groups: &[(Vec<PublicPoint>, u64)]) -> BTreeMap<PublicPoint, u64> {
    let mut at_points = BTreeMap::new();
    for (points, cases) in groups {
        for point in points {
            *at_points.entry(*point).or_default() += cases;
        }
    }
    at_points
}

/// For each year with known places, in order: its cases that are on the map of that year's sheet, and those that
/// aren't, with this limit. Empty if the data say nothing about places.
pub(super) fn by_year(statistics: &Statistics, min_cell: u64) -> Vec<YearOnMap> {
    let cases_of = |year: i32| {
        if year == statistics.period.year {
            return statistics.cases.year;
        }
        let counts = statistics.years.iter().find(|counts| counts.year == year);
        counts.map_or(statistics.cases.first_year, |counts| counts.cases)
    };
    let years = statistics.map.years.iter();
    years
        .map(|places| {
            let OnMap { points, cases: on } = on_map(&places.cases, min_cell);
            YearOnMap {
                year: places.year,
                points: points.len() as u64,
                on,
                off: cases_of(places.year).saturating_sub(on),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::geo::Gazetteer;
    use crate::jurisdiction::Jurisdiction;

    fn gazetteer() -> &'static Gazetteer {
        Gazetteer::shared(Jurisdiction::from_code("NM").unwrap())
    }

    fn zip(code: &str) -> PublicPoint {
        gazetteer().zip(code).unwrap()
    }

    fn city(name: &str) -> PublicPoint {
        gazetteer().city(name).unwrap()
    }

    fn county(name: &str) -> PublicPoint {
        gazetteer().county(name).unwrap()
    }

    /// Points with their numbers of cases, and the cases on the map.
    fn shown(cases: Vec<(Vec<PublicPoint>, u64)>, min_cell: u64) -> (Vec<(PublicPoint, u64)>, u64) {
        let on_map = on_map(&CasesByPlaces::of(cases), min_cell);
        let points = on_map.points.iter();
        (
            points.map(|it| (it.point, it.cases)).collect(),
            on_map.cases,
        )
    }

    #[test]
    fn few_cases_go_to_the_city_and_then_to_the_county() {
        let (zip_a, zip_b, abq, bernalillo) = (
            zip("87102"),
            zip("87105"),
            city("Albuquerque"),
            county("Bernalillo"),
        );
        let one = |points: &[PublicPoint], cases| vec![(points.to_vec(), cases)];
        assert_eq!(shown(one(&[zip_a], 5), 5), (vec![(zip_a, 5)], 5));
        assert_eq!(shown(one(&[zip_a], 4), 5), (vec![], 0));
        assert_eq!(shown(one(&[zip_a], 4), 0), (vec![(zip_a, 4)], 4));
        // Two cases and three in two ZIP codes of a city make five in the city.
        let two = vec![(vec![zip_a], 2), (vec![zip_b], 3)];
        assert_eq!(shown(two, 5), (vec![(abq, 5)], 5));
        // Together with the one in the city that has no ZIP code, and next to a ZIP code with enough.
        let three = vec![(vec![zip_a], 5), (vec![zip_b], 3), (vec![abq], 2)];
        assert_eq!(shown(three, 5), (vec![(zip_a, 5), (abq, 5)], 10));
        // A small city and its county.
        let tijeras = city("Tijeras");
        assert_eq!(tijeras.wider(), Some(bernalillo));
        let four = vec![(vec![abq], 4), (vec![tijeras], 1)];
        assert_eq!(shown(four, 5), (vec![(bernalillo, 5)], 5));
        let too_few = vec![
            (vec![abq], 3),
            (vec![tijeras], 1),
            (vec![city("Gallup")], 6),
        ];
        assert_eq!(shown(too_few, 5), (vec![(city("Gallup"), 6)], 6));
    }

    #[test]
    fn a_case_with_several_places_counts_once_at_each_point() {
        let (zip_a, zip_b, abq) = (zip("87102"), zip("87105"), city("Albuquerque"));
        // Three cases that are in both ZIP codes are three cases in the city, not six.
        assert_eq!(shown(vec![(vec![zip_a, zip_b], 3)], 5), (vec![], 0));
        let five = vec![(vec![zip_a, zip_b], 3), (vec![zip_a], 1), (vec![zip_b], 1)];
        assert_eq!(shown(five, 5), (vec![(abq, 5)], 5));
        // On the map because of one place, even though the other has too few.
        let gallup = city("Gallup");
        let far = vec![(vec![zip_a], 4), (vec![zip_a, gallup], 1)];
        assert_eq!(shown(far, 5), (vec![(zip_a, 5)], 5));
    }

    /// Cases by their places among several places of a state at different levels.
    fn cases() -> impl Strategy<Value = Vec<BTreeSet<PublicPoint>>> {
        let mut points: Vec<PublicPoint> = ["87102", "87105", "87106", "87501", "87505", "87301"]
            .map(zip)
            .into();
        points.extend(["Albuquerque", "Tijeras", "Santa Fe", "Gallup"].map(city));
        points.extend(["Bernalillo", "Santa Fe", "McKinley"].map(county));
        let places = prop::collection::btree_set(prop::sample::select(points), 1..4);
        prop::collection::vec(places, 0..40)
    }

    fn grouped(cases: &[BTreeSet<PublicPoint>]) -> CasesByPlaces {
        CasesByPlaces::of(
            cases
                .iter()
                .map(|places| (places.iter().copied().collect(), 1)),
        )
    }

    /// The rule case by case: which cases are at each point, with those of a small point at the next larger one.
    fn by_the_rule(
        cases: &[BTreeSet<PublicPoint>],
        min_cell: usize,
    ) -> BTreeMap<PublicPoint, BTreeSet<usize>> {
        let mut at: BTreeMap<PublicPoint, BTreeSet<usize>> = BTreeMap::new();
        for (case, places) in cases.iter().enumerate() {
            for place in places {
                at.entry(*place).or_default().insert(case);
            }
        }
        // Points are ordered by kind, smallest first, so cases move to a later point.
        let mut drawn = BTreeMap::new();
        while let Some((point, of)) = at.pop_first() {
            if of.len() >= min_cell {
                drawn.insert(point, of);
            } else if let Some(wider) = point.wider() {
                at.entry(wider).or_default().extend(of);
            }
        }
        drawn
    }

    proptest! {
        #[test]
        fn the_map_follows_the_rule(cases in cases(), min_cell in prop::sample::select(vec![0_u64, 3, 5, 8])) {
            let grouped = grouped(&cases);
            let on_map = on_map(&grouped, min_cell);
            let on_map_by_county = counties_on_map(&grouped, min_cell);
            let expected = by_the_rule(&cases, min_cell as usize);
            let points: Vec<_> = on_map.points.iter().map(|it| (it.point, it.cases)).collect();
            let by_rule = expected.iter().map(|(point, of)| (*point, of.len() as u64));
            prop_assert_eq!(points, by_rule.collect::<Vec<_>>());
            let mut by_county: BTreeMap<PublicPoint, BTreeSet<usize>> = BTreeMap::new();
            for (point, of) in &expected {
                by_county.entry(counties_of(&[*point])[0]).or_default().extend(of);
            }
            let counties: Vec<_> = on_map_by_county.iter().map(|it| (it.point, it.cases)).collect();
            let by_rule = by_county.iter().map(|(county, of)| (*county, of.len() as u64));
            prop_assert_eq!(counties, by_rule.collect::<Vec<_>>());
            let on: BTreeSet<usize> = expected.into_values().flatten().collect();
            prop_assert_eq!(on_map.cases, on.len() as u64);
            let mut shown = on_map.points.iter().chain(&on_map_by_county);
            prop_assert!(shown.all(|it| it.cases >= min_cell));
        }
    }
}
