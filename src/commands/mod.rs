//! The commands: each joins the stages that it needs.

mod batch;
mod build;
mod check;
mod compare;
mod counting;
mod explain;
mod forms;
mod init;
mod inputs;
mod reading;
mod rejects;
mod resources;
mod sample;
mod standard_output;
mod stats;
mod verify;
mod whole_file;

use crate::cli::{Build, Cli, Command};
use crate::failure::{Choice, Failure, Outcome};

/// Does what the command line asks for.
///
/// # Errors
/// The first failure that ends the command.
pub fn run(cli: Cli) -> Outcome<()> {
    dispatch(cli).map_err(with_options)
}

/// Says by which options another choice is made.
fn with_options(failure: Failure) -> Failure {
    let options = match failure.choice {
        None => return failure,
        Some(Choice::Mapping) => {
            "`hotline-profile check FILE --write-mapping MAPPING.toml` begins a mapping file"
        }
        Some(Choice::Files) => "name them all with --data, as in --data \"export/*.csv\"",
        Some(Choice::Period) => "choose with --from, --to and --year",
        Some(Choice::State) => "choose with --state",
        Some(Choice::ExactCounts) => {
            "`hotline-profile stats --internal --format csv` writes such a table"
        }
    };
    let remedy = match &failure.remedy {
        Some(remedy) => format!("{remedy}; {options}"),
        None => options.to_owned(),
    };
    failure.remedy(remedy)
}

fn dispatch(cli: Cli) -> Outcome<()> {
    match cli.command {
        None => build::run(Build::default()),
        Some(Command::Build(build)) => build::run(build),
        Some(Command::Stats(stats)) => stats::run(stats),
        Some(Command::Check(check)) => check::run(check),
        Some(Command::Explain(explain)) => explain::run(explain),
        Some(Command::Verify(verify)) => verify::run(verify),
        Some(Command::Compare(compare)) => compare::run(compare),
        Some(Command::Sample(sample)) => sample::run(&sample),
        Some(Command::Init(init)) => init::run(&init),
    }
}
