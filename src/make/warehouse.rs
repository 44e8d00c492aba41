//! The SQL for counting in a warehouse, and the tables that it needs (docs/warehouse.md).

use std::borrow::Cow;

use crate::jurisdiction::Jurisdiction;
use crate::vocabulary::{Counts, List, Over, Vocabulary};

/// Files that are the same for every vocabulary.
macro_rules! files {
    ($($name:literal),*) => {
        [$(($name, include_str!(concat!("../../input/examples/statistics/", $name)))),*]
    };
}

const SAME: [(&str, &str); 9] = files![
    "README.md",
    "count.py",
    "count.sql",
    "given.sql",
    "load-bigquery.sql",
    "load-duckdb.sql",
    "load-postgres.sql",
    "load-snowflake.sql",
    "load-spark.sql"
];

/// The files of the folder for a warehouse, by name: SQL, the script that runs it, and the groups, categories
/// and states that it joins.
pub fn warehouse(vocabulary: &Vocabulary) -> Vec<(&'static str, Cow<'static, str>)> {
    let same = SAME.map(|(name, text)| (name, text.into()));
    let tables = [
        ("groups.csv", groups(vocabulary).into()),
        ("categories.csv", categories(vocabulary).into()),
        ("states.csv", states().into()),
    ];
    same.into_iter().chain(tables).collect()
}

/// Sex and labor trafficking venues, by their names in the statistics, with their columns.
fn venues(vocabulary: &Vocabulary) -> [(&'static str, &'static str, &List); 2] {
    [
        ("venues.sex", "sex_venue", &vocabulary.sex_venue),
        ("venues.labor", "labor_venue", &vocabulary.labor_venue),
    ]
}

fn groups(vocabulary: &Vocabulary) -> String {
    let mut rows = "key,column_name,counts,over_time,victims,total,calls\n".to_owned();
    for (index, group) in vocabulary.groups().iter().enumerate() {
        let counts = match group.counts {
            Counts::Cases => "cases",
            Counts::Signals => "signals",
        };
        let over = match group.over {
            Over::Period => "period",
            Over::Year => "year",
        };
        let flags = [
            group.of_victims,
            group.has_total,
            index == vocabulary.calls(),
        ];
        let [victims, total, calls] = flags.map(u8::from);
        let (key, column) = (&group.key, &group.column);
        rows += &format!("{key},{column},{counts},{over},{victims},{total},{calls}\n");
    }
    for (key, column, _) in venues(vocabulary) {
        rows += &format!("{key},{column},cases,period,0,0,0\n");
    }
    rows
}

fn categories(vocabulary: &Vocabulary) -> String {
    let groups = vocabulary.groups().iter();
    let groups = groups.map(|group| (group.key.as_str(), &group.list));
    let venues = venues(vocabulary).map(|(key, _, list)| (key, list));
    let mut rows = "list,key,substantive\n".to_owned();
    for (list, of) in groups.chain(venues) {
        for entry in of.entries() {
            rows += &format!("{list},{},{}\n", entry.key, u8::from(entry.substantive));
        }
    }
    rows
}

fn states() -> String {
    let mut rows = "spelling,code\n".to_owned();
    for state in Jurisdiction::all() {
        let (code, name) = (state.code(), state.name());
        rows += &format!(
            "{},{code}\n{},{code}\n",
            code.to_lowercase(),
            name.to_lowercase()
        );
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The files in the repository, which the engines' tests use, match the vocabulary.
    #[test]
    fn the_tables_in_the_repository_match_the_vocabulary() {
        let folder =
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("input/examples/statistics");
        let files = warehouse(&Vocabulary::embedded());
        assert_eq!(files.len(), 12);
        let tables = files.into_iter().filter(|(name, _)| name.ends_with(".csv"));
        for (name, text) in tables {
            let there = std::fs::read_to_string(folder.join(name)).unwrap();
            assert!(
                there == text,
                "{name}: write it with `hotline-profile export sql`"
            );
        }
    }
}
