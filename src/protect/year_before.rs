//! Protects the sheet of this year and that of the year before, taken together.
//!
//! A reader of both knows that the cases of a category, or at a venue, became no more than those of the
//! year. Two things can be worked out from that, both only where every case of the year is of the category:
//! that as many were there before as the limit just hides, and that the year has as many as it just hides.

use super::PublishedCases;
use super::complementary::Table;
use crate::tally::Statistics;

/// What the numbers of the year leave open.
pub(super) struct YearBefore<'a> {
    statistics: &'a Statistics,
    limit: u64,
    /// Whether somebody who knows that the year has no fewer cases can work out a small number.
    has_most: bool,
    is_year_shown: bool,
}

impl<'a> YearBefore<'a> {
    /// With the table of the year's cases as it is printed.
    pub(super) fn of(
        statistics: &'a Statistics,
        cases: &PublishedCases,
        table: &Table,
        limit: u64,
    ) -> Self {
        let known = table.clone().at_least(statistics.cases.year);
        YearBefore {
            statistics,
            limit,
            has_most: !known.is_safe(),
            is_year_shown: cases.year.shown().is_some(),
        }
    }

    /// Whether a number of cases of the period may not be printed. `name` is that of the number, as in
    /// `gender.female`.
    pub(super) fn hides(&self, name: &str, cases: u64) -> bool {
        // A limit of 0 or 1 hides nothing on any sheet, and so leaves nothing to work out.
        if self.limit <= 1 || cases < self.limit {
            return false;
        }
        if self.statistics.cases.year == 0 {
            return self.may_have_been_hidden(cases);
        }
        let is_of_all = match &self.statistics.of_all_in_year {
            Some(names) => names.contains(name),
            None => true,
        };
        let Some(before) = cases.checked_sub(self.statistics.cases.year) else {
            return false;
        };
        let was_just_hidden = before + 1 == self.limit;
        let was_shown = before == 0 || before >= self.limit;
        is_of_all
            && (was_just_hidden && (self.is_year_shown || self.has_most)
                || was_shown && self.has_most)
    }

    /// Where the year has no case, the number is that of the sheet before, which may have hidden it. What
    /// the cases of that year were is not known here.
    fn may_have_been_hidden(&self, cases: u64) -> bool {
        let focal = self.statistics.period.year;
        let mut years = self.statistics.years.iter().rev();
        let last = years.find(|counts| counts.year < focal && counts.cases > 0);
        let Some(year) = last.map(|counts| counts.cases) else {
            return false;
        };
        let most = self.limit.saturating_sub(1);
        let can_have_most = year == most || year == 2 * most;
        cases >= year && (cases - year == most || can_have_most)
    }
}
