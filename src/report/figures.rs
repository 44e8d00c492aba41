//! Names every published number, so that CSV and table say the same.

use std::borrow::Cow;

use crate::protect::{Count, Published, PublishedYear};

/// One number. `figure.category` is the name that `explain` takes: `gender.female`.
pub(super) struct Figure<'a> {
    pub figure: &'a str,
    /// Key of the category in the vocabulary, or of the number.
    pub category: Cow<'a, str>,
    pub count: Count,
}

impl Figure<'_> {
    /// Whether the number is of the cumulative period, not of the year.
    pub(super) fn is_of_period(&self) -> bool {
        match self.figure {
            "cases" => self.category == "period",
            "calls" | "map" | "ledger" | "trend.cases" | "trend.signals" => false,
            _ => true,
        }
    }
}

/// All numbers, in the order of the JSON.
pub(super) fn figures(published: &Published) -> Vec<Figure<'_>> {
    fn of(figure: &'static str, category: &'static str, count: Count) -> Figure<'static> {
        Figure {
            figure,
            category: Cow::Borrowed(category),
            count,
        }
    }
    let Published {
        cases, calls, map, ..
    } = published;
    let mut figures = vec![
        of("cases", "period", cases.period),
        of("cases", "year", cases.year),
        of("cases", "located_year", cases.located_year),
    ];
    for group in &published.demographics {
        figures.extend(group.categories.iter().map(|category| Figure {
            figure: &group.key,
            category: Cow::Borrowed(&category.key),
            count: category.count,
        }));
    }
    for (figure, ranking) in [
        ("venues.sex", &published.sex_venues),
        ("venues.labor", &published.labor_venues),
    ] {
        figures.extend(ranking.listed.iter().map(|venue| Figure {
            figure,
            category: Cow::Borrowed(&venue.key),
            count: venue.cases,
        }));
    }
    figures.extend(calls.types.iter().map(|call_type| Figure {
        figure: "calls",
        category: Cow::Borrowed(&call_type.key),
        count: call_type.count,
    }));
    let ledger = &published.ledger.total;
    figures.extend([
        of("calls", "total", calls.total),
        of(
            "calls",
            "non_substantive",
            Count::Shown(calls.non_substantive),
        ),
        of("map", "points", map.points),
        of("map", "unlocated_cases", map.unlocated_cases),
        of("ledger", "rows_read", ledger.rows_read),
        of("ledger", "used", ledger.used),
        of("ledger", "outside_period", ledger.outside_period),
        of("ledger", "other_state", ledger.other_state),
        of("ledger", "duplicate", ledger.duplicate),
        of("ledger", "rejected", ledger.rejected),
    ]);
    let years = published.trend.as_deref().unwrap_or_default();
    let mut trend = |figure, count: fn(&PublishedYear) -> Count| {
        figures.extend(years.iter().map(|year| Figure {
            figure,
            category: Cow::Owned(year.year.to_string()),
            count: count(year),
        }));
    };
    trend("trend.cases", |year| year.cases);
    trend("trend.signals", |year| year.signals);
    figures
}
