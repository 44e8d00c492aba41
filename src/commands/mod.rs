//! The commands: each connects the stages that it needs.

mod audit;
mod batch;
mod build;
mod check;
mod compare;
mod completions;
mod counting;
mod dry_run;
mod explain;
mod export;
mod for_engines;
mod init;
mod inputs;
mod profiles;
mod reading;
mod rejects;
mod resources;
mod sample;
mod standard_output;
mod stats;
mod teller;
mod verify;
mod whole_file;

use crate::cli::Command;
use crate::failure::{Choice, Failure, Outcome};

/// Runs the command.
///
/// # Errors
/// The first failure that ends the command.
pub fn run(command: &Command) -> Outcome<()> {
    dispatch(command).map_err(with_options)
}

/// Names the options that change a choice.
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

fn dispatch(command: &Command) -> Outcome<()> {
    match command {
        Command::Build(build) => build::run(build),
        Command::Stats(stats) => stats::run(stats),
        Command::Check(check) => check::run(check),
        Command::Explain(explain) => explain::run(explain),
        Command::Verify(verify) => verify::run(verify),
        Command::Compare(compare) => compare::run(compare),
        Command::Audit(audit) => audit::run(audit),
        Command::Sample(sample) => sample::run(sample),
        Command::Init(init) => init::run(init),
        Command::Export(export) => export::run(export),
        Command::Locate(locate) => for_engines::locate(locate),
        Command::Interpret(interpret) => for_engines::interpret(interpret),
        Command::Profiles(profiles) => profiles::run(profiles),
        Command::Completions(options) => completions::completions(options),
        Command::Man(options) => completions::manual(options),
    }
}
