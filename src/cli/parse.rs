//! From the words of the command line, and the settings file that they name, to a command.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::error::ErrorKind;
use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser};

use super::command::{Build, Cli, Command};
use super::settings::Settings;
use crate::failure::{Failure, Outcome};

/// The settings file that is used if it exists.
const USUAL_SETTINGS: &str = "hotline-profile.toml";
/// The command that is meant if none is named; the settings file uses its options.
const USUAL_COMMAND: &str = "build";

/// Why there is nothing to do.
#[derive(Debug)]
pub enum Stop {
    /// The command line is wrong, or asks for help; `clap` knows how to say so.
    Clap(clap::Error),
    /// The settings file is wrong, or the options ask for something impossible.
    Failure(Failure),
}

impl From<clap::Error> for Stop {
    fn from(error: clap::Error) -> Self {
        Stop::Clap(error)
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Stop::Failure(failure)
    }
}

/// Reads the command line; the first word is the program's name. What the settings file says, and the command line
/// doesn't, counts as if it were on the command line.
///
/// ```
/// use hotline_profile::cli::{Command, parse};
///
/// let command = parse(["hotline-profile", "stats", "--state", "TX"]).unwrap();
/// let Command::Stats(stats) = command else { panic!() };
/// assert_eq!(stats.selection.area.state[0].name(), "Texas");
/// ```
///
/// # Errors
/// What is wrong with the command line or the settings file.
pub fn parse<W: Into<OsString>>(words: impl IntoIterator<Item = W>) -> Result<Command, Stop> {
    let mut words: Vec<OsString> = words.into_iter().map(W::into).collect();
    let mut root = Cli::command();
    root.build();
    let mut given = root.try_get_matches_from_mut(&words)?;
    if given.subcommand_name().is_none() {
        words.insert(words.len().min(1), USUAL_COMMAND.into());
        given = root.try_get_matches_from_mut(&words)?;
    }
    let settings = settings(&root, &given)?;
    // After the command's name, so that they end before anything without a name.
    words.splice(2..2, settings.words.iter().map(OsString::from));
    let Some(command) = Cli::try_parse_from(words)?.command else {
        return Err(missing(&mut root).into());
    };
    check(&command).map_err(|failure| settings.blame(failure))?;
    Ok(command)
}

fn missing(root: &mut clap::Command) -> clap::Error {
    root.error(ErrorKind::MissingSubcommand, "name a command")
}

/// What the settings file adds, if the command uses one and there is one.
fn settings(root: &clap::Command, given: &ArgMatches) -> Outcome<Settings> {
    let command = given.subcommand();
    let command = command.and_then(|(name, given)| Some((root.find_subcommand(name)?, given)));
    let usual = root.find_subcommand(USUAL_COMMAND);
    if let (Some((command, given)), Some(usual)) = (command, usual)
        && let Some(path) = settings_path(given)
    {
        return Settings::read(&path, command, usual, given);
    }
    Ok(Settings::default())
}

/// The command that the options in a sheet's metadata stand for: `state=NM year=2016 trend`.
///
/// # Errors
/// An option that doesn't exist.
pub fn parse_options(options: &str) -> Result<Build, clap::Error> {
    let words = options.split_whitespace().map(|option| match option {
        "one-page" => "--layout=one-page".to_owned(),
        other => format!("--{other}"),
    });
    let program = [env!("CARGO_PKG_NAME").to_owned(), USUAL_COMMAND.to_owned()];
    let matches = Cli::command().try_get_matches_from(program.into_iter().chain(words))?;
    match matches.subcommand_matches(USUAL_COMMAND) {
        Some(matches) => Build::from_arg_matches(matches),
        None => Err(missing(&mut Cli::command())),
    }
}

/// The settings file of a command that uses one: the one that is named, or the usual one.
fn settings_path(given: &ArgMatches) -> Option<PathBuf> {
    let named = given.try_get_one::<PathBuf>("settings").ok()?;
    let usual = Path::new(USUAL_SETTINGS);
    named
        .cloned()
        .or_else(|| usual.is_file().then(|| usual.to_owned()))
}

/// Checks of options together.
fn check(command: &Command) -> Outcome<()> {
    let selection = match command {
        Command::Build(build) => &build.selection,
        Command::Stats(stats) => &stats.selection,
        Command::Check(check) => &check.selection,
        Command::Explain(explain) => &explain.selection,
        _ => return Ok(()),
    };
    selection.time.timeframe().check()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `build` with these words reads from a settings file.
    fn build(settings: &str, words: &[&str]) -> Result<Build, Stop> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("s.toml");
        std::fs::write(&path, settings).unwrap();
        let mut all = vec![
            "hotline-profile".into(),
            "build".into(),
            "--settings".into(),
        ];
        all.push(path.into_os_string());
        all.extend(words.iter().map(OsString::from));
        match parse(all)? {
            Command::Build(build) => Ok(build),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_settings_file_supplies_what_the_command_line_omits() {
        let settings = "state = \"TX\"\nyear = 2015\ndata = [\"a.csv\", \"b.csv\"]\ntrend = true\n\
                        strict = false\nprint = \"bw,bleed\"\nmin_cell = 3\n[limits]\nmost-columns = 7\n";
        let Build {
            selection,
            form,
            limits,
            ..
        } = build(settings, &[]).unwrap();
        assert_eq!(selection.area.state[0].code(), "TX");
        assert_eq!(
            (
                selection.time.year,
                selection.protection.protection().min_cell()
            ),
            (Some(2015), 3)
        );
        assert_eq!(selection.data.files().len(), 2);
        assert!(selection.count.trend && !selection.data.strict && form.print.len() == 2);
        assert_eq!(limits.limits().most_columns, 7);
    }

    #[test]
    fn the_command_line_wins_even_over_what_excludes_it() {
        let settings =
            "all = true\nyear = 2015\ndata = [\"a.csv\", \"b.csv\"]\nprint = [\"bleed\"]\n";
        let words = [
            "--state",
            "TX",
            "--data",
            "c.csv",
            "--year=2014",
            "--print",
            "bw",
        ];
        let Build {
            selection, form, ..
        } = build(settings, &words).unwrap();
        assert_eq!(selection.area.areas().len(), 1);
        assert_eq!(selection.time.year, Some(2014));
        assert_eq!(selection.data.files(), [PathBuf::from("c.csv")]);
        assert!(!form.form(&selection.count).bleeds);
    }

    /// `stats` has no paper, but the same file serves all commands.
    #[test]
    fn options_of_other_commands_are_checked_and_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("s.toml");
        let stats = |text: &str| {
            std::fs::write(&path, text).unwrap();
            let words = ["x", "stats", "--settings"].map(OsString::from);
            parse(words.into_iter().chain([path.clone().into_os_string()]))
        };
        assert!(matches!(stats("paper = \"a4\""), Ok(Command::Stats(_))));
        assert!(matches!(stats("paper = \"a9\""), Err(Stop::Failure(_))));
    }

    #[test]
    fn no_command_is_build() {
        let Ok(Command::Build(build)) = parse(["hotline-profile"]) else {
            panic!()
        };
        assert_eq!(build.output, PathBuf::from("output"));
        assert!(matches!(
            parse(["hotline-profile", "--help"]),
            Err(Stop::Clap(_))
        ));
    }

    #[test]
    fn the_options_of_a_sheet_reproduce_it() {
        let options =
            "state=TX year=2015 from=2012-12 to=2015-12 unit=victims min-cell=3 trend one-page";
        let build = parse_options(options).unwrap();
        let form = build.form.form(&build.selection.count);
        assert_eq!(
            (form.additions.trend, form.extent),
            (true, crate::sheet::Extent::OnePage)
        );
        assert!(parse_options("state=TX colour=red").is_err());
    }
}
