//! Published statistics as files for machines and for the eye: JSON, CSV, an aligned table.

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

pub use comparison::{Comparison, StaleEntry, comparison_json, comparison_table};
pub use explanation::{
    ExplainedCase, ExplainedRow, Explanation, explanations_json, explanations_table,
};
pub use json::json;
pub use reviews::{Reviews, reviews_json, reviews_table};
pub use table::table;
pub use tidy_csv::csv;
pub use verification::{Check, Verification, verification_json, verification_table};
pub use workbook::workbook;

/// What every unprotected file is marked with (docs/protection.md).
pub const INTERNAL_MARK: &str = "INTERNAL – NOT FOR RELEASE";

/// What a file of these numbers must be marked with.
pub fn marks(published: &Published) -> Vec<&'static str> {
    let internal = published.internal.then_some(INTERNAL_MARK);
    let synthetic = published.is_synthetic.then_some(SYNTHETIC_MARK);
    internal.into_iter().chain(synthetic).collect()
}

/// SHA-256 of the numbers in hexadecimal: what a sheet says of its own numbers, so that `verify` knows them
/// again. It follows from what is published, and says nothing more.
pub fn digest(published: &Published) -> String {
    let digest = Sha256::digest(json(published).to_string());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Begins a JSON object with the marks.
fn mark(whole: &mut Map<String, Value>, published: &Published) {
    if published.internal {
        whole.insert("internal".into(), INTERNAL_MARK.into());
    }
    if published.is_synthetic {
        whole.insert("synthetic".into(), SYNTHETIC_MARK.into());
    }
}

#[cfg(test)]
mod tests;
