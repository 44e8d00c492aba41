//! `build`: the sheet of a state, or of all, as PDF.

use std::path::{Path, PathBuf};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;

use super::batch::{self, Printed};
use super::counting::{self, Beside, Counted};
use super::standard_output::print;
use super::{forms, resources, whole_file};
use crate::cli::{Build, Portal};
use crate::failure::{Failure, Outcome};
use crate::geo::Plane;
use crate::heat::Frame;
use crate::jurisdiction::Jurisdiction;
use crate::layout::{self, Columns, Format, Pages};
use crate::pdf::{self, attachment};
use crate::profile::Profile;
use crate::protect::Published;
use crate::report;
use crate::settings::Settings;
use crate::sheet::{self, Arrangement, Extent, Provenance, Shape, Sheet};
use crate::tally::Statistics;
use crate::theme::Theme;
use crate::wording::Wording;

/// From this ratio of width to height on, a state is low, and wide.
const LOW: f64 = 1.25;
const WIDE: f64 = 2.4;

pub(super) fn run(build: Build) -> Outcome<()> {
    let settings = Settings::complete(build)?;
    let vocabulary = resources::vocabulary(settings.vocabulary.as_deref())?;
    let theme = match &settings.theme {
        Some(path) => Theme::read(path)?,
        None => Theme::usual()?,
    };
    if settings.form.attach.is_some() && settings.internal {
        return Err(
            Failure::usage("an internal sheet may not be attached to an application")
                .remedy("build it without --internal"),
        );
    }
    let mapping = resources::mapping(settings.mapping.as_deref(), &vocabulary)?;
    let press = Press {
        wording: resources::wording(settings.wording.as_deref())?,
        format: forms::format(&settings.form, &theme)?,
        theme: &theme,
        writer: pdf::Writer::new(&theme.faces)?,
        settings: &settings,
    };
    counting::warn_if_unprotected(&settings);
    let rejects = settings
        .rejects
        .clone()
        .unwrap_or_else(|| settings.output.join("internal-rejects.csv"));
    let beside = Beside {
        rejects: Some(&rejects),
        digests: true,
    };
    let counted = counting::count(&settings, &vocabulary, &mapping, beside)?;
    counting::require_data(&counted)?;
    let all = &counted.statistics;

    let progress = progress(all.len());
    let printed: Vec<(Jurisdiction, Outcome<Printed>)> = all
        .par_iter()
        // With shares of several sheets, all but one core would be idle at the end.
        .with_max_len(1)
        .map(|statistics| {
            let printed = press.print(statistics, &counted);
            progress.inc(1);
            (statistics.state, printed)
        })
        .collect();
    progress.finish_and_clear();
    if let [(state, only)] = printed.as_slice() {
        let printed = only.as_ref().map_err(Failure::clone)?;
        batch::tell(*state, printed);
        return print(&format!("{}\n", printed.path.display()));
    }
    batch::conclude(&settings.output, &printed)
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

/// Makes sheets that differ only in their state.
struct Press<'a> {
    wording: Wording,
    theme: &'a Theme,
    writer: pdf::Writer<'a>,
    format: Format,
    settings: &'a Settings,
}

impl Press<'_> {
    /// Makes one sheet.
    fn print(&self, statistics: &Statistics, counted: &Counted) -> Outcome<Printed> {
        let state = statistics.state;
        let mut warnings = Vec::new();
        let profile = self.profile(state, &mut warnings)?;
        let published = counting::publish(statistics, self.settings);
        if statistics.map.outside_points > 0 {
            warnings.push(format!(
                "places outside the state, not on the map: {}",
                statistics.map.outside_points
            ));
        }
        if !counted.has_data(statistics) {
            warnings.push("no signal in the year".to_owned());
        }
        let provenance = Provenance {
            sha256: counted.digests.join(" "),
            data_through: counted.data_through,
            options: self.settings.options(state),
        };
        let compose = |shape| {
            let arrangement = Arrangement {
                shape,
                extent: forms::extent(&self.settings.form),
                gray: self.format.gray,
                data_page: self.settings.data_page,
            };
            sheet::compose(
                &published,
                &profile,
                &self.wording,
                &provenance,
                arrangement,
                &self.theme.brand,
            )
        };
        let shape = match self.format.columns {
            Columns::Abreast => shape(&published),
            Columns::Stacked => Shape::Single,
        };
        let (sheet, pages) = self.lay_out(compose, shape)?;
        let bytes = self.writer.write(&pages, &sheet.title, &sheet.metadata)?;
        let path = self.path(state);
        let attachment = match self.settings.form.attach {
            Some(Portal::GrantsGov) => {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                attachment::check(&name, &bytes)?
            }
            None => Vec::new(),
        };
        if forms::extent(&self.settings.form) == Extent::OnePage && pages.pages.len() > 1 {
            warnings.push(format!("too long for one page: {}", pages.pages.len()));
        }
        if self.settings.statistics {
            let json = format!("{:#}\n", report::json(&published));
            whole_file::write(&path.with_extension("json"), json.as_bytes())?;
            let csv = report::csv(std::slice::from_ref(&published));
            whole_file::write(&path.with_extension("csv"), csv.as_bytes())?;
        }
        whole_file::write(&path, &bytes)?;
        Ok(Printed {
            path,
            pages: pages.pages.len(),
            bytes: bytes.len(),
            cases: published.cases,
            ledger: statistics.ledger.total,
            attachment,
            warnings,
        })
    }

    /// Lays a sheet out in a shape. Where one of its parts runs over its page, as with long notes on ties,
    /// the map takes the page's whole width instead: there it can give way the most.
    fn lay_out(&self, compose: impl Fn(Shape) -> Sheet, shape: Shape) -> Outcome<(Sheet, Pages)> {
        let lay_out = |shape| -> Outcome<(Sheet, Pages)> {
            let sheet = compose(shape);
            let pages = layout::lay_out(&sheet, &self.theme.faces, &self.format)?;
            Ok((sheet, pages))
        };
        let (sheet, pages) = lay_out(shape)?;
        if matches!(shape, Shape::Compact | Shape::Low) && pages.pages.len() > sheet.parts.len() {
            let wide = lay_out(Shape::Wide)?;
            if wide.1.pages.len() < pages.pages.len() {
                return Ok(wide);
            }
        }
        Ok((sheet, pages))
    }

    /// The state's profile; without one the sheet has statistics and the national hotline only.
    fn profile(&self, state: Jurisdiction, warnings: &mut Vec<String>) -> Outcome<Profile> {
        let folder: Option<&Path> = self.settings.profiles.as_deref();
        Ok(resources::profile(folder, state)?.unwrap_or_else(|| {
            warnings.push(format!(
                "no profile, so no laws, efforts and local hotlines; \
                 start one with `hotline-profile init {state}`"
            ));
            Profile::default()
        }))
    }

    /// `NM-Human-Trafficking-Profile-2016.pdf`: letters, digits and hyphens, as grant portals demand.
    /// A sheet in another language than English says so: `…-2016-es.pdf`.
    fn path(&self, state: Jurisdiction) -> PathBuf {
        let mark = if self.settings.internal {
            "-INTERNAL"
        } else {
            ""
        };
        let year = self.settings.period.year;
        let language = match self.wording.language.split('-').next() {
            None | Some("" | "en") => String::new(),
            Some(language) => format!("-{language}"),
        };
        let form = forms::suffix(&self.settings.form);
        self.settings.output.join(format!(
            "{state}-Human-Trafficking-Profile-{year}{language}{form}{mark}.pdf"
        ))
    }
}

fn shape(published: &Published) -> Shape {
    match Frame::around(&Plane::shared(published.state).outline).aspect() {
        aspect if aspect >= WIDE => Shape::Wide,
        aspect if aspect >= LOW && lists_leave_room(published, aspect) => Shape::Low,
        _ => Shape::Compact,
    }
}

/// Whether the venues can stand under the map of a state so much wider than high without making the
/// map much lower than its column is wide.
fn lists_leave_room(published: &Published, aspect: f64) -> bool {
    /// Height that a map and the lists have on letter paper, and the map's width, in points.
    const BOTH: f64 = 380.0;
    const MAP_WIDTH: f64 = 307.0;
    /// What a list takes in itself, and each of its lines.
    const LIST: f64 = 36.0;
    const LINE: f64 = 17.0;
    /// The part of its height that the map must keep.
    const KEPT: f64 = 0.85;
    let lists: f64 = [&published.sex_venues, &published.labor_venues]
        .into_iter()
        .filter(|ranking| !ranking.listed.is_empty())
        .map(|ranking| {
            let lines = ranking.listed.len() + ranking.tied_at_cut.len().div_ceil(2);
            LIST + LINE * lines as f64
        })
        .sum();
    BOTH - lists >= KEPT * MAP_WIDTH / aspect
}
