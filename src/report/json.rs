//! Statistics as JSON, schema `hotline-profile/statistics/2`.

use serde_json::{Map, Value, json};

use super::mark;
use crate::protect::{Count, Published, PublishedCategory, PublishedGroup, VenueRanking};
use crate::tally::GroupUnit;
use crate::vocabulary::Section;

/// The statistics of one state, keys in the order of the schema. A number that is not printed exactly is "<5" or
/// `{"from":33,"to":36}`. Unprotected statistics begin with the mark that says so.
pub fn json(published: &Published) -> Value {
    let mut whole = Map::new();
    mark(&mut whole, published);
    let groups = published.groups.iter();
    let groups = groups.filter(|group| !group.categories.is_empty());
    let groups =
        groups.filter(|group| published.knows_cases || group.kind.unit == GroupUnit::Signals);
    let demographics: Map<String, Value> = groups
        .clone()
        .filter(|group| group.kind.section == Some(Section::Demographics))
        .map(|group| (group.kind.key.clone(), categories(&group.categories)))
        .collect();
    let groups: Map<String, Value> = groups
        .map(|group| (group.kind.key.clone(), of_group(group)))
        .collect();
    let Published { cases, map, .. } = published;
    let mut facts = json!({
        "schema": "hotline-profile/statistics/2",
        "state": published.area.code(),
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
            "located_year": cases.located_year.map(count),
        },
        "groups": groups,
        "demographics": demographics,
        "venues": {
            "sex": venues(&published.sex_venues),
            "labor": venues(&published.labor_venues),
        },
        "calls": {
            "types": categories(&published.calls().categories),
            "total": count(published.calls_total()),
        },
        "map": {
            "points": map.points.map(count),
            "unlocated_cases": map.unlocated_cases.map(count),
        },
    });
    if !published.period.starts.is_of_calendar() {
        facts["year_starts"] = published.period.starts.month().into();
    }
    if published.area.state().is_none() {
        let states: Vec<&str> = published.area.states().iter().map(|it| it.code()).collect();
        facts["states"] = states.into();
    }
    if let Some(operator) = &published.operator {
        facts["calls"]["non_substantive"] = operator.non_substantive.into();
        facts["ledger"] = json!(operator.ledger.total);
    }
    if let Value::Object(facts) = facts {
        whole.extend(facts);
    }
    if !published.knows_cases {
        for key in ["cases", "demographics", "venues", "map"] {
            whole.remove(key);
        }
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
        Count::Below(_) => count.to_string().into(),
    }
}

/// A group with how it is counted.
fn of_group(group: &PublishedGroup) -> Value {
    let mut whole = json!({
        "heading": group.kind.heading,
        "counts": match group.kind.unit {
            GroupUnit::Cases => "cases",
            GroupUnit::Mentions => "victims",
            GroupUnit::Signals => "signals",
        },
        "over": group.kind.over,
        "categories": categories(&group.categories),
    });
    if let Some(total) = group.total {
        whole["total"] = count(total);
    }
    whole
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
