//! The plan file of a sample with targets, checked: whatever passes here can be made.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::row::Day;
use super::shares::{List, Shares, involves_labor, involves_sex};
use super::towns::Towns;
use super::{check_months, first_day, last_day};
use crate::failure::{Failure, Outcome, Position, nearest};
use crate::jurisdiction::Jurisdiction;
use crate::period::Month;
use crate::toml_file;

/// A sample with targets is made in memory.
const MOST_ROWS: usize = 5_000_000;

/// Numbers that counting must find in the sample.
#[derive(Clone, Debug)]
pub struct Targets {
    pub(super) seed: u64,
    pub(super) home: Towns,
    pub(super) other_states: Vec<Jurisdiction>,
    /// First and last day.
    pub(super) period: (Day, Day),
    /// First and last day; within the period.
    pub(super) year: (Day, Day),
    pub(super) cases: Cases,
    /// For each trafficking type; together, all cases of the period.
    pub(super) trafficking_types: Vec<usize>,
    pub(super) sex_venues: Spread,
    pub(super) labor_venues: Spread,
    /// Citizenship, gender, age.
    pub(super) demographics: [Spread; 3],
    /// Cases of the year for each town in `home`.
    pub(super) map: Spread,
    /// Substantive signals of the year for each call type.
    pub(super) calls: Vec<usize>,
    /// How many of `calls` are about a case.
    pub(super) calls_about_cases: usize,
    /// Non-substantive signals of the year.
    pub(super) non_substantive: usize,
    pub(super) rows: Rows,
    /// Signals of other states.
    pub(super) rows_of_other_states: usize,
}

/// Cases that each mention at least one of some categories.
#[derive(Clone, Debug)]
pub(super) struct Spread {
    pub(super) cases: usize,
    /// Cases for each category: none more than `cases`, and all together at least as many.
    pub(super) counts: Vec<usize>,
}

/// See `nm.toml`.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cases {
    pub(super) period: usize,
    pub(super) year: usize,
    pub(super) without_demographics: usize,
    pub(super) reaching_other_states: usize,
}

/// See `nm.toml`.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rows {
    pub(super) total: usize,
    pub(super) follow_ups: usize,
    pub(super) calls: usize,
    pub(super) non_substantive: usize,
    pub(super) outside_period: usize,
    pub(super) duplicates: usize,
    pub(super) rejected: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    state: Spanned<String>,
    seed: u64,
    from: Spanned<String>,
    to: Spanned<String>,
    year: Spanned<i32>,
    other_states: Vec<Spanned<String>>,
    cases: Spanned<Cases>,
    trafficking_types: Spanned<Counts>,
    citizenship: Spanned<Mentions>,
    gender: Spanned<Mentions>,
    age: Spanned<Mentions>,
    sex_venues: Spanned<Mentions>,
    labor_venues: Spanned<Mentions>,
    map: Spanned<Mentions>,
    calls: Spanned<Calls>,
    rows: Spanned<Rows>,
}

type Counts = BTreeMap<Spanned<String>, usize>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Mentions {
    cases: usize,
    #[serde(default)]
    counts: Counts,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Calls {
    about_cases: usize,
    non_substantive: usize,
    counts: Counts,
}

/// Says where the plan file is wrong.
struct Checker<'a> {
    file_name: &'a str,
    text: &'a str,
}

impl Targets {
    /// # Errors
    /// What is wrong with the file, and where.
    pub(super) fn from_toml(file_name: &str, text: &str) -> Outcome<Targets> {
        let shares = Shares::bundled()?;
        // Like the loader, so that both count the same bytes.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let file: File = toml_file::load(file_name, text)?;
        let checker = Checker { file_name, text };
        let (period, year) = checker.times(&file)?;
        let state = checker.state(&file.state)?;
        let other_states = checker.other_states(&file.other_states, state)?;
        let home = Towns::of(state);

        let cases = *file.cases.get_ref();
        checker.check_cases(&file, period != year)?;
        let types = file.trafficking_types.get_ref();
        let trafficking_types = checker.by_position(types, &shares.trafficking_types)?;
        checker.require(
            &file.trafficking_types,
            sum(trafficking_types.iter().copied()) == cases.period,
            format!(
                "the trafficking types must add up to the {} cases of the period",
                cases.period
            ),
        )?;
        let demographics = checker.demographics(&file, &shares)?;
        let [sex_venues, labor_venues] = checker.venues(&file, &shares, &trafficking_types)?;
        let map = checker.spread(
            &file.map,
            (cases.year, "cases of the year"),
            home.towns.len(),
            |name| position_of_town(&home, name),
        )?;
        let calls = checker.calls(&file, &shares)?;
        let call_targets = file.calls.get_ref();
        let rows = *file.rows.get_ref();
        let spoken_for = checker.rows_spoken_for(&file, &calls)?;
        let needs_others = spoken_for < rows.total || cases.reaching_other_states > 0;
        checker.require(
            &file.rows,
            !needs_others || !other_states.is_empty(),
            "name some `other_states`: there are signals left for them",
        )?;
        Ok(Targets {
            seed: file.seed,
            home,
            other_states,
            period,
            year,
            cases,
            trafficking_types,
            sex_venues,
            labor_venues,
            demographics,
            map,
            calls,
            calls_about_cases: call_targets.about_cases,
            non_substantive: call_targets.non_substantive,
            rows,
            rows_of_other_states: rows.total - spoken_for,
        })
    }
}

/// Without overflow: a huge sum is above any limit.
fn sum(numbers: impl IntoIterator<Item = usize>) -> usize {
    numbers.into_iter().fold(0, usize::saturating_add)
}

fn position_of_town(home: &Towns, name: &str) -> Outcome<usize> {
    let mut towns = home.towns.iter();
    if let Some(position) = towns.position(|town| town.name.eq_ignore_ascii_case(name)) {
        return Ok(position);
    }
    let failure = Failure::data(format!(
        "“{name}” is not among the main towns of {}",
        home.state.name()
    ));
    Err(
        match nearest(name, home.towns.iter().map(|town| town.name.as_str())) {
            Some(near) => failure.remedy(format!("write “{near}” if that is meant")),
            None => failure.remedy("choose a larger town nearby"),
        },
    )
}

impl Checker<'_> {
    fn at<T>(&self, value: &Spanned<T>) -> Position {
        Position::in_text(self.file_name, self.text, value.span().start)
    }

    fn require<T>(
        &self,
        place: &Spanned<T>,
        holds: bool,
        message: impl Into<String>,
    ) -> Outcome<()> {
        if holds {
            Ok(())
        } else {
            Err(Failure::data(message).at(self.at(place)))
        }
    }

    /// The period's and the year's first and last day.
    fn times(&self, file: &File) -> Outcome<((Day, Day), (Day, Day))> {
        let month = |text: &Spanned<String>| {
            let month = text.get_ref().parse::<Month>();
            month.map_err(|message| Failure::data(message).at(self.at(text)))
        };
        let (from, to) = (month(&file.from)?, month(&file.to)?);
        let year = *file.year.get_ref();
        let month_of_year = |month| Month { year, month };
        check_months(from, to).map_err(|failure| failure.at(self.at(&file.to)))?;
        self.require(
            &file.year,
            from <= month_of_year(1) && month_of_year(12) <= to,
            format!("the period, {from} to {to}, must contain the whole year {year}"),
        )?;
        Ok((
            (first_day(from), last_day(to)),
            (first_day(month_of_year(1)), last_day(month_of_year(12))),
        ))
    }

    /// Whether there can be this many cases of each kind.
    fn check_cases(&self, file: &File, has_other_days: bool) -> Outcome<()> {
        let cases = file.cases.get_ref();
        self.require(
            &file.cases,
            cases.year <= cases.period,
            "there can't be more cases in the year than in the period",
        )?;
        self.require(
            &file.cases,
            cases.reaching_other_states <= cases.period
                && cases.without_demographics <= cases.period,
            "there can't be more cases of a kind than in the period",
        )?;
        self.require(
            &file.cases,
            cases.year == cases.period || has_other_days,
            "the period has no day outside the year, so all its cases must be the year's",
        )
    }

    fn demographics(&self, file: &File, shares: &Shares) -> Outcome<[Spread; 3]> {
        let cases = file.cases.get_ref();
        let told = cases.period - cases.without_demographics;
        let of_list = |mentions, list: &List| {
            let eligible = (told, "cases with demographics");
            self.spread(mentions, eligible, list.keys.len(), |key| {
                list.position(key)
            })
        };
        let [citizenships, genders, ages] = &shares.demographics;
        Ok([
            of_list(&file.citizenship, citizenships)?,
            of_list(&file.gender, genders)?,
            of_list(&file.age, ages)?,
        ])
    }

    /// Sex and labor trafficking venues, each among the cases of such a type.
    fn venues(
        &self,
        file: &File,
        shares: &Shares,
        trafficking_types: &[usize],
    ) -> Outcome<[Spread; 2]> {
        let of_type = |involves: fn(&str) -> bool| {
            let keys = shares.trafficking_types.keys.iter();
            let counts = keys.zip(trafficking_types);
            sum(counts
                .filter(|(key, _)| involves(key))
                .map(|(_, count)| *count))
        };
        let (sex, labor) = (&shares.sex_venues, &shares.labor_venues);
        Ok([
            self.spread(
                &file.sex_venues,
                (of_type(involves_sex), "cases of sex trafficking"),
                sex.keys.len(),
                |key| sex.position(key),
            )?,
            self.spread(
                &file.labor_venues,
                (of_type(involves_labor), "cases of labor trafficking"),
                labor.keys.len(),
                |key| labor.position(key),
            )?,
        ])
    }

    /// Substantive signals of the year for each call type.
    fn calls(&self, file: &File, shares: &Shares) -> Outcome<Vec<usize>> {
        let cases = file.cases.get_ref();
        let targets = file.calls.get_ref();
        let calls = self.by_position(&targets.counts, &shares.call_types)?;
        for (position, count) in calls.iter().enumerate() {
            self.require(
                &file.calls,
                *count == 0 || shares.substantive[position],
                format!(
                    "“{}” is not substantive: it belongs to `non_substantive`",
                    shares.call_types.keys[position]
                ),
            )?;
        }
        let all_calls = sum(calls.iter().copied());
        self.require(
            &file.calls,
            (cases.year..=all_calls).contains(&targets.about_cases),
            format!(
                "`about_cases` must be between the {} cases of the year, which have a signal in it \
                 each, and the {all_calls} calls",
                cases.year
            ),
        )?;
        self.require(
            &file.calls,
            targets.about_cases == 0 || cases.year > 0,
            "there can't be calls about cases in a year without cases",
        )?;
        Ok(calls)
    }

    /// How many rows the plan specifies: the others are about other states.
    fn rows_spoken_for(&self, file: &File, calls: &[usize]) -> Outcome<usize> {
        let (cases, rows) = (file.cases.get_ref(), file.rows.get_ref());
        self.require(
            &file.rows,
            rows.total <= MOST_ROWS,
            format!("a sample with targets has at most {MOST_ROWS} rows"),
        )?;
        self.require(
            &file.rows,
            rows.follow_ups == 0 || cases.period > 0,
            "there can't be follow-ups without cases",
        )?;
        let spoken_for = sum([
            cases.period - cases.year,
            sum(calls.iter().copied()),
            file.calls.get_ref().non_substantive,
            cases.reaching_other_states,
            rows.follow_ups,
            rows.calls,
            rows.non_substantive,
            rows.outside_period,
            rows.duplicates,
            rows.rejected,
        ]);
        self.require(
            &file.rows,
            spoken_for <= rows.total,
            format!(
                "{} rows aren't enough: the plan asks for {spoken_for}",
                rows.total
            ),
        )?;
        self.require(
            &file.rows,
            rows.duplicates == 0 || rows.duplicates + rows.rejected < rows.total,
            "there is nothing to duplicate",
        )?;
        Ok(spoken_for)
    }

    fn state(&self, code: &Spanned<String>) -> Outcome<Jurisdiction> {
        Jurisdiction::from_code(code.get_ref()).ok_or_else(|| {
            Failure::data(format!("“{}” isn't a state", code.get_ref()))
                .at(self.at(code))
                .remedy("write its two letters, as in NM")
        })
    }

    fn other_states(
        &self,
        codes: &[Spanned<String>],
        home: Jurisdiction,
    ) -> Outcome<Vec<Jurisdiction>> {
        let mut states = Vec::new();
        for code in codes {
            let state = self.state(code)?;
            self.require(
                code,
                state != home,
                format!("{state} is the plan's own state"),
            )?;
            self.require(
                code,
                !states.contains(&state),
                format!("{state} is named twice"),
            )?;
            states.push(state);
        }
        Ok(states)
    }

    /// Converts counts by key to counts by position in the vocabulary.
    fn by_position(&self, counts: &Counts, list: &List) -> Outcome<Vec<usize>> {
        self.positions(counts, list.keys.len(), |key| list.position(key))
    }

    fn positions(
        &self,
        counts: &Counts,
        length: usize,
        find: impl Fn(&str) -> Outcome<usize>,
    ) -> Outcome<Vec<usize>> {
        let mut by_position = vec![0; length];
        let mut named = vec![false; length];
        for (key, count) in counts {
            let position = find(key.get_ref()).map_err(|failure| failure.at(self.at(key)))?;
            self.require(
                key,
                !named[position],
                format!("“{}” is named twice", key.get_ref()),
            )?;
            named[position] = true;
            by_position[position] = *count;
        }
        Ok(by_position)
    }

    /// Checks that cases can be found that mention the categories this often; `eligible` says how many there are and
    /// what they are.
    fn spread(
        &self,
        mentions: &Spanned<Mentions>,
        (eligible, eligible_name): (usize, &str),
        length: usize,
        find: impl Fn(&str) -> Outcome<usize>,
    ) -> Outcome<Spread> {
        let Mentions { cases, counts } = mentions.get_ref();
        let cases = *cases;
        for (key, count) in counts {
            self.require(
                key,
                *count <= cases,
                format!("{count} cases can't mention it: only {cases} mention any"),
            )?;
        }
        let counts = self.positions(counts, length, find)?;
        let all = sum(counts.iter().copied());
        self.require(
            mentions,
            cases <= all,
            format!("{cases} cases can't share {all} mentions: each must have one"),
        )?;
        self.require(
            mentions,
            cases <= eligible,
            format!("{cases} cases are too many: there are {eligible} {eligible_name}"),
        )?;
        Ok(Spread { cases, counts })
    }
}
