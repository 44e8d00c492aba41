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
use crate::failure::Outcome;

/// Does what the command line asks for.
///
/// # Errors
/// The first failure that ends the command.
pub fn run(cli: Cli) -> Outcome<()> {
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
