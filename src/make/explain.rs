//! What numbers count, found by reading the files a second time.

use ahash::AHashMap;

use super::Counting;
use crate::failure::{Failure, Outcome, REPORT};
use crate::read::{Input, Row, Signal};
use crate::report::{ExplainedCase, ExplainedRow, Explanation};
use crate::tally::{CaseShare, Evidence, Figure, Scope, Share, Tally};

/// Finds the rows behind figures of the first area that was counted.
///
/// # Errors
/// A file that can't be read as the mapping says, or has changed since it was counted.
pub fn explain(
    inputs: &[Input],
    counting: &Counting<'_, '_>,
    tally: &Tally<'_>,
    figures: Vec<Figure>,
) -> Outcome<Vec<Explanation>> {
    let (scopes, _) = super::scopes(tally, &counting.areas[..1], &counting.time)?;
    let mut searches = searches(counting, tally, scopes[0], figures);
    super::rows(inputs, counting, |file, row| {
        for search in &mut searches {
            search.see(file, &row);
        }
    })?;
    searches.into_iter().map(Search::finish).collect()
}

/// A search for each figure.
fn searches<'t, 'v>(
    counting: &Counting<'_, '_>,
    tally: &'t Tally<'v>,
    scope: Scope,
    figures: Vec<Figure>,
) -> Vec<Search<'t, 'v>> {
    let statistics = &tally.statistics(&[scope])[0];
    figures
        .into_iter()
        .map(|figure| Search {
            explanation: Explanation {
                area: scope.area,
                period: scope.period,
                figure: figure.name(),
                value: figure.exact(statistics).unwrap_or(0),
                rule: figure.rule(counting.vocabulary, counting.unit),
                cases: Vec::new(),
                rows: Vec::new(),
            },
            shows_places: figure.is_of_map(),
            positions: AHashMap::new(),
            evidence: Evidence::of(tally, scope, figure),
        })
        .collect()
}

/// The search for the rows behind one number.
struct Search<'t, 'v> {
    evidence: Evidence<'t, 'v>,
    explanation: Explanation,
    shows_places: bool,
    /// Where a case is in the explanation.
    positions: AHashMap<Vec<u8>, usize>,
}

impl Search<'_, '_> {
    fn see(&mut self, file: &str, row: &Row<'_>) {
        match row {
            Row::Signal(signal) => match self.evidence.signal(signal) {
                None => {}
                Some(Share::Itself) => self.explanation.rows.push(explained(file, signal)),
                Some(Share::OfCase { alone }) => self.add_to_case(file, signal, alone),
            },
            Row::Reject(reject) => {
                if self.evidence.reject().is_some() {
                    self.explanation.rows.push(ExplainedRow {
                        file: file.to_owned(),
                        line: reject.line(),
                        reason: reject.reason.to_string(),
                        ..ExplainedRow::default()
                    });
                }
            }
        }
    }

    fn add_to_case(&mut self, file: &str, signal: &Signal<'_>, alone: bool) {
        let (Some(id), Some(share)) = (signal.case_id, self.evidence.case(signal)) else {
            return;
        };
        let cases = &mut self.explanation.cases;
        let position = *self.positions.entry(id.to_vec()).or_insert(cases.len());
        if position == cases.len() {
            cases.push(explained_case(id, share, self.shows_places));
        }
        cases[position].signals.push(ExplainedRow {
            alone: Some(alone),
            ..explained(file, signal)
        });
    }

    fn finish(self) -> Outcome<Explanation> {
        self.evidence.check_ids()?;
        adding_up(self.explanation)
    }
}

/// # Errors
/// If the rows don't add up to the number: a bug, unless a file has changed in the meantime.
fn adding_up(explanation: Explanation) -> Outcome<Explanation> {
    let Explanation { figure, value, .. } = &explanation;
    let sum = explanation.sum();
    if sum == *value {
        return Ok(explanation);
    }
    Err(Failure::bug(format_args!(
        "{figure} is {value}, but what was found of it adds up to {sum}"
    ))
    .remedy(format!(
        "if a file has changed meanwhile, ask again; if none has, {REPORT}"
    )))
}

fn explained(file: &str, signal: &Signal<'_>) -> ExplainedRow {
    ExplainedRow {
        file: file.to_owned(),
        line: signal.line,
        signal_id: text(signal.id),
        received: signal.received.to_string(),
        ..ExplainedRow::default()
    }
}

fn explained_case(id: &[u8], share: &CaseShare, shows_places: bool) -> ExplainedCase {
    let places = share.places.iter().filter(|_| shows_places);
    ExplainedCase {
        case_id: text(id),
        date: share.date.to_string(),
        adds: share.count,
        places: places.map(|point| point.name()).collect(),
        signals: Vec::new(),
    }
}

fn text(id: &[u8]) -> String {
    String::from_utf8_lossy(id).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jurisdiction::Jurisdiction;
    use crate::period::{Month, Period};
    use crate::tally::Rule;

    #[test]
    fn rows_that_do_not_add_up_to_their_number_are_a_bug() {
        let month = Month {
            year: 2016,
            month: 12,
        };
        let of_value = |value| Explanation {
            area: Jurisdiction::from_code("NM").unwrap().into(),
            period: Period {
                from: month,
                to: month,
                year: 2016,
                starts: Default::default(),
            },
            figure: "gender.female".to_owned(),
            value,
            rule: Rule {
                text: String::new(),
                source: "docs/counting.md",
            },
            cases: Vec::new(),
            rows: vec![ExplainedRow::default(); 2],
        };
        assert!(adding_up(of_value(2)).is_ok());
        let failure = adding_up(of_value(3)).unwrap_err();
        assert_eq!(failure.exit_code(), 3);
        assert!(failure.message.contains("gender.female is 3"), "{failure}");
    }
}
