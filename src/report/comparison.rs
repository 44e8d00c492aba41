//! What changed from one year's sheet to the next, as JSON and for the eye.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::json::count;
use super::{mark, marks};
use crate::protect::{Change, Count, Pair, Published, VenueRanking};
use crate::tally::{Figure, Number};
use crate::vocabulary::Over;

/// Two sheets of one state, the earlier first.
#[derive(Clone, Debug)]
pub struct Comparison<'a> {
    /// The earlier sheet.
    pub before: &'a Published,
    /// The later sheet.
    pub after: &'a Published,
    /// Entries of the profile that nobody has checked for a year.
    pub stale: Vec<StaleEntry>,
    /// The day that is a year after the latest review that is too old.
    pub as_of: NaiveDate,
}

/// An entry of a profile that is to be checked again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StaleEntry {
    /// The list that it stands in, as the profile calls it.
    pub list: &'static str,
    /// As the profile has it.
    pub title: String,
    /// Day of its last review; `None`: none is written down.
    pub reviewed: Option<String>,
}

/// One number on both sheets.
struct Row {
    figure: Figure,
    /// `None` for a venue that is listed on one of the sheets only.
    pair: Result<Pair, (Option<Count>, Option<Count>)>,
}

impl Comparison<'_> {
    /// Numbers that the two sheets together give away, each safe by itself.
    pub fn given_away(&self) -> Vec<String> {
        let rows = self.rows();
        let given_away = rows
            .iter()
            .filter(|row| row.pair.as_ref().is_ok_and(|pair| pair.gives_away));
        given_away.map(|row| row.figure.name()).collect()
    }

    /// Each number of the sheets; the ledger's aren't on the sheets, and those of a trend are the
    /// same on both or stand here as the year's.
    fn rows(&self) -> Vec<Row> {
        let earlier = self.before.numbers();
        let later = self.after.numbers();
        let left = earlier.iter().filter(|(it, _)| find(&later, it).is_none());
        let mut rows: Vec<Row> = later
            .iter()
            .map(|(figure, after)| self.row(figure, find(&earlier, figure), Some(*after)))
            .collect();
        for (figure, before) in left {
            let is_like = |row: &Row| row.figure.figure == figure.figure;
            let place = rows.iter().rposition(is_like);
            let place = place.map_or(rows.len(), |place| place + 1);
            rows.insert(place, self.row(figure, Some(*before), None));
        }
        rows.retain(|row| {
            !matches!(
                row.figure.number,
                Number::Ledger(_) | Number::CasesIn(_) | Number::SignalsIn(_)
            )
        });
        rows
    }

    fn row(&self, figure: &Figure, before: Option<Count>, after: Option<Count>) -> Row {
        Row {
            figure: figure.clone(),
            pair: match (before, after) {
                (Some(before), Some(after)) => Ok(match figure.over {
                    Over::Period => Pair::of(before, after, self.after.min_cell),
                    // Two years have no case in common: their difference isn't a number of cases.
                    Over::Year => Pair::of(before, after, 0),
                }),
                one => Err(one),
            },
        }
    }

    /// Names of the venues that are listed in one ranking and not in the other.
    fn moved<'p>(from: &'p VenueRanking, to: &'p VenueRanking) -> Vec<&'p str> {
        let listed: BTreeSet<&str> = to.listed.iter().map(|venue| venue.key.as_str()).collect();
        let all = from.listed.iter();
        all.filter(|venue| !listed.contains(venue.key.as_str()))
            .map(|venue| venue.venue.as_str())
            .collect()
    }

    /// For each ranking its name, and the venues that entered and left it.
    fn moves(&self) -> [(&'static str, Vec<&str>, Vec<&str>); 2] {
        let of = |before, after| (Self::moved(after, before), Self::moved(before, after));
        let sex = of(&self.before.sex_venues, &self.after.sex_venues);
        let labor = of(&self.before.labor_venues, &self.after.labor_venues);
        [("sex", sex.0, sex.1), ("labor", labor.0, labor.1)]
    }
}

fn find(figures: &[(Figure, Count)], like: &Figure) -> Option<Count> {
    let mut figures = figures.iter();
    let found = figures.find(|(it, _)| it == like)?;
    Some(found.1)
}

/// As JSON, schema `hotline-profile/comparison/1`. A number that is not printed exactly is "<5" or a range;
/// `null` is a venue that is not listed.
pub fn comparison_json(comparison: &Comparison<'_>) -> Value {
    let mut whole = Map::new();
    mark(&mut whole, comparison.after);
    let sheets = [comparison.before, comparison.after].map(|sheet| {
        json!({
            "year": sheet.period.year,
            "period": {
                "from": sheet.period.from.to_string(),
                "to": sheet.period.to.to_string(),
            },
        })
    });
    let rows: Vec<Value> = comparison
        .rows()
        .iter()
        .map(|row| {
            let (before, after, change) = cells(&row.pair);
            json!({
                "figure": row.figure.name(),
                "before": before.map(count),
                "after": after.map(count),
                "change": change.map(|change| match change {
                    Change::Shown(number) => number.into(),
                    hidden => Value::from(hidden.to_string()),
                }),
            })
        })
        .collect();
    let venues: Map<String, Value> = comparison
        .moves()
        .into_iter()
        .map(|(name, entered, left)| (name.to_owned(), json!({"entered": entered, "left": left})))
        .collect();
    let facts = json!({
        "schema": "hotline-profile/comparison/1",
        "state": comparison.after.area.code(),
        "unit": comparison.after.unit,
        "min_cell": comparison.after.min_cell,
        "sheets": sheets,
        "figures": rows,
        "venues": venues,
        "to_review": {
            "as_of": comparison.as_of.to_string(),
            "entries": comparison.stale,
        },
    });
    if let Value::Object(facts) = facts {
        whole.extend(facts);
    }
    Value::Object(whole)
}

type Cells = (Option<Count>, Option<Count>, Option<Change>);

fn cells(pair: &Result<Pair, (Option<Count>, Option<Count>)>) -> Cells {
    match pair {
        Ok(pair) => (Some(pair.before), Some(pair.after), Some(pair.change)),
        Err((before, after)) => (*before, *after, None),
    }
}

/// As text.
pub fn comparison_table(comparison: &Comparison<'_>) -> String {
    let Comparison { before, after, .. } = comparison;
    let mut text = String::new();
    for mark in marks(after) {
        text += &format!("{mark}\n");
    }
    text += &format!("{} ({})\n", after.area.name(), after.area);
    for (name, sheet) in [("before", before), ("after", after)] {
        let period = sheet.period;
        text += &format!(
            "  {name:<6}  {} to {}, {}\n",
            period.from,
            period.to,
            period.year_in_words()
        );
    }
    let rows = comparison.rows();
    let width = |of: &dyn Fn(&Row) -> usize| rows.iter().map(of).max().unwrap_or(0);
    let figure_width = width(&|row| row.figure.figure.len());
    let category_width = width(&|row| row.figure.category.len());
    text += &format!(
        "  {:figure_width$}  {:category_width$}  {:>10}  {:>10}  {:>10}\n",
        "", "", "before", "after", "change"
    );
    let mut last = "";
    for row in &rows {
        let Figure {
            figure, category, ..
        } = &row.figure;
        let name = if figure == last { "" } else { figure };
        last = figure;
        let (before, after, change) = cells(&row.pair);
        let shown = |count: Option<Count>| count.map_or("–".to_owned(), |it| it.to_string());
        text += &format!(
            "  {name:figure_width$}  {:category_width$}  {:>10}  {:>10}  {:>10}\n",
            category,
            shown(before),
            shown(after),
            change.map_or("–".to_owned(), |it| it.to_string()),
        );
    }
    for (name, entered, left) in comparison.moves() {
        for (what, venues) in [("entered", entered), ("left", left)] {
            if !venues.is_empty() {
                let venues = venues.join("; ");
                text += &format!("{name} trafficking venues that {what} the list: {venues}\n");
            }
        }
    }
    if !comparison.stale.is_empty() {
        text += &format!(
            "entries of the profile without a review in the year before {}:\n",
            comparison.as_of
        );
    }
    for entry in &comparison.stale {
        let reviewed = entry.reviewed.as_deref().unwrap_or("never");
        text += &format!("  {reviewed:<10}  {}: {}\n", entry.list, entry.title);
    }
    text
}
