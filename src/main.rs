//! The command line program: asks, does, and says what went wrong.

#![forbid(unsafe_code)]

use std::process::ExitCode;

use clap::Parser;
use hotline_profile::cli::Cli;
use hotline_profile::commands;
use mimalloc::MiMalloc;

/// Sheets are made of many small allocations, for which the system's allocator takes long.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    match commands::run(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::from(failure.exit_code())
        }
    }
}
