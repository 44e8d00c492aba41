//! What a sheet must say, based on its statistics, its profile and the wording: nothing may be lost on the way to the
//! page.

use std::collections::BTreeSet;

use hotline_profile::geo::Gazetteer;
use hotline_profile::jurisdiction::Jurisdiction;
use hotline_profile::profile::{Law, Profile, Status};
use serde_json::Value;

use super::legibility::Survey;
use super::text_of;

/// The texts that the usual English sheet of a state must contain, each in one piece.
pub fn texts(statistics: &Value, profile: &Profile) -> Vec<String> {
    let code = statistics["state"].as_str().unwrap();
    let state = Jurisdiction::from_code(code).unwrap();
    let wording: toml::Table = text_of("input/wording/en.toml").parse().unwrap();
    let mut due = vec![
        format!("{}: Efforts to Combat Human Trafficking", state.name()),
        format!("Region {}", state.region_roman()),
        "888-373-7888".to_owned(),
    ];
    for (group, categories) in statistics["demographics"].as_object().unwrap() {
        let words = &wording["groups"][group];
        due.push(worded(&words["heading"]));
        for (category, count) in categories.as_object().unwrap() {
            let name = worded(&words["categories"][category]);
            due.push(format!("{name} {}", printed(count)));
        }
    }
    for kind in ["sex", "labor"] {
        let venues = statistics["venues"][kind].as_array().unwrap();
        for (place, venue) in venues.iter().enumerate() {
            let name = venue["venue"].as_str().unwrap();
            let count = printed(&venue["cases"]);
            due.push(format!("{}. {name} {count}", place + 1));
        }
    }
    // If nobody called, there is no chart.
    if statistics["calls"]["total"] != 0 {
        for (kind, count) in statistics["calls"]["types"].as_object().unwrap() {
            let name = worded(&wording["groups"]["calls"]["categories"][kind]);
            due.push(format!("{name} {}", printed(count)));
        }
    }
    due.extend(of_profile(profile));
    due
}

fn of_profile(profile: &Profile) -> Vec<String> {
    let laws = profile.laws.iter();
    let mut due: Vec<String> = laws
        .map(|law| format!("{}{} {}", law.title.first(), ended(law), law.citation))
        .collect();
    let lists = [
        &profile.collaborations,
        &profile.resources,
        &profile.funding,
    ];
    due.extend(
        lists
            .into_iter()
            .flatten()
            .map(|entry| entry.title.first().to_owned()),
    );
    for hotline in &profile.hotlines {
        due.push(format!("{} {}", hotline.name.first(), hotline.phone));
        due.extend(hotline.text.as_ref().map(|text| text.first().to_owned()));
    }
    due
}

fn worded(text: &toml::Value) -> String {
    text.as_str().unwrap().to_owned()
}

/// A count as the sheet prints it: `1,204`, `<5`, `hidden`.
pub fn printed(count: &Value) -> String {
    let count = match count {
        Value::String(hidden) => hidden.clone(),
        Value::Object(range) => {
            return format!("{}–{}", printed(&range["from"]), printed(&range["to"]));
        }
        number => number.to_string(),
    };
    let (less, digits) = match count.strip_prefix('<') {
        Some(limit) => ("<", limit),
        None => ("", count.as_str()),
    };
    if digits.bytes().any(|byte| !byte.is_ascii_digit()) {
        return count;
    }
    let mut printed = less.to_owned();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            printed.push(',');
        }
        printed.push(digit);
    }
    printed
}

/// The texts that a sheet doesn't contain, neither as drawn nor as read aloud. Lines may break anywhere, so white
/// space doesn't count.
pub fn missing(survey: &Survey, due: &[String]) -> Vec<String> {
    let close = |text: &str| text.split_whitespace().collect::<String>();
    let drawn = close(&survey.text());
    let read = close(&survey.read_aloud);
    let is_missing = |text: &str| !drawn.contains(text) && !read.contains(text);
    due.iter()
        .filter(|text| is_missing(&close(text)))
        .cloned()
        .collect()
}

/// Labels on the map that are neither a city in the state nor a word in the legend: truncated names.
pub fn odd_labels(survey: &Survey, state: Jurisdiction) -> Vec<String> {
    let wording: toml::Table = text_of("input/wording/en.toml").parse().unwrap();
    let gazetteer = Gazetteer::of(state);
    let cities = gazetteer
        .main_cities()
        .iter()
        .map(|city| city.name.as_str());
    let cities: BTreeSet<&str> = cities.collect();
    let legend = ["fewer", "more", "none", "none_shaded", "miles"];
    let mut legend: BTreeSet<String> = legend.map(|key| worded(&wording["map"][key])).into();
    legend.insert(worded(&wording["outline"]["legend"]));
    let islands = wording["map"]["islands"].as_table().unwrap();
    legend.extend(islands.values().map(worded));
    let miles = worded(&wording["map"]["miles"]);
    survey
        .pages
        .iter()
        .flat_map(|page| &page.pieces)
        .filter(|piece| piece.tag == "Figure")
        .map(|piece| piece.text.trim())
        .filter(|text| {
            // An inset has its scale in one piece: "20 miles".
            let length = text.strip_suffix(miles.as_str()).unwrap_or(text).trim_end();
            let is_number = length
                .chars()
                .all(|c| c.is_ascii_digit() || c == '.' || c == ',');
            !is_number && !cities.contains(text) && !legend.contains(*text)
        })
        .map(str::to_owned)
        .collect()
}

/// What follows the title of a law that has ended.
fn ended(law: &Law) -> String {
    match law.status {
        None => String::new(),
        Some(Status::Ended(None)) => " (ended)".to_owned(),
        Some(Status::Ended(Some(year))) => format!(" (ended {year})"),
    }
}
