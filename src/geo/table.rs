//! The public points as a table, for people who count or draw with other programs.

use super::{Gazetteer, PointKind, PublicPoint};
use crate::jurisdiction::Jurisdiction;

/// Its columns.
const COLUMNS: [&str; 7] = [
    "state",
    "kind",
    "place",
    "within",
    "latitude",
    "longitude",
    "shows_coordinates",
];

/// Every public point in some states as CSV, in order: its name in a table of places, the next larger one, its
/// position in degrees, and whether coordinates in the data may become it.
pub fn public_points(states: impl Iterator<Item = Jurisdiction>) -> Vec<u8> {
    let mut out = csv::Writer::from_writer(Vec::new());
    let mut write = |cells: [&str; COLUMNS.len()]| {
        out.write_record(cells)
            .expect("lines are of equal length and memory takes them");
    };
    write(COLUMNS);
    for state in states {
        let gazetteer = Gazetteer::shared(state);
        for point in gazetteer.points() {
            let at = point.position();
            let shows = match gazetteer.nearest(at) == Some(point) {
                true => "yes",
                false => "no",
            };
            write([
                state.code(),
                kind(point),
                &point.name(),
                &point.wider().map(PublicPoint::name).unwrap_or_default(),
                &at.latitude.to_string(),
                &at.longitude.to_string(),
                shows,
            ]);
        }
    }
    out.into_inner().expect("memory takes what is written")
}

fn kind(point: PublicPoint) -> &'static str {
    match point.kind() {
        PointKind::Zip => "zip",
        PointKind::City => "city",
        PointKind::County => "county",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_points_of_a_state_are_listed_with_their_larger_points() {
        let state = Jurisdiction::from_code("MD").unwrap();
        let table = String::from_utf8(public_points(std::iter::once(state))).unwrap();
        let row = |start: &str| table.lines().find(|row| row.starts_with(start)).unwrap();
        assert!(row("MD,zip,21201,").starts_with("MD,zip,21201,Baltimore,39."));
        assert!(
            row("MD,city,Baltimore,").starts_with("MD,city,Baltimore,Baltimore city (county),")
        );
        assert!(row("MD,county,Baltimore city (county),").ends_with(",no"));
        let points = Gazetteer::shared(state).points().count();
        assert_eq!(table.lines().count(), points + 1);
    }
}
