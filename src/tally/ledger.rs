//! The ledger: what became of each row, for any state, decided when all signals are known.

use ahash::AHashMap;

use super::state_set::StateSet;
use super::statistics::{Ledger, LedgerLine};
use crate::jurisdiction::{COUNT, Jurisdiction};

/// Rows, summed up as far as the ledger of each state needs to tell them apart.
#[derive(Default)]
pub(super) struct Rows {
    files: Vec<FileRows>,
    /// Rows of cases, of which the case itself keeps only those of the file that it was seen in last.
    earlier: Vec<(u32, LatestRows)>,
    strays: AHashMap<Stray, u64>,
}

struct FileRows {
    name: String,
    read: u64,
    rejected: u64,
    duplicate: u64,
    /// Rows of no case, by state that they are in.
    caseless: [Fates; COUNT],
}

/// Rows of a state by whether they are used or outside the period.
#[derive(Clone, Copy, Default)]
struct Fates {
    used: u64,
    outside: u64,
}

/// The rows of one case in one file, or some of them where they are very many.
#[derive(Clone, Copy, Default)]
pub(super) struct LatestRows {
    file: u32,
    /// Rows whose own date is in the period or the year.
    in_scope: u32,
    out_of_scope: u32,
}

/// Rows of a case that are in states where the case itself need not be.
#[derive(PartialEq, Eq, Hash)]
struct Stray {
    case: u32,
    file: u32,
    states: StateSet,
    in_scope: bool,
}

/// What a case means for its rows.
#[derive(Clone, Copy, Default)]
pub(super) struct CaseScope {
    /// Empty where no substantive signal has made the case.
    pub states: StateSet,
    /// Whether the case is dated in the period or the year.
    pub in_scope: bool,
}

impl Rows {
    pub(super) fn begin_file(&mut self, name: &str) -> u32 {
        self.files.push(FileRows {
            name: name.to_owned(),
            read: 0,
            rejected: 0,
            duplicate: 0,
            caseless: [Fates::default(); COUNT],
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

    /// A row of no case that is in `states`.
    pub(super) fn caseless(&mut self, file: u32, states: StateSet, in_scope: bool) {
        let file = &mut self.files[file as usize];
        file.read += 1;
        for state in states.iter() {
            file.caseless[state.index()].add(1, in_scope);
        }
    }

    /// A row of a case; `strays` are the states that the row is in and the case, so far, is not.
    pub(super) fn of_case(
        &mut self,
        file: u32,
        case: u32,
        latest: &mut LatestRows,
        strays: StateSet,
        in_scope: bool,
    ) {
        self.files[file as usize].read += 1;
        if latest.file != file || latest.is_full() {
            if !latest.is_empty() {
                self.earlier.push((case, *latest));
            }
            *latest = LatestRows {
                file,
                ..LatestRows::default()
            };
        }
        if in_scope {
            latest.in_scope += 1;
        } else {
            latest.out_of_scope += 1;
        }
        if !strays.is_empty() {
            let stray = Stray {
                case,
                file,
                states: strays,
                in_scope,
            };
            *self.strays.entry(stray).or_default() += 1;
        }
    }

    /// The ledgers of the wanted states, in order of state code.
    ///
    /// The lines are those of docs/counting.md, a row standing in the first that fits. A row is in the
    /// state when its own places (or else its caller) or its case are; it counts for the time when
    /// its own date does, or that of its case where the case is in the state. `latest` are the rows that
    /// the cases keep themselves.
    pub(super) fn ledgers(
        &self,
        wanted: StateSet,
        latest: impl Iterator<Item = (u32, LatestRows)>,
        case: impl Fn(u32) -> CaseScope,
    ) -> Vec<(Jurisdiction, Ledger)> {
        let mut fates: Vec<[Fates; COUNT]> = self.files.iter().map(|file| file.caseless).collect();
        for (number, rows) in self.earlier.iter().copied().chain(latest) {
            let scope = case(number);
            for state in scope.states.intersection(wanted).iter() {
                let fates = &mut fates[rows.file as usize][state.index()];
                fates.add(rows.in_scope.into(), true);
                fates.add(rows.out_of_scope.into(), scope.in_scope);
            }
        }
        for (stray, count) in &self.strays {
            let elsewhere = stray.states.without(case(stray.case).states);
            for state in elsewhere.intersection(wanted).iter() {
                fates[stray.file as usize][state.index()].add(*count, stray.in_scope);
            }
        }
        wanted
            .iter()
            .map(|state| (state, self.ledger_of(state, &fates)))
            .collect()
    }

    fn ledger_of(&self, state: Jurisdiction, fates: &[[Fates; COUNT]]) -> Ledger {
        let mut ledger = Ledger::default();
        for (file, fates) in self.files.iter().zip(fates) {
            let Fates { used, outside } = fates[state.index()];
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

impl LatestRows {
    fn is_empty(&self) -> bool {
        self.in_scope == 0 && self.out_of_scope == 0
    }

    fn is_full(&self) -> bool {
        self.in_scope == u32::MAX || self.out_of_scope == u32::MAX
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
