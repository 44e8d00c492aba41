//! `build`: the sheet of a state, or of all, as PDF.

use std::path::{Path, PathBuf};

use super::counting::{self, Counted};
use super::{resources, whole_file};
use crate::cli::Build;
use crate::failure::{Failure, Outcome};
use crate::geo::{Boundaries, Projection};
use crate::heat::{Frame, projected_outline};
use crate::jurisdiction::Jurisdiction;
use crate::layout::{self, Grid};
use crate::pdf;
use crate::profile::Profile;
use crate::settings::Settings;
use crate::sheet::{self, Provenance, Shape};
use crate::tally::Statistics;
use crate::text::Faces;
use crate::wording::Wording;

/// From this ratio of width to height on, a state is low, and wide.
const LOW: f64 = 1.25;
const WIDE: f64 = 2.4;

pub(super) fn run(build: Build) -> Outcome<()> {
    let settings = Settings::complete(build)?;
    let vocabulary = resources::vocabulary(settings.vocabulary.as_deref())?;
    let mapping = resources::mapping(settings.mapping.as_deref(), &vocabulary)?;
    let press = Press {
        wording: resources::wording(settings.wording.as_deref())?,
        faces: Faces::embedded()?,
        settings: &settings,
    };
    counting::warn_if_unprotected(&settings);
    let rejects = settings
        .rejects
        .clone()
        .unwrap_or_else(|| settings.output.join("internal-rejects.csv"));
    let counted = counting::count(&settings, &vocabulary, &mapping, Some(&rejects))?;
    let all = counted.tally.statistics(&settings.states);
    let mut failed: Vec<(Jurisdiction, Failure)> = Vec::new();
    for statistics in &all {
        match press.print(statistics, &counted) {
            Ok(path) => println!("{}", path.display()),
            Err(failure) => failed.push((statistics.state, failure)),
        }
    }
    match failed.as_slice() {
        [] => Ok(()),
        [(_, failure)] if all.len() == 1 => Err(failure.clone()),
        several => {
            for (state, failure) in several {
                eprintln!("error: {state}: {failure}");
            }
            Err(Failure::data(format!(
                "{} of {} sheets could not be made",
                several.len(),
                all.len()
            )))
        }
    }
}

/// Makes sheets that differ only in their state.
struct Press<'a> {
    wording: Wording,
    faces: Faces,
    settings: &'a Settings,
}

impl Press<'_> {
    /// Makes one sheet and says where it is.
    fn print(&self, statistics: &Statistics, counted: &Counted<'_>) -> Outcome<PathBuf> {
        counting::require_data(statistics, &counted.tally)?;
        let state = statistics.state;
        let profile = self.profile(state)?;
        let published = counting::publish(statistics, self.settings);
        tell_ledger(statistics);
        let provenance = Provenance {
            sha256: counted.digests.join(" "),
            data_through: counted.tally.data_through(),
            options: self.settings.options(state),
        };
        let sheet = sheet::compose(
            &published,
            &profile,
            &self.wording,
            &provenance,
            shape(state),
        );
        let pages = layout::lay_out(&sheet, &self.faces, Grid::LETTER)?;
        let bytes = pdf::write(&pages, &sheet.title, &sheet.metadata, &self.faces)?;
        let path = self.settings.output.join(file_name(
            state,
            self.settings.period.year,
            published.internal,
        ));
        whole_file::write(&path, &bytes)?;
        Ok(path)
    }

    /// The state's profile; without one the sheet has statistics and the national hotline only.
    fn profile(&self, state: Jurisdiction) -> Outcome<Profile> {
        let folder: Option<&Path> = self.settings.profiles.as_deref();
        Ok(resources::profile(folder, state)?.unwrap_or_else(|| {
            eprintln!(
                "note: {state} has no profile, so the sheet leaves out laws, efforts and local hotlines; \
                 start one with `hotline-profile init {state}`"
            );
            Profile::default()
        }))
    }
}

/// `NM-Human-Trafficking-Profile-2016.pdf`: letters, digits and hyphens, as grant portals demand.
fn file_name(state: Jurisdiction, year: i32, internal: bool) -> String {
    let mark = if internal { "-INTERNAL" } else { "" };
    format!("{state}-Human-Trafficking-Profile-{year}{mark}.pdf")
}

fn shape(state: Jurisdiction) -> Shape {
    let boundaries = Boundaries::of(state);
    let projection = Projection::for_boundaries(&boundaries);
    match Frame::around(&projected_outline(&boundaries, &projection)).aspect() {
        aspect if aspect >= WIDE => Shape::Wide,
        aspect if aspect >= LOW => Shape::Low,
        _ => Shape::Compact,
    }
}

/// Says on standard error what became of the rows.
fn tell_ledger(statistics: &Statistics) {
    let line = statistics.ledger.total;
    eprintln!(
        "{}: {} rows read = {} used + {} outside the period + {} other states + {} duplicates + {} rejected",
        statistics.state,
        line.rows_read,
        line.used,
        line.outside_period,
        line.other_state,
        line.duplicate,
        line.rejected
    );
    let outside = statistics.map.outside_points;
    if outside > 0 {
        eprintln!(
            "note: {}: {outside} {} outside the state and {} not on the map",
            statistics.state,
            if outside == 1 {
                "place lies"
            } else {
                "places lie"
            },
            if outside == 1 { "is" } else { "are" }
        );
    }
}
