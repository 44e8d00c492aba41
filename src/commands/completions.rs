//! `completions` and `man`: the command line for shells and manuals.

use std::path::Path;

use clap::CommandFactory;
use clap_mangen::Man;

use super::standard_output::print;
use super::whole_file;
use crate::cli::{self, Cli, Completions};
use crate::failure::{Failure, Outcome};

const NAME: &str = env!("CARGO_PKG_NAME");

pub(super) fn completions(options: &Completions) -> Outcome<()> {
    let mut bytes = Vec::new();
    clap_complete::generate(options.shell, &mut Cli::command(), NAME, &mut bytes);
    print(&String::from_utf8_lossy(&bytes))
}

pub(super) fn manual(options: &cli::Man) -> Outcome<()> {
    let mut program = Cli::command();
    program.build();
    let Some(folder) = &options.output else {
        let page = page(&program)?;
        return print(&String::from_utf8_lossy(&page));
    };
    let mut names = String::new();
    let mut write = |name: &str, command: &clap::Command| -> Outcome<()> {
        let path = folder.join(format!("{name}.1"));
        whole_file::write(&path, &page(command)?)?;
        names.push_str(&format!("{}\n", path.display()));
        Ok(())
    };
    write(NAME, &program)?;
    for command in program.get_subcommands() {
        if command.get_name() != "help" {
            let name = format!("{NAME}-{}", command.get_name());
            write(&name, command)?;
        }
    }
    print(&names)
}

fn page(command: &clap::Command) -> Outcome<Vec<u8>> {
    let mut bytes = Vec::new();
    Man::new(command.clone())
        .render(&mut bytes)
        .map_err(|error| Failure::io("write", Path::new("the manual page"), &error))?;
    Ok(bytes)
}
