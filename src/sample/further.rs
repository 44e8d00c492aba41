//! Groups in the vocabulary that `shares.toml` doesn't know: their columns come after the others, and their values
//! depend only on the seed and the number of the case or signal. So they change no other cell.

use super::random::{Random, Weights};
use super::row::{Row, cell};
use crate::vocabulary::{Counts, Vocabulary};

/// Columns that every sample has.
const KNOWN: [&str; 6] = [
    "contact_method",
    "call_type",
    "trafficking_type",
    "citizenship",
    "gender",
    "age",
];

/// What is unknown about a case, and about a signal, out of a hundred.
const UNKNOWN_OF_CASE: u8 = 25;
const UNKNOWN_OF_SIGNAL: u8 = 8;
/// Out of a hundred: cases with two known values, and signals that repeat what is known about their case.
const SECOND: u8 = 9;
const REPEATED: u8 = 62;

/// The additional groups.
pub(super) struct Further {
    seed: u64,
    groups: Vec<FurtherGroup>,
}

struct FurtherGroup {
    column: String,
    counts: Counts,
    names: Vec<String>,
    weights: Weights,
}

impl Further {
    /// Those in a vocabulary.
    pub(super) fn of(vocabulary: &Vocabulary, seed: u64) -> Self {
        let groups = vocabulary.groups().iter();
        let groups = groups.filter(|group| !KNOWN.contains(&group.column.as_str()));
        let groups = groups.map(|group| {
            let entries = group.list.entries();
            FurtherGroup {
                column: group.column.clone(),
                counts: group.counts,
                names: entries.iter().map(|entry| entry.name.clone()).collect(),
                // The first values are the most common, as lists are usually written.
                weights: Weights::new((0..entries.len() as u32).map(|index| 600 / (index + 2))),
            }
        });
        Further {
            seed,
            groups: groups.collect(),
        }
    }

    /// The header of a sample.
    pub(super) fn header(&self, known: &[u8]) -> Vec<u8> {
        let mut header = known.trim_ascii_end().to_vec();
        for group in &self.groups {
            header.push(b',');
            header.extend_from_slice(group.column.as_bytes());
        }
        header.push(b'\n');
        header
    }

    /// Appends the cells of a row, which ends without a line break.
    pub(super) fn write(&self, row: &Row<'_>, out: &mut Vec<u8>) {
        for (index, group) in self.groups.iter().enumerate() {
            out.push(b',');
            let seed = Random::stream(self.seed, u64::MAX - 1 - index as u64).next();
            let mut of_signal = Random::stream(seed, row.signal);
            match (group.counts, row.case) {
                (Counts::Signals, _) => {
                    if !of_signal.percent(UNKNOWN_OF_SIGNAL) {
                        cell(out, [group.draw(&mut of_signal)]);
                    }
                }
                (Counts::Cases, Some(case)) if of_signal.percent(REPEATED) => {
                    // Streams of signals and of cases must not be the same.
                    cell(out, group.of_case(&mut Random::stream(!seed, case)));
                }
                (Counts::Cases, _) => {}
            }
        }
    }
}

impl FurtherGroup {
    fn draw(&self, random: &mut Random) -> &str {
        let name = self.names.get(self.weights.draw(random));
        name.map_or("", String::as_str)
    }

    /// Usually one value, sometimes none, sometimes two.
    fn of_case(&self, random: &mut Random) -> Vec<&str> {
        if random.percent(UNKNOWN_OF_CASE) {
            return Vec::new();
        }
        let mut values = vec![self.draw(random)];
        if random.percent(SECOND) {
            let second = self.draw(random);
            if second != values[0] {
                values.push(second);
            }
        }
        values
    }
}
