//! The command line: what can be asked for, each option documented where it is defined.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::jurisdiction::Jurisdiction;
use crate::period::Month;
use crate::tally::Unit;

/// Turns CSV exports of human-trafficking hotline signals into a printable state fact sheet (PDF).
///
/// Without a command it builds the New Mexico sheet from input/ into output/.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100, after_help = EXAMPLES)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Option<Command>,
}

const EXAMPLES: &str = "\
Examples:
  hotline-profile
      The New Mexico sheet from input/signals.csv, as output/NM-Human-Trafficking-Profile-2016.pdf
  hotline-profile build --data export.csv --state TX --year 2024 --from 2020-01 --to 2024-12
      The sheet of Texas from your own export
  hotline-profile stats --data export.csv --state TX --year 2024 --format table
      The same numbers on the screen
  hotline-profile init TX
      A profile of Texas to fill in: laws, efforts, hotlines

Exit codes: 0 done; 1 the data or a file is bad; 2 wrong usage.";

/// What can be asked for.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Build the sheet of a state, or of all states, as PDF
    Build(Build),
    /// Print the statistics of a sheet as JSON, CSV or a table
    Stats(Stats),
    /// Tell what is in files: how columns and values map, every problem, the ledger; makes nothing
    Check(Check),
    /// Show what a number is made of: its rule, its cases and signals, and where they stand (internal)
    // What stands behind --data would be one more of its files.
    #[command(override_usage = "hotline-profile explain <FIGURE> [OPTIONS]")]
    Explain(Explain),
    /// Say whether a sheet still states what the data give, number by number
    #[command(override_usage = "hotline-profile verify <SHEET.pdf> [OPTIONS]")]
    Verify(Verify),
    /// Show what changed from one year's sheet to the next
    Compare(Compare),
    /// Write synthetic signals, the same for the same seed
    Sample(Sample),
    /// Start a state's profile file: laws, efforts, hotlines
    Init(Init),
}

/// Which data, which state, which time; the same for every command that counts.
#[derive(Clone, Debug, Default, Args)]
pub struct Choice {
    /// Files of signals, one row per signal: CSV, plain or gzipped, or Excel (.xlsx); several, or a
    /// pattern such as "2016-*.csv", are counted together; - is standard input
    /// [default: input/signals.csv]
    #[arg(long, value_name = "FILE", num_args = 1.., help_heading = "Data")]
    pub data: Vec<PathBuf>,

    /// How files of another layout are to be read (TOML); `check` writes a first one
    #[arg(long, value_name = "FILE", help_heading = "Data")]
    pub mapping: Option<PathBuf>,

    /// Vocabulary of the values (TOML), in place of the built-in one
    #[arg(long, value_name = "FILE", help_heading = "Data")]
    pub vocabulary: Option<PathBuf>,

    /// Make any rejected row and any unknown value an error
    #[arg(long, help_heading = "Data")]
    pub strict: bool,

    /// Where rejected rows go, whole and with the reason; they are internal data
    /// [default for build: internal-rejects.csv in the output folder]
    #[arg(long, value_name = "FILE", help_heading = "Data")]
    pub rejects: Option<PathBuf>,

    /// State or territory, by postal code or name [default: NM]
    #[arg(long, value_name = "STATE", value_parser = parse_state, help_heading = "What to count")]
    pub state: Option<Jurisdiction>,

    /// All 50 states, the District of Columbia and the five territories
    #[arg(long, conflicts_with = "state", help_heading = "What to count")]
    pub all: bool,

    /// The focal year, for calls and the map [default: the period's last year, or 2016]
    #[arg(long, value_name = "YEAR", value_parser = parse_year, help_heading = "What to count")]
    pub year: Option<i32>,

    /// First month of the cumulative period [default: four years before December of the year]
    #[arg(long, value_name = "MONTH", help_heading = "What to count")]
    pub from: Option<Month>,

    /// Last month of the cumulative period [default: December of the year]
    #[arg(long, value_name = "MONTH", help_heading = "What to count")]
    pub to: Option<Month>,

    /// What demographics count: cases that mention a category, or mentions, where the data give
    /// victims one by one [default: cases]
    #[arg(long, value_enum, help_heading = "What to count")]
    pub unit: Option<Unit>,

    /// Add the trend: cases and signals of each whole year of the period
    #[arg(long, help_heading = "What to count")]
    pub trend: bool,

    /// Smallest count that is printed; counts below it become "<N"; 0 turns protection off
    /// [default: 5]
    #[arg(long, value_name = "N", help_heading = "Confidentiality")]
    pub min_cell: Option<u64>,

    /// Hide nothing, and mark everything made as INTERNAL – NOT FOR RELEASE
    #[arg(long, help_heading = "Confidentiality")]
    pub internal: bool,

    /// Settings file (TOML) that may hold every option; the command line wins
    /// [default: hotline-profile.toml, if there is one]
    ///
    /// Its table `limits` says how large input may be before it is refused as a mistake or an attack:
    /// longest-row (bytes of a row), most-columns, most-inflation (how many times its size a compressed
    /// file may unpack to), largest-workbook (bytes of an unpacked Excel file).
    #[arg(long, value_name = "FILE")]
    pub settings: Option<PathBuf>,
}

/// `build`
#[derive(Clone, Debug, Default, Args)]
pub struct Build {
    #[command(flatten)]
    pub choice: Choice,

    /// Folder of profiles, one such as nm.toml for each state [default: input/profiles, else the built-in ones]
    #[arg(long, value_name = "DIR", help_heading = "The sheet")]
    pub profiles: Option<PathBuf>,

    /// Wording of the sheet: `en`, `es`, or a file (TOML); input/wording/en.toml and es.toml take the
    /// place of those that the program carries [default: en]
    #[arg(long, value_name = "LANGUAGE|FILE", help_heading = "The sheet")]
    pub wording: Option<PathBuf>,

    /// Theme (TOML): agency, logo, colors, fonts and footer line [default: the U.S. Web Design System]
    #[arg(long, value_name = "FILE", help_heading = "The sheet")]
    pub theme: Option<PathBuf>,

    #[command(flatten)]
    pub form: Form,
    /// Add a page with the numbers behind the charts and the map, as tables
    #[arg(long, help_heading = "The sheet")]
    pub data_page: bool,

    /// Write the sheet's numbers beside it, under its name, as JSON and as CSV
    #[arg(long, help_heading = "The sheet")]
    pub statistics: bool,

    /// Folder for the sheets; made if it is not there [default: output]
    #[arg(long, value_name = "DIR", help_heading = "The sheet")]
    pub output: Option<PathBuf>,
}

/// The forms that the same sheet can take.
#[derive(Clone, Debug, Default, Args)]
pub struct Form {
    /// What it becomes: `pdf`, to print and to attach, `html`, one page for the web that is complete in
    /// itself, or both: pdf,html [default: pdf]
    #[arg(long, value_enum, value_delimiter = ',', help_heading = "Form")]
    pub format: Vec<FileFormat>,

    /// Paper to print on [default: letter]
    #[arg(long, value_enum, help_heading = "Form")]
    pub paper: Option<Paper>,

    /// Body text of 18 points, in one column, on as many pages as it takes
    #[arg(long, help_heading = "Form")]
    pub large_print: bool,

    /// How much it says: all, or the essentials on one page [default: full]
    #[arg(
        long,
        value_enum,
        conflicts_with = "large_print",
        help_heading = "Form"
    )]
    pub layout: Option<LayoutKind>,

    /// Pages side by side on one sheet of paper, for trainings: 2
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=2),
        conflicts_with = "large_print", help_heading = "Form")]
    pub n_up: Option<u8>,

    /// Check what a grant portal asks of an attachment (letter paper, embedded fonts, no encryption, no
    /// active content, name and size of the file), and report it
    #[arg(long, value_enum, value_name = "PORTAL", help_heading = "Form")]
    pub attach: Option<Portal>,

    /// How it is printed: `bw` without colour, `bleed` for a print shop, or both: bw,bleed
    #[arg(long, value_enum, value_delimiter = ',', help_heading = "Form")]
    pub print: Vec<Print>,
}

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FileFormat {
    /// Pages, tagged and archivable
    Pdf,
    /// An accessible web page
    Html,
}

/// Paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Paper {
    /// 8.5 × 11 inches
    Letter,
    /// 210 × 297 millimetres
    A4,
    /// 8.5 × 14 inches
    Legal,
}

/// How much a sheet says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LayoutKind {
    /// Statistics, and help and law
    Full,
    /// Map, demographics, venues and hotlines
    OnePage,
}

/// A portal for grant applications.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Portal {
    /// Grants.gov
    GrantsGov,
}

/// A way of printing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Print {
    /// Grays, and no large dark grounds, for an office printer
    Bw,
    /// An eighth of an inch beyond the edge on every side, with crop marks, for a print shop
    Bleed,
}

/// `stats`
#[derive(Clone, Debug, Args)]
pub struct Stats {
    #[command(flatten)]
    pub choice: Choice,

    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
}

/// `check`
#[derive(Clone, Debug, Args)]
pub struct Check {
    /// Files to look at, as for --data
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,

    #[command(flatten)]
    pub choice: Choice,

    /// How to print
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    pub format: CheckFormat,

    /// Write a mapping file for the one file that is looked at, proposed from its header and values; look
    /// it over and edit it
    #[arg(long, value_name = "FILE")]
    pub write_mapping: Option<PathBuf>,
}

/// How a check is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// For reading
    Text,
    /// Schema hotline-profile/check/1
    Json,
}

/// `explain`
#[derive(Clone, Debug, Args)]
pub struct Explain {
    /// The number, or all of a kind: gender.female, gender, venues.sex.street_based, calls.tip_report,
    /// cases.year, map.points, ledger.rejected; a name that is none lists them all
    #[arg(value_name = "FIGURE")]
    pub figure: String,

    #[command(flatten)]
    pub choice: Choice,

    /// How to print
    #[arg(long, value_enum, default_value_t = ReportFormat::Table)]
    pub format: ReportFormat,
}

/// `verify`
#[derive(Clone, Debug, Args)]
pub struct Verify {
    /// The sheet; it says itself how its numbers were counted: state, year, period, unit, smallest count
    #[arg(value_name = "SHEET.pdf")]
    pub sheet: PathBuf,

    /// CSV files of signals that the sheet should have been made from [default: input/signals.csv]
    #[arg(long, value_name = "FILE", num_args = 1.., help_heading = "Data")]
    pub data: Vec<PathBuf>,

    /// How files of another layout are to be read (TOML)
    #[arg(long, value_name = "FILE", help_heading = "Data")]
    pub mapping: Option<PathBuf>,

    /// Vocabulary of the values (TOML), in place of the built-in one
    #[arg(long, value_name = "FILE", help_heading = "Data")]
    pub vocabulary: Option<PathBuf>,

    /// Wording (TOML) that the sheet was made with
    /// [default: input/wording/en.toml, else the built-in one]
    #[arg(long, value_name = "FILE", help_heading = "The sheet")]
    pub wording: Option<PathBuf>,

    /// Settings file (TOML) for what is not given here [default: hotline-profile.toml, if there is one]
    #[arg(long, value_name = "FILE")]
    pub settings: Option<PathBuf>,

    /// How to print
    #[arg(long, value_enum, default_value_t = ReportFormat::Table)]
    pub format: ReportFormat,
}

/// `compare`
#[derive(Clone, Debug, Args)]
pub struct Compare {
    /// A focal year; give two: --year 2015 --year 2016
    #[arg(long = "year", value_name = "YEAR", value_parser = parse_year, required = true, help_heading = "What to count")]
    pub years: Vec<i32>,

    /// CSV files of signals, one row per signal, or statistics tables, that hold both years; - is
    /// standard input [default: input/signals.csv]
    #[arg(long, value_name = "FILE", num_args = 1.., help_heading = "Data")]
    pub data: Vec<PathBuf>,

    /// How files of another layout are to be read (TOML)
    #[arg(long, value_name = "FILE", help_heading = "Data")]
    pub mapping: Option<PathBuf>,

    /// Vocabulary of the values (TOML), in place of the built-in one
    #[arg(long, value_name = "FILE", help_heading = "Data")]
    pub vocabulary: Option<PathBuf>,

    /// Make any rejected row and any unknown value an error
    #[arg(long, help_heading = "Data")]
    pub strict: bool,

    /// State or territory, by postal code or name [default: NM]
    #[arg(long, value_name = "STATE", value_parser = parse_state, help_heading = "What to count")]
    pub state: Option<Jurisdiction>,

    /// First month of both periods [default: four years before December of each year]
    #[arg(long, value_name = "MONTH", help_heading = "What to count")]
    pub from: Option<Month>,

    /// What demographics count [default: cases]
    #[arg(long, value_enum, help_heading = "What to count")]
    pub unit: Option<Unit>,

    /// Smallest count that is printed; 0 turns protection off [default: 5]
    #[arg(long, value_name = "N", help_heading = "Confidentiality")]
    pub min_cell: Option<u64>,

    /// Hide nothing, and mark what is printed as INTERNAL – NOT FOR RELEASE
    #[arg(long, help_heading = "Confidentiality")]
    pub internal: bool,

    /// Folder of profiles, one such as nm.toml for each state [default: input/profiles, else the built-in ones]
    #[arg(long, value_name = "DIR", help_heading = "The profile")]
    pub profiles: Option<PathBuf>,

    /// Day before which, by a year, an entry of the profile must have been reviewed [default: today]
    #[arg(long, value_name = "DATE", help_heading = "The profile")]
    pub as_of: Option<NaiveDate>,

    /// Settings file (TOML) for what is not given here [default: hotline-profile.toml, if there is one]
    #[arg(long, value_name = "FILE")]
    pub settings: Option<PathBuf>,

    /// How to print
    #[arg(long, value_enum, default_value_t = ReportFormat::Table)]
    pub format: ReportFormat,
}

/// How results are printed that are no statistics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// For machines
    Json,
    /// For reading
    Table,
}

/// How statistics are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Schema hotline-profile/statistics/2
    Json,
    /// One row per figure: state,period_from,period_to,year,figure,category,count
    Csv,
    /// For reading
    Table,
}

/// `sample`
#[derive(Clone, Debug, Args)]
pub struct Sample {
    /// Plan (TOML) with numbers that the sample must aggregate to
    #[arg(long, value_name = "FILE", conflicts_with_all = ["state", "signals", "from", "to", "faults"])]
    pub plan: Option<PathBuf>,

    /// One state; without it, the whole nation
    #[arg(long, value_name = "STATE", value_parser = parse_state)]
    pub state: Option<Jurisdiction>,

    /// How many rows
    #[arg(long, value_name = "N", default_value_t = 1000)]
    pub signals: u64,

    /// First month
    #[arg(long, value_name = "MONTH", default_value = "2012-12")]
    pub from: Month,

    /// Last month
    #[arg(long, value_name = "MONTH", default_value = "2016-12")]
    pub to: Month,

    /// Of a thousand rows, how many are duplicates or must be rejected
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u16).range(0..=1000))]
    pub faults: u16,

    /// Another seed gives other rows [default: the plan's, or 1]
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,

    /// File to write [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// `init`
#[derive(Clone, Debug, Args)]
pub struct Init {
    /// State or territory, by postal code or name
    #[arg(value_parser = parse_state)]
    pub state: Jurisdiction,

    /// Folder of the profiles
    #[arg(long, value_name = "DIR", default_value = "input/profiles")]
    pub profiles: PathBuf,
}

/// Years that a sheet can be about; others are slips of the hand.
pub const YEARS: std::ops::RangeInclusive<i64> = 1900..=2199;

/// A state's postal code or name.
pub fn parse_state(text: &str) -> Result<Jurisdiction, String> {
    Jurisdiction::from_code_or_name(text)
        .ok_or_else(|| format!("no state or territory; {}", remedy_for_state(text)))
}

/// What to write instead of something that is no state.
pub fn remedy_for_state(text: &str) -> String {
    let names = Jurisdiction::all().flat_map(|state| [state.code(), state.name()]);
    match crate::failure::nearest(text, names) {
        Some(near) => format!("did you mean {near}?"),
        None => "give its postal code, as in NM, or its name".to_owned(),
    }
}

fn parse_year(text: &str) -> Result<i32, String> {
    let year = text.trim().parse().ok();
    year.filter(|year| YEARS.contains(&i64::from(*year)))
        .ok_or_else(|| "no year; write it with four digits, as in 2016".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_misspelt_state_is_named_with_the_nearest() {
        assert_eq!(parse_state("new mexico").unwrap().code(), "NM");
        assert!(parse_state("New Mexco").unwrap_err().contains("New Mexico"));
    }
}
