//! `init`: a profile file to edit.

use super::export::write_new;
use super::standard_output::print;
use super::teller::Teller;
use crate::cli::Init;
use crate::failure::Outcome;
use crate::profile;

pub(super) fn run(init: &Init) -> Outcome<()> {
    let state = init.state;
    let (name, built_in) = profile::embedded(state);
    let path = init.profiles.join(name);
    match init.blank {
        true => write_new(&path, profile::template(state).as_bytes())?,
        false => write_new(&path, built_in.as_bytes())?,
    }
    print(&format!("{}\n", path.display()))?;
    let teller = Teller::of(&init.tell);
    match init.blank {
        true => teller.say(
            "This empty form replaces the built-in entries for the state. Fill in what the sheet should say.",
        ),
        false => teller.say(
            "These are the built-in laws, efforts and hotlines for the state. Check each entry before you print it.",
        ),
    }
    Ok(())
}
