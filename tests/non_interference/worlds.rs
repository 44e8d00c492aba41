//! Data with few cases, and their statistics.

use hotline_profile::jurisdiction::Jurisdiction;
use hotline_profile::period::Period;
use hotline_profile::read::{RejectsWriter, SignalReader};
use hotline_profile::tally::{Scope, Statistics, Tally, Unit};
use hotline_profile::vocabulary::Vocabulary;

/// The smallest limit that protects, so that a few cases already show its effect.
pub const LIMIT: u64 = 3;
/// The number of cases that a world must have in reserve, so that its neighbors are among all generated worlds.
pub const SPARE: usize = 3;

/// What a case, or a signal without one, can be: the columns of its row except the ids.
pub type Kind = &'static str;

const HEADER: &str = "signal_id,case_id,received,call_type,state,city,gender,sex_venue,trafficking_type,\
                      contact_method,signaler";

/// How many there are of each kind.
pub type World = Vec<usize>;

/// All worlds with at most this many rows.
pub fn worlds(kinds: usize, most: usize) -> Vec<World> {
    if kinds == 0 {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for here in 0..=most {
        for mut rest in worlds(kinds - 1, most - here) {
            rest.insert(0, here);
            all.push(rest);
        }
    }
    all
}

/// A row about another state, long before: so that the data say something about every column, in all worlds.
const ELSEWHERE: &str = "2010-01-01,Tip Report,CO,Denver,Female,Street-Based,Sex,Phone Call,Victim";

/// The rows of a world.
pub fn csv(kinds: &[Kind], world: &World, is_of_cases: bool) -> String {
    let columns = HEADER.matches(',').count();
    let mut text = format!("{HEADER}\nelsewhere,elsewhere,{ELSEWHERE}\n");
    let mut number = 0;
    for (kind, count) in kinds.iter().zip(world) {
        for _ in 0..*count {
            number += 1;
            let case = if is_of_cases {
                format!("C{number}")
            } else {
                String::new()
            };
            let left_out = ",".repeat(columns - 2 - kind.matches(',').count());
            text += &format!("{number},{case},{kind}{left_out}\n");
        }
    }
    text
}

/// The vocabulary with one more group, for signals over the period, as an agency may add one.
pub fn vocabulary() -> Vocabulary {
    let text = include_str!("../../input/vocabulary.toml");
    let (groups, venues) = text.split_once("\n# Venues.").unwrap();
    let text = format!("{groups}{SIGNALER}\n# Venues.{venues}");
    Vocabulary::from_toml("vocabulary.toml", &text).unwrap()
}

const SIGNALER: &str = r#"
[[group]]
key = "signaler"
heading = "Who Called"
counts = "signals"
over = "period"
total = true

[[group.category]]
key = "victim"
name = "Victim"

[[group.category]]
key = "provider"
name = "Provider"
"#;

/// A sheet: its first and last month, and its year.
pub type Months = ([&'static str; 2], i32);

/// The statistics of Wyoming for some sheets.
pub fn statistics(vocabulary: &Vocabulary, csv: &str, sheets: &[Months]) -> Vec<Statistics> {
    let mut tally = Tally::new(vocabulary, Unit::Cases);
    let mut reader = SignalReader::open("data.csv", csv.as_bytes(), vocabulary).unwrap();
    let mut rejects = RejectsWriter::new(|| Ok(Vec::new()));
    tally.read(&mut reader, &mut rejects).unwrap();
    let state = Jurisdiction::from_code("WY").unwrap();
    let scopes = sheets.iter().map(|([from, to], year)| {
        let period = Period::of_calendar(from.parse().unwrap(), to.parse().unwrap(), *year);
        Scope::of(state, period)
    });
    tally.statistics(&scopes.collect::<Vec<_>>())
}
