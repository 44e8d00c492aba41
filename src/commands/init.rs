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
            "This empty form replaces what the program knows about the state. Fill in what the sheet should say.",
        ),
        false => teller.say(
            "This is what the program knows about the state's laws, efforts and hotlines. Look each entry up before you print it.",
        ),
    }
    Ok(())
}
