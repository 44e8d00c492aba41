//! The vocabulary: the groups that are counted, the venues, and which values a signal's columns may have, their
//! order, and their spellings.

mod numbers;

use ahash::AHashMap;
use serde::{Deserialize, Serialize};
use toml::Spanned;

use self::numbers::{number, span};
use crate::failure::{Failure, Outcome, Position};
use crate::toml_file;

/// The bit masks for cases and signals have no room for more entries than this.
pub const MOST_ENTRIES: usize = 64;

/// The highest number that a category can include: no age is higher.
const HIGHEST_NUMBER: u8 = 120;

/// Columns of the canonical CSV that don't belong to a group.
const OTHER_COLUMNS: [&str; 13] = [
    "signal_id",
    "case_id",
    "received",
    "caller_state",
    "state",
    "county",
    "city",
    "zip",
    "latitude",
    "longitude",
    "sex_venue",
    "labor_venue",
    "synthetic",
];

/// First parts of the names of numbers that don't belong to a group.
const OTHER_FIGURES: [&str; 7] = [
    "cases", "venues", "map", "ledger", "trend", "counties", "rate",
];

/// The groups that are counted and the venues (docs/counting.md).
#[derive(Clone, Debug)]
pub struct Vocabulary {
    /// In the order of the file, which is that of the statistics.
    groups: Vec<Group>,
    /// Index of the group of call types.
    calls: usize,
    /// Sex trafficking venues.
    pub sex_venue: List,
    /// Labor trafficking venues.
    pub labor_venue: List,
}

/// A group of categories: a column, and how it is counted.
#[derive(Clone, Debug)]
pub struct Group {
    /// The key in statistics: `gender` in `gender.female`.
    pub key: String,
    /// The column of the canonical CSV: `call_type`.
    pub column: String,
    /// The name on a sheet, if the wording has no other.
    pub heading: String,
    /// What it counts.
    pub counts: Counts,
    /// The period or the year.
    pub over: Over,
    /// Whether the categories describe victims, so that each mention can be counted as one.
    pub of_victims: bool,
    /// Whether whatever is counted has at most one category, so that the categories add up to a total.
    pub has_total: bool,
    /// The section of the sheet; `None`: it isn't on the sheet.
    pub section: Option<Section>,
    /// Whether a sheet leaves it out if its page is full.
    pub if_room: bool,
    /// Its categories.
    pub list: List,
}

/// What a group counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Counts {
    /// Cases that mention a category at least once.
    Cases,
    /// Substantive signals.
    Signals,
}

/// The time that a group covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Over {
    /// The cumulative period.
    Period,
    /// The focal year.
    Year,
}

/// A section of the sheet with groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Section {
    /// On the first page, groups of cases that describe people.
    Demographics,
    /// On the second page, other groups of cases.
    Cases,
    /// On the second page, groups of signals.
    Signals,
}

/// The values that one column may have, in the order that breaks ties.
#[derive(Clone, Debug)]
pub struct List {
    entries: Vec<Entry>,
    by_form: AHashMap<String, u8>,
    /// For each number from 0 up, the entry that it means.
    by_number: Vec<Option<u8>>,
}

/// One value of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key in statistics and wording files: `hang_up`.
    pub key: String,
    /// The spelling in the data: `Hang-Up`.
    pub name: String,
    /// Whether a signal with this call type counts; true in every other list.
    pub substantive: bool,
}

impl Vocabulary {
    /// The built-in file.
    pub const TEXT: &str = include_str!("../input/vocabulary.toml");

    /// The built-in vocabulary.
    pub fn embedded() -> Vocabulary {
        Vocabulary::from_toml("input/vocabulary.toml", Vocabulary::TEXT)
            .expect("a test reads the embedded vocabulary")
    }

    /// Reads a vocabulary file.
    ///
    /// # Errors
    /// With file, line and column: what [`toml_file::load`] finds; a list that is empty or too long; one spelling for
    /// two entries; a group that can't be counted as it says; a key or column that is already taken; no group, or
    /// more than one, that says which signals are substantive.
    pub fn from_toml(file: &str, text: &str) -> Outcome<Vocabulary> {
        let written: Written = toml_file::load(file, text)?;
        let checker = Checker { file, text };
        let venues = |name: &str, entries: Vec<WrittenEntry>| {
            if let Some(entry) = entries.iter().find(|it| it.substantive.is_some()) {
                return Err(Failure::data("a venue can't be substantive")
                    .at(checker.at(&entry.key))
                    .remedy("remove `substantive`: only call types have it"));
            }
            checker.list(&format!("`{name}`"), &Position::file(file), entries)
        };
        let sex_venue = venues("sex_venue", written.sex_venue)?;
        let labor_venue = venues("labor_venue", written.labor_venue)?;
        let mut calls = None;
        let mut groups: Vec<Group> = Vec::new();
        for group in written.group {
            let at = checker.at(&group.key);
            let tells_substance = group.category.iter().any(|it| it.substantive.is_some());
            let group = checker.group(group, &groups)?;
            if tells_substance && let Some(first) = calls.replace(groups.len()) {
                return Err(Failure::data(format!(
                    "`{}` and `{}` both say which signals are substantive",
                    groups[first].key, group.key
                ))
                .at(at)
                .remedy("remove `substantive` from the categories of one of them"));
            }
            groups.push(group);
        }
        let Some(calls) = calls else {
            return Err(Failure::data("no group says which signals are substantive")
                .at(Position::file(file))
                .remedy(
                    "give the categories of the group of call types `substantive = true` or `substantive = false`",
                ));
        };
        let vocabulary = Vocabulary {
            groups,
            calls,
            sex_venue,
            labor_venue,
        };
        for counts in [Counts::Cases, Counts::Signals] {
            let categories = vocabulary.categories(counts);
            if categories > MOST_ENTRIES {
                let counts = match counts {
                    Counts::Cases => "cases",
                    Counts::Signals => "signals",
                };
                return Err(Failure::data(format!(
                    "the groups that count {counts} have {categories} categories together; the limit is {MOST_ENTRIES}"
                ))
                .at(Position::file(file))
                .remedy("leave out a group, or let one category stand for several values"));
            }
        }
        Ok(vocabulary)
    }

    /// The groups, in the order of the statistics.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// Index of the group of call types: the one that says which signals are substantive. It counts signals in the
    /// year and has a total.
    pub fn calls(&self) -> usize {
        self.calls
    }

    /// The group for a column of the canonical CSV.
    pub fn group_of_column(&self, column: &str) -> Option<(usize, &Group)> {
        let mut groups = self.groups.iter().enumerate();
        groups.find(|(_, group)| group.column == column)
    }

    /// The group with a key.
    pub fn group(&self, key: &str) -> Option<(usize, &Group)> {
        let mut groups = self.groups.iter().enumerate();
        groups.find(|(_, group)| group.key == key)
    }

    /// The groups that count cases, or signals, one after the other, each with its index and the number of categories
    /// before it.
    pub fn groups_that_count(
        &self,
        counts: Counts,
    ) -> impl Iterator<Item = (usize, &Group, usize)> {
        let mut first = 0;
        let groups = self.groups.iter().enumerate();
        let groups = groups.filter(move |(_, group)| group.counts == counts);
        groups.map(move |(index, group)| {
            let start = first;
            first += group.list.entries.len();
            (index, group, start)
        })
    }

    /// The total number of categories in the groups that count cases, or signals.
    pub fn categories(&self, counts: Counts) -> usize {
        let groups = self.groups_that_count(counts);
        groups.map(|(_, group, _)| group.list.entries.len()).sum()
    }
}

impl Group {
    /// The categories that are counted, each with its index in the list: all except call types that aren't
    /// substantive.
    pub fn counted(&self) -> impl Iterator<Item = (usize, &Entry)> {
        let entries = self.list.entries.iter().enumerate();
        entries.filter(|(_, entry)| entry.substantive)
    }
}

impl List {
    /// The entries, in order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The index of the entry that a value means. Case, spaces and punctuation don't matter. The value can be the
    /// entry's name, key or alias, a whole number that the entry includes, or a range of such numbers: "12-17", "18
    /// and over". What follows it in parentheses may mean the same: "Minor (under 18)".
    pub fn find(&self, value: &str) -> Option<u8> {
        self.find_plain(value).or_else(|| {
            let (name, gloss) = value.trim_end().strip_suffix(')')?.split_once('(')?;
            let meant = self.find_plain(name)?;
            (self.find_plain(gloss) == Some(meant)).then_some(meant)
        })
    }

    fn find_plain(&self, value: &str) -> Option<u8> {
        let known = self.by_form.get(&form(value)).copied();
        known
            .or_else(|| *self.by_number.get(number(value)?)?)
            .or_else(|| self.of_span(value))
    }

    /// The index of the one entry that includes all numbers in a value.
    fn of_span(&self, value: &str) -> Option<u8> {
        let highest = self.by_number.len().checked_sub(1)?;
        let span = span(value, highest)?;
        let meant = self.by_number[*span.start()]?;
        let mut others = self.by_number[span].iter();
        others.all(|other| *other == Some(meant)).then_some(meant)
    }
}

/// Checks what serde can't, and reports where the problem is.
struct Checker<'a> {
    file: &'a str,
    text: &'a str,
}

impl Checker<'_> {
    fn at<T>(&self, value: &Spanned<T>) -> Position {
        Position::in_text(self.file, self.text, value.span().start)
    }

    /// Adds a group after the others.
    fn group(&self, written: WrittenGroup, others: &[Group]) -> Outcome<Group> {
        let key = written.key.get_ref();
        let at_key = self.at(&written.key);
        let wrong = |message: String| Failure::data(message).at(at_key.clone());
        self.require_key(&written.key)?;
        if OTHER_FIGURES.contains(&key.as_str()) {
            return Err(wrong(format!(
                "a group can't have the key `{key}`, which names other numbers in the statistics"
            )));
        }
        if others.iter().any(|other| other.key == *key) {
            return Err(wrong(format!("two groups have the key `{key}`")));
        }
        let column = written.column.as_ref().unwrap_or(&written.key);
        self.require_key(column)?;
        let name = column.get_ref();
        let has_column = others.iter().any(|other| other.column == *name);
        if has_column || OTHER_COLUMNS.contains(&name.as_str()) {
            return Err(
                Failure::data(format!("the column `{name}` is taken")).at(self.at(column)).remedy(
                    "give the group its own column; a mapping can fill two columns from one column of the file",
                ),
            );
        }
        self.check_kind(&written)?;
        self.check_substance(&written)?;
        self.check_sums(&written)?;
        Ok(Group {
            column: name.clone(),
            list: self.list(&format!("the group `{key}`"), &at_key, written.category)?,
            heading: written.heading,
            counts: written.counts,
            over: written.over,
            of_victims: written.victims,
            has_total: written.total,
            section: written.section,
            if_room: written.if_room,
            key: written.key.into_inner(),
        })
    }

    /// Checks that what a group counts is compatible with how it is counted.
    fn check_kind(&self, written: &WrittenGroup) -> Outcome<()> {
        let key = written.key.get_ref();
        let wrong = |message: String| Failure::data(message).at(self.at(&written.key));
        let counts_signals = written.counts == Counts::Signals;
        if written.total && !counts_signals {
            return Err(wrong(format!(
                "`{key}` counts cases, which can be in several of its categories, so their sum isn't a total"
            ))
            .remedy("remove `total`"));
        }
        if written.victims && counts_signals {
            return Err(wrong(format!(
                "`{key}` counts signals, and so can't count victims"
            ))
            .remedy("remove `victims`"));
        }
        let is_of_signals = |section| section == Section::Signals;
        if written
            .section
            .is_some_and(|section| is_of_signals(section) != counts_signals)
        {
            return Err(wrong(match counts_signals {
                true => {
                    format!("`{key}` counts signals, and so it can't be in a section of cases")
                }
                false => format!("`{key}` counts cases, and so it can't be among the signals"),
            })
            .remedy(
                "choose another section, or remove `section` to leave the group off all sheets",
            ));
        }
        Ok(())
    }

    /// Whether all categories say if they are substantive, or none do.
    fn check_substance(&self, written: &WrittenGroup) -> Outcome<()> {
        let key = written.key.get_ref();
        let wrong = |message: String| Failure::data(message).at(self.at(&written.key));
        let counts_signals = written.counts == Counts::Signals;
        if written.category.iter().all(|it| it.substantive.is_none()) {
            return Ok(());
        }
        if let Some(silent) = written.category.iter().find(|it| it.substantive.is_none()) {
            return Err(Failure::data(
                "the key `substantive` is missing: other categories of the group have it",
            )
            .at(self.at(&silent.key))
            .remedy("add a line `substantive = true` or `substantive = false` here"));
        }
        if !(counts_signals && written.over == Over::Year && written.total) {
            return Err(wrong(format!(
                "`{key}` says which signals are substantive, and so must count signals over the year, with a total"
            ))
            .remedy("write counts = \"signals\", over = \"year\" and total = true"));
        }
        if !written
            .category
            .iter()
            .any(|it| it.substantive == Some(true))
        {
            return Err(wrong(format!(
                "`{key}` doesn't have a substantive category"
            )));
        }
        Ok(())
    }

    /// Whether no category has the name of a sum.
    fn check_sums(&self, written: &WrittenGroup) -> Outcome<()> {
        let sums = ["total", "non_substantive"];
        let sum = written
            .category
            .iter()
            .find(|it| sums.contains(&it.key.get_ref().as_str()));
        if let Some(sum) = sum.filter(|_| written.total) {
            return Err(Failure::data(format!(
                "a category can't have the key `{}`, which names a sum in the statistics",
                sum.key.get_ref()
            ))
            .at(self.at(&sum.key)));
        }
        Ok(())
    }

    /// Keys are parts of the names of numbers, and columns are found by them.
    fn require_key(&self, key: &Spanned<String>) -> Outcome<()> {
        let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        if !key.get_ref().is_empty() && key.get_ref().bytes().all(fits) {
            return Ok(());
        }
        Err(Failure::data(format!(
            "“{}” isn't a valid key",
            key.get_ref().escape_debug()
        ))
        .at(self.at(key))
        .remedy("write small letters, digits and underscores, as in race_ethnicity"))
    }

    /// A list of entries; `name` identifies it in messages.
    fn list(&self, name: &str, at: &Position, written: Vec<WrittenEntry>) -> Outcome<List> {
        if written.is_empty() || written.len() > MOST_ENTRIES {
            return Err(Failure::data(format!(
                "{name} has {} entries; 1 to {MOST_ENTRIES} are possible",
                written.len()
            ))
            .at(at.clone()));
        }
        let mut list = List {
            entries: Vec::new(),
            by_form: AHashMap::new(),
            by_number: Vec::new(),
        };
        for entry in written {
            self.add_spellings(&entry, &mut list)?;
            self.add_numbers(&entry, &mut list)?;
            list.entries.push(Entry {
                key: entry.key.into_inner(),
                name: entry.name.into_inner(),
                substantive: entry.substantive.unwrap_or(true),
            });
        }
        Ok(list)
    }

    fn add_spellings(&self, entry: &WrittenEntry, list: &mut List) -> Outcome<()> {
        let index = list.entries.len() as u8;
        let spellings = [&entry.key, &entry.name].into_iter().chain(&entry.aliases);
        for spelling in spellings {
            let form = form(spelling.get_ref());
            if form.is_empty() {
                return Err(Failure::data(format!(
                    "“{}” doesn't have a letter or a digit to recognize it by",
                    spelling.get_ref()
                ))
                .at(self.at(spelling)));
            }
            let holder = *list.by_form.entry(form).or_insert(index);
            if holder != index {
                return Err(Failure::data(format!(
                    "“{}” already means `{}`",
                    spelling.get_ref(),
                    list.entries[holder as usize].key
                ))
                .at(self.at(spelling))
                .remedy("two values must differ in more than case, spaces and punctuation"));
            }
        }
        Ok(())
    }

    fn add_numbers(&self, entry: &WrittenEntry, list: &mut List) -> Outcome<()> {
        let (from, to) = match (&entry.from, &entry.to) {
            (None, None) => return Ok(()),
            (Some(from), Some(to)) => (from, to),
            _ => {
                return Err(Failure::data("`from` and `to` go together")
                    .at(self.at(&entry.key))
                    .remedy("give both, as in from = 0 and to = 17"));
            }
        };
        let (first, last) = (*from.get_ref(), *to.get_ref());
        if first > last || last > HIGHEST_NUMBER {
            return Err(Failure::data(format!("there are no numbers from {first} to {last}"))
                .at(self.at(from))
                .remedy(format!(
                    "let `from` be no higher than `to`, and `to` no higher than {HIGHEST_NUMBER}"
                )));
        }
        let length = list.by_number.len().max(usize::from(last) + 1);
        list.by_number.resize(length, None);
        for number in first..=last {
            let held = &mut list.by_number[usize::from(number)];
            if let Some(holder) = held.replace(list.entries.len() as u8) {
                let holder = &list.entries[usize::from(holder)].key;
                return Err(
                    Failure::data(format!("{number} already means `{holder}`")).at(self.at(from))
                );
            }
        }
        Ok(())
    }
}

/// Whether two spellings are the same: case, spaces and punctuation don't matter.
pub fn is_same(one: &str, other: &str) -> bool {
    form(one) == form(other)
}

/// The part of a spelling that distinguishes values: letters, digits and comparison signs ("18+", "<18"); "&" means
/// "and".
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
    #[serde(default)]
    group: Vec<WrittenGroup>,
    sex_venue: Vec<WrittenEntry>,
    labor_venue: Vec<WrittenEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenGroup {
    key: Spanned<String>,
    column: Option<Spanned<String>>,
    heading: String,
    counts: Counts,
    over: Over,
    #[serde(default)]
    victims: bool,
    #[serde(default)]
    total: bool,
    section: Option<Section>,
    #[serde(default)]
    if_room: bool,
    #[serde(default)]
    category: Vec<WrittenEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenEntry {
    key: Spanned<String>,
    name: Spanned<String>,
    #[serde(default)]
    aliases: Vec<Spanned<String>>,
    /// Only call types say this.
    substantive: Option<bool>,
    from: Option<Spanned<u8>>,
    to: Option<Spanned<u8>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_vocabulary_has_the_values_of_the_specification() {
        let vocabulary = Vocabulary::embedded();
        let keys = |counts| -> Vec<&str> {
            let groups = vocabulary.groups_that_count(counts);
            groups.map(|(_, group, _)| group.key.as_str()).collect()
        };
        assert_eq!(
            keys(Counts::Cases),
            ["citizenship", "gender", "age", "trafficking_type"]
        );
        assert_eq!(keys(Counts::Signals), ["contact_method", "calls"]);
        let calls = &vocabulary.groups()[vocabulary.calls()];
        let entries = calls.list.entries();
        let left_out: Vec<_> = entries
            .iter()
            .filter(|call| !call.substantive)
            .map(|call| call.name.as_str())
            .collect();
        assert_eq!(
            left_out,
            ["Unrelated", "Hang-Up", "Missed Call", "Wrong Number"]
        );
        assert_eq!((entries.len(), calls.counted().count()), (10, 6));
        assert_eq!(vocabulary.sex_venue.entries().len(), 10);
        assert_eq!(vocabulary.labor_venue.entries().len(), 14);
        for (_, group, _) in vocabulary.groups_that_count(Counts::Cases) {
            assert_eq!(group.counted().count(), group.list.entries().len());
        }
    }

    #[test]
    fn groups_that_count_alike_are_consecutive() {
        let vocabulary = Vocabulary::embedded();
        let firsts = |counts| -> Vec<usize> {
            let groups = vocabulary.groups_that_count(counts);
            groups.map(|(_, _, first)| first).collect()
        };
        assert_eq!(firsts(Counts::Cases), [0, 2, 5, 7]);
        assert_eq!(firsts(Counts::Signals), [0, 6]);
        assert_eq!(vocabulary.categories(Counts::Cases), 11);
        assert_eq!(vocabulary.categories(Counts::Signals), 16);
    }

    #[test]
    fn matching_ignores_case_spaces_and_punctuation() {
        let vocabulary = Vocabulary::embedded();
        let of_column = |column| &vocabulary.group_of_column(column).unwrap().1.list;
        let calls = of_column("call_type");
        let hang_up = calls.find("Hang-Up");
        assert!(hang_up.is_some());
        for spelling in [" hang up. ", "HANGUP", "\"Hang-up\"", "hang_up"] {
            assert_eq!(calls.find(spelling), hang_up, "{spelling}");
        }
        assert_eq!(
            calls.find("training & technical  assistance"),
            calls.find("Training and Technical Assistance")
        );
        let age = of_column("age");
        assert_eq!(age.find("18+"), age.find("Adult"));
        assert_eq!(of_column("gender").find(""), None);
    }

    #[test]
    fn an_age_in_years_is_that_of_an_adult_or_a_minor() {
        let vocabulary = Vocabulary::embedded();
        let age = &vocabulary.group("age").unwrap().1.list;
        let (adult, minor) = (age.find("Adult"), age.find("Minor"));
        for (spelling, meant) in [
            ("0", minor),
            ("17", minor),
            (" 017 ", minor),
            ("17.0", minor),
            ("18", adult),
            ("120", adult),
            ("18.00", adult),
            ("121", None),
            ("1000", None),
            ("-5", None),
            ("17.5", minor),
            ("Minor (under 18)", minor),
            ("Adult (17)", None),
            ("Adult (self-reported)", None),
            ("17.", None),
            ("1-7", minor),
            ("12-17", minor),
            ("16-24", None),
            ("18 and over", adult),
            ("Under 13", minor),
            ("under 21", None),
            ("15 years old", minor),
            (".0", None),
        ] {
            assert_eq!(age.find(spelling), meant, "{spelling}");
        }
        let gender = &vocabulary.group("gender").unwrap().1.list;
        assert_eq!(gender.find("17"), None);
        assert_eq!(age.by_number.iter().flatten().count(), 121);
    }

    fn failure(change: impl Fn(&str) -> String) -> String {
        let text = change(Vocabulary::TEXT);
        Vocabulary::from_toml("v.toml", &text)
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn the_same_spelling_for_two_entries_is_an_error() {
        let message = failure(|text| text.replace("\"Missed\"]", "\"hang up\"]"));
        assert!(message.contains("“hang up” already means `hang_up`"));
        assert!(message.starts_with("v.toml:2"), "{message}");
    }

    #[test]
    fn a_call_type_must_say_whether_it_is_substantive_and_others_must_not() {
        let missing = failure(|text| text.replacen("substantive = true\n", "", 1));
        assert!(missing.contains("`substantive` is missing"), "{missing}");
        let extra = failure(|text| format!("{text}substantive = true\n"));
        assert!(extra.contains("can't be substantive"), "{extra}");
        let none = failure(|text| {
            text.replace("substantive = true\n", "")
                .replace("substantive = false\n", "")
        });
        assert!(none.contains("no group says which"), "{none}");
        let twice = failure(|text| {
            text.replace(
                "name = \"Email\"\n",
                "name = \"Email\"\nsubstantive = true\n",
            )
        });
        assert!(twice.contains("`substantive` is missing"), "{twice}");
    }

    #[test]
    fn a_group_that_cannot_be_counted_is_an_error() {
        let group = "[[group]]\nkey = 'race'\nheading = 'Race'\ncounts = 'cases'\nover = 'period'\n\
            [[group.category]]\nkey = 'white'\nname = 'White'\n";
        let with = |from: &str, to: &str| {
            assert!(group.contains(from));
            failure(|text| format!("{text}{}", group.replacen(from, to, 1)))
        };
        for (from, to, message) in [
            (
                "key = 'race'",
                "key = 'gender'",
                "two groups have the key `gender`",
            ),
            ("key = 'race'", "key = 'cases'", "names other numbers"),
            ("key = 'race'", "key = 'Race'", "“Race” isn't a valid key"),
            (
                "key = 'race'",
                "key = 'race'\ncolumn = 'age'",
                "the column `age` is taken",
            ),
            (
                "key = 'race'",
                "key = 'race'\ncolumn = 'state'",
                "the column `state` is taken",
            ),
            (
                "over = 'period'",
                "over = 'period'\ntotal = true",
                "their sum isn't a total",
            ),
            (
                "counts = 'cases'\n",
                "counts = 'signals'\nvictims = true\n",
                "can't count victims",
            ),
            (
                "over = 'period'",
                "over = 'period'\nsection = 'signals'",
                "can't be among the signals",
            ),
            (
                "name = 'White'",
                "name = 'White'\nsubstantive = true",
                "must count signals over the year",
            ),
            ("name = 'White'", "name = 'White'\nfrom = 3", "go together"),
            (
                "name = 'White'",
                "name = 'White'\nfrom = 3\nto = 2",
                "no numbers from 3 to 2",
            ),
            (
                "[[group.category]]\nkey",
                "[[sex_venue]]\nkey",
                "has 0 entries",
            ),
        ] {
            let found = with(from, to);
            assert!(found.contains(message), "{message}: {found}");
            assert!(found.starts_with("v.toml:3"), "{found}");
        }
    }

    #[test]
    fn lists_have_at_most_64_entries_and_so_have_the_groups_that_count_alike() {
        let many = |entry: &str| -> String {
            (0..60)
                .map(|n| format!("[[{entry}]]\nkey = 'v{n}'\nname = 'v{n}'\n"))
                .collect()
        };
        let message = failure(|text| format!("{text}\n{}", many("sex_venue")));
        assert!(message.contains("`sex_venue` has 70 entries"), "{message}");
        let group =
            "[[group]]\nkey = 'race'\nheading = 'Race'\ncounts = 'cases'\nover = 'period'\n";
        let message = failure(|text| format!("{text}\n{group}{}", many("group.category")));
        assert!(
            message.contains(
                "the groups that count cases have 71 categories together; the limit is 64"
            ),
            "{message}"
        );
    }

    #[test]
    fn a_call_type_cannot_be_called_total() {
        let message = failure(|text| text.replacen("\"crisis_assistance\"", "\"total\"", 1));
        assert!(message.contains("names a sum"), "{message}");
    }
}
