//! What the numbers in statistics count, by their names.

use super::sheet::{Counted, Span, Subject};
use crate::tally::Unit;
use crate::vocabulary::{Counts, Over, Vocabulary};

/// The time of a sheet, and the meaning of its names.
#[derive(Clone, Copy, Debug)]
pub(super) struct Names<'a> {
    pub period: Span,
    pub year: Span,
    /// The month in which years begin.
    pub starts: u32,
    pub unit: Unit,
    pub vocabulary: &'a Vocabulary,
}

impl Names<'_> {
    /// What a figure counts, and over which time; `None` for one that says nothing about other numbers. A figure that
    /// the vocabulary doesn't know is assumed to count cases in the period.
    pub(super) fn subject(&self, figure: &str, category: &str) -> Option<(Subject, Span)> {
        let &Names {
            period,
            year,
            vocabulary,
            ..
        } = self;
        let of_year = || Some(Span::of_year(category.parse().ok()?, self.starts));
        let (of, over) = match (figure, category) {
            ("cases", "period") => return Some((Subject::Cases, period)),
            ("cases", "year") => return Some((Subject::Cases, year)),
            ("cases", "located_year") => return Some((Subject::OnMap, year)),
            ("map", "unlocated_cases") => return Some((Subject::OffMap, year)),
            ("trend.cases", _) => return Some((Subject::Cases, of_year()?)),
            ("trend.signals", _) => {
                let total = Subject::Total {
                    of: Counted::Signals,
                    group: vocabulary.groups()[vocabulary.calls()].key.clone(),
                };
                return Some((total, of_year()?));
            }
            ("counties", fips) => {
                let fips = fips.to_owned();
                return Some((Subject::County { fips }, year));
            }
            ("map" | "ledger" | "data" | "rate", _) | (_, "non_substantive") => return None,
            _ => self.counted(figure),
        };
        let group = figure.to_owned();
        let subject = match category {
            "total" => Subject::Total { of, group },
            key => Subject::Part {
                of,
                group,
                key: key.to_owned(),
            },
        };
        Some((subject, over))
    }

    fn counted(&self, group: &str) -> (Counted, Span) {
        let Some((_, group)) = self.vocabulary.group(group) else {
            return (Counted::Cases, self.period);
        };
        let of = match group.counts {
            Counts::Cases if group.of_victims && self.unit == Unit::Victims => Counted::Victims,
            Counts::Cases => Counted::Cases,
            Counts::Signals => Counted::Signals,
        };
        let over = match group.over {
            Over::Period => self.period,
            Over::Year => self.year,
        };
        (of, over)
    }
}
