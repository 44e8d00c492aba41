//! Statistics tables: counts that somebody else made are used completely or refused.

use hotline_profile::jurisdiction::Jurisdiction;
use hotline_profile::protect::{self, Protection};
use hotline_profile::read::{Limits, StatisticsTable};
use hotline_profile::report;
use hotline_profile::tally::{Scope, Tally, Totals, Unit};
use hotline_profile::vocabulary::Vocabulary;
use proptest::prelude::*;

use crate::mutation::{mutated, mutations};
use crate::reading::{assert_told, period};

/// A statistics table of New Mexico and Texas, as `stats --format csv` writes it.
fn sound_table() -> String {
    let vocabulary = Vocabulary::embedded();
    let tally = Tally::new(&vocabulary, Unit::Cases);
    let states = ["NM", "TX"].map(|code| Jurisdiction::from_code(code).unwrap());
    let published: Vec<_> = tally
        .statistics(&states.map(|state| Scope::of(state, period())))
        .iter()
        .map(|statistics| protect::publish(statistics, Protection::INTERNAL))
        .collect();
    // Without the mark, so that a row ends with its count.
    let marked = report::csv(&published);
    marked
        .replace(",marking", "")
        .replace(&format!(",{}", report::INTERNAL_MARK), "")
}

fn taken(text: &str) -> usize {
    let vocabulary = Vocabulary::embedded();
    let states = ["NM", "TX"].map(|code| Jurisdiction::from_code(code).unwrap());
    let mut totals = Totals::new(&vocabulary);
    let outcome = StatisticsTable::open("totals.csv", text.as_bytes(), Limits::default())
        .and_then(|mut table| totals.read(&mut table))
        .and_then(|()| totals.statistics(&states.map(Into::into), &period().into(), Unit::Cases));
    match outcome {
        Err(failure) => {
            assert_told(&failure, "totals.csv");
            0
        }
        Ok(all) => {
            for statistics in &all {
                let ledger = &statistics.ledger.total;
                assert!(ledger.balances(), "{ledger:?}");
                for min_cell in [0, 5] {
                    let published = protect::publish(statistics, Protection::of(min_cell).unwrap());
                    report::json(&published);
                }
            }
            all.len()
        }
    }
}

#[test]
fn the_valid_table_is_accepted() {
    assert_eq!(taken(&sound_table()), 2);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn a_changed_table_is_accepted_or_rejected(mutations in mutations()) {
        taken(&mutated(&sound_table(), &mutations));
    }

    /// Counts of any size, in an otherwise valid table.
    #[test]
    fn any_counts_are_accepted_or_rejected(
        counts in prop::collection::vec(prop_oneof![0..12_u64, any::<u64>()], 120),
    ) {
        let table = sound_table();
        let mut lines = table.lines();
        let mut text = format!("{}\n", lines.next().unwrap());
        for (line, count) in lines.zip(counts.iter().cycle()) {
            let (figure, _) = line.rsplit_once(',').unwrap();
            text += &format!("{figure},{count}\n");
        }
        taken(&text);
    }
}
