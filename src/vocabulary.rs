//! The vocabulary: which values a signal's categories may have, their order, and how they are spelled.

use ahash::AHashMap;
use serde::Deserialize;
use toml::Spanned;

use crate::failure::{Failure, Outcome, Position};
use crate::toml_file;

/// More entries than this do not fit the bit masks that cases are kept in.
const MOST_ENTRIES: usize = 64;

/// The values of every categorical column (SPEC section 1).
#[derive(Clone, Debug)]
pub struct Vocabulary {
    pub contact_method: List,
    pub call_type: List,
    pub trafficking_type: List,
    pub sex_venue: List,
    pub labor_venue: List,
    pub citizenship: List,
    pub gender: List,
    pub age: List,
}

/// The values that one column may have, in the order that breaks ties.
#[derive(Clone, Debug)]
pub struct List {
    entries: Vec<Entry>,
    by_form: AHashMap<String, u8>,
}

/// One value of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// As statistics and wording files name it: `hang_up`.
    pub key: String,
    /// As the data spells it: `Hang-Up`.
    pub name: String,
    /// Whether a signal of this call type counts; true in every other list.
    pub substantive: bool,
}

impl Vocabulary {
    /// The vocabulary that the binary carries.
    pub fn embedded() -> Vocabulary {
        Vocabulary::from_toml(
            "input/vocabulary.toml",
            include_str!("../input/vocabulary.toml"),
        )
        .expect("a test reads the embedded vocabulary")
    }

    /// Reads a vocabulary file.
    ///
    /// # Errors
    /// With file, line and column: what [`toml_file::load`] finds; a list that is empty or too long;
    /// one spelling for two entries; a call type whose key the statistics need for something else.
    pub fn from_toml(file: &str, text: &str) -> Outcome<Vocabulary> {
        let written: Written = toml_file::load(file, text)?;
        let list = |name: &str, entries: Vec<WrittenEntry>| List::new(file, text, name, entries);
        let call_type = written.call_type.into_iter().map(|call| WrittenEntry {
            key: call.key,
            name: call.name,
            aliases: call.aliases,
            substantive: call.substantive,
        });
        let vocabulary = Vocabulary {
            contact_method: list("contact_method", written.contact_method)?,
            call_type: list("call_type", call_type.collect())?,
            trafficking_type: list("trafficking_type", written.trafficking_type)?,
            sex_venue: list("sex_venue", written.sex_venue)?,
            labor_venue: list("labor_venue", written.labor_venue)?,
            citizenship: list("citizenship", written.citizenship)?,
            gender: list("gender", written.gender)?,
            age: list("age", written.age)?,
        };
        let categories = vocabulary.categories();
        if categories > MOST_ENTRIES {
            return Err(Failure::data(format!(
                "citizenship, gender and age have {categories} entries together; {MOST_ENTRIES} are the most"
            ))
            .at(Position::file(file)));
        }
        Ok(vocabulary)
    }

    /// The groups of the demographics with their keys, in the order of the sheet.
    pub fn demographics(&self) -> [(&'static str, &List); 3] {
        [
            ("citizenship", &self.citizenship),
            ("gender", &self.gender),
            ("age", &self.age),
        ]
    }

    /// How many categories the groups have together.
    pub fn categories(&self) -> usize {
        let groups = self.demographics();
        groups.iter().map(|(_, list)| list.entries.len()).sum()
    }
}

impl List {
    /// The entries, in order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The index of the entry that a value means. Case, spaces and punctuation do not matter, nor
    /// whether the value is the entry's name, key or alias.
    pub fn find(&self, value: &str) -> Option<u8> {
        self.by_form.get(&form(value)).copied()
    }

    /// How many different spellings are known.
    pub fn spellings(&self) -> usize {
        self.by_form.len()
    }

    fn new(file: &str, text: &str, list: &str, written: Vec<WrittenEntry>) -> Outcome<List> {
        if written.is_empty() || written.len() > MOST_ENTRIES {
            return Err(Failure::data(format!(
                "`{list}` has {} entries; 1 to {MOST_ENTRIES} are possible",
                written.len()
            ))
            .at(Position::file(file)));
        }
        let mut entries: Vec<Entry> = Vec::new();
        let mut by_form = AHashMap::new();
        for entry in written {
            let index = entries.len() as u8;
            let spellings = [&entry.key, &entry.name].into_iter().chain(&entry.aliases);
            for spelling in spellings {
                let here = || Position::in_text(file, text, spelling.span().start);
                let form = form(spelling.get_ref());
                if form.is_empty() {
                    return Err(Failure::data(format!(
                        "“{}” has no letter and no digit to know it by",
                        spelling.get_ref()
                    ))
                    .at(here()));
                }
                let holder = *by_form.entry(form).or_insert(index);
                if holder != index {
                    return Err(Failure::data(format!(
                        "“{}” already means `{}`",
                        spelling.get_ref(),
                        entries[holder as usize].key
                    ))
                    .at(here())
                    .remedy("case, spaces and punctuation do not tell two values apart"));
                }
            }
            if list == "call_type"
                && ["total", "non_substantive"].contains(&entry.key.get_ref().as_str())
            {
                return Err(Failure::data(format!(
                    "a call type can't have the key `{}`, which names a sum in the statistics",
                    entry.key.get_ref()
                ))
                .at(Position::in_text(file, text, entry.key.span().start)));
            }
            entries.push(Entry {
                key: entry.key.into_inner(),
                name: entry.name.into_inner(),
                substantive: entry.substantive,
            });
        }
        Ok(List { entries, by_form })
    }
}

/// What of a spelling tells values apart: letters, digits and the signs of comparison ("18+", "<18");
/// "&" is "and".
fn form(spelling: &str) -> String {
    let mut form = String::with_capacity(spelling.len());
    for letter in spelling.chars().flat_map(char::to_lowercase) {
        match letter {
            '&' => form.push_str("and"),
            '+' | '<' | '>' => form.push(letter),
            _ if letter.is_alphanumeric() => form.push(letter),
            _ => {}
        }
    }
    form
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    contact_method: Vec<WrittenEntry>,
    call_type: Vec<WrittenCallType>,
    trafficking_type: Vec<WrittenEntry>,
    sex_venue: Vec<WrittenEntry>,
    labor_venue: Vec<WrittenEntry>,
    citizenship: Vec<WrittenEntry>,
    gender: Vec<WrittenEntry>,
    age: Vec<WrittenEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenEntry {
    key: Spanned<String>,
    name: Spanned<String>,
    #[serde(default)]
    aliases: Vec<Spanned<String>>,
    /// Never written: only call types say it.
    #[serde(skip, default = "always")]
    substantive: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenCallType {
    key: Spanned<String>,
    name: Spanned<String>,
    #[serde(default)]
    aliases: Vec<Spanned<String>>,
    substantive: bool,
}

fn always() -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_vocabulary_has_the_values_of_the_specification() {
        let vocabulary = Vocabulary::embedded();
        let calls = vocabulary.call_type.entries();
        let left_out: Vec<_> = calls
            .iter()
            .filter(|call| !call.substantive)
            .map(|call| call.name.as_str())
            .collect();
        assert_eq!(
            left_out,
            ["Unrelated", "Hang-Up", "Missed Call", "Wrong Number"]
        );
        assert_eq!(calls.len(), 10);
        assert_eq!(vocabulary.sex_venue.entries().len(), 10);
        assert_eq!(vocabulary.labor_venue.entries().len(), 14);
        for (_, list) in vocabulary.demographics() {
            assert!(list.entries().iter().all(|entry| entry.substantive));
        }
    }

    #[test]
    fn matching_ignores_case_spaces_and_punctuation() {
        let vocabulary = Vocabulary::embedded();
        let hang_up = vocabulary.call_type.find("Hang-Up");
        assert!(hang_up.is_some());
        for spelling in [" hang up. ", "HANGUP", "\"Hang-up\"", "hang_up"] {
            assert_eq!(vocabulary.call_type.find(spelling), hang_up, "{spelling}");
        }
        assert_eq!(
            vocabulary
                .call_type
                .find("training & technical  assistance"),
            vocabulary
                .call_type
                .find("Training and Technical Assistance")
        );
        assert_eq!(vocabulary.age.find("18+"), vocabulary.age.find("Adult"));
        assert_eq!(vocabulary.age.find("18"), None);
        assert_eq!(vocabulary.gender.find(""), None);
    }

    fn failure(change: impl Fn(&str) -> String) -> String {
        let text = change(include_str!("../input/vocabulary.toml"));
        Vocabulary::from_toml("v.toml", &text)
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn one_spelling_for_two_entries_is_an_error() {
        let message = failure(|text| text.replace("\"Missed\"]", "\"hang up\"]"));
        assert!(message.contains("“hang up” already means `hang_up`"));
        assert!(message.starts_with("v.toml:8"), "{message}");
    }

    #[test]
    fn a_call_type_must_say_whether_it_is_substantive_and_others_must_not() {
        let missing = failure(|text| text.replacen("substantive = true\n", "", 1));
        assert!(missing.contains("`substantive` is missing"), "{missing}");
        let extra = failure(|text| format!("{text}substantive = true\n"));
        assert!(extra.contains("unknown key `substantive`"), "{extra}");
    }

    #[test]
    fn a_list_has_at_most_64_entries() {
        let message = failure(|text| {
            let more: String = (0..64)
                .map(|n| format!("[[sex_venue]]\nkey = 'v{n}'\nname = 'v{n}'\n"))
                .collect();
            format!("{text}\n{more}")
        });
        assert!(message.contains("`sex_venue` has 74 entries"), "{message}");
    }

    #[test]
    fn a_call_type_cannot_be_called_total() {
        let message = failure(|text| text.replacen("\"crisis_assistance\"", "\"total\"", 1));
        assert!(message.contains("names a sum"), "{message}");
    }
}
