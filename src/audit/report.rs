//! What an audit found, as JSON and as text.

use serde_json::{Value, json};

use super::{Audit, Finding, Place, What};

/// As JSON, schema `hotline-profile/audit/1`.
pub fn audit_json(audit: &Audit) -> Value {
    let sheets = audit.sheets.iter().map(|sheet| {
        json!({
            "file": sheet.name,
            "state": sheet.area,
            "period": sheet.period.to_string(),
            "year": sheet.year,
            "min_cell": sheet.limit,
        })
    });
    let place = |place: &Place| {
        json!({
            "file": audit.sheets[place.sheet].name,
            "figure": place.name,
            "printed": place.printed,
        })
    };
    let places = |all: &[Place]| Value::from(all.iter().map(place).collect::<Vec<_>>());
    let findings = audit.findings.iter().map(|finding| {
        let mut value = match finding {
            Finding::Told {
                what,
                at,
                other,
                values,
                limit,
                because,
            } => json!({
                "kind": match what {
                    What::Printed => "small_number",
                    What::Unlisted => "venue_not_listed",
                    What::Others => "other_cases_of_period",
                    What::Added => "cases_of_one_sheet_alone",
                },
                "at": place(at),
                "other": other.map(|sheet| audit.sheets[sheet].name.clone()),
                "values": values,
                "min_cell": limit,
                "because": places(because),
            }),
            Finding::Difference {
                before,
                after,
                change,
            } => json!({
                "kind": "difference",
                "before": place(before),
                "after": place(after),
                "change": change,
            }),
            Finding::Contradiction { between } => {
                json!({"kind": "contradiction", "between": places(between)})
            }
        };
        value["says"] = audit.sentence(finding).into();
        value
    });
    json!({
        "schema": "hotline-profile/audit/1",
        "sheets": sheets.collect::<Vec<_>>(),
        "warnings": audit.warnings,
        "findings": findings.collect::<Vec<_>>(),
        "undecided": places(&audit.undecided),
        "safe": audit.is_safe(),
    })
}

/// The findings as text.
pub fn audit_text(audit: &Audit) -> String {
    let mut text = String::new();
    for sheet in &audit.sheets {
        let limit = sheet.limit.unwrap_or(0);
        text += &format!(
            "read {}: {}, {}, year {}, smallest count {limit}\n",
            sheet.name, sheet.area, sheet.period, sheet.year
        );
    }
    for finding in &audit.findings {
        text += &format!("FOUND {}\n", audit.sentence(finding));
        if let Finding::Told { because, .. } = finding {
            for place in because {
                text += &format!("      because of {}\n", audit.place(place));
            }
        }
    }
    for place in &audit.undecided {
        text += &format!(
            "OPEN  {}: too many possibilities to try\n",
            audit.place(place)
        );
    }
    text + &audit.conclusion()
}

impl Audit {
    /// Whether nothing was found and nothing was left open.
    pub fn is_safe(&self) -> bool {
        self.findings.is_empty() && self.undecided.is_empty()
    }

    /// A finding as a sentence.
    pub fn sentence(&self, finding: &Finding) -> String {
        match finding {
            Finding::Told {
                what,
                at,
                other,
                values,
                ..
            } => {
                let file = &self.sheets[at.sheet].name;
                let can = can_only_be(values);
                let name = &at.name;
                match what {
                    What::Printed => format!("{file}: {name}, printed “{}”, {can}", at.printed),
                    What::Unlisted => format!("{file}: {name}, which isn't listed, {can}"),
                    What::Others => {
                        format!("{file}: the number of cases of the period outside its year {can}")
                    }
                    What::Added => {
                        let other = other.map_or("", |other| &self.sheets[other].name);
                        format!("{file}: what {name} counts here, and {other} doesn't, {can}")
                    }
                }
            }
            Finding::Difference {
                before,
                after,
                change,
            } => format!(
                "{}: {} is {}, after {} in {}; the difference of {change:+} is small",
                self.sheets[after.sheet].name,
                after.name,
                after.printed,
                before.printed,
                self.sheets[before.sheet].name
            ),
            Finding::Contradiction { between } => {
                let places: Vec<String> = between.iter().map(|place| self.place(place)).collect();
                format!(
                    "these can't all come from the same data: {}",
                    places.join("; ")
                )
            }
        }
    }

    fn place(&self, place: &Place) -> String {
        let file = &self.sheets[place.sheet].name;
        format!("{} ({}) in {file}", place.name, place.printed)
    }

    fn conclusion(&self) -> String {
        let count = |number: usize, one: &str, many: &str| match number {
            1 => format!("1 {one}"),
            number => format!("{number} {many}"),
        };
        let sheets = count(self.sheets.len(), "sheet", "sheets");
        let findings = self.findings.len();
        match (findings, self.undecided.len()) {
            (0, 0) => format!("{sheets}: no small number can be worked out from what is printed\n"),
            (0, open) => format!(
                "{sheets}: nothing found, and {} left open\n",
                count(open, "number", "numbers")
            ),
            (_, _) => format!(
                "{sheets}: {} found\n",
                count(findings, "way to a small number", "ways to small numbers")
            ),
        }
    }
}

/// `can only be 4`, `can only be 1, 2 or 3`.
fn can_only_be(values: &[i64]) -> String {
    let words: Vec<String> = values.iter().map(i64::to_string).collect();
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => {
            format!("can only be {} or {last}", rest.join(", "))
        }
        _ => format!("can only be {}", words.join("")),
    }
}
