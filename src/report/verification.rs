//! Whether a sheet matches the data, as JSON and as text.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::INTERNAL_MARK;

/// The comparison of a sheet with the data.
#[derive(Clone, Debug)]
pub struct Verification {
    /// The sheet, as the user named it.
    pub sheet: String,
    /// Whether the sheet, and so this report, has unprotected numbers.
    pub internal: bool,
    /// How its numbers were counted, according to the sheet.
    pub options: String,
    /// SHA-256 of the numbers: the one on the sheet, and the one from the data.
    pub sha256: (String, String),
    /// Number by number, in the order of the sheet.
    pub checks: Vec<Check>,
}

/// A number or sentence, as printed and as computed from the data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    /// The heading above it.
    pub heading: String,
    /// What the number counts; empty for a sentence.
    pub label: String,
    /// `None` if the sheet doesn't have it.
    pub printed: Option<String>,
    /// `None` if the sheet shouldn't have it.
    pub recomputed: Option<String>,
    /// Whether both are the same.
    pub ok: bool,
}

impl Verification {
    /// Whether all numbers that were published with the sheet match the data.
    pub fn same_numbers(&self) -> bool {
        self.sha256.0 == self.sha256.1
    }

    /// How many of the checks failed.
    pub fn wrong(&self) -> usize {
        let wrong = self.checks.iter().filter(|check| !check.ok);
        wrong.count()
    }
}

/// As JSON, schema `hotline-profile/verification/1`.
pub fn verification_json(verification: &Verification) -> Value {
    let facts = json!({
        "schema": "hotline-profile/verification/1",
        "sheet": verification.sheet,
        "options": verification.options,
        "numbers_sha256": {
            "printed": verification.sha256.0,
            "given": verification.sha256.1,
            "same": verification.same_numbers(),
        },
        "numbers": verification.checks,
        "agree": verification.wrong() == 0 && verification.same_numbers(),
    });
    let mut whole = Map::new();
    if verification.internal {
        whole.insert("internal".into(), INTERNAL_MARK.into());
    }
    if let Value::Object(facts) = facts {
        whole.extend(facts);
    }
    Value::Object(whole)
}

/// As text, heading by heading.
pub fn verification_table(verification: &Verification) -> String {
    let mut text = String::new();
    if verification.internal {
        text += &format!("{INTERNAL_MARK}\n");
    }
    text += &format!("{}: {}\n", verification.sheet, verification.options);
    text += if verification.same_numbers() {
        "All numbers published with the sheet agree with the data (same SHA-256).\n"
    } else {
        "At least one number published with the sheet doesn't agree with the data (different SHA-256).\n"
    };
    let checks = &verification.checks;
    let width = |of: &dyn Fn(&Check) -> usize, header: &str| {
        let widths = checks.iter().filter(|it| !it.label.is_empty()).map(of);
        widths.chain([header.len()]).max().unwrap_or(0)
    };
    let label = width(&|it| it.label.chars().count(), "");
    let printed = width(&|it| shown(&it.printed).chars().count(), "–");
    let mut heading = "";
    for check in checks {
        if check.heading != heading {
            heading = &check.heading;
            text += &format!("{heading}\n");
        }
        let mark = if check.ok { " ok" } else { "BAD" };
        text += &match (check.label.as_str(), check.ok) {
            ("", true) => format!("  {mark}  “{}”\n", shown(&check.printed)),
            ("", false) => format!(
                "  {mark}  printed    “{}”\n       recomputed “{}”\n",
                shown(&check.printed),
                shown(&check.recomputed)
            ),
            (name, _) => format!(
                "  {mark}  {name:label$}  printed {:>printed$}  recomputed {}\n",
                shown(&check.printed),
                shown(&check.recomputed)
            ),
        };
    }
    let (all, wrong) = (checks.len(), verification.wrong());
    text += &format!("{} of {all} statements agree\n", all - wrong);
    text
}

fn shown(text: &Option<String>) -> &str {
    text.as_deref().unwrap_or("–")
}
