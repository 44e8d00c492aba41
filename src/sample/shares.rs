//! What values the columns take and how often: the vocabulary combined with `shares.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::random::{Random, Weights};
use crate::failure::{Failure, Outcome, Position, nearest};
use crate::toml_file;
use crate::vocabulary::{self, Vocabulary};

const SHARES_FILE: &str = "input/sample-plans/shares.toml";
const SHARES: &str = include_str!("../../input/sample-plans/shares.toml");

/// The columns' values.
#[derive(Clone, Debug)]
pub(super) struct Shares {
    pub(super) percent: Percent,
    pub(super) unknown: Unknown,
    pub(super) precision: Precision,
    pub(super) contact_methods: List,
    pub(super) call_types: List,
    /// For each call type: whether it is substantive.
    pub(super) substantive: Vec<bool>,
    /// For each call type: signals about a case, out of a hundred.
    pub(super) about_case: Vec<u8>,
    /// For each call type: the only contact method that it uses.
    only_by: Vec<Option<usize>>,
    pub(super) trafficking_types: List,
    pub(super) sex_venues: List,
    pub(super) labor_venues: List,
    /// Citizenship, gender, age.
    pub(super) demographics: [List; 3],
}

/// The values of a column in the order of the vocabulary.
#[derive(Clone, Debug)]
pub(super) struct List {
    pub(super) keys: Vec<String>,
    pub(super) names: Vec<String>,
    pub(super) weights: Weights,
}

/// See `shares.toml`.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Percent {
    pub(super) follow_up: u8,
    pub(super) repeated: u8,
    pub(super) second_value: u8,
    pub(super) second_place: u8,
    pub(super) place_elsewhere: u8,
    pub(super) caller_elsewhere: u8,
    pub(super) caller_unknown: u8,
}

/// See `shares.toml`.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Unknown {
    pub(super) trafficking_type: u8,
    pub(super) sex_venue: u8,
    pub(super) labor_venue: u8,
    pub(super) citizenship: u8,
    pub(super) gender: u8,
    pub(super) age: u8,
}

/// Weights of how well a place is known.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Precision {
    pub(super) coordinates: u32,
    pub(super) zip: u32,
    pub(super) city: u32,
    pub(super) county: u32,
    pub(super) state: u32,
}

type WeightsByKey = BTreeMap<String, u32>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SharesFile {
    percent: Percent,
    unknown: Unknown,
    precision: Precision,
    contact_method: WeightsByKey,
    call_type: WeightsByKey,
    about_case: WeightsByKey,
    only_by: BTreeMap<String, String>,
    trafficking_type: WeightsByKey,
    sex_venue: WeightsByKey,
    labor_venue: WeightsByKey,
    citizenship: WeightsByKey,
    gender: WeightsByKey,
    age: WeightsByKey,
}

impl Shares {
    /// From the files inside the binary.
    ///
    /// # Errors
    /// An error that names the file, if the two don't match.
    pub(super) fn bundled() -> Outcome<Shares> {
        let vocabulary = Vocabulary::embedded();
        let file: SharesFile = toml_file::load(SHARES_FILE, SHARES)?;
        let of_column = |column: &str| {
            let group = vocabulary.group_of_column(column);
            group.map(|(_, group)| &group.list).ok_or_else(|| {
                Failure::data(format!(
                    "the vocabulary has no group of the column `{column}`"
                ))
            })
        };
        let contact_methods = of_column("contact_method")?;
        let calls = of_column("call_type")?;
        let call_types = calls.entries();
        let substantive = call_types.iter().map(|entry| entry.substantive);
        let about_case = call_types.iter().map(|entry| {
            let percent = file.about_case.get(&entry.key).copied().unwrap_or(0);
            percent.min(100) as u8
        });
        let only_by = call_types.iter().map(|call_type| {
            let method = file.only_by.get(&call_type.key)?;
            let mut methods = contact_methods.entries().iter();
            methods.position(|entry| entry.key == *method)
        });
        Ok(Shares {
            percent: file.percent,
            unknown: file.unknown,
            precision: file.precision,
            substantive: substantive.collect(),
            about_case: about_case.collect(),
            only_by: only_by.collect(),
            contact_methods: List::new(contact_methods, &file.contact_method)?,
            call_types: List::new(calls, &file.call_type)?,
            trafficking_types: List::new(of_column("trafficking_type")?, &file.trafficking_type)?,
            sex_venues: List::new(&vocabulary.sex_venue, &file.sex_venue)?,
            labor_venues: List::new(&vocabulary.labor_venue, &file.labor_venue)?,
            demographics: [
                List::new(of_column("citizenship")?, &file.citizenship)?,
                List::new(of_column("gender")?, &file.gender)?,
                List::new(of_column("age")?, &file.age)?,
            ],
        })
    }

    /// A contact method for a signal with this call type.
    pub(super) fn draw_contact_method(&self, call_type: usize, random: &mut Random) -> &str {
        match self.only_by.get(call_type) {
            Some(Some(method)) => &self.contact_methods.names[*method],
            _ => self.contact_methods.draw(random),
        }
    }
}

/// Whether cases of a trafficking type, by key, can have sex venues.
pub(super) fn involves_sex(key: &str) -> bool {
    matches!(key, "sex" | "sex_and_labor")
}

/// Whether cases of a trafficking type, by key, can have labor venues.
pub(super) fn involves_labor(key: &str) -> bool {
    matches!(key, "labor" | "sex_and_labor")
}

impl Unknown {
    /// Citizenship, gender, age.
    pub(super) fn demographics(&self) -> [u8; 3] {
        [self.citizenship, self.gender, self.age]
    }
}

impl List {
    fn new(values: &vocabulary::List, weights: &WeightsByKey) -> Outcome<List> {
        let entries = values.entries();
        let by_entry: Vec<u32> = entries
            .iter()
            .map(|entry| weights.get(&entry.key).copied().unwrap_or(0))
            .collect();
        let list = List {
            weights: Weights::new(by_entry),
            names: entries.iter().map(|entry| entry.name.clone()).collect(),
            keys: entries.iter().map(|entry| entry.key.clone()).collect(),
        };
        for key in weights.keys() {
            list.position(key)
                .map_err(|failure| failure.at(Position::file(SHARES_FILE)))?;
        }
        Ok(list)
    }

    /// The position of a key in the vocabulary.
    ///
    /// # Errors
    /// An error that says which key may be meant.
    pub(super) fn position(&self, key: &str) -> Outcome<usize> {
        if let Some(position) = self.keys.iter().position(|own| own == key) {
            return Ok(position);
        }
        let failure = Failure::data(format!("“{key}” is not in the vocabulary"));
        Err(match nearest(key, self.keys.iter().map(String::as_str)) {
            Some(near) => failure.remedy(format!("write “{near}” if that is meant")),
            None => failure.remedy(format!("choose one of: {}", self.keys.join(", "))),
        })
    }

    /// A value, drawn by its weight.
    pub(super) fn draw(&self, random: &mut Random) -> &str {
        let position = self.weights.draw(random);
        self.names.get(position).map_or("", String::as_str)
    }

    /// Usually one value, sometimes none, sometimes two.
    pub(super) fn draw_some<'a>(
        &'a self,
        random: &mut Random,
        unknown: u8,
        second: u8,
        into: &mut Vec<&'a str>,
    ) {
        if random.percent(unknown) {
            return;
        }
        into.push(self.draw(random));
        if random.percent(second) {
            let other = self.draw(random);
            if into[0] != other {
                into.push(other);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_of_the_bundled_shares_can_be_drawn_from() {
        let shares = Shares::bundled().unwrap();
        for list in [
            &shares.contact_methods,
            &shares.call_types,
            &shares.trafficking_types,
            &shares.sex_venues,
            &shares.labor_venues,
        ]
        .into_iter()
        .chain(&shares.demographics)
        {
            assert!(!list.weights.are_all_zero());
        }
        assert!(shares.substantive.contains(&true) && shares.substantive.contains(&false));
    }

    #[test]
    fn a_misspelled_key_is_reported_with_the_most_similar_one() {
        let shares = Shares::bundled().unwrap();
        let failure = shares.sex_venues.position("truckstop_based").unwrap_err();
        assert!(failure.to_string().contains("write “truck_stop_based”"));
    }
}
