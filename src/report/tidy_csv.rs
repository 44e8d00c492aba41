//! Statistics as tidy CSV, the layout of the statistics table that can be read back (docs/counting.md).

use super::figures::figures;
use super::marks;
use crate::csv_cell::inert;
use crate::protect::Published;
use crate::read::{COLUMNS, DATA_THROUGH, MARKING, YEAR_STARTS};

/// A header and a line per number of each area. Statistics of fiscal years have one more column, with the month
/// that these begin with. Unprotected statistics, and those of made-up data, have another, which says so in every
/// line, because a line can be copied out of its table.
pub fn csv(all: &[Published]) -> String {
    let is_marked = all.iter().any(|published| !marks(published).is_empty());
    let is_fiscal = |published: &Published| !published.period.starts.is_of_calendar();
    let has_starts = all.iter().any(is_fiscal);
    let mut out = csv::Writer::from_writer(Vec::new());
    let mut write = |fields: &[&str], starts: &str, marking: &str| {
        let starts = has_starts.then_some(starts);
        let marking = is_marked.then_some(marking);
        // Keys come from the vocabulary, which may be anybody's.
        let cells = fields.iter().copied().chain(starts).chain(marking);
        out.write_record(cells.map(|cell| inert(cell.as_bytes())))
            .expect("lines are of equal length and memory takes them");
    };
    write(&COLUMNS, YEAR_STARTS, MARKING);
    for published in all {
        let period = published.period;
        let from = period.from.to_string();
        let to = period.to.to_string();
        let year = period.year.to_string();
        let starts = period.starts.month().to_string();
        let marking = marks(published).join("; ");
        let code = published.area.code();
        let mut line = |figure: &str, category: &str, count: &str| {
            write(
                &[&code, &from, &to, &year, figure, category, count],
                &starts,
                &marking,
            );
        };
        for (figure, count) in figures(published) {
            line(&figure.figure, &figure.category, &count.to_string());
        }
        if let Some(month) = published.data_through {
            let (figure, category) = DATA_THROUGH;
            line(figure, category, &month.to_string());
        }
    }
    let bytes = out.into_inner().expect("memory takes what is written");
    String::from_utf8(bytes).expect("all that is written is text")
}
