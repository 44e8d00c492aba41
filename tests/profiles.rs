//! The profiles in input/profiles: complete, valid, and without typical editing mistakes.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{Days, NaiveDate};
use hotline_profile::jurisdiction::Jurisdiction;
use hotline_profile::profile::Profile;

const TERRITORIES: [&str; 5] = ["AS", "GU", "MP", "PR", "VI"];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("input/profiles")
}

fn file_name(state: Jurisdiction) -> String {
    format!("{}.toml", state.code().to_lowercase())
}

fn profiles() -> Vec<(Jurisdiction, Profile)> {
    Jurisdiction::all()
        .map(|state| {
            let name = file_name(state);
            let text = fs::read_to_string(folder().join(&name)).expect(&name);
            let profile = Profile::parse(&name, &text, state).unwrap_or_else(|e| panic!("{e}"));
            (state, profile)
        })
        .collect()
}

/// Every link of a profile.
fn links(profile: &Profile) -> impl Iterator<Item = &str> {
    let entries = [
        &profile.collaborations,
        &profile.resources,
        &profile.funding,
    ];
    profile
        .hotline_page
        .iter()
        .chain(profile.agencies.iter().filter_map(|a| a.url.as_ref()))
        .chain(profile.laws.iter().filter_map(|law| law.url.as_ref()))
        .chain(entries.into_iter().flatten().filter_map(|e| e.url.as_ref()))
        .chain(profile.hotlines.iter().filter_map(|h| h.url.as_ref()))
        .map(String::as_str)
}

/// Every day of review in a profile.
fn reviews(profile: &Profile) -> impl Iterator<Item = NaiveDate> {
    let entries = [
        &profile.collaborations,
        &profile.resources,
        &profile.funding,
    ];
    profile
        .laws
        .iter()
        .filter_map(|law| law.reviewed)
        .chain(entries.into_iter().flatten().filter_map(|e| e.reviewed))
        .chain(profile.hotlines.iter().filter_map(|h| h.reviewed))
}

/// The last day on which it is today anywhere on Earth.
fn latest_today() -> NaiveDate {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    NaiveDate::from_ymd_opt(1970, 1, 1).unwrap() + Days::new(seconds.as_secs() / 86_400 + 1)
}

#[test]
fn each_of_the_56_has_a_file_and_there_are_no_others() {
    let expected: BTreeSet<String> = Jurisdiction::all().map(file_name).collect();
    assert_eq!(expected.len(), 56);
    let found: BTreeSet<String> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "README.md")
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn each_file_begins_with_its_state_s_name() {
    for state in Jurisdiction::all() {
        let text = fs::read_to_string(folder().join(file_name(state))).unwrap();
        let first = text.lines().next().unwrap();
        assert!(
            first.starts_with(&format!("# {}: ", state.name())),
            "{first}"
        );
        assert!(
            text.contains(&format!("\nstate = \"{state}\"\n")),
            "{state}"
        );
    }
}

#[test]
fn every_law_has_its_own_title_and_citation() {
    for (state, profile) in profiles() {
        let mut citations = HashSet::new();
        for law in &profile.laws {
            assert!(
                !law.title.first().is_empty() && !law.citation.is_empty(),
                "{state}"
            );
            assert!(
                law.citation.contains(|c: char| c.is_ascii_digit()),
                "{state}: {}",
                law.citation
            );
            assert!(
                citations.insert(law.citation.to_lowercase()),
                "{state}: {} twice",
                law.citation
            );
        }
    }
}

#[test]
fn every_state_and_the_district_have_laws() {
    for (state, profile) in profiles() {
        assert!(
            !profile.laws.is_empty() || TERRITORIES.contains(&state.code()),
            "{state}"
        );
    }
}

#[test]
fn every_link_is_safe_and_has_no_space() {
    for (state, profile) in profiles() {
        for link in links(&profile) {
            assert!(link.starts_with("https://"), "{state}: {link}");
            assert!(!link.contains(char::is_whitespace), "{state}: {link}");
        }
    }
}

#[test]
fn a_hotline_page_is_the_state_s_own() {
    for (state, profile) in profiles() {
        if let Some(page) = &profile.hotline_page {
            assert!(page.ends_with(&format!("/{}", state.slug())), "{page}");
        }
    }
}

#[test]
fn nothing_was_reviewed_in_the_future() {
    let latest = latest_today();
    for (state, profile) in profiles() {
        for day in reviews(&profile) {
            assert!(day <= latest, "{state}: {day}");
        }
    }
}

/// A screen reader would pronounce them as English.
#[test]
fn the_spanish_titles_of_puerto_rico_s_laws_say_that_they_are_spanish() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/input/profiles/pr.toml");
    let profile = std::fs::read_to_string(path).unwrap();
    let laws: Vec<&str> = profile.split("[[laws]]").skip(1).collect();
    assert!(laws.len() >= 3);
    for law in laws {
        assert!(law.contains("\nlanguage = \"es\"\n"), "{law}");
    }
}
