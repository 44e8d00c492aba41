//! Whether a case has more rows than is likely: then its column may not contain ids of cases, but for example a
//! status or the name of an office.

use super::fold::Tally;

/// This many signals about one case are more likely a mistake.
const MANY: u64 = 200;
/// If there are this many signals, a case may not have more than one in [`MOST_SHARE`] of them.
const ENOUGH: u64 = 10;
const MOST_SHARE: u64 = 4;

/// Whether a case has an implausible number or share of all signals.
pub fn is_implausible(of_case: u64, of_all: u64) -> bool {
    of_case >= MANY || (of_case >= ENOUGH && MOST_SHARE * of_case > of_all)
}

impl Tally<'_> {
    /// The rows of the case that has the most, and all rows that are read as signals and aren't duplicates; `None` if
    /// there is no case.
    pub fn busiest_case(&self) -> Option<(u64, u64)> {
        let mut rows = self.rows.rows_before(self.cases.len());
        for (number, case) in self.cases.iter() {
            rows[number as usize] += u64::from(case.rows.count());
        }
        let busiest = rows.iter().copied().max()?;
        Some((busiest, self.rows.counted()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_with_most_signals_of_small_data_or_very_many_is_implausible() {
        assert!(is_implausible(10, 30));
        assert!(!is_implausible(10, 40));
        assert!(!is_implausible(9, 9));
        assert!(is_implausible(200, 1_000_000));
    }
}
