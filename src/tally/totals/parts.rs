//! The parts of a period in tables, with periods of their own.

use std::collections::BTreeMap;

use super::{Figures, Totals};
use crate::area::Area;
use crate::period::{Period, Stretch};
use crate::tally::statistics::{GroupKind, GroupUnit, PeriodPart, Unit};
use crate::vocabulary::Over;

impl Totals<'_> {
    /// The parts of a period, in order; none unless the tables have all of them, with every category that they have
    /// for the period.
    pub(super) fn parts(&self, area: Area, period: &Period, unit: Unit) -> Vec<PeriodPart> {
        let Some(whole) = self.figures.get(&(area, *period)) else {
            return Vec::new();
        };
        let parts = period.stretches().into_iter().map(|months| {
            let part = self.figures.get(&(area, part_of(period, months)))?;
            self.part(months, part, whole, unit)
        });
        parts.collect::<Option<Vec<_>>>().unwrap_or_default()
    }

    fn part(
        &self,
        months: Stretch,
        part: &Figures,
        whole: &Figures,
        unit: Unit,
    ) -> Option<PeriodPart> {
        if part.failure.is_some() {
            return None;
        }
        let count = |figure: &str, category: &str| {
            let key = (figure.to_owned(), category.to_owned());
            Some(part.counts.get(&key)?.count)
        };
        let mut mentions = BTreeMap::new();
        for group in self.vocabulary.groups() {
            let counts_cases = GroupKind::of(group, unit).unit == GroupUnit::Cases;
            if !counts_cases || group.over != Over::Period {
                continue;
            }
            for (_, entry) in group.counted() {
                let key = (group.key.clone(), entry.key.clone());
                if whole.counts.contains_key(&key) {
                    let name = format!("{}.{}", group.key, entry.key);
                    mentions.insert(name, count(&group.key, &entry.key)?);
                }
            }
        }
        let venues = [
            ("venues.sex", &self.vocabulary.sex_venue),
            ("venues.labor", &self.vocabulary.labor_venue),
        ];
        for (figure, list) in venues {
            for entry in list.entries() {
                // A venue that isn't in the table has no cases.
                let cases = count(figure, &entry.key).unwrap_or(0);
                mentions.insert(format!("{figure}.{}", entry.key), cases);
            }
        }
        mentions.retain(|_, count| *count > 0);
        Some(PeriodPart {
            months,
            cases: count("cases", "period")?,
            mentions,
        })
    }
}

/// The period in the rows for some of its months, and the year that they are in.
fn part_of(period: &Period, Stretch { from, to }: Stretch) -> Period {
    Period {
        from,
        to,
        year: period.starts.year_of(from),
        starts: period.starts,
    }
}
