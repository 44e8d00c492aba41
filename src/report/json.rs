//! Statistics as JSON, schema `hotline-profile/statistics/2`.

use serde_json::{Map, Value, json};

use super::mark;
use crate::protect::{Count, Published, PublishedGroup};
use crate::tally::{Figure, GroupUnit, Number, Ranking};
use crate::vocabulary::Section;

/// The statistics of one state, with keys in the order of the schema. A number that isn't printed exactly is "<5" or
/// `{"from":33,"to":36}`. Unprotected statistics begin with the mark that says so.
pub fn json(published: &Published) -> Value {
    let mut facts = frame(published);
    for (figure, number) in published.numbers() {
        put(&mut facts, published, &figure, count(number));
    }
    let mut whole = Map::new();
    mark(&mut whole, published);
    if let Value::Object(facts) = facts {
        whole.extend(facts);
    }
    if !published.knows_cases {
        for key in ["cases", "demographics", "venues", "map"] {
            whole.shift_remove(key);
        }
    }
    Value::Object(whole)
}

/// Everything but the numbers; their places are empty.
fn frame(published: &Published) -> Value {
    let groups = published.groups.iter();
    let groups = groups.filter(|group| !group.categories.is_empty() || group.total.is_some());
    let groups =
        groups.filter(|group| published.knows_cases || group.kind.unit == GroupUnit::Signals);
    let demographics: Map<String, Value> = groups
        .clone()
        .filter(|group| group.kind.section == Some(Section::Demographics))
        .map(|group| (group.kind.key.clone(), json!({})))
        .collect();
    let groups: Map<String, Value> = groups
        .map(|group| (group.kind.key.clone(), of_group(group)))
        .collect();
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
        "cases": { "period": null, "year": null, "located_year": null },
        "groups": groups,
        "demographics": demographics,
        "venues": { "sex": [], "labor": [] },
        "calls": { "types": {}, "total": null },
        "map": { "points": null, "unlocated_cases": null },
    });
    if !published.period.starts.is_of_calendar() {
        facts["year_starts"] = published.period.starts.month().into();
    }
    if published.area.state().is_none() {
        let states: Vec<&str> = published.area.states().iter().map(|it| it.code()).collect();
        facts["states"] = states.into();
    }
    if published.operator.is_some() {
        facts["calls"]["non_substantive"] = Value::Null;
        facts["ledger"] = json!({});
    }
    if let Some(years) = &published.trend {
        let years = years.iter().map(|year| json!({ "year": year.year }));
        facts["trend"] = Value::Array(years.collect());
    }
    if let Some(of) = &published.rate {
        facts["rate"] = json!({
            "residents": of.residents.number,
            "census": of.residents.census,
            "cases_per_100000": of.rate.to_string(),
        });
    }
    if published.counties.is_some() {
        facts["counties"] = json!([]);
    }
    facts
}

/// Puts a number from the catalog in its place in the schema.
fn put(facts: &mut Value, published: &Published, figure: &Figure, number: Value) {
    let (name, category) = (figure.figure.as_str(), figure.category.as_str());
    match figure.number {
        Number::CasesOfPeriod
        | Number::CasesOfYear
        | Number::LocatedCases
        | Number::Points
        | Number::UnlocatedCases
        | Number::Ledger(_) => facts[name][category] = number,
        Number::NonSubstantive => facts["calls"][category] = number,
        Number::Category { group, .. } => {
            if published.groups[group].kind.section == Some(Section::Demographics) {
                facts["demographics"][name][category] = number.clone();
            }
            if group == published.call_types {
                facts["calls"]["types"][category] = number.clone();
            }
            facts["groups"][name]["categories"][category] = number;
        }
        Number::Total { group } => {
            if group == published.call_types {
                facts["calls"][category] = number.clone();
            }
            facts["groups"][name][category] = number;
        }
        Number::Venue(ranking) => {
            let list = match ranking {
                Ranking::Sex => &mut facts["venues"]["sex"],
                Ranking::Labor => &mut facts["venues"]["labor"],
            };
            let listed = &published.ranking(ranking).listed;
            let venue = listed.iter().find(|venue| venue.key == category);
            if let (Value::Array(list), Some(venue)) = (list, venue) {
                list.push(json!({ "venue": venue.venue, "cases": number }));
            }
        }
        Number::CasesIn(year) => of_year(facts, year)["cases"] = number,
        Number::SignalsIn(year) => of_year(facts, year)["signals"] = number,
        Number::CasesInCounty(county) => {
            if let Value::Array(counties) = &mut facts["counties"] {
                counties.push(json!({
                    "county": county.county_name(),
                    "state": county.state().code(),
                    "fips": category,
                    "cases": number,
                }));
            }
        }
    }
}

/// A year of the trend, which is already in the frame.
fn of_year(facts: &mut Value, year: i32) -> &mut Value {
    let years = facts["trend"].as_array();
    let mut years = years.into_iter().flatten();
    let place = years.position(|it| it["year"] == year).unwrap_or_default();
    &mut facts["trend"][place]
}

/// A number; "<5"; `{"from":33,"to":36}`.
pub(super) fn count(count: Count) -> Value {
    match count {
        Count::Shown(number) => number.into(),
        Count::Range { from, to } => json!({ "from": from, "to": to }),
        Count::Below(_) => count.to_string().into(),
    }
}

/// How a group is counted.
fn of_group(group: &PublishedGroup) -> Value {
    json!({
        "heading": group.kind.heading,
        "counts": match group.kind.unit {
            GroupUnit::Cases => "cases",
            GroupUnit::Mentions => "victims",
            GroupUnit::Signals => "signals",
        },
        "over": group.kind.over,
        "categories": {},
    })
}
