//! What a number counts, as JSON and as text: the rule, the cases and signals, and their sum.

use std::fmt::Write;

use serde::Serialize;
use serde_json::{Value, json};

use super::INTERNAL_MARK;
use crate::area::Area;
use crate::period::Period;
use crate::tally::Rule;

/// A number and what it counts. Exact, with ids: not for release.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The area that the number is about.
    pub area: Area,
    /// The months that are counted, and the focal year.
    pub period: Period,
    /// Name of the figure.
    pub figure: String,
    /// The number before protection, as in the statistics.
    pub value: u64,
    /// How it is counted.
    pub rule: Rule,
    /// For a number of cases: those that it counts, in order of appearance.
    pub cases: Vec<ExplainedCase>,
    /// For a number of signals or rows: those that it counts, in order of the files.
    pub rows: Vec<ExplainedRow>,
}

/// A case that a number counts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExplainedCase {
    /// Its id.
    pub case_id: String,
    /// Day of its earliest substantive signal.
    pub date: String,
    /// How much it adds.
    pub adds: u64,
    /// Its places, for a number on the map: ZIP codes, cities, counties.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<String>,
    /// Its substantive signals.
    pub signals: Vec<ExplainedRow>,
}

/// A row of a file.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ExplainedRow {
    /// The file, as the user named it.
    pub file: String,
    /// Line from 1.
    pub line: u64,
    /// Empty for a rejected row.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub signal_id: String,
    /// Day of the signal.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub received: String,
    /// Whether its case would count because of this signal alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alone: Option<bool>,
    /// Why the row is rejected.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

impl Explanation {
    /// The sum of the listed cases or rows.
    pub fn sum(&self) -> u64 {
        let cases: u64 = self.cases.iter().map(|case| case.adds).sum();
        cases + self.rows.len() as u64
    }
}

/// Everything as JSON, schema `hotline-profile/explanation/1`.
pub fn explanations_json(all: &[Explanation]) -> Value {
    let figures = all.iter().map(|explanation| {
        let mut figure = json!({
            "figure": explanation.figure,
            "state": explanation.area.code(),
            "period": {
                "from": explanation.period.from.to_string(),
                "to": explanation.period.to.to_string(),
            },
            "year": explanation.period.year,
            "value": explanation.value,
            "rule": explanation.rule.text,
            "source": explanation.rule.source,
        });
        if !explanation.period.starts.is_of_calendar() {
            figure["year_starts"] = explanation.period.starts.month().into();
        }
        if explanation.rows.is_empty() {
            figure["cases"] = json!(explanation.cases);
        } else {
            figure["rows"] = json!(explanation.rows);
        }
        figure["sum"] = explanation.sum().into();
        figure
    });
    json!({
        "internal": INTERNAL_MARK,
        "schema": "hotline-profile/explanation/1",
        "figures": figures.collect::<Vec<_>>(),
    })
}

/// Everything as text, starting with the mark.
pub fn explanations_table(all: &[Explanation]) -> String {
    let mut text = format!("{INTERNAL_MARK}\n");
    for explanation in all {
        write(&mut text, explanation).expect("memory takes what is written");
    }
    text
}

fn write(text: &mut String, explanation: &Explanation) -> std::fmt::Result {
    let Explanation {
        area,
        period,
        figure,
        value,
        rule,
        ..
    } = explanation;
    writeln!(
        text,
        "\n{figure} = {value}  {} ({area}), {} to {}, {}",
        area.name(),
        period.from,
        period.to,
        period.year_in_words()
    )?;
    writeln!(text, "Rule ({}): {}", rule.source, rule.text)?;
    for case in &explanation.cases {
        writeln!(
            text,
            "  case {}, dated {}, adds {}",
            plain(&case.case_id),
            case.date,
            case.adds
        )?;
        for place in &case.places {
            writeln!(text, "    place {place}")?;
        }
        for signal in &case.signals {
            write_row(text, "    ", signal)?;
        }
    }
    for row in &explanation.rows {
        write_row(text, "  ", row)?;
    }
    let is_marked = |signal: &ExplainedRow| signal.alone == Some(true);
    if explanation
        .cases
        .iter()
        .flat_map(|case| &case.signals)
        .any(is_marked)
    {
        writeln!(text, "  * on the word of this signal alone")?;
    }
    let (number, what) = match explanation.rows.len() {
        0 => (explanation.cases.len(), "cases"),
        rows => (rows, "rows"),
    };
    writeln!(
        text,
        "  sum over {number} {what}: {} = {figure}",
        explanation.sum()
    )
}

fn write_row(text: &mut String, indent: &str, row: &ExplainedRow) -> std::fmt::Result {
    write!(text, "{indent}{}:{}", row.file, row.line)?;
    if !row.signal_id.is_empty() {
        write!(text, "  signal {}  {}", plain(&row.signal_id), row.received)?;
    }
    if !row.reason.is_empty() {
        write!(text, "  {}", row.reason)?;
    }
    if row.alone == Some(true) {
        text.push_str("  *");
    }
    text.push('\n');
    Ok(())
}

/// An id without characters that would move the cursor of a terminal.
fn plain(id: &str) -> String {
    id.replace(char::is_control, "\u{fffd}")
}
