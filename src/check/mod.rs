//! What files of signals contain: how columns and values map, every problem, and what looks odd.

mod json;
mod survey;
mod text;

use crate::read::{Column, ColumnCells, ColumnValues, Fate, Findings, JoinedFile};
use crate::tally::Ledger;

pub use json::json;
pub use survey::{Difference, Line, Problem, Spanning, Survey, Surveyor, Suspicion};
pub use text::text;

/// Everything that is reported about some files.
pub struct Report {
    /// The files of signals, in reading order.
    pub files: Vec<CheckedFile>,
    /// The files that the mapping joins to them.
    pub joined: Vec<JoinedFile>,
    /// Joined cases that no signal mentions.
    pub unnamed_cases: Vec<String>,
    /// Months of the requested period, or of the year, that the data don't have, as a sentence.
    pub missing_months: Vec<String>,
    /// What was seen in all files together.
    pub survey: Survey,
    /// The code of the state that the ledger is for.
    pub state: String,
    /// What happened to the rows, for that state (docs/counting.md).
    pub ledger: Ledger,
}

impl Report {
    /// Whether nothing was lost: no row rejected or repeated, and no cell unknown, unplaced or in conflict.
    pub fn has_no_problem(&self) -> bool {
        let has_lost = |cells: &[ColumnCells]| {
            let lost = [Fate::Unknown, Fate::Unplaced, Fate::Conflict];
            let mut cells = cells.iter();
            cells.any(|column| lost.iter().any(|fate| column.counts.of(*fate) > 0))
        };
        let is_sound = |file: &CheckedFile| {
            let has_lost = has_lost(&file.findings.cells);
            let unread = file
                .findings
                .sheet
                .as_ref()
                .map_or(0, |sheet| sheet.told().len());
            let has_rows = file.findings.rows > 0;
            let open = file.findings.ways.are_open() || file.cells_of_no_case() > 0;
            has_rows && file.findings.knows_cases && !has_lost && unread == 0 && !open
        };
        let joined = self
            .joined
            .iter()
            .all(|file| file.rejected == 0 && file.without_case == 0 && !has_lost(&file.cells));
        self.survey.problems.is_empty()
            && self.missing_months.is_empty()
            && self.survey.duplicates == 0
            && self.unnamed_cases.is_empty()
            && joined
            && self.files.iter().all(is_sound)
    }
}

/// One file of signals.
pub struct CheckedFile {
    /// What was found while reading it.
    pub findings: Findings,
    /// Names of the file's columns, and the canonical column that each maps to.
    pub columns: Vec<(String, Option<&'static str>)>,
    /// The distinct values of its columns, and how they were read.
    pub values: Vec<ColumnValues>,
}

impl CheckedFile {
    /// Cells in the column of case ids that contain something else, such as `0` or “no case”.
    fn cells_of_no_case(&self) -> u64 {
        let cells = self.findings.cells.iter();
        let of_cases = cells.filter(|cells| cells.column == Column::CaseId);
        of_cases.map(|cells| cells.counts.of(Fate::EmptyWord)).sum()
    }
}

/// The most examples that are shown of anything.
const MOST_SHOWN: usize = 3;
