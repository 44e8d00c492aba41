//! `build`: the sheet of a state, or of all, as files.

use std::path::PathBuf;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;

use super::batch::{self, Printed};
use super::counting::{self, Data};
use super::inputs::Passes;
use super::rejects::Rejects;
use super::standard_output::print;
use super::whole_file::INTERNAL_FOLDER;
use super::{resources, whole_file};
use crate::cli::Build;
use crate::failure::{Failure, Outcome};
use crate::jurisdiction::Jurisdiction;
use crate::make::{self, Counted, Notice, NoticeKind, Request};
use crate::notice;
use crate::profile::Profile;
use crate::report;
use crate::tally::Statistics;
use crate::theme::Theme;

pub(super) fn run(build: &Build) -> Outcome<()> {
    let selection = &build.selection;
    let data = Data::of(&selection.data, &selection.limits, Passes::Once)?;
    let theme = match &build.theme {
        Some(path) => Theme::read(path)?,
        None => Theme::usual()?,
    };
    let wording = resources::wording(build.wording.wording.as_deref())?;
    let form = build.form.form(&selection.count);
    let protection = selection.protection.protection();
    let request =
        Request::new(&wording, &theme, form, protection)?.with_files(build.form.file_kinds())?;
    counting::warn_if_unprotected(&selection.protection);
    let usual = build.output.join(INTERNAL_FOLDER).join("rejects.csv");
    let rejects = selection.rejects.rejects.as_deref().unwrap_or(&usual);
    let mut rejects = Rejects::to(Some(rejects), &data.inputs)?;
    let counting = data.counting_of(selection)?;
    let counted = data.count(&counting, &mut rejects)?;
    counting::require_data(&counted)?;
    counting::tell_all(request.voice(&counted.statistics).as_slice());
    let press = Press {
        request,
        counted: &counted,
        build,
    };
    let (all, empty): (Vec<&Statistics>, Vec<&Statistics>) = counted
        .statistics
        .iter()
        .partition(|statistics| build.empty || !counted.is_empty(statistics));
    if !empty.is_empty() {
        let states: Vec<&str> = empty.iter().map(|skipped| skipped.state.code()).collect();
        eprintln!(
            "note: no sheet for {} states and territories of which the data have nothing: {}; --empty makes \
             them too",
            states.len(),
            states.join(", ")
        );
    }

    let progress = progress(all.len());
    let printed: Vec<(Jurisdiction, Outcome<Printed>)> = all
        .par_iter()
        // With shares of several sheets, all but one core would be idle at the end.
        .with_max_len(1)
        .map(|statistics| {
            let printed = press.print(statistics);
            progress.inc(1);
            (statistics.state, printed)
        })
        .collect();
    progress.finish_and_clear();
    if printed.iter().any(|(_, printed)| printed.is_ok()) {
        rejects.finish()?;
    }
    if let [(state, only)] = printed.as_slice()
        && !selection.area.all
    {
        let printed = only.as_ref().map_err(Failure::clone)?;
        batch::tell(*state, printed);
        return print(&batch::lines(&printed.paths));
    }
    batch::conclude(&build.output, &printed)
}

/// Shows how many sheets are made and how long the others will take; silent where standard error is
/// no terminal, and for a single sheet.
fn progress(sheets: usize) -> ProgressBar {
    if sheets < 2 {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:30} {pos} of {len} sheets, {eta} left")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = ProgressBar::new(sheets as u64).with_style(style);
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// Makes sheets that differ only in their state, and writes them.
struct Press<'a> {
    request: Request<'a>,
    counted: &'a Counted<'a>,
    build: &'a Build,
}

impl Press<'_> {
    /// Makes and writes one sheet.
    fn print(&self, statistics: &Statistics) -> Outcome<Printed> {
        let state = statistics.state;
        let of_state = |notice: &&Notice| notice.state == Some(state);
        let mut notices: Vec<Notice> = self
            .counted
            .notices
            .iter()
            .filter(of_state)
            .cloned()
            .collect();
        // Without one the sheet has statistics and the national hotline only.
        let profile = match resources::profile(self.build.profiles.profiles.as_deref(), state)? {
            Some(profile) => profile,
            None => {
                notices.push(no_profile(state));
                Profile::default()
            }
        };
        let made = make::sheet(statistics, &profile, &self.request)?;
        notices.extend(made.notices);
        notice::sort(&mut notices);
        let path = |name: &str| self.build.output.join(name);
        let paths: Vec<PathBuf> = made.files.iter().map(|file| path(&file.name)).collect();
        if let Some(path) = paths.first().filter(|_| self.build.statistics) {
            let json = format!("{:#}\n", report::json(&made.published));
            whole_file::write(&path.with_extension("json"), json.as_bytes())?;
            let csv = report::csv(std::slice::from_ref(&made.published));
            whole_file::write(&path.with_extension("csv"), csv.as_bytes())?;
        }
        for (path, file) in paths.iter().zip(&made.files) {
            whole_file::write(path, &file.bytes)?;
        }
        Ok(Printed {
            paths,
            pages: made.pages,
            bytes: made.files.iter().map(|file| file.bytes.len()).sum(),
            cases: made.published.cases,
            ledger: statistics.ledger.total,
            attachment: made.attachment,
            notices,
        })
    }
}

fn no_profile(state: Jurisdiction) -> Notice {
    Notice::new(
        NoticeKind::NoProfile,
        format!(
            "no profile, so no laws, efforts and local hotlines; \
             start one with `hotline-profile init {state}`"
        ),
    )
    .about(state)
}
