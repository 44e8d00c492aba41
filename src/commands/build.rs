//! `build`: the sheet for a state, or for all, as files.

use std::path::{Path, PathBuf};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;

use super::audit::{self, GivenAway};
use super::batch::{self, Printed};
use super::counting::{self, Data};
use super::dry_run;
use super::inputs::Passes;
use super::rejects::Rejects;
use super::standard_output::print;
use super::teller::Teller;
use super::whole_file::INTERNAL_FOLDER;
use super::{resources, whole_file};
use crate::area::Area;
use crate::audit::{Sheet, sheet_of};
use crate::cli::{self, Build, Variant};
use crate::failure::{Failure, Outcome};
use crate::jurisdiction::Jurisdiction;
use crate::make::{self, Counted, Notice, NoticeKind, Request};
use crate::notice;
use crate::profile::Profile;
use crate::report;
use crate::tally::Statistics;
use crate::template::{self, ProfilePages};
use crate::theme::Theme;
use crate::vocabulary::Vocabulary;
use crate::wording::Wording;

pub(super) fn run(build: &Build) -> Outcome<()> {
    let selection = &build.selection;
    let data = Data::of(&selection.data, &build.limits, &build.tell, Passes::Once)?;
    let theme = match &build.theme {
        Some(path) => Theme::read(path)?,
        None => Theme::usual()?,
    };
    let base = build.form.form(&selection.count);
    let variants = cli::variants(&build.form.forms, base)?;
    let wordings = wordings(build, &variants)?;
    let released = audit::sheets(
        &build.released.released,
        &data.vocabulary,
        build.wording.wording.as_deref(),
    )?;
    let requests = requests(build, &variants, &wordings, &theme, &released)?;
    counting::warn_if_unprotected(&selection.protection, data.teller);
    let usual = build.output.join(INTERNAL_FOLDER).join("rejects.csv");
    let rejects_at = selection.rejects.rejects.as_deref().unwrap_or(&usual);
    let mut rejects = Rejects::to((!build.dry_run).then_some(rejects_at), &data.inputs)?;
    let counting = data.counting_of(selection);
    let counted = data.count(&counting, &mut rejects)?;
    counting::require_data(&counted)?;
    let voice = requests.first().map(|it| it.voice(&counted.statistics));
    data.teller.tell_all(voice.flatten().as_slice());
    let pages = profile_pages(&data)?;
    let builder = Builder {
        requests,
        pages,
        counted: &counted,
        build,
        vocabulary: &data.vocabulary,
        released: &released,
    };
    let printed = builder.make_all(data.teller);
    if build.dry_run {
        return print(&dry_run::text(
            build, &data, &counted, rejects_at, &printed,
        )?);
    }
    if printed.iter().any(|(_, printed)| printed.is_ok()) {
        rejects.finish()?;
    }
    if let [(area, only)] = printed.as_slice()
        && !selection.area.all
    {
        let printed = only.as_ref().map_err(Failure::clone)?;
        batch::tell(*area, printed, data.teller);
        print(&batch::lines(&printed.paths))?;
        refuse_given_away(build, [&printed.given_away])?;
        if build.open {
            open(printed.paths.first().unwrap_or(&build.output), data.teller);
        }
        return Ok(());
    }
    let sheets = printed.iter().filter_map(|(_, sheet)| sheet.as_ref().ok());
    let sheets: Vec<&Printed> = sheets.collect();
    for sheet in &sheets {
        batch::tell_given_away(sheet, data.teller);
    }
    let published = sheets.iter().map(|sheet| &sheet.published);
    let together = audit::published_together(published, &data.vocabulary)?;
    together
        .told
        .iter()
        .for_each(|sentence| data.teller.warn(sentence));
    batch::conclude(&build.output, &printed)?;
    let of_each = sheets.iter().map(|sheet| &sheet.given_away);
    refuse_given_away(build, of_each.chain([&together]))?;
    if build.open {
        open(&build.output, data.teller);
    }
    Ok(())
}

/// In strict builds, a sheet that gives a small number away is an error. The files still exist, so that you can look
/// at them.
fn refuse_given_away<'a>(
    build: &Build,
    given_away: impl IntoIterator<Item = &'a GivenAway>,
) -> Outcome<()> {
    let is_told = given_away.into_iter().any(|it| !it.is_safe);
    match is_told && build.selection.data.strict {
        true => Err(
            Failure::data("small numbers could be worked out from this sheet and the published ones").remedy(
                "don't release the sheet; or name the published sheets with --released, so that numbers that would give small ones away become ranges",
            ),
        ),
        false => Ok(()),
    }
}

/// Laws, efforts and hotlines in data workbooks. Standard input can't be read again.
fn profile_pages(data: &Data) -> Outcome<Vec<ProfilePages>> {
    let files = data.inputs.iter();
    let files = files.filter(|input| Path::new(input.name()).is_file());
    files
        .map(|input| template::profile_pages(input, data.limits))
        .collect()
}

/// The wording of each form: the one that it names itself, or the one from the options.
fn wordings(build: &Build, variants: &[Variant]) -> Outcome<Vec<Wording>> {
    let variants = variants.iter();
    let named = variants.map(|variant| match variant.language {
        Some(language) => Some(Path::new(language)),
        None => build.wording.wording.as_deref(),
    });
    named.map(resources::wording).collect()
}

fn requests<'a>(
    build: &Build,
    variants: &[Variant],
    wordings: &'a [Wording],
    theme: &'a Theme,
    released: &[Sheet],
) -> Outcome<Vec<Request<'a>>> {
    let protection = build.selection.protection.protection();
    let pictures = build.form.pictures()?;
    let variants = variants.iter().zip(wordings);
    variants
        .map(|(variant, wording)| {
            Request::new(wording, theme, variant.form, protection)?
                .with_released(released.to_vec())
                .with_files(build.form.file_kinds())?
                .with_pictures(pictures.clone())
        })
        .collect()
}

/// Opens a file or folder in the program for it. The sheet is made, whether or not this works.
fn open(path: &Path, teller: Teller) {
    if open::that_detached(path).is_err() {
        teller.warn(format_args!(
            "the sheet is made, but it can't be opened here: open {} yourself",
            path.display()
        ));
    }
}

/// Shows how many sheets are made and how long the others will take; hidden if standard error isn't a terminal, and
/// for a single sheet.
fn progress(sheets: usize, is_quiet: bool) -> ProgressBar {
    if sheets < 2 || is_quiet {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:30} {pos} of {len} sheets, {eta} left")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = ProgressBar::new(sheets as u64).with_style(style);
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// Makes sheets that differ only in their state, each in the same forms, and writes them.
struct Builder<'a> {
    requests: Vec<Request<'a>>,
    /// The profile pages of data workbooks.
    pages: Vec<ProfilePages>,
    counted: &'a Counted<'a>,
    build: &'a Build,
    vocabulary: &'a Vocabulary,
    /// Published editions.
    released: &'a [Sheet],
}

impl Builder<'_> {
    /// Makes and writes the sheets for all areas that have data.
    fn make_all(&self, teller: Teller) -> Vec<(Area, Outcome<Printed>)> {
        let (all, empty): (Vec<&Statistics>, Vec<&Statistics>) = self
            .counted
            .statistics
            .iter()
            .partition(|statistics| self.build.empty || !self.counted.is_empty(statistics));
        if !empty.is_empty() {
            let states: Vec<String> = empty.iter().map(|skipped| skipped.area.code()).collect();
            teller.say(format_args!(
                "note: no sheet for {} states and territories without data: {}; --empty makes \
                 those too",
                states.len(),
                states.join(", ")
            ));
        }
        let progress = progress(all.len(), self.build.tell.quiet);
        let printed = all
            .par_iter()
            // If each core got a fixed share of the sheets, all but one could be idle at the end.
            .with_max_len(1)
            .map(|statistics| {
                let printed = self.make(statistics);
                progress.inc(1);
                (statistics.area, printed)
            })
            .collect();
        progress.finish_and_clear();
        printed
    }

    /// The profile of a state; for a larger area, only what its sheet takes from the profiles of its states.
    fn profile(&self, area: Area, notices: &mut Vec<Notice>) -> Outcome<Profile> {
        let folder = self.build.profiles.profiles.as_deref();
        let Some(state) = area.state() else {
            let mut of_states = Vec::new();
            for state in area.states().iter() {
                of_states.push((
                    state,
                    resources::profile(folder, state)?.unwrap_or_default(),
                ));
            }
            return Ok(Profile::of_area(of_states));
        };
        // Without one, the sheet has only statistics and the national hotline.
        let profile = resources::profile(folder, state)?;
        let profile = profile.unwrap_or_else(|| {
            notices.push(no_profile(state));
            Profile::default()
        });
        let is_only_state = self.counted.statistics.len() == 1;
        let mut pages = self.pages.iter();
        pages.try_fold(profile, |profile, pages| {
            pages.complete(profile, state, is_only_state)
        })
    }

    /// Makes the sheet for an area in each form, and writes it.
    fn make(&self, statistics: &Statistics) -> Outcome<Printed> {
        let area = statistics.area;
        let of_area = |notice: &&Notice| notice.area == Some(area);
        let of_data = self.counted.notices.iter().filter(of_area);
        let mut notices: Vec<Notice> = of_data.cloned().collect();
        let profile = self.profile(area, &mut notices)?;
        let made = self.requests.iter();
        let made: Vec<make::Made> = made
            .map(|request| make::sheet(statistics, &profile, request))
            .collect::<Outcome<_>>()?;
        let Some(first) = made.first() else {
            return Err(Failure::bug("a sheet in no form"));
        };
        let published = first.published.clone();
        let given_away = self.given_away(first)?;
        let mut paths = Vec::new();
        let mut bytes = 0;
        for made in &made {
            let of_form = self.write(made)?;
            bytes += made
                .files
                .iter()
                .map(|file| file.bytes.len())
                .sum::<usize>();
            paths.extend(of_form);
            // What is reported for one form also applies to the others, unless it is about the form.
            for notice in &made.notices {
                if !notices.contains(notice) {
                    notices.push(notice.clone());
                }
            }
        }
        notice::sort(&mut notices);
        Ok(Printed {
            paths,
            pages: made.iter().map(|made| made.pages).sum(),
            bytes,
            published,
            ledger: statistics.ledger.total,
            attachment: made.into_iter().flat_map(|made| made.attachment).collect(),
            notices,
            given_away,
        })
    }

    /// What a sheet gives away, by itself and together with published ones. If nothing is hidden, nothing is given
    /// away.
    fn given_away(&self, made: &make::Made) -> Outcome<GivenAway> {
        let published = &made.published;
        if published.internal || published.min_cell == 0 {
            return Ok(GivenAway::default());
        }
        let name = made.files.first().map_or("", |file| &file.name);
        let sheet = sheet_of(name, published, self.vocabulary)?;
        Ok(audit::beside(sheet, self.released))
    }

    /// Writes the files of a form; in a dry run, only says where they would be.
    fn write(&self, made: &make::Made) -> Outcome<Vec<PathBuf>> {
        let folder = match self.build.selection.area.all {
            true => batch::folder_of(made.published.area, &self.build.output),
            false => self.build.output.clone(),
        };
        let path = |name: &str| folder.join(name);
        let mut paths: Vec<PathBuf> = made.files.iter().map(|file| path(&file.name)).collect();
        let beside = self.build.statistics;
        let beside =
            beside.then(|| ["json", "csv"].map(|ending| path(&format!("{}.{ending}", made.stem))));
        if self.build.dry_run {
            paths.extend(beside.into_iter().flatten());
            return Ok(paths);
        }
        let are_internal = made.published.internal;
        let write =
            |path: &Path, bytes: &[u8]| whole_file::write_numbers(path, bytes, are_internal);
        if let Some([json, csv]) = beside {
            let text = format!("{:#}\n", report::json(&made.published));
            write(&json, text.as_bytes())?;
            let text = report::csv(std::slice::from_ref(&made.published));
            write(&csv, text.as_bytes())?;
        }
        for (path, file) in paths.iter().zip(&made.files) {
            write(path, &file.bytes)?;
        }
        Ok(paths)
    }
}

fn no_profile(state: Jurisdiction) -> Notice {
    Notice::new(
        NoticeKind::NoProfile,
        format!(
            "there is no profile, so the sheet has no laws, efforts or local hotlines; \
             start one with `hotline-profile init {state}`"
        ),
    )
    .about(state)
}
