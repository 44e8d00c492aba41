//! What published editions say about the numbers of a new sheet.

use super::sheet::{Counted, Sheet, Span, Subject};
use crate::protect::Released;
use crate::tally::{GroupUnit, Statistics};

/// The exact numbers for the period that earlier editions of a sheet print, starting with the latest edition. From
/// the new sheet's statistics, it needs the area, the period, and what the groups count.
pub fn numbers_out(sheets: &[Sheet], statistics: &Statistics) -> Released {
    let area = statistics.area.code();
    let period = Span::of(statistics.period.from, statistics.period.to);
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
        for statement in of_period.filter(|it| counts_the_same(&it.subject)) {
            if let (true, Ok(number)) = (
                statement.printed.is_exact(),
                u64::try_from(statement.printed.lo),
            ) {
                let name = match statement.subject {
                    // If period and year are the same, either name may come first.
                    Subject::Cases => "cases.period",
                    _ => &statement.name,
                };
                released.add(name, number);
            }
        }
    }
    released
}
