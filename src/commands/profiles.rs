//! `profiles`: what nobody has checked for a year, and what is known to have ended.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{Days, Months, NaiveDate};

use super::resources;
use super::standard_output::print_report;
use crate::cli::{Profiles, ReviewOptions};
use crate::failure::{Failure, Outcome};
use crate::jurisdiction::Jurisdiction;
use crate::profile::{Profile, Status};
use crate::report::{self, Reviews, StaleEntry};

pub(super) fn run(options: &Profiles) -> Outcome<()> {
    let as_of = day(&options.review)?;
    let folder = options.profiles.profiles.as_deref();
    let states: Vec<Jurisdiction> = match options.state {
        Some(state) => vec![state],
        None => Jurisdiction::all().collect(),
    };
    let mut reviews = Reviews {
        as_of,
        states: Vec::new(),
    };
    for state in states {
        if let Some(profile) = resources::profile(folder, state)? {
            let stale = stale_entries(&profile, as_of);
            reviews.states.push((state, stale, ended(&profile)));
        }
    }
    print_report(
        options.report,
        || report::reviews_json(&reviews),
        || report::reviews_table(&reviews),
    )
}

/// The entries in a state's profile that were last reviewed more than a year before a day, or never.
///
/// # Errors
/// A profile that can't be read.
pub(super) fn stale(
    profiles: Option<&Path>,
    state: Jurisdiction,
    as_of: NaiveDate,
) -> Outcome<Vec<StaleEntry>> {
    let profile = resources::profile(profiles, state)?.unwrap_or_default();
    Ok(stale_entries(&profile, as_of))
}

/// The requested day, or today, in UTC.
///
/// # Errors
/// A wrong clock.
pub(super) fn day(review: &ReviewOptions) -> Outcome<NaiveDate> {
    if let Some(day) = review.as_of {
        return Ok(day);
    }
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let days = since.map_or(0, |since| since.as_secs() / (24 * 60 * 60));
    NaiveDate::default()
        .checked_add_days(Days::new(days))
        .ok_or_else(|| {
            Failure::data("this computer's clock is wrong")
                .remedy("set the clock, or give the day with --as-of")
        })
}

fn stale_entries(profile: &Profile, as_of: NaiveDate) -> Vec<StaleEntry> {
    let oldest = as_of.checked_sub_months(Months::new(12));
    entries(profile)
        .filter(|(_, _, reviewed)| match (reviewed, oldest) {
            (Some(reviewed), Some(oldest)) => *reviewed < oldest,
            (reviewed, _) => reviewed.is_none(),
        })
        .map(|(list, title, reviewed)| StaleEntry {
            list,
            title,
            reviewed: reviewed.map(|day| day.to_string()),
        })
        .collect()
}

/// Laws that have ended according to the profile, with what it says.
fn ended(profile: &Profile) -> Vec<(String, String)> {
    let laws = profile.laws.iter();
    laws.filter_map(|law| {
        let Status::Ended(year) = law.status?;
        let when = year.map_or_else(|| "ended".to_owned(), |year| format!("ended {year}"));
        Some((format!("{}: {}", law.citation, law.title.first()), when))
    })
    .collect()
}

/// Each entry in a profile: its list, its title, and when it was reviewed.
fn entries(profile: &Profile) -> impl Iterator<Item = (&'static str, String, Option<NaiveDate>)> {
    let laws = profile.laws.iter().map(|law| {
        let title = format!("{}: {}", law.citation, law.title.first());
        ("laws", title, law.reviewed)
    });
    let lists = [
        ("collaborations", &profile.collaborations),
        ("resources", &profile.resources),
        ("funding", &profile.funding),
    ];
    let efforts = lists.into_iter().flat_map(|(list, entries)| {
        let entries = entries.iter();
        entries.map(move |entry| (list, entry.title.first().to_owned(), entry.reviewed))
    });
    let hotlines = profile.hotlines.iter().map(|hotline| {
        (
            "hotlines",
            hotline.name.first().to_owned(),
            hotline.reviewed,
        )
    });
    laws.chain(efforts).chain(hotlines)
}
