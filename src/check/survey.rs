//! Looks at each signal for things that people should know before they trust the numbers.

use std::collections::BTreeMap;

use ahash::{AHashMap, AHashSet, RandomState};
use chrono::NaiveDate;

use super::MOST_SHOWN;
use crate::area::StateSet;
use crate::failure::{counted, escaped};
use crate::jurisdiction::Jurisdiction;
use crate::read::{Codes, Place, Reject, Signal};
use crate::tally::is_implausible;
use crate::vocabulary::Vocabulary;

/// This many victims of one group in one signal are more likely a mistake.
const MANY_VICTIMS: usize = 40;
/// Signals that are far later than all others are outliers if they are at most one in this many.
const MOST_STRAY: u64 = 10;
/// Fewer signals than this may well have arrived on the same day.
const ENOUGH_SIGNALS: u64 = 10;

/// The National Human Trafficking Hotline began on 7 December 2007
/// (<https://humantraffickinghotline.org/en/about-us>).
fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2007, 12, 7).unwrap_or_default()
}

/// What was seen in all files.
pub struct Survey {
    /// Rejected rows, starting with the most common reason.
    pub problems: Vec<Problem>,
    /// Rows with an id that an earlier row has.
    pub duplicates: u64,
    /// The first of these rows.
    pub first_duplicates: Vec<Line>,
    /// Columns in which such rows differ from the first with their id.
    pub differences: Vec<Difference>,
    /// Whether such rows are read as further victims, and no duplicates.
    pub are_victims: bool,
    /// How many cases the rows name.
    pub cases: u64,
    /// Cases with places in several states.
    pub spanning: u64,
    /// The first of these cases.
    pub first_spanning: Vec<Spanning>,
    /// Day of the earliest signal; `None` if there is none.
    pub first_day: Option<NaiveDate>,
    /// Day of the latest signal; `None` if there is none.
    pub last_day: Option<NaiveDate>,
    /// Possible mistakes in the data.
    pub suspicions: Vec<Suspicion>,
}

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The file, as the user named it.
    pub file: String,
    /// Line from 1.
    pub line: u64,
    /// What is there.
    pub text: String,
}

/// Rows with an id that an earlier row has, but a different value in a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Name of the column in the file.
    pub column: String,
    /// How many rows differ in it.
    pub count: u64,
    /// The first of these rows.
    pub lines: Vec<Line>,
}

/// Rows that are rejected for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The canonical column that causes it; `None` if it is the whole row.
    pub column: Option<&'static str>,
    /// The message about the first of them.
    pub first: String,
    /// How many rows.
    pub count: u64,
    /// The first of these rows.
    pub lines: Vec<Line>,
}

/// A case and the states that it has places in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanning {
    /// Its id.
    pub case: String,
    /// Codes of the states, in order.
    pub states: Vec<&'static str>,
}

/// Something that may be a mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspicion {
    /// What it is, as a sentence.
    pub what: String,
    /// The first lines that show it.
    pub lines: Vec<Line>,
}

/// Collects signals.
#[derive(Default)]
pub struct Surveyor {
    hasher: Hasher,
    /// Each id with the file that it was first seen in.
    ids: AHashMap<(u64, u64), usize>,
    files: Vec<SeenFile>,
    /// Ids that came more than once.
    repeated: AHashSet<(u64, u64)>,
    /// For each such id, what its first row says: a hash for each column.
    firsts: AHashMap<(u64, u64), Vec<u64>>,
    differences: BTreeMap<String, Difference>,
    are_victims: bool,
    /// Spellings of ids that differ only as spreadsheets and programs change them, by what they have in
    /// common.
    alike: AHashMap<u64, u64>,
    first_alike: Vec<Line>,
    alike_count: u64,
    cases: AHashMap<Box<[u8]>, SeenCase>,
    problems: BTreeMap<(Option<&'static str>, String), Problem>,
    duplicates: u64,
    first_duplicates: Vec<Line>,
    days: BTreeMap<NaiveDate, u64>,
    signals: u64,
    crowded: Vec<Line>,
    early: Vec<Line>,
    zero: Vec<Line>,
    stateless: u64,
    first_stateless: Vec<Line>,
}

/// A file and its rows.
struct SeenFile {
    name: String,
    signals: u64,
    /// Rows with an id that was first seen in another file.
    repeated: u64,
}

#[derive(Default)]
struct SeenCase {
    states: StateSet,
    signals: u64,
}

/// Two hashes with different keys identify an id.
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
        if self.files.last().is_none_or(|last| last.name != file) {
            self.files.push(SeenFile {
                name: file.to_owned(),
                signals: 0,
                repeated: 0,
            });
        }
        let number = self.files.len() - 1;
        let first = self.ids.insert(key, number);
        if let Some(first) = first {
            self.ids.insert(key, first);
        }
        if let Some(seen) = self.files.last_mut() {
            seen.signals += 1;
            seen.repeated += u64::from(first.is_some_and(|first| first != number));
        }
        if first.is_some() {
            self.repeated.insert(key);
            self.are_victims |= signal.is_victim;
            self.duplicates += 1;
            note(&mut self.first_duplicates, file, signal.line, &id);
            return;
        }
        self.signals += 1;
        self.compare_spelling(file, signal.line, &id);
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
        if signal.places.state_bits() == 0 && signal.caller_state.is_none() {
            self.stateless += 1;
            note(&mut self.first_stateless, file, signal.line, &id);
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
                let spelled = String::from_utf8_lossy(case_id);
                self.compare_spelling(file, signal.line, &spelled);
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

    /// Records an id that matches another one except for letter case, leading zeros, or the three characters that
    /// Salesforce adds to make 18 out of 15.
    fn compare_spelling(&mut self, file: &str, line: u64, id: &str) {
        let is_long = id.len() == 18 && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let is_short = id.len() == 15 && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
        // Short Salesforce ids differ only in letter case.
        let common = match (is_long, is_short) {
            (true, _) => id[..15].to_owned(),
            (_, true) => id.to_owned(),
            _ => id.trim_start_matches('0').to_lowercase(),
        };
        let spelled = self.hasher.0.hash_one(id);
        let known = *self
            .alike
            .entry(self.hasher.1.hash_one(&common))
            .or_insert(spelled);
        if known != spelled {
            self.alike_count += 1;
            note(&mut self.first_alike, file, line, id);
        }
    }

    /// A signal that is read again, after all were added: how it differs from the first one with its id, if the id
    /// came more than once.
    pub fn compare(&mut self, file: &str, signal: &Signal<'_>, vocabulary: &Vocabulary) {
        let key = (
            self.hasher.0.hash_one(signal.id),
            self.hasher.1.hash_one(signal.id),
        );
        if !self.repeated.contains(&key) {
            return;
        }
        let (names, said): (Vec<String>, Vec<u64>) =
            self.said(signal, vocabulary).into_iter().unzip();
        let Some(first) = self.firsts.get(&key) else {
            self.firsts.insert(key, said);
            return;
        };
        for ((name, said), first) in names.into_iter().zip(said).zip(first) {
            if said != *first {
                let difference =
                    self.differences
                        .entry(name.clone())
                        .or_insert_with(|| Difference {
                            column: name,
                            count: 0,
                            lines: Vec::new(),
                        });
                difference.count += 1;
                note(&mut difference.lines, file, signal.line, "");
            }
        }
    }

    /// What a signal says in each column, as a hash.
    fn said(&self, signal: &Signal<'_>, vocabulary: &Vocabulary) -> Vec<(String, u64)> {
        let hash = |value: &dyn Fn(&mut Vec<u8>)| {
            let mut bytes = Vec::new();
            value(&mut bytes);
            self.hasher.0.hash_one(bytes)
        };
        let places: Vec<_> = signal.places.iter().collect();
        let of_places = |text: &dyn Fn(&Place<'_>) -> Vec<u8>| {
            let cells: Vec<Vec<u8>> = places.iter().map(text).collect();
            self.hasher.0.hash_one(cells)
        };
        let codes = |codes: &Codes| {
            self.hasher
                .0
                .hash_one(codes.mentions().collect::<Vec<u8>>())
        };
        let state =
            |state: Option<Jurisdiction>| state.map_or(Vec::new(), |state| state.code().into());
        let mut said = vec![
            (
                "case_id".to_owned(),
                hash(&|out| out.extend(signal.case_id.unwrap_or_default())),
            ),
            (
                "received".to_owned(),
                hash(&|out| out.extend(signal.received.to_string().bytes())),
            ),
            (
                "caller_state".to_owned(),
                hash(&|out| out.extend(state(signal.caller_state))),
            ),
            ("state".to_owned(), of_places(&|place| state(place.state))),
            (
                "county".to_owned(),
                of_places(&|place| place.county.to_vec()),
            ),
            ("city".to_owned(), of_places(&|place| place.city.to_vec())),
            ("zip".to_owned(), of_places(&|place| place.zip.to_vec())),
            (
                "latitude and longitude".to_owned(),
                of_places(&|place| format!("{:?}", place.coordinates).into_bytes()),
            ),
            ("sex_venue".to_owned(), codes(signal.sex_venues)),
            ("labor_venue".to_owned(), codes(signal.labor_venues)),
        ];
        let groups = vocabulary.groups().iter().zip(signal.groups.iter());
        said.extend(groups.map(|(group, of)| (group.column.clone(), codes(of))));
        said
    }

    /// Days that are more than a year after all others, and few.
    fn stray_days(&self) -> Option<(NaiveDate, u64)> {
        let mut behind = 0;
        let mut days = self.days.iter().rev().peekable();
        while let Some((day, count)) = days.next() {
            behind += count;
            let (before, _) = days.peek()?;
            if behind * MOST_STRAY > self.signals {
                return None;
            }
            if (*day - **before).num_days() > 366 {
                return Some((*day, behind));
            }
        }
        None
    }

    /// What was seen.
    pub fn finish(mut self) -> Survey {
        let suspicions = self.suspicions();
        let spanning = self.spanning();
        let mut problems: Vec<Problem> = self.problems.into_values().collect();
        problems.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.column.cmp(&b.column)));
        Survey {
            problems,
            duplicates: self.duplicates,
            first_duplicates: self.first_duplicates,
            differences: self.differences.into_values().collect(),
            are_victims: self.are_victims,
            cases: self.cases.len() as u64,
            spanning: spanning.len() as u64,
            first_spanning: spanning.into_iter().take(MOST_SHOWN).collect(),
            first_day: self.days.keys().next().copied(),
            last_day: self.days.keys().next_back().copied(),
            suspicions,
        }
    }

    /// The cases with places in several states, by their ids.
    fn spanning(&self) -> Vec<Spanning> {
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
        spanning
    }

    /// Possible mistakes: those in single rows with their lines, which are moved out of what was seen.
    fn suspicions(&mut self) -> Vec<Suspicion> {
        let mut suspicions = Vec::new();
        let of_lines = |suspicions: &mut Vec<Suspicion>, what: String, lines: &mut Vec<Line>| {
            suspicions.push(Suspicion {
                what,
                lines: std::mem::take(lines),
            });
        };
        if !self.crowded.is_empty() {
            let what = format!("a signal with {MANY_VICTIMS} victims or more");
            of_lines(&mut suspicions, what, &mut self.crowded);
        }
        let of_all = [self.busiest_case(), self.only_day(), self.days_far_off()];
        let of_all = of_all.into_iter().flatten().chain(self.repeated_files());
        suspicions.extend(of_all.map(|what| Suspicion {
            what,
            lines: Vec::new(),
        }));
        if self.alike_count > 0 {
            let what = format!(
                "{} the same as another except for letter case, leading zeros or Salesforce's forms of 15 \
                and 18 characters: are they the same?",
                counted(self.alike_count, "id")
            );
            of_lines(&mut suspicions, what, &mut self.first_alike);
        }
        if !self.early.is_empty() {
            let what = format!(
                "signals from before {}, when the hotline began",
                first_day()
            );
            of_lines(&mut suspicions, what, &mut self.early);
        }
        if self.stateless > 0 {
            let what = format!(
                "{} without a known state, so not on any sheet",
                counted(self.stateless, "signal")
            );
            of_lines(&mut suspicions, what, &mut self.first_stateless);
        }
        if !self.zero.is_empty() {
            let what = "places at 0 degrees north and 0 east, in the Atlantic".to_owned();
            of_lines(&mut suspicions, what, &mut self.zero);
        }
        suspicions
    }

    /// A case id with so many signals that it may not be one.
    fn busiest_case(&self) -> Option<String> {
        let busiest = self
            .cases
            .iter()
            .max_by(|a, b| a.1.signals.cmp(&b.1.signals).then(b.0.cmp(a.0)));
        let (id, case) = busiest?;
        let id = String::from_utf8_lossy(id);
        is_implausible(case.signals, self.signals).then(|| {
            format!(
                "{} signals about the case “{}”: is this the id of a case?",
                case.signals,
                id.escape_debug()
            )
        })
    }

    /// The day of all signals, if they all have the same one.
    fn only_day(&self) -> Option<String> {
        let (day, _) = self.days.first_key_value()?;
        (self.days.len() == 1 && self.signals >= ENOUGH_SIGNALS)
            .then(|| format!("all signals are dated {day}: is that the day of the export?"))
    }

    fn days_far_off(&self) -> Option<String> {
        let (day, count) = self.stray_days()?;
        Some(format!(
            "{} from {day} on, more than a year after all others: is the year right?",
            counted(count, "signal")
        ))
    }

    /// Files whose ids are all in an earlier file.
    fn repeated_files(&self) -> Vec<String> {
        let later = self.files.iter().skip(1);
        let repeated = later.filter(|seen| seen.repeated == seen.signals);
        repeated
            .map(|seen| {
                format!(
                    "all {} ids of {} are also in an earlier file: if each file numbers its own signals, \
                    make the ids different, for example with a prefix",
                    seen.signals,
                    escaped(&seen.name)
                )
            })
            .collect()
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
