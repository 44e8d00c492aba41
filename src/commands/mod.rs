//! The commands: each joins the stages that it needs.

mod batch;
mod build;
mod counting;
mod forms;
mod init;
mod resources;
mod sample;
mod standard_output;
mod stats;
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
        Some(Command::Sample(sample)) => sample::run(&sample),
        Some(Command::Init(init)) => init::run(&init),
    }
}
