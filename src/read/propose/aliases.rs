//! What values that aren't in the vocabulary mean: stated if they share a word with only one entry, otherwise left to
//! a person.

use crate::read::known_names::words;
use crate::read::meaning::Meaning;

/// Words by which a value says that it is not what it names.
const NEGATIONS: [&str; 11] = [
    "not", "non", "no", "never", "none", "neither", "without", "un", "former", "ex", "nor",
];
/// Words that many entries could have.
const GENERIC: [&str; 12] = [
    "call", "other", "service", "work", "worker", "venue", "based", "type", "report", "business",
    "industry", "facility",
];
/// Typing errors that still leave a word recognizable.
const MOST_SLIPS: usize = 2;
/// Minimum length of a value to distinguish a typing error from another word.
const LEAST_LETTERS: usize = 4;

/// What a value may mean.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Guess<'v> {
    /// It has the words of this entry, and of no other.
    Shares(&'v str),
    /// It may mean this, or nothing that is known.
    Perhaps(Option<&'v str>),
}

/// What a value may mean in a column, whose own words tell nothing: "Gender" isn't "Gender Minority".
pub(super) fn guess<'v>(value: &str, column: &str, meaning: Meaning<'v>) -> Guess<'v> {
    let said = words(value);
    let names_column = said.iter().all(|word| words(column).contains(word));
    let plain: Vec<String> = value
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let is_negated = plain.iter().any(|word| NEGATIONS.contains(&word.as_str()));
    let mut codes = phrases(&plain, meaning);
    let covers = codes.iter().map(|(_, words)| 2 * words >= said.len());
    let is_covered = covers.into_iter().all(|covers| covers);
    if codes.is_empty() && !names_column {
        codes = entries_with(&said, meaning);
    }
    let mut names: Vec<&str> = codes.iter().map(|(code, _)| meaning.name(*code)).collect();
    names.dedup();
    match names.as_slice() {
        [only] if is_covered && !is_negated => Guess::Shares(only),
        [only] if !is_negated => Guess::Perhaps(Some(only)),
        [] if !names_column => Guess::Perhaps(misspelt(value, meaning)),
        _ => Guess::Perhaps(None),
    }
}

/// The entries that phrases in the value mean, with the number of words in the phrase; a phrase within another one
/// that means something doesn't count.
fn phrases(words: &[String], meaning: Meaning<'_>) -> Vec<(u8, usize)> {
    let mut codes = Vec::new();
    let mut first = 0;
    while first < words.len() {
        let longest = (first + 1..=words.len()).rev().find_map(|end| {
            let phrase = words[first..end].join(" ");
            let tells = phrase.chars().filter(|c| c.is_alphabetic()).count() > 2;
            let code = meaning.code(&phrase).filter(|_| tells)?;
            Some((code, end - first))
        });
        match longest {
            Some((code, length)) => {
                codes.push((code, length));
                first += length;
            }
            None => first += 1,
        }
    }
    codes.sort_unstable();
    codes
}

/// The entries with names that contain all words of the value.
fn entries_with(said: &[String], meaning: Meaning<'_>) -> Vec<(u8, usize)> {
    let is_long = said.iter().all(|word| word.len() >= LEAST_LETTERS);
    let is_generic = said.iter().all(|word| GENERIC.contains(&word.as_str()));
    if !is_long || is_generic {
        return Vec::new();
    }
    let names = meaning.names().filter(|name| {
        let of_name = words(name);
        said.iter().all(|word| of_name.contains(word))
    });
    let codes = names.filter_map(|name| meaning.code(name));
    codes.map(|code| (code, said.len())).collect()
}

/// The entry that a value is but for slips of the hand.
pub(super) fn misspelt<'v>(value: &str, meaning: Meaning<'v>) -> Option<&'v str> {
    let value = value.to_lowercase();
    if value.chars().count() < LEAST_LETTERS {
        return None;
    }
    let slips = |name: &str| strsim::damerau_levenshtein(&value, &name.to_lowercase());
    let near = meaning.names().map(|name| (slips(name), name));
    near.filter(|(slips, _)| *slips <= MOST_SLIPS)
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::column::Column;
    use crate::vocabulary::Vocabulary;

    #[test]
    fn values_that_share_words_with_one_entry_mean_it_and_others_stay_open() {
        let vocabulary = Vocabulary::embedded();
        let shares = Guess::Shares;
        let perhaps = |name| Guess::Perhaps(Some(name));
        for (column, value, expected) in [
            ("call_type", "crisis call", shares("Crisis Assistance")),
            ("call_type", "Tip report (online)", shares("Tip Report")),
            ("call_type", "call", Guess::Perhaps(None)),
            ("gender", "Female (adult)", shares("Female")),
            ("gender", "Femal", perhaps("Female")),
            ("gender", "non-female", Guess::Perhaps(None)),
            ("gender", "Gender", Guess::Perhaps(None)),
            ("gender", "One male, one female", Guess::Perhaps(None)),
            ("call_type", "Type of call", Guess::Perhaps(None)),
            ("gender", "X", Guess::Perhaps(None)),
            ("sex_venue", "Escort", shares("Escort/Delivery Service")),
            (
                "sex_venue",
                "Illicit massage business",
                Guess::Perhaps(None),
            ),
            ("citizenship", "not a U.S. citizen", Guess::Perhaps(None)),
            (
                "trafficking_type",
                "Sex offender registry check",
                perhaps("Sex"),
            ),
        ] {
            let all = Column::all(&vocabulary);
            let column = all.iter().find(|known| known.name() == column).unwrap();
            let meaning = Meaning::of(*column, &vocabulary).unwrap();
            assert_eq!(guess(value, column.name(), meaning), expected, "{value}");
        }
    }
}
