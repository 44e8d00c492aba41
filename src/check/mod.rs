//! What is in files of signals: how columns and values map, every problem, and what looks odd.

mod json;
mod survey;
mod text;

use crate::read::{ColumnValues, Findings, JoinedFile};
use crate::tally::Ledger;

pub use json::json;
pub use survey::{Line, Problem, Spanning, Survey, Surveyor, Suspicion};
pub use text::text;

/// All that is told of some files.
pub struct Report {
    pub files: Vec<CheckedFile>,
    pub joined: Vec<JoinedFile>,
    /// Joined cases that no signal names.
    pub unnamed_cases: Vec<String>,
    pub survey: Survey,
    /// The state that the ledger is of, by its code.
    pub state: String,
    pub ledger: Ledger,
}

/// One file of signals.
pub struct CheckedFile {
    pub findings: Findings,
    /// Names of the file's columns, and the canonical column that each is.
    pub columns: Vec<(String, Option<&'static str>)>,
    pub values: Vec<ColumnValues>,
}

/// Examples that are shown of anything.
const MOST_SHOWN: usize = 3;
