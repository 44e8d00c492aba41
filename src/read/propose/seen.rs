//! The columns of a file as shown to the person who decides what they mean.

use std::io::Read;

use super::sample::Sample;
use crate::failure::Outcome;
use crate::read::limits::Limits;
use crate::vocabulary::Vocabulary;

/// The most different values that are shown for a column.
const MOST_VALUES: usize = 4;

/// A column of a file, and examples of its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenColumn {
    /// The name in the header.
    pub name: String,
    /// Different values, in the order of the file.
    pub values: Vec<String>,
    /// Rows that were looked at.
    pub rows: usize,
    /// How many of these have a value.
    pub filled: usize,
}

/// The columns of a source, by its first rows.
///
/// # Errors
/// A source that can't be read or has no rows.
pub fn seen_columns(
    file: &str,
    source: impl Read,
    vocabulary: &Vocabulary,
    limits: Limits,
) -> Outcome<Vec<SeenColumn>> {
    let sample = Sample::read(file, source, vocabulary, limits)?;
    let rows = &sample.rows;
    let columns = sample.names.iter().enumerate().map(|(field, name)| {
        let filled = rows.iter().filter(|row| !row[field].is_empty());
        let mut values: Vec<String> = Vec::new();
        for row in filled.clone() {
            if values.len() == MOST_VALUES {
                break;
            }
            if !values.contains(&row[field]) {
                values.push(row[field].clone());
            }
        }
        SeenColumn {
            name: name.clone(),
            values,
            rows: rows.len(),
            filled: filled.count(),
        }
    });
    Ok(columns.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_are_distinct_and_titles_are_not_examples() {
        let text = "Calls of March,,\n,,\nCall #,When,Sex\n1,3/1/2016,F\n2,3/2/2016,\n3,3/3/2016,F\n4,3/4/2016,M\n";
        let (vocabulary, limits) = (Vocabulary::embedded(), Limits::default());
        let columns = seen_columns("a.csv", text.as_bytes(), &vocabulary, limits).unwrap();
        let sex = &columns[2];
        assert_eq!((sex.name.as_str(), sex.rows, sex.filled), ("Sex", 4, 3));
        assert_eq!(sex.values, ["F", "M"]);
    }
}
