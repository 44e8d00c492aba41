//! The settings file, and the choice that it and the command line make together.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::cli::{
    Build, Choice, FileFormat, Form, LayoutKind, Paper, Portal, Print, YEARS, parse_state,
    remedy_for_state,
};
use crate::failure::{Failure, Kind, Outcome, Position};
use crate::jurisdiction::Jurisdiction;
use crate::period::{Month, Period};
use crate::read::Limits;
use crate::tally::Unit;
use crate::toml_file;

/// The settings file that is used when it is there.
pub const DEFAULT_FILE: &str = "hotline-profile.toml";
/// Data that is counted when none is named.
pub const DEFAULT_DATA: &str = "input/signals.csv";
/// Where sheets go when no folder is named.
pub const DEFAULT_OUTPUT: &str = "output";
/// Smallest count that is printed (docs/protection.md).
pub const DEFAULT_MIN_CELL: u64 = 5;
/// The year of the bundled sample.
const DEFAULT_YEAR: i32 = 2016;
/// The period begins in December, this many years before the year: as that of the published profiles.
const DEFAULT_YEARS_BACK: i32 = 4;

/// The options as a settings file may hold them; names are those of the command line.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct File {
    data: Option<Paths>,
    mapping: Option<PathBuf>,
    limits: Limits,
    vocabulary: Option<PathBuf>,
    strict: Option<bool>,
    rejects: Option<PathBuf>,
    state: Option<toml::Spanned<String>>,
    all: Option<bool>,
    year: Option<toml::Spanned<i64>>,
    from: Option<toml::Spanned<String>>,
    to: Option<toml::Spanned<String>>,
    unit: Option<Unit>,
    #[serde(alias = "min_cell")]
    min_cell: Option<u64>,
    internal: Option<bool>,
    profiles: Option<PathBuf>,
    wording: Option<PathBuf>,
    trend: Option<bool>,
    theme: Option<PathBuf>,
    format: Option<Vec<FileFormat>>,
    paper: Option<Paper>,
    large_print: Option<bool>,
    print: Option<Vec<Print>>,
    layout: Option<LayoutKind>,
    n_up: Option<u8>,
    attach: Option<Portal>,
    data_page: Option<bool>,
    statistics: Option<bool>,
    output: Option<PathBuf>,
}

/// One path or several.
#[derive(Debug, Deserialize)]
#[serde(
    untagged,
    expecting = "the name of a file belongs here, or a list of them between [ and ]"
)]
enum Paths {
    One(PathBuf),
    Several(Vec<PathBuf>),
}

/// What is to be counted, complete.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Files, patterns of file names, or `-` for standard input.
    pub data: Vec<PathBuf>,
    pub mapping: Option<PathBuf>,
    pub limits: Limits,
    pub vocabulary: Option<PathBuf>,
    pub strict: bool,
    pub rejects: Option<PathBuf>,
    pub states: Vec<Jurisdiction>,
    pub period: Period,
    pub unit: Unit,
    pub min_cell: u64,
    pub internal: bool,
    pub profiles: Option<PathBuf>,
    pub wording: Option<PathBuf>,
    pub theme: Option<PathBuf>,
    pub form: Form,
    /// Whether the years of the period are set beside each other.
    pub trend: bool,
    /// Whether the numbers follow on a page of their own, and as files beside the sheet.
    pub data_page: bool,
    pub statistics: bool,
    pub output: PathBuf,
}

impl Settings {
    /// Completes the command line with the settings file and with the defaults.
    ///
    /// # Errors
    /// A settings file that can't be read or has a mistake; a period that ends before it begins.
    pub fn complete(build: Build) -> Outcome<Self> {
        let (choice, form) = (build.choice, build.form);
        let (name, text) = match &choice.settings {
            Some(path) => (path.display().to_string(), read(path)?),
            None if Path::new(DEFAULT_FILE).is_file() => {
                (DEFAULT_FILE.to_owned(), read(Path::new(DEFAULT_FILE))?)
            }
            None => (String::new(), String::new()),
        };
        let file: File = toml_file::load(&name, &text)?;
        let place = |span: std::ops::Range<usize>| Position::in_text(&*name, &text, span.start);
        let state = |value: &toml::Spanned<String>| {
            let text = value.get_ref();
            Jurisdiction::from_code_or_name(text).ok_or_else(|| {
                Failure::data(format!("“{text}” is no state or territory"))
                    .at(place(value.span()))
                    .remedy(remedy_for_state(text))
            })
        };
        let year = |value: &toml::Spanned<i64>| {
            let year = i32::try_from(*value.get_ref()).ok();
            year.filter(|year| YEARS.contains(&i64::from(*year)))
                .ok_or_else(|| {
                    Failure::data(format!("{} is no year", value.get_ref()))
                        .at(place(value.span()))
                        .remedy("write a year of four digits, as in year = 2016")
                })
        };
        let month = |value: &toml::Spanned<String>| {
            value.get_ref().parse::<Month>().map_err(|_| {
                Failure::data(format!("“{}” is no month", value.get_ref()))
                    .at(place(value.span()))
                    .remedy("write year and month, as in \"2012-12\"")
            })
        };
        let all = choice.all || (choice.state.is_none() && file.all.unwrap_or(false));
        let states = if all {
            Jurisdiction::all().collect()
        } else {
            let named = match (choice.state, &file.state) {
                (Some(state), _) => Some(state),
                (None, Some(value)) => Some(state(value)?),
                (None, None) => None,
            };
            vec![match named {
                Some(state) => state,
                None => parse_state("NM").map_err(Failure::usage)?,
            }]
        };
        // Where the settings file, and not the command line, says when the period is.
        let mut said_in_file = None;
        let mut in_file = |chosen: Option<Month>, written: &Option<toml::Spanned<String>>| match (
            chosen, written,
        ) {
            (None, Some(value)) => {
                said_in_file = Some(place(value.span()));
                month(value).map(Some)
            }
            _ => Ok(chosen),
        };
        let from = in_file(choice.from, &file.from)?;
        let to = in_file(choice.to, &file.to)?;
        let year = match (choice.year, &file.year) {
            (None, Some(value)) => Some(year(value)?),
            (year, _) => year,
        };
        let period = period(year, from, to).map_err(|failure| match said_in_file {
            Some(position) => Failure {
                kind: Kind::Data,
                ..failure.at(position)
            },
            None => failure,
        })?;
        let data = match (choice.data.is_empty(), file.data) {
            (false, _) => choice.data,
            (true, Some(Paths::One(path))) => vec![path],
            (true, Some(Paths::Several(paths))) if !paths.is_empty() => paths,
            _ => vec![PathBuf::from(DEFAULT_DATA)],
        };
        let min_cell = choice
            .min_cell
            .or(file.min_cell)
            .unwrap_or(DEFAULT_MIN_CELL);
        if min_cell == 2 {
            return Err(Failure::usage(
                "a smallest count of 2 hides nothing: “<2” can only mean 1",
            )
            .remedy("give --min-cell 3 or more, or 0 to print every count"));
        }
        Ok(Settings {
            data,
            mapping: choice.mapping.or(file.mapping),
            limits: file.limits,
            vocabulary: choice.vocabulary.or(file.vocabulary),
            strict: choice.strict || file.strict.unwrap_or(false),
            rejects: choice.rejects.or(file.rejects),
            states,
            period,
            unit: choice.unit.or(file.unit).unwrap_or_default(),
            min_cell,
            internal: choice.internal || file.internal.unwrap_or(false),
            profiles: build.profiles.or(file.profiles),
            wording: build.wording.or(file.wording),
            trend: choice.trend || file.trend.unwrap_or(false),
            theme: build.theme.or(file.theme),
            form: Form {
                format: if form.format.is_empty() {
                    file.format.unwrap_or_default()
                } else {
                    form.format
                },
                paper: form.paper.or(file.paper),
                layout: form.layout.or(file.layout),
                n_up: form.n_up.or(file.n_up),
                attach: form.attach.or(file.attach),
                large_print: form.large_print || file.large_print.unwrap_or(false),
                print: if form.print.is_empty() {
                    file.print.unwrap_or_default()
                } else {
                    form.print
                },
            },
            data_page: build.data_page || file.data_page.unwrap_or(false),
            statistics: build.statistics || file.statistics.unwrap_or(false),
            output: build
                .output
                .or(file.output)
                .unwrap_or_else(|| PathBuf::from(DEFAULT_OUTPUT)),
        })
    }

    /// The same for a command that makes no sheet.
    ///
    /// # Errors
    /// As [`Settings::complete`].
    pub fn complete_choice(choice: Choice) -> Outcome<Self> {
        Settings::complete(Build {
            choice,
            ..Build::default()
        })
    }

    /// The options that decide what the sheet says, for its metadata.
    pub fn options(&self, state: Jurisdiction) -> String {
        let unit = match self.unit {
            Unit::Cases => "cases",
            Unit::Victims => "victims",
        };
        let trend = if self.trend { " trend" } else { "" };
        let data_page = if self.data_page { " data-page" } else { "" };
        let one_page = match self.form.layout {
            Some(LayoutKind::OnePage) => " one-page",
            _ => "",
        };
        format!(
            "state={state} year={} from={} to={} unit={unit} min-cell={}{trend}{data_page}{one_page}",
            self.period.year, self.period.from, self.period.to, self.min_cell
        )
    }
}

/// The period and year, from as much of them as was given.
fn period(year: Option<i32>, from: Option<Month>, to: Option<Month>) -> Outcome<Period> {
    let year = year.or(to.map(|to| to.year)).unwrap_or(DEFAULT_YEAR);
    let to = to.unwrap_or(Month { year, month: 12 });
    let from = from.unwrap_or(Month {
        year: to.year - DEFAULT_YEARS_BACK,
        month: 12,
    });
    if from > to {
        return Err(Failure::usage(format!(
            "the period ends in {to}, before it begins in {from}"
        ))
        .remedy("give `from` the earlier month and `to` the later one"));
    }
    Ok(Period { from, to, year })
}

fn read(path: &Path) -> Outcome<String> {
    std::fs::read_to_string(path).map_err(|error| Failure::io("read the settings", path, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(text: &str) -> Month {
        text.parse().unwrap()
    }

    #[test]
    fn the_default_period_is_that_of_the_published_profile() {
        let period = period(None, None, None).unwrap();
        assert_eq!(period.from, month("2012-12"));
        assert_eq!(period.to, month("2016-12"));
        assert_eq!(period.year, 2016);
    }

    #[test]
    fn a_year_moves_the_period_and_a_period_the_year() {
        assert_eq!(period(Some(2015), None, None).unwrap().to, month("2015-12"));
        let of_period = period(None, None, Some(month("2019-06"))).unwrap();
        assert_eq!(of_period.year, 2019);
    }

    #[test]
    fn a_period_that_ends_before_it_begins_is_wrong_usage() {
        let failure = period(None, Some(month("2016-02")), Some(month("2016-01"))).unwrap_err();
        assert_eq!(failure.exit_code(), 2);
    }
}
