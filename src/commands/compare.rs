//! `compare`: what changed from one year's sheet to the next.

use std::io;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{Days, Months, NaiveDate};

use super::counting::{self, Data};
use super::inputs::Passes;
use super::rejects::Rejects;
use super::resources;
use super::standard_output::print;
use crate::cli::{Compare, ReportFormat, TimeOptions};
use crate::failure::{Failure, Outcome};
use crate::jurisdiction::Jurisdiction;
use crate::make::{self, Counted};
use crate::profile::Profile;
use crate::protect::Published;
use crate::report::{self, StaleEntry, comparison_json, comparison_table};

pub(super) fn run(compare: &Compare) -> Outcome<()> {
    let [earlier, later] = years(&compare.years)?;
    let state = compare.area.only_state()?;
    let data = Data::of(&compare.data, &compare.limits, Passes::Several)?;
    counting::warn_if_unprotected(&compare.protection);
    let count = |year| {
        let time = TimeOptions {
            year: Some(year),
            from: compare.from,
            to: None,
        };
        Ok(data.counting(vec![state], time.period()?, compare.count.unit))
    };
    let counted = data.count(&count(earlier)?, &mut Rejects::to(None, &data.inputs)?)?;
    let before = publish(&counted, compare)?;
    drop(counted);
    // What is to be told of the data has been told.
    let counted = make::statistics(&data.inputs, &count(later)?, io::sink())?;
    let after = publish(&counted, compare)?;

    let as_of = compare.as_of.map_or_else(today, Ok)?;
    let comparison = report::Comparison {
        stale: stale(compare.profiles.profiles.as_deref(), state, as_of)?,
        before: &before,
        after: &after,
        as_of,
    };
    let given_away = comparison.given_away();
    if !given_away.is_empty() {
        eprintln!(
            "warning: whoever has both sheets can work out a number that is too small to be printed, from {}",
            given_away.join(", ")
        );
        eprintln!(
            "  help: release one of the two sheets only, or let their periods have fewer months in common"
        );
    }
    print(&match compare.format {
        ReportFormat::Json => format!("{:#}\n", comparison_json(&comparison)),
        ReportFormat::Table => comparison_table(&comparison),
    })
}

/// The two years, the earlier first.
fn years(given: &[i32]) -> Outcome<[i32; 2]> {
    match *given {
        [a, b] if a != b => Ok([a.min(b), a.max(b)]),
        _ => Err(Failure::usage("two different years are compared")
            .remedy("give both, as in --year 2015 --year 2016")),
    }
}

fn publish(counted: &Counted<'_>, compare: &Compare) -> Outcome<Published> {
    counting::require_data(counted)?;
    let (published, notices) = make::numbers_alone(
        &counted.statistics[0],
        compare.protection.protection(),
        compare.count.trend,
    );
    counting::tell_all(&notices);
    Ok(published)
}

/// The entries of the state's profile that were last reviewed more than a year before a day, or never.
fn stale(
    profiles: Option<&Path>,
    state: Jurisdiction,
    as_of: NaiveDate,
) -> Outcome<Vec<StaleEntry>> {
    let profile = resources::profile(profiles, state)?.unwrap_or_default();
    let oldest = as_of.checked_sub_months(Months::new(12));
    Ok(entries(&profile)
        .filter(|(_, _, reviewed)| match (reviewed, oldest) {
            (Some(reviewed), Some(oldest)) => *reviewed < oldest,
            (reviewed, _) => reviewed.is_none(),
        })
        .map(|(list, title, reviewed)| StaleEntry {
            list,
            title: title.to_owned(),
            reviewed: reviewed.map(|day| day.to_string()),
        })
        .collect())
}

/// Each entry of a profile: the list that it stands in, its title, and when it was reviewed.
fn entries(profile: &Profile) -> impl Iterator<Item = (&'static str, &str, Option<NaiveDate>)> {
    let laws = profile
        .laws
        .iter()
        .map(|law| ("laws", law.title.first(), law.reviewed));
    let lists = [
        ("collaborations", &profile.collaborations),
        ("resources", &profile.resources),
        ("funding", &profile.funding),
    ];
    let efforts = lists.into_iter().flat_map(|(list, entries)| {
        let entries = entries.iter();
        entries.map(move |entry| (list, entry.title.first(), entry.reviewed))
    });
    let hotlines = profile
        .hotlines
        .iter()
        .map(|hotline| ("hotlines", hotline.name.first(), hotline.reviewed));
    laws.chain(efforts).chain(hotlines)
}

/// The day of the run, in UTC: this command alone asks for it, and --as-of takes its place.
fn today() -> Outcome<NaiveDate> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let days = since.map_or(0, |since| since.as_secs() / (24 * 60 * 60));
    NaiveDate::default()
        .checked_add_days(Days::new(days))
        .ok_or_else(|| Failure::data("the clock is wrong").remedy("give the day with --as-of"))
}
