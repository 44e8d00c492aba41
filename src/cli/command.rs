//! The commands, each with its options.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::options::{
    AreaOptions, CountOptions, DataOptions, FormOptions, LimitOptions, ProfileOptions,
    ProtectionOptions, ReleasedOptions, ReviewOptions, Selection, TellOptions, WordingOptions,
    YearOptions,
};
use super::values;
use crate::area::Region;
use crate::failure::{Failure, Outcome};
use crate::jurisdiction::Jurisdiction;
use crate::period::Month;

/// Turns a human-trafficking hotline's records into a printable state fact sheet (PDF).
///
/// Without a command, it builds the New Mexico sheet from input/ into output/.
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
  hotline-profile check export.xlsx
      What is in your export, and what can't be used; --write-mapping proposes a mapping file
  hotline-profile build --data export.xlsx --state TX --open
      The sheet for Texas from your export
  hotline-profile stats --data export.xlsx --state TX --output numbers.xlsx
      The same numbers as a workbook
  hotline-profile init TX
      The laws, efforts and hotlines for Texas, in a file that you can edit

Exit codes: 0 done; 1 something is wrong with the data or a file; 2 something is wrong with the command; 3 a bug.";

/// What the program can do, in the order in which people need it.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make the sheet for a state, several states, a region or the nation, or a sheet for each state
    Build(Build),
    /// Check your files: how columns and values are read, and what can't be used; makes no sheet
    Check(Check),
    /// Print the numbers of a sheet: table, CSV, Excel, JSON
    Stats(Stats),
    /// Show what is behind a number: its rule, its cases and their rows (internal)
    // Anything after --data would be another file.
    #[command(override_usage = "hotline-profile explain <FIGURE> [OPTIONS]")]
    Explain(Explain),
    /// Check a sheet against the data, number by number
    #[command(override_usage = "hotline-profile verify <SHEET.pdf> [OPTIONS]")]
    Verify(Verify),
    /// Show what changed from one year's sheet to the next
    Compare(Compare),
    /// Try to work out small numbers from published sheets, as a stranger could, and report them
    #[command(override_usage = "hotline-profile audit <SHEET>... [OPTIONS]")]
    Audit(Audit),
    /// Start a state's profile: a copy of its laws, efforts and hotlines that you can edit
    Init(Init),
    /// Write a built-in file: wording, theme, vocabulary, profile, mapping, Excel template, gazetteer, SQL
    Export(Export),
    /// List laws and other profile entries that nobody has checked for a year
    Profiles(Profiles),
    /// Write synthetic signals to try the program with
    Sample(Sample),
    /// Look up the places in a database's signals, so that the database can count by place (docs/warehouse.md)
    Locate(Locate),
    /// Report which categories and venues a database's cells mean (docs/warehouse.md)
    Interpret(Interpret),
    /// Print completions for a shell
    Completions(Completions),
    /// Print the manual page, or write one for each command
    Man(Man),
}

/// `build`
#[derive(Clone, Debug, Args)]
pub struct Build {
    #[command(flatten)]
    pub selection: Selection,

    #[command(flatten)]
    pub released: ReleasedOptions,

    #[command(flatten)]
    pub profiles: ProfileOptions,

    #[command(flatten)]
    pub wording: WordingOptions,

    /// Theme (TOML): agency, logo, colors, fonts and footer line [default: the U.S. Web Design System]
    #[arg(long, value_name = "FILE", help_heading = "The sheet")]
    pub theme: Option<PathBuf>,

    /// Folder for the sheets; the program creates it if needed
    #[arg(
        long,
        value_name = "DIR",
        default_value = "output",
        help_heading = "The sheet"
    )]
    pub output: PathBuf,

    /// With --all: make sheets for states without data, too
    #[arg(long, help_heading = "The sheet")]
    pub empty: bool,

    /// Also write the sheet's numbers as JSON and CSV, under the sheet's name
    #[arg(long, help_heading = "The sheet")]
    pub statistics: bool,

    /// Open the finished sheet; with --all, open the folder
    #[arg(long, help_heading = "The sheet", conflicts_with = "dry_run")]
    pub open: bool,

    /// Show what the program would make, and from what, without writing anything
    #[arg(long, help_heading = "The sheet")]
    pub dry_run: bool,

    #[command(flatten)]
    pub form: FormOptions,

    #[command(flatten)]
    pub tell: TellOptions,

    #[command(flatten)]
    pub limits: LimitOptions,
}

/// `stats`
#[derive(Clone, Debug, Args)]
pub struct Stats {
    #[command(flatten)]
    pub selection: Selection,

    /// Format [default: by the ending of the output file's name, or table]
    #[arg(long, value_enum)]
    pub format: Option<Format>,

    /// File to write; without --format, its ending sets the format: .csv, .xlsx, .json [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,

    #[command(flatten)]
    pub tell: TellOptions,

    #[command(flatten)]
    pub limits: LimitOptions,
}

impl Stats {
    /// The format: as requested, or by the extension of the output file.
    ///
    /// # Errors
    /// An extension that no format has.
    pub fn format(&self) -> Outcome<Format> {
        let path = match (self.format, &self.output) {
            (Some(format), _) => return Ok(format),
            (None, None) => return Ok(Format::Table),
            (None, Some(path)) => path,
        };
        let extension = path.extension().unwrap_or_default().to_ascii_lowercase();
        match extension.to_str() {
            Some("csv") => Ok(Format::Csv),
            Some("xlsx") => Ok(Format::Xlsx),
            Some("json") => Ok(Format::Json),
            Some("txt" | "") => Ok(Format::Table),
            _ => Err(Failure::usage(format!(
                "the name “{}” doesn't show which format the file should have",
                path.display()
            ))
            .remedy(
                "end it with .xlsx, .csv, .json or .txt, or choose the format, as in --format csv",
            )),
        }
    }
}

/// `check`
#[derive(Clone, Debug, Args)]
pub struct Check {
    /// Files to check, as for --data
    #[arg(value_name = "FILE", conflicts_with = "data")]
    pub files: Vec<PathBuf>,

    #[command(flatten)]
    pub selection: Selection,

    /// How to print
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    pub format: CheckFormat,

    /// Write a proposed mapping file for the one file that is checked; review and edit it before you use it
    #[arg(long, value_name = "FILE")]
    pub write_mapping: Option<PathBuf>,

    #[command(flatten)]
    pub tell: TellOptions,

    #[command(flatten)]
    pub limits: LimitOptions,
}

/// How a check is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// For people to read
    Text,
    /// For other programs (schema hotline-profile/check/1)
    Json,
}

/// `explain`
#[derive(Clone, Debug, Args)]
pub struct Explain {
    /// The number: its name on the sheet (female, "Truck Stop-Based"), its key (gender.female, cases.year,
    /// ledger.rejected), or a whole group (gender); if you give an unknown name, you get a list of all names
    #[arg(value_name = "FIGURE")]
    pub figure: String,

    #[command(flatten)]
    pub selection: Selection,

    #[command(flatten)]
    pub report: ReportOptions,

    #[command(flatten)]
    pub tell: TellOptions,

    #[command(flatten)]
    pub limits: LimitOptions,
}

/// `verify`
#[derive(Clone, Debug, Args)]
pub struct Verify {
    /// The sheet to check; its metadata say how its numbers were counted: state, year, period, unit, smallest count
    #[arg(value_name = "SHEET.pdf")]
    pub sheet: PathBuf,

    #[command(flatten)]
    pub data: DataOptions,

    #[command(flatten)]
    pub released: ReleasedOptions,

    #[command(flatten)]
    pub wording: WordingOptions,

    #[command(flatten)]
    pub report: ReportOptions,

    #[command(flatten)]
    pub tell: TellOptions,

    #[command(flatten)]
    pub limits: LimitOptions,
}

/// `compare`
#[derive(Clone, Debug, Args)]
pub struct Compare {
    /// Two published sheets of the same area: PDF, or JSON or CSV from `stats`; without them, two years of the data
    /// are compared
    #[arg(value_name = "SHEET", num_args = 2, conflicts_with_all = NOT_OF_SHEETS)]
    pub sheets: Vec<PathBuf>,

    /// A focal year; give two: --year 2015 --year 2016
    #[arg(long = "year", value_name = "YEAR", value_parser = values::year, required_unless_present = "sheets", help_heading = "What to count")]
    pub years: Vec<i32>,

    #[command(flatten)]
    pub data: DataOptions,

    #[command(flatten)]
    pub area: AreaOptions,

    #[command(flatten)]
    pub year: YearOptions,

    /// First month of both periods [default: December four years before each year, or the first month of the data]
    #[arg(long, value_name = "MONTH", value_parser = values::month, help_heading = "What to count")]
    pub from: Option<Month>,

    #[command(flatten)]
    pub count: CountOptions,

    #[command(flatten)]
    pub protection: ProtectionOptions,

    #[command(flatten)]
    pub profiles: ProfileOptions,

    #[command(flatten)]
    pub review: ReviewOptions,

    #[command(flatten)]
    pub wording: WordingOptions,

    #[command(flatten)]
    pub report: ReportOptions,

    #[command(flatten)]
    pub tell: TellOptions,

    #[command(flatten)]
    pub limits: LimitOptions,
}

/// What published sheets say themselves.
const NOT_OF_SHEETS: [&str; 15] = [
    "years",
    "data",
    "mapping",
    "strict",
    "state",
    "region",
    "nation",
    "all",
    "year_starts",
    "from",
    "unit",
    "trend",
    "counties",
    "rate",
    "internal",
];

/// `audit`
#[derive(Clone, Debug, Args)]
pub struct Audit {
    /// Published sheets: PDF, or JSON or CSV from `stats`; they may differ in year, area or smallest count
    #[arg(value_name = "SHEET", required = true)]
    pub sheets: Vec<PathBuf>,

    /// Vocabulary (TOML) of the sheets, in place of the built-in one
    #[arg(long, value_name = "FILE")]
    pub vocabulary: Option<PathBuf>,

    #[command(flatten)]
    pub wording: WordingOptions,

    #[command(flatten)]
    pub report: ReportOptions,
}

/// How a report is printed.
#[derive(Clone, Copy, Debug, Args)]
pub struct ReportOptions {
    /// How to print
    #[arg(long, value_enum, default_value_t = ReportFormat::Table)]
    pub format: ReportFormat,
}

/// How results other than statistics are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// For other programs
    Json,
    /// For people to read
    Table,
}

/// How statistics are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For other programs (schema hotline-profile/statistics/2)
    Json,
    /// One row per figure: state,period_from,period_to,year,figure,category,count
    Csv,
    /// The same rows as an Excel workbook; needs --output
    Xlsx,
    /// For people to read
    Table,
}

/// `sample`
#[derive(Clone, Debug, Args)]
pub struct Sample {
    /// Plan (TOML): the numbers that the sample must add up to
    #[arg(long, value_name = "FILE", conflicts_with_all = ["state", "region", "signals", "from", "to", "faults"])]
    pub plan: Option<PathBuf>,

    /// One state, or several (NM,TX); without it, the whole nation
    #[arg(long, value_name = "STATE", value_parser = values::state, value_delimiter = ',')]
    pub state: Vec<Jurisdiction>,

    /// The states of one of the ten regions of the U.S. Department of Health and Human Services, I to X
    #[arg(long, value_name = "REGION", value_parser = values::region, conflicts_with = "state")]
    pub region: Option<Region>,

    /// How many rows
    #[arg(long, value_name = "N", default_value_t = 1000)]
    pub signals: u64,

    /// First month
    #[arg(long, value_name = "MONTH", value_parser = values::month, default_value = "2012-12")]
    pub from: Month,

    /// Last month
    #[arg(long, value_name = "MONTH", value_parser = values::month, default_value = "2016-12")]
    pub to: Month,

    /// How many rows in 1,000 are duplicates or must be rejected
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u16).range(0..=1000))]
    pub faults: u16,

    /// Vocabulary file (TOML); groups that it adds get columns [default: input/vocabulary.toml]
    #[arg(long, value_name = "FILE")]
    pub vocabulary: Option<PathBuf>,

    /// Seed for the random choices: the same seed gives the same rows [default: the plan's, or 1]
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,

    /// File to write [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,

    #[command(flatten)]
    pub tell: TellOptions,
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

    /// Write an empty form instead of the built-in entries for the state
    #[arg(long)]
    pub blank: bool,

    #[command(flatten)]
    pub tell: TellOptions,
}

/// `export`
#[derive(Clone, Debug, Args)]
pub struct Export {
    /// What to write
    #[arg(value_enum)]
    pub what: Exported,

    /// Which one: a language for wording (english, spanish), a state for profile
    #[arg(value_name = "NAME")]
    pub name: Option<String>,

    /// File to write; it must not exist yet; - is standard output [default: its usual name, in this folder]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,

    #[command(flatten)]
    pub tell: TellOptions,
}

/// A file that the program carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Exported {
    /// Every sentence and heading of the sheet
    Wording,
    /// Agency, logo, colors and fonts
    Theme,
    /// The groups that are counted, their categories and venues, with other spellings
    Vocabulary,
    /// The laws, efforts and hotlines of a state
    Profile,
    /// How to read files with another layout
    Mapping,
    /// An Excel workbook for a log that is kept by hand
    Template,
    /// The ZIP codes, cities and counties where the map may show cases
    Gazetteer,
    /// A folder of SQL files for counting signals in a database (docs/warehouse.md)
    Sql,
}

/// `locate`
#[derive(Clone, Debug, Args)]
pub struct Locate {
    /// CSV or Parquet file with the place columns of signals, made with given.sql (docs/warehouse.md)
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,

    /// File to write [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// `interpret`
#[derive(Clone, Debug, Args)]
pub struct Interpret {
    /// CSV file with cells and the names of their columns, made with given.sql (docs/warehouse.md)
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,

    /// Vocabulary file (TOML), instead of the built-in one
    #[arg(long, value_name = "FILE")]
    pub vocabulary: Option<PathBuf>,

    /// File to write [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// `profiles`
#[derive(Clone, Debug, Args)]
pub struct Profiles {
    /// State or territory, by postal code or name [default: all]
    #[arg(long, value_name = "STATE", value_parser = values::state)]
    pub state: Option<Jurisdiction>,

    #[command(flatten)]
    pub profiles: ProfileOptions,

    #[command(flatten)]
    pub review: ReviewOptions,

    #[command(flatten)]
    pub report: ReportOptions,
}

/// `completions`
#[derive(Clone, Debug, Args)]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// `man`
#[derive(Clone, Debug, Args)]
pub struct Man {
    /// Folder for a page about the program and one about each command [default: print the program's page]
    #[arg(long, short, value_name = "DIR")]
    pub output: Option<PathBuf>,
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
