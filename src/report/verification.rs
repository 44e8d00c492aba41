//! Whether a sheet states what the data give, as JSON and for the eye.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::INTERNAL_MARK;

/// What was compared of a sheet.
#[derive(Clone, Debug)]
pub struct Verification {
    /// The sheet, as the person named it.
    pub sheet: String,
    /// Whether it, and so this, has unprotected numbers.
    pub internal: bool,
    /// How its numbers were counted, as it says itself.
    pub options: String,
    /// SHA-256 of the numbers, as the sheet says and as the data give it.
    pub sha256: (String, String),
    /// Number by number, in the order of the sheet.
    pub checks: Vec<Check>,
}

/// A number or sentence, as printed and as the data give it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    /// The heading that it is under.
    pub heading: String,
    /// What the number is of; empty for a sentence.
    pub label: String,
    /// `None` where the sheet does not have it.
    pub printed: Option<String>,
    /// `None` where it should not have it.
    pub recomputed: Option<String>,
    /// Whether both are the same.
    pub ok: bool,
}

impl Verification {
    /// Whether all numbers that were published with the sheet are those that the data give.
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
