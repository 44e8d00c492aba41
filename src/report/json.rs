//! Statistics as JSON, schema `hotline-profile/statistics/1` (SPEC section 6).

use serde_json::{Map, Value, json};

use super::INTERNAL_MARK;
use crate::protect::{Count, Published, PublishedCategory, VenueRanking};

/// The statistics of one state, keys in the order of the schema. A hidden value is the string "<5" or
/// "hidden". Unprotected statistics begin with the mark that says so.
pub fn json(published: &Published) -> Value {
    let mut whole = Map::new();
    if published.internal {
        whole.insert("internal".into(), INTERNAL_MARK.into());
    }
    let demographics: Map<String, Value> = published
        .demographics
        .iter()
        .map(|group| (group.key.clone(), categories(&group.categories)))
        .collect();
    let Published {
        cases, calls, map, ..
    } = published;
    let ledger = &published.ledger.total;
    let facts = json!({
        "schema": "hotline-profile/statistics/1",
        "state": published.state.code(),
        "period": {
            "from": published.period.from.to_string(),
            "to": published.period.to.to_string(),
        },
        "year": published.period.year,
        "unit": published.unit,
        "min_cell": published.min_cell,
        "cases": {
            "period": count(cases.period),
            "year": count(cases.year),
            "located_year": count(cases.located_year),
        },
        "demographics": demographics,
        "venues": {
            "sex": venues(&published.sex_venues),
            "labor": venues(&published.labor_venues),
        },
        "calls": {
            "types": categories(&calls.types),
            "total": count(calls.total),
            "non_substantive": calls.non_substantive,
        },
        "map": {
            "points": count(map.points),
            "unlocated_cases": count(map.unlocated_cases),
        },
        "ledger": {
            "rows_read": count(ledger.rows_read),
            "used": count(ledger.used),
            "outside_period": count(ledger.outside_period),
            "other_state": count(ledger.other_state),
            "duplicate": count(ledger.duplicate),
            "rejected": count(ledger.rejected),
        },
    });
    if let Value::Object(facts) = facts {
        whole.extend(facts);
    }
    if let Some(years) = &published.trend {
        let years = years.iter().map(|year| {
            json!({
                "year": year.year,
                "cases": count(year.cases),
                "signals": count(year.signals),
            })
        });
        whole.insert("trend".into(), Value::Array(years.collect()));
    }
    Value::Object(whole)
}

/// A number; "<5"; `{"from":33,"to":36}`.
pub(super) fn count(count: Count) -> Value {
    match count {
        Count::Shown(number) => number.into(),
        Count::Range { from, to } => json!({ "from": from, "to": to }),
        Count::Below(_) | Count::Hidden => count.to_string().into(),
    }
}

fn categories(categories: &[PublishedCategory]) -> Value {
    let by_key = categories
        .iter()
        .map(|category| (category.key.clone(), count(category.count)));
    Value::Object(by_key.collect())
}

fn venues(ranking: &VenueRanking) -> Value {
    let listed = ranking
        .listed
        .iter()
        .map(|venue| json!({"venue": venue.venue, "cases": count(venue.cases)}));
    Value::Array(listed.collect())
}
