//! Reads and counts as the program does, and checks what must be true of any result.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::PathBuf;

use hotline_profile::check::Surveyor;
use hotline_profile::failure::{Failure, Outcome, is_unprintable};
use hotline_profile::jurisdiction::Jurisdiction;
use hotline_profile::period::Period;
use hotline_profile::read::{JoinedCases, Limits, Mapping, RejectsWriter, Row, SignalReader};
use hotline_profile::tally::{LedgerLine, Scope, Statistics, Tally, Unit};
use hotline_profile::vocabulary::Vocabulary;

/// A file of the repository.
pub fn repository(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

pub fn text_of(path: &str) -> String {
    std::fs::read_to_string(repository(path)).unwrap()
}

pub fn period() -> Period {
    Period {
        from: "2012-12".parse().unwrap(),
        to: "2016-12".parse().unwrap(),
        year: 2016,
        starts: Default::default(),
    }
}

/// What was seen in the rows of one file while reading it.
#[derive(Debug, Default, PartialEq)]
pub struct Seen {
    pub rows: u64,
    pub rejected: u64,
    pub duplicates: u64,
}

/// Files that are counted together.
pub struct Counting<'v> {
    vocabulary: &'v Vocabulary,
    tally: Tally<'v>,
    seen: Vec<Seen>,
    ids: BTreeSet<Vec<u8>>,
}

impl<'v> Counting<'v> {
    pub fn new(vocabulary: &'v Vocabulary, unit: Unit) -> Self {
        Counting {
            vocabulary,
            tally: Tally::new(vocabulary, unit),
            seen: Vec::new(),
            ids: BTreeSet::new(),
        }
    }

    /// Reads a file to its end, or until it fails.
    pub fn read(
        &mut self,
        name: &str,
        source: impl Read,
        mapping: &Mapping,
        joined: Option<&JoinedCases>,
        limits: Limits,
    ) -> Outcome<()> {
        let reader = SignalReader::open_mapped(name, source, self.vocabulary, mapping, limits)?;
        let mut reader = match joined {
            Some(joined) => reader.joined(joined),
            None => reader,
        };
        let mut surveyor = Surveyor::default();
        let mut rejects = RejectsWriter::new(|| Ok(Vec::new()));
        let file = self.tally.begin_file(name);
        self.seen.push(Seen::default());
        while let Some(row) = reader.advance()? {
            let seen = self.seen.last_mut().unwrap();
            seen.rows += 1;
            match row {
                Row::Signal(signal) => {
                    if !self.ids.insert(signal.id.to_vec()) {
                        seen.duplicates += 1;
                    }
                    surveyor.add(name, &signal);
                    self.tally.add(file, &signal);
                }
                Row::Reject(reject) => {
                    seen.rejected += 1;
                    assert_told(&reject.failure(name), name);
                    rejects.write(name, &reject).unwrap();
                    surveyor.reject(name, &reject);
                    self.tally.reject(file);
                }
            }
        }
        let findings = reader.findings();
        assert_eq!(findings.rows, self.seen.last().unwrap().rows);
        assert_eq!(findings.rejected, self.seen.last().unwrap().rejected);
        let _ = (reader.values(), reader.columns(), surveyor.finish());
        if let Err(failure) = findings.strict() {
            assert_told(&failure, name);
        }
        assert_eq!(rejects.finish().unwrap(), findings.rejected > 0);
        Ok(())
    }

    /// The statistics of some states, with ledgers that balance and say what was seen.
    pub fn finish(self) -> (Vec<Statistics>, Vec<Seen>) {
        let states = ["NM", "TX", "VI"].map(|code| Jurisdiction::from_code(code).unwrap());
        let all = self
            .tally
            .statistics(&states.map(|state| Scope::of(state, period())));
        for statistics in &all {
            let ledger = &statistics.ledger;
            let mut total = LedgerLine::default();
            assert_eq!(ledger.files.len(), self.seen.len());
            for ((_, line), seen) in ledger.files.iter().zip(&self.seen) {
                assert!(line.balances(), "{line:?}");
                assert_eq!(
                    (line.rows_read, line.rejected, line.duplicate),
                    (seen.rows, seen.rejected, seen.duplicates)
                );
                total.rows_read += line.rows_read;
                total.used += line.used;
                total.outside_period += line.outside_period;
                total.other_state += line.other_state;
                total.duplicate += line.duplicate;
                total.rejected += line.rejected;
            }
            assert_eq!(ledger.total, total);
        }
        (all, self.seen)
    }
}

/// A failure names the file, and can be shown on a terminal.
pub fn assert_told(failure: &Failure, file: &str) {
    let text = failure.to_string();
    assert!(text.starts_with(file), "{text:?} does not name {file}");
    assert!(!failure.message.trim().is_empty(), "{text:?} says nothing");
    let harmful = text.chars().find(|&c| c != '\n' && is_unprintable(c));
    assert_eq!(harmful, None, "{text:?}");
}
