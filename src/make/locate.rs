//! Finds the places in cells that an engine has collected, so that it counts them as the program does.

use std::collections::BTreeSet;
use std::io::Write;

use crate::failure::{Failure, Outcome};
use crate::geo::{PointKind, PublicPoint};
use crate::read::{Found, Input, Limits, Mapping, Row, Signal, SignalReader, Source};
use crate::vocabulary::Vocabulary;

/// The columns of the output.
const COLUMNS: [&str; 6] = [
    "place_key",
    "caller_state",
    "state",
    "zip",
    "city",
    "county",
];

/// A place in a row, as it is written.
#[derive(PartialEq, Eq, PartialOrd, Ord, Default)]
struct Located {
    state: &'static str,
    /// The ZIP code, city and county of its public point; empty if the point is larger, or isn't known.
    names: [String; 3],
}

/// Reads canonical rows, of which only the cells with places matter. For each row that counting would not reject, it
/// writes as CSV the row's id, the caller's state, and each of the row's places: the state, the public point, and the
/// larger ones. A row without places has one line without any.
///
/// # Errors
/// A file that can't be read; if `out` can't be written.
pub fn locate(inputs: &[Input], limits: Limits, out: impl Write) -> Outcome<()> {
    let vocabulary = Vocabulary::embedded();
    let mapping = Mapping::canonical();
    let mut out = csv::Writer::from_writer(out);
    let failed =
        |error: csv::Error| Failure::data(format!("can't write what was located: {error}"));
    out.write_record(COLUMNS).map_err(failed)?;
    for input in inputs {
        for mut source in Source::open(input, mapping, limits)? {
            if source.is_blank()? {
                continue;
            }
            let name = source.name().to_owned();
            let mut reader =
                SignalReader::open_mapped(&name, &mut source, &vocabulary, mapping, limits)?;
            while let Some(row) = reader.advance()? {
                if let Row::Signal(signal) = row {
                    write(&mut out, &signal).map_err(failed)?;
                }
            }
        }
    }
    out.flush()
        .map_err(|error| Failure::data(format!("can't write what was located: {error}")))
}

fn write(out: &mut csv::Writer<impl Write>, signal: &Signal<'_>) -> csv::Result<()> {
    let places = signal.places.iter().filter_map(|place| {
        let state = place.state?.code();
        let names = match place.found {
            Some(Found::At(point)) => names(point),
            _ => Default::default(),
        };
        Some(Located { state, names })
    });
    let mut places: BTreeSet<Located> = places.collect();
    if places.is_empty() {
        places.insert(Located::default());
    }
    let caller = signal.caller_state.map_or("", |state| state.code());
    for Located { state, names } in places {
        let [zip, city, county] = names.each_ref().map(|name| name.as_bytes());
        out.write_record([
            signal.id,
            caller.as_bytes(),
            state.as_bytes(),
            zip,
            city,
            county,
        ])?;
    }
    Ok(())
}

/// A public point and the larger ones around it, by kind.
fn names(point: PublicPoint) -> [String; 3] {
    let mut names: [String; 3] = Default::default();
    let mut next = Some(point);
    while let Some(point) = next {
        let kind = match point.kind() {
            PointKind::Zip => 0,
            PointKind::City => 1,
            PointKind::County => 2,
        };
        names[kind] = point.name();
        next = point.wider();
    }
    names
}
