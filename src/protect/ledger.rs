//! Protects the ledger's part in what a reader can work out.
//!
//! It says nothing of victims and stays as it is, but for two things. No number counts more than the rows
//! used: where they are so few that numbers printed as "<5" or "hidden" can only be the least that they can
//! be, the rows used are hidden. And the ledgers of two years over the same file differ by the rows of the
//! later year, among which are its calls: where the number of those is not printed, the rows used are hidden,
//! too. With them go those read and of other states, which differ by them.

use super::{Count, Published, PublishedLedger, PublishedLine};
use crate::tally::{LedgerLine, Statistics};

/// The ledger as it may stand beside the other numbers.
pub(super) fn protect(statistics: &Statistics, published: &Published) -> PublishedLedger {
    let is_told = published.calls_total().shown().is_none() || tells(statistics, published);
    let ledger = &statistics.ledger;
    let line = |line: &LedgerLine| {
        let hidden_if_told = |rows| {
            if is_told {
                Count::Hidden
            } else {
                Count::Shown(rows)
            }
        };
        PublishedLine {
            rows_read: hidden_if_told(line.rows_read),
            used: hidden_if_told(line.used),
            outside_period: Count::Shown(line.outside_period),
            other_state: hidden_if_told(line.other_state),
            duplicate: Count::Shown(line.duplicate),
            rejected: Count::Shown(line.rejected),
        }
    };
    PublishedLedger {
        files: ledger.files.iter().map(|(_, rows)| line(rows)).collect(),
        total: line(&ledger.total),
    }
}

/// Whether the substantive rows used are no more than some numbers that are not shown take at least. The
/// total of calls is shown.
fn tells(statistics: &Statistics, published: &Published) -> bool {
    let cases = &published.cases;
    let limit = published.min_cell;
    let rows = statistics
        .ledger
        .total
        .used
        .saturating_sub(published.non_substantive);
    let takes_all = |parts: &[Count]| {
        let least = |count: &Count| match *count {
            Count::Shown(number) => number,
            Count::Below(_) => 1,
            Count::Range { from, .. } => from,
            Count::Hidden => limit,
        };
        let is_any_hidden = parts.iter().any(|count| count.shown().is_none());
        is_any_hidden && parts.iter().map(least).sum::<u64>() >= rows
    };
    // Of these more may be known than that they are hidden: that they are no less than others, which the
    // sheet of another year may print.
    let exact = [
        (cases.period, statistics.cases.period),
        (cases.year, statistics.cases.year),
    ];
    let groups = published.groups.iter();
    let categories = groups
        .filter(|group| group.total.is_none())
        .flat_map(|group| &group.categories);
    let years = published.trend.iter().flatten();
    let (years, signals): (Vec<_>, Vec<_>) = years.map(|year| (year.cases, year.signals)).unzip();
    let sums = [
        (
            cases.year,
            [cases.located_year, published.map.unlocated_cases]
                .into_iter()
                .flatten()
                .collect(),
        ),
        (Count::Hidden, years),
        (Count::Hidden, signals),
    ];
    exact
        .iter()
        .any(|(count, exact)| count.shown().is_none() && *exact >= rows)
        || categories
            .map(|category| category.count)
            .any(|count| takes_all(&[count]))
        || sums
            .iter()
            .any(|(sum, parts)| sum.shown().is_none() && takes_all(parts))
}
