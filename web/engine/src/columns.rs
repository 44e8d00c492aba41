//! What the mapping step of the page shows: the columns and the values that each may have, the columns of a file, and
//! what a proposal leaves to the user.

use hotline_profile::read::{Column, SeenColumn};
use hotline_profile::vocabulary::Vocabulary;
use serde_json::{Value, json};

use crate::told;

/// Every column of the vocabulary, and the values that it may have.
pub fn all(vocabulary: &Vocabulary) -> Value {
    let columns = Column::all(vocabulary).into_iter().map(|column| {
        let group = column
            .group()
            .and_then(|index| vocabulary.groups().get(index));
        let list = match (group, column) {
            (Some(group), _) => Some(&group.list),
            (None, Column::SexVenue) => Some(&vocabulary.sex_venue),
            (None, Column::LaborVenue) => Some(&vocabulary.labor_venue),
            (None, _) => None,
        };
        let values = list.map(|list| list.entries().iter().map(|entry| entry.name.as_str()));
        json!({
            "name": column.name(),
            "heading": group.map(|group| &group.heading),
            "values": values.map(Iterator::collect::<Vec<_>>),
        })
    });
    columns.collect()
}

/// The columns of a file.
pub fn seen(columns: &[SeenColumn]) -> Value {
    let columns = columns.iter().map(|column| {
        json!({
            "name": column.name, "values": column.values, "rows": column.rows, "filled": column.filled,
        })
    });
    columns.collect()
}

/// The lines of a proposal that are commented out, ready to use: each with its table, its key, what it would say, and
/// what it would do. What the user has to write first is marked as open.
pub fn suggestions(proposal: &str) -> Value {
    let mut table = "";
    let mut found = Vec::new();
    for line in proposal.lines() {
        if let Some(name) = line
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
        {
            table = name;
        }
        let Some(line) = line.strip_prefix("# ") else {
            continue;
        };
        let (code, note) = line.rsplit_once(" # ").unwrap_or((line, ""));
        let Ok(Value::Object(written)) = told::toml("", code) else {
            continue;
        };
        let keys = written.into_iter().filter(|(_, value)| *value != "…");
        found.extend(keys.map(|(key, value)| {
            json!({
                "table": table, "key": key, "is_open": value.to_string().contains('…'), "value": value,
                "note": note,
            })
        }));
    }
    found.into()
}
