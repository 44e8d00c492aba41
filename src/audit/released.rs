//! What published editions say about the numbers of a new sheet.

use super::sheet::{ANY, Counted, Sheet, Span, Subject};
use crate::protect::Released;
use crate::tally::{GroupUnit, Statistics};

/// The exact numbers for the period that earlier editions of a sheet print, starting with the latest edition, and the
/// ranges of last year's edition. From the new sheet's statistics, it needs the area, the period, and what the groups
/// count.
pub fn numbers_out(sheets: &[Sheet], statistics: &Statistics) -> Released {
    let area = statistics.area.code();
    let period = Span::of(statistics.period.from, statistics.period.to);
    let year = Span::of_year(statistics.period.year, statistics.period.starts.month());
    let of_area = sheets
        .iter()
        .filter(|sheet| sheet.area == area && sheet.period.meets(period));
    let mut editions: Vec<&Sheet> = of_area.collect();
    editions.sort_by_key(|sheet| std::cmp::Reverse((sheet.period.to, sheet.period.from)));
    let counts_the_same = |subject: &Subject| match subject {
        Subject::Cases => true,
        Subject::Part { of, group, .. } => {
            let mut groups = statistics.groups.iter();
            let known = groups.find(|it| it.kind.key == *group);
            let unit = known.map_or(GroupUnit::Cases, |it| it.kind.unit);
            *of == match unit {
                GroupUnit::Cases => Counted::Cases,
                GroupUnit::Mentions => Counted::Victims,
                GroupUnit::Signals => Counted::Signals,
            }
        }
        Subject::OnMap | Subject::OffMap | Subject::County { .. } | Subject::Total { .. } => false,
    };
    let mut released = Released::default();
    for sheet in editions {
        let of_period = sheet.statements.iter().filter(|it| it.over == sheet.period);
        let is_last_years = sheet.period.from == period.from
            && sheet.period.to == year.from
            && period.to == year.to;
        for statement in of_period.filter(|it| counts_the_same(&it.subject)) {
            let ends = [statement.printed.lo, statement.printed.hi].map(u64::try_from);
            let [Ok(from), Ok(to)] = ends else { continue };
            let name = match statement.subject {
                // If period and year are the same, either name may come first.
                Subject::Cases => "cases.period",
                _ => &statement.name,
            };
            if from == to {
                released.add(name, from);
            } else if is_last_years
                && matches!(statement.subject, Subject::Part { .. })
                && statement.printed.hi < ANY
            {
                released.add_range(name, from, to);
            }
        }
    }
    released
}
