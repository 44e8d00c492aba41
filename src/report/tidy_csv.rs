//! Statistics as tidy CSV, the layout of the statistics table that can be read back (docs/counting.md).

use super::INTERNAL_MARK;
use super::figures::figures;
use crate::csv_cell::inert;
use crate::protect::Published;
use crate::read::COLUMNS;

/// A header and a line per number of each state. Unprotected statistics have one more column, which
/// says so in every line, because a line can be copied out of its table.
pub fn csv(all: &[Published]) -> String {
    let is_internal = all.iter().any(|published| published.internal);
    let mut out = csv::Writer::from_writer(Vec::new());
    let mut write = |fields: &[&str], marking: &str| {
        let marking = is_internal.then_some(marking);
        // Keys come from the vocabulary, which may be anybody's.
        let cells = fields.iter().copied().chain(marking);
        out.write_record(cells.map(|cell| inert(cell.as_bytes())))
            .expect("lines are of equal length and memory takes them");
    };
    write(&COLUMNS, "marking");
    for published in all {
        let period = published.period;
        let from = period.from.to_string();
        let to = period.to.to_string();
        let year = period.year.to_string();
        for (figure, count) in figures(published) {
            write(
                &[
                    published.state.code(),
                    &from,
                    &to,
                    &year,
                    &figure.figure,
                    &figure.category,
                    &count.to_string(),
                ],
                if published.internal {
                    INTERNAL_MARK
                } else {
                    ""
                },
            );
        }
    }
    let bytes = out.into_inner().expect("memory takes what is written");
    String::from_utf8(bytes).expect("all that is written is text")
}
