//! Profile entries that are due for another check, as JSON and as text.

use std::fmt::Write;

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::StaleEntry;
use crate::jurisdiction::Jurisdiction;

/// From a state's profile: entries that nobody has checked for a year; and laws that have ended, with what the
/// profile says about that.
pub type ReviewsOfState = (Jurisdiction, Vec<StaleEntry>, Vec<(String, String)>);

/// What is due in profiles.
#[derive(Clone, Debug)]
pub struct Reviews {
    /// The day that is a year after the latest review that is too old.
    pub as_of: NaiveDate,
    /// What is due, state by state.
    pub states: Vec<ReviewsOfState>,
}

/// Schema `hotline-profile/reviews/1`.
pub fn reviews_json(reviews: &Reviews) -> Value {
    let states = reviews.states.iter().map(|(state, stale, ended)| {
        let ended = ended
            .iter()
            .map(|(law, when)| json!({ "law": law, "status": when }));
        json!({ "state": state.code(), "stale": stale, "ended": ended.collect::<Vec<_>>() })
    });
    json!({
        "schema": "hotline-profile/reviews/1",
        "as_of": reviews.as_of.to_string(),
        "states": states.collect::<Vec<_>>(),
    })
}

/// A line for each entry, state by state, and a sum.
pub fn reviews_table(reviews: &Reviews) -> String {
    let mut text = String::new();
    let mut due = 0;
    let mut over = 0;
    for (state, stale, ended) in &reviews.states {
        if stale.is_empty() && ended.is_empty() {
            continue;
        }
        line(&mut text, &format!("{} ({state})", state.name()));
        for entry in stale {
            let reviewed = entry.reviewed.as_deref().unwrap_or("never");
            line(
                &mut text,
                &format!("  {:<14}  {reviewed:<10}  {}", entry.list, entry.title),
            );
        }
        for (law, when) in ended {
            line(&mut text, &format!("  {:<14}  {when:<10}  {law}", "laws"));
        }
        due += stale.len();
        over += ended.len();
    }
    line(
        &mut text,
        &format!(
            "{} not checked in the year before {}; {} ended.",
            counted(due, "entry was", "entries were"),
            reviews.as_of,
            counted(over, "law has", "laws have")
        ),
    );
    if due > 0 {
        line(
            &mut text,
            "Check each one, correct it in its profile, and set `reviewed` to the day.",
        );
    }
    text
}

fn counted(count: usize, one: &str, many: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        _ => format!("{count} {many}"),
    }
}

fn line(text: &mut String, line: &str) {
    writeln!(text, "{line}").expect("memory takes what is written");
}
