//! Statistics as a tidy table that can be read back (docs/counting.md): as CSV, and for other writers.

use super::marks;
use crate::csv_cell::inert;
use crate::protect::Published;
use crate::read::{COLUMNS, DATA_THROUGH, MARKING, RATE, YEAR_STARTS};

/// A header and a row for each number of each area. Statistics for fiscal years have one more column, with the month
/// in which these begin. Unprotected statistics, and those from synthetic data, have another one, which says so in
/// every row, because a row can be copied out of its table.
pub(super) fn rows(all: &[Published]) -> Vec<Vec<String>> {
    let is_marked = all.iter().any(|published| !marks(published).is_empty());
    let is_fiscal = |published: &Published| !published.period.starts.is_of_calendar();
    let has_starts = all.iter().any(is_fiscal);
    let row = |cells: &[&str], starts: &str, marking: &str| -> Vec<String> {
        let starts = has_starts.then_some(starts);
        let marking = is_marked.then_some(marking);
        let cells = cells.iter().copied().chain(starts).chain(marking);
        cells.map(str::to_owned).collect()
    };
    let mut rows = vec![row(&COLUMNS, YEAR_STARTS, MARKING)];
    for published in all {
        let period = published.period;
        let from = period.from.to_string();
        let to = period.to.to_string();
        let year = period.year.to_string();
        let starts = period.starts.month().to_string();
        let marking = marks(published).join("; ");
        let code = published.area.code();
        let mut add = |figure: &str, category: &str, count: &str| {
            rows.push(row(
                &[&code, &from, &to, &year, figure, category, count],
                &starts,
                &marking,
            ));
        };
        for (figure, count) in published.numbers() {
            add(&figure.figure, &figure.category, &count.to_string());
        }
        if let Some(of) = &published.rate {
            add(RATE, "residents", &of.residents.number.to_string());
            add(RATE, "cases_per_100000", &of.rate.to_string());
        }
        if let Some(month) = published.data_through {
            let (figure, category) = DATA_THROUGH;
            add(figure, category, &month.to_string());
        }
    }
    rows
}

/// The table as CSV.
pub fn csv(all: &[Published]) -> String {
    let mut out = csv::Writer::from_writer(Vec::new());
    for row in rows(all) {
        // Keys come from the vocabulary, which anybody can write.
        out.write_record(row.iter().map(|cell| inert(cell.as_bytes())))
            .expect("rows are of equal length and memory takes them");
    }
    let bytes = out.into_inner().expect("memory takes what is written");
    String::from_utf8(bytes).expect("all that is written is text")
}
