//! The ledger: what happened to each row, for any area and time, determined once all signals are known.

use ahash::AHashMap;

use super::scope::{Scope, ScopesOf};
use super::signals::Bucket;
use super::statistics::{Ledger, LedgerLine};
use crate::area::StateSet;
use crate::period::{Month, Period};

/// Rows, added up as far as the ledger of each area and time doesn't distinguish them.
#[derive(Default)]
pub(super) struct Rows {
    files: Vec<FileRows>,
    /// Rows of cases; the case itself only keeps those of the file and month that it was seen in last.
    earlier: Vec<(u32, LatestRows)>,
    strays: AHashMap<Stray, u64>,
}

struct FileRows {
    name: String,
    read: u64,
    rejected: u64,
    duplicate: u64,
    /// Rows without a case, by the bucket of their month and states.
    caseless: Vec<u64>,
}

/// Rows of an area by whether they are used or outside the period.
#[derive(Clone, Copy, Default)]
struct Fates {
    used: u64,
    outside: u64,
}

/// The rows of one case in one month and file, or some of them if there are very many.
#[derive(Clone, Copy, Default)]
pub(super) struct LatestRows {
    file: u32,
    /// By number.
    month: i32,
    rows: u32,
}

/// Rows of a case in states where the case itself may not be.
#[derive(PartialEq, Eq, Hash)]
struct Stray {
    case: u32,
    file: u32,
    states: StateSet,
    month: Month,
}

/// What a case means for its rows.
#[derive(Clone, Copy, Default)]
pub(super) struct CaseScope {
    /// Empty if the case has no substantive signal.
    pub states: StateSet,
    /// The month that the case is dated in.
    pub month: Option<Month>,
}

impl LatestRows {
    pub(super) fn count(self) -> u32 {
        self.rows
    }
}

impl Rows {
    /// For each of these cases, the rows that it doesn't keep itself.
    pub(super) fn rows_before(&self, cases: usize) -> Vec<u64> {
        let mut rows = vec![0; cases];
        for (case, earlier) in &self.earlier {
            rows[*case as usize] += u64::from(earlier.rows);
        }
        rows
    }

    /// Rows that are neither rejected nor duplicates.
    pub(super) fn counted(&self) -> u64 {
        let files = self.files.iter();
        files
            .map(|file| file.read - file.rejected - file.duplicate)
            .sum()
    }

    pub(super) fn begin_file(&mut self, name: &str) -> u32 {
        self.files.push(FileRows {
            name: name.to_owned(),
            read: 0,
            rejected: 0,
            duplicate: 0,
            caseless: Vec::new(),
        });
        self.files.len() as u32 - 1
    }

    pub(super) fn reject(&mut self, file: u32) {
        let file = &mut self.files[file as usize];
        file.read += 1;
        file.rejected += 1;
    }

    pub(super) fn duplicate(&mut self, file: u32) {
        let file = &mut self.files[file as usize];
        file.read += 1;
        file.duplicate += 1;
    }

    /// A row without a case, by the number of its signal's bucket.
    pub(super) fn caseless(&mut self, file: u32, bucket: u32) {
        let file = &mut self.files[file as usize];
        file.read += 1;
        let bucket = bucket as usize;
        if file.caseless.len() <= bucket {
            file.caseless.resize(bucket + 1, 0);
        }
        file.caseless[bucket] += 1;
    }

    /// A row of a case; `strays` are the states that the row is in and the case, so far, isn't.
    pub(super) fn of_case(
        &mut self,
        file: u32,
        case: u32,
        latest: &mut LatestRows,
        strays: StateSet,
        month: Month,
    ) {
        self.files[file as usize].read += 1;
        let number = month.number();
        if (latest.file, latest.month) != (file, number) || latest.rows == u32::MAX {
            if latest.rows > 0 {
                self.earlier.push((case, *latest));
            }
            *latest = LatestRows {
                file,
                month: number,
                rows: 0,
            };
        }
        latest.rows += 1;
        if !strays.is_empty() {
            let stray = Stray {
                case,
                file,
                states: strays,
                month,
            };
            *self.strays.entry(stray).or_default() += 1;
        }
    }

    /// The ledgers for some scopes, in their order.
    ///
    /// The lines are those of docs/counting.md; a row is in the first that fits. A row is in the area if its own
    /// places (otherwise its caller) or its case are. It counts for the time if its own date does, or the date of its
    /// case if the case is in the area. `latest` are the rows that the cases keep themselves.
    pub(super) fn ledgers(
        &self,
        scopes: &[Scope],
        of: &ScopesOf,
        buckets: &[Bucket],
        latest: impl Iterator<Item = (u32, LatestRows)>,
        case: impl Fn(u32) -> CaseScope,
    ) -> Vec<Ledger> {
        let mut fates = vec![vec![Fates::default(); scopes.len()]; self.files.len()];
        let counts = |period: &Period, month: Month| period.counts(month);
        for (file, fates) in self.files.iter().zip(&mut fates) {
            for (bucket, rows) in buckets.iter().zip(&file.caseless) {
                for index in of.of(bucket.states).filter(|_| *rows > 0) {
                    fates[index].add(*rows, counts(&scopes[index].period, bucket.month));
                }
            }
        }
        for (number, rows) in self.earlier.iter().copied().chain(latest) {
            let of_case = case(number);
            let own = Month::from_number(rows.month);
            for index in of.of(of_case.states) {
                let period = &scopes[index].period;
                let is_of_time = |month| counts(period, month);
                let used = is_of_time(own) || of_case.month.is_some_and(is_of_time);
                fates[rows.file as usize][index].add(rows.rows.into(), used);
            }
        }
        for (stray, count) in &self.strays {
            for index in of.of_without(stray.states, case(stray.case).states) {
                let used = counts(&scopes[index].period, stray.month);
                fates[stray.file as usize][index].add(*count, used);
            }
        }
        let ledger = |index| self.ledger_of(fates.iter().map(|fates| fates[index]));
        (0..scopes.len()).map(ledger).collect()
    }

    fn ledger_of(&self, fates: impl Iterator<Item = Fates>) -> Ledger {
        let mut ledger = Ledger::default();
        for (file, Fates { used, outside }) in self.files.iter().zip(fates) {
            let line = LedgerLine {
                rows_read: file.read,
                used,
                outside_period: outside,
                other_state: file.read - file.rejected - file.duplicate - used - outside,
                duplicate: file.duplicate,
                rejected: file.rejected,
            };
            debug_assert!(line.balances());
            ledger.total.add(&line);
            ledger.files.push((file.name.clone(), line));
        }
        ledger
    }
}

impl Fates {
    fn add(&mut self, rows: u64, used: bool) {
        if used {
            self.used += rows;
        } else {
            self.outside += rows;
        }
    }
}

impl LedgerLine {
    fn add(&mut self, other: &LedgerLine) {
        self.rows_read += other.rows_read;
        self.used += other.used;
        self.outside_period += other.outside_period;
        self.other_state += other.other_state;
        self.duplicate += other.duplicate;
        self.rejected += other.rejected;
    }
}
