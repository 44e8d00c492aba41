//! The command line program: asks, does, and says what went wrong.

#![forbid(unsafe_code)]

use std::process::ExitCode;

use hotline_profile::cli::{self, Stop};
use hotline_profile::commands;
use mimalloc::MiMalloc;

/// Sheets are made of many small allocations, for which the system's allocator takes long.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let outcome = match cli::parse(std::env::args_os()) {
        Ok(command) => commands::run(&command),
        Err(Stop::Failure(failure)) => Err(failure),
        Err(Stop::Clap(error)) => error.exit(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::from(failure.exit_code())
        }
    }
}
