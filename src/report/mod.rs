//! Published statistics as files for machines and for the eye: JSON, CSV, an aligned table.

mod comparison;
mod explanation;
mod figures;
mod json;
mod table;
mod tidy_csv;
mod verification;

pub use comparison::{Comparison, StaleEntry, comparison_json, comparison_table};
pub use explanation::{
    ExplainedCase, ExplainedRow, Explanation, explanations_json, explanations_table,
};
pub use json::json;
pub use table::table;
pub use tidy_csv::csv;
pub use verification::{Check, Verification, verification_json, verification_table};

/// What every unprotected file is marked with (docs/protection.md).
pub const INTERNAL_MARK: &str = "INTERNAL – NOT FOR RELEASE";

#[cfg(test)]
mod tests;
