//! The command line program: reads the command, runs it, and reports errors.

use std::panic;
use std::process::ExitCode;

use hotline_profile::cli::{self, Stop};
use hotline_profile::commands;
use hotline_profile::failure::Failure;
use mimalloc::MiMalloc;

/// Sheets make many small allocations, which are slow with the system's allocator.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    // A panic message reveals nothing about the data; its location only helps whoever fixes it.
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        let failure = Failure::bug(place.unwrap_or_else(|| "a panic".to_owned()));
        eprintln!("error: {failure}");
    }));
    let outcome = panic::catch_unwind(|| match cli::parse(std::env::args_os()) {
        Ok(command) => commands::run(&command),
        Err(Stop::Failure(failure)) => Err(failure),
        Err(Stop::Clap(error)) => error.exit(),
    });
    match outcome {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(failure)) => {
            eprintln!("error: {failure}");
            ExitCode::from(failure.exit_code())
        }
        // It has already been reported.
        Err(_) => ExitCode::from(Failure::bug("").exit_code()),
    }
}
