//! Statistics that somebody else counted: reads a statistics table, the tidy CSV of an agency that holds
//! only totals (SPEC section 1).

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use super::results::rank_venues;
use super::statistics::{
    Calls, CaseCounts, CategoryCount, Group, Ledger, LedgerLine, LocatedCases, PlaceSource,
    Statistics, Unit, VenueCount, YearCounts,
};
use crate::failure::{Failure, Outcome, Position, nearest};
use crate::jurisdiction::Jurisdiction;
use crate::period::{Month, Period};
use crate::vocabulary::{List, Vocabulary};

/// The columns of a statistics table, in the order in which `stats --format csv` writes them.
pub const COLUMNS: [&str; 7] = [
    "state",
    "period_from",
    "period_to",
    "year",
    "figure",
    "category",
    "count",
];

/// Missing figures that a message names.
const MOST_NAMED: usize = 12;
const FIGURES_OF_CASES: [&str; 3] = ["period", "year", "located_year"];
const FIGURES_OF_MAP: [&str; 2] = ["points", "unlocated_cases"];
const FIGURES_OF_LEDGER: [&str; 6] = [
    "rows_read",
    "used",
    "outside_period",
    "other_state",
    "duplicate",
    "rejected",
];

/// Whether the first bytes of a file are the header of a statistics table.
pub fn is_statistics_table(start: &[u8]) -> bool {
    let line = start
        .split(|byte| matches!(byte, b'\n' | b'\r'))
        .next()
        .unwrap_or_default();
    let line = String::from_utf8_lossy(line).to_lowercase();
    let names: BTreeSet<&str> = line
        .split(',')
        .map(|name| name.trim_matches(|c: char| c == '"' || c == '\u{feff}' || c.is_whitespace()))
        .collect();
    COLUMNS.iter().all(|column| names.contains(column))
}

/// The figures of statistics tables.
pub struct Totals<'v> {
    vocabulary: &'v Vocabulary,
    period: Period,
    figures: BTreeMap<(Jurisdiction, String, String), Figure>,
    /// Figures of any year, whatever the period that they stand with: the trend's.
    of_years: BTreeMap<(Jurisdiction, i32, String), Figure>,
    /// What periods and years the tables speak of.
    others: BTreeSet<(String, String, String)>,
    first_file: Option<String>,
}

struct Figure {
    count: u64,
    position: Position,
}

impl<'v> Totals<'v> {
    /// No figure yet; those of another period or year than this one are passed over.
    pub fn new(vocabulary: &'v Vocabulary, period: Period) -> Self {
        Totals {
            vocabulary,
            period,
            figures: BTreeMap::new(),
            of_years: BTreeMap::new(),
            others: BTreeSet::new(),
            first_file: None,
        }
    }

    /// Takes in a table.
    ///
    /// # Errors
    /// With file, line and field: a row that can't be read, an unknown state or figure, a count that is
    /// no whole number or is already protected, a figure that stands twice.
    pub fn read(&mut self, file: &str, source: impl Read) -> Outcome<()> {
        self.first_file.get_or_insert_with(|| file.to_owned());
        let mut table = csv::Reader::from_reader(source);
        let unreadable = |error: &csv::Error| {
            let line = error.position().map(csv::Position::line);
            let position = match line {
                Some(line) => Position::line(file, line, None),
                None => Position::file(file),
            };
            Failure::data(format!("no row of a statistics table: {error}")).at(position)
        };
        let header = table.headers().map_err(|error| unreadable(&error))?.clone();
        let field = |name: &str| {
            header
                .iter()
                .position(|found| found.trim().eq_ignore_ascii_case(name))
                .ok_or_else(|| {
                    Failure::data(format!("the column `{name}` is missing"))
                        .at(Position::line(file, 1, None))
                })
        };
        let fields: Vec<usize> = COLUMNS
            .iter()
            .map(|name| field(name))
            .collect::<Outcome<_>>()?;
        for row in table.records() {
            let row = row.map_err(|error| unreadable(&error))?;
            let line = row.position().map_or(0, csv::Position::line);
            let cell = |column: usize| row.get(fields[column]).unwrap_or_default().trim();
            let at = |column: usize| Position::line(file, line, Some(fields[column] as u64 + 1));
            let Some(state) = Jurisdiction::from_code_or_name(cell(0)) else {
                return Err(
                    Failure::data(format!("“{}” is no state", cell(0).escape_debug())).at(at(0)),
                );
            };
            let month = |column: usize| {
                cell(column)
                    .parse::<Month>()
                    .map_err(|message| Failure::data(message).at(at(column)))
            };
            let (from, to) = (month(1)?, month(2)?);
            let year: i32 = cell(3).parse().map_err(|_| {
                Failure::data(format!("“{}” is no year", cell(3).escape_debug())).at(at(3))
            })?;
            let (figure, category) = (cell(4), cell(5));
            if figure == "calls" || (figure, category) == ("cases", "year") {
                let name = format!("{figure}.{category}");
                self.note_year(state, year, name, cell(6), at(6))?;
            }
            if (from, to, year) != (self.period.from, self.period.to, self.period.year) {
                self.others
                    .insert((from.to_string(), to.to_string(), year.to_string()));
                continue;
            }
            self.check_name(figure, category)
                .map_err(|failure| failure.at(at(5)))?;
            let count = count(cell(6)).map_err(|failure| failure.at(at(6)))?;
            let key = (state, figure.to_owned(), category.to_owned());
            let position = at(6);
            if self
                .figures
                .insert(key, Figure { count, position })
                .is_some()
            {
                return Err(
                    Failure::data(format!("{figure}.{category} of {state} stands twice"))
                        .at(at(6))
                        .remedy("keep the one that is right"),
                );
            }
        }
        Ok(())
    }

    /// The statistics of some states. They have no places, so the map is not shaded.
    ///
    /// # Errors
    /// Figures that are missing, by name, and sums that don't fit their parts.
    pub fn statistics(&self, states: &[Jurisdiction], unit: Unit) -> Outcome<Vec<Statistics>> {
        let has = |state: &&Jurisdiction| self.figures.keys().any(|(of, ..)| of == *state);
        let present: Vec<Jurisdiction> = states.iter().filter(has).copied().collect();
        if present.is_empty() {
            return Err(self.nothing_wanted(states));
        }
        present
            .iter()
            .map(|state| self.of_state(*state, unit))
            .collect()
    }

    /// Keeps a figure that does not depend on the period: it must be the same with every period.
    fn note_year(
        &mut self,
        state: Jurisdiction,
        year: i32,
        name: String,
        cell: &str,
        position: Position,
    ) -> Outcome<()> {
        let count = count(cell).map_err(|failure| failure.at(position.clone()))?;
        let message = format!("{name} of {state} in {year} is {count}");
        let known = self
            .of_years
            .entry((state, year, name))
            .or_insert_with(|| Figure {
                count,
                position: position.clone(),
            });
        if known.count == count {
            return Ok(());
        }
        Err(Failure::data(format!(
            "{message}, but {} where it stands with another period ({})",
            known.count, known.position
        ))
        .at(position)
        .remedy("a year's cases and calls are the same in every period; keep the numbers that are right"))
    }

    /// Cases and calls of each whole year of the period; none unless the tables have all of them.
    fn years(&self, state: Jurisdiction) -> Vec<YearCounts> {
        let of_year = |year: i32| {
            let get = |name: &str| {
                let key = (state, year, name.to_owned());
                self.of_years.get(&key).map(|figure| figure.count)
            };
            let calls = self.vocabulary.call_type.entries().iter();
            let types = calls
                .filter(|entry| entry.substantive)
                .map(|entry| {
                    let count = get(&format!("calls.{}", entry.key))?;
                    let key = entry.key.clone();
                    Some(CategoryCount { key, count })
                })
                .collect::<Option<Vec<_>>>()?;
            Some(YearCounts {
                year,
                cases: get("cases.year")?,
                calls: Calls {
                    total: sum(types.iter().map(|call_type| call_type.count)),
                    types,
                    non_substantive: get("calls.non_substantive").unwrap_or(0),
                },
            })
        };
        let years: Option<Vec<_>> = self.period.whole_years().map(of_year).collect();
        years.unwrap_or_default()
    }

    fn of_state(&self, state: Jurisdiction, unit: Unit) -> Outcome<Statistics> {
        let mut missing = Vec::new();
        let mut needed = |figure: &str, category: &str| {
            let count = self.get(state, figure, category);
            if count.is_none() {
                missing.push(format!("{figure}.{category}"));
            }
            count.unwrap_or(0)
        };
        let (period, year) = (needed("cases", "period"), needed("cases", "year"));
        let demographics: Vec<Group> = self
            .vocabulary
            .demographics()
            .iter()
            .map(|(key, list)| Group {
                key: (*key).to_owned(),
                categories: list
                    .entries()
                    .iter()
                    .map(|entry| CategoryCount {
                        key: entry.key.clone(),
                        count: needed(key, &entry.key),
                    })
                    .collect(),
            })
            .collect();
        let calls = self.vocabulary.call_type.entries().iter();
        let types: Vec<CategoryCount> = calls
            .filter(|entry| entry.substantive)
            .map(|entry| CategoryCount {
                key: entry.key.clone(),
                count: needed("calls", &entry.key),
            })
            .collect();
        let non_substantive = needed("calls", "non_substantive");
        if !missing.is_empty() {
            return Err(self.missing(state, &missing));
        }
        let total = sum(types.iter().map(|call_type| call_type.count));
        self.agrees(
            state,
            "calls",
            "total",
            total,
            "the sum of the types of calls",
        )?;
        let years = self.years(state);
        let in_years = sum(years.iter().map(|counts| counts.cases));
        if in_years > period {
            self.agrees(
                state,
                "cases",
                "period",
                in_years,
                "the sum of its whole years",
            )?;
        }
        let unlocated = self.get(state, "map", "unlocated_cases");
        let located = self
            .get(state, "cases", "located_year")
            .or(unlocated.map(|unlocated| year.saturating_sub(unlocated)));
        let source = match located {
            None => PlaceSource::Nothing,
            Some(_) => PlaceSource::Numbers {
                points: self.get(state, "map", "points"),
            },
        };
        let located_year = located.unwrap_or(0);
        let unlocated_cases = year.saturating_sub(located_year);
        self.agrees(
            state,
            "map",
            "unlocated_cases",
            unlocated_cases,
            "cases.year less cases.located_year",
        )?;
        if located_year > year {
            self.agrees(state, "cases", "located_year", year, "at most cases.year")?;
        }
        let ledger = |category| self.get(state, "ledger", category).unwrap_or(0);
        let total_line = LedgerLine {
            rows_read: ledger("rows_read"),
            used: ledger("used"),
            outside_period: ledger("outside_period"),
            other_state: ledger("other_state"),
            duplicate: ledger("duplicate"),
            rejected: ledger("rejected"),
        };
        let parts = [
            total_line.used,
            total_line.outside_period,
            total_line.other_state,
            total_line.duplicate,
            total_line.rejected,
        ];
        self.agrees(
            state,
            "ledger",
            "rows_read",
            sum(parts),
            "the sum of the other lines",
        )?;
        Ok(Statistics {
            years,
            of_all_in_year: None,
            state,
            period: self.period,
            unit,
            cases: CaseCounts {
                period,
                year,
                located_year,
            },
            demographics,
            sex_venues: self.venues(state, "venues.sex", &self.vocabulary.sex_venue),
            labor_venues: self.venues(state, "venues.labor", &self.vocabulary.labor_venue),
            calls: Calls {
                types,
                total,
                non_substantive,
            },
            map: LocatedCases {
                points: Vec::new(),
                unlocated_cases,
                outside_points: 0,
                source,
            },
            ledger: Ledger {
                files: Vec::new(),
                total: total_line,
            },
        })
    }

    fn get(&self, state: Jurisdiction, figure: &str, category: &str) -> Option<u64> {
        let key = (state, figure.to_owned(), category.to_owned());
        self.figures.get(&key).map(|figure| figure.count)
    }

    /// A venue that is not in the table has no case.
    fn venues(&self, state: Jurisdiction, figure: &str, list: &List) -> Vec<VenueCount> {
        let counts: Vec<u64> = list
            .entries()
            .iter()
            .map(|entry| self.get(state, figure, &entry.key).unwrap_or(0))
            .collect();
        rank_venues(list, &counts)
    }

    /// A figure that follows from others may be left out, but not contradict them.
    fn agrees(
        &self,
        state: Jurisdiction,
        figure: &str,
        category: &str,
        expected: u64,
        what: &str,
    ) -> Outcome<()> {
        let key = (state, figure.to_owned(), category.to_owned());
        match self.figures.get(&key) {
            Some(found) if found.count != expected => Err(Failure::data(format!(
                "{figure}.{category} of {state} is {}, but {what} is {expected}",
                found.count
            ))
            .at(found.position.clone())
            .remedy("mend one of them, or leave this row out: it follows from the others")),
            _ => Ok(()),
        }
    }

    fn check_name(&self, figure: &str, category: &str) -> Outcome<()> {
        let keys = |list: &'v List| -> Vec<&'v str> {
            list.entries()
                .iter()
                .map(|entry| entry.key.as_str())
                .collect()
        };
        let mut known: Vec<(&str, Vec<&str>)> = vec![
            ("cases", FIGURES_OF_CASES.to_vec()),
            ("venues.sex", keys(&self.vocabulary.sex_venue)),
            ("venues.labor", keys(&self.vocabulary.labor_venue)),
            ("map", FIGURES_OF_MAP.to_vec()),
            ("ledger", FIGURES_OF_LEDGER.to_vec()),
        ];
        // What `stats --trend` writes; how it is to be protected, it can't tell: the years' own rows do.
        let is_year = category.parse::<i32>().is_ok();
        if ["trend.cases", "trend.signals"].contains(&figure) && is_year {
            return Ok(());
        }
        known.extend(
            self.vocabulary
                .demographics()
                .map(|(key, list)| (key, keys(list))),
        );
        let mut calls: Vec<&str> = vec!["total", "non_substantive"];
        let substantive = self.vocabulary.call_type.entries().iter();
        calls.extend(
            substantive
                .filter(|entry| entry.substantive)
                .map(|entry| entry.key.as_str()),
        );
        known.push(("calls", calls));
        let found = known.iter().find(|(name, _)| *name == figure);
        let (what, wrong, right): (_, _, Vec<&str>) = match found {
            Some((_, categories)) if categories.contains(&category) => return Ok(()),
            Some((_, categories)) => ("category", category, categories.clone()),
            None => (
                "figure",
                figure,
                known.iter().map(|(name, _)| *name).collect(),
            ),
        };
        let failure = Failure::data(format!("unknown {what} “{}”", wrong.escape_debug()));
        Err(match nearest(wrong, right.iter().copied()) {
            Some(near) => failure.remedy(format!("did you mean `{near}`?")),
            None => failure.remedy(format!("one of these is expected: {}", right.join(", "))),
        })
    }

    fn missing(&self, state: Jurisdiction, missing: &[String]) -> Failure {
        let named = missing.iter().take(MOST_NAMED).cloned().collect::<Vec<_>>();
        let more = match missing.len() - named.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        Failure::data(format!(
            "{} of the figures of {state} are missing: {}{more}",
            missing.len(),
            named.join(", ")
        ))
        .at(Position::file(self.first_file.clone().unwrap_or_default()))
        .remedy("every category needs a row; write 0 where there is none")
    }

    fn nothing_wanted(&self, states: &[Jurisdiction]) -> Failure {
        let Period { from, to, year } = self.period;
        let whom = match states {
            [only] => only.name(),
            _ => "any state",
        };
        let failure = Failure::data(format!(
            "no figure of {whom} for {from} to {to} and the year {year}"
        ))
        .at(Position::file(self.first_file.clone().unwrap_or_default()));
        let others: Vec<String> = self
            .others
            .iter()
            .take(MOST_NAMED)
            .map(|(from, to, year)| format!("--from {from} --to {to} --year {year}"))
            .collect();
        match others.is_empty() {
            true => failure.remedy("choose another --state, or other data"),
            false => failure.remedy(format!("the table has: {}", others.join("; "))),
        }
    }
}

/// A count of a table that a person may have made.
fn count(text: &str) -> Outcome<u64> {
    let is_protected = text.starts_with('<') || text.eq_ignore_ascii_case("hidden");
    if is_protected {
        return Err(Failure::data(format!("“{text}” is a number that is hidden already"))
            .remedy("give exact counts, as `stats --internal --format csv` writes them; small ones are hidden in what is made of them"));
    }
    // Numbers of engines that know no whole ones.
    let whole = text.strip_suffix(".0").unwrap_or(text);
    whole
        .parse::<u64>()
        .ok()
        .filter(|count| *count <= u64::from(u32::MAX))
        .ok_or_else(|| {
            Failure::data(format!("“{}” is no count", text.escape_debug()))
                .remedy("write a whole number from 0 on, without commas or points")
        })
}

/// Counts are small enough for their sums to be counts.
fn sum(counts: impl IntoIterator<Item = u64>) -> u64 {
    counts.into_iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::heat::Shading;
    use crate::read::{RejectsWriter, SignalReader};
    use crate::tally::Tally;
    use crate::{protect, report};

    fn period() -> Period {
        Period {
            from: "2012-12".parse().unwrap(),
            to: "2016-12".parse().unwrap(),
            year: 2016,
        }
    }

    fn nm() -> Jurisdiction {
        Jurisdiction::from_code("NM").unwrap()
    }

    fn totals(text: &str) -> Result<Statistics, String> {
        let vocabulary = Vocabulary::embedded();
        let mut totals = Totals::new(&vocabulary, period());
        totals
            .read("t.csv", text.as_bytes())
            .and_then(|()| totals.statistics(&[nm()], Unit::Cases))
            .map(|mut all| all.remove(0))
            .map_err(|failure| failure.to_string())
    }

    /// The statistics of the bundled sample, and the table that is written of them.
    fn of_sample() -> (Statistics, String) {
        let vocabulary = Vocabulary::embedded();
        let mut tally = Tally::new(&vocabulary, period(), Unit::Cases);
        let text = include_str!("../../input/signals.csv");
        let mut reader = SignalReader::open("s.csv", text.as_bytes(), &vocabulary).unwrap();
        let mut rejects = RejectsWriter::new(|| Ok(Vec::new()));
        tally.read(&mut reader, &mut rejects).unwrap();
        let statistics = tally.statistics(&[nm()]).remove(0);
        let published = protect::publish(&statistics, 5, true, Shading::default());
        let table = report::csv(&[published]);
        (statistics, table)
    }

    #[test]
    fn the_table_that_stats_writes_is_read_back_to_the_same_figures() {
        let (counted, table) = of_sample();
        assert!(is_statistics_table(table.as_bytes()), "{table}");
        let read = totals(&table).unwrap();
        assert_eq!(read.cases, counted.cases);
        assert_eq!(read.demographics, counted.demographics);
        assert_eq!(read.calls, counted.calls);
        assert_eq!(read.sex_venues[..], counted.sex_venues[..5]);
        assert_eq!(read.labor_venues[..], counted.labor_venues[..5]);
        assert_eq!(read.ledger.total, counted.ledger.total);
        assert_eq!(read.map.unlocated_cases, counted.map.unlocated_cases);
        assert!(read.map.points.is_empty());
        assert_eq!(read.map.point_count(), counted.map.points.len() as u64);
        // What is made of it is protected as ever.
        let published = protect::publish(&read, 5, false, Shading::default());
        let again = report::csv(&[published]);
        assert!(totals(&again).is_ok() || again.contains('<') || again.contains("hidden"));
    }

    #[test]
    fn small_counts_of_a_table_are_hidden() {
        let (_, table) = of_sample();
        let table = table.replace("gender,gender_minority,0", "gender,gender_minority,3");
        let published = protect::publish(&totals(&table).unwrap(), 5, false, Shading::default());
        let minority = &published.demographics[1].categories[2];
        assert_eq!(minority.count.to_string(), "<5");
    }

    #[test]
    fn missing_figures_are_named() {
        let (_, table) = of_sample();
        let less: String = table
            .lines()
            .filter(|line| !line.contains("gender,male") && !line.contains("calls,other"))
            .map(|line| format!("{line}\n"))
            .collect();
        let failure = totals(&less).unwrap_err();
        assert!(
            failure.starts_with(
                "t.csv: 2 of the figures of NM are missing: gender.male, calls.other\n"
            ),
            "{failure}"
        );
        // Venues, the ledger and sums may be left out.
        let least: String = table
            .lines()
            .filter(|line| {
                !["venues", "ledger", "map", "calls,total", "located"]
                    .iter()
                    .any(|word| line.contains(word))
            })
            .map(|line| format!("{line}\n"))
            .collect();
        let read = totals(&least).unwrap();
        assert_eq!(
            (read.cases.located_year, read.map.unlocated_cases),
            (0, read.cases.year)
        );
        assert_eq!(read.map.source, PlaceSource::Nothing);
        // What one of the map's figures tells of the others is known.
        let without = |figure: &str| {
            let lines = table.lines().filter(|line| !line.contains(figure));
            totals(&lines.map(|line| format!("{line}\n")).collect::<String>()).unwrap()
        };
        let (counted, _) = of_sample();
        let read = without("located_year");
        assert_eq!(read.cases.located_year, counted.cases.located_year);
        let read = without("map,points");
        assert_eq!(read.map.source, PlaceSource::Numbers { points: None });
    }

    #[test]
    fn years_come_from_the_rows_of_their_own_sheets() {
        let (_, table) = of_sample();
        let with_years = |numbers: [u64; 4]| {
            let mut whole = table.clone();
            for (year, cases) in (2013..).zip(numbers).take(3) {
                let lines = table.lines().skip(1).map(|line| {
                    let line = line.replace(
                        ",2012-12,2016-12,2016,",
                        &format!(",2010-01,{year}-12,{year},"),
                    );
                    match line.contains("cases,year") {
                        true => format!("NM,2010-01,{year}-12,{year},cases,year,{cases},\n"),
                        false => format!("{line}\n"),
                    }
                });
                whole.extend(lines);
            }
            whole
        };
        let read = totals(&with_years([30, 31, 32, 0])).unwrap();
        let years: Vec<_> = read
            .years
            .iter()
            .map(|year| (year.year, year.cases))
            .collect();
        assert_eq!(
            years,
            [(2013, 30), (2014, 31), (2015, 32), (2016, read.cases.year)]
        );
        assert_eq!(read.years[1].calls.total, read.calls.total);
        assert!(totals(&table).unwrap().years.is_empty());
        // More cases in the years than in the period, and two numbers for one year.
        let failure = totals(&with_years([300, 31, 32, 0])).unwrap_err();
        assert!(failure.contains("the sum of its whole years"), "{failure}");
        let twice = format!(
            "{}NM,2000-01,2014-12,2014,cases,year,7,\n",
            with_years([30, 31, 32, 0])
        );
        let failure = totals(&twice).unwrap_err();
        assert!(
            failure.contains(
                "cases.year of NM in 2014 is 7, but 31 where it stands with another period (t.csv:"
            ),
            "{failure}"
        );
        // A trend that was published before is no source of another.
        let published = format!("{table}NM,2012-12,2016-12,2016,trend.cases,2013,30,\n");
        assert!(totals(&published).unwrap().years.is_empty());
    }

    #[test]
    fn mistakes_are_told_where_they_are() {
        let header = "state,period_from,period_to,year,figure,category,count\n";
        let row =
            |row: &str| totals(&format!("{header}NM,2012-12,2016-12,2016,{row}\n")).unwrap_err();
        for (text, message) in [
            (
                "gender,femal,3",
                "t.csv:2:6: unknown category “femal”\n  help: did you mean `female`?",
            ),
            (
                "genders,female,3",
                "t.csv:2:6: unknown figure “genders”\n  help: did you mean `gender`?",
            ),
            (
                "gender,female,<5",
                "t.csv:2:7: “<5” is a number that is hidden already",
            ),
            ("gender,female,-3", "t.csv:2:7: “-3” is no count"),
            ("gender,female,\"1,000\"", "t.csv:2:7: “1,000” is no count"),
            ("gender,female", "t.csv:2: no row of a statistics table"),
        ] {
            let found = row(text);
            assert!(found.starts_with(message), "{found}");
        }
        let (_, table) = of_sample();
        let twice = format!("{table}{}\n", table.lines().nth(1).unwrap());
        assert!(totals(&twice).unwrap_err().contains("stands twice"));
        let other_year = table.replace(",2016,", ",2015,");
        let failure = totals(&other_year).unwrap_err();
        assert!(
            failure.contains("the table has: --from 2012-12 --to 2016-12 --year 2015"),
            "{failure}"
        );
        let wrong_sum = table.replace("calls,total,1", "calls,total,2");
        assert!(
            totals(&wrong_sum)
                .unwrap_err()
                .contains("the sum of the types of calls is")
        );
    }
}
