//! What changed from one year's sheet to the next, as JSON and as text.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::json::count;
use super::{Mark, mark_with};
use crate::area::Area;
use crate::period::Period;
use crate::protect::{Change, Count, Pair, Published, VenueRanking};
use crate::tally::{Figure, Number, Unit};
use crate::vocabulary::Over;

/// Two sheets of one area, the earlier first.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// What both are about.
    pub area: Area,
    /// What the groups of victims count.
    pub unit: Unit,
    /// The smallest count that either sheet prints exactly.
    pub min_cell: u64,
    /// The marks that the comparison must have.
    pub marks: Vec<Mark>,
    /// The time of each sheet.
    pub periods: [Period; 2],
    /// Each number, in the order of the later sheet.
    pub rows: Vec<Compared>,
    /// Changes in the venues, for each ranking.
    pub moves: Vec<Moves>,
    /// Profile entries that nobody has checked for a year.
    pub stale: Vec<StaleEntry>,
    /// The day that is a year after the latest review that is too old.
    pub as_of: NaiveDate,
}

/// A profile entry that is due for another check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StaleEntry {
    /// Its list, as the profile calls it.
    pub list: &'static str,
    /// The title in the profile.
    pub title: String,
    /// Day of its last review; `None`: none is recorded.
    pub reviewed: Option<String>,
}

/// One number on both sheets.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The group or ranking: `gender`.
    pub figure: String,
    /// The category: `female`.
    pub category: String,
    /// The two numbers; if only one sheet prints it, such as a venue that is listed on one, that one.
    pub pair: Result<Pair, (Option<Count>, Option<Count>)>,
}

/// Venues that are listed on only one of two sheets, by name.
#[derive(Clone, Debug)]
pub struct Moves {
    /// `sex` or `labor`.
    pub ranking: &'static str,
    /// Only on the later sheet.
    pub entered: Vec<String>,
    /// Only on the earlier sheet.
    pub left: Vec<String>,
}

impl Comparison {
    /// From two sheets' published numbers.
    pub fn of(
        before: &Published,
        after: &Published,
        stale: Vec<StaleEntry>,
        as_of: NaiveDate,
    ) -> Self {
        let listed = |ranking: &VenueRanking| -> Vec<String> {
            let listed = ranking.listed.iter();
            listed.map(|venue| venue.venue.clone()).collect()
        };
        let moves = |name, before, after| Moves::of(name, &listed(before), &listed(after));
        Comparison {
            area: after.area,
            unit: after.unit,
            min_cell: after.min_cell,
            marks: Mark::of(after),
            periods: [before.period, after.period],
            rows: rows(before, after),
            moves: vec![
                moves("sex", &before.sex_venues, &after.sex_venues),
                moves("labor", &before.labor_venues, &after.labor_venues),
            ],
            stale,
            as_of,
        }
    }

    /// Numbers that the two sheets together give away, although each is safe by itself.
    pub fn given_away(&self) -> Vec<String> {
        let rows = self.rows.iter();
        let given_away = rows.filter(|row| row.pair.as_ref().is_ok_and(|pair| pair.gives_away));
        given_away.map(Compared::name).collect()
    }
}

impl Compared {
    /// Figure and category with a period between them: `gender.female`.
    pub fn name(&self) -> String {
        format!("{}.{}", self.figure, self.category)
    }
}

/// Has the totals of figures follow from their parts where any of these has changed by little.
pub fn settle_totals(rows: &mut [Compared], is_total: impl Fn(&Compared) -> bool, min_cell: u64) {
    for at in 0..rows.len() {
        let total = &rows[at];
        let parts = || {
            let others = rows.iter().enumerate();
            let of_figure = others.filter(|(it, row)| *it != at && row.figure == total.figure);
            of_figure.map(|(_, row)| &row.pair)
        };
        let has_changed_by_little =
            |pair: &Result<Pair, _>| matches!(pair, Ok(pair) if pair.gives_away);
        let Ok(pair) = &total.pair else { continue };
        if !is_total(total) || !parts().any(has_changed_by_little) {
            continue;
        }
        let after = parts().filter_map(|pair| match pair {
            Ok(pair) => Some(pair.after),
            Err((_, after)) => *after,
        });
        let settled = Pair::of_total(pair.before, after, min_cell);
        rows[at].pair = Ok(settled);
    }
}

impl Moves {
    /// The venues that two sheets list, in their order.
    pub fn of(ranking: &'static str, before: &[String], after: &[String]) -> Self {
        let without = |venues: &[String], others: &[String]| {
            let venues = venues.iter().filter(|venue| !others.contains(venue));
            venues.cloned().collect()
        };
        Moves {
            ranking,
            entered: without(after, before),
            left: without(before, after),
        }
    }
}

/// Each number on the sheets. The ledger isn't on the sheets, and the numbers of a trend are the same on both or are
/// here as the year's.
fn rows(before: &Published, after: &Published) -> Vec<Compared> {
    let earlier = before.numbers();
    let later = after.numbers();
    let limit = after.min_cell;
    let left = earlier.iter().filter(|(it, _)| find(&later, it).is_none());
    let mut rows: Vec<(Number, Compared)> = later
        .iter()
        .map(|(figure, after)| row(figure, find(&earlier, figure), Some(*after), limit))
        .collect();
    for (figure, before) in left {
        let is_like = |row: &(Number, Compared)| row.1.figure == figure.figure;
        let place = rows.iter().rposition(is_like);
        let place = place.map_or(rows.len(), |place| place + 1);
        rows.insert(place, row(figure, Some(*before), None, limit));
    }
    rows.retain(|(number, _)| {
        !matches!(
            number,
            Number::Ledger(_) | Number::CasesIn(_) | Number::SignalsIn(_)
        )
    });
    let is_total = |(number, _): &&(Number, Compared)| matches!(number, Number::Total { .. });
    let totals = rows.iter().filter(is_total);
    let totals: Vec<String> = totals.map(|(_, row)| row.name()).collect();
    let mut rows: Vec<Compared> = rows.into_iter().map(|(_, row)| row).collect();
    settle_totals(&mut rows, |row| totals.contains(&row.name()), limit);
    rows
}

fn row(
    figure: &Figure,
    before: Option<Count>,
    after: Option<Count>,
    limit: u64,
) -> (Number, Compared) {
    let pair = match (before, after) {
        (Some(before), Some(after)) => Ok(match figure.over {
            Over::Period => Pair::of(before, after, limit),
            // Two years have no case in common, so their difference isn't a number of cases.
            Over::Year => Pair::of(before, after, 0),
        }),
        one => Err(one),
    };
    let compared = Compared {
        figure: figure.figure.clone(),
        category: figure.category.clone(),
        pair,
    };
    (figure.number, compared)
}

fn find(figures: &[(Figure, Count)], like: &Figure) -> Option<Count> {
    let mut figures = figures.iter();
    let found = figures.find(|(it, _)| it == like)?;
    Some(found.1)
}

/// As JSON, schema `hotline-profile/comparison/1`. A number that isn't printed exactly is "<5" or a range; `null` is
/// a venue that isn't listed.
pub fn comparison_json(comparison: &Comparison) -> Value {
    let mut whole = Map::new();
    mark_with(&mut whole, &comparison.marks);
    let sheets = comparison.periods.map(|period| {
        let mut sheet = json!({
            "year": period.year,
            "period": {
                "from": period.from.to_string(),
                "to": period.to.to_string(),
            },
        });
        if !period.starts.is_of_calendar() {
            sheet["year_starts"] = period.starts.month().into();
        }
        sheet
    });
    let rows: Vec<Value> = comparison
        .rows
        .iter()
        .map(|row| {
            let (before, after, change) = cells(&row.pair);
            json!({
                "figure": row.name(),
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
        .moves
        .iter()
        .map(|moves| {
            let of_ranking = json!({"entered": moves.entered, "left": moves.left});
            (moves.ranking.to_owned(), of_ranking)
        })
        .collect();
    let facts = json!({
        "schema": "hotline-profile/comparison/1",
        "state": comparison.area.code(),
        "unit": comparison.unit,
        "min_cell": comparison.min_cell,
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
pub fn comparison_table(comparison: &Comparison) -> String {
    let Comparison {
        area,
        periods: [before, after],
        rows,
        ..
    } = comparison;
    let mut text = String::new();
    for mark in &comparison.marks {
        text += &format!("{}\n", mark.text());
    }
    text += &format!("{} ({area})\n", area.name());
    for (name, period) in [("before", before), ("after", after)] {
        text += &format!(
            "  {name:<6}  {} to {}, {}\n",
            period.from,
            period.to,
            period.year_in_words()
        );
    }
    let width = |of: &dyn Fn(&Compared) -> usize| rows.iter().map(of).max().unwrap_or(0);
    let figure_width = width(&|row| row.figure.len());
    let category_width = width(&|row| row.category.len());
    text += &format!(
        "  {:figure_width$}  {:category_width$}  {:>10}  {:>10}  {:>10}\n",
        "", "", "before", "after", "change"
    );
    let mut last = "";
    for row in rows {
        let name = if row.figure == last { "" } else { &row.figure };
        last = &row.figure;
        let (before, after, change) = cells(&row.pair);
        let shown = |count: Option<Count>| count.map_or("–".to_owned(), |it| it.to_string());
        text += &format!(
            "  {name:figure_width$}  {:category_width$}  {:>10}  {:>10}  {:>10}\n",
            row.category,
            shown(before),
            shown(after),
            change.map_or("–".to_owned(), |it| it.to_string()),
        );
    }
    for moves in &comparison.moves {
        let name = moves.ranking;
        for (what, venues) in [("entered", &moves.entered), ("left", &moves.left)] {
            if !venues.is_empty() {
                let venues = venues.join("; ");
                text += &format!("{name} trafficking venues that {what} the list: {venues}\n");
            }
        }
    }
    if !comparison.stale.is_empty() {
        text += &format!(
            "profile entries that weren't reviewed in the year before {}:\n",
            comparison.as_of
        );
    }
    for entry in &comparison.stale {
        let reviewed = entry.reviewed.as_deref().unwrap_or("never");
        text += &format!("  {reviewed:<10}  {}: {}\n", entry.list, entry.title);
    }
    text
}
