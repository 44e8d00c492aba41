//! The options, in groups that commands share.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use super::forms::NamedForm;
use super::values;
use crate::area::{Area, Region};
use crate::failure::{Failure, Outcome};
use crate::jurisdiction::Jurisdiction;
use crate::make::{Additions, FileKind, Form, Paper, Pictures, Portal, Protection, Standard};
use crate::period::{Month, Timeframe, YearStart};
use crate::read::Limits;
use crate::sheet::{Extent, Topic};
use crate::tally::Unit;

/// The data that are counted if none are named.
pub const USUAL_DATA: &str = "input/signals.csv";

/// Which data, which area, which time; the same for every command that counts.
#[derive(Clone, Debug, Args)]
pub struct Selection {
    #[command(flatten)]
    pub data: DataOptions,
    #[command(flatten)]
    pub rejects: RejectsOptions,
    #[command(flatten)]
    pub area: AreaOptions,
    #[command(flatten)]
    pub time: TimeOptions,
    #[command(flatten)]
    pub count: CountOptions,
    #[command(flatten)]
    pub protection: ProtectionOptions,
}

/// How much the program prints while it works.
#[derive(Clone, Copy, Debug, Default, Args)]
pub struct TellOptions {
    /// Show only warnings and errors
    #[arg(long, short, help_heading = "Messages")]
    pub quiet: bool,
}

/// Where the data are, and how to read them.
#[derive(Clone, Debug, Args)]
pub struct DataOptions {
    /// Files of signals, one row per signal: CSV, Excel (.xlsx) or Parquet, compressed or not. Several files, or a
    /// pattern such as "2016-*.csv", are counted together. Statistics tables work too. For standard input, write -
    /// [default: input/signals.csv]
    #[arg(long, value_name = "FILE", num_args = 1.., help_heading = "Data")]
    pub data: Vec<PathBuf>,

    /// Mapping file (TOML): how to read files with another layout; `check --write-mapping` proposes one
    #[arg(long, value_name = "FILE", help_heading = "Data")]
    pub mapping: Option<PathBuf>,

    /// Vocabulary file (TOML): groups, categories and venues, instead of the built-in ones
    #[arg(long, value_name = "FILE", help_heading = "Data")]
    pub vocabulary: Option<PathBuf>,

    /// Stop with an error at the first rejected row or unknown value
    #[arg(long, help_heading = "Data")]
    pub strict: bool,

    /// Settings file (TOML) with any options, by their names; the command line overrides it
    /// [default: hotline-profile.toml, if it exists]
    #[arg(long, value_name = "FILE", help_heading = "Data")]
    pub settings: Option<PathBuf>,
}

impl DataOptions {
    /// The files that are named, or the default one.
    pub fn files(&self) -> Vec<PathBuf> {
        match self.data.is_empty() {
            true => vec![Path::new(USUAL_DATA).to_owned()],
            false => self.data.clone(),
        }
    }
}

/// Where rejected rows go.
#[derive(Clone, Debug, Args)]
pub struct RejectsOptions {
    /// File for rejected rows, each complete and with the reason; this file is internal
    /// [default for build: internal/rejects.csv in the output folder]
    #[arg(long, value_name = "FILE", help_heading = "Data")]
    pub rejects: Option<PathBuf>,
}

/// How large input may be before the program refuses it as a mistake or an attack. In a settings file, these are in
/// the table `limits`.
#[derive(Clone, Copy, Debug, Args)]
pub struct LimitOptions {
    /// Most bytes in one row; a longer row usually comes from a quotation mark that is never closed
    #[arg(long, value_name = "N", value_parser = values::limit, default_value_t = Limits::default().longest_row as u64,
        hide_short_help = true, help_heading = "Limits")]
    pub longest_row: u64,

    /// Most columns in one row
    #[arg(long, value_name = "N", value_parser = values::limit, default_value_t = Limits::default().most_columns as u64,
        hide_short_help = true, help_heading = "Limits")]
    pub most_columns: u64,

    /// How many times larger a compressed file may become when it is unpacked
    #[arg(long, value_name = "N", value_parser = values::limit, default_value_t = Limits::default().most_inflation,
        hide_short_help = true, help_heading = "Limits")]
    pub most_inflation: u64,

    /// Most bytes that an Excel file may have when it is unpacked
    #[arg(long, value_name = "N", value_parser = values::limit, default_value_t = Limits::default().largest_workbook,
        hide_short_help = true, help_heading = "Limits")]
    pub largest_workbook: u64,

    /// Most ids of signals, and of cases, that are kept in memory; the others go to temporary files, so that any number
    /// of signals can be counted. If ids are consecutive numbers, 64 signals, or 8 cases, count as one id
    #[arg(long, value_name = "N", value_parser = values::limit, default_value_t = Limits::default().most_ids as u64,
        hide_short_help = true, help_heading = "Limits")]
    pub most_ids: u64,
}

impl LimitOptions {
    /// The limits in the form that reading takes.
    pub fn limits(&self) -> Limits {
        let size = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        Limits {
            longest_row: size(self.longest_row),
            most_columns: size(self.most_columns),
            most_inflation: self.most_inflation,
            largest_workbook: self.largest_workbook,
            most_ids: size(self.most_ids),
            scratch: None,
        }
    }
}

/// Which area.
#[derive(Clone, Debug, Args)]
pub struct AreaOptions {
    /// State or territory, by postal code or name; several (NM,TX) share one sheet, on which each case is counted
    /// once, even if it is in more than one of them
    #[arg(long, value_name = "STATE", value_parser = values::state, value_delimiter = ',', default_value = "NM", help_heading = "What to count")]
    pub state: Vec<Jurisdiction>,

    /// One of the ten regions of the U.S. Department of Health and Human Services, I to X, territories included
    #[arg(long, value_name = "REGION", value_parser = values::region, conflicts_with = "state", help_heading = "What to count")]
    pub region: Option<Region>,

    /// The nation as a whole: the 50 states, the District of Columbia and the five territories
    #[arg(long, conflicts_with_all = ["state", "region"], help_heading = "What to count")]
    pub nation: bool,

    /// Make a sheet for each of the 50 states, the District of Columbia and the five territories
    #[arg(long, conflicts_with_all = ["state", "region", "nation"], help_heading = "What to count")]
    pub all: bool,

    /// With --all: also make a sheet for each region, or one for the nation, in the folder regions-and-nation; don't publish them together with those of the states
    #[arg(
        long = "with",
        value_name = "AREAS",
        value_enum,
        value_delimiter = ',',
        requires = "all",
        help_heading = "What to count"
    )]
    pub also: Vec<Also>,
}

/// Areas besides the states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Also {
    /// The ten regions
    Regions,
    /// The nation
    Nation,
}

impl AreaOptions {
    /// The requested areas, each for its own sheet.
    pub fn areas(&self) -> Vec<Area> {
        if !self.all {
            return vec![self.only()];
        }
        let mut areas: Vec<Area> = Jurisdiction::all().map(Area::State).collect();
        if self.also.contains(&Also::Regions) {
            areas.extend(Region::all().map(Area::Region));
        }
        if self.also.contains(&Also::Nation) {
            areas.push(Area::Nation);
        }
        areas
    }

    /// The one area that is requested.
    ///
    /// # Errors
    /// If each state is requested.
    pub fn only_area(&self) -> Outcome<Area> {
        match self.all {
            true => Err(Failure::usage("this command is about one area")
                .remedy("name it with --state, --region or --nation, as in --state NM")),
            false => Ok(self.only()),
        }
    }

    fn only(&self) -> Area {
        if self.nation {
            return Area::Nation;
        }
        let states = self.state.iter().copied().collect();
        let of_states = || Area::of_states(states).unwrap_or(Area::Nation);
        self.region.map_or_else(of_states, Area::Region)
    }
}

/// What a year is.
#[derive(Clone, Copy, Debug, Default, Args)]
pub struct YearOptions {
    /// Number of the month in which years begin: 10 for fiscal years from October to September, named for the year
    /// in which they end
    #[arg(long, value_name = "MONTH", value_parser = values::year_start, default_value = "1", help_heading = "What to count")]
    pub year_starts: YearStart,
}

/// Which time. What isn't given follows from the data.
#[derive(Clone, Copy, Debug, Default, Args)]
pub struct TimeOptions {
    /// The focal year, for calls and the map [default: the last year of the period, or the last year with data for
    /// every month]
    #[arg(long, value_name = "YEAR", value_parser = values::year, help_heading = "What to count")]
    pub year: Option<i32>,

    #[command(flatten)]
    pub years: YearOptions,

    /// First month of the cumulative period [default: December four years before the year, or the first month of
    /// the data]
    #[arg(long, value_name = "MONTH", value_parser = values::month, help_heading = "What to count")]
    pub from: Option<Month>,

    /// Last month of the cumulative period [default: December of the year, or the last month of the data]
    #[arg(long, value_name = "MONTH", value_parser = values::month, help_heading = "What to count")]
    pub to: Option<Month>,
}

impl TimeOptions {
    /// The time in the form that counting takes.
    pub fn timeframe(&self) -> Timeframe {
        Timeframe {
            year: self.year,
            from: self.from,
            to: self.to,
            starts: self.years.year_starts,
        }
    }
}

/// What is counted in the data.
#[derive(Clone, Copy, Debug, Args)]
pub struct CountOptions {
    /// What the demographics count
    #[arg(long, value_enum, default_value_t, help_heading = "What to count")]
    pub unit: Unit,

    /// Add the cases and signals of each whole year of the period
    #[arg(long, help_heading = "What to count")]
    pub trend: bool,

    /// Add a page with the cases in the year by county, for the counties that the map shows
    #[arg(long, help_heading = "What to count")]
    pub counties: bool,

    /// Add the cases of the year per 100,000 residents, by the Census Bureau's population of that year
    #[arg(long, help_heading = "What to count")]
    pub rate: bool,
}

impl CountOptions {
    /// The extras in the form that `make` takes.
    pub fn additions(&self) -> Additions {
        Additions {
            trend: self.trend,
            counties: self.counties,
            rate: self.rate,
        }
    }
}

/// How small numbers are protected.
#[derive(Clone, Copy, Debug, Args)]
pub struct ProtectionOptions {
    /// Smallest count to print as it is; smaller ones become "<N"; 0 turns protection off
    #[arg(long, value_name = "N", value_parser = values::min_cell, default_value = "5", help_heading = "Confidentiality")]
    pub min_cell: Protection,

    /// Show exact numbers, and mark every page and file INTERNAL – NOT FOR RELEASE
    #[arg(long, help_heading = "Confidentiality")]
    pub internal: bool,
}

impl ProtectionOptions {
    /// The protection in the form that `make` takes.
    pub fn protection(&self) -> Protection {
        match self.internal {
            true => Protection::INTERNAL,
            false => self.min_cell,
        }
    }
}

/// Where profiles are.
#[derive(Clone, Debug, Args)]
pub struct ProfileOptions {
    /// Folder of profiles, with a file such as nm.toml for each state [default: input/profiles, or the built-in ones]
    #[arg(long, value_name = "DIR", help_heading = "The sheet")]
    pub profiles: Option<PathBuf>,
}

/// When a profile entry is due for another check.
#[derive(Clone, Copy, Debug, Args)]
pub struct ReviewOptions {
    /// List profile entries that nobody reviewed in the year before this day [default: today]
    #[arg(long, value_name = "DATE", help_heading = "The profile")]
    pub as_of: Option<NaiveDate>,
}

/// The words that a sheet is written in.
#[derive(Clone, Debug, Args)]
pub struct WordingOptions {
    /// Wording of the sheet: `english`, `spanish`, or a file (TOML); input/wording/en.toml and es.toml replace the
    /// built-in ones [default: english; for verify: the language of the sheet]
    #[arg(long, value_name = "LANGUAGE|FILE", help_heading = "The sheet")]
    pub wording: Option<PathBuf>,
}

/// Which editions are published.
#[derive(Clone, Debug, Args)]
pub struct ReleasedOptions {
    /// Sheets that are already published (PDF, JSON, CSV): a number that has changed by only a few cases since then
    /// is printed as a range, and you learn what the sheets give away together; for verify: the sheets that this
    /// one was made with
    #[arg(long, value_name = "FILE", num_args = 1.., help_heading = "Confidentiality")]
    pub released: Vec<PathBuf>,
}

/// The forms that the same sheet can take.
#[derive(Clone, Debug, Args)]
pub struct FormOptions {
    /// File formats: `pdf`, to print and attach; `html`, a web page in one file; `svg` or `png`, a picture of each
    /// page; or several of them: pdf,html [default: pdf; with --figure: svg and png]
    #[arg(long, value_enum, value_delimiter = ',', help_heading = "Form")]
    pub format: Vec<FileKind>,

    /// Make pictures of parts of the sheet, for slides and posts, instead of pictures of its pages: map,
    /// demographics, venues, calls, or several of them: map,calls
    #[arg(
        long,
        value_enum,
        value_name = "PART",
        value_delimiter = ',',
        help_heading = "Form"
    )]
    pub figure: Vec<Topic>,

    /// Width of pictures in pixels [default: 1920]
    #[arg(long, value_name = "PIXELS", value_parser = clap::value_parser!(u32).range(200..=8000), help_heading = "Form")]
    pub width: Option<u32>,

    /// Make a sheet in each of these forms in one run: standard, large-print, bw, bleed, one-page, two-up, a4,
    /// legal, trend, counties, rate, data-page, en, es; combine forms with +: large-print,bw,es+large-print
    #[arg(long = "form", value_name = "FORM", value_parser = NamedForm::parse, value_delimiter = ',', help_heading = "Form")]
    pub forms: Vec<NamedForm>,

    /// Paper size
    #[arg(long, value_enum, default_value_t, help_heading = "Form")]
    pub paper: Paper,

    /// 18-point text in one column, on as many pages as it needs
    #[arg(long, help_heading = "Form")]
    pub large_print: bool,

    /// How much the sheet contains: everything, or the essentials on one page
    #[arg(long, value_enum, default_value_t, help_heading = "Form")]
    pub layout: Extent,

    /// How many pages each sheet of paper has, side by side; 2 for trainings
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=2), default_value = "1", help_heading = "Form")]
    pub n_up: u8,

    /// Prepare the sheet for printing: `bw` without color, `bleed` for a print shop, or both: bw,bleed
    #[arg(long, value_enum, value_delimiter = ',', help_heading = "Form")]
    pub print: Vec<Print>,

    /// The standards that a PDF conforms to: `ua1`, PDF/UA-1 and PDF/A-2a; or `ua2`, PDF/UA-2 and PDF/A-4 (PDF 2.0)
    #[arg(long, value_enum, default_value_t, help_heading = "Form")]
    pub standard: Standard,

    /// Add a page with the numbers behind the charts and the map, as tables
    #[arg(long, help_heading = "Form")]
    pub data_page: bool,

    /// Check that the file meets a grant portal's rules for attachments: letter paper, embedded fonts, no
    /// encryption, no active content, name and size
    #[arg(long, value_enum, value_name = "PORTAL", help_heading = "Form")]
    pub attach: Option<Portal>,
}

impl FormOptions {
    /// The kinds of files to make, each once.
    pub fn file_kinds(&self) -> Vec<FileKind> {
        match (self.format.is_empty(), self.figure.is_empty()) {
            (false, _) => each_once(&self.format),
            (true, true) => vec![FileKind::default()],
            (true, false) => {
                let all = FileKind::value_variants().iter();
                all.copied().filter(|kind| kind.is_picture()).collect()
            }
        }
    }

    /// Which pictures to make, and how large.
    ///
    /// # Errors
    /// If no picture is to be made.
    pub fn pictures(&self) -> Outcome<Pictures> {
        let kinds = self.file_kinds();
        if !kinds.iter().any(|kind| kind.is_picture()) {
            let wrong = match (self.figure.is_empty(), self.width) {
                (true, None) => None,
                (false, _) => Some("--figure makes pictures"),
                (true, Some(_)) => Some("--width is for pictures"),
            };
            if let Some(wrong) = wrong {
                let remedy = "add them to the other formats, as in --format pdf,png";
                return Err(Failure::usage(wrong).remedy(remedy));
            }
        }
        Ok(Pictures {
            topics: each_once(&self.figure),
            width: self.width,
        })
    }

    /// The form in the form that `make` takes.
    pub fn form(&self, count: &CountOptions) -> Form {
        Form {
            paper: self.paper,
            extent: self.layout,
            large_print: self.large_print,
            two_up: self.n_up == 2,
            gray: self.print.contains(&Print::Bw),
            bleeds: self.print.contains(&Print::Bleed),
            standard: self.standard,
            additions: count.additions(),
            data_page: self.data_page,
            attach: self.attach,
        }
    }
}

fn each_once<T: Copy + PartialEq>(all: &[T]) -> Vec<T> {
    let mut once = Vec::new();
    for one in all {
        if !once.contains(one) {
            once.push(*one);
        }
    }
    once
}

/// A way of printing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Print {
    /// Grays without large dark areas, for an office printer
    Bw,
    /// PDF/X-4 for a print shop: inks instead of screen colors, an eighth of an inch of bleed, crop marks, no links
    Bleed,
}
