//! The commands, each with its options.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};

use super::options::{
    AreaOptions, CountOptions, DataOptions, FormOptions, LimitOptions, ProfileOptions,
    ProtectionOptions, Selection, WordingOptions,
};
use super::values;
use crate::jurisdiction::Jurisdiction;
use crate::period::Month;

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

Exit codes: 0 done; 1 the data or a file is bad; 2 wrong usage; 3 a bug of ours.";

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

/// `build`
#[derive(Clone, Debug, Args)]
pub struct Build {
    #[command(flatten)]
    pub selection: Selection,

    #[command(flatten)]
    pub profiles: ProfileOptions,

    #[command(flatten)]
    pub wording: WordingOptions,

    /// Theme (TOML): agency, logo, colors, fonts and footer line [default: the U.S. Web Design System]
    #[arg(long, value_name = "FILE", help_heading = "The sheet")]
    pub theme: Option<PathBuf>,

    /// Folder for the sheets; made if it is not there
    #[arg(
        long,
        value_name = "DIR",
        default_value = "output",
        help_heading = "The sheet"
    )]
    pub output: PathBuf,

    /// With --all: make the sheets of states, too, of which the data have nothing
    #[arg(long, help_heading = "The sheet")]
    pub empty: bool,

    /// Write the sheet's numbers beside it, under its name, as JSON and as CSV
    #[arg(long, help_heading = "The sheet")]
    pub statistics: bool,

    #[command(flatten)]
    pub form: FormOptions,
}

/// `stats`
#[derive(Clone, Debug, Args)]
pub struct Stats {
    #[command(flatten)]
    pub selection: Selection,

    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
}

/// `check`
#[derive(Clone, Debug, Args)]
pub struct Check {
    /// Files to look at, as for --data
    #[arg(value_name = "FILE", conflicts_with = "data")]
    pub files: Vec<PathBuf>,

    #[command(flatten)]
    pub selection: Selection,

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
    pub selection: Selection,

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

    #[command(flatten)]
    pub data: DataOptions,

    #[command(flatten)]
    pub limits: LimitOptions,

    #[command(flatten)]
    pub wording: WordingOptions,

    /// How to print
    #[arg(long, value_enum, default_value_t = ReportFormat::Table)]
    pub format: ReportFormat,
}

/// `compare`
#[derive(Clone, Debug, Args)]
pub struct Compare {
    /// A focal year; give two: --year 2015 --year 2016
    #[arg(long = "year", value_name = "YEAR", value_parser = values::year, required = true, help_heading = "What to count")]
    pub years: Vec<i32>,

    #[command(flatten)]
    pub data: DataOptions,

    #[command(flatten)]
    pub area: AreaOptions,

    /// First month of both periods [default: four years before December of each year]
    #[arg(long, value_name = "MONTH", value_parser = values::month, help_heading = "What to count")]
    pub from: Option<Month>,

    #[command(flatten)]
    pub count: CountOptions,

    #[command(flatten)]
    pub protection: ProtectionOptions,

    #[command(flatten)]
    pub limits: LimitOptions,

    #[command(flatten)]
    pub profiles: ProfileOptions,

    /// Day before which, by a year, an entry of the profile must have been reviewed [default: today]
    #[arg(long, value_name = "DATE", help_heading = "The profile")]
    pub as_of: Option<NaiveDate>,

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
    #[arg(long, value_name = "STATE", value_parser = values::state)]
    pub state: Option<Jurisdiction>,

    /// How many rows
    #[arg(long, value_name = "N", default_value_t = 1000)]
    pub signals: u64,

    /// First month
    #[arg(long, value_name = "MONTH", value_parser = values::month, default_value = "2012-12")]
    pub from: Month,

    /// Last month
    #[arg(long, value_name = "MONTH", value_parser = values::month, default_value = "2016-12")]
    pub to: Month,

    /// Of a thousand rows, how many are duplicates or must be rejected
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u16).range(0..=1000))]
    pub faults: u16,

    /// Vocabulary (TOML), whose further groups get columns [default: input/vocabulary.toml]
    #[arg(long, value_name = "FILE")]
    pub vocabulary: Option<PathBuf>,

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
    #[arg(value_parser = values::state)]
    pub state: Jurisdiction,

    /// Folder of the profiles
    #[arg(long, value_name = "DIR", default_value = "input/profiles")]
    pub profiles: PathBuf,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }
}
