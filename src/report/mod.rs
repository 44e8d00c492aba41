//! Published statistics as JSON, CSV, and an aligned table.

mod comparison;
mod explanation;
mod json;
mod reviews;
mod table;
mod tidy_csv;
mod verification;
mod workbook;

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::protect::Published;
use crate::read::SYNTHETIC_MARK;

pub use comparison::{
    Compared, Comparison, Moves, StaleEntry, comparison_json, comparison_table, settle_totals,
};
pub use explanation::{
    ExplainedCase, ExplainedRow, Explanation, explanations_json, explanations_table,
};
pub use json::json;
pub use reviews::{Reviews, reviews_json, reviews_table};
pub use table::table;
pub use tidy_csv::csv;
pub use verification::{Check, Verification, verification_json, verification_table};
pub use workbook::workbook;

/// The mark on every unprotected file (docs/protection.md).
pub const INTERNAL_MARK: &str = "INTERNAL – NOT FOR RELEASE";

/// The marks that a file must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Its numbers are not protected.
    Internal,
    /// Its data are synthetic.
    Synthetic,
}

impl Mark {
    /// The marks for a file with these numbers.
    pub fn of(published: &Published) -> Vec<Mark> {
        let internal = published.internal.then_some(Mark::Internal);
        let synthetic = published.is_synthetic.then_some(Mark::Synthetic);
        internal.into_iter().chain(synthetic).collect()
    }

    /// The mark as printed.
    pub fn text(self) -> &'static str {
        match self {
            Mark::Internal => INTERNAL_MARK,
            Mark::Synthetic => SYNTHETIC_MARK,
        }
    }

    /// Its key in JSON.
    fn key(self) -> &'static str {
        match self {
            Mark::Internal => "internal",
            Mark::Synthetic => "synthetic",
        }
    }
}

/// The marks that a file with these numbers must have, as text.
pub fn marks(published: &Published) -> Vec<&'static str> {
    Mark::of(published).into_iter().map(Mark::text).collect()
}

/// SHA-256 of the numbers in hexadecimal: a sheet contains this digest of its own numbers, so that `verify`
/// recognizes them. It follows from what is published, and says nothing more.
pub fn digest(published: &Published) -> String {
    let digest = Sha256::digest(json(published).to_string());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Opens a JSON object with the marks.
fn mark(whole: &mut Map<String, Value>, published: &Published) {
    mark_with(whole, &Mark::of(published));
}

fn mark_with(whole: &mut Map<String, Value>, marks: &[Mark]) {
    for mark in marks {
        whole.insert(mark.key().into(), mark.text().into());
    }
}

#[cfg(test)]
mod tests;
