//! Looks at each signal for what a person should know before trusting the numbers.

use std::collections::BTreeMap;

use ahash::{AHashMap, AHashSet, RandomState};
use chrono::NaiveDate;

use super::MOST_SHOWN;
use crate::read::{Reject, Signal};
use crate::tally::StateSet;

/// So many victims of one group in one signal are more likely a mistake.
const MANY_VICTIMS: usize = 40;
/// So many signals about one case too.
const MANY_SIGNALS: u64 = 200;
/// Fewer signals than this may well have come on one day.
const ENOUGH_SIGNALS: u64 = 10;

/// The National Human Trafficking Hotline began on 7 December 2007
/// (<https://humantraffickinghotline.org/en/about-us>).
fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2007, 12, 7).unwrap_or_default()
}

/// What was seen in all files.
pub struct Survey {
    /// Rejected rows, the commonest reason first.
    pub problems: Vec<Problem>,
    /// Rows with an id that came before.
    pub duplicates: u64,
    pub first_duplicates: Vec<Line>,
    pub cases: u64,
    /// Cases with places in several states.
    pub spanning: u64,
    pub first_spanning: Vec<Spanning>,
    pub first_day: Option<NaiveDate>,
    pub last_day: Option<NaiveDate>,
    pub suspicions: Vec<Suspicion>,
}

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub file: String,
    pub line: u64,
    /// What stands there.
    pub text: String,
}

/// Rows that are rejected for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub column: Option<&'static str>,
    /// The message about the first of them.
    pub first: String,
    pub count: u64,
    pub lines: Vec<Line>,
}

/// A case and the states that it has places in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanning {
    pub case: String,
    pub states: Vec<&'static str>,
}

/// Something that may be a mistake, and may not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspicion {
    pub what: String,
    pub lines: Vec<Line>,
}

/// Takes signals in.
#[derive(Default)]
pub struct Surveyor {
    hasher: Hasher,
    ids: AHashSet<(u64, u64)>,
    cases: AHashMap<Box<[u8]>, SeenCase>,
    problems: BTreeMap<(Option<&'static str>, String), Problem>,
    duplicates: u64,
    first_duplicates: Vec<Line>,
    days: BTreeMap<NaiveDate, u64>,
    signals: u64,
    crowded: Vec<Line>,
    early: Vec<Line>,
    zero: Vec<Line>,
}

#[derive(Default)]
struct SeenCase {
    states: StateSet,
    signals: u64,
}

/// Two hashes with other keys tell ids apart.
struct Hasher(RandomState, RandomState);

impl Default for Hasher {
    fn default() -> Self {
        Hasher(
            RandomState::with_seeds(1, 2, 3, 4),
            RandomState::with_seeds(5, 6, 7, 8),
        )
    }
}

impl Surveyor {
    /// A row that can't be read.
    pub fn reject(&mut self, file: &str, reject: &Reject<'_>) {
        let column = reject.column.map(|(column, _)| column.name());
        let kind = std::mem::discriminant(&reject.reason);
        let problem = self
            .problems
            .entry((column, format!("{kind:?}")))
            .or_insert_with(|| Problem {
                column,
                first: reject.failure(file).message,
                count: 0,
                lines: Vec::new(),
            });
        problem.count += 1;
        note(&mut problem.lines, file, reject.line(), "");
    }

    /// A signal.
    pub fn add(&mut self, file: &str, signal: &Signal<'_>) {
        let id = String::from_utf8_lossy(signal.id);
        let key = (
            self.hasher.0.hash_one(signal.id),
            self.hasher.1.hash_one(signal.id),
        );
        if !self.ids.insert(key) {
            self.duplicates += 1;
            note(&mut self.first_duplicates, file, signal.line, &id);
            return;
        }
        self.signals += 1;
        *self.days.entry(signal.received).or_default() += 1;
        if signal.received < first_day() {
            note(
                &mut self.early,
                file,
                signal.line,
                &signal.received.to_string(),
            );
        }
        let most = signal.groups.iter().map(|codes| codes.mentions().count());
        let most = most.max().unwrap_or(0);
        if most >= MANY_VICTIMS {
            note(
                &mut self.crowded,
                file,
                signal.line,
                &format!("{most} in {id}"),
            );
        }
        let is_zero = |at: crate::geo::LonLat| at.latitude == 0.0 && at.longitude == 0.0;
        if signal
            .places
            .iter()
            .filter_map(|place| place.coordinates)
            .any(is_zero)
        {
            note(&mut self.zero, file, signal.line, &id);
        }
        if let Some(case_id) = signal.case_id {
            if !self.cases.contains_key(case_id) {
                self.cases.insert(case_id.into(), SeenCase::default());
            }
            if let Some(case) = self.cases.get_mut(case_id) {
                case.signals += 1;
                case.states = case
                    .states
                    .union(StateSet::from_bits(signal.places.state_bits()));
            }
        }
    }

    /// What was seen.
    pub fn finish(self) -> Survey {
        let mut problems: Vec<Problem> = self.problems.into_values().collect();
        problems.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.column.cmp(&b.column)));
        let mut spanning: Vec<Spanning> = self
            .cases
            .iter()
            .filter(|(_, case)| case.states.iter().count() > 1)
            .map(|(id, case)| Spanning {
                case: String::from_utf8_lossy(id).into_owned(),
                states: case.states.iter().map(|state| state.code()).collect(),
            })
            .collect();
        spanning.sort_by(|a, b| a.case.cmp(&b.case));
        let mut suspicions = Vec::new();
        let mut suspect =
            |what: String, lines: Vec<Line>| suspicions.push(Suspicion { what, lines });
        if !self.crowded.is_empty() {
            suspect(
                format!("a signal with {MANY_VICTIMS} victims or more"),
                self.crowded,
            );
        }
        let busiest = self
            .cases
            .iter()
            .max_by(|a, b| a.1.signals.cmp(&b.1.signals).then(b.0.cmp(a.0)));
        if let Some((id, case)) = busiest.filter(|(_, case)| case.signals >= MANY_SIGNALS) {
            let id = String::from_utf8_lossy(id);
            suspect(
                format!(
                    "{} signals about the case “{}”: is this the id of a case?",
                    case.signals,
                    id.escape_debug()
                ),
                Vec::new(),
            );
        }
        if let (1, Some((day, _))) = (self.days.len(), self.days.first_key_value())
            && self.signals >= ENOUGH_SIGNALS
        {
            suspect(
                format!("all signals came on {day}: is this the day of the export?"),
                Vec::new(),
            );
        }
        if !self.early.is_empty() {
            suspect(
                format!(
                    "signals from before {}, when the hotline began",
                    first_day()
                ),
                self.early,
            );
        }
        if !self.zero.is_empty() {
            suspect(
                "places at 0 degrees north and 0 east, in the Atlantic".to_owned(),
                self.zero,
            );
        }
        Survey {
            problems,
            duplicates: self.duplicates,
            first_duplicates: self.first_duplicates,
            cases: self.cases.len() as u64,
            spanning: spanning.len() as u64,
            first_spanning: spanning.into_iter().take(MOST_SHOWN).collect(),
            first_day: self.days.keys().next().copied(),
            last_day: self.days.keys().next_back().copied(),
            suspicions,
        }
    }
}

fn note(lines: &mut Vec<Line>, file: &str, line: u64, text: &str) {
    if lines.len() < MOST_SHOWN {
        lines.push(Line {
            file: file.to_owned(),
            line,
            text: text.to_owned(),
        });
    }
}
