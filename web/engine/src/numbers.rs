//! The numbers of a sheet with their names, for a table beside it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use hotline_profile::audit::{self, Printed, Sheet};
use hotline_profile::failure::{Failure, Outcome};
use hotline_profile::protect::Published;
use hotline_profile::report::{Comparison, comparison_json};
use hotline_profile::vocabulary::Vocabulary;
use hotline_profile::wording::Wording;
use serde_json::{Value, json};

/// Names of figures, of groups of them and of their parts: `gender`, `gender.female`.
struct Names(BTreeMap<String, String>);

impl Names {
    fn of(vocabulary: &Vocabulary, wording: &Wording) -> Self {
        let mut names = BTreeMap::new();
        for group in vocabulary.groups() {
            names.insert(group.key.clone(), group.heading.clone());
            for entry in group.list.entries() {
                names.insert(format!("{}.{}", group.key, entry.key), entry.name.clone());
            }
        }
        for (figure, list) in [
            ("venues.sex", &vocabulary.sex_venue),
            ("venues.labor", &vocabulary.labor_venue),
        ] {
            for entry in list.entries() {
                names.insert(format!("{figure}.{}", entry.key), entry.name.clone());
            }
        }
        let labels = wording.labels(vocabulary).into_iter();
        names.extend(labels.map(|(label, figure)| (figure, label)));
        Names(names)
    }

    fn get(&self, figure: &str) -> Option<&String> {
        self.0.get(figure)
    }
}

/// Every number that is printed, in the order of reports.
pub fn table(published: &Published, vocabulary: &Vocabulary, wording: &Wording) -> Value {
    let mut names = Names::of(vocabulary, wording);
    let counties = published.counties.iter().flatten();
    names.0.extend(counties.map(|it| {
        let key = format!("counties.{}", it.county.fips());
        (key, it.county.county_name())
    }));
    let rows = published.numbers().into_iter().map(|(figure, count)| {
        let name = figure.name();
        json!({
            "figure": name,
            "group": figure.figure,
            "group_name": names.get(&figure.figure),
            "name": names.get(&name),
            "key": figure.category,
            "value": wording.count(count),
        })
    });
    rows.collect()
}

/// Two years side by side.
pub fn comparison(
    before: &Published,
    after: &Published,
    today: &str,
    vocabulary: &Vocabulary,
    wording: &Wording,
) -> Outcome<Value> {
    let as_of: NaiveDate = today.parse().map_err(Failure::bug)?;
    let comparison = Comparison::of(before, after, Vec::new(), as_of);
    let names = Names::of(vocabulary, wording);
    let mut value = comparison_json(&comparison);
    for row in value["figures"].as_array_mut().into_iter().flatten() {
        let figure = row["figure"].as_str().unwrap_or_default().to_owned();
        let group = figure.rsplit_once('.').map_or("", |(group, _)| group);
        row["name"] = json!(names.get(&figure));
        row["group_name"] = json!(names.get(group));
    }
    value["given_away"] = json!(comparison.given_away());
    Ok(value)
}

/// A published sheet, compared with this one.
pub fn beside(before: &Sheet, after: &Sheet, vocabulary: &Vocabulary, wording: &Wording) -> Value {
    let names = Names::of(vocabulary, wording);
    let printed = |printed: Option<Printed>| printed.map(|printed| printed.to_string());
    let rows = audit::side_by_side(before, after).into_iter().map(|pair| {
        let group = pair.name.rsplit_once('.').map_or("", |(group, _)| group);
        json!({
            "figure": pair.name,
            "name": names.get(&pair.name),
            "group_name": names.get(group),
            "before": printed(pair.before),
            "after": printed(pair.after),
            "change": pair.change(),
        })
    });
    json!({
        "name": before.name,
        "years": [before.year, after.year],
        "rows": rows.collect::<Vec<_>>(),
    })
}
