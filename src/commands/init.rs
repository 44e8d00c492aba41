//! `init`: a profile file to fill in.

use super::standard_output::print;
use super::whole_file;
use crate::cli::Init;
use crate::failure::{Failure, Outcome, Position};
use crate::profile;

pub(super) fn run(init: &Init) -> Outcome<()> {
    let state = init.state;
    let path = init
        .profiles
        .join(format!("{}.toml", state.code().to_lowercase()));
    if path.exists() {
        return Err(Failure::data("the profile is there already")
            .at(Position::file(path.display().to_string()))
            .remedy("edit it, or move it away first"));
    }
    whole_file::write(&path, profile::template(state).as_bytes())?;
    print(&format!("{}\n", path.display()))
}
