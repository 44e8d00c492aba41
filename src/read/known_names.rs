//! The names that columns have in exports, as `input/columns.toml` lists them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::column::spelling;
use crate::failure::Outcome;
use crate::toml_file;

/// Names by the canonical column, or the group's column, that they stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KnownNames(BTreeMap<String, OfColumn>);

/// What one column is known by.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfColumn {
    /// As [`spelling`] leaves them.
    names: Vec<String>,
}

static EMBEDDED: LazyLock<KnownNames> = LazyLock::new(|| {
    KnownNames::from_toml(
        "input/columns.toml",
        include_str!("../../input/columns.toml"),
    )
    .expect("a test reads the embedded names")
});

impl KnownNames {
    /// Those that the binary carries.
    pub(super) fn embedded() -> &'static KnownNames {
        &EMBEDDED
    }

    /// Reads a file of names.
    ///
    /// # Errors
    /// What [`toml_file::load`] finds.
    fn from_toml(file: &str, text: &str) -> Outcome<KnownNames> {
        let mut columns: BTreeMap<String, OfColumn> = toml_file::load(file, text)?;
        for column in columns.values_mut() {
            for name in &mut column.names {
                *name = spelling(name);
            }
        }
        Ok(KnownNames(columns))
    }

    /// The names of a column beside its own, as [`spelling`] leaves them; none where none is known.
    pub(super) fn of(&self, column: &str) -> &[String] {
        self.0.get(column).map_or(&[], |of| &of.names)
    }

    /// Whether a name, as [`spelling`] leaves it, is that of a column or stands for one.
    pub(super) fn has(&self, spelled: &str) -> bool {
        let mut columns = self.0.iter();
        columns.any(|(own, of)| own == spelled || of.names.iter().any(|name| name == spelled))
    }
}

#[cfg(test)]
mod tests {
    use super::super::column::Column;
    use super::*;
    use crate::vocabulary::Vocabulary;

    #[test]
    fn the_embedded_names_are_of_columns_and_each_stands_for_one() {
        let known = KnownNames::embedded();
        let all = Column::all(&Vocabulary::embedded());
        let mut seen = BTreeMap::new();
        for (own, of) in &known.0 {
            assert!(all.iter().any(|column| column.name() == own), "{own}");
            for name in of.names.iter().chain([own]) {
                assert_eq!(seen.insert(name.clone(), own), None, "{name}");
            }
        }
        assert_eq!(known.0.len(), all.len());
    }

    #[test]
    fn names_are_found_however_they_are_written() {
        let known =
            KnownNames::from_toml("c.toml", "[race]\nnames = ['Race / Ethnicity']").unwrap();
        assert_eq!(known.of("race"), ["race_/_ethnicity"]);
        assert!(known.has("race") && known.has("race_/_ethnicity") && !known.has("ethnicity"));
        assert!(known.of("gender").is_empty());
        let failure =
            KnownNames::from_toml("c.toml", "[race]\nnames = []\nalias = []").unwrap_err();
        assert!(
            failure
                .to_string()
                .starts_with("c.toml:3:1: unknown key `alias`")
        );
    }
}
