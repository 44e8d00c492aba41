//! The column names that exports use, from `input/columns.toml`, and how similar a name is to them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::failure::Outcome;
use crate::toml_file;

/// Names by the canonical column, or the group's column, that they stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KnownNames(BTreeMap<String, OfColumn>);

/// What one column is called: each name as its words.
#[derive(Clone, Debug, PartialEq, Eq)]
struct OfColumn {
    names: Vec<Vec<String>>,
    words: Vec<String>,
    not: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    names: Vec<String>,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    not: Vec<String>,
}

/// The list's name for columns with a place in one cell, which aren't in the canonical CSV.
pub(super) const LOCATION: &str = "location";

/// Similarity of a known name; a little less for each likelier one.
const SAME: f64 = 1.0;
const STEP: f64 = 0.004;
/// Similarity of a name that contains a known name, less a little for each additional word.
const WITHIN: f64 = 0.85;
const FURTHER: f64 = 0.02;
/// Likeness of one that has one of the words within it.
pub(super) const WORD: f64 = 0.5;
/// Likeness of one that is spelled nearly as a known one.
const MISSPELT: f64 = 0.6;
/// Similarity of the part after the last separator in a name, as in "Signal: ID" and "intake/state".
const LAST_PART: f64 = 0.99;

static EMBEDDED: LazyLock<KnownNames> = LazyLock::new(|| {
    KnownNames::from_toml(
        "input/columns.toml",
        include_str!("../../input/columns.toml"),
    )
    .expect("a test reads the embedded names")
});

impl KnownNames {
    /// The built-in names.
    pub(super) fn embedded() -> &'static KnownNames {
        &EMBEDDED
    }

    /// Reads a file of names.
    ///
    /// # Errors
    /// What [`toml_file::load`] finds.
    fn from_toml(file: &str, text: &str) -> Outcome<KnownNames> {
        let written: BTreeMap<String, Written> = toml_file::load(file, text)?;
        let single = |texts: &[String]| texts.iter().flat_map(|text| words(text)).collect();
        let columns = written.into_iter().map(|(column, written)| {
            // Its own name is the likeliest, wherever it is in the file.
            let names = std::iter::once(&column).chain(&written.names);
            let of = OfColumn {
                names: names.map(|name| words(name)).collect(),
                words: single(&written.words),
                not: single(&written.not),
            };
            (column, of)
        });
        Ok(KnownNames(columns.collect()))
    }

    /// Whether a name is known.
    pub(super) fn has(&self, name: &str) -> bool {
        let words = words(name);
        !words.is_empty() && self.0.values().any(|of| of.names.contains(&words))
    }

    /// How similar a name is to those of a column, from 0 to 1. A column that isn't in the file is known by its own
    /// name.
    pub(super) fn likeness(&self, column: &str, name: &str) -> f64 {
        match self.0.get(column) {
            Some(of) => of.likeness_of(name),
            None => likeness(column, name),
        }
    }
}

/// How similar a name is to a known one, from 0 to 1.
pub(super) fn likeness(known: &str, name: &str) -> f64 {
    let known = OfColumn {
        names: vec![words(known)],
        words: Vec::new(),
        not: Vec::new(),
    };
    known.likeness_of(name)
}

impl OfColumn {
    fn likeness_of(&self, name: &str) -> f64 {
        let last_part = name.rsplit(['/', ':', '.']).next().unwrap_or_default();
        let whole = self.likeness(&words(name));
        match last_part.len() < name.len() && self.allows(&words(name)) {
            true => whole.max(LAST_PART * self.likeness(&words(last_part))),
            false => whole,
        }
    }

    fn allows(&self, words: &[String]) -> bool {
        !words.iter().any(|word| self.not.contains(word))
    }

    fn likeness(&self, words: &[String]) -> f64 {
        if words.is_empty() {
            return 0.0;
        }
        if let Some(place) = self.names.iter().position(|name| name == words) {
            return SAME - STEP * place as f64;
        }
        if !self.allows(words) {
            return 0.0;
        }
        // A single word can be inside anything, and says as much as `words` do.
        let within = self.names.iter().enumerate().filter(|(_, name)| {
            name.len() > 1 && name.len() < words.len() && in_order(name, words)
        });
        let within = within.map(|(place, name)| {
            let further = (words.len() - name.len()) as f64;
            (WITHIN - FURTHER * further).max(MISSPELT) - STEP * place as f64
        });
        let has_word = self.words.iter().any(|word| words.contains(word));
        let of_word = if has_word { WORD } else { 0.0 };
        let is_misspelt = self.names.iter().any(|name| is_misspelt(name, words));
        let misspelt = if is_misspelt { MISSPELT } else { 0.0 };
        within.fold(of_word.max(misspelt), f64::max)
    }
}

/// Whether words are a name's, written together or apart, but for slips of the hand: a word of a few letters
/// is another with one that differs.
fn is_misspelt(name: &[String], words: &[String]) -> bool {
    let slips = |known: &str, written: &str| strsim::damerau_levenshtein(known, written);
    let is_nearly = |(known, written): (&String, &String)| {
        known == written || (known.len() > 4 && slips(known, written) <= 1 + known.len() / 12)
    };
    let (joined, written) = (name.concat(), words.concat());
    (name.len() == words.len() && name.iter().zip(words).all(is_nearly))
        || (joined == written && joined.len() > 4)
}

/// Whether words stand in others, in this order, perhaps with more between them.
fn in_order(words: &[String], others: &[String]) -> bool {
    let mut others = others.iter();
    words.iter().all(|word| others.any(|other| other == word))
}

/// Filler words in names.
const STOP_WORDS: [&str; 33] = [
    "a", "an", "and", "are", "at", "be", "by", "did", "do", "does", "for", "from", "how", "if",
    "in", "is", "it", "of", "on", "or", "please", "s", "that", "the", "they", "this", "to", "was",
    "were", "what", "which", "with", "your",
];

/// What a name says, word by word, in lower case: `ResponseId`, `response_id` and "Response IDs" say the same. Filler
/// words are left out, unless there are no others.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut last: Option<char> = None;
    for c in name.chars() {
        let is_hump = c.is_uppercase() && last.is_some_and(char::is_lowercase);
        // "U.S." is one word.
        let is_initial = c == '.' && words.last().is_some_and(|word| word.chars().count() == 1);
        if is_initial {
            last = Some(c);
            continue;
        }
        if is_hump || !c.is_alphanumeric() {
            words.push(String::new());
        }
        if c == '#' {
            words.push("number".to_owned());
        } else if c.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
        last = Some(c);
    }
    words.retain(|word| !word.is_empty());
    let all: Vec<String> = words.into_iter().map(|word| root(&word)).collect();
    let says = |word: &&String| !STOP_WORDS.contains(&word.as_str());
    let telling: Vec<String> = all.iter().filter(says).cloned().collect();
    match telling.is_empty() {
        true => all,
        false => telling,
    }
}

/// A word without its plural, and one form for the many names of numbers.
fn root(word: &str) -> String {
    if ["no", "nr", "num", "nbr"].contains(&word) {
        return "number".to_owned();
    }
    match word.strip_suffix('s') {
        Some(one) if one.len() > 1 && !one.ends_with(['s', 'u', 'i']) => one.to_owned(),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::column::Column;
    use super::*;
    use crate::vocabulary::Vocabulary;

    #[test]
    fn the_built_in_names_belong_to_exactly_one_column_each() {
        let known = KnownNames::embedded();
        let all = Column::all(&Vocabulary::embedded());
        let mut seen = BTreeMap::new();
        for (own, of) in &known.0 {
            let is_column = all.iter().any(|column| column.name() == own);
            assert!(is_column || own == LOCATION, "{own}");
            let mut names = of.names.clone();
            names.sort();
            names.dedup();
            for name in names {
                assert_eq!(seen.insert(name.clone(), own), None, "{name:?}");
            }
            assert!(of.words.iter().all(|word| !of.not.contains(word)), "{own}");
        }
        assert_eq!(known.0.len(), all.len() + 1);
    }

    #[test]
    fn names_are_compared_word_by_word_in_any_spelling() {
        for (name, expected) in [
            ("ResponseId", "response id"),
            ("Response IDs", "response id"),
            ("_uuid", "uuid"),
            ("Call #", "call number"),
            ("Log No.", "log number"),
            ("Caller's State", "caller state"),
            ("Gender of victim(s)", "gender victim"),
            ("Status", "status"),
            ("Address", "address"),
            ("US citizen?", "us citizen"),
            ("yearOfRegistration", "year registration"),
            ("what", "what"),
            ("", ""),
        ] {
            assert_eq!(words(name).join(" "), expected, "{name}");
        }
    }

    /// Names that weren't recognized once, and names that shouldn't be.
    #[test]
    fn likely_names_are_distinguished_from_unlikely_ones() {
        let known = KnownNames::embedded();
        let all = Column::all(&Vocabulary::embedded());
        for (name, column) in [
            ("Call #", "signal_id"),
            ("_id", "signal_id"),
            ("_uuid", "signal_id"),
            ("ResponseId", "signal_id"),
            ("Unique Key", "signal_id"),
            ("Signal: ID", "signal_id"),
            ("Case: Case Number", "case_id"),
            ("Where (sex)", "sex_venue"),
            ("Where (labor)", "labor_venue"),
            ("Sex trafficking venue(s)", "sex_venue"),
            ("US citizen?", "citizenship"),
            ("Is the victim a U.S. citizen?", "citizenship"),
            ("intake/date_received", "received"),
            ("Date/Time Received", "received"),
            ("Recieved", "received"),
            ("State where it happened", "state"),
            ("Which state did the situation take place in?", "state"),
            ("Caller's State", "caller_state"),
            ("_intake/location_latitude", "latitude"),
            ("Gender of victim(s)", "gender"),
            ("victim/age_group", "age"),
            ("age_years", "age"),
            ("Incident Zip", "zip"),
        ] {
            let likeness = |column: &str| known.likeness(column, name);
            let best = all
                .iter()
                .map(|column| column.name())
                .max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
            assert_eq!(best, Some(column), "{name}: {}", likeness(column));
            assert!(likeness(column) >= WORD, "{name}: {}", likeness(column));
        }
        for (name, column) in [
            ("Closed Date", "received"),
            ("Date of Birth", "received"),
            ("Status", "state"),
            ("Caller's State", "state"),
            ("Agency ID", "signal_id"),
            ("Case Opened Date", "case_id"),
            ("Phone number", "signal_id"),
            ("Duration (in seconds)", "received"),
            ("Message", "age"),
        ] {
            let likeness = known.likeness(column, name);
            assert!(likeness < WORD, "{name} as {column}: {likeness}");
        }
        let order = [
            "Date Received",
            "RecordedDate",
            "Created Date",
            "StartDate",
            "Start",
        ];
        assert!(order.is_sorted_by(|a, b| {
            known.likeness("received", a) > known.likeness("received", b)
        }));
    }

    #[test]
    fn a_column_that_the_file_does_not_have_is_known_by_its_own_name() {
        let known =
            KnownNames::from_toml("c.toml", "[race]\nnames = ['Race / Ethnicity']").unwrap();
        assert!(known.has("race ethnicity") && known.has("Race") && !known.has("ethnicity"));
        assert!(known.likeness("tribe", "Tribe") > 0.9);
        let failure =
            KnownNames::from_toml("c.toml", "[race]\nnames = []\nalias = []").unwrap_err();
        assert!(
            failure
                .to_string()
                .starts_with("c.toml:3:1: unknown key `alias`")
        );
    }
}
