//! Reads sheets from the JSON of statistics, of this version's schema and of the first.

use serde_json::Value;

use super::sheet::{Counted, Ledger, Printed, Sheet, Span, Statement, Subject, states_of};
use crate::failure::{Failure, Outcome, Position};
use crate::period::Month;
use crate::protect::Published;
use crate::report::{self, INTERNAL_MARK};
use crate::tally::Ranking;
use crate::vocabulary::Vocabulary;

/// The sheets in a JSON file: one, or a list of several. The vocabulary provides the keys of venues, because JSON has
/// their names.
///
/// # Errors
/// A text that isn't JSON, isn't statistics, or is marked as internal.
pub fn read_json(file: &str, text: &str, vocabulary: &Vocabulary) -> Outcome<Vec<Sheet>> {
    let value: Value = serde_json::from_str(text).map_err(|error| {
        let at = Position::line(file, error.line() as u64, Some(error.column() as u64));
        Failure::data(format!("the file can't be read as JSON: {error}")).at(at)
    })?;
    let all = match &value {
        Value::Array(all) => all.iter().collect(),
        one => vec![one],
    };
    let is_one = all.len() == 1;
    all.into_iter()
        .map(|value| {
            let mut sheet = sheet(value, vocabulary)
                .map_err(|failure| failure.at(Position::file(file.to_owned())))?;
            sheet.name = match is_one {
                true => file.to_owned(),
                false => format!("{file} ({})", sheet.area),
            };
            Ok(sheet)
        })
        .collect()
}

/// A sheet with these numbers, as a reader of its JSON sees it.
///
/// # Errors
/// Numbers that hide nothing.
pub fn sheet_of(name: &str, published: &Published, vocabulary: &Vocabulary) -> Outcome<Sheet> {
    let mut sheet = sheet(&report::json(published), vocabulary)?;
    name.clone_into(&mut sheet.name);
    Ok(sheet)
}

fn foreign(what: &str) -> Failure {
    Failure::data(format!("the JSON isn't a sheet's statistics: {what}"))
        .remedy("give the JSON that `hotline-profile stats` writes")
}

fn sheet(value: &Value, vocabulary: &Vocabulary) -> Outcome<Sheet> {
    let schema = value["schema"].as_str().unwrap_or_default();
    let is_old = match schema {
        "hotline-profile/statistics/1" => true,
        "hotline-profile/statistics/2" => false,
        _ => return Err(foreign("it has no such schema")),
    };
    if value["internal"].is_string() {
        return Err(
            Failure::data(format!("the sheet is marked “{INTERNAL_MARK}”"))
                .remedy("give the published sheets: internal ones hide nothing"),
        );
    }
    let text = |value: &Value, what: &str| {
        let text = value.as_str().map(str::to_owned);
        text.ok_or_else(|| foreign(&format!("it has no {what}")))
    };
    let month = |key: &str| -> Outcome<Month> {
        let text = text(&value["period"][key], "period")?;
        text.parse().map_err(|error: String| foreign(&error))
    };
    let area = text(&value["state"], "state")?;
    let year = value["year"].as_i64().and_then(|year| year.try_into().ok());
    let year: i32 = year.ok_or_else(|| foreign("it has no year"))?;
    let starts = value["year_starts"].as_u64().unwrap_or(1);
    let starts = u32::try_from(starts).unwrap_or(1).clamp(1, 12);
    let mut reader = Reader {
        period: Span::of(month("from")?, month("to")?),
        year_span: Span::of_year(year, starts),
        starts,
        statements: Vec::new(),
        vocabulary,
    };
    reader.cases(value)?;
    match is_old {
        true => reader.old_groups(value)?,
        false => reader.groups(value)?,
    }
    reader.venues(value)?;
    reader.trend(value)?;
    reader.counties(value)?;
    let limit = value["min_cell"].as_i64();
    let ledger = &value["ledger"];
    let ledger = ledger.is_object().then(|| {
        let number = |key: &str| printed(&ledger[key]).unwrap_or(Printed::HIDDEN);
        Ledger {
            rows_read: number("rows_read"),
            used: number("used"),
            outside_period: number("outside_period"),
        }
    });
    Ok(Sheet {
        name: String::new(),
        states: states_of(&area),
        area,
        period: reader.period,
        year,
        year_span: reader.year_span,
        limit,
        is_synthetic: value["synthetic"].is_string(),
        statements: match ledger {
            Some(_) => of_old_version(
                reader.statements,
                limit.unwrap_or(0),
                &value["map"]["points"],
            ),
            None => reader.statements,
        },
        ledger,
    })
}

/// What “hidden” means in the first schema: a part that isn't below the limit was hidden to protect others; and cases
/// on the map have at least one point each.
fn of_old_version(mut statements: Vec<Statement>, limit: i64, points: &Value) -> Vec<Statement> {
    for statement in &mut statements {
        let is_part = matches!(
            statement.subject,
            Subject::Part { .. } | Subject::OnMap | Subject::OffMap
        );
        let printed = &mut statement.printed;
        if is_part && *printed == Printed::HIDDEN {
            printed.lo = limit;
        }
    }
    let located = statements.iter().find(|it| it.subject == Subject::OnMap);
    if let (Some(points), Some(located)) = (printed(points), located.cloned()) {
        statements.push(Statement {
            name: "map.points".to_owned(),
            printed: Printed {
                lo: 0,
                hi: points.hi,
            },
            ..located
        });
    }
    statements
}

/// A number in the JSON; `None` if there is none.
fn printed(value: &Value) -> Option<Printed> {
    match value {
        Value::Number(number) => Some(Printed::exact(number.as_i64()?)),
        Value::String(text) if text == "hidden" => Some(Printed::HIDDEN),
        Value::String(text) => Printed::parse(text),
        Value::Object(range) => {
            let (lo, hi) = (range.get("from")?.as_i64()?, range.get("to")?.as_i64()?);
            Some(Printed { lo, hi })
        }
        _ => None,
    }
}

struct Reader<'a> {
    period: Span,
    year_span: Span,
    starts: u32,
    statements: Vec<Statement>,
    vocabulary: &'a Vocabulary,
}

impl Reader<'_> {
    fn push(&mut self, name: String, subject: Subject, over: Span, value: &Value) -> Outcome<()> {
        if value.is_null() {
            return Ok(());
        }
        let printed = printed(value)
            .ok_or_else(|| foreign(&format!("{name} is {value}, which isn't a number")))?;
        self.statements.push(Statement {
            name,
            subject,
            over,
            printed,
        });
        Ok(())
    }

    fn cases(&mut self, value: &Value) -> Outcome<()> {
        let (period, year) = (self.period, self.year_span);
        let cases = &value["cases"];
        let mut push =
            |name: &str, subject, over, value| self.push(name.to_owned(), subject, over, value);
        push("cases.period", Subject::Cases, period, &cases["period"])?;
        push("cases.year", Subject::Cases, year, &cases["year"])?;
        push(
            "cases.located_year",
            Subject::OnMap,
            year,
            &cases["located_year"],
        )?;
        let off = &value["map"]["unlocated_cases"];
        push("map.unlocated_cases", Subject::OffMap, year, off)
    }

    fn groups(&mut self, value: &Value) -> Outcome<()> {
        let groups = value["groups"].as_object();
        for (key, group) in groups.into_iter().flatten() {
            let of = match group["counts"].as_str() {
                Some("signals") => Counted::Signals,
                Some("victims") => Counted::Victims,
                _ => Counted::Cases,
            };
            let over = match group["over"].as_str() {
                Some("year") => self.year_span,
                _ => self.period,
            };
            self.categories(of, key, over, &group["categories"])?;
            self.total(of, key, over, &group["total"])?;
        }
        Ok(())
    }

    fn old_groups(&mut self, value: &Value) -> Outcome<()> {
        let of = match value["unit"].as_str() {
            Some("victims") => Counted::Victims,
            _ => Counted::Cases,
        };
        let groups = value["demographics"].as_object();
        for (key, group) in groups.into_iter().flatten() {
            self.categories(of, key, self.period, group)?;
        }
        let calls = &value["calls"];
        let (key, year) = (self.calls().to_owned(), self.year_span);
        self.categories(Counted::Signals, &key, year, &calls["types"])?;
        self.total(Counted::Signals, &key, year, &calls["total"])
    }

    /// The key of the group of call types.
    fn calls(&self) -> &str {
        &self.vocabulary.groups()[self.vocabulary.calls()].key
    }

    fn categories(&mut self, of: Counted, group: &str, over: Span, value: &Value) -> Outcome<()> {
        for (key, value) in value.as_object().into_iter().flatten() {
            let subject = Subject::Part {
                of,
                group: group.to_owned(),
                key: key.clone(),
            };
            self.push(format!("{group}.{key}"), subject, over, value)?;
        }
        Ok(())
    }

    fn total(&mut self, of: Counted, group: &str, over: Span, value: &Value) -> Outcome<()> {
        let subject = Subject::Total {
            of,
            group: group.to_owned(),
        };
        self.push(format!("{group}.total"), subject, over, value)
    }

    fn venues(&mut self, value: &Value) -> Outcome<()> {
        for (name, ranking) in [("sex", Ranking::Sex), ("labor", Ranking::Labor)] {
            let venues = value["venues"][name].as_array();
            for venue in venues.into_iter().flatten() {
                let spoken = venue["venue"].as_str().unwrap_or_default();
                let list = ranking.list(self.vocabulary);
                let key = match list.find(spoken) {
                    Some(found) => list.entries()[usize::from(found)].key.clone(),
                    None => spoken.to_owned(),
                };
                let group = ranking.figure();
                let name = format!("{group}.{key}");
                let subject = Subject::Part {
                    of: Counted::Cases,
                    group: group.to_owned(),
                    key,
                };
                self.push(name, subject, self.period, &venue["cases"])?;
            }
        }
        Ok(())
    }

    fn counties(&mut self, value: &Value) -> Outcome<()> {
        let counties = value["counties"].as_array();
        for county in counties.into_iter().flatten() {
            let fips = county["fips"].as_str().unwrap_or_default().to_owned();
            let name = format!("counties.{fips}");
            let subject = Subject::County { fips };
            self.push(name, subject, self.year_span, &county["cases"])?;
        }
        Ok(())
    }

    fn trend(&mut self, value: &Value) -> Outcome<()> {
        let years = value["trend"].as_array();
        for of_year in years.into_iter().flatten() {
            let year = of_year["year"].as_i64().and_then(|it| it.try_into().ok());
            let year: i32 = year.ok_or_else(|| foreign("its trend has no years"))?;
            let span = Span::of_year(year, self.starts);
            let signals = Subject::Total {
                of: Counted::Signals,
                group: self.calls().to_owned(),
            };
            self.push(
                format!("trend.cases.{year}"),
                Subject::Cases,
                span,
                &of_year["cases"],
            )?;
            self.push(
                format!("trend.signals.{year}"),
                signals,
                span,
                &of_year["signals"],
            )?;
        }
        Ok(())
    }
}
